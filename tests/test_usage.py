"""Usage: what an answer cost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from newsqa.usage import Usage

counts = {
    name: st.integers(min_value=0, max_value=10**9) for name in Usage.model_fields if name != "cost"
}
usages = st.builds(Usage, **counts, cost=st.none() | st.integers(0, 1_000).map(float))


@given(usages, usages)
def test_every_count_adds_up(one: Usage, other: Usage) -> None:
    """Also a field added later: none is left out of the sum."""
    total = (one + other).model_dump(exclude={"cost"})
    assert total == {
        name: count + other.model_dump()[name]
        for name, count in one.model_dump(exclude={"cost"}).items()
    }


@given(usages)
def test_nothing_spent_changes_nothing(usage: Usage) -> None:
    """``Usage()`` is the start of every sum."""
    assert sum([usage], Usage()) == usage == usage + Usage()


@given(usages, usages)
def test_a_cost_is_known_if_all_its_parts_are(one: Usage, other: Usage) -> None:
    """Half of a bill is no bill."""
    total = (one + other).cost
    spent = [usage for usage in (one, other) if usage != Usage()]
    if spent and all(usage.cost is not None for usage in spent):
        assert total == sum(usage.cost or 0.0 for usage in spent)
    else:
        assert total is None


def test_a_negative_count_cannot_be() -> None:
    """A server's broken count is refused instead of lowering the sum."""
    with pytest.raises(ValidationError):
        Usage(input_tokens=-1)


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        (Usage(), ()),
        (Usage(calls=1), ("1 call",)),
        (Usage(calls=1, cost=0.0), ("1 call", "$0.00000")),
        (Usage(calls=2000, cost=12.5), ("2,000 calls", "$12.50")),
        (Usage(output_tokens=3, cost=0.0123), ("0 tokens in, 3 out", "$0.0123")),
    ],
)
def test_a_summary_holds_what_is_known(usage: Usage, words: tuple[str, ...]) -> None:
    """A cost that is not known is left out."""
    assert usage.summary == words
