"""Packages that are installed for one test, with the entry points that they register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsqa import plugins
from newsqa.article import sources
from newsqa.plugins import Group

Install = Callable[[str, Group, str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return a function that installs a package: its name, a group, an entry point, and its code.

    The entry point refers to ``plugin`` in the code.
    """

    def install(package: str, group: Group, name: str, code: str) -> None:
        folder = tmp_path / package
        info = folder / f"{package}-1.0.dist-info"
        info.mkdir(parents=True)
        (folder / f"{package}.py").write_text(code, encoding="utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {package}:plugin\n")
        monkeypatch.syspath_prepend(folder)
        _forget()

    yield install
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    plugins.find_plugins.cache_clear()
    sources._plugin.cache_clear()
