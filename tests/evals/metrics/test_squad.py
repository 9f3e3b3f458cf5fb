"""Exact match and F1 of short answers, as SQuAD 2.0 defines them.

The figures in ``SCORED`` and of the data sets below are what the official ``evaluate-v2.0.py`` gave
for these texts, which were written for this file.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.evals.metrics import squad

SCORED: list[tuple[str, list[str], int, float]] = [
    ("16 May", ["16 May"], 1, 1.0),
    ("On 16 May.", ["16 May", "Friday, 16 May"], 0, 0.8),
    ("the Harbour Office", ["Harbour Office"], 1, 1.0),
    ("THE HARBOUR OFFICE!", ["an harbour office"], 1, 1.0),
    ("a theatre in Anholt", ["the theatre in Anholt"], 1, 1.0),
    ("theatre", ["the theatre"], 1, 1.0),
    ("A", ["the"], 1, 1.0),
    ("A", ["a cat", "cat"], 0, 0.0),
    ("A", [], 1, 1.0),
    ("", [], 1, 1.0),
    ("", ["the"], 1, 1.0),
    ("...", ["?!"], 1, 1.0),
    ("...", ["16 May"], 0, 0.0),
    (" \t\n", [], 1, 1.0),
    ("nobody", [], 0, 0.0),
    ("", ["16 May"], 0, 0.0),
    ("16 May", ["...", "16 May", "the"], 1, 1.0),
    ("12.5%", ["12.5 %"], 1, 1.0),
    ("12.5%", ["125"], 1, 1.0),
    ("$1,200", ["1200"], 1, 1.0),
    ("5.50 a.m.", ["5.50 am"], 1, 1.0),
    ("5.50 a.m.", ["5.50 A.M", "550"], 1, 1.0),
    ("a-the-an", ["athean"], 1, 1.0),
    ("the_crane", ["crane"], 0, 0.0),
    ("“the crane”", ["the crane"], 0, 0.0),
    ("“the crane”", ["crane"], 0, 0.0),
    ("crane’s", ["crane's", "cranes"], 0, 0.0),
    ("cranes", ["crane's"], 1, 1.0),
    ("crane — driver", ["crane driver"], 0, 0.8),
    ("crane - driver", ["crane driver"], 1, 1.0),
    ("crane\xa0driver", ["crane driver"], 1, 1.0),
    ("crane\u200bdriver", ["crane driver"], 0, 0.0),
    ("crane\u2003the\u2028driver", ["Crane Driver"], 1, 1.0),
    ("no no no", ["no no"], 0, 0.8),
    ("no", ["no no no"], 0, 0.5),
    ("to be or not to be", ["not to be", "to be"], 0, 0.6666666666666666),
    (
        "dismissed in May by Tomas Arrel",
        ["Tomas Arrel was dismissed in May"],
        0,
        0.8333333333333334,
    ),
    ("Arrel", ["Tomas Arrel", "Mr. Tomas Arrel"], 0, 0.6666666666666666),
    ("STRAßE", ["strasse", "straße"], 1, 1.0),
    ("STRASSE", ["straße"], 0, 0.0),
    ("", ["the", "16 May"], 0, 0.0),
    ("İzmir", ["izmir"], 0, 0.0),
    ("café", ["cafe\u0301"], 0, 0.0),
    ("the\u0301 crane", ["crane"], 0, 0.6666666666666666),
    ("三月三日", ["三月"], 0, 0.0),
    ("三月 三日", ["三月"], 0, 0.6666666666666666),
    ("ª crane", ["a crane"], 0, 0.6666666666666666),
    ("1a crane", ["1 crane"], 0, 0.5),
]
"""Prediction, gold answers, exact match and F1."""

GOLDS = {
    "when": ["16 May", "Friday, 16 May"],
    "who": ["Tomas Arrel"],
    "where": ["the Harbour Office"],
    "why": ["a container was set down on a service van"],
    "cost": [],
    "next": [],
    "weather": [],
}
PREDICTIONS = {
    "when": "On 16 May.",
    "who": "Arrel",
    "where": "harbour office",
    "why": "the container hit a van",
    "cost": "",
    "next": "19 June",
    "weather": "the",
}
PROBABILITIES = {
    "when": 0.1,
    "who": 0.35,
    "where": 0.6,
    "why": 0.9,
    "cost": 0.8,
    "next": 0.7,
    "weather": 0.35,
}
ANSWERABLE = ("when", "who", "where", "why")

ALL = {
    "exact": 42.857142857142854,
    "f1": 69.52380952380953,
    "total": 7,
    "HasAns_exact": 25.0,
    "HasAns_f1": 71.66666666666667,
    "HasAns_total": 4,
    "NoAns_exact": 66.66666666666667,
    "NoAns_f1": 66.66666666666667,
    "NoAns_total": 3,
}
BEST = {
    "best_exact": 42.857142857142854,
    "best_exact_thresh": 0.0,
    "best_f1": 63.80952380952381,
    "best_f1_thresh": 0.35,
}
ABOVE_A_HALF = {
    "exact": 42.857142857142854,
    "f1": 63.80952380952381,
    "total": 7,
    "HasAns_exact": 0.0,
    "HasAns_f1": 36.66666666666667,
    "HasAns_total": 4,
    "NoAns_exact": 100.0,
    "NoAns_f1": 100.0,
    "NoAns_total": 3,
}

_texts = st.text(alphabet="aAn the.,-’é中\u00a01", max_size=12)
_golds = st.lists(_texts, max_size=4)


@pytest.mark.parametrize(("prediction", "golds", "exact", "overlap"), SCORED)
def test_an_answer_scores_as_the_official_script_has_it(
    prediction: str, golds: list[str], exact: int, overlap: float
) -> None:
    """To the last digit: F1 decides between thresholds."""
    assert (squad.exact_match(prediction, golds), squad.f1(prediction, golds)) == (exact, overlap)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ALL),
        ({"no_answer_probabilities": PROBABILITIES}, ALL | BEST),
        ({"no_answer_probabilities": PROBABILITIES, "threshold": 0.5}, ABOVE_A_HALF | BEST),
    ],
    ids=["plain", "probabilities", "threshold"],
)
def test_a_data_set_scores_as_the_official_script_has_it(
    options: dict[str, Any], expected: dict[str, float]
) -> None:
    """Under the script's names, in per cent, with the best threshold where there are probabilities."""
    scores = squad.score(PREDICTIONS, GOLDS, **options)
    assert scores.model_dump(exclude_none=True) == expected


