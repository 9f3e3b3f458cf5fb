"""Terms: the words of a text in the form in which a question and an article can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

PREFIX = 5
"""Letters that stand for a word of a language without a stemmer, and in which two stems agree if
they are counted as relatives (explosion, exploded)."""

MAX_SUFFIX = 4
"""Letters by which relatives may differ in length."""

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}

_STOP_WORDS = {
    "en": """a about article happen happened happening according after all also am an and any are as at be been before being but by
        can could did do does for from had has have he her him his how i if in into is it its just
        many may more most much of off on or other s she should so some such t than that the their
        them then there these they this those to u us was we were what when where which while who whom
        whose why will with would you your""",
    "de": """aber als am an auch auf aus bei bin bis da dass das dem den der des die dies diese dieser
        durch ein eine einem einen einer eines er es für gab gibt haben hat hatte hatten ich ihr ihre
        im in ist kann man mehr mit nach nicht noch nur ob oder sein seine sich sie sind so soll über
        um und unter viel viele vom von vor wann war waren warum was welche welchem welchen welcher
        welches wem wen wenn wer werden wessen wie wieviel wird wo woher wohin wurde wurden zu zum
        zur passiert geschah geschehen""",
    "fr": """à a ai au aux avec c ce ces cette combien comment d dans de des du elle elles en es est
        et été être eu fait il ils j je l la le les leur lui m mais n ne nous on ont ou où par pas
        plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa se ses son sont sur
        t un une vous y passé passe article""",
    "es": """a al ante como cómo con cuál cuáles cuando cuándo cuánta cuántas cuánto cuántos de del
        desde dónde donde e el ella en entre era es esta este fue fueron ha han hay la las le lo los
        más no o para pero por porque qué que quién quien quiénes se según ser si sin sobre son su
        sus un una y ya pasó pasa ocurrió""",
    "it": """a ad al alla alle che chi come con cosa cui d da dal dalla dei del della delle di dove e
        è ed era gli ha hanno i il in l la le lo ma nel nella non o per perché più qual quale quali
        quando quanta quante quanti quanto se si sono stata stato su sul sulla un una uno successo""",
    "pt": """a à ao aos as às com como da das de do dos e é ela ele em entre era foi foram há mais mas
        na não nas no nos o onde os ou para pela pelo por porque qual quais quando quanta quantas
        quanto quantos que quê quem se sem seu sua são um uma aconteceu""",
    "nl": """aan als bij dat de deze die dit door een en er haar had heeft hebben hem het hij hoe
        hoeveel ik in is kan maar meer met naar niet of om ook op over te tot uit van veel voor waar
        waarom wanneer waren was wat welk welke werd werden wie wordt worden zal ze zich zij zijn gebeurd gebeurde""",
    "ru": """а без был была были было быть в вы где для до его ее если есть еще же за и из или им их к
        как какая какие каким какова какое какой каком какую кем когда кого ком кому которая которые
        который кто куда ли на не но о об он она они от откуда по почему при с сколько со так то у
        чего чем чему что это является произошло случилось""",
    "ar": """أن أو أي أية أين إلى إن التي الذي الذين بين بعد تم ثم ذلك عن على عند في قبل قد كان كانت كم
        كما كيف لا لم لماذا له لها ما ماذا متى مع من منذ هذا هذه هل هم هو هي و يكون حدث""",
    "hi": """आप इन इस उन उस उसके एक और कई कब कर करता करती करते करना करने कहाँ कहां का कितना कितनी कितने किन
        किया किस किसका किसके किसको किसने किसे की के को कौन कौनसा क्या क्यों गई गए गया जा जाता जो तक तो था थी
        थे द्वारा ने पर भी में यह या रहा रहे वह वाले वे सकता से हुआ हुई हुए है हैं हो होता होती होते होने""",
    "zh": "发生 文章",
}
"""Words that ask or join and name nothing; elsewhere the article's own frequencies have to do."""

_IRREGULAR_FORMS = """
        say said,win won,shoot shot,buy bought,leave left,make made,take took taken,give gave given,
        go went gone,come came,hold held,tell told,meet met,pay paid,lose lost,lead led,run ran,
        begin began begun,become became,fall fell fallen,grow grew grown,rise rose risen,break broke
        broken,speak spoke spoken,write wrote written,steal stole stolen,fight fought,catch caught,
        teach taught,think thought,seek sought,send sent,spend spent,build built,sell sold,keep kept,
        find found,know knew known,see saw seen,feel felt,hit hits,drive drove driven,fly flew flown,
        choose chose chosen,wear wore worn,throw threw thrown,bring brought,die dead death deaths,
        strike struck,stand stood,hear heard,flee fled,get got,eat ate eaten,
        drink drank,sink sank sunk,shake shook shaken,draw drew drawn,withdraw withdrew withdrawn,
        child children,man men,woman women,person people"""
