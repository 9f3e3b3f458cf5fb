"""Case: a question about an article, and what a good answer to it says, cites, and must not say."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
    model_validator,
)

from newsqa.answers.draft import AnswerStatus
from newsqa.article import Article
from newsqa.article.fields import check_question
from newsqa.errors import CaseError
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


def _as_words(value: object) -> object:
    """Return a number or a date as the words it is written with."""
    if isinstance(value, bool):
        raise ValueError("true and false are not words; write the answer in quotation marks")  # noqa: TRY004  # pydantic reports ValueErrors
    if isinstance(value, int | float | Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


_Text = Annotated[str, Strict(), Field(min_length=1)]
_Words = Annotated[_Text, BeforeValidator(_as_words)]
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
    """The expectations of an answer; fields that are not given are not measured.

    A single value is read as a list of one. Without ``status``, an answer is expected, whole or partial.

    Raises:
        ValueError: Nothing is expected, or an answer is expected of a question that has none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Annotated[tuple[AnswerStatus, ...], BeforeValidator(_as_tuple)] = ()
    """The right statuses; ``not_in_article`` alone means that the question has no answer."""
    short: Annotated[tuple[_Words, ...], BeforeValidator(_as_tuple)] = ()
    """The short answer in every right form; exact match and F1 compare with the best of them."""
    spans: _Places = ()
    """Where the article gives the answer: a citation that overlaps one of them is a hit."""
    must_cite: _Places = ()
    """Places that must be cited, each by one citation: covered, or overlapped if it is a sentence."""
    evidence: _Places = ()
    """All sentences that prove the answer, for precision and recall of the citations."""
    must_not_say: Annotated[tuple[Pattern | _Words, ...], BeforeValidator(_as_tuple)] = ()
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
    def statuses(self) -> tuple[AnswerStatus, ...]:
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


def _as_article(value: object) -> object:
    """Build the article from a text or fields, so that it is validated like any other."""
    if isinstance(value, str):
        return Article(value)
    return Article(**value) if isinstance(value, Mapping) else value


class Case(BaseModel):
    """One question of an evaluation, and what is expected of the answer.

    ``article`` is an ``Article``, its fields, or a text. ``language`` is the ISO 639-1 code of the
    language whose rules answers are compared by, the article's by default. Scorecards also give
    figures by each of the ``tags``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: _Words
    article: Annotated[Article, BeforeValidator(_as_article)]
    question: Annotated[str, Strict()]
    expected: Expected
    language: Annotated[str, Strict()] | None = None
    tags: tuple[Annotated[str, Strict()], ...] = ()

    @model_validator(mode="after")
    def _check_places(self) -> Self:
        check_question(self.question)
        for places in (self.expected.spans, self.expected.must_cite, self.expected.evidence):
            for place in places:
                spans_of(place, self.article)
        return self

    @property
    def language_code(self) -> str:
        """Return the ISO 639-1 code of the language whose rules the answer is compared by."""
        return self.language or self.article.language_code

    @cached_property
    def gold_spans(self) -> tuple[Span, ...]:
        """Return all spans where the article gives the answer."""
        return tuple(s for place in self.expected.spans for s in spans_of(place, self.article))

    @cached_property
    def gold_sentences(self) -> frozenset[int]:
        """Return the numbers of the sentences that prove the answer."""
        return frozenset(
            sentence.number
            for place in self.expected.evidence
            for span in spans_of(place, self.article)
            for sentence in self.article.sentences_in(span.start, span.end)
        )

    def places(self, place: Place) -> tuple[Span, ...]:
        """Return the spans of ``place`` in the article."""
        return spans_of(place, self.article)


def make_case(fields: Mapping[str, Any]) -> Case:
    """Build a case from ``fields``.

    Raises:
        CaseError: A field is wrong; the message is one sentence, without pydantic's frame.
    """
    try:
        return Case(**fields)
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"])
        reason = problem["msg"].removeprefix("Value error, ").rstrip(".")
        raise CaseError(f"{where}: {reason}." if where else f"{reason}.") from None


_NEW_IN_ARTICLE = {"modified_at", "dateline", "corrections", "pages"}
"""Fields of an article since 0.1, without which a digest is the same as then."""


def digest_of(cases: Iterable[Case]) -> str:
    """Return the SHA-256 of the cases with all their fields, in hexadecimal, whatever their order."""
    digest = hashlib.sha256()
    for case in sorted(cases, key=lambda case: case.id):
        values = case.model_dump(mode="json", exclude={"article": _NEW_IN_ARTICLE})
        digest.update(json.dumps(values, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()
