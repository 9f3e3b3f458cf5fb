"""Scoring: an answer held against what its case expects."""

from __future__ import annotations

import re
from typing import Any

from newsqa.answers.answer import Answer
from newsqa.evals.cases import Case
from newsqa.evals.expectations import Pattern
from newsqa.evals.metrics import mlqa, squad
from newsqa.evals.metrics.alce import Judge, citation_quality
from newsqa.evals.metrics.precision_recall import PrecisionRecall, covers, is_hit, sentence_scores
from newsqa.evals.results import Result
from newsqa.usage import Usage

_ENGLISH = "en"
_WRONG = PrecisionRecall.of(0.0, 0.0)


def score_answer(
    case: Case, answer: Answer, *, seconds: float, judge: Judge | None = None
) -> Result:
    """How ``answer``, given after ``seconds``, stands to what ``case`` expects.

    Short answers are compared by SQuAD's rules in English, and by MLQA's in other languages.
    """
    abstained = answer.status == "not_in_article"
    prediction = "" if abstained else answer.short or answer.text
    exact, f1 = _overlap(case, prediction, abstained=abstained)
    expected, shown = case.expected, [c for claim in answer.claims for c in claim.citations]
    return Result(
        **_about(case),
        prediction=prediction,
        status=answer.status,
        right_status=answer.status in expected.statuses,
        exact=exact,
        f1=f1,
        hit=is_hit(answer.citations, case.gold_spans) if expected.spans else None,
        evidence=_evidence(case, answer) if expected.evidence else None,
        must_cite=_cites_all(case, answer) if expected.must_cite else None,
        must_not_say=not said_against(case, answer) if expected.must_not_say else None,
        entailment=citation_quality(answer, case.article, judge=judge) if judge else None,
        valid_citations=sum(c.slice(case.article.text) == c.text for c in shown),
        citation_lengths=tuple(c.end - c.start for c in shown),
        seconds=seconds,
        usage=answer.usage,
        answer=answer,
    )


def score_failure(case: Case, error: Exception, *, seconds: float, usage: Usage) -> Result:
    """The result of a case that has no answer: wrong in all that is expected of it."""
    expected = case.expected
    is_scored = bool(expected.short) or not expected.answerable
    return Result(
        **_about(case),
        prediction="",
        status=None,
        right_status=False,
        exact=0.0 if is_scored else None,
        f1=0.0 if is_scored else None,
        hit=False if expected.spans else None,
        evidence=_WRONG if expected.evidence else None,
        must_cite=False if expected.must_cite else None,
        must_not_say=False if expected.must_not_say else None,
        seconds=seconds,
        usage=usage,
        answer=None,
        error=f"{type(error).__name__}: {error}",
    )


def said_against(case: Case, answer: Answer) -> list[str]:
    """What of ``must_not_say`` the answer says, in its text or its short form."""
    said = f"{answer.text}\n{answer.short}"
    return [
        words.pattern if isinstance(words, Pattern) else words
        for words in case.expected.must_not_say
        if _says(said, words)
    ]


def _says(said: str, words: str | Pattern) -> bool:
    if isinstance(words, Pattern):
        return re.search(words.pattern, said) is not None
    return words.casefold() in said.casefold()


def _about(case: Case) -> dict[str, Any]:
    expected = case.expected
    is_open = expected.answerable and expected.may_abstain
    answerable = None if is_open else expected.answerable
    return {"id": case.id, "tags": case.tags, "answerable": answerable}


def _overlap(
    case: Case, prediction: str, *, abstained: bool
) -> tuple[float, float] | tuple[None, None]:
    """EM and F1, from 0 to 1; nothing for a case that expects no short answer."""
    golds, language = case.expected.short, case.language_code
    if case.expected.answerable and not golds:
        return None, None
    if abstained and case.expected.may_abstain:
        return 1.0, 1.0
    if language == _ENGLISH or not golds:
        return squad.exact_match(prediction, golds), squad.f1(prediction, golds)
    return mlqa.exact_match(prediction, golds, language), mlqa.f1(prediction, golds, language)


def _evidence(case: Case, answer: Answer) -> PrecisionRecall:
    cited = {number for citation in answer.citations for number in citation.sentences}
    return sentence_scores(cited, case.gold_sentences)


def _cites_all(case: Case, answer: Answer) -> bool:
    """Whether each place is held by a citation; of a sentence by its number, touched."""
    return all(
        (is_hit if isinstance(place, int) else covers)(answer.citations, case.places(place))
        for place in case.expected.must_cite
    )
