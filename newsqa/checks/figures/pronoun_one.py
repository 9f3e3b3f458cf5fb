"""The pronoun "one": English, as in "rather than rejecting one", which counts nothing."""

from __future__ import annotations

import regex

_LINKS = (
    # prepositions
    "about|above|across|after|against|along|among|around|as|at|before|behind|below|beside|besides|between|"
    "beyond|by|despite|during|except|for|from|in|inside|into|near|of|off|on|onto|outside|over|per|since|than|"
    "through|throughout|till|to|toward|towards|under|until|unlike|up|upon|via|with|within|without|"
    # conjunctions and relatives
    "although|and|because|but|if|nor|or|so|that|though|unless|when|where|whereas|which|while|who|whom|whose|"
    # verbs
    "am|are|be|been|being|can|cannot|could|did|do|does|had|has|have|is|may|might|must|shall|should|was|were|"
    "will|would|became|began|brought|built|came|found|gave|got|held|left|lost|made|ran|said|says|saw|sold|"
    "told|took|went|won|"
    # adverbs
    "again|ago|ahead|already|also|altogether|always|anyway|away|back|down|either|else|even|ever|here|however|"
    "instead|later|never|not|now|nowhere|often|once|out|rather|somewhere|soon|still|then|there|today|together|"
    "tomorrow|tonight|too|twice|yesterday|yet|"
    # pronouns and articles
    "he|her|his|i|it|its|my|our|she|the|their|they|this|those|we|you|your"
)
_TIME = (
    r"(?:next|last|this|each|every)\s(?:spring|summer|autumn|fall|winter|week(?:end)?|month|year|day|"
    r"morning|afternoon|evening|night|season|time|\p{L}+day|(?-i:\p{Lu}\p{Ll}+))"
)
_END = r"\s*(?:$|[.,;:!?…)\]”\"’'—]|[–\-]{1,2}\s)"
_LY_NOUN = (
    r"(?:famil|assemb|supp|rep|al|f|ral|tal|bul|bel|anoma|monopo|week|dai|month|quarter|year)ly\b"
)
_NUMBER = r"\s(?:and|or|to)\s(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\s(?:half|quarter))"
_PRONOUN = regex.compile(
    rf"one\b(?!['’]s|{_NUMBER}\b)"
    rf"(?:{_END}|\s(?:(?:{_LINKS})\b|{_TIME}\b"
    # "one quickly.", "one injured in": not "one fully grown tree", "one injured man"
    rf"|(?!{_LY_NOUN})(?:\p{{L}}+ly|\p{{L}}{{2,}}[^\W\de]ed)\b(?:{_END}|\s(?:{_LINKS})\b)))",
    regex.IGNORECASE,
)


def is_pronoun_one(claim: str, start: int, end: int) -> bool:
    """Whether a number is the word "one" with nothing behind it that it could count.

    Behind it come the end, a mark, a preposition, a conjunction, an adverb or a verb.
    """
    is_one = claim[start:end].casefold() == "one"
    return is_one and bool(_PRONOUN.match(claim, start))
