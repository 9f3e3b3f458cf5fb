"""Hard negatives: questions that look answerable from a passage and are not, made by rule.

Each maker takes an answerable row and gives a row without an answer, or nothing where its rule does
not apply. People's own unanswerable questions (SQuAD 2.0, the news) are rarer and better; these
teach the same lesson on every source: a passage about the right things need not hold the answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from training.rows import Row, sentence_places, tokens

AMONG = 40
"""Passages of the same article that are compared for the hardest."""
STORIES_AMONG = 8
"""Stories about other things that are compared for the hardest."""
FEWEST_WORDS = 20
"""Words below which a passage without its answer's sentence is not worth a row."""

STOP = frozenset(
    "of in on at to for from by with and or is are was were be been has have had do does did what "
    "who whom whose which when where why how many much that this it its as not no there their they "
    "he she his her you your i".split()
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_NUMBER = re.compile(r"(?<!\S)\d[\d,.]*\d|(?<!\S)\d(?=[\s?])")
_AUXILIARY = re.compile(
    r"\b(did|does|do|was|were|is|are|has|have|had|can|could|will|would|should)\b"
)
_OPPOSITES = [
    pair.split("/")
    for pair in (
        "first/last largest/smallest highest/lowest most/least best/worst oldest/youngest "
        "before/after more/fewer increase/decrease increased/decreased rise/fall rose/fell "
        "north/south northern/southern east/west eastern/western above/below begin/end "
        "began/ended start/stop started/stopped win/lose won/lost winner/loser male/female "
        "man/woman men/women father/mother son/daughter brother/sister husband/wife "
        "king/queen boy/girl early/late earliest/latest old/new left/right upper/lower "
        "inside/outside open/close opened/closed buy/sell bought/sold arrive/leave "
        "arrived/left born/died birth/death accept/reject accepted/rejected allow/forbid "
        "approve/oppose approved/opposed support/oppose supported/opposed gain/lose "
        "gained/lost succeed/fail succeeded/failed positive/negative major/minor "
        "common/rare easy/difficult hot/cold cheap/expensive strong/weak public/private "
        "internal/external same/different include/exclude included/excluded create/destroy "
        "created/destroyed join/leave joined/left appointed/dismissed hired/fired"
    ).split()
]
OPPOSITE = {word: other for a, b in _OPPOSITES for word, other in ((a, b), (b, a))}


def key_words(text: str) -> set[str]:
    """The words of a text that mean something by themselves."""
    return {word for word in tokens(text) if word not in STOP}


def removed(row: Row) -> Row | None:
    """The passage less the sentence of the answer, where the answer stands nowhere else."""
    kept = [
        row.passage[start:end]
        for start, end in sentence_places(row.passage)
        if not (start < row.end and row.start < end)
    ]
    rest = " ".join(kept)
    if len(rest.split()) < FEWEST_WORDS or row.answer.lower() in rest.lower():
        return None
    return row.without_answer("removed", passage=rest)


def other_passage(row: Row, passages: Sequence[str], rng: random.Random) -> Row | None:
    """Of some other passages of the same article, the one with most of the question's words."""
    wanted, answer = key_words(row.question), row.answer.lower()
    drawn = rng.sample(passages, min(AMONG, len(passages)))
    others = [p for p in drawn if p != row.passage and answer not in p.lower()]
    if not others:
        return None
    hardest = max(others, key=lambda p: len(wanted & key_words(p)))
    return row.without_answer("other passage", passage=hardest)


def other_story(row: Row, stories: Sequence[str], rng: random.Random) -> Row | None:
    """Of some stories about other things, the one with most of the question's words."""
    found = other_passage(row, rng.sample(stories, min(STORIES_AMONG, len(stories))), rng)
    return found and row.without_answer("other story", passage=found.passage)


def swapped(row: Row, passages: Sequence[str], rng: random.Random) -> Row | None:
    """The question about another name or number: of this passage as often as of a neighbour."""
    for pattern in rng.sample((_NAME, _NUMBER), 2):
        hits = list(pattern.finditer(row.question))
        pool = _pool(pattern, row, passages, rng) if hits else []
        if pool:
            hit = rng.choice(hits)
            asked = row.question[: hit.start()] + rng.choice(pool) + row.question[hit.end() :]
            return row.without_answer("swapped", question=asked)
    return None


def _pool(
    pattern: re.Pattern[str], row: Row, passages: Sequence[str], rng: random.Random
) -> list[str]:
    """What may take the place of a name or number: nothing of the answer's sentence or question."""
    near = _answer_sentence(row)
    texts = [row.passage] if rng.random() < 0.5 else rng.sample(passages, min(8, len(passages)))
    found = {hit.group() for text in texts for hit in pattern.finditer(text)}
    banned = (near + " " + row.question + " " + row.answer).lower()
    return sorted(name for name in found if name.lower() not in banned)


def _answer_sentence(row: Row) -> str:
    places = sentence_places(row.passage)
    return " ".join(row.passage[s:e] for s, e in places if s < row.end and row.start < e)


def opposed(row: Row, rng: random.Random) -> Row | None:
    """The question with a word turned into its opposite that the answer's sentence lacks."""
    near = set(tokens(_answer_sentence(row)))
    hits = [
        hit
        for hit in re.finditer(r"[A-Za-z]+", row.question)
        if OPPOSITE.get(hit.group().lower(), "") and OPPOSITE[hit.group().lower()] not in near
    ]
    if not hits:
        return None
    hit = rng.choice(hits)
    asked = row.question[: hit.start()] + OPPOSITE[hit.group().lower()] + row.question[hit.end() :]
    return row.without_answer("opposed", question=asked)


def negated(row: Row, rng: random.Random) -> Row | None:
    """The question with a "not" or "never" behind its auxiliary."""
    hits = list(_AUXILIARY.finditer(row.question))
    if not hits or re.search(r"\b(?:not|never|no)\b|n't", row.question):
        return None
    hit = hits[0]
    rest = row.question[hit.end() :]
    if hit.group() != "did" or rng.random() < 0.5:
        return row.without_answer(
            "negated", question=f"{row.question[: hit.start()]}{hit.group()}n't{rest}"
        )
    at = re.search(r"(?: \w+){1,2}", rest)
    cut = hit.end() + (at.end() if at else 0)
    return row.without_answer("negated", question=f"{row.question[:cut]} never{row.question[cut:]}")


def negatives(row: Row, passages: Sequence[str], rng: random.Random) -> Iterator[Row]:
    """All rows without an answer that can be made of an answerable one.

    ``passages`` are those of the same article, which names and other passages are taken from.
    """
    made = [removed(row), swapped(row, passages, rng), opposed(row, rng)]
    if rng.random() < 0.3:
        made.append(negated(row, rng))
    if len(passages) > 3:
        made.append(other_passage(row, passages, rng))
    yield from (one for one in made if one)
