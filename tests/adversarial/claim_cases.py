"""Adversarial claims: those that must be accepted, and those that must be marked.

The cases are in ``claims/``, one YAML file for each language, written from the articles alone and
before any check was run on them. ``stands`` lists what an honest model would write, and ``refused`` what
an editor would delete, by the kind of error. ``cites`` has words that occur once in the article; the
sentences around them are the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from newsqa.checks import ClaimContext
from newsqa.checks.run import built_in_checks
from tests.adversarial.articles import Entry, Source, entries, read_strings

FOLDER = Path(__file__).parent / "claims"
KNOWN = Path(__file__).parent / "known_claims.yaml"

Verdict = Literal["stands", "refused"]
VERDICTS: tuple[Verdict, ...] = ("stands", "refused")

CHECK_OF: dict[str, str | None] = {
    "number": "figures",
    "unit": "figures",
    "scale": "figures",
    "count": "figures",
    "rounding too far": "figures",
    "time": "figures",
    "homoglyph": "figures",
    "date": "dates",
    "weekday": "dates",
    "stranger": "names",
    "name swapped": "names",
    "wrong speaker": "names",
    "quotation altered": "quotations",
    "quotation invented": "quotations",
    "negation added": "negation",
    "negation dropped": "negation",
    "opposite": "negation",
    "hedge hardened": "hedges",
    "order": None,
    "splice": None,
    "superlative": None,
    "range": None,
}
"""The check whose business each kind of wrong claim is, or None where it is no check's.

Of two checks it is the one that looks at more languages: a time is also a date's, and a look-alike
letter a name's. That an opposite is a negation's is the demanding reading of what checks promise.
"""


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """A claim, its citations, and the expected result of the checks."""

    id: str
    source: Source
    verdict: Verdict
    kind: str
    claim: str
    context: ClaimContext
    known: str = ""
    """Why the checks get it wrong, where that is known."""

    @property
    def is_claimed(self) -> bool:
        """Return whether a check covers this kind of wrong claim in this language."""
        language = self.source.article.language_code
        return any(
            check.name == CHECK_OF[self.kind] and check.applies_to(language)
            for check in built_in_checks()
        )


@cache
def claim_cases() -> tuple[ClaimCase, ...]:
    """Yield the cases in ``claims/``."""
    return tuple(_case(entry) for entry in entries(FOLDER, VERDICTS))


@cache
def known_reasons() -> dict[str, str]:
    """Return the ids of the cases that the checks get wrong today, with the reasons."""
    listed = read_strings(KNOWN)
    return {id_: entry["why"] for entry in listed for id_ in entry["cases"]}


def _case(entry: Entry[Verdict]) -> ClaimCase:
    listed = entry.content
    cites = listed["cites"]
    cited = tuple(_places([cites] if isinstance(cites, str) else cites, entry))
    context = ClaimContext(entry.source.article, cited, listed.get("question", ""))
    known = known_reasons().get(entry.id, "")
    return ClaimCase(
        entry.id, entry.source, entry.verdict, entry.kind, listed["claim"], context, known
    )


def _places(cites: list[str], entry: Entry[Verdict]) -> Iterator[tuple[int, int]]:
    text = entry.source.article.text
    for words in cites:
        assert text.count(words) == 1, f"{entry.id}: {words!r} stands {text.count(words)} times"
        start = text.index(words)
        yield start, start + len(words)
