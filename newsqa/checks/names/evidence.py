"""Known names: what the article calls anybody, and which of it the cited sentences say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from newsqa.checks import ClaimContext
from newsqa.languages.calendar import months, weekdays
from newsqa.text.names import (
    TITLES,
    NameWord,
    are_forms,
    find_names,
    initials_of,
    long_names,
    other_forms,
    words_of,
)

NEAR = 3
"""Sentences before a cited one in which a name may stand that the cited one leaves to a pronoun."""

LEAD = 2
"""Sentences at the head of an article, which name whom it is about."""

NO_NAMES = frozenset(
    {
        *months("en"),
        *weekdays("en"),
        "i",
        "im",
        "ive",
        "ill",
        "id",
        "ok",
        "tv",
        "am",
        "pm",
        "no",
        "yes",
    }
)
"""Capitalised words that name nobody."""

_INITIALS = regex.compile(r"\b\p{Lu}{3,8}\b")

Run = tuple[NameWord, ...]


@dataclass(frozen=True)
class KnownNames:
    """The names that a claim may use, by where it may have them from."""

    context: ClaimContext

    @cached_property
    def text(self) -> str:
        """Everything that may name somebody."""
        article = self.context.article
        more = (article.title, self.context.question, article.source, article.author)
        return "\n".join((article.text, *(part for part in more if part)))

    @cached_property
    def said(self) -> str:
        """What the claim rests on: the cited sentences, the title and the question."""
        more = (self.context.article.title or "", self.context.question)
        return "\n".join((self.context.evidence, *more))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of everything."""
        return words_of(self.text)

    @cached_property
    def said_words(self) -> frozenset[str]:
        """The words that the claim rests on."""
        return words_of(self.said)

    @cached_property
    def near(self) -> str:
        """That, and the sentences from which the cited ones' pronouns get their names."""
        lead = self.context.article.sentences[:LEAD]
        before = (sentence.text for sentence in (*lead, *self.context.before(NEAR)))
        return "\n".join((*before, self.said))

    @cached_property
    def near_words(self) -> frozenset[str]:
        """The words of all that."""
        return words_of(self.near)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The names of everything."""
        return _names_of(self.text)

    @cached_property
    def said_runs(self) -> tuple[Run, ...]:
        """The names of what the claim rests on."""
        return tuple(map(tuple, find_names(self.said)))

    @cached_property
    def abbreviated(self) -> frozenset[str]:
        """The words of the article's names whose initials stand in what the claim rests on."""
        short = {match[0].casefold() for match in _INITIALS.finditer(self.said)}
        found: set[str] = set()
        for run in _long_names_of(self.context.article.text) if short else ():
            letters = "".join(word.plain[:1] for word in run)
            places = [(at, at + len(word)) for word in short if (at := letters.find(word)) >= 0]
            found |= {word.plain for start, end in places for word in run[start:end]}
        return frozenset(found)

    @cached_property
    def inner(self) -> frozenset[str]:
        """The words that have their capital inside a sentence, where it tells a name."""
        return _inner_of(self.text)

    def is_name(self, word: str) -> bool:
        """Whether the article has ``word`` as a name: with its capital inside a sentence, or always."""
        return word in self.inner or (word in self.words and word not in self.text)

    def has(self, word: str, among: frozenset[str]) -> bool:
        """Whether ``word`` or another form of it is ``among`` words."""
        if word in among or f"{word}s" in among or word.removesuffix("s") in among:
            return True
        return any(are_forms(word, other) for other in among if other[:2] == word[:2]) or any(
            form in among for form in other_forms(word)
        )

    def says(self, word: NameWord) -> bool:
        """Whether what the claim rests on has ``word``, or the name of which it is the initials."""
        return (
            self.has(word.plain, self.said_words)
            or self.spells_out(word, self.said)
            or word.plain in self.abbreviated
        )

    def is_told(self, run: Run, text: str) -> bool:
        """Whether ``text`` has the name in another way: by its initials, or in a synonym."""
        phrase = " ".join(word.plain for word in run)
        words = words_of(text)
        if any(form in words or f" {form} " in text for form in other_forms(phrase)):
            return True
        initials = "".join(word.plain[:1] for word in run)
        return len(initials) > 2 and initials in words and initials.upper() in text

    def spells_out(self, word: NameWord, text: str) -> bool:
        """Whether ``word`` is the initials of a name in ``text``."""
        letters = word.text.replace(".", "")
        return len(letters) > 1 and letters.isupper() and word.plain in initials_of(text)

    def content(self, run: Run, text: str) -> Run:
        """The words of ``run``, which stands in ``text``, that tell whom it names.

        A title in front of a name or behind a "the" does not; one in a name's place does.
        """
        return tuple(
            word
            for at, word in enumerate(run)
            if word.plain not in NO_NAMES
            and (word.plain not in TITLES or _stands_as_name(run, at, text))
            and (not word.is_first or word.plain in self.inner)
        )


_DETERMINED = regex.compile(
    r"\b(?:the|an?|his|her|its|their|our|my|this|that|each|every|no|former|then|as)[\s\-]+$",
    regex.IGNORECASE,
)


def _stands_as_name(run: Run, at: int, text: str) -> bool:
    """Whether the title at ``at`` ends the run and no determiner makes a description of it."""
    first = at
    while first and run[first - 1].plain in TITLES:
        first -= 1
    ends = at == len(run) - 1 and len(run[at].plain) > 4 and run[at].plain != "former"
    begin = run[first].start
    return ends and first == at and not _DETERMINED.search(text, max(begin - 12, 0), begin)


@lru_cache(maxsize=8)
def _names_of(text: str) -> tuple[Run, ...]:
    return tuple(map(tuple, find_names(text)))


@lru_cache(maxsize=8)
def _long_names_of(text: str) -> tuple[Run, ...]:
    return tuple(map(tuple, long_names(text)))


@lru_cache(maxsize=8)
def _inner_of(text: str) -> frozenset[str]:
    return frozenset(word.plain for run in _names_of(text) for word in run if not word.is_first)
