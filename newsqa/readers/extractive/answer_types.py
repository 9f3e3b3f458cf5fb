"""Answer types: what kind of answer a question wants, and the spans of that kind in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from newsqa.languages.detection import guess_language

AnswerType = Literal[
    "person",
    "place",
    "name",
    "time",
    "number",
    "amount",
    "money",
    "share",
    "measure",
    "duration",
    "age",
    "reason",
    "other",
]
"""``name`` is any proper name and ``share`` a percentage; ``number`` is how many, and ``amount`` how
much, or both where a language has one word for them."""

# What a question asks for --------------------------------------------------------------------------

Lexicon = dict[str, dict[AnswerType, str]]

_ASKING: Lexicon = {
    "en": {
        "person": "who, whom, whose",
        "place": "where",
        "time": "when, what time, how soon, how recently",
        "number": "how many, how often, what number, number of",
        "amount": "how much",
        "measure": "how far, how cold, how hot, how fast, how tall, how big, how large, how high, how deep, how heavy",
        "share": "how many percent",
        "money": "how many dollars, how many euros, how many pounds, how much money, how much does, how much did, how much will, how expensive",
        "duration": "how long",
        "age": "how old, what age, at what age",
        "reason": "why, how come",
        "other": "what, which, how",
    },
    "de": {
        "person": "wer, wem, wen, wessen",
        "place": "wo, wohin, woher",
        "time": "wann, um wie viel uhr",
        "number": "wie viele, wieviele, wie oft",
        "amount": "wie viel, wieviel",
        "measure": "wie weit, wie hoch, wie groß, wie tief, wie schnell, wie schwer",
        "money": "wie teuer",
        "duration": "wie lange",
        "age": "wie alt",
        "reason": "warum, wieso, weshalb, weswegen",
        "other": "was, welche, welcher, welches, welchen, welchem, wie, womit, wofür, worüber",
    },
    "fr": {
        "person": "qui",
        "place": "où",
        "time": "quand, à quelle heure",
        "amount": "combien",
        "money": "combien coûte, combien a coûté",
        "duration": "combien de temps",
        "age": "quel âge",
        "reason": "pourquoi",
        "other": "que, quoi, quel, quelle, quels, quelles, comment, qu",
    },
    "es": {
        "person": "quién, quiénes, quien",
        "place": "dónde, adónde, donde",
        "time": "cuándo, a qué hora, cuando",
        "number": "cuántos, cuántas, cuantos, cuantas",
        "amount": "cuánto, cuánta, cuanto",
        "money": "cuánto dinero, cuánto cuesta, cuánto costó",
        "duration": "cuánto tiempo, cuánto dura, cuánto duró",
        "age": "qué edad, cuántos años",
        "reason": "por qué",
        "other": "qué, cuál, cuáles, cómo, que",
    },
    "it": {
        "person": "chi",
        "place": "dove",
        "time": "quando, a che ora",
        "number": "quanti, quante",
        "amount": "quanto, quanta",
        "money": "quanto costa, quanto è costato, quanti soldi",
        "duration": "quanto tempo, quanto dura",
        "age": "quanti anni ha, che età",
        "reason": "perché",
        "other": "che, cosa, quale, quali, come, qual",
    },
    "pt": {
        "person": "quem",
        "place": "onde, aonde",
        "time": "quando, a que horas",
        "number": "quantos, quantas",
        "amount": "quanto, quanta",
        "money": "quanto custa, quanto custou, quanto dinheiro",
        "duration": "quanto tempo",
        "age": "que idade, quantos anos tem",
        "reason": "por que, porque, por quê",
        "other": "que, qual, quais, como, o que",
    },
    "nl": {
        "person": "wie, wiens",
        "place": "waar, waarheen, waarvandaan",
        "time": "wanneer, hoe laat",
        "amount": "hoeveel, hoe vaak",
        "measure": "hoe ver, hoe hoog, hoe groot, hoe diep, hoe snel",
        "money": "hoe duur, hoeveel geld, hoeveel kost",
        "duration": "hoelang, hoe lang",
        "age": "hoe oud",
        "reason": "waarom",
        "other": "wat, welk, welke, hoe",
    },
    "ru": {
        "person": "кто, кого, кому, кем, чей, чья, чье, чьи",
        "place": "где, куда, откуда",
        "time": "когда, во сколько",
        "amount": "сколько, насколько",
        "money": "сколько стоит, сколько денег",
        "duration": "как долго, сколько времени",
        "age": "сколько лет",
        "reason": "почему, зачем",
        "other": "что, чем, чего, чему, какой, какая, какое, какие, каким, каких, какую, каков, какова, "
        "каковы, как, который, которая",
    },
    "ar": {
        "person": "^\\W*من, لمن",
        "place": "أين, اين",
        "time": "متى",
        "amount": "كم, كم عدد, بكم",
        "duration": "كم من الوقت",
        "age": "كم عمر",
        "reason": "لماذا",
        "other": "ما, ماذا, أي, أية, بماذا, كيف, هل",
    },
    "hi": {
        "person": "कौन, किसने, किसे, किसको, किनके, किन्होंने",
        "place": "कहाँ, कहां",
        "time": "कब",
        "amount": "कितने, कितनी, कितना",
        "duration": "कितनी देर, कितने समय",
        "reason": "क्यों",
        "other": "क्या, किस, कौन सा, कौन सी, कौन से, कौनसा, कैसे, किन, किसका, किसके",
    },
    "zh": {
        "person": "谁, 哪位, 何人, 哪个人",
        "place": "哪里, 哪儿, 在哪, 何处, 何地, 什么地方",
        "time": "什么时候, 何时, 几点, 哪天, 哪一天, 哪年, 哪一年, 什么时间, 几月",
        "amount": "多少, 几",
        "measure": "多远, 多高, 多大, 多长, 多快, 多重, 多深",
        "money": "多少钱, 多少元",
        "duration": "多久, 多长时间",
        "age": "多大年纪, 几岁",
        "reason": "为什么, 为何",
        "other": "什么, 哪, 如何, 怎么, 怎样, 何",
    },
}
"""The words that ask, by language. The first one in a question counts, and of two the longer."""

_ASKED_FOR: Lexicon = {
    "en": {
        "time": "year, years, day, days, date, dates, month, months, time, times, decade, century, season",
        "share": "percentage, percent, proportion, share, fraction",
        "money": "price, cost, salary, fee, budget, fine, amount of money",
        "number": "number, score, population, magnitude",
        "measure": "temperature, speed, size, height, depth, weight, distance",
        "age": "age",
        "name": "city, cities, country, countries, state, town, place, region, island, continent, county, village, province, location, area, name, company, team, organization, organisation, group, president, party, agency, "
        "network, university, newspaper, club, airline, nationality, language",
        "reason": "reason, cause, caused",
    },
    "de": {
        "time": "jahr, jahre, jahren, tag, tage, tagen, datum, monat, uhrzeit, jahrhundert",
        "share": "prozent, prozentsatz, anteil",
        "money": "preis, kosten, summe",
        "number": "anzahl, zahl",
        "name": "stadt, land, ort, region, bundesland, insel, staat, name, unternehmen, firma, partei, team, organisation",
        "reason": "grund, ursache",
    },
    "fr": {
        "time": "année, années, jour, jours, date, dates, mois, heure, heures, siècle",
        "share": "pourcentage, part, proportion",
        "money": "prix, coût, montant",
        "number": "nombre, chiffre",
        "name": "ville, pays, lieu, région, endroit, nom, entreprise, société, parti, équipe",
        "reason": "raison, cause",
    },
    "es": {
        "time": "año, años, día, días, fecha, fechas, mes, hora, horas, siglo",
        "share": "porcentaje, proporción",
        "money": "precio, coste, costo",
        "number": "número, cifra",
        "name": "ciudad, país, lugar, región, sitio, nombre, empresa, partido, equipo",
        "reason": "razón, motivo, causa",
    },
    "it": {
        "time": "anno, giorno, data, mese, ora, secolo",
        "share": "percentuale",
        "money": "prezzo, costo",
        "number": "numero",
        "name": "città, paese, luogo, regione, nome, azienda, partito, squadra",
        "reason": "motivo, causa, ragione",
    },
    "pt": {
        "time": "ano, dia, data, mês, hora, século",
        "share": "percentagem, porcentagem",
        "money": "preço, custo",
        "number": "número",
        "name": "cidade, país, lugar, região, nome, empresa, partido, equipe, equipa",
        "reason": "razão, motivo, causa",
    },
    "nl": {
        "time": "jaar, dag, datum, maand, tijd, eeuw",
        "share": "percentage, procent",
        "money": "prijs, kosten, bedrag",
        "number": "aantal",
        "name": "stad, land, plaats, regio, naam, bedrijf, partij, ploeg",
        "reason": "reden, oorzaak",
    },
    "ru": {
        "time": "год, году, день, дата, месяц, месяце, века, веке, время, дня",
        "share": "процент, доля",
        "money": "цена, стоимость",
        "number": "число, количество",
        "name": "город, городе, страна, стране, страны, место, месте, регион, регионе, имя, название, компания, партия, команда",
        "reason": "причина, причине",
    },
    "ar": {
        "time": "عام, سنة, يوم, تاريخ, شهر, قرن, وقت",
        "share": "نسبة, النسبة",
        "money": "سعر, تكلفة, ميزانية",
        "number": "عدد",
        "name": "مدينة, بلد, دولة, مكان, منطقة, اسم, شركة, فريق",
        "reason": "سبب",
    },
    "hi": {
        "time": "साल, वर्ष, दिन, तारीख, महीने, समय, सदी",
        "share": "प्रतिशत",
        "money": "कीमत, लागत",
        "number": "संख्या",
        "name": "शहर, देश, स्थान, जगह, राज्य, नाम, कंपनी, टीम",
        "reason": "कारण, वजह",
    },
    "zh": {
        "time": "年, 日期, 时间, 世纪, 月份",
        "share": "百分之几, 百分比, 比例",
        "money": "价格, 成本, 费用",
        "number": "数量, 人数, 数字",
        "name": "城市, 国家, 地方, 地区, 省",
        "reason": "原因",
    },
}
"""What "what" and "which" ask for, by the noun close behind them."""

_NARROWER: dict[AnswerType, tuple[AnswerType, ...]] = {
    "number": ("money", "share"),
    "amount": ("money", "share"),
}
"""What a noun can make of "how many" and "how much"; of "what" it makes anything."""

_NOUN_REACH = 3
"""Words that may stand between "what" and its noun."""

_AUXILIARIES = frozenset(
    (
        *("can", "could", "did", "do", "does", "had", "has", "have", "may", "might", "should"),
        *("to", "will", "would"),
    )
)
"""Words behind which a noun is the subject: what did the company say."""

_SPACELESS = ("zh",)
"""Languages without spaces between words."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question asks for, and where in it the words end that ask."""

    kind: AnswerType = "other"
    end: int = 0


