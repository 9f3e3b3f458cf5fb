"""Figures: every number in a claim follows from its evidence, with its unit, scale and sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

import regex

from newsqa.checks import CheckName, ClaimContext, Finding
from newsqa.checks.calendar_dates import PartialDate, find_dates
from newsqa.checks.calendar_words import LANGUAGES
from newsqa.checks.clock_times import find_times
from newsqa.checks.listed import counts_of_listed
from newsqa.checks.quantities import Amount, Quantity, find_quantities
from newsqa.checks.wording import languages_of

# Rounding -----------------------------------------------------------------------------------------

_ABOUT = regex.compile(
    r"\b(?:(?P<above>more than|over|at least|above|upwards of|exceed\w*|mehr als|über|plus de|más de)"
    r"|(?P<below>nearly|almost|less than|fewer than|under|below|up to|close to|fast|beinahe|presque|casi)"
    r"|(?P<around>about|around|roughly|approximately|some|an estimated|rund|etwa|ungefähr|environ"
    r"|aproximadamente|unos|unas))\s+(?:a\s+|the\s+)?$",
    regex.IGNORECASE,
)
_TOLERANCE = {
    "above": (Fraction(1), Fraction(5, 4)),
    "below": (Fraction(4, 5), Fraction(1)),
    "around": (Fraction(19, 20), Fraction(21, 20)),
}
"""How much larger than the round figure in the claim the one in the evidence may be."""

# Words that are numbers only sometimes ------------------------------------------------------------

_NO_NUMBER = regex.compile(
    r"\b(?:no|any|every|some|each|which|the|this|that|loved)[\s\-]one\b"
    r"|\bone(?:['’]s\b|\s+(?:another|day|can|could|must|should|way)\b)"
    r"|\bat first\b|\bfirst of all\b|\bfirst[\s\-](?:lady|aid|name|hand|class)\b|\bfirsthand\b"
    r"|\bhalf[\s\-](?:time|brother|sister|way|hour)\b|\bon the other\b|\bsecond[\s\-](?:hand|guess\w*)\b"
    r"|\bone-(?:on-one|time|way|off|sided)\b|\bone of\b|\bsecond (?:thoughts?|nature)\b",
    regex.IGNORECASE,
)
_ALSO_SAYS = {
    Fraction(1): r"single|sole|only|lone|once|alone|individual|each",
    Fraction(2): r"both|twins?|duo|either|neither|second|halves|again",
    Fraction(3): r"trio|triplets?|threesome",
    Fraction(4): r"quartet|quadruplets?|four-time",
    Fraction(0): r"no|none|nobody|nothing|nil|never",
    Fraction(1, 2): r"halv\w+|half\w*",
}
_ALSO_FIRST = regex.compile(
    r"\b(?:first\w*|1st|debut\w*|initial\w*|inaugural|maiden|earliest|premi[eè]re\w*|never before|opening|"
    r"original\w*|pioneer\w*|one)\b",
    regex.IGNORECASE,
)
_ANOTHER = regex.compile(r"\b(?:again|another|also)\b", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FiguresCheck:
    """Finds numbers that the cited sentences, the title, the date and the question do not name."""

    name: CheckName = "figures"

    def applies_to(self, language: str) -> bool:
        """In digits, everywhere; number words count in English, German, French and Spanish."""
        return bool(language)

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Each number of ``claim`` that does not follow."""
        evidence = _Evidence(claim, context, languages_of(claim, context))
        for figure in evidence.figures_in(claim):
            if not evidence.bears_out(figure):
                yield Finding.at(
                    self.name, claim, figure.start, figure.end, _reason(figure, evidence)
                )


def _reason(figure: Quantity, evidence: _Evidence) -> str:
    values = figure.numeral.values
    alike = [q for q in evidence.quantities if not values.isdisjoint(q.numeral.values)]
    if alike:
        return "the cited sentences have this number, but with another unit or sign"
    return "the cited sentences do not have this number"


