"""LLMReader: a language model reads the passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from pydantic import ValidationError

from newsqa.answers import PromptReference
from newsqa.article import Article
from newsqa.drafts import Draft, draft_schema
from newsqa.errors import ModelOutputError, carrying
from newsqa.fencing import fence, neutralise, numbered
from newsqa.json_output import parse_json
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.passages import Passage
from newsqa.prompts import Prompt, load_prompt
from newsqa.readers import Reading, Revision
from newsqa.sentences import Sentence
from newsqa.tokens import count_tokens, first_tokens

REVISION_TOKENS, REPAIR_TOKENS = 900, 300
"""Kept free in every prompt for the two re-asks: the reply, and what was wrong with it."""

_OVERHEAD_TOKENS = 400
"""For what surrounds the text on its way: message frames, and the schema where it is sent apart."""


class LLMReader:
    """Reads with any ``Model``, through the prompt in ``prompts/answer.md``."""

    def __init__(self, model: Model, *, prompt: Prompt | None = None) -> None:
        self.model = model
        self._answer = prompt or load_prompt("answer")
        self._repair = load_prompt("repair")
        self._revise = load_prompt("revise")
        self._schema = OutputSchema("draft", draft_schema())

    @cached_property
    def prompt(self) -> PromptReference:
        """The prompt that reads, by name and fingerprint."""
        return PromptReference(name=self._answer.name, fingerprint=self._answer.fingerprint)

    def room(self, article: Article, question: str) -> int:
        """The tokens left for sentences, once all else that is sent is counted."""
        empty = self._messages(Passage(article, ()), question)
        return self._left(empty) - REVISION_TOKENS - REPAIR_TOKENS

    def weigh(self, sentence: Sentence) -> int:
        """The tokens of a sentence's line, with the blank lines and the "[...]" that may follow it."""
        return count_tokens(numbered(sentence)) + 4

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Draft an answer; a reply that is no Draft is sent back to the model once."""
        messages = self._messages(passage, question)
        if revision:
            draft = revision.draft.model_dump_json()
            room = self._left(messages) - REPAIR_TOKENS
            messages = [*messages, *_follow_up(draft, self._revise, revision.problems, room)]
        first = await self.model.complete(messages, self._schema)
        try:
            return _reading(first)
        except ValueError as problem:
            reason = _in_words(problem)
        room = self._left(messages)
        messages = [*messages, *_follow_up(first.text, self._repair, reason, room)]
        with carrying(first.usage):
            second = await self.model.complete(messages, self._schema)
        second = replace(second, usage=first.usage + second.usage)
        try:
            return _reading(second)
        except ValueError as problem:
            raise ModelOutputError(
                f"{second.model} did not reply with an answer in JSON, even when asked again: "
                f"{_in_words(problem)}",
                model=second.model,
                usage=second.usage,
                request_id=second.request_id,
                partial=second.text,
            ) from problem

    def _left(self, messages: Sequence[Message]) -> int:
        """The tokens that may be added to ``messages``."""
        sent = sum(count_tokens(message.content) for message in messages)
        return self.model.max_input_tokens - sent - _OVERHEAD_TOKENS

    def _messages(self, passage: Passage, question: str) -> list[Message]:
        user = self._answer.render(
            "user",
            passage=fence(passage),
            selection=_selection(passage),
            question=neutralise(question),
        )
        return [Message("system", self._answer.render("system")), Message("user", user)]

    async def aclose(self) -> None:
        """Close what the model holds open in the running event loop."""
        await self.model.aclose()


def _selection(passage: Passage) -> str:
    shown, total = len(passage.sentences), len(passage.article.sentences)
    if shown == total:
        return "The article is complete."
    return (
        f"Only {shown} of the article's {total} sentences are shown: if these answer a part of the "
        "question, give that part."
    )


def _follow_up(reply: str, prompt: Prompt, problems: str, room: int) -> list[Message]:
    """The model's ``reply`` and what is wrong with it, both cut to fit into ``room`` tokens.

    A runaway reply would fill the context of the very call that is to mend it.
    """
    half = (room - count_tokens(prompt.render("user", problems=""))) // 2
    user = prompt.render("user", problems=first_tokens(_sendable(problems), half))
    said = first_tokens(_sendable(reply), room - count_tokens(user))
    return [Message("assistant", said), Message("user", user)]


def _sendable(text: str) -> str:
    """``text`` with ``?`` for lone surrogates, which a model can write and no request can hold."""
    return text.encode("utf-8", "replace").decode()


def _reading(completion: Completion) -> Reading:
    draft = Draft.model_validate(parse_json(completion.text))
    return Reading(draft=draft, model=completion.model, usage=completion.usage)


def _in_words(problem: ValueError) -> str:
    """The first three things that are wrong with a reply, without pydantic's links."""
    if not isinstance(problem, ValidationError):
        return str(problem)
    found = problem.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(
        f"{'.'.join(str(part) for part in error['loc']) or 'the reply'}: {error['msg']}"
        for error in found[:3]
    )
