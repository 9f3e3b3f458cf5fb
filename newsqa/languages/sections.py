"""The sections of a language's data file.

A file has one notation: a key and the list of its forms, each written as in print. In a table of
numbers the key is the value, so that ``3 = ["three"]`` and ``"1/2" = ["half"]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

Words = tuple[str, ...]
"""Forms, in the order of the file."""

Forms = Mapping[str, Words]
"""Forms by the name of what they stand for."""

Values = Mapping[Fraction, Words]
"""Forms by their value."""

_NONE: Mapping[Any, Any] = MappingProxyType({})


def no_entries() -> Mapping[Any, Any]:
    """Return the empty mapping that a table of a section is by default."""
    return _NONE


@dataclass(frozen=True, slots=True)
class Numbers:
    """The words for numbers, and the words beside a number that change or join it."""

    minus: Words = ()
    below_zero: Words = ()
    """Words after a temperature that make it negative."""
    range_joints: Words = ()
    """Words between the first and the last number of a range: to in "5 to 10"."""
    units: Values = field(default_factory=no_entries)
    """The numbers from 0 that have words of their own; mostly up to 19."""
    tens: Values = field(default_factory=no_entries)
    hundred: Words = ()
    """Words that make hundreds of the number before them."""
    hundreds: Values = field(default_factory=no_entries)
    """The hundreds that are one word."""
    scales: Values = field(default_factory=no_entries)
    """Words that multiply the number before them."""
    lone: Words = ()
    """Scales that mean one of theirs if no number precedes them; all from 1,000 if there are none."""
    fixed: Values = field(default_factory=no_entries)
    """Words that are a number by themselves: twice, anderthalb."""
    parts: Values = field(default_factory=no_entries)
    """Fractions by their denominators: ``3 = ["third", "thirds"]``."""
    part_alone: Words = ()
    """Fractions that need no "one" before them."""
    part_articles: Words = ()
    halves: Words = ()
    halves_in: Words = ()
    and_a_half: Words = ()
    before_half: Words = ()
    """Words that add a half to the number after them: साढ़े."""
    before_quarter: Words = ()
    ordinals: Values = field(default_factory=no_entries)
    plurals: Values = field(default_factory=no_entries)
    loose: Values = field(default_factory=no_entries)
    """Words that are a number only at times: they may support a claim and never contradict one."""
    articles: Words = ()
    joint: Words = ()
    """The "and" between hundreds and tens, or between tens and units."""
    joint_after: int = 100
    joined: str = ""
    """An "and" that is written to the next word, as in Arabic and Hebrew."""
    prefixes: Words = ()
    definite: Words = ()
    """Prefixes that often make an ordinal of a number."""
    wide: tuple[int, ...] = ()
    """Tens to which up to 19 are added: soixante-dix."""
    units_first: bool = False
    commas: bool = False
    """Whether a comma may follow a scale: "one thousand, two hundred"."""
    fused: str = ""
    """What joins units and tens to one word, or "tens first" if nothing does."""
    fused_hundred: str = ""
    fused_thousand: Words = ()
    native_units: Values = field(default_factory=no_entries)
    native_tens: Values = field(default_factory=no_entries)
    counters: Words = ()
    before_unit: Words = ()
    pairs: Words = ()
    """Phrases that refer to two people or things and count nobody: "los dos"."""
    links: Words = ()
    """Words after a number that show that nothing is counted there."""


@dataclass(frozen=True, slots=True)
class Places:
    """The characters of a script that writes each place of a number: 三百二十."""

    digits: Values = field(default_factory=no_entries)
    places: Values = field(default_factory=no_entries)
    scales: Values = field(default_factory=no_entries)
    fraction: Words = ()
    words: Words = ()
    """Words of these characters that are not numbers."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """The words that mark a number as not exact."""

    above: Words = ()
    below: Words = ()
    around: Words = ()
    skipped: Words = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """How a language writes the time of day.

    ``times``, ``noon`` and ``midnight`` are patterns; ``newsqa.text.dates.clock`` says what stands for
    an hour and its minutes in them.
    """

    times: Words = ()
    hour_ordinals: Values = field(default_factory=no_entries)
    am: Words = ()
    pm: Words = ()
    noon: Words = ()
    midnight: Words = ()
    unread: Words = ()
    """Words of times that the patterns do not cover."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The names of months and days, and the words beside a day in a date."""

    months: Values = field(default_factory=no_entries)
    """Names by their numbers from 1."""
    months_short: Values = field(default_factory=no_entries)
    """Short forms, which are read only beside a day."""
    weekdays: Values = field(default_factory=no_entries)
    """Names by their numbers; Monday is 0."""
    weekdays_short: Values = field(default_factory=no_entries)
    """Short forms, which are read only before a day."""
    days: Values = field(default_factory=no_entries)
    """Words for a day near today, by the number of days from today: -1 is yesterday."""
    last: Forms = field(default_factory=no_entries)
    """Phrases for the last ``week``, ``month`` and ``year``."""
    next: Forms = field(default_factory=no_entries)
    this: Forms = field(default_factory=no_entries)
    previous_day: Words = ()
    """Phrases for the day before another one, and for the day after it."""
    next_day: Words = ()
    from_today: Forms = field(default_factory=no_entries)
    """Phrases for a time ``before`` or ``after`` today, with {n} and {step}: "{n} {step} ago"."""
    from_other: Forms = field(default_factory=no_entries)
    """The same, before or after another day: "{n} {step} later"."""
    before_weekday: Words = ()
    """Words before a weekday that do not change which one is meant."""
    day_endings: Words = ()
    """Endings written to a day: st in "1st"."""
    weekday_endings: Words = ()
    """Endings written to a weekday: abend in "Dienstagabend"."""
    before_day: Words = ()
    """Words between a weekday and a day: the in "Monday the 5th"."""
    before_month: Words = ()
    """Words before a month without a day, by which it is known from another word: in in "in May"."""
    day_joints: Words = ()
    """Words between a day and its month: of in "5th of May"."""
    range_joints: Words = ()
    """Words between the first and the last day of a range."""
    year_joints: Words = ()
    """Words between a month and its year: de in "mayo de 2025"."""

    @property
    def is_capitalised(self) -> bool:
        """True if names of months have a capital, which tells May from may."""
        return any(forms[0][0].isupper() for forms in self.months.values())


