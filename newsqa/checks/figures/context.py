"""The words beside a number: what it counts, what it replaces, and what a sentence lists."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import regex

from newsqa.languages import language
from newsqa.languages.spelling import plain_phrase, words_in
from newsqa.text.numbers import Quantity

_NEXT_WORD = regex.compile(r"\s+(\p{L}{3,})")


def noun_after(text: str, figure: Quantity) -> str:
    """Return the beginning of the word after a number, which is mostly what it counts."""
    word = _NEXT_WORD.match(text, figure.end)
    return word[1].casefold()[:5] if word else ""


def words_around(text: str, figure: Quantity, count_after: int) -> list[str]:
    """Return two words around a number, ``count_after`` of them after it; none at an edge."""
    before = [w.text for w in words_in(text, max(figure.start - 40, 0), figure.start)]
    after = [w.text for w in words_in(text, figure.numeral.end, figure.numeral.end + 40)]
    wanted = 2 - count_after
    if len(before) < wanted or len(after) < count_after:
        return []
    return before[-wanted:] + after[:count_after]


def is_bare(text: str, figure: Quantity, languages: frozenset[str]) -> bool:
    """Return whether neither a unit nor a noun follows a number."""
    following = next(words_in(text, figure.end, figure.end + 30), None)
    if (
        figure.kind != "cardinal"
        or following is None
        or not text[figure.end : following.start].isspace()
    ):
        return figure.kind == "cardinal"
    links = (link for code in languages for link in language(code).numbers.links)
    return any(following.text == plain_phrase(link) for link in links)


def is_pair(text: str, figure: Quantity, languages: frozenset[str]) -> bool:
    """Return whether a number means two that are known, and counts nobody: "los dos"."""
    pairs = {plain_phrase(pair) for code in languages for pair in language(code).numbers.pairs}
    before = [w.text for w in words_in(text, max(figure.start - 12, 0), figure.end)]
    return bool(pairs) and " ".join(before[-2:]) in pairs


# lists ---------------------------------------------------------------------------------------------

_NAMES = regex.compile(
    r"\b\p{Lu}[\p{L}.'’\-]*(?:\s\p{Lu}[\p{L}.'’\-]*)*\s(?:and|or|und|et|y)\s(?:the\s)?\p{Lu}"
)
_BULLET = regex.compile(r"(?m)^\s*(?:[-–•*]|\d{1,2}[.)])\s")
_LAST = regex.compile(r"(?:,|;)?\s+(?:and|or|as well as|und|sowie|et|y|o)\s+|[、，]?(?:和|与|及)")
_SEPARATOR = regex.compile(r"[;,、]\s?")
_CLAUSE = regex.compile(r"[.:!?。：]\s?|\s[—–-]+\s")
_ARTICLE = regex.compile(r"(?:an?|eine?n?|une?|una?|um|uma|een)\s", regex.IGNORECASE)
_MAX_ITEM_WORDS = 12
"""Words that an item of a list has at most."""


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
    bullets = len(_BULLET.findall(text))
    return counts | ({bullets} if bullets > 1 else set())


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


def totals_of_listed(text: str, numbers: Mapping[int, Fraction]) -> set[Fraction]:
    """Return what the lists of ``text`` add up to.

    >>> text = "four rings, two bells and a cup"
    >>> totals_of_listed(text, {0: Fraction(4), 12: Fraction(2)})
    {Fraction(7, 1)}

    Args:
        text: A sentence.
        numbers: Its numbers, by the offsets at which they begin.
    """
    totals = set()
    for last in _LAST.finditer(text):
        begin = max((m.end() for m in _CLAUSE.finditer(text, 0, last.start())), default=0)
        starts = [begin, *(m.end() for m in _SEPARATOR.finditer(text, begin, last.start()))]
        ends = [*starts[1:], last.start()]
        # The first item has words of the sentence before it.
        heads = [n for at, n in sorted(numbers.items()) if starts[0] <= at < ends[0]][-1:]
        counts = [_counted_at(text, at, numbers) for at in (*starts[1:], last.end())]
        if heads and len(starts) > 1 and None not in counts:
            totals.add(heads[0] + sum(count for count in counts if count is not None))
    return totals


def _counted_at(text: str, at: int, numbers: Mapping[int, Fraction]) -> Fraction | None:
    """Return the number that an item begins with; an article counts as one."""
    return numbers.get(at) or (Fraction(1) if _ARTICLE.match(text, at) else None)


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
