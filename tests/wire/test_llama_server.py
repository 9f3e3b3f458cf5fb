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
from newsqa.models.retries import Transport
from newsqa.prompting.schemas import portable_schema
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
    """What ``model`` writes, in an event loop of its own."""
    return asyncio.run(model.complete(messages, schema))


def misfits(text: str) -> set[str]:
    """What keeps ``text`` from being a Draft, apart from what no schema says, as of an empty claim."""
    try:
        Draft.model_validate_json(text)
    except ValidationError as error:
        return {problem["type"] for problem in error.errors()} - {"value_error"}
    return set()


@pytest.mark.parametrize("seed", range(6))
def test_what_the_model_writes_fits_the_schema(llama_server: LlamaServer, seed: int) -> None:
    """The server holds even random weights to the schema of a Draft."""
    assert not misfits(complete(llama_server.model(seed=seed)).text)


def test_the_completion_names_the_model_and_what_it_cost(llama_server: LlamaServer) -> None:
    """The tokens are the server's count: this model's are single characters."""
    completion = complete(llama_server.model())
    assert completion.model == "tiny-random"
    assert (completion.usage.calls, completion.usage.retries) == (1, 0)
    assert completion.usage.input_tokens > sum(len(message.content) for message in PROMPT)
    assert completion.usage.output_tokens >= len(completion.text)


def test_a_prompt_seen_before_is_counted_as_cached(llama_server: LlamaServer) -> None:
    """The part of the prompt that the server kept is in ``cached_tokens``."""
    model = llama_server.model()
    complete(model)
    usage = complete(model).usage
    assert 0 < usage.cached_tokens <= usage.input_tokens


def test_eight_calls_at_once_all_complete(llama_server: LlamaServer) -> None:
    """Twice as many as the server has places for; each has its own text."""
    models = [llama_server.model(seed=seed) for seed in range(8)]

    async def complete_all() -> list[Completion]:
        return await asyncio.gather(*(model.complete(PROMPT, DRAFT) for model in models))

    texts = {completion.text for completion in asyncio.run(complete_all())}
    assert len(texts) == 8
    for text in texts:
        assert not misfits(text)


def test_a_wrong_key_is_an_error_at_once(llama_server: LlamaServer) -> None:
    """No retry would mend it."""
    with pytest.raises(ModelRequestError, match=r"key was refused \(401\)") as raised:
        complete(llama_server.model(key="not-the-key"))
    assert raised.value.usage == Usage(calls=1)


def test_a_prompt_longer_than_the_context_is_a_context_error(llama_server: LlamaServer) -> None:
    """Told apart from other bad requests by what llama.cpp calls it."""
    with pytest.raises(ModelContextError, match="max_input_tokens"):
        complete(llama_server.model(), (Message("user", "ferry " * CONTEXT),))


def test_output_that_ends_at_its_limit_is_a_truncation_error(llama_server: LlamaServer) -> None:
    """It has what was written until then, and its cost."""
    with pytest.raises(ModelTruncatedError) as raised:
        complete(llama_server.model(max_output_tokens=5))
    assert raised.value.partial.startswith("{")
    assert raised.value.usage.output_tokens == 5


def test_a_schema_the_server_cannot_compile_is_left_to_the_prompt(
    llama_server: LlamaServer,
) -> None:
    """It answers 400; the next request asks for any JSON object, and gets one."""
    completion = complete(
        llama_server.model(), PROMPT, OutputSchema("draft", {"type": "no such type"})
    )
    assert completion.usage.calls == 2
    assert isinstance(json.loads(completion.text), dict)


def test_one_model_serves_one_event_loop_after_another(llama_server: LlamaServer) -> None:
    """Connections belong to a loop; the model does not."""
    model = llama_server.model()
    assert complete(model).text == complete(model).text


def test_a_call_given_up_leaves_the_model_usable(llama_server: LlamaServer) -> None:
    """After a cancellation in the midst of a call, the same connections serve the next one."""
    model = llama_server.model(max_output_tokens=8_000)

    async def give_up_and_ask_again() -> Completion:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await model.complete(PROMPT, ENDLESS)
        return await model.complete(PROMPT, YES_OR_NO)

    json.loads(asyncio.run(give_up_and_ask_again()).text)


def test_a_model_out_of_reach_is_stood_in_for(llama_server: LlamaServer) -> None:
    """A real refused connection makes FallbackModel ask the next."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    absent = OpenAIModel("absent", base_url=url, transport=Transport(max_attempts=1))
    completion = complete(FallbackModel(absent, llama_server.model()))
    assert completion.model == "tiny-random"
    assert completion.usage.calls == 2
