"""Answer: claims with their citations, and what was rejected on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pkgutil import resolve_name
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    computed_field,
    model_validator,
)

from newsqa.answers.draft import Status
from newsqa.answers.finding import Finding, SecondOpinion
from newsqa.article import Article
from newsqa.article.reference import ArticleReference
from newsqa.errors import GroundingError, NewsQAError
from newsqa.text import Tier
from newsqa.text.spans import Span
from newsqa.usage import Usage

Match = Tier | Literal["sentence"]
"""The tightest tier at which a quote matched, or ``sentence`` if a whole sentence is cited by number."""

RejectionReason = Literal[
    "no_evidence",
    "sentence_not_shown",
    "quote_not_found",
    "quote_ambiguous",
    "check_failed",
    "opinion_failed",
    "withdrawn",
]

_REASONS_OF_0_1 = {"not_borne_out": "check_failed", "not_supported": "opinion_failed"}
"""Rejection reasons under their names in version 0.1, which stored answers may still hold."""


def _present_name(reason: Any) -> Any:  # noqa: ANN401  # not validated yet
    return _REASONS_OF_0_1.get(reason, reason) if isinstance(reason, str) else reason


def _is_none(value: object) -> bool:
    return value is None


class Citation(Span):
    """A span of the article that supports a claim: ``article.text[start:end] == text``, always."""

    text: str
    """The words at the span, cut out of the article. Never a reader's wording."""
    sentences: tuple[int, ...]
    """The numbers of the article's sentences that the span touches, counted from 1."""
    match: Match
    """How the citation was found: the match tier of its quote, or ``sentence``."""
    page: int | None = Field(default=None, exclude_if=_is_none)
    """The page on which the span begins, if the article has pages."""

    @classmethod
    def at(cls, article: Article, span: Span, match: Match) -> Self:
        """Cite the words of ``article`` at ``span``.

        Grounding makes every citation in this way.
        """
        touched = tuple(sentence.number for sentence in article.sentences_in(span.start, span.end))
        text = span.slice(article.text)
        return cls(
            start=span.start,
            end=span.end,
            text=text,
            sentences=touched,
            match=match,
            page=article.page_at(span.start),
        )


class Claim(BaseModel):
    """One sentence of an answer, with the citations that support it."""

    model_config = ConfigDict(frozen=True)

    text: str
    span: Span
    """The position of the claim in ``Answer.text``."""
    citations: tuple[Citation, ...] = Field(min_length=1)
    findings: tuple[Finding, ...] = ()
    """Words of the claim that its citations do not seem to support."""
    not_checked: tuple[str, ...] = ()
    """The checks that did not judge all of the claim, for example because of its language."""
    opinion: SecondOpinion | None = None
    """The second opinion, with ``Settings(verify=...)``."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Sentences for a person to check: each finding, and an opinion other than ``supported``."""
        doubts = [str(finding) for finding in self.findings]
        if self.opinion and self.opinion.verdict != "supported":
            doubts.append(f"“{self.text}”: {self.opinion}")
        return tuple(doubts)


class Rejection(BaseModel):
    """A claim that was left out of the answer, or one piece of its evidence, with the reason.

    A claim that the reader corrected after the re-ask leaves its rejection here, too.
    """

    model_config = ConfigDict(frozen=True)

    claim: str
    """The claim's text."""
    reason: Annotated[RejectionReason, BeforeValidator(_present_name)]
    """Why it was rejected.

    The claim cites nothing (``no_evidence``); a sentence that the reader was not shown
    (``sentence_not_shown``); a quote that is not in the article (``quote_not_found``) or is there more
    than once (``quote_ambiguous``). A check refuses it (``check_failed``), or the second opinion does
    (``opinion_failed``). The reader took it back when it was asked about a finding (``withdrawn``).
    """
    sentence: int | None = None
    """The sentence number that was cited, if that was the problem."""
    quote: str = ""
    """The quote that was not found."""
    nearest: str = ""
    """The article's most similar sentence, for a person to read. It is never cited."""
    finding: Finding | None = None
    """The finding, if a check refused the claim or it was withdrawn."""
    opinion: SecondOpinion | None = None
    """The second opinion that refused the claim."""

    def __str__(self) -> str:
        why = {
            "no_evidence": "it cites nothing",
            "sentence_not_shown": f"there is no sentence [{self.sentence}]",
            "quote_not_found": f"the article nowhere says “{self.quote}”",
            "quote_ambiguous": f"the article says “{self.quote}” more than once, and not in "
            f"sentence [{self.sentence}]",
            "check_failed": str(self.finding),
            "opinion_failed": str(self.opinion),
            "withdrawn": f"its reader took it back, asked about {self.finding}",
        }[self.reason]
        near = f"; nearest is: “{self.nearest}”" if self.nearest else ""
        return f"“{self.claim}” was refused: {why}{near}"


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

    status: Status
    """``answered``, ``partial``, or ``not_in_article`` if the article does not answer the question."""
    text: str
    """The claims, joined: nothing else is in it. It is empty if there are no claims."""
    short: str
    """The answer in the fewest words; empty if the article does not answer."""
    claims: tuple[Claim, ...]
    """The sentences of the answer. With ``not_in_article``, what the article says instead."""
    rejected: tuple[Rejection, ...] = ()
    """Claims that were rejected on the way, with the reason of each."""
    model: str
    """The name of the model that read, or ``newsqa-extractive`` for the embedded reader."""
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
    def _read_0_1(cls, fields: Any) -> Any:  # noqa: ANN401  # whatever is to be validated
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
        unique = {(c.start, c.end): c for claim in self.claims for c in claim.citations}
        return tuple(unique[place] for place in sorted(unique))

    def verify(self, article: Article) -> None:
        """Check that the answer was made from ``article`` and that every span still fits.

        Raises:
            GroundingError: The article's text is not, to the letter, the one that was asked about.
        """
        if article.sha256 != self.article_sha256:
            raise GroundingError(
                "This is not the article that was asked, or it has changed since: its SHA-256 is "
                f"{article.sha256[:12]}…, the answer's {self.article_sha256[:12]}…. Ask again."
            )
        # Not self.citations: of two at one place it holds one, and each is shown with its claim.
        for citation in (citation for claim in self.claims for citation in claim.citations):
            if citation.slice(article.text) != citation.text:
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
    "notebook": "newsqa.output.html.notebook:answer",
}
"""The function that renders an answer in each form; imported when first used."""


def _render(answer: Answer, form: str) -> str:
    renderer: Callable[[Answer], str] = resolve_name(RENDERERS[form])
    return renderer(answer)
