"""Figures: every number in a claim follows from its evidence, with its unit, scale and sign.

A number follows if the cited sentences have it, in any notation, or if it can be computed from theirs;
see ``newsqa.checks.derived``. Number words are read in the languages that have data for them. In any
other one, such as Finnish, an article may have "kaksitoista" for 12: a number that its sentences lack in
digits may be there in letters. There only two kinds of number are found: one of three significant digits
or more, which nobody spells out, and one that replaces another number between the same words. All others
leave the claim unjudged, so that "figures" is in its ``not_checked``.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from itertools import pairwise

import regex

from newsqa.checks import Check, ClaimContext, Derivation, Finding, Unjudged
from newsqa.checks.derived import CitedNumber, Derived, Operands, derive
from newsqa.checks.evidence import are_number_words_read, languages_of
from newsqa.checks.matching import (
    dimensions_of,
    has_unit_of,
    have_common_dimension,
    is_idiom,
    is_implied,
    is_rounded,
    matches,
    significant,
    tolerance_of,
)
from newsqa.languages import language as language_of
from newsqa.languages.spelling import by_small_form, small, words_in
from newsqa.text.analysis import AnalyzedText
from newsqa.text.dates import ClockTime, PartialDate, has_unread_hours
from newsqa.text.numbers import Amount, Quantity
from newsqa.text.numbers.durations import join_durations
from newsqa.text.spans import Span

MAX_SPELLED_DIGITS = 2
"""Significant digits of the longest number that is written in letters."""

MAX_FIGURES = 200
"""Numbers of a claim that are looked at: more of them are no sentence."""

MAX_ROUNDING = Fraction(1, 20)
"""Share of a number by which a rounder form may differ from it."""

MAX_COUNTED = 12
"""The largest number that a reader is likely to have counted."""

MAX_SWAPPED = 12
"""Numbers of a claim that are compared in pairs: more of them are a table."""

MAX_FUNCTION_WORD_LETTERS = 3
"""Letters of the longest word that shows nothing about what is counted."""

_NO_TIME = "the cited sentences do not name this time"
_NO_NUMBER = "the cited sentences do not have this number"
_OTHER_UNIT = "the cited sentences have this number, but with another unit or sign"
_SWAPPED = "the cited sentences have this number, but for something else"


class FiguresCheck(Check):
    """Finds numbers that neither are in the cited sentences or the title nor follow from them."""

    name = "figures"
    compares_languages = True

    def applies_to(self, language: str) -> bool:
        """Return true: digits are read in every language."""
        return bool(language)

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding | Unjudged | Derivation]:
        """Yield each number of ``claim`` that does not follow, and how derived ones follow."""
        evidence = _FigureEvidence(claim, context)
        yield from self._check_times(evidence)
        for figure in evidence.claim_numbers[MAX_FIGURES:]:
            yield Unjudged(self.name, claim[figure.start : figure.end])
        for figure in evidence.claim_numbers[:MAX_FIGURES]:
            if not figure.numeral.is_ambiguous and not evidence.supports(figure):
                yield self._judge(figure, evidence)
        for figure in evidence.find_swapped():
            yield Finding.at(self.name, claim, figure.start, figure.end, _SWAPPED, rule="swapped")

    def _check_times(self, evidence: _FigureEvidence) -> Iterator[Finding | Unjudged]:
        """Yield the times of day that are not in the evidence, or may be there in unread words."""
        claim, text = evidence.claim, evidence.context.evidence
        for time in evidence.unknown_times:
            if not evidence.reads_number_words or has_unread_hours(text, evidence.languages):
                yield Unjudged(self.name, claim[time.start : time.end])
            else:
                yield Finding.at(self.name, claim, time.start, time.end, _NO_TIME)

    def _judge(
        self, figure: Quantity, evidence: _FigureEvidence
    ) -> Finding | Unjudged | Derivation:
        claim = evidence.claim
        is_replaced = any(evidence.replaces_another(figure, count_after=n) for n in (1, 0))
        if derived := evidence.derive(figure, needs_word=is_replaced):
            return Derivation(
                words=claim[figure.start : figure.end],
                span=Span(start=figure.start, end=figure.end),
                formula=derived.formula,
                numbers=tuple(Span(start=n.start, end=n.end) for n in derived.numbers),
            )
        if not is_replaced and not evidence.is_certainly_absent(figure):
            return Unjudged(self.name, claim[figure.start : figure.end])
        reason = _OTHER_UNIT if evidence.has_value(figure) else _NO_NUMBER
        if evidence.replaces_surely(figure):
            rule = "replaced"
        elif evidence.is_rounding(figure):
            rule = "rounded"
        else:
            rule = "count" if not is_replaced and evidence.may_count(figure) else ""
        return Finding.at(self.name, claim, figure.start, figure.end, reason, rule=rule)


@dataclass(frozen=True)
class _FigureEvidence:
    """A claim's numbers beside those of the cited sentences and the title."""

    claim: str
    context: ClaimContext

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages in which the numbers may be written."""
        return languages_of(self.claim, self.context.article)

    @cached_property
    def reads_number_words(self) -> bool:
        """True if the numbers that the article writes in letters can be read."""
        return are_number_words_read(self.context.article)

    @property
    def leaves_dates(self) -> bool:
        """True if dates and times are left to another check."""
        return language_of(self.context.article.language_code).reads_dates

    # numbers, without those of dates and times ----------------------------------------------------

    def _numbers_in(self, text: AnalyzedText) -> list[Quantity]:
        quantities = text.quantities(self.languages)
        taken = self._spans_of_dates(text) if quantities else []
        return [
            q
            for q in join_durations(text.text, quantities)
            if not any(start < q.numeral.end and q.start < end for start, end in taken)
        ]

    def _spans_of_dates(self, text: AnalyzedText) -> list[tuple[int, int]]:
        times = text.times(self.languages)
        # 6:41:07 is how long something took.
        spans = [
            (time.start, time.end)
            for time in times
            if not time.is_ambiguous and text.text.count(":", time.start, time.end) < 2
        ]
        if self.leaves_dates:
            spans += [(date.start, date.end) for date in text.dates(self.languages)]
        return spans

    @cached_property
    def claim_numbers(self) -> list[Quantity]:
        """The numbers of the claim."""
        return self._numbers_in(self.context.analyze(self.claim))

    @cached_property
    def cited(self) -> list[CitedNumber]:
        """The numbers of the cited sentences."""
        return [
            CitedNumber(text.text, number, sentence.start)
            for sentence in self.context.sentences
            for text in (self.context.analyze_sentence(sentence),)
            for number in self._numbers_in(text)
        ]

    @cached_property
    def operands(self) -> Operands:
        """What a figure may be computed from."""
        dates = (date for date in self._dates if date.year)
        years = {date.year for date in dates if date.year} | self._bare_years
        if self.context.published:
            years.add(self.context.published.year)
        times = (time for text in self.context.parts for time in text.times(self.languages))
        minutes = tuple(minute for time in times for minute in sorted(time.minutes))
        sentences = tuple(sentence.text for sentence in self.context.sentences)
        return Operands(self.cited, self.languages, sentences, frozenset(years), minutes)

    @property
    def _bare_years(self) -> set[int]:
        plain = (n.quantity for n in self.cited if not n.quantity.has_unit)
        values = {value for quantity in plain for value in quantity.numeral.values}
        return {int(value) for value in values if value.denominator == 1 and 1500 <= value < 2100}

    @cached_property
    def numbers(self) -> list[Quantity]:
        """The numbers of the cited sentences and of the title."""
        return [n.quantity for n in self.cited] + self._numbers_in(self.context.title_text)

    def derive(self, figure: Quantity, *, needs_word: bool) -> Derived | None:
        """Return how a figure follows; equal figures of one claim follow in the same way."""
        tolerance = tolerance_of(self.claim, figure.start, self.languages)
        key = (figure.amounts, figure.kind, needs_word, tolerance)
        if key not in self._derived:
            derived = derive(figure, self.claim, self.operands, needs_word=needs_word)
            if not derived and self._scale:
                scaled = _divided(figure, self._scale)
                derived = derive(scaled, self.claim, self.operands, needs_word=needs_word)
            self._derived[key] = derived
        return self._derived[key]

    @cached_property
    def _derived(self) -> dict[Hashable, Derived | None]:
        return {}

    # what follows ---------------------------------------------------------------------------------

    def supports(self, figure: Quantity) -> bool:
        """Return whether the evidence has the number, in any notation."""
        return (
            is_idiom(self.claim, figure.start, figure.end)
            or self._is_pronoun_one(figure)
            or self._is_in_evidence(figure)
            or is_implied(figure, self.claim, self.context.evidence)
            or self._is_in_date(figure)
            or is_rounded(figure, self.claim, self.numbers, languages=self.languages)
            or self._is_time(figure)
            or self._is_in_name(figure)
            or self._is_position(figure)
            or self._has_unit_elsewhere(figure)
        )

    def _is_pronoun_one(self, figure: Quantity) -> bool:
        """Return whether it is the word "one", and the evidence has no number of the same."""
        noun = _noun_after(self.claim, figure)
        is_counted = noun and noun in {_noun_after(n.sentence, n.quantity) for n in self.cited}
        is_one = self.claim[figure.start : figure.end].casefold() == "one"
        return is_one and not is_counted and not self.replaces_another(figure, count_after=0)

    def _is_in_evidence(self, figure: Quantity) -> bool:
        # If dates are not read, the number may be the day of another one. Without spaces, the words
        # around a number are whole clauses, which are not equal by chance.
        if self._scale and any(
            v / self._scale in self._plain_values for v in figure.numeral.values
        ):
            return True
        is_spaced = language_of(self.context.article.language_code).has_spaces
        may_be_moved = not (self.leaves_dates and is_spaced)
        if may_be_moved and self.replaces_another(figure, count_after=1):
            return False
        if any(start <= figure.start < end for start, end in self._unknown_scores):
            return False
        return any(matches(figure, number) for number in self.numbers)

    @cached_property
    def _unknown_scores(self) -> list[tuple[int, int]]:
        """The spans of the claim's scores and votes, if the evidence has others and not these."""
        texts = self.context.parts if _SCORE.search(self.claim) else ()
        known = {frozenset(m.groups()) for text in texts for m in _SCORE.finditer(text.text)}
        matches = _SCORE.finditer(self.claim) if known else ()
        return [match.span() for match in matches if frozenset(match.groups()) not in known]

    @cached_property
    def _scale(self) -> int:
        """What the caption of a table multiplies its numbers by: "in millions of dollars"."""
        caption = _CAPTION.search(self.context.evidence) or _CAPTION.search(self.context.title)
        return _SCALES[caption[1].casefold()] if caption else 0

    @cached_property
    def _plain_values(self) -> set[Fraction]:
        return {v for n in self.cited if not n.quantity.has_unit for v in n.quantity.numeral.values}

    def has_value(self, figure: Quantity) -> bool:
        """Return whether the evidence has the number with another unit or sign."""
        return any(not figure.numeral.values.isdisjoint(q.numeral.values) for q in self.numbers)

    def is_rounding(self, figure: Quantity) -> bool:
        """Return whether it is a rounder form of a number, though the claim does not say so."""
        return any(
            abs(ours.value - theirs.value) <= MAX_ROUNDING * abs(theirs.value)
            and len(significant(ours.value)) < len(significant(theirs.value))
            for number in self.numbers
            for ours in figure.amounts
            for theirs in number.amounts
            if ours.dimension == theirs.dimension
        )

    def may_count(self, figure: Quantity) -> bool:
        """Return whether it may count, or put in order, what the evidence has no number of."""
        if figure.has_unit or any(value > MAX_COUNTED for value in figure.numeral.values):
            return False
        if figure.kind == "ordinal":
            return not any(number.kind == "ordinal" for number in self.numbers)
        noun = _noun_after(self.claim, figure)
        return not noun or noun not in {_noun_after(n.sentence, n.quantity) for n in self.cited}

    def is_certainly_absent(self, figure: Quantity) -> bool:
        """Return whether the evidence cannot have the number in letters that are not read."""
        if self.reads_number_words:
            return True
        digits = {significant(value) for value in figure.numeral.values}
        known = {significant(v) for n in self.cited for v in n.quantity.numeral.values}
        return digits.isdisjoint(known) and all(len(d) > MAX_SPELLED_DIGITS for d in digits)

    def replaces_surely(self, figure: Quantity) -> bool:
        """Return whether it is between the same words, or after the same two words with content."""
        before = _words_around(self.claim, figure, 0)
        shown = [
            w for w in before if len(w) > MAX_FUNCTION_WORD_LETTERS and w not in self._empty_words
        ]
        return self.replaces_another(figure, count_after=1) or (
            len(shown) > 1 and self.replaces_another(figure, count_after=0)
        )

    def replaces_another(self, figure: Quantity, *, count_after: int) -> bool:
        """Return whether a cited sentence has another number between the same words."""
        words = _words_around(self.claim, figure, count_after)
        shown = (
            w for w in words if len(w) > MAX_FUNCTION_WORD_LETTERS and w not in self._empty_words
        )
        if not any(shown):
            return False
        numbers = [
            number.quantity
            for number in self.cited
            if _words_around(number.sentence, number.quantity, count_after) == words
            if have_common_dimension(figure, number.quantity)
        ]
        return bool(numbers) and not any(matches(figure, number) for number in numbers)

    def _is_in_date(self, figure: Quantity) -> bool:
        """Return whether the number is the year of a known date, or its day: "the 16th", "May six"."""
        if any(
            a.value in self._offsets for a in figure.amounts if a.dimension in ("months", "time")
        ):
            return True
        if figure.has_unit or self.replaces_another(figure, count_after=0):
            return False
        published, values = self.context.published, figure.numeral.values
        if figure.kind == "ordinal" or self._follows_month(figure):
            return any(value in {date.day for date in self._dates} for value in values)
        numbers = {date.year for date in self._dates}
        if published:
            evidence = self.context.evidence
            near = (_LAST_YEAR.search(evidence), True, _NEXT_YEAR.search(evidence))
            numbers |= {published.year + n - 1 for n, found in enumerate(near) if found}
        return any(value in numbers for value in values)

    @cached_property
    def _offsets(self) -> set[int]:
        """How long before or after another day the dates of the evidence are, as amounts of time."""
        steps = {"day": 86_400, "week": 604_800, "month": 1, "year": 12}
        mentions = (m for text in self.context.parts for m in text.dates(self.languages))
        return {abs(m.offset.count) * steps[m.offset.step] for m in mentions if m.offset}

    @cached_property
    def _dates(self) -> list[PartialDate]:
        published = self.context.published
        mentions = [m for text in self.context.parts for m in text.dates(self.languages)]
        dates = [date for mention in mentions for date in mention.resolve(published)]
        # "Nineteen years after the last one" may count back from the publication.
        offsets = [m.offset for m in mentions if m.offset and m.offset.step == "year"]
        if published:
            dates += [PartialDate(published.year + n * o.count) for o in offsets for n in (1, -1)]
        return dates

    def _follows_month(self, figure: Quantity) -> bool:
        before = self.claim[max(figure.start - 16, 0) : figure.start].split()[-1:]
        return any(
            small(word) in by_small_form(language_of(code).calendar.months)
            for word in before
            for code in self.languages
        )

    def _is_position(self, figure: Quantity) -> bool:
        """Return whether it is a position in a series of days: "the first strike is on 16 May"."""
        named = {(date.month, date.day) for date in self._dates if date.day}
        return figure.kind == "ordinal" and any(0 < v <= len(named) for v in figure.numeral.values)

    def _is_time(self, figure: Quantity) -> bool:
        """Return whether the number is in a time of day written like a number, which is known."""
        return any(
            time.start <= figure.start
            and figure.numeral.end <= time.end
            and not time.minutes.isdisjoint(self._minutes)
            for time in self._claim_times
            if time.is_ambiguous
        )

    def _is_in_name(self, figure: Quantity) -> bool:
        """Return whether the number is part of a name that the article has: Flight 447, F-15."""
        start = max(figure.numeral.start - 40, 0)
        before = _WORD_BEFORE.search(self.claim, start, figure.numeral.start)
        if not before or (figure.kind != "label" and not before[0][0].isupper()):
            return False
        if _BEFORE_YEAR.match(before[0]) or (figure.has_unit and figure.kind != "label"):
            return False
        name = self.claim[before.start() : figure.numeral.end]
        return bool(self.context.article.locate(name, loosest="case").candidates)

    def _has_unit_elsewhere(self, figure: Quantity) -> bool:
        """Return whether one of two equal numbers has no unit, and a number beside it has the unit."""
        same = [q for q in self.numbers if not figure.numeral.values.isdisjoint(q.numeral.values)]
        if not figure.has_unit:
            return any(not self._claimed_units.isdisjoint(dimensions_of(q)) for q in same)
        return (
            bool(same)
            and not any(q.has_unit for q in same)
            and any(has_unit_of(number, figure) for number in self.numbers)
        )

    @cached_property
    def _claimed_units(self) -> set[str]:
        return set().union(*map(dimensions_of, self.claim_numbers)) - {""}

    # figures that change places -------------------------------------------------------------------

    def find_swapped(self) -> Iterator[Quantity]:
        """Yield the claim's numbers that have each other's words in the evidence.

        "Profit rose 5% and revenue 25%" has the words of each number beside the other one.
        """
        if not 1 < len(self.claim_numbers) <= MAX_SWAPPED or len(self.cited) < 2:
            return
        own = [(f, self._words_by_start[f.start]) for f in self.claim_numbers]
        for at, (first, first_words) in enumerate(own):
            for second, second_words in own[at + 1 :]:
                places = self._places(first), self._places(second)
                if not all(places) or matches(first, places[1][0].quantity):
                    continue
                kept = self._overlap(first_words, places[0]) + self._overlap(
                    second_words, places[1]
                )
                crossed = (
                    self._overlap(first_words, places[1]),
                    self._overlap(second_words, places[0]),
                )
                if min(crossed) > 0 and sum(crossed) > kept:
                    yield first
                    yield second

    def _overlap(self, words: frozenset[str], places: list[CitedNumber]) -> int:
        return max(len(words & self._cited_words[place.start]) for place in places)

    @cached_property
    def _cited_words(self) -> dict[int, frozenset[str]]:
        """The words beside each cited number, by its offset in the article."""
        found: dict[int, frozenset[str]] = {}
        for sentence in self.context.sentences:
            numbers = [n.quantity for n in self.cited if n.sentence_start == sentence.start]
            beside = words_beside(sentence.text, numbers, frozenset())
            found |= {sentence.start + start: words for start, words in beside.items()}
        return found

    def _places(self, figure: Quantity) -> list[CitedNumber]:
        return [n for n in self.cited if matches(figure, n.quantity)]

    @cached_property
    def _words_by_start(self) -> dict[int, frozenset[str]]:
        """The words beside each number of the claim, by its offset."""
        return words_beside(self.claim, self.claim_numbers, self._empty_words)

    @cached_property
    def _empty_words(self) -> frozenset[str]:
        words = language_of(self.context.article.language_code).words
        return frozenset((*words.function, *words.stop))

    # times ----------------------------------------------------------------------------------------

    @cached_property
    def _minutes(self) -> frozenset[int]:
        times = (time for text in self.context.parts for time in text.times(self.languages))
        return frozenset(minute for time in times for minute in time.minutes)

    @cached_property
    def _claim_times(self) -> list[ClockTime]:
        return self.context.analyze(self.claim).times(self.languages)

    @property
    def unknown_times(self) -> list[ClockTime]:
        """The claim's times that the evidence does not name, where no other check looks at times."""
        times = [] if self.leaves_dates else self._claim_times
        return [t for t in times if not t.is_ambiguous and t.minutes.isdisjoint(self._minutes)]


