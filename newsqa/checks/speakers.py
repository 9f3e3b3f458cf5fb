"""Speakers: to whom an English text attributes what it reports."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsqa.checks.known_names import NO_NAMES, KnownNames
from newsqa.checks.proper_names import TITLES, plain, words_of

_PRONOUNS = frozenset("he she they it we i you who what which nobody one this that".split())
_SPEECH = (
    r"(?:said|says|told|added|announced|argued|claimed|explained|wrote|tweeted|testified|warned|insisted|"
    r"stated|noted|replied|declared)"
)
_NAME = r"\p{Lu}[\p{L}.'’\-]*(?:\s\p{Lu}[\p{L}.'’\-]*)*"
_SPEAKERS = regex.compile(
    rf"(?P<name>{_NAME})(?:,[^,.\"“”]{{1,80}},|,)?\s{_SPEECH}\b"
    rf"|[\"”,]\s?{_SPEECH}\s(?:[\p{{Ll}}\-]+\s){{0,5}}(?P<name>{_NAME})"
    rf"|\b[Aa]ccording\sto\s(?:[\p{{Ll}}\-]+\s){{0,5}}(?P<name>{_NAME})"
)
_UNNAMED = regex.compile(rf"\b(?:he|she|they|who)\s(?:also\s|then\s)?{_SPEECH}\b", regex.IGNORECASE)


def wrong_speakers(claim: str, known: KnownNames) -> Iterator[tuple[int, int]]:
    """Where ``claim`` has a speaker whom the evidence, which has speakers, does not make one."""
    evidence = known.context.evidence
    theirs = words_of("\n".join(m["name"] for m in _SPEAKERS.finditer(evidence) if _words(m)))
    if not theirs:
        return
    named = words_of(evidence)
    # Who "he" is that said it, the evidence may tell anywhere.
    may_be = named if _UNNAMED.search(evidence) else theirs
    for match in _SPEAKERS.finditer(claim):
        # The last word, by which a name is usually shortened.
        last = (_words(match) or [""])[-1]
        is_elsewhere = last in known.words and not known.has(last, named)
        is_silent = known.is_name(last) and not known.has(last, may_be) and last not in evidence
        if is_elsewhere or is_silent:
            yield match.span("name")


def _words(match: regex.Match[str]) -> list[str]:
    """The words that tell a speaker from others."""
    words = (plain(word) for word in match["name"].split())
    return [word for word in words if word not in TITLES | NO_NAMES | _PRONOUNS]
