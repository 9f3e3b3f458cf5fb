"""``newsqa eval``: measure answers over many cases, and compare two models or prompts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from newsqa.cli.console import ANSWERED, FAILED, print_note, stdout_console
from newsqa.cli.options import with_settings
from newsqa.cli.progress import Evaluation, OutputFiles, Selection
from newsqa.cli.scores import FloorsGate, show_comparison, show_scorecard
from newsqa.evals import FORMATS, Case, Scorecard, compare
from newsqa.evals.measures import load_evaluators
from newsqa.evals.report import comparison_report_of, report_of
from newsqa.settings import Settings

EVAL_HELP = """\b
Examples:
  newsqa eval cases.yaml --model gpt-6-luna --json out.json --report out.html
  newsqa eval dev-v2.0.json --format squad --limit 200
  newsqa eval cases.yaml --prompt old.md --prompt new.md
  newsqa eval --compare before.json after.json --report changes.html
  newsqa eval cases.yaml --json out.json --only failed
  newsqa eval cases.yaml --replay recordings --floor floors.json

\b
Exit codes:
  0    measured; no figure is below its floor
  1    a figure is below its floor, or every case failed
  2    the command, the cases or a setting is not usable
  130  interrupted; with --json, the same command continues
"""


CasesArgument = Annotated[
    Path | None,
    typer.Argument(metavar="CASES", help="A file of cases, or of a data set.", dir_okay=False),
]
ModelsOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Give two, and they are compared.")
]
PromptsOption = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE", help="Used instead of the package's own prompt; give two to compare them."
    ),
]
FormatOption = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help=f"The format of CASES: {', '.join(FORMATS)}, or one of an installed package.",
    ),
]
EvaluatorsOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Also measure with this evaluator of an installed package; may be repeated.",
    ),
]
LanguageOption = Annotated[
    str | None,
    typer.Option(metavar="CODE", help="For cases that do not give theirs, in ISO 639-1."),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TAG",
        help="Cases with this tag; may be repeated. 'failed': those that failed in the scorecard "
        "that --json names, which is completed.",
    ),
]
LimitOption = Annotated[int | None, typer.Option(min=1, metavar="N", help="The first N cases.")]
ConcurrencyOption = Annotated[
    int, typer.Option(min=1, metavar="N", help="The most cases asked at the same time.")
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Write the scorecard to FILE.")
]
ReportOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write a page of HTML, also about a comparison."),
]
FloorOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Fail if a figure is below its floor in FILE.")
]
UpdateFloorsOption = Annotated[
    bool, typer.Option("--update-floors", help="Write what is measured to the --floor file.")
]
LowerOption = Annotated[bool, typer.Option("--lower", help="Let --update-floors lower a floor.")]
CompareOption = Annotated[
    tuple[Path, Path] | None,
    typer.Option("--compare", metavar="A B", help="Two scorecards, without running anything."),
]


@with_settings
def evaluate(
    cases: CasesArgument = None,
    *,
    settings: Settings,
    model: ModelsOption = None,
    prompt: PromptsOption = None,
    format: FormatOption = "cases",  # noqa: A002  # the option's name
    evaluator: EvaluatorsOption = None,
    language: LanguageOption = None,
    only: OnlyOption = None,
    limit: LimitOption = None,
    concurrency: ConcurrencyOption = 8,
    json_file: JsonOption = None,
    report: ReportOption = None,
    floor: FloorOption = None,
    update_floors: UpdateFloorsOption = False,
    lower: LowerOption = False,
    compared: CompareOption = None,
) -> None:
    """Ask all CASES, and measure the answers, their citations and their abstentions.

    CASES is a file of cases (.yaml, .jsonl or .csv), or a data set in another --format. Figures come
    with their 95 % confidence intervals. See docs/evaluation.md.
    """
    files = OutputFiles(json_file, report)
    files.check()
    selection = Selection(cases, format, language, tuple(only or ()), limit) if cases else None
    if compared:
        _compare_files(compared, selection, files)
        return
    if selection is None:
        raise typer.BadParameter("name a file of cases, or two scorecards with --compare")
    chosen, only_failed = selection.load()
    if not chosen:
        raise typer.BadParameter("no case is left to ask; see --only and --limit")
    gate = FloorsGate.of(chosen, floor, update=update_floors, lower=lower)
    evaluators = load_evaluators(evaluator or ())
    source = selection.path.name
    evaluation = Evaluation(chosen, evaluators, concurrency, gate, only_failed, source)
    _run(evaluation, _variants(settings, model or (), prompt or ()), files)


def _run(evaluation: Evaluation, variants: dict[str, Settings], files: OutputFiles) -> None:
    """Run the evaluation with each of the settings, and exit with the code that says how it went."""
    if len(variants) > 1:
        _run_both(evaluation, variants, files)
        return
    (ours,) = variants.values()
    scorecard = evaluation.run(ours, files)
    show_scorecard(scorecard, stdout_console())
    is_below = evaluation.gate is not None and evaluation.gate.fails(scorecard)
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


def _run_both(evaluation: Evaluation, variants: dict[str, Settings], files: OutputFiles) -> None:
    if evaluation.gate:
        raise typer.BadParameter(
            "floors are for one model with one prompt; compare without --floor"
        )
    numbered = [files.numbered(number) for number in (1, 2)]
    for each in numbered:
        each.check()
    scorecards = []
    for (label, settings), each in zip(variants.items(), numbered, strict=True):
        print_note(f"{label}:")
        scorecards.append(evaluation.run(settings, each))
    first, second = variants
    _compare((scorecards[0], scorecards[1]), (first, second), evaluation.cases, files.report)


def _compare_files(
    paths: tuple[Path, Path], selection: Selection | None, files: OutputFiles
) -> None:
    if files.json:
        raise typer.BadParameter("--compare writes no scorecard; leave --json out")
    first, second = map(Scorecard.read, paths)
    cases = selection.load()[0] if selection else ()
    _compare((first, second), _names(paths), cases, files.report)


def report(
    scorecard: Annotated[Path, typer.Argument(metavar="SCORECARD", help="From eval --json.")],
    page: Annotated[Path, typer.Argument(metavar="PAGE", help="The file to write.")],
    *,
    cases: Annotated[
        Path | None,
        typer.Option(
            "--cases",
            metavar="CASES",
            help="The cases that were evaluated; they add the articles and the right answers.",
        ),
    ] = None,
    format: FormatOption = "cases",  # noqa: A002  # the option's name
    language: LanguageOption = None,
) -> None:
    """Write the page of a stored SCORECARD, without asking anything."""
    read = Scorecard.read(scorecard)
    chosen = Selection(cases, format, language, (), None).load()[0] if cases else ()
    OutputFiles(None, page).check()
    title, source = f"Evaluation of {read.model}", cases.name if cases else ""
    written = report_of(read, chosen, title=title, source=source)
    page.write_text(written, encoding="utf-8")


def _compare(
    pair: tuple[Scorecard, Scorecard],
    names: tuple[str, str],
    cases: Sequence[Case],
    report: Path | None,
) -> None:
    comparison = compare(*pair, names=names)
    if report:
        report.write_text(comparison_report_of(comparison, *pair, cases), encoding="utf-8")
    show_comparison(comparison, *pair, stdout_console())