@dataclass(frozen=True, slots=True)
class Conjunctions:
    """Words that join the items of a list."""

    and_: Words = ()
    or_: Words = ()


@dataclass(frozen=True, slots=True)
class Detection:
    """By what a text is known to be in the language."""

    letters: str = ""
    """The range of the script's letters, for a character class, if the script tells the language."""
    common_words: Words = ()
    """The most common short words."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """Words of a language by what they do in a sentence."""

    stop: Words = ()
    """Words that ask or join and name nothing, left out when a question is compared with a text."""
    function: Words = ()
    """Words without content, left out when two sentences are compared."""
    clause_breaks: Words = ()
    """Words at which a clause ends."""
    joining_characters: Words = ()
    """Characters that join words, in scripts without spaces."""
    negation: Words = ()
    """Words that turn a statement into its contrary."""
    elided: Words = ()
    """Words that lose their vowel to an apostrophe."""
    prefixes: Words = ()
    """Words before a hyphen that say something else without what follows it: non in "non-binding"."""
    scale_stems: Words = ()
    """Beginnings of scale words, of languages without number words of their own here."""
    number_words: Words = ()
    """Number words of the same languages."""


@dataclass(frozen=True, slots=True)
class Irregular:
    """Forms that no stemmer brings together, by their base form."""

    verbs: Forms = field(default_factory=no_entries)
    others: Forms = field(default_factory=no_entries)


@dataclass(frozen=True, slots=True)
class Questions:
    """The words of questions, by the kind of answer that they ask for; entries may be patterns."""

    asking: Forms = field(default_factory=no_entries)
    """Question words: who, how many."""
    asked_for: Forms = field(default_factory=no_entries)
    """Nouns that tell what "what" and "which" ask for: year, price."""
    forms: Forms = field(default_factory=no_entries)
    """The beginnings of questions that no words of a text answer: yes_no, why, how, list."""


@dataclass(frozen=True, slots=True)
class Names:
    """Words beside the names of people."""

    titles: Words = ()
    """Words before a name, or capitalised beside one, that do not tell people apart."""
    not_names: Words = ()
    """Words with a capital that name nobody."""
    openers: Words = ()
    """Words that begin sentences and are not names."""
    before_author: Words = ()
    """Words that begin a byline: By in "By Lena Hollis"."""
    in_bylines: Words = ()
    """Small words between the names and the offices of a byline."""
    short_titles: Words = ()
    """Titles that are written with a full stop, and short forms of given names."""


@dataclass(frozen=True, slots=True)
class People:
    """Words that refer to people."""

    he: Words = ()
    she: Words = ()
    male_kin: Words = ()
    female_kin: Words = ()
    speech_verbs: Words = ()
    """Verbs that report what somebody says."""


@dataclass(frozen=True, slots=True)
class PolarityCues:
    """Words that make something less than a plain fact; entries are patterns."""

    denied: Words = ()
    """They deny the words after them."""
    denied_object: Words = ()
    """They deny the verb before them: nobody in "it killed nobody"."""
    negative: Words = ()
    """Words with a denial in their meaning: fail, refuse, only."""
    hedged: Words = ()
    """They make their clause a report, a possibility, a plan or an attempt."""
    future: Words = ()
    """They make their clause one about what is to come."""
    certain: Words = ()
    """They state what is to come as a fact."""
    conditional: Words = ()
    """They begin a condition."""
    concessive: Words = ()
    """They say that something does not depend on a condition: "even if"."""
    attributed: Words = ()
    """They make what is said somebody's word."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Phrases before a figure that make it the end of a range; entries are patterns."""

    minimum: Words = ()
    maximum: Words = ()
    over: Words = ()
    under: Words = ()


@dataclass(frozen=True, slots=True)
class Directions:
    """Words by which something becomes more or less."""

    up: Words = ()
    down: Words = ()


@dataclass(frozen=True, slots=True)
class Opposites:
    """Words and their opposites."""

    anywhere: Forms = field(default_factory=no_entries)
    """Opposites in nearly any sentence."""
    of_the_same: Forms = field(default_factory=no_entries)
    """Opposites only if said of the same thing."""


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Short forms with a full stop that does not end a sentence."""

    before_any: Words = ()
    before_number: Words = ()
    also_words: Words = ()
    """Short forms that are also words, which may end a sentence: no, which is short for number."""
    before_ordinal: Words = ()
    """Words before an ordinal that is written with a full stop: am 1. Advent."""
    ordinal_nouns: Words = ()
    """Nouns after an ordinal that is written with a full stop: im 19. Jahrhundert."""
