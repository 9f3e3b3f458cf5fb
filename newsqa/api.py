"""The public functions: ask and aask, and the NewsQA object behind them."""

from __future__ import annotations

from functools import lru_cache
from types import TracebackType
from typing import Self

from newsqa.answers.answer import Answer, PromptReference
from newsqa.article import Article
from newsqa.models import Model
from newsqa.pipeline.pipeline import Pipeline
from newsqa.readers.llm import LLMReader
from newsqa.settings import Settings
from newsqa.sync import run
from newsqa.wiring import build_reader, build_verifier


class NewsQA:
    """Answers questions about articles; keeps connections, cache and limits between them.

    ``model`` is a model's name, anything with the ``Model`` protocol, or ``None`` for what the
    settings say. Use it from any number of threads and event loops; as a context manager, sync or
    async, it closes what the settings' model holds open.

    Raises ``ConfigurationError`` for settings that cannot work.
    """

    def __init__(
        self, settings: Settings | None = None, *, model: str | Model | None = None
    ) -> None:
        self.settings = settings or Settings()
        self._reader = build_reader(self.settings, model)
        self._pipeline = Pipeline(
            self._reader,
            strict=self.settings.strict,
            loosest=self.settings.loosest_match,
            policy=self.settings.checks,
            verifier=build_verifier(self.settings, self._reader),
        )

    @property
    def model(self) -> Model | None:
        """The language model that answers; ``None`` for the embedded reader."""
        return self._reader.model if isinstance(self._reader, LLMReader) else None

    @property
    def prompt(self) -> PromptReference | None:
        """The prompt it reads with; ``None`` for the embedded reader."""
        return self._reader.prompt

    async def aask(self, article: Article | str, question: str) -> Answer:
        """``ask``, for async code."""
        return await self._pipeline.answer(_as_article(article), question)

    def ask(self, article: Article | str, question: str) -> Answer:
        """Answer ``question`` from ``article`` alone; see ``newsqa.ask``."""
        return run(self.aask(article, question))

    async def aclose(self) -> None:
        """Close the connections of the running event loop."""
        await self._reader.aclose()

    def close(self) -> None:
        """Close the connections that ``ask`` has opened."""
        run(self.aclose())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


def ask(
    article: Article | str,
    question: str,
    *,
    model: str | Model | None = None,
    settings: Settings | None = None,
) -> Answer:
    """Answer ``question`` from ``article`` alone, every sentence with exact spans of the article.

    ``model`` is a model's name or anything with the ``Model`` protocol; by default what
    ``settings``, or else the environment (``NEWSQA_*``, ``OPENAI_*``), say. Works in scripts, in
    notebooks, from many threads and after a fork.

    Raises ``ArticleError``, ``QuestionError``, ``ConfigurationError``, ``BudgetError``, a
    ``ModelError`` or, with ``Settings(strict=True)``, ``GroundingError``. That the article does not
    say is no error but an answer with the status ``not_in_article``.
    """
    return _newsqa_for(settings or Settings(), model).ask(article, question)


async def aask(
    article: Article | str,
    question: str,
    *,
    model: str | Model | None = None,
    settings: Settings | None = None,
) -> Answer:
    """``ask``, for async code."""
    return await _newsqa_for(settings or Settings(), model).aask(article, question)


def _newsqa_for(settings: Settings, model: str | Model | None) -> NewsQA:
    """One NewsQA for all calls with the same settings, or each would open connections of its own.

    Not for a Model, which holds its own connections, and need not be hashable.
    """
    if model is None or isinstance(model, str):
        return _cached_newsqa(settings, model)
    return NewsQA(settings, model=model)


@lru_cache(maxsize=16)
def _cached_newsqa(settings: Settings, model: str | None) -> NewsQA:
    return NewsQA(settings, model=model)


def forget_shared() -> None:
    """Let ``ask`` and ``aask`` start as in a new process, without what servers told them before.

    For recorded tests: which requests are sent depends on what a server has turned down.
    """
    _cached_newsqa.cache_clear()


def _as_article(article: Article | str) -> Article:
    return article if isinstance(article, Article) else Article(article)
