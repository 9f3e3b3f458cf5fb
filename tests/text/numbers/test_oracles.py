"""Number words of every language, compared with two libraries that spell numbers out.

``num2words`` has 14 of the 17 languages and is quick. ``unicode-rbnf`` spells by the rules of CLDR,
as ICU does; it has all 17, and is slow. The three that only it has are tested with the whole
sample, the others with a smaller one. Both are development dependencies, and need no network.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from random import Random

import pytest

from newsqa.text.numbers import find_quantities

if not os.environ.get("CI"):  # where they must be there
    for library in ("num2words", "unicode_rbnf"):
        pytest.importorskip(library, reason="install it with: pip install -e '.[dev]'")

from num2words import num2words
from unicode_rbnf import FormatPurpose, RbnfEngine

MIN_SHARE = 0.99
SPELLED_BY_NUM2WORDS = "ar de en es fr he it ja ko nl pt ru th uk".split()
SPELLED_BY_CLDR_ONLY = "el hi sv zh".split()

SpellOut = Callable[[int], str]


def sample(dense: int, per_size: int) -> list[int]:
    """All numbers below ``dense``, then round and ragged ones of 4 to 10 digits."""
    random = Random(8)
    numbers = set(range(dense))
    for digits in range(4, 11):
        place = 10 ** (digits - 1)
        for _ in range(per_size):
            lead = random.randrange(1, 10)
            numbers |= {
                random.randrange(place, 10 * place),
                random.randrange(place, 10 * place),
                lead * place,
                (10 * lead + random.randrange(10)) * place // 10,
                lead * place + random.randrange(1, 100),
            }
    return sorted(numbers)


FULL_SAMPLE = sample(dense=1001, per_size=24)
SMALL_SAMPLE = [n for n in sample(dense=30, per_size=3) if n not in {*range(10), 10**3, 10**4}]
"""Without the numbers that are one syllable in Korean, and are not read there: 이 is also "this"."""


def spell_with_num2words(language: str) -> SpellOut:
    """Return the function that spells numbers of ``language`` out."""
    return lambda number: num2words(number, lang=language)


@cache
def spell_with_cldr(language: str) -> SpellOut:
    """Return the function that spells numbers of ``language`` out by CLDR's rules."""
    engine = RbnfEngine.for_language(language)
    return lambda number: engine.format_number(number, FormatPurpose.CARDINAL).text


def is_misspelled(language: str, words: str) -> bool:
    """Return whether ``num2words`` is wrong.

    Italian: "centodicotto" for centodiciotto. Arabic: "eight hundred and thousand thousand" for 801
    thousand, and two milliards without their last letter.
    """
    wrong = {"it": "odicotto", "ar": "ألف ألف"}.get(language, "\0")
    return wrong in words or words == "مليارا"


def read(words: str, language: str) -> list[int | float]:
    """Return the numbers in ``words``; one that does not take all of it counts as none."""
    return [
        float(value) if value.denominator > 1 else value.numerator
        for quantity in find_quantities(words, frozenset({language}))
        for value in quantity.numeral.values
        if (quantity.start, quantity.end) == (0, len(words))
    ]


def check_share(language: str, spell_out: SpellOut, numbers: Iterable[int]) -> None:
    """Print and assert the share of ``numbers`` that are read back from their words."""
    spelled = [(number, spell_out(number)) for number in numbers]
    right = [(number, words) for number, words in spelled if not is_misspelled(language, words)]
    misread = [(number, words) for number, words in right if read(words, language) != [number]]
    share = 1 - len(misread) / len(right)
    report = f"{language}: {share:.1%} of {len(right)}; not {misread[:5]}"
    print(report)
    assert len(right) >= 0.95 * len(spelled), f"{language}: too many count as misspelled"
    assert share >= MIN_SHARE, report


def test_the_sample_has_over_1600_numbers_up_to_billions() -> None:
    """Every number to 1,000 is among them."""
    assert len(FULL_SAMPLE) > 1600
    assert FULL_SAMPLE[:1001] == list(range(1001))
    assert FULL_SAMPLE[-1] > 9 * 10**9


@pytest.mark.parametrize("language", SPELLED_BY_NUM2WORDS)
def test_numbers_as_num2words_spells_them_are_read(language: str) -> None:
    """At least 99 % of over 1,600."""
    check_share(language, spell_with_num2words(language), FULL_SAMPLE)


@pytest.mark.parametrize("language", SPELLED_BY_CLDR_ONLY)
def test_numbers_as_cldr_spells_them_are_read(language: str) -> None:
    """At least 99 % of over 1,600."""
    check_share(language, spell_with_cldr(language), FULL_SAMPLE)


@pytest.mark.parametrize("language", SPELLED_BY_NUM2WORDS)
def test_the_spelling_of_cldr_is_read_beside_that_of_num2words(language: str) -> None:
    """They differ in commas, spaces and the word for "and"."""
    check_share(language, spell_with_cldr(language), SMALL_SAMPLE)


@pytest.mark.parametrize(
    ("language", "divided"),
    [
        ("de", "drei|hundert|ein|und|zwanzig"),
        ("it", "tre|cento|vent|uno"),
        ("nl", "drie|honderd|een|en|twintig"),
        ("th", "สาม|ร้อย|ยี่|สิบ|เอ็ด"),
    ],
)
@pytest.mark.parametrize("sign", ["\u00ad", "\u200b"], ids=["soft hyphen", "zero-width space"])
def test_marks_for_line_breaks_do_not_divide_a_number(
    language: str, divided: str, sign: str
) -> None:
    """ICU and many web pages set them; the offsets count them."""
    words = divided.replace("|", sign)
    assert read(words, language) == [321]
