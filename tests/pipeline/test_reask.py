"""Revising: what is asked again, and what the second reply changes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from newsqa.answers.draft import DraftClaim
from newsqa.article import Article
from newsqa.article.passages import Articles, Passage
from newsqa.checks.policy import CheckPolicy
from newsqa.grounding import GroundedClaim, ground
from newsqa.pipeline.check import check_grounded
from newsqa.pipeline.reask import apply_corrections, describe_problems
from tests.doubles import claim, draft

ARTICLE = Article(
    "The old bridge closed on Friday, Mayor Ada Okafor said. Repairs cost $4.5 million.\n"
    "Nobody was hurt. The ferry runs every 20 minutes.",
    language="en",
)
STANDS = claim("It closed on Friday.", (1, "closed on Friday"))
MISQUOTED = claim("Repairs cost $4.6 million.", (2, "cost $4.6 million"))
TOO_MUCH = claim("Repairs cost $4.6 million.", (2, "Repairs cost"))
IN_DOUBT = claim("Mayor Brandt closed the bridge.", (1, ""))
RIGHT = claim("Repairs cost $4.5 million.", (2, "cost $4.5 million"))


def judged(*claims: DraftClaim) -> list[GroundedClaim]:
    """Claims after grounding and the default checks."""
    grounded = ground(draft(*claims), Passage.whole(ARTICLE))
    return [
        check_grounded(item, Articles.of(ARTICLE), "What happened?", CheckPolicy())
        for item in grounded
    ]


def said(claims: tuple[GroundedClaim, ...]) -> list[str]:
    """The texts of claims."""
    return [item.draft.text for item in claims]


def test_a_rejected_claim_is_named_with_its_reason() -> None:
    """A grounded claim is not mentioned."""
    assert describe_problems(judged(STANDS, MISQUOTED)) == (
        "- “Repairs cost $4.6 million.” was refused: the article nowhere says “cost $4.6 million”; "
        "nearest is: “Repairs cost $4.5 million.”"
    )


def test_a_strict_finding_is_named_once() -> None:
    """It is the reason of the rejection, and is not repeated as a finding."""
    assert describe_problems(judged(TOO_MUCH)) == (
        "- “Repairs cost $4.6 million.” was refused: “$4.6 million”: "
        "the cited sentences do not have this number"
    )


def test_a_marked_finding_is_named_as_in_doubt() -> None:
    """A model may be right against a list of words."""
    [line] = describe_problems(judged(IN_DOUBT)).splitlines()
    assert line.startswith("- “Mayor Brandt closed the bridge.” is in doubt: “Brandt”: ")


def test_a_correction_takes_the_place_of_a_marked_claim() -> None:
    """In its place."""
    revised = apply_corrections(judged(IN_DOUBT, STANDS), judged(RIGHT))
    assert said(revised.claims) == ["Repairs cost $4.5 million.", "It closed on Friday."]


def test_a_claim_that_its_reader_insists_on_keeps_its_mark() -> None:
    """Nothing is settled by repeating it."""
    revised = apply_corrections(judged(IN_DOUBT), judged(IN_DOUBT))
    assert [finding.words for finding in revised.claims[0].findings] == ["Brandt"]
    assert revised.rejections == ()


def test_a_marked_claim_that_does_not_come_back_is_withdrawn() -> None:
    """With a row that says why it was asked about."""
    revised = apply_corrections(judged(STANDS, IN_DOUBT), [])
    assert said(revised.claims) == ["It closed on Friday."]
    [row] = revised.rejections
    assert (row.claim, row.reason) == (IN_DOUBT.text, "withdrawn")
    assert str(row).startswith(
        "“Mayor Brandt closed the bridge.” was refused: its reader took it back, asked about “Brandt”"
    )


def test_a_rejected_claim_that_does_not_come_back_is_listed_once() -> None:
    """It was refused already."""
    revised = apply_corrections(judged(STANDS, MISQUOTED), [])
    assert said(revised.claims) == ["It closed on Friday."]
    assert [row.reason for row in revised.rejections] == ["quote_not_found"]


drafted = st.lists(st.sampled_from([STANDS, MISQUOTED, TOO_MUCH, IN_DOUBT, RIGHT]), max_size=5)


@given(drafted, drafted)
def test_no_claim_is_lost_without_a_row(first: list[DraftClaim], second: list[DraftClaim]) -> None:
    """Whatever comes back, each claim is kept, rejected, or replaced and listed."""
    before, after = judged(*first), judged(*second)
    revised = apply_corrections(before, after)
    told = {row.claim for row in revised.rejections} | set(said(revised.claims))
    missing = [c for c in before if c.draft.text not in told]
    replaced = min(len(after), sum(item.needs_reask for item in before))
    assert all(item.is_grounded and item.needs_reask for item in missing)
    assert len(missing) <= replaced
    assert [c for c in revised.claims if c in before and not c.needs_reask] == [
        c for c in before if not c.needs_reask
    ] or any(c in after for c in revised.claims)


def test_claims_are_distinguished_by_their_text() -> None:
    """One repeated with other evidence is the same claim."""
    again = replace(judged(STANDS)[0], citations=judged(RIGHT)[0].citations)
    assert said(apply_corrections(judged(STANDS, MISQUOTED), [again, *judged(RIGHT)]).claims) == [
        "It closed on Friday.",
        "Repairs cost $4.5 million.",
    ]
