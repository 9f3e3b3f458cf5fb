"""Drafts as small models write them, and what no tolerance may change."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.answers.draft import Draft
from newsqa.prompting.json_output import parse_json
from newsqa.prompting.structured_reply import portable_schema
from newsqa.prompting.tolerant import conform

SCHEMA = portable_schema(Draft)
QUOTE = 'The  ferry\u00a0"Ada" — [3] leaves\nat 9.40, not "10"'
CLAIM = "The ferry leaves at 9.40."
DRAFT: dict[str, Any] = {
    "claims": [{"evidence": [{"sentence": 7, "quote": QUOTE}], "text": CLAIM}],
    "short": "9.40",
    "status": "answered",
}
WRITTEN = json.dumps(DRAFT)


def read(text: str) -> Draft:
    """The draft that a model wrote as ``text``."""
    return Draft.model_validate(conform(parse_json(text), SCHEMA))


def changed(**fields: Any) -> str:
    """The draft with other values in some of its fields."""
    return json.dumps({**DRAFT, **fields})


def with_evidence(evidence: Any) -> str:
    """The draft with other evidence."""
    return changed(claims=[{"text": CLAIM, "evidence": evidence}])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WRITTEN, id="as it should be"),
        pytest.param(json.dumps(WRITTEN), id="a JSON string"),
        pytest.param(f"```json\n{json.dumps(WRITTEN)}\n```", id="a JSON string in a fence"),
        pytest.param(json.dumps({"answer": DRAFT}), id="wrapped"),
        pytest.param(json.dumps({"result": {"output": DRAFT}}), id="wrapped twice"),
        pytest.param(json.dumps({"response": WRITTEN}), id="wrapped as a string"),
        pytest.param(json.dumps({"name": "draft", "arguments": DRAFT}), id="a call"),
        pytest.param(json.dumps({"name": "draft", "arguments": WRITTEN}), id="a call with a string"),
        pytest.param(
            json.dumps([{"type": "function", "function": {"name": "f", "parameters": DRAFT}}]),
            id="a list of calls",
        ),
        pytest.param(changed(claims=DRAFT["claims"][0]), id="one claim in place of a list"),
        pytest.param(changed(claims=json.dumps(DRAFT["claims"])), id="a list as a string"),
        pytest.param(changed(claims=[json.dumps(DRAFT["claims"][0])]), id="items as strings"),
        pytest.param(changed(claims={"1": DRAFT["claims"][0]}), id="a list as a map"),
        pytest.param(with_evidence({"sentence": 7, "quote": QUOTE}), id="one piece of evidence"),
        pytest.param(with_evidence([{"sentence": "7", "quote": QUOTE}]), id="a number as text"),
        pytest.param(with_evidence([{"sentence": "[7]", "quote": QUOTE}]), id="in brackets"),
        pytest.param(with_evidence([{"sentence": "Sentence 7.", "quote": QUOTE}]), id="named"),
        pytest.param(with_evidence([{"sentence": [7], "quote": QUOTE}]), id="a list of one number"),
        pytest.param(with_evidence([{"sentence": 7.0, "quote": QUOTE}]), id="a float"),
        pytest.param(with_evidence([{"Sentence": 7, "QUOTE": QUOTE}]), id="keys in capitals"),
        pytest.param(
            changed(claims=[{"text": CLAIM, "sentence": "[7]", "quote": QUOTE}]),
            id="evidence inside the claim",
        ),
        pytest.param(changed(status="Answered"), id="a status in capitals"),
        pytest.param(changed(status=" answered. "), id="a status with a full stop"),
        pytest.param(changed(short=["9.40"]), id="a text in a list"),
        pytest.param(changed(confidence=0.9, language="en"), id="keys that were not asked for"),
    ],
)  # fmt: skip
def test_a_draft_is_read_in_other_clothes_with_every_word_as_written(text: str) -> None:
    """Quote, claim and short form are those of the model, to the character."""
    assert read(text) == Draft.model_validate(DRAFT)


@pytest.mark.parametrize(
    "evidence", [[7], ["[7]"], 7, {"sentence": 7}, [{"sentence": 7, "quote": None}]]
)
def test_evidence_without_a_quote_cites_the_whole_sentence(evidence: Any) -> None:
    """As an empty quote does."""
    (piece,) = read(with_evidence(evidence)).claims[0].evidence
    assert (piece.sentence, piece.quote) == (7, "")


def test_a_status_in_words_is_the_status() -> None:
    """Spaces and capitals are no difference."""
    assert (
        read(changed(claims=None, short=None, status="Not in article")).status == "not_in_article"
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(with_evidence([{"sentence": 7, "text": QUOTE}]), id="quote under another key"),
        pytest.param(with_evidence([{"sentence": "4 or 7", "quote": QUOTE}]), id="two numbers"),
        pytest.param(with_evidence([{"sentence": [4, 7], "quote": QUOTE}]), id="a list of numbers"),
        pytest.param(with_evidence([QUOTE]), id="a quote without a sentence"),
        pytest.param(changed(status="mostly answered"), id="no such status"),
        pytest.param(changed(short={"value": "9.40"}), id="an object for a text"),
        pytest.param(json.dumps({"short": "9.40", "status": "answered"}), id="no claims"),
        pytest.param(json.dumps({"a": DRAFT, "b": DRAFT}), id="two drafts"),
        pytest.param(json.dumps({"claims": DRAFT["claims"], "short": "9.40"}), id="no status"),
    ],
)  # fmt: skip
def test_what_could_mean_two_things_is_not_guessed(text: str) -> None:
    """It is sent back to the model, as any reply that does not fit."""
    with pytest.raises(ValueError, match="validation error"):
        read(text)


TEXTS = st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
DRAFTS = st.fixed_dictionaries(
    {
        "claims": st.lists(
            st.fixed_dictionaries(
                {
                    "evidence": st.lists(
                        st.fixed_dictionaries(
                            {"sentence": st.integers(1, 999), "quote": st.text()}
                        ),
                        max_size=2,
                    ),
                    "text": TEXTS,
                }
            ),
            max_size=2,
        ),
        "short": st.text(max_size=20),
        "status": st.sampled_from(["answered", "partial", "not_in_article"]),
    }
)


@given(DRAFTS)
def test_a_draft_that_fits_is_left_as_it_is(draft: dict[str, Any]) -> None:
    """Whatever its texts look like: JSON, a number in brackets, a status."""
    assert conform(draft, SCHEMA) == draft


@given(st.sampled_from(['["a"]', '{"quote": "x"}', "[4]", "Answered", '"4"', "null", "4"]))
def test_text_that_looks_like_json_stays_text(text: str) -> None:
    """A string is never decoded where a string is expected."""
    draft = {
        **DRAFT,
        "short": text,
        "claims": [{"text": text, "evidence": [{"sentence": 1, "quote": text}]}],
    }
    found = read(json.dumps({"draft": draft}))
    assert (found.short, found.claims[0].text, found.claims[0].evidence[0].quote) == (
        text,
        text,
        text,
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["claims", "Status", "short", "evidence", "x"]), inner)
    ),
    max_leaves=10,
)


@given(JSON)
def test_no_value_is_too_strange(value: object) -> None:
    """What does not fit comes back, for validation to reject."""
    conform(value, SCHEMA)
