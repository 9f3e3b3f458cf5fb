"""newsqa as a LangChain tool: the model gets the answer with its citations, the program the Answer."""

from __future__ import annotations

from langchain_core.tools import tool

from newsqa import Answer, NewsQA

newsqa = NewsQA()


@tool(response_format="content_and_artifact")
async def ask_article(article: str, question: str) -> tuple[str, Answer]:
    """Answer a question from a news article alone, with the sentences that prove the answer.

    Args:
        article: The text of the article.
        question: The question.
    """
    answer = await newsqa.aask(article, question)
    return str(answer), answer
