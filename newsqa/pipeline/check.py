"""Judges grounded claims: by the checks and their policy, and by a verifier's second opinion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import regex

from newsqa.answers.answer import Rejection
from newsqa.answers.finding import SecondOpinion
from newsqa.article.passages import Articles
from newsqa.checks import Action, Check, ClaimContext, Finding
from newsqa.checks.policy import CheckPolicy, select_checks
from newsqa.checks.run import Checked, check_claim
from newsqa.checks.speakers import speaker_of
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
    selected = select_checks(policy, checks)
    if not claim.is_grounded:
        return claim
    contexts = _contexts([claim], articles, question)
    claim = replace(claim, speaker=speaker_of(contexts[0]) if len(contexts) == 1 else None)
    is_repeated = any(_is_a_sentence(claim.draft.text, context) for context in contexts)
    if not selected or is_repeated:
        return claim
    checked = _check_in_each(claim.draft.text, contexts, selected, policy)
    shown = _findings(checked, selected, policy, "refuse", "mark")
    rejections = tuple(
        Rejection(claim=claim.draft.text, reason="check_failed", finding=finding)
        for finding in _findings(checked, selected, policy, "refuse")
    )
    return replace(
        claim,
        rejections=rejections,
        findings=shown,
        not_checked=checked.not_applied,
        suspicions=_findings(checked, selected, policy, "ask"),
        derived=checked.derivations,
    )


def _findings(
    checked: Checked, checks: Sequence[Check], policy: CheckPolicy, *actions: Action
) -> tuple[Finding, ...]:
    """Return the findings on which ``policy`` takes one of ``actions``."""
    action_on = _actions(checks, policy)
    return tuple(finding for finding in checked.findings if action_on(finding) in actions)


def _actions(checks: Sequence[Check], policy: CheckPolicy) -> Callable[[Finding], Action]:
    """Return the function that looks up the action on a finding."""
    defaults = {check.name: check.default_action for check in checks}
    return lambda finding: policy.action_on(finding, defaults[finding.check])


def is_supported(
    short: str,
    claims: Sequence[GroundedClaim],
    articles: Articles,
    question: str,
    policy: CheckPolicy,
    checks: Sequence[Check] | None = None,
) -> bool:
    """Return whether a short form has no finding that refuses, and no figure or quotation of its own.

    Words that are all supported may still say something new together: the 5 of one sentence and the
    million of another, or the halves of two quotations.
    """
    if not short.strip():
        return True
    selected = select_checks(policy, checks)
    checked = _check_in_each(short, _contexts(claims, articles, question), selected, policy)
    exact = {check.name for check in selected if check.compares_languages}
    marked = _findings(checked, selected, policy, "refuse", "mark")
    refused = _findings(checked, selected, policy, "refuse")
    return not refused and not any(finding.check in exact for finding in marked)


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
    claim: str, contexts: Sequence[ClaimContext], checks: Sequence[Check], policy: CheckPolicy
) -> Checked:
    """Check a claim against each article that it cites, and keep the findings that all have.

    Each word then has the support of one article whole: dates are read against its day, and the 5 of
    one article and the million of another are not 5 million.
    """
    first, *others = (check_claim(claim, context, checks=checks) for context in contexts)
    action_on = _actions(checks, policy)
    by_place = [{(f.check, f.span): f for f in each.findings} for each in (first, *others)]
    findings = (
        min((each[place] for each in by_place), key=lambda f: _SEVERITY.index(action_on(f)))
        for place in by_place[0]
        if all(place in each for each in by_place)
    )
    skipped = dict.fromkeys(name for each in (first, *others) for name in each.not_applied)
    return Checked(tuple(findings), tuple(skipped), first.derivations if not others else ())


_SEVERITY: tuple[Action, ...] = ("off", "ask", "mark", "refuse")
"""The actions from the mildest: what one article supports better is not held to the other's."""


def _is_a_sentence(claim: str, context: ClaimContext) -> bool:
    words = claim.split()
    return any(sentence.text.split() == words for sentence in context.sentences)


async def verify_claims(
    claims: Sequence[GroundedClaim],
    articles: Articles,
    verifier: Verifier,
    *,
    question: str = "",
    only_doubtful: bool = False,
) -> tuple[tuple[GroundedClaim, ...], Usage]:
    """Return the claims with an opinion on each grounded one, and what the opinions cost.

    A claim with the verdict ``no`` is rejected. The verdict settles the findings of checks, too: a
    claim that is ``supported`` loses them. The verifier is not called if there is nothing to ask.

    Args:
        claims: The claims, after the checks.
        articles: The articles that they cite.
        verifier: Gives the opinions.
        question: The question that the claims answer.
        only_doubtful: Ask only about claims that have a finding or are not nearly the cited words.
    """
    asked = [
        claim
        for claim in claims
        if claim.is_grounded and (not only_doubtful or is_doubtful(claim, articles))
    ]
    if not asked:
        return tuple(claims), Usage()
    statements = [_statement(claim, articles, question) for claim in asked]
    verification = await verifier.verify(statements)
    opinions = dict(zip(map(id, asked), verification.opinions, strict=True))
    judged = (
        _judged(claim, opinions[id(claim)]) if id(claim) in opinions else claim for claim in claims
    )
    return tuple(judged), verification.usage


MIN_CITED_SHARE = 0.9
"""Share of a claim's words that its citations have, from which on it is nearly the cited words."""


def is_doubtful(claim: GroundedClaim, articles: Articles) -> bool:
    """Return whether a claim has a finding, or words that its cited sentences do not have."""
    if claim.findings or claim.suspicions:
        return True
    contexts = _contexts([claim], articles)
    words = contexts[0].analyze(claim.draft.text).keys
    known = frozenset[str]().union(*(context.evidence_text.keys for context in contexts))
    return len(words & known) < MIN_CITED_SHARE * len(words)


_LEANS_BACK = regex.compile(
    r"\b(?:he|she|they|it|him|her|them|his|hers|its|their|this|that|these|those|the (?:plan|move|deal|decision|"
    r"group|company|proposal|scheme|project|bill))\b",
    regex.IGNORECASE,
)
"""Words in a cited sentence whose meaning the sentences before show."""

SENTENCES_BEFORE = 2
"""Sentences before a cited one that a verifier is shown where it leans on them."""


def _statement(claim: GroundedClaim, articles: Articles, question: str) -> Statement:
    contexts = _contexts([claim], articles)
    cited = [(sentence.text, each.published) for each in contexts for sentence in each.sentences]
    days = {each.published for each in contexts}
    return Statement(
        claim.draft.text,
        tuple(text for text, _ in cited),
        days.pop() if len(days) == 1 else None,
        tuple(day for _, day in cited) if len(articles) > 1 else (),
        tuple(text for context in contexts for text in _before(context)),
        question,
    )


def _before(context: ClaimContext) -> tuple[str, ...]:
    """Return the sentences before the cited ones, if these lean on them."""
    if not _LEANS_BACK.search(context.evidence):
        return ()
    cited = {sentence.number for sentence in context.sentences}
    return tuple(s.text for s in context.before(SENTENCES_BEFORE) if s.number not in cited)


def _judged(claim: GroundedClaim, opinion: SecondOpinion) -> GroundedClaim:
    refusal = Rejection(claim=claim.draft.text, reason="opinion_failed", opinion=opinion)
    rejections = (refusal,) if opinion.verdict == "no" else ()
    findings = () if opinion.verdict == "supported" else claim.findings
    return replace(claim, opinion=opinion, rejections=rejections, findings=findings)
