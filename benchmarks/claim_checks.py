"""How often the checks flag true claims, and how often altered ones, on real questions over news.

Reads the rows of newsqa-raw, newsqa-cotaeval, multirc-news and realtimeqa-gold (JSON lines with
``article_text``, ``question``, and answers or evidence with offsets). From the sentences that hold
the gold answer it makes true claims by rules: the sentence itself, the question's words with the
answer, the sentence shortened, reordered, with its figures written in another way, with a name for
its pronoun. From the same it makes false ones by altering one thing. The rules are this file's own
and share no code with the checks. Articles are split by their hash into a half that the checks may
be tuned on and one that is held out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from newsqa.article import Article
from newsqa.checking import check_claim
from newsqa.checks import ClaimContext

SETS = ("newsqa-raw", "newsqa-cotaeval", "multirc-news", "realtimeqa-gold")

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy"}
_STRANGERS = "Telmarsson Okwudili Brandvold Quintreau Zelenkova Marrable Hastrup Vuković".split()
_FIGURE = re.compile(
    r"(?<![\w.,:/-])\d[\d,]*(?:\.\d+)?(?![\d:/])|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|hundreds?|thousands?|million|billion|half|dozens?|third|fourth|fifth)\b"
)
_DATE = re.compile(
    rf"\b(?:{'|'.join(_DAYS)})\b|\b(?:{'|'.join(_MONTHS)})\b(?=\s\d|,?\s(?:in|at|on|the|when)\b|[.,])|\b(?:yesterday|tomorrow|tonight)\b"
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


@dataclass(frozen=True)
class Case:
    """A claim, what it cites, and how it was made."""

    kind: str
    claim: str
    context: ClaimContext
    original: str = ""


def rows_of(folder: Path) -> Iterator[dict[str, Any]]:
    """The usable rows of all sets: answerable, and with one place for the answer."""
    for name in SETS:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["answerable"] and row.get("n_occurrences", 1) == 1:
                    yield row


def context_of(row: dict[str, Any], articles: dict[str, Article]) -> ClaimContext | None:
    """The sentences with the gold evidence, or with the first gold answer."""
    text = row["article_text"]
    if text not in articles:
        articles[text] = Article(
            text, title=row["article_title"], published_at=row["published_at"], language="en"
        )
    article = articles[text]
    gold = row.get("evidence") or row["answers"][:1]
    spans = [(s.start, s.end) for g in gold for s in article.sentences_in(g["start"], g["end"])]
    context = ClaimContext(article, tuple(dict.fromkeys(spans)), row["question"])
    return context if spans and len(context.evidence) < 1_500 else None


def is_held_out(text: str) -> bool:
    """Whether an article is in the half that nothing was tuned on."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


# True claims --------------------------------------------------------------------------------------


def true_claims(row: dict[str, Any], context: ClaimContext) -> Iterator[tuple[str, str]]:
    """Ways to say, truly, what the gold sentences say."""
    for sentence in context.sentences:
        said = " ".join(sentence.text.split())
        yield "the sentence itself", said
        for kind, rule in _RULES.items():
            told = rule(said)
            if told and told != said:
                yield kind, told
        named = with_name(said, context, sentence.number)
        if named:
            yield "a name for the pronoun", named
        dated = with_date(said, context)
        if dated:
            yield "the day resolved", dated
    for answer in row["answers"][:1]:
        sign = "$" if row["article_text"][: answer["start"]].endswith("$") else ""
        yield "question and gold span", statement(row["question"], sign + answer["text"])
    if not row["answers"]:
        for answer in row.get("reference_answers", [])[:1]:
            yield "question and annotator's words", statement(row["question"], answer)


def statement(question: str, answer: str) -> str:
    """A short statement with the question's words."""
    asked = question.strip().rstrip("?").strip()
    subject = re.match(
        r"(?i)(?:who|what)\s+(?=(?:is|was|are|were|has|had|will|[a-z]+ed|won)\b)", asked
    )
    answer = answer.strip().rstrip(".,;")
    if subject and not asked.lower().startswith(
        ("what is", "who is", "what was", "who was", "what are")
    ):
        return f"{answer} {asked[subject.end() :]}."
    return f"{asked}: {answer}."


