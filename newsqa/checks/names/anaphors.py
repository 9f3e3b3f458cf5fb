"""Anaphors: the pronouns and descriptions of an English text that stand for somebody named before."""

from __future__ import annotations

from collections import Counter

import regex

_ANAPHOR = regex.compile(
    r"\b(?:he|him|his|himself|she|hers?|herself|they|them|theirs?|themselves|its?|itself|we|our|i|my"
    r"|(?:the|this|that|these|those|his|her|its|their|our|both|a|an)\s(?:[\p{L}\-]+\s){0,2}?\p{Ll}[\p{Ll}\-]+)\b",
    regex.IGNORECASE,
)


def anaphors(text: str) -> Counter[str]:
    """The pronouns and the beginnings of descriptions in ``text``, and how often each is there."""
    return Counter(match[0].casefold() for match in _ANAPHOR.finditer(text))


def leaves_out_anaphor(claim: str, evidence: str) -> bool:
    """Whether ``evidence`` has one that ``claim`` may have put a name for."""
    return bool(anaphors(evidence) - anaphors(claim))
