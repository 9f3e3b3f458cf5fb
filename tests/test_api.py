"""The front door: what is asked, who answers, and what is shared and closed."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from pydantic import SecretStr

from newsqa import api, wiring
from newsqa.answers.answer import Answer
from newsqa.answers.finding import Verdict
from newsqa.api import NewsQA, aask, ask
from newsqa.article import Article
from newsqa.errors import (
    ArticleError,
    BudgetError,
    ConfigurationError,
    GroundingError,
    ModelUnavailableError,
    QuestionError,
    RecordingError,
)
from newsqa.models import Completion, Message, OutputSchema
from newsqa.models.cached import CachedModel
from newsqa.models.known_models import DEFAULT_MODEL, Price
from newsqa.models.openai import OpenAIModel
from newsqa.settings import Settings
from newsqa.testing import ModelRequest, ScriptedModel
from newsqa.usage import Usage
from newsqa.wiring import NoModelWarning
from tests.doubles import claim, draft

TEXT = "The old bridge closed on Friday. Repairs cost $4.5 million."
QUESTION = "When did the bridge close?"
REPLY = draft(claim("It closed on Friday.", (1, "closed on Friday")), short="Friday")
JSON = REPLY.model_dump_json()
EXTRACTIVE = "newsqa-extractive"


class Served(ScriptedModel):
    """Replaces OpenAIModel: it records its arguments, and always gives the same reply."""

    made: ClassVar[list[Served]]
    unavailable: ClassVar[set[str]]

    def __init__(self, name: str, **arguments: Any) -> None:
        super().__init__(name=name)
        self.arguments = arguments
        self.made.append(self)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """The reply, unless it is out of reach."""
        self.requests.append(ModelRequest(tuple(messages), schema))
        if self.name in self.unavailable:
            raise ModelUnavailableError("503", usage=Usage(calls=1))
        return Completion(JSON, self.name, Usage(calls=1))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> type[Served]:
    """The class that serves models in this test; it lists those made."""

    class ServedHere(Served):
        made: ClassVar[list[Served]] = []
        unavailable: ClassVar[set[str]] = set()

    monkeypatch.setattr("newsqa.models.openai.OpenAIModel", ServedHere)
    return ServedHere


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Forget what was shared, and that it was warned."""
    api.forget_shared()
    wiring._warn_that_no_model_is_set.cache_clear()
    yield
    api.forget_shared()


def test_without_a_model_the_embedded_reader_answers_and_says_so() -> None:
    """A first try needs no key."""
    with pytest.warns(NoModelWarning, match="Set OPENAI_API_KEY, or NEWSQA_MODEL"):
        answer = ask(TEXT, QUESTION)
    assert answer.model.startswith(f"{EXTRACTIVE}/")
    answer.verify(Article(TEXT))


async def _ask_in_async_code() -> None:
    await aask(TEXT, QUESTION)


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda: NewsQA(), "(lambda: NewsQA(), "),
        (lambda: ask(TEXT, QUESTION), "(lambda: ask(TEXT, QUESTION), "),
        (lambda: asyncio.run(_ask_in_async_code()), "await aask(TEXT, QUESTION)"),
    ],
    ids=["NewsQA", "ask", "aask"],
)
def test_the_warning_points_at_the_callers_line(call: Callable[[], object], line: str) -> None:
    """A line of newsqa's own would help nobody."""
    with pytest.warns(NoModelWarning) as caught:
        call()
    assert caught[0].filename == __file__
    written = Path(__file__).read_text(encoding="utf-8").splitlines()[caught[0].lineno - 1]
    assert written.strip().startswith(line)


def test_the_warning_comes_once() -> None:
    """Not with every question."""
    with pytest.warns(NoModelWarning):
        ask(TEXT, QUESTION)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        ask(TEXT, QUESTION)
        NewsQA().ask(TEXT, QUESTION)
    assert caught == []


