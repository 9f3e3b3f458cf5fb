"""Wiring: from settings to a reader, a model and a verifier.

The only module that names implementations. Each is imported in the function that builds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from newsqa.errors import ConfigurationError, warn_caller
from newsqa.plugins import find_plugins, load_plugin
from newsqa.readers import EXTRACTIVE

if TYPE_CHECKING:
    import httpx2

    from newsqa.answers.answer import PromptReference
    from newsqa.events import OnEvent
    from newsqa.models import Model
    from newsqa.models.limits import Budget, Limits
    from newsqa.readers import Reader
    from newsqa.settings import Settings
    from newsqa.verifiers import Verifier, VerifyFunction


class NoModelWarning(UserWarning):
    """No language model is set up, so the embedded reader answers."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that a ``NewsQA`` answers with."""

    reader: Reader
    name: str
    """The name of what reads: a model's, a registered reader's, or the class of a reader."""
    model: Model | None = None
    """The language model, if there is one; a reader that was passed may have another."""
    prompt: PromptReference | None = None
    verifier: Verifier | None = None
    is_read_by_model: bool = False
    """Whether ``reader`` reads with ``model``, and so closes it."""

    async def aclose(self) -> None:
        """Close the reader and the model, even if closing the reader fails."""
        try:
            await self.reader.aclose()
        finally:
            if self.model is not None and not self.is_read_by_model:
                await self.model.aclose()


def build_parts(
    settings: Settings,
    *,
    model: str | Model | None = None,
    reader: str | Reader | None = None,
    verifier: Verifier | VerifyFunction | None = None,
) -> Parts:
    """Build what ``settings`` ask for, with the passed parts in place of the settings' ones.

    Args:
        settings: The settings.
        model: A model or a model's name, in place of ``settings.model``.
        reader: A reader or a registered reader's name; by default ``model`` reads.
        verifier: A verifier or a function, in place of ``settings.verify``.

    Raises:
        ConfigurationError: The settings or parts cannot work together.
    """
    parts = _build_reader(settings, model) if reader is None else _use_reader(settings, reader)
    if reader is not None and _needs_model(settings, model, verifier):
        parts = replace(parts, model=build_model(settings, model))
    return replace(parts, verifier=_build_verifier(settings, verifier, parts.model))


def build_listener(settings: Settings, on_event: OnEvent | None) -> OnEvent | None:
    """Build what every event is passed to: the log, OpenTelemetry if it is set, and ``on_event``.

    Raises:
        ConfigurationError: OpenTelemetry is set and not installed.
    """
    from newsqa.events import combine
    from newsqa.telemetry.logs import log_event

    if not settings.otel:
        return combine(log_event, on_event)
    from newsqa.telemetry.otel import OpenTelemetry

    return combine(log_event, OpenTelemetry(), on_event)


def build_model(settings: Settings, model: str | Model | None = None) -> Model:
    """Build the language model that ``settings`` ask for, with its cache and recordings.

    Args:
        settings: The settings.
        model: A model or a model's name, in place of ``settings.model``.

    Raises:
        ConfigurationError: The settings cannot work together.
    """
    choice = model or settings.model or None
    if choice == EXTRACTIVE:
        raise ConfigurationError(f"{EXTRACTIVE!r} is a reader and not a language model: name one.")
    if settings.replay and settings.record:
        raise ConfigurationError("There is nothing to record in a replay: set record or replay.")
    if settings.replay and (choice is None or isinstance(choice, str)):
        from newsqa.models.recorded import ReplayModel

        return ReplayModel(settings.replay, name=choice, max_input_tokens=settings.max_input_tokens)
    built = _with_fallback(settings, choice)
    if not settings.record:
        return built
    from newsqa.models.recorded import RecordingModel

    return RecordingModel(built, settings.record)


def _build_reader(settings: Settings, model: str | Model | None) -> Parts:
    choice = model or settings.model or None
    if choice is None and not (settings.api_key or settings.base_url or settings.replay):
        _warn_that_no_model_is_set()
        choice = EXTRACTIVE
    if choice == EXTRACTIVE:
        return _use_reader(settings, EXTRACTIVE)
    from newsqa.prompting.prompts import read_prompt
    from newsqa.readers.llm import LLMReader
    from newsqa.readers.windowed import WindowedReader

    prompt = read_prompt(settings.prompt) if settings.prompt else None
    reader = LLMReader(
        build_model(settings, choice),
        prompt=prompt,
        max_output_tokens=settings.max_output_tokens,
    )
    return Parts(
        WindowedReader(reader, loosest=settings.loosest_match, most=settings.windows),
        reader.model.name,
        reader.model,
        reader.prompt,
        is_read_by_model=True,
    )


def _use_reader(settings: Settings, reader: str | Reader) -> Parts:
    if not isinstance(reader, str):
        return Parts(reader, type(reader).__name__)
    if reader == EXTRACTIVE:
        from newsqa.readers.extractive import ExtractiveReader

        return Parts(ExtractiveReader(), EXTRACTIVE)
    return Parts(load_plugin("newsqa.readers", reader)(settings), reader)


def _needs_model(
    settings: Settings, model: str | Model | None, verifier: Verifier | VerifyFunction | None
) -> bool:
    """Return whether a model is needed although another reader reads: for the second opinion."""
    if settings.verify in ("model", "doubtful") and verifier is None:
        return True
    if model is not None:
        raise ConfigurationError(
            "Nothing would use the model, since a reader is passed: leave one of them out, or set "
            "verify to 'model' or 'doubtful'."
        )
    return False


