"""Hedges: what the evidence only reports, suspects or plans, a claim does not state as fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from newsqa.checks import CheckName, ClaimContext, Finding
from newsqa.checks.scopes import Governed, Word, govern

_CUES = regex.compile(
    r"\b(?:reportedly|allegedly|apparently|possibly|perhaps|probably|presumably|supposedly|purportedly"
    r"|alleged|suspected|purported|rumou?red(?:\s+to)?|unconfirmed"
    r"|(?-i:may|might)(?!\s+not)|could(?!\s+not)|likely\s+to"
    r"|(?:consider|contemplat|weigh|mull|discuss)ing(?:\s+whether\s+to)?"
    r"|(?:expect|plann?|hop|aim|intend|propos|threaten|believ|thought|suspect|attempt|try|tri)"
    r"(?:s|ed|es|ing|e)?\s+to)(?![\p{L}])",
    regex.IGNORECASE,
)
_HEDGED = regex.compile(
    r"\b(?:may|might|could|would|can|if|whether|reported\w*|alleg\w*|apparent\w*|possib\w*|perhaps|probab\w*|presum\w*"
    r"|suppos\w*|purport\w*|suspect\w*|rumou?r\w*|likely|according|said|says?|saying|told|tells|claim\w*|accus\w*"
    r"|charg\w*|consider\w*|contemplat\w*|weigh\w*|mull\w*|discuss\w*|expect\w*|plans?|planned|planning|hop(?:es?|ed|ing)"
    r"|aim\w*|intend\w*|propos\w*|threat\w*|believ\w*|thought|thinks?|attempt\w*|tri(?:es|ed)|trying|seek\w*|wants?|wanted"
    r"|unconfirmed|unclear|potential\w*|predict\w*|forecast\w*|estimat\w*|fear\w*|warn\w*|risk\w*|seem\w*|appear\w*"
    r"|about to|set to|due to|scheduled|announced|suggest\w*)\b",
    regex.IGNORECASE,
)
"""Any sign that the claim does not state plain fact."""


@dataclass(frozen=True, slots=True)
class HedgesCheck:
    """Finds words that only stand behind a hedge in the evidence, in a claim without any."""

    name: CheckName = "hedges"

    def applies_to(self, language: str) -> bool:
        """In English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Where ``claim`` hardens what its evidence says."""
        if _HEDGED.search(claim):
            return
        ours = _governed(claim)
        theirs = _governed(context.evidence)
        heads = (_head(scope, context.evidence) for scope in theirs.scopes)
        for head in filter(None, heads):
            if head.stem in ours.free and head.stem not in theirs.free:
                word = ours.first(head.stem)
                reason = "the cited sentences do not state this as a fact"
                yield Finding.at(self.name, claim, word.start, word.end, reason)


def _head(scope: list[Word], text: str) -> Word | None:
    """What the hedge bears on first: no name, and nothing that is only quoted."""
    word = next((word for word in scope if not text[word.start].isupper()), None)
    is_quoted = word and text[word.start - 1 : word.start] in ('"', "“", "‘")
    return None if is_quoted else word


def _governed(text: str) -> Governed:
    return govern(text, (match.span() for match in _CUES.finditer(text)))
