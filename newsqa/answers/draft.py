"""Draft: an answer as a reader wrote it, before anything is grounded or checked.

The docstrings and field descriptions here reach the model inside the JSON schema: they are part of
the prompt, and a snapshot test pins them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from newsqa.article.fields import problem_with

Status = Literal["answered", "partial", "not_in_article"]
"""Whether the article answers the question, answers a part of it, or does not say."""

AnswerStatus = Status | Literal["closest"]
"""The same of an answer, or ``closest``: it holds the sentences that come closest to an answer."""

ClosestBecause = Literal["unsure", "yes_no", "why", "how", "list", "count"]
"""Why there are only the closest sentences: no span is right with enough probability (``unsure``), or
the question asks for something other than a span: a yes or no, a reason, a manner, a list, or a count."""


MAX_CLAIM_CHARACTERS = 10_000
"""Far above any sentence."""


def _encodable(text: str) -> str:
    """Return ``text``, or raise an error if it holds lone surrogates, which cannot be stored as JSON."""
    text.encode()
    return text


def _readable(text: str) -> str:
    problem = problem_with(text, limit=MAX_CLAIM_CHARACTERS)
    if problem:
        raise ValueError(f"the text {problem}")
    return text


class _Untrusted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Untrusted):
    """One place in the article that proves a claim."""

    sentence: int = Field(description="The number in brackets before the sentence.")
    quote: Annotated[str, AfterValidator(_encodable)] = Field(
        description="The fewest words of that sentence that prove the claim, copied exactly, in "
        "the article's language. Empty to cite the whole sentence."
    )


class DraftClaim(_Untrusted):
    """One sentence of the answer, with the places in the article that prove it."""

    evidence: tuple[Evidence, ...]
    text: Annotated[str, AfterValidator(_readable)] = Field(
        description="One sentence that says no more than its evidence does."
    )


class Draft(_Untrusted):
    """An answer to the question from the article alone."""

    claims: tuple[DraftClaim, ...] = Field(
        description="The answer, sentence by sentence. Empty if the article has nothing on it."
    )
    short: Annotated[str, AfterValidator(_encodable)] = Field(
        description="The answer in the fewest words, made of words of the claims. Empty if the "
        "article does not answer."
    )
    status: Status


class SourcedClaim(DraftClaim):
    """One sentence of the answer, with the places in the articles that prove it."""

    disagreement: Literal["none", "conflict", "correction"]
    topic: Annotated[str, AfterValidator(_encodable)] = Field(
        description="What the articles disagree on. Empty if they do not."
    )


class ArticlesDraft(Draft):
    """An answer to the question from the articles alone."""

    claims: tuple[SourcedClaim, ...] = Field(
        description="The answer, sentence by sentence. Empty if the articles have nothing on it."
    )


class NumberedDraft(_Untrusted):
    """The answer to one of several questions."""

    question: int = Field(description="The number of the question.")
    draft: Draft


class Drafts(_Untrusted):
    """An answer to each question, in order."""

    answers: tuple[NumberedDraft, ...]


class NumberedArticlesDraft(NumberedDraft):
    """The answer to one of several questions about several articles."""

    draft: ArticlesDraft


class ArticlesDrafts(Drafts):
    """An answer to each question, in order."""

    answers: tuple[NumberedArticlesDraft, ...]
