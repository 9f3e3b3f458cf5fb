"""Ask a news article a question and get an answer that can be checked.

>>> from newsqa import ask
>>> answer = ask("The bridge closed on 3 May.", "When did the bridge close?", model="newsqa-extractive")
>>> answer.short
'3 May'
>>> answer.citations[0].sentences
(1,)
"""

from newsqa.answers.answer import Answer, Citation, Claim, PromptReference, Rejection
from newsqa.answers.opinion import SecondOpinion
from newsqa.api import NewsQA, NoModelWarning, aask, ask
from newsqa.article import Article
from newsqa.checks.policy import CheckPolicy
from newsqa.errors import (
    ArticleError,
    BudgetError,
    CaseError,
    ConfigurationError,
    GroundingError,
    ModelContextError,
    ModelError,
    ModelOutputError,
    ModelRefusedError,
    ModelRequestError,
    ModelRequestForbiddenError,
    ModelTruncatedError,
    ModelUnavailableError,
    NewsQAError,
    PromptError,
    QuestionError,
    RecordingError,
)
from newsqa.settings import Settings
from newsqa.text.spans import Span
from newsqa.usage import Usage

__all__ = [
    "Answer",
    "Article",
    "ArticleError",
    "BudgetError",
    "CaseError",
    "CheckPolicy",
    "Citation",
    "Claim",
    "ConfigurationError",
    "GroundingError",
    "ModelContextError",
    "ModelError",
    "ModelOutputError",
    "ModelRefusedError",
    "ModelRequestError",
    "ModelRequestForbiddenError",
    "ModelTruncatedError",
    "ModelUnavailableError",
    "NewsQA",
    "NewsQAError",
    "NoModelWarning",
    "PromptError",
    "PromptReference",
    "QuestionError",
    "RecordingError",
    "Rejection",
    "SecondOpinion",
    "Settings",
    "Span",
    "Usage",
    "aask",
    "ask",
]
