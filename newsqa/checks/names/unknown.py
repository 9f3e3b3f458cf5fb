"""Unknown names: those of a claim that the article does not have at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from newsqa.checks.names.evidence import COMMON, NOT_NAMES, KnownNames
from newsqa.text.names import Mention

_FOREIGN_SCRIPT = regex.compile(r"[\p{L}\p{M}--[\p{Latin}\p{Common}\p{Inherited}]]{2,}", regex.V1)
_NEXT = regex.compile(r"[\s,]+(\p{L}+)")
_VERBS = frozenset(
    "said says was is has had will would told won wrote did does made became took went came added "
    "called died announced played asked wants and".split()
)
"""Words after a sentence's first word that show it to be a name."""

_REASON = "the article does not have this name"

Found = tuple[int, int, str]
"""Start, end and reason of a finding."""


def find_unknown_names(claim: str, names: Sequence[Mention], known: KnownNames) -> Iterator[Found]:
    """Yield each word of the claim's names, and each word in another script, that is not the article's."""
    for name in names:
        if known.is_rephrased(name, known.article):
            continue
        for at, word in enumerate(name):
            if word.key in NOT_NAMES or known.has(word.key, known.article.keys):
                continue
            if known.spells_out(word, known.article):
                continue
            if not word.is_sentence_initial or _is_name(claim, name, at, known):
                yield word.start, word.end, _REASON
    for match in _FOREIGN_SCRIPT.finditer(claim):
        is_in_article = known.context.article.locate(match[0]).candidates
        if not is_in_article and match[0] not in known.article.text:
            yield match.start(), match.end(), _REASON


def _is_name(claim: str, name: Mention, at: int, known: KnownNames) -> bool:
    """Return whether the first word of a sentence, which the article lacks, is still a name."""
    word = name[at]
    is_common = bool(COMMON.fullmatch(word.key))
    if len(name) > at + 1:
        # "John Okafor" is a name if the article calls Okafor Ada; "Striker Okafor" is not.
        return not is_common and name[at + 1].key in _surnames(known)
    if word.text.endswith(("'s", "’s")):
        return not is_common
    following = _NEXT.match(claim, word.end)
    verb = following[1] if following else ""
    if verb in _VERBS:
        # Parker and Taylor are names; a doctor would not begin a sentence without "a".
        return not is_common or word.key.endswith(("er", "or"))
    return verb.endswith("ed") and not is_common


def _surnames(known: KnownNames) -> frozenset[str]:
    return frozenset(word.key for name in known.article.names for word in name[1:])
