"""Scopes: which words of an English sentence a "not" or a "may" governs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex
import snowballstemmer

REACH = 5
"""Content words that a cue governs at most; the first of them is its head."""

WINDOW = 20
"""Words and marks behind a cue that are looked at."""

_WORD = regex.compile(
    r"(?:\p{Lu}\.){2,}|\p{L}+(?:['’]\p{L}+)*|[,;.!?()—–]|--|[\"”](?=[\s,;:.!?]|$)"
)
_BREAKS = frozenset(
    "but because although though while which who whose whom that when if whereas and or".split()
)
_EMPTY = frozenset(
    """a an the this that these those its his her their our my your it he she they we i you him them
    us me be been being is are was were am do does did done have has had having will would shall
    should can could may might must to of in on at by for with from as than then there here so very
    too also just even still yet ever only already immediately any anyone anything all some such
    much many other another one own up out about into over n't t s get got""".split()
)
_IRREGULAR = {
    form: base
    for base, *forms in map(
        str.split,
        """say said,win won,leave left,make made,take took taken,give gave given,go went gone,come came,
        hold held,tell told,meet met,pay paid,lose lost,lead led,run ran,begin began begun,become became,
        fall fell fallen,grow grew grown,rise rose risen,raise raised,break broke broken,speak spoke spoken,write wrote
        written,think thought,seek sought,send sent,spend spent,build built,sell sold,buy bought,keep
        kept,find found,know knew known,see saw seen,feel felt,shoot shot,bring brought,choose chose
        chosen,stand stood,flee fled,hear heard,catch caught,shrink shrank shrunk,sink sank sunk,
        teach taught,steal stole stolen,strike struck,throw threw thrown""".split(","),
    )
    for form in forms
}


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the forms of an English word have in common."""
    folded = _IRREGULAR.get(word.casefold(), word.casefold())
    # A stemmer keeps state while it works, so that threads must not share one.
    return str(snowballstemmer.stemmer("english").stemWord(folded))


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of a sentence, where it stands, and its stem, empty for words without content."""

    text: str
    start: int
    end: int
    stem: str

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands, half-open, in code points."""
        return self.start, self.end

    @property
    def is_break(self) -> bool:
        """Whether a clause ends here."""
        return not self.text[0].isalpha() or self.text in _BREAKS


def find_words(text: str) -> list[Word]:
    """The words and marks of ``text``."""
    return [_word(match) for match in _WORD.finditer(text)]


def _word(match: regex.Match[str]) -> Word:
    folded = match[0].casefold().replace("’", "'").removesuffix("'s")
    is_empty = folded in _EMPTY or folded.endswith("n't") or not folded[0].isalpha()
    return Word(folded, match.start(), match.end(), "" if is_empty else stem(folded))


@dataclass(frozen=True)
class Governed:
    """A text parted into what cues govern and what stands free of them."""

    words: tuple[Word, ...]
    cues: frozenset[int]
    """The places, in ``words``, of the last words of cues."""

    @cached_property
    def scopes(self) -> list[list[Word]]:
        """For each cue the content words behind it, in its clause."""
        return [list(self._scope(at)) for at in sorted(self.cues)]

    def _scope(self, cue: int) -> Iterator[Word]:
        count = 0
        for at in range(cue + 1, min(cue + 1 + WINDOW, len(self.words))):
            word = self.words[at]
            if word.is_break and count:
                return
            if word.is_break and not word.text[0].isalpha():
                return
            if word.stem and at not in self.cues:
                yield word
                count += 1
            if count == REACH:
                return

    @cached_property
    def heads(self) -> list[Word]:
        """The word that each cue bears on first."""
        return [scope[0] for scope in self.scopes if scope]

    @cached_property
    def governed(self) -> frozenset[str]:
        """The stems of all words in scopes."""
        return frozenset(word.stem for scope in self.scopes for word in scope)

    @cached_property
    def free(self) -> frozenset[str]:
        """The stems of the words outside all scopes."""
        inside = {word.start for scope in self.scopes for word in scope}
        return frozenset(w.stem for w in self.words if w.stem and w.start not in inside)

    def first(self, wanted: str) -> Word:
        """The first word with the stem ``wanted``."""
        return next(word for word in self.words if word.stem == wanted)


def govern(text: str, cues: Iterable[tuple[int, int]]) -> Governed:
    """``text`` with the cues at the given spans."""
    words = find_words(text)
    starts = [word.start for word in words]
    last = (bisect_left(starts, end) - 1 for _, end in cues)
    return Governed(tuple(words), frozenset(n for n in last if n >= 0))
