"""``newsqa mcp``: a tool server for assistants."""

from __future__ import annotations

from typing import Annotated

import typer

from newsqa.cli.options import open_newsqa, with_settings
from newsqa.settings import Settings


@with_settings
def serve_tools(
    *,
    settings: Settings,
    http: Annotated[
        bool, typer.Option("--http", help="Serve over HTTP at /mcp instead of standard input.")
    ] = False,
    port: Annotated[int, typer.Option(metavar="NUMBER", help="The port for --http.")] = 8746,
) -> None:
    """Serve the tools ask_article and verify_answer by the Model Context Protocol.

    Over standard input and output, as assistants start it; or, with --http, on this machine alone at
    http://127.0.0.1:8746/mcp.
    """
    from newsqa.mcp import create_server

    with open_newsqa(settings) as newsqa:
        server = create_server(newsqa)
        if http:
            server.run("streamable-http", host="127.0.0.1", port=port)
        else:
            server.run("stdio")
