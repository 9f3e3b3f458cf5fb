"""Makes OpenTelemetry's spans and metrics of events, without any content.

The names are those of OpenTelemetry's conventions for generative AI, as ``opentelemetry-util-genai``
1.3b0 sends them. They are written out here, because the constants of the released
``opentelemetry-semantic-conventions`` are deprecated in favour of a package that has no release.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar, Token
from dataclasses import dataclass
from operator import attrgetter
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from newsqa.events import (
    Event,
    Progress,
    QuestionAnswered,
    QuestionAsked,
    QuestionFailed,
    RequestCompleted,
    RequestFailed,
    RequestSent,
)
from newsqa.optional import load_extra

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import Span, TracerProvider

Value: TypeAlias = str | bool | int | float | tuple[str, ...]

ATTRIBUTES: Mapping[type[Event], Mapping[str, str]] = {
    QuestionAsked: {"newsqa.article.sentences": "sentences"},
    QuestionAnswered: {
        "newsqa.answer.status": "status",
        "newsqa.answer.claims": "claims",
        "newsqa.answer.rejected": "rejected",
        "newsqa.usage.calls": "usage.calls",
        "newsqa.usage.retries": "usage.retries",
        "gen_ai.response.model": "model",
        "gen_ai.prompt.name": "prompt_name",
        "gen_ai.prompt.version": "prompt_fingerprint",
        "gen_ai.usage.input_tokens": "usage.input_tokens",
        "gen_ai.usage.output_tokens": "usage.output_tokens",
        "gen_ai.usage.cache_read.input_tokens": "usage.cached_tokens",
    },
    QuestionFailed: {"error.type": "error"},
    RequestSent: {
        "gen_ai.request.model": "model",
        "gen_ai.request.max_tokens": "max_output_tokens",
        "gen_ai.request.stream": "is_streaming",
    },
    RequestCompleted: {
        "gen_ai.response.id": "response_id",
        "gen_ai.response.model": "completed_by",
        "gen_ai.response.finish_reasons": "finish_reasons",
        "gen_ai.response.time_to_first_chunk": "first_text_seconds",
        "gen_ai.usage.input_tokens": "usage.input_tokens",
        "gen_ai.usage.output_tokens": "usage.output_tokens",
        "gen_ai.usage.cache_read.input_tokens": "usage.cached_tokens",
    },
    RequestFailed: {"error.type": "error", "http.response.status_code": "status"},
}
"""The attributes of spans: for each event, the field that each is taken from."""

_CHAT: Mapping[str, Value] = {"gen_ai.operation.name": "chat", "gen_ai.output.type": "json"}

PROVIDERS: Mapping[str, str] = {
    "openai.azure.com": "azure.ai.openai",
    "googleapis.com": "gcp.gemini",
    "anthropic.com": "anthropic",
    "mistral.ai": "mistral_ai",
    "deepseek.com": "deepseek",
    "groq.com": "groq",
    "x.ai": "x_ai",
}
"""``gen_ai.provider.name`` by the end of the host; any other server speaks the API of ``openai``."""

_SECONDS = tuple(0.01 * 2**power for power in range(14))
_TOKENS = tuple(4**power for power in range(14))
"""The buckets of histograms that the conventions advise."""


@dataclass(frozen=True, slots=True)
class _OpenSpan:
    """A span that has not ended, and what makes its parent the current one again."""

    span: Span
    token: Token[Context]
    labels: Mapping[str, Value]
    """The attributes that metrics have, too."""


class OpenTelemetry:
    """A listener that makes a span ``newsqa.ask`` of each question and ``chat {model}`` of each request.

    Pass it as ``on_event``, or set ``Settings(otel=True)``. Spans are current while they last, so that
    those of an HTTP client are inside them; other events are span events. A request that is repeated
    has a span of its own.

    Args:
        tracer_provider: By default the one that the process has set up.
        meter_provider: By default the one that the process has set up.

    Raises:
        ConfigurationError: ``newsqa[otel]`` is not installed.
    """

    def __init__(
        self,
        *,
        tracer_provider: TracerProvider | None = None,
        meter_provider: MeterProvider | None = None,
    ) -> None:
        self._trace = _opentelemetry("trace")
        self._context = _opentelemetry("context")
        self._tracer = self._trace.get_tracer("newsqa", tracer_provider=tracer_provider)
        meter = _opentelemetry("metrics").get_meter("newsqa", meter_provider=meter_provider)
        self._ask_seconds = _histogram(meter, "newsqa.ask.duration", "s", _SECONDS)
        self._chat_seconds = _histogram(meter, "gen_ai.client.operation.duration", "s", _SECONDS)
        self._first_text_seconds = _histogram(
            meter, "gen_ai.client.operation.time_to_first_chunk", "s", _SECONDS
        )
        self._tokens = _histogram(meter, "gen_ai.client.token.usage", "{token}", _TOKENS)
        self._spans: ContextVar[tuple[_OpenSpan, ...]] = ContextVar("newsqa_spans", default=())

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        match event:
            case QuestionAsked():
                self._start("newsqa.ask", "INTERNAL", event, {})
            case RequestSent():
                labels = {**_CHAT, **_server(event.url), "gen_ai.request.model": event.model}
                self._start(f"chat {event.model}", "CLIENT", event, labels)
            case RequestCompleted():
                self._measure_tokens(event)
                self._end(event, self._chat_seconds, event.seconds)
            case RequestFailed():
                self._end(event, self._chat_seconds, event.seconds)
            case QuestionAnswered() | QuestionFailed():
                self._end(event, self._ask_seconds, event.seconds)
            case Progress():
                values = event.model_dump(mode="json", exclude_none=True)
                self._trace.get_current_span().add_event(event.name, values)

    def _start(self, name: str, kind: str, event: Event, labels: Mapping[str, Value]) -> None:
        span = self._tracer.start_span(
            name,
            kind=self._trace.SpanKind[kind],
            attributes={**labels, **_attributes(event)},
        )
        token = self._context.attach(self._trace.set_span_in_context(span))
        self._spans.set((*self._spans.get(), _OpenSpan(span, token, labels)))

    def _end(
        self,
        event: RequestCompleted | RequestFailed | QuestionAnswered | QuestionFailed,
        histogram: Any,  # noqa: ANN401  # OpenTelemetry is optional
        seconds: float,
    ) -> None:
        *outer, ended = self._spans.get()
        self._spans.set(tuple(outer))
        attributes = _attributes(event)
        ended.span.set_attributes(attributes)
        if isinstance(event, RequestFailed | QuestionFailed):
            ended.span.set_status(self._trace.StatusCode.ERROR)
        shared = {"error.type", "gen_ai.response.model", "newsqa.answer.status"}
        labels = {name: value for name, value in attributes.items() if name in shared}
        histogram.record(seconds, {**ended.labels, **labels})
        self._context.detach(ended.token)
        ended.span.end()

    def _measure_tokens(self, event: RequestCompleted) -> None:
        labels = {**self._spans.get()[-1].labels, "gen_ai.response.model": event.completed_by}
        for kind, tokens in (
            ("input", event.usage.input_tokens),
            ("output", event.usage.output_tokens),
        ):
            self._tokens.record(tokens, {**labels, "gen_ai.token.type": kind})
        if event.first_text_seconds is not None:
            self._first_text_seconds.record(event.first_text_seconds, labels)


def _opentelemetry(module: str) -> ModuleType:
    return load_extra(f"opentelemetry.{module}", wanted_for="Spans and metrics", extra="otel")


def _histogram(meter: Any, name: str, unit: str, buckets: tuple[float, ...]) -> Any:  # noqa: ANN401  # OpenTelemetry is optional
    return meter.create_histogram(name, unit=unit, explicit_bucket_boundaries_advisory=buckets)


def _attributes(event: Event) -> dict[str, Value]:
    """Return the attributes that ``event`` adds to its span; what is not known is left out."""
    table = ATTRIBUTES[type(event)]
    values = {name: attrgetter(field)(event) for name, field in table.items()}
    return {name: value for name, value in values.items() if value not in (None, "", ())}


def _server(url: str) -> dict[str, Value]:
    """Return the attributes of a server at ``url``."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    provider = next(
        (PROVIDERS[end] for end in PROVIDERS if f".{host}".endswith(f".{end}")), "openai"
    )
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return {"gen_ai.provider.name": provider, "server.address": host, "server.port": port}
