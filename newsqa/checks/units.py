"""Units: what a number is a number of, and how much of its base unit that is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import regex


@dataclass(frozen=True, slots=True)
class Unit:
    """A dimension, such as ``length`` or ``money:EUR``, and the factor to its base unit."""

    dimension: str
    factor: Fraction = Fraction(1)

    @property
    def is_money(self) -> bool:
        """Whether it counts money."""
        return self.dimension.startswith("money:")


SHARE = Unit("share", Fraction(1, 100))
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "HKD", "SGD")

_MONEY = {
    "USD": ("us$", "us dollars?", "american dollars?", "usd"),
    "CAD": ("c$", "ca$", "canadian dollars?", "cad"),
    "AUD": ("a$", "au$", "australian dollars?", "aud"),
    "NZD": ("nz$", "new zealand dollars?", "nzd"),
    "HKD": ("hk$", "hong kong dollars?", "hkd"),
    "SGD": ("s$", "singapore dollars?", "sgd"),
    "GBP": ("£", "gbp", "pounds? sterling", "british pounds?", "quid"),
    "EUR": ("€", "euros?", "eur"),
    "JPY": ("円", "yen", "jpy", "日元"),
    "CNY": ("元", "yuan", "renminbi", "rmb", "cny", "人民币"),
    "INR": ("₹", "rupees?", "rs", "inr"),
    "CHF": ("chf", "swiss francs?", "sfr"),
    "KRW": ("₩", "won", "krw"),
    "RUB": ("₽", "roubles?", "rubles?", "rub", "руб"),
    "BRL": ("r$", "reais", "reals?"),
    "ILS": ("₪", "shekels?"),
    "TRY": ("₺", "liras?"),
    "krone": ("kronor", "krona", "kroner", "krone", "kr", "sek", "nok", "dkk"),
    "franc": ("francs?",),
    "peso": ("pesos?",),
    "rand": ("rand",),
    "naira": ("₦", "naira"),
}
_MEASURES = {
    "length": {
        "1": "m|metres?|meters?|metern?|mètres?|metros?|米",
        "1000": "km|kms|kilometres?|kilometers?|kilometern?|kilomètres?|kilómetros?|公里|千米",
        "1/100": "cm|centimetres?|centimeters?|zentimetern?|厘米",
        "1/1000": "mm|millimetres?|millimeters?",
        "1609344/1000": "miles?|mi|meilen?|millas?",
        "3048/10000": "feet|foot|ft",
        "254/10000": "inch|inches",
        "9144/10000": "yards?|yds?",
        "1852": "nautical miles?",
    },
    "mass": {
        "1": "kg|kgs|kilos?|kilograms?|kilogrammes?|kilogramm|公斤",
        "1/1000": "g|grams?|grammes?|gramm",
        "1000": "tonnes?|metric tons?|tonnen|toneladas?|吨",
        "907": "tons?|short tons?",
        "45359237/100000000": "lbs?",
        "28349523/1000000000": "ounces?|oz",
    },
    "time": {
        "1": "seconds?|secs?|sekunden?|secondes?|segundos?|秒",
        "60": "minutes?|mins?|minuten?|minutos?|分钟",
        "3600": "hours?|hrs?|stunden?|heures?|horas?|小时",
        "86400": "days?|tagen?|tag|jours?|días?|天",
        "604800": "weeks?|wochen?|semaines?|semanas?|周|星期",
        "1209600": "fortnights?",
    },
    "months": {
        "1": "months?|monaten?|monat|mois|mes|meses|个月",
        "3": "quarters",
        "12": "years?|yrs?|jahren?|jahr|ans?|années?|años?|岁|year-olds?|years? old|jähriger?|jährige",
        "120": "decades?|jahrzehnten?",
        "1200": "centuries|century|jahrhunderten?",
    },
    "area": {
        "1": "square met[er]{2}s?|m²|sqm|quadratmetern?|平方米",
        "1000000": "square kilomet[er]{2}s?|km²|quadratkilometern?|平方公里",
        "2589988": "square miles?",
        "929/10000": "square feet|square foot|sq ft",
        "40469/10": "acres?|acre",
        "10000": "hectares?|ha|hektar",
    },
    "temperature C": {"1": "°c|degrees? celsius|degrees? centigrade|celsius|grad celsius"},
    "temperature F": {"1": "°f|degrees? fahrenheit|fahrenheit"},
    "angle": {"1": "°|degrees?|grad"},
    "speed": {
        "1": "km/h|kilomet[er]{2}s? an hour|kph|kmh|kilomet[er]{2}s? per hour|stundenkilometern?",
        "1609344/1000000": "mph|miles per hour|miles an hour",
        "1852/1000": "knots?",
    },
    "volume": {
        "1": "lit[er]{2}s?|litern?|litros?|升",
        "1/1000": "ml|millilit[er]{2}s?",
        "3785/1000": "gallons?",
        "158987/1000": "barrels?",
    },
    "power": {"1": "kw|kilowatts?", "1000": "mw|megawatts?", "1000000": "gw|gigawatts?"},
    "energy": {
        "1": "kwh|kilowatt-hours?",
        "1000": "mwh|megawatt-hours?",
        "1000000": "gwh|gigawatt-hours?",
    },
    "data": {"1": "mb|megabytes?", "1000": "gb|gigabytes?", "1000000": "tb|terabytes?"},
    "points": {"1": "percentage points?|pp|prozentpunkten?|points? de pourcentage|个百分点"},
    "share": {
        "1/100": "%|％|٪|percent|per cent|pct|prozent|pour cent|por ciento|procent|percento|процент\\w*"
    },
}
_SMALL_MONEY = {
    "cents?|¢|centavos?": (*_DOLLARS, "EUR", "rand", "peso"),
    "pence|p|pennies": ("GBP",),
    "centimes?": ("CHF", "franc"),
}
_AMBIGUOUS = {
    "$|dollars?|dólares|＄": _DOLLARS,
    "¥|￥": ("JPY", "CNY"),
    "bucks": _DOLLARS,
}


def _readings() -> dict[str, tuple[Unit, ...]]:
    """Each spelling's pattern, and the units it may stand for."""
    found: dict[str, tuple[Unit, ...]] = {
        "pounds?|pfund|libras?|livres?": (
            Unit("money:GBP"),
            Unit("mass", Fraction(45359237, 100000000)),
        )
    }
    for code, names in _MONEY.items():
        found |= {name: (Unit(f"money:{code}"),) for name in names}
    for spelled, codes in _AMBIGUOUS.items():
        found[spelled] = tuple(Unit(f"money:{code}") for code in codes)
    for spelled, codes in _SMALL_MONEY.items():
        found[spelled] = tuple(Unit(f"money:{code}", Fraction(1, 100)) for code in codes)
    for dimension, scales in _MEASURES.items():
        found |= {name: (Unit(dimension, Fraction(f)),) for f, name in scales.items()}
    return found


