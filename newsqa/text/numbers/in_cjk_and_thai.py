"""Places: numerals of scripts that name each place, as 三百二十, 1억2천만 and สามสิบสอง do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from itertools import product

import regex

from newsqa.languages import language
from newsqa.languages.sections import Places, Values
from newsqa.text.numbers.numeral import Numeral

_LANGUAGES = {"zh": r"\p{Han}", "ko": r"\p{Hangul}", "th": r"\p{Thai}"}
"""Where the signs of each script are kept, those of Chinese characters for all who write them."""

MAX_SIGNS = 40
"""Signs of a numeral: nobody writes a number with more."""

_AGE = regex.compile(r"\s?[세살]")
_HANGUL = regex.compile(r"\p{Hangul}")

_MEASURED = "(?<!千(?=[克米瓦伏卡赫]))(?<!十(?=分(?![之の钟鐘間])))(?!ธ)"
"""千克 is a kilogram, 十分 is "very", and พันธุ์ a breed."""


@dataclass(frozen=True)
class _Script:
    """The signs of a script: digits, the places below the first scale, and the scales."""

    code: str

    @property
    def _kept(self) -> Places:
        return language(self.code).places

    @cached_property
    def digits(self) -> dict[str, int]:
        """0 to 9."""
        return _by_sign(self._kept.digits)

    @cached_property
    def places(self) -> dict[str, int]:
        """Ten, a hundred, a thousand and, in Thai, up to a million."""
        return _by_sign(self._kept.places)

    @cached_property
    def scales(self) -> dict[str, int]:
        """What all before it is multiplied by."""
        return _by_sign(self._kept.scales)

    @cached_property
    def tokens(self) -> regex.Pattern[str]:
        """One sign, or a number in digits."""
        return regex.compile(rf"\p{{Nd}}+|{_any(self.digits | self.places | self.scales)}")

    @cached_property
    def native(self) -> regex.Pattern[str]:
        """A numeral without digits."""
        return regex.compile(
            f"(?:{_any(self.digits | self.scales)}|{_any(self.places)}{_MEASURED})+"
        )

    @cached_property
    def chain(self) -> regex.Pattern[str]:
        """What follows a number in digits: 억 in 3억, 亿4千万 in 1亿4千万."""
        large = rf"(?:{_any(self.places)}{_MEASURED}|{_any(self.scales)})+"
        figure = r"(?:\p{Nd},\p{Nd}{3}|\p{Nd}{1,4})"
        small = rf"(?:{_any(self.digits)}|{figure})"
        # Korean parts the last figure by a space too, and 이 behind one is a particle.
        last = rf"\s?{figure}" if self.code == "ko" else small
        return regex.compile(
            rf"\s?{large}(?:\s?{small}{large})*(?:{last}(?!\p{{Nd}}|[.,:]\p{{Nd}}|\s?[月日년월일]))?"
        )

    def length(self, written: str) -> int:
        """How many signs a numeral has."""
        return len(self.tokens.findall(written))

    def value(self, written: str, first: Fraction | None = None) -> Fraction:
        """The value of a numeral, ``first`` being that of the number in digits it begins with."""
        tokens = self.tokens.findall(written.replace(",", ""))
        if first is None and len(tokens) > 1 and all(token in self.digits for token in tokens):
            return Fraction(int("".join(str(self.digits[token]) for token in tokens)))
        total = section = Fraction(0)
        digit, last_scale = first, 0
        for token in tokens:
            if token in self.scales:
                section += digit or 0
                # 万亿: a scale of a scale multiplies all that is before it.
                if self.scales[token] > last_scale > 0:
                    total, section = Fraction(0), total + section
                last_scale = self.scales[token]
                total += (section or 1) * last_scale
                section, digit = Fraction(0), None
            elif token in self.places:
                section += (Fraction(1) if digit is None else digit) * self.places[token]
                digit = None
            else:
                digit = Fraction(self.digits[token] if token in self.digits else int(token))
        return total + section + (digit or 0)


def _by_sign(values: Values) -> dict[str, int]:
    return {sign: int(value) for value, signs in values.items() for sign in signs}


def _any(signs: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(signs, key=len, reverse=True)) + ")"


@cache
def _script(code: str) -> _Script:
    return _Script(code)


@cache
def _in_script(code: str) -> regex.Pattern[str]:
    return regex.compile(_LANGUAGES[code])


def _scripts(text: str) -> Iterator[_Script]:
    for code in _LANGUAGES:
        if not text.isascii() and _in_script(code).search(text):
            yield _script(code)


def placed_behind(text: str, numeral: Numeral) -> Numeral | None:
    """``numeral``, which is in digits, with the places and scales behind it; None without any."""
    for script in _scripts(text[numeral.end : numeral.end + 4]):
        match = script.chain.match(text, numeral.end)
        if match:
            values = frozenset(script.value(match[0], value) for value in numeral.values)
            is_plain = not any(token.isdecimal() for token in script.tokens.findall(match[0]))
            scale = script.value(match[0], Fraction(1)) if is_plain else Fraction(1)
            return replace(numeral, end=match.end(), values=values, scale=int(scale))
    return None


def with_half(text: str, numeral: Numeral) -> Numeral:
    """``numeral`` with the half that Chinese writes before the unit: 两个半小时."""
    if not text.startswith(("个半", "個半"), numeral.end):
        return numeral
    values = frozenset(value + Fraction(1, 2) for value in numeral.values)
    return replace(numeral, end=numeral.end + len("个半"), values=values)


def placed_numbers(text: str) -> Iterator[Numeral]:
    """The numerals without digits of ``text``, and the fractions of these scripts."""
    for script in _scripts(text):
        yield from _fractions(text, script)
        yield from _halves(text, script)
        yield from _FINDERS[script.code](text, script)


# Fractions ----------------------------------------------------------------------------------------


def _fractions(text: str, script: _Script) -> Iterator[Numeral]:
    """三分之一 and 3분의 1, of which the whole comes first; หนึ่งในสาม, of which it comes last."""
    number = rf"(?:\p{{Nd}}{{1,3}}|{script.native.pattern})"
    joints = "|".join(language(script.code).places.fraction)
    if script.code == "th":
        pattern = _compiled(rf"(?P<part>{number})\s?ใน\s?(?P<whole>{number})")
    else:
        pattern = _compiled(rf"(?P<whole>{number})\s?(?:{joints})\s?(?P<part>{number})")
    for match in pattern.finditer(text):
        part, whole = (script.value(match[name]) for name in ("part", "whole"))
        if whole and match["whole"] != "百":
            yield _numeral(match.start(), match.end(), part / whole)


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


def _halves(text: str, script: _Script) -> Iterator[Numeral]:
    codes = ("zh", "ja") if script.code == "zh" else (script.code,)
    words = [word for code in codes for word in language(code).numbers.halves_in]
    for match in _compiled("|".join(words)).finditer(text):
        yield _numeral(match.start(), match.end(), Fraction(1, 2))


def _numeral(start: int, end: int, value: Fraction, *, is_loose: bool = False) -> Numeral:
    return Numeral(start, end, frozenset({value}), is_word=True, is_loose=is_loose)


# Chinese characters -------------------------------------------------------------------------------


def _in_han(text: str, script: _Script) -> Iterator[Numeral]:
    words = language(script.code).places.words
    for match in script.native.finditer(text):
        written, start = match[0], match.start()
        if (
            written in {*script.scales, *words}
            or text.startswith("百分", start)
            or script.length(written) > MAX_SIGNS
        ):
            continue
        share = 100 if text.startswith("百分之", start - len("百分之")) else 1
        start -= len("百分之") if share > 1 else 0
        # A lone 一 is an article, a lone 千 part of a word, and 第三 an ordinal.
        is_loose = (written in "一百千" and share == 1) or text[start - 1 : start] == "第"
        value = script.value(written) / share
        yield _numeral(start, match.end(), value, is_loose=is_loose)


# Thai ---------------------------------------------------------------------------------------------


def _in_thai(text: str, script: _Script) -> Iterator[Numeral]:
    """Of one sign only what stands before something that is counted is a number for certain."""
    counters = "|".join(language("th").numbers.counters)
    is_counted = _compiled(rf"\s?(?:{counters})")
    for match in script.native.finditer(text):
        length = script.length(match[0])
        is_loose = length == 1 and not is_counted.match(text, match.end())
        if length <= MAX_SIGNS:
            yield _numeral(match.start(), match.end(), script.value(match[0]), is_loose=is_loose)


# Hangul -------------------------------------------------------------------------------------------


def _in_hangul(text: str, script: _Script) -> Iterator[Numeral]:
    """Native numerals and Chinese ones, before what is counted; 이십 and 삼백 also elsewhere, loosely."""
    counters = "|".join(sorted(language("ko").numbers.counters, key=len, reverse=True))
    is_counted = _compiled(rf"\s?(?:{counters})")
    native = _native_korean()
    pattern = _compiled(rf"(?<!\p{{Hangul}})(?:{_any(native)})")
    for match in pattern.finditer(text):
        if is_counted.match(text, match.end()):
            value = Fraction(native[match[0]])
            yield _numeral(match.start(), match.end(), value, is_loose=value == 1)
    whole: Numeral | None = None
    for match in _compiled(rf"(?<![\p{{Hangul}}\p{{Nd}}]){script.native.pattern}").finditer(text):
        is_sure = is_counted.match(text, match.end()) is not None
        number = _numeral(match.start(), match.end(), script.value(match[0]), is_loose=not is_sure)
        if whole and _continues(text, whole, number, script):
            (value,), (more,) = whole.values, number.values
            whole = replace(number, start=whole.start, values=frozenset({value + more}))
            continue
        if whole and whole.end - whole.start > 1:
            yield whole
        whole = number
    if whole and whole.end - whole.start > 1:
        yield whole


def _continues(text: str, whole: Numeral, number: Numeral, script: _Script) -> bool:
    """Whether only a space parts ``number`` from the 만, 억 or 조 before it, as in 이만 오천."""
    scale = script.scales.get(text[whole.end - 1], 0)
    if text[whole.end : number.start] != " " or max(number.values) >= scale:
        return False
    if whole.end - whole.start == 1 and _AGE.match(text, number.end):
        return False  # 만 이십 세 is twenty years of age.
    is_long = number.end - number.start > 1
    return is_long or not number.is_loose or not _HANGUL.match(text, number.end)


@cache
def _native_korean() -> dict[str, int]:
    numbers = language("ko").numbers
    units, tens = _by_sign(numbers.native_units), _by_sign(numbers.native_tens)
    return units | tens | {t + u: a + b for (t, a), (u, b) in product(tens.items(), units.items())}


_FINDERS = {"zh": _in_han, "ko": _in_hangul, "th": _in_thai}
