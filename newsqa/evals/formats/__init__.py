"""The seam for data sets: a format reads a file of questions into cases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from newsqa.errors import CaseError
from newsqa.evals.formats._external import LoadedCases, RejectedRow
from newsqa.evals.formats.flat_jsonl import read_rows
from newsqa.evals.formats.golden import read_golden
from newsqa.evals.formats.mrqa import read_mrqa
from newsqa.evals.formats.newsqa import read_combined
from newsqa.evals.formats.squad import read_squad
from newsqa.plugins import find_plugins, load_plugin

__all__ = ["FORMATS", "Format", "LoadedCases", "RejectedRow", "load_cases"]


class Format(Protocol):
    """Anything that reads a file of questions."""

    def __call__(self, path: Path, *, language: str | None = None) -> LoadedCases:
        """Read the cases in the file at ``path``.

        Verify offsets against the text, and reject a row whose offsets are wrong with the reason.

        Args:
            path: The file.
            language: The ISO 639-1 code of cases that do not give theirs.

        Raises:
            CaseError: The file as a whole cannot be read.
        """


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
"""The built-in formats by their names in ``newsqa eval --format``."""


def load_cases(
    path: Path | str,
    *,
    format: str = "cases",  # noqa: A002  # as the option is called
    language: str | None = None,
) -> LoadedCases:
    """Load the cases in a file.

    Args:
        path: The file.
        format: One of ``FORMATS``, or the name of an entry point in the group ``newsqa.formats``.
        language: The ISO 639-1 code of cases that do not give theirs.

    Returns:
        The cases, and the rows of a data set that were rejected.

    Raises:
        CaseError: The format is unknown, the file cannot be read, or a golden case is not usable.
    """
    return _reader_of(format)(Path(path), language=language)


def _reader_of(name: str) -> Format:
    if name in FORMATS:
        return FORMATS[name]
    plugins = find_plugins("newsqa.formats")
    if name not in plugins:
        names = ", ".join([*FORMATS, *plugins])
        raise CaseError(f"There is no format {name!r}; there are {names}.")
    reader: Format = load_plugin("newsqa.formats", name)
    return reader