def main_clause(said: str) -> str:
    """Without what follows a subordinating word behind a comma, and without brackets."""
    if '"' in said or "“" in said:
        return ""
    plain = re.sub(r"\s\([^()]*\)", "", said)
    cut = re.split(r", (?:who|which|where|while|after|as|with|but|although|when|because)\b", plain)[
        0
    ]
    return cut.rstrip(".") + "." if len(cut.split()) > 4 else plain


def first_half(said: str) -> str:
    """The first of two clauses joined by "and" or "but"."""
    cut = re.split(r", (?:and|but) (?=(?:he|she|it|they|the)\b)", said)[0]
    return cut.rstrip(".,") + "." if len(cut.split()) > 4 and cut.count('"') % 2 == 0 else ""


def reordered(said: str) -> str:
    """With an opening phrase put last: "In 2009, X did Y" is "X did Y in 2009"."""
    match = re.match(r"((?:In|On|At|After|Before|During|For|By)\b[^,\"“]+), ([^,\"“]+)\.$", said)
    if not match or match[2].count(" ") < 2:
        return ""
    return f"{match[2][0].upper()}{match[2][1:]} {match[1][0].lower()}{match[1][1:]}."


def in_words(said: str) -> str:
    """Small figures in words and the other way round, and other forms of the same units."""
    if '"' in said or "“" in said:
        return ""
    changed = re.sub(r"(?<![\w.,:/$£€-])(\d{1,2})(?= [a-z])(?! [ap]\.?m)", _spelled, said)
    if changed == said:
        pattern = rf"(?<!-)\b({'|'.join(_WORDS[2:])})(?= [a-z])"
        changed = re.sub(pattern, lambda m: str(_WORDS.index(m[1])), said)
    changed = re.sub(r"(\$\d[\d.]*) million\b", r"\1m", changed)
    changed = re.sub(r"(\d) percent\b", r"\1%", changed)
    return re.sub(r"(\d{1,3}),(\d{3})(?! million)(?=\s)", r"\1\2", changed)


def _spelled(match: re.Match[str]) -> str:
    number = int(match[1])
    if number < len(_WORDS):
        return _WORDS[number]
    ten = number // 10 * 10
    if ten not in _TENS:
        return match[1]
    return _TENS[ten] + (f"-{_WORDS[number % 10]}" if number % 10 else "")


def attributed(said: str) -> str:
    """With the speaker first: '"...", X said' is 'X said: "..."'."""
    match = re.match(r'["“]([^"“”]+),["”] ((?:[A-Z][\w.-]+ ?){1,3}) ?said\.$', said)
    return f"{match[2].strip()} said: “{match[1]}.”" if match else ""


_RULES: dict[str, Callable[[str], str]] = {
    "main clause": main_clause,
    "first clause": first_half,
    "reordered": reordered,
    "figures rewritten": in_words,
    "speaker first": attributed,
}


def with_name(said: str, context: ClaimContext, number: int) -> str:
    """With the speaker of the sentence before for "he" or "she", where there is only one."""
    if number < 2 or not re.match(r"(?:He|She) (?!and)", said):
        return ""
    before = context.article.sentences[number - 2].text
    names = set(re.findall(r"\b([A-Z][a-z]+) (?:said|says|told|added)\b", before))
    return f"{names.pop()}{said[said.index(' ') :]}" if len(names) == 1 else ""


def with_date(said: str, context: ClaimContext) -> str:
    """With the day of the last such weekday before publication, for a weekday of the past."""
    published = context.article.published_at
    found = [day for day in _DAYS if re.search(rf"\bon {day}\b", said)]
    if not published or len(found) != 1:
        return ""
    day = published - timedelta(days=(published.weekday() - _DAYS.index(found[0])) % 7)
    return said.replace(f"on {found[0]}", f"on {day.day} {_MONTHS[day.month - 1]} {day.year}")


# Altered claims -----------------------------------------------------------------------------------


def altered_claims(
    said: str, context: ClaimContext, draw: random.Random
) -> Iterator[tuple[str, str]]:
    """The sentence with one thing changed."""
    for kind, change in _CHANGES.items():
        changed = change(said, context, draw)
        if changed and changed != said:
            yield kind, changed