@dataclass(frozen=True)
class _Evidence:
    """What tells whether the claim may use a number."""

    claim: str
    context: ClaimContext
    languages: frozenset[str]

    def figures_in(self, text: str) -> list[Quantity]:
        """The numbers in ``text``, without those of dates and times, which are another check's."""
        taken = self._dates_and_times(text)
        return [
            quantity
            for quantity in find_quantities(text, self.languages)
            if not any(
                start < quantity.numeral.end and quantity.start < end for start, end in taken
            )
        ]

    def _dates_and_times(self, text: str) -> list[tuple[int, int]]:
        if self.context.article.language_code not in LANGUAGES:
            return []
        dates = [(date.start, date.end) for date in find_dates(text, self.languages)]
        return dates + [(time.start, time.end) for time in find_times(text)]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Where numbers may come from."""
        article = self.context.article
        sentences = (sentence.text for sentence in self.context.sentences)
        return (*sentences, article.title or "", self.context.question)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers named there."""
        return [quantity for text in self.texts for quantity in self.figures_in(text)]

    @cached_property
    def dates(self) -> list[PartialDate]:
        """The dates named there, and the day of publication."""
        published = self.context.published
        mentions = (m for text in self.texts for m in find_dates(text, self.languages))
        meant = [date for mention in mentions for date in mention.meant(published)]
        return [*meant, PartialDate(published.year)] if published else meant

    def _is_dated(self, figure: Quantity) -> bool:
        """Whether the number is the year of a date, or "the 16th" its day."""
        if figure.has_unit:
            return False
        numbers = {d.day if figure.kind == "ordinal" else d.year for d in self.dates}
        return any(value in numbers for value in figure.numeral.values)

    def bears_out(self, figure: Quantity) -> bool:
        """Whether the number follows from the evidence, by any of the ways there are."""
        return (
            _is_no_number(figure, self.claim)
            or self._is_there(figure)
            or self._is_dated(figure)
            or self._says_otherwise(figure)
            or self._is_rounded(figure)
            or self._is_named(figure)
            or self._is_count(figure)
        )

    def _is_there(self, figure: Quantity) -> bool:
        """Whether the evidence has the number; one of a score, together with the other."""
        if any(start <= figure.start < end for start, end in self.other_scores):
            return False
        return any(_follows(figure, known) for known in self.quantities)

    @cached_property
    def other_scores(self) -> list[tuple[int, int]]:
        """Where the claim has a score, or a vote, that is none of those in the evidence."""
        scores = {frozenset(m.groups()) for text in self.texts for m in _SCORE.finditer(text)}
        said = _SCORE.finditer(self.claim) if scores else ()
        return [match.span() for match in said if frozenset(match.groups()) not in scores]

    def _says_otherwise(self, figure: Quantity) -> bool:
        """Whether a word such as "both" stands for the number."""
        evidence = self.context.evidence
        if figure.kind == "ordinal":
            is_first = Fraction(1) in figure.numeral.values
            return (is_first and bool(_ALSO_FIRST.search(evidence))) or self._is_in_a_row(figure)
        if figure.has_unit:
            return False
        words = [_ALSO_SAYS[value] for value in figure.numeral.values if value in _ALSO_SAYS]
        if any(regex.search(rf"\b(?:{any_of})\b", evidence, regex.IGNORECASE) for any_of in words):
            return True
        return Fraction(1) in figure.numeral.values and self._has_article(figure)

    def _is_in_a_row(self, figure: Quantity) -> bool:
        """Whether the evidence has so many things or days in a row that one is "the second"."""
        rows = [len(set(self.dates)), *(count.numerator for count in self.counts)]
        row = max(*rows, 2 if _ANOTHER.search(self.context.evidence) else 0)
        return any(0 < value <= row for value in figure.numeral.values)

    def _has_article(self, figure: Quantity) -> bool:
        """Whether "one man" is "a man" in the evidence."""
        noun = regex.compile(r"\s+(?:\p{L}+\s+)??(\p{L}{3,})").match(self.claim, figure.end)
        if not noun:
            return False
        pattern = rf"\b(?:a|an|the|another)\s+(?:[\p{{L}}\-]+\s+){{0,3}}{noun[1][:5]}"
        return bool(regex.search(pattern, self.context.evidence, regex.IGNORECASE))

    def _is_rounded(self, figure: Quantity) -> bool:
        """Whether "more than 1,100" is said of 1,186: a rounder figure, and near enough."""
        said = _ABOUT.search(self.claim, max(figure.start - 24, 0), figure.start)
        if not said or figure.kind != "cardinal":
            return False
        low, high = _TOLERANCE[str(said.lastgroup)]
        return any(
            low * ours.value <= theirs.value <= high * ours.value
            and _roundness(ours.value) < _roundness(theirs.value)
            for known in self.quantities
            for ours, theirs in product(figure.amounts, known.amounts)
            if ours.dimension == theirs.dimension and ours.value > 0
        )

    def _is_named(self, figure: Quantity) -> bool:
        """Whether the number is part of a name that the article has anywhere: Flight 447, F-15."""
        if figure.has_unit and figure.kind != "label":
            return False
        begin = max(figure.numeral.start - 40, 0)
        before = _WORD_BEFORE.search(self.claim, begin, figure.numeral.start)
        if not before or (figure.kind != "label" and not before[0][0].isupper()):
            return False
        name = self.claim[before.start() : figure.numeral.end]
        article = self.context.article
        return bool(article.locate(name, loosest="case").candidates)

    def _is_count(self, figure: Quantity) -> bool:
        """Whether the number counts what the claim or the evidence lists."""
        if figure.kind != "cardinal" or figure.has_unit or self._is_contradicted(figure):
            return False
        return not figure.numeral.values.isdisjoint(self.counts)

    @cached_property
    def counts(self) -> frozenset[Fraction]:
        """How many things the claim and the cited sentences list."""
        texts = (self.claim, *self.texts[:-2])
        return frozenset(Fraction(count) for text in texts for count in counts_of_listed(text))

    def _is_contradicted(self, figure: Quantity) -> bool:
        """Whether the evidence has another number of the same things."""
        return _thing_behind(self.claim, figure) in self.counted

    @cached_property
    def counted(self) -> frozenset[str]:
        """What the cited sentences have a number of."""
        things = {_thing_behind(t, known) for t in self.texts[:-2] for known in self.figures_in(t)}
        return frozenset(things - {""})


