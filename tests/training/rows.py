"""A row to test with."""

from __future__ import annotations

from training.rows import Row

PASSAGE = (
    "The council met on Monday in the old hall of the town. Mayor Ada Brook opened the first "
    "bridge in 1928. It carried 40 carts a day until the river rose and took both of its piers. "
    "Her rival Tom Reed wanted a ferry at the northern end of the town in 1931."
)


def row(question: str, answer: str) -> Row:
    """A question about the passage, answered by the first occurrence of some words."""
    start = PASSAGE.index(answer)
    return Row(question, PASSAGE, start, start + len(answer), "test", "bridge")
