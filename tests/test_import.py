"""What ``import newsqa`` brings, and what it does not."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import get_type_hints

import pytest

import newsqa

HEAVY = {"openai", "tiktoken", "rich", "typer", "click", "numpy", "httpx2", "jinja2", "hypothesis"}
"""Each of these costs a good part of a second, and many callers need none of them."""


def test_importing_newsqa_loads_nothing_heavy() -> None:
    """In a process of its own, since the tests themselves have loaded all of them."""
    script = "import sys, newsqa; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", script], text=True)  # noqa: S603  # our own script
    assert HEAVY.isdisjoint(loaded.split())


def loaded_by(statement: str) -> set[str]:
    """Return the modules that a statement loads in a new process."""
    script = f"import sys; {statement}; print(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", script], text=True).split())  # noqa: S603  # our own script


@pytest.mark.parametrize("name", ["ask", "aask", "NewsQA"])
def test_importing_a_public_function_loads_no_library(name: str) -> None:
    """Not even pydantic: what it needs is loaded at the first call."""
    loaded = loaded_by(f"from newsqa import {name}")
    assert loaded.isdisjoint(HEAVY | {"pydantic", "pydantic_settings", "regex", "asyncio"})


@pytest.mark.parametrize("name", ["Answer", "Article", "Settings", "Citation", "NoModelWarning"])
def test_importing_a_value_loads_no_tables(name: str) -> None:
    """Patterns and word lists are loaded when a text is first read."""
    loaded = loaded_by(f"from newsqa import {name}")
    assert loaded.isdisjoint(HEAVY | {"sentencex", "snowballstemmer"})
    assert not {module for module in loaded if module.startswith(("newsqa.text.q", "newsqa.lang"))}
    assert "newsqa.text.boundaries" not in loaded


def test_the_public_names_are_sorted_and_unique() -> None:
    """So that a new one has one place to be."""
    assert newsqa.__all__ == sorted(set(newsqa.__all__))


@pytest.mark.parametrize("name", newsqa.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    """And has a docstring, which is the documentation."""
    assert getattr(newsqa, name).__doc__


def public_callables() -> Iterator[tuple[str, object]]:
    """Yield each function, class and method that users call to ask questions."""
    for name in newsqa.__all__:
        value = getattr(newsqa, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            yield name, value
        for attribute, member in vars(value).items() if isinstance(value, type) else ():
            function = getattr(member, "fget", None) or getattr(member, "func", None) or member
            if inspect.isfunction(function) and not attribute.startswith("_"):
                yield f"{name}.{attribute}", function


@pytest.mark.parametrize("name", [name for name, _ in public_callables()])
def test_type_hints_of_the_public_callables_resolve(name: str) -> None:
    """Tools that call functions by their hints find every type."""
    assert get_type_hints(dict(public_callables())[name]) is not None


def test_packages_with_parts_for_users_need_no_import_of_their_own() -> None:
    """``import newsqa`` is enough for ``newsqa.models.Model``."""
    script = "import newsqa; print(newsqa.models.Model, newsqa.evals.evaluate)"
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603  # our own script


def test_every_error_is_public() -> None:
    """What can be raised can be caught without another import."""
    from newsqa import errors

    raised = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.NewsQAError)
    }
    assert raised <= set(newsqa.__all__)


def test_the_package_knows_its_version() -> None:
    """As the one that is installed."""
    assert newsqa.__version__ == version("newsqa")
