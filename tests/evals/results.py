"""Results as an evaluation makes them, for tests of what is made of results."""

from __future__ import annotations

from typing import Any

from newsqa.evals.results import Result
from newsqa.usage import Usage


def result(name: str = "a", **fields: Any) -> Result:
    """Return a result with these fields; every other keyword is a score."""
    given = {key: value for key, value in fields.items() if key in Result.model_fields}
    scores = {key: value for key, value in fields.items() if key not in Result.model_fields}
    defaults: dict[str, Any] = {
        "id": name,
        "answerable": True,
        "prediction": "noon",
        "status": "answered",
        "scores": scores,
        "seconds": 0.5,
        "usage": Usage(),
        "answer": None,
    }
    return Result(**(defaults | given))
