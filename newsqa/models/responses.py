"""Reads the completions that servers send, in the many shapes that they come in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from newsqa.models.complaints import first_mapping, mapping, string
from newsqa.usage import Usage

_FAILED_FINISHES = frozenset({"abort", "error", "insufficient_system_resource", "network_error"})
"""Of vLLM and SGLang, OpenRouter, DeepSeek and Z.ai: the server broke off."""

_TRUNCATED_FINISHES = frozenset(
    "length max_length max_tokens max_output_tokens max_new_tokens model_length token_limit "
    "model_context_window_exceeded context_length".split()
)
_FILTERED_FINISHES = frozenset(
    "content_filter content_filtered safety image_safety recitation prohibited_content blocklist "
    "blocked spii sensitive refusal refused guardrail guardrails guardrail_intervened "
    "content_blocked moderation violation policy_violation risk".split()
)
_WRAPPERS = ("data", "result", "response", "output", "body")
"""Keys under which gateways put the whole answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The completion of a server; what the server left out is empty."""

    text: str
    model: str = ""
    usage: Usage = field(default_factory=Usage)
    refusal: str = ""
    finish: str = ""
    """The reason why the output ended, as the server calls it."""
    id: str = ""
    """The server's name for the completion."""

    @property
    def is_filtered(self) -> bool:
        """Return whether a content filter or the model's refusal ended it.

        >>> Reply("", finish="FinishReason.SAFETY").is_filtered
        True
        """
        return bool(_finish_words(self.finish) & _FILTERED_FINISHES)

    @property
    def is_truncated(self) -> bool:
        """Return whether it ended at the limit of output tokens.

        >>> Reply("", finish="maxTokens").is_truncated
        True
        """
        return bool(_finish_words(self.finish) & _TRUNCATED_FINISHES)


def read_reply(payload: object) -> Reply | None:
    """Return the reply in ``payload``, or ``None`` where there is none."""
    fields = _unwrapped(payload)
    blocked = _block_reason(fields)
    choices = list(_choices(fields))
    choice = next(filter(_has_text, choices), None) or next(filter(_has_end, choices), {})
    finish = _finish(choice) or blocked
    message = _message(choice)
    if finish.casefold() in _FAILED_FINISHES:
        return None
    reply = Reply(
        text=_text(message),
        model=string(fields.get("model")) or string(mapping(payload).get("model")),
        usage=_usage(mapping(fields.get("usage")) or mapping(mapping(payload).get("usage"))),
        refusal=string(message.get("refusal")) or _refusal_part(message.get("content")),
        finish=finish,
        id=string(fields.get("id")),
    )
    if not message and not (reply.is_filtered or reply.is_truncated):
        return None
    return reply


def _finish_words(finish: str) -> set[str]:
    """Return the names in ``finish``, in snake case: servers add prefixes and explanations."""
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", finish).casefold().replace("-", "_")
    return {word.removeprefix("finish_reason_") for word in re.split(r"[^a-z_]+", snake)}


def _unwrapped(payload: object) -> Mapping[str, object]:
    """Return the mapping that has the choices: the payload, or what a gateway wrapped into it."""
    outer = first_mapping(payload) or mapping(payload)
    if any(key in outer for key in ("choices", "candidates")):
        return outer
    inner = (mapping(outer.get(key)) for key in _WRAPPERS)
    return next((fields for fields in inner if "choices" in fields), outer)


