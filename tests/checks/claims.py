"""Short ways to compare a claim with sentences."""

from __future__ import annotations

from newsqa.article import Article
from newsqa.checks import ClaimContext, Finding
from newsqa.checks.policy import CheckPolicy
from newsqa.checks.run import check_claim


def cite(article: Article | str, *numbers: int, question: str = "") -> ClaimContext:
    """Return the context of a claim that cites the sentences with these numbers, or all."""
    if isinstance(article, str):
        article = Article(article)
    cited = [article.sentences[n - 1] for n in numbers] or article.sentences
    return ClaimContext(article, tuple((s.start, s.end) for s in cited), question)


def found(check: str, claim: str, evidence: ClaimContext | str) -> list[str]:
    """Return the words of ``claim`` that one check finds."""
    context = cite(evidence) if isinstance(evidence, str) else evidence
    return [f.words for f in check_claim(claim, context).findings if f.check == check]


def shown_findings(claim: str, context: ClaimContext) -> tuple[Finding, ...]:
    """Return the findings that the default policy shows."""
    findings = check_claim(claim, context).findings
    return tuple(f for f in findings if CheckPolicy().action_on(f) != "ask")
