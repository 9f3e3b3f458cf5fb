"""Several articles: citations name theirs, and contradictions are shown with both sides."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.answers.answer import Answer
from newsqa.api import NewsQA
from newsqa.article import Article
from newsqa.article.passages import Articles, Passage, split_into_windows
from newsqa.checks.policy import CheckPolicy
from newsqa.errors import ArticleError, BudgetError, GroundingError
from newsqa.output.terminal import as_json
from newsqa.settings import Settings
from newsqa.testing import ScriptedModel, assert_grounded

HERALD = Article(
    "The bridge closed on Friday.\nTwelve people were hurt.",
    title="Bridge closes",
    source="Harbour Herald",
    published_at="2025-03-14",
)
POST = Article(
    "The ferry is late.\nThe fall hurt 15 people.\nThe bridge closed on Friday.",
    source="Dale Post",
    published_at="2025-03-21",
)
BOTH = [HERALD, POST]
QUESTION = "How many people were hurt?"


def said(
    text: str, *evidence: tuple[int, str], disagreement: str = "none", topic: str = ""
) -> dict[str, Any]:
    """A claim about several articles, as a model writes it."""
    proof = [{"sentence": number, "quote": quote} for number, quote in evidence]
    return {"text": text, "evidence": proof, "disagreement": disagreement, "topic": topic}


TWELVE = said("Twelve people were hurt.", (2, "Twelve"), disagreement="conflict", topic="the hurt")
FIFTEEN = said(
    "The fall hurt 15 people.", (4, "15 people"), disagreement="conflict", topic="The  hurt"
)


def reply(*claims: dict[str, Any], short: str = "", status: str = "answered") -> str:
    """A model's reply."""
    return json.dumps({"claims": claims, "short": short, "status": status})


def ask(*script: str | Exception, articles: Sequence[Article] = BOTH, **options: Any) -> Answer:
    """The answer to the question, verified."""
    answer = NewsQA(Settings(**options), model=ScriptedModel(*script)).ask(articles, QUESTION)
    answer.verify(articles)
    assert_grounded(answer, articles)
    return answer


def test_citations_name_their_article() -> None:
    """By index and id, with offsets and sentence numbers of that article."""
    answer = ask(reply(TWELVE, FIFTEEN, short="Twelve; 15"))
    assert [(c.article, c.article_id, c.sentences, c.text) for c in answer.citations] == [
        (0, HERALD.sha256[:12], (2,), "Twelve"),
        (1, POST.sha256[:12], (2,), "15 people"),
    ]
    assert [article.source for article in answer.articles] == ["Harbour Herald", "Dale Post"]
    assert answer.short == "Twelve; 15"


def test_a_contradiction_is_shown_with_both_sides() -> None:
    """Each with its source, its date and its spans; neither is left out of the text."""
    answer = ask(reply(TWELVE, FIFTEEN))
    [disagreement] = answer.disagreements
    assert disagreement.kind == "conflict"
    assert [(side.text, side.articles[0].label, side.citations) for side in disagreement.sides] == [
        (claim.text, label, claim.citations)
        for claim, label in zip(
            answer.claims, ["Harbour Herald, 2025-03-14", "Dale Post, 2025-03-21"], strict=True
        )
    ]


def test_a_contradiction_without_spans_on_both_sides_is_not_shown() -> None:
    """Its other claim stays what it is."""
    invented = said(
        "No one was hurt.", (4, "no one was"), disagreement="conflict", topic="the hurt"
    )
    answer = ask(reply(TWELVE, invented), reply(invented))
    assert answer.disagreements == ()
    assert [claim.text for claim in answer.claims] == [TWELVE["text"]]


def test_one_article_does_not_contradict_itself() -> None:
    """Two sides that cite the same article are no disagreement between articles."""
    closed = said(
        "The bridge closed on Friday.", (1, ""), disagreement="conflict", topic="the hurt"
    )
    assert ask(reply(TWELVE, closed)).disagreements == ()


def test_two_wordings_of_one_topic_are_one_point() -> None:
    """If nothing else is contradicted."""
    other = {**FIFTEEN, "topic": "how many were hurt"}
    [disagreement] = ask(reply(TWELVE, other)).disagreements
    assert disagreement.topic == "the hurt"


def test_claims_that_agree_are_no_disagreement() -> None:
    """Whatever their topic says."""
    agreed = [{**each, "disagreement": "none"} for each in (TWELVE, FIFTEEN)]
    assert ask(reply(*agreed)).disagreements == ()


