"""Lexicons: alternations that match whole words of their kind."""

from __future__ import annotations

import pytest
import regex

from newsqa.languages import quote_words as lexicons


@pytest.mark.parametrize(
    ("lexicon", "words"),
    [
        (lexicons.SCALE, ["million", "Milliarde", "млрд", "万"]),
        (lexicons.TENS, ["twenty", "treinta"]),
        (lexicons.ONES, ["five", "sept"]),
        (lexicons.NUMBER_WORD, ["five", "fifteen", "sieben"]),
        (lexicons.THAI_NUMBER, ["ห้า"]),
        (lexicons.HAN_SCALE, ["億"]),
        (lexicons.HAN_FIGURE, ["三", "7"]),
        (lexicons.ELIDED, ["qu", "dell"]),
        (lexicons.NEGATION, ["not", "keine", "не", "没有"]),
    ],
)
def test_a_word_of_the_kind_is_matched_and_another_is_not(lexicon: str, words: list[str]) -> None:
    """Of several languages."""
    pattern = regex.compile(f"(?:{lexicon})")
    assert all(pattern.match(word) for word in words)
    assert not pattern.match("bridge")
