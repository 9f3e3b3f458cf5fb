"""The pytest plugin, in pytest runs of its own, over a real server on loopback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.testing.model_server import ModelServer, serving

pytest_plugins = ["pytester"]

KEY = "sk-3f9a-very-secret"
ASK = '''
import http.client, json, os, pytest

def ask(question, path="/v1/chat/completions", **more):
    """What the server completes, by a client that newsqa has nothing to do with."""
    prompt = f"Read the article.\\n\\nThe café closed on 3 May.\\n\\nQuestion: {question}"
    body = {"model": "tiny", "messages": [{"role": "user", "content": prompt}], **more}
    key = os.environ["KIT_KEY"]
    headers = {"content-type": "application/json", "authorization": f"Bearer {key}"}
    connection = http.client.HTTPConnection(os.environ["KIT_HOST"])
    connection.request("POST", path, json.dumps(body), headers)
    reply = json.loads(connection.getresponse().read())
    connection.close()
    return reply["choices"][0]["message"]["content"]
'''


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """Start the server, and set the environment that the inner tests read."""
    with serving() as server:
        monkeypatch.setenv("KIT_HOST", f"127.0.0.1:{server.port}")
        monkeypatch.setenv("KIT_KEY", KEY)
        yield server


class Project:
    """A user's project with one test file, and runs of pytest in it."""

    def __init__(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pytester = pytester
        self._monkeypatch = monkeypatch

    def write(self, body: str) -> None:
        """Write the test file, with ``ask`` in it."""
        self.pytester.makepyfile(test_app=ASK + body)

    def run(self, *options: str) -> pytest.RunResult:
        """Run pytest over the project, with the server available."""
        return self.pytester.runpytest_inprocess("-p", "no:cacheprovider", *options)

    def replay(self, *options: str) -> pytest.RunResult:
        """Run pytest over the project with another key and no server."""
        self._monkeypatch.setenv("KIT_HOST", "model.invalid")
        self._monkeypatch.setenv("KIT_KEY", "unused")
        return self.run(*options)

    def record(self, body: str) -> None:
        """Write the test file and record its requests."""
        self.write(body)
        self.run("--record-mode=once").assert_outcomes(passed=1)

    @property
    def cassette(self) -> Path:
        """The only cassette of the project."""
        [file] = self.pytester.path.rglob("*.yaml")
        return file


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return an empty project."""
    return Project(pytester, monkeypatch)


def marked(*lines: str) -> str:
    """Return a test with a cassette."""
    return "\n@pytest.mark.newsqa_vcr\ndef test_it():\n    " + "\n    ".join(lines) + "\n"


WHEN = marked("assert 'closed' in ask('When?')")


def output_of(result: pytest.RunResult) -> str:
    """Return the output of pytest."""
    return result.stdout.str()


def test_answers_replay_without_the_server(
    server: ModelServer, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are recorded with one key and address, and replayed with others."""
    server.reply = (
        '{"claims":[{"evidence":[{"sentence":1,"quote":"3 May"}],"text":"It closed on 3 May."}],'
        '"short":"3 May","status":"answered"}'
    )
    project.record(
        "from newsqa import Settings, ask as newsqa_ask\n"
        + marked(
            "settings = Settings(model='tiny', api_key=os.environ['KIT_KEY'],",
            "                    base_url='http://' + os.environ['KIT_HOST'] + '/v1')",
            "answer = newsqa_ask('The bridge closed on 3 May.', 'When?', settings=settings)",
            "assert answer.short == '3 May'",
        )
    )
    assert len(server.paths) == 1
    project.replay("--record-mode=none").assert_outcomes(passed=1)
    assert len(server.paths) == 1
    assert "short: 3 May" in project.cassette.read_text(encoding="utf-8")


def test_no_secret_is_written(server: ModelServer, project: Project) -> None:
    """Secrets of headers, query and body are replaced, and those of the reply."""
    query = f"?api-version=7&api-key={KEY}"
    project.record(
        marked(f"ask('When?', path='/v1/chat/completions{query}', api_key='{KEY}', user='{KEY}')")
    )
    assert server.paths == [f"/v1/chat/completions{query}"]
    written = project.cassette.read_bytes().decode()
    assert written.count("***") == 5
    assert "api-version=7" in written
    for secret in (KEY, "tok-of-somebody-else", "127.0.0.1", str(server.port), "cookie", "Bearer"):
        assert secret not in written


@pytest.mark.parametrize(
    "config",
    ["'filter_headers': ['authorization']", "'before_record_request': lambda request: request"],
)
def test_key_is_replaced_despite_filters_of_the_user(
    server: ModelServer, project: Project, config: str
) -> None:
    """The server repeats a key that a filter removed from the request."""
    project.pytester.makeconftest(
        f"import pytest\n@pytest.fixture\ndef vcr_config():\n    return {{{config}}}\n"
    )
    project.record(WHEN)
    written = project.cassette.read_text(encoding="utf-8")
    assert KEY not in written
    assert "note: you sent ***" in written


def test_scrubbed_requests_match_on_replay(server: ModelServer, project: Project) -> None:
    """Keys in query and body are not compared."""
    sent = "ask('When?', path=f'/v1/x?api-key={key}&v=1', api_key=key)"
    project.record(marked("key = os.environ['KIT_KEY']", sent))
    project.replay().assert_outcomes(passed=1)


def test_cassette_is_the_same_file_on_every_platform(server: ModelServer, project: Project) -> None:
    """It is UTF-8 with newlines only, and texts are blocks."""
    project.record(WHEN)
    written = project.cassette.read_bytes()
    assert b"\r" not in written
    text = written.decode("utf-8")
    assert "content: |-\n            Read the article.\n\n            The café closed" in text
    assert "content: |-\n              The bridge is “closed”.\n              For good." in text


def test_changed_prompt_fails_with_a_diff(server: ModelServer, project: Project) -> None:
    """The message compares it with the nearest request, without vcrpy's dump."""
    project.record(marked("ask('Who paid for it?')", "ask('When did it close?')"))
    project.write(marked("ask('When does it open?')"))
    result = project.replay()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "test_it.yaml has no recording for this request:",
            "*POST /v1/chat/completions, tiny: Question: When does it open?",
            "The nearest of 2, number 2, differs in messages[[]0].content:",
            "--- recorded",
            "+++ sent now",
            "-*Question: When did it close?",
            "+*Question: When does it open?",
            "If the change is intended, record again with --record-mode=rewrite.",
        ]
    )
    assert "How to fix" not in output_of(result)
    assert "Traceback" not in output_of(result)


