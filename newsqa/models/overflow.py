"""Reads errors about token limits: that a prompt is too long, and how long it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from newsqa.models.complaints import Complaint

_MAY_BE_TOO_LONG = frozenset({200, 400, 413, 422})
_PAYLOAD_TOO_LARGE = 413
_SERVER_ERROR = 500
_TOO_MANY_REQUESTS = 429

_TEXT = (
    r"\b(?:prompt|inputs?|messages?|conversation|sequence|text|content|request(?:ed)? tokens?)\b"
)
_SURE = re.compile(
    r"context_length_exceeded|exceed_context_size|context[ _-]?(?:length|window|size|limit)"
    r"|maximum context|max_(?:model|seq)_len|maximum (?:model|prompt|input|sequence) length|n_ctx"
    r"|(?:prompt|input|request) (?:is |was |\(.{1,30}\) is )?too (?:long|large)"
    r"|reduce the length of the (?:messages|prompt|input)|input token count .{1,40} exceeds"
    r"|inputs`? tokens \+"  # text-generation-inference
    r"|max_tokens must be at least 1, got -",  # vLLM, once the prompt has left no room
    re.IGNORECASE,
)
"""Words that name a context; OpenAI says it by ``code``, llama.cpp by ``type``, others in words."""

_TOO_LARGE = re.compile(r"(?:entity|payload|body|content) (?:is )?too large", re.IGNORECASE)
"""What proxies say with 413, whose limit counts bytes; a smaller prompt fits it, too."""

_EXCLUSIVE = re.compile(r"(?:less|fewer|smaller|below) (?:than )?`?\d", re.IGNORECASE)

_EXCEEDS = re.compile(r"exceed|too (?:long|large|many)|(?:longer|larger|greater|more) than", re.I)

_LIKELY = re.compile(
    rf"{_TEXT}.{{0,60}}\b(?:too (?:long|large)|(?:longer|larger|greater|more) than|exceed\w*)"
    r"|\b(?:too many|number of|requested) (?:input |prompt |total )?tokens?\b"
    r"|\btokens?\b.{0,40}(?:exceed|too (?:long|large|many)|must be (?:<|≤|less|at most)|over the)"
    r"|exceed\w*.{0,60}\b(?:token|context|input|prompt)s?\b|token limit"
    r"|tokens? in (?:the )?request|only supports? \d+ tokens"
    r"|(?:input|prompt) length|must have less than \d+ tokens|current length is \d+"
    r"|超长|过长|太长|上下文|(?:长度|token).{0,12}超|超(?:过|出).{0,16}(?:长度|上限|限制|token)",
    re.IGNORECASE,
)
"""Words that mean a prompt that is too long, except in a message about requests per minute."""

_NUMBER = r"(?P<tokens>\d[\d,_]{1,9})"
_INPUT_SIZE = (
    rf"input length should be \[\d+, ?{_NUMBER}\]",
    rf"input token count.{{0,40}}exceeds[^\d]{{0,60}}{_NUMBER}",
    rf"max(?:imum)? (?:allowed |number of )?(?:input|prompt)s?(?: tokens?)?(?: length)?[^\d\n]{{0,30}}{_NUMBER}",
    rf"\d+ tokens > {_NUMBER} maximum",
    rf"(?:inputs?|prompt)[^\n]{{0,30}}must (?:have|be) (?:less|fewer|shorter) than {_NUMBER}",
    rf"输入[^\n]{{0,24}}(?:超过|超出|不能超过|上限|最大)[^\d\n]{{0,16}}{_NUMBER}",
)
_CONTEXT_SIZE = (
    rf"{_NUMBER} (?:tokens? )?max(?:imum)? context",
    rf"(?:context|n_ctx|max_model_len|max_seq_len|model length)[^.\d\n]{{0,50}}?{_NUMBER}",
    rf"only supports? (?:up to )?{_NUMBER} tokens",
    rf"(?:prompt|sequence) length (?:is|of) {_NUMBER} but",
    rf"(?:token|tokens|total tokens?|while) limit(?: is|:)?[^\d\n]{{0,24}}{_NUMBER}",
    rf"\blimit (?:is |of |: ?)?{_NUMBER}",
    rf"(?:tokens?`?|length)[^\n]{{0,60}}?(?:<=|≤|less than(?: or equal to)?|at most|not exceed|exceeds?|greater than|longer than|larger than|maximum of|上限|超过)[^\d\n]{{0,40}}{_NUMBER}",
)
_OUTPUT_SIZE = (
    rf"(?:at most|up to|maximum of|no more than) {_NUMBER} (?:completion|output|new|generated)",
    rf"(?:max_(?:completion_|output_|new_)?tokens|maxOutputTokens)\b[^\n]{{0,80}}?(?:<=|≤|less than(?: or equal to)?|at most|not exceed|no more than|maximum(?: allowed)?(?: value)?(?: is| of)?|supports? (?:at most|up to)|between \d+ and|\[\d+,|不(?:能)?超过|小于等于|最大值?为?|上限为?)\s*:?\s*{_NUMBER}",
    rf"max_tokens: \d+ > {_NUMBER}",
    rf"max(?:imum)? (?:allowed )?(?:number of )?(?:output|completion|new) tokens[^\d\n]{{0,30}}{_NUMBER}",
)
_PROMPT_SIZE = (
    rf"(?:has|contains|got|with|prompt of) {_NUMBER} (?:input |prompt )?tokens",
    rf"{_NUMBER} (?:tokens )?in (?:the |your )?(?:messages|prompt)",
)

MIN_CONTEXT_TOKENS = 256
"""Smaller numbers in a message are something else: a position, a status, a count of messages."""


@dataclass(frozen=True, slots=True)
class ServerLimit:
    """A limit in tokens that a server's error names."""

    kind: Literal["context", "input", "output"]
    """What it limits: prompt and output together, the prompt alone, or the output alone."""
    tokens: int
    prompt_tokens: int = 0
    """The tokens of the prompt that was sent, if the server names them."""


