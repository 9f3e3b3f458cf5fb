"""Idioms: English words that look like numbers and are none, and words that stand for one."""

from __future__ import annotations

from fractions import Fraction

import regex

from newsqa.text.numbers import Quantity

_NO_NUMBER = regex.compile(
    r"\b(?:no|any|every|some|each|which|the|this|that|loved)[\s\-]one\b"
    r"|\bone(?:['’]s\b|\s+(?:another|day|can|could|must|should|way)\b)"
    r"|\bat first\b|\bfirst of all\b|\bfirst[\s\-](?:lady|aid|name|hand|class)\b|\bfirsthand\b"
    r"|\b(?:as|than)\s(?:was\s)?first\s(?:reported|stated|thought|announced|published|given|said)\b"
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
_PERIODS = {
    60: r"\bhalf a decade\b",
    120: r"\b(?<!half )(?:a|one|the|this|last|past|next)\s+decade\b",
    600: r"\bhalf[ -](?:a )?century\b",
    1200: r"\b(?<!half )(?:a|one|the|this|last|past|next)\s+century\b",
}
"""Words for a number of months."""

_ALSO_FIRST = regex.compile(
    r"\b(?:first\w*|1st|debut\w*|initial\w*|inaugural|maiden|earliest|premi[eè]re\w*|never before|opening|"
    r"original\w*|pioneer\w*|one)\b",
    regex.IGNORECASE,
)
ANOTHER = regex.compile(r"\b(?:again|another|also)\b", regex.IGNORECASE)


def is_no_number(claim: str, start: int, end: int) -> bool:
    """Whether the number from ``start`` to ``end`` counts nothing, as in "no one" and "at first"."""
    return any(
        match.start() <= start < match.end()
        for match in _NO_NUMBER.finditer(claim, max(start - 18, 0), end + 12)
    )


def is_implied(figure: Quantity, claim: str, evidence: str) -> bool:
    """Whether a word of ``evidence`` such as "both" stands for the number."""
    if figure.kind == "ordinal":
        return Fraction(1) in figure.numeral.values and bool(_ALSO_FIRST.search(evidence))
    if figure.has_unit:
        return _is_period(figure, evidence)
    words = [_ALSO_SAYS[value] for value in figure.numeral.values if value in _ALSO_SAYS]
    if any(regex.search(rf"\b(?:{any_of})\b", evidence, regex.IGNORECASE) for any_of in words):
        return True
    return Fraction(1) in figure.numeral.values and _has_article(figure, claim, evidence)


def _is_period(figure: Quantity, evidence: str) -> bool:
    """Whether "10 years" is "a decade" in the evidence."""
    return any(
        regex.search(pattern, evidence, regex.IGNORECASE)
        for months, pattern in _PERIODS.items()
        if any(a.dimension == "months" and a.value == months for a in figure.amounts)
    )


def _has_article(figure: Quantity, claim: str, evidence: str) -> bool:
    """Whether "one man" is "a man" in the evidence."""
    noun = regex.compile(r"\s+(?:\p{L}+\s+)??(\p{L}{3,})").match(claim, figure.end)
    if not noun:
        return False
    pattern = rf"\b(?:a|an|the|another)\s+(?:[\p{{L}}\-]+\s+){{0,3}}{noun[1][:5]}"
    return bool(regex.search(pattern, evidence, regex.IGNORECASE))
