"""Runs: whole, interrupted, continued, changed and failed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from newsqa.api import NewsQA
from newsqa.batch import BadRow, BatchProgress, Ledger, Row, RunChangedError, run_batch
from newsqa.errors import (
    BatchError,
    BudgetError,
    ConfigurationError,
    ModelContextError,
    ModelRequestError,
)
from tests.batch.doubles import CountingQA, rows


def run(given: object, out: Path, qa: CountingQA, **options: Any) -> BatchProgress:
    """Run a batch with a double in place of a ``NewsQA``."""
    return run_batch(cast("list[Row | BadRow]", given), out, qa=cast("NewsQA", qa), **options)


def lines(out: Path) -> list[dict[str, Any]]:
    """Return the lines of an output."""
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The place of the output."""
    return tmp_path / "answers.jsonl"


def test_each_question_becomes_a_line_in_the_order_of_the_rows(out: Path) -> None:
    """Several at a time change nothing about the order."""
    run(rows(20, "Who?", "When?"), out, CountingQA(), concurrency=7)
    written = lines(out)
    assert [(line["id"], line["question"]) for line in written] == [
        (f"r{n}", question) for n in range(1, 21) for question in ("Who?", "When?")
    ]
    assert written[0]["answer"]["claims"]


def test_other_fields_are_carried_along(out: Path) -> None:
    """What the row says besides is in its lines."""
    run(rows(2), out, CountingQA())
    assert [line["carried"] for line in lines(out)] == [{"desk": 1}, {"desk": 2}]


def test_an_answered_question_is_not_asked_again(out: Path) -> None:
    """The same run again asks nothing and writes the same."""
    first = CountingQA()
    run(rows(5), out, first)
    before, second = out.read_bytes(), CountingQA()
    progress = run(rows(5), out, second)
    assert second.asked.total() == 0
    assert progress.kept == 5
    assert out.read_bytes() == before


def test_an_interrupted_run_goes_on(out: Path) -> None:
    """What was answered before the interruption is kept; the end is the same as without it."""
    with pytest.raises(BudgetError):
        run(rows(30), out, CountingQA(stop_after=11), concurrency=4)
    assert len(lines(out)) >= 11
    kept, second = len(lines(out)), CountingQA()
    run(rows(30), out, second)
    undisturbed = out.with_name("whole.jsonl")
    run(rows(30), undisturbed, CountingQA())
    assert second.asked.total() == 30 - kept
    assert out.read_bytes() == undisturbed.read_bytes()


def test_an_article_that_comes_twice_is_asked_once(out: Path) -> None:
    """Equal calls share an answer, at the same time and later."""
    qa = CountingQA()
    twice = [Row(name, n, ("Who?",), article="One article.") for n, name in enumerate("ab", 1)]
    run(twice, out, qa)
    run(twice, out, qa)
    assert qa.asked.total() == 1
    assert [line["id"] for line in lines(out)] == ["a", "b"]


def test_a_bad_row_is_a_line_with_its_reason(out: Path) -> None:
    """It does not end the run."""
    given = [BadRow("x", 2, "No question."), *rows(1), Row("y", 3, ("Who?",), article=" ")]
    progress = run(given, out, CountingQA())
    assert (progress.answered, progress.failed) == (1, 2)
    assert {line["id"]: line.get("error") for line in lines(out)} == {
        "x": "No question.",
        "r1": None,
        "y": "The article's text is empty.",
    }


def test_only_failed_asks_nothing_else(out: Path) -> None:
    """A run after failures asks what failed, and completes the output."""
    run(rows(3, "Who?", "When?"), out, CountingQA(failing={"When?"}))
    second = CountingQA()
    run([*rows(3, "Who?", "When?")], out, second, only_failed=True)
    assert {question for _, question in second.asked} == {"When?"}
    assert all("answer" in line for line in lines(out))


def test_another_setup_is_refused_and_named(out: Path) -> None:
    """Answers of two models are never mixed unasked."""
    run(rows(2), out, CountingQA())
    with pytest.raises(RunChangedError, match="model was double and is other"):
        run(rows(2), out, CountingQA(identity={"model": "other"}))


def test_changed_rows_are_refused_and_counted(out: Path) -> None:
    """A row with another article under the same id is named before anything is asked."""
    run(rows(3), out, CountingQA())
    changed = [Row("r1", 1, ("Who?",), article="Another article."), *rows(3)[1:]]
    second = CountingQA()
    with pytest.raises(RunChangedError, match="1 row changed"):
        run(changed, out, second)
    assert second.asked.total() == 0


