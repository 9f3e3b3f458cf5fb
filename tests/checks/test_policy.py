"""The policy: what becomes of a claim with findings."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import ValidationError

from newsqa.answers.finding import CheckName
from newsqa.checks.policy import CheckPolicy


def test_figures_and_quotations_refuse_and_the_rest_marks() -> None:
    """By default."""
    assert CheckPolicy().model_dump() == {
        "figures": "strict",
        "quotations": "strict",
        "dates": "mark",
        "names": "mark",
        "negation": "mark",
        "hedges": "mark",
    }


def test_there_is_an_action_for_every_check() -> None:
    """A new check has to be placed."""
    assert set(CheckPolicy.model_fields) == set(get_args(CheckName))


@pytest.mark.parametrize("action", ["strict", "mark", "off"])
def test_one_word_is_for_all_checks(action: str) -> None:
    """As in ``NEWSQA_CHECKS=off``."""
    assert set(CheckPolicy.model_validate(action).model_dump().values()) == {action}


def test_text_may_name_some_checks() -> None:
    """The others keep their defaults."""
    policy = CheckPolicy.model_validate(" names=off, figures = mark ")
    assert policy == CheckPolicy(names="off", figures="mark")


def test_empty_text_changes_nothing() -> None:
    """As an empty variable does not."""
    assert CheckPolicy.model_validate("") == CheckPolicy()


@pytest.mark.parametrize("text", ["loud", "names=loud", "faces=off", "names", "names=off,strict"])
def test_what_is_no_policy_is_refused(text: str) -> None:
    """An unknown check or action."""
    with pytest.raises(ValidationError):
        CheckPolicy.model_validate(text)


def test_the_action_of_a_check_can_be_asked_for() -> None:
    """By its name."""
    assert CheckPolicy(dates="strict").action("dates") == "strict"
