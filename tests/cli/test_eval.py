"""``newsqa eval``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from newsqa.api import NewsQA
from newsqa.cli import options, progress
from newsqa.evals import Scorecard, evaluate, load_cases
from newsqa.evals.cases import digest_of
from newsqa.evals.results import locked
from newsqa.models import Completion
from newsqa.settings import Settings
from newsqa.testing import ScriptedModel
from newsqa.usage import Usage
from tests.cli.conftest import Shell, draft
from tests.installed import Install

TEXT = "Ferry crews will strike on 16 May. The union has not said for how long."
CASES = """\
- id: when
  article: {file: story.txt}
  question: When is the strike?
  expected: {short: 16 May, must_cite: 16 May}
  tags: [dates]
- id: how-long
  article: {file: story.txt}
  question: How long is it?
  expected: {status: not_in_article}
  tags: [unanswerable]
"""
WHEN = draft(("The strike is on 16 May.", [(1, "16 May")]), short="16 May")
WRONG = draft(("Ferry crews will strike.", [(1, "Ferry crews")]), short="Ferry crews")
NOTHING = draft(status="not_in_article")
SPENT = Usage(calls=1, input_tokens=1_000, output_tokens=20)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return a shell whose model answers both cases."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shell = Shell(monkeypatch, capsys)
    shell.answers(WHEN, NOTHING)
    return shell


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Return the path of two cases."""
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "cases.yaml"
    path.write_text(CASES, encoding="utf-8")
    return path


def eval_(shell: Shell, cases: Path, *arguments: object) -> tuple[int, str, str]:
    """Run ``newsqa eval`` one case at a time, so that the script is in order."""
    return shell.run("eval", str(cases), "--concurrency", "1", *map(str, arguments))


def test_figures_are_printed_as_a_table(shell: Shell, cases: Path) -> None:
    """The table has intervals and counts, over all cases and by tag, in plain text."""
    code, out, err = eval_(shell, cases)
    assert (code, err) == (0, "")
    assert re.search(r"^Exact match +100\.0% +34\.2 to 100\.0 +2$", out, re.MULTILINE)
    assert re.search(r"^unanswerable +1 +100\.0%", out, re.MULTILINE)
    assert "scripted · prompt answer " in out
    assert "\x1b" not in out


