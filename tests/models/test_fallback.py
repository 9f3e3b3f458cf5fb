"""FallbackModel: the next model answers when one is out of reach."""

from __future__ import annotations

import asyncio

import pytest

from newsqa.errors import (
    BudgetError,
    ModelError,
    ModelRefusedError,
    ModelRequestError,
    ModelTruncatedError,
    ModelUnavailableError,
)
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.models.fallback import FallbackModel
from newsqa.testing import ScriptedModel
from newsqa.usage import Usage

PROMPT = (Message("user", "When does the ferry leave?"),)
SCHEMA = OutputSchema("answer", {"type": "object"})


def complete(model: Model) -> Completion:
    """What ``model`` writes for the prompt."""
    return asyncio.run(model.complete(PROMPT, SCHEMA))


def unavailable(message: str = "503", *, tokens: int = 0) -> ModelUnavailableError:
    """A failure that is over later."""
    return ModelUnavailableError(message, usage=Usage(calls=2, retries=1, input_tokens=tokens))


class UnclosableModel(ScriptedModel):
    """A model whose connections break when they are closed."""

    async def aclose(self) -> None:
        """Fail."""
        raise OSError("the connection is gone")


def test_the_first_model_answers_alone() -> None:
    """No other model is asked while the first is available."""
    first, second = ScriptedModel("{}", name="first"), ScriptedModel(name="second")
    assert complete(FallbackModel(first, second)).model == "first"
    assert second.requests == []


def test_the_next_model_answers_for_an_unavailable_one() -> None:
    """It gets the same request, and the completion names it."""
    first, second = ScriptedModel(unavailable()), ScriptedModel("{}", name="second")
    assert complete(FallbackModel(first, second)).model == "second"
    assert second.requests == first.requests == [(PROMPT, SCHEMA)]


def test_usage_includes_the_failed_attempts() -> None:
    """What the unavailable models cost is part of what the completion cost."""
    models = (ScriptedModel(unavailable(tokens=10)), ScriptedModel(unavailable(tokens=5)))
    completion = complete(FallbackModel(*models, ScriptedModel("{}")))
    assert completion.usage == Usage(calls=5, retries=2, input_tokens=15)


@pytest.mark.parametrize("error", [ModelRequestError("401"), ModelRefusedError("no")])
def test_other_errors_pass_through(error: ModelError) -> None:
    """A wrong key or a refusal is the caller's to know, and no reason to ask another model."""
    second = ScriptedModel()
    with pytest.raises(type(error)) as raised:
        complete(FallbackModel(ScriptedModel(error), second))
    assert raised.value is error
    assert second.requests == []


def test_an_error_that_passes_through_includes_the_failed_attempts() -> None:
    """The usage of a stand-in's error covers the models before it."""
    cut = ModelTruncatedError("cut", usage=Usage(calls=1, output_tokens=7))
    with pytest.raises(ModelTruncatedError) as raised:
        complete(FallbackModel(ScriptedModel(unavailable()), ScriptedModel(cut)))
    assert raised.value.usage == Usage(calls=3, retries=1, output_tokens=7)


def test_a_budget_that_ends_at_the_next_model_includes_the_failed_attempts() -> None:
    """As every other error does."""
    refused = ScriptedModel(BudgetError("All calls are used."))
    with pytest.raises(BudgetError) as raised:
        complete(FallbackModel(ScriptedModel(unavailable()), refused))
    assert raised.value.usage == Usage(calls=2, retries=1)


def test_which_errors_move_on_can_be_chosen() -> None:
    """With ``on``, a model without quota is passed over as well."""
    out_of_quota = ScriptedModel(ModelRequestError("no quota left"))
    model = FallbackModel(out_of_quota, ScriptedModel("{}", name="second"), on=ModelRequestError)
    assert complete(model).model == "second"


def test_when_all_fail_the_error_names_each_model_and_failure() -> None:
    """The message is enough to see which server had what."""
    first = ScriptedModel(unavailable("timed out after 60 s"), name="first")
    second = ScriptedModel(unavailable("could not answer (503)"), name="second")
    with pytest.raises(ModelUnavailableError) as raised:
        complete(FallbackModel(first, second))
    assert "first: timed out after 60 s" in str(raised.value)
    assert "second: could not answer (503)" in str(raised.value)


def test_when_all_fail_the_error_holds_all_failures() -> None:
    """Its cause is a group of them, its usage their sum."""
    failures = [unavailable(tokens=1), unavailable(tokens=2)]
    with pytest.raises(ModelUnavailableError) as raised:
        complete(FallbackModel(*(ScriptedModel(failure) for failure in failures)))
    cause = raised.value.__cause__
    assert isinstance(cause, ExceptionGroup)
    assert list(cause.exceptions) == failures
    assert raised.value.usage == Usage(calls=4, retries=2, input_tokens=3)


def test_when_no_failure_will_pass_the_error_is_not_retryable() -> None:
    """Models that all refused are not called unavailable."""
    refusals = (ScriptedModel(ModelRefusedError("no")), ScriptedModel(ModelRefusedError("no")))
    with pytest.raises(ModelError) as raised:
        complete(FallbackModel(*refusals, on=(ModelUnavailableError, ModelRefusedError)))
    assert not raised.value.retryable


def test_the_name_is_the_first_models() -> None:
    """A stand-in does not change what the model is called."""
    assert FallbackModel(ScriptedModel(name="a"), ScriptedModel(name="b")).name == "a"


def test_the_fingerprint_covers_all_models_in_order() -> None:
    """Another model, or another order, may give another completion."""
    a, b, c = (ScriptedModel(fingerprint=letter) for letter in "abc")
    groups = ((a,), (a, b), (b, a), (a, c), (a, b, c))
    assert len({FallbackModel(*group).fingerprint for group in groups}) == len(groups)


def test_a_prompt_must_fit_the_smallest_model() -> None:
    """Any of the models may have to take it."""
    models = (ScriptedModel(max_input_tokens=n) for n in (9_000, 4_000, 8_000))
    assert FallbackModel(*models).max_input_tokens == 4_000


def test_closing_closes_every_model_even_if_one_fails() -> None:
    """The models around the one that fails are closed, and its error is raised."""
    first, last = ScriptedModel(), ScriptedModel()
    model = FallbackModel(first, UnclosableModel(), last)
    with pytest.raises(OSError, match="connection is gone"):
        asyncio.run(model.aclose())
    assert (first.closings, last.closings) == (1, 1)
