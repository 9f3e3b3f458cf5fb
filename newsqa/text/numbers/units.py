"""Quantities and their units: the names and signs beside a number, and the rates by which it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

import regex

from newsqa.languages import SIGNS, language
from newsqa.languages.spelling import GAP, WORD, any_of, plain, plain_phrase


@dataclass(frozen=True, slots=True)
class Unit:
    """A dimension, such as ``length`` or ``money:EUR``, and the factor to its base unit."""

    dimension: str
    factor: Fraction = Fraction(1)

    @property
    def is_money(self) -> bool:
        """True for a currency."""
        return self.dimension.startswith("money:")


Units = tuple[Unit, ...]
"""All units that one name may mean."""

SHARE = Unit("share", Fraction(1, 100))
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "HKD", "SGD")
_POUND = "45359237/100000000"

_MEASURES = {
    "length": "metre=1 kilometre=1000 centimetre=1/100 millimetre=1/1000 mile=1609344/1000 "
    "foot=3048/10000 inch=254/10000 yard=9144/10000 nautical-mile=1852",
    "mass": f"kilogram=1 gram=1/1000 tonne=1000 ton=907 pound-weight={_POUND} jin=1/2 "
    "ounce=28349523/1000000000",
    "time": "second=1 minute=60 hour=3600 day=86400 week=604800 fortnight=1209600",
    "months": "month=1 quarter=3 year=12 decade=120 century=1200",
    "area": "square-metre=1 square-kilometre=1000000 square-mile=2589988 square-foot=929/10000 "
    "acre=40469/10 hectare=10000 dunam=1000 rai=1600 mu=2000/3 pyeong=400/121",
    "temperature C": "celsius=1",
    "temperature F": "fahrenheit=1",
    "angle": "degree=1",
    "speed": "kilometre-an-hour=1 mile-an-hour=1609344/1000000 knot=1852/1000",
    "volume": "litre=1 millilitre=1/1000 gallon=3785/1000 barrel=158987/1000 cubic-metre=1000",
    "power": "kilowatt=1 megawatt=1000 gigawatt=1000000",
    "energy": "kilowatt-hour=1 megawatt-hour=1000 gigawatt-hour=1000000",
    "data": "megabyte=1 gigabyte=1000 terabyte=1000000",
    "points": "point=1",
    "share": "percent=1/100 tenth=1/10",
}
_MONEY = {
    "dollar": _DOLLARS,
    "yen-sign": ("JPY", "CNY"),
    "pound-money": ("GBP", "pound"),
    "franc": ("CHF", "franc"),
    "cent": (*_DOLLARS, "EUR", "rand", "peso"),
    "penny": ("GBP",),
    "centime": ("CHF", "franc", "EUR"),
    "kopeck": ("RUB",),
    "agora": ("ILS",),
    "paisa": ("INR",),
}
"""The currencies that one name may mean; any other name is the code of a currency."""

_SEVERAL = {"pound": ("GBP", "pound-weight"), "gram-or-year": ("gram", "year")}
"""Names that may mean units of two dimensions."""

_HUNDREDTHS = frozenset({"cent", "penny", "centime", "kopeck", "agora", "paisa"})


@cache
def _measures() -> Mapping[str, Units]:
    pairs = (
        (dimension, *pair.split("="))
        for dimension, listed in _MEASURES.items()
        for pair in listed.split()
    )
    return {name: (Unit(dimension, Fraction(factor)),) for dimension, name, factor in pairs}


@cache
def unit_of(name: str) -> Units:
    """Return the units that ``name``, a key of a data file's section ``units``, may mean.

    >>> unit_of("kilometre")
    (Unit(dimension='length', factor=Fraction(1000, 1)),)
    >>> [unit.dimension for unit in unit_of("pound")]
    ['money:GBP', 'mass']
    """
    if name in _measures():
        return _measures()[name]
    if name in _SEVERAL:
        return tuple(unit for each in _SEVERAL[name] for unit in unit_of(each))
    factor = Fraction(1, 100) if name in _HUNDREDTHS else Fraction(1)
    return tuple(Unit(f"money:{code}", factor) for code in _MONEY.get(name, (name,)))


# Names in words -----------------------------------------------------------------------------------

MAX_NAME_WORDS = 4
"""Words in the longest name of a unit: kilomètres à l'heure."""

