"""Expected: what a good answer to a case says, cites, and must not say."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    model_validator,
)

from newsqa.answers.draft import Status
from newsqa.article import Article
from newsqa.text.spans import Span


def _as_tuple(value: object) -> object:
    """Wrap a single value, which may be written without brackets."""
    return value if isinstance(value, (list, tuple)) else (value,)


def _compilable(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}") from None
    return pattern


_Text = Annotated[str, Strict(), Field(min_length=1)]
_Number = Annotated[int, Strict(), Field(ge=1)]


class GoldSpan(Span):
    """A span of the article, in code points."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Pattern(BaseModel):
    """A regular expression in Python's syntax."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: Annotated[_Text, AfterValidator(_compilable)]


Place = GoldSpan | _Number | _Text
"""A place in the article: a span, a sentence by its number, or the exact words."""

_Places = Annotated[tuple[Place, ...], BeforeValidator(_as_tuple)]


class Expected(BaseModel):
    """What is expected of an answer; fields that are not given are not measured.

    A single value is read as a list of one. Without ``status``, an answer is expected, whole or partial.

    Raises:
        ValueError: Nothing is expected, or an answer is expected of a question that has none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Annotated[tuple[Status, ...], BeforeValidator(_as_tuple)] = ()
    """The right statuses; ``not_in_article`` alone means that the question has no answer."""
    short: Annotated[tuple[_Text, ...], BeforeValidator(_as_tuple)] = ()
    """The short answer in every right form; exact match and F1 compare with the best of them."""
    spans: _Places = ()
    """Where the article gives the answer: a citation that overlaps one of them is a hit."""
    must_cite: _Places = ()
    """Places that must be cited, each by one citation: covered, or overlapped if it is a sentence."""
    evidence: _Places = ()
    """All sentences that prove the answer, for precision and recall of the citations."""
    must_not_say: Annotated[tuple[_Text | Pattern, ...], BeforeValidator(_as_tuple)] = ()
    """Words, in any case, or patterns that must not occur in the answer."""

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not any(getattr(self, name) for name in type(self).model_fields):
            raise ValueError(
                "nothing is expected; give a short answer, or the status not_in_article"
            )
        if not self.answerable and (self.short or self.spans):
            raise ValueError(
                "the status not_in_article alone means that there is no answer, and one is given; "
                "remove the answer or allow another status"
            )
        return self

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The right statuses, ``answered`` and ``partial`` by default."""
        return self.status or ("answered", "partial")

    @property
    def answerable(self) -> bool:
        """Return whether the case allows an answer."""
        return any(status != "not_in_article" for status in self.statuses)

    @property
    def may_abstain(self) -> bool:
        """Return whether the case allows an abstention."""
        return "not_in_article" in self.statuses

    @property
    def has_answer(self) -> bool | None:
        """Return whether the question has an answer; None if the case allows either."""
        return None if self.answerable and self.may_abstain else self.answerable


def spans_of(place: Place, article: Article) -> tuple[Span, ...]:
    """Return the spans of ``place`` in ``article``; words may occur several times.

    Raises:
        ValueError: The place is not in the article; the message says what to do.
    """
    if isinstance(place, GoldSpan):
        return (_within(place, article),)
    if isinstance(place, int):
        return (_sentence(place, article),)
    spans = tuple(
        Span(start=match.start(), end=match.end())
        for match in re.finditer(re.escape(place), article.text)
    )
    if not spans:
        near = article.locate(place).match
        hint = f": it says {article.text[slice(*near.spans[0])]!r}" if near else ""
        raise ValueError(f"the article does not say {place!r}{hint}; copy the words exactly")
    return spans


def _within(span: GoldSpan, article: Article) -> Span:
    if span.end > len(article.text):
        raise ValueError(
            f"{span.start}:{span.end} is beyond the article, which has {len(article.text)} "
            "characters; count code points of its text"
        )
    return span


def _sentence(number: int, article: Article) -> Span:
    if number > len(article.sentences):
        raise ValueError(f"there is no sentence {number}; the last is {len(article.sentences)}")
    sentence = article.sentences[number - 1]
    return Span(start=sentence.start, end=sentence.end)
