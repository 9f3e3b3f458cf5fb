"""Spans and metrics, as an exporter gets them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from newsqa import Article, NewsQA, Settings
from newsqa.errors import ConfigurationError, ModelRefusedError
from newsqa.events import Event
from newsqa.telemetry.otel import ATTRIBUTES, OpenTelemetry
from newsqa.testing import ScriptedModel
from tests.conftest import EXAMPLES
from tests.doubles import claim, draft
from tests.scripted_server import OPENAI_URL, ScriptedServer, answer, error, pieces_of, streamed

pytest.importorskip("opentelemetry.sdk")

ARTICLE = Article("The zeppelin landed on Friday. Nobody was hurt.")
QUESTION = "When did the zeppelin land?"
LANDED = draft(claim("The zeppelin landed on Friday.", (1, "landed on Friday")), short="Friday")
WRONG = draft(claim("The zeppelin crashed.", (1, "zeppelin crashed")))


class Exported:
    """A listener with exporters in memory, and what they were given."""

    def __init__(self) -> None:
        trace, export = import_module("opentelemetry.sdk.trace"), "opentelemetry.sdk.trace.export"
        self._exporter = import_module(f"{export}.in_memory_span_exporter").InMemorySpanExporter()
        self.tracers = trace.TracerProvider()
        self.tracers.add_span_processor(import_module(export).SimpleSpanProcessor(self._exporter))
        self._reader = import_module("opentelemetry.sdk.metrics.export").InMemoryMetricReader()
        meters = import_module("opentelemetry.sdk.metrics").MeterProvider([self._reader])
        self.listener = OpenTelemetry(tracer_provider=self.tracers, meter_provider=meters)

    def ask(self, model: Any, *, on_event: Callable[[Event], object] | None = None) -> None:
        """Ask a question."""
        qa = NewsQA(Settings(), model=model, on_event=self.listener)
        qa.ask(ARTICLE, QUESTION, on_event=on_event)

    @property
    def spans(self) -> list[Any]:
        """The spans, by their beginning."""
        return sorted(self._exporter.get_finished_spans(), key=lambda span: span.start_time)

    def names(self) -> list[str]:
        """The names of the spans."""
        return [span.name for span in self.spans]

    def metrics(self) -> dict[str, list[tuple[float, dict[str, Any]]]]:
        """The sum and the attributes of each series, by the name of its metric."""
        data = self._reader.get_metrics_data()
        metrics = [m for r in data.resource_metrics for s in r.scope_metrics for m in s.metrics]
        return {m.name: [(p.sum, dict(p.attributes)) for p in m.data.data_points] for m in metrics}


def test_a_question_is_a_span_and_each_request_a_span_inside_it() -> None:
    """The one that failed, too."""
    exported = Exported()
    exported.ask(ScriptedServer(error(503), answer(LANDED.model_dump_json())).model())
    ask, failed, completed = exported.spans
    assert exported.names() == ["newsqa.ask", "chat tiny", "chat tiny"]
    assert ask.parent is None
    assert failed.parent.span_id == completed.parent.span_id == ask.context.span_id
    assert (failed.attributes["error.type"], failed.status.is_ok) == (
        "ModelUnavailableError",
        False,
    )
    assert failed.attributes["http.response.status_code"] == 503


def test_the_attributes_of_a_request_have_the_conventional_names() -> None:
    """All that is known, and nothing else."""
    exported = Exported()
    exported.ask(ScriptedServer(answer(LANDED.model_dump_json())).model())
    assert dict(exported.spans[1].attributes) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.output.type": "json",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "tiny",
        "gen_ai.request.max_tokens": 4096,
        "gen_ai.request.stream": False,
        "gen_ai.response.id": "chatcmpl-1",
        "gen_ai.response.model": "tiny-2026",
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.usage.cache_read.input_tokens": 0,
        "server.address": "models.test",
        "server.port": 80,
    }


def test_the_names_are_those_of_the_genai_utilities() -> None:
    """Each attribute of ours that begins with gen_ai is one of theirs."""
    conventions = pytest.importorskip(
        "opentelemetry.semconv._incubating.attributes.gen_ai_attributes"
    )
    pytest.importorskip("opentelemetry.util.genai")
    known = {value for value in vars(conventions).values() if isinstance(value, str)}
    agents = "opentelemetry.util.genai._agent_invocation"
    own = {value for value in vars(import_module(agents)).values() if isinstance(value, str)}
    ours = {name for table in ATTRIBUTES.values() for name in table if name.startswith("gen_ai.")}
    assert ours - known - own == {"gen_ai.prompt.version"}


def test_the_span_of_a_question_says_what_became_of_it() -> None:
    """Its status, its claims, its prompt, and all tokens."""
    exported = Exported()
    exported.ask(ScriptedServer(*[answer(d.model_dump_json()) for d in (WRONG, LANDED)]).model())
    attributes = exported.spans[0].attributes
    assert attributes["newsqa.answer.status"] == "answered"
    assert (attributes["newsqa.answer.claims"], attributes["newsqa.answer.rejected"]) == (1, 1)
    assert attributes["gen_ai.usage.input_tokens"] == 20
    assert attributes["gen_ai.prompt.name"] == "answer"
    events = [event.name for event in exported.spans[0].events]
    assert events == ["claim_rejected", "asked_again"]


def test_a_question_that_fails_has_an_error() -> None:
    """And its span has ended."""
    exported = Exported()
    with pytest.raises(ModelRefusedError):
        exported.ask(ScriptedModel(ModelRefusedError("no")))
    [ask] = exported.spans
    assert (ask.attributes["error.type"], ask.status.is_ok) == ("ModelRefusedError", False)


def test_the_span_of_a_request_is_the_current_one_while_it_lasts() -> None:
    """So that what an HTTP client records is inside it."""
    trace = import_module("opentelemetry.trace")
    current: list[str] = []

    class Inside(ScriptedServer):
        def _answer(self, request: Any) -> Any:
            current.append(trace.get_current_span().name)
            return super()._answer(request)

    exported = Exported()
    exported.ask(Inside(answer(LANDED.model_dump_json())).model())
    assert current == ["chat tiny"]
    assert not trace.get_current_span().is_recording()


def test_a_span_of_the_caller_is_the_parent() -> None:
    """Although the question is answered in another thread."""
    exported = Exported()
    with exported.tracers.get_tracer("app").start_as_current_span("request"):
        exported.ask(ScriptedModel(LANDED))
    outer, ask = exported.spans
    assert ask.parent.span_id == outer.context.span_id


def test_questions_at_the_same_time_do_not_mix() -> None:
    """Each request is inside its own question."""
    exported = Exported()

    async def run() -> None:
        reply = answer(LANDED.model_dump_json())
        models = [ScriptedServer(reply).model(name) for name in ("one", "two", "three")]
        made = [NewsQA(Settings(), model=model, on_event=exported.listener) for model in models]
        await asyncio.gather(*(qa.aask(ARTICLE, QUESTION) for qa in made))

    asyncio.run(run())
    asks = {span.context.span_id for span in exported.spans if span.name == "newsqa.ask"}
    assert len(asks) == 3
    assert {span.parent.span_id for span in exported.spans if span.parent} == asks


def test_durations_and_tokens_are_measured() -> None:
    """With labels of few values."""
    exported = Exported()
    model = ScriptedServer(streamed(pieces_of(LANDED.model_dump_json()))).model()
    list(NewsQA(Settings(), model=model, on_event=exported.listener).stream(ARTICLE, QUESTION))
    metrics = exported.metrics()
    assert [labels["gen_ai.token.type"] for _, labels in metrics["gen_ai.client.token.usage"]] == [
        "input",
        "output",
    ]
    assert [tokens for tokens, _ in metrics["gen_ai.client.token.usage"]] == [10, 5]
    [(_, labels)] = metrics["gen_ai.client.operation.duration"]
    assert labels["gen_ai.response.model"] == "tiny-2026"
    assert len(metrics["gen_ai.client.operation.time_to_first_chunk"]) == 1
    assert metrics["newsqa.ask.duration"][0][1] == {
        "gen_ai.response.model": "tiny-2026",
        "newsqa.answer.status": "answered",
    }


def test_no_content_leaves_the_process() -> None:
    """Neither in spans nor in metrics."""
    exported = Exported()
    exported.ask(
        ScriptedServer(
            error(503, f"sk-secret {ARTICLE.text}"),
            answer(WRONG.model_dump_json()),
            answer(LANDED.model_dump_json()),
        ).model()
    )
    shown = json.dumps([json.loads(span.to_json()) for span in exported.spans])
    shown += json.dumps(exported.metrics())
    for secret in ("sk-secret", "zeppelin", "hurt", "crashed"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        (OPENAI_URL, "openai"),
        ("https://us.openai.azure.com/openai/v1", "azure.ai.openai"),
        ("https://generativelanguage.googleapis.com/v1beta/openai", "gcp.gemini"),
        ("https://api.x.ai/v1", "x_ai"),
        ("https://notx.ai/v1", "openai"),
    ],
)
def test_the_provider_is_known_by_its_host(url: str, provider: str) -> None:
    """A server of one's own speaks the API of OpenAI."""
    exported = Exported()
    exported.ask(ScriptedServer(answer(LANDED.model_dump_json())).model(base_url=url))
    attributes = exported.spans[1].attributes
    assert attributes["gen_ai.provider.name"] == provider
    assert attributes["server.port"] == 443


