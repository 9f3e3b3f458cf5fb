"""Readers: the seam for whatever reads a passage and drafts an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, runtime_checkable

from newsqa.answers.answer import PromptReference, Rejection
from newsqa.answers.draft import ClosestBecause, Draft, DraftClaim
from newsqa.article.passages import Passage
from newsqa.usage import Usage

EXTRACTIVE = "newsqa-extractive"
"""The name of the embedded reader, in ``Answer.model`` and as a model's name in the settings."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A draft to correct, and what is wrong with it."""

    draft: Draft
    problems: str
    """One line for each claim that was rejected or has findings, ready for a prompt."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The draft that a reader made, and how it was made."""

    draft: Draft
    model: str
    """The name of whoever read, for ``Answer.model``."""
    usage: Usage = field(default_factory=Usage)
    prompt: PromptReference | None = None
    """The prompt that was read with, if there is one, for ``Answer.prompt``."""
    closest_because: ClosestBecause | None = None
    """Why the claims are only the sentences that come closest to an answer; None if they answer."""
    probability: float | None = None
    """The probability, from 0 to 1, that the short form is right, for ``Answer.probability``."""
    passage: Passage | None = None
    """The sentences that the draft was made from, if they are not the whole passage that was passed."""
    skipped: int = 0
    """Sentences that were not read, for ``Answer.skipped``."""
    rejections: tuple[Rejection, ...] = ()
    """Claims that were rejected on the way to this draft, for ``Answer.rejected``."""
    is_restart: bool = False
    """Whether the draft was made anew, although a revision was passed.

    Its claims then replace all claims of the first draft, instead of the ones that needed correction.
    """


class Reader(Protocol):
    """Turns a passage and a question into a draft.

    A reader needs no care about quotes: what its draft cites is looked up in the article, and
    rejected if it is not there. ``docs/guides/readers.md`` shows a reader of 20 lines.
    """

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Draft an answer to ``question`` from ``passage`` alone.

        Args:
            passage: The sentences to read. Evidence names a sentence by its ``number``.
            question: The question, as it was asked.
            revision: An earlier draft to correct. The new draft holds the corrected claims only.

        Raises:
            ModelError: The reader's model gives nothing usable.
        """

    async def aclose(self) -> None:
        """Release what is held open for the running event loop. The reader may be used again."""


@runtime_checkable
class ManyReader(Reader, Protocol):
    """A reader that can read a passage for several questions at once.

    ``NewsQA.ask_many`` reads for each question alone where the reader has no such methods.
    """

    def group(self, questions: Sequence[str]) -> list[list[str]]:
        """Divide ``questions`` into runs that can be answered in one reading each."""

    async def read_many(self, passage: Passage, questions: Sequence[str]) -> list[Reading | None]:
        """Draft an answer to each of ``questions``; ``None`` for one that was left out.

        The readings share what they cost: their usage adds up to it.

        Raises:
            ModelError: The reader's model gives nothing usable.
        """


OnClaim: TypeAlias = Callable[[DraftClaim], None]
"""Takes the next claim of a draft that is still being written."""

BeginDraft: TypeAlias = Callable[[Passage], OnClaim]
"""Is called when a reader begins a draft from a passage, and returns what takes its claims."""

_begin_draft: ContextVar[BeginDraft | None] = ContextVar("newsqa_begin_draft", default=None)


def begin_draft() -> BeginDraft | None:
    """Return what a reader passes its claims to while it drafts, or ``None`` if nobody waits for them.

    A reader need not use it: the claims of its draft are then reported once the draft is there.
    """
    return _begin_draft.get()


@contextmanager
def listening_to_drafts(begin: BeginDraft | None) -> Iterator[None]:
    """Have the readers that are called in this block pass on their claims as they draft them.

    ``None`` keeps the claims of drafts that are not the last one, such as a window's, from whoever
    listens outside of the block.
    """
    token = _begin_draft.set(begin)
    try:
        yield
    finally:
        _begin_draft.reset(token)
