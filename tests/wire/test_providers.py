"""The request that each page on a provider shows is the one that goes out, over a real connection."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import httpx2
import pytest

from newsqa import NewsQA, Settings
from newsqa.models.transport import Transport
from tests.conftest import ROOT
from tests.doubles import claim, draft
from tests.testing.model_server import serving

PAGES = sorted(
    page for page in (ROOT / "docs/guides/providers").glob("*.md") if page.name != "README.md"
)
DRAFT = draft(claim("Fees rise by 4%.", (1, "rise by 4%")), short="4%")


class Redirected(httpx2.AsyncHTTPTransport):
    """Sends every request to one port of this machine, and keeps where it was meant to go."""

    def __init__(self, port: int, requests: list[httpx2.Request]) -> None:
        super().__init__()
        self.port = port
        self.requests = requests

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send ``request`` to the port."""
        self.requests.append(request)
        url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return await super().handle_async_request(
            httpx2.Request(request.method, url, headers=request.headers, content=request.content)
        )


def settings_of(text: str) -> Settings:
    """The settings that a page shows."""
    [code] = re.findall(r">>> (settings = Settings\(\n(?:\.\.\. .*\n)+)", text)
    namespace: dict[str, Any] = {"Settings": Settings}
    exec(code.replace("\n... ", "\n"), namespace)  # noqa: S102  # our own page
    settings: Settings = namespace["settings"]
    return settings


def request_of(text: str) -> tuple[str, dict[str, str], dict[str, Any]]:
    """The address, headers and body of the request that a page shows."""
    [shown] = re.findall(r"```http\nPOST (.*?)```", text, re.DOTALL)
    head, _, body = shown.partition("\n\n")
    url, *headers = head.splitlines()
    return url, dict(header.split(": ", 1) for header in headers), json.loads(body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_request_of_the_page_goes_out(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Address, headers and body; what the page leaves out is shown as three dots."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    text = page.read_text(encoding="utf-8")
    url, headers, body = request_of(text)
    requests: list[httpx2.Request] = []
    with serving() as server:
        server.reply = DRAFT.model_dump_json()
        client = partial(httpx2.AsyncClient, transport=Redirected(server.port, requests))
        monkeypatch.setattr(
            "newsqa.models.transport.Transport", partial(Transport, http_client=client)
        )
        with NewsQA(settings_of(text)) as qa:
            assert qa.ask("Fees rise by 4%.", "By how much?").short == "4%"
    [request] = requests
    assert str(request.url) == url
    assert {name: request.headers.get(name) for name in headers} == headers
    if "Authorization" not in headers:
        assert "authorization" not in request.headers
    sent = json.loads(request.content)
    assert list(sent) == list(body) or set(sent) == set(body)
    shown = {name: value for name, value in body.items() if "..." not in str(value)}
    assert {name: sent[name] for name in shown} == shown
    assert sent["response_format"]["type"] == body["response_format"]["type"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_environment_of_the_page_means_the_same(
    page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is exported is what the settings in code say."""
    text = page.read_text(encoding="utf-8")
    settings = settings_of(text)
    for name, value in re.findall(r"^export (\w+)=(.*)$", text, re.MULTILINE):
        monkeypatch.setenv(name, value.strip("'"))
    assert Settings() == settings


def test_there_is_a_page_for_each_provider_in_the_index() -> None:
    """And in the navigation."""
    index = (ROOT / "docs/guides/providers/README.md").read_text(encoding="utf-8")
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert {page.name for page in PAGES} == set(re.findall(r"\]\(([\w-]+\.md)\)", index))
    for page in PAGES:
        assert f"guides/providers/{page.name}" in navigation