def other_figure(said: str, context: ClaimContext, draw: random.Random) -> str:
    """One number changed, one digit of it where it has digits."""
    dated = [m.span() for m in re.finditer(rf"(?:{'|'.join(_MONTHS)})\.? \d+|\d+ ?[ap]\.?m", said)]
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
    """Another unit, scale or currency for the same number."""
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
    """Another weekday, month, day of the month or hour."""
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
    for family in (_DAYS, _MONTHS, ["yesterday", "tomorrow", "tonight"]):
        if written in family:
            return draw.choice([other for other in family if other != written])
    swaps = {"last": "next", "next": "last"}
    return swaps[written.split()[0]] + written[4:]


def other_day(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Another day of a month: June 12 for June 13."""
    match = re.search(rf"(?:{'|'.join(_MONTHS)}) (\d{{1,2}})\b", said)
    if not match:
        return ""
    new = str(int(match[1]) % 28 + draw.randint(1, 2))
    return said[: match.start(1)] + new + said[match.end(1) :]


def _names_in(text: str) -> list[re.Match[str]]:
    """Capitalised words inside a sentence that are no weekday, month or title."""
    found = re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?=[\s,.'’])", text)
    return [m for m in found if m[0] not in (*_DAYS, *_MONTHS, "President", "Senator", "Minister")]


def stranger(said: str, context: ClaimContext, draw: random.Random) -> str:
    """A name that the article does not have, for one that it has."""
    found = _names_in(said)
    if not found:
        return ""
    match = draw.choice(found)
    return said[: match.start()] + draw.choice(_STRANGERS) + said[match.end() :]


def stranger_first(said: str, context: ClaimContext, draw: random.Random) -> str:
    """The same where the sentence begins with a name that says or does something."""
    match = re.match(r"[A-Z][a-z]{3,} (?=(?:said|says|was|is|has|told|will|had)\b)", said)
    if not match or match[0].strip().endswith("s"):
        return ""
    return f"{draw.choice(_STRANGERS)} {said[match.end() :]}"


def other_name(said: str, context: ClaimContext, draw: random.Random) -> str:
    """A name from elsewhere in the article, for another one."""
    found = _names_in(said)
    others = {m[0] for m in _names_in(context.article.text)}
    others = {name for name in others if name not in context.evidence + context.question}
    if not found or not others:
        return ""
    match = draw.choice(found)
    return said[: match.start()] + draw.choice(sorted(others)) + said[match.end() :]


def other_speaker(said: str, context: ClaimContext, draw: random.Random) -> str:
    """A speaker from elsewhere in the article, for the one who is named."""
    pattern = r"\b((?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}),? (?:said|says|told|added)\b"
    match = re.search(pattern, said)
    others = {m[1] for m in re.finditer(pattern, context.article.text)}
    others = {name for name in others if name.split()[-1] not in context.evidence}
    if not match or not others:
        return ""
    return said[: match.start(1)] + draw.choice(sorted(others)) + said[match.end(1) :]


def not_added(said: str, context: ClaimContext, draw: random.Random) -> str:
    """A "not" behind an auxiliary outside of quotation marks."""
    bare = re.sub(r"[\"“][^\"“”]*[\"”]?", lambda m: "\0" * len(m[0]), said)
    found = [m for m in _AUXILIARY.finditer(bare) if re.match(r" [a-z]", said[m.end() :])]
    if not found:
        return ""
    match = draw.choice(found)
    return f"{said[: match.end()]} not{said[match.end() :]}"


def not_dropped(said: str, context: ClaimContext, draw: random.Random) -> str:
    """Without its "not", "never" or "no"."""
    bare = re.sub(r"[\"“][^\"“”]*[\"”]?", lambda m: "\0" * len(m[0]), said)
    found = list(re.finditer(r" not\b|n't\b| never\b|\bno (?=[a-z])", bare))
    if not found:
        return ""
    match = draw.choice(found)
    return said[: match.start()] + said[match.end() :]


def opposite(said: str, context: ClaimContext, draw: random.Random) -> str:
    """One word of a pair of opposites for the other."""
    found = [m for m in re.finditer(r"[a-z]+", said) if m[0] in _OPPOSITES]
    if not found:
        return ""
    match = draw.choice(found)
    return said[: match.start()] + _OPPOSITES[match[0]] + said[match.end() :]


def misquoted(said: str, context: ClaimContext, draw: random.Random) -> str:
    """One word inside quotation marks left out, put in or replaced."""
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
    """Quotation marks around words that are the claim's own."""
    words = said.rstrip(".").split()
    if len(words) < 8 or '"' in said or "“" in said:
        return ""
    at = draw.randrange(len(words) - 5)
    quoted = " ".join([words[at], "indeed", *words[at + 1 : at + 4]])
    return f"The report put it as “{quoted}”."


_CHANGES: dict[str, Callable[[str, ClaimContext, random.Random], str]] = {
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


# Counting -----------------------------------------------------------------------------------------


def cases(folder: Path, seed: int) -> Iterator[tuple[bool, bool, Case]]:
    """All cases: whether held out, whether true, and the case; each claim once."""
    articles: dict[str, Article] = {}
    seen: set[tuple[str, str]] = set()
    draw = random.Random(seed)
    for row in rows_of(folder):
        context = context_of(row, articles)
        if context is None:
            continue
        held_out = is_held_out(row["article_text"])
        made = [(True, Case(kind, claim, context)) for kind, claim in true_claims(row, context)]
        for sentence in context.sentences:
            said = " ".join(sentence.text.split())
            changed = altered_claims(said, context, draw)
            made += [(False, Case(kind, claim, context, said)) for kind, claim in changed]
        for is_true, case in made:
            if (case.kind, case.claim) not in seen:
                seen.add((case.kind, case.claim))
                yield held_out, is_true, case


def report(folder: Path, seed: int, show: str) -> None:
    """Print both tables; ``show`` names a kind whose failures in the tuning half are printed."""
    counts: dict[tuple[bool, str], list[list[int]]] = defaultdict(lambda: [[0, 0, 0], [0, 0, 0]])
    checks: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows: set[tuple[str, str]] = set()
    spent = total = 0.0
    for held_out, is_true, case in cases(folder, seed):
        begin = perf_counter()
        findings = check_claim(case.claim, case.context).findings
        spent, total = spent + perf_counter() - begin, total + 1
        rows.add((case.context.article.sha256, case.context.question))
        # A year inside a date is the other check's.
        wanted = {case.kind.split(":")[0]}
        wanted |= {"dates"} if "figures" in wanted else set()
        right = any(finding.check in wanted for finding in findings)
        row = counts[is_true, case.kind][held_out]
        row[0] += 1
        row[1] += bool(findings)
        row[2] += right
        for check in {finding.check for finding in findings} if is_true else ():
            checks[check][held_out] += 1
        failed = findings if is_true else not right
        if show and not held_out and failed and show in case.kind:
            said = "; ".join(f"{f.check} {f}" for f in findings)
            print(f"- {case.kind} | {case.claim} | was: {case.original} | found: {said}")
    print(f"{len(rows)} rows, {total:.0f} claims, {1_000 * spent / total:.2f} ms a claim\n")
    _print_true(counts)
    for name, (tuned, held) in sorted(checks.items()):
        print(f"  flagged by {name}: {tuned} tuning, {held} held out")
    _print_altered(counts)


def _rate(part: int, whole: int) -> str:
    return f"{part:5}/{whole:<5}{100 * part / whole:6.1f}%" if whole else f"{'-':>18}"


def _print_true(counts: dict[tuple[bool, str], list[list[int]]]) -> None:
    print(f"{'true claims, flagged':34}{'tuning':>18}{'held out':>20}")
    both = [[0, 0], [0, 0]]
    for (is_true, kind), halves in sorted(counts.items()):
        if is_true:
            print(f"{kind:34}" + "  ".join(_rate(half[1], half[0]) for half in halves))
            for at, half in enumerate(halves):
                both[at][0] += half[1]
                both[at][1] += half[0]
    print(f"{'all':34}" + "  ".join(_rate(*half) for half in both))


def _print_altered(counts: dict[tuple[bool, str], list[list[int]]]) -> None:
    head = ("tuning", "held out", "any check, held out")
    print(f"\n{'altered claims, flagged':34}{head[0]:>18}{head[1]:>20}{head[2]:>22}")
    for (is_true, kind), (tuned, held) in sorted(counts.items()):
        if not is_true:
            rates = (_rate(tuned[2], tuned[0]), _rate(held[2], held[0]), _rate(held[1], held[0]))
            print(f"{kind:34}" + "  ".join(rates))


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("data", type=Path, help="the folder with the JSON lines")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", default="", help="a kind, or part of it, to print failures of")
    options = parser.parse_args()
    report(options.data, options.seed, options.show)


if __name__ == "__main__":
    main()