@pytest.mark.parametrize(
    ("change", "place"),
    [("temperature=0.5", "temperature"), ("path='/v2/chat/completions'", "the request line")],
)
def test_different_parameter_or_path_does_not_match(
    server: ModelServer, project: Project, change: str, place: str
) -> None:
    """The message says what differs."""
    project.record(WHEN)
    project.write(marked(f"ask('When?', {change})"))
    project.replay().stdout.fnmatch_lines([f"The recorded one differs in {place}:"])


def test_order_of_keys_and_address_do_not_matter(server: ModelServer, project: Project) -> None:
    """Bodies are compared as JSON."""
    project.record(marked("ask('When?', a=1, b=2)"))
    project.write(marked("ask('When?', b=2, a=1)"))
    project.replay().assert_outcomes(passed=1)


def test_missing_cassette_error_says_how_to_record(server: ModelServer, project: Project) -> None:
    """Replay is the default, so nothing is recorded unasked."""
    project.write(WHEN)
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["Nothing is recorded there yet: *--record-mode=once."])
    assert server.paths == []


def test_missing_recording_fails_a_test_that_hides_the_error(
    server: ModelServer, project: Project
) -> None:
    """Code under test may catch every exception."""
    project.write(marked("try:", "    ask('When?')", "except Exception:", "    pass"))
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["test_it.yaml has no recording for this request:"])


def test_missing_recording_fails_a_fixture(project: Project) -> None:
    """Fixtures of a marked test are recorded with it."""
    project.write(
        "@pytest.fixture\ndef asked():\n    return ask('When?')\n"
        "@pytest.mark.newsqa_vcr\ndef test_it(asked):\n    pass\n"
    )
    result = project.replay()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["test_it.yaml has no recording for this request:"])


