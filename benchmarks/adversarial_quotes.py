"""Results of other libraries on the adversarial quotes in ``tests/adversarial``.

Each library is asked with its own code and defaults if and where a quote is in an article. Only newsqa
gets the number of the cited sentence, so any of several equal passages is right. Libraries treat
quotation marks and full stops at the edges of a quote differently, so only letters and digits are
compared. The cases were written by newsqa's authors, who fixed newsqa where it failed. They show what
kinds of quotes each library accepts; they are not a ranking.

Run from the repository's root: ``python -m benchmarks.adversarial_quotes``.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

from tests.adversarial.building import built_cases
from tests.adversarial.cases import QuoteCase, written_cases

Outcome = Literal["correct", "false accept", "false reject", "wrong span"]
OUTCOMES: tuple[Outcome, ...] = ("correct", "false accept", "false reject", "wrong span")

Finder = Callable[[QuoteCase], list[str] | None]
"""A function of a case that returns the passages taken for the quote, or None."""


def _newsqa(case: QuoteCase) -> list[str] | None:
    located = case.source.article.locate(case.quote, near=case.near)
    found = located.match or next(iter(located.candidates), None)
    return [case.text[start:end] for start, end in found.spans] if found else None


def _str_find(case: QuoteCase) -> list[str] | None:
    return [case.quote] if case.quote in case.text else None


def _gtrex(case: QuoteCase) -> list[str] | None:
    from gtrex import Policy, Verifier

    certificate = Verifier(case.text, Policy()).verify(case.quote)
    if not certificate.grounded:
        return None
    if certificate.span_text is None:  # fragments are counted there, and not placed
        return [case.text[start:end] for start, end in case.places]
    return [str(certificate.span_text)]


def _verbatim(mode: str) -> Finder:
    def find(case: QuoteCase) -> list[str] | None:
        from verbatim_core.extractors import LLMSpanExtractor

        extractor = LLMSpanExtractor(llm_client=object(), span_match_mode=mode)
        return extractor._verify_spans([case.quote], case.text) or None  # noqa: SLF001  # the step is private there

    return find


def _instructor(case: QuoteCase) -> list[str] | None:
    from instructor import CitationMixin

    fields = {"substring_quotes": [case.quote]}
    cited = CitationMixin.model_validate(fields, context={"context": case.text})
    return list(cited.substring_quotes)[:1] or None


def _langextract(*, accept_alike: bool) -> Finder:
    def find(case: QuoteCase) -> list[str] | None:
        from langextract.data import Extraction
        from langextract.resolver import WordAligner

        groups = WordAligner().align_extractions(
            [[Extraction("quote", case.quote)]],
            case.text,
            enable_fuzzy_alignment=accept_alike,
            accept_match_lesser=accept_alike,
        )
        interval = groups[0][0].char_interval
        return [case.text[interval.start_pos : interval.end_pos]] if interval else None

    return find


def _rapidfuzz(case: QuoteCase) -> list[str] | None:
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(case.quote, case.text, score_cutoff=90)
    return [case.text[found.dest_start : found.dest_end]] if found else None


FINDERS: tuple[tuple[str, str, Finder], ...] = (
    ("newsqa", "newsqa", _newsqa),
    ("str in str", "builtins", _str_find),
    ("gtrex", "gtrex", _gtrex),
    ("verbatim-core exact", "verbatim_core", _verbatim("exact")),
    ("verbatim-core fuzzy", "verbatim_core", _verbatim("fuzzy")),
    ("rapidfuzz, score 90", "rapidfuzz", _rapidfuzz),
    ("langextract strict", "langextract", _langextract(accept_alike=False)),
    ("langextract", "langextract", _langextract(accept_alike=True)),
    ("instructor", "instructor", _instructor),
)
"""The libraries by name, with the module that each needs and the function that asks it."""


def _outcome(case: QuoteCase, stretches: list[str] | None) -> Outcome:
    if stretches is None:
        return "correct" if case.verdict == "refused" else "false reject"
    if case.verdict == "refused":
        return "false accept"
    whole = case.text[case.places[0][0] : case.places[-1][1]]
    fragments = "".join(case.text[start:end] for start, end in case.places)
    is_right = _letters("".join(stretches)) in (_letters(fragments), _letters(whole))
    return "correct" if is_right else "wrong span"


def _letters(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c)[0] in "LMN")


def _report(name: str, finder: Finder, cases: Sequence[QuoteCase], *, by_kind: bool) -> None:
    start = time.perf_counter()
    outcomes = [(case, _outcome(case, finder(case))) for case in cases]
    seconds = time.perf_counter() - start
    counts = Counter(outcome for _, outcome in outcomes)
    columns = "".join(f"{counts[outcome]:14}" for outcome in OUTCOMES)
    print(f"{name:22}{columns}{seconds:10.1f}", flush=True)
    if by_kind:
        wrong = Counter((outcome, case.kind) for case, outcome in outcomes if outcome != "correct")
        for (outcome, kind), count in sorted(wrong.items(), key=lambda item: -item[1]):
            print(f"    {outcome}, {kind}: {count}")


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--built", action="store_true", help="also the cases made by rule")
    parser.add_argument("--kinds", action="store_true", help="count what went wrong by kind")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    cases = [*written_cases(), *(built_cases() if options.built else ())]
    cases = [case for case in cases if case.verdict != "several"]
    present = sum(case.verdict == "found" for case in cases)
    print(f"{len(cases)} quotes: {present} to find, {len(cases) - present} to refuse\n")
    print(f"{'':22}{''.join(f'{outcome:>14}' for outcome in OUTCOMES)}{'seconds':>10}")
    for name, module, finder in FINDERS:
        if importlib.util.find_spec(module) is None:
            print(f"{name:22}{'not installed':>14}")
        else:
            _report(name, finder, cases, by_kind=options.kinds)


if __name__ == "__main__":
    main()
