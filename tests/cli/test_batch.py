"""``newsqa batch`` and ``newsqa merge``, with the embedded reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsqa.cli import main

STORY = "The old bridge closed on 3 May. It is 120 years old."


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Six rows about a story each."""
    path = tmp_path / "rows.jsonl"
    lines = [
        {"id": str(n), "article": f"{STORY} Part {n}.", "question": "When did the bridge close?"}
        for n in range(6)
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def batch(rows: Path, out: Path, *options: str) -> int:
    """Run the command."""
    model = ("--model", "newsqa-extractive")
    return main(["batch", str(rows), "--out", str(out), *model, *options])


def test_every_row_is_answered(rows: Path, tmp_path: Path) -> None:
    """The exit code says so."""
    out = tmp_path / "out.jsonl"
    assert batch(rows, out) == 0
    assert ["3 May" in json.loads(line)["text"] for line in out.read_text().splitlines()] == [
        True
    ] * 6


def test_failed_rows_change_the_exit_code(rows: Path, tmp_path: Path) -> None:
    """A script can tell without reading the output."""
    rows.write_text(rows.read_text() + '\n{"id": "bad"}\n')
    assert batch(rows, tmp_path / "out.jsonl") == 1


def test_questions_from_a_file_are_asked_about_every_article(rows: Path, tmp_path: Path) -> None:
    """One question a line."""
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.txt").write_text(STORY)
    questions = tmp_path / "questions.txt"
    questions.write_text("When did it close?\n\nHow old is it?\n")
    out = tmp_path / "out.jsonl"
    batch(tmp_path / "stories", out, "--questions", str(questions))
    assert [json.loads(line)["question"] for line in out.read_text().splitlines()] == [
        "When did it close?",
        "How old is it?",
    ]


def test_merged_shards_equal_the_whole(rows: Path, tmp_path: Path) -> None:
    """Whatever the number of shards and the order in which they are named."""
    parts = [tmp_path / f"part{n}.jsonl" for n in (3, 1, 2)]
    for part in parts:
        batch(rows, part, "--shard", f"{part.stem[-1]}/3")
    batch(rows, tmp_path / "whole.jsonl")
    main(["merge", *map(str, parts), "--out", str(tmp_path / "merged.jsonl")])
    merged, whole = (
        [
            (line["id"], line["text"])
            for line in map(json.loads, (tmp_path / name).read_text().splitlines())
        ]
        for name in ("merged.jsonl", "whole.jsonl")
    )
    assert merged == whole


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--shard", "4/3"), "2/8"),
        (("--questions", "missing.txt"), "missing.txt"),
    ],
)
def test_unusable_options_are_named(
    rows: Path,
    tmp_path: Path,
    options: tuple[str, ...],
    reason: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In one line, before anything is asked."""
    assert batch(rows, tmp_path / "out.jsonl", *options) == 2
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


def test_an_output_without_a_format_is_refused(rows: Path, tmp_path: Path) -> None:
    """Its ending decides the format."""
    assert batch(rows, tmp_path / "out.docx") == 2


def test_merging_into_one_of_the_parts_loses_nothing(rows: Path, tmp_path: Path) -> None:
    """The parts are read before anything is replaced."""
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    batch(rows, first, "--shard", "1/2")
    batch(rows, second, "--shard", "2/2")
    assert main(["merge", str(first), str(second), "--out", str(first)]) == 0
    assert len(first.read_text().splitlines()) == 6


def test_a_part_that_no_batch_wrote_is_named(rows: Path, tmp_path: Path) -> None:
    """And the output is not touched."""
    bad = tmp_path / "bad.jsonl"
    bad.write_text("not json\n")
    assert main(["merge", str(bad), "--out", str(tmp_path / "out.jsonl")]) == 2
    assert not (tmp_path / "out.jsonl").exists()
