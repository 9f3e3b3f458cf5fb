"""Which language a text is in, as far as splitting and stemming need to know."""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 5_000
"""Characters looked at: enough for stable counts, and a long article costs no more than a short one."""

_SCRIPTS = {
    "ja": "\u3040-\u30ff",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff",
    "ko": "\uac00-\ud7af",
    "th": "\u0e00-\u0e7f",
    "ar": "\u0600-\u06ff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "el": "\u0370-\u03ff",
    "ru": "\u0400-\u04ff",
}
"""Characters that tell a language; the first script to hold enough of the letters wins."""

_FUNCTION_WORDS = {
    "en": "the of and to in is was that for it with on as are by this from have has not",
    "de": "der die das und ist nicht ein eine den von zu mit auf für dem sich des im wird auch",
    "fr": "le la les des et est une dans que pour qui pas sur au par avec il du ce sont",
    "es": "el la los las de y que en un una por con para del se es su al lo como",
    "it": "il di che la e un una per non sono con del della è nel gli anche dei alla ha",
    "pt": "o a os as de e que em um uma para com não do da no na se por dos",
    "nl": "de het een en van is dat niet op te met voor zijn in aan er ook door bij naar",
    "sv": "och att det som en på är av för med till den inte om ett har de men från var",
    "da": "og at det er en på til af for med den ikke som har de et fra men var blev",
    "pl": "i w na nie się z do że to jest jak o po od za ale przez dla są który",
    "tr": "ve bir bu da de için ile olarak daha çok gibi olan kadar sonra ancak ise en ne her",
    "id": "yang dan di dengan untuk dari ini itu pada adalah tidak dalam akan ke juga oleh",
}
"""The commonest short words of languages in Latin letters."""

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPT_SHARE = 0.15
"""Share of a text's letters that a script must hold: names in Latin letters are common in all others."""


def guess_language(text: str) -> str:
    """The ISO 639-1 code of the language ``text`` seems to be in; ``"en"`` where nothing tells.

    Letters decide where they can (Japanese by its kana, before Chinese), else the commonest short
    words of Latin-script languages. Deterministic, and looks at the first 5,000 characters only.
    """
    sample = text[:SAMPLE]
    letters = len(_LETTER.findall(sample))
    for code, characters in _SCRIPTS.items():
        if len(re.findall(f"[{characters}]", sample)) > _SCRIPT_SHARE * letters:
            return code
    words = Counter(word.casefold() for word in _WORD.findall(sample))
    scores = {
        code: sum(words[word] for word in common.split())
        for code, common in _FUNCTION_WORDS.items()
    }
    return max(scores, key=lambda code: scores[code])


def common_share(text: str, language: str) -> float:
    """The share of the words of ``text`` that are the commonest ones of ``language``, from 0 to 1."""
    common = _FUNCTION_WORDS.get(language, "").split()
    words = [word.casefold() for word in _WORD.findall(text[:SAMPLE])]
    return sum(word in common for word in words) / max(len(words), 1)
