"""ModelWrapper: a model around a model, which is in all but completing the model itself."""

from __future__ import annotations

from newsqa.models import Model


class ModelWrapper:
    """What wrappers of one ``model`` have in common: it is named, limited and closed as the model is.

    Subclasses add ``complete``. What they do around a completion does not shape it, so that the
    fingerprint is the model's own.
    """

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def name(self) -> str:
        """The model's own."""
        return self.model.name

    @property
    def fingerprint(self) -> str:
        """The model's own."""
        return self.model.fingerprint

    @property
    def max_input_tokens(self) -> int:
        """The model's own."""
        return self.model.max_input_tokens

    async def aclose(self) -> None:
        """Close the model; it may be used again."""
        await self.model.aclose()
