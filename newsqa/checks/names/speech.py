"""Speech: how an English text says who has said something."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsqa.checks.names.evidence import NO_NAMES
from newsqa.text.names import TITLES, plain

_PRONOUNS = frozenset("he she they it we i you who what which nobody one this that".split())
_SPEECH = (
    r"(?:said|says|told|added|announced|argued|claimed|explained|wrote|tweeted|testified|warned|insisted|"
    r"stated|noted|replied|declared)"
)
_NAME = r"\p{Lu}[\p{L}.'’\-]*+(?:\s\p{Lu}[\p{L}.'’\-]*+){0,7}+"
"""At most eight words, and no way back: a claim may be 10,000 characters of capitals."""

_SPEAKERS = regex.compile(
    rf"(?P<name>{_NAME})(?:,[^,.\"“”]{{1,80}},|,)?\s{_SPEECH}\b"
    rf"|[\"”,]\s?{_SPEECH}\s(?:[\p{{Ll}}\-]+\s){{0,5}}(?P<name>{_NAME})"
    rf"|\b[Aa]ccording\sto\s(?:[\p{{Ll}}\-]+\s){{0,5}}(?P<name>{_NAME})"
)
UNNAMED = regex.compile(
    rf"\b(?P<who>he|she|they|who)\s(?:also\s|then\s)?{_SPEECH}\b", regex.IGNORECASE
)
"""A speaker without a name."""


def find_speakers(text: str) -> Iterator[tuple[regex.Match[str], list[str]]]:
    """Where ``text`` attributes something to somebody by ``name``, and the plain words of the name."""
    for match in _SPEAKERS.finditer(text):
        words = [plain(word) for word in match["name"].split()]
        if name := [word for word in words if word not in TITLES | NO_NAMES | _PRONOUNS]:
            yield match, name
