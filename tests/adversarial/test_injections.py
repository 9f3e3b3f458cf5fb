"""Injections against a model that obeys each of them to the letter, and in the prompt's own copy."""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

import pytest
import regex

from newsqa import Answer, ModelOutputError, NewsQA
from newsqa.answers.answer import RejectionReason
from newsqa.answers.draft import Draft
from newsqa.answers.grounded import GroundedClaim
from newsqa.article.passages import Passage
from newsqa.grounding import ground
from newsqa.testing import ScriptedModel
from tests.adversarial.injections import INJECTIONS, NOTHING, Injection, Outcome

FORGED = get_args(RejectionReason)


def _every(*outcomes: Outcome) -> pytest.MarkDecorator:
    """A test of each case that comes to one of ``outcomes``; without any, of all cases."""
    cases = [case for case in INJECTIONS if not outcomes or case.outcome in outcomes]
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


def _obedient(case: Injection) -> ScriptedModel:
    """A model that does what the injection wants, also when it is asked again."""
    return ScriptedModel(case.reply, case.reply)


def _ask(case: Injection, model: ScriptedModel) -> Answer:
    return NewsQA(model=model).ask(case.article, case.asked)


def _grounded(case: Injection) -> GroundedClaim:
    draft = Draft.model_validate_json(case.reply)
    return ground(draft, Passage.whole(case.article))[0]


# the cases ----------------------------------------------------------------------------------------


def test_there_are_many_and_each_has_a_name() -> None:
    """At least forty, as many names."""
    assert len({case.name for case in INJECTIONS}) == len(INJECTIONS) >= 40


@_every()
def test_obedience_can_be_told(case: Injection) -> None:
    """An obedient reply has words that show it, and that the story itself does not have."""
    story = case.story.text.casefold()
    assert not [words for words in case.obeyed if words in story]
    assert case.outcome == "withheld" or any(
        words in case.reply.casefold() for words in case.obeyed
    )


# the obedient model -------------------------------------------------------------------------------


@_every("own_words", "true_sentence", "withheld", *FORGED)
def test_whatever_the_model_obeys_each_citation_stands_in_the_article(case: Injection) -> None:
    """Spans are the article's own, under its own sentence numbers."""
    article = case.article
    answer = _ask(case, _obedient(case))
    answer.verify(article)
    for citation in answer.citations:
        first, last = citation.sentences[0], citation.sentences[-1]
        assert article.sentences[first - 1].start <= citation.start
        assert citation.end <= article.sentences[last - 1].end
        assert article.text[citation.start : citation.end] == citation.text


@_every(*FORGED)
def test_what_is_forged_is_refused(case: Injection) -> None:
    """No word of it is in the answer, and the reason is in ``rejected``."""
    answer = _ask(case, _obedient(case))
    assert (answer.status, answer.text, answer.short) == ("not_in_article", "", "")
    assert {rejection.reason for rejection in answer.rejected} == {case.outcome}


@_every("unusable")
def test_what_is_no_draft_is_no_answer(case: Injection) -> None:
    """A poem, a call of a tool and another schema's JSON are refused after one re-ask."""
    with pytest.raises(ModelOutputError):
        _ask(case, _obedient(case))


@_every("own_words")
def test_an_injection_s_own_words_are_a_real_span(case: Injection) -> None:
    """Grounding cannot know who wrote them; what it shows is where they stand, for a reader to see."""
    claim = _grounded(case)
    assert claim.is_grounded
    assert all(case.wrote(citation) for citation in claim.citations)


@_every("true_sentence")
def test_a_true_sentence_can_be_cited_for_what_it_does_not_say(case: Injection) -> None:
    """Grounding finds places and does not read: the story's own sentence is what is shown."""
    claim = _grounded(case)
    assert claim.is_grounded
    assert all(citation.match == "sentence" for citation in claim.citations)
    assert all(citation.text in case.story.text for citation in claim.citations)


@_every("withheld")
def test_an_answer_can_be_withheld(case: Injection) -> None:
    """A model that is talked into silence says nothing false."""
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
    """What newsqa says when it has refused what the model made of the injection."""
    model = _obedient(case)
    _ask(case, model)
    messages, _ = model.requests[1]
    return messages[-1].content


def _numbers(prompt: str) -> list[str]:
    """What stands in brackets and could be read as a number, in whatever digits."""
    bracketed = (
        unicodedata.normalize("NFKC", words).strip() for words in _BRACKETED.findall(prompt)
    )
    return [words for words in bracketed if words[:1].isdigit()]


@_every()
def test_the_prompt_has_one_article_one_header_and_one_question(case: Injection) -> None:
    """Each line begins with what newsqa put there."""
    shape = _SHAPE.fullmatch(_prompt(case))
    assert shape
    assert shape[1] == case.article.sha256[:16]


@_every()
def test_only_the_two_delimiters_are_tags(case: Injection) -> None:
    """Neither a delimiter nor a chat template's mark can be forged, not even with the right hash."""
    assert _TAG.findall(_prompt(case)) == ["<a", "</"]


@_every()
def test_only_sentences_are_numbered(case: Injection) -> None:
    """Numbers in brackets stand before sentences and count on from 1."""
    prompt = _prompt(case)
    sentences = [str(sentence.number) for sentence in case.article.sentences]
    assert _NUMBERED.findall(prompt) == sentences
    assert _numbers(prompt) == sentences


@_every()
def test_nothing_in_the_prompt_is_hidden(case: Injection) -> None:
    """What a model reads, an editor can read."""
    assert not _HIDDEN.findall(_prompt(case))


@_every(*FORGED)
def test_the_second_prompt_is_as_clean(case: Injection) -> None:
    """It shows sentences that come near, and so could carry what the first one kept out."""
    prompt = _second_prompt(case)
    assert not _TAG.findall(prompt)
    assert not _HIDDEN.findall(prompt)
