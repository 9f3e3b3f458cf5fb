"""Proper names: the capitalised names of an English text, and what may stand for one another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

_SHORT = r"\b(?:Dr|Mr|Mrs|Ms|St|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Prof|Rev|Wm|(?<!\.)\p{Lu})"
"""A title, an initial or a first name that is written with a full stop."""

END = rf"(?<!{_SHORT}(?=\.))[.!?…]"
"""What ends a sentence."""

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}&.'’]*(?<![.'’])|[\p{L}]\.")
_BETWEEN = regex.compile(
    rf"[ \u00a0]|(?<={_SHORT})\.\s|[ ](?:of|the|of the|de|de la|del|da|do|van|van der|von|bin|ibn|al|el|for)[ ]|[-‐‑]"
)
_AND = regex.compile(r"[ ](?:and|&|on|in|against)(?:[ ]the)?[ ]")
_STARTS = regex.compile(rf"(?:^|{END}|:|--|—)[\s\"“”‘’'(\[]*$|[\"“‘(\[]\s*$|\n\s*$")

_CONTRACTION = regex.compile(
    r"(?:they|we|you|he|she|it|that|there|who|what|i)['’](?:ve|re|ll|d|m)|\p{L}+n['’]t",
    regex.IGNORECASE,
)

_GROUPS = (
    "us|usa|america|american|americans|united states|u.s.",
    "uk|britain|british|briton|britons|united kingdom|great britain",
    "un|united nations",
    "eu|european union|europe|european",
    "france|french|frenchman",
    "netherlands|dutch|holland",
    "spain|spanish|spaniard",
    "scotland|scottish|scot|scots",
    "england|english|englishman",
    "wales|welsh",
    "ireland|irish",
    "sweden|swedish|swede",
    "denmark|danish|dane",
    "poland|polish|pole|poles",
    "finland|finnish|finn",
    "turkey|turkish|turk|turks",
    "greece|greek|greeks",
    "switzerland|swiss",
    "germany|german|germans",
    "thailand|thai",
    "norway|norwegian",
    "afghanistan|afghan|afghans",
    "philippines|filipino|philippine",
    "iceland|icelandic",
    "china|chinese",
    "kurdistan|kurdish|kurd|kurds",
    "islam|islamic|muslim|muslims",
    "washington|dc|district of columbia",
    "association|assn",
    "company|co",
    "corporation|corp",
    "department|dept",
)
_FORMS = tuple(frozenset(group.split("|")) for group in _GROUPS)
_SUFFIXES = (
    "s",
    "es",
    "n",
    "an",
    "ian",
    "ean",
    "ese",
    "i",
    "ish",
    "er",
    "ers",
    "ans",
    "ians",
    "is",
    "ic",
    "ist",
)

TITLES = frozenset(
    """mr mrs ms miss dr prof sir lord lady dame rev president vice prime minister chancellor senator sen rep
    representative governor gov mayor king queen prince princess pope archbishop bishop cardinal general gen
    colonel col captain capt lieutenant lt sergeant sgt major maj admiral chief judge justice secretary
    ambassador professor doctor coach director chairman chairwoman spokesman spokeswoman officer detective
    sheriff agent attorney father sister brother saint st house senate republican democrat democratic former
    the a an and in on at of for by with from to us""".split()
)
"""Words that stand before a name, or are capitalised beside one, and tell nobody from anybody."""


@dataclass(frozen=True, slots=True)
class NameWord:
    """One capitalised word: where it stands, its plain form, and whether it begins a sentence."""

    text: str
    start: int
    end: int
    plain: str
    is_first: bool


def plain(word: str) -> str:
    """A word without case, full stops and possessive: U.S. is us, and Okafor's is okafor."""
    folded = unicodedata.normalize("NFKC", word).casefold().replace("’", "'")
    for ending in ("'s", "s'", "'"):
        if folded.endswith(ending):
            folded = folded.removesuffix(ending) + ("s" if ending == "s'" else "")
            break
    return folded.replace(".", "").replace("'", "")


def find_names(text: str) -> list[list[NameWord]]:
    """The runs of capitalised words in ``text``: "Bank of England", "Ada Okafor"."""
    runs: list[list[NameWord]] = []
    for word in _name_words(text):
        if runs and _BETWEEN.fullmatch(text, runs[-1][-1].end, word.start):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def owners_apart(run: Sequence[NameWord]) -> Iterator[tuple[NameWord, ...]]:
    """The names in a run, which a possessive ends: "Georgia's Ada Okafor" has two."""
    part: list[NameWord] = []
    for word in run:
        part.append(word)
        if word.text.endswith(("'s", "’s", "s'", "s’")):
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def long_names(text: str) -> list[list[NameWord]]:
    """The same, and joined where an "and" is between: it may be part of a name, as in the SEC's."""
    joined: list[list[NameWord]] = []
    for run in find_names(text):
        if joined and _AND.fullmatch(text, joined[-1][-1].end, run[0].start):
            joined[-1] = [*joined[-1], *run]
        else:
            joined.append(run)
    return joined


def _name_words(text: str) -> Iterator[NameWord]:
    for match in _WORD.finditer(text):
        is_degree = text[match.start() - 1 : match.start()] == "°"
        is_capital = any(map(str.isupper, match[0])) and not (match[0][0].isnumeric() or is_degree)
        if is_capital and not _CONTRACTION.fullmatch(match[0]):
            is_first = bool(_STARTS.search(text, max(match.start() - 12, 0), match.start()))
            yield NameWord(match[0], match.start(), match.end(), plain(match[0]), is_first)


@lru_cache(maxsize=8)
def words_of(text: str) -> frozenset[str]:
    """The plain forms of all words in ``text``."""
    return frozenset(plain(match[0]) for match in _WORD.finditer(text))


@lru_cache(maxsize=8)
def initials_of(text: str) -> frozenset[str]:
    """What may stand for the names in ``text``: the initials of each run of capitals and its parts."""
    found = set()
    for run in long_names(text):
        letters = "".join(word.plain[:1] for word in run)
        found |= {letters[a:b] for a in range(len(letters)) for b in range(a + 2, len(letters) + 1)}
    return frozenset(found)


def are_forms(word: str, other: str) -> bool:
    """Whether two plain words are forms of one name: Iran and Iranian, France and French."""
    if any(word in group and other in group for group in _FORMS):
        return True
    longer, shorter = (word, other) if len(word) > len(other) else (other, word)
    if len(shorter) < 4:
        return False
    stems = {shorter, shorter[:-1]} if shorter[-1] in "aeoy" else {shorter}
    return any(longer == stem + suffix for stem in stems for suffix in _SUFFIXES)


def other_forms(phrase: str) -> frozenset[str]:
    """The names that ``phrase``, in small letters, may be said for: "united states" for "us"."""
    return frozenset(form for group in _FORMS if phrase in group for form in group)
