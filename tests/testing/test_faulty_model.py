"""FaultyModel: fails on a schedule."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from newsqa import (
    ModelRefusedError,
    ModelTruncatedError,
    ModelUnavailableError,
    NewsQAError,
    Usage,
    ask,
)
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.models.fallback import FallbackModel
from newsqa.testing import Fault, FaultyModel, ScriptedModel
from tests.doubles import claim, draft

PROMPT = (Message("user", "When?"),)
SCHEMA = OutputSchema("draft", {"type": "object"})
ARTICLE = "The bridge closed on 3 May."
REPLY = draft(claim("It closed on 3 May.", (1, "closed on 3 May")), short="3 May")


def complete(model: Model) -> Completion:
    """Return the completion of ``model`` for the prompt."""
    return asyncio.run(model.complete(PROMPT, SCHEMA))


def outcomes(model: Model, calls: int) -> list[str]:
    """Return the text or the name of the error of each call."""
    found = []
    for _ in range(calls):
        try:
            found.append(complete(model).text)
        except NewsQAError as error:
            found.append(type(error).__name__)
    return found


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ("timeout", ModelUnavailableError, "60 s"),
        ("rate_limit", ModelUnavailableError, "429"),
        ("server_error", ModelUnavailableError, "503"),
        ("connection", ModelUnavailableError, "connection"),
        ("refusal", ModelRefusedError, "refused"),
    ],
)
def test_fault_raises_the_error_of_a_real_model(fault: Fault, kind: type[Any], words: str) -> None:
    """The error has the model's name and the cost of a call, and the model is not asked."""
    inner = ScriptedModel("{}", name="tiny")
    with pytest.raises(kind, match=words) as raised:
        complete(FaultyModel(inner, [fault]))
    assert (raised.value.model, raised.value.usage) == ("tiny", Usage(calls=1))
    assert inner.requests == []


def test_cut_output_has_the_first_half_and_its_cost() -> None:
    """The model was asked and is paid for."""
    spent = Usage(calls=1, output_tokens=8)
    with pytest.raises(ModelTruncatedError) as raised:
        complete(FaultyModel([Completion("12345678", "tiny", spent, "req_1")], ["cut"]))
    assert (raised.value.partial, raised.value.usage) == ("1234", spent)
    assert raised.value.request_id == "req_1"


def test_malformed_output_makes_newsqa_ask_again() -> None:
    """The second reply is the answer."""
    model = FaultyModel([REPLY, REPLY], ["malformed"])
    assert ask(ARTICLE, "When?", model=model).short == "3 May"
    assert model.calls == 2


def test_schedule_has_one_entry_for_each_call() -> None:
    """None and calls after the end are let through."""
    model = FaultyModel(["one", "two"], ["timeout", None, "refusal"])
    expected = ["ModelUnavailableError", "one", "ModelRefusedError", "two"]
    assert outcomes(model, 4) == expected


def test_schedule_can_repeat() -> None:
    """Every second call fails."""
    model = FaultyModel(["one", "two"], ["timeout", None], repeat=True)
    assert outcomes(model, 4) == ["ModelUnavailableError", "one", "ModelUnavailableError", "two"]


@pytest.mark.parametrize("repeat", [False, True])
def test_empty_schedule_lets_all_calls_through(repeat: bool) -> None:
    """Repeating it changes nothing."""
    assert outcomes(FaultyModel(["one", "two"], [], repeat=repeat), 2) == ["one", "two"]


def test_fallback_model_takes_over() -> None:
    """FallbackModel treats the fault like a real one."""
    model = FallbackModel(FaultyModel([], ["rate_limit"]), ScriptedModel(REPLY, name="second"))
    assert ask(ARTICLE, "When?", model=model).model == "second"


def test_faulty_model_delegates_everything_but_complete() -> None:
    """Name, fingerprint and limit are the wrapped model's."""
    inner = ScriptedModel(name="n", fingerprint="f", max_input_tokens=7)
    model = FaultyModel(inner, ["timeout"])
    asyncio.run(model.aclose())
    assert (model.name, model.fingerprint, model.max_input_tokens) == ("n", "f", 7)
    assert inner.closings == 1
