"""ALCE's citation recall and precision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.article import Article
from newsqa.errors import GroundingError
from newsqa.evals.formulas import PrecisionRecall, citation_quality
from tests.evals.answering import ARTICLE, answer, cite

SENTENCES = [sentence.text for sentence in ARTICLE.sentences]
STOPPED, UNHURT, PORT, UNION = SENTENCES


class Judge:
    """Finds a claim entailed by a premise with all that it needs, and keeps the premises."""

    def __init__(self, needs: dict[str, list[set[str]]]) -> None:
        self.needs = needs
        self.premises: list[str] = []

    def __call__(self, premise: str, claim: str) -> bool:
        """Return whether the premise has any sufficient set of sentences."""
        self.premises.append(premise)
        return any(need <= set(premise.split("\n")) for need in self.needs[claim])


def quality(*claims: tuple[str, list[str]], needs: dict[str, list[set[str]]]) -> PrecisionRecall:
    """Return the quality of claims that cite these words of the article."""
    cited = [(text, [cite(words) for words in quoted]) for text, quoted in claims]
    scores = citation_quality(answer(*cited), ARTICLE, judge=Judge(needs))
    assert scores is not None
    return scores


def test_entailed_claim_has_recall_and_precision() -> None:
    """Its one citation entails it."""
    scores = quality(("It stopped.", [STOPPED]), needs={"It stopped.": [{STOPPED}]})
    assert scores == PrecisionRecall(precision=1, recall=1, f1=1)


def test_claim_that_does_not_follow_has_neither_recall_nor_precision() -> None:
    """Its citation does not support it."""
    scores = quality(("It stopped.", [UNHURT]), needs={"It stopped.": [{STOPPED}]})
    assert scores == PrecisionRecall(precision=0, recall=0, f1=0)


def test_citations_that_are_needed_together_are_all_relevant() -> None:
    """None entails the claim alone, and the rest does not without it."""
    scores = quality(("They differ.", [PORT, UNION]), needs={"They differ.": [{PORT, UNION}]})
    assert scores == PrecisionRecall(precision=1, recall=1, f1=1)


def test_citations_that_each_suffice_are_all_relevant() -> None:
    """More support than needed lowers no score."""
    scores = quality(("It strikes.", [PORT, UNION]), needs={"It strikes.": [{PORT}, {UNION}]})
    assert scores.precision == 1


def test_citation_that_adds_nothing_is_irrelevant() -> None:
    """It does not entail the claim alone, and the others do without it."""
    scores = quality(
        ("They differ.", [PORT, UNHURT, UNION]), needs={"They differ.": [{PORT, UNION}]}
    )
    assert (scores.precision, scores.recall) == pytest.approx((2 / 3, 1))


def test_precision_is_over_citations_and_recall_over_claims() -> None:
    """One claim of two follows, with one relevant citation of two; the other has two citations."""
    scores = quality(
        ("It stopped.", [STOPPED, UNHURT]),
        ("It is over.", [PORT, UNION]),
        needs={"It stopped.": [{STOPPED}], "It is over.": []},
    )
    assert (scores.precision, scores.recall) == (1 / 4, 1 / 2)
    assert scores.f1 == pytest.approx(1 / 3)


def test_premise_is_the_cited_sentences_in_order() -> None:
    """A short quote counts as its whole sentence, which readers see highlighted."""
    judge = Judge({"So.": [{STOPPED, UNION}]})
    said = answer(("So.", [cite("a week"), cite("noon")]))
    citation_quality(said, ARTICLE, judge=judge)
    assert judge.premises[0] == f"{STOPPED}\n{UNION}"


def test_two_quotes_from_one_sentence_are_one_citation() -> None:
    """Otherwise each would make the other irrelevant."""
    scores = quality(
        ("They differ.", ["The port", "two days", UNION]), needs={"They differ.": [{PORT, UNION}]}
    )
    assert scores.precision == 1


def test_answer_without_claims_has_no_quality() -> None:
    """ALCE leaves it out of the mean."""
    assert citation_quality(answer(), ARTICLE, judge=Judge({})) is None


def test_different_article_is_an_error() -> None:
    """Sentence numbers would point to other sentences."""
    said = answer(("It stopped.", [cite(STOPPED)]))
    with pytest.raises(GroundingError, match="changed"):
        citation_quality(said, Article("Something else."), judge=Judge({}))


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, unique=True).flatmap(
        lambda cited: st.tuples(st.just(cited), st.permutations(cited))
    ),
    st.lists(st.sets(st.sampled_from(SENTENCES), min_size=1)),
)
def test_order_of_citations_does_not_matter(
    orders: tuple[list[str], list[str]], needed: list[set[str]]
) -> None:
    """Scores lie between 0 and 1, and there is no precision without recall."""
    one, other = (quality(("So.", order), needs={"So.": needed}) for order in orders)
    assert one == other
    assert 0 <= one.precision <= one.recall <= 1
