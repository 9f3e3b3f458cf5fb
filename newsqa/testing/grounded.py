"""assert_grounded: an answer holds what newsqa promises of every answer."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from newsqa.answers.answer import Answer, Citation
from newsqa.article import Article


def assert_grounded(answer: Answer, article: Article | str) -> None:
    """Fail unless every sentence of ``answer`` rests on exact spans of ``article``.

    Each claim must have citations, each citation must say what the article says between its offsets
    and name the sentences it touches, and the answer's text must be its claims and nothing else.
    Raises ``AssertionError`` that lists everything that is wrong: for answers that were stored,
    changed or built by hand.
    """
    __tracebackhide__ = True
    article = article if isinstance(article, Article) else Article(article)
    problems = [*_wrong_article(answer, article), *_claims(answer, article), *_text(answer)]
    if problems:
        lines = "\n".join(f"- {problem}" for problem in problems)
        raise AssertionError(f"The answer is not grounded in the article:\n{lines}")


def _wrong_article(answer: Answer, article: Article) -> Iterator[str]:
    if answer.article_sha256 != article.sha256:
        yield (
            f"it was made from a text with the SHA-256 {answer.article_sha256[:12]}…, and this "
            f"article's is {article.sha256[:12]}…"
        )


def _claims(answer: Answer, article: Article) -> Iterator[str]:
    for number, claim in enumerate(answer.claims, 1):
        if not claim.citations:
            yield f"claim {number}, {claim.text!r}, cites nothing"
        for citation in claim.citations:
            for problem in _citation(citation, article):
                yield f"claim {number}, {claim.text!r}, cites {citation.text!r}, {problem}"


def _citation(citation: Citation, article: Article) -> Iterator[str]:
    place, said = f"{citation.start}:{citation.end}", citation.slice(article.text)
    if said != citation.text:
        yield (
            f"and at {place} the article says {said!r}" if said else f"and {place} is past its end"
        )
        return
    touched = tuple(s.number for s in article.sentences_in(citation.start, citation.end))
    if citation.sentences != touched:
        yield f"as of sentences {list(citation.sentences)}, and it stands in {list(touched)}"


def _text(answer: Answer) -> Iterator[str]:
    """What the class checks of an answer that is read in; one built without it may break that."""
    try:
        Answer.model_validate(answer.model_dump())
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            if problem["loc"] == ():
                yield f"of its text {answer.text!r}, {problem['msg'].removeprefix('Value error, ')}"
