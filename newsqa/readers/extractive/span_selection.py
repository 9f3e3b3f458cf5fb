"""Selects the fewest words of a sentence that answer a question for a name, a figure or a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from newsqa.readers.extractive.answer_spans import Candidate, find_candidates, find_subject
from newsqa.readers.extractive.question import AnswerType, Question
from newsqa.readers.extractive.terms import Term, content_terms, find_terms, stop_words
from newsqa.text.tokens import tokenize

FIT_CHARS = 40
"""Characters of distance to the question's terms that a perfect fit makes up for."""

MAX_DISTANCE_CHARS = 100
"""Characters; a greater distance counts as this."""

AGENT_BONUS = 1.0
"""Added to the fit of a name before the question's terms, if the one who did it is asked for."""

COUNTED_BONUS = 1.0
"""Added to the fit of a figure that counts what the question asks the number of."""

OTHER_UNIT_PENALTY = 0.5
"""Penalty for a figure whose unit does not fit the question."""

REPETITION_FACTOR = 0.5
"""Factor for the fit of a name with a word of the question."""

COUNTED_CHARS = 20
"""Characters after a figure in which what it counts is looked for."""

_UNLIKELY: dict[AnswerType, tuple[AnswerType, ...]] = {
    "number": ("measure", "duration", "age"),
    "amount": ("duration", "age"),
}
"""Kinds of figures that "how many" and "how much" seldom ask for."""
_NO_SUBJECTS = frozenset(
    (
        *("and", "as", "but", "he", "i", "if", "it", "or", "she", "that", "they", "we", "which"),
        *("when", "where", "while", "who", "you", "er", "es", "sie", "wer", "elle", "elles", "il"),
        *("ils", "que", "qui", "él", "ella", "che", "lei", "lui", "ela", "ele", "quem", "hij"),
        *("zij", "он", "она", "они", "который"),
    )
)
"""Words that refer to a name elsewhere."""
_BEFORE_VERB = frozenset(
    ("also", "are", "had", "has", "have", "is", "then", "was", "were", "will", "would")
)
"""Words between a subject and its verb that the list of stop words may lack."""


def select_span(
    question: Question,
    text: str,
    terms: Sequence[Term],
    weights: Mapping[str, float],
    common: Set[str],
) -> Candidate | None:
    """Return the span of a sentence that answers best, if one is of the kind asked for.

    A span that only repeats the question is not an answer.

    Args:
        question: The question.
        text: The sentence.
        terms: The sentence's terms.
        weights: The weight of each of the question's keys.
        common: Words that are not names, though a sentence may begin with them.
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
    return _distance(span, places, weights) - FIT_CHARS * fit(question, text, span, places)


def _name_fit(question: Question, text: str, span: Candidate, places: Sequence[Term]) -> float:
    repeats = not _keys(question, text[span.start : span.end]).isdisjoint(question.keys)
    leads = question.shape == "agent" and bool(places) and span.end <= places[0].start
    return span.fit * (REPETITION_FACTOR if repeats else 1) + AGENT_BONUS * leads


def _figure_fit(question: Question, text: str, span: Candidate, _: Sequence[Term]) -> float:
    unlikely = _UNLIKELY.get(question.kind)
    if unlikely is None:
        return span.fit
    # A figure with a unit counts that, and nothing after it.
    end = span.end + (COUNTED_CHARS if span.kind == "number" else 0)
    counted = find_terms(text[span.start : end], question.language)
    if any(term.key in question.counted for term in counted):
        return span.fit + COUNTED_BONUS
    return span.fit - OTHER_UNIT_PENALTY * (span.kind in unlikely)


def _distance(span: Candidate, places: Sequence[Term], weights: Mapping[str, float]) -> float:
    """Return the weighted mean distance from a span to the question's terms, in characters."""
    total = sum(weights[place.key] for place in places)
    gaps = (
        weights[place.key]
        * min(max(place.start - span.end, span.start - place.end, 0), MAX_DISTANCE_CHARS)
        for place in places
    )
    return sum(gaps) / total if total else 0.0


def _subject(question: Question, text: str, places: Sequence[Term]) -> Candidate | None:
    """Return the words before the verb of "who did it", from the start of the clause."""
    verb = next((place for place in places if place.key == question.keys[0]), None)
    span = find_subject(text, verb.start) if verb else None
    if span is None:
        return None
    words = [word for word in tokenize(text[slice(*span)]) if word.kind != "mark"]
    if not words or words[0].text.casefold() in _NO_SUBJECTS:
        return None
    skipped = stop_words(question.language) | _BEFORE_VERB
    while words and words[-1].text.casefold() in skipped:
        words.pop()
    end = span[0] + words[-1].end if words else span[0]
    keys = _keys(question, text[span[0] : end])
    if not keys or not keys.isdisjoint(question.keys):
        return None
    return Candidate("person", span[0], end)
