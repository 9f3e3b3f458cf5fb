"""Finds a quote in a text.

Presentation is normalized and content never: nothing is accepted because it looks similar, so a quote
with another figure, or without its "not", is not found.

A quote is looked for in five tiers, the strictest first:

* ``exact``: to the letter;
* ``whitespace``: any run of white space may replace another;
* ``typography``: quotation marks, dashes and the spaces around them, ellipses, soft hyphens and other
  invisible characters, ligatures, full-width and decomposed letters; also quotation marks, dots and
  commas around the quote, words broken at line ends, and entities, tags and Markdown in the text;
* ``case``: Unicode's full case folding, but ß, ı and Greek accents are only forgiven in capitals;
* ``elided``: fragments around "...", "…" or "[...]", in order and not far apart, each found by one of
  the tiers above. The text that is left out must be more than a negation.

In every tier a match begins and ends at a boundary; see ``newsqa.text.boundaries``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import regex

from newsqa.languages import SIGNS, language, languages
from newsqa.languages.spelling import any_of
from newsqa.text import Located, Match, Offsets, Tier
from newsqa.text.boundaries import end_of_joiners, is_boundary
from newsqa.text.normalization import Fold, Folds, has_leftovers, keeps_letters
from newsqa.text.spans import Folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


MAX_CANDIDATES = 100
MAX_FRAGMENTS = 8

MAX_GAP = 300
"""Characters that a "..." may replace: about the rest of one sentence and the whole of the next, so that
two fragments are in the same sentence or in neighbours."""

MAX_OVERLAP = 64
"""Overlapping hits of one quote that are looked at. The limit keeps the search linear: in "a a a ..." there
are as many hits as words, each as long as the quote."""


_STEPS: tuple[tuple[Tier, Fold, bool], ...] = (
    ("exact", "exact", False),
    ("whitespace", "whitespace", False),
    ("typography", "typography", False),
    ("typography", "typography", True),
    ("typography", "hyphenated", True),
    ("typography", "joined", True),
    ("case", "case", False),
    ("case", "case", True),
    ("case", "hyphenated_case", True),
    ("case", "joined_case", True),
    ("elided", "typography", True),
    ("elided", "case", True),
)
"""The steps of a search: the tier, the fold that it searches, and whether the quote is trimmed."""

_LAST_STEP = {tier: number for number, (tier, _, _) in enumerate(_STEPS, 1)}


class QuoteIndex:
    r"""A text prepared for finding quotes in it; each fold of the text is made once.

    >>> index = QuoteIndex("“The port\xa0will close,” he said. The strike is not over.")
    >>> index.locate('"the port will close"').match
    Match(tier='case', spans=((1, 20),))
    >>> index.locate("The port will ... he said").match
    Match(tier='elided', spans=((1, 14), (23, 30)))
    >>> index.locate("The strike is over").match is None
    True
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._folds = Folds(text)
        self._has_leftovers = has_leftovers(text)

    def locate(
        self, quote: str, *, near: Sequence[Offsets] = (), loosest: Tier = "elided"
    ) -> Located:
        """Find ``quote`` by the strictest tier that finds it.

        If the quote occurs more than once, the one match inside ``near`` is meant, or else the one
        that overlaps it, even in a looser tier than a match far away. Otherwise it is ambiguous.
        After more than 100 matches no looser tier is tried. A quote without a letter or a digit is
        not found.

        Args:
            quote: The words to find, in any presentation.
            near: Spans of the text that decide between several matches.
            loosest: The loosest tier to try.
        """
        wanted = Folds(quote.strip())
        strictest: list[Match] = []
        for tier, fold, is_trimmed in _STEPS[: _LAST_STEP[loosest]]:
            if fold.startswith(("hyphenated", "joined")) and not self._has_leftovers:
                continue
            found = self._matches(wanted[fold].text, tier, fold, is_trimmed, near)
            if fold.endswith("case"):
                found = filter(partial(self._keeps_letters, quote), found)
            matches = list(found if near else islice(found, MAX_CANDIDATES))
            meant = _near(matches, near) if near else []
            if meant or (matches and not near):
                return _located(meant or matches, matches)
            strictest = strictest or matches
            if len(strictest) > MAX_CANDIDATES:
                break
        return _located(strictest, strictest)

    def _matches(
        self, quote: str, tier: Tier, fold: Fold, is_trimmed: bool, near: Sequence[Offsets]
    ) -> Iterator[Match]:
        text = self._folds[fold]
        if tier == "elided":
            return (Match(tier, spans) for spans in self._elided(quote, text))
        places = self._places(_trimmed(quote) if is_trimmed else quote, text, near)
        return (Match(tier, (span,)) for span in places)

    def _places(self, quote: str, text: Folded, near: Sequence[Offsets] = ()) -> Iterator[Offsets]:
        """Yield the places of ``quote``; after 101 of them only those ``near``, if that is given."""
        found = 0
        for start in _hits(quote, text.text) if _has_text(quote) else ():
            span = text.original(start, start + len(quote))
            if span and (not near or found <= MAX_CANDIDATES or _overlaps(span, near)):
                place = span[0], self._end(span[1], text)
                if all(is_boundary(self._text, at) for at in place):
                    found += 1
                    yield place

    def _end(self, end: int, text: Folded) -> int:
        """Return the end of a match, with the joiners there if ``text`` is a fold without them."""
        has_joiners = text is self._folds["exact"] or text is self._folds["whitespace"]
        return end if has_joiners else end_of_joiners(self._text, end)

    def _elided(self, quote: str, text: Folded) -> list[tuple[Offsets, ...]]:
        """Return the sequences of the fragments' places in which these are closest."""
        fragments = [part for part in _ELISION.split(quote) if _has_text(part)]
        if not 2 <= len(fragments) <= MAX_FRAGMENTS:
            return []
        first, *others = (
            list(self._places(part.strip(), text)) or list(self._places(_trimmed(part), text))
            for part in fragments
        )
        sequences: list[tuple[Offsets, ...]] = [(place,) for place in first]
        for places in others:
            sequences = _followed(sequences, places)
        return [spans for spans in sequences if not self._leaves_out_a_negation(spans)]

    def _leaves_out_a_negation(self, spans: tuple[Offsets, ...]) -> bool:
        return any(
            _negations().fullmatch(self._text, left[1], right[0]) for left, right in pairwise(spans)
        )

    def _keeps_letters(self, quote: str, match: Match) -> bool:
        return keeps_letters(quote, "".join(self._text[start:end] for start, end in match.spans))


