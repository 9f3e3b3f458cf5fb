"""Look-alikes: figures with a digit of a script that is not the text's, such as a Bengali ৪ for 8."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from newsqa.text.numbers.digits import DIGITS

_FIGURE = regex.compile(DIGITS)
_LETTER = regex.compile(r"\p{L}")


def foreign_figures(claim: str, texts: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where ``claim`` has a figure that mixes scripts, or is in digits of a script not written here.

    What stands so in one of ``texts``, which the claim rests on, is not foreign.
    """
    if claim.isascii():
        return
    for match in _FIGURE.finditer(claim):
        scripts = {_script(character) for character in match[0] if character.isdecimal()}
        # No script: digits newer than this Python's Unicode data.
        if scripts <= {""} or any(match[0] in text for text in texts):
            continue
        if len(scripts) > 1 or not _writes(next(iter(scripts)), (claim, *texts)):
            yield match.span()


def _script(character: str) -> str:
    """The first word of its name, which is the script's; empty for the digits that all use."""
    name = unicodedata.name(character, "UNKNOWN").removeprefix("FULLWIDTH ")
    if "ARABIC" in name:  # Arabic-Indic, and its extension for Persian and Urdu
        return "ARABIC"
    script = name.split()[0]
    return "" if script in ("DIGIT", "LATIN") else script


def _writes(script: str, texts: tuple[str, ...]) -> bool:
    return any(_script(letter) == script for text in texts for letter in _LETTER.findall(text))
