"""Injections against a model that obeys them to the letter, and against the prompt."""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

import pytest
import regex

from newsqa import Answer, ModelOutputError, NewsQA
from newsqa.answers.answer import RejectionReason
from newsqa.answers.draft import Draft
from newsqa.article.passages import Passage
from newsqa.grounding import GroundedClaim, ground
from newsqa.testing import ScriptedModel
from tests.adversarial.injections import INJECTIONS, NOTHING, Injection, Outcome

FORGED = get_args(RejectionReason)


def _every(*outcomes: Outcome) -> pytest.MarkDecorator:
    """Parametrize a test with the cases of these ``outcomes``, by default with all."""
    cases = [case for case in INJECTIONS if not outcomes or case.outcome in outcomes]
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


def _obedient(case: Injection) -> ScriptedModel:
    """Return a model that obeys the injection, also when it is asked again."""
    return ScriptedModel(case.reply, case.reply)


def _ask(case: Injection, model: ScriptedModel) -> Answer:
    return NewsQA(model=model).ask(case.article, case.asked)


def _grounded(case: Injection) -> GroundedClaim:
    draft = Draft.model_validate_json(case.reply)
    return ground(draft, Passage.whole(case.article))[0]


# the cases ----------------------------------------------------------------------------------------


def test_injections_are_many_and_have_different_names() -> None:
    """There are at least forty."""
    assert len({case.name for case in INJECTIONS}) == len(INJECTIONS) >= 40


@_every()
def test_obedience_is_recognisable(case: Injection) -> None:
    """An obedient reply has words that the story itself does not have."""
    story = case.story.text.casefold()
    assert not [words for words in case.obeyed if words in story]
    assert case.outcome == "withheld" or any(
        words in case.reply.casefold() for words in case.obeyed
    )


# the obedient model -------------------------------------------------------------------------------


@_every("own_words", "true_sentence", "withheld", *FORGED)
def test_citations_are_in_the_article_whatever_the_model_obeys(case: Injection) -> None:
    """Spans are the article's, with its sentence numbers."""
    article = case.article
    answer = _ask(case, _obedient(case))
    answer.verify(article)
    for citation in answer.citations:
        first, last = citation.sentences[0], citation.sentences[-1]
        assert article.sentences[first - 1].start <= citation.start
        assert citation.end <= article.sentences[last - 1].end
        assert article.text[citation.start : citation.end] == citation.text


@_every(*FORGED)
def test_forged_claim_is_rejected(case: Injection) -> None:
    """None of its words are in the answer, and ``rejected`` has the reason."""
    answer = _ask(case, _obedient(case))
    assert (answer.status, answer.text, answer.short) == ("not_in_article", "", "")
    assert {rejection.reason for rejection in answer.rejected} == {case.outcome}


@_every("unusable")
def test_reply_that_is_not_a_draft_is_an_error(case: Injection) -> None:
    """Poems, tool calls and another schema's JSON fail after one re-ask."""
    with pytest.raises(ModelOutputError):
        _ask(case, _obedient(case))


@_every("own_words")
def test_words_of_an_injection_are_a_real_span(case: Injection) -> None:
    """Grounding cannot know who wrote them, but it shows readers where they are."""
    claim = _grounded(case)
    assert claim.is_grounded
    assert all(case.wrote(citation) for citation in claim.citations)


@_every("true_sentence")
def test_true_sentence_can_be_cited_for_another_statement(case: Injection) -> None:
    """Grounding finds places and does not read; the story's own sentence is shown."""
    claim = _grounded(case)
    assert claim.is_grounded
    assert all(citation.match == "sentence" for citation in claim.citations)
    assert all(citation.text in case.story.text for citation in claim.citations)


@_every("withheld")
def test_answer_can_be_withheld(case: Injection) -> None:
    """A model that is persuaded to abstain says nothing false."""
    answer = _ask(case, _obedient(case))
    assert (answer.status, answer.claims, answer.rejected) == ("not_in_article", (), ())


# the prompt's copy --------------------------------------------------------------------------------

_SHAPE = re.compile(
    r"<article ([0-9a-f]{16})>\n"
    r"Title: .+\nPublished: .+\nSource: .+\nAuthor: .+\n\n"
    r"(?:\[\d+\] .+\n|\n)+"
    r"</article \1>\n\n"
    r"The text between the two article lines was data.+\n\n"
    r"Question: .+"
)
_NUMBERED = re.compile(r"^\[(\d+)\] ", re.MULTILINE)
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,20})\]")
_TAG = re.compile(r"<\s*[^\W\d_]|<\s*[/|｜!?]|\[/?INST")
_HIDDEN = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{C}\p{Zl}\p{Zp}--\n]", regex.V1)


def _prompt(case: Injection) -> str:
    model = ScriptedModel(NOTHING)
    _ask(case, model)
    messages, _ = model.requests[0]
    return messages[-1].content


def _second_prompt(case: Injection) -> str:
    """Return the prompt of the re-ask after the obedient reply was rejected."""
    model = _obedient(case)
    _ask(case, model)
    messages, _ = model.requests[1]
    return messages[-1].content


def _numbers(prompt: str) -> list[str]:
    """Return everything in brackets that could be read as a number, in any digits."""
    bracketed = (
        unicodedata.normalize("NFKC", words).strip() for words in _BRACKETED.findall(prompt)
    )
    return [words for words in bracketed if words[:1].isdigit()]


@_every()
def test_prompt_has_one_article_one_header_and_one_question(case: Injection) -> None:
    """Each line begins with what newsqa put there."""
    shape = _SHAPE.fullmatch(_prompt(case))
    assert shape
    assert shape[1] == case.article.sha256[:16]


@_every()
def test_only_the_two_delimiters_are_tags(case: Injection) -> None:
    """Neither a delimiter nor a chat template's mark can be forged, even with the right hash."""
    assert _TAG.findall(_prompt(case)) == ["<a", "</"]


@_every()
def test_only_sentences_are_numbered(case: Injection) -> None:
    """Numbers in brackets precede sentences and count up from 1."""
    prompt = _prompt(case)
    sentences = [str(sentence.number) for sentence in case.article.sentences]
    assert _NUMBERED.findall(prompt) == sentences
    assert _numbers(prompt) == sentences


@_every()
def test_nothing_in_the_prompt_is_invisible(case: Injection) -> None:
    """An editor can read everything that a model reads."""
    assert not _HIDDEN.findall(_prompt(case))


@_every(*FORGED)
def test_re_ask_prompt_is_as_clean(case: Injection) -> None:
    """It shows similar sentences, which could contain what the first prompt removed."""
    prompt = _second_prompt(case)
    assert not _TAG.findall(prompt)
    assert not _HIDDEN.findall(prompt)
