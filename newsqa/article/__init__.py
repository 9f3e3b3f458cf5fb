"""Article: a text that never changes, and its sentences."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import islice
from os import PathLike
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Annotated, Any, Never, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from newsqa.article.fields import Moment, Origin, Sentence, Text, problem_with, read_file
from newsqa.errors import ArticleError
from newsqa.text import Located, Tier
from newsqa.text.analysis import AnalyzedText

if TYPE_CHECKING:
    from newsqa.text.quotes import QuoteIndex

MAX_CHARACTERS = 20_000_000
"""About 3 million words: more than any article, and what fits in memory several times over."""

_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?![^-_])")


def _is_empty(value: object) -> bool:
    """Return whether a field is left out of JSON, which then reads as that of version 0.1."""
    return not value


def _check_pages(pages: tuple[int, ...]) -> tuple[int, ...]:
    if any(start < 0 for start in pages) or list(pages) != sorted(pages):
        raise PydanticCustomError("page_order", "Input should be offsets in ascending order")
    return pages


class Article(BaseModel):
    """A news article. All offsets anywhere in newsqa count code points of ``text``.

    ``text`` is kept to the letter, line ends included. ``published_at`` and ``modified_at`` are each
    a date, a datetime or either in ISO 8601; relative dates in the text are read against the first.
    ``author`` is the byline, ``source`` the publisher or agency, ``dateline`` where the story was
    filed, and ``corrections`` what was corrected in it later. ``language`` is an ISO 639-1 code,
    guessed from the text where it is not given. ``pages`` holds the offset at which each page of a
    paged document begins. ``origin`` says what the article was read from and by what; it is not part
    of the article's JSON, and does not count when articles are compared.

    Raises ``ArticleError`` when the text is empty, no ``str``, holds lone surrogates, or is longer
    than 20 million characters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Text = Field(repr=False)
    title: Text | None = None
    published_at: Moment = None
    source: Text | None = None
    url: Text | None = None
    author: Text | None = None
    language: Text | None = None
    modified_at: Moment = Field(default=None, exclude_if=_is_empty)
    dateline: Text | None = Field(default=None, exclude_if=_is_empty)
    corrections: tuple[Text, ...] = Field(default=(), exclude_if=_is_empty)
    pages: Annotated[tuple[int, ...], AfterValidator(_check_pages)] = Field(
        default=(), repr=False, exclude_if=_is_empty
    )
    origin: Origin | None = Field(default=None, repr=False, exclude=True)

    def __init__(
        self,
        /,
        text: str = "",
        title: str | None = None,
        published_at: date | str | None = None,
        source: str | None = None,
        url: str | None = None,
        author: str | None = None,
        language: str | None = None,
        modified_at: date | str | None = None,
        dateline: str | None = None,
        corrections: Iterable[str] = (),
        pages: Iterable[int] = (),
        origin: Origin | None = None,
        **unknown: Never,
    ) -> None:
        _check_text(text)
        try:
            super().__init__(
                text=text,
                title=title,
                published_at=published_at,
                source=source,
                url=url,
                author=author,
                language=language,
                modified_at=modified_at,
                dateline=dateline,
                corrections=corrections,
                pages=pages,
                origin=origin,
                **unknown,
            )
        except ValidationError as error:
            problem = error.errors()[0]
            field = ".".join(str(part) for part in problem["loc"][:1])
            raise ArticleError(
                f"The article's {field!r} is not usable: {problem['msg']}."
            ) from None

    @classmethod
    def from_file(cls, path: str | PathLike[str], *, item: int | str | None = None) -> Self:
        """Read the article in a file; ``docs/guides/articles.md`` lists the formats.

        Args:
            path: The file. Its content decides the format; its ending tells JSON from text.
            item: Which article, where the file holds several: its number, counted from 1, or its
                title, or words that no other title has.

        Raises:
            ArticleError: There is no such file, it holds no article, or several and ``item`` does
                not say which.
            ConfigurationError: The format needs a library that is not installed.
        """
        file = Path(path)
        return cls.from_bytes(read_file(file), name=str(file), suffix=file.suffix, item=item)

    @classmethod
    def from_bytes(
        cls, data: bytes, *, name: str = "input", suffix: str = "", item: int | str | None = None
    ) -> Self:
        """Read the article in the content of a file.

        Args:
            data: The content.
            name: What an error message calls it.
            suffix: The file ending that the content would have, such as ``".json"``.
            item: Which article, where the data holds several, as in ``from_file``.

        Raises:
            ArticleError: The data holds no article, or several and ``item`` does not say which.
            ConfigurationError: The format needs a library that is not installed.
        """
        from newsqa.article.sources import read_fields

        return cls(**read_fields(data, name=name, suffix=suffix, item=item))

    @classmethod
    def from_html(cls, html: str | bytes, url: str | None = None) -> Self:
        """Read the article on a page: title, dates and people from its metadata, and its text.

        Args:
            html: The page as a server sends it, or as a browser saves it.
            url: The address of the page.

        Raises:
            ArticleError: The page holds no article.
            ConfigurationError: ``newsqa[html]`` is not installed.
        """
        from newsqa.article.sources import read_fields
        from newsqa.article.sources.html import HTMLSource

        data = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
        return cls(**read_fields(data, name=url or "page", source=HTMLSource(url)))

    @classmethod
    def from_pdf(cls, pdf: bytes | str | PathLike[str]) -> Self:
        """Read the text of a PDF, and where its pages begin.

        Args:
            pdf: The content of a PDF, or the path of one.

        Raises:
            ArticleError: There is no such file, or it is not a PDF with text.
            ConfigurationError: ``newsqa[pdf]`` is not installed.
        """
        from newsqa.article.sources import read_fields
        from newsqa.article.sources.pdf import PDFSource

        data = pdf if isinstance(pdf, bytes) else read_file(Path(pdf))
        name = "input" if isinstance(pdf, bytes) else str(pdf)
        return cls(**read_fields(data, name=name, source=PDFSource()))

    @classmethod
    def from_url(cls, url: str, *, item: int | str | None = None) -> Self:
        """Fetch a page or file and read the article in it. Nothing else in newsqa fetches articles.

        Args:
            url: An address that begins with ``http://`` or ``https://``.
            item: Which article, where there are several, as in ``from_file``.

        Raises:
            ArticleError: The address cannot be fetched within 30 seconds, 5 redirects and 40 MB, or
                holds no article.
            ConfigurationError: The format needs a library that is not installed.
        """
        from newsqa.article.sources import read_fields
        from newsqa.article.sources.web import fetch

        page = fetch(url)
        fields = read_fields(page.data, name=page.url, suffix=page.suffix, item=item)
        return cls(**{"url": page.url, **fields})

    def __eq__(self, other: object) -> bool:
        """Return whether all fields are equal but ``origin``."""
        if not isinstance(other, Article):
            return NotImplemented
        return type(self) is type(other) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in type(self).model_fields if name != "origin")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields changed, checked as any other article is.

        ``deep`` changes nothing: an article holds no value that can change.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**fields, **(update or {})})

    def __getstate__(self) -> dict[Any, Any]:
        """Return the fields for a pickle, without anything that can be computed again."""
        state = super().__getstate__()
        fields = {name: state["__dict__"][name] for name in type(self).model_fields}
        return {**state, "__dict__": fields}

    def _repr_html_(self) -> str:
        """Return the article's title, facts and first sentences, as a notebook shows them."""
        render: Callable[[Article], str] = resolve_name("newsqa.output.html:article_part")
        return render(self)

    @cached_property
    def language_code(self) -> str:
        """The ISO 639-1 code of ``language`` (``"en"`` of ``"en-US"``), or the one guessed."""
        from newsqa.languages.detection import guess_language

        code = _LANGUAGE_CODE.match(self.language or "")
        return code[0].casefold() if code else guess_language(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order; the one with number ``n`` is ``sentences[n - 1]``."""
        from newsqa.article.sentences import split_sentences

        return split_sentences(self.text, self.language_code)

    def lead(self, count: int) -> tuple[Sentence, ...]:
        """Return the first sentences, without bylines, which are not part of the story."""
        from newsqa.article.lines import is_byline

        story = (
            sentence for sentence in self.sentences if not is_byline(sentence.text, self.author)
        )
        return tuple(islice(story, count))

    def page_at(self, offset: int) -> int | None:
        """Return the number, counted from 1, of the page at an offset of ``text``, if it has pages."""
        return bisect_right(self.pages, offset) or None

    @cached_property
    def analyzed_sentences(self) -> tuple[AnalyzedText, ...]:
        """The analysis of each sentence, for all that read its words, numbers, dates and names."""
        return tuple(AnalyzedText(sentence.text) for sentence in self.sentences)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def _quotes(self) -> QuoteIndex:
        from newsqa.text.quotes import QuoteIndex

        return QuoteIndex(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def locate(self, quote: str, *, near: Iterable[int] = (), loosest: Tier = "elided") -> Located:
        """Find a quote in the text, however it is typeset; see ``newsqa.text.quotes``.

        >>> article = Article("“We will not close,” the mayor said.")
        >>> match = article.locate('"we will not close"').match
        >>> match.tier, match.spans
        ('case', ((1, 18),))

        Args:
            quote: The words to find.
            near: The numbers of the sentences that are meant, if the quote occurs more than once.
            loosest: The loosest match tier to accept.
        """
        spans = [self.sentences[n - 1] for n in near if 0 < n <= len(self.sentences)]
        return self._quotes.locate(
            quote, near=[(sentence.start, sentence.end) for sentence in spans], loosest=loosest
        )

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences that the span from ``start`` to ``end`` touches."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_right(self._starts, max(end - 1, start))
        return tuple(s for s in self.sentences[first:last] if s.end > start)


def _check_text(text: object) -> None:
    problem = problem_with(text, limit=MAX_CHARACTERS)
    if problem:
        raise ArticleError(f"The article's text {problem}.")
