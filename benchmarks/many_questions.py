"""Is a question's answer the same asked alone and together with others? Claim by claim.

Usage: python benchmarks/many_questions.py [--model NAME] (the server from OPENAI_BASE_URL)

Two answers agree if they have the same status, and the claims of each are supported by the same
sentences; how many have the same short form is printed, too. The articles in
``data/many_questions.yaml`` were written before anything was run.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

import yaml

from newsqa import Answer, Article, NewsQA, Settings

DATA = Path(__file__).parent / "data" / "many_questions.yaml"


async def main(model: str) -> None:
    """Ask everything at once, alone and together, and print the agreement."""
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    settings = Settings(
        model=model, timeout=3600, deadline=3600, max_attempts=1, max_concurrency=200
    )
    async with NewsQA(settings) as qa:
        pairs = await asyncio.gather(*(_ask_both(qa, row) for row in rows))
    compared = [pair for row in pairs for pair in row]
    agreed = [_sentences(alone) == _sentences(together) for alone, together in compared]
    for (alone, together), is_same in zip(compared, agreed, strict=True):
        if not is_same or alone.short != together.short:
            print(f"{alone.question}\n    alone:    {alone.text}\n    together: {together.text}")
    same = sum(alone.short == together.short for alone, together in compared)
    print(f"same status and sentences: {sum(agreed)} of {len(agreed)}; same short form: {same}")


async def _ask_both(qa: NewsQA, row: dict[str, Any]) -> list[tuple[Answer, Answer]]:
    article, questions = Article(**row["article"]), row["questions"]
    alone = asyncio.gather(*(qa.aask(article, question) for question in questions))
    together = qa.aask_many(article, questions, on_error="raise")
    return list(zip(*await asyncio.gather(alone, together), strict=True))


def _sentences(answer: Answer) -> tuple[str, frozenset[int]]:
    cited = (number for citation in answer.citations for number in citation.sentences)
    return answer.status, frozenset(cited)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default="gpt-6-luna")
    asyncio.run(main(parser.parse_args().model))
