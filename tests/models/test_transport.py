"""The policy for requests that may succeed when sent again: what headers mean, what limits allow."""

from __future__ import annotations

import math
import time
from email.utils import formatdate
from typing import Any

import pytest

from newsqa.errors import ConfigurationError
from newsqa.models.transport import Patience, Transport, retry_after, should_retry

DATE = "Sun, 22 Nov 2026 12:00:00 GMT"
LATER = "Sun, 22 Nov 2026 12:00:30 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-1"}, 0.0),
        ({"retry-after": "inf"}, None),
        ({"retry-after-ms": "inf", "retry-after": "3"}, 3.0),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": LATER, "date": DATE}, 30.0),
        ({"retry-after": DATE, "date": LATER}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_retry_after_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    """Milliseconds before seconds; a date by the server's own clock; nonsense is nothing."""
    assert retry_after(headers) == seconds


def test_a_date_without_the_servers_clock_is_measured_by_ours() -> None:
    """To the second, which is all that a date has."""
    header = formatdate(time.time() + 100, usegmt=True)
    assert retry_after({"retry-after": header}) == pytest.approx(100, abs=5)


@pytest.mark.parametrize(
    ("header", "said"), [("true", True), ("False", False), ("perhaps", None), ("", None)]
)
def test_what_the_server_says_about_retrying(header: str, said: bool | None) -> None:
    """Only a clear word is one."""
    assert should_retry({"x-should-retry": header}) is said


def test_a_server_that_says_nothing_about_retrying() -> None:
    """Leaves it to the status."""
    assert should_retry({}) is None


@pytest.mark.parametrize("name", ["timeout", "deadline", "max_attempts", "max_concurrency"])
@pytest.mark.parametrize("value", [0, -1, math.nan])
def test_a_transport_takes_positive_values_only(name: str, value: float) -> None:
    """And names the one that is not."""
    changes: dict[str, Any] = {name: value}
    with pytest.raises(ConfigurationError, match=f"Transport.{name} must be above 0"):
        Transport(**changes)


def test_an_attempt_may_take_its_timeout_or_what_the_deadline_leaves() -> None:
    """Whichever is less."""
    now = [100.0]
    transport = Transport(timeout=60, deadline=180, clock=lambda: now[0])
    assert transport.remaining(Patience(100.0)) == 60
    now[0] = 250.0
    assert transport.remaining(Patience(100.0)) == 30
