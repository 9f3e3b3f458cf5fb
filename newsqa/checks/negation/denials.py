"""The claim, its evidence and the question, divided into what is denied and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import regex

from newsqa.checks import ClaimContext
from newsqa.text.analysis import AnalyzedText
from newsqa.text.scopes import Governed, govern

_CUES = regex.compile(
    r"\b(?:not(?!\s+(?:only|just|least))(?!\s+(?:to|for|by|in|of|with)\s(?:\p{L}+\s){1,3}(?:alone|only)\b)|no\s+longer|no(?!\.)(?!\s+(?:doubt|matter|sooner))|never|none|(?:neither|nor)(?:\s+(?:of\s+)?(?:the\s+)?\p{Ll}+(?=\s+(?:has|have|had|is|was|are|were|did|will|could|can)\b))?"
    r"|nobody|nothing|nowhere|without|cannot|hardly|barely|scarcely|unable|lack(?:s|ed|ing)?|absence"
    r"|\p{L}+n['’]t"
    r"|(?:fail|refus|declin|neglect)(?:e?s|e?d|ing|e)?\s+to|fail(?:s|ed)?(?!\s+(?-i:\p{Lu}))"
    r"|(?<!\bn?or\s)(?:deny|denies|denied|denying)(?=\s+(?:that|having|being|\p{Ll}+ing))"
    r"|refrain\w*|avoid\w*)(?![\p{L}])",
    regex.IGNORECASE,
)
"""Words that deny what follows them."""


@dataclass(frozen=True)
class Denials:
    """A claim, its evidence and the question, with the scopes of their denials."""

    claim_text: str
    context: ClaimContext

    @property
    def evidence_text(self) -> str:
        """The cited sentences."""
        return self.context.evidence

    @cached_property
    def claim(self) -> Governed:
        """The claim's words, denied and not."""
        return _denials(self.context.analyze(self.claim_text))

    @cached_property
    def evidence(self) -> Governed:
        """The words of the cited sentences, denied and not."""
        return _denials(self.context.analyze(self.context.evidence))

    @cached_property
    def question(self) -> Governed:
        """The question's words, denied and not."""
        return _denials(self.context.analyze(self.context.question))


def _denials(text: AnalyzedText) -> Governed:
    return govern(text.words, (match.span() for match in _CUES.finditer(text.text)))
