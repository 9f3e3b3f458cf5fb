"""Names: the cited sentences name whom and what a claim names, or leave it to a pronoun.

A name is found if the article does not have it at all, if the claim makes one name of two, or if
neither the cited sentences nor a pronoun in them can mean it. The rest of a name may come from anywhere
in the article, if the cited sentences leave it out: Ada Okafor for Okafor. A whole name may come from
the sentences before or the lead, if the cited ones have a pronoun or a description for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.known_names import KnownNames, is_among
from newsqa.languages import language
from newsqa.languages.spelling import any_of, by_small_form
from newsqa.text.analysis import AnalyzedText
from newsqa.text.names import (
    TITLES,
    Mention,
    NameWord,
    split_owners,
)

_CALENDAR = language("en").calendar

NOT_NAMES = frozenset(
    {
        *by_small_form(_CALENDAR.months),
        *by_small_form(_CALENDAR.weekdays),
        *by_small_form(_CALENDAR.weekdays_short),
        *language("en").names.not_names,
    }
)
"""Capitalised words that do not name anybody."""

_COMMON = regex.compile(
    r".*(?:s|ing|ed|ly|tion|sion|ment|ness|ity|ance|ence|age|ism|ship|ure|hood|al|ful|ive|ous|ary|er|or|ist|th)|"
    + any_of(language("en").names.openers),
    regex.IGNORECASE,
)
"""Words that begin sentences and are not names, though the article may lack them."""

_VERBS = frozenset(
    "said says was is has had will would told won wrote did does made became took went came added "
    "called died announced played asked wants and".split()
)
"""Words after a sentence's first word that show it to be a name."""

_NEXT = regex.compile(r"[\s,]+(\p{L}+)")
_UNKNOWN = "the article does not have this name"
_MIXED = "the article has these words only in different names"
_ELSEWHERE = "the article has this name, but not the cited sentences"