def test_the_borders_of_a_data_set_are_those_of_the_official_script() -> None:
    """A probability at the threshold is not above it, a gold answer of nothing is still an answer,
    and an empty prediction where there is no answer does no harm on the way to the best threshold.
    """
    scores = squad.score(
        {"who": "Tomas Arrel", "what": "", "cost": "", "next": "19 June"},
        {"who": ["Tomas Arrel"], "what": ["the"], "cost": [], "next": []},
        no_answer_probabilities={"cost": 0.2, "who": 0.35, "what": 0.5, "next": 0.9},
        threshold=0.35,
    ).model_dump()
    assert scores == {
        "exact": 75.0,
        "f1": 75.0,
        "total": 4,
        "HasAns_exact": 50.0,
        "HasAns_f1": 50.0,
        "HasAns_total": 2,
        "NoAns_exact": 100.0,
        "NoAns_f1": 100.0,
        "NoAns_total": 2,
        "best_exact": 100.0,
        "best_exact_thresh": 0.5,
        "best_f1": 100.0,
        "best_f1_thresh": 0.5,
    }


def test_only_answerable_questions_give_no_figures_for_the_others() -> None:
    """A mean over nothing is left out, and not 0."""
    golds = {name: GOLDS[name] for name in ANSWERABLE}
    scores = squad.score(PREDICTIONS, golds).model_dump(exclude_none=True)
    assert scores == {
        "exact": 25.0,
        "f1": 71.66666666666667,
        "total": 4,
        "HasAns_exact": 25.0,
        "HasAns_f1": 71.66666666666667,
        "HasAns_total": 4,
    }


def test_only_unanswerable_questions_are_best_left_unanswered() -> None:
    """The best threshold is then 0: abstain always."""
    golds = {name: golds for name, golds in GOLDS.items() if not golds}
    scores = squad.score(
        PREDICTIONS, golds, no_answer_probabilities=PROBABILITIES, threshold=0.75
    ).model_dump(exclude_none=True)
    assert scores == {
        "exact": 66.66666666666667,
        "f1": 66.66666666666667,
        "total": 3,
        "NoAns_exact": 66.66666666666667,
        "NoAns_f1": 66.66666666666667,
        "NoAns_total": 3,
        "best_exact": 100.0,
        "best_exact_thresh": 0.0,
        "best_f1": 100.0,
        "best_f1_thresh": 0.0,
    }


def test_a_question_without_a_prediction_is_named() -> None:
    """A forgotten question must not pass for an abstention."""
    with pytest.raises(ValueError, match=r"'who'.* has no prediction"):
        squad.score({"when": "16 May"}, {"when": ["16 May"], "who": ["Arrel"]})


def test_a_question_without_a_probability_is_named() -> None:
    """Probabilities are for all questions or for none."""
    with pytest.raises(ValueError, match=r"'who'.* has no probability"):
        squad.score(PREDICTIONS, GOLDS, no_answer_probabilities={"when": 0.1})


def test_no_question_is_no_score() -> None:
    """A mean over nothing is no figure."""
    with pytest.raises(ValueError, match="no question"):
        squad.score({}, {})


@given(_texts, _golds)
def test_scores_are_shares(prediction: str, golds: list[str]) -> None:
    """Exact match is yes or no, and an exact match has all words."""
    exact, overlap = squad.exact_match(prediction, golds), squad.f1(prediction, golds)
    assert exact in (0.0, 1.0)
    assert exact <= overlap <= 1.0


@given(_texts, _golds.flatmap(lambda golds: st.tuples(st.just(golds), st.permutations(golds))))
def test_the_order_of_gold_answers_does_not_matter(
    prediction: str, orders: tuple[list[str], list[str]]
) -> None:
    """The best of them counts."""
    given_order, other_order = orders
    assert squad.exact_match(prediction, given_order) == squad.exact_match(prediction, other_order)
    assert squad.f1(prediction, given_order) == squad.f1(prediction, other_order)


@given(_texts, _texts)
def test_one_gold_answer_may_change_places_with_the_prediction(first: str, second: str) -> None:
    """Precision and recall change places, and F1 stays."""
    assert squad.exact_match(first, [second]) == squad.exact_match(second, [first])
    assert squad.f1(first, [second]) == squad.f1(second, [first])


@given(_texts)
def test_what_is_normal_stays(text: str) -> None:
    """No white space but single blanks between words is left."""
    normal = squad.normalize(text)
    assert normal == " ".join(normal.split())
