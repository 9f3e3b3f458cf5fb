"""Fetching: schemes, redirects, and limits of size and time."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from newsqa.article import Article
from newsqa.article.sources import web
from newsqa.article.sources.web import fetch, is_url
from newsqa.errors import ArticleError

Reply = tuple[int, dict[str, str], bytes]
Serve = Callable[[dict[str, Reply]], str]

PAGE = b"<html><body><article><p>Fees rise by 4% in May.</p></article></body></html>"


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that serves replies by their paths, and returns the server's URL."""
    servers: list[ThreadingHTTPServer] = []

    def start(replies: dict[str, Reply]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Write nothing."""

            def do_GET(self) -> None:
                status, headers, body = replies[urlsplit(self.path).path]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    "kind", ["text/html", "text/plain", "application/octet-stream", "image/png"]
)
def test_the_type_is_sniffed(serve: Serve, kind: str) -> None:
    """Servers name the wrong one."""
    url = serve({"/story": (200, {"content-type": kind}, PAGE)}) + "/story"
    article = Article.from_url(url)
    assert (article.text, article.url) == ("Fees rise by 4% in May.", url)
    assert article.origin
    assert article.origin.name == url


def test_a_feed_at_a_url_has_items(serve: Serve) -> None:
    """As one in a file."""
    item = "<item><title>{0}</title><description>{0} it is.</description></item>"
    feed = f"<rss version='2.0'><channel>{item.format('One')}{item.format('Two')}</channel></rss>".encode()
    url = serve({"/feed": (200, {}, feed)}) + "/feed"
    assert Article.from_url(url, item="Two").text == "Two it is."


def test_the_encoding_that_the_server_names_is_used(serve: Serve) -> None:
    """Where the page is not UTF-8 and names none."""
    body = "<html><body><p>Ηλίας Παππάς</p></body></html>".encode("iso-8859-7")
    url = serve({"/": (200, {"content-type": "text/html; charset=iso-8859-7"}, body)})
    assert Article.from_url(url + "/").text == "Ηλίας Παππάς"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://bay.example/story",
        "gopher://127.0.0.1:6379/_INFO",
        "data:text/html,<p>x",
        "javascript:alert(1)",
        "//bay.example/story",
        "http://",
        "story.html",
        "http://[::1",
    ],
)
def test_other_schemes_are_refused(url: str) -> None:
    """Before anything is opened."""
    with pytest.raises(ArticleError, match=r"is not fetched: name a URL that begins|is not a URL"):
        fetch(url)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x"])
def test_a_redirect_to_another_scheme_is_refused(serve: Serve, target: str) -> None:
    """A server cannot name what its client may not."""
    url = serve({"/": (302, {"location": target}, b"")})
    with pytest.raises(ArticleError, match="is not fetched"):
        fetch(url + "/")


def test_a_redirect_into_a_private_network_is_refused(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public page cannot have the client read what only the client can reach."""
    inside = serve({"/": (200, {}, b"secret")})
    outside = serve({"/": (302, {"location": inside + "/"}, b"")})
    port = urlsplit(inside).port
    is_inside = property(lambda hop: urlsplit(hop.url).port == port)
    monkeypatch.setattr(web._Hop, "is_private", is_inside)
    with pytest.raises(ArticleError, match="is in a private network, and a redirect led to it"):
        fetch(outside + "/")


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers differently the second time changes nothing."""
    port = urlsplit(serve({"/": (200, {"content-type": "text/html"}, PAGE)})).port
    answers = iter(["127.0.0.1", "192.0.2.1"])
    resolve = socket.getaddrinfo

    def rebinding(host: str, *rest: Any, **options: Any) -> Any:
        return resolve(next(answers) if host == "news.example" else host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert b"Fees rise" in fetch(f"http://news.example:{port}/").data
    assert next(answers) == "192.0.2.1"


def test_the_server_is_asked_in_the_name_of_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers with many names, and certificates, need the name although the address is used."""
    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: resolve("192.0.2.7", *rest, **more)
    )
    with httpx2.Client() as client:
        request = web._Hop.to("https://news.example:8443/a?b=c").request(client)
    assert str(request.url) == "https://192.0.2.7:8443/a?b=c"
    assert request.headers["host"] == "news.example:8443"
    assert request.extensions["sni_hostname"] == "news.example"


def test_a_host_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the words of the user's own URL."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ArticleError, match=r"there is no host 'news\.example'"):
        fetch("http://news.example/")


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://127.0.0.1/x", True),
        ("http://10.0.0.8/x", True),
        ("http://169.254.169.254/latest/meta-data", True),
        ("http://[::1]/x", True),
        ("http://[fe80::1]/x", True),
        ("http://0.0.0.0/x", True),
        ("http://2130706433/x", True),
        ("http://8.8.8.8/x", False),
    ],
)
def test_private_addresses_are_recognized(url: str, private: bool) -> None:
    """Also those of the machine, of its neighbours, and of a cloud's metadata."""
    assert web._Hop.to(url).is_private == private


def test_redirects_are_followed(serve: Serve) -> None:
    """Also relative ones; the last address is the article's."""
    url = serve({"/a": (301, {"location": "/b"}, b""), "/b": (200, {}, PAGE)})
    assert Article.from_url(url + "/a").url == url + "/b"


def test_redirects_without_an_end_are_given_up(serve: Serve) -> None:
    """After five."""
    url = serve({"/": (302, {"location": "/"}, b"")})
    with pytest.raises(ArticleError, match="is redirected more than 5 times"):
        fetch(url + "/")


def test_a_body_without_an_end_is_given_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the limit of a file."""
    monkeypatch.setattr(web, "MAX_BYTES", 1_000)
    url = serve({"/": (200, {}, b"x" * 200_000)})
    with pytest.raises(ArticleError, match="has more than 0 MB"):
        fetch(url + "/")


def test_a_slow_body_is_given_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """However steadily it comes."""
    moments = iter([0.0, *[100.0] * 50])
    monkeypatch.setattr("newsqa.article.sources.web.time.monotonic", lambda: next(moments))
    url = serve({"/": (200, {}, PAGE)})
    with pytest.raises(ArticleError, match="takes more than 30 seconds"):
        fetch(url + "/")


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500])
def test_an_error_of_the_server_is_not_an_article(serve: Serve, status: int) -> None:
    """Its page says nothing of the story."""
    url = serve({"/": (status, {}, PAGE)})
    with pytest.raises(
        ArticleError, match=f"the server answers {status} .*Save the page and name the file"
    ):
        fetch(url + "/")


def test_a_server_that_is_not_there_is_an_article_error() -> None:
    """Not one of the library's own."""
    with pytest.raises(ArticleError, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "path", ["story.html", "C:\\stories\\a.txt", "./a://b", "-", "a b://c", "/x"]
)
def test_a_path_is_not_a_url(path: str) -> None:
    """Nothing is fetched for it."""
    assert not is_url(path)
