"""Fetching the page or file at a URL, within limits of size, time and redirects."""

from __future__ import annotations

import ipaddress
import socket
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from newsqa.article.fields import MAX_BYTES
from newsqa.errors import ArticleError

if TYPE_CHECKING:
    import httpx2

MAX_SECONDS = 30.0
"""The time that a whole fetch may take, redirects included."""

MAX_REDIRECTS = 5

_ACCEPT = "text/html, application/xhtml+xml, application/json, application/xml;q=0.9, */*;q=0.8"
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The response to a URL: the content, in UTF-8 where it is text, and the last URL."""

    data: bytes
    url: str

    @property
    def suffix(self) -> str:
        """The file ending in the URL, if it has one."""
        return PurePosixPath(urlsplit(self.url).path).suffix


def is_url(text: str) -> bool:
    """Return whether a text is a URL with a host, rather than a path.

    >>> is_url("https://example.com/story"), is_url("C://story.html"), is_url("file:///etc/passwd")
    (True, False, True)
    """
    scheme, separator, _ = text.partition("://")
    return bool(separator) and len(scheme) > 1 and scheme.isalnum()


def fetch(url: str) -> Fetched:
    """Fetch the content of a URL.

    Args:
        url: An address with ``http`` or ``https``. Where it is not in a private network, no redirect
            may lead into one.

    Raises:
        ArticleError: The URL is none of these, cannot be fetched, or passes a limit.
    """
    import httpx2

    deadline = time.monotonic() + MAX_SECONDS
    hop = _Hop.to(url)
    may_be_private = hop.is_private
    headers = {"accept": _ACCEPT, "accept-encoding": "identity", "user-agent": "newsqa"}
    try:
        with httpx2.Client(headers=headers, timeout=MAX_SECONDS, follow_redirects=False) as client:
            for _ in range(MAX_REDIRECTS + 1):
                answer = _get(client, hop, deadline)
                if isinstance(answer, Fetched):
                    return answer
                url = urljoin(url, answer)
                hop = _Hop.to(url)
                if hop.is_private and not may_be_private:
                    raise ArticleError(
                        f"{url!r} is in a private network, and a redirect led to it."
                    )
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
        raise ArticleError(
            f"{url!r} cannot be fetched: {error or type(error).__name__}."
        ) from error
    raise ArticleError(f"{url!r} is redirected more than {MAX_REDIRECTS} times.")


def _check_scheme(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ArticleError(f"{url!r} is not a URL: {error}.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ArticleError(
            f"{url!r} is not fetched: name a URL that begins with http:// or https://."
        )


@dataclass(frozen=True, slots=True)
class _Hop:
    """A URL and the address that its host was resolved to, once.

    The request goes to this address and no other, so that a name server cannot answer with a public
    address for the check and with a private one for the request.
    """

    url: str
    address: str | None
    """The address; None if a proxy resolves the host."""

    @classmethod
    def to(cls, url: str) -> Self:
        """Resolve the host of a URL.

        Raises:
            ArticleError: It is not a URL to fetch, or there is no such host.
        """
        _check_scheme(url)
        parts = urlsplit(url)
        host = parts.hostname or ""
        if getproxies().get(parts.scheme) and not proxy_bypass(host):
            return cls(url, None)
        try:
            entries = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise ArticleError(f"{url!r} cannot be fetched: there is no host {host!r}.") from error
        addresses = sorted((str(entry[4][0]) for entry in entries), key=_preference)
        return cls(url, addresses[0])

    @property
    def is_private(self) -> bool:
        """True if the address is in a private network, or any other that is not public."""
        return self.address is not None and not _is_public(self.address)

    def request(self, client: httpx2.Client) -> httpx2.Request:
        """Return the request to the address, in the name of the host."""
        original = client.build_request("GET", self.url)
        if self.address is None:
            return original
        return client.build_request(
            "GET",
            original.url.copy_with(host=self.address.partition("%")[0]),
            headers={"host": original.headers["host"]},
            extensions={"sni_hostname": original.url.host},
        )


def _preference(address: str) -> tuple[bool, bool]:
    """Sort key: private before public, so that it is noticed, then IPv4, which every machine has."""
    return _is_public(address), ":" in address


def _is_public(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def _get(client: httpx2.Client, hop: _Hop, deadline: float) -> Fetched | str:
    """Return the content at a URL, or where it is redirected to."""
    url = hop.url
    with closing(client.send(hop.request(client), stream=True)) as response:
        if response.status_code in _REDIRECTS and "location" in response.headers:
            return str(response.headers["location"])
        if response.status_code != 200:
            raise ArticleError(
                f"{url!r} cannot be fetched: the server answers {response.status_code} "
                f"{response.reason_phrase}".rstrip()
                + ". Save the page and name the file."
            )
        body = _body(response, url, deadline)
        return Fetched(_in_utf8(body, response.charset_encoding), url)


def _body(response: httpx2.Response, url: str, deadline: float) -> bytes:
    """Return the body, unless it is larger or slower than the limits."""
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > MAX_BYTES:
            raise ArticleError(f"{url!r} has more than {MAX_BYTES / 1e6:.0f} MB; no article has.")
        if time.monotonic() > deadline:
            raise ArticleError(f"{url!r} takes more than {MAX_SECONDS:.0f} seconds to fetch.")
    return bytes(body)


def _in_utf8(body: bytes, charset: str | None) -> bytes:
    """Return a text in UTF-8 where it is in the encoding that the server names, and no other."""
    is_xml = body.lstrip().startswith(b"<?xml")
    if not charset or is_xml or b"\0" in body:
        return body
    try:
        body.decode()
    except UnicodeDecodeError:
        try:
            return body.decode(charset).encode()
        except (LookupError, UnicodeDecodeError):
            return body
    return body
