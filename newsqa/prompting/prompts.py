"""Prompts: files with placeholders, one file per prompt."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
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
        return Template(self._section(role, values)).substitute(values)

    def render_parts(self, role: str, last: str, **values: str) -> tuple[str, str]:
        r"""Return the section for ``role`` in two parts: the lines before a placeholder, and the rest.

        >>> prompt = Prompt("ask", {"user": "$article\n\nQuestion: $question"})
        >>> prompt.render_parts("user", "question", article="It rained.", question="Why?")
        ('It rained.\n\n', 'Question: Why?')

        Args:
            role: The section.
            last: The placeholder that begins the second part, with the line that it is on.
            values: A text for each placeholder.

        Raises:
            PromptError: The section is missing, or its placeholders and the values are not the same.
        """
        section = self._section(role, values)
        places = (match for match in Template.pattern.finditer(section) if last in match.groups())
        start = next((match.start() for match in places), 0)
        border = section.rfind("\n", 0, start) + 1
        before, rest = Template(section[:border]), Template(section[border:])
        return before.substitute(values), rest.substitute(values)

    def _section(self, role: str, values: Mapping[str, str]) -> str:
        """Return the template of a section that ``values`` fill."""
        try:
            section = self.sections[role]
        except KeyError:
            raise PromptError(f"The prompt {self.name!r} has no section '# {role}'.") from None
        placeholders, is_valid = _placeholders(section)
        if placeholders != values.keys() or not is_valid:
            raise PromptError(
                f"The section '# {role}' of the prompt {self.name!r} has the placeholders "
                f"{sorted(placeholders)}; it is filled with {sorted(values)}. Write '$$' for a plain '$'."
            )
        return section

    def extended(self, addition: Prompt) -> Prompt:
        r"""Return this prompt with the system section of ``addition`` after its own.

        >>> polite = Prompt("polite", {"system": "Say please."})
        >>> Prompt("ask", {"system": "Ask."}).extended(polite)
        Prompt(name='ask+polite', sections={'system': 'Ask.\n\nSay please.'})
        """
        system = "\n\n".join([self.sections["system"], addition.sections["system"]])
        name = f"{self.name}+{addition.name}"
        return Prompt(name, {**self.sections, "system": system})

    @property
    def fingerprint(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of all sections."""
        whole = "".join(f"# {role}\n{text}\n" for role, text in self.sections.items())
        return hashlib.sha256(whole.encode()).hexdigest()[:12]


@cache
def _placeholders(section: str) -> tuple[frozenset[str], bool]:
    """Return the names of a section's placeholders, and whether each ``$`` belongs to one."""
    template = Template(section)
    return frozenset(template.get_identifiers()), template.is_valid()


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
