"""Calendar words: the names of months and weekdays, and words that tell a day from today."""

from __future__ import annotations

from functools import cache
from typing import Literal

Step = Literal["day", "week", "month", "year"]

_MONTHS = {
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
    "september|sept|sep october|oct november|nov december|dec",
    "de": "januar|jänner|jan februar|feb märz april mai juni juli august|aug september|sept oktober|okt "
    "november|nov dezember|dez",
    "fr": "janvier|janv février|févr mars avril mai juin juillet août septembre|sept octobre|oct "
    "novembre|nov décembre|déc",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre|sept octubre|oct "
    "noviembre|nov diciembre|dic",
}
_WEEKDAYS = {
    "en": "monday|mon tuesday|tues|tue wednesday|wed thursday|thurs|thur|thu friday|fri saturday|sat sunday|sun",
    "de": "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
_DAYS = {
    "en": "today=0 tonight=0 yesterday=-1 tomorrow=1",
    "de": "heute=0 gestern=-1 vorgestern=-2",
    "fr": "aujourd'hui=0 aujourd’hui=0 hier=-1 demain=1",
    "es": "hoy=0 ayer=-1",
}
_PERIODS: dict[str, dict[Step, str]] = {
    "de": {
        "week": r"(?:(?P<last>letzte|vergangene|vorige)|(?P<next>nächste|kommende))[rn]?\sWoche",
        "month": r"(?:(?P<last>letzten|vergangenen|vorigen)|(?P<next>nächsten|kommenden))\sMonat",
        "year": r"(?:(?P<last>letzte|vergangene|vorige)|(?P<next>nächste|kommende))[sn]\sJahr",
    },
    "fr": {
        "week": r"semaine\s(?:(?P<last>dernière|passée)|(?P<next>prochaine))",
        "month": r"mois\s(?:(?P<last>dernier|passé)|(?P<next>prochain))",
        "year": r"(?:an|année)\s(?:(?P<last>dernière?|passée?)|(?P<next>prochaine?))",
    },
    "es": {
        "week": r"semana\s(?:(?P<last>pasada)|(?P<next>próxima))|(?:(?P<last>pasada)|(?P<next>próxima))\ssemana",
        "month": r"mes\s(?:(?P<last>pasado)|(?P<next>próximo))|(?:(?P<last>pasado)|(?P<next>próximo))\smes",
        "year": r"año\s(?:(?P<last>pasado)|(?P<next>próximo))|(?:(?P<last>pasado)|(?P<next>próximo))\saño",
    },
}
"""The last and the next week, month and year; English has more ways, and its own pattern."""

_PART_OF_DAY = {"de": r"(?:s|morgens?|(?:vor|nach)?mittags?|abends?|nachts?|früh)"}
"""What may be written to a weekday, as in Dienstagabend."""

LANGUAGES = frozenset(_MONTHS)
"""The languages with a list here."""


@cache
def months(language: str) -> dict[str, int]:
    """The names and short forms of the months, in small letters, and their numbers from 1."""
    return _numbered(_MONTHS.get(language, ""), first=1)


@cache
def weekdays(language: str) -> dict[str, int]:
    """The names and short forms of the weekdays, in small letters, and their numbers: Monday is 0."""
    return _numbered(_WEEKDAYS.get(language, ""), first=0)


@cache
def days_from_today(language: str) -> dict[str, int]:
    """Words for a day near today, and how many days from today it is."""
    pairs = (pair.split("=") for pair in _DAYS.get(language, "").split())
    return {word: int(days) for word, days in pairs}


def periods(language: str) -> dict[Step, str]:
    """Patterns for the last and the next week, month and year, with a group for either."""
    return _PERIODS.get(language, {})


def part_of_day(language: str) -> str:
    """A pattern for what may be written to a weekday."""
    return _PART_OF_DAY.get(language, "s")


def _numbered(written: str, first: int) -> dict[str, int]:
    return {
        name: number
        for number, names in enumerate(written.split(), first)
        for name in names.split("|")
    }