def test_resume_keeps_what_still_holds(out: Path) -> None:
    """Of changed rows, only the changed ones are asked."""
    run(rows(3), out, CountingQA())
    changed = [Row("r1", 1, ("Who?",), article="Another article."), *rows(3)[1:]]
    second = CountingQA()
    run(changed, out, second, resume=True)
    assert list(second.asked) == [("Another article.", "Who?")]
    assert len(lines(out)) == 3


def test_restart_asks_everything_again(out: Path) -> None:
    """The ledger is emptied first."""
    run(rows(3), out, CountingQA())
    second = CountingQA(identity={"model": "other"})
    run(rows(3), out, second, restart=True)
    assert second.asked.total() == 3


def test_no_more_articles_than_allowed_are_asked_at_once(out: Path) -> None:
    """And no row is read before there is room for it."""
    qa, read = CountingQA(), []

    def counted() -> object:
        for row in rows(50):
            read.append(row)
            yield row

    run(counted(), out, qa, concurrency=3)
    assert qa.most_at_once <= 3
    assert len(read) == 50


def test_two_runs_cannot_write_one_output(out: Path) -> None:
    """The second one says so and changes nothing."""
    with Ledger(out.with_name("answers.jsonl.ledger")), pytest.raises(BatchError, match="in use"):
        run(rows(1), out, CountingQA())


def test_a_file_that_is_not_a_ledger_is_left_alone(out: Path) -> None:
    """Something else under the ledger's name is never overwritten."""
    other = out.with_name("answers.jsonl.ledger")
    other.write_text("notes " * 500)
    with pytest.raises(BatchError, match="is not a ledger"):
        run(rows(1), out, CountingQA())
    assert other.read_text().startswith("notes")


def test_progress_counts_every_question(out: Path) -> None:
    """The last report equals what is returned."""
    reports: list[BatchProgress] = []
    last = run(rows(4), out, CountingQA(), on_progress=reports.append)
    assert reports[-1] == last
    assert (last.rows, last.answered, last.usage.input_tokens) == (4, 4, 40)


def test_concurrency_below_one_is_refused(out: Path) -> None:
    """Nothing could be asked."""
    with pytest.raises(ConfigurationError, match="at least 1"):
        run(rows(1), out, CountingQA(), concurrency=0)


def test_a_run_ends_when_the_server_rejects_every_question(out: Path) -> None:
    """A wrong key is not worth thousands of requests."""
    rejected = ModelRequestError("The key is wrong.")
    qa = CountingQA(failing={"Who?"}, error=rejected)
    with pytest.raises(ModelRequestError, match="key is wrong"):
        run(rows(500), out, qa, concurrency=4)
    assert qa.asked.total() < 30


def test_a_file_that_no_batch_wrote_is_not_replaced(out: Path) -> None:
    """Somebody's table under the output's name is kept, and nothing is asked."""
    out.write_text("mine")
    qa = CountingQA()
    with pytest.raises(BatchError, match="has no ledger"):
        run(rows(1), out, qa)
    assert (out.read_text(), qa.asked.total()) == ("mine", 0)


def test_a_run_that_ends_early_replaces_no_whole_output(out: Path) -> None:
    """What was complete stays, until a later run is complete, too."""
    run(rows(20), out, CountingQA())
    before = out.read_bytes()
    with pytest.raises(BudgetError):
        run(rows(40), out, CountingQA(stop_after=3), concurrency=2)
    assert out.read_bytes() == before


def test_rejections_end_no_run_that_has_answers(out: Path) -> None:
    """Answers of an earlier run show that the server takes requests."""
    run(rows(50), out, CountingQA())
    rejected = ModelRequestError("This one is rejected.")
    more = [*rows(50), *(Row(f"x{n}", n, ("No?",), article=f"X {n}.") for n in range(51, 90))]
    progress = run(more, out, CountingQA(failing={"No?"}, error=rejected))
    assert (progress.kept, progress.failed) == (50, 39)


def test_articles_that_are_too_long_do_not_end_a_run(out: Path) -> None:
    """Each is a failure of its own; the next article may be shorter."""
    too_long = ModelContextError("The article is too long.")
    progress = run(rows(40), out, CountingQA(failing={"Who?"}, error=too_long))
    assert progress.failed == 40


def test_a_format_that_cannot_be_written_is_reported_before_anything_is_asked(out: Path) -> None:
    """Answers cost money."""
    qa = CountingQA()
    with pytest.raises(BatchError, match="must end in"):
        run(rows(3), out.with_suffix(".txt"), qa)
    assert qa.asked.total() == 0


def test_only_failed_counts_no_question_that_was_never_asked(out: Path) -> None:
    """On a new ledger it asks nothing and keeps nothing."""
    progress = run(rows(3), out, CountingQA(), only_failed=True)
    assert (progress.kept, progress.answered) == (0, 0)
