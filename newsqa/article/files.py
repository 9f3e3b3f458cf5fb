"""Reading a file that should hold an article, with a limit on its size."""

from __future__ import annotations

from errno import EFBIG
from pathlib import Path

from newsqa.errors import ArticleError

MAX_BYTES = 40_000_000
"""Far above any article; a larger file is something else, and is not read."""


def read_file(path: Path) -> bytes:
    """Return the content of the file at ``path``.

    Raises:
        ArticleError: There is no such file, it is a folder, unreadable, or larger than 40 MB.
    """
    try:
        return _read_limited(path)
    except (FileNotFoundError, ValueError):  # ValueError: a NUL or half a character in the name
        raise ArticleError(f"There is no file {str(path)!r}.") from None
    except IsADirectoryError:
        raise ArticleError(f"{str(path)!r} is a folder; name a text or JSON file.") from None
    except OSError as error:
        raise ArticleError(f"{str(path)!r} cannot be read: {error.strerror}.") from error


def _read_limited(path: Path) -> bytes:
    if path.is_dir():
        raise IsADirectoryError
    size = path.stat().st_size
    if size <= MAX_BYTES:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # a device has no size, and a file may grow
        if len(data) <= MAX_BYTES:
            return data
    raise OSError(EFBIG, f"an article has at most {MAX_BYTES / 1e6:.0f} MB")