def test_the_setting_turns_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the providers that the process has set up."""
    exported = Exported()
    monkeypatch.setattr("newsqa.telemetry.otel.OpenTelemetry", lambda: exported.listener)
    NewsQA(Settings(otel=True), model=ScriptedModel(LANDED)).ask(ARTICLE, QUESTION)
    assert exported.names() == ["newsqa.ask"]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(__import__("sys").modules, "opentelemetry.trace", None)
    with pytest.raises(ConfigurationError, match=r"newsqa\[otel\]"):
        OpenTelemetry()


def test_the_dashboard_asks_for_metrics_that_exist() -> None:
    """As Prometheus names them, with labels that they have."""
    dashboard = json.loads(
        (EXAMPLES / "apps" / "grafana-dashboard.json").read_text(encoding="utf-8")
    )
    queries = " ".join(t["expr"] for panel in dashboard["panels"] for t in panel.get("targets", []))
    exported = Exported()
    model = ScriptedServer(error(503), streamed(pieces_of(LANDED.model_dump_json()))).model()
    list(NewsQA(Settings(), model=model, on_event=exported.listener).stream(ARTICLE, QUESTION))
    names = {name.replace(".", "_") for name in exported.metrics()}
    labels = {
        label.replace(".", "_")
        for series in exported.metrics().values()
        for _, found in series
        for label in found
    }
    import re

    assert {n for n in names if n not in queries} == set()
    asked = {
        n.removesuffix("_seconds") for n in re.findall(r"(\w+?)_(?:bucket|sum|count)\b", queries)
    }
    assert asked == names
    assert set(re.findall(r"by \(([\w, ]+)\)", queries)) <= {
        ", ".join(group)
        for group in [
            ("le",),
            *((label,) for label in labels),
            *(("le", label) for label in labels),
        ]
    }
