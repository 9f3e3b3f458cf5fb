"""The key of a request: all that shapes a completion, as one digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from newsqa.models import Message, OutputSchema

_KEY_VERSION = 1
"""Raised when what a key covers changes, so that completions kept under older keys are not found."""


def request_key(model: str, messages: Sequence[Message], schema: OutputSchema) -> bytes:
    """The SHA-256 of ``model`` (a fingerprint, or a name), the messages and the schema."""
    # Keys are not sorted: the order of a schema's properties shapes the completion.
    everything = [
        _KEY_VERSION,
        model,
        [[message.role, message.content] for message in messages],
        schema.name,
        dict(schema.schema),
    ]
    return hashlib.sha256(json.dumps(everything).encode()).digest()
