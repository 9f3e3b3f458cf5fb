"""Narrowing: the fewest words of a sentence that answer a question for a name, a figure or a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import regex

from newsqa.readers.extractive.answer_spans import Candidate, find_candidates, find_subject
from newsqa.readers.extractive.answer_types import AnswerType
from newsqa.readers.extractive.questions import Question
from newsqa.readers.extractive.terms import Term, content_terms, find_terms, stop_words

FIT = 40
"""Characters that a perfect fit makes up for in the distance to the question's terms."""
MAX_DISTANCE = 100
"""Characters; what is further away is all the same."""
BEFORE_VERB = 1.0
"""Added to the fit of a name before the question's terms, where the one who did it is asked for."""
COUNTED = 1.0
"""Added to the fit of a figure that counts what the question asks the number of."""
OTHER_KIND = 0.5
"""Taken off the fit of a figure with a unit that the question does not go with."""
REPEATING = 0.5
"""Factor for the fit of a name that holds a word of the question."""
COUNTED_REACH = 20
"""Characters behind a figure in which what it counts is looked for."""

_UNLIKELY: dict[AnswerType, tuple[AnswerType, ...]] = {
    "number": ("measure", "duration", "age"),
    "amount": ("duration", "age"),
}
"""Kinds of figures that how many and how much seldom ask for."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-’'.][\p{L}\p{M}\p{N}]+)*")
_NO_SUBJECTS = frozenset(
    (
        *("and", "as", "but", "he", "i", "if", "it", "or", "she", "that", "they", "we", "which"),
        *("when", "where", "while", "who", "you", "er", "es", "sie", "wer", "elle", "elles", "il"),
        *("ils", "que", "qui", "él", "ella", "che", "lei", "lui", "ela", "ele", "quem", "hij"),
        *("zij", "он", "она", "они", "который"),
    )
)
"""Words that stand for a name which is elsewhere."""
_BEFORE_VERB = frozenset(
    ("also", "are", "had", "has", "have", "is", "then", "was", "were", "will", "would")
)
"""Words between a subject and its verb that no list of stop words may have."""


def narrow(
    question: Question,
    text: str,
    terms: Sequence[Term],
    weights: Mapping[str, float],
    common: Set[str],
) -> Candidate | None:
    """The span of the sentence ``text`` that answers best, if there is one of the kind asked for.

    Spans that only repeat the question are none. ``terms`` are the sentence's; ``weights`` say what each of the question's terms
    counts; ``common`` are words that are no names though a sentence may begin with them.
    """
    spans = [
        span
        for span in find_candidates(text, question.kind, question.language, common)
        if _says_more(question, text[span.start : span.end])
    ]
    places = [term for term in terms if term.key in weights]
    if question.kind == "person" and question.shape == "agent":
        subject = _subject(question, text, places)
        if subject:
            return subject
    return min(spans, key=lambda span: _cost(question, text, span, places, weights), default=None)


def _says_more(question: Question, text: str) -> bool:
    keys = _keys(question, text)
    return bool(keys) and not keys.issubset(question.keys)


def _keys(question: Question, text: str) -> frozenset[str]:
    return frozenset(term.key for term in content_terms(text, question.language))


def _cost(
    question: Question,
    text: str,
    span: Candidate,
    places: Sequence[Term],
    weights: Mapping[str, float],
) -> float:
    fit = _name_fit if span.kind in ("person", "place", "name") else _figure_fit
    return _distance(span, places, weights) - FIT * fit(question, text, span, places)


def _name_fit(question: Question, text: str, span: Candidate, places: Sequence[Term]) -> float:
    repeats = not _keys(question, text[span.start : span.end]).isdisjoint(question.keys)
    leads = question.shape == "agent" and bool(places) and span.end <= places[0].start
    return span.fit * (REPEATING if repeats else 1) + BEFORE_VERB * leads


def _figure_fit(question: Question, text: str, span: Candidate, _: Sequence[Term]) -> float:
    unlikely = _UNLIKELY.get(question.kind)
    if unlikely is None:
        return span.fit
    # A figure with a unit counts that, and nothing behind it.
    end = span.end + (COUNTED_REACH if span.kind == "number" else 0)
    counted = find_terms(text[span.start : end], question.language)
    if any(term.key in question.counted for term in counted):
        return span.fit + COUNTED
    return span.fit - OTHER_KIND * (span.kind in unlikely)


def _distance(span: Candidate, places: Sequence[Term], weights: Mapping[str, float]) -> float:
    """Mean distance from a span to the question's terms, by their weights; in characters."""
    total = sum(weights[place.key] for place in places)
    gaps = (
        weights[place.key]
        * min(max(place.start - span.end, span.start - place.end, 0), MAX_DISTANCE)
        for place in places
    )
    return sum(gaps) / total if total else 0.0


def _subject(question: Question, text: str, places: Sequence[Term]) -> Candidate | None:
    """The words before the verb of "who did it", up to the start of the clause."""
    verb = next((place for place in places if place.key == question.keys[0]), None)
    span = find_subject(text, verb.start) if verb else None
    if span is None:
        return None
    words = list(_WORD.finditer(text, *span))
    if not words or words[0][0].casefold() in _NO_SUBJECTS:
        return None
    empty = stop_words(question.language) | _BEFORE_VERB
    while words and words[-1][0].casefold() in empty:
        words.pop()
    keys = _keys(question, text[span[0] : words[-1].end()]) if words else frozenset()
    if not keys or not keys.isdisjoint(question.keys):
        return None
    return Candidate("person", span[0], words[-1].end())