# words beside a number ------------------------------------------------------------------------------

_CAPTION = regex.compile(r"(?:\bin\s+|[€$£]\s?)(thousand|million|billion)s?\b", regex.IGNORECASE)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCORE = regex.compile(r"(?<![\w\-–.,])(\d{1,3})[\-–](\d{1,3})(?![\w\-–]|[.,]\d)")
_LAST_YEAR = regex.compile(r"\b(?:last|previous|past|ago|earlier)\b", regex.IGNORECASE)
_NEXT_YEAR = regex.compile(r"\b(?:next|coming|following)\b", regex.IGNORECASE)
_BEFORE_YEAR = regex.compile(r"(?:In|Since|By|Im|Seit|En|Depuis|Desde|Nel|Dal|Em|Sinds)\s$")
"""A word that is capitalised because it opens the sentence, and not as a name: "In 2021"."""

_WORD_BEFORE = regex.compile(r"(?<![\p{L}\d])[\p{L}\d.\-‐‑]+\s?$")
_NEXT_WORD = regex.compile(r"\s+(\p{L}+)")
_BOUNDARY = regex.compile(
    r"[,;:.!?()\n，。；](?!\d)|\s[–—]\s|\b(?:and|while|but|against|und|et|y|e|en|och|og)\b"
)
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_LETTERS = regex.compile(r"\p{L}{2,}")


