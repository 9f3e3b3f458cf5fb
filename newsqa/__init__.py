"""Ask a news article a question and get an answer that can be checked.

>>> from newsqa import ask
>>> answer = ask("The bridge closed on 3 May.", "When did the bridge close?", model="newsqa-extractive")
>>> answer.short
'3 May'
>>> answer.citations[0].sentences
(1,)
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str
    from newsqa.answers.answer import Answer, Citation, Claim, Failure, PromptReference, Rejection
    from newsqa.answers.events import ClaimVerified, ClaimWithdrawn
    from newsqa.answers.finding import SecondOpinion
    from newsqa.api import NewsQA, aask, aask_many, ask, ask_many, astream, stream
    from newsqa.article import Article
    from newsqa.article.reference import ArticleReference
    from newsqa.checks.policy import CheckPolicy
    from newsqa.errors import (
        ArticleError,
        BatchError,
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
    from newsqa.events import Event, Progress
    from newsqa.pipeline.stream import AnswerStream
    from newsqa.settings import Settings
    from newsqa.sync import SyncIterator
    from newsqa.text.spans import Span
    from newsqa.usage import Usage
    from newsqa.wiring import NoModelWarning

__all__ = [
    "Answer",
    "AnswerStream",
    "Article",
    "ArticleError",
    "ArticleReference",
    "BatchError",
    "BudgetError",
    "CaseError",
    "CheckPolicy",
    "Citation",
    "Claim",
    "ClaimVerified",
    "ClaimWithdrawn",
    "ConfigurationError",
    "Event",
    "Failure",
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
    "Progress",
    "PromptError",
    "PromptReference",
    "QuestionError",
    "RecordingError",
    "Rejection",
    "SecondOpinion",
    "Settings",
    "Span",
    "SyncIterator",
    "Usage",
    "aask",
    "aask_many",
    "ask",
    "ask_many",
    "astream",
    "stream",
]

_HOMES = {
    "answers.answer": (
        "Answer",
        "Citation",
        "Claim",
        "Failure",
        "PromptReference",
        "Rejection",
    ),
    "answers.events": ("ClaimVerified", "ClaimWithdrawn"),
    "answers.finding": ("SecondOpinion",),
    "api": (
        "NewsQA",
        "aask",
        "aask_many",
        "ask",
        "ask_many",
        "astream",
        "stream",
    ),
    "article": ("Article",),
    "article.reference": ("ArticleReference",),
    "checks.policy": ("CheckPolicy",),
    "errors": (
        "ArticleError",
        "BatchError",
        "BudgetError",
        "CaseError",
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
        "NewsQAError",
        "PromptError",
        "QuestionError",
        "RecordingError",
    ),
    "events": ("Event", "Progress"),
    "pipeline.stream": ("AnswerStream",),
    "settings": ("Settings",),
    "sync": ("SyncIterator",),
    "text.spans": ("Span",),
    "usage": ("Usage",),
    "wiring": ("NoModelWarning",),
}
"""The module of each public name, which is loaded when the name is first used (PEP 562)."""

_PACKAGES = ("checks", "evals", "events", "models", "readers", "testing", "verifiers")
"""The packages with parts for users; each is loaded when it is first used, too."""

_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("importlib.metadata").version("newsqa")
    if name in _PACKAGES:
        return import_module(f"{__name__}.{name}")
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
