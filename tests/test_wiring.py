"""Wiring: settings and passed parts become a reader, a model and a verifier."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from newsqa.answers.finding import SecondOpinion
from newsqa.api import NewsQA
from newsqa.checks import Check, ClaimContext, Finding
from newsqa.errors import ConfigurationError
from newsqa.models.fallback import FallbackModel
from newsqa.settings import Settings
from newsqa.testing import ScriptedModel
from newsqa.verifiers import Statement, Verification
from newsqa.wiring import build_model, build_parts
from tests.doubles import ScriptedReader, claim, draft
from tests.installed import Install

TEXT = "The old bridge closed on Friday. Repairs cost $4.5 million."
QUESTION = "When did the bridge close?"
REPLY = draft(claim("It closed on Friday.", (1, "closed on Friday")), short="Friday")
SUPPORTED = '{"opinions": [{"claim": 1, "missing": "", "verdict": "supported"}]}'
EXTRACTIVE = "newsqa-extractive"


class Refusing:
    """A verifier that supports nothing."""

    async def verify(self, statements: Sequence[Statement]) -> Verification:
        """Return the same opinion on every claim."""
        return Verification(tuple(SecondOpinion(verdict="no") for _ in statements))


class NoFridays(Check):
    """Finds the word Friday, whatever is cited."""

    name = "fridays"
    default_action = "refuse"

    def applies_to(self, language: str) -> bool:
        """Return True."""
        return True

    def check(self, claim: str, context: ClaimContext) -> list[Finding]:
        """Return a finding for the word."""
        start = claim.find("Friday")
        return [Finding.at(self.name, claim, start, start + 6, "no")] if start >= 0 else []


def test_a_reader_that_is_passed_reads() -> None:
    """No model is needed, and no warning is given."""
    qa = NewsQA(reader=ScriptedReader(REPLY))
    answer = qa.ask(TEXT, QUESTION)
    assert (answer.short, answer.model) == ("Friday", "scripted")
    assert (qa.name, qa.model, qa.prompt) == ("ScriptedReader", None, None)


def test_a_reader_that_is_passed_is_closed() -> None:
    """It holds what a model would hold."""
    reader = ScriptedReader(REPLY)
    with NewsQA(reader=reader):
        pass
    assert reader.closings == 1


def test_the_embedded_reader_can_be_named_as_a_reader() -> None:
    """Its name means the same as a model's."""
    assert NewsQA(reader=EXTRACTIVE).ask(TEXT, QUESTION).model.startswith(f"{EXTRACTIVE}/")


def test_a_registered_reader_is_built_from_the_settings(install: Install) -> None:
    """The entry point is a function of the settings."""
    code = (
        "from tests.doubles import ScriptedReader\n"
        "def plugin(settings):\n"
        "    return ScriptedReader(budget=settings.max_input_tokens)\n"
    )
    install("reader_plugin", "newsqa.readers", "mine", code)
    parts = build_parts(Settings(max_input_tokens=99), reader="mine")
    assert isinstance(parts.reader, ScriptedReader)
    assert (parts.name, parts.reader._budget) == ("mine", 99)


def test_a_reader_that_nobody_registers_is_an_error() -> None:
    """Before the first question."""
    with pytest.raises(ConfigurationError, match=r"registered as 'mine' in newsqa\.readers"):
        NewsQA(reader="mine")


def test_a_registered_model_is_chosen_by_its_name(install: Install) -> None:
    """In the settings, so also in the environment; it is cached as any other model is."""
    code = (
        "from newsqa.testing import ScriptedModel\n"
        f"def plugin(settings):\n    return ScriptedModel({REPLY.model_dump_json()!r}, name='mine')\n"
    )
    install("model_plugin", "newsqa.models", "house-model", code)
    answer = NewsQA(Settings(model="house-model")).ask(TEXT, QUESTION)
    assert (answer.model, answer.short) == ("mine", "Friday")


def test_a_registered_model_can_be_the_fallback(install: Install) -> None:
    """Both models are looked up in the same way."""
    code = (
        "from newsqa.testing import ScriptedModel\n"
        "def plugin(settings):\n    return ScriptedModel(name=settings.model)\n"
    )
    install("fallback_plugin", "newsqa.models", "house-model", code)
    built = build_model(Settings(model="house-model", fallback_model="house-model"))
    assert isinstance(built, FallbackModel)


