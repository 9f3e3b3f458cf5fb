"""Passage: sentences selected from an article, with the article's own sentence numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from newsqa.article import Article
from newsqa.errors import BudgetError

if TYPE_CHECKING:
    from newsqa.article.fields import Sentence


@dataclass(frozen=True)
class Passage:
    """Some or all sentences of an article, in reading order: what a reader is shown."""

    article: Article
    sentences: tuple[Sentence, ...]

    @classmethod
    def whole(cls, article: Article) -> Passage:
        """Return the passage with every sentence of ``article``."""
        return cls(article, article.sentences)

    @classmethod
    def of_numbers(cls, article: Article, numbers: Iterable[int]) -> Passage:
        """Return the passage with these sentence numbers, ignoring numbers the article does not have."""
        ordered = sorted(set(numbers))
        last = len(article.sentences)
        return cls(article, tuple(article.sentences[n - 1] for n in ordered if 0 < n <= last))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of its sentences."""
        return frozenset(sentence.number for sentence in self.sentences)


def split_into_windows(
    passage: Passage, token_budget: int, token_count: Callable[[Sentence], int]
) -> list[Passage]:
    """Split a passage into as few consecutive windows as fit a token budget.

    >>> passage = Passage.whole(Article("One two three. Four five. Six seven eight."))
    >>> windows = split_into_windows(passage, 5, lambda sentence: len(sentence.text.split()))
    >>> [sorted(window.numbers) for window in windows]
    [[1, 2], [3]]

    Args:
        passage: The sentences to split. A window never ends inside a sentence.
        token_budget: The tokens that the sentences of one window may take.
        token_count: Returns the tokens that a sentence takes in the prompt.

    Raises:
        BudgetError: A single sentence takes more than the budget.
    """
    windows: list[list[Sentence]] = [[]]
    left = token_budget
    for sentence in passage.sentences:
        count = token_count(sentence)
        if count > token_budget:
            raise BudgetError(
                f"Sentence {sentence.number} takes {count} tokens and the prompt leaves room for "
                f"{max(token_budget, 0)}; raise max_input_tokens or shorten the question."
            )
        if count > left:
            windows.append([])
            left = token_budget
        windows[-1].append(sentence)
        left -= count
    return [Passage(passage.article, tuple(window)) for window in windows]