def _divided(figure: Quantity, scale: int) -> Quantity:
    """Return a figure as it is written in a table whose caption has its scale and unit."""
    values = frozenset(value / scale for value in figure.numeral.values)
    amounts = frozenset(Amount(value) for value in values)
    return replace(figure, amounts=amounts, numeral=replace(figure.numeral, values=values))


@cache
def _singulars() -> dict[str, str]:
    others = language_of("en").irregular.others
    return {form: base for base, forms in others.items() for form in forms}


def _noun_after(text: str, figure: Quantity) -> str:
    """Return the beginning of the word after a number, which is mostly what it counts."""
    word = _NEXT_WORD.match(text, figure.end)
    noun = word[1].casefold() if word else ""
    return _singulars().get(noun, noun)[:5].removesuffix("s")


def _words_around(text: str, figure: Quantity, count_after: int) -> tuple[str, ...]:
    """Return two words around a number, ``count_after`` of them after it; none at an edge."""
    before, after = _words_beside_span(text, figure.start, figure.numeral.end)
    wanted = 2 - count_after
    if len(before) < wanted or len(after) < count_after:
        return ()
    return before[-wanted:] + after[:count_after]


@lru_cache(maxsize=1_000)
def _words_beside_span(text: str, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words in the 40 characters before and after a span."""
    before = tuple(word.text for word in words_in(text, max(start - 40, 0), start))
    return before, tuple(word.text for word in words_in(text, end, end + 40))


def words_beside(
    text: str, figures: Sequence[Quantity], empty: frozenset[str]
) -> dict[int, frozenset[str]]:
    """Return the beginnings of the words beside each number, by its offset, without ``empty`` ones.

    They come after the number before, and go on to the end of the clause.

    >>> from newsqa.text.numbers import find_quantities
    >>> text = "Profit rose 5% and revenue 25%."
    >>> for start, words in words_beside(text, find_quantities(text, frozenset({"en"})), frozenset()).items():
    ...     print(start, sorted(words))
    12 ['profit', 'rose']
    27 ['and', 'revenu']
    """
    found, before = {}, 0
    for at, figure in enumerate(figures):
        stop = figures[at + 1].start if at + 1 < len(figures) else len(text)
        end = _BOUNDARY.search(text, figure.end, max(stop, figure.end))
        after = end.start() if end else stop
        segment = text[before : figure.start] + " " + text[figure.end : after]
        found[figure.start] = frozenset(w[:6] for w in _pieces(segment) if w not in empty)
        before = max(after, figure.end)
    return found


def _pieces(text: str) -> Iterator[str]:
    """Yield the words of ``text`` in small letters, or pairs of characters where none are apart."""
    for word in _LETTERS.findall(text.casefold()):
        if _UNSPACED.match(word):
            yield from map("".join, pairwise(word))
        else:
            yield word
