"""An evaluation run with its files, progress bar, journal and notes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from newsqa.api import NewsQA
from newsqa.cli.console import is_terminal, print_note, stderr_console
from newsqa.cli.options import open_newsqa
from newsqa.cli.scores import FloorsGate
from newsqa.errors import CaseError, ConfigurationError
from newsqa.evals import Case, Evaluator, Result, Scorecard, evaluate
from newsqa.evals.cases import digest_of
from newsqa.evals.formats import load_cases
from newsqa.evals.report import report_of
from newsqa.evals.results import Journal, locked
from newsqa.models.recorded import ReplayModel
from newsqa.settings import Settings

_FAILED_TAG = "failed"
"""What ``--only`` calls the cases that failed with an error in the scorecard of ``--json``."""

_MAX_LISTED = 5
"""The most rows or files that a note lists; it counts the others."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The options that select cases of a file."""

    path: Path
    format: str
    language: str | None
    tags: tuple[str, ...]
    limit: int | None

    def load(self) -> tuple[list[Case], bool]:
        """Load the selected cases; print a note about rejected rows.

        Returns:
            The cases, and whether only those are asked that failed in an earlier run. If a case has a
            tag with the name ``failed``, that is a tag like the others.
        """
        loaded = load_cases(self.path, format=self.format, language=self.language)
        _print_list("rows that are left out", [str(row) for row in loaded.rejected])
        is_tag = any(_FAILED_TAG in case.tags for case in loaded.cases)
        tags = {tag for tag in self.tags if is_tag or tag != _FAILED_TAG}
        chosen = [case for case in loaded.cases if not tags or tags & {*case.tags}]
        return chosen[: self.limit], _FAILED_TAG in self.tags and not is_tag


@dataclass(frozen=True, slots=True)
class OutputFiles:
    """The files that a scorecard is written to."""

    json: Path | None
    report: Path | None

    def check(self) -> None:
        """Check, before a model is paid for, that the files can be written.

        Raises:
            ConfigurationError: One of them cannot, or both are the same.
        """
        if self.report:
            check_writable("--report", self.report)
        if self.json:
            check_writable("--json", self.json)
        if self.json and self.report and self.json.resolve() == self.report.resolve():
            raise ConfigurationError("--json and --report name the same file: name two.")

    def numbered(self, number: int) -> OutputFiles:
        """Return the same files with ``number`` in their names."""
        return OutputFiles(_numbered(self.json, number), _numbered(self.report, number))

    @property
    def journal(self) -> Path | None:
        """The file that results are written to as they come."""
        return self.json.with_name(self.json.name + ".journal") if self.json else None

    def write(self, scorecard: Scorecard, cases: Sequence[Case], source: str = "") -> None:
        """Write the files; the scorecard first, because the page can be made from it."""
        if self.json and self.journal:
            self.json.write_text(scorecard.model_dump_json(indent=1) + "\n", encoding="utf-8")
            self.journal.unlink()
        if self.report:
            title = f"Evaluation of {scorecard.model}"
            page = report_of(scorecard, cases, title=title, source=source)
            self.report.write_text(page, encoding="utf-8")


def _numbered(path: Path | None, number: int) -> Path | None:
    return path.with_name(f"{path.stem}.{number}{path.suffix}") if path else None