def test_a_contradiction_survives_the_re_ask() -> None:
    """A corrected side takes the place of the rejected one."""
    wrong = {**FIFTEEN, "evidence": [{"sentence": 4, "quote": "16 people"}]}
    [disagreement] = ask(reply(TWELVE, wrong), reply(FIFTEEN)).disagreements
    assert [side.text for side in disagreement.sides] == [TWELVE["text"], FIFTEEN["text"]]


@pytest.mark.parametrize(
    ("source", "kind"),
    [("Harbour Herald", "correction"), (None, "correction"), ("Post", "conflict")],
)
def test_a_correction_is_one_of_the_same_piece(source: str | None, kind: str) -> None:
    """Another publisher contradicts; it does not correct."""
    later = POST.model_copy(update={"source": source})
    claims = [{**each, "disagreement": "correction"} for each in (TWELVE, FIFTEEN)]
    [disagreement] = ask(reply(*claims), articles=[HERALD, later]).disagreements
    assert disagreement.kind == kind
    begins = "An article corrects" if kind == "correction" else "The articles disagree on"
    assert str(disagreement).startswith(f"{begins} the hurt:\n- ")


def test_a_claim_may_rest_on_several_articles() -> None:
    """Both are cited."""
    closed = said("The bridge closed on Friday.", (1, "closed on Friday"), (5, "closed on Friday"))
    assert [c.article for c in ask(reply(closed)).citations] == [0, 1]


def test_a_date_is_read_against_its_own_article() -> None:
    """Yesterday is another day in each."""
    policy = CheckPolicy(dates="refuse")
    pair = [
        Article("The bridge closed yesterday.", published_at=day)
        for day in ("2025-03-14", "2025-03-21")
    ]
    for sentence, status in [(1, "answered"), (2, "not_in_article")]:
        dated = reply(said("The bridge closed on 13 March 2025.", (sentence, "")))
        assert ask(dated, dated, articles=pair, checks=policy).status == status


def test_words_of_two_articles_support_nothing_together() -> None:
    """Each figure needs an article that has it."""
    mixed = said("The fall hurt 12 people and 15 people.", (2, ""), (4, ""))
    assert ask(reply(mixed), reply(mixed)).claims != ()
    wrong = said("The fall hurt 27 people.", (2, ""), (4, ""))
    [claim] = ask(reply(wrong), reply(wrong)).claims
    assert [finding.words for finding in claim.findings] == ["27"]


def test_a_quote_with_the_number_of_another_article_is_cited_where_it_is() -> None:
    """If only one other article has it."""
    [citation] = ask(reply(said("Fifteen were hurt.", (1, "15 people")))).citations
    assert citation.article == 1


def test_a_quote_that_two_articles_have_needs_the_number() -> None:
    """Neither is chosen for the reader."""
    shut = said("The bridge closed.", (99, "closed on Friday"))
    answer = ask(reply(shut), reply(shut))
    assert [row.reason for row in answer.rejected] == ["sentence_not_shown"]


def test_the_prompt_numbers_sentences_across_articles() -> None:
    """Each article has its own header."""
    model = ScriptedModel(reply(status="not_in_article"))
    NewsQA(model=model).ask(BOTH, QUESTION)
    content = model.requests[0].messages[1].content
    assert "Article 1 of 2\nTitle: Bridge closes\nPublished: Friday, 14 March 2025\n" in content
    assert (
        "\nArticle 2 of 2\nPublished: Friday, 21 March 2025\nSource: Dale Post\n\n[3] The"
        in content
    )
    assert "The articles are complete." in content
    assert model.requests[0].schema.name == "draft"
    assert "disagreement" in json.dumps(dict(model.requests[0].schema.schema))


def test_a_list_of_one_article_is_asked_as_that_article() -> None:
    """The same bytes are sent, and the same answer comes back."""
    script = '{"claims": [], "short": "", "status": "not_in_article"}'
    one, several = ScriptedModel(script), ScriptedModel(script)
    answer = NewsQA(model=one).ask(HERALD, QUESTION)
    assert NewsQA(model=several).ask([HERALD], QUESTION) == answer
    assert several.requests == one.requests


def test_several_questions_about_several_articles() -> None:
    """In one request, with the disagreements of each question."""
    drafts = [json.loads(reply(TWELVE, FIFTEEN)), json.loads(reply(status="not_in_article"))]
    rows = [{"question": n, "draft": each} for n, each in enumerate(drafts, 1)]
    model = ScriptedModel(json.dumps({"answers": rows}))
    first, second = NewsQA(model=model).ask_many(BOTH, [QUESTION, "Who won?"], on_error="raise")
    assert (len(first.disagreements), second.status) == (1, "not_in_article")
    assert first.prompt is not None
    assert first.prompt.name == "answer+articles+questions"


