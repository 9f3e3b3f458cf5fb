"""Boilerplate: the lines of a news page that are not part of the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from newsqa.article.fields import Sentence

MAX_LABEL_WORDS = 3
"""Words of the longest label, of a list of links or of something left out."""

_PROMOTION = re.compile(
    r"[^\w(]*(?:"
    r"recommended (?:stories|reading|for you)|related (?:stories|articles|content|topics)|more on this"
    r"|read (?:more|also|next|the full story)|see also|also read|most read|trending|you may also like"
    r"|sign up|subscribe|newsletter|follow us|share this|click here|watch(?: now| live)?:|listen:"
    r"|advertisement|sponsored|about the authors?|first published|last updated|all rights reserved"
    r"|copyright|©|lesen sie auch|mehr zum thema|auch interessant|anzeige|über (?:den autor|die autorin)"
    r"|lire aussi|à lire|sur le même sujet|publicité|te puede interesar|lee también|leer más|publicidad"
    r"|leggi anche|pubblicità|leia (?:também|mais)|publicidade|lees ook|lees meer|advertentie"
    r"|читайте также|реклама|об авторе|подписывайтесь|اقرأ أيضا|إعلان|عن الكاتب|यह भी पढ़ें|और पढ़ें|विज्ञापन"
    r"|(?:推荐|相关|延伸)阅读|广告|责任编辑|编辑[:：]"
    r")",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?(?:photos?|pictures?|images?|foto|fotos|bild|imagen|immagine|imagem|beeld|фото|صورة|फोटो|图片?|照片)"
    r"(?: by| credit| courtesy)?\s*[:：/]"
    r"|图为"
    r"|\(?(?:with inputs? from|(?:additional )?(?:reporting|writing|editing) by|contributing:|source:)",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(
    r"(?:^|[.!?…”\")] ?)\(?(?:photos?|pictures?|images?|fotos?|bild|imagen|immagine|imagem|beeld|фото|صورة)"
    r"(?: by)?\s*[:：/][^.!?]{1,60}\)?$",
    re.IGNORECASE,
)
"""A credit at the end of a caption."""
_LABEL = re.compile(r"[^.!?。！？]{1,40}\s*[:：]\s*$")
_SENTENCE_END = re.compile(r"[.!?。！？।؟…][\"'”“’‘»«」』)\]]*$")


def find_boilerplate(sentences: Iterable[Sentence]) -> frozenset[int]:
    r"""Return the numbers of the sentences that are boilerplate.

    This is promotion ("Read more: ..."), the links listed below it, captions with a photo credit, agency
    notes, and labels with nothing after them; not corrections.

    >>> from newsqa.article import Article
    >>> article = Article("The bridge closed.\n\nRecommended Stories\n\nTen fine bridges")
    >>> sorted(find_boilerplate(article.sentences))
    [2, 3]
    """
    return frozenset(_numbers(sentences))


def _numbers(sentences: Iterable[Sentence]) -> Iterator[int]:
    in_links = False
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        line = list(group)
        first = line[0].text
        is_promotion = bool(_PROMOTION.match(first)) and not _is_prose(line)
        is_link = in_links and not ends_sentence(line[-1].text)
        in_links = _is_label(first) if is_promotion else is_link
        if is_promotion or is_link or _is_caption(line) or _is_empty_label(first):
            yield from (sentence.number for sentence in line)


def ends_sentence(text: str) -> bool:
    """Return whether ``text`` ends like a sentence, which headlines and links do not."""
    return bool(_SENTENCE_END.search(text))


def _is_prose(line: list[Sentence]) -> bool:
    """Return whether a line that begins like promotion is still a paragraph."""
    return len(line) > 1 and ends_sentence(line[0].text) and ends_sentence(line[-1].text)


def _is_caption(line: list[Sentence]) -> bool:
    return bool(_CREDIT.match(line[0].text) or _CREDIT_AT_END.search(line[-1].text))


def _is_empty_label(text: str) -> bool:
    return bool(_LABEL.match(text)) and _is_label(text)


def _is_label(text: str) -> bool:
    return len(re.findall(r"\w+", text)) <= MAX_LABEL_WORDS
