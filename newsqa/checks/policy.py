"""CheckPolicy: what happens to a claim with findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from pydantic import ConfigDict, RootModel, model_validator
from pydantic_core import PydanticCustomError

from newsqa.checks import Action, Check, Finding
from newsqa.checks.run import BUILT_IN, check_names, describe_unknown, resolve_checks

ALL = "all"
"""Stands for every check in a policy."""

RULES: dict[str, Action] = {
    "figures.replaced": "refuse",
    "figures.rounded": "ask",
    "figures.count": "ask",
    "negation.added": "ask",
    "attribution.dropped": "ask",
}
"""The rules of a check whose findings have another action than the check's default."""


class CheckPolicy(RootModel[dict[str, Action]]):
    """The action for each check, by its name; checks that are not named take their default action.

    A finding refuses by default only if it is of a rule that is right in 95 of 100 cases; other
    findings mark the claim. With either action the reader is first asked once more. ``all`` is the
    action of every check that is not named. A rule of a check can be named, too, such as
    ``figures.replaced``; an action for a check is for all its rules.

    A policy can be written as text, in settings and on the command line: ``"off"`` for all checks,
    ``"names=off,figures=mark"`` for some.

    >>> CheckPolicy.model_validate("off").action("names")
    'off'
    >>> CheckPolicy(names="off").action("figures", rule="replaced")
    'refuse'
    """

    model_config = ConfigDict(frozen=True)

    root: dict[str, Action] = {}

    if TYPE_CHECKING:  # pydantic also takes the actions as keywords

        def __init__(self, root: Mapping[str, Action] = ..., /, **actions: Action) -> None: ...

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: Any) -> Any:  # noqa: ANN401  # whatever a caller passes
        actions = _parse_text(value) if isinstance(value, str) else value
        if isinstance(actions, CheckPolicy):
            return actions.root
        for name in actions if isinstance(actions, dict) else ():
            check, _, _ = str(name).partition(".")
            if name != ALL and check not in check_names():
                raise PydanticCustomError(
                    "unknown_check", "There is {why}", {"why": describe_unknown(check)}
                )
        return actions

    @classmethod
    def all(cls, action: Action) -> Self:
        """Return the policy with the same action for every check."""
        return cls({ALL: action})

    def action(self, check: str, default: Action = "mark", *, rule: str = "") -> Action:
        """Return what happens to a claim with findings of a rule of ``check``."""
        full = f"{check}.{rule}"
        named = self.root.get(full, self.root.get(check, self.root.get(ALL)))
        return named or RULES.get(full, default)

    def is_off(self, check: str, default: Action = "mark") -> bool:
        """Return whether ``check`` is off, and each of its rules that is named."""
        rules = (self.root[name] for name in self.root if name.startswith(f"{check}."))
        return self.action(check, default) == "off" and all(rule == "off" for rule in rules)

    def action_on(self, finding: Finding, default: Action = "mark") -> Action:
        """Return what happens to a claim with ``finding``, whose check has a ``default`` action."""
        return self.action(finding.check, default, rule=finding.rule)

    def __hash__(self) -> int:
        return hash(frozenset(self.root.items()))


def _parse_text(text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1 and "=" not in parts[0]:
        return {ALL: parts[0]}
    pairs = (part.partition("=") for part in parts)
    return {name.strip(): action.strip() for name, _, action in pairs}


def select_checks(policy: CheckPolicy, checks: Iterable[Check] | None = None) -> tuple[Check, ...]:
    """Return the checks that are not off.

    Args:
        policy: The action for each check.
        checks: The checks to choose from; by default the built-in ones, and the registered ones that
            ``policy`` names. A built-in check that is off is not imported.
    """
    if checks is None:
        named = (name.partition(".")[0] for name in policy.root if name != ALL)
        names = dict.fromkeys((*BUILT_IN, *named))
        checks = resolve_checks(name for name in names if not policy.is_off(name))
    return tuple(check for check in checks if not policy.is_off(check.name, check.default_action))