class NamesCheck(Check):
    """Finds names that are not the article's, are mixed of two, or are not those of the evidence."""

    name = "names"

    def applies_to(self, language: str) -> bool:
        """Return true for the languages in which a capital letter inside a sentence shows a name."""
        return language == "en" or language in _CAPITALISED

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield each name of ``claim`` that does not follow."""
        text = context.analyze(claim)
        if context.article.language_code != "en":
            for word in _strange_words(text, KnownNames(context)):
                yield Finding.at(self.name, claim, word.start, word.end, _ELSEWHERE)
            return
        names = _ClaimNames(text, () if claim.isupper() else text.names, KnownNames(context))
        for start, end, reason, rule in names.find():
            yield Finding.at(self.name, claim, start, end, reason, rule=rule)


_CAPITALISED = frozenset("es fr it pt nl pl sv da tr id ru uk el".split())

_INFLECTED_LETTERS = 3
"""Letters at the end of a name that inflection may change."""


def _strange_words(text: AnalyzedText, known: KnownNames) -> Iterator[NameWord]:
    """Yield the words of names that neither the evidence nor the sentences near it have.

    In languages other than English, only words with a capital inside a sentence are looked at.
    """
    near = known.near_keys
    for word in (word for name in text.names for word in name):
        start = word.key[: max(len(word.key) - _INFLECTED_LETTERS, 4)]
        is_shown = word.is_sentence_initial or len(word.key) < 4
        if not is_shown and not any(key.startswith(start) for key in near):
            yield word


_Found = tuple[int, int, str, str]
"""Start, end, reason and rule of a finding."""


@dataclass(frozen=True)
class _ClaimNames:
    """The names of a claim, compared with those of its evidence."""

    claim: AnalyzedText
    names: tuple[Mention, ...]
    known: KnownNames

    def find(self) -> Iterator[_Found]:
        """Yield each name that is unknown, mixed, or not the evidence's."""
        for name in self.names:
            if self.known.is_rephrased(name):
                continue
            unknown = [word for at, word in enumerate(name) if self._is_unknown(name, at)]
            for word in unknown:
                yield word.start, word.end, _UNKNOWN, "unknown"
            if unknown:
                continue
            for part in _split(self._identifying_words(name)):
                if reason := self._reason(part):
                    yield part[0].start, part[-1].end, reason, ""

    # words that the article lacks -----------------------------------------------------------------

    def _is_unknown(self, name: Mention, at: int) -> bool:
        word, known = name[at], self.known
        if word.key in NOT_NAMES or word.key in known.basis.keys:
            return False  # which needs no look at the whole article
        if known.has(word, known.article.keys):
            return False
        return not word.is_sentence_initial or self._is_name(name, at)

    def _is_name(self, name: Mention, at: int) -> bool:
        """Return whether the first word of a sentence, which the article lacks, is still a name."""
        word = name[at]
        is_common = bool(_COMMON.fullmatch(word.key))
        if len(name) > at + 1:
            # "John Okafor" is a name if the article calls Okafor Ada; "Striker Okafor" is not.
            return not is_common and name[at + 1].key in self.known.article.surnames
        if word.text.endswith(("'s", "’s")):
            return not is_common
        following = _NEXT.match(self.claim.text, word.end)
        verb = following[1] if following else ""
        return (verb in _VERBS or verb.endswith("ed")) and not is_common

    # words that the evidence lacks ----------------------------------------------------------------

    def _identifying_words(self, name: Mention) -> Mention:
        """Return the words of ``name`` that identify somebody."""
        names = self.known.article.mid_sentence
        return tuple(
            word
            for word in name
            if word.key not in NOT_NAMES
            and word.key not in TITLES
            and (not word.is_sentence_initial or word.key in names)
        )

    def _reason(self, name: Mention) -> str:
        """Return why ``name`` does not follow; empty if it does."""
        known = self.known
        strange = [
            word
            for word in name
            if word.key in known.article.words and not known.has(word, known.basis.keys)
        ]
        if self._is_mixed(name):
            return _MIXED
        if len(strange) == len(name):
            return "" if self._may_be_meant(name) else _ELSEWHERE
        if all(self._completes(word, name) for word in strange):
            return ""
        return _MIXED

    def _completes(self, word: NameWord, name: Mention) -> bool:
        """Return whether the article joins ``word`` to a word of ``name`` that the basis has."""
        pairs, keys = self.known.article.pairs, self.known.basis.keys
        return any(
            (word.key, other.key) in pairs and self._is_incomplete(other, word.start < other.start)
            for other in name
            if self.known.has(other, keys)
        )

    def _is_incomplete(self, word: NameWord, at_left: bool) -> bool:
        """Return whether the basis has ``word`` without a name on one side that the claim lacks."""
        mentions = [[w.key for w in name] for name in self.known.basis.names]
        names, claimed = self.known.article.mid_sentence, self.claim.keys
        for keys in (keys for keys in mentions if word.key in keys):
            at = keys.index(word.key)
            beside = keys[:at] if at_left else keys[at + 1 :]
            if not any(key in names and key not in TITLES | claimed for key in beside):
                return True
        return not any(word.key in keys for keys in mentions)

    def _is_mixed(self, name: Mention) -> bool:
        """Return whether two words of ``name`` have other neighbours in the article, and never each other."""
        article = self.known.article
        return any(
            (left.key, right.key) not in article.pairs
            and right.start - left.end <= 2
            and (left.key, 1) in article.neighbours
            and (right.key, -1) in article.neighbours
            for left, right in pairwise(name)
        )

    def _may_be_meant(self, name: Mention) -> bool:
        """Return whether a pronoun or a description in the evidence may mean ``name``."""
        near, pairs = self.known.near_keys, self.known.article.pairs
        if not self.known.has(name[-1], near):
            return False
        if not all(self.known.has(w, near) or (w.key, name[-1].key) in pairs for w in name):
            return False
        return self._has_pronoun_left_out or (bool(self._left_out) and not self._leaves_out_name)

    @cached_property
    def _left_out(self) -> Counter[str]:
        """The pronouns and descriptions of the evidence that are not in the claim."""
        evidence = self.known.context.evidence
        return count_anaphors(evidence) - count_anaphors(self.claim.text)

    @property
    def _has_pronoun_left_out(self) -> bool:
        is_quotation = not any(map(str.isalpha, _QUOTED.sub("", self.known.context.evidence)))
        return is_quotation or any(
            " " not in words or words.startswith(_OWNERS) for words in self._left_out
        )

    @cached_property
    def _leaves_out_name(self) -> bool:
        """True if a name of the evidence is not in the claim, so that another may be in its place."""
        claimed = self.claim.keys
        names = self.known.article.mid_sentence
        return any(
            not any(is_among(word.key, claimed) for word in name)
            for name in self.known.context.evidence_text.names
            if any(w.key in names and w.key not in NOT_NAMES | TITLES for w in name)
        )


def _split(name: Mention) -> Iterator[Mention]:
    """Yield the names that possessives and an "of" part: Ada Okafor of Lindum's union."""
    for owned in split_owners(name):
        part: list[NameWord] = []
        for word in owned:
            if part and word.start - part[-1].end > 2:
                yield tuple(part)
                part = []
            part.append(word)
        if part:
            yield tuple(part)


_QUOTED = regex.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_OWNERS = ("his ", "her ", "its ", "their ")
_ANAPHOR = regex.compile(
    r"\b(?:he|him|his|himself|she|hers?|herself|they|them|theirs?|themselves|its?|itself|there|we|our|i|my"
    r"|(?:the|this|that|these|those|his|her|its|their|our|both|a|an)\s(?:[\p{L}\-]+\s){0,2}?\p{Ll}[\p{Ll}\-]+)\b",
    regex.IGNORECASE,
)


def count_anaphors(text: str) -> Counter[str]:
    """Count the pronouns and descriptions of ``text``, in small letters.

    >>> dict(count_anaphors("She opened the bridge."))
    {'she': 1, 'the bridge': 1}
    """
    return Counter(match[0].casefold() for match in _ANAPHOR.finditer(text))
