"""Journal: results as they come, so that an evaluation that was interrupted goes on where it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from newsqa.api import NewsQA
from newsqa.evals.cases import Case, digest_of
from newsqa.evals.results import Result


class Journal:
    """The results of one evaluation in a file of JSON lines, of which the first says whose they are.

    What is there of the same cases, model and prompt is kept, but for failures, which are tried
    again; anything else is written over, and ``replaced`` says so.
    """

    def __init__(self, path: Path, cases: Sequence[Case], qa: NewsQA) -> None:
        self._path = path
        self._head = json.dumps({"evaluation": _identity(cases, qa)})
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        lines = text.split("\n") if text else []  # other line ends may stand in an answer
        is_ours = lines[:1] == [self._head]
        self.replaced = bool(lines) and not is_ours
        """Whether the file held results of something else."""
        self.done = _results(lines[1:]) if is_ours else {}
        """The results that are there, by id."""
        kept = [self._head, *(result.model_dump_json() for result in self.done.values())]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")

    def add(self, result: Result) -> None:
        """Write one more result."""
        self.done[result.id] = result
        with self._path.open("a", encoding="utf-8") as file:
            file.write(result.model_dump_json() + "\n")


def _identity(cases: Sequence[Case], qa: NewsQA) -> str:
    """A digest of all that shapes the results."""
    prompt, settings = qa.prompt, qa.settings
    whole = [
        version("newsqa"),
        digest_of(cases),
        qa.model.fingerprint if qa.model else "",
        qa.model.max_input_tokens if qa.model else 0,
        prompt.fingerprint if prompt else "",
        settings.strict,
        settings.loosest_match,
        settings.checks.model_dump(),
        repr(settings.verify),
    ]
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


def _results(lines: Sequence[str]) -> dict[str, Result]:
    """The results in ``lines`` that are whole; the last one may have been cut short."""
    found: dict[str, Result] = {}
    for line in lines:
        try:
            result = Result.model_validate_json(line)
        except ValidationError:
            continue
        if not result.error:
            found[result.id] = result
    return found
