"""Text of markup: HTML that holds an article's body and nothing else."""

from __future__ import annotations

import html
from html.parser import HTMLParser
from typing import Any

import regex

from newsqa.errors import ArticleError
from newsqa.optional import load_extra

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


Element = Any
"""An element of lxml."""


def parse_xml(data: bytes, name: str) -> Element:
    """Return the root element of an XML document; small faults in it are seen through.

    Raises:
        ArticleError: The document is not XML, or declares entities, which can expand without end.
    """
    etree = load_extra("lxml.etree", wanted_for="Articles in XML", extra="xml")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError(f"{name!r} is not XML that can be read: {error}.") from None
    if root is None:
        raise ArticleError(f"{name!r} is not XML that can be read: it has no element.")
    document_type = root.getroottree().docinfo.internalDTD
    if document_type is not None and document_type.entities():
        raise ArticleError(
            f"{name!r} declares XML entities, which are not read: remove its DOCTYPE."
        )
    return root


def local_name(element: Element) -> str:
    """Return the name of an element, without its namespace."""
    return str(element.tag).rpartition("}")[2]


def find_text(element: Element, *paths: str) -> str:
    """Return the text of the first element at one of the paths that has any; else ``""``."""
    for path in paths:
        for node in element.iterfind(path):
            text = " ".join("".join(node.itertext()).split())
            if text:
                return text
    return ""


def find_attribute(element: Element, *places: tuple[str, str]) -> str:
    """Return the value of the first attribute that is there, each given as a path and a name."""
    values = (node.get(name) for path, name in places for node in element.iterfind(path))
    return str(next(filter(None, values), ""))


def serialize(element: Element) -> str:
    """Return an element as markup, without its namespaces and what follows it."""
    etree = load_extra("lxml.etree", wanted_for="Articles in XML", extra="xml")
    for node in element.iter("{*}*"):
        node.tag = local_name(node)
    markup: str = etree.tostring(element, encoding="unicode", with_tail=False)
    return markup


def reader_name() -> str:
    """Return the name and version of the library that reads XML."""
    return f"lxml {load_extra('lxml.etree', wanted_for='Articles in XML', extra='xml').__version__}"