def _choices(fields: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    listed = fields.get("choices") or fields.get("candidates")
    if isinstance(listed, Mapping):
        listed = [listed]
    if isinstance(listed, list):
        yield from filter(None, map(mapping, listed))
    elif isinstance(fields.get("message"), Mapping) and "error" not in fields:
        yield fields  # Ollama's own API


def _message(choice: Mapping[str, object]) -> Mapping[str, object]:
    """Return the message of a choice; a bare text is the content of one."""
    for key in ("message", "delta"):
        value = choice.get(key)
        if isinstance(value, Mapping) and value:
            return value
        if isinstance(value, str) and value:
            return {"content": value}
    for key in ("text", "content"):
        if choice.get(key):
            return {"content": choice[key]}
    return mapping(choice.get("message")) or (
        {"content": ""} if isinstance(choice.get("message"), Mapping) else {}
    )


def _has_text(choice: Mapping[str, object]) -> bool:
    return bool(_text(_message(choice)).strip())


def _has_end(choice: Mapping[str, object]) -> bool:
    return bool(_finish(choice) or _message(choice))


def _finish(choice: Mapping[str, object]) -> str:
    names = ("finish_reason", "finishReason", "native_finish_reason", "stop_reason", "done_reason")
    return next(filter(None, (string(choice.get(name)) for name in names)), "")


def _block_reason(fields: Mapping[str, object]) -> str:
    """Return why Gemini blocked the prompt: it then sends no choice."""
    feedback = mapping(fields.get("promptFeedback") or fields.get("prompt_feedback"))
    return string(feedback.get("blockReason") or feedback.get("block_reason"))


def failed_generation(payload: object) -> str:
    """Return what the model wrote, where Groq rejects it as not being the JSON that was wanted."""
    return string(mapping(mapping(payload).get("error")).get("failed_generation"))


def _text(message: Mapping[str, object]) -> str:
    """Return the text of a message: JSON before prose, the content before what surrounds it.

    A server that took the format for a tool puts the JSON into the arguments of a call; llama.cpp
    may put it into the reasoning.
    """
    content = _joined(message.get("content"))
    if "{" in content:
        return content
    for call in _calls(message):
        arguments = _joined(call.get("arguments") or call.get("input"))
        if arguments.strip():
            return arguments
    if content.strip():
        return content
    others = (message.get(key) for key in ("parsed", "reasoning_content", "reasoning"))
    return next((text for text in map(_joined, others) if "{" in text), "")


def _calls(message: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        yield mapping(mapping(call).get("function")) or mapping(call)
    yield mapping(message.get("function_call"))


def _joined(content: object) -> str:
    """Return text, or the texts of a list of parts; other parts, such as thinking, are left out."""
    if isinstance(content, Mapping):
        return _text_of_mapping(content)
    if isinstance(content, Sequence) and not isinstance(content, str):
        return "".join(
            part if isinstance(part, str) else _text_of_part(mapping(part)) for part in content
        )
    return string(content)


def _text_of_mapping(content: Mapping[str, object]) -> str:
    """Return the text of a part or of its parts; any other object is JSON that the model wrote."""
    if isinstance(content.get("parts"), list):
        return _joined(content["parts"])
    if isinstance(content.get("text"), str) and set(content) <= {"text", "type", "annotations"}:
        return string(content["text"])
    return json.dumps(content, ensure_ascii=False)


def _text_of_part(part: Mapping[str, object]) -> str:
    if part.get("type") in {"thinking", "reasoning"} or part.get("thought") is True:
        return ""
    text = part.get("text")
    if isinstance(text, Mapping):
        text = text.get("value")
    if part and not {"type", "text", "refusal"} & set(part) and not isinstance(text, str):
        return json.dumps(part, ensure_ascii=False)  # the draft itself
    return string(text)


def _refusal_part(content: object) -> str:
    """Return the words of a refusal among the parts of a message."""
    parts = map(mapping, content) if isinstance(content, list) else ()
    return next(filter(None, (string(part.get("refusal")) for part in parts)), "")


def _usage(usage: Mapping[str, object]) -> Usage:
    taken = _count(usage, "prompt_tokens", "input_tokens")
    written = _count(usage, "completion_tokens", "output_tokens")
    details = mapping(usage.get("prompt_tokens_details") or usage.get("input_tokens_details"))
    parts = mapping(usage.get("completion_tokens_details") or usage.get("output_tokens_details"))
    cached = _count(details, "cached_tokens") or _count(usage, "prompt_cache_hit_tokens")
    # Anthropic's input_tokens are those that were neither read from the cache nor written to it.
    read = _count(usage, "cache_read_input_tokens")
    kept = _count(details, "cache_write_tokens") or _count(usage, "cache_creation_input_tokens")
    if "prompt_tokens" not in usage and (read or kept):
        taken += read + kept
        cached = cached or read
    cached = min(taken, cached)
    # xAI and Gemini leave reasoning out of completion_tokens, and count it in the total.
    output = max(written, _count(usage, "total_tokens") - taken)
    return Usage(
        input_tokens=taken,
        cached_tokens=cached,
        cache_write_tokens=min(taken - cached, kept),
        output_tokens=output,
        reasoning_tokens=min(output, _count(parts, "reasoning_tokens")),
    )


def _count(fields: Mapping[str, object], *names: str) -> int:
    values = (fields.get(name) for name in names)
    return next((value for value in values if type(value) is int and value > 0), 0)
