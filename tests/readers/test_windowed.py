"""WindowedReader: a reader around a reader, for articles longer than a prompt."""

from __future__ import annotations

import asyncio
import traceback

import pytest

from newsqa.answers.draft import Draft
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.errors import (
    ArticleError,
    BudgetError,
    ModelContextError,
    ModelUnavailableError,
)
from newsqa.readers import Reading, Revision
from newsqa.readers.windowed import MAX_HALVINGS, WindowedReader
from newsqa.usage import Usage
from tests.doubles import ScriptedReader, claim, draft

ARTICLE = Article("\n".join(f"Fact number {n} is here." for n in range(1, 13)))
"""12 sentences of 5 words each."""

WHOLE = Passage.whole(ARTICLE)
NOTHING = draft(status="not_in_article")
FOUND = draft(claim("It is here.", (1, "")), short="here")
REVISION = Revision(FOUND, "- It is not so.")
TOO_LONG = ModelContextError("too long", usage=Usage(calls=1, input_tokens=9))


def read(
    reader: ScriptedReader, passage: Passage = WHOLE, revision: Revision | None = None
) -> Reading:
    """Read the passage in windows of what the reader's budget allows."""
    return asyncio.run(WindowedReader(reader).read(passage, "Which fact?", revision=revision))


def citing(*numbers: int) -> Draft:
    """Return a draft with a claim for each of these whole sentences."""
    return draft(*(claim(f"Fact {n}.", (n, "")) for n in numbers))


def numbers(passage: Passage | None) -> list[int]:
    """Return the sentence numbers of a passage."""
    return sorted(passage.numbers) if passage else []


def test_a_passage_that_fits_is_read_whole() -> None:
    """One call reads it, and the reading is passed on unchanged."""
    reader = ScriptedReader(FOUND, budget=60)
    assert read(reader) == Reading(FOUND, "scripted", Usage(calls=1))
    assert reader.passages == [WHOLE]


def test_a_longer_passage_is_read_in_windows() -> None:
    """The windows are consecutive, as few as fit, and together the whole passage."""
    reader = ScriptedReader(lambda _: NOTHING, budget=20)
    read(reader)
    assert [numbers(window) for window in reader.passages] == [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [9, 10, 11, 12],
    ]


def test_with_windows_only_the_passages_that_fit_the_question_best_are_read() -> None:
    """They are read in the article's order, and the reading says how much was skipped."""
    reader = ScriptedReader(lambda _: NOTHING, budget=20)
    windowed = WindowedReader(reader, most=1)
    reading = asyncio.run(windowed.read(WHOLE, "Where is fact number 7?"))
    assert [numbers(window) for window in reader.passages] == [[5, 6, 7, 8]]
    assert reading.skipped == 8


@pytest.mark.parametrize("most", [3, 9])
def test_with_enough_windows_all_is_read(most: int) -> None:
    """The article has three."""
    reader = ScriptedReader(lambda _: NOTHING, budget=20)
    reading = asyncio.run(WindowedReader(reader, most=most).read(WHOLE, "Where is fact 7?"))
    assert len(reader.passages) == 3
    assert reading.skipped == 0


def test_the_windows_are_read_concurrently() -> None:
    """Reading waits for a server, so all windows are sent at once."""
    reader = ScriptedReader(lambda _: NOTHING, budget=5)
    read(reader)
    assert reader.most_under_way == 12


def test_the_draft_is_made_from_the_cited_sentences_and_their_neighbours() -> None:
    """They keep the article's own numbers and its order."""
    reader = ScriptedReader(citing(8, 2), citing(12), FOUND, budget=40)
    reading = read(reader)
    assert numbers(reader.passages[-1]) == [1, 2, 3, 7, 8, 9, 11, 12]
    assert reading.passage == reader.passages[-1]
    assert reading.draft == FOUND


def test_a_selection_of_a_selection_stays_inside_it() -> None:
    """A neighbour that is not in the passage is not brought in."""
    reader = ScriptedReader(citing(2), citing(12), FOUND, budget=20)
    reading = read(reader, Passage.of_numbers(ARTICLE, [2, 3, 7, 8, 12]))
    assert numbers(reading.passage) == [2, 3, 12]


def test_neighbours_are_left_out_if_they_do_not_fit() -> None:
    """Cited sentences go first."""
    reader = ScriptedReader(citing(1, 3), citing(8, 10), FOUND, budget=30)
    assert numbers(read(reader).passage) == [1, 3, 8, 10]


