"""Prompts: files with placeholders, one file a prompt."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from newsqa.errors import PromptError

_SECTION = re.compile(r"^# (\w+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's sections by role (``system``, ``user``), with ``$placeholders`` still in them."""

    name: str
    sections: dict[str, str]

    def render(self, role: str, **values: str) -> str:
        """The section for ``role``, filled in.

        Raises ``PromptError`` when the section is missing, or its placeholders are not just those
        given: a value that goes nowhere is as wrong as one that is missing.
        """
        try:
            template = Template(self.sections[role])
        except KeyError:
            raise PromptError(f"The prompt {self.name!r} has no section '# {role}'.") from None
        wanted = set(template.get_identifiers())
        if wanted != values.keys() or not template.is_valid():
            raise PromptError(
                f"The section '# {role}' of the prompt {self.name!r} has the placeholders "
                f"{sorted(wanted)}; it is filled with {sorted(values)}. Write '$$' for a plain '$'."
            )
        return template.substitute(values)

    @property
    def fingerprint(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of all sections."""
        whole = "".join(f"# {role}\n{text}\n" for role, text in self.sections.items())
        return hashlib.sha256(whole.encode()).hexdigest()[:12]


def load_prompt(name: str) -> Prompt:
    """The prompt in ``prompts/NAME.md``. Raises ``PromptError`` when there is none."""
    file = prompts_folder() / f"{name}.md"
    if not file.is_file():
        raise PromptError(f"There is no prompt {name!r}; newsqa may be installed in part.")
    return parse_prompt(name, file.read_text(encoding="utf-8"))


def read_prompt(path: Path) -> Prompt:
    """The prompt in the file at ``path``, under the file's name. Raises ``PromptError``."""
    try:
        return parse_prompt(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"The prompt {str(path)!r} cannot be read: {error}.") from error


def parse_prompt(name: str, text: str) -> Prompt:
    """The prompt in ``text``: a ``# role`` heading before each section; what comes first is a note."""
    _, *parts = _SECTION.split(text)
    sections: dict[str, str] = {}
    for role, body in zip(parts[::2], parts[1::2], strict=True):
        if role in sections:
            raise PromptError(f"The prompt {name!r} has two sections '# {role}'.")
        sections[role] = body.strip()
    if not sections:
        raise PromptError(f"The prompt {name!r} has no section such as '# user'.")
    return Prompt(name, sections)


def prompts_folder() -> Traversable:
    """``prompts/`` inside the installed package, or beside it in a checkout."""
    installed = resources.files("newsqa") / "_prompts"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "prompts"
