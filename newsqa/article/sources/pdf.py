"""PDFSource: the text of a PDF, its lines joined to paragraphs, and where each page begins."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

import regex

from newsqa.article.fields import Origin
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.values import make_fields
from newsqa.errors import ArticleError
from newsqa.optional import load_extra

if TYPE_CHECKING:
    from pypdf import PdfReader

Lines = list[str]

_RAISED_FOR_DAMAGE = (
    ArithmeticError,
    AttributeError,
    ImportError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pypdf raises for damaged files, besides errors of its own."""

MAX_PAGES = 2_000
MARGIN_LINES = 2
"""Running heads and page numbers are looked for in as many lines at the top and bottom of a page."""

MIN_REPEATED_SHARE = 0.6
"""A line on this share of the pages, but for its figures, is a running head or foot."""

MIN_FULL_SHARE = 0.8
"""A line with this share of the page's usual width is full: the next one goes on from it."""

_DIGITS = regex.compile(r"\d+")
_PAGE_NUMBER = regex.compile(
    r"(?i)(?:page|seite|página|pagina|side|sida)\s*\d{1,4}(?:\s*(?:/|of|von|de|sur|di|av|af)\s*\d{1,4})?"
)
_HYPHENATED_WORD = regex.compile(r"\p{L}+-\p{L}+")
_HYPHENATED = regex.compile(r"(\p{L}+)[-\u2010\u00ad]$")
_HYPHEN_END = regex.compile(r"[\p{L}\p{N}][-\u2010\u00ad]$")
_WORD_AHEAD = regex.compile(r"\p{Ll}[\p{L}\p{M}]*")
_FILE_NAME = regex.compile(
    r"(?i)\.(?:docx?|odt|indd|pdf|qxp|rtf|tex|txt)$|^untitled|^microsoft word"
)


class PDFSource:
    """Reads the text layer of a PDF."""

    def matches(self, data: bytes) -> bool:
        """Return False: a PDF is sniffed."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Return the text of a PDF, its title, and the offsets at which its pages begin.

        Raises:
            ArticleError: The PDF is damaged, encrypted, or holds images of text only.
        """
        pypdf = load_extra("pypdf", wanted_for="Articles in PDF", extra="pdf")
        pages, title = _extract(data, name)
        text, starts = join_pages(pages)
        if not text:
            raise ArticleError(
                f"{name!r} is a PDF without text, perhaps a scan: recognize its text first, for "
                "example with ocrmypdf."
            )
        origin = Origin(format="PDF", reader=f"pypdf {pypdf.__version__}")
        return make_fields(text, origin=origin, title=title, pages=starts)


