"""Structured replies: a model's completion parsed as a pydantic model, with one re-ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from newsqa.errors import ModelOutputError, adds_usage
from newsqa.events import AskedAgain, emit
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.prompting.context import count_message, count_tokens, truncate_to_tokens
from newsqa.prompting.json_output import parse_json
from newsqa.prompting.prompts import Prompt, load_prompt
from newsqa.prompting.tolerant import conform

REPAIR_TOKENS = 300
"""Kept free in a prompt for the re-ask: the beginning of the reply, and what is wrong with it."""

_OVERHEAD_TOKENS = 400
"""For what surrounds the text of a request: message frames, and the schema if it is sent apart."""

_SHOWN_PROBLEMS = 3

Value = TypeVar("Value", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reply(Generic[Value]):
    """A parsed reply, and the completion that it was parsed from, with the usage of both calls."""

    value: Value
    completion: Completion


async def reply_as(
    kind: type[Value], model: Model, messages: Sequence[Message], schema: OutputSchema
) -> Reply[Value]:
    """Have ``model`` complete ``messages``, and parse the completion.

    A completion that does not fit is sent back once, with what is wrong with it.

    Args:
        kind: What to parse the completion as.
        model: The model.
        messages: The prompt.
        schema: The schema of ``kind``; see ``portable_schema``.

    Raises:
        ModelOutputError: The second completion does not fit either.
        ModelError: The model gives no completion.
    """
    first = await model.complete(messages, schema)
    try:
        return Reply(_parse(kind, first), first)
    except ValueError as error:
        again = follow_up(
            first.text, load_prompt("repair"), _describe(error), tokens_left(model, messages)
        )
    emit(AskedAgain(about="output"))
    with adds_usage(first.usage):
        second = await model.complete([*messages, *again], schema)
    second = replace(second, usage=first.usage + second.usage)
    try:
        return Reply(_parse(kind, second), second)
    except ValueError as error:
        reason = f"did not reply with JSON of the schema, even when asked again: {_describe(error)}"
        raise unusable(second, reason) from error


def unusable(completion: Completion, reason: str) -> ModelOutputError:
    """Return the error for a completion that cannot be used.

    Args:
        completion: The completion.
        reason: The rest of a sentence that begins with the model's name.
    """
    return ModelOutputError(
        f"{completion.model} {reason}",
        model=completion.model,
        usage=completion.usage,
        request_id=completion.request_id,
        partial=completion.text,
    )


def tokens_left(model: Model, messages: Sequence[Message]) -> int:
    """Return the number of tokens that may be added to ``messages``."""
    sent = sum(map(count_message, messages))
    return model.max_input_tokens - sent - _OVERHEAD_TOKENS


def follow_up(reply: str, prompt: Prompt, problems: str, token_budget: int) -> list[Message]:
    """Return the model's reply and a message that says what is wrong with it.

    Both are truncated to the budget: a runaway reply would fill the context of the next call.
    """
    half = (token_budget - count_tokens(prompt.render("user", problems=""))) // 2
    user = prompt.render("user", problems=truncate_to_tokens(_sendable(problems), half))
    left = token_budget - count_tokens(user)
    return [Message("assistant", truncate_to_tokens(_sendable(reply), left)), Message("user", user)]


def _sendable(text: str) -> str:
    """Replace lone surrogates with ``?``: a model can write them, and no request can hold them."""
    return text.encode("utf-8", "replace").decode()


def _parse(kind: type[Value], completion: Completion) -> Value:
    return kind.model_validate(conform(parse_json(completion.text), portable_schema(kind)))


def _describe(error: ValueError) -> str:
    """Return the first problems of a reply in words, without pydantic's links."""
    if not isinstance(error, ValidationError):
        return str(error)
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(
        f"{'.'.join(map(str, problem['loc'])) or 'the reply'}: {problem['msg']}"
        for problem in problems[:_SHOWN_PROBLEMS]
    )


@cache
def portable_schema(kind: type[BaseModel]) -> dict[str, object]:
    """Return the JSON schema of ``kind`` in the subset that all providers accept.

    It is one static value, because providers compile each schema that they have not seen. Titles are
    left out and references written in place, because some servers refuse ``$defs``. Docstrings and
    descriptions stay: they are prompt text.
    """
    schema = kind.model_json_schema()
    definitions = schema.pop("$defs", {})
    return {key: _in_place(value, definitions) for key, value in schema.items() if key != "title"}


def _in_place(node: object, definitions: dict[str, object]) -> object:
    if isinstance(node, list):
        return [_in_place(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _in_place(definitions[node["$ref"].rpartition("/")[2]], definitions)
    return {key: _in_place(value, definitions) for key, value in node.items() if key != "title"}
