"""Foreign names: those in a claim that the article does not have at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from newsqa.checks.names.evidence import NO_NAMES, KnownNames, Run

_FOREIGN = regex.compile(r"[\p{L}\p{M}--[\p{Latin}\p{Common}\p{Inherited}]]{2,}", regex.V1)
COMMON = regex.compile(
    r".*(?:s|ing|ed|ly|tion|sion|ment|ness|ity|ance|ence|age|ism|ship|ure|hood|al|ful|ive|ous|ary|er|or|ist|th)"
    r"|people|police|men|women|children|it|they|he|she|there|here|both|half|one|two|three|four|five|six|ten"
    r"|more|most|much|many|no|not|nobody|none|some|someone|yes|so|but|yet|because|since|while|when|where|what"
    r"|who|how|why|an?|the|in|on|at|by|to|of|for|from|with|if|as|or|and|nor|even|only|you|we|my|your|our|their"
    r"|her|him|former|about|around|after|under|over|up|all|every|each|another|any|such|that|just|also|then|than"
    r"|staff|crew|work|food|oil|gas|water|snow|rain|fire|heat|health|research|school|home|life|death|money|power"
    r"|young|old|new|late|top|chief|fellow|star|now|soon|later|once|today|voter turnout|public|nearly|almost"
    r"|though|although|meanwhile|however|despite|perhaps|maybe|instead|still|again|during|between|among|against"
    r"|before|until|unless|whether|like|unlike|near|within|without|these|those|this|yesterday|tomorrow|then",
    regex.IGNORECASE,
)
"""What may begin a sentence and be no name, though the article has no such word."""

_NEXT = regex.compile(r"[\s,]+(\p{L}+)")
_ACTS = frozenset(
    "said says was is has had will would told won wrote did does made became took went came added "
    "called died announced played asked wants and".split()
)

Place = tuple[int, int, str]


def foreign_names(claim: str, runs: Sequence[Run], known: KnownNames) -> Iterator[Place]:
    """Each word of the claim's names, and each stretch in another script, that is not the article's."""
    reason = "the article does not have this name"
    for run in runs:
        if known.is_told(run, known.text):
            continue
        for at, word in enumerate(run):
            if word.plain in NO_NAMES or known.has(word.plain, known.words):
                continue
            if known.spells_out(word, known.text):
                continue
            if not word.is_first or _is_name(claim, run, at, known):
                yield word.start, word.end, reason
    for match in _FOREIGN.finditer(claim):
        if not known.context.article.locate(match[0]).candidates and match[0] not in known.text:
            yield match.start(), match.end(), reason


def _is_name(claim: str, run: Run, at: int, known: KnownNames) -> bool:
    """Whether the first word of a sentence, which the article lacks, is a name all the same."""
    word = run[at]
    if len(run) > at + 1:
        # "John Okafor" is one if the article calls Okafor Ada; "Striker Okafor" is not.
        following = run[at + 1].plain
        return not COMMON.fullmatch(word.plain) and following in _surnames(known)
    if word.text.endswith(("'s", "’s")):
        return not COMMON.fullmatch(word.plain)
    behind = _NEXT.match(claim, word.end)
    act = behind[1] if behind else ""
    if act in _ACTS:
        # Parker and Taylor are names; a doctor would not begin a sentence without "a".
        return not COMMON.fullmatch(word.plain) or word.plain.endswith(("er", "or"))
    return act.endswith("ed") and not COMMON.fullmatch(word.plain)


def _surnames(known: KnownNames) -> frozenset[str]:
    return frozenset(right.plain for run in known.runs for right in run[1:])
