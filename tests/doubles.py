"""Test doubles."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from newsqa.answers.draft import Draft, DraftClaim, Evidence, Status
from newsqa.article import Article
from newsqa.article.fields import Sentence
from newsqa.article.passages import Articles, Passage
from newsqa.readers import Reading, Revision
from newsqa.usage import Usage


def claim(text: str, *evidence: tuple[int, str]) -> DraftClaim:
    """Return a drafted claim; its evidence is pairs of a sentence number and a quote."""
    proof = tuple(Evidence(sentence=number, quote=quote) for number, quote in evidence)
    return DraftClaim(text=text, evidence=proof)


def draft(*claims: DraftClaim, short: str = "", status: Status = "answered") -> Draft:
    """Return a draft with these claims."""
    return Draft(claims=claims, short=short, status=status)


Script = Draft | Reading | Exception | Callable[[Passage], Draft]


class ScriptedReader:
    """A reader that returns the parts of its script in order, and records what it was asked to read.

    A function in the script is called with the passage, for this reading and all later ones. Every
    reading costs one call. A sentence takes as many tokens as it has words.
    """

    def __init__(self, *script: Script, budget: int = 1_000_000) -> None:
        self._script = list(script)
        self._budget = budget
        self.passages: list[Passage] = []
        self.revisions: list[Revision | None] = []
        self.under_way = 0
        self.most_under_way = 0
        self.closings = 0

    def token_budget(self, articles: Articles, *questions: str) -> int:
        """Return the budget that it was made with."""
        return self._budget

    def token_count(self, sentence: Sentence) -> int:
        """Return the number of words."""
        return len(sentence.text.split())

    def header_count(self, article: Article) -> int:
        """Return the number of words of the title."""
        return len((article.title or "").split())

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Return the next part of the script."""
        self.passages.append(passage)
        self.revisions.append(revision)
        given = self._next()
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(0)  # a real one gives way to other tasks, too
        self.under_way -= 1
        if isinstance(given, Exception):
            raise given
        if isinstance(given, Reading):
            return given
        drafted = given if isinstance(given, Draft) else given(passage)
        return Reading(drafted, "scripted", Usage(calls=1))

    def _next(self) -> Script:
        assert self._script, "the reader was asked once more than its script has answers"
        return self._script[0] if callable(self._script[0]) else self._script.pop(0)

    async def aclose(self) -> None:
        """Count the closings."""
        self.closings += 1
