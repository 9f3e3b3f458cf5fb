"""Settings: how newsqa answers, set in code or in the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AliasChoices,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from newsqa.checks.policy import CheckPolicy
from newsqa.errors import ConfigurationError, warn_caller
from newsqa.models.known_models import Price
from newsqa.text import Tier
from newsqa.verifiers import VerifyFunction


def parse_headers(value: object) -> dict[str, object]:
    """Return headers by name.

    >>> parse_headers("api-key: 123")
    {'api-key': '123'}
    >>> parse_headers('{"X-Title": "Desk"}')
    {'X-Title': 'Desk'}

    Args:
        value: A mapping, JSON, or ``Name: value`` on a line or in an item each.

    Raises:
        ValueError: It is none of these. The message shows no value: it may be a key.
    """
    return _pairs(value, separator=":", example="'Name: value'")


def parse_parameters(value: object) -> dict[str, object]:
    """Return parameters by name. A value is JSON where it can be read as JSON, or else text.

    >>> parse_parameters(["temperature=0", "reasoning_effort=low", "seed=null"])
    {'temperature': 0, 'reasoning_effort': 'low', 'seed': None}

    Args:
        value: A mapping, JSON, or ``name=value`` on a line or in an item each.

    Raises:
        ValueError: It is none of these.
    """
    pairs = _pairs(value, separator="=", example="'temperature=0'")
    return {name: _decoded(item) for name, item in pairs.items()} if _is_text(value) else pairs


def parse_prices(value: object) -> object:
    """Return a table of prices: ``value``, or the JSON that it is.

    >>> parse_prices('{"my-model": {"input": 0.1, "output": 0.5}}')
    {'my-model': {'input': 0.1, 'output': 0.5}}

    Raises:
        ValueError: It is text and not JSON.
    """
    if not isinstance(value, str):
        return value
    try:
        table: object = json.loads(value)
    except ValueError:
        raise ValueError(
            "it must be JSON such as {'my-model': {'input': 0.1, 'output': 0.5}}"
        ) from None
    return table


def _pairs(value: object, *, separator: str, example: str) -> dict[str, object]:
    if isinstance(value, Mapping):
        return {str(name): item for name, item in value.items()}
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            return dict(json.loads(value))
        except ValueError:
            raise ValueError("it begins as JSON and is not JSON") from None
    lines = value.splitlines() if isinstance(value, str) else value
    if not isinstance(lines, Iterable):
        raise ValueError(f"it must be a mapping, or lines such as {example}")  # noqa: TRY004  # pydantic reports no other
    return dict(_pair(str(line), separator, example) for line in lines if str(line).strip())


def _pair(line: str, separator: str, example: str) -> tuple[str, object]:
    name, separated, value = line.partition(separator)
    if not separated or not name.strip():
        raise ValueError(f"each line must look like {example}")
    return name.strip(), value.strip()


def _is_text(value: object) -> bool:
    return not isinstance(value, Mapping) and not str(value).lstrip().startswith("{")


def _decoded(item: object) -> object:
    try:
        value: object = json.loads(str(item))
    except ValueError:
        return item
    return value


class Settings(BaseSettings):
    """How newsqa answers. A field that is not set in code is taken from the environment.

    Every field can be set as ``NEWSQA_<FIELD>``; ``api_key`` and ``base_url`` also as
    ``OPENAI_API_KEY`` and ``OPENAI_BASE_URL``. An empty variable counts as unset. Without a model, a
    key or a base URL the embedded reader answers.

    >>> Settings(model="qwen3", base_url="http://localhost:11434/v1").timeout
    60.0

    Raises:
        ConfigurationError: A value is not usable.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="NEWSQA_",
        env_ignore_empty=True,
        populate_by_name=True,
    )

    model: str | None = None
    """The model's name, or ``newsqa-extractive``. With a key alone, OpenAI's default model answers."""
    api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("NEWSQA_API_KEY", "OPENAI_API_KEY")
    )
    base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("NEWSQA_BASE_URL", "OPENAI_BASE_URL")
    )
    """The address of an OpenAI-compatible server, such as ``http://localhost:11434/v1``."""
    headers: Annotated[dict[str, SecretStr], NoDecode, BeforeValidator(parse_headers)] = {}
    """Sent with every request, such as ``{"api-key": "…"}``; in the environment as JSON, or as
    ``Name: value`` on a line each."""
    parameters: Annotated[dict[str, Any], NoDecode, BeforeValidator(parse_parameters)] = {}
    """Added to the body of every request, such as ``{"temperature": 0}``; in the environment as JSON,
    or as ``name=value`` on a line each. ``None`` leaves out what newsqa sends by itself."""
    fallback_model: str | None = None
    """A second model on the same server, used when the first is unavailable."""
    cache: Path | None = None
    """A file that caches completions, so that the same request is paid for once."""
    record: Path | None = None
    """A folder to which every exchange with the model is written, as readable YAML."""
    replay: Path | None = None
    """A folder of such files, to answer from instead of a model. A request that is not there fails."""
    prompt: Path | None = None
    """A prompt to read with in place of ``prompts/answer.md``, with the same placeholders."""
    cache_max_bytes: PositiveInt = 256 * 1024 * 1024
    """The size of the cache. When it is full, the least recently used completions are dropped."""
    max_input_tokens: PositiveInt | None = None
    """The most tokens of a whole prompt, by default the model's limit, or 8,000 if it is unknown.

    A longer article is read in windows.
    """
    windows: PositiveInt | None = None
    """The most passages, of about 2,000 tokens, to read of an article that has more: those that fit the
    question best. By default all are read."""
    max_output_tokens: PositiveInt | None = None
    """The most tokens of a completion, reasoning included; by default the model's limit, or 4,096."""
    timeout: PositiveFloat = 60.0
    """Seconds for one attempt."""
    deadline: PositiveFloat = 180.0
    """Seconds for one call with all its retries."""
    max_attempts: PositiveInt = 4
    """Requests for one call at most."""
    max_concurrency: PositiveInt = 8
    """Requests in progress at once, per event loop."""
    http_client: Literal["httpx2", "aiohttp"] = "httpx2"
    """What sends the requests: ``aiohttp`` is faster at hundreds of them at once, and needs
    ``newsqa[aiohttp]``."""
    max_calls: PositiveInt | None = None
    """The most requests to the model, with those that fail. This limit and the next two are for all
    questions of a ``NewsQA`` together, or of ``ask`` with the same settings; ``BudgetError`` is raised
    before a request that might pass one."""
    max_tokens: PositiveInt | None = None
    """The most tokens of all prompts and completions."""
    max_cost: PositiveFloat | None = None
    """The most dollars. The model's price has to be known: see ``prices``."""
    requests_per_minute: PositiveInt | None = None
    """The most requests that start in any minute. Further ones wait."""
    tokens_per_minute: PositiveInt | None = None
    """The most tokens of the requests that start in any minute. Further ones wait."""
    prices: Annotated[dict[str, Price], NoDecode, BeforeValidator(parse_prices)] = {}
    """Dollars for a million tokens, by model: ``{"my-model": {"input": 0.1, "output": 0.5}}``. They come
    before the price list of ``genai-prices``."""
    strict: bool = False
    """Raise ``GroundingError`` for a rejected claim, instead of leaving it out."""
    loosest_match: Tier = "elided"
    """The loosest match tier at which a quote counts as found; see ``newsqa.text.quotes``."""
    checks: Annotated[CheckPolicy, NoDecode] = CheckPolicy()
    """What happens to a claim with findings, by check: ``"off"``, or ``"names=off,figures=mark"``."""
    otel: bool = False
    """Make OpenTelemetry's spans and metrics of every question; needs ``newsqa[otel]``."""
    verify: Literal["model", "doubtful"] | VerifyFunction | None = None
    """Who gives a second opinion: the ``"model"`` on each claim or, with ``"doubtful"``, on those that have
    a finding or are not nearly the cited words; or a function. See ``newsqa.verifiers``."""

    @model_validator(mode="wrap")
    @classmethod
    def _say_what_is_wrong(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401  # pydantic's own signature
        _check_variables(cls)
        try:
            return handler(values)
        except ValidationError as error:
            raise ConfigurationError(_sentence(error, cls)) from None

    def __hash__(self) -> int:
        """Return a hash of the settings whose values have one."""
        names = type(self).model_fields.keys() - {"headers", "parameters", "prices"}
        return hash(tuple(getattr(self, name) for name in sorted(names)))


_PREFIX = "NEWSQA_"
_OTHER_VARIABLES = ("NEWSQA_RECORD_", "NEWSQA_TEST_", "NEWSQA_RENEW_")
"""What newsqa's pytest plugin and its own tests read."""

_MIN_SIMILARITY = 0.8


def _sentence(error: ValidationError, settings: type[BaseSettings]) -> str:
    """Return what is wrong with the first setting that is not usable."""
    problem = error.errors()[0]
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        nearest = get_close_matches(name, settings.model_fields, n=1)
        meant = f": did you mean {nearest[0]!r}?" if nearest else "."
        return f"There is no setting {name!r}{meant}"
    message = problem["msg"].removeprefix("Value error, ").rstrip(".")
    message = message.replace("Input should be", "it must be")
    return f"The setting {name!r} is not usable: {message}."


def _check_variables(settings: type[BaseSettings]) -> None:
    """Name the variables that look like settings and are not.

    Raises:
        ConfigurationError: A variable is a misspelt setting. Any other one is only a warning.
    """
    known = [f"{_PREFIX}{name.upper()}" for name in settings.model_fields]
    for name in map(str.upper, os.environ):
        if not name.startswith(_PREFIX) or name in known or name.startswith(_OTHER_VARIABLES):
            continue
        nearest = get_close_matches(name, known, n=1, cutoff=_MIN_SIMILARITY)
        if nearest:
            raise ConfigurationError(f"There is no setting {name}: did you mean {nearest[0]}?")
        warn_caller(f"The environment variable {name} is not a setting of newsqa.", UserWarning)
