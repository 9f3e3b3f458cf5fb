"""Names: whom and what a claim names, the article names too, and near what the claim cites.

A name may come from anywhere in the article, since a cited "she" is named elsewhere. It is found
when the article does not have it at all, when the claim makes one name of two, and when the cited
sentences name someone else in its stead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import regex

from newsqa.checks import CheckName, ClaimContext, Finding
from newsqa.checks.calendar_words import months, weekdays
from newsqa.checks.proper_names import (
    TITLES,
    NameWord,
    are_forms,
    find_names,
    initials_of,
    other_forms,
    plain,
    words_of,
)

NEAR = 3
"""Sentences before a cited one in which a name may stand that the cited one leaves to a pronoun."""

_FOREIGN = regex.compile(r"[\p{L}\p{M}--[\p{Latin}\p{Common}\p{Inherited}]]{2,}", regex.V1)
_NO_NAMES = frozenset(
    {*months("en"), *weekdays("en"), "i", "im", "ive", "ill", "id", "ok", "tv", "am", "pm"}
)
_COMMON = regex.compile(
    r".*(?:s|ing|ed|ly|tion|sion|ment|ness|ity|ance|ence|age|ism|ship|ure|hood|al|ful|ive|ous|ary|er|or|ist|th)"
    r"|people|police|men|women|children|it|they|he|she|there|here|both|half|one|two|three|four|five|six|ten"
    r"|more|most|much|many|no|not|nobody|none|some|someone|yes|so|but|yet|because|since|while|when|where|what"
    r"|who|how|why|an?|the|in|on|at|by|to|of|for|from|with|if|as|or|and|nor|even|only|you|we|my|your|our|their"
    r"|her|him|former|about|around|after|under|over|up|all|every|each|another|any|such|that|just|also|then|than"
    r"|staff|crew|work|food|oil|gas|water|snow|rain|fire|heat|health|research|school|home|life|death|money|power"
    r"|young|old|new|late|top|chief|fellow|star|now|soon|later|once|today|voter turnout|public|nearly|almost",
    regex.IGNORECASE,
)
"""What may begin a sentence and be no name, though the article has no such word."""

_PRONOUNS = frozenset("he she they it we i you who what which nobody one this that".split())
_NEXT = regex.compile(r"[\s,]+(\p{L}+)")
_ACTS = frozenset(
    "said says was is has had will would told won wrote did does made became took went came added "
    "called died announced played asked wants and".split()
)
_SPEECH = (
    r"(?:said|says|told|added|announced|argued|claimed|explained|wrote|tweeted|testified|warned|insisted|"
    r"stated|noted|replied|declared)"
)
_NAME = r"\p{Lu}[\p{L}.'’\-]*(?:\s\p{Lu}[\p{L}.'’\-]*)*"
_SPEAKERS = regex.compile(
    rf"(?P<name>{_NAME})(?:,[^,.\"“”]{{1,80}},|,)?\s{_SPEECH}\b"
    rf"|[\"”,]\s?{_SPEECH}\s(?:[\p{{Ll}}\-]+\s){{0,5}}(?P<name>{_NAME})"
)


@dataclass(frozen=True, slots=True)
class NamesCheck:
    """Finds names that are not the article's, are mixed of two, or take another one's place."""

    name: CheckName = "names"

    def applies_to(self, language: str) -> bool:
        """In English, where a capital letter tells a name."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Each name of ``claim`` that does not follow."""
        known = _Known(context)
        runs = [] if claim.isupper() else find_names(claim)
        for start, end, reason in (*_unknown(claim, runs, known), *_misplaced(claim, runs, known)):
            yield Finding.at(self.name, claim, start, end, reason)


_Place = tuple[int, int, str]


