"""Optional libraries, imported when first used; reading and writing YAML with one of them."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from newsqa.errors import ConfigurationError

_OTHER_LINE_END = re.compile("[\x85\u2028\u2029]")
"""Line ends that YAML changes unless they are written as escapes."""

_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
"""The escape of a lone surrogate, which a model can write and libyaml cannot read."""


def load_extra(module: str, *, wanted_for: str, extra: str = "evals") -> ModuleType:
    """Import a module of an optional library.

    Args:
        module: The name of the module.
        wanted_for: What needs it, in the plural: the subject of the error's sentence.
        extra: The extra of newsqa that installs it.

    Raises:
        ConfigurationError: The library is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ConfigurationError(
            f"{wanted_for} need {module.partition('.')[0]}: pip install 'newsqa[{extra}]'."
        ) from error


def yaml() -> ModuleType:
    """Import PyYAML, which the extra ``newsqa[evals]`` installs."""
    return load_extra("yaml", wanted_for="Files in YAML")


def load_yaml(text: str) -> Any:  # noqa: ANN401  # YAML holds anything
    """Parse a text that holds one YAML document.

    Raises:
        yaml.YAMLError: The text is not YAML.
    """
    library = yaml()
    return library.load(
        text, Loader=library.SafeLoader if _HALF_CHARACTER.search(text) else loader()
    )


def loader() -> type:
    """Return the loader of plain values: libyaml's if available, which is ten times as fast."""
    library = yaml()
    fastest: type = getattr(library, "CSafeLoader", library.SafeLoader)
    return fastest


def dump_yaml(value: object) -> str:
    r"""Write a value as YAML that is read as the same value, keys in their own order.

    >>> dump_yaml({"b": "two\nlines", "a": 1})
    'b: |-\n  two\n  lines\na: 1\n'
    """
    text: str = yaml().dump(
        value, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return text


@cache
def _dumper() -> type:
    library = yaml()

    class Dumper(library.SafeDumper):  # type: ignore[name-defined, misc]  # loaded at run time
        def ignore_aliases(self, data: object) -> bool:
            return True

    def represent_str(dumper: Any, text: str) -> object:  # noqa: ANN401  # PyYAML's own
        style = '"' if _OTHER_LINE_END.search(text) else "|" if "\n" in text else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    Dumper.add_representer(str, represent_str)
    return Dumper
