"""The public API as type checkers see it.

Nothing here is executed: mypy and pyright check that every call is accepted and has the type stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, assert_type

from newsqa import (
    Answer,
    Article,
    ArticleError,
    ArticleReference,
    BudgetError,
    CaseError,
    CheckPolicy,
    Citation,
    Claim,
    ClaimVerified,
    ClaimWithdrawn,
    ConfigurationError,
    Event,
    Failure,
    GroundingError,
    ModelContextError,
    ModelError,
    ModelOutputError,
    ModelRefusedError,
    ModelRequestError,
    ModelRequestForbiddenError,
    ModelTruncatedError,
    ModelUnavailableError,
    NewsQA,
    NewsQAError,
    NoModelWarning,
    Progress,
    PromptError,
    PromptReference,
    QuestionError,
    RecordingError,
    Rejection,
    SecondOpinion,
    Settings,
    Span,
    Usage,
    aask,
    aask_many,
    ask,
    ask_many,
    astream,
    stream,
)
from newsqa.answers.draft import AnswerStatus, Draft, DraftClaim, Evidence
from newsqa.answers.finding import Finding
from newsqa.article.fields import Sentence
from newsqa.article.passages import Passage, split_into_windows
from newsqa.article.sources import ArticleFields, ArticleSource
from newsqa.checks import Check, ClaimContext, Unjudged
from newsqa.checks.run import built_in_checks, resolve_checks
from newsqa.events import OnEvent
from newsqa.models import Completion, Message, Model, ModelWrapper, OutputSchema
from newsqa.models.cached import CachedModel
from newsqa.models.fallback import FallbackModel
from newsqa.models.openai import OpenAIModel
from newsqa.models.recorded import RecordingModel, ReplayModel
from newsqa.models.transport import Transport
from newsqa.output.w3c_annotations import (
    TextPositionSelector,
    TextQuoteSelector,
    find,
    selectors_of,
)
from newsqa.readers import Reader, Reading, Revision
from newsqa.readers.extractive import ExtractiveReader
from newsqa.readers.llm import LLMReader
from newsqa.readers.windowed import WindowedReader
from newsqa.testing import (
    FaultyModel,
    ScriptedModel,
    assert_grounded,
    no_model_requests,
)
from newsqa.text import Located
from newsqa.verifiers import FunctionVerifier, Statement, Verification, Verifier
from newsqa.verifiers.model import ModelVerifier


class MyModel:
    """A model is any class with these members."""

    name = "mine"
    fingerprint = "mine"
    max_input_tokens = 8_000

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return a completion."""
        assert_type(messages[0].content, str)
        assert_type(schema.schema, Mapping[str, object])
        return Completion("{}", self.name, Usage(calls=1))

    async def aclose(self) -> None:
        """Close nothing."""


class MyWrapper(ModelWrapper):
    """A wrapper adds ``complete`` to the base class."""

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return the completion of the wrapped model."""
        return await self.model.complete(messages, schema)


class MyReader:
    """A reader is any class with these two methods."""

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Return a draft that cites the first sentence."""
        first = passage.sentences[0]
        assert_type(first, Sentence)
        claim = DraftClaim(text=first.text, evidence=(Evidence(sentence=first.number, quote=""),))
        return Reading(Draft(claims=(claim,), short="", status="answered"), "mine")

    async def aclose(self) -> None:
        """Close nothing."""


class MyVerifier:
    """A verifier is any class with this method."""

    async def verify(self, statements: Sequence[Statement]) -> Verification:
        """Return an opinion on each statement."""
        return Verification(tuple(SecondOpinion(verdict="supported") for _ in statements))


class MyCheck(Check):
    """A check inherits what it does not define."""

    name = "mine"

    def applies_to(self, language: str) -> bool:
        """Return True."""
        return True

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding | Unjudged]:
        """Yield a finding and words that are not judged."""
        yield Finding.at(self.name, claim, 0, 1, "a reason")
        yield Unjudged(self.name, claim)


