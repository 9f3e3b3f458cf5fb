"""Ranks the sentences of an article by how well they fit a question, without a model.

A sentence scores by the question's terms that it has, each weighted by how rare it is in this article. A
term counts once, and long sentences have no penalty, which would cost 6 points on news. The terms of
neighbouring sentences count a little; a span of the kind asked for and an early place add a little more.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsqa.article.fields import Sentence
from newsqa.article.passages import Passage
from newsqa.languages.detection import guess_language
from newsqa.readers.extractive.answer_spans import select_span
from newsqa.readers.extractive.boilerplate import ends_sentence, find_boilerplate
from newsqa.readers.extractive.calibration import earliness
from newsqa.readers.extractive.question import Question
from newsqa.readers.extractive.terms import PREFIX, are_relatives, find_terms, stop_words
from newsqa.text import Offsets

# The weight of a term. All weights were chosen on one half of the articles measured with.
RELATIVE_WEIGHT = 0.6
"""A relative of the question's term (exploded for explosion); the term itself counts 1."""

BEFORE_WEIGHT = 0.2
"""A term that only the sentence before has."""

SECOND_BEFORE_WEIGHT = 0.1
"""A term that only the second sentence before has."""

AFTER_WEIGHT = 0.1
"""A term that only the sentence after has."""

# Bonuses, added to the share of the question's weight, which is from 0 to 1.
SPAN_BONUS = 0.12
"""For a span of the kind asked for."""

EARLY_BONUS = 0.12
"""At the start of an article, less and less after it: news comes first."""

UNKNOWN_NAME_WEIGHT = 3.0
"""How much more a name that the article does not have weighs against its coverage."""

MAX_REFINED_SENTENCES = 40
"""Sentences in which a span is looked for: the best by terms and position alone."""

_LOWER_WORD = re.compile(r"(?<!\w)[a-zß-öø-ÿа-яё]+")

Hits = Mapping[str, float]
"""The question's keys that a sentence has: 1, or ``RELATIVE_WEIGHT`` for a relative."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A sentence and how well it fits the question.

    ``coverage`` is the share of the question's weight that the sentence and its neighbours have, from 0
    to 1. ``span`` is the answer in it, if a name, a figure or a time is asked for.
    """

    sentence: Sentence
    score: float
    coverage: float
    span: Offsets | None = None


def rank(passage: Passage, question: str) -> list[Ranked]:
    """Return the sentences of ``passage`` without boilerplate, the best for ``question`` first.

    Of two that fit equally the earlier comes first. A question without terms ("What happened?") counts
    as asking for what the headline says, or for the first sentences; its coverage is 1.

    >>> from newsqa.article import Article
    >>> passage = Passage.whole(Article("It rained. The strike began at noon. The pier held."))
    >>> [ranked.sentence.number for ranked in rank(passage, "When did the strike begin?")]
    [2, 3, 1]
    """
    language = passage.article.language or guess_language(passage.article.text)
    prepared = Question.of(question, language)
    if prepared.terms:
        return _Ranking(passage, prepared).ranked()
    ranked = _Ranking(passage, Question.of(_headline(passage), language)).ranked()
    return [Ranked(r.sentence, r.score, 1.0) for r in sorted(ranked, key=_is_fragment)]


def _is_fragment(ranked: Ranked) -> bool:
    return not ends_sentence(ranked.sentence.text)


class _Ranking:
    """The ranking of one passage for one question."""

    def __init__(self, passage: Passage, question: Question) -> None:
        self._question = question
        self._sentences = _without_boilerplate(passage.sentences)
        self._common = stop_words(question.language)
        if question.kind in ("person", "place", "name"):
            self._common = self._common.union(_LOWER_WORD.findall(passage.article.text))
        self._hits = list(_all_hits(self._sentences, question))
        self._weights = _weights(question, self._hits)
        self._total = sum(self._weights.values()) or 1.0
        known = {key for hits in self._hits for key in hits}
        self._unknown = sum(self._weights[n] for n in question.keys if n in question.names - known)

    def ranked(self) -> list[Ranked]:
        rough = sorted((-self._rough_score(at), at) for at in range(len(self._sentences)))
        refined = [self._refined(at, -score) for score, at in rough[:MAX_REFINED_SENTENCES]]
        refined.sort(key=lambda ranked: (-ranked.score, ranked.sentence.number))
        rest = (
            Ranked(self._sentences[at], -score, self._coverage(at))
            for score, at in rough[MAX_REFINED_SENTENCES:]
        )
        return [*refined, *rest]

    def _rough_score(self, at: int) -> float:
        return self._shared_weight(at) + EARLY_BONUS * earliness(self._sentences[at].number)

    def _shared_weight(self, at: int) -> float:
        """Return the share of the question's weight that a sentence or its neighbours have."""
        shares = (
            (self._hits_at(at), 1.0),
            (self._hits_at(at - 1), BEFORE_WEIGHT),
            (self._hits_at(at - 2), SECOND_BEFORE_WEIGHT),
            (self._hits_at(at + 1), AFTER_WEIGHT),
        )
        shared = sum(
            weight * max(share * hits.get(key, 0.0) for hits, share in shares)
            for key, weight in self._weights.items()
        )
        return shared / self._total

    def _coverage(self, at: int) -> float:
        near = [self._hits_at(at + offset) for offset in (-1, 0, 1)]
        shared = sum(
            weight * max(hits.get(key, 0.0) for hits in near)
            for key, weight in self._weights.items()
        )
        return shared / (self._total + UNKNOWN_NAME_WEIGHT * self._unknown)

    def _hits_at(self, at: int) -> Hits:
        return self._hits[at] if 0 <= at < len(self._hits) else {}

    def _refined(self, at: int, score: float) -> Ranked:
        sentence = self._sentences[at]
        span = select_span(self._question, sentence.text, self._weights, self._common)
        return Ranked(sentence, score + SPAN_BONUS * (span is not None), self._coverage(at), span)


def _without_boilerplate(sentences: Sequence[Sentence]) -> list[Sentence]:
    skipped = find_boilerplate(sentences)
    return [s for s in sentences if s.number not in skipped] or list(sentences)


def _headline(passage: Passage) -> str:
    """Return the title, or the first line if it does not end like a sentence; or nothing."""
    if passage.article.title:
        return passage.article.title
    first = passage.article.sentences[0].text
    return "" if ends_sentence(first) else first


def _all_hits(sentences: Sequence[Sentence], question: Question) -> Iterator[Hits]:
    prefixes = {key[:PREFIX] for key in question.keys if len(key) >= PREFIX}
    for sentence in sentences:
        hits: dict[str, float] = {}
        for term in find_terms(sentence.text, question.language):
            if term.key in question.keys:
                hits[term.key] = 1.0
            elif term.key[:PREFIX] in prefixes:
                relatives = (key for key in question.keys if are_relatives(key, term.key))
                hits.update((key, RELATIVE_WEIGHT) for key in relatives if key not in hits)
        yield hits


def _weights(question: Question, all_hits: Sequence[Hits]) -> dict[str, float]:
    """Return the weight of each key: its smoothed inverse sentence frequency."""
    frequency = Counter(key for hits in all_hits for key in hits)
    return {
        key: math.log(1 + (len(all_hits) + 0.5) / (frequency[key] + 0.5)) for key in question.keys
    }
