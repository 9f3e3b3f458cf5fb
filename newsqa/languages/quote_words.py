"""Lexicons: words of many languages whose company decides what a stretch of text says.

Each is an alternation for ``regex``. They are no dictionaries: a word that is missing costs a
refusal that was not made, and one too many a quote that is not found.
"""

from __future__ import annotations

# Numbers, which a cut must not part: five|million, twenty|five ------------------------------------

HAN_SCALE = "[十百千万萬亿億兆]"
HAN_FIGURE = r"[\p{N}〇零一二三四五六七八九十百千万萬亿億兆]"
"""Characters of Chinese and Japanese numbers: those that multiply, and all with the digits."""

SCALE = (
    r"(?i:hundred|thousand|mill?i[oó]n|mill[oó]n|mill?iard|milj[oa]|milh|mily[oa]|mil\b|bill?i[oó]n|bill[oó]n"
    r"|bilh|biljoen|trill?i[oó]n|trilh|lakh|crore|tausend|tusen|mrd|mld|mio|mln|bln|bn\b"
    r"|тысяч|тыс|миллион|миллиард|млн|млрд|трлн|мільйон|мільярд|χιλιάδ|εκατομμ|εκατ\.|δισεκατομμ|δισ\."
    r"|ألف|آلاف|مليون|ملايين|مليار|هزار|میلیون|میلیارد|אלף|אלפי|מיליון|מיליארד|हज़?ार|लाख|करोड़|nghìn|triệu|tỷ"
    rf"|juta|miliar|ribu|ร้อย|พัน(?!ธ)|หมื่น|แสน|ล้าน|{HAN_SCALE})"
)
"""Words behind a figure that multiply it. Some are beginnings, for the endings are many."""

TENS = (
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|vingt|trente|quarante|cinquante|soixante|treinta"
    "|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|vinte|trinta|quarenta|cinquenta|sessenta|oitenta"
    "|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто"
)
"""Tens, before which or behind which one of ``ONES`` makes another number."""

ONES = (
    "one|two|three|four|five|six|seven|eight|nine|un|deux|trois|quatre|cinq|sept|huit|neuf|uno|dos|tres|cuatro"
    "|cinco|seis|siete|ocho|nueve|um|dois|três|quatro|sete|oito|nove|один|два|три|четыре|пять|шесть|семь|восемь"
    "|девять"
)
"""Numbers below ten, where they are words of their own behind a ten."""

NUMBER_WORD = (
    rf"{TENS}|{ONES}|half|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|zwei|drei|vier|fünf|sechs"
    "|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig|dix|onze|douze|quinze|diez|doce|quince|dez"
    "|due|tre|quattro|cinque|sei|sette|otto|dieci|две|десять|δύο|τρία|τέσσερα|πέντε|έξι|επτά|οκτώ|εννέα|δέκα"
    "|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة|שלושה|ארבעה|חמישה|שישה|שבעה|שמונה|תשעה|עשרה|दो|तीन|चार|पाँच|पांच"
    "|छह|सात|आठ|नौ|दस|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
)
"""Only where a scale, a hyphen or another number word follows, so that homonyms do no harm."""

THAI_NUMBER = "หนึ่ง|เอ็ด|สอง|ยี่|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน"
"""Thai number words, which are written without spaces between them."""

# Words that stand for more than they show ---------------------------------------------------------

ELIDED = "l|d|qu|jusqu|lorsqu|puisqu|un|dell|all|dall|nell|sull"
"""French and Italian words that lose their vowel to an apostrophe, and that a quote may leave off."""

NEGATION = (
    "not|never|no|nicht|nie|niemals|kein(?:e[mnrs]?)?|n[’']|ne|pas|jamais|nunca|jamás|non|mai|não|niet|geen|nooit"
    "|не|ни|никогда|لا|لم|لن|ليس|ليست|לא|אין|אינו|नहीं|न|मत|δεν|δε|μη|μην|không|chưa|chẳng|değil"
    "|[不未没沒無无非][有会會曾]?|いない|ない|なかった|안|못|ไม่|ไม่ได้|มิ"
)
"""Words that turn what was said into its contrary, for an elided quote must not leave one out."""
