"""Derived figures: a number that follows from the cited ones by one step of arithmetic.

The steps are differences, sums, products, ratios, shares, rates, counts of what is listed, and the spans
between dates. Each is recomputed exactly, and rounded only as far as the claim says or writes it. Small
numbers follow from some pair of others by chance, so that they need a word in the claim for the step,
such as "fewer" or "in all".
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import regex

from newsqa.checks.arithmetic import CitedNumber, Operands, Step, steps_to
from newsqa.checks.matching import dimensions_of, tolerance_of
from newsqa.text.numbers import Quantity

MAX_SMALL = 100
"""The largest number that needs a word for the step by which it follows."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The formula of a figure that follows, and the numbers in it."""

    formula: str
    numbers: tuple[CitedNumber, ...]


def derive(
    figure: Quantity, claim: str, evidence: Operands, *, needs_word: bool = False
) -> Derived | None:
    """Return how ``figure`` of ``claim`` follows from the cited numbers, or None.

    With ``needs_word``, the claim has to have a word for the step, as with a small number.

    >>> from newsqa.text.numbers import find_quantities
    >>> english = frozenset({"en"})
    >>> sentence = "It sold 412 boxes, after 447 in May."
    >>> cited = [CitedNumber(sentence, q, 0) for q in find_quantities(sentence, english)]
    >>> def show(claim):
    ...     (figure,) = find_quantities(claim, english)
    ...     derived = derive(figure, claim, Operands(cited, english))
    ...     return derived.formula if derived else None
    >>> show("It sold 35 boxes fewer than before")
    '447 − 412'
    >>> show("It sold 859 boxes in all"), show("It sold 36 boxes fewer")
    ('412 + 447', None)
    """
    languages = evidence.languages
    tolerance = tolerance_of(claim, figure.start, languages)
    is_english = languages == {"en"}
    readings = _readings(figure)
    for step in steps_to(figure, claim, evidence):
        if not _gives(step, figure, readings, tolerance):
            continue
        has_word = _has_word(step, claim)
        is_chance = _is_small(figure) and (is_english or step.dimension == "written")
        is_free = step.kind not in _WORDS or not is_chance
        if has_word or (is_free and not (needs_word and (is_english or _is_small(figure)))):
            return Derived(step.formula, step.numbers)
    return None


def _has_word(step: Step, claim: str) -> bool:
    """Return whether the claim has a word for the step, or names the whole: 37 "of the 48"."""
    if step.kind == "difference" and _has_number(claim, step.numbers[0].text):
        return True
    words = _WORDS.get("sum" if step.kind == "product" else step.kind)
    return bool(words.search(claim)) if words else step.kind == "span"


def _has_number(claim: str, number: str) -> bool:
    """Return whether the claim has a number as it is written, and not in a longer one.

    >>> _has_number("9 of the ships left", "9"), _has_number("In 1999 it held 5", "9")
    (True, False)
    """
    return regex.search(rf"(?<![\w.,]){regex.escape(number)}(?!\w|[.,]\d)", claim) is not None


def _is_small(figure: Quantity) -> bool:
    return any(abs(value) <= MAX_SMALL for value in figure.numeral.values)


_WORDS = {
    "difference": regex.compile(
        r"\b(?:more|less|fewer|higher|lower|above|below|gap|difference|lead|led|margin|up|down|rose|risen|"
        r"fell|fallen|cut|trim\w*|short|remain\w*|rest|other|others|not|\p{L}*n['’]t|without|later|earlier|longer|"
        r"shorter|left|extra|additional|ahead|behind|further|another|increas\w*|decreas\w*|drop\w*|lost|"
        r"gain\w*|add\w*|grew|grown|shrank|shrunk|clear|apart|between|after|before|later|than|old|aged?|"
        r"lasted|took|ran|won by|beat\w*|yet|still|un\p{L}+|reduc\w*|lower\w*|rais\w*|slower|faster|quicker)\b",
        regex.IGNORECASE,
    ),
    "sum": regex.compile(
        r"\b(?:total\w*|together|combined|altogether|in all|overall|sum|adding|count\w*|both|between them|"
        r"all|plus|each|joint\w*|across|worse|better|swing)\b",
        regex.IGNORECASE,
    ),
    "ratio": regex.compile(
        r"\btimes\b|fold\b|\btwice\b|\bdoubl|\btripl|\bhal[fv]|\bthird|\bquarter|\bfifth|%|\bper\s?cent|\bshare\b|"
        r"\bin (?:every )?(?:\d|two|three|four|five|six|seven|eight|nine|ten)|\btenth|\bsixth|\beighth|\bmost\b",
        regex.IGNORECASE,
    ),
    "ordinal": regex.compile(
        r"\b(?:next|last|previous|this|current|latest|before|after|follow\w*|without|otherwise)\b",
        regex.IGNORECASE,
    ),
}
"""The words for the steps by which a small number may follow."""


def _readings(figure: Quantity) -> tuple[tuple[Fraction, str], ...]:
    """Return the values of a figure, each with its dimension, and those it has as it is written."""
    written = ((value, "written") for value in figure.numeral.values)
    return (*((abs(a.value), a.dimension) for a in figure.amounts), *written)


def _gives(
    step: Step,
    figure: Quantity,
    readings: tuple[tuple[Fraction, str], ...],
    tolerance: tuple[Fraction, Fraction] | None,
) -> bool:
    """Return whether the result of ``step`` is the figure, rounded as far as the claim does."""
    if (figure.kind == "ordinal") != (step.kind == "ordinal"):
        return False
    for ours, dimension in readings:
        if not _fits(dimension, step):
            continue
        if step.value == ours or (not step.is_exact and _is_rounded_to(step.value, ours, figure)):
            return True
        if tolerance and ours > 0 and tolerance[0] * ours <= step.value <= tolerance[1] * ours:
            return True
    return False


def _fits(ours: str, step: Step) -> bool:
    """Return whether a figure may be counted in ``ours`` if it is the result of ``step``."""
    theirs = step.dimension
    if ours == theirs or "written" in (ours, theirs):
        return ours == theirs
    if "angle" in (ours, theirs):
        return "temperature" in ours + theirs
    return not ours and theirs not in _NEEDED and step.kind in ("difference", "sum")


_NEEDED = frozenset({"share"})
"""Dimensions that a figure has to have, too."""


def _is_rounded_to(value: Fraction, ours: Fraction, figure: Quantity) -> bool:
    """Return whether ``value`` rounds to ``ours`` at the last decimal that the claim writes."""
    written = min(figure.numeral.values)
    decimals = len(str(float(written)).partition(".")[2]) if written.denominator > 1 else 0
    scale = 100 if "share" in dimensions_of(figure) else 1
    return abs(value - ours) * scale <= Fraction(1, 2 * 10**decimals)
