"""Known names: the names of an article, and where a claim may take them from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import regex

from newsqa.article import Article
from newsqa.checks import ClaimContext
from newsqa.text.analysis import AnalyzedText
from newsqa.text.names import (
    TITLES,
    Mention,
    NameWord,
    are_forms,
    join_at_and,
    other_forms,
)

NEAR_SENTENCES = 3
"""Sentences before a cited one that may have the name that it leaves to a pronoun."""

LEAD_SENTENCES = 2
"""Sentences at the beginning of an article, which name whom it is about."""


@dataclass(frozen=True)
class KnownNames:
    """The names of an article, by where a claim may take them from."""

    context: ClaimContext

    @cached_property
    def article(self) -> _ArticleNames:
        """The names of the article, its title, source and author."""
        return _names_of(self.context.article)

    @cached_property
    def basis(self) -> AnalyzedText:
        """The cited sentences and the title."""
        return self.context.analyze(self.context.basis)

    @cached_property
    def near_keys(self) -> frozenset[str]:
        """The keys of the basis, the lead, and the sentences before each cited one."""
        lead = self.context.article.lead(LEAD_SENTENCES)
        near = (*lead, *self.context.before(NEAR_SENTENCES))
        keys = (self.context.analyze_sentence(sentence).keys for sentence in near)
        return self.basis.keys.union(*keys)

    @cached_property
    def abbreviated(self) -> frozenset[str]:
        """The words of the article's names whose initials are in the basis."""
        initials = {match[0].casefold() for match in _INITIALS.finditer(self.basis.text)}
        return self.article.words_behind(initials) if initials else frozenset()

    def has(self, word: NameWord, keys: frozenset[str]) -> bool:
        """Return whether ``word``, another form of it, or what it is initials of is among ``keys``."""
        if is_among(word.key, keys) or word.key in self.abbreviated:
            return True
        letters = word.text.replace(".", "")
        return len(letters) > 1 and letters.isupper() and self.article.spells_out(word.key, keys)

    def is_rephrased(self, name: Mention) -> bool:
        """Return whether the evidence has the name in another way: its initials, or a synonym."""
        text = self.basis
        phrase = " ".join(word.key for word in name)
        if any(form in text.keys or f" {form} " in text.text for form in other_forms(phrase)):
            return True
        initials = "".join(word.key[:1] for word in name)
        return len(initials) > 2 and initials in text.keys and initials.upper() in text.text


_INITIALS = regex.compile(r"\b\p{Lu}{3,8}\b")


def is_among(word: str, keys: frozenset[str]) -> bool:
    """Return whether ``word`` or another form of it is among ``keys``.

    >>> is_among("iranian", frozenset({"iran"})), is_among("iraqi", frozenset({"iran"}))
    (True, False)
    """
    if word in keys or f"{word}s" in keys or word.removesuffix("s") in keys:
        return True
    return any(are_forms(word, other) for other in keys if other[:2] == word[:2]) or any(
        form in keys for form in other_forms(word)
    )


@dataclass(frozen=True)
class _ArticleNames:
    """All names of one article, each sentence analyzed once."""

    texts: tuple[AnalyzedText, ...]

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(name for text in self.texts for name in text.names)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset[str]().union(*(text.keys for text in self.texts))

    @cached_property
    def mid_sentence(self) -> frozenset[str]:
        """The words with a capital inside a sentence, where it shows a name."""
        return frozenset(w.key for name in self.mentions for w in name if not w.is_sentence_initial)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of names: those, and the ones that never have a small letter."""
        small = {token.text for text in self.texts for token in text.tokens}
        always = (w.key for name in self.mentions for w in name if w.key not in small)
        return self.mid_sentence.union(always)

    @cached_property
    def surnames(self) -> frozenset[str]:
        return frozenset(word.key for name in self.mentions for word in name[1:])

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The words that are in one name, both ways round."""
        return frozenset((a.key, b.key) for name in self.mentions for a in name for b in name)

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, int]]:
        """The words with a name after (1) or before them (-1)."""
        beside = {
            (a.key, 1) for name in self.mentions for a, b in pairwise(name) if b.key not in TITLES
        }
        beside |= {
            (b.key, -1) for name in self.mentions for a, b in pairwise(name) if a.key not in TITLES
        }
        return frozenset(beside)

    @cached_property
    def _joined(self) -> tuple[tuple[str, Mention], ...]:
        joined = (name for text in self.texts for name in join_at_and(text.text, text.names))
        return tuple(("".join(word.key[:1] for word in name), name) for name in joined)

    def words_behind(self, initials: set[str]) -> frozenset[str]:
        """Return the words of the names with these initials."""
        words: set[str] = set()
        for letters, name in self._joined:
            spans = [(at, at + len(i)) for i in initials if (at := letters.find(i)) >= 0]
            words |= {word.key for start, end in spans for word in name[start:end]}
        return frozenset(words)

    def spells_out(self, initials: str, keys: frozenset[str]) -> bool:
        """Return whether a name with these initials has all its words among ``keys``."""
        behind = self.words_behind({initials})
        return bool(behind) and not behind.isdisjoint(keys)


@lru_cache(maxsize=8)
def _names_of(article: Article) -> _ArticleNames:
    more = (article.title, article.source, article.author)
    return _ArticleNames((*article.analyzed_sentences, *(AnalyzedText(m) for m in more if m)))
