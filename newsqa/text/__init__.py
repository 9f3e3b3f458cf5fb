"""Text: recognizers of quotes, numbers, dates and names that know nothing of claims."""

from typing import Literal

Tier = Literal["exact", "whitespace", "typography", "case", "elided"]
"""How loosely a quote matched, from the tightest tier; ``newsqa.text.quotes`` explains each."""
