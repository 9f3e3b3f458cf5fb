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
    """What ``model`` writes for the prompt."""
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
    """That cost one call each."""
    model = ScriptedModel(part, name="tiny")
    assert complete(model) == Completion(text, "tiny", Usage(calls=1))


def test_a_completion_is_given_as_it_is() -> None:
    """For the usage and the request id, too."""
    completion = Completion("{}", "tiny-2026", Usage(calls=3, output_tokens=9), "req_1")
    assert complete(ScriptedModel(completion)) is completion


def test_an_exception_is_raised() -> None:
    """In its place in the script."""
    error = ModelUnavailableError("503")
    model = ScriptedModel(error, "then")
    with pytest.raises(ModelUnavailableError) as raised:
        complete(model)
    assert raised.value is error
    assert complete(model).text == "then"


def test_requests_are_kept() -> None:
    """By name, as pairs, and as one text."""
    model = ScriptedModel("{}")
    complete(model)
    [request] = model.requests
    assert request == ModelRequest(messages=PROMPT, schema=SCHEMA)
    assert tuple(request) == (PROMPT, SCHEMA)
    assert request.prompt == "Answer.\n\nWhen?"


def test_what_is_left_of_the_script_is_counted() -> None:
    """A test can tell that all of it was asked for."""
    model = ScriptedModel("one", "two")
    complete(model)
    assert model.remaining == 1


def test_one_request_too_many_fails_the_test() -> None:
    """Even through newsqa, with the question that was one too many."""
    model = ScriptedModel(name="tiny")
    with pytest.raises(AssertionError, match=r"'tiny' was asked once more .* 0\. .*Who paid\?"):
        ask("The bridge closed on 3 May.", "Who paid?", model=model)


def test_it_stands_for_a_model() -> None:
    """An answer is made of its words as of any model's."""
    reply = draft(claim("It closed on 3 May.", (1, "closed on 3 May")), short="3 May")
    answer = ask("The bridge closed on 3 May.", "When?", model=ScriptedModel(reply))
    assert (answer.short, answer.model) == ("3 May", "scripted")
