"""The endpoints of the server, in process: answers, streams, limits, the token and errors."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from newsqa import Answer, Article, NewsQA, Settings
from newsqa.errors import ConfigurationError, ModelRequestError, ModelUnavailableError
from newsqa.models import Completion, Message, Model, OutputSchema, begin_text
from newsqa.serve import Limits, create_app
from newsqa.testing import ScriptedModel

ARTICLE = "The old bridge closed on 3 May. It is 120 years old, the mayor said."
ASKED = {"article": ARTICLE, "question": "When did the old bridge close?"}
DRAFT = {
    "claims": [
        {
            "text": "The old bridge closed on 3 May.",
            "evidence": [{"sentence": 1, "quote": "closed on 3 May"}],
        },
        {"text": "It is 120 years old.", "evidence": [{"sentence": 2, "quote": "120 years old"}]},
    ],
    "short": "3 May",
    "status": "answered",
}
LOCAL = "http://127.0.0.1"


class DyingModel:
    """Writes the first claim, then its server dies."""

    name = fingerprint = "dying"
    max_input_tokens = 8_000

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Pass on the beginning of the draft, and break."""
        text = json.dumps(DRAFT)
        if on_text := begin_text():
            on_text(text[: text.index("It is 120")])
            await asyncio.sleep(0)
        raise ModelUnavailableError("http://10.0.0.7:8000/v1 with sk-secret broke /srv/models/x.")

    async def aclose(self) -> None:
        """Nothing is open."""


class WaitingModel(DyingModel):
    """Never answers."""

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Wait until the request is cancelled."""
        await asyncio.Event().wait()
        raise AssertionError


def client_of(model: str | Model = "newsqa-extractive", **options: Any) -> TestClient:
    """Return a client of a server that answers with a model."""
    qa = (
        NewsQA(Settings(model=model)) if isinstance(model, str) else NewsQA(Settings(), model=model)
    )
    return TestClient(create_app(qa, **options), base_url=LOCAL)


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A client of a server with the embedded reader."""
    with client_of() as opened:
        yield opened


def events_of(body: str) -> list[tuple[str, Any]]:
    """Return the names and data of server-sent events."""
    fields = (
        dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        for block in body.split("\n\n")
        if block.strip()
    )
    return [(each["event"], json.loads(each["data"])) for each in fields if "event" in each]


def test_an_answer_can_be_verified_by_who_asked(client: TestClient) -> None:
    """What comes back is an Answer whose spans are in the article."""
    answer = Answer.model_validate(client.post("/v1/ask", json=ASKED).json())
    answer.verify(Article(ARTICLE))
    assert answer.short == "3 May"


def test_a_stream_sends_claims_and_then_the_answer() -> None:
    """Each claim is an event, and the last event is the answer."""
    with client_of(ScriptedModel(DRAFT)) as client:
        events = events_of(client.post("/v1/ask/stream", json=ASKED).text)
    names = [name for name, _ in events]
    assert names.count("claim_verified") == 2
    assert names[-1] == "answer"
    assert events[-1][1]["short"] == "3 May"


def test_a_server_that_dies_in_the_middle_ends_the_stream_with_an_error() -> None:
    """The claims so far are followed by one event that says what happened, without details."""
    with client_of(DyingModel()) as client:
        events = events_of(client.post("/v1/ask/stream", json=ASKED).text)
    assert "claim_verified" in [name for name, _ in events]
    assert events[-1] == (
        "error",
        {
            "error": "ModelUnavailableError",
            "message": "The model's server is not available; ask again later.",
        },
    )


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ModelUnavailableError("sk-secret at http://10.0.0.7"), 503),
        (ModelRequestError("sk-secret is wrong"), 502),
        (ConfigurationError("/srv/sk-secret is missing"), 500),
    ],
    ids=["unavailable", "rejected", "configuration"],
)
def test_a_failure_of_the_model_shows_no_detail(error: Exception, status: int) -> None:
    """No key, address or path of the server is in a response, of one question or of many."""
    with client_of(ScriptedModel(error)) as client:
        response = client.post("/v1/ask", json=ASKED)
    assert response.status_code == status
    assert set(response.json()) == {"error", "message"}
    assert "secret" not in response.text


def test_failures_of_many_questions_show_no_detail() -> None:
    """A failure among answers has the fixed sentence, too."""
    model = ScriptedModel(*[ModelRequestError("sk-secret is wrong")] * 4)
    many = {"article": ARTICLE, "questions": ["When did it close?", "How old is it?"]}
    with client_of(model) as client:
        response = client.post("/v1/ask_many", json=many)
    assert [each["error"] for each in response.json()] == ["ModelRequestError"] * 2
    assert "secret" not in response.text


def test_many_questions_are_answered_in_order(client: TestClient) -> None:
    """There is an answer for each question."""
    many = {"article": ARTICLE, "questions": ["When did the old bridge close?", "Who won the cup?"]}
    when, who = client.post("/v1/ask_many", json=many).json()
    assert (when["short"], who["status"]) == ("3 May", "not_in_article")


