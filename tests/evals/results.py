"""Results as they come of a run, for the tests of what is made of them."""

from __future__ import annotations

from typing import Any

from newsqa.evals.results import Result
from newsqa.usage import Usage


def result(name: str = "a", **fields: Any) -> Result:
    """A result with these fields, and of everything else nothing."""
    empty: dict[str, Any] = {
        "id": name,
        "answerable": True,
        "prediction": "noon",
        "status": "answered",
        "right_status": True,
        "exact": None,
        "f1": None,
        "hit": None,
        "evidence": None,
        "must_cite": None,
        "must_not_say": None,
        "seconds": 0.5,
        "usage": Usage(),
        "answer": None,
    }
    return Result(**(empty | fields))
