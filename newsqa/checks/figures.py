"""Figures: every number in a claim follows from its evidence, with its unit, scale and sign.

Numbers in words are read in the languages that have a lexicon. Over an article in any other one a
number that its cited sentences do not have in digits may still stand there in letters, as Finnish
"kaksitoista" does for 12. To refuse it would drop true answers, and to accept it would say that it
was checked. So there only what is certainly not in the sentences is found: a number of three digits
or more (leading and trailing noughts apart), which nobody spells out, and one that stands between
the very words which in the sentences have another number between them. Any other number that is not
there leaves the claim unchecked: "figures" is among its ``not_applied``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

import regex

from newsqa.checks import CheckName, ClaimContext, Doubt, Finding
from newsqa.checks.calendar_dates import PartialDate, find_dates
from newsqa.checks.calendar_words import LANGUAGES
from newsqa.checks.clock_times import ClockTime, find_times, has_other_hours
from newsqa.checks.comparison import follows, has_unit_of, is_ratio
from newsqa.checks.idioms import ALSO_FIRST, ALSO_SAYS, ANOTHER, is_no_number
from newsqa.checks.lexicon import lexicon, phrases
from newsqa.checks.listed import counts_of_listed, totals_of_listed
from newsqa.checks.lookalikes import foreign_figures
from newsqa.checks.quantities import Quantity, find_quantities
from newsqa.checks.rounding import roundness, significant, tolerance_of
from newsqa.checks.spelling import words_in
from newsqa.checks.wording import are_numbers_read, languages_of

_SPELLED_OUT = 2
"""Significant digits of the longest number that is written in letters where no lexicon is kept."""

_FUNCTION_WORD = 3
"""Letters up to which a word tells nothing of what is counted."""


@dataclass(frozen=True, slots=True)
class FiguresCheck:
    """Finds numbers that the cited sentences, the title, the date and the question do not name."""

    name: CheckName = "figures"

    def applies_to(self, language: str) -> bool:
        """Everywhere; where the language has no lexicon, the module says how far."""
        return bool(language)

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding | Doubt]:
        """Each number of ``claim`` that does not follow, and those that may stand there in letters."""
        evidence = _Evidence(claim, context, languages_of(claim, context))
        foreign = list(foreign_figures(claim, evidence.texts))
        for start, end in foreign:
            reason = "this figure has a digit of another script than the text's"
            yield Finding.at(self.name, claim, start, end, reason)
        for time in evidence.strange_times:
            words = claim[time.start : time.end]
            if not evidence.is_read or has_other_hours(context.evidence, evidence.languages):
                yield Doubt(self.name, words)
            else:
                reason = "the cited sentences do not name this time"
                yield Finding.at(self.name, claim, time.start, time.end, reason)
        for figure in evidence.figures_in(claim):
            is_seen = any(start < figure.end and figure.start < end for start, end in foreign)
            if is_seen or figure.numeral.is_loose or evidence.bears_out(figure):
                continue
            if evidence.is_certain(figure):
                reason = _reason(figure, evidence)
                yield Finding.at(self.name, claim, figure.start, figure.end, reason)
            else:
                yield Doubt(self.name, claim[figure.start : figure.end])


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

    @cached_property
    def is_read(self) -> bool:
        """Whether a number in letters would be seen."""
        return are_numbers_read(self.context.article)

    def figures_in(self, text: str) -> list[Quantity]:
        """The numbers in ``text``, without those of dates and times, which are looked at apart."""
        taken = self._dates_and_times(text)
        return [
            quantity
            for quantity in find_quantities(text, self.languages)
            if not any(
                start < quantity.numeral.end and quantity.start < end for start, end in taken
            )
        ]

    def _dates_and_times(self, text: str) -> list[tuple[int, int]]:
        times = find_times(text, self.languages)
        taken = [(time.start, time.end) for time in times if not time.is_loose]
        if self._has_calendar:
            taken += [(date.start, date.end) for date in find_dates(text, self.languages)]
        return taken

    @property
    def _has_calendar(self) -> bool:
        """Whether dates and times are another check's."""
        return self.context.article.language_code in LANGUAGES

    @cached_property
    def strange_times(self) -> list[ClockTime]:
        """The times of day in the claim that are not in the evidence, where no other check looks."""
        times = [] if self._has_calendar else find_times(self.claim, self.languages)
        return [t for t in times if not t.is_loose and t.minutes.isdisjoint(self.minutes)]

    @cached_property
    def minutes(self) -> frozenset[int]:
        """The times of day that the evidence names."""
        return frozenset(minute for time in self.times for minute in time.minutes)

    @cached_property
    def times(self) -> list[ClockTime]:
        """The mentions of times there."""
        return [time for text in self.texts for time in find_times(text, self.languages)]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Where numbers may come from."""
        article = self.context.article
        sentences = (sentence.text for sentence in self.context.sentences)
        return (*sentences, article.title or "", self.context.question)

    @cached_property
    def cited(self) -> list[list[Quantity]]:
        """The numbers of each cited sentence."""
        return [self.figures_in(text) for text in self.texts[:-2]]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers named in the cited sentences."""
        return [quantity for found in self.cited for quantity in found]

    @cached_property
    def titled(self) -> list[Quantity]:
        """The numbers of the title."""
        return self.figures_in(self.texts[-2])

    @cached_property
    def asked(self) -> list[Quantity]:
        """The numbers of the question."""
        return self.figures_in(self.texts[-1])

    @cached_property
    def dates(self) -> list[PartialDate]:
        """The dates named there, and the day of publication."""
        published = self.context.published
        mentions = (m for text in self.texts for m in find_dates(text, self.languages))
        meant = [date for mention in mentions for date in mention.meant(published)]
        return [*meant, PartialDate(published.year)] if published else meant

    def _is_dated(self, figure: Quantity) -> bool:
        """Whether the number is the year of a date, or "the 16th" its day."""
        if figure.has_unit or self._is_in_place_of_another(figure, behind=0):
            return False
        numbers = {d.day if figure.kind == "ordinal" else d.year for d in self.dates}
        return any(value in numbers for value in figure.numeral.values)

    def bears_out(self, figure: Quantity) -> bool:
        """Whether the number follows from the evidence, by any of the ways there are."""
        return (
            is_no_number(self.claim, figure.start, figure.end)
            or self._is_there(figure)
            or self._is_time(figure)
            or self._is_dated(figure)
            or self._says_otherwise(figure)
            or self._is_rounded(figure)
            or self._is_named(figure)
            or self._is_count(figure)
            or self._has_unit_elsewhere(figure)
            or self._is_derived(figure)
        )

    def is_certain(self, figure: Quantity) -> bool:
        """Whether a number that is not borne out is certainly none of the evidence's."""
        if self._is_part_of_list(figure):
            return False
        if self.is_read or self._is_in_place_of_another(figure, behind=1):
            return True
        digits = {significant(value) for value in figure.numeral.values}
        known = {significant(v) for q in self.quantities for v in q.numeral.values}
        return digits.isdisjoint(known) and all(len(d) > _SPELLED_OUT for d in digits)

    def _is_in_place_of_another(self, figure: Quantity, *, behind: int) -> bool:
        """Whether the words around it are those around another number of a cited sentence."""
        ours = _around(self.claim, figure, behind)
        if not any(len(word) > _FUNCTION_WORD for word in ours):
            return False
        there = [
            known
            for text, found in zip(self.texts, self.cited, strict=False)
            for known in found
            if _around(text, known, behind) == ours
        ]
        return bool(there) and not any(follows(figure, known) for known in there)

    def _is_there(self, figure: Quantity) -> bool:
        """Whether the evidence has the number; one of a score, together with the other."""
        if any(start <= figure.start < end for start, end in self.other_scores):
            return False
        # Where dates are not read, the number may be the day of another one.
        if not self._has_calendar and self._is_in_place_of_another(figure, behind=1):
            return False
        if any(follows(figure, known) for known in (*self.quantities, *self.asked)):
            return True
        # Of what the sentences count otherwise, the title has the number of something else.
        is_titled = any(follows(figure, known) for known in self.titled)
        return is_titled and not self._is_contradicted(figure)

    def _is_time(self, figure: Quantity) -> bool:
        """Whether the number is part of a time of day, written like a number, that is named there."""
        return any(
            time.start <= figure.start
            and figure.numeral.end <= time.end
            and not time.minutes.isdisjoint(self.minutes)
            for time in find_times(self.claim, self.languages)
            if time.is_loose
        )

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
            return (is_first and bool(ALSO_FIRST.search(evidence))) or self._is_in_a_row(figure)
        if figure.has_unit:
            return False
        words = [ALSO_SAYS[value] for value in figure.numeral.values if value in ALSO_SAYS]
        if any(regex.search(rf"\b(?:{any_of})\b", evidence, regex.IGNORECASE) for any_of in words):
            return True
        return Fraction(1) in figure.numeral.values and self._has_article(figure)

    def _is_in_a_row(self, figure: Quantity) -> bool:
        """Whether the evidence has so many things or days in a row that one is "the second"."""
        rows = [len(set(self.dates)), *(count.numerator for count in self.counts)]
        row = max(*rows, 2 if ANOTHER.search(self.context.evidence) else 0)
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
        tolerance = tolerance_of(self.claim, figure.start, self.languages)
        if not tolerance or figure.kind != "cardinal":
            return False
        low, high = tolerance
        return any(
            low * ours.value <= theirs.value <= high * ours.value
            and roundness(ours.value) < roundness(theirs.value)
            for known in (*self.quantities, *self.titled, *self.asked)
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
        if _YEAR_BEHIND.match(before[0]):
            return False
        name = self.claim[before.start() : figure.numeral.end]
        article = self.context.article
        return bool(article.locate(name, loosest="case").candidates)

    def _is_count(self, figure: Quantity) -> bool:
        """Whether the number counts what the claim or the evidence lists."""
        if figure.kind != "cardinal" or figure.has_unit or self._is_contradicted(figure):
            return False
        if self._is_pair(figure):
            return True
        return not figure.numeral.values.isdisjoint(self.counts)

    def _is_pair(self, figure: Quantity) -> bool:
        """Whether the number tells who is meant and counts nobody: "los dos"."""
        listed = (lexicon(code).numbers.get("pairs", "") for code in self.languages)
        pairs = {pair for entry in listed for pair in phrases(entry)}
        before = [w.text for w in words_in(self.claim, max(figure.start - 12, 0), figure.end)]
        return bool(pairs) and " ".join(before[-2:]) in pairs

    def _is_part_of_list(self, figure: Quantity) -> bool:
        """Whether it counts some of what is listed, as "two of the four": which, no rule can tell."""
        of = _OF.match(self.claim, figure.end)
        wholes = [q for q in self.figures_in(self.claim) if of and q.start == of.end()]
        return any(
            value < whole and whole in self.counts
            for known in wholes
            for value, whole in product(figure.numeral.values, known.numeral.values)
        )

    def _has_unit_elsewhere(self, figure: Quantity) -> bool:
        """Whether one of two equal numbers stands bare, and its unit with another one beside it."""
        ours = self.figures_in(self.claim)
        if not figure.has_unit:
            is_shared = _is_bare(self.claim, figure, self.languages)
            return is_shared and any(
                not figure.numeral.values.isdisjoint(known.numeral.values)
                and any(has_unit_of(other, known) for other in ours)
                for known in self.quantities
                if known.has_unit
            )
        return any(
            not figure.numeral.values.isdisjoint(known.numeral.values)
            and any(has_unit_of(other, figure) for other in self.quantities)
            for known in self.bare
        )

    @cached_property
    def bare(self) -> list[Quantity]:
        """The numbers in the cited sentences that have neither a unit nor a noun behind them."""
        return [
            known
            for text, found in zip(self.texts, self.cited, strict=False)
            for known in found
            if not known.has_unit and _is_bare(text, known, self.languages)
        ]

    def _is_derived(self, figure: Quantity) -> bool:
        """Whether it is a share of two numbers of a sentence, or the time between two there."""
        if any(is_ratio(figure, found) for found in self.cited):
            return True
        seconds = {a.value for a in figure.amounts if a.dimension == "time"}
        apart = {abs(a - b) * 60 for a, b in product(self.minutes, repeat=2)} - {0}
        return bool(seconds) and len(self.times) > 1 and not seconds.isdisjoint(apart)

    @cached_property
    def counts(self) -> frozenset[Fraction]:
        """How many things the claim and the cited sentences list."""
        texts = (self.claim, *self.texts[:-2])
        counts = {Fraction(count) for text in texts for count in counts_of_listed(text)}
        return frozenset(counts | {total for text in texts for total in self._totals(text)})

    def _totals(self, text: str) -> set[Fraction]:
        numbers = [q for q in self.figures_in(text) if q.kind == "cardinal" and not q.has_unit]
        return totals_of_listed(text, {q.start: min(q.numeral.values) for q in numbers})

    def _is_contradicted(self, figure: Quantity) -> bool:
        """Whether the evidence has another number of the same things."""
        return _thing_behind(self.claim, figure) in self.counted

    @cached_property
    def counted(self) -> frozenset[str]:
        """What the cited sentences have a number of."""
        things = {
            _thing_behind(text, known)
            for text, found in zip(self.texts, self.cited, strict=False)
            for known in found
        }
        return frozenset(things - {""})


_SCORE = regex.compile(r"(?<![\w\-–.,])(\d{1,3})[\-–](\d{1,3})(?![\w\-–]|[.,]\d)")


_OF = regex.compile(r"\s(?:of|der|des|de\slos|de\slas)\s(?:the\s|all\s)?")
_YEAR_BEHIND = regex.compile(r"(?:In|Since|By|Im|Seit|En|Depuis|Desde|Nel|Dal|Em|Sinds)\s$")
"""A capital that a word has for opening a sentence tells no name: "In 2021"."""

_WORD_BEFORE = regex.compile(r"(?<![\p{L}\d])[\p{L}\d.\-‐‑]+\s?$")


def _thing_behind(text: str, figure: Quantity) -> str:
    """The beginning of the word behind a number."""
    word = regex.compile(r"\s+(\p{L}{3,})").match(text, figure.end)
    return word[1].casefold()[:5] if word else ""


def _around(text: str, figure: Quantity, behind: int) -> list[str]:
    """The two words before a number, or one and as many behind it as asked; none at an edge."""
    before = [w.text for w in words_in(text, max(figure.start - 40, 0), figure.start)]
    after = [w.text for w in words_in(text, figure.numeral.end, figure.numeral.end + 40)]
    wanted = 2 - behind
    if len(before) < wanted or len(after) < behind:
        return []
    return before[-wanted:] + after[:behind]


def _is_bare(text: str, figure: Quantity, languages: frozenset[str]) -> bool:
    """Whether neither a unit nor the thing that is counted is written behind a number."""
    behind = next(words_in(text, figure.end, figure.end + 30), None)
    if figure.kind != "cardinal" or behind is None or not text[figure.end : behind.start].isspace():
        return figure.kind == "cardinal"
    links = (lexicon(code).numbers.get("links", "") for code in languages)
    return any(behind.text in phrases(listed) for listed in links)
