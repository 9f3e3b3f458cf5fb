"""Are contradictions between articles shown, and are any invented? Pairs with and without one.

Usage: python benchmarks/several_articles.py [--model NAME] (the server from OPENAI_BASE_URL)

A contradiction counts as shown if ``answer.disagreements`` has a point whose sides have spans in both
articles; one in a pair that has none counts as invented. Which pairs have one is in
``data/several_articles.yaml``; the articles were written before anything was run.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

import yaml

from newsqa import Answer, Article, NewsQA, Settings
from newsqa.answers.answer import Disagreement

DATA = Path(__file__).parent / "data" / "several_articles.yaml"


async def main(model: str) -> None:
    """Ask all pairs at once and print what was shown."""
    pairs = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    settings = Settings(
        model=model, timeout=3600, deadline=3600, max_attempts=1, max_concurrency=200
    )
    async with NewsQA(settings) as qa:
        answers = await asyncio.gather(*(_ask(qa, pair) for pair in pairs))
    shown: dict[bool, list[bool]] = {True: [], False: []}
    for pair, answer in zip(pairs, answers, strict=True):
        is_shown = any(_cites_both(each) for each in answer.disagreements)
        shown["conflict" in pair].append(is_shown)
        print(
            f"{pair['id']:20} {'conflict' if 'conflict' in pair else '-':9} {is_shown!s:6} {answer.short}"
        )
        for disagreement in answer.disagreements:
            print(f"    {disagreement.kind}: {disagreement}")
    print(f"shown: {sum(shown[True])} of {len(shown[True])}")
    print(f"invented: {sum(shown[False])} of {len(shown[False])}")


async def _ask(qa: NewsQA, pair: dict[str, Any]) -> Answer:
    articles = [Article(**fields) for fields in pair["articles"]]
    answer = await qa.aask(articles, pair["question"])
    answer.verify(articles)
    return answer


def _cites_both(disagreement: Disagreement) -> bool:
    return (
        len({citation.article for side in disagreement.sides for citation in side.citations}) == 2
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default="gpt-6-luna")
    asyncio.run(main(parser.parse_args().model))
