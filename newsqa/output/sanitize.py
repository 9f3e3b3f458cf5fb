"""Makes text from articles and models harmless where it is shown: on a terminal and on a page."""

from __future__ import annotations

import re

BIDI_CONTROLS = r"\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates, as a character class: they can reverse the text around them."""

_WHITE_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile(rf"[\u00ad\ufeff{BIDI_CONTROLS}]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_BUT_LINE_END = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LEFT_RAW_BY_JSON = re.compile(rf"[\x7f-\x9f{BIDI_CONTROLS}]")


def sanitize_for_terminal(text: str) -> str:
    r"""Return ``text`` on one line, without anything that controls a terminal or reverses its text.

    Control characters become U+FFFD, so that an escape sequence is visible. Bidi embeddings, overrides
    and isolates are dropped; right-to-left letters stay.

    >>> sanitize_for_terminal("\x1b[31mred\n")
    '�[31mred '
    """
    return _CONTROL.sub("\ufffd", _UNSEEN.sub("", _WHITE_SPACE.sub(" ", text)))


def sanitize_for_page(text: str) -> str:
    r"""Return ``text`` without control characters and bidi controls; line ends and tabs stay.

    Escaping its markup is the template's work.

    >>> sanitize_for_page("one\x00\ntwo\u202e")
    'one�\ntwo'
    """
    return _CONTROL_BUT_LINE_END.sub("\ufffd", _UNSEEN.sub("", text))


def sanitize_json(text: str) -> str:
    r"""Return JSON with escapes for the characters that would control a terminal.

    >>> sanitize_json('"\x9b1m"')
    '"\\u009b1m"'
    """
    return _LEFT_RAW_BY_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
