"""Claim and Citation: a sentence of an answer with the spans that support it; Disagreement between claims."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from newsqa.answers.finding import Derivation, Finding, SecondOpinion, Speaker
from newsqa.article import Article
from newsqa.article.reference import ID_CHARACTERS, ArticleReference
from newsqa.text import Tier
from newsqa.text.spans import Span

Match = Tier | Literal["sentence"]
"""The tightest tier at which a quote matched, or ``sentence`` if a whole sentence is cited by number."""


def _is_empty(value: object) -> bool:
    """Return whether a field is left out of JSON, which then reads as that of version 0.1."""
    return not value


def _is_none(value: object) -> bool:
    return value is None


class Citation(Span):
    """A span of the article that supports a claim: ``article.text[start:end] == text``, always."""

    text: str
    """The words at the span, cut out of the article. Never a reader's wording."""
    sentences: tuple[int, ...]
    """The numbers of the article's sentences that the span touches, counted from 1."""
    match: Match
    """The match tier of the quote, or ``sentence`` if a whole sentence is cited by number."""
    page: int | None = Field(default=None, exclude_if=_is_none)
    """The page on which the span begins, if the article has pages."""
    article: int = 0
    """The index of the article in ``Answer.articles``, counted from 0."""
    article_id: str = ""
    """The first 12 digits of the article's SHA-256; empty in answers that version 0.1 stored."""

    @classmethod
    def at(cls, article: Article, span: Span, match: Match, *, index: int = 0) -> Self:
        """Cite the words of ``article`` at ``span``; ``index`` is its place among several articles.

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
            article=index,
            article_id=article.sha256[:ID_CHARACTERS],
        )

    @property
    def place(self) -> tuple[int, int, int]:
        """The article's index, ``start`` and ``end``: what distinguishes it from other citations."""
        return self.article, self.start, self.end


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
    derived: tuple[Derivation, ...] = Field(default=(), exclude_if=_is_empty)
    """The figures that follow from cited ones, each with its formula."""
    speaker: Speaker | None = Field(default=None, exclude_if=_is_none)
    """Whose word the claim is, where the article's language is one in which speakers are found."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Sentences for a person to check: each finding, and an opinion other than ``supported``."""
        doubts = [str(finding) for finding in self.findings]
        if self.opinion and self.opinion.verdict != "supported":
            doubts.append(f"“{self.text}”: {self.opinion}")
        return tuple(doubts)


class Side(BaseModel):
    """The version of one article, or of several that agree, say in a disagreement."""

    model_config = ConfigDict(frozen=True)

    text: str
    """The claim in one sentence, which is one of ``Answer.claims``."""
    articles: tuple[ArticleReference, ...] = Field(min_length=1)
    """The articles that say so, with their sources and dates."""
    citations: tuple[Citation, ...] = Field(min_length=1)

    def __str__(self) -> str:
        return f"{'; '.join(article.label for article in self.articles)}: {self.text}"


class Disagreement(BaseModel):
    """A point on which articles contradict each other, with what each side says."""

    model_config = ConfigDict(frozen=True)

    topic: str
    """The subject of the disagreement, in a few words."""
    kind: Literal["conflict", "correction"]
    """``correction`` if one article corrects an earlier version of the same piece."""
    sides: tuple[Side, ...] = Field(min_length=2)

    def __str__(self) -> str:
        lead = "An article corrects" if self.kind == "correction" else "The articles disagree on"
        sides = "".join(f"\n- {side}" for side in self.sides)
        return f"{lead} {' '.join(self.topic.split())}:{sides}"
