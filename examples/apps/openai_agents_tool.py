"""newsqa as a function tool of the OpenAI Agents SDK."""

from __future__ import annotations

from agents import Agent, function_tool

from newsqa import NewsQA

newsqa = NewsQA()


@function_tool
async def ask_article(article: str, question: str) -> str:
    """Answer a question from a news article alone, with the sentences that prove the answer.

    Args:
        article: The text of the article.
        question: The question.
    """
    return str(await newsqa.aask(article, question))


agent = Agent(
    name="News desk",
    instructions="Answer from the article only. Use ask_article, and repeat its citations.",
    tools=[ask_article],
)
