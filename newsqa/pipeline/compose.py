"""Composing: from the claims that stand to the answer's text, its short form and its status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newsqa.answers.answer import Claim
from newsqa.answers.draft import Status
from newsqa.answers.grounded import GroundedClaim
from newsqa.text.quotes import QuoteIndex
from newsqa.text.spans import Span

_BETWEEN = re.compile(r"[\s;、，；：()（）]+|[,:](?!\d)|[.,](?=\s|$)")
"""What stands between the pieces of a short form; the comma in 1,200 and the colon in 3:15 do not."""

_SAYS_SOMETHING = re.compile(r"[^\W_]")
_JOINING = frozenset(["and", "und", "et", "y", "e", "en", "och", "og", "и", "i", "ve", "和", "و"])
"""Words for "and": what is joined must stand, that it is joined need not be said by a claim."""

_FULL_WIDTH_END = re.compile(r"[\u3002\uff01\uff1f\uff0e][\u300d\u300f\u201d\u2019]?$")
"""Ends of sentences in scripts that put no space between them."""


def compose_text(grounded: Iterable[GroundedClaim]) -> tuple[str, tuple[Claim, ...]]:
    """The text made of the claims, and the claims with their places in it."""
    text = ""
    claims = []
    for item in grounded:
        said = " ".join(item.draft.text.split())
        text += "" if not text or _FULL_WIDTH_END.search(text) else " "
        span = Span(start=len(text), end=len(text) + len(said))
        text += said
        claims.append(
            Claim(
                text=said,
                span=span,
                citations=item.citations,
                findings=item.findings,
                not_checked=item.not_checked,
                opinion=item.opinion,
            )
        )
    return text, tuple(claims)


def compose_short(proposed: str, claims: Sequence[Claim]) -> str:
    """``proposed`` if it is made of words that stand, else the quotes the claims rest on.

    A short form has no citations of its own, so that it may use no word that is neither in a claim
    nor in what a claim cites, but for an "and" that joins two of them.
    """
    if not claims:
        return ""
    standing = " ".join(_of_claim(claim) for claim in claims)
    if _is_made_of(proposed, standing):
        return " ".join(proposed.split())
    quotes = {c.text: None for claim in claims for c in claim.citations if c.match != "sentence"}
    return "; ".join(" ".join(quote.split()) for quote in quotes) or claims[0].text


def compose_status(drafted: Status, claims: Sequence[Claim], *, refused: bool) -> Status:
    """What the reader says, as far as the claims bear it out; ``refused``: some claim fell."""
    if not claims or drafted == "not_in_article":
        return "not_in_article"
    return "partial" if refused else drafted


def _of_claim(claim: Claim) -> str:
    return " ".join([claim.text, *(citation.text for citation in claim.citations)])


def _is_made_of(words: str, standing: str) -> bool:
    """Whether each piece of ``words`` stands, whole, in ``standing``: 5 does not in 5%, nor in 15."""
    index = QuoteIndex(standing)
    pieces = [piece for piece in _BETWEEN.split(words) if piece]
    while pieces:
        taken = _standing_together(pieces, index)
        if not taken and _must_stand(pieces[0]):
            return False
        pieces = pieces[max(taken, 1) :]
    return any(map(_must_stand, _BETWEEN.split(words)))


def _must_stand(piece: str) -> bool:
    return bool(_SAYS_SOMETHING.search(piece)) and piece.casefold() not in _JOINING


def _standing_together(pieces: Sequence[str], index: QuoteIndex) -> int:
    """How many of the first pieces stand side by side: more than one in "4.5 million" and "5 %"."""
    for count in (3, 2, 1):
        if index.locate(" ".join(pieces[:count]), loosest="case").candidates:
            return min(count, len(pieces))
    return 0
