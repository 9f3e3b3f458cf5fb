"""Passage: sentences selected from one article or several, numbered across all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from newsqa.article import Article
from newsqa.errors import ArticleError, BudgetError

if TYPE_CHECKING:
    from newsqa.article.fields import Sentence


@dataclass(frozen=True)
class Articles:
    """The articles that a question is about, in order. Their sentences are numbered across all of them.

    >>> both = Articles((Article("Rain fell. Roads shut."), Article("It was dry.")))
    >>> [(sentence.number, sentence.text) for sentence in both.sentences]
    [(1, 'Rain fell.'), (2, 'Roads shut.'), (3, 'It was dry.')]
    >>> both.locate(3)[0], both.locate(3)[1].number, both.number(1, 1)
    (1, 1, 3)
    """

    articles: tuple[Article, ...]

    @classmethod
    def of(cls, article: Article | Articles) -> Articles:
        """Return the articles as they are, or one article as all there is."""
        return article if isinstance(article, Articles) else cls((article,))

    def __len__(self) -> int:
        return len(self.articles)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, numbered from 1; offsets count in each sentence's own article."""
        if len(self.articles) == 1:
            return self.articles[0].sentences
        return tuple(
            replace(sentence, number=before + sentence.number)
            for article, before in zip(self.articles, self._before, strict=False)
            for sentence in article.sentences
        )

    def locate(self, number: int) -> tuple[int, Sentence]:
        """Return the index of the article of a sentence, and the sentence as that article numbers it."""
        index = bisect_left(self._before, number) - 1
        return index, self.articles[index].sentences[number - self._before[index] - 1]

    def number(self, index: int, own: int) -> int:
        """Return the number of the sentence that the article at ``index`` numbers ``own``."""
        return self._before[index] + own

    @cached_property
    def _before(self) -> list[int]:
        """The number of sentences before each article, and of all at the end."""
        return [0, *accumulate(len(article.sentences) for article in self.articles)]


@dataclass(frozen=True)
class Part:
    """The sentences of one article in a passage."""

    index: int
    """The article's index, counted from 0."""
    article: Article
    sentences: tuple[Sentence, ...]
    first: int
    """The number of the article's first sentence."""
    last: int
    """The number of its last sentence."""


@dataclass(frozen=True)
class Passage:
    """Some or all sentences of one article or several, in reading order: what a reader is shown."""

    articles: Articles
    sentences: tuple[Sentence, ...]

    @classmethod
    def whole(cls, article: Article | Articles) -> Passage:
        """Return the passage with every sentence."""
        articles = Articles.of(article)
        return cls(articles, articles.sentences)

    @classmethod
    def of_numbers(cls, article: Article | Articles, numbers: Iterable[int]) -> Passage:
        """Return the passage with these sentence numbers, ignoring numbers that do not exist."""
        articles = Articles.of(article)
        ordered = sorted(set(numbers))
        last = len(articles.sentences)
        return cls(articles, tuple(articles.sentences[n - 1] for n in ordered if 0 < n <= last))

    @property
    def article(self) -> Article:
        """The article; of several, the first."""
        return self.articles.articles[0]

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of its sentences."""
        return frozenset(sentence.number for sentence in self.sentences)

    @property
    def parts(self) -> Iterator[Part]:
        """The sentences of each article; one article is there even if none of its sentences is."""
        if len(self.articles) == 1:
            total = len(self.article.sentences)
            yield Part(0, self.article, self.sentences, 1, total)
            return
        by_article = groupby(
            self.sentences, lambda sentence: self.articles.locate(sentence.number)[0]
        )
        for index, sentences in by_article:
            article = self.articles.articles[index]
            first, last = (self.articles.number(index, n) for n in (1, len(article.sentences)))
            yield Part(index, article, tuple(sentences), first, last)


def split_into_windows(
    passage: Passage,
    token_budget: int,
    token_count: Callable[[Sentence], int],
    header_count: Callable[[Article], int] = lambda _: 0,
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
        header_count: Returns the tokens that stand before the sentences of each article in a window.

    Raises:
        BudgetError: A single sentence takes more than the budget.
    """
    windows: list[list[Sentence]] = [[]]
    left = token_budget
    for part in passage.parts:
        header = header_count(part.article)
        is_new = True
        for sentence in part.sentences:
            count = token_count(sentence)
            if header + count > token_budget:
                raise BudgetError(
                    f"Sentence {sentence.number} takes {header + count} tokens and the prompt leaves "
                    f"room for {max(token_budget, 0)}; raise max_input_tokens or shorten the question."
                )
            if count + header * is_new > left:
                windows.append([])
                left, is_new = token_budget, True
            windows[-1].append(sentence)
            left -= count + header * is_new
            is_new = False
    return [Passage(passage.articles, tuple(window)) for window in windows]


def check_articles(articles: Sequence[Article]) -> Articles:
    """Return ``articles`` to ask about.

    Raises:
        ArticleError: There is none.
    """
    if not articles:
        raise ArticleError("There is no article to ask about: the list is empty.")
    return Articles(tuple(articles))
