"""Streams: claims as they are verified, and the answer last."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from random import Random

import pytest

from newsqa import Answer, Article, ClaimVerified, ClaimWithdrawn, Event, NewsQA, Progress, Settings
from newsqa.answers.draft import Draft
from newsqa.article.passages import Articles, Passage
from newsqa.checks.policy import CheckPolicy
from newsqa.errors import (
    ModelContextError,
    ModelError,
    ModelOutputError,
    ModelUnavailableError,
    NewsQAError,
    QuestionError,
)
from newsqa.events import ClaimRejected, WindowRead
from newsqa.grounding import ground_claim
from newsqa.models import Completion, Message, Model, OutputSchema, begin_text
from newsqa.models.cached import CachedModel
from newsqa.models.fallback import FallbackModel
from newsqa.models.recorded import RecordingModel, ReplayModel
from newsqa.pipeline.check import check_grounded
from newsqa.pipeline.stream import AnswerStream
from newsqa.testing import FaultyModel, ScriptedModel
from newsqa.usage import Usage
from tests.adversarial.drafts import any_draft
from tests.adversarial.test_any_draft import articles
from tests.doubles import claim, draft
from tests.scripted_server import ScriptedServer, pieces_of, streamed

ARTICLE = Article(
    "The old bridge closed on Friday, the mayor said. Repairs cost $4.5 million.\n"
    "Nobody was hurt. The ferry runs every 20 minutes."
)
QUESTION = "What happened?"
CLOSED = claim("It closed on Friday.", (1, "closed on Friday"))
COST = claim("Repairs cost $4.5 million.", (2, "cost $4.5 million"))
UNHURT = claim("Nobody was hurt.", (3, "Nobody was hurt"))
MISQUOTED = claim("Repairs cost $4.6 million.", (2, "cost $4.6 million"))
GOOD = draft(CLOSED, COST, UNHURT, short="Friday")


async def events_of(qa: NewsQA, article: Article = ARTICLE) -> list[Event | Answer]:
    """All that a stream yields."""
    return [event async for event in qa.astream(article, QUESTION)]


def stream(model: Model, article: Article = ARTICLE, **settings: object) -> list[Event | Answer]:
    """All that a stream with ``model`` yields."""
    return asyncio.run(events_of(NewsQA(Settings.model_validate(settings), model=model), article))


def said(events: Sequence[Event | Answer]) -> list[str]:
    """The claims that were reported, with a minus before those that were withdrawn."""
    signs = {ClaimVerified: "", ClaimWithdrawn: "-"}
    return [
        signs[type(event)] + event.claim.text
        for event in events
        if isinstance(event, ClaimVerified | ClaimWithdrawn)
    ]


def names(events: Sequence[Event | Answer]) -> list[str]:
    """The kinds of progress, in order."""
    return [event.name for event in events if isinstance(event, Progress)]


def test_the_claims_come_before_the_answer_and_the_answer_comes_last() -> None:
    """It is the one that ask returns, and its claims are those that were reported."""
    *events, answer = stream(ScriptedModel(GOOD))
    assert answer == NewsQA(Settings(), model=ScriptedModel(GOOD)).ask(ARTICLE, QUESTION)
    claims = [event.claim for event in events if isinstance(event, ClaimVerified)]
    assert isinstance(answer, Answer)
    assert tuple(claims) == answer.claims


def test_a_claim_is_reported_before_the_next_one_is_written() -> None:
    """The server has sent less than half of the output when the first one comes."""
    pieces = pieces_of(GOOD.model_dump_json())
    model = ScriptedServer(streamed(pieces)).model()

    async def run() -> list[int]:
        events = NewsQA(Settings(), model=model).astream(ARTICLE, QUESTION)
        return [pieces.sent async for event in events if isinstance(event, ClaimVerified)]

    sent = asyncio.run(run())
    assert sent[0] < len(pieces.pieces) / 2
    assert sent == sorted(set(sent))


def test_a_claim_that_is_asked_about_again_is_reported_in_its_corrected_form() -> None:
    """The rejected one never is, and its words are in no event."""
    events = stream(ScriptedModel(draft(CLOSED, MISQUOTED, UNHURT), draft(COST)))
    assert said(events) == [CLOSED.text, UNHURT.text, COST.text]
    assert names(events) == [
        "question_asked",
        "claim_rejected",
        "asked_again",
        "question_answered",
    ]
    assert [e for e in events if isinstance(e, ClaimRejected)] == [
        ClaimRejected(reason="quote_not_found")
    ]
    answer = events[-1]
    assert isinstance(answer, Answer)
    assert [c.text for c in answer.claims] == [CLOSED.text, COST.text, UNHURT.text]


def test_a_claim_with_a_finding_waits_for_the_second_reply() -> None:
    """Although its policy keeps it: the reader may take it back."""
    more = claim("Repairs cost $4.5 million in Oslo.", (2, "cost $4.5 million"))
    policy = CheckPolicy.model_validate({"names": "mark"})
    script = (draft(CLOSED, more), draft(more))
    events = stream(ScriptedModel(*script), checks=policy)
    assert said(events) == [CLOSED.text, more.text]
    asked = next(
        n for n, e in enumerate(events) if isinstance(e, Event) and e.name == "asked_again"
    )
    [first, second] = [n for n, e in enumerate(events) if isinstance(e, ClaimVerified)]
    assert first < asked < second


def test_the_same_claim_twice_is_reported_twice() -> None:
    """As often as the answer has it."""
    events = stream(ScriptedModel(draft(CLOSED, CLOSED)))
    assert said(events) == [CLOSED.text, CLOSED.text]


def test_the_claims_of_a_reply_that_is_not_usable_are_withdrawn() -> None:
    """Unless the next reply has them, too: these are reported once."""
    cut = GOOD.model_dump_json()[:-30]
    events = stream(ScriptedModel(cut, draft(COST)))
    assert said(events) == [
        CLOSED.text,
        COST.text,
        UNHURT.text,
        f"-{CLOSED.text}",
        f"-{UNHURT.text}",
    ]
    withdrawn = [event.number for event in events if isinstance(event, ClaimWithdrawn)]
    assert withdrawn == [1, 3]


def test_the_claims_of_a_model_that_broke_off_are_withdrawn_unless_the_next_one_has_them() -> None:
    """A fallback answers anew."""

    class BreaksOff(ScriptedModel):
        async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
            await super().complete(messages, schema)
            raise ModelUnavailableError("reset")

    model = FallbackModel(BreaksOff(draft(CLOSED, UNHURT)), ScriptedModel(draft(UNHURT, COST)))
    events = stream(model)
    assert said(events) == [CLOSED.text, UNHURT.text, COST.text, f"-{CLOSED.text}"]
    assert "fallback_chosen" in names(events)


def test_windows_report_that_they_were_read_and_not_their_claims() -> None:
    """Only the draft from all that they cite does."""
    cited, nothing = draft(CLOSED, UNHURT), draft(status="not_in_article")
    model = ScriptedModel(ModelContextError("too long"), cited, nothing, nothing, cited)
    article = Article("\n".join([ARTICLE.text, *(f"Filler {n} is here." for n in range(30))]))
    events = stream(model, article)
    assert said(events) == [CLOSED.text, UNHURT.text]
    assert [str(e) for e in events if isinstance(e, WindowRead)] == [
        f"window {number} of 3 read" for number in (1, 2, 3)
    ]
    assert names(events)[:2] == ["question_asked", "asked_again"]


def test_with_a_second_opinion_the_claims_come_after_it() -> None:
    """A claim that it refuses is never reported."""
    qa = NewsQA(
        Settings(),
        model=ScriptedModel(draft(CLOSED, COST)),
        verifier=lambda statements: ["no", "supported"],
    )
    events = asyncio.run(events_of(qa))
    assert said(events) == [COST.text]
    assert "verification_started" in names(events)


def test_a_reader_that_does_not_stream_reports_its_claims_at_the_end() -> None:
    """The embedded reader, for example."""
    events = asyncio.run(events_of(NewsQA(Settings(), model="newsqa-extractive")))
    answer = events[-1]
    assert isinstance(answer, Answer)
    assert said(events) == [c.text for c in answer.claims]


def test_models_around_models_stream(tmp_path_factory: pytest.TempPathFactory) -> None:
    """They pass on nothing themselves, and what is kept comes at once."""
    folder, cache = tmp_path_factory.mktemp("r"), tmp_path_factory.mktemp("c") / "cache"
    scripted = ScriptedModel(GOOD)
    [*_, answer] = stream(RecordingModel(CachedModel(scripted, cache), folder))
    for model in (CachedModel(scripted, cache), ReplayModel(folder)):
        events = stream(model)
        assert said(events) == [CLOSED.text, COST.text, UNHURT.text]
        assert isinstance(answer, Answer)
        assert isinstance(events[-1], Answer)
        assert events[-1].claims == answer.claims


def test_faults_are_raised_by_the_iteration() -> None:
    """After the claims that came before; they are not an answer."""
    events: list[Event | Answer] = []
    qa = NewsQA(Settings(), model=FaultyModel([GOOD], ["cut"]))
    with pytest.raises(ModelError):
        events.extend(qa.stream(ARTICLE, QUESTION))
    assert names(events)[-1] == "question_failed"
    assert said(events) == [CLOSED.text, COST.text, UNHURT.text]
    assert not any(isinstance(event, Answer) for event in events)


def test_a_question_that_is_not_usable_is_an_error_of_the_iteration() -> None:
    """As it is an error of ask."""
    with pytest.raises(QuestionError):
        list(NewsQA(Settings(), model=ScriptedModel()).stream(ARTICLE, " "))


class Waiting(ScriptedModel):
    """A model that writes its first claim, and then waits until it is cancelled."""

    is_cancelled = False

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Write the beginning of a draft."""
        on_text = begin_text()
        assert on_text is not None
        on_text(GOOD.model_dump_json()[:150])
        try:
            await asyncio.Event().wait()
        finally:
            self.is_cancelled = True
        raise AssertionError


