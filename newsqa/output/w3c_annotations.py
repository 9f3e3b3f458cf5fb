"""Selectors: a citation in the terms of the W3C, and its place in a later version of the article.

The Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#selectors) says where a
stretch of text stands by its words and those around it, or by its offsets. It counts code points,
as newsqa does; for a program that counts UTF-16 code units there are ``Span.utf16`` and
``Span.from_utf16``.

In one thing newsqa is stricter. The model would have a quote that stands in several places select
them all; a citation is one place, so that here it is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

import regex
from pydantic import BaseModel, ConfigDict, Field

from newsqa.answers.answer import Citation
from newsqa.article import Article
from newsqa.errors import GroundingError
from newsqa.text.boundaries import is_border
from newsqa.text.normalization import Folds
from newsqa.text.quotes import MAX_CANDIDATES
from newsqa.text.spans import Span

CONTEXT = 32
"""Characters on either side that go into a quote selector: some five words, as is usual on the web."""

_GRAPHEME = regex.compile(r"\X")
_LOOK_BACK = 256
"""Characters before a prefix from which its graphemes are counted: whether two flags are parted or
cut depends on how many stand before them."""


class TextQuoteSelector(BaseModel):
    """The words of a stretch of text, with those before and after it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str = Field(min_length=1)
    prefix: str = ""
    suffix: str = ""


class TextPositionSelector(Span):
    """The offsets of a stretch of text: half-open, in code points."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["TextPositionSelector"] = "TextPositionSelector"


Selector = Annotated[TextQuoteSelector | TextPositionSelector, Field(discriminator="type")]


def selectors_of(
    citation: Citation, article: Article, *, context: int = CONTEXT
) -> tuple[TextQuoteSelector, TextPositionSelector]:
    """Both selectors of ``citation``: alternatives for the ``selector`` of an annotation's target.

    ``context`` is the most characters of prefix and of suffix; neither cuts a grapheme. Raises
    ``GroundingError`` when ``citation`` is not one of ``article``.
    """
    if citation.slice(article.text) != citation.text:
        raise GroundingError(
            f"The article does not say {citation.text!r} at {citation.start}:{citation.end}; "
            "selectors are made with the article that was asked."
        )
    quote = TextQuoteSelector(
        exact=citation.text,
        prefix=_before(citation.start, article.text, context),
        suffix=_after(citation.end, article.text, context),
    )
    return quote, TextPositionSelector(start=citation.start, end=citation.end)


def find(selectors: Selector | Iterable[Selector], article: Article) -> Span:
    """Where in ``article``, as a rule a later version, the stretch stands that was selected.

    The quote's exact words decide, found to the letter or in another typography but never by
    similarity; of several places the one with the same prefix and suffix, or else with one of the
    two; of places equal in that the one at the very position selected.

    Raises ``GroundingError`` when the words are gone, when several places are left, or when there
    is no quote among ``selectors``: what stands at a position may be anything.
    """
    quote, hint = _told_apart(selectors)
    verbatim = _verbatim(quote, hint, article.text)
    if verbatim:
        return verbatim
    places = _places(quote, article)
    best = _best_in_context(places, quote, article.text)
    hinted = [span for span in best if span.start == hint]
    if len(places) < MAX_CANDIDATES and len(hinted or best) == 1:
        return (hinted or best)[0]
    if not places:
        raise GroundingError(f"The article does not say {quote.exact!r}, or not any more.")
    raise GroundingError(
        f"The article says {quote.exact!r} in several places, and what stands around it does not "
        "single out one; select again, with more context."
    )


def _told_apart(
    selectors: Selector | Iterable[Selector],
) -> tuple[TextQuoteSelector, int | None]:
    """The quote, and where it started if that is known."""
    if isinstance(selectors, TextQuoteSelector | TextPositionSelector):
        selectors = [selectors]
    given = list(selectors)
    quote = next((one for one in given if isinstance(one, TextQuoteSelector)), None)
    hint = next((one.start for one in given if isinstance(one, TextPositionSelector)), None)
    if quote is None:
        raise GroundingError(
            "A position alone does not tell what stood there; pass a TextQuoteSelector, too."
        )
    return quote, hint


def _verbatim(quote: TextQuoteSelector, hint: int | None, text: str) -> Span | None:
    """The place at ``hint``, or the only one, where the quote and all its context stand."""
    whole, before = quote.prefix + quote.exact + quote.suffix, len(quote.prefix)
    first = text.find(whole)
    if first < 0:
        return None
    # Were the offset negative, there would be no room for it up to the end.
    if hint is not None and text.startswith(whole, hint - before):
        return _uncut(hint, quote, text)
    is_only = text.find(whole, first + 1) < 0
    return _uncut(first + before, quote, text) if is_only else None


def _uncut(start: int, quote: TextQuoteSelector, text: str) -> Span | None:
    """The span from ``start``, unless it is cut out of a word or figure on a side without context.

    Where there is context, the words were cut in the same way when they were selected.
    """
    end = start + len(quote.exact)
    is_uncut = (quote.prefix or is_border(text, start)) and (quote.suffix or is_border(text, end))
    return Span(start=start, end=end) if is_uncut else None


def _places(quote: TextQuoteSelector, article: Article) -> list[Span]:
    """Where the exact words stand, in whatever typography but to the last full stop."""
    located = article.locate(quote.exact, loosest="typography")
    spans = [Span(start=start, end=end) for m in located.candidates for start, end in m.spans]
    return [span for span in spans if _plain(span.slice(article.text)) == _plain(quote.exact)]


def _best_in_context(spans: Sequence[Span], quote: TextQuoteSelector, text: str) -> list[Span]:
    """Those with the same words on both sides or, if there are none, on one side, or else all."""
    prefix, suffix = _plain(quote.prefix), _plain(quote.suffix)
    reach = 4 * max(len(quote.prefix), len(quote.suffix))  # white space may have been added

    def sides(span: Span) -> int:
        before = _plain(text[max(span.start - reach, 0) : span.start])
        after = _plain(text[span.end : span.end + reach])
        return before.endswith(prefix) + after.startswith(suffix)

    counts = [sides(span) for span in spans]
    return [span for span, count in zip(spans, counts, strict=True) if count == max(counts)]


def _plain(text: str) -> str:
    return Folds(text)["typography"].text.strip()


def _before(at: int, text: str, context: int) -> str:
    """The last ``context`` characters before ``at``, less those of a grapheme that would be cut."""
    start = max(at - context, 0)
    graphemes = _GRAPHEME.finditer(text, max(start - _LOOK_BACK, 0), at)
    starts = [grapheme.start() for grapheme in graphemes]
    return text[min((s for s in starts if s >= start), default=at) : at]


def _after(at: int, text: str, context: int) -> str:
    """The first ``context`` characters from ``at``, less those of a grapheme that would be cut."""
    end = at + context
    # One character more, to see whether it belongs to the last grapheme.
    ends = [grapheme.end() for grapheme in _GRAPHEME.finditer(text, at, end + 1)]
    return text[at : max((e for e in ends if e <= end), default=at)]
