"""A real OpenAI-compatible server: llama.cpp's own, over a model of random weights."""

from __future__ import annotations

import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport
from newsqa.prompting.prompts import load_prompt
from tests.wire.tiny_gguf import write_tiny_gguf

MODEL = "tiny-random"
KEY = "wire-test-key"
SLOTS = 4
CONTEXT = 8_192
"""Tokens of each slot; a token is a character, or a line of newsqa's instructions."""

PATIENCE = 60.0
"""Seconds for the server to start or stop; it takes less than one."""

TLS = ssl.create_default_context()
"""Shared by all clients, because loading certificates takes longer than an answer."""


@dataclass(frozen=True, slots=True)
class LlamaServer:
    """The address and the key of the server."""

    base_url: str
    key: str = KEY

    def model(
        self,
        *,
        key: str = KEY,
        max_output_tokens: int = 2_000,
        seed: int = 0,
        temperature: float = 1.0,
    ) -> OpenAIModel:
        """Return its model; the same ``seed`` writes the same nonsense."""
        return OpenAIModel(
            MODEL,
            api_key=key,
            base_url=self.base_url,
            max_output_tokens=max_output_tokens,
            parameters={"seed": seed, "temperature": temperature},
            transport=Transport(timeout=PATIENCE, http_client=_open_client),
        )


def _open_client() -> httpx2.AsyncClient:
    return httpx2.AsyncClient(verify=TLS)


@pytest.fixture(scope="session")
def llama_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaServer]:
    """Start the server."""
    if sys.platform != "linux":
        pytest.skip(
            "xllamacpp, which holds llama.cpp's server, is among the dev extras on Linux only"
        )
    folder = tmp_path_factory.mktemp("llama")
    model = folder / "tiny.gguf"
    write_tiny_gguf(model, context=CONTEXT, phrases=_instructions())
    with _serving(model, log=folder / "server.log") as address:
        yield LlamaServer(f"{address}/v1")


def _instructions() -> list[str]:
    """Return the lines of the prompts as tokens; as characters they would take most of the time."""
    prompts = map(load_prompt, ("answer", "repair", "revise"))
    lines = [line for p in prompts for text in p.sections.values() for line in text.splitlines()]
    return list(dict.fromkeys(line for line in lines if line and "$" not in line))


@contextmanager
def _serving(model: Path, *, log: Path) -> Iterator[str]:
    """Run a server in its own process, so that its crash is not one of pytest; yield its address."""
    script = Path(__file__).with_name("serve.py")
    command = [sys.executable, str(script), str(model), MODEL, str(SLOTS), str(CONTEXT), KEY]
    with (
        log.open("w", encoding="utf-8") as stderr,
        subprocess.Popen(  # noqa: S603  # nobody else's input is in the command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True
        ) as process,
    ):
        assert process.stdout is not None
        with _killed_after(PATIENCE, process):
            address = process.stdout.readline().strip()
        if not address:
            pytest.fail(f"llama.cpp's server did not start:\n{log.read_text(encoding='utf-8')}")
        yield address
        with _killed_after(PATIENCE, process):
            process.communicate()  # the end of its standard input ends the server


@contextmanager
def _killed_after(seconds: float, process: subprocess.Popen[str]) -> Iterator[None]:
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