@pytest.mark.parametrize("fallback", [None, "m"])
def test_the_embedded_reader_can_be_chosen_in_silence(fallback: str | None) -> None:
    """By its name, in the call or in the settings; warnings are errors in tests."""
    assert ask(TEXT, QUESTION, model=EXTRACTIVE).model.startswith(EXTRACTIVE)
    settings = Settings(model=EXTRACTIVE, fallback_model=fallback)
    assert ask(TEXT, QUESTION, settings=settings).model.startswith(EXTRACTIVE)


def test_the_embedded_reader_is_chosen_although_there_is_a_key(served: type[Served]) -> None:
    """The name decides."""
    settings = Settings(api_key=SecretStr("sk-test"))
    assert ask(TEXT, QUESTION, model=EXTRACTIVE, settings=settings).model.startswith(EXTRACTIVE)
    assert served.made == []


def test_a_key_alone_is_enough(served: type[Served], monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenAI's default model answers."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    assert ask(TEXT, QUESTION).model == DEFAULT_MODEL
    assert served.made[0].arguments["api_key"] == "sk-test"


def test_the_settings_reach_the_model(served: type[Served]) -> None:
    """Each under its own name."""
    settings = Settings(
        model="m",
        api_key=SecretStr("sk-test"),
        base_url="http://localhost:1/v1",
        max_input_tokens=9_000,
        max_output_tokens=900,
        timeout=1,
        deadline=2,
        max_attempts=3,
        max_concurrency=4,
        headers={"x-title": SecretStr("Desk")},
        parameters={"seed": 1},
        max_calls=5,
        requests_per_minute=6,
        tokens_per_minute=7,
        prices={"m": Price(input=1, output=2)},
    )
    NewsQA(settings)
    [model] = served.made
    transport, limits = model.arguments.pop("transport"), model.arguments.pop("limits")
    assert model.name == "m"
    assert model.arguments == {
        "api_key": "sk-test",
        "base_url": "http://localhost:1/v1",
        "max_input_tokens": 9_000,
        "max_output_tokens": 900,
        "headers": {"x-title": "Desk"},
        "parameters": {"seed": 1},
    }
    assert (transport.timeout, transport.deadline) == (1, 2)
    assert (transport.max_attempts, transport.max_concurrency) == (3, 4)
    assert limits.budget is not None
    assert (limits.requests_per_minute, limits.tokens_per_minute) == (6, 7)
    assert limits.prices == settings.prices


def test_limits_that_are_not_set_are_those_known_of_the_model(served: type[Served]) -> None:
    """Models that reason need more output than others."""
    NewsQA(Settings(model="m", api_key=SecretStr("sk-test")))
    assert served.made[0].arguments["max_input_tokens"] is None
    assert served.made[0].arguments["max_output_tokens"] is None


def test_a_name_in_the_call_goes_before_the_settings(served: type[Served]) -> None:
    """It is the closest to the question."""
    settings = Settings(model="m", api_key=SecretStr("sk-test"))
    assert ask(TEXT, QUESTION, model="m-2", settings=settings).model == "m-2"


def test_a_custom_server_needs_a_model_name(served: type[Served]) -> None:
    """OpenAI's default is not there."""
    with pytest.raises(ConfigurationError, match="set NEWSQA_MODEL"):
        ask(TEXT, QUESTION, settings=Settings(base_url="http://localhost:11434/v1"))
    assert served.made == []


@pytest.mark.parametrize("url", ["https://api.openai.com/v1", "https://eu.api.openai.com/v1"])
def test_openai_s_servers_need_none(served: type[Served], url: str) -> None:
    """In any of its regions."""
    assert ask(TEXT, QUESTION, settings=Settings(base_url=url)).model == DEFAULT_MODEL


def test_a_custom_server_needs_no_key() -> None:
    """Most local ones have none; nothing is sent before the first question."""
    NewsQA(Settings(base_url="http://localhost:11434/v1", model="m"))


def test_a_model_without_a_key_is_an_error_that_names_the_variable() -> None:
    """Before the first question."""
    with pytest.raises(ConfigurationError, match="set OPENAI_API_KEY"):
        NewsQA(Settings(model="gpt-6-luna"))


def test_a_custom_model_answers() -> None:
    """Anything with the protocol."""
    model = ScriptedModel(JSON, name="mine")
    answer = ask(TEXT, QUESTION, model=model)
    assert (answer.model, answer.short, answer.status) == ("mine", "Friday", "answered")
    assert len(model.requests) == 1


def test_a_custom_model_need_not_be_hashable() -> None:
    """A dataclass with equality is not."""

    class Unhashable(ScriptedModel):
        __hash__ = None  # type: ignore[assignment]  # that is the test

    assert ask(TEXT, QUESTION, model=Unhashable(JSON)).short == "Friday"


def test_custom_models_share_the_budget_of_the_same_settings() -> None:
    """Each call of ``ask`` counts, though each has a model of its own."""
    assert ask(TEXT, QUESTION, model=ScriptedModel(JSON), settings=Settings(max_calls=1)).claims
    with pytest.raises(BudgetError, match="All 1 calls of max_calls are used"):
        ask(TEXT, QUESTION, model=ScriptedModel(JSON), settings=Settings(max_calls=1))
    assert ask(TEXT, QUESTION, model=ScriptedModel(JSON), settings=Settings(max_calls=2)).claims


def test_a_budget_outlives_the_models_that_it_limits(served: type[Served]) -> None:
    """Only those that were used last are kept, and what was spent is not forgotten with the others."""
    settings = Settings(api_key=SecretStr("sk-test"), max_calls=9)
    for name in ("m", "m-2", "m"):
        ask(TEXT, QUESTION, model=name, settings=settings)
        api._cached_newsqa.cache_clear()
    first, *others = [model.arguments["limits"].budget for model in served.made]
    assert len(others) == 2
    assert all(budget is first for budget in others)


def test_each_newsqa_has_a_budget_of_its_own() -> None:
    """Even if it was made with the same settings."""
    for _ in range(2):
        assert NewsQA(Settings(max_calls=1), model=ScriptedModel(JSON)).ask(TEXT, QUESTION).claims


def test_a_custom_model_is_not_kept() -> None:
    """Two of them are two, and neither is kept in memory by the library."""
    assert ask(TEXT, QUESTION, model=ScriptedModel(JSON, name="one")).model == "one"
    assert ask(TEXT, QUESTION, model=ScriptedModel(JSON, name="two")).model == "two"
    assert api._cached_newsqa.cache_info().currsize == 0


def test_a_second_model_answers_when_the_first_is_out_of_reach(served: type[Served]) -> None:
    """On the same server; both attempts are in the usage."""
    served.unavailable.add("m")
    settings = Settings(model="m", fallback_model="m-2", api_key=SecretStr("sk-test"))
    answer = ask(TEXT, QUESTION, settings=settings)
    assert (answer.model, answer.usage) == ("m-2", Usage(calls=2))
    assert served.made[0].arguments == served.made[1].arguments


def test_completions_are_kept_in_the_file_of_the_settings(tmp_path: Path) -> None:
    """Another process would find them: here, another NewsQA."""
    settings = Settings(cache=tmp_path / "cache.db")
    model = ScriptedModel(JSON)
    for calls in (1, 0):
        with NewsQA(settings, model=model) as qa:
            answer = qa.ask(TEXT, QUESTION)
        assert (answer.short, answer.usage.calls) == ("Friday", calls)
    assert len(model.requests) == 1


def test_what_a_stand_in_wrote_is_not_kept_for_the_first_model(
    served: type[Served], tmp_path: Path
) -> None:
    """Once the first is back, it answers."""
    settings = Settings(
        model="m",
        fallback_model="m-2",
        api_key=SecretStr("sk-test"),
        cache=tmp_path / "cache.db",
    )
    with NewsQA(settings) as qa:
        served.unavailable.add("m")
        assert qa.ask(TEXT, QUESTION).model == "m-2"
        served.unavailable.clear()
        assert qa.ask(TEXT, QUESTION).model == "m"


def test_an_unusable_cache_is_an_error_at_once(tmp_path: Path) -> None:
    """Not after the first answer was paid for."""
    with pytest.raises(ConfigurationError):
        NewsQA(Settings(cache=tmp_path), model=ScriptedModel())


def test_calls_with_the_same_settings_share_one_model(served: type[Served]) -> None:
    """And with it its connections."""
    settings = [Settings(model="m", api_key=SecretStr("sk-test"), timeout=9) for _ in range(2)]
    for each in settings:
        ask(TEXT, QUESTION, settings=each)
        asyncio.run(aask(TEXT, QUESTION, settings=each))
    assert len(served.made) == 1


def test_calls_with_other_settings_do_not(served: type[Served]) -> None:
    """Another timeout is another client."""
    for timeout in (8, 9):
        settings = Settings(model="m", api_key=SecretStr("sk-test"), timeout=timeout)
        ask(TEXT, QUESTION, settings=settings)
    assert len(served.made) == 2


def test_a_changed_environment_is_seen(
    served: type[Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the next call."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    for name in ("m", "m-2"):
        monkeypatch.setenv("NEWSQA_MODEL", name)
        assert ask(TEXT, QUESTION).model == name


def test_leaving_a_with_block_closes_the_model() -> None:
    """What ask has opened."""
    model = ScriptedModel(JSON)
    with NewsQA(model=model) as qa:
        qa.ask(TEXT, QUESTION)
        assert model.closings == 0
    assert model.closings == 1


def test_leaving_an_async_with_block_closes_the_model() -> None:
    """In the running loop."""
    model = ScriptedModel(JSON)

    async def run() -> Answer:
        async with NewsQA(model=model) as qa:
            return await qa.aask(TEXT, QUESTION)

    assert asyncio.run(run()).short == "Friday"
    assert model.closings == 1


def test_an_error_in_a_with_block_passes_through() -> None:
    """And the model is closed all the same."""
    model = ScriptedModel()
    with pytest.raises(QuestionError), NewsQA(model=model) as qa:
        qa.ask(TEXT, "")
    assert model.closings == 1


def test_ask_works_inside_a_running_loop() -> None:
    """As in a notebook."""

    async def cell() -> Answer:
        return ask(TEXT, QUESTION, model=ScriptedModel(JSON))

    assert asyncio.run(cell()).short == "Friday"


def test_many_questions_can_be_asked_at_once() -> None:
    """Of one NewsQA, in one loop."""
    model = ScriptedModel(*[JSON] * 20)

    async def run() -> list[Answer]:
        async with NewsQA(model=model) as qa:
            return await asyncio.gather(*(qa.aask(TEXT, QUESTION) for _ in range(20)))

    assert {answer.short for answer in asyncio.run(run())} == {"Friday"}


def test_a_model_that_calls_ask_gets_an_error() -> None:
    """It would wait for itself for ever."""

    class Calling(ScriptedModel):
        async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
            ask(TEXT, QUESTION, model=EXTRACTIVE)
            return await super().complete(messages, schema)

    with pytest.raises(ConfigurationError, match="await the async ones"):
        ask(TEXT, QUESTION, model=Calling(JSON))


def test_text_and_article_are_the_same_to_ask() -> None:
    """A title or a date can be given with an Article only."""
    answers = [ask(article, QUESTION, model=EXTRACTIVE) for article in (TEXT, Article(TEXT))]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("article", ["", " \n", None, b"bytes"])
def test_an_unusable_article_is_an_error(article: Any) -> None:
    """Before any call."""
    with pytest.raises(ArticleError):
        ask(article, QUESTION, model=ScriptedModel())


@pytest.mark.parametrize("question", ["", " ", None, TEXT * 1_000])
def test_an_unusable_question_is_an_error(question: Any) -> None:
    """Before any call."""
    with pytest.raises(QuestionError):
        ask(TEXT, question, model=ScriptedModel())


def test_strict_settings_raise_for_what_does_not_stand() -> None:
    """Instead of leaving it out."""
    bad = draft(claim("It fell.", (1, "it fell"))).model_dump_json()
    assert ask(TEXT, QUESTION, model=ScriptedModel(bad, bad)).status == "not_in_article"
    with pytest.raises(GroundingError):
        ask(TEXT, QUESTION, model=ScriptedModel(bad, bad), settings=Settings(strict=True))


def test_the_key_is_in_no_repr() -> None:
    """Of anything that can get into a log or a traceback."""
    settings = Settings(model="m", api_key=SecretStr("sk-secret"))
    qa = NewsQA(settings)
    model = OpenAIModel("m", api_key="sk-secret")
    reader = qa._parts.reader
    parts = [qa, settings, qa._parts, model, qa._pipeline, vars(reader), model.fingerprint]
    assert "sk-secret" not in " ".join(map(repr, parts))


def test_a_cached_model_is_what_the_reader_reads_with(tmp_path: Path) -> None:
    """The cache lies closest to the model, so that nothing above it has to know."""
    qa = NewsQA(Settings(cache=tmp_path / "cache.db"), model=ScriptedModel())
    assert isinstance(qa.model, CachedModel)
    qa.close()


def test_the_model_and_the_prompt_are_public() -> None:
    """The embedded reader has neither."""
    model = ScriptedModel()
    qa = NewsQA(Settings(), model=model)
    assert qa.model is model
    assert qa.name == "scripted"
    assert qa.prompt is not None
    assert qa.prompt.name == "answer"
    embedded = NewsQA(Settings(model="newsqa-extractive"))
    assert (embedded.name, embedded.model, embedded.prompt) == (EXTRACTIVE, None, None)


def test_a_custom_prompt_is_read_with(tmp_path: Path) -> None:
    """In place of the package's, and named after its file."""
    (tmp_path / "brief.md").write_text("# system\nBe brief.\n# user\n$passage$selection$question\n")
    model = ScriptedModel(JSON)
    qa = NewsQA(Settings(prompt=tmp_path / "brief.md"), model=model)
    answer = qa.ask(TEXT, QUESTION)
    assert model.requests[0][0][0].content == "Be brief."
    assert answer.prompt is not None
    assert answer.prompt.name == "brief"


def test_what_is_recorded_is_replayed_without_a_model(tmp_path: Path) -> None:
    """By the settings alone; neither a key nor a server is needed."""
    folder = tmp_path / "recordings"
    recorded = NewsQA(Settings(record=folder), model=ScriptedModel(JSON)).ask(TEXT, QUESTION)
    replaying = NewsQA(Settings(replay=folder))
    assert replaying.ask(TEXT, QUESTION) == recorded
    with pytest.raises(RecordingError):
        replaying.ask(TEXT, "Who paid for it?")


def test_a_replay_records_nothing(tmp_path: Path) -> None:
    """Whoever sets both means one of them."""
    with pytest.raises(ConfigurationError, match="record or replay"):
        NewsQA(Settings(record=tmp_path, replay=tmp_path))


def test_a_custom_model_goes_before_recordings(tmp_path: Path) -> None:
    """It was given in code."""
    answer = NewsQA(Settings(replay=tmp_path), model=ScriptedModel(JSON)).ask(TEXT, QUESTION)
    assert answer.model == "scripted"


def test_identity_tells_apart_what_shapes_answers() -> None:
    """Windows, checks and verifiers count; a function has the same name in every process."""
    plain = NewsQA(Settings(model="newsqa-extractive")).identity
    others = [
        NewsQA(Settings(model="newsqa-extractive", windows=3)).identity,
        NewsQA(Settings(model="newsqa-extractive"), checks=["dates"]).identity,
        NewsQA(Settings(model="newsqa-extractive"), verifier=_support_all).identity,
    ]
    assert all(other != plain for other in others)
    assert others[2]["second opinion"] == "tests.test_api._support_all"


def _support_all(statements: Sequence[object]) -> list[Verdict]:
    return ["supported" for _ in statements]
