"""Reading data sets: every offset is held against the text, and nothing is dropped in silence."""

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
    """``value`` as JSON in the file at ``path``."""
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def write_lines(path: Path, *values: object) -> Path:
    """Each of ``values`` as a line of JSON."""
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def reasons(loaded: LoadedCases) -> list[str]:
    """Why rows were rejected."""
    return [str(rejected) for rejected in loaded.rejected]


def row(**fields: Any) -> dict[str, Any]:
    """A row about the bridge."""
    return {
        "id": "r1",
        "article_text": TEXT,
        "question": "When did the bridge close?",
        "answers": [{"text": "3 May", "start": 21, "end": 26}],
        "answerable": True,
        **fields,
    }


def test_a_row_becomes_a_case(tmp_path: Path) -> None:
    """Title and date are the article's, the source is a tag and nothing else."""
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
    """Also where there is no short answer."""
    evidence = [{"text": "It opened again on 3 June.", "start": 28, "end": 54, "sentence": 1}]
    path = write_lines(tmp_path / "rows.jsonl", row(answers=[], evidence=evidence))
    (case,) = load_cases(path, format="rows").cases
    assert case.gold_sentences == {2}
    assert case.expected.short == ()
    assert case.expected.answerable


def test_a_row_without_an_answer_expects_abstention(tmp_path: Path) -> None:
    """Whatever answers would have been plausible."""
    path = write_lines(tmp_path / "rows.jsonl", row(answerable=False, answers=[]))
    (case,) = load_cases(path, format="rows").cases
    assert not case.expected.answerable


def test_all_spans_that_are_required_must_be_cited(tmp_path: Path) -> None:
    """And the short answer is all of them."""
    answers = [
        {"text": "3 May", "start": 21, "end": 26},
        {"text": "3 June", "start": 47, "end": 53},
    ]
    path = write_lines(tmp_path / "rows.jsonl", row(answers=answers, all_spans_required=True))
    (case,) = load_cases(path, format="rows").cases
    assert case.expected.short == ("3 May, 3 June",)
    assert len(case.expected.must_cite) == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"answers": [{"text": "3 May", "start": 20, "end": 25}]},
            "says ' 3 Ma' at 20:25, and not '3 May'",
        ),
        ({"answers": [{"text": "3 May", "start": -33, "end": -28}]}, "says '' at -33:-28"),
        ({"answers": []}, "has neither an answer nor evidence"),
        (
            {"evidence": [{"text": "It opened", "start": 27, "end": 36}]},
            "and not 'It opened'",
        ),
        ({"answers": None}, "answers: Input should be a valid"),
        ({"article_text": " ", "answerable": False}, "The article's text is empty"),
        ({"published_at": "soon"}, "'published_at' is not usable"),
        ({"question": ""}, "The question is empty"),
    ],
)
def test_a_row_that_does_not_hold_is_rejected_with_the_reason(
    tmp_path: Path, fields: dict[str, Any], told: str
) -> None:
    """And the others are read."""
    path = write_lines(tmp_path / "rows.jsonl", row(**fields), row(id="r2"))
    loaded = load_cases(path, format="rows")
    assert [case.id for case in loaded.cases] == ["r2"]
    (reason,) = reasons(loaded)
    assert reason.startswith("line 1, 'r1': ")
    assert told in reason


def test_a_second_row_with_the_same_id_is_rejected(tmp_path: Path) -> None:
    """Results are told apart by it."""
    path = write_lines(tmp_path / "rows.jsonl", row(), row())
    assert reasons(load_cases(path, format="rows")) == [
        "line 2, 'r1': the id is there a second time."
    ]


def test_questions_about_one_text_share_its_article(tmp_path: Path) -> None:
    """So that it is split once."""
    path = write_lines(tmp_path / "rows.jsonl", row(), row(id="r2"))
    first, second = load_cases(path, format="rows").cases
    assert first.article is second.article


def test_a_line_that_is_not_json_names_itself(tmp_path: Path) -> None:
    """The file is not what it should be."""
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row()) + "\n{\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"rows\.jsonl, line 2 is not JSON"):
        load_cases(path, format="rows")


def squad(*questions: dict[str, Any], text: str = TEXT) -> dict[str, Any]:
    """A file of SQuAD with these questions about one paragraph."""
    paragraph = {"context": text, "qas": list(questions)}
    return {"version": "x", "data": [{"title": "Bridges", "paragraphs": [paragraph]}]}


CLOSED = {
    "id": "q1",
    "question": "When did it close?",
    "answers": [{"text": "3 May", "answer_start": 21}, {"text": "3 May", "answer_start": 21}],
}


def test_squad_has_answers_and_questions_without_one(tmp_path: Path) -> None:
    """The same answer given twice is one."""
    impossible = {"id": "q2", "question": "Who paid?", "answers": [], "is_impossible": True}
    path = write(tmp_path / "dev-v2.0.json", squad(CLOSED, impossible))
    first, second = load_cases(path, format="squad").cases
    assert (first.expected.short, len(first.expected.spans)) == (("3 May",), 1)
    assert not second.expected.answerable
    assert (first.article.title, first.tags) == ("Bridges", ("dev-v2.0",))


def test_squad_s_offsets_are_verified(tmp_path: Path) -> None:
    """A file that counts otherwise is noticed."""
    shifted = {**CLOSED, "answers": [{"text": "3 May", "answer_start": 22}]}
    loaded = load_cases(write(tmp_path / "s.json", squad(shifted)), format="squad")
    assert loaded.cases == ()
    assert "Bridges, paragraph 1, 'q1': the text says ' May.'" in reasons(loaded)[0]


