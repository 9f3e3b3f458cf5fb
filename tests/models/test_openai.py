"""OpenAIModel: what is sent, what comes back, and what it cost."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from newsqa.errors import (
    ConfigurationError,
    ModelContextError,
    ModelError,
    ModelRefusedError,
    ModelRequestError,
    ModelTruncatedError,
    ModelUnavailableError,
)
from newsqa.models import Model
from newsqa.models.openai import OpenAIModel
from newsqa.usage import Usage
from tests.scripted_server import (
    LOCAL_URL,
    OPENAI_URL,
    PROMPT,
    SCHEMA,
    TEXT,
    ScriptedServer,
    answer,
    complete,
    error,
    sent,
)

STRICT = {
    "type": "json_schema",
    "json_schema": {"name": "draft", "strict": True, "schema": {"type": "object"}},
}
MESSAGES = [
    {"role": "system", "content": "Answer in JSON."},
    {"role": "user", "content": "When does the ferry leave?"},
]


def failure(server: ScriptedServer, kind: type[ModelError], **arguments: Any) -> ModelError:
    """The error that a model at ``server`` raises, of exactly this kind."""
    with pytest.raises(kind) as caught:
        server.complete(**arguments)
    assert caught.type is kind
    assert caught.value.model == arguments.get("name", "tiny")
    assert caught.value.usage.calls == server.calls
    return caught.value


class TestWhatIsSent:
    """The exact JSON body, by host."""

    def test_a_server_that_is_not_openais_gets_only_what_all_servers_know(self) -> None:
        """No parameter of OpenAI's own, and no temperature."""
        server = ScriptedServer(answer())
        server.complete()
        assert server.bodies == [
            {
                "model": "tiny",
                "messages": MESSAGES,
                "response_format": STRICT,
                "max_tokens": 4096,
            }
        ]

    @pytest.mark.parametrize(
        "base_url",
        [OPENAI_URL, "https://eu.api.openai.com/v1", "https://us.openai.azure.com/openai/v1"],
    )
    def test_openai_and_azure_get_parameters_of_their_own(self, base_url: str) -> None:
        """Nothing stored, no reasoning, and the limit by its new name."""
        server = ScriptedServer(answer())
        server.complete(name="gpt-5.4-mini", base_url=base_url)
        assert server.bodies == [
            {
                "model": "gpt-5.4-mini",
                "messages": MESSAGES,
                "response_format": STRICT,
                "store": False,
                "reasoning_effort": "none",
                "max_completion_tokens": 4096,
            }
        ]

    def test_a_host_that_only_looks_like_openais_is_another_server(self) -> None:
        """The whole host name counts."""
        server = ScriptedServer(answer())
        server.complete(base_url="https://api.openai.com.example/v1")
        assert "store" not in server.bodies[0]

    def test_parameters_of_the_caller_override_and_none_leaves_out(self) -> None:
        """What the caller says comes last."""
        server = ScriptedServer(answer())
        parameters = {"temperature": 0, "store": None, "reasoning_effort": "low"}
        server.complete(name="gpt-6-luna", base_url=OPENAI_URL, parameters=parameters)
        body = server.bodies[0]
        assert (body["temperature"], body["reasoning_effort"]) == (0, "low")
        assert "store" not in body

    def test_a_limit_among_the_parameters_replaces_the_limit_of_the_model(self) -> None:
        """Never two names for one limit."""
        server = ScriptedServer(answer())
        server.complete(parameters={"max_completion_tokens": 9})
        assert server.bodies[0]["max_completion_tokens"] == 9
        assert "max_tokens" not in server.bodies[0]

    def test_the_key_is_sent_to_the_right_address(self) -> None:
        """As a bearer token."""
        server = ScriptedServer(answer())
        server.complete()
        assert str(server.requests[0].url) == f"{LOCAL_URL}/chat/completions"
        assert server.requests[0].headers["authorization"] == "Bearer sk-secret"


