"""What the documentation shows is true: sessions print it, and the files it shows pass as tests."""

from __future__ import annotations

import re
from typing import get_args

import pytest

import newsqa.testing
from newsqa import Settings
from newsqa.testing import Fault
from tests.conftest import ROOT
from tests.documents import CONTRIBUTING, PAGES, README, Document
from tests.doubles import claim, draft
from tests.testing.model_server import serving

pytest_plugins = ["pytester"]

SPEAKER = draft(claim("Anders Pell spoke.", (1, "said Anders Pell")), short="Anders Pell")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
each_with_files = pytest.mark.parametrize(
    "page", [page for page in (README, *PAGES) if page.files], ids=lambda page: page.name
)


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.sessions and page.name != "docs/evaluation.md"],
    ids=lambda page: page.name,
)
def test_sessions_run_as_printed(page: Document) -> None:
    """Every interactive example prints what follows it; the page on evaluation has its own test."""
    assert page.run_sessions().failed == 0


@each_page
def test_no_example_is_left_out(page: Document) -> None:
    """What is neither a session nor a file would be run by nothing."""
    assert page.fragments == []


@each_with_files
def test_files_pass_as_tests(
    page: Document, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recorded first from a server, and then replayed without one."""
    for name, text in page.files.items():
        pytester.makepyfile(**{name.removesuffix(".py"): text})
    run = ("-p", "no:cacheprovider", "--strict-markers", "-q")
    with serving() as server, monkeypatch.context() as environment:
        server.reply = SPEAKER.model_dump_json()
        environment.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.port}/v1")
        pytester.runpytest_inprocess(*run, "--record-mode=once").assert_outcomes(passed=1)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://model.invalid/v1")
    pytester.runpytest_inprocess(*run).assert_outcomes(passed=1)


@pytest.mark.parametrize("page", [README, CONTRIBUTING, *PAGES], ids=lambda page: page.name)
def test_links_lead_to_files(page: Document) -> None:
    """Links between pages name files that exist."""
    links = re.findall(r"\]\(([^):#]+)(?:#[^)]*)?\)", page.text)
    assert [link for link in links if not (ROOT / page.name).parent.joinpath(link).is_file()] == []


def test_every_setting_is_explained() -> None:
    """The table of settings leaves none out, and names none that does not exist."""
    [page] = [page for page in PAGES if page.name == "docs/guides/settings.md"]
    assert set(re.findall(r"^\| `(\w+)` \|", page.text, re.MULTILINE)) == set(Settings.model_fields)


def test_every_page_is_in_the_navigation() -> None:
    """Decisions apart, which their own index lists."""
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    index = (ROOT / "docs/design/decisions/README.md").read_text(encoding="utf-8")
    for page in PAGES:
        name = page.name.removeprefix("docs/")
        assert name in navigation or name.rpartition("/")[2] in index


def test_the_diff_shown_is_the_one_that_is_printed(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the page on recording, for a question asked in other words."""
    [page] = [page for page in PAGES if page.name.endswith("recording.md")]
    [(name, text)] = page.files.items()
    [shown] = re.findall(r"^  ```text\n(.*?)^  ```$", page.text, re.MULTILINE | re.DOTALL)
    path = pytester.makepyfile(**{name.removesuffix(".py"): text})
    with serving() as server, monkeypatch.context() as environment:
        server.reply = SPEAKER.model_dump_json()
        environment.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.port}/v1")
        pytester.runpytest_inprocess("-p", "no:cacheprovider", "--record-mode=once")
    path.write_text(text.replace("Who spoke?", "Who was speaking?"), encoding="utf-8")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://model.invalid/v1")
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    printed = [line.rstrip() for line in result.outlines]
    expected = [line.removeprefix("  ").rstrip() for line in shown.splitlines()]
    assert "\n".join(expected) in "\n".join(printed)


def test_the_faults_are_all_explained() -> None:
    """In the table of the page."""
    [page] = [page for page in PAGES if page.name.endswith("faulty-model.md")]
    table = "\n".join(line for line in page.text.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`([a-z_]+)`", table)) - {"partial"} == set(get_args(Fault))


def test_the_public_names_of_the_kit_have_pages() -> None:
    """All but the types of their arguments."""
    written = "\n".join(page.text for page in PAGES)
    for name in set(newsqa.testing.__all__) - {"Fault", "ModelRequest", "Scripted"}:
        assert name in written
        assert getattr(newsqa.testing, name).__doc__
