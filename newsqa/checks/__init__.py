"""Checks: rules that look for words of a claim that its citations do not support.

A check reports findings. It proves nothing: a claim without findings may still be wrong in ways that
no rule sees.

Six checks are built in. A check of your own is a class with the members of ``Check``; pass it to
``NewsQA(checks=[...])``, or register it under the entry-point group ``newsqa.checks``. A registered
check runs once it is named, in ``checks=`` or in the policy, so that installing a package never
changes an answer. ``docs/guides/checks.md`` shows one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, runtime_checkable

from pydantic import ConfigDict, RootModel, model_validator
from pydantic_core import PydanticCustomError

from newsqa.answers.finding import Finding
from newsqa.checks.evidence import ClaimContext
from newsqa.errors import ConfigurationError
from newsqa.plugins import find_plugins, load_plugin

__all__ = [
    "Action",
    "Check",
    "CheckPolicy",
    "ClaimContext",
    "Finding",
    "Unjudged",
    "built_in_checks",
    "check_names",
    "resolve_checks",
    "select_checks",
]

Action = Literal["refuse", "mark", "off"]
"""``refuse`` drops a claim that still has findings after the re-ask, ``mark`` keeps it and shows
them, ``off`` does not look."""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Words of a claim that a check cannot judge.

    They are not a finding. The claim lists the check in ``not_checked``.
    """

    check: str
    words: str


@runtime_checkable
class Check(Protocol):
    """One kind of mistake that a claim can make.

    Any class with these members is a check. A class that inherits from ``Check`` gets
    ``default_action`` and ``compares_languages`` from it.
    """

    name: str
    """The name that findings and settings use, such as ``"figures"``."""

    default_action: Action = "mark"
    """The action for a claim with findings, unless the settings name another."""

    compares_languages: bool = False
    """True if the claim may be in another language than the article.

    A check that compares words cannot do that; one that compares numbers can.
    """

    def applies_to(self, language: str) -> bool:
        """Return whether the check can read articles in ``language``, an ISO 639-1 code."""
        ...

    def check(self, claim: str, context: ClaimContext) -> Iterable[Finding | Unjudged]:
        """Yield the words of ``claim`` that ``context`` does not support, or that are unjudged."""
        ...


# which checks there are ----------------------------------------------------------------------------

BUILT_IN: dict[str, str] = {
    "figures": "newsqa.checks.figures.check:FiguresCheck",
    "quotations": "newsqa.checks.quotations:QuotationsCheck",
    "dates": "newsqa.checks.dates:DatesCheck",
    "names": "newsqa.checks.names.check:NamesCheck",
    "negation": "newsqa.checks.negation.check:NegationCheck",
    "hedges": "newsqa.checks.hedges:HedgesCheck",
}
"""The class of each built-in check, imported when it is first used."""

ALL = "all"
"""Stands for every check in a policy."""


def resolve_checks(checks: Iterable[str | Check]) -> tuple[Check, ...]:
    """Return the checks that are meant by their names, or passed as they are.

    >>> [check.name for check in resolve_checks(["dates", "names"])]
    ['dates', 'names']

    Raises:
        ConfigurationError: A name is unknown or comes twice, or an object is not a check.
    """
    resolved = tuple(_load(check) if isinstance(check, str) else check for check in checks)
    for check in resolved:
        if not isinstance(check, Check):
            raise ConfigurationError(
                f"{check!r} is not a check: it needs the members of newsqa.checks.Check."
            )
    names = [check.name for check in resolved]
    for name in names:
        if names.count(name) > 1:
            raise ConfigurationError(f"Two checks are called {name!r}: leave one of them out.")
    return resolved


def built_in_checks() -> tuple[Check, ...]:
    """Return the built-in checks, the gravest first."""
    return tuple(map(_load, BUILT_IN))


def check_names() -> tuple[str, ...]:
    """Return the names of the built-in checks and of the ones that installed packages add."""
    return (*BUILT_IN, *(name for name in find_plugins("newsqa.checks") if name not in BUILT_IN))


@cache
def _load(name: str) -> Check:
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        loaded = getattr(import_module(module), attribute)
    elif name in find_plugins("newsqa.checks"):
        loaded = load_plugin("newsqa.checks", name)
    else:
        raise ConfigurationError(f"There is {_unknown(name)}.")
    check: Check = loaded() if isinstance(loaded, type) else loaded
    return check


def _unknown(name: str) -> str:
    """Return why ``name`` is refused, with the nearest right one."""
    names = check_names()
    nearest = get_close_matches(name, names, n=1)
    advice = f"the nearest is {nearest[0]!r}" if nearest else f"the checks are {', '.join(names)}"
    return f"no check {name!r}; {advice}"


# what happens to a claim with findings ------------------------------------------------------------


class CheckPolicy(RootModel[dict[str, Action]]):
    """The action for each check, by its name; checks that are not named take their default action.

    Figures and quotations refuse by default, because they are hardly ever wrong and a misquote is the
    worst thing to print. The others mark, because they compare words and err now and then. With
    either action the reader is first asked once more. ``all`` is the action of every check that
    is not named.

    A policy can be written as text, in settings and on the command line: ``"off"`` for all checks,
    ``"names=off,figures=mark"`` for some.

    >>> CheckPolicy.model_validate("off").action("names")
    'off'
    >>> CheckPolicy(names="off").action("figures", default="refuse")
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
            if name != ALL and name not in BUILT_IN and name not in find_plugins("newsqa.checks"):
                raise PydanticCustomError(
                    "unknown_check", "There is {why}", {"why": _unknown(str(name))}
                )
        return actions

    @classmethod
    def all(cls, action: Action) -> Self:
        """Return the policy with the same action for every check."""
        return cls({ALL: action})

    def action(self, check: str, default: Action = "mark") -> Action:
        """Return what happens to a claim with findings of ``check``."""
        return self.root.get(check, self.root.get(ALL, default))

    def __hash__(self) -> int:
        return hash(frozenset(self.root.items()))


def _parse_text(text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1 and "=" not in parts[0]:
        return {ALL: parts[0]}
    pairs = (part.partition("=") for part in parts)
    return {name.strip(): action.strip() for name, _, action in pairs}


def select_checks(
    policy: CheckPolicy, checks: Iterable[Check] | None, *actions: Action
) -> tuple[Check, ...]:
    """Return the checks whose action is one of ``actions``.

    Args:
        policy: The action for each check.
        checks: The checks to choose from; by default the built-in ones, and the registered ones that
            ``policy`` names. A built-in check that is off is not imported.
        actions: The actions wanted.
    """
    if checks is None:
        names = (*BUILT_IN, *(n for n in policy.root if n not in BUILT_IN and n != ALL))
        checks = [_load(name) for name in names if policy.action(name) != "off"]
    return tuple(c for c in checks if policy.action(c.name, c.default_action) in actions)
