"""Patterns and tables made of the forms in a language's data file."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from newsqa.languages.sections import Values

_APOSTROPHES = str.maketrans("’ʼ׳", "'''")
_ALEFS = str.maketrans("أإآ", "ااا")


def any_of(forms: Iterable[str]) -> str:
    r"""Return a pattern that matches any of ``forms``, the longest first; nothing if there are none.

    A space stands for any white space, an apostrophe for any of its signs, and an Arabic alef for
    one with a hamza too.

    Examples:
        >>> any_of(["May", "next May"])
        'next\\s+May|May'
        >>> any_of([])
        '(?!)'
    """
    ordered = sorted(dict.fromkeys(forms), key=len, reverse=True)
    return "|".join(map(_as_written, ordered)) or "(?!)"


def any_of_values(*tables: Values) -> str:
    """Return a pattern that matches any form of the tables, whatever it stands for."""
    return any_of(form for values in tables for forms in values.values() for form in forms)


def _as_written(form: str) -> str:
    pattern: str = regex.escape(form.translate(_APOSTROPHES | _ALEFS), literal_spaces=True)
    return pattern.replace("'", "['’ʼ׳]").replace("ا", "[اأإآ]").replace(" ", r"\s+")


def small(form: str) -> str:
    """Return ``form`` as ``by_small_form`` has it: small letters, plain apostrophes, single spaces.

    Example:
        >>> small("Aujourd’hui")
        "aujourd'hui"
    """
    return " ".join(form.casefold().translate(_APOSTROPHES).split())


def by_small_form(values: Values) -> dict[str, int]:
    """Return the whole number that each form stands for, by the form in small letters."""
    return {small(form): int(value) for value, forms in values.items() for form in forms}
