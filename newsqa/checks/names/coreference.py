"""Coreference: the names that a pronoun or a description in the cited sentences may mean.

The sentences near have such a name in full, in part ("Ms. Dolan" for Maeve Dolan) or by its noun ("the
inspectorate"), and the article has it in full. Of two people with one surname, the title or the given
name must show which is meant; a "she" cannot mean somebody whom the article calls a "he".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import regex

from newsqa.checks.names.evidence import KnownNames
from newsqa.checks.names.speakers import (
    Gender,
    Name,
    OpenSpeakers,
    People,
    blank_quotations,
    genders_in,
    genders_of_titles,
    name_of,
)
from newsqa.text.analysis import AnalyzedText
from newsqa.text.names import Mention, find_names

_ANAPHOR = regex.compile(
    r"\b(?:he|him|his|himself|she|hers?|herself|they|them|theirs?|themselves|its?|itself|we|our|i|my"
    r"|(?:the|this|that|these|those|his|her|its|their|our|both|a|an)\s(?:[\p{L}\-]+\s){0,2}?\p{Ll}[\p{Ll}\-]+)\b",
    regex.IGNORECASE,
)
_KIN = regex.compile(
    r"\b(?:his|her)\s(?:cousin|husband|wife|father|mother|brother|sister|son|daughter|uncle|aunt)\b",
    regex.IGNORECASE,
)
_OWNED = regex.compile(r"\b(?:its|their)\s(?P<what>\p{Ll}+)", regex.IGNORECASE)
_PRONOUNS_FOR_THINGS = frozenset(("it", "its", "they", "their", "them"))


def count_anaphors(text: str) -> Counter[str]:
    """Count the pronouns and descriptions of ``text``, in small letters.

    >>> dict(count_anaphors("She opened the bridge."))
    {'she': 1, 'the bridge': 1}
    """
    return Counter(match[0].casefold() for match in _ANAPHOR.finditer(text))


@dataclass(frozen=True)
class Antecedents:
    """Whom the pronouns and descriptions of the cited sentences may mean in a claim."""

    claim: AnalyzedText
    known: KnownNames

    @cached_property
    def _people(self) -> People:
        return People(self.known)

    @property
    def has_anaphor_left_out(self) -> bool:
        """True if the claim may have a name for a pronoun or a description of the evidence."""
        return bool(self._left_out)

    @cached_property
    def _left_out(self) -> Counter[str]:
        return count_anaphors(self.known.evidence.text) - count_anaphors(self.claim.text)

    def is_near(self, mention: Mention) -> bool:
        """Return whether the name is near the cited sentences, or something that only it can mean."""
        if all(self.known.has(word.key, self.known.near.keys) for word in mention):
            return True
        name = name_of(mention)
        if len(name) < 2 or not self._has_in_full(name):
            return False
        return any(self._must_mean(near, name) for near in self.known.near.names) or (
            self._leaves_out_thing and self._has_noun_near(name[-1])
        )

    def fits(self, mention: Mention, slot: str) -> bool:
        """Return whether the pronouns of the slot, or all that are left out, may mean the name."""
        genders = genders_in(slot) if slot else self._genders_left_out
        people = self._people
        name = name_of(mention)
        return people.fits(people.full_name(name), genders) and not self._is_owner(name, slot)

    def is_open_speaker(self, mention: Mention) -> bool:
        """Return whether the name may be the speaker whom the cited sentences leave open."""
        speakers, name = OpenSpeakers(self.known), name_of(mention)
        return (
            any(self._must_mean(speaker, name) for speaker in speakers.mentions)
            and self._has_in_full(name)
            and self._people.fits(self._people.full_name(name), speakers.genders)
        )

    def is_owner_of_noun(self, mention: Mention) -> bool:
        """Return whether "its president" in the evidence is the claim's "president of" the name."""
        text, start, end = self.claim.text, mention[0].start, mention[-1].end
        words = (*text[:start].split()[-4:], *text[end:].split()[:2])
        beside = {word.strip(".,;'’") for word in words}
        return any(m["what"] in beside for m in _OWNED.finditer(self.known.evidence.text))

    def is_one_of_namesakes(self, mention: Mention) -> bool:
        """Return whether the surname in the evidence may mean somebody whom the claim does not name."""
        people, name = self._people, name_of(mention)
        namesakes = people.namesakes(name) if len(name) > 1 else set()
        if not namesakes or namesakes & set(map(name_of, self.claim.names)):
            return False
        same = [m for m in self.known.basis.names if name_of(m)[-1:] == name[-1:]]
        return not any(self._must_mean(other, name) for other in same)

    def _must_mean(self, mention: Mention, name: Name) -> bool:
        """Return whether ``mention`` means ``name``, by itself or by the full names near it."""
        part = name_of(mention)
        if not part or not name or not (set(part) <= set(name) or set(name) <= set(part)):
            return False
        people, near = self._people, self.known.near.keys
        if people.must_mean(mention, name) or not people.namesakes(name):
            return True
        others = {word for other in people.namesakes(name) for word in other[:-1]}
        return (
            people.fits(name, genders_of_titles(mention))
            and set(name[:-1]) <= near
            and others.isdisjoint(near)
        )

    def _has_in_full(self, name: Name) -> bool:
        return any(set(name) <= {w.key for w in mention} for mention in self.known.article.names)

    def _has_noun_near(self, word: str) -> bool:
        return bool(regex.search(rf"\b[Tt]he\s{regex.escape(word)}\b", self.known.near.text))

    @property
    def _leaves_out_thing(self) -> bool:
        return not _PRONOUNS_FOR_THINGS.isdisjoint(self._left_out)

    @property
    def _genders_left_out(self) -> set[Gender]:
        """The genders of the pronouns that are left out, if nothing else is."""
        genders = [genders_in(words) for words in self._left_out]
        return set().union(*genders) if all(genders) else set()

    def _is_owner(self, name: Name, slot: str) -> bool:
        """Return whether the slot has "his cousin", and ``name`` is the last one before, the "he"."""
        if not _KIN.match(slot):
            return False
        before = self.known.context.before(1)
        names = [m for s in before for m in find_names(blank_quotations(s.text)) if name_of(m)]
        return bool(names) and self._must_mean(names[-1], name)