def _extract(data: bytes, name: str) -> tuple[list[Lines], str]:
    """Return the lines of each page, and the title that the file's properties give."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        problem = _problem_with(reader)
        pages = [] if problem else [page.extract_text().splitlines() for page in reader.pages]
        title = str((not problem and reader.metadata and reader.metadata.title) or "").strip()
    except (PyPdfError, *_RAISED_FOR_DAMAGE) as error:
        raise ArticleError(f"{name!r} is a PDF that cannot be read: {error}.") from error
    if problem:
        raise ArticleError(f"{name!r} is {problem}.")
    return pages, "" if _FILE_NAME.search(title) else title


def _problem_with(reader: PdfReader) -> str | None:
    """Return what keeps a PDF from being read, as the end of a sentence."""
    if reader.is_encrypted and not reader.decrypt(""):
        return "an encrypted PDF: save a copy without its password"
    if len(reader.pages) > MAX_PAGES:
        return (
            f"a PDF of {len(reader.pages):,} pages, more than {MAX_PAGES:,}: pass the pages of one "
            "article"
        )
    return None


def join_pages(pages: list[Lines]) -> tuple[str, list[int]]:
    r"""Return the text of all pages, and the offset in it at which each page begins.

    Running heads, running feet and page numbers are left out, lines are joined to paragraphs, and a
    paragraph goes on over the end of a page.

    >>> join_pages([["The fee rises", "by 4 %."], [], ["Paid in May."]])
    ('The fee rises by 4 %.\n\nPaid in May.', [0, 21, 23])
    """
    bare = _without_margins(pages)
    joiner = _Joiner(width=_usual_width(bare), words=_words_of(bare))
    starts = [joiner.add_page(lines) for lines in bare]
    return joiner.text, _in_order(starts)


def _in_order(starts: list[int]) -> list[int]:
    """Return the offsets with none after the next: a hyphen that went shifts what came before."""
    return list(accumulate(reversed(starts), min))[::-1]


class _Joiner:
    """Joins lines, one after the other, to paragraphs."""

    def __init__(self, *, width: int, words: frozenset[str]) -> None:
        self.text = ""
        self._width = width
        self._words = words
        self._before: str | None = None

    def add_page(self, lines: Lines) -> int:
        """Add the lines of a page, and return where it begins."""
        starts = [self._add_line(line) for line in lines]
        return next((start for start in starts if start is not None), len(self.text))

    def _add_line(self, line: str) -> int | None:
        """Add a line, and return where it begins; a blank line ends the paragraph."""
        if not line:
            self._before = None
            return None
        separator = self._separator(line)  # which may take a hyphen from the text
        self.text += separator
        start = len(self.text)
        self.text += line
        self._before = line
        return start

    def _separator(self, line: str) -> str:
        before = self._before
        if not self.text:
            return ""
        if before is None:
            return "\n\n"
        if _HYPHEN_END.search(before):
            broken, rest = _HYPHENATED.search(before), _WORD_AHEAD.match(line)
            if broken and rest:
                self._drop_hyphen(broken[1], rest[0])
            return ""
        is_full = len(before) >= MIN_FULL_SHARE * self._width
        return " " if is_full or line[:1].islower() else "\n\n"

    def _drop_hyphen(self, left: str, right: str) -> None:
        """Take the hyphen at a line's end away, unless the document writes the word with one."""
        if f"{left}-{right}".casefold() not in self._words:
            self.text = self.text[:-1]


def _without_margins(pages: list[Lines]) -> list[Lines]:
    """Return the lines of each page without running heads, running feet and page numbers."""
    stripped = [_strip_blank(lines) for lines in pages]
    counts = Counter(key for lines in stripped for key in set(_margin_keys(lines)))
    needed = max(2, MIN_REPEATED_SHARE * sum(map(bool, stripped)))
    repeated = frozenset(key for key, count in counts.items() if count >= needed)
    return [_strip_blank(_without_keys(lines, repeated)) for lines in stripped]


def _strip_blank(lines: Lines) -> Lines:
    bare = [" ".join(line.split()) for line in lines]
    while bare and not bare[0]:
        del bare[0]
    while bare and not bare[-1]:
        del bare[-1]
    return bare


def _margin_keys(lines: Lines) -> Iterator[tuple[str, str]]:
    """Yield the lines at the top and bottom of a page, with a sign in place of figures."""
    for edge, margin in (("top", lines[:MARGIN_LINES]), ("bottom", lines[::-1][:MARGIN_LINES])):
        for line in margin:
            yield edge, _DIGITS.sub("#", line)


def _without_keys(lines: Lines, repeated: frozenset[tuple[str, str]]) -> Lines:
    def is_margin(number: int, line: str) -> bool:
        key = _DIGITS.sub("#", line)
        is_top, is_bottom = number < MARGIN_LINES, number >= len(lines) - MARGIN_LINES
        return (
            (is_top and ("top", key) in repeated)
            or (is_bottom and ("bottom", key) in repeated)
            or (bool(is_top or is_bottom) and bool(_PAGE_NUMBER.fullmatch(line)))
        )

    return [line for number, line in enumerate(lines) if not is_margin(number, line)]


def _usual_width(pages: list[Lines]) -> int:
    """Return the number of characters that three quarters of the lines do not exceed."""
    lengths = sorted(len(line) for lines in pages for line in lines if line)
    return lengths[len(lengths) * 3 // 4] if lengths else 0


def _words_of(pages: list[Lines]) -> frozenset[str]:
    """Return the hyphenated words inside of lines, in lower case."""
    return frozenset(
        word.casefold()
        for lines in pages
        for line in lines
        for word in _HYPHENATED_WORD.findall(line)
    )
