"""Answer types: what kind of answer a question wants, and the spans of that kind in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import regex

from newsqa.languages import language as language_of
from newsqa.languages.detection import guess_language
from newsqa.languages.sections import Forms, Words

AnswerType = Literal[
    "person",
    "place",
    "name",
    "time",
    "number",
    "amount",
    "money",
    "share",
    "measure",
    "duration",
    "age",
    "reason",
    "other",
]
"""``name`` is any proper name and ``share`` a percentage; ``number`` is how many, and ``amount`` how
much, or both where a language has one word for them."""

_NARROWER: dict[AnswerType, tuple[AnswerType, ...]] = {
    "number": ("money", "share"),
    "amount": ("money", "share"),
}
"""What a noun can make of "how many" and "how much"; of "what" it makes anything."""

_NOUN_REACH = 3
"""Words that may stand between "what" and its noun."""

_AUXILIARIES = frozenset(
    (
        *("can", "could", "did", "do", "does", "had", "has", "have", "may", "might", "should"),
        *("to", "will", "would"),
    )
)
"""Words behind which a noun is the subject: what did the company say."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question asks for, and where in it the words end that ask."""

    kind: AnswerType = "other"
    end: int = 0


def find_asking(question: str, language: str) -> Asking:
    """What ``question`` asks for, in the article's ``language`` or another that it seems to be in."""
    for code in dict.fromkeys((language, guess_language(question), "en")):
        asking = list(_matches(language_of(code).questions.asking, code, question))
        if asking:
            start, end, kind = min(asking, key=lambda found: (found[0], -found[1]))
            return _with_noun(code, question, start, Asking(kind, end))
    return Asking()


def _with_noun(code: str, question: str, start: int, asking: Asking) -> Asking:
    """``asking``, or where that is open or a mere amount, the kind of the noun close to it."""
    if asking.kind != "other" and asking.kind not in _NARROWER:
        return asking
    near = [
        (at, end, kind)
        for at, end, kind in _matches(language_of(code).questions.asked_for, code, question)
        if (at >= start or not language_of(code).has_spaces)
        and kind in _NARROWER.get(asking.kind, (kind,))
        and _is_close(question[asking.end : at])
    ]
    if not near:
        return asking
    _, end, kind = min(near, key=lambda found: (found[0], -found[1]))
    return Asking(kind, max(end, asking.end))


def _is_close(between: str) -> bool:
    """Whether a noun belongs to the "what" before it: "what year", "what was the exact date"."""
    words = between.casefold().split()
    return len(words) <= _NOUN_REACH and _AUXILIARIES.isdisjoint(words)


def _matches(kinds: Forms, code: str, text: str) -> Iterator[tuple[int, int, AnswerType]]:
    """Yield the places in ``text`` of the words of a language, with the kind that each tells."""
    for kind, phrases in kinds.items():
        for match in _pattern(phrases, has_spaces=language_of(code).has_spaces).finditer(text):
            yield match.start(), match.end(), cast("AnswerType", kind)


@cache
def _pattern(phrases: Words, *, has_spaces: bool) -> regex.Pattern[str]:
    """Any of the phrases, longest first; whole words, if the language writes them apart."""
    any_of = "|".join(sorted(phrases, key=len, reverse=True)).replace(" ", r"\s+")
    if has_spaces:
        any_of = rf"(?<![\p{{L}}\p{{M}}])(?:{any_of})(?![\p{{L}}\p{{M}}])"
    return regex.compile(any_of, regex.IGNORECASE)
