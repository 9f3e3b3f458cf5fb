"""Folds: normalized forms of a text, with a map back to its own offsets.

Each fold removes one more difference in presentation than the one before it: ``whitespace``,
``typography``, ``case``. None changes content. Accents stay, and so do superscripts, fractions and
circled numbers: 10² is not 102, and ½ is not 1/2.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Literal

import regex

from newsqa.languages.scripts import CJK_RANGES, HAN_NUMERALS
from newsqa.text.spans import Folded, replace, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable

Fold = Literal[
    "exact",
    "whitespace",
    "typography",
    "case",
    "hyphenated",
    "joined",
    "hyphenated_case",
    "joined_case",
]

MAX_CLUSTER = 32
"""Characters; a letter with more marks than the 30 of Unicode's Stream-Safe Text Format (UAX #15) is left as
it is, because the time to sort its marks grows with the square of their number."""


class Folds:
    """A text in each of its folds, made when first asked for.

    >>> Folds("Die STRASSE")["case"].text == Folds("die Straße")["case"].text
    True
    """

    def __init__(self, text: str) -> None:
        self._made: dict[Fold, Folded] = {"exact": Folded(text)}

    def __getitem__(self, fold: Fold) -> Folded:
        if fold not in self._made:
            tighter, make = _MAKERS[fold]
            self._made[fold] = make(self[tighter])
        return self._made[fold]


# whitespace ---------------------------------------------------------------------------------------

_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_RUN = re.compile("  +")
_MAY_BE_CJK = regex.compile(r"[\u3001-\U0003ffff]")
_CJK = f"[{CJK_RANGES}]"

_FULL_WIDTH = "[，．：；！？]"
_BESIDE_CJK = re.compile(
    # Full-width punctuation keeps its space before a Latin letter or a figure.
    rf"(?<={_CJK})(?<!{_FULL_WIDTH}) +|(?<={_FULL_WIDTH}) +(?![A-Za-z0-9 ])| +(?={_CJK})"
)


def _fold_whitespace(folded: Folded) -> Folded:
    """Make one space of any run of white space, and none beside a Chinese or Japanese character.

    Those scripts do not part words by spaces: a space there comes from a wrapped line or is put around
    a figure.
    """
    spaced = replace(folded, _BLANKS, " ")
    if _MAY_BE_CJK.search(spaced.text):
        spaced = rewrite(spaced, _BESIDE_CJK, lambda _: "")
    return rewrite(spaced, _RUN, lambda _: " ")


# typography ---------------------------------------------------------------------------------------

_ALIKE = {
    "'": "‘’‚‛‹›＇´ʼʹ′‵׳",
    '"': "“”„‟«»「」『』｢｣〝〞〟﹁﹂﹃﹄＂⹂ʺ″‶״",
    "-": "–‐‑‒−⁃﹣－־֊",
    "—": "―⸺⸻﹘︱︲",
    "~": "〜",
    "…": "⋯",
    "ي": "ی",  # Arabic and Persian keyboards; not ى, which is another letter
    "ك": "ک",
}
"""Each sign and its typographic variants. 《》 are not among them: they mark titles."""

_NOT_SHOWN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9fـ]")
"""Control characters, and the stroke that stretches Arabic words."""

_INVISIBLE = regex.compile(
    # The second branch also takes the spaces after them, if one before them stays.
    r"(?<![ ])\p{Default_Ignorable_Code_Point}+"
    r"|(?<=[ ])\p{Default_Ignorable_Code_Point}[ \p{Default_Ignorable_Code_Point}]*"
)
_AIR = re.compile(
    # The spaces that French puts inside its quotation marks and before signs of two parts.
    r" (?:(?=[:;!?](?:[ \"”»]|$))|(?=»(?![\w¿¡„‚]))|(?<=« )(?:(?<=[ (\[’']« )|(?<=^« )))"
)
_COMPATIBLE = regex.compile(r"\p{NFKC_Quick_Check=No}")
_CLUSTER = regex.compile(r"[\x00-\x7f]\p{M}+|(?![\x00-\x7f])\X")
_TYPED = re.compile(r"\.(?: ?\.){2,}(?!\d)|--+|——+|''|[<>]=")
_TYPED_AS = {".": "...", "-": "—", "—": "—", "'": '"', "<": "≤", ">": "≥"}
_PAUSE = re.compile(
    # Beside a Chinese or Japanese character the spaces are gone; before a numeral it may be a sign.
    rf"-(?=$| |(?![{HAN_NUMERALS}两兩半]){_CJK})(?:(?<!\w-)|(?<={_CJK}-))"
)
_BESIDE_PAUSE = re.compile(
    # Not between a dash and a figure, where it may be a sign or mean "to".
    r" (?:(?=—)(?<=[^\d ] )|(?<=— )(?=[^\d $€£¥]))"
)
_FEET = re.compile(r"'(?<=\d')")
_NO_SIGN = re.compile(r"—(?=\d)(?<!\d—)")

_PRESENTATION = frozenset(
    f"<{kind}>"
    for kind in (
        *("compat", "final", "font", "initial", "isolated", "medial"),
        *("narrow", "noBreak", "small", "square", "vertical", "wide"),
    )
)
"""The kinds of Unicode decomposition that present the same text in another way. The others are <super>,
<fraction>, <circle>, and <sub>; for the last see ``_spell``."""


def _fold_typography(folded: Folded) -> Folded:
    """Make one sign of its variants and one form of each letter, and drop what is invisible."""
    folded = folded.with_text(_NOT_SHOWN.sub("\u00ad", folded.text))
    folded = rewrite(folded, _INVISIBLE, lambda _: "")
    folded = rewrite(folded, _AIR, lambda _: "")
    folded = replace(folded, "`", "'")
    if not folded.text.isascii():
        folded = _fold_signs(folded)
    folded = rewrite(folded, _TYPED, lambda match: _TYPED_AS[match[0][0]])
    folded = rewrite(folded, _PAUSE, lambda _: "—")
    folded = rewrite(folded, _BESIDE_PAUSE, lambda _: "")
    return folded.with_text(_merge_signs(folded.text))


def _merge_signs(text: str) -> str:
    """Return ``text`` with one quotation mark and one dash, where the two kinds of either mean the same.

    Many models write single quotation marks, which JSON need not escape; but after a digit they are
    feet, and double ones inches. A dash before a figure is not a hyphen, which would be its sign.
    """
    text = _FEET.sub("′", text).replace("'", '"')
    return _NO_SIGN.sub("―", text).replace("—", "-")


def _fold_signs(folded: Folded) -> Folded:
    for sign, others in _ALIKE.items():
        folded = replace(folded, others, sign)
    folded = rewrite(folded, _COMPATIBLE, _spell)
    if unicodedata.is_normalized("NFC", folded.text):
        return folded
    return rewrite(folded, _CLUSTER, _compose)


def _spell(match: re.Match[str]) -> str:
    """Return the plain spelling of a character.

    A subscript becomes plain after a letter, as in CO₂, but not before a digit: log₂8 is not log28.
    """
    text, start, end = match.string, match.start(), match.end()
    if unicodedata.decomposition(match[0]).startswith("<sub>"):
        is_index = text[start - 1 : start].isalpha() and not text[end : end + 1].isdigit()
        return unicodedata.normalize("NFKC", match[0]) if is_index else match[0]
    return _compatible(match[0])


@cache
def _compatible(character: str) -> str:
    """Return the plain form, unless it begins with a space or would put digits beside others."""
    kind, *codes = unicodedata.decomposition(character).split() or [""]
    if kind not in _PRESENTATION:
        return character
    form = "".join(_compatible(chr(int(code, 16))) for code in codes)
    is_unsafe = form[0] == " " or (len(form) > 1 and any(map(str.isdecimal, form)))
    return character if is_unsafe else form


def _compose(match: re.Match[str]) -> str:
    cluster = match[0]
    return unicodedata.normalize("NFC", cluster) if len(cluster) <= MAX_CLUSTER else cluster


# broken words and leftovers -----------------------------------------------------------------------

_LINE_END = r"[ \t]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028])[ \t]*"
_BROKEN = regex.compile(rf"(?<=\p{{L}}\p{{M}}*)[-‐]{_LINE_END}(?=\p{{Ll}})")
_SOFTLY_BROKEN = regex.compile(rf"\u00ad{_LINE_END}")
_LEFTOVER = regex.compile(
    # The signs come first, so that nothing else is tried where there is none.
    r"(?=[&\\>\#\[\]_`*<])(?:"
    r"&(?:amp;){0,3}(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[\da-fA-F]{2,6});"
    r"|\\(?=[*_#.()\[\]!$~|`>+-])"
    r"|(?<=(?:^|\n)[ ]{0,3})(?:(?:>[ ]?){1,9}(?=[\p{L}“‘\"*_])|\#{1,6}[ ]+)"
    r"|\[\^[\w-]{1,20}\]"
    r"|(?=_)(?<![\w\\])__?(?=[^\s_])(?=[^_\n]{1,80}_)|(?=_)(?<=(?<!\w)__?[^_\n]{1,80})(?<=[^\s_])__?(?!\w)"
    r"|(?=`)(?<![\w`])`(?=[^`\n]{1,80}`(?![\w`]))|(?=`)(?<=(?<![\w`])`[^`\n]{1,80})`(?![\w`])"
    r"|(?<!\\)\*\*\*?(?=\S)(?=[^*\n]+\*\*)|(?=\*)(?<=\*\*[^*\n]+)(?<=\S)\*\*\*?"
    r"|(?<![\w*])\*(?=[\p{L}\p{N}“‘\"])(?=[^*\n]+\*(?![\w*]))|(?=\*)(?<=(?<![\w*])\*[^*\n]+)(?<=[^\s*])\*(?![\w*])"
    r"|\[(?=[^\[\]\n]+\]\((?:https?://|/|\#|mailto:)[^()\s]*\))"
    r"|(?=\]\()(?<=\[[^\[\]\n]+)\]\((?:https?://|/|\#|mailto:)[^()\s]*\)"
    r"|</?(?:b|i|u|em|strong|a|span|font|mark|p|div|br|li|h[1-6])(?:\s[^<>]*)?/?>"
    r")"
)
"""Entities, tags and signs of Markdown that were left in a text. Those that change what it says are not
here: ``<sup>``, ``<del>`` and ``~~``."""


def _spell_leftover(match: re.Match[str]) -> str:
    sign = match[0]
    if sign[0] == "&":
        return html.unescape(regex.sub("&(?:amp;)+", "&", sign))  # also what was escaped twice
    return " " if regex.match(r"</?(?:p|div|br|li|h[1-6])\b", sign) else ""


def _fold_hyphenated(folded: Folded) -> Folded:
    """Take words that are broken at a line's end to have a hyphen of their own: half-hearted."""
    return _fold_leftovers(folded, "-")


