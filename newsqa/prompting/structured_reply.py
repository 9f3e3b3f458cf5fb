"""Replies: a model's completion as a value of the wanted kind, after one re-ask if it must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from newsqa.errors import ModelOutputError, adds_usage
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.prompting.json_output import parse_json
from newsqa.prompting.prompts import Prompt, load_prompt
from newsqa.prompting.token_count import count_tokens, first_tokens

REPAIR_TOKENS = 300
"""Kept free in a prompt for the re-ask: the beginning of the reply, and what was wrong with it."""

_OVERHEAD_TOKENS = 400
"""For what surrounds the text on its way: message frames, and the schema where it is sent apart."""

Value = TypeVar("Value", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reply(Generic[Value]):
    """What a model replied, parsed, and the completion it was read from, with all it cost."""

    value: Value
    completion: Completion


async def reply_as(
    kind: type[Value], model: Model, messages: Sequence[Message], schema: OutputSchema
) -> Reply[Value]:
    """Have ``model`` complete ``messages`` with a ``kind``; what is none is sent back once.

    Raises ``ModelOutputError`` when the second reply is none either, and what the model raises.
    """
    first = await model.complete(messages, schema)
    try:
        return Reply(_parse(kind, first), first)
    except ValueError as problem:
        again = follow_up(
            first.text, load_prompt("repair"), _in_words(problem), tokens_left(model, messages)
        )
    with adds_usage(first.usage):
        second = await model.complete([*messages, *again], schema)
    second = replace(second, usage=first.usage + second.usage)
    try:
        return Reply(_parse(kind, second), second)
    except ValueError as problem:
        reason = (
            f"did not reply with JSON of the schema, even when asked again: {_in_words(problem)}"
        )
        raise unusable(second, reason) from problem


def unusable(completion: Completion, reason: str) -> ModelOutputError:
    """The error for a completion that cannot be used; ``reason`` follows the model's name."""
    return ModelOutputError(
        f"{completion.model} {reason}",
        model=completion.model,
        usage=completion.usage,
        request_id=completion.request_id,
        partial=completion.text,
    )


def tokens_left(model: Model, messages: Sequence[Message]) -> int:
    """The tokens that may be added to ``messages``."""
    sent = sum(count_tokens(message.content) for message in messages)
    return model.max_input_tokens - sent - _OVERHEAD_TOKENS


def follow_up(reply: str, prompt: Prompt, problems: str, room: int) -> list[Message]:
    """The model's ``reply`` and what is wrong with it, both cut to fit into ``room`` tokens.

    A runaway reply would fill the context of the very call that is to mend it.
    """
    half = (room - count_tokens(prompt.render("user", problems=""))) // 2
    user = prompt.render("user", problems=first_tokens(_sendable(problems), half))
    said = first_tokens(_sendable(reply), room - count_tokens(user))
    return [Message("assistant", said), Message("user", user)]


def _sendable(text: str) -> str:
    """``text`` with ``?`` for lone surrogates, which a model can write and no request can hold."""
    return text.encode("utf-8", "replace").decode()


def _parse(kind: type[Value], completion: Completion) -> Value:
    return kind.model_validate(parse_json(completion.text))


def _in_words(problem: ValueError) -> str:
    """The first three things that are wrong with a reply, without pydantic's links."""
    if not isinstance(problem, ValidationError):
        return str(problem)
    found = problem.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(
        f"{'.'.join(str(part) for part in error['loc']) or 'the reply'}: {error['msg']}"
        for error in found[:3]
    )
