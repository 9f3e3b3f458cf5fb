"""The published formulas that measures are computed by; what each says is its paper's, to the last digit.

- ``squad_…``: exact match and F1 of short answers in English, as the official script
  ``evaluate-v2.0.py`` of SQuAD 2.0 defines them (Rajpurkar, Jia and Liang, "Know What You Don't Know:
  Unanswerable Questions for SQuAD", ACL 2018).
- ``mlqa_…``: the same in several languages, as the official script ``mlqa_evaluation_v1.py`` defines
  them (Lewis et al., "MLQA: Evaluating Cross-lingual Extractive Question Answering", ACL 2020): all
  Unicode punctuation is dropped, each language loses its own articles, and in Chinese every character
  is a word. The script covers Arabic, Chinese, English, German, Hindi, Spanish and Vietnamese. Any
  other language (Russian, Greek, Thai and Turkish of XQuAD among them) gets SQuAD's rules for English,
  as it does in XTREME's script for XQuAD, ``evaluate-v1.1.py``.
- ``citation_quality``: citation recall and precision as ALCE defines them: do the citations entail the
  claims? (Gao et al., "Enabling Large Language Models to Generate Text with Citations", EMNLP 2023,
  section on citation quality, and its script ``eval.py``.) The caller chooses the judge of entailment:
  the paper used a large NLI model (TRUE). Report a figure together with its judge.
- ``sentence_scores``, ``is_hit`` and ``covers``: citations against the gold evidence.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from newsqa.answers.answer import Answer, Claim
from newsqa.article import Article
from newsqa.text.spans import Span


class PrecisionRecall(BaseModel):
    """Precision, recall and their harmonic mean F1, each from 0 to 1."""

    model_config = ConfigDict(frozen=True)

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, precision: float, recall: float) -> PrecisionRecall:
        """Return the two with their harmonic mean."""
        return cls(precision=precision, recall=recall, f1=harmonic_mean(precision, recall))

    @classmethod
    def of_counts(cls, right: int, *, chosen: int, wanted: int) -> PrecisionRecall:
        """Compute the shares from counts: chosen rightly, chosen in all, and wanted.

        Choosing nothing where nothing is wanted is perfect, 1 in all three; if only one of the two is
        empty, all three are 0. This is how SQuAD 2.0 scores the empty answer.
        """
        if not chosen or not wanted:
            agree = float(chosen == wanted)
            return cls(precision=agree, recall=agree, f1=agree)
        return cls.of(right / chosen, right / wanted)


def harmonic_mean(precision: float, recall: float) -> float:
    """Return F1 of a precision and a recall; 0 if both are 0 (van Rijsbergen, 1979)."""
    # Computed in the order of the official scripts, because thresholds depend on the last digit.
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def sentence_scores(cited: Collection[int], evidence: Collection[int]) -> PrecisionRecall:
    """Compare the numbers of the cited sentences with those of the gold evidence.

    A number counts once, however often it is given. Where there is evidence, these are HotpotQA's
    scores of supporting facts for one question (Yang et al., EMNLP 2018).

    >>> sentence_scores([3, 4, 4, 9], [4, 5]).recall
    0.5
    """
    chosen, wanted = set(cited), set(evidence)
    return PrecisionRecall.of_counts(len(chosen & wanted), chosen=len(chosen), wanted=len(wanted))


def is_hit(citations: Sequence[Span], golds: Sequence[Span]) -> bool:
    """Return whether any citation shares at least one code point with any gold span."""
    return any(c.start < gold.end and gold.start < c.end for c in citations for gold in golds)


def covers(citations: Sequence[Span], golds: Sequence[Span]) -> bool:
    """Return whether a single citation contains the whole of any gold span."""
    return any(c.start <= gold.start and gold.end <= c.end for c in citations for gold in golds)


_ARTICLE = re.compile(r"\b(?:an?|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def squad_normalize(text: str) -> str:
    """Lower-case ``text`` and drop ASCII punctuation, "a", "an" and "the", and extra white space.

    >>> squad_normalize("The Harbour  Office!")
    'harbour office'
    """
    plain = text.lower().translate(_NO_PUNCTUATION)
    return " ".join(_ARTICLE.sub(" ", plain).split())


def squad_exact_match(prediction: str, golds: Iterable[str]) -> float:
    """Return 1.0 if the normalized prediction equals a normalized gold answer, else 0.0.

    An abstention is the empty prediction. Gold answers that normalize to nothing are dropped; if none
    is left, the question has no answer, and only a prediction that normalizes to nothing is right.
    """
    return float(squad_normalize(prediction) in _references(golds))


def squad_f1(prediction: str, golds: Iterable[str]) -> float:
    """Return the best F1, from 0 to 1, between the words of the prediction and of a gold answer.

    A repeated word counts as often as it occurs. Questions without an answer are scored as in
    ``squad_exact_match``.

    >>> squad_f1("On 16 May.", ["16 May"])
    0.8
    """
    words = squad_normalize(prediction).split()
    return max(_word_f1(words, gold.split()) for gold in _references(golds))


def token_f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    """Return F1 between two multisets of tokens; 0 if they share none, even if both are empty."""
    shared = (Counter(predicted) & Counter(gold)).total()
    return harmonic_mean(shared / len(predicted), shared / len(gold)) if shared else 0.0


def _references(golds: Iterable[str]) -> list[str]:
    return [gold for gold in map(squad_normalize, golds) if gold] or [""]


def _word_f1(predicted: list[str], gold: list[str]) -> float:
    return token_f1(predicted, gold) if predicted and gold else float(predicted == gold)


_MLQA_ARTICLES = {
    "ar": re.compile("ال"),  # anywhere, even inside words: that is the script's rule
    **{
        language: re.compile(rf"\b(?:{'|'.join(words.split())})\b")
        for language, words in {
            "de": "der die das den dem des ein eine einen einem einer eines",
            "en": "a an the",
            "es": "el la los las un una unos unas",
            "vi": "cái chiếc của là những",
        }.items()
    },
}
_MLQA_LANGUAGES = frozenset(_MLQA_ARTICLES) | {"hi", "zh"}
_HAN = re.compile("([\u4e00-\u9fa5])")


def mlqa_normalize(text: str, language: str) -> str:
    """Normalize ``text`` to words and single spaces by the rules of ``language`` (ISO 639-1)."""
    if language not in _MLQA_LANGUAGES:
        return squad_normalize(text)
    plain = "".join(character for character in text.lower() if not _is_punctuation(character))
    if language in _MLQA_ARTICLES:
        plain = _MLQA_ARTICLES[language].sub(" ", plain)
    if language == "zh":
        plain = _HAN.sub(r" \1 ", plain)
    return " ".join(plain.split())


def mlqa_exact_match(prediction: str, golds: Iterable[str], language: str) -> float:
    """Return 1.0 if the normalized prediction equals a normalized gold answer, else 0.0.

    MLQA and XQuAD answer every question, so their scripts have no rule for unanswerable ones. Without
    gold answers, only a prediction that normalizes to nothing is right, as in SQuAD 2.0.
    """
    references = [mlqa_normalize(gold, language) for gold in golds] or [""]
    return float(mlqa_normalize(prediction, language) in references)


def mlqa_f1(prediction: str, golds: Iterable[str], language: str) -> float:
    """Return the best F1, from 0 to 1, between the words of the prediction and of a gold answer.

    A gold answer that normalizes to nothing scores 0, as in the official scripts but unlike SQuAD
    2.0's. Without gold answers this equals ``mlqa_exact_match``.
    """
    words = mlqa_normalize(prediction, language).split()
    scores = [token_f1(words, mlqa_normalize(gold, language).split()) for gold in golds]
    return max(scores) if scores else float(not words)


def _is_punctuation(character: str) -> bool:
    return character in string.punctuation or unicodedata.category(character).startswith("P")


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
