"""Antecedents: the names for which a pronoun or a description in the cited sentences may stand.

A name stands near in full, in part ("Ms. Dolan" for Maeve Dolan) or by its common noun ("the
inspectorate"), if the article has it in full. Of two people with one surname, the title or the
given name must tell which is meant; a "she" stands for nobody whom the article calls a "he".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import regex

from newsqa.checks.names.anaphors import anaphors
from newsqa.checks.names.evidence import KnownNames, Run
from newsqa.checks.names.open_speakers import OpenSpeakers
from newsqa.checks.names.people import People, Way, name_of, titles_of, unquoted, ways_in
from newsqa.text.names import find_names

_KIN = regex.compile(
    r"\b(?:his|her)\s(?:cousin|husband|wife|father|mother|brother|sister|son|daughter|uncle|aunt)\b",
    regex.IGNORECASE,
)
_OWNED = regex.compile(r"\b(?:its|their)\s(?P<what>\p{Ll}+)", regex.IGNORECASE)


@dataclass(frozen=True)
class Antecedents:
    """What the pronouns of the cited sentences may mean in ``claim``."""

    claim: str
    known: KnownNames

    @cached_property
    def _people(self) -> People:
        return People(self.known)

    def is_near(self, name: Run) -> bool:
        """Whether ``name`` stands near the cited sentences, or something that means nobody else."""
        if all(self.known.has(word.plain, self.known.near_words) for word in name):
            return True
        plains = name_of(name)
        if len(plains) < 2 or not self._is_whole(plains):
            return False
        return any(self._means(run, plains) for run in self._near) or (
            self._speaks_of_thing and self._is_told_by_noun(plains[-1])
        )

    def fits(self, name: Run, slot: str) -> bool:
        """Whether the pronouns in the slot, or all that the claim leaves out, may mean ``name``."""
        ways = ways_in(slot) if slot else self._ways_left_out
        people = self._people
        return people.fits(people.full(name_of(name)), ways) and not self._is_kin(name, slot)

    def is_open_speaker(self, name: Run) -> bool:
        """Whether ``name`` may be the speaker whom the cited sentences leave open."""
        speakers, plains = OpenSpeakers(self.known), name_of(name)
        return (
            any(self._means(run, plains) for run in speakers.runs)
            and self._is_whole(plains)
            and self._people.fits(self._people.full(plains), speakers.ways)
        )

    def owns(self, name: Run) -> bool:
        """Whether "its president" in the evidence is the claim's "president of" ``name``."""
        begin, end = name[0].start, name[-1].end
        before, behind = self.claim[:begin].split()[-4:], self.claim[end:].split()[:2]
        beside = {word.strip(".,;'’") for word in (*before, *behind)}
        return any(m["what"] in beside for m in _OWNED.finditer(self.known.context.evidence))

    def is_one_of_namesakes(self, name: Run) -> bool:
        """Whether the surname in the evidence may mean another person, whom the claim does not name too."""
        people, plains = self._people, name_of(name)
        namesakes = people.namesakes(plains) if len(plains) > 1 else set()
        claimed = {name_of(tuple(run)) for run in find_names(self.claim)}
        if not namesakes or namesakes & claimed:
            return False
        said = [run for run in self.known.said_runs if name_of(run)[-1:] == plains[-1:]]
        return not any(self._means(run, plains) for run in said)

    def _means(self, mention: Run, name: tuple[str, ...]) -> bool:
        """Whether ``mention`` means ``name`` by itself or by whom the sentences near name in full."""
        part = name_of(mention)
        if not part or not name or not (set(part) <= set(name) or set(name) <= set(part)):
            return False
        people = self._people
        if people.means(mention, name) or not people.namesakes(name):
            return True
        others = {word for other in people.namesakes(name) for word in other[:-1]}
        return (
            people.fits(name, titles_of(mention))
            and set(name[:-1]) <= self.known.near_words
            and others.isdisjoint(self.known.near_words)
        )

    def _is_whole(self, name: tuple[str, ...]) -> bool:
        return any(set(name) <= {word.plain for word in run} for run in self.known.runs)

    @cached_property
    def _near(self) -> tuple[Run, ...]:
        return tuple(map(tuple, find_names(self.known.near)))

    def _is_told_by_noun(self, word: str) -> bool:
        return bool(regex.search(rf"\b[Tt]he\s{regex.escape(word)}\b", self.known.near))

    @cached_property
    def _left_out(self) -> Counter[str]:
        return anaphors(self.known.context.evidence) - anaphors(self.claim)

    @property
    def _speaks_of_thing(self) -> bool:
        return not {"it", "its", "they", "their", "them"}.isdisjoint(self._left_out)

    @property
    def _ways_left_out(self) -> set[Way]:
        """The ways of the pronouns that are left out, if nothing else is."""
        ways = [ways_in(words) for words in self._left_out]
        return set().union(*ways) if all(ways) else set()

    def _is_kin(self, name: Run, slot: str) -> bool:
        """Whether the slot has "his cousin", and ``name`` is the nearest one before, who is "he"."""
        if not _KIN.match(slot):
            return False
        before = self.known.context.before(1)
        runs = [r for s in before for r in find_names(unquoted(s.text)) if name_of(tuple(r))]
        return bool(runs) and self._means(tuple(runs[-1]), name_of(name))