MAX_UNSPACED_CHARS = 18
"""Characters in the longest name of a unit without spaces: กิโลเมตรต่อชั่วโมง."""

_BETWEEN_WORDS = regex.compile(r"\.?[\s\-‐‑־'’/]{1,2}")
_BEFORE_NAME = regex.compile(rf"{GAP}{{0,2}}")


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The keys of units or rates by their names: in words, and in scripts without spaces."""

    words: Mapping[str, str]
    unspaced: Mapping[str, str]
    skipped: frozenset[str] = frozenset()
    """Words that may be between a number and its unit: de."""

    def match(self, text: str, at: int) -> tuple[str, int] | None:
        """Return the key of the longest name at ``at``, after a space or hyphen, and its end."""
        start = _BEFORE_NAME.match(text, at).end()
        matches = [*self._match_unspaced(text, start), *self._match_words(text, start)]
        return max(matches, key=lambda pair: pair[1], default=None)

    def _match_words(self, text: str, start: int) -> Iterator[tuple[str, int]]:
        if not self.words:
            return
        name, at = "", start
        for _ in range(MAX_NAME_WORDS):
            word = WORD.match(text, at)
            if not word:
                return
            if name or plain(word[0]) not in self.skipped:
                name = f"{name} {plain(word[0])}".lstrip()
            if name in self.words and not text[word.end() : word.end() + 1].isdigit():
                yield self.words[name], word.end()
            between = _BETWEEN_WORDS.match(text, word.end())
            if not between:
                return
            at = between.end()

    def _match_unspaced(self, text: str, start: int) -> Iterator[tuple[str, int]]:
        longest = min(MAX_UNSPACED_CHARS, len(text) - start) if self.unspaced else 0
        for length in range(longest, 0, -1):
            key = self.unspaced.get(text[start : start + length])
            if key:
                yield key, start + length
                return


@cache
def names_of(section: str, languages: frozenset[str]) -> UnitNames:
    """Return the names in the section ``units`` or ``rates`` of all ``languages``."""
    words: dict[str, str] = {}
    unspaced: dict[str, str] = {}
    skipped: set[str] = set()
    for known in map(language, sorted(languages)):
        skipped.update(map(plain_phrase, known.numbers.before_unit))
        for key, forms in getattr(known, section).items():
            if known.has_spaces:
                words |= dict.fromkeys(map(plain_phrase, forms), key)
            else:
                unspaced |= dict.fromkeys(forms, key)
    return UnitNames(words, unspaced, frozenset(skipped))


# Signs --------------------------------------------------------------------------------------------


@cache
def _signs() -> Mapping[str, str]:
    return {sign: key for key, signs in language(SIGNS).units.items() for sign in signs}


@cache
def _sign_pattern() -> regex.Pattern[str]:
    signs = sorted(map(regex.escape, _signs()), key=len, reverse=True)
    is_whole = r"(?:(?<=\p{L})(?![\p{Latin}\p{Cyrillic}\p{N}])|(?<!\p{L})(?!\d))"
    return regex.compile(rf"{GAP}{{0,2}}(?P<sign>{'|'.join(signs)}){is_whole}", regex.IGNORECASE)


_MAX_SIGN_CHARS = 6
_ONLY_AFTER = regex.compile(r"\p{Han}|¢")
"""Signs of money that are never written before a number."""


@cache
def _sign_before_number() -> regex.Pattern[str]:
    """The signs and codes of currencies: $5, US$5, EUR 5, Rs. 5."""
    money = [
        sign
        for sign, key in _signs().items()
        if any(unit.is_money for unit in unit_of(key)) and not _ONLY_AFTER.search(sign)
    ]
    codes = any_of(sign for sign in money if sign.isalpha())
    signs = any_of(sign for sign in money if not sign.isalpha())
    pattern = rf"(?<!\p{{L}})(?:(?:{codes})\b\.?|{signs})\s?$"
    return regex.compile(pattern, regex.IGNORECASE)


def unit_before(text: str, start: int) -> tuple[Units, int]:
    """Return the currencies written before the number at ``start``, and where they begin."""
    match = _sign_before_number().search(text, max(start - _MAX_SIGN_CHARS, 0), start)
    if not match:
        return (), start
    sign = match[0].strip(" .\u00a0\u2009\u202f").casefold()
    return unit_of(_signs()[sign]), match.start()


def unit_after(text: str, end: int, languages: frozenset[str]) -> tuple[Units, int]:
    """Return the units written after the number that ends at ``end``, and where they end."""
    sign = _sign_pattern().match(text, end)
    matches = [(_signs()[sign["sign"].casefold()], sign.end())] if sign else []
    name = names_of("units", languages | {"en"}).match(text, end)
    matches += [name] if name else []
    if not matches:
        return (), end
    key, end = max(matches, key=lambda pair: pair[1])
    return unit_of(key), end


# Rates --------------------------------------------------------------------------------------------

_COUNTED_NOUN = regex.compile(r"\s\p{L}[\p{L}\p{M}]*")
"""The noun in "300 passengers a day"."""

_MAX_RATE_BEFORE_CHARS = 12


def rate_at(text: str, start: int, end: int, languages: frozenset[str]) -> str:
    """Return the time by which the quantity from ``start`` to ``end`` is counted, or "".

    >>> rate_at("300 passengers a day", 0, 3, frozenset({"en"}))
    'day'
    >>> rate_at("每月60万元", 2, 6, frozenset({"zh"}))
    'month'
    """
    pattern = _rate_before(languages)
    before = (
        pattern.search(text, max(start - _MAX_RATE_BEFORE_CHARS, 0), start) if pattern else None
    )
    if before:
        return _rates_before(languages)[before["rate"]]
    names = names_of("rates", languages | {"en"})
    noun = _COUNTED_NOUN.match(text, end)
    for at in (end, noun.end() if noun else end):
        rate = names.match(text, at)
        if rate:
            return rate[0]
    return ""


@cache
def _rates_before(languages: frozenset[str]) -> dict[str, str]:
    """Return the rates that are written before a number: 每月60万元."""
    return {
        form: key
        for code in languages
        for key, forms in language(code).rates_before.items()
        for form in forms
    }


@cache
def _rate_before(languages: frozenset[str]) -> regex.Pattern[str] | None:
    forms = "|".join(sorted(_rates_before(languages), key=len, reverse=True))
    if not forms:
        return None
    return regex.compile(
        rf"(?<![\d\p{{Hangul}}])(?:(?P<rate>{forms})[\s約约약는은に]{{0,3}}"
        rf"|(?P<rate>{forms})(?<=[每毎].)\p{{Han}}{{1,3}})$"
    )


NumeralKind = Literal["cardinal", "ordinal", "plural", "label"]
"""``plural``: "hundreds", which gives no count; ``label``: part of a name, such as F-15 or G20."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its span in code points and the values it may have."""

    start: int
    end: int
    values: frozenset[Fraction]
    kind: NumeralKind = "cardinal"
    scale: int = 1
    """The last scale named: a million in "5 million". In "3 to 5 million" the 3 may share it."""
    is_ambiguous: bool = False
    """True for words that often are not numbers, like French "un".

    They may support a claim and never contradict one.
    """


@dataclass(frozen=True, slots=True)
class Amount:
    """One reading of a quantity: its value, in the base unit of its dimension if it has a unit."""

    value: Fraction
    unit: Unit | None = None

    @property
    def dimension(self) -> str:
        """The dimension of the unit; empty for a plain number."""
        return self.unit.dimension if self.unit else ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its sign and unit: its span in code points and all its readings."""

    start: int
    end: int
    amounts: frozenset[Amount]
    numeral: Numeral
    sign: int = 1
    rate: str = ""
    """The time by which it is counted: ``month`` in "£20 a month"; empty for none."""

    @property
    def kind(self) -> NumeralKind:
        """The kind of the number."""
        return self.numeral.kind

    @property
    def has_unit(self) -> bool:
        """True if it has a unit in every reading."""
        return all(amount.unit for amount in self.amounts)
