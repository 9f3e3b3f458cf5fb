"""Writes events to the logger ``newsqa``: what people search logs for, without any content."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from newsqa.events import (
    AskedAgain,
    ClaimRejected,
    Event,
    FallbackChosen,
    Progress,
    QuestionFailed,
    RequestFailed,
    RequestRephrased,
    RetryScheduled,
    WindowRead,
)

_log = logging.getLogger("newsqa")

LEVELS: Mapping[type[Event], int] = {
    FallbackChosen: logging.WARNING,
    RequestFailed: logging.INFO,
    RetryScheduled: logging.INFO,
    RequestRephrased: logging.INFO,
    WindowRead: logging.INFO,
    AskedAgain: logging.INFO,
    ClaimRejected: logging.INFO,
    QuestionFailed: logging.INFO,
}
"""The level of each kind of event; all other progress is logged at ``DEBUG``."""


def log_event(event: Event) -> None:
    """Log the name and the sentence of ``event``, with the event itself as ``record.event``.

    An event that holds a claim is not logged, at no level.
    """
    level = LEVELS.get(type(event), logging.DEBUG)
    if isinstance(event, Progress) and _log.isEnabledFor(level):
        _log.log(level, "%s: %s", event.name, event, extra={"event": event})