def test_a_reader_and_a_model_that_it_would_not_use_are_an_error() -> None:
    """One of them was passed by mistake."""
    with pytest.raises(ConfigurationError, match="Nothing would use the model"):
        NewsQA(reader=ScriptedReader(), model=ScriptedModel())


def test_a_model_gives_the_second_opinion_on_what_another_reader_reads() -> None:
    """Both are closed at the end."""
    reader, model = ScriptedReader(REPLY), ScriptedModel(SUPPORTED)
    with NewsQA(Settings(verify="model"), reader=reader, model=model) as qa:
        answer = qa.ask(TEXT, QUESTION)
    assert [c.opinion.verdict for c in answer.claims if c.opinion] == ["supported"]
    assert (reader.closings, model.closings) == (1, 1)


def test_verify_doubtful_asks_only_about_claims_in_other_words_than_the_cited() -> None:
    """A claim in the cited words gets no opinion, and one in other words gets it."""
    copied = claim("The bridge closed on Friday.", (1, "closed on Friday"))
    reworded = claim("Fixing it was expensive.", (2, "Repairs cost $4.5 million"))
    reader, model = ScriptedReader(draft(copied, reworded)), ScriptedModel(SUPPORTED)
    with NewsQA(Settings(verify="doubtful"), reader=reader, model=model) as qa:
        answer = qa.ask(TEXT, QUESTION)
    verdicts = [made.opinion and made.opinion.verdict for made in answer.claims]
    assert verdicts == [None, "supported"]


def test_verify_doubtful_calls_no_model_for_claims_in_the_cited_words() -> None:
    """There is nothing to ask about."""
    copied = claim("The bridge closed on Friday.", (1, "closed on Friday"))
    model = ScriptedModel()
    with NewsQA(
        Settings(verify="doubtful"), reader=ScriptedReader(draft(copied)), model=model
    ) as qa:
        answer = qa.ask(TEXT, QUESTION)
    assert (answer.status, answer.claims[0].opinion, answer.usage.calls) == ("answered", None, 1)


@pytest.mark.parametrize(
    "verifier",
    [Refusing(), lambda statements: ["no" for _ in statements]],
    ids=["object", "function"],
)
def test_a_verifier_that_is_passed_goes_before_the_settings(verifier: Refusing) -> None:
    """An object with the protocol or a function."""
    qa = NewsQA(Settings(verify="model"), reader=ScriptedReader(REPLY), verifier=verifier)
    assert [row.reason for row in qa.ask(TEXT, QUESTION).rejected] == ["opinion_failed"]


def test_the_embedded_reader_gives_no_second_opinion() -> None:
    """It is not a language model."""
    with pytest.raises(ConfigurationError, match="no language model is set up"):
        NewsQA(Settings(model=EXTRACTIVE, verify="model"))
    with pytest.raises(ConfigurationError, match="is a reader and not a language model"):
        NewsQA(Settings(model=EXTRACTIVE, verify="model"), reader=ScriptedReader())


def test_checks_that_are_passed_take_the_place_of_the_built_in_ones() -> None:
    """Objects with the protocol, or names."""
    qa = NewsQA(reader=ScriptedReader(REPLY, REPLY), checks=[NoFridays(), "figures"])
    assert [row.reason for row in qa.ask(TEXT, QUESTION).rejected] == ["check_failed"]


def test_a_check_that_is_passed_sees_the_short_form() -> None:
    """It could say something that no claim says."""
    saying_less = draft(claim("It closed.", (1, "closed on Friday")), short="Friday")
    qa = NewsQA(reader=ScriptedReader(saying_less), checks=[NoFridays()])
    assert qa.ask(TEXT, QUESTION).short == "closed on Friday"


def test_closing_twice_is_harmless() -> None:
    """What is closed opens again when it is needed."""
    model = ScriptedModel(REPLY.model_dump_json())
    qa = NewsQA(model=model)
    asyncio.run(qa.aclose())
    asyncio.run(qa.aclose())
    assert qa.ask(TEXT, QUESTION).short == "Friday"


def test_a_reader_that_cannot_be_closed_leaves_no_model_open() -> None:
    """The reader's error is raised once the model is closed."""

    class Stuck(ScriptedReader):
        async def aclose(self) -> None:
            raise OSError("stuck")

    model = ScriptedModel()
    parts = build_parts(Settings(verify="model"), model=model, reader=Stuck(REPLY))
    with pytest.raises(OSError, match="stuck"):
        asyncio.run(parts.aclose())
    assert model.closings == 1
