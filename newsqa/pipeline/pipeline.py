"""Pipeline: reads, grounds and checks, asks again, verifies and composes, in this order."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from newsqa.answers.answer import Answer, PromptReference, Rejection
from newsqa.answers.draft import Draft, DraftClaim
from newsqa.article import Article
from newsqa.article.fields import check_question
from newsqa.article.passages import Articles, Passage
from newsqa.article.reference import ArticleReference
from newsqa.checks import Check
from newsqa.checks.policy import CheckPolicy
from newsqa.errors import BudgetError, GroundingError, ModelError, adds_usage
from newsqa.events import (
    AskedAgain,
    ClaimRejected,
    OnEvent,
    QuestionAnswered,
    QuestionAsked,
    QuestionFailed,
    VerificationStarted,
    emit,
    listening,
)
from newsqa.grounding import GroundedClaim, ground_claim
from newsqa.pipeline.check import check_grounded, is_supported, verify_claims
from newsqa.pipeline.compose import (
    compose_disagreements,
    compose_short,
    compose_status,
    compose_text,
)
from newsqa.pipeline.reask import apply_corrections, describe_problems, replace_all
from newsqa.pipeline.stream import VerifiedClaims
from newsqa.readers import Reader, Reading, Revision, listening_to_drafts
from newsqa.text import Tier
from newsqa.usage import Usage
from newsqa.verifiers import Verifier

_log = logging.getLogger("newsqa")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The claims of the last draft, with everything rejected and spent so far."""

    draft: Draft
    model: str
    prompt: PromptReference | None
    claims: tuple[GroundedClaim, ...]
    rejections: tuple[Rejection, ...]
    usage: Usage
    reading: Reading


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Answers one question at a time. Stateless: any number of questions may run at once.

    ``strict`` raises ``GroundingError`` for a claim that is still rejected after the re-ask; otherwise
    the claim is left out of the answer and listed in ``Answer.rejected``. ``loosest`` is the loosest
    match tier at which a quote counts as found, ``policy`` says what happens to claims with findings
    of ``checks``, and ``verifier`` gives a second opinion on the grounded claims.
    """

    reader: Reader
    strict: bool = False
    loosest: Tier = "elided"
    policy: CheckPolicy = field(default_factory=CheckPolicy)
    checks: tuple[Check, ...] | None = None
    """The checks to apply; by default the built-in ones, and the registered ones in ``policy``."""
    verifier: Verifier | None = None
    only_doubtful: bool = False
    """Ask the verifier only about claims that have a finding or are not nearly the cited words."""

    async def answer(
        self,
        article: Article | Articles,
        question: str,
        *,
        reading: Reading | None = None,
        on_event: OnEvent | None = None,
        streams: bool = False,
    ) -> Answer:
        """Answer ``question`` from ``article``.

        Args:
            article: The article, or several.
            question: The question.
            reading: The first reading of the whole article, if it has been read.
            on_event: Called with each event.
            streams: Report each claim while the reader is still writing the next, if it can do so. The
                answer is the same.

        Raises:
            QuestionError: The question is empty, not text, or too long.
            BudgetError: The prompt leaves no room for a sentence.
            ModelError: The model gives nothing usable.
            GroundingError: A claim is rejected and ``strict`` is set.
        """
        started = time.monotonic()
        passage = Passage.whole(article)
        with listening(on_event):
            emit(QuestionAsked(sentences=len(passage.sentences)))
            try:
                answer = await self._answer(passage, question, reading, streams=streams)
            except BaseException as error:
                seconds = time.monotonic() - started
                emit(QuestionFailed(error=type(error).__name__, seconds=seconds))
                raise
            emit(_answered(answer, time.monotonic() - started))
        return answer

    async def _answer(
        self, passage: Passage, question: str, reading: Reading | None, *, streams: bool
    ) -> Answer:
        check_question(question)
        asked_at = datetime.now(UTC).replace(microsecond=0)

        def verify(draft: DraftClaim, shown: Passage) -> GroundedClaim:
            grounded = ground_claim(draft, shown, loosest=self.loosest)
            return check_grounded(grounded, passage.articles, question, self.policy, self.checks)

        verified = VerifiedClaims(verify)
        reports_early = streams and not self.verifier
        with listening_to_drafts(verified.begin_draft if reports_early else None):
            first = reading or await self.reader.read(passage, question)
            outcome = await self._settle(first, passage, question, verified)
        if self.verifier:
            outcome = await self._verify(outcome, passage.articles, question, self.verifier)
        answer = self._compose(outcome, passage.articles, question)
        verified.settle(answer.claims)
        return answer.model_copy(update={"asked_at": asked_at})

    async def _settle(
        self, reading: Reading, passage: Passage, question: str, verified: VerifiedClaims
    ) -> _Outcome:
        """Ground and check the claims of a reading, and have the reader correct them once."""
        outcome = _grounded(reading, passage, verified)
        in_doubt = sum(claim.needs_reask for claim in outcome.claims)
        if not in_doubt:
            return outcome
        emit(AskedAgain(about="claims", count=in_doubt))
        try:
            with adds_usage(outcome.usage):
                return await self._reask(outcome, reading.passage or passage, question, verified)
        except (ModelError, BudgetError) as error:
            if self.strict or not any(claim.is_grounded for claim in outcome.claims):
                raise
            # Not the error's message: a server may repeat the article in it.
            name = type(error).__name__
            _log.warning("Asking again failed (%s), so the first reply is kept as it is.", name)
            rejected = tuple(row for claim in outcome.claims for row in claim.rejections)
            return replace(outcome, rejections=(*outcome.rejections, *rejected), usage=error.usage)

    async def _reask(
        self, first: _Outcome, passage: Passage, question: str, verified: VerifiedClaims
    ) -> _Outcome:
        """Have the reader correct the claims that need it, once; the others are kept."""
        revision = Revision(first.draft, describe_problems(first.claims))
        reading = await self.reader.read(passage, question, revision=revision)
        second = _grounded(reading, passage, verified)
        merge = replace_all if reading.is_restart else apply_corrections
        revised = merge(first.claims, second.claims)
        return replace(
            second,
            claims=revised.claims,
            rejections=(*first.rejections, *second.rejections, *revised.rejections),
            usage=first.usage + second.usage,
            reading=replace(second.reading, skipped=first.reading.skipped),
        )

    async def _verify(
        self, outcome: _Outcome, articles: Articles, question: str, verifier: Verifier
    ) -> _Outcome:
        emit(VerificationStarted(claims=sum(claim.is_grounded for claim in outcome.claims)))
        with adds_usage(outcome.usage):
            claims, usage = await verify_claims(
                outcome.claims,
                articles,
                verifier,
                question=question,
                only_doubtful=self.only_doubtful,
            )
        rejected = tuple(row for claim in claims for row in claim.rejections)
        _emit_rejections(row for row in rejected if row.opinion)
        return replace(
            outcome,
            claims=claims,
            rejections=(*outcome.rejections, *rejected),
            usage=outcome.usage + usage,
        )

    def _compose(self, outcome: _Outcome, articles: Articles, question: str) -> Answer:
        grounded = [claim for claim in outcome.claims if claim.is_grounded]
        rejected = [row for claim in outcome.claims for row in claim.rejections]
        # Claims that the reader withdrew are in outcome.rejections alone. They count if none is left.
        refused = rejected if grounded else [*rejected, *outcome.rejections]
        if refused and self.strict:
            raise GroundingError(f"Not grounded, even when asked again: {refused[0]}.")
        text, claims = compose_text(grounded)
        because = outcome.reading.closest_because
        status = compose_status(
            outcome.draft.status, claims, refused=bool(rejected), is_closest=because is not None
        )
        has_short, short = status in ("answered", "partial"), outcome.draft.short
        if has_short and not is_supported(
            short, grounded, articles, question, self.policy, self.checks
        ):
            short = ""
        references = tuple(map(ArticleReference.of, articles.articles))
        return Answer(
            status=status,
            text=text,
            short=compose_short(short, claims) if has_short else "",
            claims=claims,
            skipped=outcome.reading.skipped,
            closest_because=because if status == "closest" else None,
            probability=outcome.reading.probability if claims else None,
            rejected=tuple(dict.fromkeys(outcome.rejections)),
            model=outcome.model,
            prompt=outcome.prompt,
            question=question,
            articles=references,
            disagreements=compose_disagreements(grounded, references),
            usage=outcome.usage,
        )


def _grounded(reading: Reading, passage: Passage, verified: VerifiedClaims) -> _Outcome:
    """Ground and check the claims of a reading of ``passage``."""
    shown = reading.passage or passage
    claims = tuple(verified.verify(claim, shown) for claim in reading.draft.claims)
    _emit_rejections(row for claim in claims for row in claim.rejections)
    return _Outcome(
        reading.draft,
        reading.model,
        reading.prompt,
        claims,
        reading.rejections,
        reading.usage,
        reading,
    )


def _emit_rejections(rejections: Iterable[Rejection]) -> None:
    for row in rejections:
        emit(ClaimRejected(reason=row.reason, check=row.finding.check if row.finding else ""))


def _answered(answer: Answer, seconds: float) -> QuestionAnswered:
    return QuestionAnswered(
        status=answer.status,
        claims=len(answer.claims),
        rejected=len(answer.rejected),
        model=answer.model,
        prompt_name=answer.prompt.name if answer.prompt else "",
        prompt_fingerprint=answer.prompt.fingerprint if answer.prompt else "",
        usage=answer.usage,
        seconds=seconds,
    )
