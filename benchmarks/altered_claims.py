"""Altered claims for the benchmark: a sentence or a true claim with one change that makes it false."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from benchmarks.claim_words import DAYS, MONTHS
from newsqa.checks import ClaimContext

Change = Callable[[str, ClaimContext, random.Random], str]

_STRANGERS = "Telmarsson Okwudili Brandvold Quintreau Zelenkova Marrable Hastrup Vuković".split()
_FIGURE = re.compile(
    r"(?<![\w.,:/-])\d[\d,]*(?:\.\d+)?(?![\d:/])|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|hundreds?|thousands?|million|billion|half|dozens?|third|fourth|fifth)\b"
)
_DATE = re.compile(
    rf"\b(?:{'|'.join(DAYS)})\b|\b(?:{'|'.join(MONTHS)})\b(?=\s\d|,?\s(?:in|at|on|the|when)\b|[.,])|\b(?:yesterday|tomorrow|tonight)\b"
    r"|\b(?:last|next) (?:week|month|year)\b|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b"
)
_AUXILIARY = re.compile(
    r"\b(?:is|was|are|were|will|can|could|has|have|had|would|should|did|does)\b(?! not)"
)
_QUOTED = re.compile(r"(?<![^\s(])[\"“](?=\S)([^\"“”]{12,}?)(?<=\S)[\"”]")
_OPPOSITES = dict(
    pair.split("/")
    for pair in "rose/fell fell/rose won/lost lost/won increased/decreased approved/rejected accepted/rejected "
    "opened/closed began/ended more/less highest/lowest largest/smallest supported/opposed best/worst "
    "before/after after/before".split()
)


def altered_claims(
    said: str, context: ClaimContext, draw: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield variants of the sentence with one change."""
    yield from _altered(_CHANGES, said, context, draw)


