"""``newsqa eval``, as people and CI meet it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from newsqa.api import NewsQA
from newsqa.cli import evaluating, with_settings
from newsqa.evals import Scorecard, load_cases
from newsqa.evals.cases import digest_of
from newsqa.models import Completion
from newsqa.settings import Settings
from newsqa.testing import ScriptedModel
from newsqa.usage import Usage
from tests.cli.test_ask import Shell, draft

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
    """A shell whose model answers both cases."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shell = Shell(monkeypatch, capsys)
    shell.answers(WHEN, NOTHING)
    return shell


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The path of two cases."""
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "cases.yaml"
    path.write_text(CASES, encoding="utf-8")
    return path


def eval_(shell: Shell, cases: Path, *options: object) -> tuple[int, str, str]:
    """What ``newsqa eval`` gives, one case at a time, so that the script is in order."""
    return shell.run("eval", str(cases), "--concurrency", "1", *map(str, options))


def test_figures_are_a_table(shell: Shell, cases: Path) -> None:
    """With intervals and counts, in all and by tag, in plain text."""
    code, out, err = eval_(shell, cases)
    assert (code, err) == (0, "")
    assert re.search(r"^Exact match +100\.0% +34\.2 to 100\.0 +2$", out, re.MULTILINE)
    assert re.search(r"^unanswerable +1 +100\.0%", out, re.MULTILINE)
    assert "scripted · prompt answer " in out
    assert "\x1b" not in out


def test_the_scorecard_is_written(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """As JSON that can be read back; its journal is gone."""
    eval_(shell, cases, "--json", tmp_path / "new" / "out.json")
    card = Scorecard.read(tmp_path / "new" / "out.json")
    assert [result.id for result in card.results] == ["when", "how-long"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out.json"]


def test_the_report_is_written(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """As a page."""
    eval_(shell, cases, "--report", tmp_path / "new" / "out.html")
    page = (tmp_path / "new" / "out.html").read_text(encoding="utf-8")
    assert "<mark>16 May</mark>" in page


def test_a_page_that_cannot_be_made_is_told_before_the_run(
    shell: Shell, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after it was paid for."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    code, _, err = eval_(shell, cases, "--report", tmp_path / "out.html")
    assert (code, shell.settings) == (2, [])
    assert "pip install 'newsqa[evals]'" in err


def test_settings_are_options_as_for_ask(shell: Shell, cases: Path) -> None:
    """All of them."""
    eval_(shell, cases, "--strict", "--base-url", "http://option/v1", "--model", "m")
    (settings,) = shell.settings
    assert (settings.strict, settings.base_url, settings.model) == (True, "http://option/v1", "m")


def test_cases_are_chosen_by_tag_and_number(shell: Shell, cases: Path) -> None:
    """For a quick look."""
    shell.answers(NOTHING)
    assert "1 case " in eval_(shell, cases, "--only", "unanswerable")[1]
    shell.answers(WHEN)
    assert "1 case " in eval_(shell, cases, "--limit", "1")[1]


def test_a_data_set_is_read_in_its_format(shell: Shell, tmp_path: Path) -> None:
    """Rows that do not hold are told, and the rest is measured."""
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
    assert err.startswith(
        "note: rows that do not hold and are left out: 1\n- line 2, 'bad': the text says"
    )


def test_a_case_that_fails_is_told_and_the_rest_is_measured(shell: Shell, cases: Path) -> None:
    """It counts as wrong."""
    shell.answers("no json", "none again", NOTHING)
    code, out, err = eval_(shell, cases)
    assert code == 0
    assert "note: cases that failed, and count as wrong: 1\n- when: ModelOutputError" in err
    assert re.search(r"^Exact match +50\.0%", out, re.MULTILINE)


def test_when_all_fail_so_does_the_command(shell: Shell, cases: Path) -> None:
    """Nothing was measured."""
    shell.answers(*["no json"] * 4)
    assert eval_(shell, cases)[0] == 1


def test_an_interrupted_run_goes_on(
    shell: Shell, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was answered is not asked again."""
    out = tmp_path / "out.json"
    real = evaluating.evaluate

    def interrupted(asked: list[object], qa: NewsQA, **given: object) -> None:
        real(asked[:1], qa, **given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluating, "evaluate", interrupted)
    code, _, err = eval_(shell, cases, "--json", out)
    assert (code, err) == (130, "note: interrupted; the same command goes on from here\n")
    assert not out.exists()
    monkeypatch.setattr(evaluating, "evaluate", real)
    shell.answers(NOTHING)
    code, _, err = eval_(shell, cases, "--json", out)
    assert code == 0
    assert err == "note: goes on where it was interrupted; 1 of 2 are done\n"
    assert [result.scores["exact"] for result in Scorecard.read(out).results] == [1.0, 1.0]


