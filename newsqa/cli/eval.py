"""``newsqa eval``: measure answers over many cases, and compare two models or prompts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from newsqa.cli.console import ANSWERED, FAILED, print_note
from newsqa.cli.floors_gate import FloorsGate
from newsqa.cli.options import with_settings
from newsqa.cli.progress import Evaluation, load_chosen_cases
from newsqa.cli.scores import console, show_comparison, show_scorecard
from newsqa.evals import FORMATS, Case, Scorecard, compare
from newsqa.evals.evaluators import load_evaluators
from newsqa.evals.report import load_jinja, report_of
from newsqa.settings import Settings

EVAL_HELP = """\b
Examples:
  newsqa eval cases.yaml --model gpt-6-luna --json out.json --report out.html
  newsqa eval dev-v2.0.json --format squad --limit 200
  newsqa eval cases.yaml --prompt old.md --prompt new.md
  newsqa eval --compare before.json after.json
  newsqa eval cases.yaml --replay recordings --floor floors.json

\b
Exit codes:
  0    measured; no figure is below its floor
  1    a figure is below its floor, or every case failed
  2    the command, the cases or a setting is not usable
  130  interrupted; with --json, the same command continues
"""


@dataclass(frozen=True, slots=True)
class _Outputs:
    """The files that a scorecard is written to."""

    json: Path | None
    report: Path | None

    def under(self, label: str) -> _Outputs:
        """Return the same files with ``label`` in their names."""
        return _Outputs(_labelled(self.json, label), _labelled(self.report, label))

    @property
    def journal(self) -> Path | None:
        return self.json.with_name(self.json.name + ".journal") if self.json else None

    def write(self, scorecard: Scorecard, cases: Sequence[Case]) -> None:
        """Write the files; the scorecard first, because the page can be made from it."""
        if self.json and self.journal:
            self.json.write_text(scorecard.model_dump_json(indent=1) + "\n", encoding="utf-8")
            self.journal.unlink()
        if self.report:
            page = report_of(scorecard, cases, title=f"Evaluation of {scorecard.model}")
            self.report.parent.mkdir(parents=True, exist_ok=True)
            self.report.write_text(page, encoding="utf-8")


def _labelled(path: Path | None, label: str) -> Path | None:
    return path.with_name(f"{path.stem}.{label}{path.suffix}") if path else None


@with_settings
def evaluate(
    cases: Annotated[
        Path | None,
        typer.Argument(metavar="CASES", help="A file of cases, or of a data set.", dir_okay=False),
    ] = None,
    *,
    settings: Settings,
    model: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Give two, and they are compared."),
    ] = None,
    prompt: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="In place of the package's own; give two to compare them."
        ),
    ] = None,
    format: Annotated[  # noqa: A002  # the option's name
        str,
        typer.Option(
            metavar="NAME", help=f"Of CASES: {', '.join(FORMATS)}, or one of an installed package."
        ),
    ] = "cases",
    evaluator: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Also measure with this evaluator of an installed package; may be repeated.",
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="For cases that do not give theirs, in ISO 639-1."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Cases with this tag; may be repeated.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="The first N cases.")
    ] = None,
    concurrency: Annotated[
        int, typer.Option(min=1, metavar="N", help="The most cases asked at the same time.")
    ] = 8,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the scorecard there.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page of HTML there.")
    ] = None,
    floor: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Fail if a figure is below its floor there.")
    ] = None,
    update_floors: Annotated[
        bool, typer.Option("--update-floors", help="Write what is measured to the --floor file.")
    ] = False,
    lower: Annotated[
        bool, typer.Option("--lower", help="Let --update-floors lower a floor.")
    ] = False,
    compared: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--compare", metavar="A B", help="Two scorecards, without running anything."),
    ] = None,
) -> None:
    """Ask all CASES, and measure the answers, their citations and their abstentions.

    CASES is a file of cases (.yaml or .jsonl), or a data set in another --format. Figures come with
    their 95 % confidence intervals. See docs/evaluation.md.
    """
    if compared:
        _compare(*(Scorecard.read(path) for path in compared), names=_names(compared))
        return
    if cases is None:
        raise typer.BadParameter("name a file of cases, or two scorecards with --compare")
    chosen = load_chosen_cases(
        cases, format=format, language=language, only=only or (), limit=limit
    )
    if not chosen:
        raise typer.BadParameter("no case is left to ask; see --only and --limit")
    # Errors in the command are reported before a model is paid for.
    gate = FloorsGate.of(chosen, floor, update=update_floors, lower=lower)
    if report:
        load_jinja()
    evaluation = Evaluation(chosen, load_evaluators(evaluator or ()), concurrency)
    outputs = _Outputs(json_file, report)
    variants = _variants(settings, model or (), prompt or ())
    if len(variants) > 1 and gate:
        raise typer.BadParameter(
            "floors are for one model with one prompt; compare without --floor"
        )
    if len(variants) > 1:
        _run_both(evaluation, variants, outputs)
        return
    (ours,) = variants.values()
    scorecard = evaluation.run(ours, outputs.journal)
    outputs.write(scorecard, chosen)
    show_scorecard(scorecard, console())
    is_below = gate is not None and gate.fails(scorecard)
    failed = all(result.error for result in scorecard.results)
    raise typer.Exit(FAILED if is_below or failed else ANSWERED)


def _variants(
    settings: Settings, models: Sequence[str], prompts: Sequence[Path]
) -> dict[str, Settings]:
    """Return the settings of each run, by a label that distinguishes it."""
    if len(models) > 2 or len(prompts) > 2 or len(models) + len(prompts) > 3:
        raise typer.BadParameter("compare either two models or two prompts, not more at once")
    if len({*models}) < len(models) or len({*prompts}) < len(prompts):
        raise typer.BadParameter("the two to compare are the same")
    fixed: dict[str, Any] = {}
    if len(models) == 1:
        fixed["model"] = models[0]
    if len(prompts) == 1:
        fixed["prompt"] = prompts[0]
    ours = settings.model_copy(update=fixed)
    if len(models) == 2:
        return {name: ours.model_copy(update={"model": name}) for name in models}
    if len(prompts) == 2:
        labels = _names((prompts[0], prompts[1]))
        return {
            label: ours.model_copy(update={"prompt": path})
            for label, path in zip(labels, prompts, strict=True)
        }
    return {"": ours}


def _names(paths: tuple[Path, Path]) -> tuple[str, str]:
    """Return the names of two files, or their paths if the names are the same."""
    first, second = paths
    return (first.stem, second.stem) if first.stem != second.stem else (str(first), str(second))


def _run_both(evaluation: Evaluation, variants: dict[str, Settings], outputs: _Outputs) -> None:
    scorecards = []
    for number, (label, settings) in enumerate(variants.items(), 1):
        print_note(f"{label}:")
        files = outputs.under(str(number))
        scorecard = evaluation.run(settings, files.journal)
        files.write(scorecard, evaluation.cases)
        scorecards.append(scorecard)
    first, second = variants
    _compare(scorecards[0], scorecards[1], names=(first, second))


def _compare(first: Scorecard, second: Scorecard, *, names: tuple[str, str]) -> None:
    show_comparison(compare(first, second, names=names), first, second, console())
