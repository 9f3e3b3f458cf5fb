"""The examples in examples/apps, each run as somebody would who copied it.

The libraries that they show are in the extra ``examples``; without them these tests are skipped.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import pytest

from newsqa import Answer, Article, NewsQA
from tests.conftest import EXAMPLES
from tests.doubles import claim, draft
from tests.testing.model_server import serving

APPS = EXAMPLES / "apps"
ARTICLE = "The bridge closed on 3 May."
QUESTION = "When did the bridge close?"
LINE = "The bridge closed on 3 May. [1]"


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import an example, which then answers with the embedded reader."""
    monkeypatch.setenv("NEWSQA_MODEL", "newsqa-extractive")
    spec = spec_from_file_location(name, APPS / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


def test_fastapi_streams_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its name and its JSON; the last one is the answer."""
    pytest.importorskip("httpx")
    pytest.importorskip("fastapi.sse")
    testclient = pytest.importorskip("fastapi.testclient")
    app = load("sse_server", monkeypatch).app
    with testclient.TestClient(app) as client:
        body = {"article": ARTICLE, "question": QUESTION}
        lines = client.post("/ask", json=body).text.splitlines()
        wrong = client.post("/ask", json={**body, "question": " "}).text
    names = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    data = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    assert names == ["question_asked", "claim_verified", "question_answered", "answer"]
    assert json.loads(data[1])["claim"]["text"] == ARTICLE
    assert Answer.model_validate_json(data[-1]).short == "3 May"
    assert 'event: error\ndata: "The question is empty' in wrong


def test_langchain_gets_text_for_the_model_and_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """As content and artifact."""
    pytest.importorskip("langchain_core")
    tool = load("langchain_tool", monkeypatch).ask_article
    arguments = {"article": ARTICLE, "question": QUESTION}
    call = {"name": "ask_article", "args": arguments, "id": "1", "type": "tool_call"}
    message = asyncio.run(tool.ainvoke(call))
    assert LINE in message.content
    assert message.artifact.short == "3 May"
    assert set(tool.args) == {"article", "question"}


def test_pydantic_ai_calls_the_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test model calls every tool once and returns what it got."""
    pytest.importorskip("pydantic_ai")
    from pydantic_ai.models.test import TestModel

    example = load("pydantic_ai_tool", monkeypatch)
    desk = example.Desk(NewsQA(model="newsqa-extractive"), Article(ARTICLE))
    result = asyncio.run(example.agent.run(QUESTION, deps=desk, model=TestModel()))
    returned = json.loads(result.output)["ask_article"]
    assert LINE in returned


def test_openai_agents_calls_the_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the arguments that a model sends, as JSON."""
    pytest.importorskip("agents")
    from agents.tool_context import ToolContext

    example = load("openai_agents_tool", monkeypatch)
    arguments = json.dumps({"article": ARTICLE, "question": QUESTION})
    context = ToolContext(
        context=None, tool_name="ask_article", tool_call_id="1", tool_arguments=arguments
    )
    assert LINE in asyncio.run(example.ask_article.on_invoke_tool(context, arguments))
    assert example.ask_article.params_json_schema["required"] == ["article", "question"]


def test_the_notebook_runs() -> None:
    """From its first cell to its last, and its stream prints the claim."""
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    nbclient = pytest.importorskip("nbclient")
    notebook = nbformat.read(APPS / "notebook.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    assert notebook.cells[-1].outputs[0].text == f"{ARTICLE} (1,)\nanswered 3 May\n"


def test_the_script_streams_from_a_local_server(tmp_path: Any) -> None:
    """In a process of its own; this server does not stream, so the claim comes with the answer."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    with serving() as server:
        server.reply = draft(claim(ARTICLE, (1, "3 May")), short="3 May").model_dump_json()
        url = f"http://127.0.0.1:{server.port}/v1"
        command = [sys.executable, str(APPS / "local_server.py"), str(path), QUESTION, "m", url]
        printed = subprocess.check_output(command, text=True)  # noqa: S603  # our own script
    assert printed == f"{ARTICLE} [1]\nanswered: 3 May\n"
