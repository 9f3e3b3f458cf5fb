"""Expected: what a good answer to a case says, cites, and does not say."""

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
    """One of something is written without brackets."""
    return value if isinstance(value, (list, tuple)) else (value,)


def _compilable(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
    return pattern


_Text = Annotated[str, Strict(), Field(min_length=1)]
_Number = Annotated[int, Strict(), Field(ge=1)]


class GoldSpan(Span):
    """A stretch of the article, in code points."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Pattern(BaseModel):
    """A regular expression in Python's syntax."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pattern: Annotated[_Text, AfterValidator(_compilable)]


Place = GoldSpan | _Number | _Text
"""Where something stands: a span, a sentence by its number, or words of the article to the letter."""

_Places = Annotated[tuple[Place, ...], BeforeValidator(_as_tuple)]


class Expected(BaseModel):
    """What is expected of an answer; whatever is not given is not judged.

    One value may stand for a list of one. Without ``status`` an answer is expected, whole or partial.
    Raises ``ValueError`` when nothing is expected, or when an answer is expected of a question that
    has none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Annotated[tuple[Status, ...], BeforeValidator(_as_tuple)] = ()
    """The statuses that are right; ``not_in_article`` alone says that the question has no answer."""
    short: Annotated[tuple[_Text, ...], BeforeValidator(_as_tuple)] = ()
    """The answer in few words, in every way that is right: what EM and F1 are measured against."""
    spans: _Places = ()
    """Where the answer stands in the article: a citation that touches one of them is a hit."""
    must_cite: _Places = ()
    """Places each of which a citation must hold (of a sentence: touch)."""
    evidence: _Places = ()
    """The sentences that prove the answer, all of them: for precision and recall of the citations."""
    must_not_say: Annotated[tuple[_Text | Pattern, ...], BeforeValidator(_as_tuple)] = ()
    """Words, in upper or lower case, or patterns that may stand nowhere in the answer."""

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not any(getattr(self, name) for name in type(self).model_fields):
            raise ValueError(
                "nothing is expected; give a short answer, or the status not_in_article"
            )
        if not self.answerable and (self.short or self.spans):
            raise ValueError(
                "the status not_in_article alone says that there is no answer, and one is given; "
                "take the answer out or allow another status"
            )
        return self

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses that are right."""
        return self.status or ("answered", "partial")

    @property
    def answerable(self) -> bool:
        """Whether the article answers the question, as far as the case says."""
        return any(status != "not_in_article" for status in self.statuses)

    @property
    def may_abstain(self) -> bool:
        """Whether it is right to say that the article does not answer."""
        return "not_in_article" in self.statuses


def spans_of(place: Place, article: Article) -> tuple[Span, ...]:
    """Where ``place`` is in ``article``; words may stand in several places.

    Raises ``ValueError`` when it is nowhere, with what to do.
    """
    if isinstance(place, GoldSpan):
        return (_within(place, article),)
    if isinstance(place, int):
        return (_sentence(place, article),)
    found = tuple(
        Span(start=match.start(), end=match.end())
        for match in re.finditer(re.escape(place), article.text)
    )
    if not found:
        near = article.locate(place).match
        hint = f": it says {article.text[slice(*near.spans[0])]!r}" if near else ""
        raise ValueError(f"the article does not say {place!r}{hint}; copy the words exactly")
    return found


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
