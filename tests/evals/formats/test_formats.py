"""Reading published data sets: offsets are verified, and rejected rows are reported."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from newsqa.errors import CaseError
from newsqa.evals import load_cases
from newsqa.evals.formats import LoadedCases

TEXT = "The bridge closed on 3 May. It opened again on 3 June."
GERMAN = "Die Brücke wurde am 3. Mai gesperrt."


def write(path: Path, value: object) -> Path:
    """Write ``value`` as JSON to the file at ``path``."""
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def write_lines(path: Path, *values: object) -> Path:
    """Write each of ``values`` as a line of JSON."""
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def reasons(loaded: LoadedCases) -> list[str]:
    """Return why rows were rejected."""
    return [str(rejected) for rejected in loaded.rejected]


def row(**fields: Any) -> dict[str, Any]:
    """Return a row about the bridge."""
    return {
        "id": "r1",
        "article_text": TEXT,
        "question": "When did the bridge close?",
        "answers": [{"text": "3 May", "start": 21, "end": 26}],
        "answerable": True,
        **fields,
    }


def test_row_becomes_a_case(tmp_path: Path) -> None:
    """Title and date are the article's, and the source is only a tag."""
    path = write_lines(
        tmp_path / "rows.jsonl",
        row(
            article_title="Bridge",
            published_at="2025-05-04",
            source="set/one",
            lang="en",
            n_sentences=2,
        ),
    )
    (case,) = load_cases(path, format="rows").cases
    assert (case.article.title, str(case.article.published_at)) == ("Bridge", "2025-05-04")
    assert case.article.source is None
    assert (case.tags, case.language) == (("set/one",), "en")
    assert case.expected.short == ("3 May",)
    assert [span.slice(TEXT) for span in case.gold_spans] == ["3 May"]


def test_evidence_of_a_row_is_gold_evidence(tmp_path: Path) -> None:
    """A row may have evidence and no short answer."""
    evidence = [{"text": "It opened again on 3 June.", "start": 28, "end": 54, "sentence": 1}]
    path = write_lines(tmp_path / "rows.jsonl", row(answers=[], evidence=evidence))
    (case,) = load_cases(path, format="rows").cases
    assert case.gold_sentences == {2}
    assert case.expected.short == ()
    assert case.expected.answerable


def test_unanswerable_row_expects_abstention(tmp_path: Path) -> None:
    """The case has no answer."""
    path = write_lines(tmp_path / "rows.jsonl", row(answerable=False, answers=[]))
    (case,) = load_cases(path, format="rows").cases
    assert not case.expected.answerable


def test_all_required_spans_must_be_cited(tmp_path: Path) -> None:
    """The short answer is all of them, joined."""
    answers = [
        {"text": "3 May", "start": 21, "end": 26},
        {"text": "3 June", "start": 47, "end": 53},
    ]
    path = write_lines(tmp_path / "rows.jsonl", row(answers=answers, all_spans_required=True))
    (case,) = load_cases(path, format="rows").cases
    assert case.expected.short == ("3 May, 3 June",)
    assert len(case.expected.must_cite) == 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"answers": [{"text": "3 May", "start": 20, "end": 25}]},
            "has ' 3 Ma' at 20:25, not '3 May'",
        ),
        ({"answers": [{"text": "3 May", "start": -33, "end": -28}]}, "has '' at -33:-28"),
        ({"answers": []}, "has neither an answer nor evidence"),
        (
            {"evidence": [{"text": "It opened", "start": 27, "end": 36}]},
            "not 'It opened'",
        ),
        ({"answers": None}, "answers: Input should be a valid"),
        ({"article_text": " ", "answerable": False}, "The article's text is empty"),
        ({"published_at": "soon"}, "'published_at' is not usable"),
        ({"question": ""}, "The question is empty"),
    ],
)
def test_unusable_row_is_rejected_with_the_reason(
    tmp_path: Path, fields: dict[str, Any], reason: str
) -> None:
    """The other rows are read."""
    path = write_lines(tmp_path / "rows.jsonl", row(**fields), row(id="r2"))
    loaded = load_cases(path, format="rows")
    assert [case.id for case in loaded.cases] == ["r2"]
    (reported,) = reasons(loaded)
    assert reported.startswith("line 1, 'r1': ")
    assert reason in reported


def test_second_row_with_the_same_id_is_rejected(tmp_path: Path) -> None:
    """Results are identified by their case's id."""
    path = write_lines(tmp_path / "rows.jsonl", row(), row())
    assert reasons(load_cases(path, format="rows")) == [
        "line 2, 'r1': another row has the same id."
    ]


def test_questions_about_one_text_share_its_article(tmp_path: Path) -> None:
    """The text is split into sentences once."""
    path = write_lines(tmp_path / "rows.jsonl", row(), row(id="r2"))
    first, second = load_cases(path, format="rows").cases
    assert first.article is second.article


