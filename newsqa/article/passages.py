"""Passage: an ordered selection of an article's sentences, under the article's own numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from newsqa.article import Article
from newsqa.article.sentences import Sentence
from newsqa.errors import BudgetError


@dataclass(frozen=True)
class Passage:
    """What a reader is shown: some or all sentences of an article, in reading order."""

    article: Article
    sentences: tuple[Sentence, ...]

    @classmethod
    def whole(cls, article: Article) -> Passage:
        """All of the article."""
        return cls(article, article.sentences)

    @classmethod
    def of_numbers(cls, article: Article, numbers: Iterable[int]) -> Passage:
        """The sentences with these numbers; numbers beyond the article are passed over."""
        wanted = sorted(set(numbers))
        last = len(article.sentences)
        return cls(article, tuple(article.sentences[n - 1] for n in wanted if 0 < n <= last))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of the sentences in it."""
        return frozenset(sentence.number for sentence in self.sentences)


def windows(passage: Passage, room: int, weigh: Callable[[Sentence], int]) -> list[Passage]:
    """The passage in as few consecutive parts as fit, none heavier than ``room`` tokens.

    ``weigh`` gives the tokens of a sentence in the prompt. Parts begin and end on sentence borders.
    Raises ``BudgetError`` when one sentence alone is heavier than ``room``.
    """
    parts: list[list[Sentence]] = [[]]
    left = room
    for sentence in passage.sentences:
        weight = weigh(sentence)
        if weight > room:
            raise BudgetError(
                f"Sentence {sentence.number} takes {weight} tokens and the prompt leaves room for "
                f"{max(room, 0)}; raise max_input_tokens or shorten the question."
            )
        if weight > left:
            parts.append([])
            left = room
        parts[-1].append(sentence)
        left -= weight
    return [Passage(passage.article, tuple(part)) for part in parts]