def test_a_journal_of_something_else_is_started_anew(
    shell: Shell, cases: Path, tmp_path: Path
) -> None:
    """And that is said."""
    (tmp_path / "out.json.journal").write_text("{}\n")
    _, _, err = eval_(shell, cases, "--json", tmp_path / "out.json")
    assert err == "note: other cases, model or prompt than before, so it starts anew\n"


@pytest.fixture
def floors(shell: Shell, cases: Path, tmp_path: Path) -> Path:
    """The path of floors that were set by the right answers."""
    path = tmp_path / "floors.json"
    code, _, err = eval_(shell, cases, "--floor", path, "--update-floors")
    assert (code, err) == (0, f"note: wrote the floors to '{path}'\n")
    return path


def test_what_holds_its_floors_exits_with_0(shell: Shell, cases: Path, floors: Path) -> None:
    """In silence."""
    shell.answers(WHEN, NOTHING)
    assert eval_(shell, cases, "--floor", floors)[::2] == (0, "")


def test_what_falls_below_a_floor_exits_with_1(shell: Shell, cases: Path, floors: Path) -> None:
    """And says which figure fell."""
    shell.answers(WRONG, NOTHING)
    code, _, err = eval_(shell, cases, "--floor", floors)
    assert code == 1
    assert "newsqa: Exact match: 50.0% is below the floor of 99.5%\n" in err


def test_a_floor_is_lowered_only_on_purpose(shell: Shell, cases: Path, floors: Path) -> None:
    """It takes one more option."""
    before = floors.read_bytes()
    shell.answers(WRONG, NOTHING)
    code, _, err = eval_(shell, cases, "--floor", floors, "--update-floors")
    assert (code, floors.read_bytes()) == (2, before)
    assert "Exact match: from 100.0% to 50.0%" in err
    shell.answers(WRONG, NOTHING)
    assert eval_(shell, cases, "--floor", floors, "--update-floors", "--lower")[0] == 0
    assert floors.read_bytes() != before


def test_floors_of_other_cases_are_not_usable(shell: Shell, cases: Path, floors: Path) -> None:
    """A part of them is other cases."""
    shell.answers(WHEN)
    code, _, err = eval_(shell, cases, "--floor", floors, "--limit", "1")
    assert code == 2
    assert "The floors are for other cases" in err
    assert len(shell.settings) == 1, "the run that set them"


