"""What is logged, and what never is."""

from __future__ import annotations

import logging

import pytest

from newsqa import Article, NewsQA, Settings
from newsqa.errors import ModelContextError, ModelRefusedError, ModelUnavailableError
from newsqa.events import Progress
from newsqa.models.fallback import FallbackModel
from newsqa.telemetry.logs import LEVELS
from newsqa.testing import ScriptedModel
from tests.doubles import claim, draft
from tests.scripted_server import ScriptedServer, answer, error

ARTICLE = Article(
    "\n".join(["The zeppelin landed on Friday.", *(f"Filler {n} is here." for n in range(30))])
)
LANDED = draft(claim("The zeppelin landed on Friday.", (1, "landed on Friday")), short="Friday")
WRONG = draft(claim("The zeppelin crashed.", (1, "zeppelin crashed")))
NOTHING = draft(status="not_in_article")
QUESTION = "When did the zeppelin land?"


def messages(caplog: pytest.LogCaptureFixture, level: int = logging.INFO) -> list[str]:
    """The messages from ``level`` on."""
    return [record.getMessage() for record in caplog.records if record.levelno >= level]


def ask(model: object, caplog: pytest.LogCaptureFixture, level: int = logging.INFO) -> None:
    """Ask a question with the logger at ``level``."""
    with caplog.at_level(level, "newsqa"):
        NewsQA(Settings(), model=model).ask(ARTICLE, QUESTION)  # type: ignore[arg-type]


def test_retries_and_refused_formats_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    """With the model and the status."""
    server = ScriptedServer(
        error(503, "zeppelin"),
        error(400, "response_format: json_schema is not supported"),
        answer(LANDED.model_dump_json()),
    )
    ask(server.model(), caplog)
    failed, retry, refused, rephrased = messages(caplog)
    assert failed == "request_failed: tiny could not answer (503)"
    assert retry.startswith("retry_scheduled: asking tiny again in ")
    assert refused == "request_failed: tiny could not answer (400)"
    assert rephrased == "request_rephrased: asking tiny in another form"


def test_windows_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    """One by one, and why there are any."""
    script = (ModelContextError("too long"), LANDED, NOTHING, NOTHING, LANDED)
    ask(ScriptedModel(*script), caplog)
    assert messages(caplog) == [
        "asked_again: asked again: the prompt was too long",
        *(f"window_read: window {number} of 3 read" for number in (1, 2, 3)),
    ]


def test_a_fallback_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """Somebody may want to know that the first model is not there."""
    first = ScriptedModel(ModelUnavailableError("gone"), name="big")
    ask(FallbackModel(first, ScriptedModel(LANDED, name="small")), caplog, logging.WARNING)
    assert messages(caplog) == ["fallback_chosen: big is unavailable; asking small"]


def test_refused_claims_are_logged_without_their_words(caplog: pytest.LogCaptureFixture) -> None:
    """The reason is enough to count them."""
    ask(ScriptedModel(WRONG, LANDED), caplog)
    assert messages(caplog) == [
        "claim_rejected: a claim was rejected: quote_not_found",
        "asked_again: asked again: 1 claim did not hold",
    ]


def test_a_refusal_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """By the name of its error."""
    with pytest.raises(ModelRefusedError):
        ask(ScriptedModel(ModelRefusedError("the zeppelin is secret")), caplog)
    assert messages(caplog) == ["question_failed: failed: ModelRefusedError"]


def test_the_record_has_the_event(caplog: pytest.LogCaptureFixture) -> None:
    """For whoever writes logs as JSON."""
    ask(ScriptedModel(WRONG, LANDED), caplog)
    assert all(isinstance(vars(record)["event"], Progress) for record in caplog.records)


def test_no_level_shows_the_key_the_article_the_question_or_the_output(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Although the server repeats all of it in its errors."""
    server = ScriptedServer(
        error(503, f"sk-secret {ARTICLE.text}"),
        answer(WRONG.model_dump_json()),
        *[error(500, f"sk-secret {ARTICLE.text} {QUESTION}")] * 4,
    )
    model = server.model()
    with pytest.raises(ModelUnavailableError):
        ask(model, caplog, logging.DEBUG)
    shown = "\n".join(record.getMessage() for record in caplog.records if record.name == "newsqa")
    assert "request_failed" in shown
    for secret in ("sk-secret", "zeppelin", "Filler", "crashed"):
        assert secret not in shown


def test_the_first_reply_is_kept_without_the_servers_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A server may repeat the article in an error."""
    both = draft(*LANDED.claims, *WRONG.claims)
    ask(ScriptedModel(both, ModelUnavailableError("zeppelin")), caplog, logging.WARNING)
    assert messages(caplog) == [
        "Asking again failed (ModelUnavailableError), so the first reply is kept as it is."
    ]


def test_the_levels_are_those_of_progress() -> None:
    """An event with a claim has none."""
    assert all(issubclass(kind, Progress) for kind in LEVELS)
