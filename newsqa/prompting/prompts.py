"""Prompts: files with placeholders, one file per prompt."""

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
    """A prompt: its sections by role (``system``, ``user``), with ``$placeholders``."""

    name: str
    sections: dict[str, str]

    def render(self, role: str, **values: str) -> str:
        """Return the section for ``role``, with its placeholders filled in.

        Raises:
            PromptError: The section is missing, or its placeholders and the values are not the same.
        """
        try:
            template = Template(self.sections[role])
        except KeyError:
            raise PromptError(f"The prompt {self.name!r} has no section '# {role}'.") from None
        placeholders = set(template.get_identifiers())
        if placeholders != values.keys() or not template.is_valid():
            raise PromptError(
                f"The section '# {role}' of the prompt {self.name!r} has the placeholders "
                f"{sorted(placeholders)}; it is filled with {sorted(values)}. Write '$$' for a plain '$'."
            )
        return template.substitute(values)

    @property
    def fingerprint(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of all sections."""
        whole = "".join(f"# {role}\n{text}\n" for role, text in self.sections.items())
        return hashlib.sha256(whole.encode()).hexdigest()[:12]


def load_prompt(name: str) -> Prompt:
    """Return the prompt in ``prompts/NAME.md``.

    Raises:
        PromptError: There is no such prompt.
    """
    file = prompts_folder() / f"{name}.md"
    if not file.is_file():
        raise PromptError(f"There is no prompt {name!r}; newsqa may be installed in part.")
    return parse_prompt(name, file.read_text(encoding="utf-8"))


def read_prompt(path: Path) -> Prompt:
    """Return the prompt in a file, named after the file.

    Raises:
        PromptError: The file cannot be read, or is not a prompt.
    """
    try:
        return parse_prompt(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"The prompt {str(path)!r} cannot be read: {error}.") from error


def parse_prompt(name: str, text: str) -> Prompt:
    r"""Parse a prompt: a heading ``# role`` before each section, and a note before the first.

    >>> prompt = parse_prompt("greet", "For people.\n# user\nHello $name\n")
    >>> prompt.render("user", name="Ada")
    'Hello Ada'

    Raises:
        PromptError: There is no section, or a role has two.
    """
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
    """Return ``prompts/`` inside the installed package, or next to the package in a checkout."""
    installed = resources.files("newsqa") / "_prompts"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "prompts"
