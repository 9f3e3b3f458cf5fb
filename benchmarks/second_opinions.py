"""Second opinions of a model on the adversarial claims, next to the results of the checks.

Asks the model of the environment (``NEWSQA_MODEL``, ``OPENAI_BASE_URL``, ...) about English claims of
``tests/adversarial/claims``, shuffled and ten in a call, so that only a claim and its sentences show
if it is true. Figures, dates and quotations are left to the checks, which compare them exactly.

Run from the repository's root: ``python -m benchmarks.second_opinions``.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from newsqa import NewsQA
from newsqa.answers.finding import SecondOpinion
from newsqa.checks.run import check_claim
from newsqa.verifiers import Statement
from newsqa.verifiers.model import ModelVerifier
from tests.adversarial.claim_cases import CHECK_OF, ClaimCase, claim_cases

IN_A_CALL = 10

KINDS = {kind for kind, check in CHECK_OF.items() if check in {None, "names", "negation", "hedges"}}


def chosen_cases(true: int, seed: int) -> list[ClaimCase]:
    """Return the wrong claims of ``KINDS`` and ``true`` true ones, in random order."""
    draw = random.Random(seed)
    english = [case for case in claim_cases() if case.source.language == "english"]
    wrong = [case for case in english if case.verdict == "refused" and case.kind in KINDS]
    right = [case for case in english if case.verdict == "stands"]
    return draw.sample([*wrong, *draw.sample(right, true)], len(wrong) + true)


def _calls(cases: Sequence[ClaimCase]) -> Iterator[Sequence[ClaimCase]]:
    for start in range(0, len(cases), IN_A_CALL):
        yield cases[start : start + IN_A_CALL]


def _statement(case: ClaimCase) -> Statement:
    # Without the day of publication: one call holds claims about several articles.
    return Statement(case.claim, tuple(sentence.text for sentence in case.context.sentences))


async def opinions_on(cases: Sequence[ClaimCase], verifier: ModelVerifier) -> list[SecondOpinion]:
    """Return the model's opinion on each case."""
    calls = [verifier.verify([_statement(case) for case in part]) for part in _calls(cases)]
    return [o for verification in await asyncio.gather(*calls) for o in verification.opinions]


def report(cases: Sequence[ClaimCase], opinions: Sequence[SecondOpinion], *, wrong: bool) -> None:
    """Print a row for each kind: the verdicts, and how many the checks mark."""
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for case, opinion in zip(cases, opinions, strict=True):
        kind = "true" if case.verdict == "stands" else case.kind
        verdicts[kind][opinion.verdict] += 1
        verdicts[kind]["checks"] += bool(check_claim(case.claim, case.context).findings)
        if wrong and (opinion.verdict == "supported") != (kind == "true"):
            print(f"{opinion.verdict}: {case.id}: {case.claim}\n    {opinion.reason}")
    columns = ("no", "partly", "supported", "checks")
    print(f"{'claims':20}{'cases':>7}" + "".join(f"{column:>11}" for column in columns))
    for kind, counts in sorted(verdicts.items()):
        cases_of_kind = counts["no"] + counts["partly"] + counts["supported"]
        print(f"{kind:20}{cases_of_kind:7}" + "".join(f"{counts[c]:11}" for c in columns))


async def measure(true: int, seed: int, *, wrong: bool) -> None:
    """Ask about all cases, and report."""
    async with NewsQA() as qa:
        if qa.model is None:
            sys.exit("No language model is set up: set NEWSQA_MODEL and OPENAI_BASE_URL.")
        cases = chosen_cases(true, seed)
        report(cases, await opinions_on(cases, ModelVerifier(qa.model)), wrong=wrong)


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--true", type=int, default=80, help="how many true claims to add")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--wrong", action="store_true", help="print each verdict that is wrong")
    options = parser.parse_args()
    asyncio.run(measure(options.true, options.seed, wrong=options.wrong))


if __name__ == "__main__":
    main()
