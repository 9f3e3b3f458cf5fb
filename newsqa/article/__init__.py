"""Article: a text that never changes, and its sentences."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Never, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from newsqa.article.files import read_file
from newsqa.article.validation import half_character_in, problem_with
from newsqa.errors import ArticleError
from newsqa.text import Tier

if TYPE_CHECKING:
    from newsqa.article.sentences import Sentence
    from newsqa.text.analysis import AnalyzedText
    from newsqa.text.quotes import Located, QuoteIndex

MAX_CHARACTERS = 20_000_000
"""About 3 million words: more than any article, and what fits in memory several times over."""

_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?![^-_])")


def _of_iso(value: object) -> object:
    """The date or datetime that a string is: a date stays a date, and midnight stays a time."""
    if not isinstance(value, str):
        return value
    for kind in (date, datetime):
        with suppress(ValueError):
            return kind.fromisoformat(value.strip())
    raise PydanticCustomError("iso_8601", "Input should be a date in ISO 8601, such as 2025-03-14")


def _encodable(value: str) -> str:
    problem = half_character_in(value)
    if problem:
        raise PydanticCustomError("lone_surrogate", "Input {problem}", {"problem": problem})
    return value


_Text = Annotated[str, Strict(), AfterValidator(_encodable)]
_Date = Annotated[date, Strict()]
_Datetime = Annotated[datetime, Strict()]


class Article(BaseModel):
    """A news article. All offsets anywhere in newsqa count code points of ``text``.

    ``text`` is kept to the letter, line ends included. ``published_at`` is a date, a datetime or
    either in ISO 8601; relative dates in the text are read against it. ``language`` is an ISO 639-1
    code, guessed from the text where it is not given.

    Raises ``ArticleError`` when the text is empty, no ``str``, holds lone surrogates, or is longer
    than 20 million characters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: _Text = Field(repr=False)
    title: _Text | None = None
    published_at: Annotated[_Date | _Datetime | None, BeforeValidator(_of_iso)] = None
    source: _Text | None = None
    url: _Text | None = None
    author: _Text | None = None
    language: _Text | None = None

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
                **unknown,
            )
        except ValidationError as error:
            problem = error.errors()[0]
            field = ".".join(str(part) for part in problem["loc"][:1])
            raise ArticleError(
                f"The article's {field!r} is not usable: {problem['msg']}."
            ) from None

    @classmethod
    def from_file(cls, path: str | PathLike[str]) -> Self:
        """Read the article in a file.

        Read are UTF-8 text, JSON with the field names of this class, schema.org ``NewsArticle`` JSON,
        and the formats that installed packages add; see ``newsqa.article.sources``.

        Args:
            path: The file. Its ending decides the format, and its content where the ending is unknown.

        Raises:
            ArticleError: There is no such file, or it holds no article.
        """
        file = Path(path)
        return cls.from_bytes(read_file(file), name=str(file), suffix=file.suffix)

    @classmethod
    def from_bytes(cls, data: bytes, *, name: str = "input", suffix: str = "") -> Self:
        """Read the article in the content of a file.

        Args:
            data: The content.
            name: What an error message calls it.
            suffix: The file ending that the content would have, such as ``".json"``; without one,
                the content itself decides the format.

        Raises:
            ArticleError: The data holds no article.
        """
        from newsqa.article.sources import find_source

        return cls(**find_source(data, suffix).read(data, name=name))

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

    @cached_property
    def analyzed_sentences(self) -> tuple[AnalyzedText, ...]:
        """The analysis of each sentence, for all that read its words, numbers, dates and names."""
        from newsqa.text.analysis import AnalyzedText

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
