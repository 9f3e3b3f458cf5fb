"""Answer spans: the words of a sentence that can answer a question for a name, a figure or a time.

Numbers, dates and times of the clock are read by ``newsqa.text``. Of several spans, the one nearest
to the question's words in the sentence answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache

import regex

from newsqa.languages import language as language_of
from newsqa.languages.scripts import CAPITAL_NOUN_LANGUAGES, CASELESS_LANGUAGES
from newsqa.languages.spelling import any_of
from newsqa.readers.extractive.question import AnswerType, Question
from newsqa.readers.extractive.terms import Term, content_terms, find_terms
from newsqa.text import Offsets
from newsqa.text.boundaries import is_boundary
from newsqa.text.dates import find_dates, find_times
from newsqa.text.numbers import Quantity, find_quantities

COUNTED_CHARS = 20
"""Characters after a figure in which what it counts is looked for."""

COUNTED_BONUS_CHARS = 40
"""Characters of distance that a figure makes up for by counting what the question asks the number of."""

HEDGE_CHARS = 16
"""Characters before a figure in which a word such as "about" is looked for."""

MAX_DISTANCE_CHARS = 100
"""Characters; a greater distance counts as this."""

_DIMENSIONS: Mapping[AnswerType, frozenset[str]] = {
    "money": frozenset(("money",)),
    "share": frozenset(("share",)),
    "duration": frozenset(("time", "months")),
    "age": frozenset(("", "time", "months")),
}
"""The dimensions of the figures that answer a question for one kind."""

_OTHER_DIMENSIONS: Mapping[AnswerType, frozenset[str]] = {
    "number": frozenset(("money", "share")),
    "amount": frozenset(("time", "months")),
    "measure": frozenset(("", "money", "share", "time", "months")),
}
"""The dimensions of the figures that do not answer a question for one kind."""

_CAPITALISED = (
    r"\p{Lu}[\p{L}\p{M}\p{N}]*(?:(?:[-'’&]|\.(?=\p{Lu}))\p{L}[\p{L}\p{M}\p{N}]*)*"
    r"(?:(?<=\b\p{Lu}|\b[DMS]r|Mrs)\.(?=\s\p{Lu}))?"
)
_NAME = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}]){_CAPITALISED}"
    rf"(?:\s(?:(?:of|de|der|den|von|van|du|la|del|di|da|dos|bin|al)\s){{0,2}}{_CAPITALISED})*"
)
_HAN_NAME = regex.compile(r"\p{Han}{1,6}(?:·\p{Han}{1,8})+")
_FIRST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}.]+\W*")
_POSSESSIVE = regex.compile(r"['’]s$")
_YEAR = regex.compile(
    r"(?<![\p{L}\p{N}.,/-])(?:1[0-9]|20)\d\d(?:s|er[ns]?|年)?(?![\p{Latin}\p{Cyrillic}\p{N}/-]|[.,]\p{N})"
)
_IN_COMPOUND = regex.compile(r"[-–][\p{L}\p{N}]")
_TIME_JOINT = regex.compile(r",?\s(?:\p{L}{1,3}\s)?|\s?[–-]\s?")
"""What may be between two parts of a time: "7 p.m. on Friday"."""


def find_spans(
    text: str, kind: AnswerType, language: str, common: Set[str] = frozenset()
) -> list[Offsets]:
    """Return the spans of ``text`` that can answer a question for ``kind``, in order.

    >>> text = "Maeve Dolan spent 5 million euros on 3 May."
    >>> def show(kind):
    ...     return [text[start:end] for start, end in find_spans(text, kind, "en")]
    >>> show("person"), show("money"), show("time")
    (['Maeve Dolan'], ['5 million euros'], ['3 May'])

    Args:
        text: A sentence.
        kind: The kind of answer wanted.
        language: The sentence's language.
        common: Words that are not names, though a sentence may begin with them.
    """
    if kind in ("reason", "other"):
        return []
    spans: Iterable[Offsets]
    if kind in ("person", "place", "name"):
        spans = _find_names(text, kind, language, common)
    elif kind == "time":
        spans = _find_times(text, language)
    else:
        spans = _find_figures(text, kind, language)
    return [_to_boundaries(text, *span) for span in spans]


def _find_names(text: str, kind: AnswerType, language: str, common: Set[str]) -> Iterator[Offsets]:
    if language in CASELESS_LANGUAGES:
        yield from (match.span() for match in _HAN_NAME.finditer(text))
        return
    times = _find_times(text, language)
    for match in _NAME.finditer(text):
        start, end = _without_common(text, match.start(), match.end(), common)
        is_word = " " not in text[start:end]
        may_be_noun = language in CAPITAL_NOUN_LANGUAGES and kind == "person"
        is_doubtful = is_word and (may_be_noun or (start == 0 and kind == "place"))
        if start < end and not is_doubtful and not _is_in(times, start):
            yield start, end


def _without_common(text: str, start: int, end: int, common: Set[str]) -> Offsets:
    """Return the name without common words before it and without a possessive ending."""
    while start < end:
        word = _FIRST_WORD.match(text, start, end)
        if not word or word[0].rstrip().casefold().strip(".,") not in common:
            break
        start = word.end()
    possessive = _POSSESSIVE.search(text, start, end)
    return start, possessive.start() if possessive else end


def _find_times(text: str, language: str) -> list[Offsets]:
    """Return the dates, times of the clock and years, with those that belong together as one."""
    known = frozenset({language})
    parts = [(date.start, date.end) for date in find_dates(text, known)]
    parts += [(time.start, time.end) for time in find_times(text, known)]
    parts += [match.span() for match in _YEAR.finditer(text) if not _is_in(parts, match.start())]
    times: list[Offsets] = []
    for start, end in sorted(parts):
        if times and _TIME_JOINT.fullmatch(text, times[-1][1], start):
            times[-1] = times[-1][0], end
        elif not times or start >= times[-1][1]:
            times.append((start, end))
    return times


def _find_figures(text: str, kind: AnswerType, language: str) -> Iterator[Offsets]:
    times = _find_times(text, language)
    for quantity in find_quantities(text, frozenset({language})):
        if not _is_count(text, quantity) or not _answers(quantity, kind):
            continue
        if quantity.has_unit or not _is_in(times, quantity.start):
            hedge = _hedges(language).search(
                text, max(quantity.start - HEDGE_CHARS, 0), quantity.start
            )
            yield hedge.start() if hedge else quantity.start, quantity.end


@cache
def _hedges(language: str) -> regex.Pattern[str]:
    rounding = language_of(language).rounding
    words = any_of((*rounding.above, *rounding.below, *rounding.around))
    start = r"\b" if language_of(language).has_spaces else ""
    return regex.compile(rf"{start}(?:{words})\s?$", regex.IGNORECASE)


def _is_count(text: str, quantity: Quantity) -> bool:
    is_number = quantity.kind in ("cardinal", "plural") and not quantity.numeral.is_ambiguous
    return is_number and not (_IN_COMPOUND.match(text, quantity.end) and not quantity.has_unit)


def _answers(quantity: Quantity, kind: AnswerType) -> bool:
    dimensions = {amount.dimension.partition(":")[0] for amount in quantity.amounts}
    if kind in _DIMENSIONS:
        return not dimensions.isdisjoint(_DIMENSIONS[kind])
    return not dimensions <= _OTHER_DIMENSIONS.get(kind, frozenset())


def _is_in(spans: Iterable[Offsets], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _to_boundaries(text: str, start: int, end: int) -> Offsets:
    """Return the span, widened so that no word or figure is cut."""
    while start > 0 and not is_boundary(text, start):
        start -= 1
    while end < len(text) and not is_boundary(text, end):
        end += 1
    return start, end


# The span that answers ----------------------------------------------------------------------------


def select_span(
    question: Question, text: str, weights: Mapping[str, float], common: Set[str]
) -> Offsets | None:
    """Return the span of a sentence that answers best, if one is of the kind asked for.

    A span that only repeats the question is not an answer.

    Args:
        question: The question.
        text: The sentence.
        weights: The weight of each of the question's keys.
        common: Words that are not names, though a sentence may begin with them.
    """
    spans = find_spans(text, question.kind, question.language, common)
    places = [term for term in find_terms(text, question.language) if term.key in weights]
    new = [span for span in spans if says_more(question, text[slice(*span)])]
    return min(new, key=lambda span: _cost(question, text, span, places, weights), default=None)


def says_more(question: Question, text: str) -> bool:
    """Return whether ``text`` has a content word that the question does not have."""
    keys = {term.key for term in content_terms(text, question.language)}
    return bool(keys) and not keys.issubset(question.keys)


def _cost(
    question: Question,
    text: str,
    span: Offsets,
    places: Sequence[Term],
    weights: Mapping[str, float],
) -> float:
    """Return the weighted mean distance from a span to the question's terms, in characters."""
    total = sum(weights[place.key] for place in places) or 1.0
    gaps = (
        weights[place.key]
        * min(max(place.start - span[1], span[0] - place.end, 0), MAX_DISTANCE_CHARS)
        for place in places
    )
    return sum(gaps) / total - COUNTED_BONUS_CHARS * _is_counted(question, text, span)


def _is_counted(question: Question, text: str, span: Offsets) -> bool:
    if question.kind not in ("number", "amount"):
        return False
    after = find_terms(text[span[0] : span[1] + COUNTED_CHARS], question.language)
    return any(term.key in question.counted for term in after)
