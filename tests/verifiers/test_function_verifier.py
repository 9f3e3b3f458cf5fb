"""A function of the caller's as the verifier."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from newsqa import NewsQA, SecondOpinion, Settings
from newsqa.errors import ConfigurationError
from newsqa.verifiers import FunctionVerifier, Statement

STATEMENTS = [Statement("It closed.", ("The bridge closed.",)), Statement("It fell.", ())]


def verdicts(function: Any) -> list[str]:
    """What the function says of the two statements."""
    verification = asyncio.run(FunctionVerifier(function).verify(STATEMENTS))
    assert verification.usage.calls == 0
    return [opinion.verdict for opinion in verification.opinions]


def test_a_function_gives_verdicts() -> None:
    """In the order of the statements."""
    assert verdicts(lambda statements: ["supported", "no"]) == ["supported", "no"]


def test_a_coroutine_function_gives_verdicts() -> None:
    """For models that are asked over a network."""

    async def verify(statements: Sequence[Statement]) -> list[str]:
        return ["partly" for _ in statements]

    assert verdicts(verify) == ["partly", "partly"]


def test_a_function_may_give_reasons() -> None:
    """As whole opinions."""
    opinion = SecondOpinion(verdict="no", reason="nothing fell")
    verification = asyncio.run(
        FunctionVerifier(lambda _: ["supported", opinion]).verify(STATEMENTS)
    )
    assert verification.opinions[1] == opinion


@pytest.mark.parametrize("given", [["supported"], ["supported", "yes"], None, [True, False]])
def test_anything_but_a_verdict_for_each_is_an_error(given: object) -> None:
    """That says what was returned."""
    with pytest.raises(ConfigurationError, match="verify function"):
        verdicts(lambda _: given)


def test_a_function_can_be_set() -> None:
    """And takes part in every answer, with the embedded reader too."""
    settings = Settings(
        model="newsqa-extractive", verify=lambda statements: ["no"] * len(statements)
    )
    answer = NewsQA(settings).ask("The bridge closed on 3 May.", "When did the bridge close?")
    assert answer.status == "not_in_article"
    assert [row.reason for row in answer.rejected] == ["opinion_failed"]
