"""LLMReader: reads with a language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from newsqa.answers.answer import PromptReference
from newsqa.answers.draft import ArticlesDraft, ArticlesDrafts, Draft, DraftClaim, Drafts
from newsqa.article import Article
from newsqa.article.fields import Sentence
from newsqa.article.passages import Articles, Passage
from newsqa.models import Message, Model, OnText, OutputSchema, listening_to_text
from newsqa.prompting.context import ContextAwareModel, count_tokens
from newsqa.prompting.fencing import fence, header, numbered, sanitize_for_prompt
from newsqa.prompting.json_output import ItemReader
from newsqa.prompting.prompts import Prompt, load_prompt
from newsqa.prompting.structured_reply import (
    REPAIR_TOKENS,
    follow_up,
    portable_schema,
    reply_as,
    tokens_left,
    unusable,
)
from newsqa.prompting.tolerant import conform
from newsqa.readers import OnClaim, Reading, Revision, begin_draft

ANSWER_TOKENS = 300
"""Allowed for the draft of one answer, where one completion holds several."""

MIN_OUTPUT_TOKENS = 4_096
"""What every model's completion may hold, unless the settings say otherwise."""

MAX_QUESTIONS_SHARE = 0.125
"""The most of a prompt that the questions of one request may take; the rest is for the article."""

REVISION_TOKENS = 900
"""Kept free in every prompt for the re-ask: the draft, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to ask: the prompt, and what its reply is parsed as."""

    prompt: Prompt
    reference: PromptReference
    schema: OutputSchema
    kind: type[Draft] = Draft
    many: type[Drafts] = Drafts


def _forms(answer: Prompt, questions: Prompt) -> dict[tuple[bool, bool], _Form]:
    """Return the form for one article or several (the first key) and one question or several."""
    forms = {}
    for articles in (False, True):
        kind, many = (ArticlesDraft, ArticlesDrafts) if articles else (Draft, Drafts)
        one = answer.extended(load_prompt("articles")) if articles else answer
        for several in (False, True):
            prompt = one.extended(questions) if several else one
            schema = (
                OutputSchema("drafts", portable_schema(many))
                if several
                else OutputSchema("draft", portable_schema(kind))
            )
            reference = PromptReference(name=prompt.name, fingerprint=prompt.fingerprint)
            forms[articles, several] = _Form(prompt, reference, schema, kind, many)
    return forms


class LLMReader:
    """Reads with a language model, in one call, for one question or for several.

    Put it into a ``WindowedReader`` for articles that may be longer than the model's context.

    Args:
        model: The language model.
        prompt: The prompt to read with; by default ``prompts/answer.md``.
        max_output_tokens: The most tokens of a completion; they limit the questions of one request.
    """

    def __init__(
        self,
        model: Model,
        *,
        prompt: Prompt | None = None,
        max_output_tokens: int | None = None,
    ) -> None:
        self.model = model
        self._aware_model = ContextAwareModel(model)
        self._questions = load_prompt("questions")
        self._forms = _forms(prompt or load_prompt("answer"), self._questions)
        self._revise = load_prompt("revise")
        self._max_questions = max((max_output_tokens or MIN_OUTPUT_TOKENS) // ANSWER_TOKENS, 1)

    @property
    def prompt(self) -> PromptReference:
        """The name and fingerprint of the prompt that it reads with."""
        return self._forms[False, False].reference

    def token_budget(self, articles: Articles, *questions: str) -> int:
        """Return the tokens left for sentences, after everything else that is sent.

        The headers of several articles count with their sentences; see ``header_count``.
        """
        empty = self._messages(Passage(articles, ()), *questions)
        return tokens_left(self._aware_model, empty) - REVISION_TOKENS - REPAIR_TOKENS

    def token_count(self, sentence: Sentence) -> int:
        """Return the tokens of a sentence's line, with the blank lines and "[...]" that may follow."""
        return count_tokens(numbered(sentence)) + 4

    def header_count(self, article: Article) -> int:
        """Return the tokens of what stands before the sentences of one of several articles."""
        return count_tokens("\n".join(header(article))) + 12

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Draft an answer. A reply that is not a ``Draft`` is sent back to the model once."""
        form = self._forms[len(passage.articles) > 1, False]
        messages = self._messages(passage, question)
        if revision:
            draft = revision.draft.model_dump_json()
            budget = tokens_left(self._aware_model, messages) - REPAIR_TOKENS
            messages = [*messages, *follow_up(draft, self._revise, revision.problems, budget)]
        with listening_to_text(self._claim_reader(passage)):
            reply = await reply_as(form.kind, self._aware_model, messages, form.schema)
        return Reading(
            reply.value, reply.completion.model, reply.completion.usage, prompt=form.reference
        )

    def _claim_reader(self, passage: Passage) -> Callable[[], OnText] | None:
        """Return what begins to read the claims of a completion while it is written."""
        begin = begin_draft()
        return (lambda: _claims_of_text(begin(passage))) if begin else None

    def group(self, questions: Sequence[str]) -> list[list[str]]:
        """Divide ``questions`` into runs whose answers fit into one completion."""
        most_tokens = self.model.max_input_tokens * MAX_QUESTIONS_SHARE
        groups: list[list[str]] = []
        tokens = 0.0
        for question in questions:
            count = count_tokens(question)
            if not groups or len(groups[-1]) == self._max_questions or tokens + count > most_tokens:
                groups.append([])
                tokens = 0
            groups[-1].append(question)
            tokens += count
        return groups

    async def read_many(self, passage: Passage, questions: Sequence[str]) -> list[Reading | None]:
        """Draft an answer to each question; ``None`` where the reply has none."""
        form = self._forms[len(passage.articles) > 1, True]
        messages = self._messages(passage, *questions)
        reply = await reply_as(form.many, self._aware_model, messages, form.schema)
        drafts = {row.question: row.draft for row in reversed(reply.value.answers)}
        answered = [number for number in range(1, len(questions) + 1) if number in drafts]
        if not answered:
            raise unusable(reply.completion, f"answered none of {len(questions)} questions.")
        shares = dict(zip(answered, reply.completion.usage.split(len(answered)), strict=True))
        return [
            Reading(drafts[number], reply.completion.model, shares[number], form.reference)
            if number in shares
            else None
            for number in range(1, len(questions) + 1)
        ]

    def _messages(self, passage: Passage, *questions: str) -> list[Message]:
        """Return the rules, and the passage with the question last: all but that line can be cached."""
        prompt = self._forms[len(passage.articles) > 1, len(questions) > 1].prompt
        rules = prompt.render("system")
        shared, asked = prompt.render_parts(
            "user",
            "question",
            passage=fence(passage),
            selection=_selection(passage),
            question=self._asked(questions),
        )
        return [
            Message("system", rules, len(rules)),
            Message("user", shared + asked, len(shared)),
        ]

    def _asked(self, questions: Sequence[str]) -> str:
        """Return the question, or the numbered list of several."""
        sendable = [sanitize_for_prompt(question) for question in questions]
        if len(sendable) == 1:
            return sendable[0]
        rows = "\n".join(f"{number}. {question}" for number, question in enumerate(sendable, 1))
        return self._questions.render("user", questions=rows)

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
    shown, total = len(passage.sentences), len(passage.articles.sentences)
    is_one = len(passage.articles) == 1
    if shown == total:
        return "The article is complete." if is_one else "The articles are complete."
    whose = "article's" if is_one else "articles'"
    return (
        f"Only {shown} of the {whose} {total} sentences are shown: if these answer a part of the "
        "question, give that part."
    )
