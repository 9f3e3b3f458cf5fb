"""Grounding: turns the evidence of a draft into citations, or into rejections with the reason.

Nothing is accepted because it looks similar. Similarity has one purpose here: to show the sentence that
is nearest to what was rejected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsqa.answers.answer import Citation, Rejection, RejectionReason
from newsqa.answers.draft import Draft, DraftClaim, Evidence
from newsqa.answers.finding import Derivation, Finding, SecondOpinion, Speaker
from newsqa.article import Article
from newsqa.article.fields import Sentence
from newsqa.article.passages import Passage
from newsqa.text import Located, Match, Tier
from newsqa.text.spans import Span, outermost

_TERM = re.compile(r"\w")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """A drafted claim after grounding, with what the later stages add.

    Grounding sets ``citations`` and ``rejections``, checks set what follows, and the verifier sets
    ``opinion``. ``suspicions`` are findings that are only a reason for a second opinion.
    """

    draft: DraftClaim
    citations: tuple[Citation, ...]
    rejections: tuple[Rejection, ...]
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()
    opinion: SecondOpinion | None = None
    suspicions: tuple[Finding, ...] = ()
    derived: tuple[Derivation, ...] = ()
    speaker: Speaker | None = None

    @property
    def is_grounded(self) -> bool:
        """True if all its evidence was found and nothing rejected it.

        Half of the evidence is not enough: it may support the other half of the claim.
        """
        return bool(self.citations) and not self.rejections

    @property
    def needs_reask(self) -> bool:
        """True if it was rejected or has findings, so that the reader is asked about it again."""
        return not self.is_grounded or bool(self.findings)


def ground(draft: Draft, passage: Passage, *, loosest: Tier = "elided") -> list[GroundedClaim]:
    """Ground every claim of a draft.

    >>> from newsqa.article import Article
    >>> passage = Passage.whole(Article("The bridge closed on 3 May."))
    >>> evidence = Evidence(sentence=1, quote="3 May")
    >>> claim = DraftClaim(text="It closed on 3 May.", evidence=(evidence,))
    >>> [grounded] = ground(Draft(claims=(claim,), short="", status="answered"), passage)
    >>> [(citation.start, citation.end) for citation in grounded.citations]
    [(21, 26)]

    Args:
        draft: The claims with their evidence.
        passage: The sentences that the reader was shown. A quote may be anywhere in the article.
        loosest: The loosest match tier at which a quote counts as found.

    Returns:
        The claims in the draft's order, with their citations and rejections.
    """
    return [ground_claim(claim, passage, loosest=loosest) for claim in draft.claims]


def ground_claim(claim: DraftClaim, passage: Passage, *, loosest: Tier = "elided") -> GroundedClaim:
    """Ground one claim of a draft; see ``ground``."""
    citations: dict[tuple[int, int, int], Citation] = {}
    rejections = []
    if not claim.evidence:
        nearest = _nearest(claim.text, passage)
        rejections.append(Rejection(claim=claim.text, reason="no_evidence", nearest=nearest))
    for evidence in claim.evidence:
        cited = _cite(evidence, claim, passage, loosest)
        if isinstance(cited, Rejection):
            rejections.append(cited)
        else:
            citations.update({c.place: c for c in cited})
    return GroundedClaim(claim, _in_reading_order(citations.values()), tuple(rejections))


def _in_reading_order(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return the citations article by article, without those that lie inside another one."""
    by_article: dict[int, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article, []).append(citation)
    return tuple(c for index in sorted(by_article) for c in outermost(by_article[index]))


def _cite(
    evidence: Evidence, claim: DraftClaim, passage: Passage, loosest: Tier
) -> list[Citation] | Rejection:
    """Cite the quote wherever it is in an article, or the cited sentence if there is no quote."""
    cited = (
        passage.articles.locate(evidence.sentence) if evidence.sentence in passage.numbers else None
    )
    if _TERM.search(evidence.quote):
        found = _locate(evidence.quote, cited, passage.articles.articles, loosest)
        for index, located in found if len(found) == 1 else ():
            if located.match:
                article = passage.articles.articles[index]
                return [
                    _with_context(article, Span(start=a, end=b), located.match.tier, index)
                    for a, b in located.match.spans
                ]
        if not found:
            return _reject("quote_not_found", evidence, claim, passage)
        if cited and not _is_candidate(cited, found):
            return _reject("quote_ambiguous", evidence, claim, passage)
    if not cited:
        return _reject("sentence_not_shown", evidence, claim, passage)
    index, sentence = cited
    span = Span(start=sentence.start, end=sentence.end)
    return [Citation.at(passage.articles.articles[index], span, "sentence", index=index)]


_QUALIFIED_AFTER = re.compile(r"[\s,;]*[–—]?\s*(?:but|unless|except|if)\b", re.IGNORECASE)
_DENIED_BEFORE = re.compile(r"(?:\b(?:not|never|no)|n['’]t)\s+$", re.IGNORECASE)


def _with_context(article: Article, span: Span, tier: Tier, index: int) -> Citation:
    """Cite a quote, or its sentence where the words beside it turn or limit what it says.

    A quote that stops before "unless" or begins after "not" must not be shown without them.
    """
    sentences = article.sentences_in(span.start, span.end)
    if len(sentences) == 1:
        (sentence,) = sentences
        before, after = (
            article.text[sentence.start : span.start],
            article.text[span.end : sentence.end],
        )
        if _DENIED_BEFORE.search(before) or _QUALIFIED_AFTER.match(after):
            whole = Span(start=sentence.start, end=sentence.end)
            return Citation.at(article, whole, "sentence", index=index)
    return Citation.at(article, span, tier, index=index)


def _locate(
    quote: str, cited: tuple[int, Sentence] | None, articles: Sequence[Article], loosest: Tier
) -> list[tuple[int, Located]]:
    """Find a quote in the article of the cited sentence, or else in all others that have it."""
    if cited:
        located = articles[cited[0]].locate(quote, near=[cited[1].number], loosest=loosest)
        if located.candidates:
            return [(cited[0], located)]
    others = [index for index in range(len(articles)) if not cited or index != cited[0]]
    found = [(index, articles[index].locate(quote, loosest=loosest)) for index in others]
    return [(index, located) for index, located in found if located.candidates]


def _is_candidate(cited: tuple[int, Sentence], found: Sequence[tuple[int, Located]]) -> bool:
    """Return whether one of the places where a quote was found is in the cited sentence."""
    index, sentence = cited
    return any(
        at == index and _touches(match, sentence)
        for at, located in found
        for match in located.candidates
    )


def _touches(match: Match, sentence: Sentence) -> bool:
    return any(start < sentence.end and sentence.start < end for start, end in match.spans)


def _reject(
    reason: RejectionReason, evidence: Evidence, claim: DraftClaim, passage: Passage
) -> Rejection:
    return Rejection(
        claim=claim.text,
        reason=reason,
        sentence=evidence.sentence,
        quote=evidence.quote,
        nearest=_nearest(evidence.quote or claim.text, passage),
    )


def _nearest(words: str, passage: Passage) -> str:
    """Return the sentence most similar to ``words``, or nothing if none shares a word with them."""
    wanted = _words(words)
    best = max(passage.sentences, key=lambda sentence: _similarity(wanted, sentence), default=None)
    return best.text if best and _similarity(wanted, best) > 0 else ""


def _similarity(wanted: frozenset[str], sentence: Sentence) -> float:
    """Return the Jaccard index of two sets of words, from 0 to 1."""
    words = _words(sentence.text)
    return len(wanted & words) / max(len(wanted | words), 1)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
