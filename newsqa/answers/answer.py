"""Answer: what has been verified, and what was refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import resolve_name
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    computed_field,
    model_validator,
)

from newsqa.answers.draft import Status
from newsqa.answers.finding import Finding
from newsqa.answers.opinion import SecondOpinion
from newsqa.article import Article
from newsqa.errors import GroundingError
from newsqa.text import Tier
from newsqa.text.spans import Span
from newsqa.usage import Usage

Match = Tier | Literal["sentence"]
"""How a citation was found: the tightest tier its quote matched at, or a whole sentence by number."""

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


class Citation(Span):
    """A stretch of the article that a claim rests on: ``article.text[start:end] == text``, always.

    ``sentences`` are the numbers of the article's sentences it touches, from 1. ``text`` is cut out
    of the article, never a reader's wording of it.
    """

    text: str
    sentences: tuple[int, ...]
    match: Match

    @classmethod
    def at(cls, article: Article, span: Span, match: Match) -> Self:
        """The citation of what stands at ``span``; the only way grounding makes one."""
        touched = tuple(sentence.number for sentence in article.sentences_in(span.start, span.end))
        text = span.slice(article.text)
        return cls(start=span.start, end=span.end, text=text, sentences=touched, match=match)


class Claim(BaseModel):
    """One sentence of an answer: its place in the answer's text, and the citations it rests on.

    ``findings`` are words of it that its citations do not seem to bear out, at their places in the
    claim's text, and ``not_checked`` the checks that do not know its language. ``opinion`` is the
    second opinion on it, with ``Settings(verify=...)``.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    span: Span
    citations: tuple[Citation, ...] = Field(min_length=1)
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()
    opinion: SecondOpinion | None = None

    @property
    def doubts(self) -> tuple[str, ...]:
        """What a person should look at: each finding, and an opinion that supports it in part."""
        found = [str(finding) for finding in self.findings]
        if self.opinion and self.opinion.verdict != "supported":
            found.append(f"“{self.text}”: {self.opinion}")
        return tuple(found)


class Rejection(BaseModel):
    """Something a reader said that does not stand, why, and what in the article comes nearest.

    ``sentence`` and ``quote`` are what was cited, where that does not stand; ``nearest`` is the text
    of the article's most similar sentence, to read and never to cite. Where the evidence stands,
    ``finding`` is what the claim says beyond it, or ``opinion`` the second opinion that refused it; a
    claim ``withdrawn`` is one that the reader took back when it was asked about a finding.
    """

    model_config = ConfigDict(frozen=True)

    claim: str
    reason: Annotated[RejectionReason, BeforeValidator(_present_name)]
    sentence: int | None = None
    quote: str = ""
    nearest: str = ""
    finding: Finding | None = None
    opinion: SecondOpinion | None = None

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
    """Which prompt an answer was made with: its file's name and the start of its SHA-256."""

    model_config = ConfigDict(frozen=True)

    name: str
    fingerprint: str


class Answer(BaseModel):
    """An answer whose every sentence rests on exact spans of the article.

    ``text`` is made of the claims and nothing else; it is empty when the article says nothing to
    the point. With status ``not_in_article`` the claims, if there are any, tell what the article
    says instead. ``short`` is the answer in the fewest words.
    """

    model_config = ConfigDict(frozen=True)

    status: Status
    text: str
    short: str
    claims: tuple[Claim, ...]
    rejected: tuple[Rejection, ...] = ()
    model: str
    """Who read the article: a model's name, or ``newsqa-extractive`` for the embedded reader."""
    prompt: PromptReference | None = None
    article_sha256: str
    usage: Usage = Usage()

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

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated properties
    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in reading order, each once."""
        unique = {(c.start, c.end): c for claim in self.claims for c in claim.citations}
        return tuple(unique[place] for place in sorted(unique))

    def verify(self, article: Article) -> None:
        """Check every span again, as for a stored answer.

        Raises ``GroundingError`` when ``article`` is not, to the letter, the one that was asked.
        """
        if article.sha256 != self.article_sha256:
            raise GroundingError(
                "The article has changed since it was asked: its SHA-256 is "
                f"{article.sha256[:12]}…, the answer's {self.article_sha256[:12]}…. Ask again."
            )
        # Not self.citations: of two at one place it holds one, and each is shown with its claim.
        for citation in (citation for claim in self.claims for citation in claim.citations):
            if citation.slice(article.text) != citation.text:
                raise GroundingError(
                    f"The article does not say {citation.text!r} at {citation.start}:{citation.end}."
                )

    def to_markdown(self) -> str:
        """Return the answer in Markdown, with what it cites in footnotes.

        They are numbered in the order of first use, and not, as in ``str(answer)``, of the article.
        """
        return _render(self, "markdown")

    def __str__(self) -> str:
        """The answer with numbered citations and doubts below it, as one would print it."""
        return _render(self, "text")


RENDERERS = {
    "text": "newsqa.output.text:render",
    "markdown": "newsqa.output.markdown:render",
}
"""Each form an answer can be written in, and the function that returns it in that form.

An answer knows the names of its forms and nothing of how they look; a renderer is imported when it
is first used.
"""


def _render(answer: Answer, form: str) -> str:
    renderer: Callable[[Answer], str] = resolve_name(RENDERERS[form])
    return renderer(answer)
