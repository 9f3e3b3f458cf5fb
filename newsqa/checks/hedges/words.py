"""Hedge words: how an English text says that something is not, or not yet, a plain fact."""

from __future__ import annotations

import regex

REPORTED = regex.compile(
    r"\b(?:reportedly|allegedly|apparently|presumably|supposedly|purportedly|alleged|suspected|purported"
    r"|rumou?red(?:\s+to)?|unconfirmed|(?:believ|thought|suspect|said|report|alleg|understood)(?:ed)?\s+to)"
    r"(?![\p{L}])",
    regex.IGNORECASE,
)
"""What others report or suspect of the word behind it."""

POSSIBLE = regex.compile(
    r"\b(?:possibly|perhaps|probably|(?-i:may|might)(?!\s+not)|could(?!\s+not)|likely\s+to"
    r"|(?:consider|contemplat|weigh|mull|discuss)ing(?:\s+whether\s+to)?"
    r"|(?:expect|plann?|hop|aim|intend|propos|threaten|attempt|try|tri)(?:s|ed|es|ing|e)?\s+to)(?![\p{L}])",
    regex.IGNORECASE,
)
"""What makes the word behind it a possibility, a plan or an attempt."""

CLAIMED = regex.compile(
    r"\b(?:alleg(?:es?|ed|ing)(?:\s+that)?|claim(?:s|ed|ing)?\s+that|says?\s+that\s+(?:s?he|they)"
    r"|(?:reports?|rumou?rs?|allegations?|suggestions?|suspicions?|speculation|claims?)\s+that)(?![\p{L}])",
    regex.IGNORECASE,
)
"""What makes the clause behind it somebody's word, and only that."""

OPEN = regex.compile(r"\bwhether(?!\s+to\b)(?![\p{L}])", regex.IGNORECASE)
"""What leaves the clause behind it open."""

NOT_RULED_OUT = regex.compile(
    r"\b(?:not|never|n['’]t|refused\s+to|declined\s+to)\s+(?:be(?:en)?\s+)?rul\w+\s+out\b",
    regex.IGNORECASE,
)
"""What leaves something possible, before or behind it."""

WILL = regex.compile(
    r"\b(?:(?-i:will)(?!\s+not)|(?:is|are)\s+going\s+to|(?:is|are)\s+certain\s+to)\b",
    regex.IGNORECASE,
)
"""What makes a fact of the future."""

ATTRIBUTIONS = regex.compile(
    r"\b(?:according|said|says?|saying|told|tells|report\w*|claim\w*|accus\w*|charg(?:es|ed)|announced|alleg\w*"
    r"|warn(?:s|ed)|fear(?:s|ed)|suggest\w*)\b",
    regex.IGNORECASE,
)
"""Whatever hands on what somebody says."""

DOUBTS = regex.compile(
    r"\b(?:may|might|could|would|can|if|whether|apparent\w*|possib\w*|perhaps|probab\w*|presum\w*|reportedly"
    r"|(?:said|reported|understood)(?=\s+to)|alleg\w*|suppos\w*|purport\w*|suspect\w*|rumou?r\w*|likely|consider\w*|contemplat\w*"
    r"|weigh\w*|mull\w*|discuss\w*|expect\w*|plans?|planned|planning|hop(?:es?|ed|ing)|aim\w*|intend\w*|propos\w*"
    r"|threat\w*|believ\w*|thought|thinks?|attempt\w*|tri(?:es|ed)|trying|seek\w*|wants?|wanted|unconfirmed"
    r"|unclear|potential\w*|predict\w*|forecast\w*|estimat\w*|seem\w*|appear\w*|about to|set to|due to"
    r"|scheduled|ruled? out|ruling out|question\s+of|chance)\b",
    regex.IGNORECASE,
)
"""Any sign that a claim does not state plain fact of its own."""
