"""Streams an answer from a local server, such as Ollama's, llama.cpp's or vLLM's.

Run it with ``python examples/apps/local_server.py ARTICLE QUESTION MODEL [BASE_URL]``.
"""

from __future__ import annotations

import sys

from newsqa import Answer, Article, ClaimVerified, Settings, stream


def main(path: str, question: str, model: str, base_url: str = "http://localhost:11434/v1") -> None:
    """Print each claim as soon as it is verified, and the short answer at the end."""
    settings = Settings(model=model, base_url=base_url, timeout=300, deadline=900)
    for event in stream(Article.from_file(path), question, settings=settings):
        if isinstance(event, ClaimVerified):
            print(f"{event.claim.text} {list(event.claim.citations[0].sentences)}", flush=True)
        elif isinstance(event, Answer):
            print(f"{event.status}: {event.short}")


if __name__ == "__main__":
    main(*sys.argv[1:])