def more_altered_claims(
    said: str, context: ClaimContext, draw: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield variants by later rules, separately so that the random draws of the first ones stay."""
    yield from _altered(_MORE_CHANGES, said, context, draw)


def reworded_claims(
    claim: str, context: ClaimContext, draw: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield variants of a true claim in its own words, with one change."""
    yield from _altered(_REWORDED_CHANGES, claim, context, draw)


def _altered(
    changes: dict[str, Change], said: str, context: ClaimContext, draw: random.Random
) -> Iterator[tuple[str, str]]:
    for kind, change in changes.items():
        changed = change(said, context, draw)
        if changed and changed != said:
            yield kind, changed


def other_figure(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Change one number, or one of its digits."""
    dated = [m.span() for m in re.finditer(rf"(?:{'|'.join(MONTHS)})\.? \d+|\d+ ?[ap]\.?m", said)]
    found = [m for m in _FIGURE.finditer(said) if not any(a <= m.start() < b for a, b in dated)]
    if not found:
        return ""
    match = draw.choice(found)
    new = _other_digits(match[0], draw) if match[0][0].isdigit() else _other_word(match[0], draw)
    return said[: match.start()] + new + said[match.end() :]


def _other_digits(written: str, draw: random.Random) -> str:
    at = draw.choice([n for n, character in enumerate(written) if character.isdigit()])
    wrong = [digit for digit in "123456789" if digit != written[at]]
    return written[:at] + draw.choice(wrong) + written[at + 1 :]


def _other_word(word: str, draw: random.Random) -> str:
    families = (
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty",
        "hundred thousand million billion dozen",
        "hundreds thousands dozens",
        "half third",
        "fourth fifth third",
    )
    family = next(f.split() for f in families if word in f.split())
    return draw.choice([other for other in family if other != word])


def other_unit(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Give a number another unit, scale or currency."""
    swaps = {
        r"(?<=\d)\s?(?:percent|%)": " million",
        r"(?<=\d )million\b": "billion",
        r"(?<=\d )billion\b": "million",
        r"\$(?=\d)": "£",
        r"(?<=\d )miles\b": "kilometers",
        r"(?<=\d )feet\b": "meters",
        r"(?<=\d )years\b": "months",
        r"(?<=\d )days\b": "weeks",
        r"(?<=\d )hours\b": "days",
        r"(?<=\d )months\b": "years",
    }
    usable = [(old, new) for old, new in swaps.items() if re.search(old, said)]
    if not usable:
        return ""
    old, new = draw.choice(usable)
    return re.sub(old, new, said, count=1)


def other_date(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Change a weekday, month, day of the month or hour."""
    found = list(_DATE.finditer(said))
    if not found:
        return ""
    match = draw.choice(found)
    return said[: match.start()] + _other_date(match[0], draw) + said[match.end() :]


def _other_date(written: str, draw: random.Random) -> str:
    if written[0].isdigit():
        hour = re.match(r"\d+", written)
        assert hour
        return f"{int(hour[0]) % 12 + 1}{written[hour.end() :]}"
    for family in (DAYS, MONTHS, ["yesterday", "tomorrow", "tonight"]):
        if written in family:
            return draw.choice([other for other in family if other != written])
    swaps = {"last": "next", "next": "last"}
    return swaps[written.split()[0]] + written[4:]


def other_day(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Change the day of a month, such as June 13 to June 12."""
    match = re.search(rf"(?:{'|'.join(MONTHS)}) (\d{{1,2}})\b", said)
    if not match:
        return ""
    new = str(int(match[1]) % 28 + draw.randint(1, 2))
    return said[: match.start(1)] + new + said[match.end(1) :]


def _names_in(text: str) -> list[re.Match[str]]:
    """Return capitalized words inside a sentence, except weekdays, months and titles."""
    found = re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?=[\s,.'’])", text)
    return [m for m in found if m[0] not in (*DAYS, *MONTHS, "President", "Senator", "Minister")]


def stranger(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Replace a name with one that the article does not have."""
    found = _names_in(said)
    if not found:
        return ""
    match = draw.choice(found)
    return said[: match.start()] + draw.choice(_STRANGERS) + said[match.end() :]


def stranger_first(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Replace the name that a sentence begins with by one that the article does not have."""
    match = re.match(r"[A-Z][a-z]{3,} (?=(?:said|says|was|is|has|told|will|had)\b)", said)
    if not match or match[0].strip().endswith("s"):
        return ""
    return f"{draw.choice(_STRANGERS)} {said[match.end() :]}"


def other_name(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Replace a name with another one of the article."""
    found = _names_in(said)
    others = {m[0] for m in _names_in(context.article.text)}
    others = {name for name in others if name not in context.evidence + context.question}
    if not found or not others:
        return ""
    match = draw.choice(found)
    return said[: match.start()] + draw.choice(sorted(others)) + said[match.end() :]


def other_speaker(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Replace the speaker with another one of the article."""
    pattern = r"\b((?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}),? (?:said|says|told|added)\b"
    match = re.search(pattern, said)
    others = {m[1] for m in re.finditer(pattern, context.article.text)}
    others = {name for name in others if name.split()[-1] not in context.evidence}
    if not match or not others:
        return ""
    return said[: match.start(1)] + draw.choice(sorted(others)) + said[match.end(1) :]


def not_added(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Add "not" after an auxiliary outside quotation marks."""
    bare = re.sub(r"[\"“][^\"“”]*[\"”]?", lambda m: "\0" * len(m[0]), said)
    found = [m for m in _AUXILIARY.finditer(bare) if re.match(r" [a-z]", said[m.end() :])]
    if not found:
        return ""
    match = draw.choice(found)
    return f"{said[: match.end()]} not{said[match.end() :]}"


def not_dropped(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Remove "not", "never" or "no"."""
    bare = re.sub(r"[\"“][^\"“”]*[\"”]?", lambda m: "\0" * len(m[0]), said)
    found = list(re.finditer(r" not\b|n't\b| never\b|\bno (?=[a-z])", bare))
    if not found:
        return ""
    match = draw.choice(found)
    return said[: match.start()] + said[match.end() :]


def opposite(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Replace a word with its opposite."""
    found = [m for m in re.finditer(r"[a-z]+", said) if m[0] in _OPPOSITES]
    if not found:
        return ""
    match = draw.choice(found)
    return said[: match.start()] + _OPPOSITES[match[0]] + said[match.end() :]


def misquoted(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Remove, add or replace a word inside quotation marks."""
    found = list(_QUOTED.finditer(said))
    if not found:
        return ""
    match = draw.choice(found)
    words = match[1].split(" ")
    at = draw.randrange(1, len(words)) if len(words) > 1 else 0
    how = draw.choice(["drop", "add", "replace"])
    new = {"drop": [], "add": ["really", words[at]], "replace": ["somewhat"]}[how]
    if not new and at == len(words) - 1:
        new = ["somewhat"]  # a quotation may end early and be verbatim still
    quoted = " ".join([*words[:at], *new, *words[at + 1 :]])
    return said[: match.start(1)] + quoted + said[match.end(1) :]


def made_up(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Put quotation marks around the claim's own words."""
    words = said.rstrip(".").split()
    if len(words) < 8 or '"' in said or "“" in said:
        return ""
    at = draw.randrange(len(words) - 5)
    quoted = " ".join([words[at], "indeed", *words[at + 1 : at + 4]])
    return f"The report put it as “{quoted}”."


def exchanged(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Swap the speaker and another name of the same sentence."""
    speaker = re.search(r"\b([A-Z][a-z]{2,}),? (?:said|says|told|added)\b", said)
    others = [
        m
        for m in _names_in(said)
        if speaker and speaker[1] not in said[m.start() - 12 : m.end() + 12]
    ]
    if not speaker or not others:
        return ""
    first, last = sorted([speaker.span(1), draw.choice(others).span()])
    between = said[first[1] : last[0]]
    return f"{said[: first[0]]}{said[slice(*last)]}{between}{said[slice(*first)]}{said[last[1] :]}"


def other_subject(claim: str, context: ClaimContext, draw: random.Random) -> str:
    """Replace the name that a claim has for "he" or "she" with a speaker from farther away."""
    subject = re.match(r"(?:[A-Z][a-z]+ )+", claim)
    pronoun = re.match(r"(?:He|She) ", context.evidence)
    if not subject or not pronoun or claim[subject.end() :] not in context.evidence:
        return ""
    near = "\n".join(s.text for s in context.before(3)) + context.evidence
    pattern = r"\b([A-Z][a-z]{2,}),? (?:said|says|told|added)\b"
    others = {m[1] for m in re.finditer(pattern, context.article.text)}
    others = {name for name in others - {*DAYS} if name not in near + (context.article.title or "")}
    if not others:
        return ""
    return f"{draw.choice(sorted(others))} {claim[subject.end() :]}"


def unhedged(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Remove the hedge."""
    changes = (
        (r"\b(?:allegedly|reportedly|apparently|possibly|probably|perhaps) ", ""),
        (r"\b(is|are|was|were) (?:expected|believed|thought|alleged|likely) to be\b", r"\1"),
        (r"\b(?:may|might|could) be\b", "is"),
        (r"\b(?:may|might|could) (?=[a-z])", "will "),
    )
    told = (re.sub(old, new, said, count=1) for old, new in changes)
    return next((claim for claim in told if claim != said), "")


_CHANGES: dict[str, Change] = {
    "figures: number": other_figure,
    "figures: unit or scale": other_unit,
    "quotations: misquoted": misquoted,
    "quotations: made up": made_up,
    "dates: word or hour": other_date,
    "dates: day of a month": other_day,
    "names: a stranger": stranger,
    "names: a stranger, first": stranger_first,
    "names: another of the article": other_name,
    "names: another speaker": other_speaker,
    "negation: added": not_added,
    "negation: dropped": not_dropped,
    "negation: opposite": opposite,
}

_MORE_CHANGES: dict[str, Change] = {
    "names: two exchanged": exchanged,
    "hedges: left out": unhedged,
}

_REWORDED_CHANGES: dict[str, Change] = {
    "names: another, not copied": other_name,
    "names: another for a pronoun": other_subject,
}