@dataclass(frozen=True)
class _Known:
    """The names that a claim may use."""

    context: ClaimContext

    @cached_property
    def text(self) -> str:
        """Everything that may name somebody."""
        article = self.context.article
        more = (article.title, self.context.question, article.source, article.author)
        return "\n".join((article.text, *(part for part in more if part)))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words in it."""
        return words_of(self.text)

    @cached_property
    def near(self) -> frozenset[str]:
        """The words of the cited sentences, those before, the title and the question."""
        sentences = (*self.context.before(NEAR), *self.context.sentences)
        more = (self.context.article.title or "", self.context.question)
        return words_of("\n".join((*(sentence.text for sentence in sentences), *more)))

    @cached_property
    def runs(self) -> list[list[NameWord]]:
        """The names of the whole article."""
        return find_names(self.text)

    def has(self, word: str, among: frozenset[str]) -> bool:
        """Whether ``word`` or another form of it is ``among`` words."""
        if word in among or f"{word}s" in among or word.removesuffix("s") in among:
            return True
        return any(are_forms(word, other) for other in among if other[:2] == word[:2]) or any(
            form in among for form in other_forms(word)
        )

    def spells_out(self, run: list[NameWord]) -> bool:
        """Whether the article has the initials of ``run``, or says it in other words."""
        phrase = " ".join(word.plain for word in run)
        if any(form in self.words or f" {form} " in self.text for form in other_forms(phrase)):
            return True
        initials = "".join(word.plain[:1] for word in run)
        return len(initials) > 2 and initials in self.words and initials.upper() in self.text

    def abbreviates(self, word: NameWord) -> bool:
        """Whether ``word`` is the initials of a name in the article."""
        letters = word.text.replace(".", "")
        return len(letters) > 1 and letters.isupper() and word.plain in initials_of(self.text)


# Names that are not the article's -------------------------------------------------------------------


def _unknown(claim: str, runs: list[list[NameWord]], known: _Known) -> Iterator[_Place]:
    reason = "the article does not have this name"
    for run in runs:
        if known.spells_out(run):
            continue
        for at, word in enumerate(run):
            if word.plain in _NO_NAMES or known.has(word.plain, known.words):
                continue
            if known.abbreviates(word) or (word.is_first and not _names(claim, run, at, known)):
                continue
            yield word.start, word.end, reason
    for match in _FOREIGN.finditer(claim):
        if not known.context.article.locate(match[0]).candidates and match[0] not in known.text:
            yield match.start(), match.end(), reason


def _names(claim: str, run: list[NameWord], at: int, known: _Known) -> bool:
    """Whether the first word of a sentence, which the article lacks, is a name all the same."""
    word = run[at]
    if len(run) > at + 1:
        # "John Okafor" is one if the article calls Okafor Ada; "Striker Okafor" is not.
        following = run[at + 1].plain
        return not _COMMON.fullmatch(word.plain) and following in _surnames(known)
    if word.text.endswith(("'s", "’s")):
        return not _COMMON.fullmatch(word.plain)
    behind = _NEXT.match(claim, word.end)
    act = behind[1] if behind else ""
    if act in _ACTS:
        # Parker and Taylor are names; a doctor would not begin a sentence without "a".
        return not _COMMON.fullmatch(word.plain) or word.plain.endswith(("er", "or"))
    return act.endswith("ed") and not _COMMON.fullmatch(word.plain)


def _surnames(known: _Known) -> frozenset[str]:
    return frozenset(right.plain for run in known.runs for right in run[1:])


# Names in the wrong place ---------------------------------------------------------------------------


def _misplaced(claim: str, runs: list[list[NameWord]], known: _Known) -> Iterator[_Place]:
    for run in runs:
        yield from _mixed(run, known)
    told = {word.start for word in _wrong_speaker(claim, runs, known)}
    for run in runs:
        if any(word.start in told for word in run):
            reason = "the cited sentences name another speaker"
            yield run[0].start, run[-1].end, reason
        elif _is_elsewhere(run, runs, known):
            reason = "the article has this name, but the cited sentences name another"
            yield run[0].start, run[-1].end, reason


def _mixed(run: list[NameWord], known: _Known) -> Iterator[_Place]:
    """Two words side by side that the article only has in two different names."""
    for left, right in pairwise(run):
        if {left.plain, right.plain} & (TITLES | _NO_NAMES):
            continue
        if _partners(known, left.plain, 1, right.plain) and _partners(
            known, right.plain, -1, left.plain
        ):
            yield left.start, right.end, "the article has these words only in different names"


def _partners(known: _Known, word: str, step: int, other: str) -> bool:
    """Whether ``word`` has a neighbour in the article's names, and never ``other`` in one with it."""
    has_neighbour = False
    for run in known.runs:
        plains = [name.plain for name in run]
        if word not in plains:
            continue
        if other in plains:
            return False
        at = plains.index(word) + step
        has_neighbour |= 0 <= at < len(plains) and plains[at] not in TITLES
    return has_neighbour


def _wrong_speaker(claim: str, runs: list[list[NameWord]], known: _Known) -> Iterator[NameWord]:
    """The last word of the claim's speaker, where the evidence has a speaker but not that word."""
    evidence = known.context.evidence
    if not any(_last_word(match) for match in _SPEAKERS.finditer(evidence)):
        return
    for match in _SPEAKERS.finditer(claim):
        name = _last_word(match)
        if name and not known.has(name, words_of(evidence)) and name in known.words:
            start, end = match.span("name")
            yield from (w for r in runs for w in r if start <= w.start < end and w.plain == name)


def _last_word(match: regex.Match[str]) -> str:
    """The word that tells a speaker from others, by which a name is usually shortened."""
    words = [plain(word) for word in match["name"].split()]
    told_apart = [word for word in words if word not in TITLES | _NO_NAMES | _PRONOUNS]
    return told_apart[-1] if told_apart else ""


def _is_elsewhere(run: list[NameWord], runs: list[list[NameWord]], known: _Known) -> bool:
    """Whether no word of the name is near what is cited, and another name is in its stead."""
    words = [word.plain for word in run if not word.is_first or word.plain in _inner(known)]
    words = [word for word in words if word not in TITLES | _NO_NAMES]
    if not words or any(known.has(word, known.near) for word in words):
        return False
    if known.spells_out(run) or any(known.abbreviates(word) for word in run):
        return False
    if not all(known.has(word, known.words) for word in words):
        return False
    claimed = {word.plain for other in runs for word in other}
    return any(_is_left_out(name, claimed, known) for name in find_names(known.context.evidence))


def _inner(known: _Known) -> frozenset[str]:
    """The capitalised words that the article has inside sentences."""
    return frozenset(word.plain for run in known.runs for word in run if not word.is_first)


def _is_left_out(name: list[NameWord], claimed: set[str], known: _Known) -> bool:
    """Whether a name of the evidence is not in the claim."""
    words = {word.plain for word in name if not word.is_first or word.plain in _inner(known)}
    words -= TITLES | _NO_NAMES
    return bool(words) and not any(known.has(word, frozenset(claimed)) for word in words)
