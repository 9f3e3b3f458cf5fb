"""Dates in every language that has a data file: the same days, written as its newspapers do."""

from __future__ import annotations

from datetime import date

import pytest

from newsqa.languages import language_codes
from newsqa.text.dates import find_dates
from newsqa.text.dates.partial import Offset, PartialDate

MONDAY = PartialDate(2025, 5, 5, weekday=0)
DAYS = {
    "ar": ("في 5 مايو 2025.", "5 مايو 2025"),
    "de": ("am Montag, den 5. Mai 2025,", "Montag, den 5. Mai 2025"),
    "el": ("τη Δευτέρα 5 Μαΐου 2025", "Δευτέρα 5 Μαΐου 2025"),
    "en": ("on Monday, 5 May 2025", "Monday, 5 May 2025"),
    "es": ("el lunes 5 de mayo de 2025", "lunes 5 de mayo de 2025"),
    "fr": ("le lundi 5 mai 2025", "lundi 5 mai 2025"),
    "he": ("ב-5 במאי 2025", "5 במאי 2025"),
    "hi": ("सोमवार 5 मई 2025 को", "सोमवार 5 मई 2025"),
    "it": ("lunedì 5 maggio 2025", "lunedì 5 maggio 2025"),
    "ja": ("2025年5月5日に", "2025年5月5日"),
    "ko": ("2025년 5월 5일에", "2025년 5월 5일"),
    "nl": ("op maandag 5 mei 2025", "maandag 5 mei 2025"),
    "pt": ("segunda-feira, 5 de maio de 2025", "segunda-feira, 5 de maio de 2025"),
    "ru": ("в понедельник, 5 мая 2025 года", "понедельник, 5 мая 2025"),
    "th": ("วันที่ 5 พฤษภาคม 2025", "5 พฤษภาคม 2025"),
    "uk": ("у понеділок, 5 травня 2025 року", "понеділок, 5 травня 2025"),
    "zh": ("于2025年5月5日发布", "2025年5月5日"),
    "da": ("mandag den 5. maj 2025", "mandag den 5. maj 2025"),
    "id": ("pada Senin, 5 Mei 2025", "Senin, 5 Mei 2025"),
    "pl": ("w poniedziałek, 5 maja 2025 r.", "poniedziałek, 5 maja 2025"),
    "sv": ("måndag den 5 maj 2025", "måndag den 5 maj 2025"),
    "tr": ("5 Mayıs 2025 günü", "5 Mayıs 2025"),
}
WEEKDAYS = {
    "ar": "يوم الجمعة",
    "de": "am Freitagabend",
    "el": "την Παρασκευή",
    "en": "on Friday",
    "es": "el viernes",
    "fr": "vendredi",
    "he": "ביום שישי",
    "hi": "शुक्रवार को",
    "it": "venerdì",
    "ja": "金曜日に",
    "ko": "금요일에",
    "nl": "op vrijdag",
    "pt": "na sexta-feira",
    "ru": "в пятницу",
    "th": "ในวันศุกร์",
    "uk": "у п'ятницю",
    "zh": "上周五发布",
    "da": "om fredag",
    "id": "pada Jumat",
    "pl": "w piątek",
    "sv": "på fredagskvällen",
    "tr": "Cuma günü",
}
YESTERDAY = {
    "ar": "أعلن أمس أن",
    "de": "wurde gestern gesperrt",
    "el": "έκλεισε χθες",
    "en": "closed yesterday",
    "es": "cerró ayer",
    "fr": "a fermé hier",
    "he": "נסגר אתמול",
    "it": "ha chiuso ieri",
    "ja": "昨日閉鎖された",
    "ko": "어제는 닫혔다",
    "nl": "sloot gisteren",
    "pt": "fechou ontem",
    "ru": "закрыли вчера",
    "th": "ปิดเมื่อวานนี้",
    "uk": "закрили вчора",
    "zh": "桥梁昨天关闭",
    "da": "lukkede i går",
    "id": "ditutup kemarin",
    "pl": "zamknięto wczoraj",
    "sv": "stängdes i går",
    "tr": "dün kapandı",
}
LAST_WEEK = {
    "ar": "في الأسبوع الماضي",
    "de": "in der vergangenen Woche",
    "el": "την περασμένη εβδομάδα",
    "en": "closed last week",
    "es": "cerró la semana pasada",
    "fr": "a fermé la semaine dernière",
    "he": "נסגר בשבוע שעבר",
    "hi": "पिछले हफ्ते बंद",
    "it": "ha chiuso la settimana scorsa",
    "ja": "先週閉鎖された",
    "ko": "지난주에 닫혔다",
    "nl": "sloot vorige week",
    "pt": "fechou na semana passada",
    "ru": "закрыли на прошлой неделе",
    "th": "ปิดเมื่อสัปดาห์ที่แล้ว",
    "uk": "закрили минулого тижня",
    "zh": "桥梁上周关闭",
    "da": "lukkede i sidste uge",
    "id": "ditutup pekan lalu",
    "pl": "zamknięto w zeszłym tygodniu",
    "sv": "stängdes förra veckan",
    "tr": "geçen hafta kapandı",
}


