"""Composes the text, the short form and the status of an answer from its grounded claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations

from newsqa.answers.answer import Claim, Disagreement, Side
from newsqa.answers.draft import AnswerStatus, SourcedClaim, Status
from newsqa.article.reference import ArticleReference
from newsqa.grounding import GroundedClaim
from newsqa.languages import languages
from newsqa.text import on_one_line
from newsqa.text.quotes import QuoteIndex
from newsqa.text.spans import Span

_BETWEEN = re.compile(r"[\s;、，；：()（）]+|[,:](?!\d)|[.,](?=\s|$)")
"""Separates the pieces of a short form. The comma in 1,200 and the colon in 3:15 do not."""

_SAYS_SOMETHING = re.compile(r"[^\W_]")

_FULL_WIDTH_END = re.compile(r"[\u3002\uff01\uff1f\uff0e][\u300d\u300f\u201d\u2019]?$")
"""Ends of sentences in scripts that put no space between sentences."""


def compose_text(grounded: Iterable[GroundedClaim]) -> tuple[str, tuple[Claim, ...]]:
    """Join the claims to a text, and return the text and the claims with their positions in it."""
    text = ""
    claims = []
    for item in grounded:
        sentence = on_one_line(item.draft.text)
        text += "" if not text or _FULL_WIDTH_END.search(text) else " "
        span = Span(start=len(text), end=len(text) + len(sentence))
        text += sentence
        claims.append(
            Claim(
                text=sentence,
                span=span,
                citations=item.citations,
                findings=item.findings,
                not_checked=item.not_checked,
                opinion=item.opinion,
                derived=item.derived,
                speaker=item.speaker,
            )
        )
    return text, tuple(claims)


def compose_disagreements(
    grounded: Sequence[GroundedClaim], articles: Sequence[ArticleReference]
) -> tuple[Disagreement, ...]:
    """Return the points on which grounded claims contradict each other, by their topics.

    A point has two sides at least, which different articles state: what is not grounded on both sides
    is no disagreement. If two claims are left whose topics are worded differently, they are one point.
    """
    by_topic: dict[str, list[GroundedClaim]] = {}
    for claim in grounded:
        if isinstance(claim.draft, SourcedClaim) and claim.draft.disagreement != "none":
            by_topic.setdefault(" ".join(claim.draft.topic.casefold().split()), []).append(claim)
    alone = [topic for topic, sides in by_topic.items() if len(sides) == 1]
    if len(alone) == 2:
        by_topic[alone[0]] += by_topic.pop(alone[1])
    return tuple(
        _disagreement(sides, articles) for sides in by_topic.values() if _contradict(sides)
    )


def _contradict(claims: Sequence[GroundedClaim]) -> bool:
    """Return whether two of the claims cite articles of which none is the same."""
    cited = [{citation.article for citation in claim.citations} for claim in claims]
    return any(a.isdisjoint(b) for a, b in combinations(cited, 2))


def _disagreement(
    claims: Sequence[GroundedClaim], articles: Sequence[ArticleReference]
) -> Disagreement:
    drafts = [claim.draft for claim in claims if isinstance(claim.draft, SourcedClaim)]
    sides = tuple(_side(claim, articles) for claim in claims)
    sources = {article.source for side in sides for article in side.articles if article.source}
    # A correction is one of the same piece; what another publisher says is a conflict.
    is_correction = len(sources) < 2 and any(d.disagreement == "correction" for d in drafts)
    return Disagreement(
        topic=next((d.topic for d in drafts if d.topic.strip()), "this"),
        kind="correction" if is_correction else "conflict",
        sides=sides,
    )


def _side(claim: GroundedClaim, articles: Sequence[ArticleReference]) -> Side:
    cited = sorted({citation.article for citation in claim.citations})
    return Side(
        text=on_one_line(claim.draft.text),
        articles=tuple(articles[index] for index in cited),
        citations=claim.citations,
    )


def compose_short(proposed: str, claims: Sequence[Claim]) -> str:
    """Return the proposed short form if it is supported, or else the quotes that the claims cite.

    A short form has no citations. So each of its words must be in a claim or in what a
    claim cites, apart from an "and" between two of them.
    """
    if not claims:
        return ""
    supported = " ".join(_words_of(claim) for claim in claims)
    if _consists_of(proposed, supported):
        return on_one_line(proposed)
    quotes = {c.text: None for claim in claims for c in claim.citations if c.match != "sentence"}
    return "; ".join(on_one_line(quote) for quote in quotes) or claims[0].text


def compose_status(
    drafted: Status, claims: Sequence[Claim], *, refused: bool, is_closest: bool = False
) -> AnswerStatus:
    """Return the reader's status, lowered if claims are missing.

    Args:
        drafted: The status that the reader gave.
        claims: The claims of the answer.
        refused: Whether a claim was rejected.
        is_closest: Whether the claims only come closest to an answer.
    """
    if not claims or drafted == "not_in_article":
        return "not_in_article"
    if is_closest:
        return "closest"
    return "partial" if refused else drafted


def _words_of(claim: Claim) -> str:
    return " ".join([claim.text, *(citation.text for citation in claim.citations)])


def _consists_of(words: str, text: str) -> bool:
    """Return whether ``text`` contains each piece of ``words`` whole: 15 and 5% do not contain 5."""
    index = QuoteIndex(text)
    pieces = [piece for piece in _BETWEEN.split(words) if piece]
    while pieces:
        taken = _count_adjacent(pieces, index)
        if not taken and _needs_support(pieces[0]):
            return False
        pieces = pieces[max(taken, 1) :]
    return any(map(_needs_support, _BETWEEN.split(words)))


@cache
def _conjunctions() -> frozenset[str]:
    """Return the words for "and", which join words of claims and need not be in one."""
    return frozenset(word.casefold() for known in languages() for word in known.conjunctions.and_)


def _needs_support(piece: str) -> bool:
    return bool(_SAYS_SOMETHING.search(piece)) and piece.casefold() not in _conjunctions()


def _count_adjacent(pieces: Sequence[str], index: QuoteIndex) -> int:
    """Return how many of the first pieces the text has side by side, as in "4.5 million" and "5 %"."""
    for count in (3, 2, 1):
        if index.locate(" ".join(pieces[:count]), loosest="case").candidates:
            return min(count, len(pieces))
    return 0
