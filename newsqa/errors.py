"""All errors that newsqa raises on purpose.

::

    NewsQAError                     catch this to catch them all
    ├── ConfigurationError          cannot work as set up; do not retry
    │   ├── PromptError             a prompt file is missing, or its placeholders do not match
    │   ├── ModelRequestForbiddenError
    │   │                           a request to a model was forbidden, by a test
    │   └── RecordingError          no recording matches a request, or it cannot be read
    ├── BatchError                  the rows or the output of a batch cannot be used
    ├── CaseError                   a file of evaluation cases cannot be read (also a ValueError)
    ├── ArticleError                empty, not text, too large, undecodable (also a ValueError)
    ├── QuestionError               empty, not text, or too long (also a ValueError)
    ├── ModelError                  no usable completion
    │   ├── ModelUnavailableError   transient, after all retries: timeout, connection, 429, 5xx
    │   ├── ModelRequestError       permanent: other 4xx, quota
    │   │   └── ModelContextError   the prompt is longer than the model's context
    │   ├── ModelRefusedError       the model refused, or a content filter stopped it
    │   ├── ModelTruncatedError     the output reached its limit
    │   └── ModelOutputError        the output does not fit the schema after the re-ask
    ├── BudgetError                 a budget of tokens, calls or dollars leaves no room; raised before the call
    └── GroundingError              a claim or citation is not grounded in the article

If the article does not answer the question, that is not an error: it is an ``Answer`` with the status
``not_in_article``.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from newsqa.usage import Usage


class NewsQAError(Exception):
    """Base class of all errors that newsqa raises on purpose."""


class ConfigurationError(NewsQAError):
    """newsqa cannot work as it is set up. A retry does not help."""


class PromptError(ConfigurationError):
    """A prompt file is missing, or its placeholders do not match the values."""


class ModelRequestForbiddenError(ConfigurationError):
    """A request to a model's server was made inside a ``no_model_requests`` block.

    It is not a ``ModelError``, so that neither a fallback model nor a retry hides it.
    """


class RecordingError(ConfigurationError):
    """No recorded completion matches a request, or the recordings cannot be read."""


class CaseError(NewsQAError, ValueError):
    """A file of evaluation cases cannot be read. The message names the case and what to do."""


class BatchError(NewsQAError, ValueError):
    """The rows, the ledger or the output of a batch cannot be used. The message says what to do."""


class ArticleError(NewsQAError, ValueError):
    """An article is empty, not text, too large, or cannot be decoded.

    It is also a ``ValueError``, so that pydantic reports it for models with a field of type
    ``Article``.
    """


class QuestionError(NewsQAError, ValueError):
    """The question is empty, not text, or too long."""


class ModelError(NewsQAError):
    """A language model gave no usable completion.

    Args:
        message: What went wrong, and what to do.
        model: The name of the model.
        usage: What the attempt cost.
        request_id: The server's id for the request.
        partial: The text that the model had written, if any.
    """

    retryable: ClassVar[bool] = False
    """Whether the same call may succeed later."""

    def __init__(
        self,
        message: str,
        *,
        model: str = "",
        usage: Usage | None = None,
        request_id: str | None = None,
        partial: str = "",
    ) -> None:
        super().__init__(message)
        self.model = model
        self.usage = usage or Usage()
        self.request_id = request_id
        self.partial = partial


@contextmanager
def adds_usage(spent: Usage) -> Iterator[None]:
    """Add ``spent`` to the usage of any ``ModelError`` or ``BudgetError`` raised in this block."""
    try:
        yield
    except (ModelError, BudgetError) as error:
        error.usage = spent + error.usage
        raise


class ModelUnavailableError(ModelError):
    """The server timed out, refused the connection, or answered 408, 409, 429 or 5xx, on every attempt."""

    retryable: ClassVar[bool] = True


class ModelRequestError(ModelError):
    """The server rejects the request: wrong key, unknown model, no quota, bad parameter."""


class ModelContextError(ModelRequestError):
    """The prompt does not fit the model's context."""

    max_input_tokens: int | None = None
    """The tokens that a prompt may hold, if the server says so."""


class ModelRefusedError(ModelError):
    """The model refused to answer, or a content filter stopped it."""


class ModelTruncatedError(ModelError):
    """The output reached its token limit. ``partial`` holds what was written."""


class ModelOutputError(ModelError):
    """The output does not fit the schema, even after the re-ask. ``partial`` holds the raw text."""


class BudgetError(NewsQAError):
    """A budget leaves no room for what must be sent. Raised before the call.

    The budget is a prompt's tokens, or what ``max_calls``, ``max_tokens`` and ``max_cost`` of the
    settings leave. ``usage`` is what the question has cost until then.
    """

    def __init__(self, message: str, *, usage: Usage | None = None) -> None:
        super().__init__(message)
        self.usage = usage or Usage()


class GroundingError(NewsQAError):
    """A claim is rejected in strict mode, or a stored answer does not fit its article."""


_PASSED_OVER = frozenset({"newsqa", "pydantic", "pydantic_settings", "functools"})
"""Packages between newsqa's code and its caller's."""


def warn_caller(message: str, category: type[Warning]) -> None:
    """Issue a warning that points at the line that called newsqa, from however deep inside."""
    level, frame = 1, sys._getframe()  # noqa: SLF001  # the stack
    while frame.f_back and _package(frame.f_globals) in _PASSED_OVER:
        level, frame = level + 1, frame.f_back
    warnings.warn(message, category, stacklevel=level)


def _package(namespace: dict[str, object]) -> str:
    return str(namespace.get("__name__")).partition(".")[0]
