"""Speakers: to whom an English text attributes what it reports.

If a cited sentence leaves its speaker open ("he said", or a quotation alone), the sentences before show
whom it may mean, up to the nearest one that names a speaker or begins with a name. So does the next
one, if "said Ada Okafor" follows there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import regex

from newsqa.article.fields import Sentence
from newsqa.checks.names.evidence import COMMON, NOT_NAMES, KnownNames
from newsqa.languages import language
from newsqa.text.names import TITLES, Mention, find_names, split_owners
from newsqa.text.tokens import key_of, tokenize

Gender = Literal["he", "she"]

PRONOUN_CHARS = 250
"""Characters after a full name in which a pronoun may mean it."""

_PEOPLE = language("en").people
_GENDERS: dict[str, Gender] = {
    **dict.fromkeys((*_PEOPLE.he, *_PEOPLE.male_kin), "he"),
    **dict.fromkeys((*_PEOPLE.she, *_PEOPLE.female_kin), "she"),
}
_OFFICE = regex.compile(
    r"(?:council|congress|assembly|spokes|business|police|sports|states)(wo)?man"
)
_CONTRACTED = regex.compile(r"['’].*")
_SUBJECT = regex.compile(r"\b(?:he|she)\b", regex.IGNORECASE)
_QUOTED = regex.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_KIN = regex.compile(
    r"\b(?:his|her)\s(?:late\s|former\s|own\s)?"
    rf"({'|'.join((*_PEOPLE.male_kin, *_PEOPLE.female_kin))})\b",
    regex.IGNORECASE,
)


def gender_of(word: str) -> Gender | None:
    """Return the gender that a pronoun, a title, an office or a relation shows.

    >>> gender_of("Ms."), gender_of("Congressman"), gender_of("Dr.")
    ('she', 'he', None)
    """
    key = key_of(word)
    if office := _OFFICE.fullmatch(key):
        return "she" if office[1] else "he"
    return _GENDERS.get(key)


def genders_in(text: str) -> set[Gender]:
    """Return the genders of those whom the pronouns and relations of ``text`` mean.

    >>> genders_in("Her husband voted")
    {'he'}
    """
    kin = {gender_of(match[1]) for match in _KIN.finditer(text)}
    rest = {gender_of(_CONTRACTED.sub("", t.text)) for t in tokenize(_KIN.sub(" ", text))}
    return {gender for gender in kin | rest if gender}


def blank_quotations(text: str) -> str:
    """Return ``text`` with blanks for all that is quoted, so that offsets stay the same."""
    return str(_QUOTED.sub(lambda match: " " * len(match[0]), text))


Name = tuple[str, ...]
"""The keys of a name's words without titles, the surname last."""


def name_of(mention: Mention) -> Name:
    """Return the keys of the words of ``mention`` that name somebody."""
    not_names = TITLES | NOT_NAMES | {"jr", "sr"}
    keys = (word.key for word in mention if word.key not in not_names)
    return tuple(key for key in keys if not _OFFICE.fullmatch(key))


def may_be_same(name: Name, other: Name) -> bool:
    """Return whether two names may be one person's.

    >>> may_be_same(("john", "ortega"), ("j", "r", "ortega"))
    True
    >>> may_be_same(("ada", "ortega"), ("luis", "ortega"))
    False
    """
    if not name or not other or name[-1] != other[-1]:
        return False
    given, others = name[:-1], other[:-1]
    pairs = ((a, b) for a in given for b in others if 1 in (len(a), len(b)) or a == b)
    return not given or not others or any(a[0] == b[0] for a, b in pairs)


def genders_of_titles(mention: Mention) -> set[Gender]:
    """Return what the titles of ``mention`` show: "Ms. Dolan" is a woman."""
    return {gender for word in mention if (gender := gender_of(word.key))}


@dataclass(frozen=True)
class People:
    """The people whom an article names."""

    known: KnownNames

    @cached_property
    def mentions(self) -> list[tuple[Mention, Name]]:
        """The mentions of somebody or something, and the names."""
        parts = (part for mention in self.known.article.names for part in split_owners(mention))
        named = ((part, name_of(self._without_opening(part))) for part in parts)
        return [(mention, name) for mention, name in named if name]

    def _without_opening(self, mention: Mention) -> Mention:
        """Return ``mention`` without a word that only begins the sentence: "Though Mr. Brandt"."""
        first, *rest = mention
        if not first.is_sentence_initial or first.key in self.known.mid_sentence:
            return mention
        is_apart = not rest or rest[0].key in TITLES or rest[0].start - first.end > 1
        # "Engineer Brandt" has no given name; Piers and Agnes are given names.
        is_common = COMMON.fullmatch(first.key) and not first.key.endswith("s")
        return tuple(rest) if is_apart or is_common else mention

    @cached_property
    def _full_names(self) -> list[tuple[Mention, Name]]:
        return [(mention, name) for mention, name in self.mentions if len(name) > 1]

    def namesakes(self, name: Name) -> set[Name]:
        """Return the full names with the surname of ``name`` and other given names."""
        full = (other for _, other in self._full_names if other[-1:] == name[-1:])
        return {other for other in full if not may_be_same(other, name)}

    def full_name(self, name: Name) -> Name:
        """Return the one full name that ``name`` may be short for, or ``name`` itself."""
        names = {other for _, other in self._full_names if may_be_same(other, name)}
        return names.pop() if len(names) == 1 else name

    def gender(self, name: Name) -> Gender | None:
        """Return the gender of the bearer of a full name, if the article shows it."""
        mentions = [mention for mention, other in self._full_names if may_be_same(other, name)]
        by_title = {gender for mention in mentions for gender in genders_of_titles(mention)}
        if by_title:
            return by_title.pop() if len(by_title) == 1 else None
        votes = Counter(gender for m in mentions if (gender := self._pronoun_after(m)))
        return next((g for g, count in votes.items() if 2 * count > votes.total()), None)

    def _pronoun_after(self, mention: Mention) -> Gender | None:
        """Return the first "he" or "she" after a name and before the next one."""
        end = mention[-1].end
        text = blank_quotations(self.known.article.text[end : end + PRONOUN_CHARS])
        following = (m[-1].start - end for m, _ in self.mentions if m[-1].start > end)
        stop = next((at for at in following if text[at : at + 1].strip()), len(text))
        pronoun = _SUBJECT.search(text[:stop])
        return gender_of(pronoun[0]) if pronoun else None

    def must_mean(self, mention: Mention, name: Name) -> bool:
        """Return whether ``mention``, by given name and title, can only mean ``name``."""
        other = name_of(mention)
        if not may_be_same(other, name):
            return False
        genders = genders_of_titles(mention)
        return self.fits(name, genders) and (
            len(other) > 1 or not any(self.fits(same, genders) for same in self.namesakes(name))
        )

    def fits(self, name: Name, genders: set[Gender]) -> bool:
        """Return whether the gender of ``name`` is unknown or among ``genders``, if there are any."""
        gender = self.gender(name) if genders else None
        return gender is None or gender in genders


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
