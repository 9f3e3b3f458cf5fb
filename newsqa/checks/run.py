"""Which checks there are, and how they are run over one claim.

To add a check, write a module in this folder and a line in ``BUILT_IN``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module

from newsqa.checks import Check, ClaimContext, Derivation, Finding, Unjudged
from newsqa.checks.evidence import is_in_language_of
from newsqa.errors import ConfigurationError
from newsqa.plugins import find_plugins, load_plugin

BUILT_IN: dict[str, str] = {
    "figures": "newsqa.checks.figures:FiguresCheck",
    "quotations": "newsqa.checks.quotations:QuotationsCheck",
    "dates": "newsqa.checks.dates:DatesCheck",
    "names": "newsqa.checks.names:NamesCheck",
    "negation": "newsqa.checks.negation:NegationCheck",
    "hedges": "newsqa.checks.hedges:HedgesCheck",
    "conditions": "newsqa.checks.hedges:ConditionsCheck",
    "attribution": "newsqa.checks.speakers:AttributionCheck",
    "bounds": "newsqa.checks.bounds:BoundsCheck",
    "direction": "newsqa.checks.direction:DirectionCheck",
}
"""The class of each built-in check, imported when it is first used; the gravest is first."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of checking a claim.

    ``findings`` and ``derivations`` are in the claim's order. ``not_applied`` names the checks that do
    not apply to the claim's language, and those that left some of its words unjudged.
    """

    findings: tuple[Finding, ...]
    not_applied: tuple[str, ...] = ()
    derivations: tuple[Derivation, ...] = ()


def check_claim(
    claim: str, context: ClaimContext, *, checks: Sequence[Check] | None = None
) -> Checked:
    """Compare ``claim`` with what it cites, by ``checks`` or by the built-in ones.

    A check applies where it reads the language of the article. Unless it ``compares_languages``, the
    claim has to be in that language too.
    """
    article = context.article
    is_same_language = is_in_language_of(article, claim)
    checks = built_in_checks() if checks is None else checks
    applied = [
        check
        for check in checks
        if check.applies_to(article.language_code)
        and (is_same_language or check.compares_languages)
    ]
    results = dict.fromkeys(r for check in applied for r in check.check(claim, context))
    findings = _one_for_each_place([r for r in results if isinstance(r, Finding)])
    unjudged = {result.check for result in results if isinstance(result, Unjudged)}
    derivations = (result for result in results if isinstance(result, Derivation))
    return Checked(
        tuple(sorted(findings, key=lambda finding: (finding.span.start, finding.span.end))),
        tuple(c.name for c in checks if c not in applied or c.name in unjudged),
        tuple(sorted(derivations, key=lambda derivation: derivation.span.start)),
    )


def _one_for_each_place(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings of which no earlier one, which is graver, has some of the same words."""
    kept: list[Finding] = []
    for finding in findings:
        span = finding.span
        others = (f for f in kept if f.check != finding.check or f.span == span)
        if not any(f.span.start < span.end and span.start < f.span.end for f in others):
            kept.append(finding)
    return kept


# which checks there are ---------------------------------------------------------------------------


def built_in_checks() -> tuple[Check, ...]:
    """Return the built-in checks, the gravest first."""
    return tuple(map(_load, BUILT_IN))


def check_names() -> tuple[str, ...]:
    """Return the names of the built-in checks and of the ones that installed packages add."""
    return (*BUILT_IN, *(name for name in find_plugins("newsqa.checks") if name not in BUILT_IN))


def resolve_checks(checks: Iterable[str | Check]) -> tuple[Check, ...]:
    """Return the checks that are meant by their names, or passed as they are.

    >>> [check.name for check in resolve_checks(["dates", "names"])]
    ['dates', 'names']

    Raises:
        ConfigurationError: A name is unknown or comes twice, or an object is not a check.
    """
    resolved = tuple(
        _load(check) if isinstance(check, str) else _require_check(check) for check in checks
    )
    names = [check.name for check in resolved]
    for name in names:
        if names.count(name) > 1:
            raise ConfigurationError(f"Two checks are called {name!r}: leave one of them out.")
    return resolved


@cache
def _load(name: str) -> Check:
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        loaded = getattr(import_module(module), attribute)
    elif name in find_plugins("newsqa.checks"):
        loaded = load_plugin("newsqa.checks", name)
    else:
        raise ConfigurationError(f"There is {describe_unknown(name)}.")
    return _require_check(loaded() if isinstance(loaded, type) else loaded)


def _require_check(check: object) -> Check:
    if not isinstance(check, Check):
        raise ConfigurationError(
            f"{check!r} is not a check: it needs the members of newsqa.checks.Check."
        )
    return check


def describe_unknown(name: str) -> str:
    """Return why ``name`` is refused, with the nearest name of a check."""
    names = check_names()
    nearest = get_close_matches(name, names, n=1)
    advice = f"the nearest is {nearest[0]!r}" if nearest else f"the checks are {', '.join(names)}"
    return f"no check {name!r}; {advice}"
