"""LLMReader: reads with a language model."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from pydantic import ValidationError

from newsqa.answers.answer import PromptReference
from newsqa.answers.draft import Draft, DraftClaim
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.article.sentences import Sentence
from newsqa.models import Message, Model, OnText, OutputSchema, listening_to_text
from newsqa.prompting.context import ContextAwareModel, count_tokens
from newsqa.prompting.fencing import fence, numbered, sanitize_for_prompt
from newsqa.prompting.json_output import ItemReader
from newsqa.prompting.prompts import Prompt, load_prompt
from newsqa.prompting.structured_reply import (
    REPAIR_TOKENS,
    follow_up,
    portable_schema,
    reply_as,
    tokens_left,
)
from newsqa.prompting.tolerant import conform
from newsqa.readers import OnClaim, Reading, Revision, begin_draft

REVISION_TOKENS = 900
"""Kept free in every prompt for the re-ask: the draft, and what is wrong with it."""


class LLMReader:
    """Reads with a language model, in one call.

    Put it into a ``WindowedReader`` for articles that may be longer than the model's context.

    Args:
        model: The language model.
        prompt: The prompt to read with; by default ``prompts/answer.md``.
    """

    def __init__(self, model: Model, *, prompt: Prompt | None = None) -> None:
        self.model = model
        self._aware_model = ContextAwareModel(model)
        self._answer = prompt or load_prompt("answer")
        self._revise = load_prompt("revise")
        self._schema = OutputSchema("draft", portable_schema(Draft))

    @cached_property
    def prompt(self) -> PromptReference:
        """The name and fingerprint of the prompt that it reads with."""
        return PromptReference(name=self._answer.name, fingerprint=self._answer.fingerprint)

    def token_budget(self, article: Article, question: str) -> int:
        """Return the tokens left for sentences, after everything else that is sent."""
        empty = self._messages(Passage(article, ()), question)
        return tokens_left(self._aware_model, empty) - REVISION_TOKENS - REPAIR_TOKENS

    def token_count(self, sentence: Sentence) -> int:
        """Return the tokens of a sentence's line, with the blank lines and "[...]" that may follow."""
        return count_tokens(numbered(sentence)) + 4

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Draft an answer. A reply that is not a ``Draft`` is sent back to the model once."""
        messages = self._messages(passage, question)
        if revision:
            draft = revision.draft.model_dump_json()
            budget = tokens_left(self._aware_model, messages) - REPAIR_TOKENS
            messages = [*messages, *follow_up(draft, self._revise, revision.problems, budget)]
        with listening_to_text(self._claim_reader(passage)):
            reply = await reply_as(Draft, self._aware_model, messages, self._schema)
        return Reading(
            reply.value, reply.completion.model, reply.completion.usage, prompt=self.prompt
        )

    def _claim_reader(self, passage: Passage) -> Callable[[], OnText] | None:
        """Return what begins to read the claims of a completion while it is written."""
        begin = begin_draft()
        return (lambda: _claims_of_text(begin(passage))) if begin else None

    def _messages(self, passage: Passage, question: str) -> list[Message]:
        """Return the rules, and the passage with the question last: all but that line can be cached."""
        rules = self._answer.render("system")
        shared, asked = self._answer.render_parts(
            "user",
            "question",
            passage=fence(passage),
            selection=_selection(passage),
            question=sanitize_for_prompt(question),
        )
        return [
            Message("system", rules, len(rules)),
            Message("user", shared + asked, len(shared)),
        ]

    async def aclose(self) -> None:
        """Close the connections that the model holds open for the running event loop."""
        await self.model.aclose()


def _claims_of_text(on_claim: OnClaim) -> OnText:
    """Return what reads the text of a completion as it comes, and passes on each claim in it."""
    schema = portable_schema(DraftClaim)

    def read_claim(item: dict[str, object]) -> None:
        try:
            claim = DraftClaim.model_validate(conform(item, schema))
        except ValidationError:
            return  # the reply as a whole is judged when it is complete
        on_claim(claim)

    return ItemReader("claims", read_claim).feed


def _selection(passage: Passage) -> str:
    shown, total = len(passage.sentences), len(passage.article.sentences)
    if shown == total:
        return "The article is complete."
    return (
        f"Only {shown} of the article's {total} sentences are shown: if these answer a part of the "
        "question, give that part."
    )
