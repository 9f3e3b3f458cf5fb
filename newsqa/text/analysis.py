"""AnalyzedText: all that the recognisers find in one text, each looked for once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsqa.text.dates import ClockTime
    from newsqa.text.dates.partial import DateMention
    from newsqa.text.names import Mention
    from newsqa.text.numbers import Quantity
    from newsqa.text.polarity import Polarity
    from newsqa.text.scopes import Word
    from newsqa.text.tokens import Token


class AnalyzedText:
    """A text with its tokens, names, numbers, dates and times, each found when first asked for.

    An article keeps one for each of its sentences, so that the claims that cite a sentence share it.

    >>> sentence = AnalyzedText("Ada Okafor spent 5 million dollars on Friday.")
    >>> [[word.text for word in name] for name in sentence.names]
    [['Ada', 'Okafor'], ['Friday']]
    >>> languages = frozenset({"en"})
    >>> [sentence.text[q.start : q.end] for q in sentence.quantities(languages)]
    ['5 million dollars']
    """

    # Each recogniser is imported where it is used, since its patterns take long to compile.

    def __init__(self, text: str) -> None:
        self.text = text
        self._quantities: dict[frozenset[str], list[Quantity]] = {}
        self._dates: dict[frozenset[str], list[DateMention]] = {}
        self._times: dict[frozenset[str], list[ClockTime]] = {}

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words, numbers and marks."""
        from newsqa.text.tokens import tokenize

        return tokenize(self.text)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all words and numbers."""
        return frozenset(token.key for token in self.tokens if token.kind != "mark")

    @cached_property
    def names(self) -> tuple[Mention, ...]:
        """The runs of capitalised words of an English text."""
        from newsqa.text.names import find_names

        return find_names(self.text, self.tokens)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words and marks of an English text, with their stems."""
        from newsqa.text.scopes import find_words

        return find_words(self.tokens)

    @cached_property
    def polarity(self) -> Polarity:
        """How an English text states its words."""
        from newsqa.text.polarity import Polarity

        return Polarity(self.text, self.words)

    def quantities(self, languages: frozenset[str]) -> list[Quantity]:
        """Return the numbers with their units, read in ``languages``."""
        from newsqa.text.numbers import find_quantities

        if languages not in self._quantities:
            self._quantities[languages] = find_quantities(self.text, languages)
        return self._quantities[languages]

    def dates(self, languages: frozenset[str]) -> list[DateMention]:
        """Return the mentions of dates, read in ``languages``."""
        from newsqa.text.dates import find_dates

        if languages not in self._dates:
            self._dates[languages] = find_dates(self.text, languages)
        return self._dates[languages]

    def times(self, languages: frozenset[str]) -> list[ClockTime]:
        """Return the times of day, read in ``languages``."""
        from newsqa.text.dates import find_times

        if languages not in self._times:
            self._times[languages] = find_times(self.text, languages)
        return self._times[languages]