def test_articles_that_do_not_fit_are_read_in_windows() -> None:
    """All of them; the contradiction is found where their cited sentences are read together."""
    filler = "\n".join(["Rain fell on the old town all day and all night."] * 150)
    long = [each.model_copy(update={"text": f"{each.text}\n{filler}"}) for each in BOTH]
    fifteen = {**FIFTEEN, "evidence": [{"sentence": 154, "quote": "15 people"}]}
    nothing = reply(status="not_in_article")

    def by_passage(content: str) -> str:
        has = [words in content for words in ("Twelve people", "hurt 15 people")]
        return (
            reply(*[c for c, is_there in zip((TWELVE, fifteen), has, strict=True) if is_there])
            if any(has)
            else nothing
        )

    model = _Answering(by_passage)
    answer = NewsQA(Settings(max_input_tokens=5_000), model=model).ask(long, QUESTION)
    answer.verify(long)
    assert model.calls > 2
    assert [side.articles[0].source for side in answer.disagreements[0].sides] == [
        "Harbour Herald",
        "Dale Post",
    ]


class _Answering(ScriptedModel):
    """A model that answers from what it is shown."""

    def __init__(self, by_passage: Any) -> None:
        super().__init__(max_input_tokens=5_000)
        self._by_passage = by_passage
        self.calls = 0

    async def complete(self, messages: Any, schema: Any) -> Any:
        """Answer from the passage."""
        self.calls += 1
        self._script = [self._by_passage(messages[1].content)]
        return await super().complete(messages, schema)


def test_the_sources_are_shown_in_every_form() -> None:
    """Text, Markdown, JSON and the terminal's."""
    answer = ask(reply(TWELVE, FIFTEEN))
    assert "- Dale Post, 2025-03-21: The fall hurt 15 people." in str(answer)
    assert "[2] Dale Post, 2025-03-21: “15 people”" in str(answer)
    assert "Article 2: Dale Post, 2025-03-21" in str(answer)
    assert "[^2]: Dale Post, 2025-03-21, sentence 2: “15 people”" in answer.to_markdown()
    stored = Answer.model_validate_json(as_json(answer))
    assert stored == answer
    assert stored.disagreements == answer.disagreements


def test_verify_wants_all_articles_in_order() -> None:
    """A span of one article proves nothing in another."""
    answer = ask(reply(TWELVE, FIFTEEN))
    with pytest.raises(GroundingError, match="made from 2 articles, and 1 are given"):
        answer.verify(HERALD)
    with pytest.raises(GroundingError, match="has changed since"):
        answer.verify([POST, HERALD])


def test_no_articles_are_an_error() -> None:
    """There is nothing to read."""
    with pytest.raises(ArticleError, match="list is empty"):
        NewsQA(model=ScriptedModel()).ask([], QUESTION)


def test_the_embedded_reader_answers_from_the_article_that_fits_best() -> None:
    """It understands nothing, and so finds no disagreement."""
    answer = NewsQA(model="newsqa-extractive").ask(BOTH, "What is late?")
    answer.verify(BOTH)
    assert {c.article for c in answer.citations} == {1}


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.data())
def test_numbers_run_through_all_articles(sizes: list[int], data: st.DataObject) -> None:
    """There and back, whatever the number of sentences; each offset is of its own article."""
    texts = ["\n".join(f"Sentence {n}." for n in range(size)) for size in sizes]
    articles = Articles(tuple(map(Article, texts)))
    number = data.draw(st.integers(1, len(articles.sentences)))
    index, own = articles.locate(number)
    assert articles.number(index, own.number) == number
    shown = articles.sentences[number - 1]
    assert articles.articles[index].text[shown.start : shown.end] == shown.text == own.text


@given(st.lists(st.integers(1, 5), min_size=2, max_size=5), st.integers(4, 20))
def test_windows_count_the_header_of_each_article(sizes: list[int], budget: int) -> None:
    """No window takes more than the budget, and none loses a sentence."""
    texts = ["\n".join(f"Sentence {n}." for n in range(size)) for size in sizes]
    passage = Passage.whole(Articles(tuple(map(Article, texts))))
    windows = split_into_windows(passage, budget, lambda _: 2, lambda _: 2)
    assert [s for window in windows for s in window.sentences] == list(passage.sentences)
    for window in windows:
        assert 2 * len(window.sentences) + 2 * len(list(window.parts)) <= budget


def test_a_sentence_with_its_header_has_to_fit() -> None:
    """The error says how much is missing."""
    passage = Passage.whole(Articles((HERALD, POST)))
    with pytest.raises(BudgetError, match="takes 5 tokens"):
        split_into_windows(passage, 4, lambda _: 2, lambda _: 3)
