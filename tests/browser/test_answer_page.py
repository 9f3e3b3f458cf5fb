"""The page of an answer in a real browser, opened from a file, with scripts switched off."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from newsqa.article import Article
from tests.output.html.hostile import HOSTILE
from tests.output.html.test_page import answer_of

pytestmark = pytest.mark.xdist_group("browser")

ARTICLE = Article(
    "\n\n".join(
        f"Paragraph {n}: the council spent {n} million crowns on roads, Mayor Ann Lee said. "
        f"It closed {n} schools."
        for n in range(1, 31)
    ),
    title="Council spends on roads",
    source="The Herald",
    published_at="2026-03-06",
    url="https://example.org/roads",
)
ANSWER = answer_of(
    ARTICLE,
    {
        f"Year {n} cost {n} million crowns.": (
            f"the council spent {n} million crowns on roads",
            f"spent {n} million crowns on roads, Mayor Ann Lee said. It closed {n} schools.",
        )
        for n in (1, 12, 29)
    },
    short="42 million crowns",
)

AXE = os.environ.get("NEWSQA_AXE")
"""The path of ``axe.min.js`` from the package axe-core, to look for barriers with."""


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Page:
    """The page of ``ANSWER``, opened from a file."""
    file = tmp_path / "answer.html"
    file.write_text(ANSWER.to_html(ARTICLE), encoding="utf-8")
    page.goto(file.as_uri())
    return page


def background(page: Page, selector: str) -> str:
    """Return the background colour that the first match is drawn with."""
    colour: str = page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor")
    return colour


def test_pointing_at_a_citation_lights_up_its_span(opened: Page) -> None:
    """Hovering over a number changes the span and nothing else."""
    before = background(opened, "mark.c3"), background(opened, "mark.c5")
    opened.hover("a.ref.r3")
    assert background(opened, "mark.c3") != before[0]
    assert background(opened, "mark.c5") == before[1]


def test_pointing_at_a_span_lights_up_its_citation(opened: Page) -> None:
    """The way back works in the same manner."""
    before = background(opened, "a.ref.r5")
    opened.locator("mark.c5").first.hover()
    assert background(opened, "a.ref.r5") != before


def test_keys_alone_lead_from_a_claim_to_its_span_and_back(opened: Page) -> None:
    """Enter on a citation goes to the span; the next link is the way back."""
    opened.locator("a.ref.r5").focus()
    opened.keyboard.press("Enter")
    assert opened.url.endswith("#c5")
    assert opened.locator("mark.c5").first.is_visible()
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    assert opened.url.endswith("#claim-3")


def test_following_a_citation_brings_its_span_into_view(opened: Page) -> None:
    """A span far down the article is on the screen after its citation was followed."""
    opened.locator("a.ref.r5").click()
    box = opened.locator("mark.c5").first.bounding_box()
    assert box
    assert 0 <= box["y"] < 800


@pytest.mark.parametrize("width", [375, 768, 1280])
def test_nothing_is_wider_than_the_window(opened: Page, width: int) -> None:
    """No width needs sideways scrolling."""
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_neither_runs_nor_breaks_the_layout(
    browser: Browser, tmp_path: Path, text: str
) -> None:
    """With scripts switched on, no dialog opens, nothing is fetched, and the page keeps its width."""
    article = Article(f"Before {text} after.", title=text, url=text, source=text)
    file = tmp_path / "hostile.html"
    html = answer_of(article, {f"Says {text}": (article.text,)}, short=text, model=text)
    file.write_text(html.to_html(article), encoding="utf-8")
    page = browser.new_page(viewport={"width": 375, "height": 700})
    events: list[str] = []
    page.on("dialog", lambda dialog: events.append(dialog.message))
    page.on("console", lambda message: events.append(message.text))
    page.on("request", lambda request: events.append(request.url))
    page.goto(file.as_uri())
    assert events == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.close()


@pytest.mark.skipif(not AXE, reason="NEWSQA_AXE does not name axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """Contrast, names, roles and order pass axe-core's rules in both colour schemes."""
    file = tmp_path / "answer.html"
    file.write_text(ANSWER.to_html(ARTICLE), encoding="utf-8")
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    page.evaluate(Path(AXE or "").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    page.close()
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
