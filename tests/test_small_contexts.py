"""Articles that are longer than the context of the server that reads them, and models that refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from newsqa import Article, NewsQA
from newsqa.errors import ModelRefusedError, ModelUnavailableError
from newsqa.models.fallback import FallbackModel
from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport
from tests.doubles import claim, draft

FERRY = "The ferry leaves at 9.40."
ARTICLE = Article(
    " ".join([FERRY, *(f"Passenger {n} waited on the quay for hours." for n in range(260))])
)
QUESTION = "When does the ferry leave?"
FOUND = draft(
    claim("The ferry leaves at 9.40.", (1, "leaves at 9.40")), short="9.40"
).model_dump_json()
NOTHING = json.dumps({"claims": [], "short": "", "status": "not_in_article"})

Answer = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]


class Server:
    """Answers with ``answer``, and counts the requests."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.sizes: list[int] = []

    def model(self, name: str = "tiny") -> OpenAIModel:
        """A model at this server."""
        transport = Transport(max_attempts=2, http_client=self._client)
        return OpenAIModel(
            name,
            base_url="http://models.test/v1",
            api_key="sk-secret",
            transport=transport,
            max_input_tokens=8_000,
        )

    def _client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.MockTransport(self._handle))

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content)
        self.sizes.append(size(body))
        status, payload = self.answer(body)
        return httpx2.Response(status, json=payload)


def size(body: dict[str, Any]) -> int:
    """About as many tokens as the prompt has."""
    return sum(len(message["content"]) for message in body["messages"]) // 4


def completion(text: str, tokens: int, finish: str = "stop") -> dict[str, Any]:
    """A completion of a prompt of so many tokens."""
    choice = {"message": {"content": text}, "finish_reason": finish}
    return {"choices": [choice], "usage": {"prompt_tokens": tokens, "completion_tokens": 9}}


def reads(body: dict[str, Any]) -> str:
    """What a model replies that reads the whole prompt."""
    return FOUND if FERRY in body["messages"][1]["content"] else NOTHING


def test_a_prompt_that_was_cut_silently_is_read_in_windows() -> None:
    """The beginning of the article, which was cut off, has the answer."""

    def cut(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        whole = size(body) <= 1_900
        return 200, completion(reads(body) if whole else NOTHING, min(size(body), 1_900))

    server = Server(cut)
    answer = NewsQA(model=server.model()).ask(ARTICLE, QUESTION)
    assert answer.short == "9.40"
    assert server.sizes[0] > 1_900
    assert server.sizes[-1] <= 1_900
    assert answer.usage.calls == len(server.sizes)


@pytest.mark.parametrize(
    "words",
    [
        "maximum context length is 3000 tokens",
        "The number of tokens in the prompt exceeds the context",
        "Range of input length should be [1, 1900]",
    ],
)
def test_a_context_that_is_too_small_is_read_in_windows(words: str) -> None:
    """With the size that the server names, or half as much at a time."""

    def limited(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        room = 3_000 - body["max_tokens"] if "3000" in words else 1_900
        if size(body) > max(room, 500):
            return 400, {"error": {"message": words}}
        return 200, completion(reads(body), size(body))

    assert NewsQA(model=Server(limited).model()).ask(ARTICLE, QUESTION).short == "9.40"


@pytest.mark.parametrize(
    "refusal",
    [
        (200, completion("", 9, "PROHIBITED_CONTENT")),
        (200, {"choices": [{"message": None, "finish_reason": "content_filter"}]}),
        (200, {"base_resp": {"status_code": 1027, "status_msg": "output new_sensitive"}}),
        (400, {"code": "data_inspection_failed", "message": "Inappropriate content."}),
        (500, {"error": {"code": "content_filter", "message": "Filtered."}}),
    ],
)
def test_what_was_refused_goes_to_no_other_model(refusal: tuple[int, dict[str, Any]]) -> None:
    """One request, and none to the fallback."""
    server, other = (
        Server(lambda _: refusal),
        Server(lambda body: (200, completion(reads(body), 9))),
    )
    model = FallbackModel(server.model(), other.model("other"))
    with pytest.raises(ModelRefusedError):
        NewsQA(model=model).ask(FERRY, QUESTION)
    assert (len(server.sizes), len(other.sizes)) == (1, 0)


def test_a_server_that_is_overloaded_is_stood_in_for() -> None:
    """Only what may pass goes to the next model."""
    busy = Server(lambda _: (200, {"code": 9, "msg": "server busy"}))
    busy_model = OpenAIModel(
        "tiny",
        base_url="http://models.test/v1",
        transport=Transport(max_attempts=1, http_client=busy._client),
    )
    other = Server(lambda body: (200, completion(reads(body), 9)))
    assert (
        NewsQA(model=FallbackModel(busy_model, other.model())).ask(FERRY, QUESTION).short == "9.40"
    )
    with pytest.raises(ModelUnavailableError, match="server busy"):
        NewsQA(model=busy_model).ask(FERRY, QUESTION)
