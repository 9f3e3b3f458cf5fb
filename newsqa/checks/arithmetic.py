"""Steps of arithmetic: all that one step makes of the numbers, years, times and lists of a text.

Each step is computed exactly, and has the formula and the numbers that a person can check it by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import combinations

import regex

from newsqa.checks.matching import dimensions_of
from newsqa.languages import language
from newsqa.text.numbers import Quantity

MAX_NUMBERS = 24
"""Cited numbers that are combined: with more, some pair would give any number by chance."""


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A number of a cited sentence, with the sentence and its place in the article."""

    sentence: str
    quantity: Quantity
    sentence_start: int

    @property
    def start(self) -> int:
        """Its first character in the article."""
        return self.sentence_start + self.quantity.start

    @property
    def end(self) -> int:
        """The character after its last one."""
        return self.sentence_start + self.quantity.end

    @property
    def text(self) -> str:
        """The number as it is written."""
        return self.sentence[self.quantity.start : self.quantity.end]


@dataclass(frozen=True, slots=True)
class Operands:
    """What figures are derived from: the cited numbers, and the years and times beside them."""

    cited: list[CitedNumber]
    languages: frozenset[str]
    sentences: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()
    """The years of the dates and of the publication."""
    minutes: tuple[int, ...] = ()
    """The times of day, in the order of the sentences."""


