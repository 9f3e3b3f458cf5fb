"""People: whom of an article's full names a shortened one or a pronoun may mean.

A title, a pronoun soon after the full name, and a "husband" or a "sister" show whether somebody is a
"he" or a "she". Given names do not: that would need lists, and these would guess.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import regex

from newsqa.checks.names.evidence import COMMON, NOT_NAMES, KnownNames
from newsqa.languages import language
from newsqa.text.names import TITLES, Mention, split_owners
from newsqa.text.tokens import key_of, tokenize

Gender = Literal["he", "she"]

PRONOUN_CHARS = 250
"""Characters after a full name in which a pronoun may mean it."""

_PEOPLE = language("en").people
_GENDERS: dict[str, Gender] = {
    **dict.fromkeys((*_PEOPLE.he, *_PEOPLE.male_kin), "he"),
    **dict.fromkeys((*_PEOPLE.she, *_PEOPLE.female_kin), "she"),
}
_OFFICE = regex.compile(
    r"(?:council|congress|assembly|spokes|business|police|sports|states)(wo)?man"
)
_CONTRACTED = regex.compile(r"['’].*")
_SUBJECT = regex.compile(r"\b(?:he|she)\b", regex.IGNORECASE)
_QUOTED = regex.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_KIN = regex.compile(
    r"\b(?:his|her)\s(?:late\s|former\s|own\s)?"
    rf"({'|'.join((*_PEOPLE.male_kin, *_PEOPLE.female_kin))})\b",
    regex.IGNORECASE,
)


def gender_of(word: str) -> Gender | None:
    """Return the gender that a pronoun, a title, an office or a relation shows.

    >>> gender_of("Ms."), gender_of("Congressman"), gender_of("Dr.")
    ('she', 'he', None)
    """
    key = key_of(word)
    if office := _OFFICE.fullmatch(key):
        return "she" if office[1] else "he"
    return _GENDERS.get(key)


def genders_in(text: str) -> set[Gender]:
    """Return the genders of those whom the pronouns and relations of ``text`` mean.

    >>> genders_in("Her husband voted")
    {'he'}
    """
    kin = {gender_of(match[1]) for match in _KIN.finditer(text)}
    rest = {gender_of(_CONTRACTED.sub("", t.text)) for t in tokenize(_KIN.sub(" ", text))}
    return {gender for gender in kin | rest if gender}


def blank_quotations(text: str) -> str:
    """Return ``text`` with blanks for all that is quoted, so that offsets stay the same."""
    return str(_QUOTED.sub(lambda match: " " * len(match[0]), text))


Name = tuple[str, ...]
"""The keys of a name's words without titles, the surname last."""


def name_of(mention: Mention) -> Name:
    """Return the keys of the words of ``mention`` that name somebody."""
    not_names = TITLES | NOT_NAMES | {"jr", "sr"}
    keys = (word.key for word in mention if word.key not in not_names)
    return tuple(key for key in keys if not _OFFICE.fullmatch(key))


def may_be_same(name: Name, other: Name) -> bool:
    """Return whether two names may be one person's.

    >>> may_be_same(("john", "ortega"), ("j", "r", "ortega"))
    True
    >>> may_be_same(("ada", "ortega"), ("luis", "ortega"))
    False
    """
    if not name or not other or name[-1] != other[-1]:
        return False
    given, others = name[:-1], other[:-1]
    pairs = ((a, b) for a in given for b in others if 1 in (len(a), len(b)) or a == b)
    return not given or not others or any(a[0] == b[0] for a, b in pairs)


def genders_of_titles(mention: Mention) -> set[Gender]:
    """Return what the titles of ``mention`` show: "Ms. Dolan" is a woman."""
    return {gender for word in mention if (gender := gender_of(word.key))}


@dataclass(frozen=True)
class People:
    """The people whom an article names."""

    known: KnownNames

    @cached_property
    def mentions(self) -> list[tuple[Mention, Name]]:
        """The mentions of somebody or something, and the names."""
        parts = (part for mention in self.known.article.names for part in split_owners(mention))
        named = ((part, name_of(self._without_opening(part))) for part in parts)
        return [(mention, name) for mention, name in named if name]

    def _without_opening(self, mention: Mention) -> Mention:
        """Return ``mention`` without a word that only begins the sentence: "Though Mr. Brandt"."""
        first, *rest = mention
        if not first.is_sentence_initial or first.key in self.known.mid_sentence:
            return mention
        is_apart = not rest or rest[0].key in TITLES or rest[0].start - first.end > 1
        # "Engineer Brandt" has no given name; Piers and Agnes are given names.
        is_common = COMMON.fullmatch(first.key) and not first.key.endswith("s")
        return tuple(rest) if is_apart or is_common else mention

    @cached_property
    def _full_names(self) -> list[tuple[Mention, Name]]:
        return [(mention, name) for mention, name in self.mentions if len(name) > 1]

    def namesakes(self, name: Name) -> set[Name]:
        """Return the full names with the surname of ``name`` and other given names."""
        full = (other for _, other in self._full_names if other[-1:] == name[-1:])
        return {other for other in full if not may_be_same(other, name)}

    def full_name(self, name: Name) -> Name:
        """Return the one full name that ``name`` may be short for, or ``name`` itself."""
        names = {other for _, other in self._full_names if may_be_same(other, name)}
        return names.pop() if len(names) == 1 else name

    def gender(self, name: Name) -> Gender | None:
        """Return the gender of the bearer of a full name, if the article shows it."""
        mentions = [mention for mention, other in self._full_names if may_be_same(other, name)]
        by_title = {gender for mention in mentions for gender in genders_of_titles(mention)}
        if by_title:
            return by_title.pop() if len(by_title) == 1 else None
        votes = Counter(gender for m in mentions if (gender := self._pronoun_after(m)))
        return next((g for g, count in votes.items() if 2 * count > votes.total()), None)

    def _pronoun_after(self, mention: Mention) -> Gender | None:
        """Return the first "he" or "she" after a name and before the next one."""
        end = mention[-1].end
        text = blank_quotations(self.known.article.text[end : end + PRONOUN_CHARS])
        following = (m[-1].start - end for m, _ in self.mentions if m[-1].start > end)
        stop = next((at for at in following if text[at : at + 1].strip()), len(text))
        pronoun = _SUBJECT.search(text[:stop])
        return gender_of(pronoun[0]) if pronoun else None

    def must_mean(self, mention: Mention, name: Name) -> bool:
        """Return whether ``mention``, by given name and title, can only mean ``name``."""
        other = name_of(mention)
        if not may_be_same(other, name):
            return False
        genders = genders_of_titles(mention)
        return self.fits(name, genders) and (
            len(other) > 1 or not any(self.fits(same, genders) for same in self.namesakes(name))
        )

    def fits(self, name: Name, genders: set[Gender]) -> bool:
        """Return whether the gender of ``name`` is unknown or among ``genders``, if there are any."""
        gender = self.gender(name) if genders else None
        return gender is None or gender in genders