@cache
def _negations() -> regex.Pattern[str]:
    """Return the pattern of text that a "..." must not replace: denials alone, in any language."""
    known = (*languages(), language(SIGNS))
    words = any_of(word for each in known for word in each.words.negation)
    return regex.compile(rf"(?:\W*(?:{words}))+\W*", regex.I)


_ELISION = re.compile(r"\[ ?\.\.\. ?\]|\( ?\.\.\. ?\)|\.\.\.")
_LEADING = re.compile(r"""(?:["' ]|\[ ?\.\.\. ?\]|\( ?\.\.\. ?\)|\.\.\.|[.,](?!\d))*""")
_TRAILING_REVERSED = re.compile(
    # In Greek, a semicolon is the question mark.
    r'(?:["\' .,。、，،۔।]|;(?![\u0370-\u03ff\u1f00-\u1fff])|\] ?\.\.\. ?\[|\) ?\.\.\. ?\()*'
)


def _trimmed(quote: str) -> str:
    """Return a folded quote without quotation marks, dots and commas around it."""
    start = _match_length(_LEADING, quote)
    return quote[start : len(quote) - _match_length(_TRAILING_REVERSED, quote[:start:-1])]


def _match_length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _has_text(quote: str) -> bool:
    return any(map(str.isalnum, quote))


def _hits(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    for _ in range(MAX_OVERLAP * (len(text) // len(quote) + 1)):
        if at < 0:
            return
        yield at
        at = text.find(quote, at + 1)


def _followed(
    sequences: Iterable[tuple[Offsets, ...]], places: Sequence[Offsets]
) -> list[tuple[Offsets, ...]]:
    """Return each sequence with the next place after it, if it is close; of several the closest."""
    starts = [start for start, _ in places]
    closest: dict[int, tuple[Offsets, ...]] = {}
    for sequence in sequences:
        end = sequence[-1][1]
        following = bisect_left(starts, end)
        if following < len(places) and starts[following] - end <= MAX_GAP:
            closest[following] = (*sequence, places[following])
    return list(closest.values())


def _near(matches: Sequence[Match], near: Sequence[Offsets]) -> list[Match]:
    """Return the matches inside ``near`` or, if there are none, those that overlap it."""
    inside = [match for match in matches if _is_inside(match, near)]
    return inside or [m for m in matches if any(_overlaps(span, near) for span in m.spans)]


def _is_inside(match: Match, near: Sequence[Offsets]) -> bool:
    """Return whether each span begins and ends in ``near``, even in two spans of it."""
    points = [point for start, end in match.spans for point in (start, end - 1)]
    return all(any(start <= point < end for start, end in near) for point in points)


def _overlaps(span: Offsets, near: Sequence[Offsets]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in near)


def _located(meant: Sequence[Match], matches: Sequence[Match]) -> Located:
    return Located(meant[0] if len(meant) == 1 else None, tuple(matches[:MAX_CANDIDATES]))
