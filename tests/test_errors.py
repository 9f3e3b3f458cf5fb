"""The error tree."""

from __future__ import annotations

import pickle
import re

import pytest

import newsqa.errors
from newsqa.errors import (
    ArticleError,
    CaseError,
    ConfigurationError,
    ModelContextError,
    ModelError,
    ModelRequestError,
    ModelUnavailableError,
    NewsQAError,
    QuestionError,
    adds_usage,
)
from newsqa.usage import Usage

ALL = [
    value
    for value in vars(newsqa.errors).values()
    if isinstance(value, type) and issubclass(value, Exception)
]


def _drawn() -> dict[str, str]:
    """Every error's base in the tree that the module's docstring draws."""
    bases: dict[str, str] = {}
    path: list[str] = []
    for line in (newsqa.errors.__doc__ or "").splitlines():
        match = re.match(r"    (?P<lead>[│├└─ ]*)(?P<name>[A-Z]\w+Error)\b", line)
        if match:
            depth = len(match["lead"]) // 4
            path[depth:] = [match["name"]]
            bases[match["name"]] = path[depth - 1] if depth else "Exception"
    return bases


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    """What people read is what they can catch."""
    assert _drawn() == {error.__name__: error.__bases__[0].__name__ for error in ALL}


@pytest.mark.parametrize("error", ALL)
def test_one_name_catches_them_all(error: type[Exception]) -> None:
    """Nothing is raised on purpose that NewsQAError does not catch."""
    assert issubclass(error, NewsQAError)


@pytest.mark.parametrize("error", [ArticleError, CaseError, QuestionError])
def test_bad_input_is_a_value_error_too(error: type[Exception]) -> None:
    """So pydantic reports it, and callers that know nothing of newsqa catch it."""
    assert issubclass(error, ValueError)


def test_only_an_unavailable_model_is_worth_a_retry() -> None:
    """The same call may succeed later for that one alone."""
    models = [error for error in ALL if issubclass(error, ModelError)]
    assert [error for error in models if error.retryable] == [ModelUnavailableError]


def test_a_model_error_without_details_has_none() -> None:
    """Every attribute is there to be read."""
    error = ModelRequestError("no")
    assert (error.model, error.usage, error.request_id, error.partial) == ("", Usage(), None, "")


def test_a_model_error_survives_pickling_with_all_it_carries() -> None:
    """Workers in other processes pass their errors back in this way."""
    usage = Usage(calls=2)
    error = ModelContextError("too long", model="m", usage=usage, request_id="r", partial="{")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # its own data
    assert (type(copy), copy.args, vars(copy)) == (ModelContextError, ("too long",), vars(error))


def test_a_configuration_error_is_not_a_value_error() -> None:
    """A validator in a model that reads settings must not hide it."""
    assert not issubclass(ConfigurationError, ValueError)


def test_a_model_error_carries_what_was_spent_before_it() -> None:
    """It is the same error, with more in its usage."""
    error = ModelUnavailableError("gone", usage=Usage(calls=2))
    with pytest.raises(ModelUnavailableError) as caught, adds_usage(Usage(calls=1, input_tokens=9)):
        raise error
    assert caught.value is error
    assert error.usage == Usage(calls=3, input_tokens=9)


def test_other_errors_pass_unchanged() -> None:
    """They have no usage to add to."""
    with pytest.raises(QuestionError), adds_usage(Usage(calls=1)):
        raise QuestionError("empty")