def _fold_joined(folded: Folded) -> Folded:
    """Take the hyphen at a line's end to be the line's: contract."""
    return _fold_leftovers(folded, "")


def _fold_leftovers(folded: Folded, hyphen: str) -> Folded:
    folded = rewrite(folded, _SOFTLY_BROKEN, lambda _: "")
    folded = rewrite(folded, _BROKEN, lambda _: hyphen)
    folded = rewrite(folded, _LEFTOVER, _spell_leftover)
    return _fold_typography(_fold_whitespace(folded))


def has_leftovers(text: str) -> bool:
    """Return whether a text has broken words, entities, tags or signs of Markdown in it."""
    return any(p.search(text) for p in (_SOFTLY_BROKEN, _BROKEN, _LEFTOVER))


# case ---------------------------------------------------------------------------------------------


def _fold_case(folded: Folded) -> Folded:
    """Apply Unicode's full case folding, which makes two letters of some: ß is ss."""
    folded = rewrite(folded, _DOTTED_I, lambda _: "i")
    if _GREEK.search(folded.text):
        folded = folded.with_text(folded.text.translate(_WITHOUT_TONOS))
    folded = folded.with_text(folded.text.replace("ı", "i"))
    plain = folded.text.casefold()
    if len(plain) == len(folded.text):
        return folded.with_text(plain)
    longer = "".join(letter for letter in set(folded.text) if len(letter.casefold()) > 1)
    folded = rewrite(folded, re.compile(f"[{longer}]"), lambda match: match[0].casefold())
    return folded.with_text(folded.text.casefold())


