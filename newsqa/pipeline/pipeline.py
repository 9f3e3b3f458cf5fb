"""Pipeline: select a passage, read it, ground and check the draft, ask again, verify, compose."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from newsqa.answers.answer import Answer, Rejection
from newsqa.answers.draft import Draft
from newsqa.answers.grounded import GroundedClaim
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.article.validation import check_question
from newsqa.checks import CheckPolicy
from newsqa.errors import GroundingError, ModelContextError, ModelError, adds_usage
from newsqa.pipeline.check import check_grounded, is_supported
from newsqa.pipeline.compose import compose_short, compose_status, compose_text
from newsqa.pipeline.ground import ground
from newsqa.pipeline.reask import problems_with, revise
from newsqa.pipeline.verify import verify_claims
from newsqa.pipeline.windows import select
from newsqa.readers import Reader, Reading, Revision
from newsqa.text.quotes import Tier
from newsqa.usage import Usage
from newsqa.verifiers import Verifier

MAX_SHRINKS = 4
"""How often the room is halved for a server whose context is smaller than it was said to be."""

_log = logging.getLogger("newsqa")

_NOTHING = Draft(claims=(), short="", status="not_in_article")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What reading has come to: the last draft's claims, and all that was refused and spent so far."""

    draft: Draft
    model: str
    claims: tuple[GroundedClaim, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The way of one question through a reader; it holds no state, so any number run at once.

    ``strict`` raises ``GroundingError`` for what still does not stand after the re-ask; otherwise it
    is left out of the answer and listed in ``Answer.rejected``. ``loosest`` is the loosest tier at
    which a quote counts as found, ``policy`` says what becomes of claims that say more than they
    cite, and ``verifier`` gives a second opinion on those that stand.
    """

    reader: Reader
    strict: bool = False
    loosest: Tier = "elided"
    policy: CheckPolicy = field(default_factory=CheckPolicy)
    verifier: Verifier | None = None

    async def answer(self, article: Article, question: str) -> Answer:
        """Answer ``question`` from ``article``.

        Raises ``QuestionError``, ``BudgetError``, a ``ModelError`` or, if strict,
        ``GroundingError``.
        """
        check_question(question)
        outcome = await self._read(article, question)
        if self.verifier:
            with adds_usage(outcome.usage):
                claims, spent = await verify_claims(outcome.claims, article, self.verifier)
            refused = tuple(row for claim in claims for row in claim.rejections)
            outcome = replace(
                outcome,
                claims=claims,
                rejections=(*outcome.rejections, *refused),
                usage=outcome.usage + spent,
            )
        return self._compose(outcome, article, question)

    async def _read(self, article: Article, question: str) -> _Outcome:
        """Read in as much room as the reader has, or in less where its server proves to have less."""
        room = self.reader.room(article, question)
        lost = Usage()
        for shrinks_left in reversed(range(MAX_SHRINKS + 1)):
            try:
                with adds_usage(lost):
                    outcome = await self._read_within(article, question, room)
            except ModelContextError as error:
                room = self._halved(room, article)
                if not shrinks_left or room is None:
                    raise
                lost = error.usage
            else:
                break
        return replace(outcome, usage=lost + outcome.usage)

    def _halved(self, room: int | None, article: Article) -> int | None:
        """Half of the room, or of the article where that is less; ``None`` if a sentence needs more."""
        weights = [self.reader.weigh(sentence) for sentence in article.sentences]
        whole = sum(weights)
        half = min(whole, room or whole) // 2
        return half if half >= max(weights) else None

    async def _read_within(self, article: Article, question: str, room: int | None) -> _Outcome:
        selection = await select(
            Passage.whole(article),
            question,
            reader=self.reader,
            room=room,
            loosest=self.loosest,
        )
        if not selection.passage.sentences:
            return _Outcome(
                _NOTHING, selection.model, (), selection.rejected, usage=selection.usage
            )
        with adds_usage(selection.usage):
            outcome = await self._read_passage(selection.passage, question)
        return replace(
            outcome,
            rejections=(*selection.rejected, *outcome.rejections),
            usage=selection.usage + outcome.usage,
        )

    async def _read_passage(self, passage: Passage, question: str) -> _Outcome:
        reading = await self.reader.read(passage, question)
        claims = self._grounded(reading.draft, passage, question)
        outcome = _Outcome(reading.draft, reading.model, claims, usage=reading.usage)
        if not any(claim.needs_reask for claim in claims):
            return outcome
        try:
            with adds_usage(reading.usage):
                return await self._ask_again(claims, reading, passage, question)
        except ModelContextError:
            raise
        except ModelError as error:
            # What stood before is no worse for it; what fell is told all the same.
            if self.strict or not any(claim.is_grounded for claim in claims):
                raise
            _log.warning("What stood in the first reply is kept, as asking again failed: %s", error)
            fell = tuple(row for claim in claims for row in claim.rejections)
            return replace(outcome, rejections=fell, usage=error.usage)

    async def _ask_again(
        self, first: Sequence[GroundedClaim], reading: Reading, passage: Passage, question: str
    ) -> _Outcome:
        """Have what fell or is in doubt corrected, once; the rest is kept as it is."""
        revision = Revision(reading.draft, problems_with(first))
        again = await self.reader.read(passage, question, revision=revision)
        revised = revise(first, self._grounded(again.draft, passage, question))
        return _Outcome(
            again.draft,
            again.model,
            revised.claims,
            revised.rejections,
            reading.usage + again.usage,
        )

    def _grounded(self, draft: Draft, passage: Passage, question: str) -> tuple[GroundedClaim, ...]:
        return tuple(
            check_grounded(claim, passage.article, question, self.policy)
            for claim in ground(draft, passage, loosest=self.loosest)
        )

    def _compose(self, outcome: _Outcome, article: Article, question: str) -> Answer:
        standing = [claim for claim in outcome.claims if claim.is_grounded]
        fallen = [row for claim in outcome.claims for row in claim.rejections]
        # What its reader took back is no longer among the claims; that nothing is left tells of it.
        refused = fallen if standing else [*fallen, *outcome.rejections]
        if refused and self.strict:
            raise GroundingError(f"Not grounded, even when asked again: {refused[0]}.")
        text, claims = compose_text(standing)
        status = compose_status(outcome.draft.status, claims, refused=bool(fallen))
        short = outcome.draft.short
        if not is_supported(short, standing, article, question=question, policy=self.policy):
            short = ""
        return Answer(
            status=status,
            text=text,
            short=compose_short(short, claims) if status != "not_in_article" else "",
            claims=claims,
            rejected=tuple(dict.fromkeys(outcome.rejections)),
            model=outcome.model,
            prompt=self.reader.prompt,
            article_sha256=article.sha256,
            usage=outcome.usage,
        )
