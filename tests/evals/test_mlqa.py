"""Exact match and F1 of short answers in several languages, as MLQA defines them.

The figures in ``SCORED`` were computed by the official ``mlqa_evaluation_v1.py`` for its languages and
by ``evaluate-v1.1.py`` for the others, over these texts, which were written for this file.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.evals.formulas import mlqa_exact_match, mlqa_f1

SCORED: list[tuple[str, str, list[str], int, float]] = [
    ("en", "“the crane”", ["crane"], 1, 1.0),
    ("en", "crane — driver", ["the crane driver"], 1, 1.0),
    ("en", "12.5 %", ["125"], 1, 1.0),
    ("en", "5 €", ["5"], 0, 0.6666666666666666),
    ("en", "...", ["?!"], 1, 0.0),
    ("en", "", ["crane"], 0, 0.0),
    ("en", "the", ["a"], 1, 0.0),
    ("de", "der Kran im Hafen", ["Kran im Hafen"], 1, 1.0),
    ("de", "Des Krans", ["dem Kran", "ein Krans"], 1, 1.0),
    ("de", "„Nordlicht“", ["die Nordlicht"], 1, 1.0),
    ("de", "derzeit", ["der zeit"], 0, 0.0),
    ("es", "el puerto de la isla", ["puerto de isla"], 1, 1.0),
    ("es", "¿Unos barcos?", ["las barcos"], 1, 1.0),
    ("es", "del puerto", ["puerto"], 0, 0.6666666666666666),
    ("es", "Élla", ["él la"], 0, 0.0),
    ("vi", "những chiếc tàu", ["tàu"], 1, 1.0),
    ("vi", "tàu của cảng", ["Tàu cảng"], 1, 1.0),
    ("vi", "cu\u0309a cảng", ["của cảng"], 0, 0.6666666666666666),
    ("ar", "الميناء", ["ميناء"], 1, 1.0),
    ("ar", "في الميناء، الجديد", ["ميناء جديد"], 0, 0.8),
    ("ar", "والميناء", ["و ميناء"], 1, 1.0),
    ("ar", "خيال", ["خي"], 1, 1.0),
    ("ar", "٣ مايو؟", ["٣ مايو"], 1, 1.0),
    ("hi", "बंदरगाह।", ["बंदरगाह"], 1, 1.0),
    ("hi", "नया बंदरगाह", ["बंदरगाह", "पुराना बंदरगाह"], 0, 0.6666666666666666),
    ("hi", "the बंदरगाह", ["बंदरगाह"], 0, 0.6666666666666666),
    ("zh", "三月三日", ["三月"], 0, 0.6666666666666666),
    ("zh", "港口关闭。", ["港口 关闭"], 1, 1.0),
    ("zh", "在2025年5月", ["2025年"], 0, 0.5714285714285715),
    ("zh", "ABC港口", ["abc 港"], 0, 0.8),
    ("zh", "〇五號", ["五號"], 0, 0.8),
    ("zh", "㐀港", ["港"], 0, 0.6666666666666666),
    ("zh", "\u9fcd\u9fce", ["\u9fcd"], 0, 0.0),
    ("ru", "«Порт» закрыт", ["порт закрыт"], 0, 0.5),
    ("ru", "Порт закрыт.", ["порт закрыт"], 1, 1.0),
    ("ru", "the порт", ["Порт"], 1, 1.0),
    ("ru", "с 3 мая", ["3 мая", "мая 3 года"], 0, 0.8),
    ("ru", "...", ["?!"], 1, 0.0),
    ("el", "ΛΙΜΑΝΙΟΎ", ["λιμανιού"], 1, 1.0),
    ("tr", "the liman", ["Liman"], 1, 1.0),
    ("th", "ท่าเรือปิด", ["ท่าเรือ"], 0, 0.0),
]
"""Language, prediction, gold answers, exact match and F1."""

_languages = st.sampled_from(["ar", "de", "en", "es", "hi", "ru", "th", "vi", "zh"])
_texts = st.text(alphabet="aAl the der.,-’é中文港ال порт।", max_size=12)
_golds = st.lists(_texts, max_size=4)


@pytest.mark.parametrize(("language", "prediction", "golds", "exact", "overlap"), SCORED)
def test_scores_equal_those_of_the_official_script(
    language: str, prediction: str, golds: list[str], exact: int, overlap: float
) -> None:
    """An answer that normalizes to nothing matches nothing exactly, with an F1 of 0."""
    assert mlqa_exact_match(prediction, golds, language) == exact
    assert mlqa_f1(prediction, golds, language) == overlap


@pytest.mark.parametrize(("prediction", "right"), [("", 1.0), ("。", 1.0), ("港口", 0.0)])
def test_without_gold_answers_only_an_empty_prediction_is_right(
    prediction: str, right: float
) -> None:
    """The rule is SQuAD 2.0's, because MLQA's script has none."""
    assert mlqa_exact_match(prediction, [], "zh") == right
    assert mlqa_f1(prediction, [], "zh") == right


@given(_texts, _golds, _languages)
def test_scores_lie_between_0_and_1(prediction: str, golds: list[str], language: str) -> None:
    """Exact match is 0 or 1."""
    assert mlqa_exact_match(prediction, golds, language) in (0.0, 1.0)
    assert 0.0 <= mlqa_f1(prediction, golds, language) <= 1.0


@given(
    _texts,
    _golds.flatmap(lambda golds: st.tuples(st.just(golds), st.permutations(golds))),
    _languages,
)
def test_order_of_gold_answers_does_not_matter(
    prediction: str, orders: tuple[list[str], list[str]], language: str
) -> None:
    """The best gold answer counts."""
    for measure in (mlqa_exact_match, mlqa_f1):
        scores = {measure(prediction, golds, language) for golds in orders}
        assert len(scores) == 1


@given(_texts, _texts, _languages)
def test_f1_is_symmetric_for_one_gold_answer(first: str, second: str, language: str) -> None:
    """Swapping prediction and gold answer swaps precision and recall."""
    assert mlqa_f1(first, [second], language) == mlqa_f1(second, [first], language)