_IRREGULAR = {
    form: base for base, *forms in map(str.split, _IRREGULAR_FORMS.split(",")) for form in forms
}
"""English words whose forms no stemmer brings together."""

_FUNCTION_CHARACTERS = frozenset(
    "的了在是和与及为被把将于有这那哪谁吗呢么什几多少何时所之其并也都就从到对のはをにがとでもへか"
)
"""Chinese characters and kana that join words; no bigram reaches over one."""

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters: words without spaces between them."""

_COMBINING = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0d83"
"""Marks that stand inside words and that ``\\w`` leaves out: Latin, Hebrew, Arabic and Indic ones."""

_TOKEN = re.compile(
    rf"(?P<run>[{_SPACELESS}]+)"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,٫٬]\d+)*"
    rf"|[^\W\d_{_SPACELESS}]+(?:(?:[{_COMBINING}]+|\d+|(?<=[A-Z])&(?=[A-Z]))[^\W\d_{_SPACELESS}]*)*"
)
_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u0652]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word's key, equal for words that count as the same, and where the word stands in its text."""

    key: str
    start: int
    end: int


def find_terms(text: str, language: str) -> Iterator[Term]:
    """The terms of ``text`` in order: words by their stems, bigrams where words have no spaces."""
    for token in _TOKEN.finditer(text):
        if token["run"]:
            yield from _bigrams(token["run"], token.start())
        else:
            yield Term(key_of(token[0], language), *token.span())


def content_terms(text: str, language: str, *others: str) -> list[Term]:
    """The terms of ``text`` but those that name nothing: stop words and lone letters.

    Stop words are those of ``language``, by which words are stemmed, and of the ``others``.
    """
    empty = stop_words(language).union(*map(stop_words, others))
    return [
        term
        for term in find_terms(text, language)
        if not _is_empty(text[term.start : term.end], empty)
    ]


def are_relatives(key: str, other: str) -> bool:
    """Whether two keys begin alike for so long that they are likely forms of one word."""
    return (
        key[:PREFIX] == other[:PREFIX]
        and len(key) >= PREFIX
        and key[0].isalpha()
        and abs(len(key) - len(other)) <= MAX_SUFFIX
    )


@lru_cache(maxsize=100_000)
def key_of(word: str, language: str) -> str:
    """The key of a word: its stem, or its first letters, without case, accents and full stops."""
    folded = word.casefold().replace(".", "") if word[0].isalpha() else word
    if language == "en":
        folded = _IRREGULAR.get(folded, folded)
    stemmer = _STEMMERS.get(language)
    if stemmer and folded[0].isalpha():
        import snowballstemmer  # here, since it loads the stemmers of all languages

        # A stemmer keeps state while it works, so that threads must not share one.
        folded = snowballstemmer.stemmer(stemmer).stemWord(folded)
    elif folded[0].isalpha():
        folded = folded[:PREFIX]
    plain = folded if folded.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return plain or word


@lru_cache(maxsize=16)
def stop_words(language: str) -> frozenset[str]:
    """Words of ``language`` that ask or join and name nothing; empty where no list is kept."""
    return frozenset(_STOP_WORDS.get(language, "").split())


def _is_empty(word: str, empty: frozenset[str]) -> bool:
    if word[0].isnumeric():
        return False
    is_acronym = len(word) > 1 and word.isupper() and word.isascii()
    is_letter = len(word) == 1 and ord(word) < 0x2E80
    return is_letter or (word.casefold() in empty and not is_acronym)


def _bigrams(run: str, start: int) -> Iterator[Term]:
    cut = [-1, *(at for at, char in enumerate(run) if char in _FUNCTION_CHARACTERS), len(run)]
    for left, right in pairwise(cut):
        part = run[left + 1 : right]
        for at in range(max(len(part) - 1, min(len(part), 1))):
            begin = start + left + 1 + at
            yield Term(part[at : at + 2], begin, begin + len(part[at : at + 2]))
