"""Speakers: to whom an English text attributes what it says, and claims that drop or change that.

A speaker is found by the verb of saying beside a name or a noun ("builders say"), or by "according to".
If a cited sentence leaves its speaker open ("she said"), the sentences before show whom it may mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from newsqa.answers.finding import Speaker, Voice
from newsqa.article.fields import Sentence
from newsqa.checks import Check, ClaimContext, Finding
from newsqa.languages import language
from newsqa.text.polarity import cues
from newsqa.text.spans import Span
from newsqa.text.tokens import Token, tokenize

MAX_SPEAKER_WORDS = 8
"""Words of a speaker at most."""

FAR_SENTENCES = 6
"""Sentences before a cited one in which its speaker is looked for, quotations among them."""

_UNATTRIBUTED = "the cited sentences give this as somebody's word"
_OTHER_SPEAKER = "the cited sentences name another speaker"


@dataclass(frozen=True, slots=True)
class SaidBy:
    """A speaker in a text, with the span of its words; ``keys`` are those that identify it."""

    start: int
    end: int
    keys: frozenset[str]
    is_pronoun: bool
    is_first_person: bool = False


class AttributionCheck(Check):
    """Finds claims that state somebody's word as a fact, or give it to somebody else."""

    name = "attribution"

    def applies_to(self, language: str) -> bool:
        """Return true for English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield the speaker that is another's, or the claim that names none."""
        ours, theirs = find_speakers(claim), find_speakers(context.evidence)
        if not theirs or any(s.is_first_person for s in theirs):
            return
        if not ours:
            if (
                claim
                and not cues("attributed").search(claim)
                and all(find_speakers(s.text) for s in context.sentences)
            ):
                yield Finding.at(self.name, claim, 0, len(claim), _UNATTRIBUTED, rule="dropped")
            return
        known = frozenset[str]().union(*(s.keys for s in theirs))
        # A sentence's subject may be whom another verb makes its speaker.
        known |= {
            t.key for s in map(context.analyze_sentence, context.sentences) for t in s.tokens[:6]
        }
        if theirs[0].is_pronoun:
            for sentence in context.before(FAR_SENTENCES):
                known |= context.analyze_sentence(sentence).keys
        for speaker in ours:
            if speaker.keys and not speaker.is_pronoun and _are_apart(speaker.keys, known):
                yield Finding.at(
                    self.name, claim, speaker.start, speaker.end, _OTHER_SPEAKER, rule="speaker"
                )


def _are_apart(keys: frozenset[str], known: frozenset[str]) -> bool:
    return not any(k[:5] == other[:5] for k in keys for other in known)


# the speaker of a claim ---------------------------------------------------------------------------


def speaker_of(context: ClaimContext) -> Speaker | None:
    """Return whose word the cited sentences are; None in languages other than English.

    >>> from newsqa.article import Article
    >>> article = Article("“It is safe,” said Ada Okafor of the port.", language="en")
    >>> speaker = speaker_of(ClaimContext(article, ((0, 10),)))
    >>> speaker.voice, speaker.name
    ('quoted', 'Ada Okafor of the port')
    """
    if context.article.language_code != "en":
        return None
    for sentence in context.sentences:
        if found := find_speakers(sentence.text):
            voice: Voice = "quoted" if _MARKS.search(sentence.text) else "reported"
            return _named(found[0], sentence, voice, context)
    return Speaker(voice="newsroom")


def _named(said_by: SaidBy, sentence: Sentence, voice: Voice, context: ClaimContext) -> Speaker:
    """Return the speaker, whom a sentence before names if this one has a pronoun."""
    if said_by.is_pronoun:
        earlier = context.article.sentences[
            max(sentence.number - 1 - FAR_SENTENCES, 0) : sentence.number - 1
        ]
        for before in reversed(earlier):
            named = [s for s in find_speakers(before.text) if not s.is_pronoun]
            if named:
                return _speaker(named[-1], before, voice)
        return Speaker(voice=voice)
    return _speaker(said_by, sentence, voice)


