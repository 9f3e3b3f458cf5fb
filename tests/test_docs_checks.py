"""The examples of the page on checks are found by the checks that they stand for."""

from __future__ import annotations

import re

import pytest

from newsqa import Article, ask
from newsqa.testing import ScriptedModel
from tests.documents import PAGES
from tests.doubles import claim, draft

[PAGE] = [page for page in PAGES if page.name == "docs/guides/checks.md"]
ROWS = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| .+ \|$", PAGE.text, re.MULTILINE)


def test_every_check_has_an_example() -> None:
    """The table has one row per built-in check."""
    from newsqa.checks.run import built_in_checks

    assert [check for check, _, _ in ROWS] == [check.name for check in built_in_checks()]


@pytest.mark.parametrize(("check", "article", "altered"), ROWS)
def test_the_check_finds_its_example(check: str, article: str, altered: str) -> None:
    """The altered claim has one finding, by the check of its row."""
    drafted = draft(claim(altered, (1, "")))
    answer = ask(Article(article), "What happened?", model=ScriptedModel(drafted, drafted))
    findings = [*(f for c in answer.claims for f in c.findings)]
    findings += [row.finding for row in answer.rejected if row.finding]
    assert [finding.check for finding in findings] == [check]
