"""Passages and windows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.article import Article
from newsqa.article.passages import Passage, split_into_windows
from newsqa.errors import BudgetError

if TYPE_CHECKING:
    from newsqa.article.fields import Sentence

WEIGHTS = st.lists(st.integers(min_value=0, max_value=9), min_size=1, max_size=30)


def _passage(count: int) -> Passage:
    return Passage.whole(Article("\n".join(f"Sentence {n}." for n in range(count))))


def test_the_whole_passage_has_all_sentences() -> None:
    """In reading order, under their numbers."""
    passage = _passage(3)
    assert passage.sentences == passage.article.sentences
    assert passage.numbers == {1, 2, 3}


def test_a_selection_is_in_reading_order_and_each_sentence_once() -> None:
    """Whatever order and however often the numbers come; those beyond the article are passed over."""
    passage = Passage.of_numbers(_passage(4).article, [4, 2, 2, 0, -1, 5, 99])
    assert [s.number for s in passage.sentences] == [2, 4]
    assert passage.numbers == {2, 4}


@given(WEIGHTS, st.integers(min_value=9, max_value=40))
def test_windows_cover_all_sentences_once_and_in_order(weights: list[int], room: int) -> None:
    """Nothing is lost or repeated at a border, and no part is heavier than the room."""
    passage = _passage(len(weights))
    parts = split_into_windows(passage, room, lambda sentence: weights[sentence.number - 1])
    assert [s for part in parts for s in part.sentences] == list(passage.sentences)
    assert all(part.sentences and part.article is passage.article for part in parts)
    assert all(sum(weights[n - 1] for n in part.numbers) <= room for part in parts)


@given(WEIGHTS, st.integers(min_value=9, max_value=40))
def test_windows_are_as_few_as_can_be(weights: list[int], room: int) -> None:
    """Each part is so full that the next one's first sentence would not have fitted."""
    parts = split_into_windows(
        _passage(len(weights)), room, lambda sentence: weights[sentence.number - 1]
    )
    for part, following in pairwise(parts):
        first = following.sentences[0].number
        assert sum(weights[n - 1] for n in part.numbers) + weights[first - 1] > room


@pytest.mark.parametrize(("room", "said"), [(9, "9"), (0, "0"), (-50, "0")])
def test_a_sentence_heavier_than_the_room_is_named(room: int, said: str) -> None:
    """With what it takes, what there is, and what to change."""

    def weigh(sentence: Sentence) -> int:
        return 10 if sentence.number == 2 else room

    with pytest.raises(BudgetError) as raised:
        split_into_windows(_passage(3), room, weigh)
    assert str(raised.value) == (
        f"Sentence 2 takes 10 tokens and the prompt leaves room for {said}; raise "
        "max_input_tokens or shorten the question."
    )


def test_an_empty_passage_is_one_empty_part() -> None:
    """There is nothing to read, and it is read once."""
    empty = Passage.of_numbers(_passage(1).article, ())
    assert split_into_windows(empty, 5, lambda _: 1) == [empty]


def test_parts_of_a_selection_keep_its_gaps() -> None:
    """The sentences left out do not come back."""
    selection = Passage.of_numbers(_passage(9).article, [1, 5, 9])
    parts = split_into_windows(selection, 2, lambda _: 1)
    assert [sorted(part.numbers) for part in parts] == [[1, 5], [9]]
