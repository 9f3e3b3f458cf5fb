"""``newsqa serve`` and ``newsqa mcp``: a page to try, endpoints for programs, tools for assistants."""

from __future__ import annotations

from typing import Annotated

import typer

from newsqa.cli.console import print_note
from newsqa.cli.options import open_newsqa, with_settings
from newsqa.optional import load_extra
from newsqa.settings import Settings


@with_settings
def serve(
    *,
    settings: Settings,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="NUMBER", help="The port.")] = 8747,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="NEWSQA_SERVE_TOKEN",
            metavar="TOKEN",
            help="Answer only requests with this bearer token. Put it into the environment: other "
            "users of the machine can read command lines.",
        ),
    ] = None,
    max_under_way: Annotated[
        int, typer.Option(metavar="COUNT", min=1, help="The most requests answered at once.")
    ] = 32,
    max_seconds: Annotated[
        float, typer.Option(metavar="SECONDS", min=1, help="The longest that a request may take.")
    ] = 120,
) -> None:
    """Serve a page to try newsqa at http://127.0.0.1:8747, and its HTTP endpoints.

    It listens on this machine alone, unless --host says otherwise. It fetches no address for a visitor.
    """
    uvicorn = load_extra("uvicorn", wanted_for="Servers", extra="serve")
    from newsqa.serve import LOOPBACK_HOSTS, Limits, create_app

    name = f"[{host}]" if ":" in host else host
    is_local = name in LOOPBACK_HOSTS
    if not is_local:
        print_note(_warning(host, has_token=bool(token)))
    limits = Limits(max_under_way=max_under_way, timeout_seconds=max_seconds)
    with open_newsqa(settings) as newsqa:
        hosts = LOOPBACK_HOSTS if is_local else ("*",)
        app = create_app(newsqa, token=token, limits=limits, allowed_hosts=hosts)
        print_note(f"newsqa answers at http://{name}:{port}/ until ctrl-C")
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=round(max_seconds),
        )


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


def _warning(host: str, *, has_token: bool) -> str:
    who = "everybody with the token" if has_token else "everybody"
    return (
        f"warning: {host} can be reached from other machines: {who} who reaches it asks at your "
        "expense, and the connection is not encrypted; put a proxy with TLS in front of it"
    )
