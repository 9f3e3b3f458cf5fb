"""Speakers: to whom the evidence attributes what it reports."""

from __future__ import annotations

import pytest

from newsqa.checks.names.evidence import KnownNames
from newsqa.checks.names.speakers import wrong_speakers
from tests.checks.claims import cite

STORY = (
    "The mayor, Ada Okafor, met Peter Brandt. “The bridge is safe,” Brandt told Okafor. "
    "According to Okafor, it was cheap. He said so twice."
)


def speakers(claim: str, *numbers: int) -> list[str]:
    """Return the speakers of ``claim`` that are not the evidence's."""
    known = KnownNames(cite(STORY, *numbers))
    return [claim[start:end] for start, end in wrong_speakers(claim, known)]


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("Brandt said the bridge was safe.", 2),
        ("“The bridge is safe,” said Peter Brandt.", 2),
        ("Okafor said it was cheap.", 3),
    ],
)
def test_the_speaker_of_the_evidence_passes(claim: str, number: int) -> None:
    """The speaker may be before or after the quotation, or follow "according to"."""
    assert speakers(claim, number) == []


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("Okafor said the bridge was safe.", 2),
        ("According to Ada Okafor, the bridge is safe.", 2),
        ("Brandt said it was cheap.", 3),
    ],
)
def test_another_one_is_found(claim: str, number: int) -> None:
    """Somebody who is only spoken to is not the speaker."""
    assert len(speakers(claim, number)) == 1


def test_an_unnamed_speaker_may_be_anybody_there() -> None:
    """The sentence does not show who "he" is."""
    assert speakers("Brandt said the bridge was safe and cheap.", 3, 4) == ["Brandt"]
    assert speakers("Brandt said so twice.", 2, 4) == []


def test_evidence_without_a_speaker_contradicts_nobody() -> None:
    """Nobody else said it."""
    assert speakers("Brandt said they met.", 1) == []


OPEN = (
    "The warden, Ada Okafor, said the dam had held. “It was built for this,” she said. "
    "“My men slept there.” Peter Brandt, a farmer, lost his barn. “I saw it float,” he said. "
    "“Nobody warned us.” “We rang every bell,” said Marit Vale."
)


@pytest.mark.parametrize(
    ("claim", "number", "wrong"),
    [
        ("“It was built for this,” Okafor said.", 2, []),
        ("“My men slept there,” Ada Okafor said.", 3, []),
        ("“My men slept there,” Peter Brandt said.", 3, ["Peter Brandt"]),
        ("“I saw it float,” said Ada Okafor.", 5, ["Ada Okafor"]),
        ("“Nobody warned us,” said Brandt.", 6, []),
        ("“Nobody warned us,” said Marit Vale.", 6, []),
        ("“It was built for this,” said Marit Vale.", 2, ["Marit Vale"]),
    ],
)
def test_an_open_speaker_is_named_close_by(claim: str, number: int, wrong: list[str]) -> None:
    """The name is in the sentences before, or in the next one."""
    known = KnownNames(cite(OPEN, number))
    assert [claim[a:b].rstrip(".") for a, b in wrong_speakers(claim, known)] == wrong
