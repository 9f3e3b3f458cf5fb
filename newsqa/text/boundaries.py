"""Boundaries: where a text may be cut without changing what either half says.

A cut inside a word, a figure or a letter with its marks makes something else of it: 1.2 of 11.2, 5 of
5%, president of ex-president.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import regex

from newsqa.languages import SIGNS, language, languages
from newsqa.languages.scripts import HAN_NUMERALS, HAN_SCALES, UNSPACED
from newsqa.languages.sections import Numbers, Values, Words
from newsqa.languages.spelling import any_of, any_of_values

MIN_STEM_CHARS = 6
"""Characters of a scale word from which on its beginning is enough to recognise it."""

_HAN_FIGURE = rf"[\p{{N}}{HAN_NUMERALS}]"
_HIDDEN = r"\p{Default_Ignorable_Code_Point}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_HIDDEN_RUN = regex.compile(rf"[{_HIDDEN}]+")
_LOOK_AROUND = 40
"""Characters on each side of a cut that are looked at without those that are not shown."""

_WORD = rf"[[\p{{L}}\p{{N}}\p{{Pc}}]--[{UNSPACED}]]"
_SIGN = r"[\-－+＋±~≈≤≥−‐‑‒–]"
_HYPHEN = r"[\-‐‑־]"
_INSIDE_FIGURE = r"[.,:/．，：／'’·٫٬×\^\p{Pd}−]"
_INSIDE_WORD = r"['’&@·״׳]"
_UNIT = r"[%％‰‱٪°′″]"
_BLANK = rf"[\x20\u00a0\u2009\u202f{_HIDDEN}]"

_FRACTION = "[¼-¾⅐-⅞]"
_ALONE_BEFORE, _ALONE_AFTER = r"(?<![\p{L}\p{M}])", r"(?![\p{L}\p{M}])"

_LINE_END = r"[ \t]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028])[ \t]*"
_BREAK = rf"[{_HYPHEN[1:-1]}\u00ad]{_LINE_END}"

_CLUSTERS = (
    r"(?<=[^\p{Cc}])(?=[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}])",
    r"(?<=\p{GCB=Prepend})(?=\P{Cc})",
    r"(?<=\p{GCB=ZWJ})(?=\p{Extended_Pictographic})",
    r"(?<=\r)(?=\n)",
    r"(?<=(?:^|\P{RI})(?:\p{RI}\p{RI}){0,50}\p{RI})(?=\p{RI})",  # a flag is two of these
    r"(?<=[\ud800-\udbff])(?=[\udc00-\udfff])",
)


def _words(elided: str, prefixes: str) -> tuple[str, ...]:
    """Return where a word goes on.

    Args:
        elided: A pattern of the words before an apostrophe that may be cut off: French and Italian
            articles, "of" and "that"; not n', which negates, nor D'Angelo.
        prefixes: A pattern of the words before a hyphen that may not.
    """
    elision = (
        rf"{_ALONE_BEFORE}(?:(?:{elided})['’](?=\p{{L}}{{2}})|(?i:{elided})['’](?=\p{{Ll}}{{2}}))"
    )
    return (
        rf"(?<={_WORD}[\p{{M}}{_HIDDEN}]*)(?=[{_HIDDEN}]*{_WORD})",
        r"(?<=\p{L})(?=[ー々ぁぃぅぇぉゃゅょゎ]|っ(?!て))",
        rf"(?<=\p{{L}}\p{{M}}*)(?={_INSIDE_WORD}\p{{L}})(?!['’]s\b)",  # don't, AT&T; but Bailey|'s
        rf"(?<=\p{{L}}\p{{M}}*{_INSIDE_WORD})(?=\p{{L}})(?<!{elision})",
        # U.S, example.com; but said.|The, a space that was lost
        r"(?<=\p{L})(?=\.\p{Ll})|(?<=\p{L}\.)(?=\p{Ll})|(?<=\p{Lu})(?=\.\p{Lu})|(?<=\p{Lu}\.)(?=\p{Lu})",
        # non, but not out of non-binding
        rf"(?<={_ALONE_BEFORE}(?i:{prefixes}))(?={_HYPHEN}\p{{L}})",
        # A word that is broken at a line's end is one.
        rf"(?<=\p{{L}})(?={_BREAK}\p{{Ll}})|(?<=\p{{L}}{_BREAK})(?=\p{{Ll}})",
        rf"(?<=\p{{L}}[{_HYPHEN[1:-1]}\u00ad])(?={_LINE_END}\p{{Ll}})",
        # A compound may be left at its hyphen (London|-based) but not entered: ex-, non-, anti-.
        rf"(?<=[\p{{L}}\p{{N}}\p{{M}}]\.?{_HYPHEN})(?=\p{{L}})",
    )


def _figures(scale: str) -> tuple[str, ...]:
    """Return where a figure goes on; ``scale`` matches the words that multiply it."""
    return (
        rf"(?<=\p{{N}})(?=\s?{scale})|(?<=\p{{N}}\s)(?={scale})",  # 5 million
        rf"(?<=\p{{N}})(?={_INSIDE_FIGURE}\p{{N}})",  # 1.25, 10:30, 7–2, 9/11
        rf"(?<=\p{{N}}{_INSIDE_FIGURE})(?=\p{{N}})",
        r"(?<=(?<![\p{L}\p{N}.])\.)(?=\p{N})",  # .5
        # 10 000: one to three digits, a space and exactly three
        rf"(?<=(?<!\p{{Nd}})\p{{Nd}}{{1,3}})(?={_BLANK}\p{{Nd}}{{3}}(?!\p{{Nd}}))",
        rf"(?<=(?<!\p{{Nd}})\p{{Nd}}{{1,3}}{_BLANK})(?=\p{{Nd}}{{3}}(?!\p{{Nd}}))",
        rf"(?<=\p{{Nd}})(?={_BLANK}{_FRACTION})|(?<=\p{{Nd}}{_BLANK})(?={_FRACTION})",  # 1 ½
        rf"(?<=\p{{N}}[조억만])(?={_BLANK}\p{{N}})|(?<=\p{{N}}[조억만]{_BLANK})(?=\p{{N}})",
        rf"(?<=(?<!-){_SIGN})(?=\p{{Sc}}?\.?\p{{N}})",  # -5, −$5, mid-2025
        rf"(?<=\p{{N}})(?={_HYPHEN}\p{{L}})",  # 20-year
        rf"(?<=(?<!\p{{N}}{_BLANK}?)\p{{Sc}}{_BLANK}?)(?={_SIGN}?\.?\p{{N}})",  # $5, € 5
        rf"(?<=[\p{{L}}--[{UNSPACED}]])(?=\p{{Sc}}{_BLANK}?\p{{N}})",  # US$5
        rf"(?<=\p{{N}}{_BLANK}?)(?={_BLANK}?\p{{Sc}}(?!{_BLANK}?\p{{N}}))",  # 5 €, but 2024 $5
        rf"(?<=\p{{N}}{_BLANK}?)(?={_BLANK}?{_UNIT})",  # 5 %
        r"(?<=[%％٪])(?=\p{N})",  # %5, in Turkish
        r"(?<=°)(?=\p{L})",
    )


def _figures_in_words(words: _NumberWords) -> tuple[str, ...]:
    """Return where a number in words goes on."""
    return (
        # The lookahead comes first: it fails more often than the lookbehind.
        rf"(?={_HYPHEN}\p{{L}}|\s{words.scale})(?<={_ALONE_BEFORE}(?i:{words.any}))",  # five million
        rf"(?={words.scale})(?<={_ALONE_BEFORE}(?i:{words.any})\s)",
        rf"(?=\s(?i:(?:(?:{words.joints})\s)?(?:{words.ones})){_ALONE_AFTER})(?<={_ALONE_BEFORE}(?i:{words.tens}))",  # twenty five
        rf"(?=(?i:{words.ones}){_ALONE_AFTER})(?<={_ALONE_BEFORE}(?i:(?:{words.tens})\s(?:(?:{words.joints})\s)?))",
        rf"(?={words.thai})(?<={words.thai})",
        rf"(?={_HAN_FIGURE})(?<={_ALONE_BEFORE}(?i:{words.minus})\s|{words.minus_unspaced})",
    )


_HAN_FIGURES = (
    rf"(?<={_HAN_FIGURE})(?={_HAN_FIGURE})",
    rf"(?<=第)(?={_HAN_FIGURE})",  # third is not three
    rf"(?<={_HAN_FIGURE})(?=分之)|(?<={_HAN_FIGURE}分)(?=之)|(?<=分之)(?={_HAN_FIGURE})",  # 5 percent
    rf"(?<=[数數几幾两兩])(?=[{HAN_SCALES}])",  # some ten thousand
    rf"(?<={_HAN_FIGURE})(?=[多余餘几幾数數][{HAN_SCALES}])|(?<={_HAN_FIGURE}[多余餘几幾数數])(?=[{HAN_SCALES}])",
    r"(?<=[\p{N}一二三四五六七八九十两兩][点點时時年天日周週倍個个]|[个個][月年])(?=半)",  # half past ten
    r"(?<=[一二三四五六七八九十两兩][个個])(?=半)",
)


@dataclass(frozen=True, slots=True)
class _NumberWords:
    """Patterns for the number words of all languages."""

    tens: str
    """Tens, next to which one of ``ones`` makes another number."""
    ones: str
    joints: str
    any: str
    """Matched only where a scale, a hyphen or another number word follows: homonyms do no harm."""
    scale: str
    """Words that multiply a figure; long ones match by their beginnings, since they have many endings."""
    thai: str
    minus: str
    minus_unspaced: str


def _number_words() -> _NumberWords:
    known = languages()
    spaced = [each for each in known if each.has_spaces]
    # Where tens and ones are written as one word, there is no boundary between them.
    apart = [each.numbers for each in spaced if each.numbers.tens and not each.numbers.fused]
    tens = _forms(*(numbers.tens for numbers in apart))
    ones = _forms(*(numbers.units for numbers in apart), least=1, most=9)
    more = _forms(*(each.numbers.units for each in spaced), least=2, most=20)
    thai = language("th").places
    others = language(SIGNS).words
    return _NumberWords(
        tens=any_of(tens),
        ones=any_of(ones),
        joints=any_of(w for n in apart if n.joint_after < 100 for w in n.joint),
        any=any_of([*tens, *ones, *more, *others.number_words]),
        scale=_scale([each.numbers for each in spaced], others.scale_stems),
        thai=any_of_values(thai.digits, thai.places, thai.scales),
        minus=any_of(word for each in spaced for word in each.numbers.minus),
        minus_unspaced=any_of(
            w for each in known if not each.has_spaces for w in each.numbers.minus
        ),
    )


def _forms(*tables: Values, least: int = 0, most: int = 10**15) -> list[str]:
    return [
        form
        for values in tables
        for value, forms in values.items()
        if least <= value <= most
        for form in forms
    ]


def _scale(numbers: Iterable[Numbers], stems: Words) -> str:
    forms = _forms(*(table for each in numbers for table in (each.scales, each.plurals)))
    short = any_of(form for form in forms if len(form) < MIN_STEM_CHARS)
    long = any_of(_shortest([*stems, *(form for form in forms if len(form) >= MIN_STEM_CHARS)]))
    thai = language("th").places
    # พันธุ์ is a breed, and not a thousand.
    thai_scales = any_of(form for form in _forms(thai.places, thai.scales) if form != "สิบ")
    return rf"(?i:{long}|(?:{short})s?\b|(?:{thai_scales})(?!ธ)|[{HAN_SCALES}])"


def _shortest(stems: Iterable[str]) -> list[str]:
    """Return ``stems`` without those that begin with another one."""
    kept: list[str] = []
    for stem in sorted({stem.casefold() for stem in stems}, key=len):
        if not stem.startswith(tuple(kept)):
            kept.append(stem)
    return kept


@cache
def _inside() -> regex.Pattern[str]:
    """Return the pattern that matches where a text may not be cut."""
    elided = any_of(word for each in languages() for word in each.words.elided)
    prefixes = any_of(word for each in languages() for word in each.words.prefixes)
    words = _number_words()
    patterns = (
        *_words(elided, prefixes),
        *_figures(words.scale),
        *_figures_in_words(words),
        *_HAN_FIGURES,
        *_CLUSTERS,
    )
    return regex.compile("|".join(patterns), regex.V1)


@cache
def _joiners() -> regex.Pattern[str]:
    return regex.compile(
        r"[\p{Default_Ignorable_Code_Point}&&[\p{GCB=Extend}\p{GCB=ZWJ}]]*", regex.V1
    )


def is_boundary(text: str, at: int) -> bool:
    """Return whether ``text`` may be cut before the character at ``at``.

    Characters that are not shown, such as the marks of a direction beside a figure, do not count.

    >>> [at for at in range(10) if is_boundary("Up by 5% .", at)]
    [0, 2, 3, 5, 6, 8, 9]
    """
    if _inside().match(text, at):
        return False
    first, last = max(at - _LOOK_AROUND, 0), at + _LOOK_AROUND
    if not _HIDDEN_RUN.search(text, first, last):
        return True
    left, right = (_HIDDEN_RUN.sub("", part) for part in (text[first:at], text[at:last]))
    return not _inside().match(left + right, len(left))


def end_of_joiners(text: str, at: int) -> int:
    """Return the end of the invisible joiners at ``at``, which belong to the letter before them."""
    joiners = _joiners().match(text, at)
    assert joiners, "the pattern matches nothing, too"
    return int(joiners.end())
