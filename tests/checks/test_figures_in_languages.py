"""Figures in many languages: the same number follows, and another one does not."""

from __future__ import annotations

import pytest

from newsqa.article import Article
from newsqa.checks.run import Checked, check_claim
from tests.checks.claims import cite

CASES: dict[str, tuple[str, list[str], list[str]]] = {
    "ru": (
        (
            "На складе сгорели двадцать семь вагонов зерна, ущерб оценили в 3,2 млрд рублей. "
            "Склад занимал 850 квадратных метров и стоял в 15 километрах от города. "
            "Пожар тушили пятеро расчётов с половины седьмого вечера, треть зерна спасли."
        ),
        [
            "Сгорели 27 вагонов.",
            "Ущерб — 3 200 000 000 рублей.",
            "Площадь склада — 850 м².",
            "Склад стоял в 15 км от города.",
            "Работали 5 расчётов.",
            "Пожар тушили с 18:30.",
            "Спасли 33 % зерна.",
            "Ущерб превысил три миллиарда рублей.",
        ],
        [
            "Сгорели двадцать восемь вагонов.",
            "Ущерб — 3,2 млн рублей.",
            "Ущерб — 3,2 млрд евро.",
            "Площадь склада — 850 гектаров.",
            "Склад стоял в 15 милях от города.",
            "Работали шестеро расчётов.",
            "Пожар тушили с 19:30.",
        ],
    ),
    "uk": (
        (
            "Місто купило вісімнадцять автобусів за 2,4 мільйона гривень, кожен на 12 метрів. "
            "Маршрут відкриють о 6:45, квиток коштує сорок гривень."
        ),
        [
            "Місто купило 18 автобусів.",
            "Автобуси коштували 2 400 000 гривень.",
            "Автобуси коштували 2,4 млн гривень.",
            "Довжина автобуса — 12 м.",
            "Квиток коштує 40 гривень.",
            "Маршрут відкриють о 06.45.",
        ],
        [
            "Місто купило дев'ятнадцять автобусів.",
            "Автобуси коштували 2,4 млрд гривень.",
            "Автобуси коштували 2,4 млн євро.",
            "Квиток коштує 50 гривень.",
            "Маршрут відкриють о 7:45.",
        ],
    ),
    "ar": (
        (
            "قالت الشركة إن خمسة وعشرين عاملاً أصيبوا في الحريق، وإن الخسائر بلغت 3.4 مليار ليرة. "
            "ويقع المصنع على بعد ثمانية كيلومترات من المدينة ومساحته 1200 متر مربع. "
            "وسيعاد فتحه بعد أسبوعين، ويدفع العامل 150 ليرة في الشهر، وقد عاد نصف العمال."
        ),
        [
            "أصيب 25 عاملاً.",
            "بلغت الخسائر 3,400,000,000 ليرة.",
            "يقع المصنع على بعد 8 كم من المدينة.",
            "مساحة المصنع ١٢٠٠ م².",
            "سيعاد فتحه بعد 2 أسبوع.",
            "عاد 50% من العمال.",
            "يدفع العامل 150 ليرة شهرياً.",
        ],
        [
            "أصيب ستة وعشرون عاملاً.",
            "بلغت الخسائر 3.4 مليون ليرة.",
            "بلغت الخسائر 3.4 مليار يورو.",
            "يقع المصنع على بعد ثمانية أميال.",
            "مساحة المصنع 1200 هكتار.",
            "يدفع العامل 150 ليرة في اليوم.",
        ],
    ),
    "hi": (
        (
            "बाढ़ में सत्ताईस गाँव डूब गए और 4.5 करोड़ रुपये का नुकसान हुआ। "
            "राहत शिविर में बारह सौ लोग हैं, जो शहर से 18 किलोमीटर दूर है। "
            "सरकार हर परिवार को दो लाख रुपये देगी और शिविर सुबह साढ़े नौ बजे खुलता है।"
        ),
        [
            "बाढ़ में 27 गाँव डूबे।",
            "45,000,000 रुपये का नुकसान हुआ।",
            "4,50,00,000 रुपये का नुकसान हुआ।",
            "शिविर में 1200 लोग हैं।",
            "शिविर शहर से 18 किमी दूर है।",
            "हर परिवार को 200000 रुपये मिलेंगे।",
            "शिविर 9:30 बजे खुलता है।",
            "हर परिवार को ₹2 लाख मिलेंगे।",
        ],
        [
            "बाढ़ में अट्ठाईस गाँव डूबे।",
            "4.5 लाख रुपये का नुकसान हुआ।",
            "4.5 करोड़ यूरो का नुकसान हुआ।",
            "शिविर में तेरह सौ लोग हैं।",
            "शिविर शहर से 18 मील दूर है।",
            "शिविर 10:30 बजे खुलता है।",
            "शिविर शहर से 1৪ किलोमीटर दूर है।",
        ],
    ),
    "el": (
        (
            "Η φωτιά έκαψε τριάντα πέντε σπίτια και προκάλεσε ζημιές 2,8 δισεκατομμυρίων ευρώ. "
            "Έσβησε στις δέκα και μισή το πρωί, σε απόσταση δεκαπέντε χιλιομέτρων από την πόλη. "
            "Κάηκαν διακόσια στρέμματα και το ένα τρίτο του δάσους."
        ),
        [
            "Κάηκαν 35 σπίτια.",
            "Οι ζημιές φτάνουν τα 2,8 δισ. ευρώ.",
            "Οι ζημιές είναι 2.800.000.000 ευρώ.",
            "Έσβησε στις 10:30.",
            "Ήταν 15 χλμ. από την πόλη.",
            "Κάηκαν 200 στρέμματα.",
            "Κάηκε το 33% του δάσους.",
        ],
        [
            "Κάηκαν τριάντα έξι σπίτια.",
            "Οι ζημιές φτάνουν τα 2,8 εκατ. ευρώ.",
            "Οι ζημιές φτάνουν τα 2,8 δισ. δολάρια.",
            "Έσβησε στις 11:30.",
            "Ήταν δεκαπέντε μίλια από την πόλη.",
            "Κάηκαν τριακόσια στρέμματα.",
        ],
    ),
    "he": (
        (
            "שלושים ושמונה עובדים פוטרו מהמפעל, שהפסיד 4.6 מיליון שקלים בשנה. "
            "המפעל משתרע על 900 מטרים רבועים, במרחק שנים־עשר קילומטרים מהעיר. "
            "הוא ייסגר בעוד שבועיים, בשעה שמונה וחצי בבוקר, ומחצית העובדים יקבלו אלפיים שקל."
        ),
        [
            "38 עובדים פוטרו.",
            "המפעל הפסיד 4,600,000 ש״ח.",
            "המפעל משתרע על 900 מ״ר.",
            "המפעל נמצא 12 ק״מ מהעיר.",
            "הוא ייסגר בשעה 8:30.",
            "50% מהעובדים יקבלו 2,000 ש״ח.",
            "הוא ייסגר בעוד 2 שבועות.",
        ],
        [
            "שלושים ותשעה עובדים פוטרו.",
            "המפעל הפסיד 4.6 מיליארד שקלים.",
            "המפעל הפסיד 4.6 מיליון אירו.",
            "המפעל משתרע על 900 דונם.",
            "המפעל נמצא 12 מייל מהעיר.",
            "הוא ייסגר בשעה 9:30.",
        ],
    ),
    "th": (
        (
            "น้ำท่วมทำให้บ้านสามสิบสองหลังเสียหาย คิดเป็นเงิน 5.4 ล้านบาท "
            "ถนนขาดเป็นระยะทาง 18 กิโลเมตร มีผู้อพยพหนึ่งพันสองร้อยคน "
            "และนาครึ่งหนึ่งจมน้ำตั้งแต่เวลา 05.30 น."
        ),
        [
            "บ้าน 32 หลังเสียหาย",
            "เสียหาย 5,400,000 บาท",
            "ถนนขาด 18 กม.",
            "มีผู้อพยพ 1,200 คน",
            "มีผู้อพยพ ๑,๒๐๐ คน",
            "นา 50% จมน้ำ",
            "นาจมน้ำตั้งแต่ 5:30 น.",
        ],
        [
            "บ้านสามสิบสามหลังเสียหาย",
            "เสียหาย 5.4 พันล้านบาท",
            "เสียหาย 5.4 ล้านยูโร",
            "ถนนขาด 18 ไมล์",
            "มีผู้อพยพหนึ่งพันสามร้อยคน",
            "นาจมน้ำตั้งแต่ 6:30 น.",
        ],
    ),
    "ja": (
        (
            "新しい橋の工費は2億3千万円で、長さは百二十メートル。"
            "工事は午前8時半に始まり、作業員は十五人、費用の三分の一は県が出す。"
            "開通後は1日に1万2千台が通ると見込まれる。"
        ),
        [
            "工費は2億3000万円だ。",
            "工費は230,000,000円だ。",
            "長さは120メートル。",
            "長さは120mだ。",
            "工事は8:30に始まった。",
            "作業員は15人だ。",
            "1日に12,000台が通る。",
            "費用の約33％は県が出す。",
        ],
        [
            "工費は2億4千万円だ。",
            "工費は2億3千万ドルだ。",
            "長さは百三十メートル。",
            "長さは120キロメートル。",
            "工事は午前9時半に始まった。",
            "作業員は十六人だ。",
            "開通後は1か月に1万2千台が通る。",
        ],
    ),
    "ko": (
        (
            "다리 공사비는 2천3백억원이고 길이는 450미터다. "
            "지난 사고로 스물세 명이 다쳤고 주민의 3분의 1이 떠났다. "
            "공사는 오전 9시 반에 시작되며 하루 1만5천 대가 다닐 전망이다."
        ),
        [
            "공사비는 2300억원이다.",
            "길이는 450m다.",
            "사고로 23명이 다쳤다.",
            "공사는 9시 30분에 시작된다.",
            "공사는 9:30에 시작된다.",
            "하루 15,000대가 다닌다.",
            "주민의 약 33%가 떠났다.",
        ],
        [
            "공사비는 2천4백억원이다.",
            "공사비는 2천3백억유로다.",
            "길이는 450킬로미터다.",
            "사고로 스물네 명이 다쳤다.",
            "공사는 10시 반에 시작된다.",
            "한 달 1만5천 대가 다닌다.",
        ],
    ),
    "zh": (
        (
            "大桥造价一亿二千万元，长三百五十米，工人四十二名。"
            "施工从上午9点半开始，费用的四分之一由市政府承担，每月支出60万元。"
        ),
        [
            "大桥造价1.2亿元。",
            "大桥造价120,000,000元。",
            "大桥长350米。",
            "大桥长350m。",
            "有42名工人。",
            "施工9:30开始。",
            "施工9点30分开始。",
            "市政府承担25%。",
        ],
        [
            "大桥造价一亿三千万元。",
            "大桥造价1.2亿美元。",
            "大桥长350公里。",
            "大桥长三百六十米。",
            "工人四十三名。",
            "施工10:30开始。",
            "每年支出60万元。",
        ],
    ),
    "it": (
        (
            "L'incendio ha distrutto ventotto case e causato danni per 3,6 miliardi di euro. "
            "Il bosco bruciato misura trecentocinquanta ettari e dista 12 chilometri dalla città. "
            "I lavori cominciano alle nove e mezza e costano 4.000 euro al mese; "
            "un quarto degli abitanti è tornato e duemila persone aspettano."
        ),
        [
            "L'incendio ha distrutto 28 case.",
            "I danni sono di 3,6 mld di euro.",
            "I danni ammontano a 3.600.000.000 di euro.",
            "Il bosco bruciato misura 350 ha.",
            "Il bosco dista 12 km.",
            "I lavori cominciano alle 9.30.",
            "È tornato il 25% degli abitanti.",
            "2000 persone aspettano.",
            "I lavori costano 4000 euro mensili.",
        ],
        [
            "L'incendio ha distrutto ventinove case.",
            "I danni sono di 3,6 milioni di euro.",
            "I danni sono di 3,6 miliardi di dollari.",
            "Il bosco bruciato misura trecentosessanta ettari.",
            "Il bosco dista 12 miglia.",
            "I lavori cominciano alle 10.30.",
            "I lavori costano 4.000 euro al giorno.",
        ],
    ),
    "pt": (
        (
            "A cheia destruiu trinta e sete casas e causou prejuízos de 2,5 milhões de reais. "
            "A estrada ficou cortada em 18 quilômetros, e duzentas pessoas foram retiradas. "
            "A reunião começa às nove e meia e metade dos moradores recebe 600 reais por mês."
        ),
        [
            "A cheia destruiu 37 casas.",
            "Os prejuízos são de 2.500.000 reais.",
            "Os prejuízos são de R$ 2,5 milhões.",
            "A estrada ficou cortada em 18 km.",
            "200 pessoas foram retiradas.",
            "A reunião começa às 9h30.",
            "50% dos moradores recebem 600 reais.",
            "Os moradores recebem 600 reais mensais.",
        ],
        [
            "A cheia destruiu trinta e oito casas.",
            "Os prejuízos são de 2,5 mil milhões de reais.",
            "Os prejuízos são de 2,5 milhões de euros.",
            "A estrada ficou cortada em 18 milhas.",
            "Trezentas pessoas foram retiradas.",
            "A reunião começa às 10h30.",
            "Os moradores recebem 600 reais por semana.",
        ],
    ),
    "nl": (
        (
            "Bij de brand zijn drieëntwintig woningen verwoest, met 1,8 miljard euro schade. "
            "Het bos van driehonderd hectare ligt 14 kilometer van de stad. "
            "De bijeenkomst begint om half acht en een derde van de bewoners krijgt 500 euro per maand; "
            "tweeduizend mensen wachten nog."
        ),
        [
            "Er zijn 23 woningen verwoest.",
            "De schade is 1.800.000.000 euro.",
            "De schade is 1,8 mld. euro.",
            "Het bos is 300 ha groot.",
            "Het ligt op 14 km van de stad.",
            "De bijeenkomst begint om 19.30 uur.",
            "33 procent van de bewoners krijgt geld.",
            "2000 mensen wachten nog.",
        ],
        [
            "Er zijn vierentwintig woningen verwoest.",
            "De schade is 1,8 miljoen euro.",
            "De schade is 1,8 miljard dollar.",
            "Het bos is vierhonderd hectare groot.",
            "Het ligt 14 mijl van de stad.",
            "De bijeenkomst begint om half negen.",
            "De bewoners krijgen 500 euro per week.",
        ],
    ),
    "en": (
        (
            "The council will pay the contractor £45 an hour over two and a half years. "
            "Of sixty lamps tested, 45 failed. The gate opened at 4.10 p.m. and was shut at 4.25 p.m. "
            "Three twelfth-graders carried two flags, four drums and a horn. "
            "The pond was to be 30 metres wide, but is 42."
        ),
        [
            "The contractor gets 45 pounds per hour.",
            "The contract runs for 30 months.",
            "The gate stood open for 15 minutes.",
            "3 twelfth-graders took part.",
            "The pond is 42 m wide.",
        ],
        [
            "The contractor gets £45 a day.",
            "The contract runs for 31 months.",
            "70 percent of the lamps failed.",
            "The gate stood open for 20 minutes.",
            "The pond is 43 m wide.",
        ],
    ),
    "de": (
        (
            "Die Brücke kostet statt 2,1 Millionen Euro nun 3,3 Millionen. Sie ist 7,9 Meter breit, "
            "hat zwölftausend Nieten und trägt anderthalb Tonnen je m². "
            "Am Donnerstagnachmittag wird um 14 und um 15.30 Uhr geführt; das kostet 4 Euro pro Woche."
        ),
        [
            "Die Kosten stiegen von 2.100.000 auf 3.300.000 Euro.",
            "Sie kostet 3,3 Mio. Euro.",
            "Sie ist knapp 8 Meter breit.",
            "Sie hat 12.000 Nieten.",
            "Je Quadratmeter trägt sie 1,5 Tonnen.",
            "Führungen gibt es um 14 Uhr und um halb vier.",
            "Das kostet wöchentlich 4 Euro.",
        ],
        [
            "Die Kosten stiegen von 2.100.000 auf 3.400.000 Euro.",
            "Sie kostet 3,3 Mrd. Euro.",
            "Sie ist knapp 7 Meter breit.",
            "Sie hat dreizehntausend Nieten.",
            "Führungen gibt es um 14 Uhr und um halb fünf.",
            "Das kostet 4 Euro pro Tag.",
        ],
    ),
    "fr": (
        (
            "Le pont devait coûter 1,6 million d'euros ; il en coûtera 2,9 millions. "
            "Il mesure trois cent vingt mètres et ouvre à 22 h 30. "
            "Un quart des riverains paie 15 euros par mois pendant un an et demi."
        ),
        [
            "Le pont coûtera 2 900 000 euros au lieu de 1 600 000.",
            "Il mesure 320 m.",
            "Il ouvre à 22h30.",
            "Il ouvre à dix heures et demie du soir.",
            "25 % des riverains paient.",
            "Les riverains paient 15 euros mensuels.",
            "Cela dure 18 mois.",
        ],
        [
            "Le pont coûtera 2 900 000 dollars.",
            "Il mesure trois cent trente mètres.",
            "Il ouvre à 23h30.",
            "35 % des riverains paient.",
            "Les riverains paient 15 euros par jour.",
            "Cela dure 19 mois.",
        ],
    ),
    "es": (
        (
            "El puente costará 3,4 millones de euros en vez de 2,7 millones. "
            "Mide trescientos veinte metros y abre a las nueve y media. "
            "La quinta parte de los vecinos paga 12 euros al mes durante un año y medio."
        ),
        [
            "El puente costará 3.400.000 euros y no 2.700.000.",
            "Mide 320 m.",
            "Abre a las 9.30 h.",
            "Abre a las 21:30.",
            "Paga el 20 % de los vecinos.",
            "Los vecinos pagan 12 euros mensuales.",
            "Dura 18 meses.",
        ],
        [
            "El puente costará 3.400.000 dólares.",
            "Mide trescientos treinta metros.",
            "Abre a las diez y media.",
            "Paga el 30 % de los vecinos.",
            "Los vecinos pagan 12 euros a la semana.",
            "Dura 19 meses.",
        ],
    ),
}
"""For each language: sentences, claims that follow from them, and claims that do not."""


def _of(which: int) -> list[tuple[str, str, str]]:
    return [(lang, case[0], claim) for lang, case in CASES.items() for claim in case[which]]


def _checked(language: str, evidence: str, claim: str) -> Checked:
    article = Article(evidence, language=language, published_at="2025-06-17")
    return check_claim(claim, cite(article))


@pytest.mark.parametrize(("language", "evidence", "claim"), _of(1))
def test_a_figure_written_in_another_way_follows(language: str, evidence: str, claim: str) -> None:
    """It may be in digits or words, with scales, units, clock times and rates."""
    found = [f for f in _checked(language, evidence, claim).findings if f.check != "names"]
    assert found == []


@pytest.mark.parametrize(("language", "evidence", "claim"), _of(2))
def test_another_figure_does_not_follow(language: str, evidence: str, claim: str) -> None:
    """One thing is altered in each."""
    checks = {finding.check for finding in _checked(language, evidence, claim).findings}
    assert checks & {"figures", "dates"}
