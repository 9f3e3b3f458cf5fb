"""Guessing the language of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.languages.detection import SAMPLE, guess_language

TEXTS = {
    "en": "The mayor said that the bridge was closed and would not open for a week.",
    "de": "Die Brücke ist nach Angaben der Stadt gesperrt und wird erst im Mai wieder öffnen.",
    "fr": "Le maire a dit que le pont est fermé et que les travaux dans la ville sont en retard.",
    "es": "El alcalde dijo que el puente de la ciudad está cerrado y que los trabajos siguen.",
    "it": "Il sindaco ha detto che il ponte della città è chiuso e non è sicuro per le auto.",
    "pt": "O prefeito disse que a ponte da cidade não está aberta e que os trabalhos seguem em maio.",
    "nl": "De brug is volgens het stadsbestuur dicht en wordt niet voor mei geopend van de week.",
    "sv": "Bron är stängd och det är inte klart när den öppnar för trafik, enligt kommunen som äger.",
    "da": "Broen er lukket, og det er ikke klart, hvornår den åbner for trafik, fra kommunen blev det.",
    "pl": "Most jest zamknięty i nie wiadomo, kiedy się otworzy, jak podano w mieście do dla przez.",
    "tr": "Köprü kapalı ve ne zaman açılacağı bilinmiyor, bu hafta için bir daha çok gibi olan.",
    "id": "Jembatan itu ditutup dan tidak akan dibuka untuk pekan ini, kata wali kota yang ada di sana.",
    "ru": "Мост закрыт, и когда он откроется, неизвестно.",
    "uk": "Міст закрили, і коли він відкриється, не відомо, бо до ремонту ще рік.",
    "el": "Η γέφυρα είναι κλειστή.",
    "he": "הגשר סגור.",
    "ar": "الجسر مغلق منذ يوم الخميس.",
    "hi": "पुल बंद है और कब खुलेगा, पता नहीं।",
    "th": "สะพานปิดแล้ว",
    "ko": "다리가 폐쇄되었다.",
    "ja": "橋は閉鎖された。市長が発表した。",
    "zh": "大桥已经关闭，市长宣布。",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items(), ids=TEXTS.keys())
def test_a_sentence_shows_its_language(code: str, text: str) -> None:
    """By its script or, in Latin letters, by its short words."""
    assert guess_language(text) == code


@pytest.mark.parametrize("text", ["", "12:30", "🔥🔥", "Xyzzy plugh."])
def test_english_is_the_guess_if_nothing_shows_the_language(text: str) -> None:
    """Figures, emoji and unknown words do not."""
    assert guess_language(text) == "en"


def test_names_in_latin_letters_do_not_make_a_text_english() -> None:
    """Companies and places keep their Latin letters in Chinese, Russian or Arabic news."""
    assert guess_language("OpenAI 与 Microsoft 宣布在 London 合作，交易价值十亿美元。") == "zh"


def test_a_foreign_name_does_not_change_the_language() -> None:
    """A name or two in its own script leaves an English text English."""
    assert guess_language("The mayor of Beijing (北京) said that the bridge is closed.") == "en"


def test_only_the_beginning_is_read() -> None:
    """All after the first 5,000 characters changes nothing, and costs nothing."""
    german = (TEXTS["de"] + " ") * (SAMPLE // len(TEXTS["de"]) + 1)
    assert guess_language(german[:SAMPLE] + TEXTS["zh"] * 1_000) == "de"


@given(st.text())
def test_any_text_has_a_two_letter_guess(text: str) -> None:
    """The guess never fails, and the same text always has the same code."""
    code = guess_language(text)
    assert (len(code), code) == (2, guess_language(text))
