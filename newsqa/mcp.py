"""A tool server: assistants that speak the Model Context Protocol ask articles and verify answers.

Clients read either the content of a result or its structured content, so each holds the whole answer:
the content as Markdown with the cited words and their offsets, the structured content as ``Answer``.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Annotated

from pydantic import BaseModel, Field

from newsqa.answers.answer import Answer
from newsqa.api import NewsQA
from newsqa.article import Article
from newsqa.errors import ConfigurationError, GroundingError, NewsQAError
from newsqa.output.markdown import escape, to_document

try:
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import CallToolResult, TextContent, ToolAnnotations
except ImportError as error:
    raise ConfigurationError("Tool servers need mcp: pip install 'newsqa[mcp]'.") from error

INSTRUCTIONS = (
    "Answers questions about one news article from that article alone. Every sentence of an answer "
    "cites exact words of the article, which were verified; the status not_in_article means that the "
    "article does not say. Pass the article's full text."
)


class Verdict(BaseModel):
    """The verdict on a stored answer: whether each of its citations is in the article."""

    is_valid: bool
    problem: str = ""
    """What is wrong, if it is not valid."""


def create_server(qa: NewsQA) -> MCPServer[None]:
    """Return a tool server whose tools answer with ``qa``.

    Its tools are ``ask_article`` and ``verify_answer``. It reads no file and fetches no address.
    """
    server: MCPServer[None] = MCPServer(
        "newsqa", version=version("newsqa"), instructions=INSTRUCTIONS, log_level="WARNING"
    )
    read_only = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    server.tool(title="Ask an article", annotations=read_only)(_Asking(qa).ask_article)
    server.tool(title="Verify an answer", annotations=read_only)(verify_answer)
    return server


class _Asking:
    """The tool that asks, with what it asks."""

    def __init__(self, qa: NewsQA) -> None:
        self._qa = qa

    async def ask_article(
        self,
        article: Annotated[str, Field(description="The full text of the article.")],
        question: Annotated[str, Field(description="One question about the article.")],
        title: Annotated[str | None, Field(description="The article's title.")] = None,
        published_at: Annotated[
            str | None,
            Field(description="When it was published, in ISO 8601; relative dates refer to it."),
        ] = None,
        source: Annotated[str | None, Field(description="The publisher or agency.")] = None,
        url: Annotated[str | None, Field(description="Its address. Nothing is fetched.")] = None,
    ) -> Annotated[CallToolResult, Answer]:
        """Answer a question from a news article alone, citing the exact words of the article."""
        try:
            read = Article(article, title, published_at, source, url)
            answer = await self._qa.aask(read, question)
        except NewsQAError as error:
            raise ToolError(str(error)) from error
        return _result("\n\n".join(_readable(answer)), answer)


async def verify_answer(
    answer: Annotated[Answer, Field(description="The structured content of ask_article.")],
    article: Annotated[str, Field(description="The full text of the article.")],
) -> Annotated[CallToolResult, Verdict]:
    """Verify that every citation of a stored answer is in the article, to the letter."""
    verdict = verify(answer, article)
    return _result(verdict.problem or "Every citation is in the article, to the letter.", verdict)


def _result(text: str, value: BaseModel) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text)],
        structured_content=value.model_dump(mode="json"),
    )


def verify(answer: Answer, text: str) -> Verdict:
    """Return whether every citation of ``answer`` is in the article with this text.

    >>> from newsqa import ask
    >>> answer = ask("It closed on 3 May.", "When did it close?", model="newsqa-extractive")
    >>> verify(answer, "It closed on 3 May.").is_valid, verify(answer, "It closed.").is_valid
    (True, False)
    """
    try:
        answer.verify(Article(text))
    except GroundingError as error:
        return Verdict(is_valid=False, problem=str(error))
    return Verdict(is_valid=True)


def _readable(answer: Answer) -> Iterator[str]:
    """Yield an answer's parts in Markdown: status, text with footnotes, offsets, and doubts."""
    yield to_document(answer)
    if answer.citations:
        offsets = (f"- {c.start}–{c.end}: “{escape(c.text)}”" for c in answer.citations)
        yield "Cited characters of the article:\n\n" + "\n".join(offsets)
    doubts = [f"- {escape(doubt)}" for claim in answer.claims for doubt in claim.doubts]
    if doubts:
        yield "To check by a person:\n\n" + "\n".join(doubts)
