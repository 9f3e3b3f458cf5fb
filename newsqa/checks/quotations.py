"""Quotations: what a claim puts in quotation marks is, to the letter, in the article."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsqa.checks import Action, Check, ClaimContext, Finding
from newsqa.text.quotations import Place, find_quoted
from newsqa.text.quotes import QuoteIndex

_INSERTION = regex.compile(r"\[[^\[\]]*\]")


class QuotationsCheck(Check):
    """Finds quotations that stand neither in the article nor in its title or the question."""

    name = "quotations"
    default_action: Action = "refuse"
    compares_languages = True

    def applies_to(self, language: str) -> bool:
        """Everywhere."""
        return bool(language)

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Each quotation of ``claim`` that is not verbatim."""
        for places in find_quoted(claim):
            if not any(_is_verbatim(claim[slice(*place)], context) for place in places):
                start, end = _with_something(claim, places)
                reason = "these words in quotation marks are not in the article"
                yield Finding.at(self.name, claim, start, end, reason)


def _with_something(claim: str, places: tuple[Place, ...]) -> Place:
    """The first place that holds more than white space, which is what a finding shows."""
    return next(place for place in places if claim[slice(*place)].strip())


def _is_verbatim(quoted: str, context: ClaimContext) -> bool:
    """Whether ``quoted`` stands somewhere, with "[he]" taken for an omission as print has it."""
    wanted = _INSERTION.sub("...", quoted)
    if context.article.locate(wanted).candidates:
        return True
    others = (context.article.title or "", context.question)
    return any(QuoteIndex(other).locate(wanted).candidates for other in others)
