"""The server's page in a real browser, against a server on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Dialog, Page, expect

from newsqa import NewsQA, Settings
from newsqa.models import Model
from newsqa.serve import create_app
from newsqa.testing import ScriptedModel
from tests.output.html.hostile import HOSTILE
from tests.serve.test_endpoints import ARTICLE, DRAFT, DyingModel

pytestmark = pytest.mark.xdist_group("browser")


@contextmanager
def serving(model: Model) -> Iterator[str]:
    """Serve on a free port, and give the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(NewsQA(Settings(), model=model))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def scripted(browser: Browser) -> Iterator[Page]:
    """A page in which scripts run, and which fails on any error or dialog of theirs."""
    context = browser.new_context()
    page = context.new_page()
    problems: list[Any] = []
    page.on("pageerror", lambda error: problems.append(error))

    def refuse(dialog: Dialog) -> None:
        problems.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    yield page
    context.close()
    assert not problems


def ask(page: Page, address: str, text: str, question: str) -> None:
    """Ask a question on the page."""
    page.goto(address)
    page.fill("#text", text)
    page.fill("#title", text[:1_000])
    page.fill("#question", question)
    page.click("#ask")


def test_an_answer_appears_with_its_spans(scripted: Page) -> None:
    """Claims, highlighted spans, the list of questions and both forms of the answer are there."""
    with serving(ScriptedModel(DRAFT)) as address:
        ask(scripted, address, ARTICLE, "When did it close?")
        expect(scripted.locator("#questions li")).to_have_text(["When did it close?"])
        expect(scripted.locator("#article mark")).to_have_text(["closed on 3 May", "120 years old"])
        scripted.hover("#answer .ref.r1")
        expect(scripted.locator("mark.c1")).to_have_class("c1 active")
        with scripted.expect_download() as download:
            scripted.click("#download")
        assert download.value.suggested_filename == "answer.html"


def test_a_server_that_dies_in_the_middle_is_shown(scripted: Page) -> None:
    """The claim that came stays, under a line that says that this is not an answer."""
    with serving(DyingModel()) as address:
        ask(scripted, address, ARTICLE, "When did it close?")
        expect(scripted.locator("#problem")).to_contain_text("not a finished answer")
        expect(scripted.locator("#article mark")).to_have_text(["closed on 3 May"])
        expect(scripted.locator("#forms")).to_be_hidden()


def test_hostile_texts_do_nothing(scripted: Page) -> None:
    """Text of the article, the title, the question and the model appears as text."""
    texts = [text for text in HOSTILE if len(text) < 1_000]
    drafts = [
        {
            "claims": [
                {
                    "text": f"It closed on 3 May. {text}",
                    "evidence": [{"sentence": 1, "quote": "closed on 3 May"}],
                }
            ],
            "short": text,
            "status": "answered",
        }
        for text in texts
    ]
    for text, draft in zip(texts, drafts, strict=True):
        with serving(ScriptedModel(*[draft] * 3)) as address:
            ask(scripted, address, f"{ARTICLE} {text}", f"When? {text}")
            expect(scripted.locator("#questions li, #problem:visible")).not_to_have_count(0)
            assert scripted.locator("#article script, #answer script, img, svg").count() == 0
            assert scripted.locator("[onload], [onerror], [onmouseover]").count() == 0