def test_scorecard_is_written(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """The JSON can be read back, and the journal is deleted."""
    eval_(shell, cases, "--json", tmp_path / "new" / "out.json")
    card = Scorecard.read(tmp_path / "new" / "out.json")
    assert [result.id for result in card.results] == ["when", "how-long"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out.json"]


def test_report_is_written(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """It is a page of HTML."""
    eval_(shell, cases, "--report", tmp_path / "new" / "out.html")
    page = (tmp_path / "new" / "out.html").read_text(encoding="utf-8")
    assert "<mark>16 May</mark>" in page


def test_report_of_a_stored_scorecard(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """``newsqa report`` asks nothing; with the cases, its page is the one of the run."""
    stored, page, again = (tmp_path / name for name in ("out.json", "out.html", "again.html"))
    eval_(shell, cases, "--json", stored, "--report", page)
    code, _, err = shell.run("report", str(stored), str(again), "--cases", str(cases))
    assert (code, err) == (0, "")
    assert again.read_text(encoding="utf-8") == page.read_text(encoding="utf-8")


def test_report_of_other_cases_is_refused(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """No page is written that compares answers with what another case expects."""
    eval_(shell, cases, "--json", tmp_path / "out.json")
    other = tmp_path / "other.yaml"
    other.write_text(cases.read_text(encoding="utf-8").replace("how-long", "x"), encoding="utf-8")
    page = tmp_path / "out.html"
    code, _, err = shell.run("report", str(tmp_path / "out.json"), str(page), "--cases", str(other))
    assert (code, page.exists()) == (2, False)
    assert "not the cases of the scorecard" in err


def test_settings_are_options_as_for_ask(shell: Shell, cases: Path) -> None:
    """Options of ``newsqa ask`` set the same settings here."""
    eval_(shell, cases, "--strict", "--base-url", "http://option/v1", "--model", "m")
    (settings,) = shell.settings
    assert (settings.strict, settings.base_url, settings.model) == (True, "http://option/v1", "m")


def test_cases_are_chosen_by_tag_and_number(shell: Shell, cases: Path) -> None:
    """--only and --limit reduce the cases that are asked."""
    shell.answers(NOTHING)
    assert "1 case " in eval_(shell, cases, "--only", "unanswerable")[1]
    shell.answers(WHEN)
    assert "1 case " in eval_(shell, cases, "--limit", "1")[1]


def test_data_set_is_read_in_its_format(shell: Shell, tmp_path: Path) -> None:
    """Rejected rows are listed, and the others are measured."""
    row = {
        "id": "r",
        "article_text": TEXT,
        "question": "When?",
        "answers": [{"text": "16 May", "start": 27, "end": 33}],
        "answerable": True,
    }
    bad = {**row, "id": "bad", "answers": [{"text": "16 May", "start": 0, "end": 6}]}
    (tmp_path / "rows.jsonl").write_text(f"{json.dumps(row)}\n{json.dumps(bad)}\n")
    shell.answers(WHEN)
    code, out, err = eval_(shell, tmp_path / "rows.jsonl", "--format", "rows")
    assert code == 0
    assert re.search(r"^Citation hit +100\.0%", out, re.MULTILINE)
    assert err.startswith("note: rows that are left out: 1\n- line 2, 'bad': the text has")


def test_failed_case_is_listed_and_counts_as_wrong(shell: Shell, cases: Path) -> None:
    """The other cases are measured."""
    shell.answers("no json", "none again", NOTHING)
    code, out, err = eval_(shell, cases)
    assert code == 0
    assert "note: cases that failed, and count as wrong: 1\n- when: ModelOutputError" in err
    assert re.search(r"^Exact match +50\.0%", out, re.MULTILINE)


def test_command_fails_if_all_cases_fail(shell: Shell, cases: Path) -> None:
    """Nothing was measured, so the exit code is 1."""
    shell.answers(*["no json"] * 4)
    assert eval_(shell, cases)[0] == 1


def test_interrupted_run_continues(
    shell: Shell, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cases that were answered are not asked again."""
    out = tmp_path / "out.json"
    real = evaluate

    def interrupted(asked: list[object], qa: NewsQA, **given: object) -> None:
        real(asked[:1], qa, **given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(progress, "evaluate", interrupted)
    code, _, err = eval_(shell, cases, "--json", out)
    assert (code, err) == (130, "note: interrupted; the same command continues from here\n")
    assert not out.exists()
    monkeypatch.setattr(progress, "evaluate", real)
    shell.answers(NOTHING)
    code, _, err = eval_(shell, cases, "--json", out)
    assert code == 0
    assert err == "note: continues an interrupted run; 1 of 2 are done\n"
    assert [result.scores["exact"] for result in Scorecard.read(out).results] == [1.0, 1.0]


def test_journal_of_another_run_is_replaced(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """A note says so."""
    (tmp_path / "out.json.journal").write_text("{}\n")
    _, _, err = eval_(shell, cases, "--json", tmp_path / "out.json")
    assert err == "note: the journal is of another evaluation, so it starts again\n"


@pytest.fixture
def floors(shell: Shell, cases: Path, tmp_path: Path) -> Path:
    """Return the path of floors set by right answers."""
    path = tmp_path / "floors.json"
    code, _, err = eval_(shell, cases, "--floor", path, "--update-floors")
    assert (code, err) == (0, f"note: wrote the floors to '{path}'\n")
    return path


def test_figures_at_their_floors_exit_with_0(shell: Shell, cases: Path, floors: Path) -> None:
    """Nothing is printed on standard error."""
    shell.answers(WHEN, NOTHING)
    assert eval_(shell, cases, "--floor", floors)[::2] == (0, "")


def test_figure_below_its_floor_exits_with_1(shell: Shell, cases: Path, floors: Path) -> None:
    """Standard error names the figure."""
    shell.answers(WRONG, NOTHING)
    code, _, err = eval_(shell, cases, "--floor", floors)
    assert code == 1
    assert "newsqa: Exact match: 50.0% is below the floor of 99.5%\n" in err


def test_lowering_a_floor_takes_an_option(shell: Shell, cases: Path, floors: Path) -> None:
    """Without --lower the file stays as it is."""
    before = floors.read_bytes()
    shell.answers(WRONG, NOTHING)
    code, _, err = eval_(shell, cases, "--floor", floors, "--update-floors")
    assert (code, floors.read_bytes()) == (2, before)
    assert "Exact match: from 100.0% to 50.0%" in err
    shell.answers(WRONG, NOTHING)
    assert eval_(shell, cases, "--floor", floors, "--update-floors", "--lower")[0] == 0
    assert floors.read_bytes() != before


def test_floors_of_other_cases_exit_with_2(shell: Shell, cases: Path, floors: Path) -> None:
    """Some of the cases are other cases, too."""
    shell.answers(WHEN)
    code, _, err = eval_(shell, cases, "--floor", floors, "--limit", "1")
    assert code == 2
    assert "The floors are for other cases" in err
    assert len(shell.settings) == 1, "the run that set them"


def test_two_models_are_compared(
    shell: Shell, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Output has each changed case and a verdict, and both scorecards are written."""
    scripts = {"old": (WRONG, NOTHING), "new": (WHEN, NOTHING)}

    def named(settings: Settings) -> NewsQA:
        assert settings.model is not None
        model = ScriptedModel(*scripts[settings.model], name=settings.model)
        return NewsQA(settings, model=model)

    monkeypatch.setattr(options, "NewsQA", named)
    json_file = tmp_path / "out.json"
    code, out, _ = eval_(shell, cases, "--model", "old", "--model", "new", "--json", json_file)
    assert code == 0
    assert "gained when: “Ferry crews” → “16 May”\n" in out
    assert "From old to new the difference is no more than noise: 1 exact match gained" in out
    written = sorted(path.name for path in tmp_path.glob("out*"))
    assert written == ["out.1.json", "out.2.json"]
    first, second = (tmp_path / name for name in written)
    again = shell.run("eval", "--compare", str(first), str(second))
    assert "gained when" in again[1]
    assert "From out.1 to out.2" in again[1]


def test_two_prompts_are_compared(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """Each run uses one of the files."""
    for name in ("long", "brief"):
        text = f"# system\nBe {name}.\n# user\n$passage $selection $question\n"
        (tmp_path / f"{name}.md").write_text(text)
    options = [part for name in ("long", "brief") for part in ("--prompt", tmp_path / f"{name}.md")]
    shell.answers(WHEN, NOTHING, WHEN, NOTHING)
    code, out, _ = eval_(shell, cases, "--model", "m", *options)
    assert code == 0
    used = [settings.prompt.stem for settings in shell.settings if settings.prompt]
    assert used == ["long", "brief"]
    assert "From long to brief the difference is no more than noise" in out


def test_recordings_are_replayed_with_their_cost(
    shell: Shell, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No model is asked, and unused recordings are listed."""
    folder = tmp_path / "recordings"
    script = [Completion(text, "m-1", SPENT) for text in (WHEN, NOTHING)]

    def recorded(settings: Settings) -> NewsQA:
        return NewsQA(settings, model=ScriptedModel(*script))

    monkeypatch.setattr(options, "NewsQA", recorded)
    assert eval_(shell, cases, "--record", folder)[0] == 0
    monkeypatch.setattr(options, "NewsQA", NewsQA)
    code, out, err = eval_(shell, cases, "--replay", folder)
    assert (code, err) == (0, "")
    assert "2 calls · 2,000 tokens in, 40 out" in out
    assert re.search(r"^Exact match +100\.0%", out, re.MULTILINE)
    _, out, err = eval_(shell, cases, "--replay", folder, "--limit", "1")
    assert "1 call · 1,000 tokens in" in out
    assert err.startswith("note: recordings that were not used: 1\n")


def test_unrecorded_request_ends_the_run(
    shell: Shell, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error shows the nearest recording and the difference."""
    folder = tmp_path / "recordings"
    script = [Completion(text, "m-1", SPENT) for text in (WHEN, NOTHING)]
    monkeypatch.setattr(
        options, "NewsQA", lambda settings: NewsQA(settings, model=ScriptedModel(*script))
    )
    eval_(shell, cases, "--record", folder)
    monkeypatch.setattr(options, "NewsQA", NewsQA)
    cases.write_text(CASES.replace("When is the strike?", "When is it?"), encoding="utf-8")
    code, out, err = eval_(shell, cases, "--replay", folder)
    assert (code, out) == (2, "")
    assert "sent now 'Question: When is it?'" in err


EVALUATOR = """
from newsqa.evals import Measure

class plugin:
    measures = {"words": Measure(title="Words", summary="median", unit="words", is_quality=False)}

    def evaluate(self, case, answer):
        return {"words": len(answer.text.split())}
"""


@pytest.mark.parametrize("option", ["--json", "--report"])
@pytest.mark.parametrize("place", ["folder", "file/out"])
def test_file_that_cannot_be_written_is_reported_before_the_run(
    shell: Shell, cases: Path, tmp_path: Path, option: str, place: str
) -> None:
    """A folder, or a path below a file: no model is asked in vain."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    code, _, err = eval_(shell, cases, option, tmp_path / place)
    assert (code, shell.settings) == (2, [])
    assert err.startswith(f"newsqa: {option} cannot be written to '{tmp_path / place}': ")


def test_one_file_for_both_outputs_is_refused(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """The page would replace the scorecard."""
    out = tmp_path / "out"
    code, _, err = eval_(shell, cases, "--json", out, "--report", out)
    assert (code, shell.settings) == (2, [])
    assert err == "newsqa: --json and --report name the same file: name two.\n"


def test_checking_a_file_leaves_nothing_behind(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """A file that exists keeps its content until there is a new one."""
    old, new = tmp_path / "old.json", tmp_path / "new.html"
    old.write_text("before")
    eval_(shell, cases, "--only", "none", "--json", old, "--report", new)
    assert (old.read_text(), new.exists()) == ("before", False)


def test_floors_of_another_model_are_reported_before_the_run(
    shell: Shell, cases: Path, floors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No question is asked."""
    model = ScriptedModel(WHEN, NOTHING, name="other")
    monkeypatch.setattr(options, "NewsQA", lambda settings: NewsQA(settings, model=model))
    code, _, err = eval_(shell, cases, "--floor", floors)
    assert (code, model.requests) == (2, [])
    assert err.startswith("newsqa: The floors are for 'scripted', not for 'other': ")


def test_second_run_with_the_same_scorecard_is_refused(
    shell: Shell, cases: Path, tmp_path: Path
) -> None:
    """Two runs would mix their results; no question of the second is asked."""
    journal = tmp_path / "out.json.journal"
    with locked(journal):
        code, _, err = eval_(shell, cases, "--json", tmp_path / "out.json")
    assert code == 2
    assert err.startswith(f"newsqa: Another run is writing to '{journal}': ")
    assert eval_(shell, cases, "--json", tmp_path / "out.json")[0] == 0, "the script is unused"


def test_run_after_failures_asks_only_what_failed(
    shell: Shell, cases: Path, tmp_path: Path
) -> None:
    """The scorecard then has a result for every case."""
    out = tmp_path / "out.json"
    shell.answers("no json", "none again", NOTHING)
    eval_(shell, cases, "--json", out)
    shell.answers(WHEN)
    code, _, err = eval_(shell, cases, "--json", out, "--only", "failed")
    assert (code, err) == (0, "note: asks only what failed: 1 of 2\n")
    assert [result.error for result in Scorecard.read(out).results] == [None, None]


def test_only_failed_needs_the_scorecard_of_the_same_run(
    shell: Shell, cases: Path, tmp_path: Path
) -> None:
    """Without --json there is none, and one of other cases is not completed."""
    assert "name its scorecard with --json" in eval_(shell, cases, "--only", "failed")[2]
    out = tmp_path / "out.json"
    shell.answers(WHEN)
    eval_(shell, cases, "--limit", "1", "--json", out)
    assert "is of other cases" in eval_(shell, cases, "--json", out, "--only", "failed")[2]


def test_tag_named_failed_is_a_tag(shell: Shell, cases: Path) -> None:
    """Cases that have it are chosen by it."""
    cases.write_text(CASES.replace("[dates]", "[failed]"), encoding="utf-8")
    shell.answers(WHEN)
    assert "1 case " in eval_(shell, cases, "--only", "failed")[1]


def test_comparison_is_written_as_a_page(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """It has both sides and what changed; the file of cases adds the questions."""
    first, second, page = (tmp_path / name for name in ("old.json", "new.json", "out.html"))
    shell.answers(WRONG, NOTHING)
    eval_(shell, cases, "--json", first)
    shell.answers(WHEN, NOTHING)
    eval_(shell, cases, "--json", second)
    compared = ["--compare", str(first), str(second), "--report", str(page)]
    assert shell.run("eval", *compared)[0] == 0
    text = page.read_text(encoding="utf-8")
    assert "From old to new the difference is no more than noise" in text
    assert "<strong>Ferry crews</strong>" in text
    assert "<strong>16 May</strong>" in text
    assert "Cases that changed: 1 of 2" in text
    assert "When is the strike?" not in text
    shell.run("eval", str(cases), *compared)
    assert "When is the strike?" in page.read_text(encoding="utf-8")


def test_installed_evaluator_is_used_by_name(
    shell: Shell, cases: Path, tmp_path: Path, install: Install
) -> None:
    """Its figure is in the table and in the report."""
    install("words_evaluator", "newsqa.evaluators", "words", EVALUATOR)
    page = tmp_path / "out.html"
    _, out, _ = eval_(shell, cases, "--evaluator", "words", "--report", page)
    assert re.search(r"^Words +3 words +2$", out, re.MULTILINE)
    assert "Words 6 words" in page.read_text(encoding="utf-8")


def test_unknown_evaluator_is_reported_before_the_run(shell: Shell, cases: Path) -> None:
    """No model is asked in vain."""
    code, _, err = eval_(shell, cases, "--evaluator", "words")
    assert (code, shell.settings) == (2, [])
    assert "Nothing is registered as 'words' in newsqa.evaluators" in err


FORMAT = """
from newsqa.evals.formats.golden import read_golden as plugin
"""


def test_installed_format_is_used_by_name(shell: Shell, cases: Path, install: Install) -> None:
    """A data set format of a package is read like a built-in one."""
    install("golden_format", "newsqa.formats", "golden", FORMAT)
    assert eval_(shell, cases, "--format", "golden")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a file of cases"),
        (["nowhere.yaml"], "There is no file 'nowhere.yaml'"),
        (["CASES", "--format", "sqad"], "no format 'sqad'"),
        (["CASES", "--only", "none"], "no case is left to ask"),
        (["CASES", "--model", "a", "--model", "b", "--model", "c"], "compare either two models"),
        (["CASES", "--model", "a", "--model", "a"], "the two to compare are the same"),
        (["CASES", "--model", "a", "--model", "b", "--floor", "FLOORS"], "compare without --floor"),
        (["CASES", "--update-floors"], "Name the file of the floors with --floor"),
        (["CASES", "--floor", "nowhere.json"], "'nowhere.json' cannot be read"),
        (["CASES", "--prompt", "nowhere.md"], "The prompt 'nowhere.md' cannot be read"),
        (["--compare", "CASES", "CASES"], "is not a scorecard"),
        (["--compare", "CASES", "CASES", "--json", "OUT"], "--compare writes no scorecard"),
        (["CASES", "--concurrency", "0"], "Invalid value for '--concurrency'"),
    ],
)
def test_unusable_input_exits_with_2(
    shell: Shell, cases: Path, arguments: list[str], said: str
) -> None:
    """Usage and input errors are reported on standard error."""
    floors = cases.with_name("floors.json")
    floors.write_text(
        json.dumps(
            {"cases_sha256": digest_of(load_cases(cases).cases), "model": "m", "figures": {}}
        )
    )
    named = {"CASES": str(cases), "FLOORS": str(floors)}
    code, _, err = shell.run("eval", *(named.get(argument, argument) for argument in arguments))
    assert code == 2
    assert said in err


@pytest.mark.parametrize("option", ["--floor", "--update-floors"])
def test_unusable_floors_are_reported_before_the_run(
    shell: Shell, cases: Path, option: str
) -> None:
    """No model is asked in vain."""
    arguments = ["--floor", "nowhere.json"] if option == "--floor" else [option]
    assert eval_(shell, cases, *arguments)[0] == 2
    assert shell.settings == []


def test_help_is_complete_and_at_most_80_columns_wide(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has examples and exit codes."""
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = shell.run("eval", "--help")
    assert code == 0
    for words in (
        "Examples:",
        "Exit codes:",
        "--replay DIR",
        "--compare A B",
        "docs/evaluation.md",
    ):
        assert words in out
    assert all(len(line) <= 80 for line in out.splitlines())