def test_request_sent_too_often_fails(server: ModelServer, project: Project) -> None:
    """Each recording is used once."""
    project.record(WHEN)
    project.write(marked("ask('When?')", "ask('When?')"))
    result = project.replay()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["It is recorded, and was sent more often than that: *"])


@pytest.fixture
def unused(server: ModelServer, project: Project) -> Project:
    """Return a project whose test no longer sends one of two recorded requests."""
    project.record(marked("ask('When?')", "ask('Who?')"))
    project.write(marked("ask('When?')"))
    return project


def test_unused_recording_is_listed_at_the_end(unused: Project) -> None:
    """The test passes, and the summary names the request."""
    result = unused.replay()
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [
            "*= recordings not used =*",
            "test_app.py::test_it: test_it.yaml: 1 of 2 recorded requests not sent; *",
            "*2. POST /v1/chat/completions, tiny: Question: Who?",
        ]
    )


def test_unused_recording_can_be_a_failure(unused: Project) -> None:
    """The option makes it one."""
    unused.replay("-o", "newsqa_unused_recordings=fail").assert_outcomes(failed=1)


def test_unused_recording_can_be_a_warning(unused: Project) -> None:
    """Warning filters apply to it."""
    option = ("-o", "newsqa_unused_recordings=warn")
    unused.replay(*option, "-W", "default").assert_outcomes(passed=1, warnings=1)
    unused.replay(*option, "-W", "error").assert_outcomes(failed=1)


def test_unknown_value_of_the_option_ends_the_run(unused: Project) -> None:
    """It is a usage error."""
    result = unused.replay("-o", "newsqa_unused_recordings=maybe")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*newsqa_unused_recordings is one of *, not 'maybe'"])


def test_failed_test_does_not_list_unused_recordings(unused: Project) -> None:
    """It ended before it could use them."""
    unused.write(marked("ask('When?')", "assert False"))
    result = unused.replay()
    result.assert_outcomes(failed=1)
    assert "recordings not used" not in output_of(result)


def test_rewrite_records_again(server: ModelServer, project: Project) -> None:
    """The old reply is no longer in the file."""
    project.record(WHEN)
    server.reply = "It is still closed."
    project.run("--record-mode=rewrite").assert_outcomes(passed=1)
    written = project.cassette.read_text(encoding="utf-8")
    assert "still closed" in written
    assert "For good" not in written


CONNECT = """
import socket
def connect():
    host, port = os.environ["KIT_HOST"].split(":")
    with socket.socket() as opened:
        opened.connect((host, int(port)))
"""


def test_replayed_test_has_no_network(server: ModelServer, project: Project) -> None:
    """Not even loopback is reachable, unless an option allows it."""
    project.write(CONNECT + marked("connect()"))
    result = project.run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*Network is disabled for host '127.0.0.1'*"])
    project.run("--allowed-hosts=127.0.0.1").assert_outcomes(passed=1)


def test_unmarked_test_keeps_its_network(server: ModelServer, project: Project) -> None:
    """The network is only blocked for tests with a cassette."""
    project.write(CONNECT + "def test_it():\n    connect()\n" + WHEN.replace("test_it", "test_b"))
    project.run().assert_outcomes(passed=1, failed=1)


def test_recording_can_be_disabled(server: ModelServer, project: Project) -> None:
    """The server is asked, as pytest-recording's option says."""
    project.write(WHEN)
    project.run("--disable-recording").assert_outcomes(passed=1)
    assert len(server.paths) == 1


def test_configuration_of_the_user_takes_precedence(server: ModelServer, project: Project) -> None:
    """Each setting of ``vcr_config`` and of the mark replaces only newsqa's setting of that name."""
    project.record(WHEN)
    project.pytester.makeconftest(
        "import pytest\n@pytest.fixture\ndef vcr_config():\n    return {'match_on': ['path']}\n"
    )
    project.write(marked("ask('Who?')"))
    project.replay().assert_outcomes(passed=1)
    project.write(marked("ask('Who?')").replace("newsqa_vcr", "newsqa_vcr(match_on=['body'])"))
    project.replay().assert_outcomes(failed=1)