def is_overflow(complaint: Complaint) -> bool:
    """Return whether ``complaint`` says that a prompt is too long.

    >>> is_overflow(Complaint(400, "This model's maximum prompt length is 8192"))
    True
    """
    if complaint.status == _TOO_MANY_REQUESTS:
        # A prompt above the tokens that a minute allows fits at no time.
        return bool(_SURE.search(complaint.words))
    if complaint.status >= _SERVER_ERROR:  # of llama-cpp-python and LM Studio
        return bool(_SURE.search(complaint.words) and _EXCEEDS.search(complaint.words))
    if complaint.status not in _MAY_BE_TOO_LONG:
        return False
    words = complaint.words
    if complaint.status == _PAYLOAD_TOO_LARGE and _TOO_LARGE.search(words):
        return True
    return bool(_SURE.search(words)) or (
        bool(_LIKELY.search(words)) and _first(_OUTPUT_SIZE, words) == 0
    )


def find_limit(complaint: Complaint) -> ServerLimit | None:
    """Return the limit that ``complaint`` names, or ``None`` if it names none.

    >>> find_limit(Complaint(400, "Range of input length should be [1, 6000]"))
    ServerLimit(kind='input', tokens=6000, prompt_tokens=0)
    """
    words = complaint.message
    prompt = _first(_PROMPT_SIZE, words)
    if complaint.context_tokens:
        return ServerLimit("context", complaint.context_tokens, prompt)
    if is_overflow(complaint):
        if tokens := _first(_INPUT_SIZE, words):
            return ServerLimit("input", tokens, prompt)
        if tokens := _first(_CONTEXT_SIZE, words):
            return ServerLimit("context", tokens, prompt)
    if tokens := _first(_OUTPUT_SIZE, words):
        return ServerLimit("output", tokens - bool(_EXCLUSIVE.search(words)), prompt)
    return None


def _first(patterns: tuple[str, ...], words: str) -> int:
    """Return the first number that one of the patterns finds, or 0."""
    for pattern in patterns:
        for match in re.finditer(pattern, words, re.IGNORECASE):
            tokens = int(re.sub(r"\D", "", match["tokens"]))
            if tokens >= MIN_CONTEXT_TOKENS:
                return tokens
    return 0
