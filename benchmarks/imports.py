"""Measures what importing newsqa costs, as multiples of importing pydantic with one model.

Run it with ``python benchmarks/imports.py``. The statements are measured in turn, each in a process of
its own, so that a busy machine slows all of them down; the fastest of all rounds counts.
"""

from __future__ import annotations

import subprocess
import sys

ROUNDS = 15

BASELINE = "from pydantic import BaseModel\nclass Model(BaseModel):\n    field: int = 0\n"

STATEMENTS = {
    "pydantic, one model": BASELINE,
    "import newsqa": "import newsqa",
    "from newsqa import ask": "from newsqa import ask",
    "from newsqa import NewsQA": "from newsqa import NewsQA",
    "from newsqa import Article": "from newsqa import Article",
    "from newsqa import Answer": "from newsqa import Answer",
    "from newsqa import Settings": "from newsqa import Settings",
    "from newsqa import ask, Article, Answer, Settings": (
        "from newsqa import ask, Article, Answer, Settings"
    ),
}

_TIMED = """
import time
started = time.perf_counter()
{statement}
print(time.perf_counter() - started)
"""


def seconds(statement: str) -> float:
    """Return the seconds that a statement takes in a new process."""
    script = _TIMED.format(statement=statement)
    return float(subprocess.check_output([sys.executable, "-c", script], text=True))  # noqa: S603  # our own script


def main() -> None:
    """Print a line per statement: milliseconds, and multiples of the first."""
    fastest = dict.fromkeys(STATEMENTS, float("inf"))
    for _ in range(ROUNDS):
        for name, statement in STATEMENTS.items():
            fastest[name] = min(fastest[name], seconds(statement))
    base = next(iter(fastest.values()))
    for name, taken in fastest.items():
        print(f"{name:50} {taken * 1000:6.1f} ms {taken / base:5.2f} x")


if __name__ == "__main__":
    main()
