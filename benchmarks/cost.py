"""Input tokens of a question, compared with other libraries that cite.

newsqa and other libraries ask the same questions about the same articles, each with its own code
(``benchmarks/cost_peers.py``), at a server on this machine that counts what it receives. The server is
not a model: it answers in the form that each library asks for and quotes the article's first sentence,
so that every library finishes on the first try. This measures what is sent and how often, not the
quality of answers. Re-asks after bad replies, and output tokens, depend on the model and are left out.

Tokens are newsqa's count (o200k_base) over messages, and over tools and schemas as JSON. Providers
render tools and schemas differently and add a few tokens to each message. Some charge less for a long
prefix that they saw recently; here every token counts in full.

newsqa runs in this environment; the others need another ``openai`` client and run in their own::

    python -m venv peers
    peers/bin/pip install langextract[openai] instructor llama-index-core llama-index-llms-openai
    python -m benchmarks.cost rows.jsonl --peers peers/bin/python

Each row of the file is a JSON object with at least ``article_text`` and ``question``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from pydantic import SecretStr

from benchmarks.cost_peers import KEY, MODEL, NOT_INSTALLED, PEERS
from newsqa import Article, NewsQA, Settings
from newsqa.prompting.context import count_tokens

Body = dict[str, Any]
"""A request for a chat completion, or a reply to one."""


@dataclass(slots=True)
class Cost:
    """The calls and tokens of one question."""

    tokens: int = 0
    calls: int = 0
    schema_bytes: int = 0

    def add(self, body: Body) -> None:
        """Count one more call."""
        contents = [_as_text(message["content"]) for message in body["messages"]]
        forms = [_as_text(body[name]) for name in ("tools", "response_format") if name in body]
        self.tokens += sum(map(count_tokens, contents + forms))
        self.calls += 1
        self.schema_bytes += sum(len(form.encode()) for form in forms)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _newsqa_reply(body: Body, sentence: str) -> Body:
    first = re.search(r"^\[(\d+)\]", body["messages"][-1]["content"], re.MULTILINE)
    assert first, "newsqa's prompt numbers the sentences"
    evidence = [{"sentence": int(first[1]), "quote": ""}]
    claims = [{"evidence": evidence, "text": sentence}]
    return _text({"claims": claims, "short": sentence, "status": "answered"})


def _instructor_reply(body: Body, sentence: str) -> Body:
    arguments = {"facts": [{"fact": sentence, "substring_quotes": [sentence]}]}
    function = {"name": body["tools"][0]["function"]["name"], "arguments": json.dumps(arguments)}
    return {"content": None, "tool_calls": [{"id": "1", "type": "function", "function": function}]}


def _langextract_reply(_body: Body, sentence: str) -> Body:
    return _text({"extractions": [{"answer": sentence, "answer_attributes": {"claim": sentence}}]})


def _llama_index_reply(_body: Body, sentence: str) -> Body:
    return _text(f"{sentence} [1]")


def _text(content: object) -> Body:
    return {"content": _as_text(content)}


REPLIES: dict[str, Callable[[Body, str], Body]] = {
    "newsqa": _newsqa_reply,
    "instructor": _instructor_reply,
    "llama-index": _llama_index_reply,
    "langextract": _langextract_reply,
    "langextract-whole": _langextract_reply,
}
"""For each library, a function of the request and the first sentence: the reply it can finish with."""


@dataclass(slots=True)
class Ledger:
    """The articles, and the cost of each by library: ``costs[name][number]``."""

    sentences: Sequence[str]
    costs: dict[str, dict[int, Cost]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, name: str) -> list[Cost]:
        """Return the costs of the library ``name``, in the order of the questions."""
        return [self.costs[name][number] for number in range(len(self.sentences))]

    def answer(self, path: str, body: Body) -> Body:
        """Count a request to ``/<name>/<number>/v1/chat/completions``, and answer it."""
        name, number = path.split("/")[1:3]
        with self.lock:
            self.costs.setdefault(name, {}).setdefault(int(number), Cost()).add(body)
        message = {"role": "assistant", **REPLIES[name](body, self.sentences[int(number)])}
        reason = "tool_calls" if "tool_calls" in message else "stop"
        return {
            "id": "1",
            "object": "chat.completion",
            "created": 0,
            "model": MODEL,
            "choices": [{"index": 0, "finish_reason": reason, "message": message}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }


@contextmanager
def _served(ledger: Ledger) -> Iterator[str]:
    """Run a server on this machine that fills ``ledger``; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps(ledger.answer(self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_arguments: object) -> None:
            """Log nothing, because the table is the output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _ask_newsqa(rows: Sequence[Body], address: str) -> list[bool]:
    cited = []
    for number, row in enumerate(rows):
        url = f"{address}/newsqa/{number}/v1"
        with NewsQA(Settings(model=MODEL, api_key=SecretStr(KEY), base_url=url)) as qa:
            cited.append(bool(qa.ask(row["article_text"], row["question"]).citations))
    return cited


def _ask_peer(name: str, python: str, rows: Path, address: str) -> list[bool] | None:
    """Return whether each answer had citations; None if the library is not installed."""
    script = Path(__file__).with_name("cost_peers.py")
    command = [python, str(script), name, str(rows), f"{address}/{name}"]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603  # the caller's own Python
    if run.returncode == NOT_INSTALLED:
        return None
    run.check_returncode()
    return [json.loads(line) for line in run.stdout.splitlines()]


def _medians(costs: Sequence[Cost], alone: Sequence[int], ours: Sequence[Cost]) -> str:
    """Return the row of a library: its ``costs`` next to newsqa's ``ours`` for the same questions."""
    ratios = [cost.tokens / own.tokens for cost, own in zip(costs, ours, strict=True)]
    beside = [cost.tokens - bare for cost, bare in zip(costs, alone, strict=True)]
    return (
        f"{median(cost.tokens for cost in costs):9,.0f}{median(ratios):10.2f}"
        f"{median(beside):10,.0f}{median(cost.calls for cost in costs):8.0f}"
        f"{median(cost.schema_bytes for cost in costs):9,.0f}"
    )


def _measure(rows: Sequence[Body], path: Path, python: str, ledger: Ledger) -> None:
    alone = [count_tokens(row["article_text"]) + count_tokens(row["question"]) for row in rows]
    print(f"{len(rows)} questions; medians of what is sent for one of them\n")
    print(
        f"{'':20}{'tokens':>9}{'x newsqa':>10}{'beside':>10}{'calls':>8}{'schema':>9}{'cited':>10}"
    )
    with _served(ledger) as address:
        for name in ("newsqa", *PEERS):
            if name == "newsqa":
                cited: list[bool] | None = _ask_newsqa(rows, address)
            else:
                cited = _ask_peer(name, python, path, address)
            if cited is None:
                print(f"{name:20}{'not installed':>18}")
                continue
            figures = _medians(ledger.of(name), alone, ledger.of("newsqa"))
            print(f"{name:20}{figures}{f'{sum(cited)}/{len(rows)}':>10}", flush=True)
    print(f"\n{median(alone):,.0f} tokens are the article and the question alone")


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("rows", type=Path, help="JSONL with article_text and question")
    parser.add_argument(
        "--peers",
        default=sys.executable,
        metavar="PYTHON",
        help="the interpreter that has the other libraries (default: this one)",
    )
    options = parser.parse_args()
    with options.rows.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    ledger = Ledger([Article(row["article_text"]).sentences[0].text for row in rows])
    _measure(rows, options.rows, options.peers, ledger)
    print("x newsqa: the median of the ratios, question by question")
    print("beside: tokens beside one copy of the article and the question")
    print("schema: bytes of JSON of tools and response formats, in all calls")
    print("cited: answers that came back with a citation, to replies that are a script's")


if __name__ == "__main__":
    main()
