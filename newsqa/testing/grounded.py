"""assert_grounded: check that an answer keeps what newsqa guarantees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from newsqa.answers.answer import Answer, Citation
from newsqa.article import Article


def assert_grounded(answer: Answer, article: Article | str | Sequence[Article]) -> None:
    """Fail unless every sentence of ``answer`` cites exact spans of ``article``.

    Each claim must have citations. Each citation must be the article's text between its offsets, with
    the numbers of the sentences it overlaps. The answer's text must be its claims and nothing else.
    Use it for answers that were stored, changed or built by hand.

    Raises:
        AssertionError: Something is wrong; the message lists all of it.
    """
    __tracebackhide__ = True
    if isinstance(article, str | Article):
        article = [article if isinstance(article, Article) else Article(article)]
    problems = [*_wrong_article(answer, article), *_claims(answer, article), *_text(answer)]
    if problems:
        lines = "\n".join(f"- {problem}" for problem in problems)
        raise AssertionError(f"The answer is not grounded in the article:\n{lines}")


def _wrong_article(answer: Answer, articles: Sequence[Article]) -> Iterator[str]:
    if len(articles) != len(answer.articles):
        yield f"it was made from {len(answer.articles)} articles, and these are {len(articles)}"
    for article, asked in zip(articles, answer.articles, strict=False):
        if asked.sha256 != article.sha256:
            yield (
                f"it was made from a text with the SHA-256 {asked.sha256[:12]}…, but this "
                f"article's is {article.sha256[:12]}…"
            )


def _claims(answer: Answer, articles: Sequence[Article]) -> Iterator[str]:
    for number, claim in enumerate(answer.claims, 1):
        if not claim.citations:
            yield f"claim {number}, {claim.text!r}, cites nothing"
        for citation in claim.citations:
            if citation.article >= len(articles):
                yield f"claim {number}, {claim.text!r}, cites article {citation.article + 1}, which is not given"
                continue
            for problem in _citation(citation, articles[citation.article]):
                yield f"claim {number}, {claim.text!r}, cites {citation.text!r}, {problem}"


def _citation(citation: Citation, article: Article) -> Iterator[str]:
    place, actual = f"{citation.start}:{citation.end}", citation.slice(article.text)
    if actual != citation.text:
        yield (
            f"but the article has {actual!r} at {place}"
            if actual
            else f"but {place} is past its end"
        )
        return
    overlapped = tuple(s.number for s in article.sentences_in(citation.start, citation.end))
    if citation.sentences != overlapped:
        yield f"as sentences {list(citation.sentences)}, but it is in {list(overlapped)}"


def _text(answer: Answer) -> Iterator[str]:
    """Run the validation of ``Answer`` again, which ``model_copy`` and ``model_construct`` skip."""
    try:
        Answer.model_validate(answer.model_dump())
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            if problem["loc"] == ():
                yield f"of its text {answer.text!r}, {problem['msg'].removeprefix('Value error, ')}"
