"""Borders: where a text may be cut without changing what either half says.

A cut inside a word, a figure or a letter with its marks makes another of it: 1.2 out of 11.2,
5 out of 5%, president out of ex-president.
"""

from __future__ import annotations

import regex

_HIDDEN = r"\p{Default_Ignorable_Code_Point}"
_SPACELESS = r"\p{Han}\p{Hiragana}\p{Bopomofo}\p{Line_Break=SA}"
"""Scripts that write words without spaces (SA: Thai, Lao, Khmer, Burmese): any letter may be a
border. Not katakana, which writes foreign names: インド (India) is no part of インドネシア."""

_WORD = rf"[[\p{{L}}\p{{N}}\p{{Pc}}]--[{_SPACELESS}]]"
_HAN_FIGURE = r"[\p{N}〇零一二三四五六七八九十百千万萬亿億兆]"
_SIGN = r"[\-－+＋±~≈≤≥−‐‑‒–]"
_HYPHEN = r"[\-‐‑]"
_INSIDE_FIGURE = r"[.,:/．，：／'’·٫٬×\^\p{Pd}−]"
_INSIDE_WORD = r"['’&@·״׳]"
_UNIT = r"[%％‰‱٪°′″]"
_BLANK = rf"[\x20\u00a0\u2009\u202f{_HIDDEN}]"

_SCALE = (
    r"(?i:hundred|thousand|mill?i[oó]n|mill[oó]n|mill?iard|milj[oa]|milh|mily[oa]|mil\b|bill?i[oó]n|bill[oó]n"
    r"|bilh|biljoen|trill?i[oó]n|trilh|lakh|crore|tausend|tusen|mrd|mld|mio|mln|bln|bn\b"
    r"|тысяч|тыс|миллион|миллиард|млн|млрд|трлн|[十百千万萬亿億兆])"
)

_CLUSTERS = (
    r"(?<=[^\p{Cc}])(?=[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}])",
    r"(?<=[\p{GCB=ZWJ}\p{GCB=Prepend}])(?=\P{Cc})",
    r"(?<=\r)(?=\n)",
    r"(?<=(?:^|\P{RI})(?:\p{RI}\p{RI}){0,50}\p{RI})(?=\p{RI})",  # a flag is two of these
    r"(?<=[\ud800-\udbff])(?=[\udc00-\udfff])",
)
_WORDS = (
    rf"(?<={_WORD}[\p{{M}}{_HIDDEN}]*)(?=[{_HIDDEN}]*{_WORD})",
    r"(?<=\p{L})(?=[ー々])",
    rf"(?<=\p{{L}}\p{{M}}*)(?={_INSIDE_WORD}\p{{L}})(?!['’]s\b)",  # don't, AT&T; but Bailey|'s
    rf"(?<=\p{{L}}\p{{M}}*{_INSIDE_WORD})(?=\p{{L}})",
    # U.S, example.com; but said.|The, a space that was lost
    r"(?<=\p{L})(?=\.\p{Ll})|(?<=\p{L}\.)(?=\p{Ll})|(?<=\p{Lu})(?=\.\p{Lu})|(?<=\p{Lu}\.)(?=\p{Lu})",
    # A compound may be left at its hyphen (London|-based) but not entered: ex-, non-, anti-.
    rf"(?<=[\p{{L}}\p{{N}}\p{{M}}]{_HYPHEN})(?=\p{{L}})",
)
_FIGURES = (
    rf"(?<={_HAN_FIGURE})(?={_HAN_FIGURE})",
    rf"(?<=\p{{N}})(?=\s?{_SCALE})|(?<=\p{{N}}\s)(?={_SCALE})",  # 5 million
    rf"(?<=\p{{N}})(?={_INSIDE_FIGURE}\p{{N}})",  # 1.25, 10:30, 7–2, 9/11
    rf"(?<=\p{{N}}{_INSIDE_FIGURE})(?=\p{{N}})",
    r"(?<=(?<![\p{L}\p{N}.])\.)(?=\p{N})",  # .5
    # 10 000: one to three digits, a space and exactly three
    rf"(?<=(?<!\p{{Nd}})\p{{Nd}}{{1,3}})(?={_BLANK}\p{{Nd}}{{3}}(?!\p{{Nd}}))",
    rf"(?<=(?<!\p{{Nd}})\p{{Nd}}{{1,3}}{_BLANK})(?=\p{{Nd}}{{3}}(?!\p{{Nd}}))",
    rf"(?<=(?<!-){_SIGN})(?=\p{{Sc}}?\.?\p{{N}})",  # -5, −$5, mid-2025
    rf"(?<=\p{{N}})(?={_HYPHEN}\p{{L}})",  # 20-year
    rf"(?<=(?<!\p{{N}}{_BLANK}?)\p{{Sc}}{_BLANK}?)(?={_SIGN}?\.?\p{{N}})",  # $5, € 5
    rf"(?<=[\p{{L}}--[{_SPACELESS}]])(?=\p{{Sc}}{_BLANK}?\p{{N}})",  # US$5
    rf"(?<=\p{{N}}{_BLANK}?)(?={_BLANK}?\p{{Sc}}(?!{_BLANK}?\p{{N}}))",  # 5 €, but 2024 $5
    rf"(?<=\p{{N}}{_BLANK}?)(?={_BLANK}?{_UNIT})",  # 5 %
    r"(?<=[%％٪])(?=\p{N})",  # %5, in Turkish
    r"(?<=°)(?=\p{L})",
)
_NO_BORDER = regex.compile("|".join((*_WORDS, *_FIGURES, *_CLUSTERS)), regex.V1)


def is_border(text: str, at: int) -> bool:
    """Whether ``text`` may be cut before the character at ``at``."""
    return not _NO_BORDER.match(text, at)
