"""Idioms: English words that look like numbers and are none, and words that stand for one."""

from __future__ import annotations

from fractions import Fraction

import regex

NO_NUMBER = regex.compile(
    r"\b(?:no|any|every|some|each|which|the|this|that|loved)[\s\-]one\b"
    r"|\bone(?:['’]s\b|\s+(?:another|day|can|could|must|should|way)\b)"
    r"|\bat first\b|\bfirst of all\b|\bfirst[\s\-](?:lady|aid|name|hand|class)\b|\bfirsthand\b"
    r"|\b(?:as|than)\s(?:was\s)?first\s(?:reported|stated|thought|announced|published|given|said)\b"
    r"|\bhalf[\s\-](?:time|brother|sister|way|hour)\b|\bon the other\b|\bsecond[\s\-](?:hand|guess\w*)\b"
    r"|\bone-(?:on-one|time|way|off|sided)\b|\bone of\b|\bsecond (?:thoughts?|nature)\b",
    regex.IGNORECASE,
)
ALSO_SAYS = {
    Fraction(1): r"single|sole|only|lone|once|alone|individual|each",
    Fraction(2): r"both|twins?|duo|either|neither|second|halves|again",
    Fraction(3): r"trio|triplets?|threesome",
    Fraction(4): r"quartet|quadruplets?|four-time",
    Fraction(0): r"no|none|nobody|nothing|nil|never",
    Fraction(1, 2): r"halv\w+|half\w*",
}
ALSO_FIRST = regex.compile(
    r"\b(?:first\w*|1st|debut\w*|initial\w*|inaugural|maiden|earliest|premi[eè]re\w*|never before|opening|"
    r"original\w*|pioneer\w*|one)\b",
    regex.IGNORECASE,
)
ANOTHER = regex.compile(r"\b(?:again|another|also)\b", regex.IGNORECASE)


def is_no_number(claim: str, start: int, end: int) -> bool:
    """Whether the number from ``start`` to ``end`` counts nothing, as in "no one" and "at first"."""
    return any(
        match.start() <= start < match.end()
        for match in NO_NUMBER.finditer(claim, max(start - 18, 0), end + 12)
    )
