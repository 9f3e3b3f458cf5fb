"""A server on loopback to record from, whose replies contain secrets."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class ModelServer:
    """The port, the reply, and the requested paths of a server."""

    port: int
    reply: str = "The bridge is “closed”.\nFor good."
    takes_schemas: bool = True
    paths: list[str] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[ModelServer]:
    """Run a server in its own threads."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Log nothing."""

        def do_POST(self) -> None:
            """Send a completion that repeats the key, or reject the schema."""
            asked = self.rfile.read(int(self.headers["content-length"]))
            state.paths.append(self.path)
            if state.takes_schemas or b"json_schema" not in asked:
                key = self.headers.get("authorization", "").removeprefix("Bearer ")
                self._send(200, _completion(state.reply, key))
            else:
                message = "response_format json_schema is not supported"
                self._send(400, {"error": {"message": message}})

        def _send(self, status: int, value: object) -> None:
            body = json.dumps(value, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.send_header("set-cookie", "session=1")
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state = ModelServer(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _completion(reply: str, key: str) -> dict[str, object]:
    message = {"role": "assistant", "content": reply}
    return {
        "id": "chatcmpl-1",
        "model": "tiny",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13},
        "account": {"access_token": "tok-of-somebody-else", "note": f"you sent {key}"},
    }
