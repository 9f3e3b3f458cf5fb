"""Text: recognizers of quotes, numbers, dates and names that know nothing of claims."""

from typing import Literal

Tier = Literal["exact", "whitespace", "typography", "case", "elided"]
"""How loosely a quote matched, from the tightest tier; ``newsqa.text.quotes`` explains each."""

Offsets = tuple[int, int]
"""Start and end in a text, half-open, in code points."""
