"""The key of a request covers all that shapes a completion."""

from __future__ import annotations

import pytest

from newsqa.models import Message, OutputSchema, request_key

PROMPT = (Message("system", "Answer."), Message("user", "When?"))
SCHEMA = OutputSchema("answer", {"a": {}, "b": {}})
KEY = request_key("m", PROMPT, SCHEMA)


def test_keys_of_files_that_are_there_stay_valid() -> None:
    """A cache that was paid for is not lost with a change of this code."""
    assert KEY.hex() == "e011cf0147c2916162247ec363a69ace0cb01f136cb4ed97b7c3d63bd6ac20ea"


@pytest.mark.parametrize(
    "other",
    [
        request_key("n", PROMPT, SCHEMA),
        request_key("m", PROMPT[1:], SCHEMA),
        request_key("m", (PROMPT[0], Message("assistant", "When?")), SCHEMA),
        request_key("m", PROMPT, OutputSchema("draft", SCHEMA.schema)),
        request_key("m", PROMPT, OutputSchema("answer", {"b": {}, "a": {}})),
    ],
)
def test_any_change_is_another_key(other: bytes) -> None:
    """The model, a message, its role, the schema's name and the order of its properties."""
    assert other != KEY