def find_asking(question: str, language: str) -> Asking:
    """What ``question`` asks for, in the article's ``language`` or another that it seems to be in."""
    for code in dict.fromkeys((language, guess_language(question), "en")):
        asking = list(_matches(_ASKING, code, question))
        if asking:
            start, end, kind = min(asking, key=lambda found: (found[0], -found[1]))
            return _with_noun(code, question, start, Asking(kind, end))
    return Asking()


def _with_noun(code: str, question: str, start: int, asking: Asking) -> Asking:
    """``asking``, or where that is open or a mere amount, the kind of the noun close to it."""
    if asking.kind != "other" and asking.kind not in _NARROWER:
        return asking
    near = [
        (at, end, kind)
        for at, end, kind in _matches(_ASKED_FOR, code, question)
        if (at >= start or code in _SPACELESS)
        and kind in _NARROWER.get(asking.kind, (kind,))
        and _is_close(question[asking.end : at])
    ]
    if not near:
        return asking
    _, end, kind = min(near, key=lambda found: (found[0], -found[1]))
    return Asking(kind, max(end, asking.end))


def _is_close(between: str) -> bool:
    """Whether a noun belongs to the "what" before it: "what year", "what was the exact date"."""
    words = between.casefold().split()
    return len(words) <= _NOUN_REACH and _AUXILIARIES.isdisjoint(words)


def _matches(lexicon: Lexicon, code: str, text: str) -> Iterator[tuple[int, int, AnswerType]]:
    """The places in ``text`` of the words of a language, with the kind that each tells."""
    for kind, phrases in lexicon.get(code, {}).items():
        for match in _pattern(phrases, code).finditer(text):
            yield match.start(), match.end(), kind


@cache
def _pattern(phrases: str, code: str) -> regex.Pattern[str]:
    """Any of the phrases, longest first; whole words, where the language parts them by spaces."""
    ordered = sorted((phrase.strip() for phrase in phrases.split(",")), key=len, reverse=True)
    any_of = "|".join(ordered).replace(" ", r"\s+")
    if code not in _SPACELESS:
        any_of = rf"(?<![\p{{L}}\p{{M}}])(?:{any_of})(?![\p{{L}}\p{{M}}])"
    return regex.compile(any_of, regex.IGNORECASE)
