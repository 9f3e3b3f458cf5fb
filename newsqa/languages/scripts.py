"""Scripts: which characters are written without spaces, are wide, or have no capitals.

Each constant is the inside of a character class; those named ``RANGES`` are for ``re`` too.
"""

from __future__ import annotations

UNSPACED = r"\p{Han}\p{Hiragana}\p{Bopomofo}\p{Line_Break=SA}"
"""Scripts that write words without spaces, for ``regex``; SA is Thai, Lao, Khmer and Burmese.

Without katakana, which writes foreign names: インド (India) is not a part of インドネシア.
"""

UNSPACED_RANGES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, both kana and Chinese characters."""

CJK_RANGES = (
    "\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff，．：；！？（）｛｝\U00020000-\U0003ffff"
)
"""Chinese and Japanese characters and punctuation, beside which a space has no meaning.

Without full-width letters and digits, which a space does part, and without the brackets ［］, which
fencing writes for the article's own.
"""

WIDE_RANGES = "\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003fffd"
"""Characters that take two columns of a terminal."""

COMBINING_RANGES = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957"
    "\u0962-\u0963\u0981-\u0d83"
)
"""Marks inside words that ``\\w`` leaves out: Latin, Hebrew, Arabic and Indic ones."""

HAN_SCALES = "十百千万萬亿億兆"
HAN_NUMERALS = f"〇零一二三四五六七八九{HAN_SCALES}"
"""Characters of Chinese and Japanese numbers: those that multiply, and all."""

CASELESS_LANGUAGES = frozenset(("ar", "fa", "he", "hi", "ja", "ko", "ne", "ta", "th", "ur", "zh"))
"""Languages whose letters have no capitals, so that names do not show."""

CAPITAL_NOUN_LANGUAGES = frozenset(("de",))
"""Languages that write all nouns with capitals, so that only names of several words show."""
