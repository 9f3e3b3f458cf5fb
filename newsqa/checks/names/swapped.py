"""Swapped names: those of the article that a claim has and what it rests on does not.

The rest of a name may come from anywhere in the article, if the cited sentences leave it off: Ada
Okafor for Okafor. A whole name may come from the sentences before or the lead, if the cited ones
have a pronoun or a description in its stead. All else is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from newsqa.checks.names.alignment import Alignment
from newsqa.checks.names.anaphors import anaphors, leaves_out_anaphor
from newsqa.checks.names.coreference import Antecedents
from newsqa.checks.names.evidence import NO_NAMES, KnownNames, Run
from newsqa.text.names import TITLES, NameWord, find_names, owners_apart, words_of

Place = tuple[int, int, str]


@dataclass(frozen=True)
class SwappedNames:
    """Looks for them in one claim."""

    claim: str
    runs: tuple[Run, ...]
    known: KnownNames

    def find(self) -> Iterator[Place]:
        """Each name that is mixed or in the place of another."""
        for run in self.runs:
            for part in owners_apart(self.known.content(run, self.claim)):
                yield from self._of(part)

    def _of(self, name: Run) -> Iterator[Place]:
        known = self.known
        strange = [w for w in name if known.is_name(w.plain) and not known.says(w)]
        if known.is_told(name, known.said):
            return
        if self._is_only_in_title(name):
            yield name[0].start, name[-1].end, self._reason()
        elif strange and self._antecedents.is_one_of_namesakes(name) and len(strange) < len(name):
            reason = "the article has two people of this name, and the cited sentences do not tell"
            yield name[0].start, name[-1].end, reason
        elif len(strange) < len(name):
            if self._is_mixed(name) or not all(self._completes(w, name) for w in strange):
                reason = "the article has these words only in different names"
                yield name[0].start, name[-1].end, reason
        elif not self._is_antecedent(name):
            yield name[0].start, name[-1].end, self._reason()

    def _reason(self) -> str:
        if any(self._is_left_out(run) for run in self.known.said_runs):
            return "the article has this name, but the cited sentences name another"
        return "the article has this name, but not the cited sentences"

    def _is_only_in_title(self, name: Run) -> bool:
        """Whether the title alone has ``name``, and the evidence another in its place."""
        told = "\n".join((self.known.context.evidence, self.known.context.question))
        if self.known.is_told(name, told) or any(self._is_in(word, told) for word in name):
            return False
        slot = self._alignments[0].slot(name[0].start, name[-1].end)
        return bool(slot) and self._names_another(slot)

    def _is_in(self, word: NameWord, text: str) -> bool:
        known = self.known
        return (
            known.has(word.plain, words_of(text))
            or known.spells_out(word, text)
            or word.plain in known.abbreviated
        )

    # a part of a name

    def _completes(self, word: NameWord, name: Run) -> bool:
        """Whether the article joins ``word`` to another of ``name`` that stands without it in the evidence."""
        return any(
            self._joins(word, other) and self._is_open(other, left=word.start < other.start)
            for other in name
            if self.known.says(other)
        )

    def _joins(self, word: NameWord, other: NameWord) -> bool:
        return any(
            {word.plain, other.plain} <= {part.plain for part in run} for run in self.known.runs
        )

    def _is_open(self, word: NameWord, *, left: bool) -> bool:
        """Whether what the claim rests on has ``word`` somewhere with no other name on one side."""
        for run in self.known.said_runs:
            plains = [part.plain for part in self.known.content(run, self.known.said)]
            if word.plain not in plains:
                continue
            at = plains.index(word.plain)
            beside = plains[:at] if left else plains[at + 1 :]
            if not set(beside) - self._claimed:
                return True
        return not any(word.plain == part.plain for run in self.known.said_runs for part in run)

    def _is_mixed(self, name: Run) -> bool:
        """Whether the article has two words of ``name`` with other neighbours each, and never in one name."""
        return any(
            not self._joins(left, right)
            and self._has_neighbour(left.plain, 1)
            and self._has_neighbour(right.plain, -1)
            for left, right in pairwise(name)
        )

    def _has_neighbour(self, word: str, step: int) -> bool:
        for run in self.known.runs:
            plains = [part.plain for part in run]
            at = plains.index(word) + step if word in plains else -1
            if 0 <= at < len(plains) and plains[at] not in TITLES:
                return True
        return False

    # a whole name

    def _is_antecedent(self, name: Run) -> bool:
        """Whether a pronoun or a description in the evidence may stand for ``name``, named near it."""
        if self._antecedents.is_open_speaker(name):
            return True
        if not self._antecedents.is_near(name):
            return False
        slots = [alignment.slot(name[0].start, name[-1].end) for alignment in self._alignments]
        if any(slot and self._names_another(slot) for slot in slots):
            return False
        if not self._antecedents.fits(name, slots[0]):
            return False
        if slots[0] and not self._antecedents.owns(name):
            return bool(anaphors(slots[0]))
        return leaves_out_anaphor(self.claim, self.known.context.evidence)

    @cached_property
    def _antecedents(self) -> Antecedents:
        return Antecedents(self.claim, self.known)

    @cached_property
    def _alignments(self) -> tuple[Alignment, ...]:
        context = self.known.context
        return Alignment(self.claim, context.evidence), Alignment(self.claim, context.question)

    def _names_another(self, slot: str) -> bool:
        return any(self._is_left_out(tuple(run)) for run in find_names(slot))

    @cached_property
    def _claimed(self) -> frozenset[str]:
        return frozenset(word.plain for run in self.runs for word in run)

    def _is_left_out(self, run: Run) -> bool:
        """Whether a name of the evidence is not in the claim."""
        words = [w.plain for w in run if w.plain in self.known.inner - TITLES - NO_NAMES]
        return bool(words) and not any(self.known.has(word, self._claimed) for word in words)
