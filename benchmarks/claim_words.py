"""Words for the rules of the claim benchmark, independent of the words of the checks."""

from __future__ import annotations

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December".split()
)
