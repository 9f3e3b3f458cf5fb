"""Settings: what can be set, in code or in the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AliasChoices,
    Field,
    ModelWrapValidatorHandler,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from newsqa.checks import CheckPolicy
from newsqa.errors import ConfigurationError
from newsqa.text import Tier
from newsqa.verifiers import VerifyFunction


class Settings(BaseSettings):
    """How newsqa works. What is not given in code is taken from the environment.

    Every field can be set as ``NEWSQA_<FIELD>``; ``api_key`` and ``base_url`` also as
    ``OPENAI_API_KEY`` and ``OPENAI_BASE_URL``. An empty variable counts as unset. With neither a
    model, a key nor a base URL the embedded reader answers. Raises ``ConfigurationError`` for a
    value that cannot be.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="NEWSQA_",
        env_ignore_empty=True,
        populate_by_name=True,
    )

    model: str | None = None
    """A model's name, or ``newsqa-extractive``; a key alone is enough for OpenAI's default."""
    api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("NEWSQA_API_KEY", "OPENAI_API_KEY")
    )
    base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("NEWSQA_BASE_URL", "OPENAI_BASE_URL")
    )
    """Of any OpenAI-compatible server, such as ``http://localhost:11434/v1``."""
    fallback_model: str | None = None
    """A second model on the same server, asked when the first is unavailable."""
    cache: Path | None = None
    """A file in which completions are kept; the same request is then never paid for twice."""
    record: Path | None = None
    """A folder to which every exchange with the model is written, as a file that people can read."""
    replay: Path | None = None
    """A folder of such files, which answer in the model's place; what they do not hold is an error."""
    prompt: Path | None = None
    """A file to read with in place of ``prompts/answer.md``, with the same placeholders."""
    cache_max_bytes: PositiveInt = 256 * 1024 * 1024
    max_input_tokens: PositiveInt | None = None
    """Tokens a whole prompt may hold; a longer article is read in windows. Known models have theirs."""
    max_output_tokens: PositiveInt | None = None
    """Tokens a completion may have, reasoning included; known models have theirs, others 4,096."""
    timeout: PositiveFloat = 60.0
    """Seconds for one attempt."""
    deadline: PositiveFloat = 180.0
    """Seconds for one call with all its retries."""
    max_attempts: PositiveInt = 4
    max_concurrency: PositiveInt = 8
    """Requests under way at once, per event loop."""
    strict: bool = False
    """Raise ``GroundingError`` instead of leaving out what does not stand."""
    loosest_match: Tier = "elided"
    """The loosest way in which a quote may stand in the article; see ``newsqa.text.quotes``."""
    checks: Annotated[CheckPolicy, NoDecode] = CheckPolicy()
    """What becomes of a claim that says more than it cites, by check; ``"off"``, ``"names=off"``, …"""
    verify: Literal["model"] | VerifyFunction | None = None
    """Who gives a second opinion on each claim: the model, or a function of yours; see
    ``newsqa.verifiers``."""

    @model_validator(mode="wrap")
    @classmethod
    def _say_what_is_wrong(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401  # pydantic's own signature
        try:
            return handler(values)
        except ValidationError as error:
            problem = error.errors()[0]
            name = ".".join(str(part) for part in problem["loc"])
            raise ConfigurationError(
                f"The setting {name!r} is not usable: {problem['msg']}."
            ) from None
