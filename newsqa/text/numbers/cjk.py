"""Numerals of scripts that write the place of each digit: 三百二十, 1억2천만, สามสิบสอง.

Chinese characters are read in every text that has them, Hangul and Thai likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from itertools import product

import regex

from newsqa.languages import language
from newsqa.languages.sections import Places, Values
from newsqa.text.numbers.units import Numeral

MAX_SIGNS = 40
"""Signs of the longest numeral that is read: nobody writes a longer one in a text."""

_SCRIPTS = {"zh": r"\p{Han}", "ko": r"\p{Hangul}", "th": r"\p{Thai}"}
"""The languages whose data files have the signs of a script."""

_NOT_IN_OTHER_WORD = "(?<!千(?=[克米瓦伏卡赫]))(?<!十(?=分(?![之の钟鐘間])))(?!ธ)"
"""After a place: 千克 is a kilogram, 十分 is "very", and พันธุ์ is a breed."""


@dataclass(frozen=True)
class _Script:
    """The signs of a script: digits, the places up to the first scale, and the scales."""

    code: str

    @property
    def _signs(self) -> Places:
        return language(self.code).places

    @cached_property
    def digits(self) -> dict[str, int]:
        """The signs for 0 to 9."""
        return _by_sign(self._signs.digits)

    @cached_property
    def places(self) -> dict[str, int]:
        """The signs for ten, a hundred, a thousand and, in Thai, up to a hundred thousand."""
        return _by_sign(self._signs.places)

    @cached_property
    def scales(self) -> dict[str, int]:
        """The signs that multiply all before them."""
        return _by_sign(self._signs.scales)

    @cached_property
    def other_words(self) -> frozenset[str]:
        """Words of these signs that are not numbers; a scale alone is one of them."""
        return frozenset({*self.scales, *self._signs.words})

    @cached_property
    def sign(self) -> regex.Pattern[str]:
        """One sign, or a number in digits."""
        return regex.compile(rf"\p{{Nd}}+|{_any(self.digits | self.places | self.scales)}")

    @cached_property
    def numeral(self) -> regex.Pattern[str]:
        """A numeral without digits."""
        return regex.compile(f"(?:{_any(self.digits | self.scales)}|{self._place})+")

    @property
    def _place(self) -> str:
        return f"{_any(self.places)}{_NOT_IN_OTHER_WORD}"

    @cached_property
    def after_digits(self) -> regex.Pattern[str]:
        """The scale words that may follow a number in digits: 억 in 3억, 亿4千万 in 1亿4千万."""
        large = rf"(?:{self._place}|{_any(self.scales)})+"
        figure = r"(?:\p{Nd},\p{Nd}{3}|\p{Nd}{1,4})"
        small = rf"(?:{_any(self.digits)}|{figure})"
        # Korean also writes 3만 5000; the 이 of 3만이 is a particle.
        last = rf"\s?{figure}" if self.code == "ko" else small
        is_complete = r"(?!\p{Nd}|[.,:]\p{Nd}|\s?[月日년월일])"
        return regex.compile(rf"\s?{large}(?:\s?{small}{large})*(?:{last}{is_complete})?")

    def count_signs(self, written: str) -> int:
        """Return how many signs a numeral has."""
        return len(self.sign.findall(written))

    def value(self, written: str, first: Fraction | None = None) -> Fraction:
        """Return the value of a numeral; ``first`` is the number in digits that precedes it."""
        signs = self.sign.findall(written.replace(",", ""))
        if first is None and len(signs) > 1 and all(sign in self.digits for sign in signs):
            return Fraction(int("".join(str(self.digits[sign]) for sign in signs)))
        total = section = Fraction(0)
        digit, last_scale = first, 0
        for sign in signs:
            if sign in self.scales:
                section += digit or 0
                if self.scales[sign] > last_scale > 0:
                    # 万亿: a larger scale multiplies all that precedes it.
                    total, section = Fraction(0), total + section
                last_scale = self.scales[sign]
                total += (section or 1) * last_scale
                section, digit = Fraction(0), None
            elif sign in self.places:
                section += (Fraction(1) if digit is None else digit) * self.places[sign]
                digit = None
            else:
                digit = Fraction(self.digits[sign] if sign in self.digits else int(sign))
        return total + section + (digit or 0)


def _by_sign(values: Values) -> dict[str, int]:
    return {sign: int(value) for value, signs in values.items() for sign in signs}


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


@cache
def _script(code: str) -> _Script:
    return _Script(code)


def _scripts_in(text: str) -> Iterator[_Script]:
    if not text.isascii():
        for code, characters in _SCRIPTS.items():
            if _compiled(characters).search(text):
                yield _script(code)


# Beside digits ------------------------------------------------------------------------------------


def extend_with_scales(text: str, numeral: Numeral) -> Numeral | None:
    """Return ``numeral``, which is in digits, with the signs after it; None if there are none."""
    for script in _scripts_in(text[numeral.end : numeral.end + 4]):
        match = script.after_digits.match(text, numeral.end)
        if match:
            values = frozenset(script.value(match[0], value) for value in numeral.values)
            has_digits = any(sign.isdecimal() for sign in script.sign.findall(match[0]))
            scale = 1 if has_digits else int(script.value(match[0], Fraction(1)))
            return replace(numeral, end=match.end(), values=values, scale=scale)
    return None


def add_half(text: str, numeral: Numeral) -> Numeral:
    """Return ``numeral`` with the half that Chinese writes before the unit: 两个半小时."""
    if not text.startswith(("个半", "個半"), numeral.end):
        return numeral
    values = frozenset(value + Fraction(1, 2) for value in numeral.values)
    return replace(numeral, end=numeral.end + len("个半"), values=values)


# Without digits -----------------------------------------------------------------------------------


def find_cjk_numerals(text: str) -> Iterator[Numeral]:
    """Yield the numerals without digits and the fractions of these scripts in ``text``.

    >>> [str(*n.values) for n in find_cjk_numerals("三百二十人、四分之三")]
    ['3/4', '320', '4', '3']
    >>> [str(*n.values) for n in find_cjk_numerals("이만 오천 명")]
    ['25000']
    """
    for script in _scripts_in(text):
        yield from _fractions(text, script)
        yield from _halves(text, script)
        yield from _FINDERS[script.code](text, script)


def _fractions(text: str, script: _Script) -> Iterator[Numeral]:
    """Read 三分之一 and 3분의 1, in which the whole comes first, and หนึ่งในสาม, in which it is last."""
    number = rf"(?:\p{{Nd}}{{1,3}}|{script.numeral.pattern})"
    joints = "|".join(language(script.code).places.fraction)
    if script.code == "th":
        pattern = _compiled(rf"(?P<part>{number})\s?ใน\s?(?P<whole>{number})")
    else:
        pattern = _compiled(rf"(?P<whole>{number})\s?(?:{joints})\s?(?P<part>{number})")
    for match in pattern.finditer(text):
        if script.count_signs(match[0]) > MAX_SIGNS:
            continue
        part, whole = (script.value(match[name]) for name in ("part", "whole"))
        if whole and match["whole"] != "百":
            yield _numeral(match.start(), match.end(), part / whole)


def _halves(text: str, script: _Script) -> Iterator[Numeral]:
    codes = ("zh", "ja") if script.code == "zh" else (script.code,)
    words = [word for code in codes for word in language(code).numbers.halves_in]
    for match in _compiled("|".join(words)).finditer(text):
        yield _numeral(match.start(), match.end(), Fraction(1, 2))


def _numeral(start: int, end: int, value: Fraction, *, is_ambiguous: bool = False) -> Numeral:
    return Numeral(start, end, frozenset({value}), is_ambiguous=is_ambiguous)


def _find_chinese(text: str, script: _Script) -> Iterator[Numeral]:
    for match in script.numeral.finditer(text):
        written, start = match[0], match.start()
        if (
            written in script.other_words
            or text.startswith("百分", start)
            or script.count_signs(written) > MAX_SIGNS
        ):
            continue
        is_percentage = text.startswith("百分之", start - len("百分之"))
        value = script.value(written) / (100 if is_percentage else 1)
        start -= len("百分之") if is_percentage else 0
        # A lone 一 is an article, a lone 千 part of a word, and 第三 an ordinal.
        is_article = written in "一百千" and not is_percentage
        is_ambiguous = is_article or text[start - 1 : start] == "第"
        yield _numeral(start, match.end(), value, is_ambiguous=is_ambiguous)


def _find_thai(text: str, script: _Script) -> Iterator[Numeral]:
    """Read numerals; one of a single sign is ambiguous unless a counter follows."""
    is_counted = _counted_pattern("th")
    for match in script.numeral.finditer(text):
        length = script.count_signs(match[0])
        is_ambiguous = length == 1 and not is_counted.match(text, match.end())
        if length <= MAX_SIGNS:
            value = script.value(match[0])
            yield _numeral(match.start(), match.end(), value, is_ambiguous=is_ambiguous)


def _counted_pattern(code: str) -> regex.Pattern[str]:
    return _compiled(rf"\s?{_any(language(code).numbers.counters)}")


# Korean -------------------------------------------------------------------------------------------

_HANGUL = regex.compile(r"\p{Hangul}")
_AGE = regex.compile(r"\s?[세살]")


def _find_korean(text: str, script: _Script) -> Iterator[Numeral]:
    yield from _find_native_korean(text)
    yield from _find_sino_korean(text, script)


def _find_native_korean(text: str) -> Iterator[Numeral]:
    """Read 스물세 where a counter follows; 한, one, is ambiguous even there."""
    values = native_korean()
    for match in _compiled(rf"(?<!\p{{Hangul}}){_any(values)}").finditer(text):
        if _counted_pattern("ko").match(text, match.end()):
            value = Fraction(values[match[0]])
            yield _numeral(match.start(), match.end(), value, is_ambiguous=value == 1)


@cache
def native_korean() -> dict[str, int]:
    """Return the native Korean numerals from 1 to 99 by their spelling."""
    numbers = language("ko").numbers
    units, tens = _by_sign(numbers.native_units), _by_sign(numbers.native_tens)
    return units | tens | {t + u: a + b for (t, a), (u, b) in product(tens.items(), units.items())}


def _find_sino_korean(text: str, script: _Script) -> Iterator[Numeral]:
    """Read numerals of at least two signs; one is ambiguous unless a counter follows.

    A space after 만, 억 or 조 does not end a numeral: 이만 오천.
    """
    is_counted = _counted_pattern("ko")
    whole: Numeral | None = None
    for match in _compiled(rf"(?<![\p{{Hangul}}\p{{Nd}}]){script.numeral.pattern}").finditer(text):
        if script.count_signs(match[0]) > MAX_SIGNS:
            continue
        is_ambiguous = not is_counted.match(text, match.end())
        value = script.value(match[0])
        numeral = _numeral(match.start(), match.end(), value, is_ambiguous=is_ambiguous)
        if whole and _continues(text, whole, numeral, script):
            total = max(whole.values) + value
            whole = replace(numeral, start=whole.start, values=frozenset({total}))
            continue
        if whole and whole.end - whole.start > 1:
            yield whole
        whole = numeral
    if whole and whole.end - whole.start > 1:
        yield whole


def _continues(text: str, whole: Numeral, numeral: Numeral, script: _Script) -> bool:
    """Return whether ``numeral`` is the smaller rest of ``whole``, after a scale and a space."""
    scale = script.scales.get(text[whole.end - 1], 0)
    if text[whole.end : numeral.start] != " " or max(numeral.values) >= scale:
        return False
    if whole.end - whole.start == 1 and _AGE.match(text, numeral.end):
        return False  # 만 이십 세 is twenty years of age.
    # A single sign may begin another word.
    is_long = numeral.end - numeral.start > 1
    return is_long or not numeral.is_ambiguous or not _HANGUL.match(text, numeral.end)


_FINDERS = {"zh": _find_chinese, "ko": _find_korean, "th": _find_thai}
