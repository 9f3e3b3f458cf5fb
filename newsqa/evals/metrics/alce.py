"""Citation recall and precision as ALCE defines them: do the citations entail the claims?

From Gao et al., "Enabling Large Language Models to Generate Text with Citations" (EMNLP 2023),
section on citation quality, and its script ``eval.py``. The caller chooses the judge of entailment:
the paper used a large NLI model (TRUE). Report a figure together with its judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from newsqa.answers.answer import Answer, Claim
from newsqa.article import Article
from newsqa.evals.metrics.precision_recall import PrecisionRecall

Judge = Callable[[str, str], bool]
"""A function of a premise and a claim: does the claim follow from the premise?"""

Cited = tuple[int, ...]
"""The numbers of the sentences that one citation overlaps."""


def citation_quality(answer: Answer, article: Article, *, judge: Judge) -> PrecisionRecall | None:
    """Return citation recall and precision of one answer, from 0 to 1; None if it has no claims.

    Recall is the share of claims that follow from all of their citations together. Precision is the
    share of relevant citations over all claims. A citation is relevant if its claim has recall and
    either follows from this citation alone, or does not follow from the others without it. Over a
    data set, ALCE averages the answers that have claims.

    Where ALCE cites passages, newsqa cites spans. The premise is the whole sentences that a span
    overlaps, in the article's order, and several spans in the same sentences count as one citation.
    All citations count; the official script looks at the first three of a claim by default.

    Raises:
        GroundingError: ``article`` is not the one that was asked about.
    """
    answer.verify(article)
    if not answer.claims:
        return None
    cited = [_cited(claim) for claim in answer.claims]
    relevant = [
        _relevant(claim.text, citations, article, judge)
        for claim, citations in zip(answer.claims, cited, strict=True)
    ]
    recall = sum(count is not None for count in relevant) / len(answer.claims)
    precision = sum(count or 0 for count in relevant) / sum(len(c) for c in cited)
    return PrecisionRecall.of(precision, recall)


def _cited(claim: Claim) -> list[Cited]:
    return list(dict.fromkeys(citation.sentences for citation in claim.citations))


def _relevant(claim: str, citations: Sequence[Cited], article: Article, judge: Judge) -> int | None:
    """Count the relevant citations; None if the claim does not follow from all of them together."""

    def follows_from(chosen: Iterable[Cited]) -> bool:
        return judge(_premise(article, chosen), claim)

    if not follows_from(citations):
        return None
    if len(citations) == 1:
        return 1
    return sum(
        follows_from([citation]) or not follows_from(c for c in citations if c != citation)
        for citation in citations
    )


def _premise(article: Article, cited: Iterable[Cited]) -> str:
    numbers = sorted({number for citation in cited for number in citation})
    return "\n".join(article.sentences[number - 1].text for number in numbers)
