"""Measures each rule of the checks: how the figures change on the labelled claims without it.

Replaces one rule at a time by a function that finds nothing, or for a rule that lets a claim pass, by one
that never does. A rule that changes neither what is found nor what is flagged falsely earns nothing.

Run from the repository's root: ``python -m benchmarks.ablate_checks``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import get_args

from benchmarks.claim_figures import check, is_flagged
from benchmarks.claim_set import LabelledClaim, Part, load_claims
from newsqa.text.numbers.units import Quantity

RULES: dict[str, tuple[str, object]] = {
    "figures: idioms": ("newsqa.checks.figure_evidence:is_idiom", False),
    "figures: words that mean a number": ("newsqa.checks.figure_evidence:is_implied", False),
    "figures: rounder figures": ("newsqa.checks.figure_evidence:is_rounded", False),
    "figures: the pronoun one": (
        "newsqa.checks.figure_evidence:FigureEvidence._is_pronoun_one",
        False,
    ),
    "figures: years and days of dates": (
        "newsqa.checks.figure_evidence:FigureEvidence._is_in_date",
        False,
    ),
    "figures: times like numbers": ("newsqa.checks.figure_evidence:FigureEvidence._is_time", False),
    "figures: numbers in names": (
        "newsqa.checks.figure_evidence:FigureEvidence._is_in_name",
        False,
    ),
    "figures: units elsewhere": (
        "newsqa.checks.figure_evidence:FigureEvidence._has_unit_elsewhere",
        False,
    ),
    "figures: replaced": ("newsqa.checks.figure_evidence:FigureEvidence.replaces_another", False),
    "figures: swapped": ("newsqa.checks.figures:find_swapped", ()),
    "figures: durations": ("newsqa.checks.figure_numbers:join_durations", None),
    "derived: all": ("newsqa.checks.figure_evidence:derive", None),
    "derived: differences and sums": ("newsqa.checks.arithmetic:_differences_and_sums", ()),
    "derived: ratios": ("newsqa.checks.arithmetic:_ratios", ()),
    "derived: products": ("newsqa.checks.arithmetic:_products", ()),
    "derived: rests": ("newsqa.checks.arithmetic:_rests", ()),
    "derived: sums of more": ("newsqa.checks.arithmetic:_sums_of_more", ()),
    "derived: spans of time": ("newsqa.checks.arithmetic:_spans", ()),
    "derived: neighbouring ordinals": ("newsqa.checks.arithmetic:_neighbours", ()),
    "derived: counts": ("newsqa.checks.arithmetic:_counts", ()),
    "dates: months meant by a span": ("newsqa.checks.dates:_DateEvidence._months_meant", ()),
    "dates: days beside a period": ("newsqa.checks.dates:_DateEvidence._periods_beside", ()),
    "names: mixed": ("newsqa.checks.names:_ClaimNames._is_mixed", False),
    "names: may be meant": ("newsqa.checks.names:_ClaimNames._may_be_meant", False),
    "names: incomplete": ("newsqa.checks.names:_ClaimNames._is_incomplete", True),
    "names: other forms": ("newsqa.checks.known_names:KnownNames.is_rephrased", False),
    "negation: denied": ("newsqa.checks.negation:_Compared.find_denied", ()),
    "negation: affirmed": ("newsqa.checks.negation:_Compared.find_affirmed", ()),
    "negation: opposites": ("newsqa.checks.negation:_Compared.find_opposites", ()),
    "hedges: hardened": ("newsqa.checks.hedges:_find_hardened", ()),
    "hedges: done": ("newsqa.checks.hedges:_find_done", ()),
    "hedges: conditions": ("newsqa.checks.hedges:ConditionsCheck.check", ()),
    "attribution: speakers": ("newsqa.checks.speakers:_are_apart", False),
    "bounds": ("newsqa.checks.bounds:BoundsCheck.check", ()),
    "direction: figures": ("newsqa.checks.direction:way_beside", (0, (0, 0))),
    "direction: order": ("newsqa.checks.direction:_find_reordered", ()),
    "quotations": ("newsqa.checks.quotations:QuotationsCheck.check", ()),
}
"""Each rule: where it is, and what it returns when it is off."""


def _unjoined(_text: str, quantities: Iterable[Quantity]) -> list[Quantity]:
    """Return the quantities as they are, in place of ``join_durations``."""
    return list(quantities)


@contextmanager
def without(rule: str) -> Iterator[None]:
    """Switch a rule off."""
    place, result = RULES[rule]
    module, _, path = place.partition(":")
    *parents, name = path.split(".")
    owner = import_module(module)
    for parent in parents:
        owner = getattr(owner, parent)
    original = getattr(owner, name)

    def return_result(*_: object, **__: object) -> object:
        return result

    setattr(owner, name, _unjoined if name == "join_durations" else return_result)
    try:
        yield
    finally:
        setattr(owner, name, original)


def flagged(claims: list[LabelledClaim]) -> dict[str, bool]:
    """Return which claims have a finding, by their ids."""
    return {claim.id: is_flagged(check(claim)) for claim in claims}


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument(
        "part", choices=[p for p in get_args(Part) if p != "test"], nargs="?", default="dev"
    )
    claims = load_claims(parser.parse_args().part)
    true = {claim.id for claim in claims if claim.is_true}
    whole = flagged(claims)
    print(f"{'without':36}{'true flagged':>16}{'wrong found':>16}")
    for rule in RULES:
        with without(rule):
            alone = flagged(claims)
        cells = []
        for ids in (true, alone.keys() - true):
            more = sum(alone[i] and not whole[i] for i in ids)
            fewer = sum(whole[i] and not alone[i] for i in ids)
            cells.append(f"+{more} -{fewer}")
        print(f"{rule:36}{cells[0]:>16}{cells[1]:>16}")


if __name__ == "__main__":
    main()
