"""Plugins: what installed packages register under an entry-point group."""

from __future__ import annotations

import pytest

from newsqa.errors import ConfigurationError
from newsqa.plugins import find_plugins, load_plugin
from tests.installed import Install


def test_nothing_is_registered_by_newsqa_itself() -> None:
    """Its own parts are found without a look at the installed packages."""
    assert find_plugins("newsqa.readers") == {}


def test_a_registered_object_is_loaded(install: Install) -> None:
    """The entry point names a module and an object in it."""
    install("plugin_a", "newsqa.readers", "mine", "plugin = 'the object'\n")
    assert load_plugin("newsqa.readers", "mine") == "the object"


def test_a_plugin_is_not_imported_before_it_is_loaded(install: Install) -> None:
    """Installing a package must not slow every program down."""
    install("plugin_b", "newsqa.readers", "mine", "raise RuntimeError\n")
    assert list(find_plugins("newsqa.readers")) == ["mine"]


def test_an_unknown_name_is_an_error_with_the_nearest_one(install: Install) -> None:
    """Most unknown names are misspelt."""
    install("plugin_c", "newsqa.readers", "search", "plugin = None\n")
    with pytest.raises(ConfigurationError, match=r"'serach' in newsqa.readers. Did you mean 'sea"):
        load_plugin("newsqa.readers", "serach")


def test_an_unknown_name_unlike_any_other_is_an_error_with_all_names(install: Install) -> None:
    """So that the right one can be chosen."""
    install("plugin_d", "newsqa.readers", "search", "plugin = None\n")
    with pytest.raises(ConfigurationError, match=r"'x' in newsqa.readers. There is search\."):
        load_plugin("newsqa.readers", "x")


def test_a_name_without_any_plugins_is_an_error() -> None:
    """There is nothing to suggest."""
    with pytest.raises(ConfigurationError, match=r"registered as 'x' in newsqa\.readers\.$"):
        load_plugin("newsqa.readers", "x")


def test_a_name_registered_twice_is_an_error_that_names_both_packages(install: Install) -> None:
    """Which of them answers must not depend on the order of installation."""
    install("plugin_e", "newsqa.readers", "mine", "plugin = None\n")
    install("plugin_f", "newsqa.readers", "mine", "plugin = None\n")
    with pytest.raises(ConfigurationError, match=r"plugin_[ef] and plugin_[ef]\. Uninstall one"):
        find_plugins("newsqa.readers")


@pytest.mark.parametrize(
    ("code", "reason"),
    [("import a_module_that_is_not_there\n", "a_module_that_is_not_there"), ("", "plugin")],
    ids=["missing dependency", "missing object"],
)
def test_a_plugin_that_cannot_be_imported_is_an_error_that_names_its_package(
    install: Install, code: str, reason: str
) -> None:
    """The user knows what to repair."""
    install(f"plugin_g{len(code)}", "newsqa.readers", "mine", code)
    with pytest.raises(ConfigurationError, match=rf"cannot be loaded from plugin_g\d+: .*{reason}"):
        load_plugin("newsqa.readers", "mine")