_SCORE = regex.compile(r"(?<![\w\-–.,])(\d{1,3})[\-–](\d{1,3})(?![\w\-–]|[.,]\d)")


_WORD_BEFORE = regex.compile(r"(?<![\p{L}\d])[\p{L}\d.\-‐‑]+\s?$")


def _thing_behind(text: str, figure: Quantity) -> str:
    """The beginning of the word behind a number."""
    word = regex.compile(r"\s+(\p{L}{3,})").match(text, figure.end)
    return word[1].casefold()[:5] if word else ""


def _is_no_number(figure: Quantity, claim: str) -> bool:
    return any(
        match.start() <= figure.start < match.end()
        for match in _NO_NUMBER.finditer(claim, max(figure.start - 12, 0), figure.end + 12)
    )


def _roundness(value: Fraction) -> int:
    """The number of significant digits."""
    digits = f"{float(value):.9g}".replace(".", "").replace("-", "").split("e")[0].strip("0")
    return len(digits)


# One number against another -----------------------------------------------------------------------

_UNITLESS = frozenset({"months", "time", "angle", "length", "mass", "points", "volume", "area"})
"""Units that a claim may leave out where the evidence has them; never money or per cent."""

_FALLS = frozenset({"temperature C", "temperature F", "angle"})


def _follows(figure: Quantity, known: Quantity) -> bool:
    if "plural" in (figure.kind, known.kind):
        return _follows_plural(figure, known)
    if figure.kind == "ordinal" != known.kind:
        return False
    if any(_is_same(ours, theirs) for ours, theirs in product(figure.amounts, known.amounts)):
        return True
    return _is_same_number(figure, known)


def _follows_plural(figure: Quantity, known: Quantity) -> bool:
    """Hundreds from hundreds, or from 300."""
    if figure.kind != "plural":
        return False
    if known.kind == "plural":
        return figure.numeral.values == known.numeral.values
    base = max(figure.numeral.values)
    return any(2 * base <= value < 1000 * base for value in known.numeral.values)


def _is_same(ours: Amount, theirs: Amount) -> bool:
    if {ours.dimension, theirs.dimension} == {"", "share"}:
        return _is_same_share(ours.value, theirs.value)
    if ours.value != theirs.value and (
        abs(ours.value) != abs(theirs.value) or {ours.dimension, theirs.dimension} & _FALLS
    ):
        return False
    return ours.dimension == theirs.dimension


def _is_same_share(ours: Fraction, theirs: Fraction) -> bool:
    """Whether a part is so many per cent: a half 50, and a third 33, for want of an even number."""
    uneven = any(100 % value.denominator for value in (ours, theirs))
    return 0 < ours < 1 and abs(ours - theirs) < (
        Fraction(1, 100) if uneven else Fraction(1, 10**6)
    )


def _is_same_number(figure: Quantity, known: Quantity) -> bool:
    """Whether the numbers as written are the same, and the units can be left out or told."""
    if figure.sign != known.sign or figure.numeral.values.isdisjoint(known.numeral.values):
        return False
    ours = {amount.dimension for amount in figure.amounts}
    theirs = {amount.dimension for amount in known.amounts}
    if "" in ours:
        return not theirs.isdisjoint(_UNITLESS)
    if "" in theirs:
        return "months" in ours
    return "angle" in ours | theirs and not (ours | theirs).isdisjoint(_FALLS - {"angle"})
