"""Speakers: to whom an English text attributes what it reports.

If a cited sentence leaves its speaker open ("he said", or a quotation alone), the sentences before show
whom it may mean, up to the nearest one that names a speaker or begins with a name. So does the next
one, if "said Ada Okafor" follows there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from newsqa.article.sentences import Sentence
from newsqa.checks.names.evidence import NOT_NAMES, KnownNames
from newsqa.checks.names.people import (
    Gender,
    Name,
    People,
    blank_quotations,
    gender_of,
    may_be_same,
    name_of,
)
from newsqa.languages import language
from newsqa.text.names import TITLES, Mention, find_names
from newsqa.text.tokens import key_of

# who is said to speak -----------------------------------------------------------------------------

_PRONOUNS = frozenset("he she they it we i you who what which nobody one this that".split())
_SPEECH = rf"(?:{'|'.join(language('en').people.speech_verbs)})"
_NAME = r"\p{Lu}[\p{L}.'’\-]*+(?:\s\p{Lu}[\p{L}.'’\-]*+){0,7}+"
"""At most eight words, without backtracking: a claim may be 10,000 characters of capitals."""

_SPEAKERS = regex.compile(
    rf"(?P<name>{_NAME})(?:,[^,.\"“”]{{1,80}},|,)?\s{_SPEECH}\b"
    rf"|[\"”,]\s?{_SPEECH}\s(?:[\p{{Ll}}\-]+\s){{0,5}}(?P<name>{_NAME})"
    rf"|\b[Aa]ccording\sto\s(?:[\p{{Ll}}\-]+\s){{0,5}}(?P<name>{_NAME})"
)
_UNNAMED = regex.compile(
    rf"\b(?P<who>he|she|they|who)\s(?:also\s|then\s)?{_SPEECH}\b", regex.IGNORECASE
)
"""A speaker without a name."""


def find_speakers(text: str) -> Iterator[tuple[tuple[int, int], Name]]:
    """Yield the spans and the keys of the names to which ``text`` attributes something.

    >>> list(find_speakers("“It is safe,” said Ada Okafor."))
    [((19, 30), ('ada', 'okafor'))]
    """
    for match in _SPEAKERS.finditer(text):
        keys = map(key_of, match["name"].split())
        if name := tuple(key for key in keys if key not in TITLES | NOT_NAMES | _PRONOUNS):
            yield match.span("name"), name


# speakers left open -------------------------------------------------------------------------------

FAR_SENTENCES = 6
"""Sentences before a cited one in which its speaker is looked for, quotations among them."""

SUBJECT_CHARS = 25
"""Characters of a sentence within which its subject begins: "The engineer, Ada ..."."""


@dataclass(frozen=True)
class OpenSpeakers:
    """The speakers whom the cited sentences leave open."""

    known: KnownNames

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        return tuple(s for s in self.known.context.sentences if _is_open(s.text))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The names that they may mean."""
        near = (mention for s in self._sentences for mention in self._names_near(s))
        return tuple(mention for mention in near if name_of(mention))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of these names."""
        return frozenset(word for mention in self.mentions for word in name_of(mention))

    @cached_property
    def genders(self) -> set[Gender]:
        """The speakers' genders, if each of them is shown."""
        matches = [_UNNAMED.search(blank_quotations(s.text)) for s in self._sentences]
        genders = {gender_of(match["who"]) for match in matches if match}
        is_shown = all(matches) and None not in genders
        return {gender for gender in genders if gender} if is_shown else set()

    def _names_near(self, sentence: Sentence) -> Iterator[Mention]:
        at, context = sentence.number - 1, self.known.context
        for following in context.article.sentences[at + 1 : at + 2]:
            for span, _ in find_speakers(following.text):
                yield from find_names(following.text[slice(*span)])
        for earlier in reversed(context.article.sentences[max(at - FAR_SENTENCES, 0) : at]):
            yield from context.analyze_sentence(earlier).names
            if any(find_speakers(earlier.text)) or self._begins_with_name(earlier.text):
                return

    def _begins_with_name(self, text: str) -> bool:
        names = find_names(blank_quotations(text))
        words = [word for name in names for word in name if name[0].start < SUBJECT_CHARS]
        return any(not w.is_sentence_initial or w.key in self.known.mid_sentence for w in words)


def _is_open(text: str) -> bool:
    outside = blank_quotations(text)
    if any(find_speakers(text)):
        return False
    return bool(_UNNAMED.search(outside)) or not any(map(str.isalpha, outside))


# wrong speakers -----------------------------------------------------------------------------------


def wrong_speakers(claim: str, known: KnownNames) -> Iterator[tuple[int, int]]:
    """Yield the spans of the claim's speakers whom the evidence does not make speakers.

    If the evidence leaves its speaker open, those whom it may mean follow.
    """
    names = [name for _, name in find_speakers(known.evidence.text)]
    is_wrong = _is_not_among if names else _is_not_meant
    for span, name in find_speakers(claim):
        if known.is_name(name[-1]) and is_wrong(name, names, known):
            yield span


def _is_not_among(name: Name, names: list[Name], known: KnownNames) -> bool:
    """Return whether no speaker of the evidence is ``name``, by the surname, which is mostly alone."""
    evidence, surname = known.evidence, name[-1]
    speakers = frozenset(word for other in names for word in other)
    # Whom "he said" means, the evidence may show anywhere.
    speakers = evidence.keys if _UNNAMED.search(evidence.text) else speakers
    if not known.has(surname, evidence.keys):
        return surname in known.article.keys
    if not known.has(surname, speakers):
        return surname not in evidence.text
    same = [other for other in names if other[-1] == surname]
    return len(same) == len(names) and _are_others(name, same, known)


def _are_others(name: Name, same: list[Name], known: KnownNames) -> bool:
    """Return whether all of the ``same`` surname have other given names, and the article has ``name``."""
    is_known = name in {other for _, other in People(known).mentions}
    return is_known and not any(may_be_same(name, other) for other in same)


def _is_not_meant(name: Name, names: list[Name], known: KnownNames) -> bool:
    """Return whether the speaker whom the evidence leaves open cannot be ``name``."""
    speakers = OpenSpeakers(known)
    if not speakers.words:
        return False
    if not known.has(name[-1], speakers.words | known.basis.keys):
        return True
    people = People(known)
    return not people.fits(people.full_name(name), speakers.genders)
