"""Draw an answer as the terminal shows it: ``python scripts/draw_answer.py`` writes the README's picture.

The answer is a language model's, replayed from ``examples/recordings``, so the picture can be made
anywhere and shows what a newcomer's own terminal shows.
"""

from __future__ import annotations

import argparse
import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from newsqa import Article, NewsQA, Settings
from newsqa.output.terminal import show

ROOT = Path(__file__).parent.parent
ARTICLE = "examples/harbour-strike.txt"
QUESTION = "When did the strike begin, and how long will it last?"
COLUMNS = 100

_THEME = TerminalTheme(
    background=(250, 250, 247),
    foreground=(38, 38, 36),
    normal=[(38, 38, 36), (176, 42, 55), (20, 110, 60), (150, 100, 0), (32, 84, 147), (120, 60, 140), (0, 105, 120), (90, 90, 86)],
    bright=None,
)  # fmt: skip

_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Rich's picture loads fonts from another server; ours loads nothing."""


def draw(settings: Settings) -> str:
    """Return an SVG of the answer to ``QUESTION``."""
    article = Article.from_file(ROOT / ARTICLE)
    with NewsQA(settings) as newsqa:
        answer = newsqa.ask(article, QUESTION)
    console = Console(record=True, width=COLUMNS, force_terminal=True, color_system="truecolor", file=io.StringIO())  # fmt: skip
    console.print(f"[dim]$[/] newsqa ask {ARTICLE} [green]\"{QUESTION}\"[/]\n", highlight=False, soft_wrap=True)  # fmt: skip
    show(answer, article, console)
    svg = console.export_svg(title="newsqa", theme=_THEME, unique_id="answer")
    return _FONT_FACE.sub("", svg).replace("Fira Code", "ui-monospace")


def main() -> None:
    """Write the picture to ``docs/images/answer.svg``, or where ``--out`` says."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/images/answer.svg")
    parser.add_argument("--replay", type=Path, default=ROOT / "examples/recordings")
    parser.add_argument("--model", default=None)
    options = parser.parse_args()
    replay = None if options.model else options.replay
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(draw(Settings(model=options.model, replay=replay)), encoding="utf-8")


if __name__ == "__main__":
    main()