def _escaped(spelling: str) -> str:
    return spelling.replace("$", r"\$").replace(" ", r"[\s\-‐‑]+")


_SPELLINGS = sorted(
    ((_escaped(name), units) for names, units in _readings().items() for name in names.split("|")),
    key=lambda pair: -len(pair[0]),
)
"""Longest first, since of two that match the longer is meant: "square miles" is no "square"."""

_ANY = "|".join(f"(?P<u{n}>{spelling})" for n, (spelling, _) in enumerate(_SPELLINGS))
_BEHIND = regex.compile(rf"[\s\-‐‑]{{0,2}}(?i:{_ANY})(?![\p{{Latin}}\p{{Cyrillic}}\d])")
_SIGNS = r"(?:us|ca?|au?|nz|hk|s|r)?[\$＄]|[£€¥￥₹₩₽₪₺₦]|\b(?:usd|eur|gbp|chf|cad|aud|inr|rs\.?|rmb|cny|jpy|krw|rub)"
_BEFORE = regex.compile(rf"(?<![\p{{L}}])(?i:{_SIGNS})\s?$")


def unit_before(text: str, start: int) -> tuple[tuple[Unit, ...], int]:
    """The currency written before the number at ``start``, and where that begins."""
    match = _BEFORE.search(text, max(start - 6, 0), start)
    if not match:
        return (), start
    units = units_named(match[0].strip(" .\u00a0\u2009\u202f"))
    return units, match.start()


def unit_behind(text: str, end: int) -> tuple[tuple[Unit, ...], int]:
    """What the unit written behind the number up to ``end`` may be, and where it ends."""
    match = _BEHIND.match(text, end)
    if not match:
        return (), end
    return _SPELLINGS[int(str(match.lastgroup)[1:])][1], match.end()


def units_named(name: str) -> tuple[Unit, ...]:
    """What ``name`` may stand for, as in "the dollar" or "€"."""
    return unit_behind(name, 0)[0]