def _speaker(said_by: SaidBy, sentence: Sentence, voice: Voice) -> Speaker:
    start, end = sentence.start + said_by.start, sentence.start + said_by.end
    name = sentence.text[said_by.start : said_by.end]
    return Speaker(voice=voice, name=name, span=Span(start=start, end=end))


_MARKS = regex.compile(r"[\"“”«»]")
_STOPS = frozenset(
    "and but that which who while although though because as if when where what how so or nor then than "
    "after before until since to of with for from by at on in is was were are be been has have had".split()
)
_SKIPPED = frozenset(
    "also then has have had would could will later still again once only not who did do does".split()
)
_PRONOUNS = frozenset("he she they it we i you who which".split())
_EMPTY = frozenset(
    "the a an its his her their this that these those some one two three new local former its own as according to of for mr mrs ms".split()
)
_INVERTED = frozenset("said says added warned argued wrote explained insisted".split())
"""Verbs that may come before their speaker."""


def find_speakers(text: str) -> list[SaidBy]:
    """Return the speakers to whom ``text`` attributes something.

    >>> [text[s.start:s.end] for text in ["Builders say that it is late."] for s in find_speakers(text)]
    ['Builders']
    >>> text = "“It is safe,” said Ada Okafor, the engineer."
    >>> [text[s.start:s.end] for s in find_speakers(text)]
    ['Ada Okafor']
    """
    tokens = list(tokenize(text))
    found = []
    for at, token in enumerate(tokens):
        if token.text in _speech_verbs():
            words = _before(tokens, at)
            if not words and token.text in _INVERTED and at and tokens[at - 1].kind == "mark":
                words = _after(tokens, at + 1)
        elif token.key == "to" and at and tokens[at - 1].key == "according":
            words = _after(tokens, at + 1)
        else:
            continue
        if words:
            found.append(_said_by(words))
    return found


def _said_by(words: list[Token]) -> SaidBy:
    keys = frozenset(w.key for w in words) - _EMPTY
    is_pronoun = keys <= _PRONOUNS
    is_first_person = is_pronoun and not keys.isdisjoint(("i", "we"))
    return SaidBy(words[0].start, words[-1].end, keys - _PRONOUNS, is_pronoun, is_first_person)


def _before(tokens: list[Token], at: int) -> list[Token]:
    """Return the words of the subject before the verb at ``at``."""
    words: list[Token] = []
    at -= 1
    while at >= 0 and tokens[at].key in _SKIPPED:
        at -= 1
    if at >= 0 and tokens[at].text == ",":  # Gregor Haas, its president, said
        start = at - 1
        while start >= 0 and at - start < 15 and tokens[start].text not in (",", ".", ";"):
            start -= 1
        if start < 0 or tokens[start].text != ",":
            return []
        words, at = tokens[start + 1 : at], start - 1
    wanted = len(words) + MAX_SPEAKER_WORDS
    while at >= 0 and len(words) < wanted:
        token = tokens[at]
        if token.kind == "mark" or (
            token.key in _STOPS and token.key not in ("of", "for", "at", "in")
        ):
            break
        words.insert(0, token)
        at -= 1
    while words and words[0].key in ("of", "for", "at", "in"):
        words.pop(0)
    return words


def _after(tokens: list[Token], at: int) -> list[Token]:
    """Return the words of the subject after "said" or "according to"."""
    words: list[Token] = []
    while at < len(tokens) and len(words) < MAX_SPEAKER_WORDS:
        token = tokens[at]
        is_name_next = token.text == "," and words and words[0].key in _EMPTY
        if is_name_next and at + 1 < len(tokens) and tokens[at + 1].text[0].isupper():
            at += 1
            continue
        if token.kind == "mark" or token.key in _STOPS - {"of", "for", "at", "in"}:
            break
        words.append(token)
        at += 1
    return words


@cache
def _speech_verbs() -> frozenset[str]:
    return frozenset(language("en").people.speech_verbs)
