"""Questions: what a question asks for, in what shape, and by which terms to look for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

import regex

from newsqa.languages.detection import guess_language
from newsqa.languages.scripts import CAPITAL_NOUN_LANGUAGES
from newsqa.readers.extractive.answer_types import AnswerType, Asking, find_asking
from newsqa.readers.extractive.terms import Term, content_terms

Shape = Literal["agent", "definition", "open"]
"""``agent``: who did it; ``definition``: who or what is it; ``open``: anything else."""

_WHO = regex.compile(
    r"\b(?:who|wer|qui|quién|chi|quem|wie|кто)\W+(?:\w{1,4}\W+)?$", regex.IGNORECASE
)
_WHO_OTHERWISE = regex.compile(
    r"\b(?:whom|who\s+(?:did|do|does|was|is|were|are|will|would|should|could))\b", regex.IGNORECASE
)
_WHAT_IS = regex.compile(
    r"\W*(?:who|what|wer|was|qui|quién|qué|chi|wie|wat|кто|что|من|ما|谁)\b", regex.IGNORECASE
)
_PARTICLES = frozenset(("bin", "den", "der", "van", "von"))
"""Words with a small letter inside names."""
_MAX_NAME = 4
"""Terms; what is longer is no mere name."""
_MAX_COUNTED = 2
_NAME_GAP = 6
"""Characters that may lie between the terms of one name."""


@dataclass(frozen=True)
class Question:
    """A question, prepared for an article in ``language``."""

    text: str
    language: str
    terms: tuple[Term, ...]

    @classmethod
    def of(cls, text: str, language: str) -> Question:
        """The question ``text``, which may be in another language than the article."""
        return cls(text, language, tuple(content_terms(text, language, guess_language(text))))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of its terms, each once, in order."""
        return tuple(dict.fromkeys(term.key for term in self.terms))

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of terms with a capital letter where the spelling of the language demands none."""
        if self.language in CAPITAL_NOUN_LANGUAGES:
            return frozenset()
        return frozenset(t.key for t in self.terms if t.start and self.text[t.start].isupper())

    @cached_property
    def kind(self) -> AnswerType:
        """The kind of answer wanted; none for the definition of a name, which is a sentence."""
        is_definition = self._asking.kind in ("person", "name") and self.shape == "definition"
        return "other" if is_definition else self._asking.kind

    @cached_property
    def counted(self) -> frozenset[str]:
        """The keys of what the number is asked of: the first terms behind the words that ask."""
        behind = [term.key for term in self.terms if term.start >= self._asking.end]
        return frozenset(behind[:_MAX_COUNTED])

    @cached_property
    def _asking(self) -> Asking:
        return find_asking(self.text, self.language)

    @cached_property
    def shape(self) -> Shape:
        """How the question is put."""
        if _is_definition(self.text, self.terms):
            return "definition"
        return "agent" if self.terms and self._asks_for_agent else "open"

    @property
    def _asks_for_agent(self) -> bool:
        before_verb = self.text[: self.terms[0].start]
        return bool(_WHO.search(before_verb)) and not _WHO_OTHERWISE.search(self.text)


def _is_definition(text: str, terms: Sequence[Term]) -> bool:
    """Whether nothing but a name stands behind "who is" or "what are"."""
    if not 1 <= len(terms) <= _MAX_NAME or not _WHAT_IS.match(text):
        return False
    gaps = [later.start - term.end for term, later in pairwise(terms)]
    words = (text[term.start : term.end] for term in terms)
    has_plain_word = any(word[0].islower() and word not in _PARTICLES for word in words)
    return max(gaps, default=0) < _NAME_GAP and not has_plain_word
