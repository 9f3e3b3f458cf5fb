"""XML, parsed without entities, document types or anything from outside the document."""

from __future__ import annotations

from typing import Any

from newsqa.errors import ArticleError
from newsqa.optional import load_extra

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
