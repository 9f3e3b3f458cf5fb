"""Loading cases from a file, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from newsqa.errors import CaseError
from newsqa.evals.formats import Format, LoadedCases
from newsqa.evals.formats.flat_jsonl import read_rows
from newsqa.evals.formats.golden import read_golden
from newsqa.evals.formats.mrqa import read_mrqa
from newsqa.evals.formats.newsqa import read_combined
from newsqa.evals.formats.squad import read_squad

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "cases": read_golden,
        "rows": read_rows,
        "squad": read_squad,
        "xquad": read_squad,
        "mrqa": read_mrqa,
        "newsqa": read_combined,
    }
)
"""By the names that ``newsqa eval --format`` knows."""


def load_cases(
    path: Path | str,
    *,
    format: str = "cases",  # noqa: A002  # as the option is called
    language: str | None = None,
) -> LoadedCases:
    """The cases in the file at ``path``, and the rows of a data set that do not hold.

    ``format`` is one of ``FORMATS``; ``language`` an ISO 639-1 code for cases that tell none. Raises
    ``CaseError`` for a file that cannot be read, and for golden cases that are not usable.
    """
    if format not in FORMATS:
        raise CaseError(f"There is no format {format!r}; there are {', '.join(FORMATS)}.")
    return FORMATS[format](Path(path), language=language)
