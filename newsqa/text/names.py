"""Proper names of an English text, and which of them may mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from newsqa.languages import language
from newsqa.languages.spelling import any_of
from newsqa.text.tokens import Token, tokenize

_SHORT = rf"\b(?:{any_of(language('en').names.short_titles)}|St|(?<!\.)\p{{Lu}})"
"""A title, an initial or a first name that is abbreviated with a full stop."""

END = rf"(?<!{_SHORT}(?=\.))[.!?…]"
"""The end of a sentence."""

_BETWEEN = regex.compile(
    rf"[ \u00a0]|(?<={_SHORT})\.\s|[ ](?:of|the|of the|de|de la|del|da|do|van|van der|von|bin|ibn|al|el|for)[ ]|[-‐‑]"
)
_AND = regex.compile(r"[ ](?:and|&|on|in|against)(?:[ ]the)?[ ]")
_STARTS = regex.compile(rf"(?:^|{END}|:|--|—)[\s\"“”‘’'(\[]*$|[\"“‘(\[]\s*$|\n\s*$")

_CONTRACTION = regex.compile(
    r"(?:they|we|you|he|she|it|that|there|who|what|i)['’](?:ve|re|ll|d|m)|\p{L}+n['’]t",
    regex.IGNORECASE,
)

_FORMS = tuple(
    frozenset((name.replace("-", " "), *forms)) for name, forms in language("en").same_name.items()
)
_SUFFIXES = (
    "s",
    "es",
    "n",
    "an",
    "ian",
    "ean",
    "ese",
    "i",
    "ish",
    "er",
    "ers",
    "ans",
    "ians",
    "is",
    "ic",
    "ist",
)

TITLES = frozenset(
    [*language("en").names.titles, *"the a an and in on at of for by with from to us".split()]
)
"""Words before a name, or capitalised beside one, that do not identify anybody."""

_MIN_STEM_LETTERS = 4
"""Letters that a name must have for an ending to make a form of it."""


@dataclass(frozen=True, slots=True)
class NameWord:
    """A capitalised word, its offsets and its key; see ``newsqa.text.tokens``."""

    text: str
    start: int
    end: int
    key: str
    is_sentence_initial: bool
    """True if it begins a sentence, so that the capital alone does not show a name."""


Mention = tuple[NameWord, ...]
"""A name as it is written in one place: a run of capitalised words."""


def find_names(text: str, tokens: Iterable[Token] | None = None) -> tuple[Mention, ...]:
    """Return the runs of capitalised words in ``text``.

    A comma parts two names; "of" and its like do not.

    >>> def show(text):
    ...     return [" ".join(word.text for word in name) for name in find_names(text)]
    >>> show("Then we saw Dr. Ada Okafor, Brandt and the Bank of England.")
    ['Then', 'Dr Ada Okafor', 'Brandt', 'Bank England']

    Args:
        text: The text, in English.
        tokens: Its tokens, if they are at hand.
    """
    names: list[list[NameWord]] = []
    for word in _name_words(text, tokenize(text) if tokens is None else tokens):
        if names and _BETWEEN.fullmatch(text, names[-1][-1].end, word.start):
            names[-1].append(word)
        else:
            names.append([word])
    return tuple(map(tuple, names))


def split_owners(name: Mention) -> Iterator[Mention]:
    """Yield the names that possessives part: "Georgia's Ada Okafor" is two.

    >>> [[word.text for word in name] for name in split_owners(*find_names("Georgia's Ada Okafor"))]
    [["Georgia's"], ['Ada', 'Okafor']]
    """
    part: list[NameWord] = []
    for word in name:
        part.append(word)
        if word.text.endswith(("'s", "’s")):
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def join_at_and(text: str, names: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the ``names`` of ``text``, joined where "and" is between two: it may be part of a name.

    >>> text = "the Securities and Exchange Commission"
    >>> [len(name) for name in join_at_and(text, find_names(text))]
    [3]
    """
    joined: list[Mention] = []
    for name in names:
        if joined and _AND.fullmatch(text, joined[-1][-1].end, name[0].start):
            joined[-1] += name
        else:
            joined.append(name)
    return tuple(joined)


def _name_words(text: str, tokens: Iterable[Token]) -> Iterator[NameWord]:
    for token in tokens:
        if token.kind == "word" and _is_capitalised(token, text):
            # The full stop of "U.S." may be the sentence's.
            word = token.text.rstrip(".")
            is_initial = bool(_STARTS.search(text, max(token.start - 12, 0), token.start))
            yield NameWord(word, token.start, token.start + len(word), token.key, is_initial)


def _is_capitalised(token: Token, text: str) -> bool:
    is_degree = text[token.start - 1 : token.start] == "°"
    return (
        any(map(str.isupper, token.text))
        and not is_degree
        and not _CONTRACTION.fullmatch(token.text)
    )


def are_forms(key: str, other: str) -> bool:
    """Return whether two words, by their keys, are forms of one name.

    >>> are_forms("iran", "iranian"), are_forms("france", "french"), are_forms("iran", "iraq")
    (True, True, False)
    """
    if any(key in group and other in group for group in _FORMS):
        return True
    longer, shorter = (key, other) if len(key) > len(other) else (other, key)
    if len(shorter) < _MIN_STEM_LETTERS:
        return False
    stems = {shorter, shorter[:-1]} if shorter[-1] in "aeoy" else {shorter}
    return any(longer == stem + suffix for stem in stems for suffix in _SUFFIXES)


def other_forms(phrase: str) -> frozenset[str]:
    """Return the names that mean the same as ``phrase``, which is in small letters.

    >>> "united states" in other_forms("us")
    True
    """
    return frozenset(form for group in _FORMS if phrase in group for form in group)
