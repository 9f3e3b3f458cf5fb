"""The embedded reader: answers with the article's own sentences, without a language model.

English is read by a small trained model, which finds the words that answer and says how probable it is
that they are right. Other languages, and installations without NumPy, have the lexical ranking alone.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from newsqa.answers.draft import ClosestBecause, Draft, DraftClaim, Evidence
from newsqa.article.passages import Passage
from newsqa.readers import EXTRACTIVE, Reading, Revision
from newsqa.readers.extractive import trained
from newsqa.readers.extractive.answer_spans import find_spans, says_more
from newsqa.readers.extractive.question import Question, find_form
from newsqa.readers.extractive.ranking import Ranked, rank
from newsqa.text import Offsets, on_one_line

LEXICAL_VERSION = "lexical-2"
"""The part and its version, in ``Answer.model``."""

MIN_COVERAGE = 0.22
"""Share of the question's weight that the best sentence and its neighbours must have.

Chosen on one half of the articles measured with: the lexical part abstains on 5 to 7 % of the answerable
questions, and on a third of those that belong to another article.
"""

_DATE = re.compile(r"\bdates?\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_REST_OF_NAME = re.compile(r"(?:\s[A-Z]\w+)+")

MAX_CLOSEST = 3
"""Sentences that are given where none answers surely enough."""


class ExtractiveReader:
    """Picks the sentence that answers and the words in it, or the sentences that come closest.

    It is deterministic, reads any language, and has no limit of length.
    """

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Draft an answer of one to three sentences; after a ``revision``, without quotes of parts."""
        # In a thread: a very long article takes seconds, and others wait on the event loop.
        reading = await asyncio.to_thread(_read_parts, passage, question)
        return _without_quotes(reading) if revision else reading

    async def aclose(self) -> None:
        """Do nothing: there is nothing to close."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence's number and text, and the offsets in it of the words that answer, if there are any."""

    number: int
    text: str
    span: Offsets | None


def _read_parts(passage: Passage, question: str) -> Reading:
    """Read each article by itself, and return the reading that answers best."""
    if len(passage.articles) == 1:
        return _read(passage, question)[0]
    readings = []
    for part in passage.parts:
        numbers = [sentence.number - part.first + 1 for sentence in part.sentences]
        reading, fit = _read(Passage.of_numbers(part.article, numbers), question)
        reading = _renumbered(reading, part.first - 1)
        readings.append((bool(reading.draft.claims), bool(reading.draft.short), fit, reading))
    return max(readings, key=lambda item: item[:3])[3] if readings else _nothing(LEXICAL_VERSION)


def _renumbered(reading: Reading, before: int) -> Reading:
    """Return a reading of one article with sentences that are numbered across all of them."""
    return _with_evidence(reading, lambda e: {"sentence": e.sentence + before})


def _read(passage: Passage, question: str) -> tuple[Reading, float]:
    """Return the reading of one article, and how well it fits: a probability, or a coverage."""
    ranked = rank(passage, question)
    has_terms = bool(Question.of(question, "en").terms)
    if has_terms and trained.is_readable(passage, question):
        parts = trained.load_trained()
        if parts is not None:
            reading = _read_trained(parts, passage, question, ranked)
            return reading, reading.probability or 0.0
    if not ranked or ranked[0].coverage < MIN_COVERAGE:
        return _nothing(LEXICAL_VERSION), 0.0
    found = [_Found(r.sentence.number, r.sentence.text, r.span) for r in ranked[:MAX_CLOSEST]]
    return _closest(found, "unsure", LEXICAL_VERSION), ranked[0].coverage


def _read_trained(
    parts: trained.Trained, passage: Passage, question: str, ranked: Sequence[Ranked]
) -> Reading:
    case = trained.gather_case(parts.model, passage, question, ranked)
    if not case.candidates:
        return _nothing(trained.VERSION)
    judgement = parts.calibration.judge(case)
    if judgement.answerable < parts.calibration.abstain:
        return _nothing(trained.VERSION)
    sentences = passage.article.sentences
    found = []
    for candidate in judgement.ranked[:MAX_CLOSEST]:
        sentence = sentences[candidate.number - 1]
        span = candidate.start - sentence.start, candidate.end - sentence.start
        found.append(_Found(sentence.number, sentence.text, span))
    because = _no_span(question, found[0])
    if because is None and judgement.right >= parts.calibration.short_form:
        reading = _answered(found[0], trained.VERSION)
    else:
        reading = _closest(found, because or "unsure", trained.VERSION)
    return replace(reading, probability=round(judgement.right, 3))


def _no_span(question: str, best: _Found) -> ClosestBecause | None:
    """Return why the words found cannot answer, whatever their probability; None if they can."""
    form = find_form(question, "en")
    if form or not best.span:
        return form
    asked, words = Question.of(question, "en"), best.text[slice(*best.span)]
    if asked.kind == "number" and not find_spans(words, "number", "en"):
        return "count"
    if asked.kind == "time" and _DATE.search(question) and not _FIGURE.search(words):
        return "unsure"
    if asked.kind in ("person", "other") and not says_more(asked, _with_rest_of_name(best)):
        return "unsure"
    return None


def _with_rest_of_name(found: _Found) -> str:
    """Return the words found, with the rest of a name that begins in them."""
    start, end = found.span or (0, len(found.text))
    rest = _REST_OF_NAME.match(found.text, end)
    return found.text[start : rest.end() if rest else end]


def _nothing(part: str) -> Reading:
    draft = Draft(claims=(), short="", status="not_in_article")
    return Reading(draft, f"{EXTRACTIVE}/{part}")


def _answered(best: _Found, part: str) -> Reading:
    span = best.text[slice(*best.span)] if best.span else best.text
    draft = Draft(claims=(_claim(best),), short=on_one_line(span), status="answered")
    return Reading(draft, f"{EXTRACTIVE}/{part}")


def _closest(found: Sequence[_Found], because: ClosestBecause, part: str) -> Reading:
    draft = Draft(claims=tuple(map(_claim, found)), short="", status="answered")
    return Reading(draft, f"{EXTRACTIVE}/{part}", closest_because=because)


def _claim(found: _Found) -> DraftClaim:
    span = found.text[slice(*found.span)] if found.span else ""
    # A quote that occurs twice in its sentence would be ambiguous.
    quote = span if found.text.count(span) == 1 else ""
    evidence = Evidence(sentence=found.number, quote=quote)
    return DraftClaim(evidence=(evidence,), text=on_one_line(found.text))


def _without_quotes(reading: Reading) -> Reading:
    return _with_evidence(reading, lambda _: {"quote": ""})


def _with_evidence(reading: Reading, change: Callable[[Evidence], dict[str, object]]) -> Reading:
    """Return a reading with changes to each piece of its evidence."""
    claims = tuple(
        claim.model_copy(
            update={"evidence": tuple(e.model_copy(update=change(e)) for e in claim.evidence)}
        )
        for claim in reading.draft.claims
    )
    return replace(reading, draft=reading.draft.model_copy(update={"claims": claims}))
