"""Exact match and F1 of short answers, as SQuAD 2.0 defines them.

The figures in ``SCORED`` are the output of the official ``evaluate-v2.0.py`` for these texts, which
were written for this file.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.evals.formulas import squad_exact_match, squad_f1, squad_normalize

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

_texts = st.text(alphabet="aAn the.,-’é中\u00a01", max_size=12)
_golds = st.lists(_texts, max_size=4)


@pytest.mark.parametrize(("prediction", "golds", "exact", "overlap"), SCORED)
def test_scores_equal_those_of_the_official_script(
    prediction: str, golds: list[str], exact: int, overlap: float
) -> None:
    """Exact match and F1 agree to the last digit."""
    assert (squad_exact_match(prediction, golds), squad_f1(prediction, golds)) == (exact, overlap)


@given(_texts, _golds)
def test_scores_lie_between_0_and_1(prediction: str, golds: list[str]) -> None:
    """Exact match is 0 or 1, and F1 is at least as high."""
    exact, overlap = squad_exact_match(prediction, golds), squad_f1(prediction, golds)
    assert exact in (0.0, 1.0)
    assert exact <= overlap <= 1.0


@given(_texts, _golds.flatmap(lambda golds: st.tuples(st.just(golds), st.permutations(golds))))
def test_order_of_gold_answers_does_not_matter(
    prediction: str, orders: tuple[list[str], list[str]]
) -> None:
    """The best gold answer counts."""
    given_order, other_order = orders
    assert squad_exact_match(prediction, given_order) == squad_exact_match(prediction, other_order)
    assert squad_f1(prediction, given_order) == squad_f1(prediction, other_order)


@given(_texts, _texts)
def test_scores_are_symmetric_for_one_gold_answer(first: str, second: str) -> None:
    """Swapping prediction and gold answer swaps precision and recall and keeps F1."""
    assert squad_exact_match(first, [second]) == squad_exact_match(second, [first])
    assert squad_f1(first, [second]) == squad_f1(second, [first])


@given(_texts)
def test_normalized_text_has_single_spaces_only(text: str) -> None:
    """Normalization leaves no other white space."""
    normal = squad_normalize(text)
    assert normal == " ".join(normal.split())