def _build_verifier(
    settings: Settings, verifier: Verifier | VerifyFunction | None, model: Model | None
) -> Verifier | None:
    from newsqa.verifiers import Verifier

    if isinstance(verifier, Verifier):
        return verifier
    choice = verifier or settings.verify
    if choice is None:
        return None
    if not isinstance(choice, str):
        from newsqa.verifiers import FunctionVerifier

        return FunctionVerifier(choice)
    if model is None:
        raise ConfigurationError(
            f"verify is {choice!r} and no language model is set up: name one, or pass a function of "
            "yours as verify."
        )
    from newsqa.verifiers.model import ModelVerifier

    return ModelVerifier(model)


def _with_fallback(settings: Settings, choice: str | Model | None) -> Model:
    from newsqa.models.limits import Limits

    limits = Limits(
        _build_budget(settings),
        requests_per_minute=settings.requests_per_minute,
        tokens_per_minute=settings.tokens_per_minute,
        prices=settings.prices,
    )
    if choice is not None and not isinstance(choice, str):
        return _with_cache(settings, _limited(settings, choice, limits))
    first = _with_cache(settings, _named_model(settings, choice, limits))
    if not settings.fallback_model:
        return first
    from newsqa.models.fallback import FallbackModel

    second = _named_model(settings, settings.fallback_model, limits)
    return FallbackModel(first, _with_cache(settings, second))


_shared_budgets: dict[Settings, Budget] = {}

_is_sharing_budgets = ContextVar("newsqa_is_sharing_budgets", default=False)


@contextmanager
def sharing_budgets() -> Iterator[None]:
    """Give all models that are built in such blocks with the same settings one budget."""
    token = _is_sharing_budgets.set(True)
    try:
        yield
    finally:
        _is_sharing_budgets.reset(token)


def forget_budgets() -> None:
    """Forget what was spent of the budgets that are shared."""
    _shared_budgets.clear()


def _build_budget(settings: Settings) -> Budget | None:
    from newsqa.models.limits import Budget

    if not (settings.max_calls or settings.max_tokens or settings.max_cost):
        return None
    budget = Budget(
        max_calls=settings.max_calls, max_tokens=settings.max_tokens, max_cost=settings.max_cost
    )
    # A dictionary, and not functools.cache, which may give two threads a budget each.
    return _shared_budgets.setdefault(settings, budget) if _is_sharing_budgets.get() else budget


def _with_cache(settings: Settings, model: Model) -> Model:
    if settings.cache is None:
        return model
    from newsqa.models.cached import CachedModel

    return CachedModel(model, settings.cache, max_bytes=settings.cache_max_bytes)


def _limited(settings: Settings, model: Model, limits: Limits) -> Model:
    """Hold a model that sends its own requests to the limits, where there are any."""
    if not limits.apply:
        return model
    from newsqa.models.known_models import UNKNOWN_MODEL
    from newsqa.models.limits import LimitedModel

    output = settings.max_output_tokens or UNKNOWN_MODEL.max_output_tokens
    return LimitedModel(model, limits, max_output_tokens=output)


def _named_model(settings: Settings, name: str | None, limits: Limits) -> Model:
    """Build the model that a package registers under ``name``, or else an OpenAI-compatible one."""
    if name is not None and name in find_plugins("newsqa.models"):
        model: Model = load_plugin("newsqa.models", name)(settings)
        return _limited(settings, model, limits)
    from newsqa.models.dialect import is_openai
    from newsqa.models.known_models import DEFAULT_MODEL
    from newsqa.models.openai import OpenAIModel
    from newsqa.models.transport import Transport

    if name is None and settings.base_url and not is_openai(settings.base_url):
        raise ConfigurationError(
            "base_url is not OpenAI's and no model is named: set NEWSQA_MODEL to one the server has."
        )
    transport = Transport(
        timeout=settings.timeout,
        deadline=settings.deadline,
        max_attempts=settings.max_attempts,
        max_concurrency=settings.max_concurrency,
    )
    if settings.http_client == "aiohttp":
        transport = replace(transport, http_client=_aiohttp_client)
    return OpenAIModel(
        name or DEFAULT_MODEL,
        api_key=settings.api_key.get_secret_value() if settings.api_key else None,
        base_url=settings.base_url,
        max_input_tokens=settings.max_input_tokens,
        max_output_tokens=settings.max_output_tokens,
        parameters=settings.parameters,
        headers={name: value.get_secret_value() for name, value in settings.headers.items()},
        transport=transport,
        limits=limits,
    )


def _aiohttp_client() -> httpx2.AsyncClient:
    # Here and not above: it imports the client, which takes 0.3 s.
    from newsqa.models.client import aiohttp_client

    return aiohttp_client()


@cache
def _warn_that_no_model_is_set() -> None:
    """Warn once per process."""
    warn_caller(
        "No language model is set up, so newsqa's embedded reader answers: it finds words "
        "that answer, and does no more. Set OPENAI_API_KEY, or NEWSQA_MODEL and "
        f"OPENAI_BASE_URL for a server of your own; model={EXTRACTIVE!r} chooses the embedded "
        "reader and silences this.",
        NoModelWarning,
    )
