"""Swapped names: those of the article that a claim has and its evidence does not.

The rest of a name may come from anywhere in the article, if the cited sentences leave it out: Ada
Okafor for Okafor. A whole name may come from the sentences before or the lead, if the cited ones have
a pronoun or a description for it. All others are found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

import regex

from newsqa.checks.names.coreference import Antecedents, count_anaphors
from newsqa.checks.names.evidence import NOT_NAMES, KnownNames
from newsqa.text.analysis import AnalyzedText
from newsqa.text.names import END, TITLES, Mention, NameWord, find_names, split_owners
from newsqa.text.tokens import Token

MAX_SLOT_WORDS = 8
"""Words of a slot at most: if more are replaced, the claim is worded differently."""

MAX_CLAIM_WORDS = 300
"""Words of a claim that are aligned at most, since the time it takes grows with their product."""

_SENTENCE_END = regex.compile(rf"{END}[\"”]?\s")


@dataclass(frozen=True)
class Alignment:
    """A claim and its evidence, as far as they have the same words in the same order."""

    claim: AnalyzedText
    evidence: AnalyzedText

    @cached_property
    def _claim_words(self) -> list[Token]:
        return _words(self.claim)

    @cached_property
    def _evidence_words(self) -> list[Token]:
        return _words(self.evidence)

    @cached_property
    def _replaced(self) -> list[tuple[int, int, int, int]]:
        """Ranges of words of the claim, and of the words of the evidence that they replace."""
        if len(self._claim_words) > MAX_CLAIM_WORDS:
            return []
        claim = [word.key for word in self._claim_words]
        evidence = [word.key for word in self._evidence_words]
        matcher = SequenceMatcher(a=claim, b=evidence, autojunk=False)
        return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag == "replace"]

    def slot(self, start: int, end: int) -> str:
        """Return what the evidence has in place of the claim's words; empty if nothing shows it.

        >>> claim = "On Tuesday Okafor opened the bridge."
        >>> evidence = "On Tuesday she opened the bridge."
        >>> Alignment(AnalyzedText(claim), AnalyzedText(evidence)).slot(11, 17)
        'she'
        """
        for first, last, begin, stop in self._replaced:
            words = self._claim_words[first:last]
            covers = words[0].start <= start and end <= words[-1].end
            if covers and stop - begin <= MAX_SLOT_WORDS and not self._ends_sentence(begin, stop):
                replaced = self._evidence_words[begin:stop]
                return self.evidence.text[replaced[0].start : replaced[-1].end]
        return ""

    def _ends_sentence(self, begin: int, stop: int) -> bool:
        """Return whether a sentence ends before or within these words of the evidence."""
        before = self._evidence_words[max(begin - 1, 0)].end
        last = self._evidence_words[stop - 1].start
        return bool(_SENTENCE_END.search(self.evidence.text, before, last))


def _words(text: AnalyzedText) -> list[Token]:
    return [token for token in text.tokens if token.kind != "mark"]


Found = tuple[int, int, str]
"""Start, end and reason of a finding."""

_TWO_PEOPLE = "the article has two people of this name, and the cited sentences do not show which"
_MIXED = "the article has these words only in different names"
_ANOTHER = "the article has this name, but the cited sentences name another"
_ELSEWHERE = "the article has this name, but not the cited sentences"


@dataclass(frozen=True)
class SwappedNames:
    """Looks for swapped names among the names of one claim."""

    claim: AnalyzedText
    names: tuple[Mention, ...]
    known: KnownNames

    def find(self) -> Iterator[Found]:
        """Yield each name that is mixed or replaces another."""
        for name in self.names:
            words = self.known.identifying_words(name, self.claim.text)
            for part in split_owners(words):
                if reason := self._reason(part):
                    yield part[0].start, part[-1].end, reason

    def _reason(self, name: Mention) -> str:
        """Return why ``name`` does not follow; empty if it does."""
        known = self.known
        strange = [w for w in name if known.is_name(w.key) and not known.is_in_basis(w)]
        if known.is_rephrased(name, known.basis):
            return ""
        if self._is_only_in_title(name):
            return self._why_elsewhere()
        if len(strange) == len(name):
            return "" if self._is_antecedent(name) else self._why_elsewhere()
        if strange and self._antecedents.is_one_of_namesakes(name):
            return _TWO_PEOPLE
        is_mixed = self._is_mixed(name) or not all(self._completes(w, name) for w in strange)
        return _MIXED if is_mixed else ""

    def _why_elsewhere(self) -> str:
        is_replaced = any(self._is_left_out(name) for name in self.known.basis.names)
        return _ANOTHER if is_replaced else _ELSEWHERE

    def _is_only_in_title(self, name: Mention) -> bool:
        """Return whether only the title has ``name``, and the evidence has another in its place."""
        context = self.known.context
        text = context.analyze(f"{context.evidence}\n{context.question}")
        if self.known.is_rephrased(name, text) or any(self.known.is_in(w, text) for w in name):
            return False
        slot = self._alignments[0].slot(name[0].start, name[-1].end)
        return bool(slot) and self._names_another(slot)

    # a part of a name -----------------------------------------------------------------------------

    def _completes(self, word: NameWord, name: Mention) -> bool:
        """Return whether the article joins ``word`` to a word of ``name`` that lacks it in the basis."""
        return any(
            self._are_joined(word, other) and self._is_incomplete(other, word.start < other.start)
            for other in name
            if self.known.is_in_basis(other)
        )

    def _are_joined(self, word: NameWord, other: NameWord) -> bool:
        names = self.known.article.names
        return any({word.key, other.key} <= {part.key for part in name} for name in names)

    def _is_incomplete(self, word: NameWord, at_left: bool) -> bool:
        """Return whether the basis has ``word`` without a strange name on one side, or not at all."""
        basis = self.known.basis
        for name in basis.names:
            keys = [part.key for part in self.known.identifying_words(name, basis.text)]
            if word.key not in keys:
                continue
            at = keys.index(word.key)
            beside = keys[:at] if at_left else keys[at + 1 :]
            if not set(beside) - self._claimed:
                return True
        return not any(word.key == part.key for name in basis.names for part in name)

    def _is_mixed(self, name: Mention) -> bool:
        """Return whether two words of ``name`` have other neighbours in the article, and never each other."""
        return any(
            not self._are_joined(left, right)
            and self._has_neighbour(left.key, 1)
            and self._has_neighbour(right.key, -1)
            for left, right in pairwise(name)
        )

    def _has_neighbour(self, word: str, step: int) -> bool:
        for name in self.known.article.names:
            keys = [part.key for part in name]
            at = keys.index(word) + step if word in keys else -1
            if 0 <= at < len(keys) and keys[at] not in TITLES:
                return True
        return False

    # a whole name ---------------------------------------------------------------------------------

    def _is_antecedent(self, name: Mention) -> bool:
        """Return whether a pronoun or a description in the evidence may mean ``name``."""
        antecedents = self._antecedents
        if antecedents.is_open_speaker(name):
            return True
        if not antecedents.is_near(name):
            return False
        slots = [alignment.slot(name[0].start, name[-1].end) for alignment in self._alignments]
        if any(slot and self._names_another(slot) for slot in slots):
            return False
        if not antecedents.fits(name, slots[0]):
            return False
        if slots[0] and not antecedents.is_owner_of_noun(name):
            return bool(count_anaphors(slots[0]))
        return antecedents.has_anaphor_left_out

    @cached_property
    def _antecedents(self) -> Antecedents:
        return Antecedents(self.claim, self.known)

    @cached_property
    def _alignments(self) -> tuple[Alignment, Alignment]:
        """The claim beside its evidence, and beside the question."""
        context = self.known.context
        question = context.analyze(context.question)
        return Alignment(self.claim, self.known.evidence), Alignment(self.claim, question)

    def _names_another(self, slot: str) -> bool:
        return any(map(self._is_left_out, find_names(slot)))

    @cached_property
    def _claimed(self) -> frozenset[str]:
        return frozenset(word.key for name in self.names for word in name)

    def _is_left_out(self, name: Mention) -> bool:
        """Return whether a name of the evidence is not in the claim."""
        names = self.known.mid_sentence - TITLES - NOT_NAMES
        words = [word.key for word in name if word.key in names]
        return bool(words) and not any(self.known.has(word, self._claimed) for word in words)