_DOTTED_I = re.compile("İ|i\u0307")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_WITHOUT_TONOS = str.maketrans("άέήίόύώΐΰΆΈΉΊΌΎΏ", "αεηιουωϊϋΑΕΗΙΟΥΩ")


def keeps_letters(quote: str, text: str) -> bool:
    """Return whether the case fold of two texts made no other letter of any, except in capitals.

    Capitals have no ß and, in Greek, no accents; those of i and ı are I in one language or the other.

    >>> keeps_letters("MASSE", "Maße"), keeps_letters("Masse", "Maße")
    (True, False)
    >>> keeps_letters("νόμος", "νομός")
    False
    """
    quote, text = unicodedata.normalize("NFC", quote), unicodedata.normalize("NFC", text)
    both = quote + text
    if both.isascii():
        return True
    return all(
        bool(hidden.search(both)) or _letters(plain, quote) == _letters(plain, text)
        for plain, hidden in _HIDDEN_BY_CAPITALS
    )


def _letters(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the letters that match, each after the letters before it in its word."""
    if not pattern.search(text):
        return []
    for unseen in (_INVISIBLE, _BROKEN, _SOFTLY_BROKEN):
        text = unseen.sub("", text)
    return [
        _BEFORE_LETTER.search(text, 0, match.start())[0].casefold() + match[0].casefold()
        for match in pattern.finditer(text)
    ]


_BEFORE_LETTER = regex.compile(r"(?r)\p{L}{0,20}")


_HIDDEN_BY_CAPITALS = (
    (re.compile("[ßẞ]"), re.compile("SS")),
    (re.compile("ı"), re.compile("I")),
    (re.compile("[άέήίόύώΐΰΆΈΉΊΌΎΏ]"), re.compile("[Α-ΡΣ-Ω]{2}")),
)
"""Letters that a case fold makes others of, and the capitals in which they are hidden."""

_MAKERS: dict[Fold, tuple[Fold, Callable[[Folded], Folded]]] = {
    "whitespace": ("exact", _fold_whitespace),
    "typography": ("whitespace", _fold_typography),
    "case": ("typography", _fold_case),
    "hyphenated": ("exact", _fold_hyphenated),
    "hyphenated_case": ("hyphenated", _fold_case),
    "joined": ("exact", _fold_joined),
    "joined_case": ("joined", _fold_case),
}
