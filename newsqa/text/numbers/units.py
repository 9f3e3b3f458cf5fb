"""Units: what a number is a number of, and how much of its base unit that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import regex

from newsqa.languages import SIGNS, language
from newsqa.languages.spelling import GAP, WORD, plain, plain_phrase


@dataclass(frozen=True, slots=True)
class Unit:
    """A dimension, such as ``length`` or ``money:EUR``, and the factor to its base unit."""

    dimension: str
    factor: Fraction = Fraction(1)

    @property
    def is_money(self) -> bool:
        """Whether it counts money."""
        return self.dimension.startswith("money:")


Units = tuple[Unit, ...]
"""All that a name may stand for."""

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
"""The currencies that one name stands for; any other name is a currency of its own."""

_EITHER = {"pound": ("GBP", "pound-weight"), "gram-or-year": ("gram", "year")}
"""Names that count two kinds of things."""

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
    """What a lexicon's ``name`` for a unit may stand for."""
    if name in _measures():
        return _measures()[name]
    if name in _EITHER:
        return tuple(unit for one in _EITHER[name] for unit in unit_of(one))
    factor = Fraction(1, 100) if name in _HUNDREDTHS else Fraction(1)
    return tuple(Unit(f"money:{code}", factor) for code in _MONEY.get(name, (name,)))


# Spelled out --------------------------------------------------------------------------------------

_LONGEST = 4
"""Words in the longest name of a unit: kilomètres à l'heure."""

_LONGEST_UNSPACED = 18
"""Characters of the longest name of a unit without spaces: กิโลเมตรต่อชั่วโมง."""

_BETWEEN = regex.compile(r"\.?[\s\-‐‑־'’/]{1,2}")
_START = regex.compile(rf"{GAP}{{0,2}}")


@dataclass(frozen=True, slots=True)
class Names:
    """Names by their spelling: of words parted by spaces, and of those written to a number."""

    words: Mapping[str, str]
    unspaced: Mapping[str, str]
    skipped: frozenset[str] = frozenset()
    """Words that may stand between a number and its unit: de."""

    def behind(self, text: str, at: int) -> tuple[str, int] | None:
        """The longest name that begins at ``at``, but for a space, and where it ends."""
        start = _START.match(text, at).end()
        found = [*self._unspaced_at(text, start), *self._words_at(text, start)]
        return max(found, key=lambda pair: pair[1], default=None)

    def _words_at(self, text: str, start: int) -> Iterator[tuple[str, int]]:
        if not self.words:
            return
        spelled, at = "", start
        for _ in range(_LONGEST):
            word = WORD.match(text, at)
            if not word:
                return
            if spelled or plain(word[0]) not in self.skipped:
                spelled = f"{spelled} {plain(word[0])}".lstrip()
            if spelled in self.words and not text[word.end() : word.end() + 1].isdigit():
                yield self.words[spelled], word.end()
            gap = _BETWEEN.match(text, word.end())
            if not gap:
                return
            at = gap.end()

    def _unspaced_at(self, text: str, start: int) -> Iterator[tuple[str, int]]:
        for length in range(
            min(_LONGEST_UNSPACED, len(text) - start) if self.unspaced else 0, 0, -1
        ):
            name = self.unspaced.get(text[start : start + length])
            if name:
                yield name, start + length
                return


@cache
def names_of(section: str, languages: frozenset[str]) -> Names:
    """The names that a section of the lexicons of ``languages`` has."""
    words: dict[str, str] = {}
    unspaced: dict[str, str] = {}
    skipped: set[str] = set()
    for known in map(language, sorted(languages)):
        skipped.update(map(plain_phrase, known.numbers.before_unit))
        for name, forms in getattr(known, section).items():
            if known.has_spaces:
                words |= dict.fromkeys(map(plain_phrase, forms), name)
            else:
                unspaced |= dict.fromkeys(forms, name)
    return Names(words, unspaced, frozenset(skipped))


# Signs --------------------------------------------------------------------------------------------


@cache
def _signs() -> Mapping[str, str]:
    return {form: name for name, forms in language(SIGNS).units.items() for form in forms}


@cache
def _sign_pattern() -> regex.Pattern[str]:
    signs = sorted(map(regex.escape, _signs()), key=len, reverse=True)
    letters = r"(?:(?<=\p{L})(?![\p{Latin}\p{Cyrillic}\p{N}])|(?<!\p{L})(?!\d))"
    return regex.compile(rf"{GAP}{{0,2}}(?P<sign>{'|'.join(signs)}){letters}", regex.IGNORECASE)


_BEFORE = regex.compile(
    r"(?<!\p{L})(?:(?:us|ca?|au?|nz|hk|s|r)?[\$＄]|[£€¥￥₹₩₽₪₺₦₴฿]"
    r"|\b(?:usd|eur|gbp|chf|cad|aud|inr|rs|rmb|cny|jpy|krw|rub|ils|try|thb|uah)\b\.?)\s?$",
    regex.IGNORECASE,
)


def unit_before(text: str, start: int) -> tuple[Units, int]:
    """The currency written before the number at ``start``, and where that begins."""
    match = _BEFORE.search(text, max(start - 6, 0), start)
    if not match:
        return (), start
    sign = match[0].strip(" .\u00a0\u2009\u202f").casefold()
    return unit_of(_signs()[sign]), match.start()


def unit_behind(text: str, end: int, languages: frozenset[str]) -> tuple[Units, int]:
    """What the unit written behind the number up to ``end`` may be, and where it ends."""
    sign = _sign_pattern().match(text, end)
    found = [(_signs()[sign["sign"].casefold()], sign.end())] if sign else []
    spelled = names_of("units", languages | {"en"}).behind(text, end)
    found += [spelled] if spelled else []
    if not found:
        return (), end
    name, end = max(found, key=lambda pair: pair[1])
    return unit_of(name), end
