"""Number words: what the words for numbers stand for, in the languages that have a list here."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

_UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize dix-sept dix-huit dix-neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_SCALES = {
    "en": "hundred=100 thousand=1000 million=1000000 billion=1000000000 trillion=1000000000000 "
    "dozen=12 lakh=100000 crore=10000000",
    "de": "hundert=100 tausend=1000 million=1000000 millionen=1000000 milliarde=1000000000 "
    "milliarden=1000000000 billion=1000000000000 billionen=1000000000000 mio=1000000 "
    "mrd=1000000000 dutzend=12",
    "fr": "cent=100 cents=100 mille=1000 million=1000000 millions=1000000 milliard=1000000000 "
    "milliards=1000000000 douzaine=12 md=1000000000",
    "es": "cien=100 ciento=100 mil=1000 millón=1000000 millones=1000000 docena=12",
}
_PLURALS = {
    "en": "dozens=12 hundreds=100 thousands=1000 millions=1000000 billions=1000000000 "
    "trillions=1000000000000 scores=20 tens=10",
}
"""Plurals that name no count: "hundreds of people" are some hundreds."""

_MULTIPLES = {
    "en": "twice=2 thrice=3 double=2 doubled=2 doubling=2 doubles=2 triple=3 tripled=3 tripling=3 "
    "triples=3 quadruple=4 quadrupled=4 couple=2 pair=2 twofold=2 threefold=3 tenfold=10",
}

_HALVES = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_HALVES |= {"eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100}
_PARTS = {"de": {"hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "halbe": 2, "halben": 2}}
_PARTS |= {"fr": {"moitié": 2, "tiers": 3, "quart": 4}, "es": {"mitad": 2, "tercio": 3}}
_PARTS |= {"en": _HALVES | {f"{part}s": n for part, n in _HALVES.items()} | {"halves": 2}}


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of one language: phrases with single spaces, in small letters."""

    small: dict[str, int] = field(default_factory=dict)
    """0 to 999, and in English also "twelve hundred"."""
    ordinals: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    plurals: dict[str, int] = field(default_factory=dict)
    multiples: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    """Words for parts, and into how many: a third is one of three."""


@cache
def number_words(language: str) -> NumberWords:
    """The number words of ``language``; none where no list is kept."""
    if language not in _UNITS:
        return NumberWords()
    return NumberWords(
        small=_small(language),
        ordinals=_ordinals() if language == "en" else {},
        scales=_pairs(_SCALES[language]),
        plurals=_pairs(_PLURALS.get(language, "")),
        multiples=_pairs(_MULTIPLES.get(language, "")),
        parts=_PARTS[language],
    )


def _pairs(written: str) -> dict[str, int]:
    return {word: int(value) for word, value in (pair.split("=") for pair in written.split())}


def _small(language: str) -> dict[str, int]:
    below_100 = _BELOW_100[language]()
    if language == "en":
        return below_100 | _english_hundreds(below_100)
    if language == "de":
        return below_100 | _german_hundreds(below_100)
    return below_100


def _listed(language: str) -> dict[str, int]:
    words = _UNITS[language].split()
    return {word.replace("-", " "): n for n, word in enumerate(words)} | _tens(language)


def _tens(language: str) -> dict[str, int]:
    return {word: (at + 2) * 10 for at, word in enumerate(_TENS[language].split())}


def _english() -> dict[str, int]:
    listed = _listed("en")
    units = {word: value for word, value in listed.items() if 0 < value < 10}
    both = {f"{t} {u}": a + b for t, a in _tens("en").items() for u, b in units.items()}
    return listed | both


def _english_hundreds(below_100: dict[str, int]) -> dict[str, int]:
    found = {"a hundred": 100, "one hundred": 100}
    found |= {f"{word} hundred": n * 100 for word, n in below_100.items() if 0 < n < 20 and n != 10}
    rest = {word: n for word, n in below_100.items() if n}
    for words, hundreds in list(found.items()):
        for joint in (" ", " and "):
            found |= {f"{words}{joint}{word}": hundreds + n for word, n in rest.items()}
    return found


def _german() -> dict[str, int]:
    listed = _listed("de")
    units = {word: value for word, value in listed.items() if 0 < value < 10} | {"ein": 1}
    both = {f"{u}und{t}": a + b for t, a in _tens("de").items() for u, b in units.items()}
    found = listed | both
    return found | {word.replace("ß", "ss"): value for word, value in found.items()}


def _german_hundreds(below_100: dict[str, int]) -> dict[str, int]:
    units = {"": 1, "ein": 1} | {word: n for word, n in below_100.items() if 1 < n < 10}
    rest = {"": 0} | {word: n for word, n in below_100.items() if n}
    return {f"{u}hundert{r}": a * 100 + b for u, a in units.items() for r, b in rest.items()}


def _french() -> dict[str, int]:
    listed = _listed("fr")
    found = {word: n for word, n in listed.items() if n not in (0, 1)} | {"zéro": 0}
    for ten, value in (*_tens("fr").items(), ("quatre vingt", 80)):
        above = 20 if value in (60, 80) else 10
        rest = {word: n for word, n in listed.items() if 0 < n < above}
        found |= {f"{ten} {word}": value + n for word, n in rest.items()}
        found |= {f"{ten} et {word}": value + n for word, n in rest.items() if n in (1, 11)}
    return found | {"quatre vingts": 80}


def _spanish() -> dict[str, int]:
    listed = _listed("es")
    units = {word: n for word, n in listed.items() if 0 < n < 10}
    found = {word: n for word, n in listed.items() if n != 1}
    found |= {f"{t} y {u}": a + b for t, a in _tens("es").items() for u, b in units.items()}
    twenties = "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
    return found | {word: 21 + at for at, word in enumerate(twenties.split())}


_BELOW_100 = {"en": _english, "de": _german, "fr": _french, "es": _spanish}


def _ordinals() -> dict[str, int]:
    simple = {word: n for n, word in enumerate(_ORDINALS.split()) if n}
    tens = _tens("en")
    round_ones = {f"{word[:-1]}ieth": n for word, n in tens.items()} | {"hundredth": 100}
    both = {f"{t} {u}": a + b for t, a in tens.items() for u, b in simple.items() if b < 10}
    return simple | round_ones | both
