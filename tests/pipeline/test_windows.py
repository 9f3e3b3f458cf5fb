"""Selecting: which sentences of an article are read for the answer."""

from __future__ import annotations

import asyncio
import traceback

import pytest

from newsqa.answers.draft import Draft
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.errors import ArticleError, BudgetError, ModelUnavailableError
from newsqa.pipeline.windows import Selection, select
from newsqa.readers import Reading
from newsqa.usage import Usage
from tests.doubles import ScriptedReader, claim, draft

ARTICLE = Article("\n".join(f"Fact number {n} is here." for n in range(1, 13)))
"""12 sentences of 5 words each."""

WHOLE = Passage.whole(ARTICLE)
NOTHING = draft(status="not_in_article")


def chosen(reader: ScriptedReader, room: int | None, passage: Passage = WHOLE) -> Selection:
    """What is selected for a reader with so much room."""
    return asyncio.run(select(passage, "Which fact?", reader=reader, room=room))


def citing(*numbers: int) -> Draft:
    """A draft with a claim for each of these whole sentences."""
    return draft(*(claim(f"Fact {n}.", (n, "")) for n in numbers))


@pytest.mark.parametrize("room", [None, 60, 1_000])
def test_what_fits_is_read_whole_without_a_call(room: int | None) -> None:
    """Selecting is for long articles."""
    reader = ScriptedReader()
    assert chosen(reader, room) == Selection(WHOLE)
    assert reader.passages == []


def test_what_does_not_fit_is_read_in_windows() -> None:
    """Consecutive ones, as few as fit, that together are all of the article."""
    reader = ScriptedReader(lambda _: NOTHING)
    chosen(reader, 20)
    assert [[s.number for s in part.sentences] for part in reader.passages] == [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [9, 10, 11, 12],
    ]


def test_the_windows_are_read_at_once() -> None:
    """The work waits for a server."""
    reader = ScriptedReader(lambda _: NOTHING)
    chosen(reader, 5)
    assert reader.most_under_way == 12


def test_the_cited_sentences_come_with_their_neighbours() -> None:
    """Under the article's own numbers, from all windows, in reading order."""
    reader = ScriptedReader(citing(8, 2), citing(12))
    numbers = [s.number for s in chosen(reader, 40).passage.sentences]
    assert numbers == [1, 2, 3, 7, 8, 9, 11, 12]


def test_a_selection_of_a_selection_stays_inside_of_it() -> None:
    """A neighbour that is not in the passage is not brought in."""
    reader = ScriptedReader(citing(2), citing(12))
    passage = Passage.of_numbers(ARTICLE, [2, 3, 7, 8, 12])
    assert [s.number for s in chosen(reader, 20, passage).passage.sentences] == [2, 3, 12]


def test_neighbours_are_left_out_when_they_do_not_fit() -> None:
    """What was cited goes before what stands around it."""
    reader = ScriptedReader(citing(1, 3), citing(8, 10))
    assert [s.number for s in chosen(reader, 30).passage.sentences] == [1, 3, 8, 10]


def test_the_first_of_every_window_go_before_the_second_of_any() -> None:
    """When not even what was cited fits, no window is forgotten for another."""
    reader = ScriptedReader(citing(4, 3, 2), citing(8, 7), citing(12, 11))
    assert [s.number for s in chosen(reader, 20).passage.sentences] == [3, 4, 8, 12]


def test_the_same_sentence_takes_room_once() -> None:
    """Two claims may rest on it."""
    reader = ScriptedReader(citing(4, 4, 3), citing(8, 8), citing(12, 11, 10))
    assert [s.number for s in chosen(reader, 20).passage.sentences] == [4, 8, 11, 12]


def test_nothing_cited_selects_nothing() -> None:
    """The empty passage says that no window had anything."""
    selection = chosen(ScriptedReader(lambda _: NOTHING), 20)
    assert selection.passage.sentences == ()
    assert selection.model == "scripted"


def test_a_misquoted_sentence_is_selected_and_the_misquote_is_kept_in_view() -> None:
    """It is only read again: a slip in a window does not cost the answer."""
    misquoting = draft(claim("Fact 7.", (7, "Fact number 70 is here")))
    selection = chosen(ScriptedReader(NOTHING, misquoting), 30)
    assert [s.number for s in selection.passage.sentences] == [6, 7, 8]
    assert [row.reason for row in selection.rejected] == ["quote_not_found"]


def test_a_misquote_of_a_sentence_that_there_is_not_selects_nothing() -> None:
    """Whatever number it names, and also when there is little room."""
    misquoting = draft(*(claim(f"Fact {n}.", (n, "Fact number 70")) for n in (99, 2, 3, 4, 5)))
    selection = chosen(ScriptedReader(misquoting, lambda _: NOTHING), 20)
    assert [s.number for s in selection.passage.sentences] == [2, 3, 4, 5]


def test_a_sentence_that_a_window_did_not_show_is_not_selected() -> None:
    """Its number was guessed."""
    selection = chosen(ScriptedReader(citing(7), NOTHING), 30)
    assert selection.passage.sentences == ()
    assert [row.reason for row in selection.rejected] == ["sentence_not_shown"]


def test_the_usage_of_all_windows_adds_up() -> None:
    """Calls and tokens."""
    readings = [Reading(NOTHING, "m", Usage(calls=1, input_tokens=n)) for n in (5, 7, 9)]
    assert chosen(ScriptedReader(*readings), 20).usage == Usage(calls=3, input_tokens=21)


def test_a_sentence_that_does_not_fit_is_an_error_before_any_call() -> None:
    """It could be shown to nobody."""
    reader = ScriptedReader()
    with pytest.raises(BudgetError, match=r"Sentence 1 takes 5 tokens and .* room for 4"):
        chosen(reader, 4)
    assert reader.passages == []


def test_the_failure_of_one_window_is_raised_with_the_group_as_its_cause() -> None:
    """The caller catches one error, and a log shows all of them."""
    failure = ModelUnavailableError("the server is gone")
    with pytest.raises(ModelUnavailableError) as caught:
        chosen(ScriptedReader(NOTHING, failure, NOTHING), 20)
    assert caught.value is failure
    assert isinstance(failure.__cause__, ExceptionGroup)
    assert failure.__cause__.exceptions == (failure,)
    assert "the server is gone" in "".join(traceback.format_exception(failure))


def test_of_several_failures_one_of_ours_is_raised() -> None:
    """Errors of newsqa say what to do."""
    ours, other = ArticleError("ours"), OSError("other")
    with pytest.raises(ArticleError):
        chosen(ScriptedReader(other, ours, NOTHING), 20)


def test_a_failure_of_another_kind_is_raised_as_it_is() -> None:
    """A programming error is not dressed up."""
    with pytest.raises(ZeroDivisionError):
        chosen(ScriptedReader(NOTHING, ZeroDivisionError(), NOTHING), 20)


def test_a_failure_carries_the_usage_of_all_windows() -> None:
    """What was spent on those that went well is not forgotten."""
    paid = Reading(NOTHING, "m", Usage(calls=1, input_tokens=5))
    failures = [ModelUnavailableError("gone", usage=Usage(calls=3, retries=2)) for _ in range(2)]
    with pytest.raises(ModelUnavailableError) as caught:
        chosen(ScriptedReader(paid, *failures), 20)
    assert caught.value.usage == Usage(calls=7, retries=4, input_tokens=5)
