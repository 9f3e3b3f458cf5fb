"""Journal: results written as they come, so that an interrupted evaluation can continue."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from newsqa.api import NewsQA
from newsqa.evals.cases import Case, digest_of
from newsqa.evals.evaluators import Evaluator, measures_of
from newsqa.evals.results import Result


class Journal:
    """The results of one evaluation in a JSON Lines file, whose first line identifies it.

    Results for the same cases, model, prompt and evaluators are kept; failures are retried. Anything
    else in the file is overwritten, and ``replaced`` is then true.
    """

    def __init__(
        self, path: Path, cases: Sequence[Case], qa: NewsQA, evaluators: Sequence[Evaluator] = ()
    ) -> None:
        self._path = path
        self._head = json.dumps({"evaluation": _identity(cases, qa, evaluators)})
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        lines = text.split("\n") if text else []  # not splitlines: answers hold other line ends
        is_ours = lines[:1] == [self._head]
        self.replaced = bool(lines) and not is_ours
        """Whether the file held results of another evaluation."""
        self.done = _results(lines[1:]) if is_ours else {}
        """The results in the file, by id."""
        kept = [self._head, *(result.model_dump_json() for result in self.done.values())]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")

    def add(self, result: Result) -> None:
        """Append a result to the file."""
        self.done[result.id] = result
        with self._path.open("a", encoding="utf-8") as file:
            file.write(result.model_dump_json() + "\n")


def _identity(cases: Sequence[Case], qa: NewsQA, evaluators: Sequence[Evaluator]) -> str:
    """Return a digest of all that shapes the results."""
    prompt, settings = qa.prompt, qa.settings
    parts: list[object] = [
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
    if evaluators:
        parts.append(sorted(measures_of(evaluators)))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _results(lines: Sequence[str]) -> dict[str, Result]:
    """Return the complete results in ``lines``; the last line may have been cut off."""
    results: dict[str, Result] = {}
    for line in lines:
        try:
            result = Result.model_validate_json(line)
        except ValidationError:
            continue
        if not result.error:
            results[result.id] = result
    return results
