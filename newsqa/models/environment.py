"""The environment variables that the HTTP client reads: which of them keeps it from being made."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx2

from newsqa.errors import ConfigurationError

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
