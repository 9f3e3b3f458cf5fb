"""Usage: what an answer cost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from newsqa.usage import Usage

usages = st.builds(
    Usage, **{name: st.integers(min_value=0, max_value=10**9) for name in Usage.model_fields}
)


@given(usages, usages)
def test_every_count_adds_up(one: Usage, other: Usage) -> None:
    """Also a field added later: none is left out of the sum."""
    total = one + other
    assert total.model_dump() == {
        name: count + other.model_dump()[name] for name, count in one.model_dump().items()
    }


@given(usages)
def test_nothing_spent_changes_nothing(usage: Usage) -> None:
    """``Usage()`` is the start of every sum."""
    assert sum([usage], Usage()) == usage == usage + Usage()


def test_a_negative_count_cannot_be() -> None:
    """A server's broken count is refused instead of lowering the sum."""
    with pytest.raises(ValidationError):
        Usage(input_tokens=-1)
