"""Answer spans: the words of a sentence that can answer a question for a name, a figure or a time.

Numbers are read by ``newsqa.text``; units, times and names by lists of their own, since here a span that
is not exact costs less than one that is not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache

import regex

from newsqa.languages.scripts import CAPITAL_NOUN_LANGUAGES, CASELESS_LANGUAGES
from newsqa.readers.extractive.question import AnswerType
from newsqa.text.boundaries import is_boundary
from newsqa.text.numbers import Quantity, find_quantities

# Words, with "_" for a blank inside and "*" for any ending. May and March are months with a capital
# letter only.

_MONTHS = """
    january february (?-i:March) april (?-i:May) june july august september october november december
    jan. feb. aug. sept. oct. nov. dec. januar jänner februar märz mai juni juli oktober dezember
    janvier février mars avril juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
    januari februari maart mei augustus январ* феврал* март* апрел* мая май июн* июл* август*
    сентябр* октябр* ноябр* декабр* يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر
    ديسمبر जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"""
_DAYS = """
    monday tuesday wednesday thursday friday saturday sunday montag* dienstag* mittwoch* donnerstag*
    freitag* samstag* sonnabend* sonntag* lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì
    sabato domenica segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag понедельник* вторник* сред[ауы]
    четверг* пятниц[ауы] суббот[ауы] воскресень[ея] الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार"""
_RELATIVE = """
    yesterday today tonight tomorrow last_week last_month last_year last_night next_week next_month
    next_year this_week this_month this_year gestern heute morgen vorgestern hier aujourd.hui demain
    ayer hoy mañana ieri oggi domani ontem hoje amanhã gisteren vandaag вчера сегодня завтра
    أمس اليوم غدا noon midnight"""
_HEDGES = """
    about around roughly nearly almost some at_least at_most up_to more_than less_than fewer_than over
    under approximately an_estimated only nearer rund etwa knapp fast mindestens mehr_als über environ
    près_de plus_de au_moins unos unas casi más_de al_menos circa quasi più_di almeno cerca_de mais_de
    quase ongeveer bijna meer_dan около более почти не_менее لا_يقل_عن نحو حوالي أكثر_من लगभग करीब"""
_CURRENCIES = """
    dollar* u.s._dollars euro* pound* cent cents yen yuan dinar* rupee* franc francs peso* pfund livres
    dólares dollari sterline рубл* доллар* евро фунт* دولار* دينار* ريال* يورو جنيه* डॉलर रुपये यूरो"""
_PERCENTAGES = """
    percent per_cent percentage_points prozent pour_cent por_ciento per_cento por_cento procent
    процент* في_المئة في_المائة بالمئة प्रतिशत"""
_TIME_UNITS = """
    second* minute* hour* day days week* month* year years decade* sekunde* stunde* tage* woche* monate*
    jahre* heures jours semaines mois ans années minutos horas días semanas meses años minuti ore
    giorni settimane mesi anni dias anos uur dagen weken maanden jaar минут* час* дней дня недел* месяц*
    лет год* دقيقة ساعة ساعات أيام يوم* أسابيع أشهر سنوات عام* मिनट घंटे दिन महीने साल वर्ष"""
_MEASURES = """
    km kilomet* meter* metre* mile* meile* feet foot ft inch* yard* acre* hectare* hektar* kg kilo* gram*
    tonne* tons pound* litre* liter* gallon* degree* grad grados degrés mph kph knots megawatt* mètres
    metros chilometri metri quilômetros tonnellate toneladas км метр* кило* тонн* миль град* كيلومتر*
    متر* كم طن किलोमीटर मीटर मील टन"""
_AGE_UNITS = """
    -year-old year-old years_old years_of_age jahre_alt -jährige* ans años anni anos jaar_oud лет года
    عاما سنة साल वर्ष"""


def _pattern(words: str) -> str:
    ordered = sorted(words.split(), key=len, reverse=True)
    ending = r"[\p{L}\p{M}-]*"
    return (
        "(?:"
        + "|".join(
            word.replace(".", r"\.").replace("_", r"\s").replace("*", ending) for word in ordered
        )
        + r")(?![\p{L}\p{M}])"
    )


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    """Compile a pattern when it is first used, since that takes long."""
    return regex.compile(pattern, regex.IGNORECASE)


_START = r"(?<![\p{L}\p{M}\p{N}])"
_UNIT_WORDS: tuple[tuple[AnswerType, str, str], ...] = (
    ("money", _CURRENCIES, r"\p{Sc}|[美欧日]?元|英镑"),
    ("share", _PERCENTAGES, r"[%٪]|成"),
    ("age", _AGE_UNITS, "岁"),
    ("measure", _MEASURES, r"公里|千米|米|英里|吨|度|°\w?"),
    ("duration", _TIME_UNITS, "分钟|小时|天|周|个月|年"),
)
"""Kinds of figures, with the words after a figure that show them, and the signs and characters."""
_UNITS = tuple((kind, rf"\s?(?:{_pattern(words)}|{other})") for kind, words, other in _UNIT_WORDS)
_HEDGE = rf"{_START}{_pattern(_HEDGES)}\s*$|[约近超逾]过?$"
_HAN_WORD = regex.compile(
    r"(?V1)[〇零一二三四五六七八九十百千两]++[\p{Han}--[万亿人个家座名年月日天元岁]]"
)
"""A Chinese number that is part of a word, since no measure word follows it."""

_VAGUE_HAN = regex.compile("[数几][十百千万亿]+")
"""Chinese for tens, hundreds and more of something."""

_IN_COMPOUND = regex.compile(r"-\p{L}")
_AGE_BEFORE = regex.compile(r"(?:\p{L},|\b(?:aged?|im Alter von))\s$")
_AGE_AFTER = regex.compile(r"[,.]")
_CURRENCY_SIGN = regex.compile(r"[A-Z]{0,3}\p{Sc}\s?$")
_YEAR = rf"{_START}(?:1[0-9]|20)\p{{Nd}}\p{{Nd}}(?:s|er[ns]?)?(?![\p{{L}}\p{{N}}]|[.,]\p{{N}})"
_ORDINAL = r"\p{Nd}{1,2}(?:st|nd|rd|th|er|º|\.)?(?![\p{L}\p{N}])"
_CLOCK = (
    r"\p{Nd}{1,2}(?:[:.]\p{Nd}\p{Nd})?\s?(?:[ap]\.\s?m\.|[ap]m\b|uhr\b|o['’]clock)"
    r"|\p{Nd}{1,2}:\p{Nd}\p{Nd}"
)
_CENTURY = (
    r"(?:\p{Nd}{1,2}(?:th|st|nd|rd|\.)|[XVI]+e?)[\s-](?:century|siècle|jahrhundert\w*|век\w*)"
)
_HAN_TIME = (
    r"\p{Nd}{2,4}\s?年[底初]?(?:\s?\p{Nd}{1,2}\s?月)?(?:\s?\p{Nd}{1,2}\s?[日号])?"
    r"|(?:[本上下]个?|\p{Nd}{1,2}\s?)月(?:\s?\p{Nd}{1,2}\s?[日号])?[底初]?|[本上下]?(?:周|星期)[一二三四五六日天]"
    r"|[昨今明][天日年]|去年年?底?|\p{Nd}{1,2}\s?世纪(?:\s?\p{Nd}0\s?年代)?"
    r"|(?:早上|上午|中午|下午|晚上|凌晨)?\p{Nd}{1,2}[点时]半?(?:\p{Nd}{1,2}分)?"
)
_POINT = (
    rf"(?:{_CENTURY}|{_START}(?:{_CLOCK})|{_START}(?:{_ORDINAL}\s(?:de\s|of\s)?)?{_pattern(_MONTHS)}"
    rf"(?:\s{_ORDINAL})?(?:,?\s(?:de\s|del\s)?{_YEAR})?|{_START}{_pattern(_DAYS)}"
    rf"|{_START}{_pattern(_RELATIVE)}|{_YEAR}|{_HAN_TIME})"
)
_TIME = (
    rf"{_POINT}(?:(?:,?\s|\s?[–-]\s?)(?:(?:on|at|in|of|to|until|um|am|bis|und|and|à|au|по|al|the|morning|afternoon|evening|night)\s)*{_POINT}"
    r"|\s(?:morning|afternoon|evening|night)\b)*"
)
_CAPITALISED = (
    r"\p{Lu}[\p{L}\p{M}\p{N}]*(?:(?:[-'’&]|\.(?=\p{Lu}))\p{L}[\p{L}\p{M}\p{N}]*)*"
    r"(?:(?<=\b\p{Lu}|\b[DMS]r|Mrs|St|Gen|Sen|Rep|Gov|Sgt)\.(?=\s\p{Lu}))?"
)
_NAME = regex.compile(
    rf"{_START}{_CAPITALISED}(?:\s(?:(?:of|de|der|den|von|van|du|la|del|di|da|dos|bin|al)\s)"
    rf"{{0,2}}{_CAPITALISED})*"
)
_HAN_NAME = regex.compile(r"\p{Han}{1,6}(?:·\p{Han}{1,8})+")
_TIME_NAME = rf"(?:{_pattern(_MONTHS)}|{_pattern(_DAYS)})\s?"
MAX_SUBJECT_WORDS = 8
"""Words of the longest subject."""

_CLAUSE = regex.compile(r"[,;:()\"“”„«»—–]\s?|\s--?\s|\.\s")
_FIRST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}.]+")
_AND = regex.compile(r"\s*(?:,|(?:,\s)?\b(?:and|und|et|y|e|en|и)\b)\s+")
_PLACE_BEFORE = regex.compile(
    r"\b(?:in|at|near|from|to|outside|across|through|aus|bei|nach|en|à|au|aux|dans|desde|da|di|a|em|no|na"
    r"|te|uit|naar|в|во|из|на)\s(?:(?:the|city of|town of|der|dem|le|la|el|los)\s)?(?:(?:north|south|east|west)\w*\s)?$",
    regex.I,
)
_DATELINE = regex.compile(r"\s?(?:\(\p{L}+\)\s)?[–—-]{1,2}\s")


_FIGURE_KINDS: dict[AnswerType, tuple[AnswerType, ...]] = {
    "number": ("number", "measure", "duration", "age"),
    "amount": ("number", "measure", "duration", "age", "money", "share"),
}
"""Kinds of figures that also answer a question for another kind."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a sentence, the kind of answer that it would be, and how well it fits, from 0 to 1."""

    kind: AnswerType
    start: int
    end: int
    fit: float = 1.0