class TestWhatComesBack:
    """A completion, with its usage."""

    def test_a_completion_holds_text_model_usage_and_request_id(self) -> None:
        """As the server says them."""
        completion = ScriptedServer(answer()).complete()
        assert (completion.text, completion.model) == (TEXT, "tiny-2026")
        assert completion.request_id == "req_1"
        assert completion.usage == Usage(calls=1, input_tokens=10, output_tokens=5)

    def test_a_server_that_names_no_model_has_used_the_one_asked_for(self) -> None:
        """The name of the model stands in."""
        body = {"choices": [{"message": {"content": TEXT}}]}
        completion = ScriptedServer(sent(200, body)).complete()
        assert (completion.model, completion.usage) == ("tiny", Usage(calls=1))

    def test_it_is_a_model(self) -> None:
        """It fits the protocol."""
        model: Model = OpenAIModel("gpt-6-luna", api_key="sk-secret")
        assert (model.name, model.max_input_tokens) == ("gpt-6-luna", 272_000)

    def test_limits_of_the_caller_override_the_known_ones(self) -> None:
        """Both of them."""
        server = ScriptedServer(answer())
        model = server.model(max_input_tokens=77, max_output_tokens=88)
        complete(model)
        assert (model.max_input_tokens, server.bodies[0]["max_tokens"]) == (77, 88)


