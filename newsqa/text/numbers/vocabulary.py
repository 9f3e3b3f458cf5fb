"""The number words of a language, by their spelling."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from newsqa.languages import language
from newsqa.languages.sections import Numbers, Values, Words
from newsqa.languages.spelling import by_form, plain_phrase


class Vocabulary:
    """The section ``numbers`` of a language, as the reader of number words looks it up.

    Words are spelled as ``plain`` spells them, and phrases have single spaces. ``rules`` is the
    section itself; what its entries mean is said there.
    """

    def __init__(self, rules: Numbers) -> None:
        self.rules = rules
        self.compounds = _whole(rules.units) | _whole(rules.tens) | _compounds(rules)
        """The numbers below 100 that are one word."""
        self.small = self.compounds | _whole(rules.hundreds)
        """The same and the hundreds that are one word."""
        self.hundred = _forms(rules.hundred)
        self.scales = _whole(rules.scales)
        self.lone = _forms(rules.lone) or frozenset(w for w, n in self.scales.items() if n > 12)
        self.fixed = by_form(rules.fixed)
        self.parts = by_form(rules.parts)
        self.part_alone = _forms(rules.part_alone)
        self.part_articles = _forms(rules.part_articles)
        self.halves = _forms(rules.halves)
        self.and_a_half = _forms(rules.and_a_half)
        self.before_half = _forms(rules.before_half)
        self.before_quarter = _forms(rules.before_quarter)
        self.ordinals = _ordinals(rules)
        self.plurals = by_form(rules.plurals)
        self.ambiguous = by_form(rules.loose)
        self.articles = _forms(rules.articles)
        self.joint = _forms(rules.joint)
        self.is_one_ambiguous = not rules.ordinals
        """True if the word for one is often an article or a pronoun."""
        self.words = self._all_words()
        """Every word that is a number or part of one."""

    def _all_words(self) -> frozenset[str]:
        phrases: tuple[Iterable[str], ...] = (
            *(self.small, self.hundred, self.scales, self.fixed, self.parts, self.halves),
            *(self.ordinals, self.plurals, self.ambiguous, self.articles, self.part_articles),
            *(self.before_half, self.before_quarter),
        )
        return frozenset(word for group in phrases for phrase in group for word in phrase.split())

    def compound_value(self, word: str) -> int | None:
        """Return the value of a number below a million that is one word, or None.

        >>> number_words("de").compound_value("zwölftausenddreihundertfünf")
        12305
        >>> number_words("it").compound_value("centottanta")
        180
        >>> number_words("de").compound_value("hundertwasser") is None
        True
        """
        for thousand in self.rules.fused_thousand:
            before, is_there, after = word.partition(thousand)
            if is_there:
                thousands = self._compound_below_1000(before) if before else 1
                rest = self._compound_below_1000(after) if after else 0
                return None if thousands is None or rest is None else 1000 * thousands + rest
        return self._compound_below_1000(word)

    def _compound_below_1000(self, word: str) -> int | None:
        before, is_there, after = word.partition(self.rules.fused_hundred or "\0")
        if not is_there:
            return self.compounds.get(word)
        hundreds = self.compounds.get(before) if before else 1
        # "centotto" has one o for two.
        rest = self.compounds.get(after, self.compounds.get("o" + after)) if after else 0
        return None if hundreds is None or rest is None else 100 * hundreds + rest


@cache
def number_words(code: str) -> Vocabulary:
    """Return the number words of the language with this code; without a data file it has none."""
    rules = language(code).numbers
    return Vocabulary(rules if rules.units else Numbers())


def _forms(words: Words) -> frozenset[str]:
    return frozenset(map(plain_phrase, words))


def _whole(values: Values) -> dict[str, int]:
    return {form: int(value) for form, value in by_form(values).items()}


def _compounds(rules: Numbers) -> dict[str, int]:
    """Return 21 to 99 as one word: "einundzwanzig" with a word between, "ventuno" without."""
    if not rules.fused:
        return {}
    units = {word: n for word, n in _whole(rules.units).items() if 0 < n < 10}
    pairs = [(t, a, u, b) for t, a in _whole(rules.tens).items() for u, b in units.items()]
    if rules.fused == "tens first":
        # "ventuno" and "ventotto" have one vowel for two.
        return {(t[:-1] if u[0] in "uo" else t) + u: a + b for t, a, u, b in pairs}
    joints = (rules.fused, "ë" + rules.fused[1:])
    return {f"{u}{joint}{t}": a + b for t, a, u, b in pairs for joint in joints}


def _ordinals(rules: Numbers) -> dict[str, Fraction]:
    """Return the ordinals, with those from twenty-first to ninety-ninth put together."""
    simple = by_form(rules.ordinals)
    if not simple:
        return {}
    units = {word: n for word, n in simple.items() if n < 10}
    tens = _whole(rules.tens)
    return simple | {f"{t} {u}": a + b for t, a in tens.items() for u, b in units.items()}
