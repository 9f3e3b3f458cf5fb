"""The front door, and the one place that knows which reader and which model there are."""

from __future__ import annotations

import warnings
from functools import cache, lru_cache
from types import TracebackType
from typing import Self

from newsqa.answers.answer import Answer, PromptReference
from newsqa.article import Article
from newsqa.errors import ConfigurationError
from newsqa.models import Model
from newsqa.models.cached import CachedModel
from newsqa.models.catalogue import DEFAULT_MODEL
from newsqa.models.dialect import is_openai
from newsqa.models.fallback import FallbackModel
from newsqa.models.openai import OpenAIModel
from newsqa.models.recorded import RecordingModel, ReplayModel
from newsqa.models.retries import Transport
from newsqa.pipeline.pipeline import Pipeline
from newsqa.portal import run
from newsqa.prompting.prompts import read_prompt
from newsqa.readers import Reader
from newsqa.readers.extractive import EXTRACTIVE, ExtractiveReader
from newsqa.readers.llm import LLMReader
from newsqa.settings import Settings
from newsqa.verifiers import Verifier
from newsqa.verifiers.function import FunctionVerifier
from newsqa.verifiers.model import ModelVerifier


class NoModelWarning(UserWarning):
    """No language model is set up, so that the embedded reader answers."""


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
        self._reader = _reader(self.settings, model)
        self._pipeline = Pipeline(
            self._reader,
            strict=self.settings.strict,
            loosest=self.settings.loosest_match,
            policy=self.settings.checks,
            verifier=_verifier(self.settings, self._reader),
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
    return _shared(settings or Settings(), model).ask(article, question)


async def aask(
    article: Article | str,
    question: str,
    *,
    model: str | Model | None = None,
    settings: Settings | None = None,
) -> Answer:
    """``ask``, for async code."""
    return await _shared(settings or Settings(), model).aask(article, question)


def _shared(settings: Settings, model: str | Model | None) -> NewsQA:
    """One NewsQA for all calls with the same settings, or each would open connections of its own.

    Not for a Model, which holds its own connections, and need not be hashable.
    """
    if model is None or isinstance(model, str):
        return _named(settings, model)
    return NewsQA(settings, model=model)


@lru_cache(maxsize=16)
def _named(settings: Settings, model: str | None) -> NewsQA:
    return NewsQA(settings, model=model)


def forget_shared() -> None:
    """Let ``ask`` and ``aask`` start as in a new process, without what servers told them before.

    For recorded tests: which requests are sent depends on what a server has turned down.
    """
    _named.cache_clear()


def _as_article(article: Article | str) -> Article:
    return article if isinstance(article, Article) else Article(article)


def _reader(settings: Settings, model: str | Model | None) -> Reader:
    wanted = model or settings.model or None
    if wanted is None and not (settings.api_key or settings.base_url or settings.replay):
        _say_that_no_model_is_set()
        return ExtractiveReader()
    if wanted == EXTRACTIVE:
        return ExtractiveReader()
    prompt = read_prompt(settings.prompt) if settings.prompt else None
    return LLMReader(_model(settings, wanted), prompt=prompt)


def _verifier(settings: Settings, reader: Reader) -> Verifier | None:
    if settings.verify is None:
        return None
    if settings.verify != "model":
        return FunctionVerifier(settings.verify)
    if not isinstance(reader, LLMReader):
        raise ConfigurationError(
            "verify is 'model' and no language model is set up: name one, or pass a function of "
            "yours as verify."
        )
    return ModelVerifier(reader.model)


def _model(settings: Settings, wanted: str | Model | None) -> Model:
    if settings.replay and settings.record:
        raise ConfigurationError("There is nothing to record in a replay: set record or replay.")
    if settings.replay and (wanted is None or isinstance(wanted, str)):
        return ReplayModel(settings.replay, name=wanted, max_input_tokens=settings.max_input_tokens)
    model = _asked(settings, wanted)
    return RecordingModel(model, settings.record) if settings.record else model


def _asked(settings: Settings, wanted: str | Model | None) -> Model:
    if wanted is not None and not isinstance(wanted, str):
        return _kept(settings, wanted)
    if wanted is None and settings.base_url and not is_openai(settings.base_url):
        raise ConfigurationError(
            "base_url is not OpenAI's and no model is named: set NEWSQA_MODEL to one the server has."
        )
    first = _kept(settings, _served(settings, wanted or DEFAULT_MODEL))
    if not settings.fallback_model:
        return first
    return FallbackModel(first, _kept(settings, _served(settings, settings.fallback_model)))


def _kept(settings: Settings, model: Model) -> Model:
    if settings.cache is None:
        return model
    return CachedModel(model, settings.cache, max_bytes=settings.cache_max_bytes)


def _served(settings: Settings, name: str) -> Model:
    return OpenAIModel(
        name,
        api_key=settings.api_key.get_secret_value() if settings.api_key else None,
        base_url=settings.base_url,
        max_input_tokens=settings.max_input_tokens,
        max_output_tokens=settings.max_output_tokens,
        transport=Transport(
            timeout=settings.timeout,
            deadline=settings.deadline,
            max_attempts=settings.max_attempts,
            max_concurrency=settings.max_concurrency,
        ),
    )


@cache
def _say_that_no_model_is_set() -> None:
    """Once in a process: what answers is worth knowing, and not worth repeating."""
    warnings.warn(
        "No language model is set up, so newsqa's embedded reader answers: it quotes the sentence "
        "that fits best and understands nothing. Set OPENAI_API_KEY, or NEWSQA_MODEL and "
        f"OPENAI_BASE_URL for a server of your own; model={EXTRACTIVE!r} chooses the embedded "
        "reader and silences this.",
        NoModelWarning,
        stacklevel=2,
    )