class TestTransport:
    """What failed in passing is sent again, by one policy."""

    def test_a_server_error_is_retried_after_half_a_second_to_a_second(self) -> None:
        """And the completion counts both calls."""
        server = ScriptedServer(error(500), answer())
        completion = server.complete()
        assert completion.usage == Usage(calls=2, retries=1, input_tokens=10, output_tokens=5)
        assert len(server.slept) == 1
        assert 0.5 <= server.slept[0] <= 1.0

    @pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
    def test_passing_statuses_are_retried_until_attempts_run_out(self, status: int) -> None:
        """Three in all here, with growing waits."""
        server = ScriptedServer(*(error(status, "Busy.") for _ in range(3)))
        raised = failure(server, ModelUnavailableError, transport={"max_attempts": 3})
        assert raised.usage == Usage(calls=3, retries=2)
        assert raised.retryable
        assert str(raised) == (
            f"{LOCAL_URL} could not answer ({status}). It says: Busy. Given up after 3 requests."
        )
        assert 0.5 <= server.slept[0] <= 1.0 <= server.slept[1] <= 1.5

    @pytest.mark.parametrize(
        ("problem", "said"),
        [
            (httpx2.ReadTimeout("slow"), "did not answer within 60 s."),
            (httpx2.ConnectError("refused"), "failed: refused."),
            (httpx2.RemoteProtocolError("cut"), "failed: cut."),
            (httpx2.ReadError(""), "failed: ReadError."),
        ],
    )
    def test_timeouts_and_broken_connections_are_retried(
        self, problem: Exception, said: str
    ) -> None:
        """Two calls for two attempts, and the client's error is the cause."""
        server = ScriptedServer(problem, problem)
        raised = failure(server, ModelUnavailableError, transport={"max_attempts": 2})
        assert raised.usage == Usage(calls=2, retries=1)
        assert said in str(raised)
        assert len(server.slept) == 1
        assert raised.__cause__ is not None
        assert type(raised.__cause__).__module__ == "openai"

    def test_retry_after_is_waited_for_to_the_second(self) -> None:
        """No more and no less."""
        server = ScriptedServer(error(429, headers={"retry-after": "7"}), answer())
        assert server.complete().usage.calls == 2
        assert server.slept == [7.0]

    def test_a_retry_after_beyond_the_deadline_ends_at_once(self) -> None:
        """Nobody waits for what cannot be in time."""
        server = ScriptedServer(error(429, headers={"retry-after": "3600"}))
        raised = failure(server, ModelUnavailableError)
        assert str(raised).endswith("Given up after 1 request; it asks to wait 3600 s.")
        assert (server.calls, server.slept) == (1, [])

    def test_the_deadline_ends_retries_before_their_number_does(self) -> None:
        """100 + 100 seconds are above 150."""
        late = [error(503, headers={"retry-after": "100"}) for _ in range(2)]
        server = ScriptedServer(*late)
        failure(server, ModelUnavailableError, transport={"deadline": 150.0})
        assert (server.calls, server.slept) == (2, [100.0])

    def test_what_the_server_says_about_retrying_counts(self) -> None:
        """Both ways."""
        never = ScriptedServer(error(503, headers={"x-should-retry": "false"}))
        failure(never, ModelUnavailableError)
        assert (never.calls, never.slept) == (1, [])
        again = ScriptedServer(error(400, headers={"x-should-retry": "true"}), answer())
        assert again.complete().usage == Usage(calls=2, retries=1, input_tokens=10, output_tokens=5)

    def test_used_up_quota_is_not_retried(self) -> None:
        """Even if the server says so: a 429 that no waiting mends."""
        quota = error(
            429,
            "You exceeded your current quota.",
            code="insufficient_quota",
            headers={"x-should-retry": "true", "retry-after": "1"},
        )
        server = ScriptedServer(quota)
        raised = failure(server, ModelRequestError)
        assert "no quota left" in str(raised)
        assert (server.calls, server.slept) == (1, [])

    @pytest.mark.parametrize(
        "malformed",
        [
            httpx2.Response(200, html="<h1>Welcome</h1>"),
            httpx2.Response(200, text='{"choices": [{"message": {"cont'),
            httpx2.Response(200),
            sent(200, {"choices": None}),
            sent(200, {"choices": []}),
            sent(200, {"choices": [{"message": None, "finish_reason": "stop"}]}),
            sent(200, {"error": {"message": "Upstream went away."}}),
            sent(200, {"error": {"message": "Overloaded.", "code": 502}}),
            sent(200, {"choices": [{"error": {"code": 502}, "finish_reason": "error"}]}),
            sent(200, [1, 2]),
            sent(200, "fine"),
        ],
    )
    def test_a_malformed_200_is_retried(self, malformed: httpx2.Response) -> None:
        """It is no answer, whatever its status."""
        server = ScriptedServer(malformed, answer())
        assert server.complete().text == TEXT
        assert (server.calls, len(server.slept)) == (2, 1)

    def test_an_empty_completion_is_retried_and_its_tokens_are_counted(self) -> None:
        """Nothing was written, but it was paid for."""
        completion = (server := ScriptedServer(answer(""), answer())).complete()
        assert completion.usage == Usage(calls=2, retries=1, input_tokens=20, output_tokens=10)
        assert len(server.slept) == 1

    def test_a_web_page_instead_of_json_points_to_the_address(self) -> None:
        """The usual reason is a base_url without its /v1."""
        server = ScriptedServer(httpx2.Response(200, html="<p>Hello"))
        raised = failure(server, ModelUnavailableError, transport={"max_attempts": 1})
        assert "sent text/html" in str(raised)
        assert "base_url" in str(raised)

    def test_an_error_inside_of_a_200_is_what_its_code_says(self) -> None:
        """A refused key there is a refused key."""
        server = ScriptedServer(sent(200, {"error": {"message": "No.", "code": 401}}))
        assert "The key was refused (401)" in str(failure(server, ModelRequestError))
        assert server.slept == []

    def test_other_exceptions_come_through_as_they_are(self) -> None:
        """Such as that of a recorder which has no answer for the request."""

        class CannotReplayError(Exception):
            pass

        server = ScriptedServer(CannotReplayError("changed prompt"))
        with pytest.raises(CannotReplayError, match="changed prompt"):
            server.complete()
        assert (server.calls, server.slept) == (1, [])

    @pytest.mark.vcr
    def test_a_recorders_exception_comes_through_as_it_is(self) -> None:
        """It shows which prompt has changed; there is no cassette for this test."""
        server = ScriptedServer()
        with pytest.raises(Exception, match="play back this request") as caught:
            server.complete(transport={"http_client": None})
        assert caught.type.__module__ == "vcr.errors"
        assert server.slept == []


