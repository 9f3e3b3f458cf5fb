"""True claims for the benchmark: rules that reword the sentences with the gold answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from benchmarks.claim_words import DAYS, MONTHS
from newsqa.article import Article
from newsqa.checks import ClaimContext

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy"}
_TITLE = r"(?:President|Sen\.|Senator|Gov\.|Governor|Judge|Mayor|Dr\.|Rep\.|Prime Minister|Sgt\.|Gen\.|Mr\.|Mrs\.|Ms\.)"
_COUNTRIES = {
    "Iraqi": "Iraq",
    "Iranian": "Iran",
    "Israeli": "Israel",
    "Pakistani": "Pakistan",
    "British": "Britain",
    "French": "France",
    "German": "Germany",
    "Chinese": "China",
    "Japanese": "Japan",
    "Russian": "Russia",
    "Turkish": "Turkey",
    "Italian": "Italy",
    "Spanish": "Spain",
    "Brazilian": "Brazil",
    "Mexican": "Mexico",
    "Indian": "India",
    "Egyptian": "Egypt",
    "Afghan": "Afghanistan",
    "Libyan": "Libya",
    "Malaysian": "Malaysia",
}
COPIED = "the sentence itself"
"""The kind of a claim that copies its sentence."""

_NAME = r"(?:[A-Z][a-z]+ ){1,3}"


def true_claims(row: dict[str, Any], context: ClaimContext) -> Iterator[tuple[str, str]]:
    """Yield true rewordings of the gold sentences."""
    for sentence in context.sentences:
        said = " ".join(sentence.text.split())
        yield COPIED, said
        for kind, rule in _RULES.items():
            told = rule(said)
            if told and told != said:
                yield kind, told
        for kind, in_article in _RULES_IN_ARTICLE.items():
            told = in_article(said, context, sentence.number)
            if told and told != said:
                yield kind, told
    for answer in row["answers"][:1]:
        sign = "$" if row["article_text"][: answer["start"]].endswith("$") else ""
        yield "question and gold span", statement(row["question"], sign + answer["text"])
    if not row["answers"]:
        for answer in row.get("reference_answers", [])[:1]:
            claim = statement(row["question"], answer)
            if _shares_word_stem(context.evidence, claim):
                yield "question and annotator's words", claim


def _shares_word_stem(evidence: str, claim: str) -> bool:
    """Return whether two texts share a word of at least four letters, or its beginning.

    One annotator's evidence for a question about the dead are sentences about the missing and the
    rescued: the claim may be true, but its citations do not support it.
    """
    ours, theirs = (
        {word[:5] for word in re.findall(r"[a-z]{4,}", text.casefold())}
        for text in (claim, evidence)
    )
    return not ours.isdisjoint(theirs - {"what", "were", "have", "with", "that", "this", "from"})


def statement(question: str, answer: str) -> str:
    """Make a short statement with the question's words."""
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
    """Remove brackets, and what follows a comma and a subordinating word."""
    if '"' in said or "“" in said:
        return ""
    plain = re.sub(r"\s\([^()]*\)", "", said)
    cut = re.split(r", (?:who|which|where|while|after|as|with|but|although|when|because)\b", plain)[
        0
    ]
    return cut.rstrip(".") + "." if len(cut.split()) > 4 else plain


def first_half(said: str) -> str:
    """Keep the first of two clauses joined by "and" or "but"."""
    cut = re.split(r", (?:and|but) (?=(?:he|she|it|they|the)\b)", said)[0]
    return cut.rstrip(".,") + "." if len(cut.split()) > 4 and cut.count('"') % 2 == 0 else ""


def reordered(said: str) -> str:
    """Move the opening phrase to the end: "In 2009, X did Y" is "X did Y in 2009"."""
    match = re.match(r"((?:In|On|At|After|Before|During|For|By)\b[^,\"“]+), ([^,\"“]+)\.$", said)
    if not match or match[2].count(" ") < 2:
        return ""
    return f"{match[2][0].upper()}{match[2][1:]} {match[1][0].lower()}{match[1][1:]}."


def in_words(said: str) -> str:
    """Write small figures in words or the reverse, and units in another form."""
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
    """Move the speaker to the front: '"...", X said' is 'X said: "..."'."""
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
    """Replace "he" or "she" with the only speaker of the sentence before."""
    if number < 2 or not re.match(r"(?:He|She) (?!and)", said):
        return ""
    before = context.article.sentences[number - 2].text
    names = set(re.findall(r"\b([A-Z][a-z]+) (?:said|says|told|added)\b", before))
    return f"{names.pop()}{said[said.index(' ') :]}" if len(names) == 1 else ""