class MySource:
    """An article source is any class with these two methods."""

    def matches(self, data: bytes) -> bool:
        """Return True."""
        return True

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Return the fields of an article."""
        return {"text": data.decode(), "title": name}


def judge(statements: Sequence[Statement]) -> list[SecondOpinion]:
    """Return an opinion on each statement; a verifier may be a function."""
    return [SecondOpinion(verdict="no", reason=statement.claim) for statement in statements]


def seams() -> None:
    """Each class above satisfies its protocol."""
    model: Model = MyModel()
    wrapped: Model = MyWrapper(model)
    reader: Reader = MyReader()
    verifier: Verifier = MyVerifier()
    source: ArticleSource = MySource()
    articles: ArticleFields | Sequence[ArticleFields] = source.read(b"", name="a")
    assert articles
    NewsQA(model=wrapped)
    NewsQA(reader=reader, verifier=verifier)
    NewsQA(reader="newsqa-extractive", verifier=judge, checks=[MyCheck(), "figures"])
    assert_type(built_in_checks(), tuple[Check, ...])
    assert_type(resolve_checks(["figures", MyCheck()]), tuple[Check, ...])


async def asking(article: Article) -> None:
    """The public functions accept text and articles, names and models."""
    assert_type(ask("The bridge closed.", "What closed?"), Answer)
    assert_type(ask(article, "What closed?", model="gpt-6-luna", settings=Settings()), Answer)
    assert_type(ask(article, "What closed?", model=MyModel()), Answer)
    assert_type(await aask(article, "What closed?"), Answer)
    assert_type(ask_many(article, ["What closed?"]), list[Answer | Failure])
    assert_type(await aask_many(article, ["What closed?"]), list[Answer | Failure])
    with NewsQA(Settings(strict=True, checks=CheckPolicy.all("mark")), model="m") as qa:
        assert_type(qa, NewsQA)
        assert_type(qa.ask(article, "What closed?"), Answer)
        assert_type(qa.ask_many(article, ["Why?"]), list[Answer | Failure])
        assert_type(qa.ask_many(article, ["Why?"], on_error="raise"), list[Answer])
        assert_type(
            (qa.name, qa.model, qa.prompt), tuple[str, Model | None, PromptReference | None]
        )
        assert_type(qa.settings, Settings)
    async with NewsQA() as qa:
        assert_type(await qa.aask(article, "What closed?"), Answer)


async def streaming(article: Article, on_event: OnEvent) -> None:
    """A stream yields events and the answer, and each event has typed fields."""
    for event in stream(article, "What closed?", model="m", settings=Settings()):
        assert_type(event, Event | Answer)
    with NewsQA(on_event=on_event) as qa, qa.stream(article, "What closed?") as events:
        assert_type(next(events), Event | Answer)
        assert_type(qa.ask(article, "What closed?", on_event=on_event), Answer)
    async with astream("The bridge closed.", "What closed?") as found:
        async for event in found:
            if isinstance(event, ClaimVerified | ClaimWithdrawn):
                assert_type((event.number, event.claim), tuple[int, Claim])
            elif isinstance(event, Progress):
                assert_type((event.name, str(event)), tuple[str, str])


def values(answer: Answer, article: Article) -> None:
    """Every field of an answer has the type that the documentation states."""
    assert_type(answer.status, AnswerStatus)
    assert_type((answer.text, answer.short, answer.model), tuple[str, str, str])
    assert_type(answer.claims, tuple[Claim, ...])
    assert_type(answer.claims[0].findings, tuple[Finding, ...])
    assert_type(answer.claims[0].not_checked, tuple[str, ...])
    assert_type(answer.claims[0].opinion, SecondOpinion | None)
    assert_type(answer.citations, tuple[Citation, ...])
    assert_type(answer.rejected, tuple[Rejection, ...])
    assert_type(answer.question, str)
    assert_type(answer.articles, tuple[ArticleReference, ...])
    assert_type(answer.asked_at, datetime | None)
    assert_type(answer.usage + Usage(calls=1), Usage)
    assert_type(answer.to_markdown(), str)
    assert_type(answer.verify(article), None)
    citation = answer.citations[0]
    assert_type(citation.slice(article.text), str)
    assert_type(citation.utf16(article.text), tuple[int, int])
    assert_type(Citation.at(article, Span(start=0, end=1), "exact"), Citation)
    assert_type(selectors_of(citation, article), tuple[TextQuoteSelector, TextPositionSelector])
    assert_type(find(selectors_of(citation, article), article), Span)


def articles(path: Path) -> None:
    """An article comes from text, a file or bytes."""
    article = Article("The bridge closed.", title="Bridge", published_at="2025-03-14")
    assert_type(Article.from_file(path), Article)
    assert_type(Article.from_bytes(b"The bridge closed.", suffix=".txt"), Article)
    assert_type(article.sentences, tuple[Sentence, ...])
    assert_type(article.locate("bridge", near=[1], loosest="case"), Located)
    assert_type(
        split_into_windows(Passage.whole(article), 100, lambda sentence: len(sentence.text)),
        list[Passage],
    )


def parts(path: Path, **anything: Any) -> None:
    """Built-in parts fit each other and the seams."""
    openai = OpenAIModel("m", api_key="k", transport=Transport(timeout=5), parameters=anything)
    models: list[Model] = [
        openai,
        CachedModel(openai, path),
        FallbackModel(openai, MyModel(), on=ModelError),
        RecordingModel(openai, path),
        ReplayModel(path),
        ScriptedModel("{}", ModelUnavailableError("gone")),
        FaultyModel(openai, ["refusal", None]),
    ]
    readers: list[Reader] = [
        LLMReader(models[0]),
        WindowedReader(LLMReader(models[0]), loosest="exact"),
        ExtractiveReader(),
    ]
    verifiers: list[Verifier] = [ModelVerifier(models[0]), FunctionVerifier(judge)]
    assert_type((readers[0], verifiers[0]), tuple[Reader, Verifier])


def testing(answer: Answer, article: Article) -> None:
    """The testing kit accepts the values above."""
    with no_model_requests():
        assert_grounded(answer, article)


def errors(error: NewsQAError) -> None:
    """Every error can be caught by its name, and model errors carry what was spent."""
    kinds: list[type[NewsQAError]] = [
        ArticleError,
        BudgetError,
        CaseError,
        ConfigurationError,
        GroundingError,
        ModelContextError,
        ModelOutputError,
        ModelRefusedError,
        ModelRequestError,
        ModelRequestForbiddenError,
        ModelTruncatedError,
        PromptError,
        QuestionError,
        RecordingError,
    ]
    warnings: list[type[UserWarning]] = [NoModelWarning]
    assert_type((kinds[0], warnings[0]), tuple[type[NewsQAError], type[UserWarning]])
    if isinstance(error, ModelError):
        assert_type((error.usage, error.model, error.partial), tuple[Usage, str, str])
        assert_type((error.retryable, error.request_id), tuple[bool, str | None])
