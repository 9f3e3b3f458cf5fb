"""A strict reading of HTML: what a browser would show of a page, and nothing that it could run."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "hr", "img", "input", "link"})
FORBIDDEN = frozenset({"script", "iframe", "object", "embed", "link", "img", "svg", "base", "form"})


@dataclass
class Element:
    """An element with its attributes and all text inside of it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """All elements of a page, in order; every element is closed in its place."""

    html: str
    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)
        self.close()
        assert not self._open, f"never closed: {[e.tag for e in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the element."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop().tag == tag, f"</{tag}> is out of place"

    def handle_data(self, data: str) -> None:
        """Add the text to all open elements."""
        for element in self._open:
            element.text += data

    def all(self, tag: str, name: str = "") -> list[Element]:
        """Return the elements with this tag and, if given, this class."""
        return [
            e
            for e in self.elements
            if e.tag == tag and (not name or name in e.attributes.get("class", "").split())
        ]

    def check_harmless(self) -> None:
        """Assert that nothing on the page runs, loads or sends anything."""
        for element in self.elements:
            assert element.tag not in FORBIDDEN, element
            for name, value in element.attributes.items():
                assert not name.startswith("on"), element
                assert name not in {"src", "srcdoc", "action", "formaction"}, element
                if name == "href":
                    assert value.startswith(("#", "https://", "http://")), element
        ids = [e.attributes["id"] for e in self.elements if "id" in e.attributes]
        assert len(ids) == len(set(ids)), "an id twice"
        targets = [
            e.attributes["href"][1:] for e in self.all("a") if e.attributes["href"][0] == "#"
        ]
        assert set(targets) <= set(ids), "a link leads nowhere"