def test_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    """The file as a whole is not usable."""
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row()) + "\n{\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"rows\.jsonl, line 2 is not JSON"):
        load_cases(path, format="rows")


def squad(*questions: dict[str, Any], text: str = TEXT) -> dict[str, Any]:
    """Return a file of SQuAD with these questions about one paragraph."""
    paragraph = {"context": text, "qas": list(questions)}
    return {"version": "x", "data": [{"title": "Bridges", "paragraphs": [paragraph]}]}


CLOSED = {
    "id": "q1",
    "question": "When did it close?",
    "answers": [{"text": "3 May", "answer_start": 21}, {"text": "3 May", "answer_start": 21}],
}


def test_squad_has_answers_and_questions_without_one(tmp_path: Path) -> None:
    """An answer that is listed twice counts once."""
    impossible = {"id": "q2", "question": "Who paid?", "answers": [], "is_impossible": True}
    path = write(tmp_path / "dev-v2.0.json", squad(CLOSED, impossible))
    first, second = load_cases(path, format="squad").cases
    assert (first.expected.short, len(first.expected.spans)) == (("3 May",), 1)
    assert not second.expected.answerable
    assert (first.article.title, first.tags) == ("Bridges", ("dev-v2.0",))


def test_squad_offsets_are_verified(tmp_path: Path) -> None:
    """A row whose offset is off by one is rejected."""
    shifted = {**CLOSED, "answers": [{"text": "3 May", "answer_start": 22}]}
    loaded = load_cases(write(tmp_path / "s.json", squad(shifted)), format="squad")
    assert loaded.cases == ()
    assert "Bridges, paragraph 1, 'q1': the text has ' May.'" in reasons(loaded)[0]


def test_squad_question_without_answers_must_be_marked_impossible(tmp_path: Path) -> None:
    """A test set without answers is not a set of unanswerable questions."""
    path = write(tmp_path / "s.json", squad({**CLOSED, "answers": []}))
    assert "not marked is_impossible" in reasons(load_cases(path, format="squad"))[0]


@pytest.mark.parametrize(
    ("name", "given", "language"),
    [("xquad.de.json", None, "de"), ("other.json", "de", "de"), ("other.json", None, None)],
)
def test_xquad_language_is_in_the_file_name(
    tmp_path: Path, name: str, given: str | None, language: str | None
) -> None:
    """Another name needs the language as an argument."""
    question = {**CLOSED, "answers": [{"text": "3. Mai", "answer_start": 20}]}
    path = write(tmp_path / name, squad(question, text=GERMAN))
    (case,) = load_cases(path, format="xquad", language=given).cases
    assert case.language == language


def test_file_that_is_not_squad_is_reported(tmp_path: Path) -> None:
    """The error names the first missing field."""
    path = write(tmp_path / "s.json", {"rows": []})
    with pytest.raises(CaseError, match="not in the format of SQuAD: data: Field required"):
        load_cases(path, format="squad")


MRQA = {
    "context": TEXT,
    "qas": [
        {
            "qid": "m1",
            "question": "When did it close?",
            "answers": ["3 May"],
            "detected_answers": [{"text": "3 May", "char_spans": [[21, 25]]}],
        }
    ],
}


def test_mrqa_ends_are_inclusive(tmp_path: Path) -> None:
    """The last character of a span belongs to it; the file may be gzipped."""
    header = {"header": {"dataset": "Bridges", "split": "dev"}}
    path = tmp_path / "dev.jsonl.gz"
    path.write_bytes(gzip.compress(f"{json.dumps(header)}\n{json.dumps(MRQA)}\n".encode()))
    (case,) = load_cases(path, format="mrqa").cases
    assert [span.slice(TEXT) for span in case.gold_spans] == ["3 May"]
    assert case.tags == ("Bridges",)


def test_mrqa_offsets_are_verified(tmp_path: Path) -> None:
    """A row with an exclusive end is rejected."""
    wrong = json.loads(json.dumps(MRQA).replace("[21, 25]", "[21, 26]"))
    none = json.loads(json.dumps(MRQA).replace('"m1"', '"m2"'))
    none["qas"][0]["detected_answers"] = []
    loaded = load_cases(write_lines(tmp_path / "dev.jsonl", wrong, none), format="mrqa")
    assert "not '3 May'" in reasons(loaded)[0]
    assert "no answer was detected" in reasons(loaded)[1]


def test_file_that_is_not_mrqa_is_reported(tmp_path: Path) -> None:
    """The error names the line."""
    with pytest.raises(CaseError, match=r"line 1, is not in the format of MRQA: context"):
        load_cases(write_lines(tmp_path / "dev.jsonl", {"id": 1}), format="mrqa")