def test_two_models_are_compared(
    shell: Shell, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case by case, with a verdict, and both scorecards written."""
    scripts = {"old": (WRONG, NOTHING), "new": (WHEN, NOTHING)}

    def named(settings: Settings) -> NewsQA:
        assert settings.model is not None
        model = ScriptedModel(*scripts[settings.model], name=settings.model)
        return NewsQA(settings, model=model)

    monkeypatch.setattr(with_settings, "NewsQA", named)
    json_file = tmp_path / "out.json"
    code, out, _ = eval_(shell, cases, "--model", "old", "--model", "new", "--json", json_file)
    assert code == 0
    assert "gained when: “Ferry crews” → “16 May”\n" in out
    assert "From old to new the difference is no more than noise: 1 exact matches gained" in out
    written = sorted(path.name for path in tmp_path.glob("out*"))
    assert written == ["out.1.json", "out.2.json"]
    first, second = (tmp_path / name for name in written)
    again = shell.run("eval", "--compare", str(first), str(second))
    assert "gained when" in again[1]
    assert "From out.1 to out.2" in again[1]


def test_two_prompts_are_compared(shell: Shell, cases: Path, tmp_path: Path) -> None:
    """Each with its own file."""
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
    """Without a model; what is left over is told."""
    folder = tmp_path / "recordings"
    script = [Completion(text, "m-1", SPENT) for text in (WHEN, NOTHING)]

    def recorded(settings: Settings) -> NewsQA:
        return NewsQA(settings, model=ScriptedModel(*script))

    monkeypatch.setattr(with_settings, "NewsQA", recorded)
    assert eval_(shell, cases, "--record", folder)[0] == 0
    monkeypatch.setattr(with_settings, "NewsQA", NewsQA)
    code, out, err = eval_(shell, cases, "--replay", folder)
    assert (code, err) == (0, "")
    assert "2 calls · 2,000 tokens in, 40 out" in out
    assert re.search(r"^Exact match +100\.0%", out, re.MULTILINE)
    _, _, err = eval_(shell, cases, "--replay", folder, "--limit", "1")
    assert err.startswith("note: recordings that were not used: 1\n")


def test_a_request_that_was_not_recorded_ends_the_run(
    shell: Shell, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the nearest recording, and what differs."""
    folder = tmp_path / "recordings"
    script = [Completion(text, "m-1", SPENT) for text in (WHEN, NOTHING)]
    monkeypatch.setattr(
        with_settings, "NewsQA", lambda settings: NewsQA(settings, model=ScriptedModel(*script))
    )
    eval_(shell, cases, "--record", folder)
    monkeypatch.setattr(with_settings, "NewsQA", NewsQA)
    cases.write_text(CASES.replace("When is the strike?", "When is it?"), encoding="utf-8")
    code, out, err = eval_(shell, cases, "--replay", folder)
    assert (code, out) == (2, "")
    assert "sent now 'Question: When is it?'" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a file of cases"),
        (["nowhere.yaml"], "There is no file 'nowhere.yaml'"),
        (["CASES", "--format", "sqad"], "no format 'sqad'"),
        (["CASES", "--only", "none"], "no case is left to ask"),
        (["CASES", "--model", "a", "--model", "b", "--model", "c"], "compare two models"),
        (["CASES", "--model", "a", "--model", "a"], "two that are the same"),
        (["CASES", "--model", "a", "--model", "b", "--floor", "FLOORS"], "compare without --floor"),
        (["CASES", "--update-floors"], "Name the file of the floors with --floor"),
        (["CASES", "--floor", "nowhere.json"], "'nowhere.json' cannot be read"),
        (["CASES", "--prompt", "nowhere.md"], "The prompt 'nowhere.md' cannot be read"),
        (["--compare", "CASES", "CASES"], "is not a scorecard"),
        (["CASES", "--concurrency", "0"], "Invalid value for '--concurrency'"),
    ],
)
def test_what_is_not_usable_exits_with_2(
    shell: Shell, cases: Path, arguments: list[str], said: str
) -> None:
    """Wrong usage and wrong input are told on standard error."""
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
def test_a_gate_that_cannot_be_is_found_before_the_run(
    shell: Shell, cases: Path, option: str
) -> None:
    """Not after it was paid for."""
    arguments = ["--floor", "nowhere.json"] if option == "--floor" else [option]
    assert eval_(shell, cases, *arguments)[0] == 2
    assert shell.settings == []


def test_help_is_complete_and_no_wider_than_a_terminal(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Examples and exit codes among it."""
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = shell.run("eval", "--help")
    assert code == 0
    for told in ("Examples:", "Exit codes:", "--replay DIR", "--compare A B", "docs/evaluation.md"):
        assert told in out
    assert all(len(line) <= 80 for line in out.splitlines())