class TestErrors:
    """What no retry will mend is raised at once, with what to do about it."""

    def test_a_refused_key_is_not_shown(self) -> None:
        """Neither in the message nor in the cause."""
        server = ScriptedServer(error(401, "Incorrect API key provided: sk-secret"))
        raised = failure(server, ModelRequestError)
        assert str(raised) == f"The key was refused (401) by {LOCAL_URL}: check OPENAI_API_KEY."
        assert "sk-secret" not in f"{raised!r} {raised.__cause__!r} {server.model()!r}"

    def test_a_forbidden_model_names_key_and_model(self) -> None:
        """403, with the server's reason but not the key in it."""
        raised = failure(ScriptedServer(error(403, "sk-secret may not.")), ModelRequestError)
        assert "check OPENAI_API_KEY, and that it may use 'tiny'. It says: *** may not." in str(
            raised
        )

    def test_an_unknown_model_is_named_with_the_server(self) -> None:
        """404."""
        server = ScriptedServer(error(404, "Not found", headers={"x-request-id": "req_7"}))
        raised = failure(server, ModelRequestError)
        assert f"There is no model 'tiny' at {LOCAL_URL} (404)" in str(raised)
        assert raised.request_id == "req_7"
        assert server.slept == []

    @pytest.mark.parametrize(
        "overflow",
        [
            error(400, "Too much.", code="context_length_exceeded"),
            error(400, "the request exceeds it", type="exceed_context_size_error", code=400),
            sent(
                400,
                {
                    "object": "error",
                    "message": "This model's maximum context length is 64 tokens.",
                    "type": "BadRequestError",
                    "code": 400,
                },
            ),
        ],
        ids=["openai", "llama.cpp", "vllm"],
    )
    def test_a_prompt_above_the_context_is_told_apart(self, overflow: httpx2.Response) -> None:
        """In each of the three shapes it comes in."""
        server = ScriptedServer(overflow)
        assert "set max_input_tokens lower" in str(failure(server, ModelContextError))
        assert (server.calls, server.slept) == (1, [])

    @pytest.mark.parametrize(
        "response",
        [
            error(404, "404 page not found"),
            error(405, "Method Not Allowed"),
            httpx2.Response(200, html="<p>It works"),
            sent(200, {"error": "Unexpected endpoint or method."}),
        ],
    )
    def test_a_missing_v1_is_named(self, response: httpx2.Response) -> None:
        """With the address as it probably should be."""
        server = ScriptedServer(response)
        with pytest.raises(ModelError, match=r"try http://models\.test:11434/v1\."):
            server.complete(base_url="http://models.test:11434/", transport={"max_attempts": 1})

    def test_a_path_that_is_there_is_not_doubted(self) -> None:
        """Then it is the model's name that is wrong."""
        assert "/v1." not in str(failure(ScriptedServer(error(404, "No.")), ModelRequestError))

    def test_a_refusal_holds_the_models_words_and_its_usage(self) -> None:
        """It was paid for."""
        server = ScriptedServer(answer(None, refusal="I would rather not."))
        raised = failure(server, ModelRefusedError)
        assert str(raised) == "'tiny' refused to answer: I would rather not."
        assert raised.usage == Usage(calls=1, input_tokens=10, output_tokens=5)
        assert raised.request_id == "req_1"
        assert server.slept == []

    @pytest.mark.parametrize(
        "filtered",
        [
            answer("", finish="content_filter"),
            error(400, "Filtered.", code="content_filter"),
            error(400, "No.", innererror={"code": "ResponsibleAIPolicyViolation"}),
        ],
        ids=["finish", "code", "azure"],
    )
    def test_a_content_filter_is_a_refusal(self, filtered: httpx2.Response) -> None:
        """Of the output or of the prompt."""
        server = ScriptedServer(filtered)
        assert "content filter" in str(failure(server, ModelRefusedError))
        assert (server.calls, server.slept) == (1, [])

    def test_an_output_at_its_limit_keeps_what_there_is(self) -> None:
        """With its usage."""
        server = ScriptedServer(answer('{"short": "at', finish="length"))
        raised = failure(server, ModelTruncatedError)
        assert raised.partial == '{"short": "at'
        assert raised.usage == Usage(calls=1, input_tokens=10, output_tokens=5)
        assert server.slept == []

    def test_a_bad_request_is_not_swallowed(self) -> None:
        """What names neither the format nor a parameter of ours is raised."""
        server = ScriptedServer(error(400, "messages must alternate"))
        assert str(failure(server, ModelRequestError)) == (
            f"{LOCAL_URL} does not accept the request for 'tiny' (400). "
            "It says: messages must alternate"
        )
        assert (server.calls, server.slept) == (1, [])


