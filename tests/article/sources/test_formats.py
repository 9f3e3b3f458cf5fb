"""Every format that is read: three files of each, with one story in each of three languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from newsqa.article import Article

FORMATS = Path(__file__).parent / "formats"
FILES = sorted(path for path in FORMATS.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Story:
    """What every file with a story says."""

    title: str
    paragraphs: tuple[str, str]
    author: str
    source: str
    published: str
    modified: str


STORIES = {
    "en": Story(
        "Library in Marrow Lane to reopen in June",
        (
            (
                "The library in Marrow Lane will reopen on 12 June, two years after a fire destroyed its "
                "reading room, the council said on Tuesday."
            ),
            (
                "“We saved 3,400 books,” said Edda Voss, who runs the library. Repairs cost £1.7 million, "
                "£200,000 less than planned."
            ),
        ),
        "Nils Carver",
        "The Quay Herald",
        "2026-02-17",
        "2026-02-18",
    ),
    "de": Story(
        "Fähre nach Süderoog fährt wieder",
        (
            (
                "Die Fähre nach Süderoog fährt ab dem 3. April wieder zweimal am Tag, teilte die Reederei "
                "Boysen am Montag mit."
            ),
            (
                "Der Preis für eine einfache Fahrt steigt von 9,50 auf 10,20 Euro, sagte Geschäftsführerin "
                "Maike Thoms & ihr Team."
            ),
        ),
        "Jonte Harms",
        "Küstenbote",
        "2026-03-23",
        "2026-03-24",
    ),
    "es": Story(
        "El mercado de San Telmo cierra por obras",
        (
            (
                "El mercado de San Telmo cerrará el 9 de mayo durante seis semanas, anunció el ayuntamiento "
                "el jueves."
            ),
            (
                "Las obras costarán 2,3 millones de euros y afectan a 48 puestos, según la concejala Inés "
                "Robledo."
            ),
        ),
        "Marta Quiroga",
        "Diario del Puerto",
        "2026-04-30",
        "2026-05-02",
    ),
}

WITHOUT_METADATA = ("pdf", "docx", "odt")
WITHOUT_SOURCE = (*WITHOUT_METADATA, "mail")
WITHOUT_MODIFIED = (*WITHOUT_SOURCE, "trafilatura", "newspaper4k", "fundus", "nitf", "rss")

SEVERAL = {"guardian/de.json", "newsml-g2/de.xml", "rss/de.rss", "atom/de.xml"}
"""Files that hold another story, too."""


def _name(path: Path) -> str:
    return path.relative_to(FORMATS).as_posix()


def _format(path: Path) -> str:
    return path.parent.name


def _story(path: Path) -> Story:
    return STORIES[path.name[:2]]


def _read(path: Path) -> Article:
    return Article.from_file(path, item=_story(path).title if _name(path) in SEVERAL else None)


def test_there_are_three_files_of_each_format() -> None:
    """One in each language."""
    formats = {_format(path) for path in FILES}
    assert len(formats) == 18
    assert len(FILES) == 3 * len(formats)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_text_is_the_story_and_nothing_else(path: Path) -> None:
    """Each paragraph is one piece; no markup, and nothing that surrounds the story."""
    text = _read(path).text
    for paragraph in _story(path).paragraphs:
        assert paragraph in text
    assert not any(junk in text for junk in ("<", "412", "Bus fares", "Otra", "Regen", "&amp;"))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_title_is_read(path: Path) -> None:
    """From wherever the format has it."""
    assert _read(path).title == _story(path).title


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_author_is_read(path: Path) -> None:
    """Without a "By" before the name; files of word processors do not say who wrote the story."""
    author = None if _format(path) in WITHOUT_METADATA else _story(path).author
    assert _read(path).author == author


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_source_is_read(path: Path) -> None:
    """The publisher or agency."""
    source = None if _format(path) in WITHOUT_SOURCE else _story(path).source
    assert _read(path).source == source


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_date_of_publication_is_read(path: Path) -> None:
    """The date on which a file was made is not one."""
    published = _read(path).published_at
    if _format(path) in WITHOUT_METADATA:
        assert published is None
    else:
        assert str(published).startswith(_story(path).published)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_date_of_the_last_change_is_read(path: Path) -> None:
    """Where the format has one."""
    modified = _read(path).modified_at
    if _format(path) in WITHOUT_MODIFIED or _name(path) in {"news-please/es.json", "rss/es.rdf"}:
        assert modified is None
    else:
        assert str(modified).startswith(_story(path).modified)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_origin_names_the_file_and_the_format(path: Path) -> None:
    """And the number of the article, in a file that holds several."""
    origin = _read(path).origin
    assert origin is not None
    assert origin.name == str(path)
    assert origin.format.lower().startswith(_format(path)[:3])
    assert origin.item == (2 if _name(path) in SEVERAL else None)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_the_format_is_found_without_a_name(path: Path) -> None:
    """As on standard input."""
    item = _story(path).title if _name(path) in SEVERAL else None
    assert Article.from_bytes(path.read_bytes(), item=item) == _read(path)
