"""Speakers: whose word the cited sentences are, and claims that give it to somebody else."""

from __future__ import annotations

import pytest

from newsqa.checks.speakers import speaker_of
from tests.checks.claims import cite, found

STORY = (
    "The mayor, Ada Okafor, met Peter Brandt. “The bridge is safe,” Brandt said. "
    "He added that it was cheap. The bridge opened in May."
)


@pytest.mark.parametrize(
    ("number", "voice", "name"),
    [(2, "quoted", "Brandt"), (3, "reported", "Brandt"), (4, "newsroom", "")],
)
def test_the_speaker_of_a_claim_is_named(number: int, voice: str, name: str) -> None:
    """A sentence before names the one whom a pronoun means."""
    context = cite(STORY, number)
    speaker = speaker_of(context)
    assert speaker is not None
    assert (speaker.voice, speaker.name) == (voice, name)
    assert speaker.span is None or speaker.span.slice(context.article.text) == name


def test_another_speaker_is_found() -> None:
    """The mayor is in the article, and somebody else said it."""
    text = "It rained. “The bridge is safe,” said Peter Brandt of the port."
    assert found("attribution", "The mayor said that the bridge was safe.", cite(text, 2)) == [
        "The mayor"
    ]


def test_the_speaker_of_the_evidence_passes() -> None:
    """In other words, too."""
    text = "It rained. “The bridge is safe,” said Peter Brandt of the port."
    assert found("attribution", "According to Brandt the bridge is safe.", cite(text, 2)) == []
