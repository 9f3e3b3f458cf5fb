"""Test doubles and assertions for code built on newsqa; none of it needs a network.

``ScriptedModel`` gives the completions you pass to it, ``FaultyModel`` fails on a schedule,
``assert_grounded`` checks an answer against its article, and ``no_model_requests`` makes every request
to a server fail. Cassettes, which need ``newsqa[testing]``, are in ``newsqa.testing.cassettes``.
"""

from newsqa.models.transport import no_model_requests
from newsqa.testing.grounded import assert_grounded
from newsqa.testing.models import Fault, FaultyModel, ModelRequest, Scripted, ScriptedModel

__all__ = [
    "Fault",
    "FaultyModel",
    "ModelRequest",
    "Scripted",
    "ScriptedModel",
    "assert_grounded",
    "no_model_requests",
]
