"""The policy: what happens to a claim with findings."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from newsqa import Settings
from newsqa.checks.policy import CheckPolicy, select_checks
from newsqa.checks.run import built_in_checks
from newsqa.errors import ConfigurationError


def test_quotations_refuse_and_the_rest_marks() -> None:
    """These are the default actions."""
    policy = CheckPolicy()
    refusing = [
        check.name
        for check in built_in_checks()
        if policy.action(check.name, check.default_action) == "refuse"
    ]
    assert refusing == ["quotations"]


def test_a_figure_in_the_place_of_another_refuses() -> None:
    """Other figures mark: a few of them follow in ways that no check knows."""
    policy = CheckPolicy()
    assert policy.action("figures", rule="replaced") == "refuse"
    assert policy.action("figures") == "mark"


def test_an_action_for_a_check_is_for_all_its_rules() -> None:
    """A rule can still be named itself."""
    assert CheckPolicy(figures="mark").action("figures", rule="replaced") == "mark"
    named = CheckPolicy({"figures": "off", "figures.replaced": "mark"})
    assert named.action("figures", rule="replaced") == "mark"


@pytest.mark.parametrize("action", ["refuse", "mark", "off"])
def test_one_word_is_for_all_checks(action: str) -> None:
    """NEWSQA_CHECKS=off switches every check off."""
    policy = CheckPolicy.model_validate(action)
    assert {policy.action(c.name, c.default_action) for c in built_in_checks()} == {action}


def test_text_may_name_some_checks() -> None:
    """The others keep their default actions."""
    policy = CheckPolicy.model_validate(" names=off, figures = mark ")
    assert policy == CheckPolicy(names="off", figures="mark")


def test_all_stands_for_the_checks_that_are_not_named() -> None:
    """A named check keeps its own action."""
    policy = CheckPolicy.model_validate("all=off,names=mark")
    assert (policy.action("names"), policy.action("figures", "refuse")) == ("mark", "off")


def test_empty_text_changes_nothing() -> None:
    """An empty variable counts as unset."""
    assert CheckPolicy.model_validate("") == CheckPolicy()


@pytest.mark.parametrize(
    "text", ["loud", "names=loud", "names=strict", "faces=off", "names", "names=off,refuse"]
)
def test_what_is_not_a_policy_is_refused(text: str) -> None:
    """Unknown checks and actions raise."""
    with pytest.raises(ValidationError):
        CheckPolicy.model_validate(text)


def test_a_misspelled_check_is_refused_with_the_right_name() -> None:
    """The error says what was probably meant."""
    with pytest.raises(ValidationError, match="no check 'nmaes'; the nearest is 'names'"):
        CheckPolicy.model_validate("nmaes=off")


def test_a_misspelled_check_in_settings_is_a_configuration_error() -> None:
    """Settings raise their own error class, with the same words."""
    with pytest.raises(ConfigurationError, match="the nearest is 'hedges'"):
        Settings(checks="hegdes=off")  # type: ignore[arg-type]  # as text, from the environment


def test_a_policy_goes_through_json() -> None:
    """It is an object of names and actions."""
    policy = CheckPolicy(names="off", figures="mark")
    assert policy.model_dump() == {"names": "off", "figures": "mark"}
    assert CheckPolicy.model_validate_json(policy.model_dump_json()) == policy


def test_equal_policies_have_equal_hashes() -> None:
    """Settings with a policy are kept as the key of a cache."""
    one, other = CheckPolicy(names="off", dates="off"), CheckPolicy(dates="off", names="off")
    assert len({one, other}) == 1


def test_a_check_that_is_off_is_not_selected() -> None:
    """The others are, in their order."""
    policy = CheckPolicy.model_validate("all=off,dates=refuse,names=mark")
    assert [c.name for c in select_checks(policy)] == ["dates", "names"]


def test_any_rule_of_a_check_can_be_named() -> None:
    """Not only those with a default action of their own."""
    policy = CheckPolicy({"bounds.turned": "refuse"})
    assert policy.action("bounds", rule="turned") == "refuse"


def test_a_rule_is_looked_at_though_all_checks_are_off() -> None:
    """The check of a rule that is on runs."""
    policy = CheckPolicy({"all": "off", "figures.replaced": "refuse"})
    assert [check.name for check in select_checks(policy)] == ["figures"]
