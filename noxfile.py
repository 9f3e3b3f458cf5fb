"""The parts of ``.ci/run``, one at a time: ``nox -s tests``, ``nox -s lint``, ``nox -s docs``."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True
nox.options.sessions = ["lint", "tests", "docs", "floors"]

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on every Python that is installed."""
    session.install("-e", ".[dev]")
    session.run("pytest", "-q", "-n", "auto", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check format, style, types and layers."""
    session.install("-e", ".[dev]")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")
    session.run("pyright", "tests/typing")
    session.run("lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site, or serve it with ``-- serve``."""
    session.install("-e", ".[docs]")
    session.run("mkdocs", *(session.posargs or ["build", "--strict"]))


@nox.session
def floors(session: nox.Session) -> None:
    """Check that the embedded reader holds its floors."""
    session.install("-e", ".[dev]")
    cases, floor = "tests/evals/cases.yaml", "tests/evals/floors.json"
    session.run("newsqa", "eval", cases, "--model", "newsqa-extractive", "--floor", floor)
