"""CachedModel: completions are kept in a file and cost nothing the next time."""

from __future__ import annotations

import asyncio
import multiprocessing
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from newsqa.errors import ConfigurationError, ModelUnavailableError
from newsqa.models import Completion, Message, Model, OutputSchema, request_key
from newsqa.models.cached import CachedModel, CompletionStore
from newsqa.testing import ScriptedModel
from newsqa.usage import Usage

PROMPT = (Message("system", "Answer."), Message("user", "When does the ferry leave?"))
SCHEMA = OutputSchema("answer", {"type": "object", "properties": {"a": {}, "b": {}}})
REORDERED = OutputSchema("answer", {"type": "object", "properties": {"b": {}, "a": {}}})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the cache."""
    return tmp_path / "cache.sqlite"


def complete(
    model: Model, messages: tuple[Message, ...] = PROMPT, schema: OutputSchema = SCHEMA
) -> Completion:
    """What ``model`` writes, in an event loop of its own."""
    return asyncio.run(model.complete(messages, schema))


class EchoModel(ScriptedModel):
    """A model that repeats the last message."""

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """The last message."""
        return Completion(messages[-1].content, self.name, Usage(calls=1))


def ask_numbers(model: Model) -> list[str]:
    """Return the completions of fifty requests in order."""
    return [complete(model, (Message("user", str(n)),)).text for n in range(50)]


def fill(path: Path) -> None:
    """Keep fifty completions, as one of several processes."""
    assert ask_numbers(CachedModel(EchoModel(), path)) == [str(n) for n in range(50)]


def test_kept_completion_needs_no_call(path: Path) -> None:
    """The second completion has the same text, model and request id, and costs nothing."""
    spent = Usage(calls=1, input_tokens=900, output_tokens=40)
    model = CachedModel(ScriptedModel(Completion("{}", "gpt-x", spent, "req-1")), path)
    assert complete(model) == Completion("{}", "gpt-x", spent, "req-1")
    assert complete(model) == Completion("{}", "gpt-x", Usage(), "req-1")


def test_a_kept_completion_has_the_input_tokens_of_the_original_call(path: Path) -> None:
    """A prompt that the server cut is noticed by them."""
    model = CachedModel(ScriptedModel(Completion("{}", "m", Usage(input_tokens=900))), path)
    complete(model)
    assert complete(model).kept_input_tokens == 900


def test_a_completion_that_was_kept_without_tokens_still_loads(path: Path) -> None:
    """As version 0.1 kept it."""
    key = request_key("f", PROMPT, SCHEMA)
    CompletionStore(path, max_bytes=1_000_000).put(key, b'["{}", "gpt-x", "req-1"]')
    model = CachedModel(ScriptedModel(fingerprint="f"), path)
    assert complete(model) == Completion("{}", "gpt-x", Usage(), "req-1")


def test_completions_outlive_their_model_object(path: Path) -> None:
    """Another CachedModel with the same file finds them."""
    complete(CachedModel(ScriptedModel("kept"), path))
    assert complete(CachedModel(ScriptedModel(), path)).text == "kept"


@pytest.mark.parametrize(
    ("messages", "schema"),
    [
        ((Message("user", "When?"),), SCHEMA),
        (PROMPT[::-1], SCHEMA),
        ((Message("user", "Answer."), PROMPT[1]), SCHEMA),
        (PROMPT, OutputSchema("other", SCHEMA.schema)),
        (PROMPT, OutputSchema("answer", {"type": "object"})),
        (PROMPT, REORDERED),
    ],
    ids=["content", "order", "role", "schema name", "schema", "order of properties"],
)
def test_everything_that_shapes_a_completion_is_part_of_its_key(
    path: Path, messages: tuple[Message, ...], schema: OutputSchema
) -> None:
    """A request that differs in one thing is another request."""
    model = CachedModel(ScriptedModel("first", "second"), path)
    complete(model)
    assert complete(model, messages, schema).text == "second"


def test_models_with_different_fingerprints_share_no_completions(path: Path) -> None:
    """One file can serve several models."""
    complete(CachedModel(ScriptedModel("of a", fingerprint="a"), path))
    model = CachedModel(ScriptedModel("of b", fingerprint="b"), path)
    assert complete(model).text == "of b"


@pytest.mark.parametrize("text", ["", "“Fähre” 渡轮 ⛴", "half a pair: \ud83d", "a\x00b\r\n"])
def test_any_text_survives(path: Path, text: str) -> None:
    """Keeping a completion changes no character."""
    model = CachedModel(ScriptedModel(text), path)
    complete(model)
    assert complete(model).text == text


def test_errors_are_not_kept(path: Path) -> None:
    """The model is asked again after a failure."""
    model = CachedModel(ScriptedModel(ModelUnavailableError("503"), "now"), path)
    with pytest.raises(ModelUnavailableError):
        complete(model)
    assert complete(model).text == "now"


def test_simultaneous_equal_requests_make_one_call(path: Path) -> None:
    """The other tasks wait for the first one."""
    inner = ScriptedModel("once")
    model = CachedModel(inner, path)

    async def ask_together() -> list[Completion]:
        return await asyncio.gather(*(model.complete(PROMPT, SCHEMA) for _ in range(5)))

    completions = asyncio.run(ask_together())
    assert [completion.text for completion in completions] == ["once"] * 5
    assert sum((completion.usage for completion in completions), Usage()) == Usage(calls=1)


def test_waiting_task_makes_its_own_call_after_a_failure(path: Path) -> None:
    """The failure is not shared."""
    model = CachedModel(ScriptedModel(ModelUnavailableError("503"), "now"), path)

    async def ask_together() -> list[Completion | BaseException]:
        requests = (model.complete(PROMPT, SCHEMA) for _ in range(2))
        return await asyncio.gather(*requests, return_exceptions=True)

    failed, completion = asyncio.run(ask_together())
    assert isinstance(failed, ModelUnavailableError)
    assert isinstance(completion, Completion)
    assert completion.text == "now"


def test_damaged_row_is_replaced(path: Path) -> None:
    """A completion that does not match its digest is asked for again."""
    model = CachedModel(ScriptedModel("kept", "again"), path)
    complete(model)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE completions SET value = 'nonsense'")
    assert complete(model).text == "again"
    assert complete(model).text == "again"


def test_clear_deletes_every_completion(path: Path) -> None:
    """The model is asked again."""
    model = CachedModel(ScriptedModel("before", "after"), path)
    complete(model)
    asyncio.run(model.clear())
    assert complete(model).text == "after"


def test_closing_closes_model_and_file(path: Path) -> None:
    """SQLite's side files are gone, and the model can be used again."""
    inner = ScriptedModel("kept")
    model = CachedModel(inner, path)
    complete(model)
    asyncio.run(model.aclose())
    assert inner.closings == 1
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert complete(model).text == "kept"


def test_cached_model_delegates_everything_but_complete(path: Path) -> None:
    """Name, fingerprint and limit are the wrapped model's."""
    model = CachedModel(ScriptedModel(name="m", fingerprint="f", max_input_tokens=7), path)
    assert (model.name, model.fingerprint, model.max_input_tokens) == ("m", "f", 7)


def test_unusable_file_is_reported_at_construction(path: Path) -> None:
    """The error does not wait for the first question."""
    path.write_text("Minutes of the harbour board, which are no database. " * 100)
    with pytest.raises(ConfigurationError, match="file is not a database"):
        CachedModel(ScriptedModel(), path)


def test_many_processes_share_one_file(path: Path) -> None:
    """Four processes create and fill the same file, and no completion is lost."""
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=fill, args=(path,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert ask_numbers(CachedModel(ScriptedModel(), path)) == [str(n) for n in range(50)]
