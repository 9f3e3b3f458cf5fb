"""Judges grounded claims: by the checks and their policy, and by a verifier's second opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsqa.answers.answer import Rejection
from newsqa.answers.finding import SecondOpinion
from newsqa.article.passages import Articles
from newsqa.checks import Check, CheckPolicy, ClaimContext, select_checks
from newsqa.checks.run import Checked, check_claim
from newsqa.grounding import GroundedClaim
from newsqa.usage import Usage
from newsqa.verifiers import Statement, Verifier


def check_grounded(
    claim: GroundedClaim,
    articles: Articles,
    question: str,
    policy: CheckPolicy,
    checks: Sequence[Check] | None = None,
) -> GroundedClaim:
    """Return ``claim`` with its findings, and rejected where ``policy`` refuses one of them.

    A claim that grounding rejected is returned as it is, and so is one that repeats a cited sentence
    whole: it says nothing beyond it.

    Args:
        claim: The claim, after grounding.
        articles: The articles that it cites. Words are a finding if no cited article supports them.
        question: The question that it answers.
        policy: The action for each check.
        checks: The checks to choose from; by default the built-in ones.
    """
    selected = select_checks(policy, checks, "refuse", "mark")
    if not claim.is_grounded or not selected:
        return claim
    contexts = _contexts([claim], articles, question)
    if any(_is_a_sentence(claim.draft.text, context) for context in contexts):
        return claim
    checked = _check_in_each(claim.draft.text, contexts, selected)
    refusing = {check.name for check in select_checks(policy, selected, "refuse")}
    rejections = tuple(
        Rejection(claim=claim.draft.text, reason="check_failed", finding=finding)
        for finding in checked.findings
        if finding.check in refusing
    )
    return replace(
        claim, rejections=rejections, findings=checked.findings, not_checked=checked.not_applied
    )


def is_supported(
    short: str,
    claims: Sequence[GroundedClaim],
    articles: Articles,
    question: str,
    policy: CheckPolicy,
    checks: Sequence[Check] | None = None,
) -> bool:
    """Return whether the checks that refuse find nothing in a short form, over all citations.

    Words that are all supported may still say something new together: the 5 of one sentence and the
    million of another, or the halves of two quotations.
    """
    selected = select_checks(policy, checks, "refuse")
    contexts = _contexts(claims, articles, question)
    return not selected or not _check_in_each(short, contexts, selected).findings


def _contexts(
    claims: Sequence[GroundedClaim], articles: Articles, question: str = ""
) -> list[ClaimContext]:
    """Return what the claims cite of each article; of the first one, if they cite nothing."""
    cited: dict[int, list[tuple[int, int]]] = {}
    for citation in (citation for claim in claims for citation in claim.citations):
        cited.setdefault(citation.article, []).append((citation.start, citation.end))
    return [
        ClaimContext(articles.articles[index], tuple(spans), question)
        for index, spans in sorted((cited or {0: []}).items())
    ]


def _check_in_each(
    claim: str, contexts: Sequence[ClaimContext], checks: Sequence[Check]
) -> Checked:
    """Check a claim against each article that it cites, and keep the findings that all have.

    Each word then has the support of one article whole: dates are read against its day, and the 5 of
    one article and the million of another are not 5 million.
    """
    first, *others = (check_claim(claim, context, checks=checks) for context in contexts)
    found = [{(f.check, f.span) for f in other.findings} for other in others]
    findings = (f for f in first.findings if all((f.check, f.span) in each for each in found))
    skipped = dict.fromkeys(name for each in (first, *others) for name in each.not_applied)
    return Checked(tuple(findings), tuple(skipped))


def _is_a_sentence(claim: str, context: ClaimContext) -> bool:
    words = claim.split()
    return any(sentence.text.split() == words for sentence in context.sentences)


async def verify_claims(
    claims: Sequence[GroundedClaim], articles: Articles, verifier: Verifier
) -> tuple[tuple[GroundedClaim, ...], Usage]:
    """Return the claims with an opinion on each grounded one, and what the opinions cost.

    A claim with the verdict ``no`` is rejected. The verifier is not called if no claim is grounded.
    """
    grounded = [claim for claim in claims if claim.is_grounded]
    if not grounded:
        return tuple(claims), Usage()
    verification = await verifier.verify([_statement(claim, articles) for claim in grounded])
    opinions = iter(verification.opinions)
    judged = (_judged(claim, next(opinions)) if claim.is_grounded else claim for claim in claims)
    return tuple(judged), verification.usage


def _statement(claim: GroundedClaim, articles: Articles) -> Statement:
    contexts = _contexts([claim], articles)
    cited = [(sentence.text, each.published) for each in contexts for sentence in each.sentences]
    days = {each.published for each in contexts}
    return Statement(
        claim.draft.text,
        tuple(text for text, _ in cited),
        days.pop() if len(days) == 1 else None,
        tuple(day for _, day in cited) if len(articles) > 1 else (),
    )


def _judged(claim: GroundedClaim, opinion: SecondOpinion) -> GroundedClaim:
    refusal = Rejection(claim=claim.draft.text, reason="opinion_failed", opinion=opinion)
    rejections = (refusal,) if opinion.verdict == "no" else ()
    return replace(claim, opinion=opinion, rejections=rejections)
