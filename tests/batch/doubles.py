"""A NewsQA that counts what it is asked, and rows to ask."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsqa.answers.answer import Answer, Citation, Claim, Failure
from newsqa.article import Article
from newsqa.article.reference import ArticleReference
from newsqa.batch import Row
from newsqa.errors import BudgetError, ModelUnavailableError, NewsQAError
from newsqa.text.spans import Span
from newsqa.usage import Usage


def answer_with(article: Article, question: str) -> Answer:
    """Return an answer that cites the article's first sentence."""
    text = article.sentences[0].text
    span = Span(start=0, end=len(text))
    place = article.sentences[0]
    citation = Citation.at(article, Span(start=place.start, end=place.end), "sentence")
    return Answer(
        status="answered",
        text=text,
        short=question,
        claims=(Claim(text=text, span=span, citations=(citation,)),),
        model="double",
        articles=(ArticleReference(sha256=article.sha256),),
        usage=Usage(calls=1, input_tokens=10),
    )


@dataclass
class CountingQA:
    """Answers as ``NewsQA`` does; fails for questions in ``failing`` and stops at ``stop_after``."""

    identity: dict[str, str] = field(default_factory=lambda: {"model": "double"})
    failing: set[str] = field(default_factory=set)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    stop_after: int | None = None
    error: NewsQAError = field(default_factory=lambda: ModelUnavailableError("The server is down."))
    most_at_once: int = 0
    _under_way: int = 0

    async def aask_many(self, article: Article, questions: Sequence[str]) -> list[Answer | Failure]:
        """Answer each question, after giving others a turn."""
        if self.stop_after is not None and self.asked.total() >= self.stop_after:
            raise BudgetError("The limit is reached.")
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        await asyncio.sleep(0)
        self._under_way -= 1
        self.asked.update((article.text, question) for question in questions)
        return [self._result(article, question) for question in questions]

    def _result(self, article: Article, question: str) -> Answer | Failure:
        if question in self.failing:
            return Failure.of(question, self.error)
        return answer_with(article, question)


def rows(count: int, *questions: str) -> list[Row]:
    """Return rows with an article each."""
    asked = questions or ("Who?",)
    return [
        Row(
            f"r{n}",
            n,
            asked,
            article=f"Article {n} says this. It says no more.",
            carried={"desk": n},
        )
        for n in range(1, count + 1)
    ]
