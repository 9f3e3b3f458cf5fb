"""Two hundred questions answered by a model of random weights.

Its nonsense fits the schema, because the server's grammar enforces that, and cites at random. Nearly all
of it must be rejected, and whatever is left must be in the article to the letter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from newsqa.answers.answer import Answer, Citation
from newsqa.answers.draft import Draft, DraftClaim, Evidence
from newsqa.article import Article
from newsqa.errors import ModelOutputError, ModelTruncatedError
from newsqa.models import Completion, Message, OutputSchema
from newsqa.pipeline.pipeline import Pipeline
from newsqa.readers.llm import LLMReader
from tests.wire.conftest import SLOTS, LlamaServer
from tests.wire.questions import QUESTIONS

EXAMPLES = Path(__file__).parents[2] / "examples"

ARTICLE_CHARACTERS = 1_000
"""The most that a prompt has of an article, in whole lines; the server's tokens are characters."""

MAX_INPUT_TOKENS = 4_000
"""By newsqa's count, so that it reads each article whole; the server counts at most 3,000 in a prompt."""

MAX_OUTPUT_TOKENS = 600
"""About four times what a draft of this model usually takes."""


@dataclass
class Nonsense:
    """The server's model with a different seed for every call, and its drafts."""

    server: LlamaServer
    seed: int
    max_input_tokens: int = MAX_INPUT_TOKENS
    name: str = "nonsense"
    drafts: list[Draft] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Its seed."""
        return str(self.seed)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Write new nonsense; the same seed would repeat it, whatever the prompt."""
        self.seed += 1
        model = self.server.model(seed=self.seed, max_output_tokens=MAX_OUTPUT_TOKENS)
        try:
            completion = await model.complete(messages, schema)
        finally:
            await model.aclose()
        self._keep(completion.text)
        return completion

    def _keep(self, reply: str) -> None:
        try:
            self.drafts.append(Draft.model_validate_json(reply))
        except ValidationError:
            return  # the reader asks for it again

    async def aclose(self) -> None:
        """Nothing is held open between calls."""


@dataclass(frozen=True)
class Outcome:
    """The result of one question; no answer if the model failed in one of the two allowed ways."""

    article: Article
    drafts: list[Draft]
    answer: Answer | None


Answered = list[tuple[Article, list[Draft], Answer]]


@pytest.fixture(scope="module")
def outcomes(llama_server: LlamaServer) -> list[Outcome]:
    """Ask each question about its own article, and about another that does not answer it."""
    return asyncio.run(_ask_all(llama_server))


@pytest.fixture(scope="module")
def answered(outcomes: list[Outcome]) -> Answered:
    """Return the outcomes with an answer."""
    return [(o.article, o.drafts, o.answer) for o in outcomes if o.answer]


async def _ask_all(server: LlamaServer) -> list[Outcome]:
    slots = asyncio.Semaphore(SLOTS)

    async def ask(number: int, article: Article, question: str) -> Outcome:
        model = Nonsense(server, seed=100 * number)
        async with slots:
            try:
                answer = await Pipeline(LLMReader(model)).answer(article, question)
            except (ModelTruncatedError, ModelOutputError):
                return Outcome(article, model.drafts, None)
        return Outcome(article, model.drafts, answer)

    return await asyncio.gather(*(ask(n, *asked) for n, asked in enumerate(_asked())))


def _asked() -> list[tuple[Article, str]]:
    """Return questions article by article, because the server caches the beginning of a prompt."""
    files = list(QUESTIONS)
    return [
        (article, question)
        for other, file in pairwise([files[-1], *files])
        for article in [_beginning(file)]
        for question in (*QUESTIONS[file], *QUESTIONS[other])
    ]


def _beginning(file: str) -> Article:
    article = Article.from_file(EXAMPLES / file)
    lines = article.text[:ARTICLE_CHARACTERS].rpartition("\n")[0]
    return Article(lines, article.title, article.published_at)


def test_every_citation_is_in_the_article(answered: Answered) -> None:
    """Each claim of the text has a citation, which is the article between its offsets."""
    for article, _, answer in answered:
        answer.verify(article)
        assert " ".join(claim.text for claim in answer.claims) == answer.text
        for claim in answer.claims:
            assert claim.span.slice(answer.text) == claim.text
            assert claim.citations
            assert all(article.text[c.start : c.end] == c.text for c in claim.citations)


def test_every_citation_is_what_the_model_cited(answered: Answered) -> None:
    """It is the sentence that the model numbered or the words that it quoted, not some other words."""
    for article, drafts, answer in answered:
        drafted = [claim for draft in drafts for claim in draft.claims]
        for claim in answer.claims:
            origins = [draft for draft in drafted if " ".join(draft.text.split()) == claim.text]
            assert any(_rests_on(claim.citations, draft, article) for draft in origins)


def _rests_on(citations: Sequence[Citation], draft: DraftClaim, article: Article) -> bool:
    """Return whether ``draft`` cites all of ``citations`` and quotes nothing else."""
    cited = all(any(_is(c, e, article) for e in draft.evidence) for c in citations)
    texts = [_letters(citation.text) for citation in citations]
    return cited and all(any(_letters(e.quote) in text for text in texts) for e in draft.evidence)


def _is(citation: Citation, evidence: Evidence, article: Article) -> bool:
    if citation.match != "sentence":
        return _letters(citation.text) == _letters(evidence.quote)
    return (
        citation.sentences == (evidence.sentence,)
        and citation.text == article.sentences[evidence.sentence - 1].text
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def test_every_answer_round_trips_through_json(answered: Answered) -> None:
    """Nonsense is stored without loss."""
    for _, _, answer in answered:
        assert Answer.model_validate_json(answer.model_dump_json()) == answer


def test_nonsense_exercises_grounding(outcomes: list[Outcome]) -> None:
    """Enough was drafted, rejected, asked again and cited for the tests above to mean something.

    When this was written: 157, 184, 371, 348, and 30 citations, 5 of them quotes.
    """
    answers = [outcome.answer for outcome in outcomes if outcome.answer]
    rejected = [row.reason for answer in answers for row in answer.rejected]
    cited = [citation.match for answer in answers for citation in answer.citations]
    assert len(outcomes) == 200
    assert sum(any(draft.claims for draft in outcome.drafts) for outcome in outcomes) >= 120
    assert len(answers) >= 150
    assert sum(answer.usage.calls for answer in answers) >= 300
    assert len(rejected) >= 200
    assert {"no_evidence", "sentence_not_shown", "quote_not_found"} <= set(rejected)
    assert len(cited) >= 15
    assert set(cited) > {"sentence"}, "no quote was ever found"
