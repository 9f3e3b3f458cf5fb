"""Quotes: where a quoted string stands in a text.

Presentation is normalised and content is never forgiven: there is no similarity in here, so a quote
with another figure, or without its "not", stands nowhere.

A quote is looked for in five tiers, the tightest first:

* ``exact``: to the letter;
* ``whitespace``: any run of white space for another;
* ``typography``: quotation marks, dashes and the air around them, ellipses, soft hyphens and other
  invisible characters, ligatures, full-width and decomposed letters; quotation marks, dots and
  commas around the quote;
* ``case``: Unicode's full case folding, but ß for SS in capitals only;
* ``elided``: fragments around "...", "…" or "[...]", in order and not far apart, each of which
  stands in the text by one of the tiers above, and not for nothing but a negation.

In every tier a match begins and ends where ``newsqa.text.boundaries`` sees a border.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import regex

from newsqa.languages import SIGNS, language, languages
from newsqa.languages.patterns import any_of
from newsqa.text import Tier
from newsqa.text.boundaries import end_of_letter, is_border
from newsqa.text.normalization import Fold, Folded, Folds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TIERS: tuple[Tier, ...] = ("exact", "whitespace", "typography", "case", "elided")

MAX_CANDIDATES = 100
MAX_FRAGMENTS = 8

MAX_GAP = 300
"""Characters that a "..." may stand for: about the rest of one sentence and the whole of the next,
so that two fragments lie in the same sentence or in neighbours."""

MAX_OVERLAP = 64
"""How many overlapping hits of one quote are looked at, which keeps the search linear: in "a a a ..."
there are as many hits as words, each as long as the quote."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a quote stands: one span, or one for each fragment of an elided quote.

    Spans are half-open, in code points of the text. ``tier`` is the tightest that found the place.
    """

    tier: Tier
    spans: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """The outcome of a search.

    ``candidates`` are the places in reading order, at most 100, and ``match`` is the one that is
    meant. Several candidates and no match: the quote is ambiguous. No candidates: it is not there.
    """

    match: Match | None
    candidates: tuple[Match, ...]


_STEPS: tuple[tuple[Tier, Fold, bool], ...] = (
    ("exact", "exact", False),
    ("whitespace", "whitespace", False),
    ("typography", "typography", False),
    ("typography", "typography", True),
    ("case", "case", False),
    ("case", "case", True),
    ("elided", "typography", True),
    ("elided", "case", True),
)
"""What is tried in turn: the tier, the fold it searches, and whether the quote's edges are trimmed."""

_LAST_STEP = {tier: number for number, (tier, _, _) in enumerate(_STEPS, 1)}


class QuoteIndex:
    """A text prepared for finding quotes in it; what a search needs is built once and kept."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folds = Folds(text)

    def locate(
        self, quote: str, *, near: Sequence[Place] = (), loosest: Tier = "elided"
    ) -> Located:
        """Where ``quote`` stands, in the tightest tier that finds it, ``loosest`` at most.

        Of several places the only one inside ``near``, or else the only one that overlaps it, is
        meant; a place near in a looser tier goes before one far away in a tighter tier. Several
        places and none singled out by ``near`` are ambiguous; more than 100 of them are not looked
        for in a looser tier too. Quotes without a letter or a digit are not looked for.
        """
        wanted = Folds(quote.strip())
        tightest: list[Match] = []
        for tier, fold, is_trimmed in _STEPS[: _LAST_STEP[loosest]]:
            found = self._matches(wanted[fold].text, tier, fold, is_trimmed, near)
            if fold == "case":
                found = filter(partial(self._keeps_sharp_s, quote), found)
            matches = list(found if near else islice(found, MAX_CANDIDATES))
            meant = _near(matches, near) if near else []
            if meant or (matches and not near):
                return _located(meant or matches, matches)
            tightest = tightest or matches
            if len(tightest) > MAX_CANDIDATES:
                break
        return _located(tightest, tightest)

    def _matches(
        self, quote: str, tier: Tier, fold: Fold, is_trimmed: bool, near: Sequence[Place]
    ) -> Iterator[Match]:
        text = self._folds[fold]
        if tier == "elided":
            return (Match(tier, spans) for spans in self._elided(quote, text))
        places = self._places(_trimmed(quote) if is_trimmed else quote, text, near)
        return (Match(tier, (span,)) for span in places)

    def _places(self, quote: str, text: Folded, near: Sequence[Place] = ()) -> Iterator[Place]:
        """Where ``quote`` stands; only ``near``, if that is given, once 101 places are found."""
        found = 0
        for start in _hits(quote, text.text) if _says_something(quote) else ():
            span = text.original(start, start + len(quote))
            if span and (not near or found <= MAX_CANDIDATES or _overlaps(span, near)):
                place = span[0], self._end(span[1], text)
                if all(is_border(self._text, at) for at in place):
                    found += 1
                    yield place

    def _end(self, end: int, text: Folded) -> int:
        """``end``, or behind the joiners there, where ``text`` is a fold that has none."""
        has_joiners = text is self._folds["exact"] or text is self._folds["whitespace"]
        return end if has_joiners else end_of_letter(self._text, end)

    def _elided(self, quote: str, text: Folded) -> list[tuple[Place, ...]]:
        """The tightest sequences of the fragments' places."""
        fragments = [part for part in _ELISION.split(quote) if _says_something(part)]
        if not 2 <= len(fragments) <= MAX_FRAGMENTS:
            return []
        first, *others = (
            list(self._places(part.strip(), text)) or list(self._places(_trimmed(part), text))
            for part in fragments
        )
        sequences: list[tuple[Place, ...]] = [(place,) for place in first]
        for places in others:
            sequences = _followed(sequences, places)
        return [spans for spans in sequences if not self._leaves_out_a_negation(spans)]

    def _leaves_out_a_negation(self, spans: tuple[Place, ...]) -> bool:
        return any(
            _negations().fullmatch(self._text, before[1], behind[0])
            for before, behind in pairwise(spans)
        )

    def _keeps_sharp_s(self, quote: str, match: Match) -> bool:
        """Whether ß is ß, except in capitals: Maße are no Masse, and MASSE may be either."""
        stretch = "".join(self._text[start:end] for start, end in match.spans)
        return "SS" in quote + stretch or _sharp_s(quote) == _sharp_s(stretch)


