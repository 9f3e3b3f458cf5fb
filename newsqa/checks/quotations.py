"""Quotations: what a claim puts in quotation marks is in the article to the letter."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsqa.checks import Action, Check, ClaimContext, Finding
from newsqa.text import Offsets
from newsqa.text.quotations import find_quotations
from newsqa.text.quotes import QuoteIndex

_INSERTION = regex.compile(r"\[[^\[\]]*\]")
_NOT_VERBATIM = "these words in quotation marks are not in the article"


class QuotationsCheck(Check):
    """Finds quotations that are neither in the article nor in its title or the question."""

    name = "quotations"
    default_action: Action = "refuse"
    compares_languages = True

    def applies_to(self, language: str) -> bool:
        """Return true: quotation marks are read in every language."""
        return bool(language)

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield each quotation of ``claim`` that is not verbatim."""
        for spans in find_quotations(claim):
            if not any(_is_verbatim(claim[slice(*span)], context) for span in spans):
                start, end = _first_with_text(claim, spans)
                yield Finding.at(self.name, claim, start, end, _NOT_VERBATIM)


def _first_with_text(claim: str, spans: tuple[Offsets, ...]) -> Offsets:
    return next(span for span in spans if claim[slice(*span)].strip())


def _is_verbatim(quoted: str, context: ClaimContext) -> bool:
    """Return whether ``quoted`` is in the article, with "[he]" taken for an omission, as in print."""
    wanted = _INSERTION.sub("...", quoted)
    if context.article.locate(wanted).candidates:
        return True
    others = (context.title, context.question)
    return any(QuoteIndex(other).locate(wanted).candidates for other in others)
