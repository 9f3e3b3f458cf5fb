"""The pytest plugin: recorded replies of a language model, and tests that must not ask one.

It is loaded wherever newsqa is installed, so it imports the rest of newsqa only for tests that are
marked ``newsqa_vcr`` or ``no_model_requests``. pytest-recording does the recording, with all its
options. This plugin makes cassettes readable and free of secrets, matches requests by their prompt,
and reports missing and unused recordings.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.terminal import TerminalReporter
    from vcr import VCR

    from newsqa.testing.cassettes.recorder import Recorder

RECORDED = "newsqa_vcr"
FORBIDDEN = "no_model_requests"
UNUSED = "newsqa_unused_recordings"
"""The option, and the property of a test report that lists unused recordings."""

_MARKS = {
    RECORDED: "(*extra, **options): replay what a language model replied, or record it with "
    "--record-mode; takes what pytest-recording's vcr mark takes.",
    FORBIDDEN: ": a request to a language model's server fails, unless the test has a cassette.",
}

_UNUSED_ACTIONS = ("summary", "warn", "fail")


class UnusedRecordingWarning(UserWarning):
    """A test passed without using all recordings in its cassette."""


_RECORDER = pytest.StashKey["Recorder"]()
"""Set on the config while a cassette is being opened, then on the test."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for unused recordings."""
    parser.addini(
        UNUSED,
        "What to do about recordings that a test did not use: summary (list them at the end), warn "
        "or fail.",
        default="summary",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marks."""
    for name, rest in _MARKS.items():
        config.addinivalue_line("markers", name + rest)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let pytest-recording handle the marked tests."""
    marked = [i for i in items if any(map(i.get_closest_marker, _MARKS))]
    if marked:
        _prepare(config, marked)


@pytest.fixture
def no_model_requests(request: pytest.FixtureRequest) -> Iterator[None]:
    """Make every request to a model's server fail, unless the test has a cassette."""
    with _forbidding(request.node):
        yield


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """List the recordings that were not used."""
    lines = [
        f"{report.nodeid}: {value}"
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == UNUSED
    ]
    if lines:
        terminalreporter.section("recordings not used")
        for line in lines:
            terminalreporter.write_line(line)


def _prepare(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Let pytest-recording handle the marked tests, without a network while replaying.

    Raises:
        pytest.UsageError: The option has an unknown value, or two tests share a cassette.
    """
    if config.getini(UNUSED) not in _UNUSED_ACTIONS:
        raise pytest.UsageError(
            f"{UNUSED} is one of {_UNUSED_ACTIONS}, not {config.getini(UNUSED)!r}"
        )
    if not config.pluginmanager.has_plugin("recording"):
        return
    recorded = list(filter(_is_recorded, items))
    _check_names(recorded)
    for item in recorded:
        for mark in item.iter_markers(RECORDED):
            item.add_marker(pytest.mark.vcr(*mark.args, **mark.kwargs))
        live = config.getoption("--disable-recording")
        if not live and item.get_closest_marker("block_network") is None:
            item.add_marker(pytest.mark.block_network)


def _check_names(items: Sequence[pytest.Item]) -> None:
    """Check that no two tests write the same cassette because their ids differ in signs alone.

    File names hold no ``/``, ``:``, ``?`` and the like, and some file systems ignore case.

    Raises:
        pytest.UsageError: Two tests do.
    """
    from pytest_recording.plugin import get_default_cassette_name

    tests: dict[tuple[Path, str], pytest.Item] = {}
    for item in items:
        if item.get_closest_marker("default_cassette"):
            continue
        name = get_default_cassette_name(getattr(item, "cls", None), item.name)
        other = tests.setdefault((item.path, name.casefold()), item)
        if other is not item:
            raise pytest.UsageError(
                f"{other.name} and {item.name} in {item.path.name} would share the cassette "
                f"{name}.yaml: give their parameters ids that differ in letters or digits."
            )


def _forbidding(item: pytest.Item) -> AbstractContextManager[None]:
    """Forbid requests to models, unless ``item`` has a cassette, which determines them."""
    if _is_recorded(item):
        return nullcontext()
    from newsqa.models.transport import no_model_requests

    return no_model_requests()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Apply the mark ``no_model_requests`` to a test and all its fixtures."""
    forbidden = item.get_closest_marker(FORBIDDEN) is not None
    with _forbidding(item) if forbidden else nullcontext():
        return (yield)


@pytest.hookimpl(optionalhook=True)
def pytest_recording_configure(config: pytest.Config, vcr: VCR) -> None:
    """Set up the recorder, if the cassette is that of a marked test."""
    recorder = config.stash.get(_RECORDER, None)
    if recorder is not None:
        recorder.set_up(vcr)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Watch the cassette that pytest-recording opens for a marked test."""
    if fixturedef.argname != "vcr" or not _is_recorded(request.node):
        return (yield)
    from newsqa.api import forget_shared
    from newsqa.testing.cassettes.recorder import Recorder

    forget_shared()
    recorder = request.config.stash[_RECORDER] = Recorder()
    try:
        cassette = yield
    finally:
        del request.config.stash[_RECORDER]
    if cassette is not None:
        recorder.watch(cassette)
        request.node.stash[_RECORDER] = recorder
    return cassette


@pytest.hookimpl(
    wrapper=True, trylast=True
)  # last, because a failure here would skip the setup of other plugins
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a marked test without pytest-recording, because it would ask a real model."""
    if _is_recorded(item) and not item.config.pluginmanager.has_plugin("recording"):
        pytest.fail(
            f"This test is marked {RECORDED}, which needs pytest-recording: "
            "pip install 'newsqa[testing]'",
            pytrace=False,
        )
    return (yield from _without_misses(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail the test if a recording is missing, and report those that it did not use."""
    result = yield from _without_misses(item)
    recorder = item.stash.get(_RECORDER, None)
    if recorder is not None and recorder.unused():
        _report_unused(item, recorder)
    return result


def _without_misses(item: pytest.Item) -> Generator[None, object, object]:
    """Fail with our message for a missing recording, even if the test caught vcrpy's error."""
    try:
        result = yield
    except (Exception, pytest.fail.Exception):
        _fail_on_miss(item)
        raise
    _fail_on_miss(item)
    return result


def _fail_on_miss(item: pytest.Item) -> None:
    recorder = item.stash.get(_RECORDER, None)
    if recorder is not None and recorder.misses:
        from newsqa.testing.cassettes.recorder import describe_miss

        message = describe_miss(recorder.misses[0], recorder.path)
        raise pytest.fail.Exception(message, pytrace=False) from None


def _report_unused(item: pytest.Item, recorder: Recorder) -> None:
    from newsqa.testing.cassettes.recorder import describe_unused

    note = describe_unused(recorder.cassette.requests, recorder.unused(), recorder.path)
    match item.config.getini(UNUSED):
        case "fail":
            pytest.fail(note, pytrace=False)
        case "warn":
            item.warn(UnusedRecordingWarning(note))
        case _:
            item.user_properties.append((UNUSED, note))


def _is_recorded(item: pytest.Item) -> bool:
    return item.get_closest_marker(RECORDED) is not None