def test_every_language_has_an_example() -> None:
    """A new language needs one, or nobody knows that its dates are read."""
    assert set(DAYS) == set(WEEKDAYS) == set(LAST_WEEK) == language_codes()


@pytest.mark.parametrize(("code", "example"), DAYS.items(), ids=DAYS)
def test_a_day_is_read(code: str, example: tuple[str, str]) -> None:
    """With its year, and its weekday if the language writes that with it."""
    text, words = example
    (mention,) = find_dates(text, frozenset({code}))
    assert text[mention.start : mention.end] == words
    (day,) = mention.dates
    assert MONDAY.implies(day)
    assert (day.year, day.month, day.day) == (2025, 5, 5)


@pytest.mark.parametrize(("code", "text"), WEEKDAYS.items(), ids=WEEKDAYS)
def test_a_weekday_alone_is_read(code: str, text: str) -> None:
    """In the form that it has in a sentence."""
    (mention,) = find_dates(text, frozenset({code}))
    assert mention.dates == (PartialDate(weekday=4),)


@pytest.mark.parametrize(("code", "text"), YESTERDAY.items(), ids=YESTERDAY)
def test_yesterday_is_the_day_before_publication(code: str, text: str) -> None:
    """Hindi has one word for yesterday and tomorrow, which is not read."""
    (mention,) = find_dates(text, frozenset({code}))
    assert mention.offset == Offset(-1, "day")
    assert mention.resolve(date(2025, 5, 6)) == [PartialDate.of(date(2025, 5, 5))]


@pytest.mark.parametrize(("code", "text"), LAST_WEEK.items(), ids=LAST_WEEK)
def test_last_week_is_a_period(code: str, text: str) -> None:
    """Any of its days is meant."""
    (mention,) = find_dates(text, frozenset({code}))
    assert mention.offset == Offset(-1, "week", is_period=True)


@pytest.mark.parametrize(
    ("code", "text"), [("ja", "昨年度の利用者"), ("ko", "모레노가"), ("de", "am nächsten Morgen")]
)
def test_a_word_that_only_looks_like_a_day_is_not_read(code: str, text: str) -> None:
    """A fiscal year, a name that begins with "the day after tomorrow", and a morning."""
    assert find_dates(text, frozenset({code})) == []


@pytest.mark.parametrize("code", sorted(language_codes()))
def test_a_month_has_one_number(code: str) -> None:
    """No name of a month is that of another month too, and there are twelve."""
    from newsqa.languages import language

    months = language(code).calendar.months
    names = [name for forms in months.values() for name in forms]
    assert len(names) == len(set(names))
    assert code in ("ja", "ko") or sorted(months) == list(range(1, 13))
