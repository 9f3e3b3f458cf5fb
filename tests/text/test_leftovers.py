"""Quotes in text as it comes: broken words, leftovers of markup, and letters of other keyboards."""

from __future__ import annotations

import pytest

from newsqa.text.quotes import QuoteIndex


def _found(quote: str, text: str) -> str | None:
    match = QuoteIndex(text).locate(quote).match
    return text[match.spans[0][0] : match.spans[0][1]] if match else None


@pytest.mark.parametrize(
    ("text", "quote", "span"),
    [
        ("The con-\ntract was void.", "The contract was void", "The con-\ntract was void"),
        ("A well-\n  known judge ruled.", "A well-known judge", "A well-\n  known judge"),
        ("The parlia\u00ad\nment met.", "The parliament met", "The parlia\u00ad\nment met"),
        (
            "Smith &amp; Sons&#8217; profit",
            "Smith & Sons’ profit",
            "Smith &amp; Sons&#8217; profit",
        ),
        ("The **new bridge** is open.", "The new bridge is open", "The **new bridge** is open"),
        ("The *new* bridge is open.", "The new bridge is open", "The *new* bridge is open"),
        ("See [the report](https://x.example/r) now.", "See the report now", None),
        (
            "The <b>new</b> bridge is open.",
            "The new bridge is open",
            "The <b>new</b> bridge is open",
        ),
        ("At least >= 7 mg was given.", "At least ≥ 7 mg was given", "At least >= 7 mg was given"),
        ("İZMİR’de deprem oldu.", "izmir’de deprem", "İZMİR’de deprem"),
        ("ΗΛΙΑΣ ΠΑΠΠΑΣ παραιτήθηκε.", "Ηλίας Παππάς παραιτήθηκε", "ΗΛΙΑΣ ΠΑΠΠΑΣ παραιτήθηκε"),
        (
            "Hart &amp;amp; Vale&amp;#8217;s loss",
            "Hart & Vale’s loss",
            "Hart &amp;amp; Vale&amp;#8217;s loss",
        ),
        (
            "The __old lock__ is _shut_ now.",
            "The old lock is shut now",
            "The __old lock__ is _shut_ now",
        ),
        ("Run `sluice` on day 1\\.", "Run sluice on day 1", "Run `sluice` on day 1"),
        ("The lock[^2] is shut.", "The lock is shut", "The lock[^2] is shut"),
        ("> The lock is\n> shut today.", "The lock is shut today", "The lock is\n> shut today"),
        (
            "Tolls rise to \u200f14\u200f% in Eilat.",
            "rise to 14% in Eilat",
            "rise to \u200f14\u200f% in Eilat",
        ),
        (
            "Mrs Ama\u2060di and Mr Fe\u200bld left.",
            "Amadi and Mr Feld",
            "Ama\u2060di and Mr Fe\u200bld",
        ),
        ("“Shut it”; nobody did.", "Shut it;", "Shut it"),
        ("Shut it; nobody did.", "Shut it.", "Shut it"),
        ("闸门关闭； 船只等待。", "闸门关闭；船只等待", "闸门关闭； 船只等待"),
        ("كتاب جديد في المكتبة", "کتاب جدید", "كتاب جديد"),
    ],
)
def test_presentation_is_seen_through(text: str, quote: str, span: str | None) -> None:
    """And the span is that of the text, signs included."""
    assert _found(quote, text) == (span or "See [the report](https://x.example/r) now")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("He re-\nsigned on Friday.", "signed on Friday"),
        ("A non-\nbinding vote.", "binding vote"),
        ("A non-binding vote.", "A non"),
        ("The ex-minister left.", "The ex"),
        ("In 2021-\n2024 it rose.", "In 20212024 it rose"),
        ("It is ~~not~~ closed.", "It is closed"),
        ("It is <del>not</del> closed.", "It is closed"),
        ("10<sup>2</sup> people", "102 people"),
        ("The dose was ≤ 5 mg.", "The dose was ≥ 5 mg"),
        ("The dose was <= 5 mg.", "The dose was < 5 mg"),
        ("Kırda kaldı.", "Kirda kaldı"),
        ("Πότε ήρθε;", "Ποτέ ήρθε"),
        ("νόμος", "νομός"),
        ("Maße der Gasse", "Masse der Gaße"),
        ("Tolls fell by -\u200e14 pounds.", "14 pounds"),
        ("Tolls fell by \u200e-\u200e14 pounds.", "14 pounds"),
        ("Tolls rise by 2\u200f14%.", "14%"),
        ("The non\u00ad-tidal reach.", "The non"),
        ("The vice\u200b-warden left.", "warden left"),
        ("Ama\u200bdi left.", "di left"),
        ("The file_name_here is set.", "The filenamehere is set"),
        ("هو على السطح", "هو علي السطح"),
        ("5 * 3 * 2 is thirty", "5 3 2 is thirty"),
    ],
)
def test_content_is_not(text: str, quote: str) -> None:
    """Half of a broken word, a deleted word, another sign or another letter is other content."""
    assert _found(quote, text) is None