@dataclass(frozen=True, slots=True)
class _Operand:
    """A number in its base unit, or as it is written, for numbers of which one lacks its unit."""

    value: Fraction
    dimension: str
    numbers: tuple[CitedNumber, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A result with its formula; ``kind`` is the kind of step."""

    value: Fraction
    dimension: str
    kind: str
    formula: str
    numbers: tuple[CitedNumber, ...]
    is_exact: bool = True


def steps_to(figure: Quantity, claim: str, evidence: Operands) -> Iterator[Step]:
    """Yield the steps whose results may be ``figure``."""
    cited = evidence.cited
    if figure.kind == "ordinal":
        yield from _neighbours(cited)
        return
    yield from _counts(figure, claim, evidence.sentences)
    yield from _spans(evidence)
    dimensions = dimensions_of(figure)
    in_base_units = [*_operands(cited)][:MAX_NUMBERS]
    as_written = [*_operands_as_written(cited, dimensions)][:MAX_NUMBERS]
    for operands in (in_base_units, as_written):
        for first, second in combinations(operands, 2):
            if first.dimension == second.dimension:
                yield from _differences_and_sums(first, second)
                yield from _ratios(first, second)
                yield from _ratios(second, first)
            yield from _products(first, second, evidence.languages)
            yield from _products(second, first, evidence.languages)
        yield from _sums_of_more(operands)
    for whole in in_base_units:
        yield from _rests(whole)


def _operands(cited: list[CitedNumber]) -> Iterator[_Operand]:
    for number in cited:
        if number.quantity.kind in ("cardinal", "plural"):
            for amount in number.quantity.amounts:
                yield _Operand(abs(amount.value), amount.dimension, (number,), number.text)


def _operands_as_written(cited: list[CitedNumber], dimensions: set[str]) -> Iterator[_Operand]:
    """Yield the numbers without their units, if these are none or the figure's: 39 francs and 69."""
    known = {d for n in cited for d in dimensions_of(n.quantity)} - {""}
    if not known or not any("" in dimensions_of(n.quantity) for n in cited):
        return
    for number in cited:
        ours = dimensions_of(number.quantity) - {""}
        if number.quantity.kind == "cardinal" and (
            ours <= dimensions | {"angle"} or "" in dimensions
        ):
            for value in number.quantity.numeral.values:
                yield _Operand(value, "written", (number,), number.text)


def _spans(evidence: Operands) -> Iterator[Step]:
    """Yield the time between two years, years before the publication, and between two hours."""
    for first, last in combinations(sorted(evidence.years), 2):
        formula = f"{last} − {first}"
        yield Step(Fraction(12 * (last - first)), "months", "span", formula, ())
        yield Step(Fraction(last - first), "", "span", formula, ())
    for number in evidence.cited:
        for amount in number.quantity.amounts:
            if amount.dimension == "months" and amount.value % 12 == 0:
                for year in evidence.years:
                    years, text = amount.value / 12, number.text
                    yield Step(year - years, "", "year", f"{year} − {text}", (number,))
                    yield Step(year + years, "", "year", f"{year} + {text}", (number,))
    for first, last in combinations(evidence.minutes, 2):
        for minutes in (last - first, last - first + 24 * 60):
            if minutes > 0:
                formula = f"{_clock(last)} − {_clock(first)}"
                yield Step(Fraction(60 * minutes), "time", "span", formula, ())


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _differences_and_sums(first: _Operand, second: _Operand) -> Iterator[Step]:
    larger, smaller = (first, second) if first.value >= second.value else (second, first)
    numbers = (*larger.numbers, *smaller.numbers)
    # Years are not counted together, and the time between two of them is in years.
    are_years = not first.dimension and all(1500 <= o.value < 2100 for o in (first, second))
    difference, formula = larger.value - smaller.value, f"{larger.text} − {smaller.text}"
    if difference:
        yield Step(difference, first.dimension, "difference", formula, numbers)
        if are_years:
            yield Step(12 * difference, "months", "difference", formula, numbers)
        if first.dimension == "share":
            yield Step(100 * difference, "points", "difference", formula, numbers)
    if not are_years:
        formula, total = f"{first.text} + {second.text}", first.value + second.value
        yield Step(total, first.dimension, "sum", formula, numbers)
        if first.dimension == "share":
            yield Step(100 * total, "points", "sum", formula, numbers)


def _ratios(part: _Operand, whole: _Operand) -> Iterator[Step]:
    """Yield how many times one number is the other, and the shares of a part and of a change."""
    if not whole.value or part.dimension in ("share", "points"):
        return
    if part.dimension == "written" and part.value < whole.value:
        return
    if not part.dimension and part.numbers[0].sentence != whole.numbers[0].sentence:
        return
    numbers = (*part.numbers, *whole.numbers)
    ratio, formula = part.value / whole.value, f"{part.text} ÷ {whole.text}"
    yield Step(ratio, "" if ratio > 1 else "share", "ratio", formula, numbers, is_exact=False)
    if 0 < ratio < 1:
        yield Step(ratio, "", "ratio", formula, numbers, is_exact=False)
    change = abs(part.value - whole.value) / whole.value
    formula = f"({part.text} − {whole.text}) ÷ {whole.text}"
    yield Step(change, "share", "ratio", formula, numbers, is_exact=False)


def _products(factor: _Operand, base: _Operand, languages: frozenset[str]) -> Iterator[Step]:
    """Yield a multiple or a part of a number: three-quarters of £12 million, double £1.80."""
    is_part = factor.dimension == "share" or (not factor.dimension and factor.value < 1)
    is_multiple = factor.text.casefold() in _multiples(languages)
    if factor.dimension in ("months", "time") and base.numbers[0].quantity.rate:
        # £20 a month, for six months
        for value in factor.numbers[0].quantity.numeral.values:
            formula, numbers = f"{factor.text} × {base.text}", (*factor.numbers, *base.numbers)
            yield Step(value * base.value, base.dimension, "product", formula, numbers)
    if is_part or is_multiple:
        numbers = (*factor.numbers, *base.numbers)
        formula = f"{factor.text} × {base.text}"
        yield Step(factor.value * base.value, base.dimension, "product", formula, numbers)


@cache
def _multiples(languages: frozenset[str]) -> frozenset[str]:
    """Return the words for a multiple: twice, double."""
    fixed = (language(code).numbers.fixed for code in languages)
    return frozenset(form for values in fixed for forms in values.values() for form in forms)


def _rests(whole: _Operand) -> Iterator[Step]:
    """Yield what is left of a whole: 71 per cent leave 29, a third leaves two thirds."""
    if (whole.dimension == "share" or not whole.dimension) and 0 < whole.value < 1:
        formula = f"100% − {whole.text}"
        yield Step(1 - whole.value, "share", "rest", formula, whole.numbers)
        yield Step(1 - whole.value, "", "rest", formula, whole.numbers)


def _sums_of_more(operands: list[_Operand]) -> Iterator[Step]:
    """Yield the sums of three and more numbers of a kind in a row, and what they leave of another."""
    for dimension in {operand.dimension for operand in operands}:
        same = [operand for operand in operands if operand.dimension == dimension]
        for size in range(2, min(len(same), 8) + 1):
            for start in range(len(same) - size + 1):
                run = same[start : start + size]
                total, formula = sum(o.value for o in run), " + ".join(o.text for o in run)
                numbers = tuple(number for operand in run for number in operand.numbers)
                if size > 2:
                    yield Step(Fraction(total), dimension, "sum", formula, numbers)
                for other in same:
                    if other not in run and other.value > total:
                        rest, text = other.value - total, f"{other.text} − ({formula})"
                        step = (*other.numbers, *numbers)
                        yield Step(Fraction(rest), dimension, "difference", text, step)


def _neighbours(cited: list[CitedNumber]) -> Iterator[Step]:
    """Yield the ordinal numbers before and after those of the evidence: the next race is the sixtieth."""
    for number in cited:
        if number.quantity.kind == "ordinal":
            for value in number.quantity.numeral.values:
                yield Step(value - 1, "", "ordinal", f"{number.text} − 1", (number,))
                yield Step(value + 1, "", "ordinal", f"{number.text} + 1", (number,))


# counts of what is listed ---------------------------------------------------------------------------

_NAMES = regex.compile(
    r"\b\p{Lu}[\p{L}.'’\-]*(?:\s\p{Lu}[\p{L}.'’\-]*)*\s(?:and|or|und|et|y)\s(?:the\s)?\p{Lu}"
)
_LAST = regex.compile(r"(?:,|;)?\s+(?:and|or|as well as|und|sowie|et|y|o)\s+|[、，]?(?:和|与|及)")
_SEPARATOR = regex.compile(r"[;,、]\s?")
_CLAUSE = regex.compile(r"[.:!?。：]\s?|\s[—–-]+\s")
_MAX_ITEM_WORDS = 12
"""Words that an item of a list has at most."""


def _counts(figure: Quantity, claim: str, sentences: tuple[str, ...]) -> Iterator[Step]:
    """Yield how many things the claim and the cited sentences list."""
    if figure.kind != "cardinal" or figure.has_unit:
        return
    for text in (claim, *sentences):
        for count in sorted(counts_of_listed(text)):
            yield Step(Fraction(count), "", "count", f"{count} listed", ())
    if len(sentences) > 1:
        yield Step(Fraction(len(sentences)), "", "count", f"{len(sentences)} sentences", ())


@lru_cache(maxsize=256)
def counts_of_listed(text: str) -> set[int]:
    """Return how many items the lists of ``text`` have; two names are a list of two.

    >>> counts_of_listed("It sells tea, coffee, bread and jam.")
    {4}
    >>> counts_of_listed("Lima and Quito")
    {2}
    """
    counts = {2} if _NAMES.search(text) else set()
    for clause in _CLAUSE.split(text):
        counts |= _counts_in(clause)
    return counts


def _counts_in(clause: str) -> set[int]:
    """Return, for every "and", how many short items it joins."""
    counts = set()
    for last in _LAST.finditer(clause):
        before = _SEPARATOR.split(clause[: last.start()])
        run = 1
        for item in reversed(before[1:-1] if len(before) > 2 else []):
            if not item or len(item.split()) > _MAX_ITEM_WORDS:
                break
            run += 1
        if len(before) > 1:
            counts |= {run + 2} if len(before) > run else {run + 1}
    return {count for count in counts if count > 2}
