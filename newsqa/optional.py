"""Optional libraries, loaded when first used, and the YAML that one of them reads and writes."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from newsqa.errors import ConfigurationError

_OTHER_LINE_END = re.compile("[\x85\u2028\u2029]")
"""Line ends that YAML folds or changes, unless they are written as escapes."""

_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
"""The escape of a lone surrogate, which a model can write and libyaml does not read."""


def load_extra(module: str, *, wanted_for: str, extra: str = "evals") -> ModuleType:
    """The module called ``module``; ``wanted_for`` begins the sentence that says it is not there.

    Raises ``ConfigurationError`` where it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ConfigurationError(
            f"{wanted_for} need {module.partition('.')[0]}: pip install 'newsqa[{extra}]'."
        ) from error


def yaml() -> ModuleType:
    """PyYAML, which comes with the extra ``newsqa[evals]``."""
    return load_extra("yaml", wanted_for="Files in YAML")


def load_yaml(text: str) -> Any:  # noqa: ANN401  # YAML holds anything
    """The one document in ``text``. Raises ``yaml.YAMLError`` for what is no YAML."""
    library = yaml()
    return library.load(
        text, Loader=library.SafeLoader if _HALF_CHARACTER.search(text) else loader()
    )


def loader() -> type:
    """The loader of plain values: libyaml's where it is there, which is ten times as fast."""
    library = yaml()
    found: type = getattr(library, "CSafeLoader", library.SafeLoader)
    return found


def dump_yaml(value: object) -> str:
    """``value`` as YAML that gives the same value again, keys in their own order."""
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
