"""Compares one figure with another: the same number, a rounder one, or a word that means it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from itertools import product
from operator import attrgetter

import regex

from newsqa.languages import language
from newsqa.languages.sections import Rounding, Words
from newsqa.text.numbers import Amount, Quantity

_UNITLESS = frozenset({"months", "time", "angle", "length", "mass", "points", "volume", "area"})
"""Units that a claim may leave out if the evidence has them; never money or per cent."""

_FALLS = frozenset({"temperature C", "temperature F", "angle"})


def matches(figure: Quantity, known: Quantity) -> bool:
    """Return whether ``figure`` of a claim says no more than ``known`` of its evidence.

    >>> from newsqa.text.numbers import find_quantities
    >>> def first(text):
    ...     return find_quantities(text, frozenset({"en"}))[0]
    >>> matches(first("£5m"), first("5 million pounds"))
    True
    >>> matches(first("£5m"), first("5 million dollars"))
    False
    >>> matches(first("half of them"), first("50% of them"))
    True
    """
    if "plural" in (figure.kind, known.kind):
        return _matches_plural(figure, known)
    if figure.kind == "ordinal" != known.kind and not known.numeral.is_ambiguous:
        return False
    if figure.rate and known.rate and figure.rate != known.rate:
        return False
    if any(_is_same(ours, theirs) for ours, theirs in product(figure.amounts, known.amounts)):
        return True
    return _is_same_number(figure, known)


def _matches_plural(figure: Quantity, known: Quantity) -> bool:
    """Return whether "hundreds" is said of hundreds, or of 300."""
    if figure.kind != "plural":
        return False
    if known.kind == "plural":
        return figure.numeral.values == known.numeral.values
    base = max(figure.numeral.values)
    return any(2 * base <= value < 1000 * base for value in known.numeral.values)


def _is_same(ours: Amount, theirs: Amount) -> bool:
    if {ours.dimension, theirs.dimension} == {"", "share"}:
        return _is_same_share(ours.value, theirs.value)
    if ours.dimension != theirs.dimension:
        return False
    return ours.value == theirs.value or (
        ours.value == -theirs.value and ours.dimension not in _FALLS
    )


def _is_same_share(ours: Fraction, theirs: Fraction) -> bool:
    """Return whether a fraction equals a percentage; a third and the like may be rounded."""
    uneven = any(100 % value.denominator for value in (ours, theirs))
    return 0 < ours < 1 and abs(ours - theirs) < (
        Fraction(1, 100) if uneven else Fraction(1, 10**6)
    )


def _is_same_number(figure: Quantity, known: Quantity) -> bool:
    """Return whether the numbers as written are the same, and a unit that only one has is optional."""
    if figure.sign != known.sign or figure.numeral.values.isdisjoint(known.numeral.values):
        return False
    if known.numeral.is_ambiguous:
        return True
    ours, theirs = dimensions_of(figure), dimensions_of(known)
    if "" in ours:
        return not theirs.isdisjoint(_UNITLESS)
    if "" in theirs:
        return "months" in ours
    if "length" in ours and "speed" in theirs:  # 65 kilometres, of 65 km/h
        return True
    return "angle" in ours | theirs and not (ours | theirs).isdisjoint(_FALLS - {"angle"})


MAX_FIGURES = 40
"""Figures of a claim that checks of each one look at: more of them are a table."""


def dimensions_of(figure: Quantity) -> set[str]:
    """Return the dimensions in which a figure may be counted; one is empty for a plain number."""
    return {amount.dimension for amount in figure.amounts}


def have_common_dimension(figure: Quantity, known: Quantity) -> bool:
    """Return whether two figures may be counted in the same dimension, or both in none."""
    return not dimensions_of(figure).isdisjoint(dimensions_of(known))


def has_unit_of(known: Quantity, figure: Quantity) -> bool:
    """Return whether ``known`` is counted in a unit of ``figure``, or in a multiple of it."""
    return not (dimensions_of(figure) - {""}).isdisjoint(dimensions_of(known))


# rounder figures -----------------------------------------------------------------------------------

_TOLERANCE = {
    "above": (Fraction(1), Fraction(5, 4)),
    "below": (Fraction(4, 5), Fraction(1)),
    "around": (Fraction(19, 20), Fraction(21, 20)),
}
"""How many times the round figure of the claim the figure of the evidence may be, at least and at most."""


_HEDGE_CHARS = 26
"""Characters before a figure in which "more than" and its like are looked for."""


def is_rounded(
    figure: Quantity, claim: str, known: Iterable[Quantity], *, languages: frozenset[str]
) -> bool:
    """Return whether ``figure`` says that it is not exact, is rounder than a known one, and near it.

    >>> from newsqa.text.numbers import find_quantities
    >>> english = frozenset({"en"})
    >>> known = find_quantities("1,186 people", english)
    >>> def rounds(claim):
    ...     (figure,) = find_quantities(claim, english)
    ...     return is_rounded(figure, claim, known, languages=english)
    >>> rounds("more than 1,100 people"), rounds("1,100 people"), rounds("almost 1,100 people")
    (True, False, False)
    """
    tolerance = tolerance_of(claim, figure.start, languages)
    if not tolerance or figure.kind != "cardinal":
        return False
    low, high = tolerance
    return any(
        low * ours.value <= theirs.value <= high * ours.value and _digits(figure) < _digits(other)
        for other in known
        for ours, theirs in product(figure.amounts, other.amounts)
        if ours.dimension == theirs.dimension and ours.value > 0
    )


def _digits(figure: Quantity) -> int:
    return min(len(significant(value)) for value in figure.numeral.values)


def tolerance_of(
    text: str, start: int, languages: frozenset[str]
) -> tuple[Fraction, Fraction] | None:
    """Return the tolerance that the words before the figure at ``start`` allow; None if it is exact."""
    hedge = _pattern(languages | {"en"}).search(text, max(start - _HEDGE_CHARS, 0), start)
    return _TOLERANCE[str(hedge.lastgroup)] if hedge else None


@cache
def _pattern(languages: frozenset[str]) -> regex.Pattern[str]:
    kinds = [rf"(?P<{kind}>{_listed(attrgetter(kind), languages)})" for kind in _TOLERANCE]
    skipped = _listed(attrgetter("skipped"), languages)
    return regex.compile(rf"(?:{'|'.join(kinds)})\s*(?:(?:{skipped})\s+)?$", regex.IGNORECASE)


def _listed(words_of: Callable[[Rounding], Words], languages: frozenset[str]) -> str:
    words = [
        rf"\b{word}\b[־\-]?".replace(" ", r"\s") if known.has_spaces else word
        for known in map(language, sorted(languages))
        for word in words_of(known.rounding)
    ]
    return "|".join(sorted(words, key=len, reverse=True)) or r"(?!)"


def significant(value: Fraction) -> str:
    """Return the significant digits of ``value``, without zeros at the end.

    >>> significant(Fraction(1_186_000)), significant(Fraction("0.05"))
    ('1186', '5')
    """
    return f"{float(abs(value)):.9g}".split("e")[0].replace(".", "").strip("0")


# words that mean a number ---------------------------------------------------------------------------

_NO_NUMBER = regex.compile(
    r"\b(?:no|any|every|some|each|which|the|this|that)[\s\-]one\b"
    r"|\bone(?:['’]s\b|\s+(?:another|day|can|could|must|should|way|of)\b)"
    r"|\bat first\b|\bfirst of all\b|\bfirst[\s\-](?:lady|aid|name|hand|class|time|floor|place)\b"
    r"|\bfirst\s(?:reported|stated|thought|announced|published|given|said|proposed|planned|put)\b"
    r"|\bhalf[\s\-](?:time|brother|sister|way|hour)\b|\bon the other\b|\bsecond[\s\-](?:hand|half)\b"
    r"|\bthe (?:first|second)(?=\s(?:\p{Ll}+ed|\p{Ll}+s|got|was|were|had|fell|rose|did|to)\b|[,.;])"
    r"|\bone-(?:on-one|time|way|off|sided)\b|\bsecond (?:thoughts?|nature)\b",
    regex.IGNORECASE,
)
_WORDS_FOR = {
    Fraction(1): r"single|sole|only|lone|once|alone|individual|each",
    Fraction(2): r"both|twins?|duo|either|neither|second|halves|again|double|fortnight",
    Fraction(3): r"trio|triplets?|threesome",
    Fraction(4): r"quartet|quadruplets?|four-time",
    Fraction(0): r"no|none|nobody|nothing|nil|never|free",
    Fraction(1, 2): r"halv\w+|half\w*",
}
_PERIODS = {
    60: r"\bhalf a decade\b",
    120: r"\b(?<!half )(?:a|one|the|this|last|past|next)\s+decade\b",
    600: r"\bhalf[ -](?:a )?century\b",
    1200: r"\b(?<!half )(?:a|one|the|this|last|past|next)\s+century\b",
}
"""Words for a number of months."""

_ALSO_FIRST = regex.compile(
    r"\b(?:first\w*|1st|debut\w*|initial\w*|inaugural|maiden|earliest|never before|opening|"
    r"original\w*|pioneer\w*|one)\b",
    regex.IGNORECASE,
)
_AGAIN = regex.compile(r"\b(?:again|another|also)\b", regex.IGNORECASE)
_NOUN = regex.compile(r"\s+(?:\p{L}+\s+)??(\p{L}{3,})")


def is_idiom(claim: str, start: int, end: int) -> bool:
    """Return whether the number from ``start`` to ``end`` counts nothing.

    >>> is_idiom("At first it rained", 3, 8), is_idiom("The first train left", 4, 9)
    (True, False)
    """
    return any(
        match.start() <= start < match.end()
        for match in _NO_NUMBER.finditer(claim, max(start - 18, 0), end + 12)
    )


def is_implied(figure: Quantity, claim: str, evidence: str) -> bool:
    """Return whether a word of ``evidence`` means the number, as "both" means two.

    >>> from newsqa.text.numbers import find_quantities
    >>> claim = "Two bridges closed"
    >>> (two,) = find_quantities(claim, frozenset({"en"}))
    >>> is_implied(two, claim, "Both bridges closed."), is_implied(two, claim, "All bridges closed.")
    (True, False)
    """
    if figure.kind == "ordinal":
        return (1 in figure.numeral.values and bool(_ALSO_FIRST.search(evidence))) or (
            2 in figure.numeral.values and bool(_AGAIN.search(evidence))
        )
    if figure.has_unit:
        return _is_period(figure, evidence)
    words = [_WORDS_FOR[value] for value in figure.numeral.values if value in _WORDS_FOR]
    if any(regex.search(rf"\b(?:{any_of})\b", evidence, regex.IGNORECASE) for any_of in words):
        return True
    return Fraction(1) in figure.numeral.values and _has_article(figure, claim, evidence)


def _is_period(figure: Quantity, evidence: str) -> bool:
    """Return whether "10 years" is "a decade" in the evidence."""
    return any(
        regex.search(pattern, evidence, regex.IGNORECASE)
        for months, pattern in _PERIODS.items()
        if any(a.dimension == "months" and a.value == months for a in figure.amounts)
    )


def _has_article(figure: Quantity, claim: str, evidence: str) -> bool:
    """Return whether "one man" is "a man" in the evidence."""
    noun = _NOUN.match(claim, figure.end)
    if not noun:
        return False
    pattern = rf"\b(?:a|an|the|another)\s+(?:[\p{{L}}\-]+\s+){{0,3}}{noun[1][:5]}"
    return bool(regex.search(pattern, evidence, regex.IGNORECASE))
