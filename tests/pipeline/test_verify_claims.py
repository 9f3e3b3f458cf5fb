"""Verifying: what a second opinion makes of the claims that stand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from newsqa.answers.answer import Answer
from newsqa.answers.finding import SecondOpinion
from newsqa.article import Article
from newsqa.errors import GroundingError, ModelUnavailableError
from newsqa.pipeline.pipeline import Pipeline
from newsqa.usage import Usage
from newsqa.verifiers import Statement, Verification
from tests.doubles import ScriptedReader, claim, draft

ARTICLE = Article(
    "The old bridge closed on Friday. Repairs cost $4.5 million.\nNobody was hurt.",
    published_at="2025-03-14",
)
CLOSED = claim("The bridge closed on Friday.", (1, "closed on Friday"))
COST = claim("Repairs cost $4.5 million.", (2, "cost $4.5 million"))
UNPROVEN = claim("The ferry is new.")


class ScriptedVerifier:
    """Gives the opinions it was handed, and keeps what it was asked about."""

    def __init__(self, *opinions: SecondOpinion | Exception) -> None:
        self._opinions = opinions
        self.seen: list[Sequence[Statement]] = []

    async def verify(self, statements: Sequence[Statement]) -> Verification:
        """The opinions, at the price of one call."""
        self.seen.append(statements)
        for opinion in self._opinions:
            if isinstance(opinion, Exception):
                raise opinion
        opinions = tuple(o for o in self._opinions if isinstance(o, SecondOpinion))
        return Verification(opinions, Usage(calls=1))


SUPPORTED = SecondOpinion(verdict="supported")
PARTLY = SecondOpinion(verdict="partly", reason="not who paid.")
NO = SecondOpinion(verdict="no", reason="another sum")


def answer(reader: ScriptedReader, verifier: ScriptedVerifier, *, strict: bool = False) -> Answer:
    """The answer of a reader with a second opinion."""
    pipeline = Pipeline(reader, verifier=verifier, strict=strict)
    return asyncio.run(pipeline.answer(ARTICLE, "What happened?"))


def test_a_verifier_sees_claims_with_their_whole_sentences_alone() -> None:
    """And the day of publication, against which relative dates are read."""
    verifier = ScriptedVerifier(SUPPORTED)
    answer(ScriptedReader(draft(CLOSED)), verifier)
    [[statement]] = verifier.seen
    assert statement.claim == "The bridge closed on Friday."
    assert statement.sentences == ("The old bridge closed on Friday.",)
    assert str(statement.published) == "2025-03-14"


def test_one_call_is_made_for_all_claims() -> None:
    """Its cost is part of the answer's."""
    verifier = ScriptedVerifier(SUPPORTED, SUPPORTED)
    made = answer(ScriptedReader(draft(CLOSED, COST)), verifier)
    assert [len(statements) for statements in verifier.seen] == [2]
    assert made.usage == Usage(calls=2)


def test_a_supported_claim_carries_the_opinion() -> None:
    """So that a reader sees that there was one."""
    made = answer(ScriptedReader(draft(CLOSED)), ScriptedVerifier(SUPPORTED))
    assert made.claims[0].opinion == SUPPORTED
    assert made.status == "answered"


def test_a_claim_supported_in_part_is_marked() -> None:
    """It stays, with what is missing."""
    made = answer(ScriptedReader(draft(COST)), ScriptedVerifier(PARTLY))
    assert made.claims[0].opinion == PARTLY
    assert str(PARTLY) == "what it cites supports it in part: not who paid"


def test_a_claim_that_is_not_supported_is_refused() -> None:
    """With the opinion as the reason, and the answer is a partial one."""
    made = answer(ScriptedReader(draft(CLOSED, COST)), ScriptedVerifier(SUPPORTED, NO))
    assert made.text == "The bridge closed on Friday."
    assert made.status == "partial"
    [row] = made.rejected
    assert (row.claim, row.reason, row.opinion) == (COST.text, "opinion_failed", NO)
    assert str(row).endswith("was refused: what it cites does not support it: another sum")


def test_strict_raises_for_a_claim_that_is_not_supported() -> None:
    """It is treated like any rejected claim."""
    with pytest.raises(GroundingError, match="does not support it"):
        answer(ScriptedReader(draft(COST)), ScriptedVerifier(NO), strict=True)


def test_the_verifier_is_not_asked_about_rejected_claims() -> None:
    """There is nothing to support them with."""
    reader = ScriptedReader(draft(UNPROVEN, COST), draft(UNPROVEN))
    verifier = ScriptedVerifier(SUPPORTED)
    made = answer(reader, verifier)
    assert [statement.claim for statement in verifier.seen[0]] == [COST.text]
    assert [row.reason for row in made.rejected] == ["no_evidence"]


def test_the_verifier_is_not_called_without_a_grounded_claim() -> None:
    """And nothing is spent."""
    verifier = ScriptedVerifier()
    made = answer(ScriptedReader(draft(status="not_in_article")), verifier)
    assert verifier.seen == []
    assert made.usage == Usage(calls=1)


def test_a_failed_second_opinion_carries_what_was_spent_before() -> None:
    """It was asked for: an answer without it would pass for one with it."""
    failure = ModelUnavailableError("gone", usage=Usage(calls=3))
    with pytest.raises(ModelUnavailableError) as caught:
        answer(ScriptedReader(draft(COST)), ScriptedVerifier(failure))
    assert caught.value.usage == Usage(calls=4)
