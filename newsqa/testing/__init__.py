"""What tests of code that is built on newsqa are made of; none of it needs a network.

``ScriptedModel`` gives the completions you hand it, ``FaultyModel`` fails on a schedule,
``assert_grounded`` checks an answer against its article, and ``no_model_requests`` makes sure that
no server is asked. The recordings of a model's replies are in ``newsqa.testing.cassettes``, which
needs ``newsqa[testing]``.
"""

from newsqa.models.no_requests import no_model_requests
from newsqa.testing.faulty import Fault, FaultyModel
from newsqa.testing.grounded import assert_grounded
from newsqa.testing.scripted import ModelRequest, Scripted, ScriptedModel

__all__ = [
    "Fault",
    "FaultyModel",
    "ModelRequest",
    "Scripted",
    "ScriptedModel",
    "assert_grounded",
    "no_model_requests",
]
