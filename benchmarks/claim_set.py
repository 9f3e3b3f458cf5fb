"""The labelled claims in ``data/claims``, and their import from the files of their authors.

The claims were written from the articles by authors who had not seen the checks, and labelled by two
readers who did not see how a claim was made. A claim on which the two disagree, or disagree with the
author, is left out. Articles are split into ``dev`` and ``test`` before any rule is written; a third of
the articles of ``dev`` is held out, to count what a rule gains where its author has not looked.

Import from the repository's root: ``python -m benchmarks.claim_set FOLDER``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from newsqa.article import Article

DATA = Path(__file__).parent / "data" / "claims"

Part = Literal["tuning", "held", "dev", "test"]
"""``tuning`` and ``held`` are the two parts of ``dev``."""


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim about an article, what it cites, and whether that supports it."""

    id: str
    article: Article
    article_id: str
    question: str
    text: str
    cited: tuple[tuple[int, int], ...]
    is_true: bool
    kind: str
    """For a wrong claim what is wrong with it, for a true one how it is worded."""
    author: str
    """``written`` by hand, or the kind of model that answered."""

    @property
    def language(self) -> str:
        """The language of the article."""
        return self.article.language_code


def load_claims(part: Part) -> list[LabelledClaim]:
    """Return the claims of a part of the set, by article."""
    name = "test" if part == "test" else "dev"
    rows = _rows(DATA / f"{name}.jsonl")
    claims = [_claim(row) for row in rows if _articles()[row["article"]][0] == name]
    if part in ("tuning", "held"):
        claims = [c for c in claims if is_held_out(c.article_id) == (part == "held")]
    return sorted(claims, key=lambda claim: claim.article_id)


def is_held_out(article_id: str) -> bool:
    """Return whether an article of ``dev`` is among the third that rules are counted on."""
    return hashlib.sha256(article_id.encode()).digest()[0] % 3 == 0


@cache
def _articles() -> dict[str, tuple[str, Article]]:
    """Return the articles by id, each with the part of the set that it is in."""
    return {
        row["id"]: (
            row["part"],
            Article(
                row["text"],
                title=row["title"],
                published_at=row["published"],
                author=row["byline"],
                language=row["language"],
            ),
        )
        for row in _rows(DATA / "articles.jsonl")
    }


def _claim(row: dict[str, Any]) -> LabelledClaim:
    _, article = _articles()[row["article"]]
    cited = tuple((start, end) for start, end in row["cited"])
    is_true = row["label"] == "true"
    return LabelledClaim(
        row["id"],
        article,
        row["article"],
        row["question"],
        row["claim"],
        cited,
        is_true,
        row["form"] if is_true else row["kind"],
        row["author"],
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


# Import -------------------------------------------------------------------------------------------


def import_claims(folder: Path) -> Counter[str]:
    """Write the three files of the set from the files of the authors, and count what was left out.

    Args:
        folder: Holds ``dev`` and ``test``, with articles and claims as the authors wrote them, and
            ``labels``, with one line for each claim that a reader has labelled.
    """
    left_out: Counter[str] = Counter()
    labels = _labels(folder / "labels")
    articles: list[dict[str, Any]] = []
    for part in ("dev", "test"):
        found = {row["id"]: row for row in _all_rows(folder / part, "articles-*.jsonl")}
        articles += [{**row, "part": part} for row in found.values()]
        claims = _usable(_all_rows(folder / part, "claims-*.jsonl"), found, labels, left_out)
        _write(DATA / f"{part}.jsonl", claims)
    _write(DATA / "articles.jsonl", articles)
    return left_out


def _usable(
    rows: Iterable[dict[str, Any]],
    articles: dict[str, dict[str, Any]],
    labels: dict[str, list[str]],
    left_out: Counter[str],
) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for row in rows:
        problem = _problem_with(row, articles, labels.get(row["id"], []), seen)
        if problem:
            left_out[problem] += 1
            continue
        seen.add(row["id"])
        text = articles[row["article"]]["text"]
        cited = [[text.index(quote), text.index(quote) + len(quote)] for quote in row["cited"]]
        kept = {key: row[key] for key in ("id", "article", "question", "claim", "label", "kind")}
        yield {
            **kept,
            "cited": cited,
            "form": row.get("form") or "",
            "author": row.get("author") or "written",
        }


def _problem_with(
    row: dict[str, Any], articles: dict[str, dict[str, Any]], labels: list[str], seen: set[str]
) -> str:
    if row["id"] in seen:
        return "same id"
    if row["article"] not in articles:
        return "no article"
    text = articles[row["article"]]["text"]
    if not row["cited"] or any(text.count(quote) != 1 for quote in row["cited"]):
        return "a citation is not exactly once in the article"
    if any(label != row["label"] for label in labels):
        return "labels differ"
    return ""


def _labels(folder: Path) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = defaultdict(list)
    for row in _all_rows(folder, "*.jsonl"):
        labels[row["id"]].append("true" if row["verdict"] == "supported" else "false")
    return labels


def _all_rows(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(pattern)):
        yield from _rows(path)


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Import from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("folder", type=Path, help="the files of the authors")
    for problem, count in import_claims(parser.parse_args().folder).items():
        sys.stdout.write(f"left out, {problem}: {count}\n")


if __name__ == "__main__":
    main()
