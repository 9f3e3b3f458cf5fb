"""Questions: the kind of answer that a question asks for, and the terms to look for it by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Literal, cast

import regex

from newsqa.answers.draft import ClosestBecause
from newsqa.languages import language as language_of
from newsqa.languages.detection import guess_language
from newsqa.languages.scripts import CAPITAL_NOUN_LANGUAGES
from newsqa.languages.sections import Forms, Words
from newsqa.readers.extractive.terms import Term, content_terms

_LETTER = regex.compile(r"[\p{L}\p{N}]")

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

# kinds of answers ---------------------------------------------------------------------------------

_NARROWER: dict[AnswerType, tuple[AnswerType, ...]] = {
    "number": ("money", "share"),
    "amount": ("money", "share"),
}
"""Kinds that a noun makes of "how many" and "how much"; of "what" it makes any kind."""

_MAX_NOUN_DISTANCE = 3
"""Words that may be between "what" and its noun."""

_AUXILIARIES = frozenset(
    (
        *("can", "could", "did", "do", "does", "had", "has", "have", "may", "might", "should"),
        *("to", "will", "would"),
    )
)
"""Words after which a noun is the subject: what did the company say."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The kind of answer that a question asks for, and the end of the words that ask."""

    kind: AnswerType = "other"
    end: int = 0


def find_asking(question: str, language: str) -> Asking:
    """Return what ``question`` asks for, in ``language`` or another that it seems to be in.

    >>> find_asking("When does the port open?", "en").kind
    'time'
    >>> find_asking("What percentage of the crew left?", "en").kind
    'share'
    >>> find_asking("Wie viele Menschen kamen?", "de").kind
    'number'
    """
    for code in dict.fromkeys((language, guess_language(question), "en")):
        asking = list(_matches(language_of(code).questions.asking, code, question))
        if asking:
            start, end, kind = min(asking, key=lambda match: (match[0], -match[1]))
            return _with_noun(code, question, start, Asking(kind, end))
    return Asking()


def _with_noun(code: str, question: str, start: int, asking: Asking) -> Asking:
    """Return ``asking`` or, if that is open or an amount, the kind of the noun near it."""
    if asking.kind != "other" and asking.kind not in _NARROWER:
        return asking
    near = [
        (at, end, kind)
        for at, end, kind in _matches(language_of(code).questions.asked_for, code, question)
        if (at >= start or not language_of(code).has_spaces)
        and kind in _NARROWER.get(asking.kind, (kind,))
        and _is_near(question[asking.end : at])
    ]
    if not near:
        return asking
    _, end, kind = min(near, key=lambda match: (match[0], -match[1]))
    return Asking(kind, max(end, asking.end))


def _is_near(between: str) -> bool:
    """Return whether a noun belongs to the "what" before it: "what year", "what was the exact date"."""
    words = between.casefold().split()
    return len(words) <= _MAX_NOUN_DISTANCE and _AUXILIARIES.isdisjoint(words)


def _matches(kinds: Forms, code: str, text: str) -> Iterator[tuple[int, int, AnswerType]]:
    """Yield the spans of a language's words in ``text``, each with its kind."""
    for kind, phrases in kinds.items():
        for match in _pattern(phrases, has_spaces=language_of(code).has_spaces).finditer(text):
            yield match.start(), match.end(), cast("AnswerType", kind)


def asks_in_english(question: str) -> bool:
    """Return whether a question is in English, by its question words first: it is short.

    >>> asks_in_english("When do fares go up?"), asks_in_english("Wann steigen die Preise?")
    (True, False)
    """
    known = language_of("en").questions
    forms = any(True for _ in _matches(known.asking, "en", question))
    return forms or guess_language(question) == "en"


def find_form(question: str, language: str) -> ClosestBecause | None:
    """Return what ``question`` asks for if no words of a text can answer it; for English alone.

    >>> [find_form(text, "en") for text in ("Did it sink?", "Why?", "How old is it?")]
    ['yes_no', 'why', None]
    """
    for form, phrases in language_of(language).questions.forms.items():
        start = _pattern(phrases, has_spaces=True).search(question)
        if start and not _LETTER.search(question, 0, start.start()):
            return cast("ClosestBecause", form)
    return None


@cache
def _pattern(phrases: Words, *, has_spaces: bool) -> regex.Pattern[str]:
    """Return a pattern for any of the phrases; whole words, if the language writes them apart."""
    any_of = "|".join(sorted(phrases, key=len, reverse=True)).replace(" ", r"\s+")
    if has_spaces:
        any_of = rf"(?<![\p{{L}}\p{{M}}])(?:{any_of})(?![\p{{L}}\p{{M}}])"
    return regex.compile(any_of, regex.IGNORECASE)


# questions ----------------------------------------------------------------------------------------

_WHAT_IS = regex.compile(
    r"\W*(?:who|what|wer|was|qui|quién|qué|chi|wie|wat|кто|что|من|ما|谁)\b", regex.IGNORECASE
)
_PARTICLES = frozenset(("bin", "den", "der", "van", "von"))
"""Words with a small letter inside names."""

_MAX_NAME_TERMS = 4
_MAX_COUNTED_TERMS = 2
_MAX_NAME_GAP_CHARS = 6
"""Characters that may be between the terms of one name."""


@dataclass(frozen=True)
class Question:
    """A question, prepared for an article in ``language``."""

    text: str
    language: str
    terms: tuple[Term, ...]

    @classmethod
    def of(cls, text: str, language: str) -> Question:
        """Return the question ``text``, which may be in another language than the article."""
        return cls(text, language, tuple(content_terms(text, language, guess_language(text))))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of its terms, each once, in order."""
        return tuple(dict.fromkeys(term.key for term in self.terms))

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of capitalised terms, if the language does not capitalise all nouns."""
        if self.language in CAPITAL_NOUN_LANGUAGES:
            return frozenset()
        return frozenset(t.key for t in self.terms if t.start and self.text[t.start].isupper())

    @cached_property
    def kind(self) -> AnswerType:
        """The kind of answer wanted; ``other`` for the definition of a name, which is a sentence."""
        names_it = self._asking.kind in ("person", "name") and _is_definition(self.text, self.terms)
        return "other" if names_it else self._asking.kind

    @cached_property
    def counted(self) -> frozenset[str]:
        """The keys of what is counted: the first terms after the words that ask for a number."""
        following = [term.key for term in self.terms if term.start >= self._asking.end]
        return frozenset(following[:_MAX_COUNTED_TERMS])

    @cached_property
    def _asking(self) -> Asking:
        return find_asking(self.text, self.language)


def _is_definition(text: str, terms: Sequence[Term]) -> bool:
    """Return whether only a name follows "who is" or "what are"."""
    if not 1 <= len(terms) <= _MAX_NAME_TERMS or not _WHAT_IS.match(text):
        return False
    gaps = [later.start - term.end for term, later in pairwise(terms)]
    words = (text[term.start : term.end] for term in terms)
    has_plain_word = any(word[0].islower() and word not in _PARTICLES for word in words)
    return max(gaps, default=0) < _MAX_NAME_GAP_CHARS and not has_plain_word
