"""People: which of an article's full names a shortened one or a pronoun may mean.

A title, a pronoun soon after the full name, and a "husband" or a "sister" tell "he" from "she".
Given names do not: they would need lists, and these would guess.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import regex

from newsqa.checks.names.evidence import NO_NAMES, KnownNames, Run
from newsqa.checks.names.unknown import COMMON
from newsqa.text.names import TITLES, owners_apart, plain

Way = Literal["he", "she"]

REACH = 250
"""Characters behind a full name in which a pronoun may mean it."""

_WAYS: dict[str, Way] = {
    **dict.fromkeys(
        "he him his himself mr sir lord king prince husband father brother son uncle".split(), "he"
    ),
    **dict.fromkeys(
        "she her hers herself ms mrs miss lady dame queen princess wife mother sister daughter aunt".split(),
        "she",
    ),
}
_OFFICE = regex.compile(
    r"(?:council|congress|assembly|spokes|business|police|sports|states)(wo)?man"
)
_SUBJECT = regex.compile(r"\b(?:he|she)\b", regex.IGNORECASE)
_WORD = regex.compile(r"\p{L}+")
_QUOTED = regex.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_KIN = regex.compile(
    r"\b(?:his|her)\s(?:late\s|former\s|own\s)?(husband|wife|father|mother|brother|sister|son|daughter|uncle|aunt)\b",
    regex.IGNORECASE,
)


def way_of(word: str) -> Way | None:
    """Whether a pronoun, a title or a relation is a man's or a woman's."""
    folded = plain(word)
    if office := _OFFICE.fullmatch(folded):
        return "she" if office[1] else "he"
    return _WAYS.get(folded)


def ways_in(text: str) -> set[Way]:
    """Whom the pronouns and relations of ``text`` mean; "her husband" is a man."""
    kin = {way_of(match[1]) for match in _KIN.finditer(text)}
    rest = {way_of(word) for word in _WORD.findall(_KIN.sub(" ", text))}
    return {way for way in kin | rest if way}


def unquoted(text: str) -> str:
    """``text`` with blanks for what stands in quotation marks: there "he" is the speaker's."""
    return str(_QUOTED.sub(lambda match: " " * len(match[0]), text))


Name = tuple[str, ...]
"""The plain words of a name without its titles, the surname last."""


def name_of(run: Run) -> Name:
    """The words of ``run`` that name somebody."""
    no_names = TITLES | NO_NAMES | {"jr", "sr"}
    words = (word.plain for word in run if word.plain not in no_names)
    return tuple(word for word in words if not _OFFICE.fullmatch(word))


def agree(name: Name, other: Name) -> bool:
    """Whether two names may be one person's: John and J. R. Ortega, but not Ada and Luis Ortega."""
    if not name or not other or name[-1] != other[-1]:
        return False
    given, others = name[:-1], other[:-1]
    pairs = ((a, b) for a in given for b in others if 1 in (len(a), len(b)) or a == b)
    return not given or not others or any(a[0] == b[0] for a, b in pairs)


def titles_of(run: Run) -> set[Way]:
    """What the titles of ``run`` tell: "Ms. Dolan" is a woman."""
    return {way for word in run if (way := way_of(word.plain))}


@dataclass(frozen=True)
class People:
    """The people of an article."""

    known: KnownNames

    @cached_property
    def mentions(self) -> list[tuple[Run, Name]]:
        """The runs that name somebody or something, and the names."""
        runs = (part for run in self.known.runs for part in owners_apart(run))
        named = ((run, name_of(self._without_opening(run))) for run in runs)
        return [(run, name) for run, name in named if name]

    def _without_opening(self, run: Run) -> Run:
        """``run`` without a word that only begins the sentence, as in "Though Mr. Brandt"."""
        first, *rest = run
        if not first.is_first or first.plain in self.known.inner:
            return run
        is_apart = not rest or rest[0].plain in TITLES or rest[0].start - first.end > 1
        # Engineer Brandt has no given name there; Piers and Agnes are one.
        is_common = COMMON.fullmatch(first.plain) and not first.plain.endswith("s")
        return tuple(rest) if is_apart or is_common else run

    def namesakes(self, name: Name) -> set[Name]:
        """The full names with the surname of ``name`` and other given names."""
        full = (other for _, other in self.mentions if len(other) > 1 and other[-1:] == name[-1:])
        return {other for other in full if not agree(other, name)}

    def full(self, name: Name) -> Name:
        """The one full name that ``name`` may be short for, or itself."""
        names = {other for _, other in self.mentions if len(other) > 1 and agree(other, name)}
        return names.pop() if len(names) == 1 else name

    def way(self, name: Name) -> Way | None:
        """Whether the bearer of a full name is a "he" or a "she", as far as the article tells."""
        runs = [run for run, other in self.mentions if len(other) > 1 and agree(other, name)]
        titles = {way for run in runs for way in titles_of(run)}
        if titles:
            return titles.pop() if len(titles) == 1 else None
        votes = Counter(way for run in runs if (way := self._pronoun_after(run)))
        return next((way for way, count in votes.items() if 2 * count > votes.total()), None)

    def _pronoun_after(self, mention: Run) -> Way | None:
        """The first "he" or "she" behind a name, before another name comes."""
        end = mention[-1].end
        text = unquoted(self.known.text[end : end + REACH])
        places = (run[-1].start - end for run, _ in self.mentions if run[-1].start > end)
        stop = next((at for at in places if text[at : at + 1].strip()), len(text))
        found = _SUBJECT.search(text[:stop])
        return way_of(found[0]) if found else None

    def means(self, mention: Run, name: Name) -> bool:
        """Whether ``mention``, with or without given name and title, can mean nobody but ``name``."""
        other = name_of(mention)
        if not agree(other, name):
            return False
        ways = titles_of(mention)
        return self.fits(name, ways) and (
            len(other) > 1 or not any(self.fits(same, ways) for same in self.namesakes(name))
        )

    def fits(self, name: Name, ways: set[Way]) -> bool:
        """Whether ``name`` may be spoken of in one of ``ways``, or none is told."""
        way = self.way(name) if ways else None
        return way is None or way in ways
