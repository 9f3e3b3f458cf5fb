"""ModelVerifier: asks a language model for the second opinion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from newsqa.answers.finding import SecondOpinion, Verdict
from newsqa.errors import BudgetError
from newsqa.models import Message, Model, OutputSchema
from newsqa.prompting.context import ContextAwareModel
from newsqa.prompting.fencing import sanitize_for_prompt, written_out
from newsqa.prompting.prompts import load_prompt
from newsqa.prompting.structured_reply import (
    REPAIR_TOKENS,
    Reply,
    portable_schema,
    reply_as,
    tokens_left,
    unusable,
)
from newsqa.verifiers import Statement, Verification


class _Opinion(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: int = Field(description="The number of the claim.")
    missing: str = Field(description="What the sentences do not say; empty if they say it all.")
    verdict: Verdict


class _Opinions(BaseModel):
    """A verdict on each claim, in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opinions: tuple[_Opinion, ...]


class ModelVerifier:
    """Asks a language model about all claims of an answer at once, with ``prompts/verify.md``."""

    def __init__(self, model: Model) -> None:
        self._model = ContextAwareModel(model)
        self._prompt = load_prompt("verify")
        self._schema = OutputSchema("opinions", portable_schema(_Opinions))

    async def verify(self, statements: Sequence[Statement]) -> Verification:
        """Return the model's opinions.

        Raises:
            BudgetError: The statements do not fit the prompt.
            ModelOutputError: The model does not judge each statement once.
            ModelError: The model gives no completion.
        """
        messages = [
            Message("system", self._prompt.render("system")),
            Message("user", self._prompt.render("user", statements=_written(statements))),
        ]
        lacking = REPAIR_TOKENS - tokens_left(self._model, messages)
        if lacking > 0:
            raise BudgetError(
                f"The {len(statements)} claims and what they cite are {lacking} tokens too long for "
                "the second opinion; raise max_input_tokens or turn verify off."
            )
        reply = await reply_as(_Opinions, self._model, messages, self._schema)
        return Verification(_in_order(reply, len(statements)), reply.completion.usage)


def _written(statements: Sequence[Statement]) -> str:
    if any(statement.days for statement in statements):
        lines = ["Each sentence is given with the day that its article was published."]
    else:
        published = next((s.published for s in statements if s.published), None)
        lines = [f"Article published: {written_out(published) if published else 'unknown'}"]
    if question := next((s.question for s in statements if s.question), ""):
        lines.append(f"Question: {sanitize_for_prompt(question)}")
    for number, statement in enumerate(statements, 1):
        lines += ["", f"Claim {number}: {sanitize_for_prompt(statement.claim)}"]
        lines += [f"(before) {sanitize_for_prompt(sentence)}" for sentence in statement.before]
        lines += map(
            _line, statement.sentences, statement.days or [None] * len(statement.sentences)
        )
    return "\n".join(lines)


def _line(sentence: str, day: date | None) -> str:
    dated = f"({written_out(day)}) " if day else ""
    return f"- {dated}{sanitize_for_prompt(sentence)}"


def _in_order(reply: Reply[_Opinions], count: int) -> tuple[SecondOpinion, ...]:
    by_claim = {opinion.claim: opinion for opinion in reply.value.opinions}
    if sorted(by_claim) != list(range(1, count + 1)) or len(reply.value.opinions) != count:
        numbers = [opinion.claim for opinion in reply.value.opinions]
        reason = f"gave a second opinion on the claims {numbers}, and was asked about 1 to {count}."
        raise unusable(reply.completion, reason)
    return tuple(
        SecondOpinion(verdict=by_claim[n].verdict, reason=by_claim[n].missing)
        for n in range(1, count + 1)
    )
