"""Answer: claims with their citations, and what was rejected on the way; Failure in an answer's place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pkgutil import resolve_name
from typing import Any, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    computed_field,
    model_validator,
)

from newsqa.answers.claim import Citation, Claim, Disagreement, Match, Side
from newsqa.answers.draft import AnswerStatus, ClosestBecause
from newsqa.answers.finding import Rejection, RejectionReason
from newsqa.article import Article
from newsqa.article.reference import ArticleReference
from newsqa.errors import GroundingError, NewsQAError
from newsqa.usage import Usage

__all__ = [
    "Answer",
    "Citation",
    "Claim",
    "Disagreement",
    "Failure",
    "Match",
    "PromptReference",
    "Rejection",
    "RejectionReason",
    "Side",
]


def _is_empty(value: object) -> bool:
    """Return whether a field is left out of JSON, which then reads as that of version 0.1."""
    return not value


class PromptReference(BaseModel):
    """The prompt that an answer was made with."""

    model_config = ConfigDict(frozen=True)

    name: str
    """The name of its file, without the ending."""
    fingerprint: str
    """The first 12 hexadecimal digits of its SHA-256."""


class Answer(BaseModel):
    """An answer to a question, in which exact spans of the article support every sentence.

    ``model_dump_json`` and ``model_validate_json`` store and load it; ``verify`` checks a stored
    answer against its article.
    """

    model_config = ConfigDict(frozen=True)

    status: AnswerStatus
    """``answered``, ``partial``, ``closest``, or ``not_in_article`` if the article does not say.

    ``closest``: the claims are only the sentences that come closest to an answer, which the embedded
    reader gives where it is not sure enough of one.
    """
    text: str
    """The claims, joined: nothing else is in it. It is empty if there are no claims."""
    short: str
    """The answer in the fewest words; empty if the article does not answer."""
    claims: tuple[Claim, ...]
    """The sentences of the answer. With ``not_in_article``, what the article says instead."""
    skipped: NonNegativeInt = 0
    """Sentences of the article that were not read, with ``Settings(windows=...)``."""
    closest_because: ClosestBecause | None = None
    """Why there are only the closest sentences, with the status ``closest``."""
    probability: float | None = Field(default=None, ge=0, le=1)
    """The probability that the short form, or the first cited words, are right.

    Only the trained part of the embedded reader says it; ``docs/embedded-reader.md`` shows how often
    it is right at each probability.
    """
    disagreements: tuple[Disagreement, ...] = ()
    """The points on which several articles contradict each other; each side is one of the claims."""
    rejected: tuple[Rejection, ...] = ()
    """Claims that were rejected on the way, with the reason of each."""
    model: str
    """The name of the model that read; of the embedded reader, the part that read, with its version."""
    prompt: PromptReference | None = None
    """The prompt that the model read with, if there is one."""
    question: str = ""
    """The question, as it was asked; empty in answers that version 0.1 stored."""
    articles: tuple[ArticleReference, ...] = Field(min_length=1)
    """References to what was asked about: title, address, source, date and SHA-256."""
    asked_at: AwareDatetime | None = None
    """When the question was asked. It does not count when answers are compared."""
    usage: Usage = Usage()
    """What the answer cost."""

    @model_validator(mode="before")
    @classmethod
    def _read_0_1(cls, fields: object) -> object:
        """Read the one field that version 0.1 had in the place of ``articles``."""
        if (
            not isinstance(fields, Mapping)
            or "articles" in fields
            or "article_sha256" not in fields
        ):
            return fields
        return {**fields, "articles": [{"sha256": fields["article_sha256"]}]}

    @model_validator(mode="after")
    def _claims_are_the_text(self) -> Self:
        end = 0
        for claim in self.claims:
            between = self.text[end : claim.span.start]
            if (
                claim.span.start < end
                or between.strip()
                or claim.span.slice(self.text) != claim.text
            ):
                raise ValueError(f"the claim {claim.text!r} does not come next in the text")
            end = claim.span.end
        if self.text[end:].strip():
            raise ValueError(f"no claim says {self.text[end:]!r}")
        return self

    def __eq__(self, other: object) -> bool:
        """Return whether all fields are equal but ``asked_at``."""
        if not isinstance(other, Answer):
            return NotImplemented
        return type(self) is type(other) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash(self._compared())

    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in type(self).model_fields if name != "asked_at")

    @computed_field  # type: ignore[prop-decorator]  # mypy does not support decorated properties
    @property
    def article_sha256(self) -> str:
        """The SHA-256 of the article's text; of several articles, the first one's."""
        return self.articles[0].sha256

    @computed_field  # type: ignore[prop-decorator]  # mypy does not support decorated properties
    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of the claims, in reading order, each once."""
        unique = {c.place: c for claim in self.claims for c in claim.citations}
        return tuple(unique[place] for place in sorted(unique))

    def verify(self, article: Article | Sequence[Article]) -> None:
        """Check that the answer was made from ``article`` and that every span still fits.

        Args:
            article: The article that was asked, or the articles, in the same order.

        Raises:
            GroundingError: A text is not, to the letter, the one that was asked about.
        """
        articles = [article] if isinstance(article, Article) else list(article)
        if len(articles) != len(self.articles):
            raise GroundingError(
                f"The answer was made from {len(self.articles)} articles, and {len(articles)} are "
                "given; pass all of them, in the same order."
            )
        for given, asked in zip(articles, self.articles, strict=True):
            if given.sha256 != asked.sha256:
                raise GroundingError(
                    "This is not the article that was asked, or it has changed since: its SHA-256 is "
                    f"{given.sha256[:12]}…, the answer's {asked.sha256[:12]}…. Ask again."
                )
        # Not self.citations: of two at one place it holds one, and each is shown with its claim.
        for citation in (citation for claim in self.claims for citation in claim.citations):
            if (
                citation.article >= len(articles)
                or citation.slice(articles[citation.article].text) != citation.text
            ):
                raise GroundingError(
                    f"The article does not say {citation.text!r} at {citation.start}:{citation.end}."
                )

    def to_markdown(self) -> str:
        """Return the answer in Markdown, with its citations as footnotes.

        Footnotes are numbered in the order of first use; citations in ``str(answer)`` are numbered in
        the order of the article.
        """
        return _render(self, "markdown")

    def to_html(self, article: Article | Sequence[Article] | None = None) -> str:
        """Return the answer as a page of HTML that needs no script and no other file.

        Args:
            article: The article that was asked, or the articles, in the same order. Its text stands
                beside the claims, with the cited spans highlighted. Without it, the page shows the
                claims and the words that they cite.

        Raises:
            GroundingError: The answer was made from another article.
        """
        articles = (article,) if isinstance(article, Article) else tuple(article or ())
        render: Callable[..., str] = resolve_name(RENDERERS["html"])
        return render(self, articles)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a row for each citation of each claim, for spreadsheets and data frames.

        ``newsqa.output.rows.COLUMNS`` lists the keys. An answer without claims is one row.
        """
        render: Callable[[Answer], list[dict[str, Any]]] = resolve_name(RENDERERS["rows"])
        return render(self)

    def _repr_html_(self) -> str:
        """Return the answer as a notebook shows it."""
        return _render(self, "notebook")

    def _repr_markdown_(self) -> str:
        """Return the answer as programs show it that read Markdown in place of HTML."""
        return self.to_markdown()

    def __str__(self) -> str:
        """Return the answer as printable text, with numbered citations and doubts after it."""
        return _render(self, "text")


class Failure(BaseModel):
    """A question without an answer, in the place that its answer would have had.

    >>> failure = Failure.of("Who?", GroundingError("Not grounded."))
    >>> failure.error, failure.message
    ('GroundingError', 'Not grounded.')
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    question: str
    """The question, as it was asked."""
    error: str
    """The name of the error's class."""
    message: str
    """The error in one sentence."""
    exception: NewsQAError | None = Field(default=None, exclude=True, repr=False)
    """The error itself. It is not part of the JSON."""

    @classmethod
    def of(cls, question: object, error: NewsQAError) -> Self:
        """Return the failure that ``error`` is the reason of."""
        kind = type(error).__name__
        return cls(question=str(question), error=kind, message=str(error), exception=error)

    def __str__(self) -> str:
        return self.message


RENDERERS = {
    "text": "newsqa.output:render",
    "markdown": "newsqa.output.markdown:render",
    "html": "newsqa.output.html:render",
    "rows": "newsqa.output.rows:render",
    "notebook": "newsqa.output.html:answer_part",
}
"""The function that renders an answer in each form; imported when first used."""


def _render(answer: Answer, form: str) -> str:
    renderer: Callable[[Answer], str] = resolve_name(RENDERERS[form])
    return renderer(answer)
