"""Optional libraries are asked for by name; YAML that people can read loses nothing."""

from __future__ import annotations

import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsqa.errors import ConfigurationError
from newsqa.optional import dump_yaml, load_extra, load_yaml


@given(st.text(st.characters()))
def test_any_text_comes_back_to_the_letter(text: str) -> None:
    """Lone surrogates, control characters and strange line ends among them."""
    assert load_yaml(dump_yaml({"text": text})) == {"text": text}


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\n\n", "\n "])
def test_line_ends_come_back_as_they_were(end: str) -> None:
    """YAML itself would read some of them as others."""
    text = f"first{end}second{end}"
    assert load_yaml(dump_yaml([text])) == [text]


def test_lines_stand_in_a_block() -> None:
    """So that a prompt reads as it was sent."""
    assert dump_yaml({"b": "Sé breve.\n\nNow.", "a": 1}) == "b: |-\n  Sé breve.\n\n  Now.\na: 1\n"


def test_text_that_is_not_yaml_is_an_error() -> None:
    """Of PyYAML's own kind, which the caller puts into words."""
    with pytest.raises(yaml.YAMLError):
        load_yaml("[")


def test_a_library_that_is_there_is_loaded() -> None:
    """By its full name."""
    assert load_extra("json.decoder", wanted_for="Tests").__name__ == "json.decoder"


def test_one_that_is_missing_is_named_with_what_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """And with the command that installs it."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ConfigurationError, match=r"Recordings need yaml: .*'newsqa\[evals\]'"):
        load_extra("yaml", wanted_for="Recordings")
