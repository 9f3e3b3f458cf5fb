"""Grounding: what a draft cites becomes spans of the article, or is refused with the reason.

Nothing is accepted because it looks similar. Similarity serves one purpose here: to show which
sentence comes nearest to what was refused.
"""

from __future__ import annotations

import re

from newsqa.answers.answer import Citation, Rejection, RejectionReason
from newsqa.answers.draft import Draft, DraftClaim, Evidence
from newsqa.answers.grounded import GroundedClaim
from newsqa.article.passages import Passage
from newsqa.article.sentences import Sentence
from newsqa.text import Tier
from newsqa.text.quotes import Match
from newsqa.text.spans import Span, outermost

_TERM = re.compile(r"\w")
_WORD = re.compile(r"[^\W_]+")


def ground(draft: Draft, passage: Passage, *, loosest: Tier = "elided") -> list[GroundedClaim]:
    """Check every claim of ``draft`` against the article; in the draft's order.

    ``loosest`` is the loosest tier at which a quote counts as found.
    """
    return [_ground_claim(claim, passage, loosest) for claim in draft.claims]


def _ground_claim(claim: DraftClaim, passage: Passage, loosest: Tier) -> GroundedClaim:
    citations: dict[tuple[int, int], Citation] = {}
    rejections = []
    if not claim.evidence:
        nearest = _nearest(claim.text, passage)
        rejections.append(Rejection(claim=claim.text, reason="no_evidence", nearest=nearest))
    for evidence in claim.evidence:
        found = _cite(evidence, claim, passage, loosest)
        if isinstance(found, Rejection):
            rejections.append(found)
        else:
            citations.update({(c.start, c.end): c for c in found})
    return GroundedClaim(claim, tuple(outermost(citations.values())), tuple(rejections))


def _cite(
    evidence: Evidence, claim: DraftClaim, passage: Passage, loosest: Tier
) -> list[Citation] | Rejection:
    """The quote's own place, wherever in the article; the cited sentence where no quote decides."""
    cited = _shown(evidence.sentence, passage)
    near = [cited.number] if cited else []
    if _TERM.search(evidence.quote):
        located = passage.article.locate(evidence.quote, near=near, loosest=loosest)
        if located.match:
            return [
                Citation.at(passage.article, Span(start=start, end=end), located.match.tier)
                for start, end in located.match.spans
            ]
        if not located.candidates:
            return _refuse("quote_not_found", evidence, claim, passage)
        if cited and not any(_touches(match, cited) for match in located.candidates):
            return _refuse("quote_ambiguous", evidence, claim, passage)
    if not cited:
        return _refuse("sentence_not_shown", evidence, claim, passage)
    span = Span(start=cited.start, end=cited.end)
    return [Citation.at(passage.article, span, "sentence")]


def _shown(number: int, passage: Passage) -> Sentence | None:
    return passage.article.sentences[number - 1] if number in passage.numbers else None


def _touches(match: Match, sentence: Sentence) -> bool:
    return any(start < sentence.end and sentence.start < end for start, end in match.spans)


def _refuse(
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
    """The sentence that shares the largest part of its words with ``words``; empty if none does."""
    wanted = _words(words)
    best = max(passage.sentences, key=lambda sentence: _likeness(wanted, sentence), default=None)
    return best.text if best and _likeness(wanted, best) > 0 else ""


def _likeness(wanted: frozenset[str], sentence: Sentence) -> float:
    """Jaccard's index of two sets of words, from 0 to 1."""
    words = _words(sentence.text)
    return len(wanted & words) / max(len(wanted | words), 1)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
