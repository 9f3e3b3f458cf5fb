"""Time to find quotes in a long article, compared with other libraries.

The article is generated from a seed. Half of the quotes are in it, but typeset differently (straight
quotation marks, hyphens, another case). The other half are these with a digit added to a figure, so
they are not in it. Each run includes preparing the article. Libraries that are not installed are named
and left out.

The counts next to the times show that the libraries do different things: a search for exact strings
misses quotes that are in the article, and a search by similarity accepts altered ones.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence

_SUBJECTS = (
    "The council|A spokeswoman|The harbour master|Officials|The union|Ms Okafor|The ministry"
)
_VERBS = "raised|lowered|questioned|confirmed|did not rule out|postponed|voted for|rejected"
_OBJECTS = "the ferry subsidy|a new mooring fee|the night timetable|“the worst of both plans”"
_TAILS = "by {n}.{d}%|to ${n}.{d} million|on {n} May|after {n} hours — again|, it said…|by {n}–{d}"

Finder = Callable[[str, Sequence[str]], list[bool]]
"""A function of an article and quotes: is each quote found?"""


def make_article(characters: int, seed: int) -> str:
    """Return generated news in short paragraphs, about ``characters`` long."""
    draw = random.Random(seed)
    parts = [part.split("|") for part in (_SUBJECTS, _VERBS, _OBJECTS, _TAILS)]
    written: list[str] = []
    length = 0
    while length < characters:
        sentence = " ".join(draw.choice(part) for part in parts)
        sentence = sentence.format(n=draw.randrange(1, 10_000), d=draw.randrange(10))
        written.append(sentence + draw.choice([". ", ". ", ".\n\n"]))
        length += len(written[-1])
    return "".join(written)


def make_quotes(article: str, count: int, seed: int) -> tuple[list[str], list[str]]:
    """Return ``count`` quotes of the article, typeset differently, and as many altered ones."""
    sentences = re.split(r"\.\s", article)
    with_figures = sorted({sentence for sentence in sentences if re.search(r"\.\d", sentence)})
    chosen = random.Random(seed).sample(with_figures, count)
    present = [_set_differently(sentence) for sentence in chosen]
    return present, [re.sub(r"(\.\d)", r"\g<1>7", quote) for quote in present]


def _set_differently(sentence: str) -> str:
    plain = sentence.replace("“", '"').replace("”", '"').replace("—", "-").replace("–", "-")
    return plain[0].lower() + plain[1:]


def _newsqa(article: str, quotes: Sequence[str]) -> list[bool]:
    from newsqa.text.quotes import QuoteIndex

    index = QuoteIndex(article)
    return [bool(index.locate(quote).candidates) for quote in quotes]


def _str_find(article: str, quotes: Sequence[str]) -> list[bool]:
    return [quote in article for quote in quotes]


def _gtrex(article: str, quotes: Sequence[str]) -> list[bool]:
    from gtrex import Policy, Verifier

    verifier = Verifier(article, Policy())
    return [bool(verifier.verify(quote).grounded) for quote in quotes]


def _verbatim(mode: str) -> Finder:
    def find(article: str, quotes: Sequence[str]) -> list[bool]:
        from verbatim_core.extractors import LLMSpanExtractor

        extractor = LLMSpanExtractor(llm_client=object(), span_match_mode=mode)
        return [bool(extractor._verify_spans([quote], article)) for quote in quotes]  # noqa: SLF001  # the step is private there

    return find


def _instructor(article: str, quotes: Sequence[str]) -> list[bool]:
    from instructor import CitationMixin

    def spans(quote: str) -> list[str]:
        fields = {"substring_quotes": [quote]}
        cited = CitationMixin.model_validate(fields, context={"context": article})
        return list(cited.substring_quotes)

    return [bool(spans(quote)) for quote in quotes]


def _langextract(*, accept_alike: bool) -> Finder:
    def find(article: str, quotes: Sequence[str]) -> list[bool]:
        from langextract.data import Extraction
        from langextract.resolver import WordAligner

        def aligned(quote: str) -> bool:
            groups = WordAligner().align_extractions(
                [[Extraction("quote", quote)]],
                article,
                enable_fuzzy_alignment=accept_alike,
                accept_match_lesser=accept_alike,
            )
            return groups[0][0].char_interval is not None

        return [aligned(quote) for quote in quotes]

    return find


def _rapidfuzz(article: str, quotes: Sequence[str]) -> list[bool]:
    from rapidfuzz.fuzz import partial_ratio_alignment

    return [bool(partial_ratio_alignment(quote, article, score_cutoff=90)) for quote in quotes]


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


def _timed(
    finder: Finder, article: str, quotes: Sequence[str], repeats: int
) -> tuple[float, list[bool]]:
    """Return the median time in milliseconds; of one run if it takes over two seconds."""
    found = finder(article[:1_000], quotes[:1])  # imports and first-use tables are not the matter
    times: list[float] = []
    while len(times) < repeats and sum(times) < 2_000:
        start = time.perf_counter()
        found = finder(article, quotes)
        times.append((time.perf_counter() - start) * 1_000)
    return statistics.median(times), found


def _report(article: str, present: Sequence[str], altered: Sequence[str], repeats: int) -> None:
    quotes = [*present, *altered]
    prepared, _ = _timed(_newsqa, article, altered[:1], repeats)
    print(f"{len(article):,} characters, {len(present)} quotes present, {len(altered)} altered")
    print(f"newsqa: {prepared:.1f} ms of its time prepare the article\n")
    ours = 0.0
    print(f"{'':22}{'ms':>10}{'x newsqa':>10}{'found':>10}{'taken':>10}")
    for name, module, finder in FINDERS:
        if importlib.util.find_spec(module) is None:
            print(f"{name:22}{'not installed':>20}")
            continue
        taken, found = _timed(finder, article, quotes, repeats)
        ours = ours or taken  # newsqa comes first
        right, wrong = sum(found[: len(present)]), sum(found[len(present) :])
        print(
            f"{name:22}{taken:10.2f}{taken / ours:10.2f}"
            f"{f'{right}/{len(present)}':>10}{f'{wrong}/{len(altered)}':>10}",
            flush=True,
        )
    print("\nfound: quotes that are there; taken: altered quotes taken for found (0 is right)")


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--characters", type=int, nargs="+", default=[5_000, 100_000])
    parser.add_argument("--quotes", type=int, default=10, help="of each kind (default: 10)")
    parser.add_argument("--repeats", type=int, default=7, help="the median counts (default: 7)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    for number, characters in enumerate(options.characters):
        article = make_article(characters, options.seed)
        present, altered = make_quotes(article, options.quotes, options.seed)
        print("\n" * bool(number), end="")
        _report(article, present, altered, options.repeats)


if __name__ == "__main__":
    main()
