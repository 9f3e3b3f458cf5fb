"""What pytest loads wherever newsqa is installed: the names of marks, options and a fixture.

It lies outside of the package because ``import newsqa`` takes a third of a second, which no test
run should pay that has nothing to do with newsqa. The first test with one of the marks brings in
the rest, ``newsqa.pytest_plugin``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

RECORDED = "newsqa_vcr"
FORBIDDEN = "no_model_requests"
UNUSED = "newsqa_unused_recordings"
"""The option, and the property of a test's report that tells of recordings it did not use."""

_MARKS = {
    RECORDED: "(*extra, **options): replay what a language model replied, or record it with "
    "--record-mode; takes what pytest-recording's vcr mark takes.",
    FORBIDDEN: ": a request to a language model's server fails, unless the test has a recording.",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options that pytest-recording has none for."""
    parser.addini(
        UNUSED,
        "What to do about recordings that a test did not use: summary (say so at the end), warn or "
        "fail.",
        default="summary",
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marks."""
    for name, rest in _MARKS.items():
        config.addinivalue_line("markers", name + rest)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Bring in the plugin if there is a test for it."""
    marked = [i for i in items if any(map(i.get_closest_marker, _MARKS))]
    if marked:
        config.pluginmanager.import_plugin("newsqa.pytest_plugin")
        from newsqa.pytest_plugin import prepare

        prepare(config, marked)


@pytest.fixture
def no_model_requests(request: pytest.FixtureRequest) -> Iterator[None]:
    """A request to a language model's server fails, unless the test has a recording."""
    from newsqa.pytest_plugin import forbidding

    with forbidding(request.node):
        yield


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say which recordings were not used; here, since with pytest-xdist only this is loaded."""
    told = [
        f"{report.nodeid}: {value}"
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == UNUSED
    ]
    if told:
        terminalreporter.section("recordings not used")
        for line in told:
            terminalreporter.write_line(line)
