"""Drafts: what is taken from a model, and what is not."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from newsqa.answers.draft import MAX_CLAIM_CHARACTERS, Draft, DraftClaim, Evidence
from newsqa.prompting.structured_reply import portable_schema

REPLY = {
    "claims": [
        {"evidence": [{"sentence": 2, "quote": "on Friday"}], "text": "It closed on Friday."}
    ],
    "short": "Friday",
    "status": "answered",
}


def _with(**changes: object) -> dict[str, object]:
    return {**REPLY, **changes}


def _claim(**changes: object) -> dict[str, object]:
    return _with(claims=[{"evidence": [], "text": "It closed.", **changes}])


def test_a_reply_of_the_schema_is_a_draft() -> None:
    """Claims, their evidence, the short form and the status are all there."""
    evidence = (Evidence(sentence=2, quote="on Friday"),)
    claim = DraftClaim(text="It closed on Friday.", evidence=evidence)
    assert Draft.model_validate(REPLY) == Draft(claims=(claim,), short="Friday", status="answered")


def test_a_draft_goes_through_json_unchanged() -> None:
    """A draft is shown to the model again if it needs correction."""
    draft = Draft.model_validate(REPLY)
    assert json.loads(draft.model_dump_json()) == REPLY


@pytest.mark.parametrize("field", ["claims", "short", "status"])
def test_no_field_may_be_missing(field: str) -> None:
    """Nothing is made up for what a model leaves out."""
    with pytest.raises(ValidationError, match="Field required"):
        Draft.model_validate({key: value for key, value in REPLY.items() if key != field})


@pytest.mark.parametrize(
    "reply",
    [
        _with(confidence=0.9),
        _with(status="maybe"),
        _with(claims="It closed."),
        _claim(citations=[2]),
        _claim(evidence=[{"sentence": "two", "quote": ""}]),
        _claim(evidence=[{"sentence": 2}]),
        [],
    ],
)
def test_anything_but_the_schema_is_refused(reply: object) -> None:
    """Servers that only promise JSON send all of these."""
    with pytest.raises(ValidationError):
        Draft.model_validate(reply)


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "x" * (MAX_CLAIM_CHARACTERS + 1)])
def test_a_claim_says_something_that_can_be_read(text: str) -> None:
    """An empty claim would be a sentence of the answer with no place in its text."""
    with pytest.raises(ValidationError, match=r"the text (is empty|has 10,001 characters)"):
        Draft.model_validate(_claim(text=text))


@pytest.mark.parametrize(
    "reply",
    [
        _with(short="3 May \ud83d"),
        _claim(text="It closed \ud83d."),
        _claim(evidence=[{"sentence": 2, "quote": "\ud83d"}]),
    ],
    ids=["short", "text", "quote"],
)
def test_half_a_character_is_refused(reply: object) -> None:
    """JSON can spell a lone surrogate, and an answer that held one could not be stored."""
    with pytest.raises(ValidationError, match="surrogate"):
        Draft.model_validate(reply)


def test_a_draft_does_not_change() -> None:
    """What was grounded is what was drafted."""
    with pytest.raises(ValidationError, match="frozen"):
        Draft.model_validate(REPLY).short = "Saturday"  # type: ignore[misc]  # that is the test


def test_the_schema_is_made_once() -> None:
    """Providers compile each schema that they have not seen."""
    assert portable_schema(Draft) is portable_schema(Draft)


def test_evidence_comes_before_the_claim_it_proves() -> None:
    """A model writes in this order, and is to look first and claim then."""
    described = json.dumps(portable_schema(Draft))
    assert described.index('"evidence"') < described.index('"text"') < described.index('"short"')
