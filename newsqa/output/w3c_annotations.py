"""Citations as W3C Web Annotation selectors, and their position in a later version of the article.

The Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#selectors) identifies a piece of
text by its words and the words around it, or by its offsets. It counts code points, as newsqa does; for
a program that counts UTF-16 code units there are ``Span.utf16`` and ``Span.from_utf16``.

newsqa is stricter in one respect: in the model, a quote that occurs several times selects all of them. A
citation is one span, so here that is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, uuid5

import regex
from pydantic import BaseModel, ConfigDict, Field

from newsqa.answers.answer import Answer, Citation, Claim
from newsqa.article import Article
from newsqa.errors import GroundingError
from newsqa.text.boundaries import is_boundary
from newsqa.text.normalization import Folds
from newsqa.text.quotes import MAX_CANDIDATES
from newsqa.text.spans import Span

CONTEXT_CHARACTERS = 32
"""Characters of prefix and suffix in a quote selector: about five words, as is usual on the web."""

_GRAPHEME = regex.compile(r"\X")
_LOOK_BACK_CHARACTERS = 256
"""Characters before a prefix from which graphemes are counted: in a row of flags, where one ends
depends on how many precede it."""


class TextQuoteSelector(BaseModel):
    """The words of a piece of text, with the words before and after it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str = Field(min_length=1)
    prefix: str = ""
    suffix: str = ""


class TextPositionSelector(Span):
    """The offsets of a piece of text: half-open, in code points."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["TextPositionSelector"] = "TextPositionSelector"


Selector = Annotated[TextQuoteSelector | TextPositionSelector, Field(discriminator="type")]


def selectors_of(
    citation: Citation, article: Article, *, context: int = CONTEXT_CHARACTERS
) -> tuple[TextQuoteSelector, TextPositionSelector]:
    """Return both selectors of a citation: alternatives for the ``selector`` of an annotation's target.

    Args:
        citation: The citation.
        article: The article that it cites.
        context: The most characters of prefix and of suffix; neither cuts a grapheme.

    Raises:
        GroundingError: ``article`` does not have the citation's words at its span.
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


def annotation_collection(answer: Answer, article: Article) -> dict[str, Any]:
    """Return the citations of an answer as an ``AnnotationCollection`` of the W3C, ready for JSON.

    There is an annotation for each citation of each claim: its body is the claim, its target the cited
    words, by both selectors. Its source is the article's URL, or its SHA-256 as a URN. Programs such as
    Hypothesis and Recogito read it; https://www.w3.org/TR/annotation-model/#annotation-collection.

    Args:
        answer: The answer.
        article: The article that it cites.

    Raises:
        GroundingError: The answer was made from another article.
    """
    answer.verify(article)
    items = [
        _annotation(answer, claim, citation, article)
        for claim in answer.claims
        for citation in claim.citations
    ]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:sha256:{article.sha256}#annotations",
        "type": "AnnotationCollection",
        "label": answer.question or "Answer",
        "total": len(items),
    }
    return {**collection, "first": page} if items else collection


def _annotation(
    answer: Answer, claim: Claim, citation: Citation, article: Article
) -> dict[str, Any]:
    key = f"{answer.question}\0{claim.text}\0{citation.start}\0{citation.end}\0{article.sha256}"
    body = {
        "type": "TextualBody",
        "value": claim.text,
        "format": "text/plain",
        "purpose": "commenting",
    }
    quote, position = selectors_of(citation, article)
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, key)}",
        "type": "Annotation",
        "motivation": "commenting",
        "body": [body],
        "target": {
            "source": article.url or f"urn:sha256:{article.sha256}",
            "selector": [quote.model_dump(), position.model_dump()],
        },
    }


