"""Documentation that tests run: its sessions, and the files that it shows."""

from __future__ import annotations

import doctest
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.conftest import ROOT

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE_NAME = re.compile(r"# (\w+\.py)\n")


@dataclass(frozen=True)
class Document:
    """A Markdown file, by its path from the root of the project."""

    name: str

    @cached_property
    def text(self) -> str:
        """The text of the file."""
        return (ROOT / self.name).read_text(encoding="utf-8")

    def blocks(self, language: str) -> list[str]:
        """Return its fenced blocks in ``language``."""
        return [block for name, block in _FENCED.findall(self.text) if name == language]

    @property
    def sessions(self) -> list[str]:
        """Its interactive Python sessions, with their output."""
        return [block for block in self.blocks("python") if ">>>" in block]

    @property
    def files(self) -> dict[str, str]:
        """The Python files it shows, by the name in their first line."""
        named = [(_FILE_NAME.match(block), block) for block in self.blocks("python")]
        return {name[1]: block for name, block in named if name}

    @property
    def fragments(self) -> list[str]:
        """Its Python blocks that are neither sessions nor files."""
        return [b for b in self.blocks("python") if ">>>" not in b and not _FILE_NAME.match(b)]

    def run_sessions(self) -> doctest.TestResults:
        """Run all sessions in order in one interpreter; ``...`` matches anything."""
        parser = doctest.DocTestParser()
        test = parser.get_doctest("\n".join(self.sessions), {}, self.name, None, 0)
        return doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test)


README = Document("README.md")
CONTRIBUTING = Document("CONTRIBUTING.md")
PAGES = [
    Document(page.relative_to(ROOT).as_posix())
    for page in sorted(Path(ROOT / "docs").rglob("*.md"))
]
