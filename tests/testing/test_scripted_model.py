"""ScriptedModel: gives what it was handed, and keeps what it was asked."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from newsqa import ModelUnavailableError, Usage, ask
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.testing import ModelRequest, ScriptedModel
from tests.doubles import claim, draft

PROMPT = (Message("system", "Answer."), Message("user", "When?"))
SCHEMA = OutputSchema("draft", {"type": "object"})


def complete(model: Model) -> Completion:
    """Return the completion of ``model`` for the prompt."""
    return asyncio.run(model.complete(PROMPT, SCHEMA))


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("any text", "any text"),
        ({"short": "3 °C", "claims": []}, '{"short": "3 °C", "claims": []}'),
        (draft(short="x"), '{"claims":[],"short":"x","status":"answered"}'),
    ],
)
def test_text_and_values_become_completions(part: Any, text: str) -> None:
    """Each completion costs one call."""
    model = ScriptedModel(part, name="tiny")
    assert complete(model) == Completion(text, "tiny", Usage(calls=1))


def test_completion_is_returned_unchanged() -> None:
    """Usage and request id are kept."""
    completion = Completion("{}", "tiny-2026", Usage(calls=3, output_tokens=9), "req_1")
    assert complete(ScriptedModel(completion)) is completion


def test_exception_is_raised() -> None:
    """It is raised when its turn in the script comes."""
    error = ModelUnavailableError("503")
    model = ScriptedModel(error, "then")
    with pytest.raises(ModelUnavailableError) as raised:
        complete(model)
    assert raised.value is error
    assert complete(model).text == "then"


def test_requests_are_kept() -> None:
    """A request has names, is a pair, and has one text."""
    model = ScriptedModel("{}")
    complete(model)
    [request] = model.requests
    assert request == ModelRequest(messages=PROMPT, schema=SCHEMA)
    assert tuple(request) == (PROMPT, SCHEMA)
    assert request.prompt == "Answer.\n\nWhen?"


def test_remaining_parts_are_counted() -> None:
    """A test can check that the whole script was used."""
    model = ScriptedModel("one", "two")
    complete(model)
    assert model.remaining == 1


def test_request_after_the_end_fails_the_test() -> None:
    """The message has the question, also through newsqa."""
    model = ScriptedModel(name="tiny")
    with pytest.raises(AssertionError, match=r"'tiny' was asked once more .* 0\. .*Who paid\?"):
        ask("The bridge closed on 3 May.", "Who paid?", model=model)


def test_scripted_model_replaces_a_model() -> None:
    """Its completions are read like those of any other model."""
    reply = draft(claim("It closed on 3 May.", (1, "closed on 3 May")), short="3 May")
    answer = ask("The bridge closed on 3 May.", "When?", model=ScriptedModel(reply))
    assert (answer.short, answer.model) == ("3 May", "scripted")