def newsqa_csv(path: Path, *rows: tuple[str, str]) -> Path:
    """Write NewsQA's CSV with these ranges and validated answers."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["story_id", "question", "answer_char_ranges", "validated_answers", "story_text"]
        )
        for ranges, validated in rows:
            writer.writerow(["./story", "When?", ranges, validated, TEXT])
    return path


@pytest.mark.parametrize(
    ("ranges", "validated", "short"),
    [
        ("21:27|21:27|None", "", ("3 May.",)),
        ("21:26|47:53", '{"none": 1, "21:26": 2}', ("3 May",)),
        ("21:26|47:53", "", ("3 May", "3 June")),
        ("21:26,47:53|21:26", "", ("3 May",)),
        ("20:26|None", '{"20:26": 1}', ("3 May",)),
    ],
)
def test_newsqa_answer_is_the_most_chosen_range(
    tmp_path: Path, ranges: str, validated: str, short: tuple[str, ...]
) -> None:
    """Validators take precedence over answerers; white space at the ends is dropped."""
    path = newsqa_csv(tmp_path / "combined.csv", (ranges, validated))
    (case,) = load_cases(path, format="newsqa").cases
    assert case.expected.short == short
    assert case.id == "./story#1"


def test_newsqa_question_has_no_answer_if_most_chose_none(tmp_path: Path) -> None:
    """With a tie, answer and abstention are both right."""
    path = newsqa_csv(tmp_path / "c.csv", ("None|None|21:26", ""), ("None|21:26", ""))
    none, open_ = load_cases(path, format="newsqa").cases
    assert not none.expected.answerable
    assert open_.expected.may_abstain
    assert open_.expected.short == ("3 May",)


@pytest.mark.parametrize(
    ("ranges", "validated", "reason"),
    [
        ("21:26", '{"bad_question": 2, "21:26": 1}', "marked as bad"),
        ("21:999", "", "has no text at 21:999"),
        ("27:28", "", "has no text at 27:28"),
        ("x:y", "", "cannot be read"),
        ("", "", "nobody answered it"),
        ("21:26", "{", "cannot be read"),
        ("21:26", "3", "cannot be read"),
    ],
)
def test_unusable_newsqa_row_is_rejected(
    tmp_path: Path, ranges: str, validated: str, reason: str
) -> None:
    """The reason is reported."""
    loaded = load_cases(newsqa_csv(tmp_path / "c.csv", (ranges, validated)), format="newsqa")
    assert reason in reasons(loaded)[0]


def test_newsqa_json_gives_the_consensus(tmp_path: Path) -> None:
    """It is an answer, none, a bad question, or missing; the last two are rejected."""
    consensus: list[dict[str, object]] = [
        {"s": 21, "e": 26},
        {"noAnswer": True},
        {"badQuestion": True},
        {},
    ]
    questions = [{"q": "When?", "consensus": c} for c in consensus]
    story = {"storyId": "./s", "text": TEXT, "type": "dev", "questions": questions}
    loaded = load_cases(write(tmp_path / "c.json", {"data": [story]}), format="newsqa")
    first, second = loaded.cases
    assert first.expected.short == ("3 May",)
    assert not second.expected.answerable
    assert [rejected.id for rejected in loaded.rejected] == ["./s#3", "./s#4"]


@pytest.mark.parametrize(("name", "text"), [("c.csv", "a,b\n"), ("c.json", "{}")])
def test_file_that_is_not_newsqa_is_reported(tmp_path: Path, name: str, text: str) -> None:
    """CSV and JSON are checked."""
    (tmp_path / name).write_text(text)
    with pytest.raises(CaseError, match="NewsQA"):
        load_cases(tmp_path / name, format="newsqa")


@pytest.mark.parametrize("name", ["rows", "squad", "mrqa", "newsqa", "cases"])
def test_missing_file_is_reported(tmp_path: Path, name: str) -> None:
    """Every format gives the same error."""
    with pytest.raises(CaseError, match="There is no file"):
        load_cases(tmp_path / "nowhere.json", format=name)


def test_binary_or_corrupt_file_is_reported(tmp_path: Path) -> None:
    """Bad UTF-8 and bad gzip give one error."""
    for name in ("a.jsonl", "a.jsonl.gz"):
        (tmp_path / name).write_bytes(b"\xff\xfe\xfa")
        with pytest.raises(CaseError, match="cannot be read"):
            load_cases(tmp_path / name, format="rows")


def test_unknown_format_error_lists_all_formats(tmp_path: Path) -> None:
    """A misspelt name can be corrected from it."""
    with pytest.raises(CaseError, match="no format 'sqad'; there are cases, rows, squad"):
        load_cases(tmp_path, format="sqad")
