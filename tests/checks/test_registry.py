"""The registry: which checks there are, by name, and how a check of one's own is added."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

import newsqa.checks.run
import newsqa.plugins
from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.policy import CheckPolicy, select_checks
from newsqa.checks.run import built_in_checks, check_claim, check_names, resolve_checks
from newsqa.errors import ConfigurationError
from tests.checks.claims import cite


class Shouting(Check):
    """Finds exclamation marks that the evidence does not have."""

    name = "shouting"

    def applies_to(self, language: str) -> bool:
        """Return true: the mark is the same in all languages."""
        return True

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield the first exclamation mark."""
        if "!" in claim and "!" not in context.evidence:
            at = claim.index("!")
            yield Finding.at(self.name, claim, at, at + 1, "the cited sentences do not shout")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with the entry point "shouting"."""
    point = EntryPoint("shouting", f"{__name__}:Shouting", "newsqa.checks")
    monkeypatch.setattr(newsqa.plugins, "entry_points", lambda group: [point])
    caches = (newsqa.plugins.find_plugins, newsqa.checks.run._load)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def test_every_check_has_its_own_name() -> None:
    """Settings tell checks apart by their names."""
    names = [check.name for check in built_in_checks()]
    assert names == list(dict.fromkeys(names)) == list(check_names())


def test_the_built_in_checks_satisfy_the_protocol() -> None:
    """They are looked up by the same rules as a user's."""
    assert all(isinstance(check, Check) for check in built_in_checks())


def test_a_check_of_ones_own_finds_words() -> None:
    """It is passed like a built-in one."""
    checked = check_claim("It rained!", cite("It rained."), checks=[Shouting()])
    assert [finding.words for finding in checked.findings] == ["!"]


def test_a_check_of_ones_own_marks_by_default() -> None:
    """It inherits the default action from the protocol."""
    (check,) = select_checks(CheckPolicy(), [Shouting()])
    assert CheckPolicy().action(check.name, check.default_action) == "mark"


def test_a_check_of_ones_own_is_off_when_all_are() -> None:
    """The word "off" is for every check."""
    assert select_checks(CheckPolicy.all("off"), [Shouting()]) == ()


def test_names_and_objects_may_be_mixed() -> None:
    """The order is kept."""
    resolved = resolve_checks(["dates", Shouting(), "figures"])
    assert [check.name for check in resolved] == ["dates", "shouting", "figures"]


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    """The error says what was probably meant."""
    with pytest.raises(ConfigurationError, match="no check 'figure'; the nearest is 'figures'"):
        resolve_checks(["figure"])


def test_an_unknown_name_like_no_other_is_refused_with_all_names() -> None:
    """Nothing comes near it."""
    with pytest.raises(ConfigurationError, match="the checks are figures, quotations, dates"):
        resolve_checks(["xyzzy"])


def test_two_checks_of_one_name_are_refused() -> None:
    """Findings go by the name of their check."""
    with pytest.raises(ConfigurationError, match="Two checks are called 'dates'"):
        resolve_checks(["dates", "dates"])


def test_an_object_that_is_not_a_check_is_refused() -> None:
    """It lacks the members of the protocol."""
    with pytest.raises(ConfigurationError, match=r"is not a check: it needs .*newsqa\.checks"):
        resolve_checks([object()])  # type: ignore[list-item]  # that is the test


@pytest.mark.usefixtures("installed")
def test_an_installed_check_is_known_by_its_name() -> None:
    """The entry point is loaded when it is used."""
    (check,) = resolve_checks(["shouting"])
    assert isinstance(check, Shouting)
    assert "shouting" in check_names()


@pytest.mark.usefixtures("installed")
def test_an_installed_check_runs_once_the_policy_names_it() -> None:
    """Installing a package alone changes nothing."""
    policy = CheckPolicy.model_validate("shouting=refuse")
    assert "shouting" in [c.name for c in select_checks(policy)]
    assert "shouting" not in [c.name for c in select_checks(CheckPolicy())]