class TestLadder:
    """Structured output: from enforced to asked for."""

    def test_each_rejected_format_is_a_step_down_and_a_call(self) -> None:
        """json_schema, json_object, then the prompt alone; none of them a retry."""
        server = ScriptedServer(
            error(400, "This response_format type is unavailable now"),
            error(400, "'response_format.type' must be 'json_schema' or 'text'"),
            answer(),
        )
        completion = server.complete()
        assert [body.get("response_format") for body in server.bodies] == [
            STRICT,
            {"type": "json_object"},
            None,
        ]
        assert completion.usage == Usage(calls=3, input_tokens=10, output_tokens=5)
        assert server.slept == []

    def test_a_step_down_is_remembered(self) -> None:
        """The next completion starts where the last one ended, in another loop too."""
        rejected = error(422, "Unknown field", param="response_format")
        server = ScriptedServer(rejected, answer(), answer())
        model = server.model()
        complete(model)
        assert complete(model).usage.calls == 1
        assert server.bodies[2]["response_format"] == {"type": "json_object"}

    def test_late_complaints_about_one_format_are_one_step(self) -> None:
        """Of two requests under way at once, both are told; the second does not step again."""
        arrived = asyncio.Semaphore(0)

        async def handle(request: httpx2.Request) -> httpx2.Response:
            if b"json_schema" not in request.content:
                return answer(None if b"json_object" not in request.content else TEXT)
            arrived.release()
            if arrived._value < 2:
                await both.wait()
            both.set()
            return error(400, "json_schema is not supported")

        async def run() -> list[str]:
            completions = await asyncio.gather(
                model.complete(PROMPT, SCHEMA), model.complete(PROMPT, SCHEMA)
            )
            return [completion.text for completion in completions]

        both = asyncio.Event()
        transport = ScriptedServer().transport(http_client=lambda: _client(handle))
        model = OpenAIModel("tiny", base_url=LOCAL_URL, transport=transport)
        assert asyncio.run(run()) == [TEXT, TEXT]

    def test_a_prompt_above_the_context_is_no_step_down(self) -> None:
        """Even if the message names the schema, which takes its part of the context."""
        message = "The prompt with its json_schema exceeds the context length"
        server = ScriptedServer(error(400, message))
        failure(server, ModelContextError)
        assert server.calls == 1

    def test_a_format_of_the_caller_is_not_given_up(self) -> None:
        """It was asked for."""
        server = ScriptedServer(error(400, "response_format is not supported"))
        parameters = {"response_format": {"type": "json_object"}}
        failure(server, ModelRequestError, parameters=parameters)
        assert server.calls == 1

    def test_what_groq_rejects_is_what_the_model_wrote(self) -> None:
        """Whether it fits is for the reader to say."""
        server = ScriptedServer(
            error(400, "Failed.", code="json_validate_failed", failed_generation="{oops")
        )
        completion = server.complete()
        assert (completion.text, completion.model, server.calls) == ("{oops", "tiny", 1)