def find_candidates(
    text: str, kind: AnswerType, language: str, common: Set[str] = frozenset()
) -> list[Candidate]:
    """Return the spans of ``text`` that can answer a question for ``kind``, in order.

    >>> text = "Maeve Dolan spent about 5 million euros on 3 May."
    >>> def show(kind):
    ...     return [text[span.start : span.end] for span in find_candidates(text, kind, "en")]
    >>> show("person"), show("money"), show("time")
    (['Maeve Dolan'], ['about 5 million euros'], ['3 May'])

    Args:
        text: A sentence.
        kind: The kind of answer wanted.
        language: The sentence's language.
        common: Words that are not names, though a sentence may begin with them.
    """
    if kind in ("person", "place", "name"):
        return list(_names(text, kind, language, common))
    if kind == "time":
        times = (_to_boundaries(text, *match.span()) for match in _compiled(_TIME).finditer(text))
        return [Candidate(kind, *span) for span in times]
    if kind in ("reason", "other"):
        return []
    wanted = _FIGURE_KINDS.get(kind, (kind,))
    return [figure for figure in _figures(text, language) if figure.kind in wanted]


def _names(text: str, kind: AnswerType, language: str, common: Set[str]) -> Iterator[Candidate]:
    if language in CASELESS_LANGUAGES:
        for match in _HAN_NAME.finditer(text):
            yield Candidate(kind, *match.span())
        return
    spans = [
        span
        for match in _NAME.finditer(text)
        if (span := _bare(text, match.start(), match.end(), common))
        and not _compiled(_TIME_NAME).match(text[slice(*span)])
    ]
    for start, end in _coordinated(text, spans):
        fit = _fit(text, start, end, kind)
        if fit > 0 and not (
            language in CAPITAL_NOUN_LANGUAGES and " " not in text[start:end] and kind == "person"
        ):
            yield Candidate(kind, *_to_boundaries(text, start, end), fit)


