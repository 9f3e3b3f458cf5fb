"""Whether citations entail what they stand under: ALCE's citation recall and precision.

From Gao et al., "Enabling Large Language Models to Generate Text with Citations" (EMNLP 2023),
section on citation quality, and its script ``eval.py``. Who judges entailment is up to the caller:
the paper used a large NLI model (TRUE); a figure means little without the name of its judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from newsqa.answers.answer import Answer, Claim
from newsqa.article import Article
from newsqa.evals.metrics.precision_recall import PrecisionRecall

Judge = Callable[[str, str], bool]
"""Takes a premise and a claim, and says whether the claim follows from the premise."""

Cited = tuple[int, ...]
"""The numbers of the sentences that one citation touches."""


def citation_quality(answer: Answer, article: Article, *, judge: Judge) -> PrecisionRecall | None:
    """Citation recall and precision of one answer, from 0 to 1; None if it states nothing.

    Recall is the share of claims that follow from all of their citations together. Precision is the
    share of citations, over all claims, whose claim has recall and which are not irrelevant; a
    citation is irrelevant if the claim does not follow from it alone, and does follow from the
    others without it. Over a data set, ALCE averages answers, leaving those out that state nothing.

    Where ALCE cites passages, newsqa cites spans: the premise is the whole sentences that a span
    touches, in the article's order, and several spans in the same sentences are one citation. All
    citations count, while the script looks at the first three of a claim by default. Raises
    ``GroundingError`` when ``article`` is not the one that was asked.
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
    """How many citations are not irrelevant, or None if the claim does not follow from all."""

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
