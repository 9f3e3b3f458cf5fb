"""Policy: what becomes of a claim in which a check finds something."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from newsqa.answers.finding import CheckName

Action = Literal["strict", "mark", "off"]
"""``strict`` refuses a claim that still has findings after the re-ask, ``mark`` keeps it and shows
them, ``off`` does not look."""


class CheckPolicy(BaseModel):
    """The action for each check; with either of the first two, a finding is asked about once.

    Figures and quotations refuse, because they are hardly ever wrong and a misquote is the worst
    thing to print; the others mark, because they go by words and err now and then. It can be written
    as text, in settings and on the command line: ``"off"`` for all, or ``"names=off,figures=mark"``
    for some, with the defaults for the rest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    figures: Action = "strict"
    quotations: Action = "strict"
    dates: Action = "mark"
    names: Action = "mark"
    negation: Action = "mark"
    hedges: Action = "mark"

    @model_validator(mode="before")
    @classmethod
    def _parse(cls, value: Any) -> Any:  # noqa: ANN401  # whatever a caller passes
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if len(parts) == 1 and "=" not in parts[0]:
            return dict.fromkeys(cls.model_fields, parts[0])
        pairs = (part.partition("=") for part in parts)
        return {check.strip(): action.strip() for check, _, action in pairs}

    @classmethod
    def all(cls, action: Action) -> Self:
        """The same action for every check."""
        return cls.model_validate(action)

    def action(self, check: CheckName) -> Action:
        """What becomes of a claim with a finding of ``check``."""
        action: Action = getattr(self, check)
        return action
