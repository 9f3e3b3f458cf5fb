"""Every error newsqa raises on purpose.

::

    NewsQAError                     catch this to catch them all
    ├── ConfigurationError          cannot work as set up; do not retry
    │   ├── PromptError             a prompt file is missing, or its placeholders do not match
    │   ├── ModelRequestForbiddenError
    │   │                           a test forbids what was about to be sent to a model
    │   └── RecordingError          no recording answers a request, or it cannot be read
    ├── CaseError                   a file of evaluation cases cannot be read (also a ValueError)
    ├── ArticleError                empty, not text, too large, undecodable (also a ValueError)
    ├── QuestionError               empty, not text, or too long (also a ValueError)
    ├── ModelError                  no usable completion
    │   ├── ModelUnavailableError   transient, after all retries: timeout, connection, 429, 5xx
    │   ├── ModelRequestError       permanent: other 4xx, quota
    │   │   └── ModelContextError   the prompt is longer than the model's context
    │   ├── ModelRefusedError       the model refused, or a content filter stopped it
    │   ├── ModelTruncatedError     the output ended at its limit
    │   └── ModelOutputError        the output does not fit the schema after the re-ask
    ├── BudgetError                 a token budget leaves no room; raised before the call
    └── GroundingError              a citation does not stand in the article

"The article does not say" is not an error: it is an ``Answer`` whose status is ``not_in_article``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from newsqa.usage import Usage


class NewsQAError(Exception):
    """Every error raised on purpose."""


class ConfigurationError(NewsQAError):
    """Newsqa cannot work as it is set up; a retry will not help."""


class PromptError(ConfigurationError):
    """A prompt file is missing, or its placeholders do not match what is filled in."""


class ModelRequestForbiddenError(ConfigurationError):
    """A request was about to be sent to a model's server inside of ``no_model_requests``.

    No ``ModelError``: no fallback to another model and no retry may hide it.
    """


class RecordingError(ConfigurationError):
    """No recorded completion answers a request, or the recordings cannot be read."""


class CaseError(NewsQAError, ValueError):
    """A file of evaluation cases cannot be read: it says which case, and what to do."""


class ArticleError(NewsQAError, ValueError):
    """What was given is no article that can be read: empty, not text, too large, undecodable.

    A ``ValueError`` too, so that pydantic reports it in the models that hold an ``Article``.
    """


class QuestionError(NewsQAError, ValueError):
    """The question is empty, not text, or too long."""


class ModelError(NewsQAError):
    """A language model gave no usable completion.

    ``model`` names it, ``usage`` is what the attempt cost, ``request_id`` is the server's own, and
    ``retryable`` says whether the same call may succeed later.
    """

    retryable: ClassVar[bool] = False

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
        """The text the model had written, where there is any."""


@contextmanager
def adds_usage(spent: Usage) -> Iterator[None]:
    """Have a ``ModelError`` raised inside carry what was spent before it, too."""
    try:
        yield
    except ModelError as error:
        error.usage = spent + error.usage
        raise


class ModelUnavailableError(ModelError):
    """The server timed out, refused the connection or answered 408, 409, 429 or 5xx to the last."""

    retryable: ClassVar[bool] = True


class ModelRequestError(ModelError):
    """The server will not take this request: wrong key, unknown model, no quota, bad parameter."""


class ModelContextError(ModelRequestError):
    """The prompt is longer than the model's context."""


class ModelRefusedError(ModelError):
    """The model refused to answer, or a content filter stopped it."""


class ModelTruncatedError(ModelError):
    """The output ended at its token limit; ``partial`` holds what there was."""


class ModelOutputError(ModelError):
    """The output does not fit the schema, even after the re-ask; ``partial`` holds the raw text."""


class BudgetError(NewsQAError):
    """A token budget leaves no room for what must be sent; raised before the call."""


class GroundingError(NewsQAError):
    """A citation does not stand: in strict mode after the re-ask, or in ``Answer.verify``."""
