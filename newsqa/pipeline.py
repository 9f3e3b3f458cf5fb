"""Pipeline: select a passage, read it, ground the draft, ask again about what fell, compose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsqa.answers import Answer, Rejection
from newsqa.article import Article
from newsqa.checking import check_answer
from newsqa.composing import compose_short, compose_status, compose_text
from newsqa.drafts import Draft
from newsqa.errors import GroundingError, ModelContextError, carrying
from newsqa.fencing import neutralise
from newsqa.grounding import GroundedClaim, ground
from newsqa.passages import Passage
from newsqa.readable import check_question
from newsqa.readers import Reader, Reading, Revision
from newsqa.selecting import Selection, select
from newsqa.usage import Usage

MAX_SHRINKS = 4
"""How often the room is halved for a server whose context is smaller than it was said to be."""

_NOTHING = Draft(claims=(), short="", status="not_in_article")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The way of one question through a reader; it holds no state, so any number run at once.

    ``strict`` raises ``GroundingError`` for what still does not stand after the re-ask; otherwise it
    is left out of the answer and listed in ``Answer.rejected``. ``check_claims`` marks what a claim
    seems to say beyond its citations in ``Claim.findings``.
    """

    reader: Reader
    strict: bool = False
    check_claims: bool = False

    async def answer(self, article: Article, question: str) -> Answer:
        """Answer ``question`` from ``article``.

        Raises ``QuestionError``, ``BudgetError``, a ``ModelError`` or, if strict,
        ``GroundingError``.
        """
        check_question(question)
        room = self.reader.room(article, question)
        lost = Usage()
        for shrinks_left in reversed(range(MAX_SHRINKS + 1)):
            try:
                with carrying(lost):
                    answer = await self._answer_within(article, question, room)
            except ModelContextError as error:
                room = self._halved(room, article)
                if not shrinks_left or room is None:
                    raise
                lost = error.usage
            else:
                break
        answer = answer.model_copy(update={"usage": lost + answer.usage})
        return check_answer(answer, article, question) if self.check_claims else answer

    def _halved(self, room: int | None, article: Article) -> int | None:
        """Half of the room, or of the article where that is less; ``None`` if a sentence needs more."""
        weights = [self.reader.weigh(sentence) for sentence in article.sentences]
        whole = sum(weights)
        half = min(whole, room or whole) // 2
        return half if half >= max(weights) else None

    async def _answer_within(self, article: Article, question: str, room: int | None) -> Answer:
        selection = await select(Passage.whole(article), question, self.reader, room)
        if not selection.passage.sentences:
            return self._compose([], Reading(_NOTHING, selection.model), selection, [])
        with carrying(selection.usage):
            reading = await self.reader.read(selection.passage, question)
            first = ground(reading.draft, selection.passage)
            if all(claim.stands for claim in first):
                return self._compose(first, reading, selection, [])
            last, revised = await self._ask_again(first, reading, selection.passage, question)
        return self._compose(last, revised, selection, _rejections([*first, *last]))

    async def _ask_again(
        self, first: Sequence[GroundedClaim], reading: Reading, passage: Passage, question: str
    ) -> tuple[list[GroundedClaim], Reading]:
        """Have what fell corrected, once; what stood is kept as it is."""
        # They quote the article, which must not pass for anything else in the second prompt either.
        problems = "\n".join(f"- {neutralise(str(refused))}" for refused in _rejections(first))
        revision = Revision(reading.draft, problems)
        with carrying(reading.usage):
            revised = await self.reader.read(passage, question, revision=revision)
        claims = _merged(first, ground(revised.draft, passage))
        return claims, Reading(revised.draft, revised.model, reading.usage + revised.usage)

    def _compose(
        self,
        grounded: Sequence[GroundedClaim],
        reading: Reading,
        selection: Selection,
        rejected: Iterable[Rejection],
    ) -> Answer:
        fallen = [claim for claim in grounded if not claim.stands]
        if fallen and self.strict:
            raise GroundingError(f"Not grounded, even when asked again: {fallen[0].rejections[0]}.")
        text, claims = compose_text(claim for claim in grounded if claim.stands)
        status = compose_status(reading.draft.status, claims, refused=bool(fallen))
        answers = status != "not_in_article"
        return Answer(
            status=status,
            text=text,
            short=compose_short(reading.draft.short, claims) if answers else "",
            claims=claims,
            rejected=tuple(dict.fromkeys([*selection.rejected, *rejected])),
            model=reading.model,
            prompt=self.reader.prompt,
            article_sha256=selection.passage.article.sha256,
            usage=selection.usage + reading.usage,
        )


def _rejections(claims: Iterable[GroundedClaim]) -> list[Rejection]:
    return [rejection for claim in claims for rejection in claim.rejections]


def _merged(first: Sequence[GroundedClaim], second: Sequence[GroundedClaim]) -> list[GroundedClaim]:
    """The claims of ``first``, with those of ``second`` in the places of what fell, in order.

    A model that repeats what stood, though asked for corrections only, does not say it twice.
    """
    kept = {claim.draft.text for claim in first if claim.stands}
    corrections = iter([claim for claim in second if claim.draft.text not in kept])
    merged = [claim if claim.stands else next(corrections, claim) for claim in first]
    return [*merged, *corrections]
