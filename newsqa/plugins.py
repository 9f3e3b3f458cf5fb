"""Plugins: implementations that installed packages register under an entry-point group."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Literal

from newsqa.errors import ConfigurationError

Group = Literal[
    "newsqa.models",
    "newsqa.readers",
    "newsqa.checks",
    "newsqa.sources",
    "newsqa.evaluators",
    "newsqa.formats",
]
"""The entry-point group of each seam that packages can add to."""


@cache
def find_plugins(group: Group) -> dict[str, EntryPoint]:
    """Return the entry points of ``group`` by their names; nothing is imported.

    Raises:
        ConfigurationError: Two packages register the same name.
    """
    plugins: dict[str, EntryPoint] = {}
    for point in entry_points(group=group):
        other = plugins.setdefault(point.name, point)
        if other.value != point.value:
            raise ConfigurationError(
                f"Two packages register {point.name!r} in {group}: {_package(other)} and "
                f"{_package(point)}. Uninstall one of them."
            )
    return plugins


def load_plugin(group: Group, name: str) -> Any:  # noqa: ANN401  # each seam knows what its plugins are
    """Return the object registered as ``name``.

    Raises:
        ConfigurationError: Nothing is registered under this name, or importing it fails.
    """
    plugins = find_plugins(group)
    if name not in plugins:
        raise ConfigurationError(
            f"Nothing is registered as {name!r} in {group}.{_hint(name, plugins)}"
        )
    try:
        return plugins[name].load()
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(
            f"{name!r} in {group} cannot be loaded from {_package(plugins[name])}: {error}."
        ) from error


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value


def _hint(name: str, plugins: dict[str, EntryPoint]) -> str:
    if not plugins:
        return ""
    nearest = get_close_matches(name, plugins, n=1)
    return (
        f" Did you mean {nearest[0]!r}?" if nearest else f" There is {', '.join(sorted(plugins))}."
    )