def check_writable(option: str, path: Path) -> None:
    """Check that the file of an option can be written, before anything is asked.

    Raises:
        ConfigurationError: It cannot.
    """
    is_new = not path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()
        if is_new:
            path.unlink()
    except OSError as error:
        raise ConfigurationError(
            f"{option} cannot be written to {str(path)!r}: {error.strerror}; name another file."
        ) from None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation: what is asked and measured, however often it is run."""

    cases: Sequence[Case]
    evaluators: Sequence[Evaluator]
    concurrency: int
    gate: FloorsGate | None = None
    only_failed: bool = False
    """Ask only the cases that failed in the scorecard that ``--json`` names."""
    source: str = ""
    """The name of the cases' file."""

    def run(self, settings: Settings, files: OutputFiles) -> Scorecard:
        """Ask every case that has no result yet, write ``files``, and return the scorecard."""
        with open_newsqa(settings) as qa:
            if self.gate:
                self.gate.check_model(qa.name)
            answered = self._answered(files.json, qa) if self.only_failed else {}
            with self._journal(files.journal, qa) as journal:
                done = {**answered, **(journal.done if journal else {})}
                results = [*done.values(), *self._ask(qa, done, journal)]
            scorecard = Scorecard.of(self.cases, results, qa, evaluators=self.evaluators)
            if isinstance(qa.model, ReplayModel) and not done:
                _print_list("recordings that were not used", list(map(str, qa.model.unused)))
        failed = [f"{result.id}: {result.error}" for result in scorecard.results if result.error]
        _print_list("cases that failed, and count as wrong", failed)
        files.write(scorecard, self.cases, self.source)
        return scorecard

    def _answered(self, path: Path | None, qa: NewsQA) -> dict[str, Result]:
        """Return the results of an earlier run in the scorecard at ``path``, but for failures."""
        if path is None:
            raise ConfigurationError(
                "--only failed asks again what failed in an earlier run: name its scorecard with --json."
            )
        earlier = Scorecard.read(path)
        for what, before, now in (
            ("other cases", earlier.cases_sha256, digest_of(self.cases)),
            ("another model", earlier.model, qa.name),
            ("another prompt", earlier.prompt, qa.prompt),
        ):
            if before != now:
                raise CaseError(
                    f"{str(path)!r} is of {what}, so that --only failed cannot complete it: repeat "
                    "the command that wrote it, with --only failed."
                )
        results = {result.id: result for result in earlier.results if not result.error}
        print_note(
            f"note: asks only what failed: {len(self.cases) - len(results)} of {len(self.cases)}"
        )
        return results

    @contextmanager
    def _journal(self, path: Path | None, qa: NewsQA) -> Iterator[Journal | None]:
        """Open the journal; print a note if it is of another run, or of an interrupted one."""
        if path is None:
            yield None
            return
        with locked(path):
            journal = Journal(path, self.cases, qa, self.evaluators)
            if journal.replaced:
                print_note("note: the journal is of another evaluation, so it starts again")
            if journal.done:
                done = f"{len(journal.done)} of {len(self.cases)}"
                print_note(f"note: continues an interrupted run; {done} are done")
            yield journal

    def _ask(self, qa: NewsQA, done: Mapping[str, Result], journal: Journal | None) -> list[Result]:
        left = [case for case in self.cases if case.id not in done]
        with _progress(len(left)) as advance:

            def on_result(result: Result) -> None:
                if journal:
                    journal.add(result)
                advance()

            try:
                scorecard = evaluate(
                    left,
                    qa,
                    evaluators=self.evaluators,
                    concurrency=self.concurrency,
                    on_result=on_result,
                )
            except KeyboardInterrupt:
                if journal:
                    print_note("note: interrupted; the same command continues from here")
                raise
        return list(scorecard.results)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar on a terminal; yield the function that advances it."""
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    is_hidden = not is_terminal(sys.stderr)
    with Progress(*columns, console=stderr_console(), transient=True, disable=is_hidden) as bar:
        task = bar.add_task("Asking", total=total)
        yield lambda: bar.advance(task)


def _print_list(what: str, lines: Sequence[str]) -> None:
    """Print a note with the number of ``lines`` and the first few of them."""
    if lines:
        print_note(f"note: {what}: {len(lines)}")
    for line in lines[:_MAX_LISTED]:
        print_note(f"- {line}")
    if len(lines) > _MAX_LISTED:
        print_note(f"- and {len(lines) - _MAX_LISTED} more")
