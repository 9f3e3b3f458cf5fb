"""Measures ten questions about one article, as multiples of one, by the prompt caches of providers.

newsqa asks ten questions about each article, one after the other. The bodies of its requests are
counted by the documented rules and prices of caches (``tests/prompt_caches.py``); no provider is called.
Input tokens alone: what is written costs the same with and without a cache.

    python -m benchmarks.ten_questions rows.jsonl

Each row of the file is a JSON object with at least ``article_text``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from newsqa import Article
from tests.prompt_caches import (
    QUESTIONS,
    MarkedCache,
    PrefixCache,
    bodies,
    charges,
    without_marks,
)

Cache = Callable[[], Callable[[Mapping[str, Any]], float]]

CACHES: dict[str, tuple[bool, Cache]] = {
    "OpenAI gpt-6-luna": (True, lambda: MarkedCache().charge),
    "the same without marks": (False, lambda: MarkedCache().charge),
    "a prefix cache at 0.1 (Gemini, gpt-5.4)": (False, lambda: PrefixCache(read=0.1).charge),
    "a prefix cache at 0.02 (DeepSeek)": (False, lambda: PrefixCache(read=0.02).charge),
    "tokens to compute (llama.cpp, vLLM)": (False, lambda: PrefixCache(read=0).charge),
}
"""A new cache for each way of sending the prompt, and whether it is sent with marks."""


def _measure(article: Article) -> dict[str, tuple[float, float]]:
    """Return for each cache what one question and ten questions cost."""
    marked = bodies(article, QUESTIONS)
    plain = [without_marks(body) for body in marked]
    sent = {True: marked, False: plain}
    return {
        name: (charges(cache(), sent[marks][:1]), charges(cache(), sent[marks]))
        for name, (marks, cache) in CACHES.items()
    }


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("rows", type=Path, help="JSONL with article_text")
    with parser.parse_args().rows.open(encoding="utf-8") as rows:
        texts = dict.fromkeys(json.loads(row)["article_text"] for row in rows)
    measured = [_measure(Article(text)) for text in texts]
    print(f"{len(measured)} articles; medians, in input tokens at full price\n")
    print(f"{'':42}{'one':>9}{'ten':>9}{'ten/one':>9}{'worst':>9}")
    for name in CACHES:
        one, ten = zip(*(figures[name] for figures in measured), strict=True)
        ratios = [b / a for a, b in zip(one, ten, strict=True)]
        print(
            f"{name:42}{median(one):9,.0f}{median(ten):9,.0f}{median(ratios):9.2f}{max(ratios):9.2f}"
        )


if __name__ == "__main__":
    main()
