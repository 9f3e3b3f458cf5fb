"""Whatever a model drafts, also when it is asked again, nothing false gets through.

A short run has 200 seeds with 5 drafts each. This is a long one with a million drafts::

    NEWSQA_TEST_SEEDS=200000 pytest tests/adversarial/test_any_draft.py
"""

from __future__ import annotations

import asyncio
import os
import unicodedata
from functools import cache
from random import Random

import pytest
import regex

from newsqa.answers.answer import Answer, Citation
from newsqa.answers.draft import Draft, DraftClaim, Evidence
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.grounding import ground
from newsqa.pipeline.pipeline import Pipeline
from tests.adversarial.drafts import any_draft
from tests.conftest import EXAMPLES
from tests.doubles import ScriptedReader

SEEDS = int(os.environ.get("NEWSQA_TEST_SEEDS", "200"))
PARTS = 8

_CONTENT = regex.compile(r"[\p{L}\p{N}\p{Sc}%]")


@cache
def articles() -> tuple[Article, ...]:
    """Return all short articles in ``examples/``, in seven languages."""
    files = sorted(path for path in EXAMPLES.iterdir() if path.suffix in {".txt", ".json"})
    read = [Article.from_file(path) for path in files]
    return tuple(article for article in read if len(article.sentences) < 60)


def content(text: str) -> str:
    """Return letters, figures, currencies and per cent signs, which nobody may change.

    It does not use newsqa's own normalization, which it is compared with.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(_CONTENT.findall(folded))


def seeds(part: int) -> range:
    """Return a part of all seeds, so that several processes can share them."""
    return range(part, SEEDS, PARTS)


@pytest.mark.parametrize("part", range(PARTS))
def test_citation_has_the_content_of_its_quote(part: int) -> None:
    """All letters and figures are the same, or the whole sentence is cited."""
    for seed in seeds(part):
        draw = Random(seed)
        article = draw.choice(articles())
        for _ in range(3):
            drafted = any_draft(article, draw)
            for claim in drafted.claims:
                for evidence in claim.evidence:
                    _assert_content_is_kept(claim, evidence, article)


def _assert_content_is_kept(claim: DraftClaim, evidence: Evidence, article: Article) -> None:
    alone = claim.model_copy(update={"evidence": (evidence,)})
    draft = Draft(claims=(alone,), short="", status="answered")
    [grounded] = ground(draft, Passage.whole(article))
    for citation in grounded.citations:
        assert article.text[citation.start : citation.end] == citation.text
    quoted = [c for c in grounded.citations if c.match != "sentence"]
    assert not quoted or content("".join(c.text for c in quoted)) == content(evidence.quote), (
        evidence,
        quoted,
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_answer_is_grounded_whatever_is_drafted(part: int) -> None:
    """Every sentence has exact spans, and every claim that is gone has a rejection or a successor."""
    for seed in seeds(part):
        draw = Random(-1 - seed)
        article = draw.choice(articles())
        first, second = any_draft(article, draw), any_draft(article, draw)
        pipeline = Pipeline(ScriptedReader(first, second))
        answer = asyncio.run(pipeline.answer(article, "What happened?"))
        _assert_holds(answer, article, first, second)


def _assert_holds(answer: Answer, article: Article, first: Draft, second: Draft) -> None:
    answer.verify(article)
    said = [claim.text for claim in answer.claims]
    drafted = {" ".join(claim.text.split()) for claim in (*first.claims, *second.claims)}
    assert set(said) <= drafted
    assert all(claim.citations for claim in answer.claims)
    assert content(answer.text) == content("".join(said))
    assert bool(answer.claims) or answer.status == "not_in_article"
    assert bool(answer.short) == (answer.status != "not_in_article")
    findings = [finding for claim in answer.claims for finding in claim.findings]
    assert not any(f.check == "quotations" or f.rule == "replaced" for f in findings)
    told = {row.claim for row in answer.rejected}
    asked = [claim for claim in first.claims if " ".join(claim.text.split()) not in said]
    assert all(claim.text in told or second.claims for claim in asked)
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
    assert all(isinstance(citation, Citation) for citation in answer.citations)
