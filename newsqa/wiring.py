"""Wiring: from settings to a reader, a model and a verifier; the only module that names them."""

from __future__ import annotations

import warnings
from functools import cache

from newsqa.errors import ConfigurationError
from newsqa.models import Model
from newsqa.models.cached import CachedModel
from newsqa.models.catalogue import DEFAULT_MODEL
from newsqa.models.dialect import is_openai
from newsqa.models.fallback import FallbackModel
from newsqa.models.openai import OpenAIModel
from newsqa.models.recorded import RecordingModel, ReplayModel
from newsqa.models.retries import Transport
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


def build_reader(settings: Settings, model: str | Model | None) -> Reader:
    """Return the reader for ``settings``: a language model's, or the embedded one.

    Args:
        settings: What to build it from.
        model: A model or its name, which takes the place of ``settings.model``.

    Raises:
        ConfigurationError: The settings cannot work together.
    """
    wanted = model or settings.model or None
    if wanted is None and not (settings.api_key or settings.base_url or settings.replay):
        _warn_that_no_model_is_set()
        return ExtractiveReader()
    if wanted == EXTRACTIVE:
        return ExtractiveReader()
    prompt = read_prompt(settings.prompt) if settings.prompt else None
    return LLMReader(_build_model(settings, wanted), prompt=prompt)


def build_verifier(settings: Settings, reader: Reader) -> Verifier | None:
    """Return the second opinion that ``settings.verify`` asks for, if any.

    Raises:
        ConfigurationError: It is the model's, and ``reader`` has no language model.
    """
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


def _build_model(settings: Settings, wanted: str | Model | None) -> Model:
    if settings.replay and settings.record:
        raise ConfigurationError("There is nothing to record in a replay: set record or replay.")
    if settings.replay and (wanted is None or isinstance(wanted, str)):
        return ReplayModel(settings.replay, name=wanted, max_input_tokens=settings.max_input_tokens)
    model = _language_model(settings, wanted)
    return RecordingModel(model, settings.record) if settings.record else model


def _language_model(settings: Settings, wanted: str | Model | None) -> Model:
    if wanted is not None and not isinstance(wanted, str):
        return _with_cache(settings, wanted)
    if wanted is None and settings.base_url and not is_openai(settings.base_url):
        raise ConfigurationError(
            "base_url is not OpenAI's and no model is named: set NEWSQA_MODEL to one the server has."
        )
    first = _with_cache(settings, _openai_model(settings, wanted or DEFAULT_MODEL))
    if not settings.fallback_model:
        return first
    return FallbackModel(
        first, _with_cache(settings, _openai_model(settings, settings.fallback_model))
    )


def _with_cache(settings: Settings, model: Model) -> Model:
    if settings.cache is None:
        return model
    return CachedModel(model, settings.cache, max_bytes=settings.cache_max_bytes)


def _openai_model(settings: Settings, name: str) -> Model:
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
def _warn_that_no_model_is_set() -> None:
    """Once in a process: what answers is worth knowing, and not worth repeating."""
    warnings.warn(
        "No language model is set up, so newsqa's embedded reader answers: it quotes the sentence "
        "that fits best and understands nothing. Set OPENAI_API_KEY, or NEWSQA_MODEL and "
        f"OPENAI_BASE_URL for a server of your own; model={EXTRACTIVE!r} chooses the embedded "
        "reader and silences this.",
        NoModelWarning,
        stacklevel=2,
    )
