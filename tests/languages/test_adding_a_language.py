"""Adding a language: one data file, and everything that reads words reads the language's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsqa import languages
from newsqa.languages import Language, detection, language
from newsqa.languages.detection import guess_language
from newsqa.text.dates import find_dates
from newsqa.text.dates.partial import Offset, PartialDate
from newsqa.text.numbers import find_quantities

ESPERANTO = """\
name = "Esperanto"
decimal_mark = ","

[detection]
common_words = ["la", "de", "kaj", "estas", "en", "al", "ne", "kiu", "oni", "ĝi"]

[calendar]
day_endings = ["-a"]
day_joints = ["de"]

[calendar.months]
5 = ["majo"]

[calendar.weekdays]
4 = ["vendredo", "vendredon"]

[calendar.days]
-1 = ["hieraŭ"]

[numbers]
hundred = ["cent"]

[numbers.units]
2 = ["du"]
3 = ["tri"]

[numbers.tens]
30 = ["tridek"]

[numbers.scales]
1_000_000 = ["miliono", "milionoj"]

[units]
hour = ["horo", "horoj"]
"""


def _forget() -> None:
    for cached in (language, languages.language_codes, languages.languages):
        cached.cache_clear()
    detection._codes_by_letters.cache_clear()
    detection._common_words.cache_clear()


@pytest.fixture
def esperanto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """The language of one file in a folder of its own, beside those that the package has."""
    for file in Path(str(languages.DATA)).glob("*.toml"):
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "cldr").symlink_to(Path(str(languages.DATA)) / "cldr")
    (tmp_path / "eo.toml").write_text(ESPERANTO, encoding="utf-8")
    _forget()
    monkeypatch.setattr(languages, "DATA", tmp_path)
    yield language("eo")
    monkeypatch.undo()
    _forget()


def test_its_file_is_read(esperanto: Language) -> None:
    """Into the same sections as any other."""
    assert (esperanto.name, esperanto.decimal_mark) == ("Esperanto", ",")
    assert esperanto.reads_dates
    assert esperanto.reads_numbers


@pytest.mark.usefixtures("esperanto")
def test_it_is_recognised() -> None:
    """By its common words."""
    assert guess_language("La ponto estas fermita kaj oni ne scias, kiu ĝi estas.") == "eo"


@pytest.mark.usefixtures("esperanto")
def test_its_dates_are_read() -> None:
    """With its months and weekdays, and its word for yesterday."""
    day, weekday = find_dates("la 16-a de majo aŭ vendredon", frozenset({"eo"}))
    assert day.dates == (PartialDate(month=5, day=16),)
    assert weekday.dates == (PartialDate(weekday=4),)
    (yesterday,) = find_dates("Ĝi fermiĝis hieraŭ.", frozenset({"eo"}))
    assert yesterday.offset == Offset(-1, "day")


@pytest.mark.usefixtures("esperanto")
def test_its_numbers_and_units_are_read() -> None:
    """In words, with its scales, and with a comma for decimals."""
    texts = {"tridek du horoj": 32 * 3600, "tri milionoj": 3_000_000, "1,500 horoj": 1.5 * 3600}
    for text, value in texts.items():
        (quantity,) = find_quantities(text, frozenset({"eo"}))
        assert value in {float(amount.value) for amount in quantity.amounts}, text


def test_without_its_file_it_is_not_known() -> None:
    """What a test added is gone after it."""
    assert language("eo") == Language("eo", decimal_mark=",")
    assert guess_language("La ponto estas fermita kaj oni ne scias, kiu ĝi estas.") != "eo"