def test_other_cassettes_are_not_changed(server: ModelServer, project: Project) -> None:
    """A test with pytest-recording's own mark is recorded as vcrpy does it."""
    project.write(
        WHEN.replace("test_it", "test_ours")
        + WHEN.replace("newsqa_vcr", "vcr").replace("test_it", "test_theirs")
    )
    project.run("--record-mode=once").assert_outcomes(passed=2)
    ours, theirs = (
        next(project.pytester.path.rglob(f"test_{whose}.yaml")).read_text()
        for whose in ("ours", "theirs")
    )
    assert f"http://127.0.0.1:{server.port}" in theirs
    assert "http://model.invalid" in ours


def test_marked_test_fails_without_pytest_recording(project: Project) -> None:
    """The message says what to install, and unmarked tests run."""
    project.write("def test_other():\n    pass\n" + WHEN)
    result = project.replay("-p", "no:recording")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*needs pytest-recording: pip install 'newsqa[[]testing]'"])


REQUEST = """
from newsqa import ModelRequestForbiddenError, Settings, ask as newsqa_ask

def request():
    settings = Settings(model="tiny", base_url="http://" + os.environ["KIT_HOST"] + "/v1")
    return newsqa_ask("The bridge closed.", "When?", settings=settings)
"""


def test_each_cassette_replays_alone(server: ModelServer, project: Project) -> None:
    """Each marked test learns again what its server supports."""
    server.takes_schemas = False
    server.reply = '{"claims": [], "short": "", "status": "not_in_article"}'
    project.write(REQUEST + marked("request()").replace("test_it", "test_a") + marked("request()"))
    project.run("--record-mode=once").assert_outcomes(passed=2)
    assert len(server.paths) == 4
    project.replay("-k", "test_it").assert_outcomes(passed=1, deselected=1)


@pytest.mark.parametrize(
    "head", ["@pytest.mark.no_model_requests\ndef test_it():", "def test_it(no_model_requests):"]
)
def test_mark_and_fixture_forbid_model_requests(
    server: ModelServer, project: Project, head: str
) -> None:
    """The next test is not affected."""
    project.write(
        f"{REQUEST}\n{head}\n    with pytest.raises(ModelRequestForbiddenError):\n"
        "        request()\n"
        "def test_next():\n    with pytest.raises(Exception, match='JSON'):\n        request()\n"
    )
    project.run().assert_outcomes(passed=2)
    assert server.paths


def test_replay_is_allowed_where_model_requests_are_forbidden(
    server: ModelServer, project: Project
) -> None:
    """A whole suite can forbid requests and still replay."""
    project.pytester.makeconftest(
        "import pytest\n@pytest.fixture(autouse=True)\ndef _offline(no_model_requests):\n    pass\n"
    )
    reply = '{"claims": [], "short": "", "status": "not_in_article"}'
    server.reply = reply
    project.record(f"pytestmark = pytest.mark.no_model_requests\n{REQUEST}{marked('request()')}")
    project.replay().assert_outcomes(passed=1)


def test_run_without_marks_loads_no_heavy_module(pytester: pytest.Pytester) -> None:
    """Installing newsqa does not slow other test suites down."""
    pytester.makepyfile(
        "import sys\n"
        "def test_it():\n    assert {'pydantic', 'vcr', 'yaml', 'openai'}.isdisjoint(sys.modules)\n"
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_marks_are_registered(project: Project) -> None:
    """Strict markers accept them, and ``--markers`` explains them."""
    listed = output_of(project.run("--markers"))
    assert re.search(r"@pytest\.mark\.newsqa_vcr\(.*\): replay", listed)
    assert "@pytest.mark.no_model_requests: " in listed


def test_tests_that_would_share_a_cassette_are_named(project: Project) -> None:
    """Ids that differ in forbidden signs alone make one file name, and one test would replay the other's."""
    project.write(
        """
@pytest.mark.newsqa_vcr
@pytest.mark.parametrize("question", ["Who?", "Who*"])
def test_ask(question):
    ask(question)
"""
    )
    result = project.run("--record-mode=once")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*test_ask[[]Who?] and test_ask[[]Who[*]]*share the cassette*"])
