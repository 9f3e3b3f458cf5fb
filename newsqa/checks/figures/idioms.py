"""English words that look like numbers and are not, and words that mean a number."""

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
_WORDS_FOR = {
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
_NOUN = regex.compile(r"\s+(?:\p{L}+\s+)??(\p{L}{3,})")
_AGAIN = regex.compile(r"\b(?:again|another|also)\b", regex.IGNORECASE)


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
        return Fraction(1) in figure.numeral.values and bool(_ALSO_FIRST.search(evidence))
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


def says_again(evidence: str) -> bool:
    """Return whether ``evidence`` has an "again", "another" or "also", which means a second one."""
    return bool(_AGAIN.search(evidence))


# the pronoun "one" --------------------------------------------------------------------------------

_LINKS = (
    # prepositions
    "about|above|across|after|against|along|among|around|as|at|before|behind|below|beside|besides|between|"
    "beyond|by|despite|during|except|for|from|in|inside|into|near|of|off|on|onto|outside|over|per|since|than|"
    "through|throughout|till|to|toward|towards|under|until|unlike|up|upon|via|with|within|without|"
    # conjunctions and relatives
    "although|and|because|but|if|nor|or|so|that|though|unless|when|where|whereas|which|while|who|whom|whose|"
    # verbs
    "am|are|be|been|being|can|cannot|could|did|do|does|had|has|have|is|may|might|must|shall|should|was|were|"
    "will|would|became|began|brought|built|came|found|gave|got|held|left|lost|made|ran|said|says|saw|sold|"
    "told|took|went|won|"
    # adverbs
    "again|ago|ahead|already|also|altogether|always|anyway|away|back|down|either|else|even|ever|here|however|"
    "instead|later|never|not|now|nowhere|often|once|out|rather|somewhere|soon|still|then|there|today|together|"
    "tomorrow|tonight|too|twice|yesterday|yet|"
    # pronouns and articles
    "he|her|his|i|it|its|my|our|she|the|their|they|this|those|we|you|your"
)
_TIME = (
    r"(?:next|last|this|each|every)\s(?:spring|summer|autumn|fall|winter|week(?:end)?|month|year|day|"
    r"morning|afternoon|evening|night|season|time|\p{L}+day|(?-i:\p{Lu}\p{Ll}+))"
)
_END = r"\s*(?:$|[.,;:!?…)\]”\"’'—]|[–\-]{1,2}\s)"
_LY_NOUN = (
    r"(?:famil|assemb|supp|rep|al|f|ral|tal|bul|bel|anoma|monopo|week|dai|month|quarter|year)ly\b"
)
_NUMBER = r"\s(?:and|or|to)\s(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\s(?:half|quarter))"
_PRONOUN = regex.compile(
    rf"one\b(?!['’]s|{_NUMBER}\b)"
    rf"(?:{_END}|\s(?:(?:{_LINKS})\b|{_TIME}\b"
    # "one quickly.", "one injured in": not "one fully grown tree", "one injured man"
    rf"|(?!{_LY_NOUN})(?:\p{{L}}+ly|\p{{L}}{{2,}}[^\W\de]ed)\b(?:{_END}|\s(?:{_LINKS})\b)))",
    regex.IGNORECASE,
)


def is_pronoun_one(claim: str, start: int, end: int) -> bool:
    """Return whether a number is the word "one" with nothing after it that it could count.

    It is followed by the end, a mark, a preposition, a conjunction, an adverb or a verb.

    >>> is_pronoun_one("They built one in 2019", 11, 14), is_pronoun_one("They built one bridge", 11, 14)
    (True, False)
    """
    is_one = claim[start:end].casefold() == "one"
    return is_one and bool(_PRONOUN.match(claim, start))