class TestOptionalParameters:
    """What a server does not know is left out, once and for all."""

    @pytest.mark.parametrize(
        "rejected",
        [
            error(400, "Unsupported parameter: 'store'.", param="store"),
            error(400, "Unrecognized request argument supplied: store"),
            sent(
                422,
                {"detail": [{"type": "extra_forbidden", "loc": ["body", "store"], "msg": "No."}]},
            ),
            sent(
                422,
                {
                    "object": "error",
                    "message": {"detail": [{"type": "extra_forbidden", "loc": ["body", "store"]}]},
                    "type": "invalid_request_error",
                },
            ),
        ],
        ids=["param", "message", "detail", "mistral"],
    )
    def test_an_unknown_parameter_is_dropped_and_stays_so(self, rejected: httpx2.Response) -> None:
        """All else is sent as before."""
        server = ScriptedServer(rejected, answer(), answer())
        model = server.model("gpt-6-luna", base_url=OPENAI_URL)
        usage = complete(model).usage
        assert (usage.calls, usage.input_tokens, usage.output_tokens) == (2, 10, 5)
        complete(model)
        assert ["store" in body for body in server.bodies] == [True, False, False]
        assert server.bodies[1]["response_format"] == STRICT
        assert server.slept == []

    def test_a_rejected_limit_is_sent_by_its_other_name(self) -> None:
        """OpenAI's reasoning models behind another host want the new one."""
        message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
        server = ScriptedServer(error(400, message, param="max_tokens"), answer())
        server.complete()
        assert "max_tokens" not in server.bodies[1]
        assert server.bodies[1]["max_completion_tokens"] == 4096

    def test_a_parameter_of_the_caller_is_not_dropped(self) -> None:
        """It was asked for."""
        server = ScriptedServer(error(400, "Unsupported parameter: 'seed'", param="seed"))
        failure(server, ModelRequestError, parameters={"seed": 1})
        assert server.calls == 1

    def test_a_parameter_of_ours_that_the_caller_set_is_the_callers(self) -> None:
        """It was asked for with this value."""
        server = ScriptedServer(error(400, "Unknown parameter: 'store'", param="store"))
        arguments = {"base_url": OPENAI_URL, "parameters": {"store": True}}
        failure(server, ModelRequestError, **arguments)
        assert server.calls == 1

    def test_a_value_that_is_too_large_is_not_an_unknown_parameter(self) -> None:
        """Without a limit the output would have none."""
        server = ScriptedServer(error(400, "max_tokens is too large: 4096", param="max_tokens"))
        assert "max_tokens is too large" in str(failure(server, ModelRequestError))
        assert server.calls == 1


