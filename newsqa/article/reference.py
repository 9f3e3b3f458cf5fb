"""ArticleReference: the facts by which an article can be found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict

from newsqa.article import Article
from newsqa.article.fields import Moment

ID_CHARACTERS = 12
"""The hexadecimal digits of an article's SHA-256 that identify it in an answer."""


class ArticleReference(BaseModel):
    """A reference to an article, without its text.

    >>> article = Article("Rain fell.", title="Rain", source="Dale Post", published_at="2025-03-14")
    >>> print(ArticleReference.of(article))
    “Rain”, Dale Post, 2025-03-14, SHA-256 8a4b1e83d9ac…
    """

    model_config = ConfigDict(frozen=True)

    title: str | None = None
    url: str | None = None
    source: str | None = None
    """The publisher or agency."""
    published: Moment = None
    """The date or time of publication."""
    sha256: str
    """The SHA-256 of the article's text in UTF-8, in hexadecimal."""

    @classmethod
    def of(cls, article: Article) -> Self:
        """Return the reference to ``article``."""
        return cls(
            title=article.title,
            url=article.url,
            source=article.source,
            published=article.published_at,
            sha256=article.sha256,
        )

    @property
    def id(self) -> str:
        """The first 12 digits of the SHA-256, as ``Citation.article_id`` has them."""
        return self.sha256[:ID_CHARACTERS]

    @property
    def label(self) -> str:
        """The source and day in a few words; the title, or the id, if no source is known."""
        name = self.source or self.title or self.id
        return ", ".join([name, *self._day()])

    def _day(self) -> Iterator[str]:
        if self.published:
            yield date(self.published.year, self.published.month, self.published.day).isoformat()

    def __str__(self) -> str:
        """Return everything that is known, on one line."""
        title = [f"“{self.title}”"] if self.title else []
        known = [*title, *filter(None, [self.source]), *self._day(), *filter(None, [self.url])]
        return " ".join(", ".join([*known, f"SHA-256 {self.id}…"]).split())