def _bare(text: str, start: int, end: int, common: Set[str]) -> tuple[int, int] | None:
    """Return the name without common words before it and without a possessive ending."""
    while start < end:
        word = _FIRST_WORD.match(text, start, end)
        if not word or word[0].casefold() not in common:
            break
        start = word.end()
        while start < end and not text[start].isalpha():
            start += 1
    if text[max(end - 2, 0) : end] in ("'s", "’s"):
        end -= 2
    return (start, end) if start < end else None


def _coordinated(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the names, with "A, B and C" as one, and "town, country"."""
    pending: tuple[int, int] | None = None
    for span in spans:
        if pending and _AND.fullmatch(text, pending[1], span[0]):
            pending = pending[0], span[1]
            continue
        if pending:
            yield pending
        pending = span
    if pending:
        yield pending


def _fit(text: str, start: int, end: int, kind: AnswerType) -> float:
    follows_preposition = bool(_PLACE_BEFORE.search(text, max(start - 24, 0), start))
    if kind == "place":
        if follows_preposition:
            return 1.0
        return 0.3 if start == 0 and _DATELINE.match(text, end) else 0.0
    if start and text[start - 1] == "(":
        return 0.05
    if kind == "person" and follows_preposition:
        return 0.0
    return 1.0 if " " in text[start:end] else 0.6


def _figures(text: str, language: str) -> Iterator[Candidate]:
    times = [match.span() for match in _compiled(_TIME).finditer(text)]
    for start, end in _numbers(text, language):
        kind, end = _with_unit(text, end)
        if kind == "number" and _HAN_WORD.match(text, start):
            continue
        sign = _CURRENCY_SIGN.search(text, max(start - 5, 0), start)
        if sign:
            kind, start = "money", sign.start()
        if kind in ("number", "duration") and any(left <= start < right for left, right in times):
            continue
        if kind == "number" and _IN_COMPOUND.match(text, end):
            continue
        if (
            kind == "number"
            and _AGE_BEFORE.search(text, max(start - 16, 0), start)
            and _AGE_AFTER.match(text, end)
        ):
            kind = "age"
        hedge = _compiled(_HEDGE).search(text, max(start - 16, 0), start)
        yield Candidate(kind, *_to_boundaries(text, hedge.start() if hedge else start, end))


def _numbers(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the numbers in ``text``, without ordinals, labels and doubtful words."""
    numbers = [q for q in find_quantities(text, frozenset({language})) if _is_count(q)]
    spans = [(q.numeral.start, q.numeral.end) for q in numbers]
    spans += [match.span() for match in _VAGUE_HAN.finditer(text)]
    yield from sorted(spans)


def _is_count(quantity: Quantity) -> bool:
    return quantity.kind in ("cardinal", "plural") and not quantity.numeral.is_ambiguous


def _with_unit(text: str, end: int) -> tuple[AnswerType, int]:
    for kind, unit in _UNITS:
        match = _compiled(unit).match(text, end)
        if match:
            return kind, match.end()
    return "number", end


def _to_boundaries(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span, widened so that no word or figure is cut."""
    while start > 0 and not is_boundary(text, start):
        start -= 1
    while end < len(text) and not is_boundary(text, end):
        end += 1
    return start, end


def find_subject(text: str, verb: int) -> tuple[int, int] | None:
    """Return what is between the start of its clause and the verb at ``verb``, if that is short."""
    clause = max((match.end() for match in _CLAUSE.finditer(text, 0, verb)), default=0)
    subject = text[clause:verb].strip()
    if not 1 <= len(subject.split()) <= MAX_SUBJECT_WORDS:
        return None
    start = text.index(subject, clause)
    return start, start + len(subject)
