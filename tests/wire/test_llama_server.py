"""OpenAIModel against a real server: llama.cpp's own, whose model writes nonsense that fits.

What a double would only repeat is shown here: grammars, counted tokens, real connections and the
server's own errors.
"""

from __future__ import annotations

import asyncio
import json
import socket

import pytest
from pydantic import ValidationError

from newsqa.answers.draft import Draft
from newsqa.errors import ModelContextError, ModelRequestError, ModelTruncatedError
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.models.fallback import FallbackModel
from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport
from newsqa.prompting.structured_reply import portable_schema
from newsqa.usage import Usage
from tests.wire.conftest import CONTEXT, LlamaServer

PROMPT = (Message("system", "Answer in JSON."), Message("user", "When does the ferry leave?"))
DRAFT = OutputSchema("draft", portable_schema(Draft))
ENDLESS = OutputSchema(
    "endless", {"type": "array", "items": {"type": "string", "minLength": 1_000}, "minItems": 100}
)
YES_OR_NO = OutputSchema("yes", {"type": "boolean"})


def complete(
    model: Model, messages: tuple[Message, ...] = PROMPT, schema: OutputSchema = DRAFT
) -> Completion:
    """Return the completion of ``model``, in an event loop of its own."""
    return asyncio.run(model.complete(messages, schema))


def schema_errors(text: str) -> set[str]:
    """Return why ``text`` is not a Draft, apart from rules that no schema has."""
    try:
        Draft.model_validate_json(text)
    except ValidationError as error:
        return {problem["type"] for problem in error.errors()} - {"value_error"}
    return set()


@pytest.mark.parametrize("seed", range(6))
def test_completion_fits_the_schema(llama_server: LlamaServer, seed: int) -> None:
    """The server's grammar makes even random weights write a Draft."""
    assert not schema_errors(complete(llama_server.model(seed=seed)).text)


def test_completion_has_model_and_usage(llama_server: LlamaServer) -> None:
    """Tokens are counted by the server; this model's are single characters."""
    completion = complete(llama_server.model())
    assert completion.model == "tiny-random"
    assert (completion.usage.calls, completion.usage.retries) == (1, 0)
    assert completion.usage.input_tokens > sum(len(message.content) for message in PROMPT)
    assert completion.usage.output_tokens >= len(completion.text)


def test_repeated_prompt_is_counted_as_cached(llama_server: LlamaServer) -> None:
    """``cached_tokens`` is the part of the prompt that the server kept."""
    model = llama_server.model()
    complete(model)
    usage = complete(model).usage
    assert 0 < usage.cached_tokens <= usage.input_tokens


def test_eight_calls_at_once_all_complete(llama_server: LlamaServer) -> None:
    """They are twice as many as the server has slots, and each has its own text."""
    models = [llama_server.model(seed=seed) for seed in range(8)]

    async def complete_all() -> list[Completion]:
        return await asyncio.gather(*(model.complete(PROMPT, DRAFT) for model in models))

    texts = {completion.text for completion in asyncio.run(complete_all())}
    assert len(texts) == 8
    for text in texts:
        assert not schema_errors(text)


def test_wrong_key_is_not_retried(llama_server: LlamaServer) -> None:
    """It is a ModelRequestError after one call."""
    with pytest.raises(ModelRequestError, match=r"key was refused \(401\)") as raised:
        complete(llama_server.model(key="not-the-key"))
    assert raised.value.usage == Usage(calls=1)


def test_prompt_longer_than_the_context_is_a_context_error(llama_server: LlamaServer) -> None:
    """It is recognised by llama.cpp's name for it, and has the size that is left for a prompt."""
    with pytest.raises(ModelContextError, match="max_input_tokens") as raised:
        complete(llama_server.model(), (Message("user", "ferry " * CONTEXT),))
    assert raised.value.max_input_tokens == CONTEXT - 2_000


def test_output_at_its_limit_is_a_truncation_error(llama_server: LlamaServer) -> None:
    """The error has the partial text and its usage."""
    with pytest.raises(ModelTruncatedError) as raised:
        complete(llama_server.model(max_output_tokens=5))
    assert raised.value.partial.startswith("{")
    assert raised.value.usage.output_tokens == 5


def test_rejected_schema_falls_back_to_json_mode(llama_server: LlamaServer) -> None:
    """The server answers 400, and the next request asks for any JSON object."""
    completion = complete(
        llama_server.model(), PROMPT, OutputSchema("draft", {"type": "no such type"})
    )
    assert completion.usage.calls == 2
    assert isinstance(json.loads(completion.text), dict)


def test_model_works_in_one_event_loop_after_another(llama_server: LlamaServer) -> None:
    """Connections belong to an event loop; the model does not."""
    model = llama_server.model()
    assert complete(model).text == complete(model).text


def test_cancelled_call_leaves_the_model_usable(llama_server: LlamaServer) -> None:
    """The same client serves the next call after a cancellation."""
    model = llama_server.model(max_output_tokens=8_000)

    async def give_up_and_ask_again() -> Completion:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await model.complete(PROMPT, ENDLESS)
        return await model.complete(PROMPT, YES_OR_NO)

    json.loads(asyncio.run(give_up_and_ask_again()).text)


def test_unreachable_model_falls_back_to_the_next(llama_server: LlamaServer) -> None:
    """A refused connection makes FallbackModel ask the next model."""
    with socket.socket() as bound:
        # Bound and never listening: it refuses connections, and no other process can take the port.
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/v1"
        absent = OpenAIModel("absent", base_url=url, transport=Transport(max_attempts=1))
        # A short answer, because a long one may be truncated: a busy server batches requests
        # differently, and the same seed then writes something else.
        completion = complete(FallbackModel(absent, llama_server.model()), PROMPT, YES_OR_NO)
    assert completion.model == "tiny-random"
    assert completion.usage.calls == 2