async def until_claim(events: AsyncIterator[Event | Answer]) -> None:
    """Read up to the first claim."""
    async for event in events:
        if isinstance(event, ClaimVerified):
            return


async def in_block(events: AnswerStream) -> None:
    """Read to the end, in a block."""
    async with events:
        async for _ in events:
            pass


@pytest.mark.parametrize("way", ["aclose", "block", "cancelled", "dropped"])
def test_closing_a_stream_cancels_the_request(way: str) -> None:
    """Whichever way it is closed."""
    model = Waiting()

    async def run() -> None:
        events = NewsQA(Settings(), model=model).astream(ARTICLE, QUESTION)
        if way == "block":
            async with events:
                await until_claim(events)
        elif way == "cancelled":
            task = asyncio.create_task(in_block(events))
            await asyncio.wait([task], timeout=0.01)
            task.cancel()
            await asyncio.wait([task])
        else:
            await until_claim(events)
            if way == "aclose":
                await events.aclose()
                assert [event async for event in events] == []
            del events
            for _ in range(10):
                await asyncio.sleep(0)
        assert model.is_cancelled

    asyncio.run(run())


def test_closing_a_sync_stream_cancels_the_request() -> None:
    """When the block ends, it has been cancelled."""
    model = Waiting()
    with NewsQA(Settings(), model=model).stream(ARTICLE, QUESTION) as events:
        for event in events:
            if isinstance(event, ClaimVerified):
                break
    assert model.is_cancelled