def test_a_file_becomes_an_article(client: TestClient) -> None:
    """The content decides the format; the article goes back into a question as it is."""
    article = client.post(
        "/v1/articles?name=a.json", content=json.dumps({"text": ARTICLE, "title": "Bridge"})
    ).json()
    assert (article["title"], article["text"]) == ("Bridge", ARTICLE)
    assert client.post("/v1/ask", json={**ASKED, "article": article}).json()["short"] == "3 May"


@pytest.mark.parametrize(
    "asked",
    [
        {"article": "", "question": "Who?"},
        {"article": ARTICLE, "question": ""},
        {"article": ARTICLE},
        {"article": ARTICLE, "question": "x" * 10_001},
        {"article": {"text": ARTICLE, "titel": "x"}, "question": "Who?"},
        {"article": "\ud800", "question": "\ud800"},
    ],
    ids=["no text", "no question", "missing", "long", "unknown field", "surrogate"],
)
def test_what_cannot_be_asked_is_a_problem_in_one_sentence(
    client: TestClient, asked: dict[str, object]
) -> None:
    """The request is refused with a short message, which does not repeat what was sent."""
    response = client.post(
        "/v1/ask", content=json.dumps(asked), headers={"content-type": "application/json"}
    )
    assert response.status_code == 422
    assert set(response.json()) == {"error", "message"}
    assert len(response.text) < 1_000


def test_a_long_body_is_refused() -> None:
    """More than the limit is not read."""
    with client_of(limits=Limits(max_body_bytes=1_000)) as client:
        assert client.post("/v1/ask", json={**ASKED, "article": "x" * 2_000}).status_code == 413
        assert client.post("/v1/articles", content=b"x" * 2_000).status_code == 413


def test_a_slow_answer_is_given_up() -> None:
    """After the time that a request may take, it is a 504; in a stream, an error."""
    with client_of(WaitingModel(), limits=Limits(timeout_seconds=0.05)) as client:
        assert client.post("/v1/ask", json=ASKED).status_code == 504
        events = events_of(client.post("/v1/ask/stream", json=ASKED).text)
    assert events[-1][1] == {"error": "TimeoutError", "message": "The answer took too long."}


@pytest.mark.parametrize("given", [None, "Bearer wrong", "Bearer ", "Basic right", "Bearer rïght"])
@pytest.mark.parametrize(
    "path", ["/v1/ask", "/v1/ask/stream", "/v1/ask_many", "/v1/articles", "/stream"]
)
def test_without_the_token_nothing_is_answered(path: str, given: str | None) -> None:
    """Each endpoint that answers asks for the token."""
    headers = [] if given is None else [(b"authorization", given.encode())]
    with client_of(token="right") as client:
        response = client.post(path, json=ASKED, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


def test_with_the_token_a_question_is_answered() -> None:
    """The right token opens the endpoint; the state of the server is open to all."""
    with client_of(token="right") as client:
        headers = {"authorization": "Bearer right"}
        assert client.post("/v1/ask", json=ASKED, headers=headers).status_code == 200
        assert client.get("/healthz").json() == {"status": "ok"}


def test_an_empty_token_is_no_protection() -> None:
    """A token that everybody has is refused at once."""
    with pytest.raises(ConfigurationError, match="token is empty"):
        client_of(token=" ")


def test_other_names_for_this_machine_are_refused(client: TestClient) -> None:
    """A site that points its own name at this machine gets no answer."""
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_other_sites_may_not_read_and_scripts_are_our_own(client: TestClient) -> None:
    """There is no CORS header, and the policy has no unsafe source."""
    response = client.get("/", headers={"origin": "https://evil.example"})
    assert not [name for name in response.headers if name.startswith("access-control")]
    assert "unsafe" not in response.headers["content-security-policy"]
    assert "script-src 'self'" in response.headers["content-security-policy"]


def test_the_schema_holds_the_public_types(client: TestClient) -> None:
    """The schema is made from the types of the library."""
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert {"Problem", "AskRequest"} <= set(schemas)
    assert any(name.startswith("Answer") for name in schemas)


async def _post(app: Any, count: int, path: str) -> list[httpx.Response]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=LOCAL) as client:
        return await asyncio.gather(*[client.post(path, json=ASKED) for _ in range(count)])


def test_200_streams_at_once_all_end_with_an_answer() -> None:
    """Many streams do not disturb each other, and each gives its place back."""
    qa = NewsQA(Settings(), model=ScriptedModel(*[DRAFT] * 200))
    app = create_app(qa, limits=Limits(max_under_way=200))
    for response in asyncio.run(_post(app, 200, "/v1/ask/stream")):
        assert events_of(response.text)[-1][0] == "answer"
    assert app.state.serving.under_way == 0


def test_too_many_questions_under_way_are_told_when_to_come_back() -> None:
    """The first ones are answered in their time, the others get 429 at once."""
    limits = Limits(max_under_way=2, timeout_seconds=0.2)
    app = create_app(NewsQA(Settings(), model=WaitingModel()), limits=limits)
    responses = asyncio.run(_post(app, 5, "/v1/ask"))
    assert sorted(r.status_code for r in responses) == [429, 429, 429, 504, 504]
    assert {r.headers.get("retry-after") for r in responses} == {"5", None}
    assert app.state.serving.under_way == 0