def find(selectors: Selector | Iterable[Selector], article: Article) -> Span:
    """Find the selected text in ``article``, which may be a later version.

    The quote's exact words decide, to the letter or in another typography, never by similarity. If they
    occur more than once, prefer the occurrence with the same prefix and suffix, then with one of the
    two, then the one at the selected position.

    Args:
        selectors: The selectors of one citation; a position alone is not enough.
        article: The article to search.

    Raises:
        GroundingError: The words are gone, or several occurrences are equally good, or ``selectors``
            has no quote.
    """
    quote, hint = _split_selectors(selectors)
    # Where the quote is there with all its context, no other place can be meant.
    verbatim = _verbatim(quote, article.text)
    places = verbatim or _places(quote, article)
    best = verbatim or _best_in_context(places, quote, article.text)
    hinted = [span for span in best if span.start == hint]
    if len(places) < MAX_CANDIDATES and len(hinted or best) == 1:
        return (hinted or best)[0]
    if not places:
        raise GroundingError(f"The article does not say {quote.exact!r}, or not any more.")
    raise GroundingError(
        f"The article says {quote.exact!r} more than once, and the words around it do not single "
        "out one; select again, with more context."
    )


def _split_selectors(
    selectors: Selector | Iterable[Selector],
) -> tuple[TextQuoteSelector, int | None]:
    """Return the quote selector, and the start of the position selector if there is one."""
    if isinstance(selectors, TextQuoteSelector | TextPositionSelector):
        selectors = [selectors]
    both = list(selectors)
    quote = next((one for one in both if isinstance(one, TextQuoteSelector)), None)
    hint = next((one.start for one in both if isinstance(one, TextPositionSelector)), None)
    if quote is None:
        raise GroundingError(
            "A position alone does not say which words were selected; pass a TextQuoteSelector, too."
        )
    return quote, hint


def _verbatim(quote: TextQuoteSelector, text: str) -> list[Span]:
    """Return the first places where the quote and all its context occur to the letter."""
    whole, before = quote.prefix + quote.exact + quote.suffix, len(quote.prefix)
    starts: list[int] = []
    at = text.find(whole)
    while at >= 0 and len(starts) < MAX_CANDIDATES:
        if _is_uncut(at + before, quote, text):
            starts.append(at + before)
        at = text.find(whole, at + 1)
    return [Span(start=start, end=start + len(quote.exact)) for start in starts]


def _is_uncut(start: int, quote: TextQuoteSelector, text: str) -> bool:
    """Return whether no word or figure is cut at ``start`` or the end, on a side without context.

    With context, the words were cut in the same way when they were selected.
    """
    end = start + len(quote.exact)
    return bool(quote.prefix or is_boundary(text, start)) and bool(
        quote.suffix or is_boundary(text, end)
    )


def _places(quote: TextQuoteSelector, article: Article) -> list[Span]:
    """Return the spans of the exact words, in any typography, to the last full stop."""
    located = article.locate(quote.exact, loosest="typography")
    spans = [Span(start=start, end=end) for m in located.candidates for start, end in m.spans]
    return [span for span in spans if _plain(span.slice(article.text)) == _plain(quote.exact)]


def _best_in_context(spans: Sequence[Span], quote: TextQuoteSelector, text: str) -> list[Span]:
    """Return the spans with the same words on both sides, or else on one side, or else all."""
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
    """Return the last ``context`` characters before ``at``, without cutting a grapheme."""
    start = max(at - context, 0)
    graphemes = _GRAPHEME.finditer(text, max(start - _LOOK_BACK_CHARACTERS, 0), at)
    starts = [grapheme.start() for grapheme in graphemes]
    return text[min((s for s in starts if s >= start), default=at) : at]


def _after(at: int, text: str, context: int) -> str:
    """Return the first ``context`` characters from ``at``, without cutting a grapheme."""
    end = at + context
    # One character more, to see whether it belongs to the last grapheme.
    ends = [grapheme.end() for grapheme in _GRAPHEME.finditer(text, at, end + 1)]
    return text[at : max((e for e in ends if e <= end), default=at)]