def test_every_window_contributes_its_first_sentence_before_any_its_second() -> None:
    """When not even the cited sentences fit, no window is forgotten for another."""
    reader = ScriptedReader(citing(4, 3, 2), citing(8, 7), citing(12, 11), FOUND, budget=20)
    assert numbers(read(reader).passage) == [3, 4, 8, 12]


def test_a_sentence_cited_twice_counts_once() -> None:
    """Two claims may rest on the same sentence."""
    reader = ScriptedReader(citing(4, 4, 3), citing(8, 8), citing(12, 11, 10), FOUND, budget=20)
    assert numbers(read(reader).passage) == [4, 8, 11, 12]


def test_nothing_is_read_again_if_no_window_cites_anything() -> None:
    """The reading says that the article has nothing, at the cost of the windows alone."""
    reader = ScriptedReader(lambda _: NOTHING, budget=20)
    reading = read(reader)
    assert reading == Reading(
        NOTHING, "scripted", Usage(calls=3), passage=Passage.of_numbers(ARTICLE, [])
    )


def test_a_misquoted_sentence_is_read_again_and_the_misquote_is_reported() -> None:
    """A slip in a window does not cost the answer."""
    misquoting = draft(claim("Fact 7.", (7, "Fact number 70 is here")))
    reading = read(ScriptedReader(NOTHING, misquoting, FOUND, budget=30))
    assert numbers(reading.passage) == [6, 7, 8]
    assert [row.reason for row in reading.rejections] == ["quote_not_found"]


def test_a_misquote_of_a_sentence_that_does_not_exist_selects_nothing() -> None:
    """Its number is ignored, also when the budget is short."""
    misquoting = draft(*(claim(f"Fact {n}.", (n, "Fact number 70")) for n in (99, 2, 3, 4, 5)))
    reading = read(ScriptedReader(misquoting, lambda _: NOTHING, budget=20))
    assert numbers(reading.passage) == [2, 3, 4, 5]


def test_a_sentence_that_a_window_did_not_show_is_not_selected() -> None:
    """Its number was guessed."""
    reading = read(ScriptedReader(citing(7), NOTHING, budget=30))
    assert numbers(reading.passage) == []
    assert [row.reason for row in reading.rejections] == ["sentence_not_shown"]


def test_rejections_of_the_windows_own_reader_are_passed_on() -> None:
    """A reader around a reader may itself be wrapped."""
    [row] = read(ScriptedReader(citing(7), NOTHING, budget=30)).rejections
    inner = Reading(NOTHING, "m", rejections=(row,))
    assert read(ScriptedReader(inner, NOTHING, budget=30)).rejections == (row,)


def test_the_usage_of_all_readings_adds_up() -> None:
    """The windows and the last reading are counted."""
    readings = [Reading(citing(2), "m", Usage(calls=1, input_tokens=n)) for n in (5, 7, 9, 11)]
    assert read(ScriptedReader(*readings, budget=20)).usage == Usage(calls=4, input_tokens=32)


def test_a_sentence_beyond_the_budget_is_an_error_before_any_call() -> None:
    """No prompt could show it."""
    reader = ScriptedReader(budget=4)
    with pytest.raises(BudgetError, match=r"Sentence 1 takes 5 tokens and .* room for 4"):
        read(reader)
    assert reader.passages == []


def test_the_failure_of_one_window_is_raised_with_the_group_as_its_cause() -> None:
    """The caller catches one error, and a log shows all of them."""
    failure = ModelUnavailableError("the server is gone")
    with pytest.raises(ModelUnavailableError) as caught:
        read(ScriptedReader(NOTHING, failure, NOTHING, budget=20))
    assert caught.value is failure
    assert isinstance(failure.__cause__, ExceptionGroup)
    assert failure.__cause__.exceptions == (failure,)
    assert "the server is gone" in "".join(traceback.format_exception(failure))


def test_an_error_of_newsqa_is_raised_before_other_failures() -> None:
    """It says what to do."""
    ours, other = ArticleError("ours"), OSError("other")
    with pytest.raises(ArticleError):
        read(ScriptedReader(other, ours, NOTHING, budget=20))


