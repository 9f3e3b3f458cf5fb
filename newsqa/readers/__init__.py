"""The seam for readers: who reads a passage and drafts an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from newsqa.answers.answer import PromptReference
from newsqa.answers.draft import Draft
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.article.sentences import Sentence
from newsqa.usage import Usage


@dataclass(frozen=True, slots=True)
class Revision:
    """A draft to be mended, and what was wrong with it, in words."""

    draft: Draft
    problems: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader's draft, who made it, and what it cost."""

    draft: Draft
    model: str
    usage: Usage = field(default_factory=Usage)


class Reader(Protocol):
    """Anything that turns a passage and a question into a draft."""

    @property
    def prompt(self) -> PromptReference | None:
        """The prompt it reads with, if it has one."""

    def room(self, article: Article, question: str) -> int | None:
        """The tokens left for sentences in one prompt; ``None`` for a reader without a limit."""

    def weigh(self, sentence: Sentence) -> int:
        """The tokens that a sentence takes in the prompt."""

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Draft an answer from the passage alone; with a ``revision``, mend that draft.

        Raises a subclass of ``ModelError`` when the reader's model gives nothing usable.
        """

    async def aclose(self) -> None:
        """Let go of what the running event loop holds open."""
