"""Foreign figures: digits of a script that the text is not in."""

from __future__ import annotations

import pytest

from newsqa.checks.figures.check import find_foreign_figures


@pytest.mark.parametrize(
    ("claim", "figures"),
    [
        ("रोज़ 12,৪00 गाड़ियाँ", ["12,৪00"]),
        ("It has 1২ berths.", ["1২"]),
        ("It has ১২ berths.", ["১২"]),
        ("रोज़ १२,४०० गाड़ियाँ", []),
        ("شارك ١٢٠٠ و۱۲ شخص", []),
        ("８万６千人", []),
        ("It has 12 berths.", []),
    ],
)
def test_a_digit_of_another_script_is_foreign(claim: str, figures: list[str]) -> None:
    """Digits of the text's own script and those that all scripts use are not."""
    assert [claim[start:end] for start, end in find_foreign_figures(claim, [])] == figures


def test_a_figure_of_the_evidence_is_not_foreign() -> None:
    """A claim may repeat it."""
    assert list(find_foreign_figures("It has ১২ berths.", ["The sign says ১২."])) == []


def test_a_digit_newer_than_python_s_unicode_data_is_passed_over() -> None:
    """Its script is not known."""
    assert list(find_foreign_figures("\U0001ccf0", ["1"])) == []
