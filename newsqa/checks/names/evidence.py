"""Known names: the names that the article has, and those that a claim may use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from newsqa.checks import ClaimContext
from newsqa.languages import language
from newsqa.languages.spelling import any_of, by_small_form
from newsqa.text.analysis import AnalyzedText
from newsqa.text.names import TITLES, Mention, NameWord, are_forms, join_at_and, other_forms

NEAR_SENTENCES = 3
"""Sentences before a cited one that may have the name that it leaves to a pronoun."""

LEAD_SENTENCES = 2
"""Sentences at the beginning of an article, which name whom it is about."""

_CALENDAR = language("en").calendar

NOT_NAMES = frozenset(
    {
        *by_small_form(_CALENDAR.months),
        *by_small_form(_CALENDAR.weekdays),
        *by_small_form(_CALENDAR.weekdays_short),
        *language("en").names.not_names,
    }
)
"""Capitalised words that do not name anybody."""

COMMON = regex.compile(
    r".*(?:s|ing|ed|ly|tion|sion|ment|ness|ity|ance|ence|age|ism|ship|ure|hood|al|ful|ive|ous|ary|er|or|ist|th)|"
    + any_of(language("en").names.openers),
    regex.IGNORECASE,
)
"""Words that begin sentences and are not names, though the article may lack them."""

_INITIALS = regex.compile(r"\b\p{Lu}{3,8}\b")


@dataclass(frozen=True)
class KnownNames:
    """The names of an article, by where a claim may take them from."""

    context: ClaimContext

    @cached_property
    def article(self) -> AnalyzedText:
        """Everything that may name somebody: the article, its title, source and author, the question."""
        article = self.context.article
        more = (article.title, self.context.question, article.source, article.author)
        return _analyzed("\n".join((article.text, *(part for part in more if part))))

    @cached_property
    def evidence(self) -> AnalyzedText:
        """The cited sentences."""
        return self.context.analyze(self.context.evidence)

    @cached_property
    def basis(self) -> AnalyzedText:
        """The cited sentences, the title and the question."""
        return self.context.analyze(self.context.basis)

    @cached_property
    def near(self) -> AnalyzedText:
        """The basis, the lead, and the sentences before each cited one."""
        lead = self.context.article.lead(LEAD_SENTENCES)
        before = (s.text for s in (*lead, *self.context.before(NEAR_SENTENCES)))
        return self.context.analyze("\n".join((*before, self.context.basis)))

    @cached_property
    def abbreviated(self) -> frozenset[str]:
        """The words of the article's names whose initials are in the basis."""
        initials = {match[0].casefold() for match in _INITIALS.finditer(self.basis.text)}
        words: set[str] = set()
        text = _analyzed(self.context.article.text)
        for name in join_at_and(text.text, text.names) if initials else ():
            letters = "".join(word.key[:1] for word in name)
            spans = [(at, at + len(i)) for i in initials if (at := letters.find(i)) >= 0]
            words |= {word.key for start, end in spans for word in name[start:end]}
        return frozenset(words)

    @cached_property
    def mid_sentence(self) -> frozenset[str]:
        """The words with a capital inside a sentence, where it shows a name."""
        return _mid_sentence(self.article)

    def is_name(self, word: str) -> bool:
        """Return whether ``word`` is a name in the article: capitalised inside a sentence, or always."""
        return word in self.mid_sentence or (
            word in self.article.keys and word not in self.article.text
        )

    def has(self, word: str, words: frozenset[str]) -> bool:
        """Return whether ``word`` or another form of it is among ``words``."""
        if word in words or f"{word}s" in words or word.removesuffix("s") in words:
            return True
        return any(are_forms(word, other) for other in words if other[:2] == word[:2]) or any(
            form in words for form in other_forms(word)
        )

    def is_in_basis(self, word: NameWord) -> bool:
        """Return whether the basis has ``word``, its initials, or the name that it is initials of."""
        return self.is_in(word, self.basis)

    def is_in(self, word: NameWord, text: AnalyzedText) -> bool:
        """Return whether ``text`` has ``word`` or the name that it is initials of, or the basis its own."""
        return (
            self.has(word.key, text.keys)
            or self.spells_out(word, text)
            or word.key in self.abbreviated
        )

    def is_rephrased(self, name: Mention, text: AnalyzedText) -> bool:
        """Return whether ``text`` has the name in another way: its initials, or a synonym."""
        phrase = " ".join(word.key for word in name)
        if any(form in text.keys or f" {form} " in text.text for form in other_forms(phrase)):
            return True
        initials = "".join(word.key[:1] for word in name)
        return len(initials) > 2 and initials in text.keys and initials.upper() in text.text

    def spells_out(self, word: NameWord, text: AnalyzedText) -> bool:
        """Return whether ``text`` has the name of which ``word`` is the initials."""
        letters = word.text.replace(".", "")
        return len(letters) > 1 and letters.isupper() and word.key in text.initials

    def identifying_words(self, name: Mention, text: str) -> Mention:
        """Return the words of ``name``, which is in ``text``, that identify somebody.

        A title before a name or after a "the" does not; one in a name's place does.
        """
        return tuple(
            word
            for at, word in enumerate(name)
            if word.key not in NOT_NAMES
            and (word.key not in TITLES or _replaces_name(name, at, text))
            and (not word.is_sentence_initial or word.key in self.mid_sentence)
        )


_DETERMINED = regex.compile(
    r"\b(?:the|an?|his|her|its|their|our|my|this|that|each|every|no|former|then|as)[\s\-]+$",
    regex.IGNORECASE,
)


def _replaces_name(name: Mention, at: int, text: str) -> bool:
    """Return whether the title at ``at`` ends the name, and no determiner makes it a description."""
    first = at
    while first and name[first - 1].key in TITLES:
        first -= 1
    is_last = at == len(name) - 1 and len(name[at].key) > 4 and name[at].key != "former"
    start = name[first].start
    return is_last and first == at and not _DETERMINED.search(text, max(start - 12, 0), start)


@lru_cache(maxsize=8)
def _analyzed(text: str) -> AnalyzedText:
    return AnalyzedText(text)


@lru_cache(maxsize=8)
def _mid_sentence(article: AnalyzedText) -> frozenset[str]:
    names = article.names
    return frozenset(w.key for name in names for w in name if not w.is_sentence_initial)
