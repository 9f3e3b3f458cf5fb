"""Number words: what the words for numbers stand for, in the languages that have a lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from newsqa.languages import language as language_of
from newsqa.languages.sections import Numbers, Values, Words, by_form
from newsqa.languages.spelling import plain_phrase


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of one language: phrases with single spaces, as ``plain`` spells them."""

    language: str = ""
    small: dict[str, int] = field(default_factory=dict)
    """Up to 99 as far as it takes one word, and the hundreds that do."""
    hundred: frozenset[str] = frozenset()
    """What makes hundreds of the number before it."""
    scales: dict[str, int] = field(default_factory=dict)
    lone: frozenset[str] = frozenset()
    """Scales that mean one of theirs where no number stands before them."""
    fixed: dict[str, Fraction] = field(default_factory=dict)
    """Words that are a number of their own: twice, anderthalb."""
    parts: dict[str, Fraction] = field(default_factory=dict)
    part_alone: frozenset[str] = frozenset()
    halves: frozenset[str] = frozenset()
    and_a_half: frozenset[str] = frozenset()
    before_half: frozenset[str] = frozenset()
    before_quarter: frozenset[str] = frozenset()
    ordinals: dict[str, Fraction] = field(default_factory=dict)
    plurals: dict[str, Fraction] = field(default_factory=dict)
    loose: dict[str, Fraction] = field(default_factory=dict)
    """Words that are a number as often as not: they bear a claim out, and are not held against it."""
    articles: frozenset[str] = frozenset()
    part_articles: frozenset[str] = frozenset()
    joint: frozenset[str] = frozenset()
    joint_after: int = 100
    """The place behind which ``joint`` may stand: of the hundreds only, or of the tens too."""
    joined: str = ""
    prefixes: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    """Prefixes that make an ordinal of a number as often as not: the twentieth century."""
    wide: frozenset[int] = frozenset()
    """Tens to which up to 19 are added: soixante-dix."""
    is_unit_first: bool = False
    has_commas: bool = False
    """Whether a comma may stand behind a scale: one thousand, two hundred."""
    has_loose_one: bool = True
    fused: dict[str, int] = field(default_factory=dict)
    """Numbers below 100 that are written as one word."""
    fused_hundred: str = ""
    fused_thousand: tuple[str, ...] = ()

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that is a number or part of one."""
        return _vocabulary(self.language)

    def fused_value(self, word: str) -> int | None:
        """The value of a number below a million that is written as one word: zwölftausend."""
        for thousand in self.fused_thousand:
            before, is_there, behind = word.partition(thousand)
            if is_there:
                thousands = self._fused_below_1000(before) if before else 1
                rest = self._fused_below_1000(behind) if behind else 0
                return None if thousands is None or rest is None else 1000 * thousands + rest
        return self._fused_below_1000(word)

    def _fused_below_1000(self, word: str) -> int | None:
        before, is_there, behind = word.partition(self.fused_hundred)
        if not is_there:
            return self.fused.get(word)
        hundreds = self.fused.get(before) if before else 1
        # centotto has one o for two
        rest = self.fused.get(behind, self.fused.get("o" + behind)) if behind else 0
        return None if hundreds is None or rest is None else 100 * hundreds + rest


@cache
def number_words(language: str) -> NumberWords:
    """The number words of ``language``; none where no lexicon is kept."""
    kept = language_of(language).numbers
    if not kept.units:
        return NumberWords()
    fused = _whole(kept.units) | _whole(kept.tens) | _fused(kept)
    scales = _whole(kept.scales)
    return NumberWords(
        language=language,
        small=fused | _whole(kept.hundreds),
        hundred=_set(kept.hundred),
        scales=scales,
        lone=_set(kept.lone) or frozenset(word for word, n in scales.items() if n > 12),
        fixed=by_form(kept.fixed),
        parts=by_form(kept.parts),
        part_alone=_set(kept.part_alone),
        halves=_set(kept.halves),
        and_a_half=_set(kept.and_a_half),
        before_half=_set(kept.before_half),
        before_quarter=_set(kept.before_quarter),
        ordinals=_ordinals(kept),
        plurals=by_form(kept.plurals),
        loose=by_form(kept.loose),
        articles=_set(kept.articles),
        part_articles=_set(kept.part_articles),
        joint=_set(kept.joint),
        joint_after=kept.joint_after,
        joined=kept.joined,
        prefixes=kept.prefixes,
        definite=kept.definite,
        wide=frozenset(kept.wide),
        is_unit_first=kept.units_first,
        has_commas=kept.commas,
        has_loose_one=not kept.ordinals,
        fused=fused,
        fused_hundred=kept.fused_hundred or "\0",
        fused_thousand=kept.fused_thousand,
    )


def _set(words: Words) -> frozenset[str]:
    return frozenset(map(plain_phrase, words))


def _whole(values: Values) -> dict[str, int]:
    return {form: int(value) for form, value in by_form(values).items()}


def _fused(kept: Numbers) -> dict[str, int]:
    """21 to 99 as one word: units and tens with the word between, or tens and units without."""
    how = kept.fused
    if not how:
        return {}
    units = {word: n for word, n in _whole(kept.units).items() if 0 < n < 10}
    pairs = [(t, a, u, b) for t, a in _whole(kept.tens).items() for u, b in units.items()]
    if how == "tens first":
        # ventuno and ventotto, with one vowel only
        return {(t[:-1] if u[0] in "uo" else t) + u: a + b for t, a, u, b in pairs}
    joints = (how, "ë" + how[1:])
    return {f"{u}{joint}{t}": a + b for t, a, u, b in pairs for joint in joints}


def _ordinals(kept: Numbers) -> dict[str, Fraction]:
    simple = by_form(kept.ordinals)
    if not simple:
        return {}
    units = {word: n for word, n in simple.items() if n < 10}
    tens = _whole(kept.tens)
    return simple | {f"{t} {u}": a + b for t, a in tens.items() for u, b in units.items()}


@cache
def _vocabulary(language: str) -> frozenset[str]:
    kept = number_words(language)
    listed: tuple[Iterable[str], ...] = (
        *(kept.small, kept.hundred, kept.scales, kept.fixed, kept.parts, kept.halves),
        *(kept.ordinals, kept.plurals, kept.loose, kept.articles, kept.part_articles),
        *(kept.before_half, kept.before_quarter),
    )
    return frozenset(word for entries in listed for entry in entries for word in entry.split())
