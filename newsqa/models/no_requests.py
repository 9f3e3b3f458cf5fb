"""no_model_requests: a block in which no request reaches a model's server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from newsqa.errors import ModelRequestForbiddenError

_lock = threading.Lock()
_depth = 0
"""Number of open blocks in the whole process, since newsqa sends requests from its own thread."""


@contextmanager
def no_model_requests() -> Iterator[None]:
    """Make every request to a model's server raise ``ModelRequestForbiddenError``.

    It applies to all threads and event loops of the process, until the last open block ends. Whatever
    needs no server keeps working: the embedded reader, cached completions, models of your own. A
    process that is started inside the block is not covered.
    """
    _open(1)
    try:
        yield
    finally:
        _open(-1)


def check_allowed(model: str, url: str) -> None:
    """Raise ``ModelRequestForbiddenError`` inside a ``no_model_requests`` block."""
    if _depth:
        raise ModelRequestForbiddenError(
            f"A request to {model!r} at {url} was about to be sent, and no_model_requests forbids "
            "it: give the code under test a ScriptedModel or a recording, or leave the block."
        )


def _open(blocks: int) -> None:
    global _depth
    with _lock:
        _depth += blocks
