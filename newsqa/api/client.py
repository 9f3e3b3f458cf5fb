"""NewsQA: asks with settings and parts, and keeps connections between questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self, overload

import newsqa

# Everything else is imported when it is first used, so that importing ``ask`` costs next to nothing.
# Annotations name the package, which loads a type when ``typing.get_type_hints`` looks it up.
if TYPE_CHECKING:
    import newsqa.checks
    import newsqa.events
    import newsqa.models
    import newsqa.readers
    import newsqa.verifiers


class NewsQA:
    """Answers questions about articles, and keeps connections and caches between questions.

    It can be used from any number of threads and event loops. As a context manager, sync or async, it
    closes its connections at the end.

    >>> with NewsQA(model="newsqa-extractive") as qa:
    ...     qa.ask("The bridge closed on 3 May.", "When did the bridge close?").short
    '3 May'

    Args:
        settings: How to answer; by default what the environment says.
        model: A model's name or any object with the ``Model`` protocol, in place of
            ``settings.model``.
        reader: Any object with the ``Reader`` protocol, or the name of a registered one, to read
            instead of a language model.
        verifier: Any object with the ``Verifier`` protocol, or a function, in place of
            ``settings.verify``.
        checks: Checks, or the names of built-in or registered ones, to apply instead of the built-in
            ones. ``settings.checks`` says what happens to a claim with findings.
        on_event: Called with each event of every question; see ``newsqa.events``.

    Raises:
        ConfigurationError: The settings or parts cannot work together.
    """

    def __init__(
        self,
        settings: newsqa.Settings | None = None,
        *,
        model: str | newsqa.models.Model | None = None,
        reader: str | newsqa.readers.Reader | None = None,
        verifier: newsqa.verifiers.Verifier | newsqa.verifiers.VerifyFunction | None = None,
        checks: Iterable[str | newsqa.checks.Check] | None = None,
        on_event: newsqa.events.OnEvent | None = None,
    ) -> None:
        from newsqa.checks.run import resolve_checks
        from newsqa.pipeline.pipeline import Pipeline
        from newsqa.settings import Settings
        from newsqa.wiring import build_listener, build_parts

        self.settings = settings or Settings()
        self._on_event = build_listener(self.settings, on_event)
        self._parts = build_parts(self.settings, model=model, reader=reader, verifier=verifier)
        self._verifier = verifier
        self._pipeline = Pipeline(
            self._parts.reader,
            strict=self.settings.strict,
            loosest=self.settings.loosest_match,
            policy=self.settings.checks,
            checks=None if checks is None else resolve_checks(checks),
            verifier=self._parts.verifier,
            only_doubtful=self.settings.verify == "doubtful",
        )

    @property
    def name(self) -> str:
        """The name of what reads: the model's, or the reader's if no language model reads."""
        return self._parts.name

    @property
    def model(self) -> newsqa.models.Model | None:
        """The language model, if there is one."""
        return self._parts.model

    @property
    def prompt(self) -> newsqa.PromptReference | None:
        """The prompt that the language model reads with, if one reads."""
        return self._parts.prompt

    @property
    def identity(self) -> dict[str, str]:
        """All that shapes an answer apart from article and question, each part by its name.

        Two runs with equal identities can share their answers.
        """
        from importlib.metadata import version

        settings, model = self.settings, self.model
        return {
            "newsqa": version("newsqa"),
            "reader": self.name,
            "model": model.fingerprint if model else "",
            "input tokens": str(model.max_input_tokens) if model else "",
            "prompt": self.prompt.fingerprint if self.prompt else "",
            "strict": str(settings.strict),
            "loosest match": settings.loosest_match,
            "windows": str(settings.windows),
            "policy of checks": settings.checks.model_dump_json(),
            "checks": ", ".join(check.name for check in self._pipeline.checks or ()),
            "second opinion": _name_of(self._verifier or settings.verify),
        }

    def ask(
        self,
        article: newsqa.Article | str | Sequence[newsqa.Article | str],
        question: str,
        *,
        on_event: newsqa.events.OnEvent | None = None,
    ) -> newsqa.Answer:
        """Answer ``question`` from ``article`` alone; see ``newsqa.ask``."""
        from newsqa.sync import run

        return run(self.aask(article, question, on_event=on_event))

    async def aask(
        self,
        article: newsqa.Article | str | Sequence[newsqa.Article | str],
        question: str,
        *,
        on_event: newsqa.events.OnEvent | None = None,
    ) -> newsqa.Answer:
        """Answer ``question`` from ``article`` alone, in async code; see ``newsqa.ask``."""
        from newsqa.events import combine

        listener = combine(self._on_event, on_event)
        return await self._pipeline.answer(_as_articles(article), question, on_event=listener)

    def stream(
        self, article: newsqa.Article | str | Sequence[newsqa.Article | str], question: str
    ) -> newsqa.SyncIterator[newsqa.Event | newsqa.Answer]:
        """Answer ``question`` claim by claim; see ``newsqa.stream``."""
        from newsqa.sync import SyncIterator

        return SyncIterator(self.astream(article, question))

    def astream(
        self, article: newsqa.Article | str | Sequence[newsqa.Article | str], question: str
    ) -> newsqa.AnswerStream:
        """Answer ``question`` claim by claim, in async code; see ``newsqa.stream``."""
        from newsqa.pipeline.stream import AnswerStream

        return AnswerStream(partial(self._stream_to, _as_articles(article), question))

    async def _stream_to(
        self,
        articles: newsqa.article.passages.Articles,
        question: str,
        on_event: newsqa.events.OnEvent,
    ) -> newsqa.Answer:
        from newsqa.events import combine

        listener = combine(self._on_event, on_event)
        return await self._pipeline.answer(articles, question, on_event=listener, streams=True)

    @overload
    def ask_many(
        self,
        article: newsqa.Article | str | Sequence[newsqa.Article | str],
        questions: Iterable[str],
        *,
        on_error: Literal["raise"],
        on_event: newsqa.events.OnEvent | None = None,
    ) -> list[newsqa.Answer]: ...

    @overload
    def ask_many(
        self,
        article: newsqa.Article | str | Sequence[newsqa.Article | str],
        questions: Iterable[str],
        *,
        on_error: Literal["return", "raise"] = "return",
        on_event: newsqa.events.OnEvent | None = None,
    ) -> list[newsqa.Answer | newsqa.Failure]: ...

    def ask_many(
        self,
        article: newsqa.Article | str | Sequence[newsqa.Article | str],
        questions: Iterable[str],
        *,
        on_error: Literal["return", "raise"] = "return",
        on_event: newsqa.events.OnEvent | None = None,
    ) -> list[newsqa.Answer] | list[newsqa.Answer | newsqa.Failure]:
        """Answer several questions about ``article``; see ``newsqa.ask_many``."""
        from newsqa.sync import run

        return run(self.aask_many(article, questions, on_error=on_error, on_event=on_event))

    @overload
    async def aask_many(
        self,
        article: newsqa.Article | str | Sequence[newsqa.Article | str],
        questions: Iterable[str],
        *,
        on_error: Literal["raise"],
        on_event: newsqa.events.OnEvent | None = None,
    ) -> list[newsqa.Answer]: ...

    @overload
    async def aask_many(
        self,
        article: newsqa.Article | str | Sequence[newsqa.Article | str],
        questions: Iterable[str],
        *,
        on_error: Literal["return", "raise"] = "return",
        on_event: newsqa.events.OnEvent | None = None,
    ) -> list[newsqa.Answer | newsqa.Failure]: ...

    async def aask_many(
        self,
        article: newsqa.Article | str | Sequence[newsqa.Article | str],
        questions: Iterable[str],
        *,
        on_error: Literal["return", "raise"] = "return",
        on_event: newsqa.events.OnEvent | None = None,
    ) -> list[newsqa.Answer] | list[newsqa.Answer | newsqa.Failure]:
        """Answer several questions about ``article``, in async code; see ``newsqa.ask_many``."""
        from newsqa.events import combine
        from newsqa.pipeline.many import answer_many

        listener = combine(self._on_event, on_event)
        return await answer_many(
            self._pipeline, _as_articles(article), questions, on_error=on_error, on_event=listener
        )

    def close(self) -> None:
        """Close the connections that ``ask`` opened. Later questions open new ones."""
        from newsqa.sync import run

        run(self.aclose())

    async def aclose(self) -> None:
        """Close the connections of the running event loop. Later questions open new ones."""
        await self._parts.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()


def _name_of(part: object) -> str:
    """Return the name of a part that is the same in every process, where ``repr`` has an address."""
    if part is None or isinstance(part, str):
        return part or ""
    named = part if hasattr(part, "__qualname__") else type(part)
    return f"{named.__module__}.{named.__qualname__}"


def _as_articles(
    article: newsqa.Article | str | Sequence[newsqa.Article | str],
) -> newsqa.article.passages.Articles:
    from newsqa.article import Article
    from newsqa.article.passages import check_articles

    several: Sequence[newsqa.Article | str]
    if isinstance(article, Sequence) and not isinstance(article, str | bytes):
        several = article
    else:
        several = [article]
    return check_articles(
        [each if isinstance(each, Article) else Article(each) for each in several]
    )
