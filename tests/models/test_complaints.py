"""Errors inside a 200, in the shapes that vendors have for them."""

from __future__ import annotations

from typing import Any

import pytest

from newsqa.errors import ModelError, ModelRefusedError, ModelRequestError, ModelUnavailableError
from newsqa.models.complaints import Complaint, read_error
from newsqa.models.errors import Target
from tests.scripted_server import ScriptedServer, answer, sent

TARGET = Target("tiny", "http://models.test/v1")


@pytest.mark.parametrize(
    ("payload", "kind", "words"),
    [
        ({"base_resp": {"status_code": 1004, "status_msg": "login fail"}}, ModelRequestError, "key"),
        ({"base_resp": {"status_code": 2049, "status_msg": "invalid api key"}}, ModelRequestError, "key"),
        ({"base_resp": {"status_code": 1002, "status_msg": "rate limit"}}, ModelUnavailableError, "rate"),
        ({"base_resp": {"status_code": 1026, "status_msg": "input new_sensitive"}}, ModelRefusedError, "sens"),
        ({"code": 30001, "message": "Your account balance is insufficient", "data": None},
         ModelRequestError, "no quota"),
        ({"code": 20012, "message": "Model does not exist.", "data": None}, ModelRequestError, "no model"),
        ({"code": "InvalidApiKey", "message": "Refused."}, ModelRequestError, "key was refused"),
        ({"code": "Arrearage", "message": "Overdue."}, ModelRequestError, "no quota"),
        ({"code": 1302, "msg": "您的账户已达到速率限制, 请稍后重试", "success": False},
         ModelUnavailableError, "速率"),
        ({"code": 1211, "msg": "模型不存在", "success": False}, ModelRequestError, "no model"),
        ({"success": False, "errors": [{"code": 7003, "message": "Unauthorized"}], "result": None},
         ModelRequestError, "key was refused"),
        ({"error_code": 336003, "error_msg": "invalid parameter"}, ModelRequestError, "invalid parameter"),
        ({"object": "error", "message": "Model unknown does not exist", "code": 404},
         ModelRequestError, "no model"),
        ({"error": "Unexpected endpoint or method. (POST /chat/completions)"}, ModelRequestError, "base_url"),
        ({"detail": "Not Found"}, ModelRequestError, "base_url"),
        ({"code": 9, "msg": "server busy, try again"}, ModelUnavailableError, "busy"),
        ({"code": 9, "msg": "Odd."}, ModelUnavailableError, "Odd."),
    ],
)  # fmt: skip
def test_the_servers_reason_is_shown_and_only_what_may_pass_is_retried(
    payload: dict[str, Any], kind: type[ModelError], words: str
) -> None:
    """Whatever keys a vendor has for code and message."""
    complaint = read_error(payload)
    assert complaint is not None
    failure = TARGET.failure(complaint)
    assert (failure.kind, failure.transient) == (kind, kind is ModelUnavailableError)
    assert words in failure.sentence


@pytest.mark.parametrize(
    "fields",
    [
        {"base_resp": {"status_code": 0, "status_msg": ""}},
        {"code": 0, "message": "Success"},
        {"code": 200, "msg": "ok"},
        {"code": "00000", "msg": "ok", "success": True},
        {"errors": [], "success": True},
    ],
)
def test_a_code_that_means_success_is_no_error(fields: dict[str, Any]) -> None:
    """Gateways send one with every answer."""
    completion = {"choices": [{"message": {"content": "{}"}}]}
    assert read_error({**fields, **completion}) is None
    assert read_error({**fields, "data": completion}) is None


def test_a_permanent_error_in_a_200_costs_one_request() -> None:
    """No retry would help."""
    server = ScriptedServer(sent(200, {"code": 1113, "msg": "insufficient balance"}), answer())
    with pytest.raises(ModelRequestError, match="insufficient balance"):
        server.complete()
    assert (server.calls, server.slept) == (1, [])


@pytest.mark.parametrize("key", ["x", "ollama", "e", "none", "http"])
def test_a_key_of_few_letters_strikes_nothing_out(key: str) -> None:
    """Its letters occur in other words."""
    target = Target("tiny", "http://models.test/v1", (key,))
    sentence = target.failure(
        Complaint(400, "The next example needs none of ollama's http")
    ).sentence
    assert sentence.endswith("It says: The next example needs none of ollama's http")


def test_a_key_is_struck_out_wherever_it_occurs() -> None:
    """Also inside a longer word, and a header's value as well."""
    target = Target("tiny", "http://models.test/v1", ("sk-0123456789abcdef", "desk-key-9"))
    said = target.without_secrets("xsk-0123456789abcdefx (desk-key-9), desk-key-99")
    assert said == "x***x (***), desk-key-99"