@cache
def _negations() -> regex.Pattern[str]:
    """Only words that deny, in any language: an elision must not leave them out."""
    known = (*languages(), language(SIGNS))
    words = any_of(word for each in known for word in each.words.negation)
    return regex.compile(rf"(?:\W*(?:{words}))+\W*", regex.I)


"""All that a "..." stands for, where it turns what was said into its contrary."""

_ELISION = re.compile(r"\[ ?\.\.\. ?\]|\( ?\.\.\. ?\)|\.\.\.")
_LEADING = re.compile(r"""(?:["' ]|\[ ?\.\.\. ?\]|\( ?\.\.\. ?\)|\.\.\.|[.,](?!\d))*""")
_TRAILING_REVERSED = re.compile(r'(?:["\' .,。、，،۔।]|\] ?\.\.\. ?\[|\) ?\.\.\. ?\()*')


def _trimmed(quote: str) -> str:
    """``quote``, folded, without what gets added around it: quotation marks, dots and commas."""
    start = _match_length(_LEADING, quote)
    return quote[start : len(quote) - _match_length(_TRAILING_REVERSED, quote[:start:-1])]


def _match_length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _says_something(quote: str) -> bool:
    return any(map(str.isalnum, quote))


def _sharp_s(text: str) -> int:
    return text.count("ß") + text.count("ẞ")


def _hits(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    for _ in range(MAX_OVERLAP * (len(text) // len(quote) + 1)):
        if at < 0:
            return
        yield at
        at = text.find(quote, at + 1)


def _followed(
    sequences: Iterable[tuple[Place, ...]], places: Sequence[Place]
) -> list[tuple[Place, ...]]:
    """Each sequence with the next place after it, if that is close; of several, the closest one."""
    starts = [start for start, _ in places]
    closest: dict[int, tuple[Place, ...]] = {}
    for sequence in sequences:
        end = sequence[-1][1]
        following = bisect_left(starts, end)
        if following < len(places) and starts[following] - end <= MAX_GAP:
            closest[following] = (*sequence, places[following])
    return list(closest.values())


def _near(matches: Sequence[Match], near: Sequence[Place]) -> list[Match]:
    """The matches inside ``near`` or, if there are none, those that overlap it."""
    inside = [match for match in matches if _is_inside(match, near)]
    return inside or [m for m in matches if any(_overlaps(span, near) for span in m.spans)]


def _is_inside(match: Match, near: Sequence[Place]) -> bool:
    """Whether each span begins and ends in ``near``, be it in two places of it."""
    points = [point for start, end in match.spans for point in (start, end - 1)]
    return all(any(start <= point < end for start, end in near) for point in points)


def _overlaps(span: Place, near: Sequence[Place]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in near)


def _located(meant: Sequence[Match], matches: Sequence[Match]) -> Located:
    return Located(meant[0] if len(meant) == 1 else None, tuple(matches[:MAX_CANDIDATES]))