def test_what_a_listener_raises_ends_the_question() -> None:
    """Nothing is swallowed."""

    def on_event(event: Event) -> None:
        raise RuntimeError(event.name)

    qa = NewsQA(Settings(), model=ScriptedModel(GOOD), on_event=on_event)
    with pytest.raises(RuntimeError):
        qa.ask(ARTICLE, QUESTION)


def test_ask_reports_the_same_events_without_a_stream() -> None:
    """To the listener of the object and to that of the question."""
    always: list[Event] = []
    once: list[Event] = []
    model = ScriptedModel(GOOD, GOOD)
    qa = NewsQA(Settings(), model=model, on_event=always.append)
    qa.ask(ARTICLE, QUESTION, on_event=once.append)
    qa.ask(ARTICLE, QUESTION)
    assert always[: len(once)] == once
    assert said(once) == [CLOSED.text, COST.text, UNHURT.text]
    assert len(always) == 2 * len(once)


class Torn(ScriptedModel):
    """A model that streams each completion in pieces that are cut at random places."""

    def __init__(self, draw: Random, *script: str) -> None:
        super().__init__(*script)
        self._draw = draw
        self._texts = list(script)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Write the next text."""
        assert self._texts, "the script is long enough"
        text = self._texts.pop(0)
        on_text = begin_text()
        position = 0
        while on_text and position < len(text):
            size = self._draw.choice((1, 2, 5, 40))
            on_text(text[position : position + size])
            position += size
        return Completion(text, "torn", Usage(calls=1))


PARTS = 8
DRAFTS = 1_000


@pytest.mark.parametrize("part", range(PARTS))
def test_no_event_of_a_random_draft_holds_an_unverified_word(part: int) -> None:
    """Whatever the model writes, wherever it is cut; and the last event is what ask returns."""
    for seed in range(part, DRAFTS, PARTS):
        draw = Random(seed)
        article = draw.choice(articles())
        drafts = [any_draft(article, draw) for _ in range(3)]
        texts = [d.model_dump_json(indent=draw.choice((None, 1))) for d in drafts]
        if draw.random() < 0.3:
            texts[0] = texts[0][: draw.randrange(len(texts[0]))]
        answers: list[object] = []
        for read in (_streamed, _asked):
            try:
                answers.append(read(Torn(Random(seed), *texts), article, drafts))
            except ModelOutputError as error:
                answers.append(str(error))
        assert answers[0] == answers[1]


def _asked(model: Model, article: Article, _: list[Draft]) -> Answer:
    return NewsQA(Settings(), model=model).ask(article, QUESTION)


def _streamed(model: Model, article: Article, drafts: list[Draft]) -> Event | Answer:
    *events, answer = stream(model, article)
    reported: dict[int, ClaimVerified] = {}
    for event in events:
        if isinstance(event, ClaimVerified):
            assert _is_verified(event, article, drafts)
            reported[event.number] = event
        elif isinstance(event, ClaimWithdrawn):
            assert reported.pop(event.number).claim == event.claim
        else:
            assert isinstance(event, Progress)
            _assert_holds_no_words(event)
    assert isinstance(answer, Answer)
    left = sorted(event.claim.text for event in reported.values())
    assert left == sorted(c.text for c in answer.claims)
    return answer


def _is_verified(event: ClaimVerified, article: Article, drafts: list[Draft]) -> bool:
    """Return whether grounding and the checks accept the claim, when they are asked anew."""
    passage = Passage.whole(article)
    drafted = [c for d in drafts for c in d.claims if " ".join(c.text.split()) == event.claim.text]
    checked = [
        check_grounded(ground_claim(c, passage), Articles.of(article), QUESTION, CheckPolicy())
        for c in drafted
    ]
    return any(c.is_grounded and c.citations == event.claim.citations for c in checked)


_NAMES = {"torn", "answer", "answered", "partial", "not_in_article", "claims", "output", "context"}
_REASONS = {"no_evidence", "sentence_not_shown", "quote_not_found", "quote_ambiguous"}
_CHECKS = {"check_failed", "withdrawn", "figures", "names", "dates", "negation", "hedges"}


def _assert_holds_no_words(event: Progress) -> None:
    values = json.loads(event.model_dump_json(exclude={"prompt_fingerprint"}))
    words = {value for value in values.values() if isinstance(value, str) and value}
    assert words <= _NAMES | _REASONS | _CHECKS | {"quotations", NewsQAError.__name__}
