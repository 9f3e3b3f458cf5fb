"""Borders: where a text may be cut without changing what either half says.

A cut inside a word, a figure or a letter with its marks makes another of it: 1.2 out of 11.2,
5 out of 5%, president out of ex-president.
"""

from __future__ import annotations

import regex

from newsqa.languages.quote_words import (
    ELIDED,
    HAN_FIGURE,
    HAN_SCALE,
    NUMBER_WORD,
    ONES,
    SCALE,
    TENS,
    THAI_NUMBER,
)

_HIDDEN = r"\p{Default_Ignorable_Code_Point}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_SPACELESS = r"\p{Han}\p{Hiragana}\p{Bopomofo}\p{Line_Break=SA}"
"""Scripts that write words without spaces (SA: Thai, Lao, Khmer, Burmese): any letter may be a
border. Not katakana, which writes foreign names: インド (India) is no part of インドネシア."""

_WORD = rf"[[\p{{L}}\p{{N}}\p{{Pc}}]--[{_SPACELESS}]]"
_SIGN = r"[\-－+＋±~≈≤≥−‐‑‒–]"
_HYPHEN = r"[\-‐‑־]"
_INSIDE_FIGURE = r"[.,:/．，：／'’·٫٬×\^\p{Pd}−]"
_INSIDE_WORD = r"['’&@·״׳]"
_UNIT = r"[%％‰‱٪°′″]"
_BLANK = rf"[\x20\u00a0\u2009\u202f{_HIDDEN}]"

_FRACTION = "[¼-¾⅐-⅞]"
_ALONE_BEFORE, _ALONE_BEHIND = r"(?<![\p{L}\p{M}])", r"(?![\p{L}\p{M}])"

_ELISION = (
    rf"{_ALONE_BEFORE}(?:(?:{ELIDED})['’](?=\p{{L}}{{2}})|(?i:{ELIDED})['’](?=\p{{Ll}}{{2}}))"
)
"""French and Italian articles, "of" and "that". No n', which negates, and no D'Angelo."""

_CLUSTERS = (
    r"(?<=[^\p{Cc}])(?=[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}])",
    r"(?<=\p{GCB=Prepend})(?=\P{Cc})",
    r"(?<=\p{GCB=ZWJ})(?=\p{Extended_Pictographic})",
    r"(?<=\r)(?=\n)",
    r"(?<=(?:^|\P{RI})(?:\p{RI}\p{RI}){0,50}\p{RI})(?=\p{RI})",  # a flag is two of these
    r"(?<=[\ud800-\udbff])(?=[\udc00-\udfff])",
)
_WORDS = (
    rf"(?<={_WORD}[\p{{M}}{_HIDDEN}]*)(?=[{_HIDDEN}]*{_WORD})",
    r"(?<=\p{L})(?=[ー々ぁぃぅぇぉゃゅょゎ]|っ(?!て))",
    rf"(?<=\p{{L}}\p{{M}}*)(?={_INSIDE_WORD}\p{{L}})(?!['’]s\b)",  # don't, AT&T; but Bailey|'s
    rf"(?<=\p{{L}}\p{{M}}*{_INSIDE_WORD})(?=\p{{L}})(?<!{_ELISION})",
    # U.S, example.com; but said.|The, a space that was lost
    r"(?<=\p{L})(?=\.\p{Ll})|(?<=\p{L}\.)(?=\p{Ll})|(?<=\p{Lu})(?=\.\p{Lu})|(?<=\p{Lu}\.)(?=\p{Lu})",
    # A compound may be left at its hyphen (London|-based) but not entered: ex-, non-, anti-.
    rf"(?<=[\p{{L}}\p{{N}}\p{{M}}]\.?{_HYPHEN})(?=\p{{L}})",
)
_FIGURES = (
    rf"(?<=\p{{N}})(?=\s?{SCALE})|(?<=\p{{N}}\s)(?={SCALE})",  # 5 million
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
    rf"(?<=[\p{{L}}--[{_SPACELESS}]])(?=\p{{Sc}}{_BLANK}?\p{{N}})",  # US$5
    rf"(?<=\p{{N}}{_BLANK}?)(?={_BLANK}?\p{{Sc}}(?!{_BLANK}?\p{{N}}))",  # 5 €, but 2024 $5
    rf"(?<=\p{{N}}{_BLANK}?)(?={_BLANK}?{_UNIT})",  # 5 %
    r"(?<=[%％٪])(?=\p{N})",  # %5, in Turkish
    r"(?<=°)(?=\p{L})",
)
_FIGURES_IN_WORDS = (
    # What follows is looked at first: it is the rarer of the two.
    rf"(?={_HYPHEN}\p{{L}}|\s{SCALE})(?<={_ALONE_BEFORE}(?i:{NUMBER_WORD}))",  # five million
    rf"(?={SCALE})(?<={_ALONE_BEFORE}(?i:{NUMBER_WORD})\s)",
    rf"(?=\s(?i:(?:y\s|et\s|e\s)?(?:{ONES})){_ALONE_BEHIND})(?<={_ALONE_BEFORE}(?i:{TENS}))",  # twenty five
    rf"(?=(?i:{ONES}){_ALONE_BEHIND})(?<={_ALONE_BEFORE}(?i:(?:{TENS})\s(?:y\s|et\s|e\s)?))",
    rf"(?={THAI_NUMBER})(?<={THAI_NUMBER})",
    rf"(?={HAN_FIGURE})(?<={_ALONE_BEFORE}(?i:minus|минус|мінус|μείον)\s|零下|负|負)",
)
_HAN_FIGURES = (
    rf"(?<={HAN_FIGURE})(?={HAN_FIGURE})",
    rf"(?<=第)(?={HAN_FIGURE})",  # third is not three
    rf"(?<={HAN_FIGURE})(?=分之)|(?<={HAN_FIGURE}分)(?=之)|(?<=分之)(?={HAN_FIGURE})",  # 5 percent
    rf"(?<=[数數几幾两兩])(?={HAN_SCALE})",  # some ten thousand
    rf"(?<={HAN_FIGURE})(?=[多余餘几幾数數]{HAN_SCALE})|(?<={HAN_FIGURE}[多余餘几幾数數])(?={HAN_SCALE})",
    r"(?<=[\p{N}一二三四五六七八九十两兩][点點时時年天日周週倍個个]|[个個][月年])(?=半)",  # half past ten
    r"(?<=[一二三四五六七八九十两兩][个個])(?=半)",
)
_NO_BORDER = regex.compile(
    "|".join((*_WORDS, *_FIGURES, *_FIGURES_IN_WORDS, *_HAN_FIGURES, *_CLUSTERS)), regex.V1
)


_JOINERS = regex.compile(
    r"[\p{Default_Ignorable_Code_Point}&&[\p{GCB=Extend}\p{GCB=ZWJ}]]*", regex.V1
)


def is_border(text: str, at: int) -> bool:
    """Whether ``text`` may be cut before the character at ``at``."""
    return not _NO_BORDER.match(text, at)


def end_of_letter(text: str, at: int) -> int:
    """``at``, or behind the invisible joiners there, which belong to the letter before them."""
    joiners = _JOINERS.match(text, at)
    assert joiners, "nothing matches too"
    return int(joiners.end())
