"""Events: what happens while a question is answered, as typed values without any content.

``NewsQA(on_event=...)`` and ``ask(..., on_event=...)`` pass each event to a function; ``stream`` yields
the same events, with the claims between them. The events that hold claims are in
``newsqa.answers.events``; those here hold names and figures only, never a word of the article, the
question, a prompt or a completion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from newsqa.usage import Usage


class Event(BaseModel):
    """Something that happens while a question is answered."""

    model_config = ConfigDict(frozen=True)

    @property
    def name(self) -> str:
        """The name of the event's kind in other programs, such as ``window_read``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


class Progress(Event):
    """An event that tells a person how far the answer is; ``str`` gives the sentence."""


class QuestionAsked(Progress):
    """A question begins."""

    sentences: int
    """The number of sentences of the article."""

    def __str__(self) -> str:
        return f"reading {self.sentences} sentence{'s' * (self.sentences != 1)}"


class RequestSent(Progress):
    """A request to a model's server is sent. A ``RequestCompleted`` or ``RequestFailed`` follows."""

    model: str
    url: str
    """The server's base URL, without a key."""
    number: int
    """Counted from 1 in one completion: above 1 it repeats or rephrases an earlier request."""
    is_streaming: bool = False
    """Whether the output is requested piece by piece."""
    max_output_tokens: int | None = None

    def __str__(self) -> str:
        return f"waiting for {self.model}"


class RequestCompleted(Progress):
    """A model's server has answered with a completion."""

    model: str
    url: str
    completed_by: str
    """The model that wrote it, as its server reports it."""
    usage: Usage
    """The tokens of this request."""
    seconds: float
    first_text_seconds: float | None = None
    """The time to the first text, if the output was streamed."""
    finish_reasons: tuple[str, ...] = ()
    """Why the output ended, in the server's words."""
    response_id: str = ""
    """The server's name for the completion."""

    def __str__(self) -> str:
        return f"{self.model} has answered"


class RequestFailed(Progress):
    """A request gave no completion."""

    model: str
    url: str
    error: str
    """The class of the error that it amounts to, such as ``ModelUnavailableError``."""
    status: int | None = None
    """The HTTP status, if the server reported an error."""
    seconds: float

    def __str__(self) -> str:
        status = f" ({self.status})" if self.status else ""
        return f"{self.model} could not answer{status}"


class RetryScheduled(Progress):
    """A failed request will be sent again."""

    model: str
    wait_seconds: float

    def __str__(self) -> str:
        return f"asking {self.model} again in {self.wait_seconds:.1f} s"


class RequestRephrased(Progress):
    """The server refuses the form of the request; the next one has another form.

    For example JSON mode instead of a schema, or an output limit under another name.
    """

    model: str

    def __str__(self) -> str:
        return f"asking {self.model} in another form"


class FallbackChosen(Progress):
    """A model is unavailable, and the next one is asked."""

    unavailable: str
    model: str

    def __str__(self) -> str:
        return f"{self.unavailable} is unavailable; asking {self.model}"


class CacheHit(Progress):
    """A completion comes from the cache."""

    model: str

    def __str__(self) -> str:
        return "found in the cache"


class WindowRead(Progress):
    """A window of an article that is too long for one prompt has been read."""

    number: int
    """How many have been read so far; windows are read at the same time, in any order."""
    total: int

    def __str__(self) -> str:
        return f"window {self.number} of {self.total} read"


class AskedAgain(Progress):
    """The reader is asked again, once, about what is wrong with its reply.

    ``claims``: claims were rejected or have findings. ``output``: the reply does not fit the schema.
    ``context``: the prompt was too long, so smaller windows are read.
    """

    about: Literal["claims", "output", "context"]
    count: int = 1
    """The number of claims that are asked about, if it is about claims."""

    def __str__(self) -> str:
        reasons = {
            "claims": f"{self.count} claim{'s' * (self.count != 1)} did not hold",
            "output": "the reply was not usable",
            "context": "the prompt was too long",
        }
        return f"asked again: {reasons[self.about]}"


class ClaimRejected(Progress):
    """A drafted claim, or a piece of its evidence, was rejected.

    ``Answer.rejected`` has its words, which nothing verified.
    """

    reason: str
    """As in ``Rejection.reason``."""
    check: str = ""
    """The check that refused it, if one did."""

    def __str__(self) -> str:
        return f"a claim was rejected: {self.reason}{f' ({self.check})' if self.check else ''}"


class VerificationStarted(Progress):
    """A second opinion is sought on the grounded claims."""

    claims: int

    def __str__(self) -> str:
        return f"checking {self.claims} claim{'s' * (self.claims != 1)} with a second opinion"


class QuestionAnswered(Progress):
    """The answer is there. It is the last event, and the answer follows it in a stream."""

    status: str
    claims: int
    rejected: int
    model: str
    prompt_name: str = ""
    prompt_fingerprint: str = ""
    usage: Usage
    seconds: float

    def __str__(self) -> str:
        return "done"


class QuestionFailed(Progress):
    """The question ends with an error, or was cancelled."""

    error: str
    """The class of the error."""
    seconds: float

    def __str__(self) -> str:
        return f"failed: {self.error}"


OnEvent: TypeAlias = Callable[[Event], object]
"""A function that is called with each event, in the event loop that answers the question.

It must return quickly, and what it raises ends the question.
"""

_listener: ContextVar[OnEvent | None] = ContextVar("newsqa_event_listener", default=None)


def emit(event: Event) -> None:
    """Pass ``event`` to whoever listens to the question that is being answered here, if anybody does.

    The listener belongs to the context of the running task, as a current span does, so that models and
    readers need no parameter for it, and wrappers around them need to pass nothing on.
    """
    on_event = _listener.get()
    if on_event is not None:
        on_event(event)


@contextmanager
def listening(on_event: OnEvent | None) -> Iterator[None]:
    """Pass the events of this block, and of the tasks that it starts, to ``on_event`` alone.

    >>> seen = []
    >>> with listening(seen.append):
    ...     emit(CacheHit(model="tiny"))
    >>> print(seen[0], "|", seen[0].name)
    found in the cache | cache_hit
    """
    token = _listener.set(on_event)
    try:
        yield
    finally:
        _listener.reset(token)


def combine(*listeners: OnEvent | None) -> OnEvent | None:
    """Return a function that passes each event to all ``listeners``, in order."""
    present = [listener for listener in listeners if listener]
    if len(present) < 2:
        return present[0] if present else None

    def on_event(event: Event) -> None:
        for listener in present:
            listener(event)

    return on_event