def test_no_answer_must_be_marked_in_squad(tmp_path: Path) -> None:
    """A test set without answers is no set of unanswerable questions."""
    path = write(tmp_path / "s.json", squad({**CLOSED, "answers": []}))
    assert "not marked is_impossible" in reasons(load_cases(path, format="squad"))[0]


@pytest.mark.parametrize(
    ("name", "given", "language"),
    [("xquad.de.json", None, "de"), ("other.json", "de", "de"), ("other.json", None, None)],
)
def test_xquad_s_language_is_in_the_file_s_name(
    tmp_path: Path, name: str, given: str | None, language: str | None
) -> None:
    """Or given."""
    question = {**CLOSED, "answers": [{"text": "3. Mai", "answer_start": 20}]}
    path = write(tmp_path / name, squad(question, text=GERMAN))
    (case,) = load_cases(path, format="xquad", language=given).cases
    assert case.language == language


def test_what_is_not_squad_is_said_to_be_none(tmp_path: Path) -> None:
    """With the first thing that is missing."""
    path = write(tmp_path / "s.json", {"rows": []})
    with pytest.raises(CaseError, match="not in the form of SQuAD: data: Field required"):
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


def test_mrqa_s_last_character_is_included(tmp_path: Path) -> None:
    """As its format has it; packed or not."""
    header = {"header": {"dataset": "Bridges", "split": "dev"}}
    path = tmp_path / "dev.jsonl.gz"
    path.write_bytes(gzip.compress(f"{json.dumps(header)}\n{json.dumps(MRQA)}\n".encode()))
    (case,) = load_cases(path, format="mrqa").cases
    assert [span.slice(TEXT) for span in case.gold_spans] == ["3 May"]
    assert case.tags == ("Bridges",)


def test_mrqa_s_offsets_are_verified(tmp_path: Path) -> None:
    """An end that is not included cuts another word."""
    wrong = json.loads(json.dumps(MRQA).replace("[21, 25]", "[21, 26]"))
    none = json.loads(json.dumps(MRQA).replace('"m1"', '"m2"'))
    none["qas"][0]["detected_answers"] = []
    loaded = load_cases(write_lines(tmp_path / "dev.jsonl", wrong, none), format="mrqa")
    assert "and not '3 May'" in reasons(loaded)[0]
    assert "no answer was detected" in reasons(loaded)[1]


def test_what_is_not_mrqa_is_said_to_be_none(tmp_path: Path) -> None:
    """With the line."""
    with pytest.raises(CaseError, match=r"line 1, is not in the form of MRQA: context"):
        load_cases(write_lines(tmp_path / "dev.jsonl", {"id": 1}), format="mrqa")


def newsqa_csv(path: Path, *rows: tuple[str, str]) -> Path:
    """NewsQA's CSV with these ranges and validated answers."""
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
def test_newsqa_s_answer_is_what_most_chose(
    tmp_path: Path, ranges: str, validated: str, short: tuple[str, ...]
) -> None:
    """Validators before those who answered; white space at the ends is not part of it."""
    path = newsqa_csv(tmp_path / "combined.csv", (ranges, validated))
    (case,) = load_cases(path, format="newsqa").cases
    assert case.expected.short == short
    assert case.id == "./story#1"


def test_newsqa_s_question_without_an_answer(tmp_path: Path) -> None:
    """Where most found none; an equal count leaves it open."""
    path = newsqa_csv(tmp_path / "c.csv", ("None|None|21:26", ""), ("None|21:26", ""))
    none, open_ = load_cases(path, format="newsqa").cases
    assert not none.expected.answerable
    assert open_.expected.may_abstain
    assert open_.expected.short == ("3 May",)


@pytest.mark.parametrize(
    ("ranges", "validated", "told"),
    [
        ("21:26", '{"bad_question": 2, "21:26": 1}', "marked as bad"),
        ("21:999", "", "says nothing at 21:999"),
        ("27:28", "", "says nothing at 27:28"),
        ("x:y", "", "cannot be read"),
        ("", "", "nobody has answered it"),
        ("21:26", "{", "cannot be read"),
        ("21:26", "3", "cannot be read"),
    ],
)
def test_newsqa_s_rows_that_do_not_hold(
    tmp_path: Path, ranges: str, validated: str, told: str
) -> None:
    """Are rejected with the reason."""
    loaded = load_cases(newsqa_csv(tmp_path / "c.csv", (ranges, validated)), format="newsqa")
    assert told in reasons(loaded)[0]


def test_newsqa_s_json_has_the_consensus(tmp_path: Path) -> None:
    """An answer, none, a bad question, or no agreement."""
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
def test_what_is_not_newsqa_is_said_to_be_none(tmp_path: Path, name: str, text: str) -> None:
    """With what is missing."""
    (tmp_path / name).write_text(text)
    with pytest.raises(CaseError, match="NewsQA"):
        load_cases(tmp_path / name, format="newsqa")


@pytest.mark.parametrize("name", ["rows", "squad", "mrqa", "newsqa", "cases"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    """Is said to be missing."""
    with pytest.raises(CaseError, match="There is no file"):
        load_cases(tmp_path / "nowhere.json", format=name)


def test_a_file_that_is_no_text_cannot_be_read(tmp_path: Path) -> None:
    """Nor one that is packed badly."""
    for name in ("a.jsonl", "a.jsonl.gz"):
        (tmp_path / name).write_bytes(b"\xff\xfe\xfa")
        with pytest.raises(CaseError, match="cannot be read"):
            load_cases(tmp_path / name, format="rows")


def test_formats_are_named_where_one_is_misspelt(tmp_path: Path) -> None:
    """All of them."""
    with pytest.raises(CaseError, match="no format 'sqad'; there are cases, rows, squad"):
        load_cases(tmp_path, format="sqad")