class TestConfiguration:
    """What cannot work is said before any call."""

    @pytest.mark.parametrize(
        "url", ["localhost:8000", "ftp://host/v1", "http://", "http://a b/", "x"]
    )
    def test_a_base_url_that_is_none_is_refused(self, url: str) -> None:
        """With an example of one."""
        with pytest.raises(ConfigurationError, match="base_url must be an http or https URL"):
            OpenAIModel("tiny", api_key="sk-secret", base_url=url)

    def test_a_key_in_the_place_of_the_address_is_not_shown(self) -> None:
        """It happens with environment variables."""
        with pytest.raises(ConfigurationError) as caught:
            OpenAIModel("tiny", base_url="sk-secret")
        assert "sk-secret" not in str(caught.value)

    def test_a_key_in_a_header_is_the_only_one_that_is_sent(self) -> None:
        """A second one would be a wrong one."""
        server = ScriptedServer(answer())
        server.complete(api_key=None, headers={"api-key": "k-1"})
        assert server.requests[0].headers["api-key"] == "k-1"
        assert "authorization" not in server.requests[0].headers

    def test_other_headers_are_sent_beside_the_key(self) -> None:
        """With every request."""
        server = ScriptedServer(answer())
        server.complete(headers={"X-Title": "Desk"})
        assert server.requests[0].headers["x-title"] == "Desk"
        assert server.requests[0].headers["authorization"] == "Bearer sk-secret"

    @pytest.mark.parametrize("header", [("na me", "x"), ("", "x"), ("a", "Zoë"), ("a", "b\nc")])
    def test_a_header_that_cannot_be_sent_is_refused(self, header: tuple[str, str]) -> None:
        """Before any request; its value may be a key and is not shown."""
        with pytest.raises(
            ConfigurationError, match="holds a character that none may have"
        ) as raised:
            OpenAIModel("tiny", base_url=LOCAL_URL, headers=dict([header]))
        assert "Zoë" not in str(raised.value)

    def test_openai_needs_a_key(self) -> None:
        """And says where it is looked for."""
        with pytest.raises(ConfigurationError, match="set OPENAI_API_KEY"):
            OpenAIModel()

    @pytest.mark.parametrize("key", ["", "  \n"])
    def test_an_empty_key_is_none(self, key: str) -> None:
        """Wherever it goes."""
        with pytest.raises(ConfigurationError, match="no key"):
            OpenAIModel("tiny", api_key=key, base_url=LOCAL_URL)

    @pytest.mark.parametrize("key", ["sk secret", "sk-sécret", "sk-a\nsk-b"])
    def test_a_key_that_cannot_be_one_is_refused_unseen(self, key: str) -> None:
        """The message does not show it."""
        with pytest.raises(ConfigurationError, match="copy it again") as caught:
            OpenAIModel("tiny", api_key=key, base_url=LOCAL_URL)
        assert key not in str(caught.value)

    def test_another_server_may_do_without_a_key(self) -> None:
        """As local ones do."""
        server = ScriptedServer(answer())
        assert server.complete(api_key=None).text == TEXT

    def test_key_and_address_come_from_the_environment(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where nothing else is given; spaces around a key are not part of it."""
        monkeypatch.setenv("OPENAI_API_KEY", "sk-env\n")
        monkeypatch.setenv("OPENAI_BASE_URL", "http://env.test/v1")
        server = ScriptedServer(answer())
        server.complete(api_key=None, base_url=None)
        assert server.requests[0].url.host == "env.test"
        assert server.requests[0].headers["authorization"] == "Bearer sk-env"

    @pytest.mark.parametrize("limit", ["max_input_tokens", "max_output_tokens"])
    def test_a_limit_must_be_positive(self, limit: str) -> None:
        """Zero tokens are no limit."""
        arguments: dict[str, Any] = {limit: 0}
        with pytest.raises(ConfigurationError, match="must be above 0, and is 0"):
            OpenAIModel("tiny", base_url=LOCAL_URL, **arguments)

    def test_a_password_in_the_address_is_sent_but_not_shown(self) -> None:
        """Nor is a query."""
        model = OpenAIModel("tiny", base_url="http://me:pass@models.test/v1?token=x")
        shown = f"{model!r} {model.fingerprint}"
        assert "http://models.test/v1" in shown
        assert "pass" not in shown
        assert "token=x" not in shown


class TestFingerprint:
    """What shapes a completion."""

    def test_it_does_not_depend_on_key_or_transport(self) -> None:
        """Nor on the process."""
        one = ScriptedServer().model(api_key="sk-one", transport={"timeout": 1.0})
        two = ScriptedServer().model(api_key="sk-two")
        assert one.fingerprint == two.fingerprint

    @pytest.mark.parametrize(
        "change",
        [
            {"name": "other"},
            {"base_url": "http://other.test/v1"},
            {"max_output_tokens": 9},
            {"parameters": {"seed": 1}},
        ],
    )
    def test_it_changes_with_all_that_shapes_a_completion(self, change: dict[str, Any]) -> None:
        """Server, model, limit and parameters."""
        assert ScriptedServer().model(**change).fingerprint != ScriptedServer().model().fingerprint


class TestLoopsThreadsAndForks:
    """One model, used from everywhere."""

    def test_two_event_loops_in_sequence_have_clients_of_their_own(self) -> None:
        """A client of a closed loop would fail; both are closed with their loops."""
        server = ScriptedServer(answer(), answer())
        model = server.model()
        assert [complete(model).text for _ in range(2)] == [TEXT, TEXT]
        assert [client.is_closed for client in server.clients] == [True, True]

    def test_a_loop_that_has_ended_is_let_go_of(self) -> None:
        """Nothing of it leaks into a model that lives on."""
        model = ScriptedServer(answer()).model()

        async def run() -> weakref.ref[asyncio.AbstractEventLoop]:
            await model.complete(PROMPT, SCHEMA)
            return weakref.ref(asyncio.get_running_loop())

        loop = asyncio.run(run())
        gc.collect()
        assert loop() is None

    def test_one_loop_keeps_its_client(self) -> None:
        """Connections are used again."""
        server = ScriptedServer(answer(), answer())
        model = server.model()

        async def run() -> None:
            await asyncio.gather(model.complete(PROMPT, SCHEMA), model.complete(PROMPT, SCHEMA))

        asyncio.run(run())
        assert len(server.clients) == 1

    def test_a_closed_model_may_be_used_again(self) -> None:
        """With a new client."""
        server = ScriptedServer(answer(), answer())
        model = server.model()

        async def run() -> None:
            await model.aclose()
            await model.complete(PROMPT, SCHEMA)
            await model.aclose()
            assert server.clients[0].is_closed
            await model.complete(PROMPT, SCHEMA)

        asyncio.run(run())
        assert len(server.clients) == 2

    def test_sixteen_threads_with_loops_of_their_own(self) -> None:
        """Three completions each, and sixteen times three clients, all closed."""
        server = ScriptedServer(*(answer() for _ in range(48)))
        model = server.model()
        with ThreadPoolExecutor(16) as threads:
            texts = list(threads.map(lambda _: complete(model).text, range(48)))
        assert texts == [TEXT] * 48
        assert all(client.is_closed for client in server.clients)

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")
    @pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # Python 3.12, with threads
    def test_a_forked_child_uses_the_model_of_its_parent(self) -> None:
        """Even one that is in use while the fork happens."""
        server = ScriptedServer(answer(), answer(), answer())
        model = server.model()

        async def run() -> int:
            await model.complete(PROMPT, SCHEMA)
            child = os.fork()
            if child == 0:
                os._exit(_status_of_completing(model))
            await model.complete(PROMPT, SCHEMA)
            return child

        assert os.waitpid(asyncio.run(run()), 0)[1] == 0
        assert server.calls == 2

    def test_no_more_requests_are_under_way_than_allowed(self) -> None:
        """Ten completions, three at a time."""
        under_way: list[int] = [0]
        most: list[int] = [0]

        async def handle(request: httpx2.Request) -> httpx2.Response:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
            for _ in range(20):
                await asyncio.sleep(0)
            under_way[0] -= 1
            return answer()

        async def run() -> None:
            await asyncio.gather(*(model.complete(PROMPT, SCHEMA) for _ in range(10)))

        transport = ScriptedServer().transport(
            http_client=lambda: _client(handle), max_concurrency=3
        )
        model = OpenAIModel("tiny", base_url=LOCAL_URL, transport=transport)
        asyncio.run(run())
        assert most == [3]

    def test_a_failed_completion_gives_its_place_back(self) -> None:
        """Or the second would wait for ever."""
        server = ScriptedServer(error(404), answer())
        model = server.model(transport={"max_concurrency": 1})

        async def run() -> str:
            with pytest.raises(ModelRequestError):
                await model.complete(PROMPT, SCHEMA)
            return (await model.complete(PROMPT, SCHEMA)).text

        assert asyncio.run(run()) == TEXT


def test_importing_and_building_a_model_does_not_load_the_client() -> None:
    """The client takes 0.3 s, and is needed only once something is asked."""
    code = (
        "import sys, newsqa, newsqa.models.openai as m;"
        "m.OpenAIModel('tiny', base_url='http://models.test/v1');"
        "sys.exit(bool({'openai', 'httpx2'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # our own code


def _client(handle: Any) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.MockTransport(handle))


def _status_of_completing(model: OpenAIModel) -> int:
    """The exit status of a child: only a completion is a success."""
    try:
        return 0 if complete(model).text == TEXT else 2
    except BaseException:  # noqa: BLE001  # a child must not run on into pytest
        return 1
