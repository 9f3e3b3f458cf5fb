"""Polarity: how an English text states each of its words.

A word may be denied ("did not close"), hedged ("may close"), depend on a condition ("will close unless
a buyer is found"), or be somebody's word ("the port will close, he said"). Cues for each are in the
section ``polarity`` of the data file. A denial governs the words after it in its clause, a hedge its
clause, and a condition and an attribution the other clauses of their sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

import regex

from newsqa.languages import language
from newsqa.text.names import END
from newsqa.text.scopes import Governed, Word, govern

_CLAUSE_END = regex.compile(
    r"[;:,()]\s*|\s[—–]\s*|\b(?:but|while|whereas|although|though|unless|if|because|provided|until|when|"
    r"which|who|whom|whose|after|before|and|or|nor)\b",
    regex.IGNORECASE,
)
_END = rf"(?:{END}|;)[\"”’)]*\s+(?!\p{{Ll}})|\n+(?!\p{{Ll}})"
"""The end of a sentence; a line that goes on in small letters is wrapped."""

_SENTENCE_END = regex.compile(_END)
_CONTRAST = regex.compile(rf"{_END}|(?i:\bbut\b)")
_STATEMENT_END = regex.compile(
    rf"{_END}|(?i:;\s|\bbut\b|,\s(?:and|while|whereas|though|although)\b|\band that\b)"
)


@cache
def cues(kind: str) -> regex.Pattern[str]:
    """Return the pattern of the cues of a kind, a field of the section ``polarity``."""
    words = getattr(language("en").polarity, kind)
    return regex.compile(rf"\b(?:{'|'.join(words)})(?![\p{{L}}])", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word with content, and how its text states it."""

    word: Word
    sentence: int
    is_denied: bool
    is_hedged: bool
    is_conditional: bool
    is_attributed: bool

    @property
    def stem(self) -> str:
        """The stem of the word."""
        return self.word.stem


class Polarity:
    """A text as its predicates, each with how it is stated.

    >>> from newsqa.text.analysis import AnalyzedText
    >>> text = AnalyzedText("The port did not close, and ships may leave if the wind drops, he said.")
    >>> stated = {p.word.text: p for p in text.polarity.predicates}
    >>> stated["close"].is_denied, stated["ships"].is_denied
    (True, False)
    >>> stated["leave"].is_hedged, stated["leave"].is_conditional, stated["leave"].is_attributed
    (True, True, True)
    """

    def __init__(self, text: str, words: tuple[Word, ...]) -> None:
        self.text = text
        self.words = words

    def has(self, kind: str) -> bool:
        """Return whether the text has a cue of a kind."""
        return bool(cues(kind).search(self.text))

    def has_beside(self, kind: str, word: Word) -> bool:
        """Return whether the statement that a word is in has a cue of a kind.

        A statement ends with its sentence, and before a "but".
        """
        borders = [0, *(m.end() for m in _CONTRAST.finditer(self.text)), len(self.text)]
        at = bisect_right(borders, word.start, hi=len(borders) - 1)
        return bool(cues(kind).search(self.text, borders[at - 1], borders[at]))

    @cached_property
    def denials(self) -> Governed:
        """The words that are denied and those that are not."""
        return govern(self.words, (match.span() for match in cues("denied").finditer(self.text)))

    def heads(self, kind: str) -> list[Word]:
        """Return the first word that each cue of a kind governs, which is neither a name nor quoted."""
        found = govern(self.words, (match.span() for match in cues(kind).finditer(self.text)))
        heads = (_head(scope, self.text) for scope in found.scopes)
        return [head for head in heads if head]

    @cached_property
    def predicates(self) -> tuple[Predicate, ...]:
        """The words with content, in reading order."""
        denied = {word.start for scope in self.denials.scopes for word in scope}
        denied |= self._denied_before
        return tuple(
            Predicate(
                word,
                bisect_right(self._sentence_starts, word.start),
                word.start in denied,
                self._clause_of(word.start) in self._hedged_clauses,
                self._depends(word.start),
                bisect_right(self._sentence_starts, word.start) in self._attributed_sentences,
            )
            for word in self.words
            if word.stem
        )

    @cached_property
    def by_stem(self) -> dict[str, list[Predicate]]:
        """The predicates by their stems."""
        found: dict[str, list[Predicate]] = {}
        for predicate in self.predicates:
            found.setdefault(predicate.stem, []).append(predicate)
        return found

    # where a cue reaches ---------------------------------------------------------------------------

    @cached_property
    def _denied_before(self) -> set[int]:
        """The verbs whose object denies them: "killed no one"."""
        found = set()
        for match in cues("denied_object").finditer(self.text):
            before = [w for w in self.words if w.end <= match.start()][-1:]
            found |= {word.start for word in before if word.stem}
        return found

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [0, *(match.end() for match in _SENTENCE_END.finditer(self.text))]

    @cached_property
    def _clause_starts(self) -> list[int]:
        ends = {match.start() for match in _CLAUSE_END.finditer(self.text)}
        return sorted({0, *ends, *self._sentence_starts})

    def _clause_of(self, at: int) -> int:
        return bisect_right(self._clause_starts, at)

    @cached_property
    def _hedged_clauses(self) -> set[int]:
        return {self._clause_of(match.start()) for match in cues("hedged").finditer(self.text)}

    @cached_property
    def _depending(self) -> list[tuple[int, int]]:
        """The spans of what depends on a condition: the rest of its sentence up to a "but" or "and"."""
        found = []
        for match in cues("conditional").finditer(self.text):
            ends = [0, *(m.end() for m in _STATEMENT_END.finditer(self.text, 0, match.start()))]
            stop = _STATEMENT_END.search(self.text, match.end())
            clause = self._clause_starts[bisect_right(self._clause_starts, match.start()) - 1]
            after = bisect_right(self._clause_starts, match.end())
            resumed = (
                self._clause_starts[after] if after < len(self._clause_starts) else len(self.text)
            )
            end = stop.start() if stop else len(self.text)
            found += [(ends[-1], clause), (resumed, end)]
        return found

    def _depends(self, at: int) -> bool:
        return any(start <= at < end for start, end in self._depending)

    @cached_property
    def _attributed_sentences(self) -> set[int]:
        found = cues("attributed").finditer(self.text)
        return {bisect_right(self._sentence_starts, match.start()) for match in found}


def _head(scope: list[Word], text: str) -> Word | None:
    return next((word for word in scope if not text[word.start].isupper()), None)
