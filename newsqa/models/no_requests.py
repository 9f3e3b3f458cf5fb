"""no_model_requests: for as long as it lasts, nothing is sent to a language model's server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from newsqa.errors import ModelRequestForbiddenError

_lock = threading.Lock()
_depth = 0
"""How many blocks are open, in the whole process: requests leave from threads of newsqa's own."""


@contextmanager
def no_model_requests() -> Iterator[None]:
    """Have every request to a model's server raise ``ModelRequestForbiddenError``.

    Holds for the whole process, whatever thread or event loop asks, until the last of the blocks
    open at one time ends. What needs no server goes on working: the embedded reader, completions
    from a cache, models of your own. A process started inside starts without it.
    """
    _open(1)
    try:
        yield
    finally:
        _open(-1)


def check_allowed(model: str, url: str) -> None:
    """Raise ``ModelRequestForbiddenError`` inside of ``no_model_requests``; the wire asks this."""
    if _depth:
        raise ModelRequestForbiddenError(
            f"A request to {model!r} at {url} was about to be sent, and no_model_requests forbids "
            "it: give the code under test a ScriptedModel or a recording, or leave the block."
        )


def _open(blocks: int) -> None:
    global _depth
    with _lock:
        _depth += blocks