def test_a_programming_error_is_raised_as_it_is() -> None:
    """It is not turned into an error of newsqa."""
    with pytest.raises(ZeroDivisionError):
        read(ScriptedReader(NOTHING, ZeroDivisionError(), NOTHING, budget=20))


def test_a_failure_carries_the_usage_of_all_windows() -> None:
    """What the other windows cost is not forgotten."""
    paid = Reading(NOTHING, "m", Usage(calls=1, input_tokens=5))
    failures = [ModelUnavailableError("gone", usage=Usage(calls=3, retries=2)) for _ in range(2)]
    with pytest.raises(ModelUnavailableError) as caught:
        read(ScriptedReader(paid, *failures, budget=20))
    assert caught.value.usage == Usage(calls=7, retries=4, input_tokens=5)


def test_a_failure_of_the_last_reading_carries_the_usage_of_the_windows() -> None:
    """Two windows, and the reading of what they cite."""
    found = Reading(citing(1), "m", Usage(calls=1, input_tokens=10))
    failure = ModelUnavailableError("gone", usage=Usage(calls=4, retries=3))
    with pytest.raises(ModelUnavailableError) as caught:
        read(ScriptedReader(found, Reading(NOTHING, "m", Usage(calls=1)), failure, budget=30))
    assert caught.value.usage == Usage(calls=6, retries=3, input_tokens=10)


def test_a_prompt_too_long_for_the_server_is_read_in_halves() -> None:
    """The cost of the failed call is counted."""
    reader = ScriptedReader(TOO_LONG, citing(1), NOTHING, FOUND)
    reading = read(reader)
    assert reading.draft == FOUND
    assert not reading.is_restart
    assert [len(passage.sentences) for passage in reader.passages] == [12, 6, 6, 2]
    assert reading.usage == Usage(calls=4, input_tokens=9)


def test_the_budget_is_halved_from_the_last_one_tried() -> None:
    """Windows that are still too long become smaller ones."""
    passage = Passage.whole(Article("\n".join(f"Fact {n}." for n in range(64))))

    def reply(window: Passage) -> Draft:
        if len(window.sentences) > 8:
            raise ModelContextError("too long", usage=Usage(calls=1))
        return NOTHING

    reader = ScriptedReader(reply, budget=64)
    assert read(reader, passage).usage == Usage(calls=2 + 4 + 8)
    assert {len(window.sentences) for window in reader.passages} == {32, 16, 8}


def test_the_budget_is_halved_at_most_four_times() -> None:
    """A server that still finds the prompt too long has another problem."""
    passage = Passage.whole(Article("\n".join(f"Fact {n}." for n in range(1_000))))
    lengths = []

    def reply(window: Passage) -> Draft:
        lengths.append(len(window.sentences))
        raise ModelContextError("too long", usage=Usage(calls=1))

    with pytest.raises(ModelContextError) as caught:
        read(ScriptedReader(reply), passage)
    assert sorted(set(lengths), reverse=True)[:5] == [1_000, 500, 250, 125, 62]
    assert MAX_HALVINGS == 4
    assert caught.value.usage.calls == len(lengths)


def test_a_context_too_small_for_a_sentence_is_the_server_s_error() -> None:
    """A budget error would blame the settings."""
    with pytest.raises(ModelContextError, match="too long"):
        read(ScriptedReader(TOO_LONG), Passage.of_numbers(ARTICLE, [1]))


def test_a_revision_reads_the_same_passage_in_one_piece() -> None:
    """The first reading chose the passage."""
    reader = ScriptedReader(FOUND, budget=20)
    assert read(reader, revision=REVISION) == Reading(FOUND, "scripted", Usage(calls=1))
    assert reader.passages == [WHOLE]
    assert reader.revisions == [REVISION]


def test_a_revision_too_long_for_the_server_restarts_in_halves() -> None:
    """The reading says so, since its claims then replace all claims of the first draft."""
    reader = ScriptedReader(TOO_LONG, citing(1), NOTHING, FOUND)
    reading = read(reader, revision=REVISION)
    assert reading.is_restart
    assert reader.revisions == [REVISION, None, None, None]
    assert reading.usage == Usage(calls=4, input_tokens=9)


def test_closing_closes_the_reader_of_the_windows() -> None:
    """It holds the connections."""
    reader = ScriptedReader()
    asyncio.run(WindowedReader(reader).aclose())
    assert reader.closings == 1
