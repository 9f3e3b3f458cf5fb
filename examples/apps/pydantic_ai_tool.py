"""newsqa as a tool of a pydantic-ai agent, whose dependency is the article that it talks about."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic_ai import Agent, RunContext

from newsqa import Article, NewsQA


@dataclass
class Desk:
    """The dependencies of the agent's tools."""

    newsqa: NewsQA
    article: Article


agent = Agent(
    deps_type=Desk,
    instructions="Answer from the article only. Use ask_article, and repeat its citations.",
)


@agent.tool
async def ask_article(context: RunContext[Desk], question: str) -> str:
    """Answer a question from the article, with the sentences that prove the answer.

    Args:
        context: The article, and what answers.
        question: The question.
    """
    return str(await context.deps.newsqa.aask(context.deps.article, question))
