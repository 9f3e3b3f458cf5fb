"""Case: a question about an article, and what is expected of the answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
    model_validator,
)

from newsqa.article import Article
from newsqa.article.fields import check_question
from newsqa.errors import CaseError
from newsqa.evals.expectations import Expected, Place, spans_of
from newsqa.text.spans import Span


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

    id: Annotated[str, Strict(), Field(min_length=1)]
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
