"""The other libraries of ``benchmarks/cost.py``, each asked with its own code.

This file runs in its own environment, because some of these libraries and newsqa need different
versions of the ``openai`` client; it does not import newsqa. For every row it asks one library one
question about one article at the given address, and prints a line of JSON: did the answer have
citations? It exits with status 3 if the library is not installed.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

MODEL = "gpt-4o-mini"
KEY = "none"
NOT_INSTALLED = 3

Ask = Callable[[str, str, str], bool]
"""A function of an address, an article and a question: did the answer have citations?"""


def _instructor(url: str, article: str, question: str) -> bool:
    """Ask for a list of facts with quotes, which ``CitationMixin`` looks up in the article."""
    import instructor
    from openai import OpenAI
    from pydantic import BaseModel

    class Fact(instructor.CitationMixin):
        fact: str

    class CitedAnswer(BaseModel):
        facts: list[Fact]

    client = instructor.from_openai(OpenAI(base_url=url, api_key=KEY))
    answer = client.chat.completions.create(
        model=MODEL,
        response_model=CitedAnswer,
        messages=[
            {"role": "system", "content": "Answer the question from the article, with quotes."},
            {"role": "user", "content": f"{article}\n\nQuestion: {question}"},
        ],
        context={"context": article},
    )
    return any(fact.substring_quotes for fact in answer.facts)


def _llama_index(url: str, article: str, question: str) -> bool:
    """Ask ``CitationQueryEngine`` with its defaults, over every chunk of the article."""
    from llama_index.core import Document, SummaryIndex
    from llama_index.core.query_engine import CitationQueryEngine
    from llama_index.llms.openai import OpenAI

    model = OpenAI(model=MODEL, api_base=url, api_key=KEY)
    index = SummaryIndex.from_documents([Document(text=article)])
    answer = CitationQueryEngine.from_args(index, llm=model).query(question)
    return "[1]" in str(answer) and bool(answer.source_nodes)


def _langextract(*, whole: bool) -> Ask:
    """Extract answers after one example, in chunks or, if ``whole``, in one call."""

    def ask(url: str, article: str, question: str) -> bool:
        import langextract

        example = langextract.data.ExampleData(
            text="The bridge closed on 3 May after an inspection, the city said.",
            extractions=[
                langextract.data.Extraction(
                    extraction_class="answer",
                    extraction_text="closed on 3 May after an inspection",
                    attributes={"claim": "The bridge closed on 3 May."},
                )
            ],
        )
        chunks = {"max_char_buffer": len(article)} if whole else {}
        found = langextract.extract(
            article,
            prompt_description="Extract the exact words of the article that answer the question, "
            f"in the order they stand, each with the claim they prove.\nQuestion: {question}",
            examples=[example],
            model_id=MODEL,
            api_key=KEY,
            language_model_params={"base_url": url},
            show_progress=False,
            **chunks,
        )
        return any(extraction.char_interval for extraction in found.extractions)

    return ask


PEERS: dict[str, tuple[str, Ask]] = {
    "instructor": ("instructor", _instructor),
    "llama-index": ("llama_index.llms.openai", _llama_index),
    "langextract": ("langextract", _langextract(whole=False)),
    "langextract-whole": ("langextract", _langextract(whole=True)),
}
"""The libraries by name, with the module that each needs and the function that asks it."""


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # of a package above it
        return False


def main(name: str, rows: str, address: str) -> int:
    """Ask ``name`` all questions of the JSONL file ``rows``, at ``address/<number of the row>/v1``."""
    module, ask = PEERS[name]
    if not _is_installed(module):
        return NOT_INSTALLED
    logging.disable(logging.WARNING)
    with Path(rows).open(encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            print(json.dumps(ask(f"{address}/{number}/v1", row["article_text"], row["question"])))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
