"""Bylines in the text of an article, which are not part of its story."""

from __future__ import annotations

import regex

MAX_WORDS = 14

_BY = regex.compile(
    r"(?:By|BY|by|Von|VON|Par|PAR|Por|POR|Di|DI|Door|Av|AV|Af|Text:|Texto:|Autor(?:in)?:|От|Автор:|بقلم|記者|记者)\s+"
)
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’.-]*|\p{Lo}+")
_SMALL = frozenset(
    "and und y et e en och og of in for the de da di del van von der den le la at from aus".split()
)
_ENDS = regex.compile(r"[!?…。]$|\w{3,}\.$")


def is_byline(line: str, author: str | None = None) -> bool:
    """Return whether a line says who wrote an article.

    >>> is_byline("By Rowan Tessler, Harbour Reporter")
    True
    >>> is_byline("By Friday the ferry had stopped.")
    False
    >>> is_byline("Rowan Tessler", author="Rowan Tessler")
    True

    Args:
        line: A sentence that has a line to itself.
        author: The author that the article's metadata names.
    """
    text = " ".join(line.split())
    by = _BY.match(text)
    names = text[by.end() :] if by else text
    if author and names.casefold() == " ".join(author.split()).casefold():
        return True
    words = names.replace(",", " ").replace("/", " ").split()
    return (
        by is not None
        and 0 < len(words) <= MAX_WORDS
        and not _ENDS.search(text)
        and all(_NAME.fullmatch(word) or word in _SMALL for word in words)
    )