def with_date(said: str, context: ClaimContext, number: int) -> str:
    """Replace a past weekday with the date of the last such day before publication."""
    published = context.article.published_at
    found = [day for day in DAYS if re.search(rf"\bon {day}\b", said)]
    if not published or len(found) != 1:
        return ""
    day = published - timedelta(days=(published.weekday() - DAYS.index(found[0])) % 7)
    return said.replace(f"on {found[0]}", f"on {day.day} {MONTHS[day.month - 1]} {day.year}")


def with_subject(said: str, context: ClaimContext, number: int) -> str:
    """Replace "he" or "she" with the subject of one of the two sentences before."""
    text = context.article.text
    pronoun = re.match(r"(?:He|She) (?!and)", said)
    for before in reversed(context.article.sentences[max(number - 3, 0) : number - 1]):
        if not pronoun:
            break
        if before.text.startswith(pronoun[0]):
            continue
        verb = r"(?:said|says|told|was|is|has|had|will|[a-z]+ed)\b"
        subject = re.match(rf"({_NAME})(?={verb})", before.text)
        if not subject or not re.search(rf"[a-z,] {subject[1]}", text):
            break
        others = re.findall(r"\b[A-Z][a-z]+", before.text[subject.end() :])
        if any(re.search(rf"\b{other},? (?:who|{verb})", text) for other in others):
            break  # it may be the other one
        return f"{subject[1]}{said[pronoun.end() :]}"
    return ""


def with_first_name(said: str, context: ClaimContext, number: int) -> str:
    """Add the first name that the article has for a single last name."""
    text = context.article.text
    for match in re.finditer(r"\b([A-Z][a-z]{2,})(?= [a-z]|'s|[,.])", said):
        before = said[: match.start()].split()[-1:]
        firsts = set(re.findall(rf"\b([A-Z][a-z]+) {match[1]}\b", text))
        is_alone = not before or (before[0][0].islower() and said[match.start() - 1] == " ")
        if not is_alone or len(firsts) != 1 or match[1].casefold() in text:
            continue
        first = firsts.pop()
        name = rf"\b{first} {match[1]},? (?:said|told|says|was|is|has|who|\d)"
        if first.casefold() not in text and re.search(name, text):
            return f"{said[: match.start()]}{first} {said[match.start() :]}"
    return ""


def with_initials(said: str, context: ClaimContext, number: int) -> str:
    """Replace a name with its initials or the reverse, if the article has both."""
    pattern = r"((?:[A-Z][\w'-]+ (?:(?:of|for|and|the|on) )*){2,6})\(([A-Z]{2,6})\)"
    for match in re.finditer(pattern, context.article.text):
        name, short = match[1].strip(), match[2]
        if "".join(re.findall(r"\b[A-Z]", name)) != short or match[0] in said:
            continue
        if name in said:
            return said.replace(name, short, 1)
        if re.search(rf"\b{short}\b", said):
            return re.sub(rf"\b{short}\b", name, said, count=1)
    return ""


_RULES_IN_ARTICLE: dict[str, Callable[[str, ClaimContext, int], str]] = {
    "a name for the pronoun": with_name,
    "the day resolved": with_date,
}


def of_country(said: str) -> str:
    """Replace an adjective with its country: "Turkey's government" for "the Turkish government"."""
    pattern = rf"\b[Tt]he ({'|'.join(_COUNTRIES)}) (?=(?:government|president|military|army|police|parliament)\b)"
    return re.sub(pattern, lambda m: f"{_COUNTRIES[m[1]]}'s ", said, count=1)


def without_title(said: str) -> str:
    """Remove the title of somebody with a first name."""
    return re.sub(rf"\b{_TITLE} (?=[A-Z][a-z]+ [A-Z][a-z]+\b)", "", said, count=1)


_RULES_ANYWHERE: dict[str, Callable[[str, ClaimContext, int], str]] = {
    "a country for its adjective": lambda said, context, number: of_country(said),
    "a first name": with_first_name,
    "a subject for the pronoun": with_subject,
    "a title left out": lambda said, context, number: without_title(said),
    "initials or the name": with_initials,
}
LATER_KINDS = frozenset(_RULES_ANYWHERE)
"""Kinds that are counted separately, because earlier measurements did not include them."""


def true_claims_anywhere(article: Article) -> Iterator[tuple[str, str, ClaimContext]]:
    """Yield one claim for each rarely applicable rule, from the first sentence that allows it."""
    for kind, rule in _RULES_ANYWHERE.items():
        for sentence in article.sentences:
            context = ClaimContext(article, ((sentence.start, sentence.end),))
            said = " ".join(sentence.text.split())
            told = "" if re.search('["“”]', said) else rule(said, context, sentence.number)
            if told and told != said:
                yield kind, told, context
                break
