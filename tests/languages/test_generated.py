"""The files that are generated from CLDR are those that the script writes."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path

import pytest

from newsqa import languages
from newsqa.languages import language, language_codes

SCRIPT = Path(__file__).parents[2] / "scripts" / "generate_languages.py"
DATA = Path(str(languages.DATA))


@pytest.mark.parametrize("code", sorted(language_codes()))
def test_a_generated_file_is_up_to_date(code: str) -> None:
    """With the same Babel, the script writes the file again as it is."""
    babel = pytest.importorskip("babel")
    written = (DATA / "cldr" / f"{code}.toml").read_text(encoding="utf-8")
    if not SCRIPT.is_file() or f"Babel {babel.__version__}." not in written:
        pytest.skip("needs the repository, and the Babel that the files were written with")
    generate = runpy.run_path(str(SCRIPT))["generate"]
    assert generate(code, has_spaces=language(code).has_spaces) == written


@pytest.mark.parametrize("code", sorted(language_codes()))
def test_no_word_is_written_by_hand_that_cldr_has(code: str) -> None:
    """In the calendar, units and conjunctions: every word once."""
    by_hand = tomllib.loads((DATA / f"{code}.toml").read_text(encoding="utf-8"))
    generated = tomllib.loads((DATA / "cldr" / f"{code}.toml").read_text(encoding="utf-8"))
    left_out = {form.casefold() for form in by_hand.get("left_out", ())}
    twice = {
        form
        for table, other in _tables(by_hand, generated)
        for key, forms in table.items()
        if isinstance(forms, list)
        for form in forms
        if form.casefold() in {o.casefold() for o in other.get(key, ())} - left_out
    }
    assert twice == set()


Table = dict[str, list[str]]


def _tables(
    by_hand: dict[str, dict[str, Table]], generated: dict[str, dict[str, Table]]
) -> list[tuple[Table, Table]]:
    calendars = by_hand.get("calendar", {}), generated["calendar"]
    names = ("months", "months_short", "weekdays", "weekdays_short", "days", "last", "next")
    pairs = [(calendars[0].get(name, {}), calendars[1].get(name, {})) for name in names]
    flat = ("units", "conjunctions")
    return [*pairs, *((by_hand.get(name, {}), generated.get(name, {})) for name in flat)]  # type: ignore[list-item]
