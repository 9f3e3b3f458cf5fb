"""Base URLs as people write them: checked, and taken apart for the client."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

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
    """The address that requests go to."""

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
        """Return whether it is this machine."""
        return _is_loopback(urlsplit(self.url).hostname or "")

    @property
    def is_local(self) -> bool:
        """Return whether it is this machine, or one of a private network."""
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
