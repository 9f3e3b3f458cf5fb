"""Base URLs as people write them: checked, and taken apart for the client."""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

import httpx2

from newsqa.errors import ConfigurationError

OPENAI_URL = "https://api.openai.com/v1"

_ENDPOINT = re.compile(r"/(?:chat/completions|completions|responses|embeddings|models)/*$")
"""The end of an address that was copied from an example of one request."""

_OLLAMA_API = re.compile(r"/api(?:/(?:chat|generate|tags))?/*$")
_HOST = re.compile(
    r"(?:localhost|\[[0-9a-f:]+\]|\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}"
    r"|[a-z0-9-]+(?=:\d))(?::\d{1,5})?(?:/\S*)?",
    re.IGNORECASE,
)
"""A host without a scheme; stricter than a host may be, so that no key passes for one."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where requests go."""

    url: str
    """With user and password, but without a query."""
    query: str = ""
    """Added to the address of each request, such as Azure's ``api-version``."""

    @property
    def endpoint(self) -> str:
        """The address of a request.

        >>> parse_address("https://models.test/v1?api-version=1").endpoint
        'https://models.test/v1/chat/completions?api-version=1'
        """
        return f"{self.url}/chat/completions{'?' if self.query else ''}{self.query}"

    @property
    def shown(self) -> str:
        """The address as a message may show it: without user, password and query.

        >>> parse_address("http://me:secret@models.test/v1?token=x").shown
        'http://models.test/v1'
        """
        parts = urlsplit(self.url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine."""
        return _is_loopback(urlsplit(self.url).hostname or "")

    @property
    def is_local(self) -> bool:
        """Whether it is this machine, or one of a private network."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_private
        except ValueError:
            return _is_loopback(host) or "." not in host or host.endswith((".local", ".internal"))


def parse_address(url: str) -> Address:
    """Return the address that ``url`` means.

    >>> parse_address("https://models.test/v1/chat/completions/").url
    'https://models.test/v1'

    Raises:
        ConfigurationError: It is not an http or https URL. The message shows nothing that might be
            a key in the wrong place.
    """
    url = url.strip().strip("\"'")
    parts = _split(url)
    if parts is None:
        raise ConfigurationError(
            f"base_url must be an http or https URL such as {OPENAI_URL!r}; {_reason(url)}"
        )
    path = _ENDPOINT.sub("", parts.path)
    if _is_loopback(parts.hostname or ""):
        path = _OLLAMA_API.sub("/v1", path)
    return Address(
        urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), "", "")),
        parts.query,
    )


def _split(url: str) -> SplitResult | None:
    """Return the parts of ``url``, or ``None`` if no request can be sent to it."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable and url.isprintable() and " " not in url else None


def _reason(url: str) -> str:
    if not _HOST.fullmatch(url):
        return "the one given is not."
    scheme = "http" if re.match(r"localhost|\[|\d|[^.]+:", url) else "https"
    return f"{url!r} has no scheme: write '{scheme}://{url}'."


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_HEADERS = ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_CUSTOM_HEADERS")
"""Sent with each request by the ``openai`` client."""


def check_environment() -> None:
    """Raise an error that names the variable, if one that the client reads is not usable.

    Raises:
        ConfigurationError: A proxy, certificates or a header in the environment cannot be used.
    """
    for name, problem in _problems():
        raise ConfigurationError(
            f"The environment variable {name} is not usable: {problem}. Correct it or unset it."
        )


def _problems() -> Iterator[tuple[str, str]]:
    for name in filter(os.environ.get, _PROXIES + tuple(map(str.lower, _PROXIES))):
        if problem := _problem_of_proxy(os.environ[name]):
            yield name, problem
    for name in filter(os.environ.get, ("NO_PROXY", "no_proxy")):
        if problem := _problem_of_hosts(os.environ[name]):
            yield name, problem
    for name in filter(os.environ.get, ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")):
        if problem := _problem_of_certificates(name, os.environ[name]):
            yield name, problem
    for name in filter(os.environ.get, _HEADERS):
        if not (os.environ[name].isascii() and os.environ[name].replace("\n", "").isprintable()):
            yield name, "it holds a character that no header may have"


def _problem_of_proxy(value: str) -> str:
    """Return why no request can go through the proxy; its URL may hold a password, so not that."""
    url = value if "://" in value else f"http://{value}"
    try:
        httpx2.AsyncHTTPTransport(
            proxy=httpx2.Proxy(url), verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        )
    except ImportError:
        return "SOCKS proxies need another package, pip install 'httpx2[socks]'"
    except (ValueError, httpx2.InvalidURL):
        return "it is not the URL of an http, https or socks5 proxy"
    return "" if httpx2.URL(url).host else "the URL of the proxy has no host"


def _problem_of_hosts(value: str) -> str:
    for host in filter(None, map(str.strip, value.split(","))):
        pattern = host if "://" in host else f"all://{host}"
        try:
            httpx2.URL(pattern)
        except (ValueError, httpx2.InvalidURL):
            if host.count(":") < 2:  # the client puts a bare IPv6 address in brackets
                return f"{host!r} is not the name of a host"
    return ""


def _problem_of_certificates(name: str, value: str) -> str:
    try:
        if name == "SSL_CERT_FILE":
            ssl.create_default_context(cafile=value)
        elif name == "SSL_CERT_DIR":
            ssl.create_default_context(capath=value)
            return "" if Path(value).is_dir() else f"there is no folder {value!r}"
        else:
            with Path(value).open("a"):
                pass
    except (OSError, ssl.SSLError) as error:
        return str(error).rstrip(".") + f" ({value!r})"
    return ""
