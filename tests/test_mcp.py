"""The tool server, through the official client: in process on both protocols, and over a pipe."""

from __future__ import annotations

import asyncio
import json
import select
import socket
import subprocess
import sys
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from newsqa import Answer, NewsQA, Settings
from newsqa.mcp import _readable, create_server
from tests.output.html.test_page import ARTICLE as ARTICLE_OF_PAGE
from tests.output.html.test_page import answer_of

ARTICLE = "The old bridge closed on 3 May. It is 120 years old, the mayor said."
QUESTION = "When did the old bridge close?"

PROTOCOLS = ("2026-07-28", "legacy")


def call(mode: str, tool: str, **arguments: object) -> Any:
    """Call a tool of a server with the embedded reader."""

    async def run() -> object:
        with NewsQA(Settings(model="newsqa-extractive")) as qa:
            async with Client(create_server(qa), mode=mode) as client:
                return await client.call_tool(tool, arguments)

    return asyncio.run(run())


@pytest.mark.parametrize("mode", PROTOCOLS)
def test_structured_content_is_the_whole_answer(mode: str) -> None:
    """A program that reads the structured content alone gets all of the answer."""
    result = call(mode, "ask_article", article=ARTICLE, question=QUESTION)
    answer = Answer.model_validate(result.structured_content)
    assert not result.is_error
    assert answer.citations[0].text in ARTICLE


@pytest.mark.parametrize("mode", PROTOCOLS)
def test_content_names_the_cited_words_and_their_offsets(mode: str) -> None:
    """A client that shows the content alone shows what is cited, and where it is."""
    result = call(mode, "ask_article", article=ARTICLE, question=QUESTION)
    cited = Answer.model_validate(result.structured_content).citations[0]
    [content] = result.content
    assert "**answered**" in content.text
    assert f"- {cited.start}–{cited.end}: “{cited.text}”" in content.text


@pytest.mark.parametrize("mode", PROTOCOLS)
def test_a_changed_article_is_found_out(mode: str) -> None:
    """Verifying an answer against another text says what is wrong."""
    answer = call(mode, "ask_article", article=ARTICLE, question=QUESTION).structured_content
    right = call(mode, "verify_answer", article=ARTICLE, answer=answer)
    wrong = call(mode, "verify_answer", article=ARTICLE + " More.", answer=answer)
    assert right.structured_content == {"is_valid": True, "problem": ""}
    assert not wrong.structured_content["is_valid"]
    assert "it has changed since" in wrong.content[0].text


@pytest.mark.parametrize("mode", PROTOCOLS)
def test_errors_are_one_sentence_for_the_assistant(mode: str) -> None:
    """An unusable article is an error of the tool, with its reason."""
    result = call(mode, "ask_article", article=" ", question=QUESTION)
    assert result.is_error
    assert "The article's text is empty" in result.content[0].text


def test_tools_describe_what_they_take_and_return() -> None:
    """An assistant learns the arguments and the form of an answer from the list of tools."""

    async def run() -> list[dict[str, Any]]:
        with NewsQA(Settings(model="newsqa-extractive")) as qa:
            async with Client(create_server(qa)) as client:
                return [tool.model_dump() for tool in (await client.list_tools()).tools]

    ask, verify = asyncio.run(run())
    assert (ask["name"], verify["name"]) == ("ask_article", "verify_answer")
    assert ask["input_schema"]["required"] == ["article", "question"]
    assert {"status", "text", "claims"} <= set(ask["output_schema"]["properties"])


def test_the_command_serves_over_a_pipe() -> None:
    """``newsqa mcp`` answers an assistant that started it, and prints nothing else."""

    async def run() -> str:
        command = StdioServerParameters(
            command=sys.executable,
            args=["-m", "newsqa", "mcp", "--model", "newsqa-extractive"],
        )
        async with Client(command) as client:
            arguments = {"article": ARTICLE, "question": QUESTION}
            return json.dumps((await client.call_tool("ask_article", arguments)).structured_content)

    assert "3 May" in asyncio.run(run())


def test_the_command_serves_over_http() -> None:
    """``newsqa mcp --http`` answers at its address on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "newsqa", "mcp", "--http", "--port", str(port)]
    server = subprocess.Popen([*command, "--model", "newsqa-extractive"])  # noqa: S603  # our own
    try:
        wait_for(port, server)

        async def run() -> str:
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                arguments = {"article": ARTICLE, "question": QUESTION}
                result = await client.call_tool("ask_article", arguments)
                return json.dumps(result.structured_content)

        assert "3 May" in asyncio.run(run())
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when something accepts connections on ``port``."""
    while server.poll() is None:
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) == 0:
                return
            select.select([], [], [], 0.05)
    raise AssertionError(f"the server ended with {server.returncode}")


def test_the_words_of_a_model_are_no_markup_in_the_content() -> None:
    """A short form that looks like a link is text."""
    answer = answer_of(
        ARTICLE_OF_PAGE, {"It closed.": ("old bridge",)}, short="*3* [May](http://x)"
    )
    assert "[May](http://x)" not in "\n".join(_readable(answer))
