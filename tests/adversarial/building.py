"""Cases made by rules: sentences that are typeset differently, and sentences that were altered.

The expected result follows from the rule. An altered sentence must be rejected unless the article
contains the altered words after all, which ``_wording`` decides by brute force.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from newsqa.article.fields import Sentence
from tests.adversarial.articles import Source
from tests.adversarial.cases import QuoteCase, sources

Change = Callable[[str], str]

SENTENCES = 3
"""How many sentences of each article are used."""

CASED = ("Latin", "Cyrillic", "Greek")
SPACED = (*CASED, "Arabic", "Hebrew", "Devanagari", "Hangul")


@cache
def built_cases() -> tuple[QuoteCase, ...]:
    """Yield cases for some sentences of each article, the same in every run."""
    return tuple(case for source in sources() for case in _of(source))


def _of(source: Source) -> Iterator[QuoteCase]:
    for sentence in _chosen(source):
        for kind, change in _SETTINGS.items():
            yield from _set_differently(source, sentence, kind, change)
        for kind, change in _ALTERATIONS.items():
            yield from _altered(source, sentence, kind, change)
    yield from _spliced(source)


def _chosen(source: Source) -> list[Sentence]:
    """Return unique sentences from all parts of the article, preferably with figures."""
    text = source.article.text
    usable = [s for s in source.article.sentences if len(s.text) >= 20 and text.count(s.text) == 1]
    figures = [s for s in usable if re.search(r"\d", s.text)]
    pool = figures if len(figures) >= SENTENCES else usable
    step = max(len(pool) // SENTENCES, 1)
    return pool[::step][:SENTENCES]


def _set_differently(
    source: Source, sentence: Sentence, kind: str, change: Change
) -> Iterator[QuoteCase]:
    words = sentence.text.strip(_EDGES) if kind == "between marks" else sentence.text
    quote = change(words)
    if quote != words and (kind != "capitals" or source.script in CASED):
        id_ = f"{source.name}-built-{kind.replace(' ', '_')}-{sentence.number}"
        start = sentence.start + sentence.text.index(words)
        places = ((start, start + len(words)),)
        yield QuoteCase(id_, source, "found", kind, quote, places, (sentence.number,))


def _altered(source: Source, sentence: Sentence, kind: str, change: Change) -> Iterator[QuoteCase]:
    quote = change(sentence.text)
    is_absent = _wording(quote) not in _wording(source.article.text)
    if is_absent and (source.script in SPACED or kind not in _BY_WORDS):
        id_ = f"{source.name}-built-{kind.replace(' ', '_')}-{sentence.number}"
        yield QuoteCase(id_, source, "refused", kind, quote, near=(sentence.number,))


def _spliced(source: Source) -> Iterator[QuoteCase]:
    """Join the first half of one sentence with the second half of another."""
    chosen = _chosen(source)
    for one, other in pairwise(chosen):
        head = one.text[: len(one.text) // 2].rpartition(" ")[0] or one.text[: len(one.text) // 2]
        tail = other.text[len(other.text) // 2 :].partition(" ")[2] or other.text[-8:]
        joint = " " if source.script in SPACED else ""
        quote = head + joint + tail
        if _wording(quote) not in _wording(source.article.text):
            id_ = f"{source.name}-built-splice-{one.number}"
            yield QuoteCase(id_, source, "refused", "splice", quote, near=(one.number,))


def _wording(text: str) -> str:
    """Return only letters, marks and digits, in a single form."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LMN")


# set in another way -------------------------------------------------------------------------------

_EDGES = " .,;:!?…。！？।۔،\"'“”„«»「」"
_TYPED = str.maketrans(dict.fromkeys("“”„«»「」", '"') | dict.fromkeys("‘’", "'") | {"…": "..."})


def _typed(text: str) -> str:
    return text.translate(_TYPED).replace(" — ", " - ").replace("–", "-")


def _hyphenated(text: str) -> str:
    """Add a soft hyphen to each longer word, as files of typesetters have them."""
    return re.sub(r"[^\W\d_]{6,}", lambda word: f"{word[0][:3]}\u00ad{word[0][3:]}", text)


def _capitals(text: str) -> str:
    return text.upper() if len(text.upper()) == len(text) else text.swapcase()


def _wrapped(text: str) -> str:
    words = text.split(" ")
    return " ".join(words[: len(words) // 2]) + "\n    " + " ".join(words[len(words) // 2 :])


_SETTINGS: dict[str, Change] = {
    "to the letter": lambda text: text + " ",
    "typed": _typed,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "hyphenated": _hyphenated,
    "capitals": _capitals,
    "wrapped": lambda text: _wrapped(text) if " " in text else text,
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "between marks": lambda text: f"“…{text}…”",
    "byte order mark": lambda text: "\ufeff" + text,
}


# altered ------------------------------------------------------------------------------------------


def _other_digit(digit: str) -> str:
    zero = ord(digit) - unicodedata.decimal(digit)
    return chr(zero + (unicodedata.decimal(digit) + 1) % 10)


def _first_figure(text: str) -> str:
    return re.sub(r"\d", lambda digit: _other_digit(digit[0]), text, count=1)


def _last_figure(text: str) -> str:
    return _first_figure(text[::-1])[::-1]


def _shorter_figure(text: str) -> str:
    return re.sub(r"(?<=\d)\d", "", text, count=1)


def _longer_figure(text: str) -> str:
    return re.sub(r"\d", r"\g<0>0", text, count=1)


def _swapped(text: str) -> str:
    words = text.split(" ")
    at = len(words) // 2
    words[at - 1 : at + 1] = reversed(words[at - 1 : at + 1])
    return " ".join(words)


def _without_a_word(text: str) -> str:
    words = text.split(" ")
    del words[len(words) // 2]
    return " ".join(words)


_LOOK_ALIKE = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с"}
_LOOK_ALIKE |= {other: own for own, other in _LOOK_ALIKE.items()} | {"ο": "o", "α": "a", "ν": "v"}


def _homoglyph(text: str) -> str:
    at = next((i for i, c in enumerate(text) if i and c in _LOOK_ALIKE), -1)
    return text if at < 0 else text[:at] + _LOOK_ALIKE[text[at]] + text[at + 1 :]


def _unmarked(text: str) -> str:
    """Remove accents, umlauts, tone marks and vowel points."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


_BY_WORDS = ("word order", "missing word")
_ALTERATIONS: dict[str, Change] = {
    "first figure": _first_figure,
    "last figure": _last_figure,
    "shorter figure": _shorter_figure,
    "longer figure": _longer_figure,
    "word order": _swapped,
    "missing word": _without_a_word,
    "homoglyph": _homoglyph,
    "diacritics dropped": _unmarked,
}
