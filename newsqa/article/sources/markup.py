"""Text of markup: HTML that holds an article's body and nothing else."""

from __future__ import annotations

import html
from html.parser import HTMLParser

import regex

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hl1 hl2 hr li main nav ol p pre section summary table tr ul"
    " byline dateline tagline media media-caption body.content block hedline".split()
)
"""Elements of HTML and NITF that begin and end a paragraph."""

_UNSEEN = frozenset("head script style template title media-metadata media-reference".split())
"""Elements whose content a reader never sees."""

_TAG = regex.compile(
    r"(?i)</[a-z][\w:-]*\s*>|<(?:p|div|br|h[1-6]|li|ul|ol|span|a|img|figure|table|hr)(?:\s[^<>]*)?/?>"
)
_ENTITY = regex.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[\da-fA-F]{2,6});")
_SPACE = regex.compile(r"[ \t\r\n\f]+")


def text_of_markup(markup: str) -> str:
    r"""Return the text of HTML: a blank line between paragraphs, a line end for ``<br>``.

    >>> text_of_markup("<p>Fees rise by 4&nbsp;%.</p><ul><li>Now</li></ul>")
    'Fees rise by 4\xa0%.\n\nNow'
    """
    parser = _Paragraphs()
    parser.feed(markup)
    parser.close()
    return parser.text


def text_of_body(body: str) -> str:
    """Return the text of a body that may be HTML, or text with entities, or plain text.

    Plain text is returned to the letter.

    >>> text_of_body("Fennimore &amp; Rusk, x < y")
    'Fennimore & Rusk, x < y'
    """
    if _TAG.search(body):
        return text_of_markup(body)
    return html.unescape(body) if _ENTITY.search(body) else body


def line_of_markup(markup: str) -> str:
    """Return the text of a headline or a name on one line.

    >>> line_of_markup(" <b>Mayor</b> resigns &amp; leaves")
    'Mayor resigns & leaves'
    """
    return " ".join(text_of_markup(markup).split())


class _Paragraphs(HTMLParser):
    """Collects the paragraphs of a document."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._paragraphs: list[str] = []
        self._open: list[str] = []
        self._unseen = ""
        self._pre = 0

    @property
    def text(self) -> str:
        """The paragraphs, with a blank line between them."""
        self._end_paragraph()
        return "\n\n".join(self._paragraphs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN and not self._unseen:
            self._unseen = tag
        elif tag == "br":
            self._open.append("\n")
        elif tag in ("td", "th"):
            self._open.append(" ")
        elif tag in _BLOCKS:
            self._end_paragraph()
        self._pre += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNSEEN:
            self.handle_starttag(tag, attrs)
            self._pre -= tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        elif tag in _BLOCKS:
            self._end_paragraph()
        self._pre = max(self._pre - (tag == "pre"), 0)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._open.append(data if self._pre else _SPACE.sub(" ", data))

    def _end_paragraph(self) -> None:
        lines = "".join(self._open).split("\n")
        text = "\n".join(_SPACE.sub(" ", line).strip(" ") for line in lines).strip()
        if text:
            self._paragraphs.append(text)
        self._open = []
