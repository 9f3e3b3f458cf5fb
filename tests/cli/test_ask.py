"""The command line, as people and scripts meet it."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsqa import cli
from newsqa.answers.answer import Answer
from newsqa.api import NewsQA
from newsqa.article import Article
from newsqa.checks import CheckPolicy
from newsqa.cli import articles, with_settings
from newsqa.errors import BudgetError, ModelUnavailableError
from newsqa.settings import Settings
from newsqa.testing import ScriptedModel
from newsqa.wiring import NoModelWarning

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = (
    "Ferry crews will strike on 16 May, and again on 2 June. "
    "The union has \tnot said how long each strike lasts. [bold]Nobody[/bold] was hurt."
)
QUESTION = "When is the strike?"


class Shell:
    """Runs the command line in this process, with a scripted model."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.settings: list[Settings] = []

    def answers(self, *script: str | Exception) -> None:
        """Have the model say ``script``."""
        model = ScriptedModel(*script)

        def scripted(settings: Settings) -> NewsQA:
            self.settings.append(settings)
            return NewsQA(settings, model=model)

        self._monkeypatch.setattr(with_settings, "NewsQA", scripted)

    def types(self, data: str | bytes) -> None:
        """Put ``data`` on standard input."""
        raw = data.encode() if isinstance(data, str) else data
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """The exit code, standard output and standard error."""
        code = cli.main(arguments)
        return code, *self._capsys.readouterr()


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell whose model knows the dates of the strike."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shell = Shell(monkeypatch, capsys)
    shell.answers(DATES)
    return shell


@pytest.fixture
def article(tmp_path: Path) -> str:
    """The path of an article."""
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode())
    return str(path)


def draft(
    *claims: tuple[str, Sequence[tuple[int, str]]], short: str = "", status: str = "answered"
) -> str:
    """What a model says: claims, each with sentences and quotes."""
    said = [
        {"evidence": [{"sentence": n, "quote": quote} for n, quote in evidence], "text": text}
        for text, evidence in claims
    ]
    return json.dumps({"claims": said, "short": short, "status": status})


DATES = draft(
    ("The first strike is on 16 May.", [(1, "16 May")]),
    ("The second is on 2 June.", [(1, "2 June")]),
    short="16 May; 2 June",
)
NOTHING = draft(status="not_in_article")
INVENTED = draft(("It lasts a week.", [(2, "lasts a week")]), status="answered")


def test_answer_is_shown_with_its_evidence(shell: Shell, article: str) -> None:
    """Piped, an answer is plain text with the cited words marked."""
    code, out, err = shell.run("ask", article, QUESTION)
    assert (code, err) == (0, "")
    assert "The first strike is on 16 May. [1]" in out
    assert "    Ferry crews will strike on **16 May**, and again on **2 June**.\n" in out


def test_partial_answer_exits_with_0(shell: Shell, article: str) -> None:
    """What does not stand is left out and told; the rest is an answer."""
    partly = draft(("On 16 May.", [(1, "16 May")]), ("For a week.", [(2, "lasts a week")]))
    shell.answers(partly, partly)
    code, out, _ = shell.run("ask", article, QUESTION)
    assert code == 0
    assert "“For a week.” was refused" in out


def test_not_in_article_exits_with_3(shell: Shell, article: str) -> None:
    """That the article does not say is said, and has a code of its own."""
    shell.answers(NOTHING)
    code, out, err = shell.run("ask", article, QUESTION)
    assert (code, err) == (3, "")
    assert out == "The article does not say.\n\nnot in article · scripted · 1 call\n"


def test_json_is_the_answer_and_nothing_else(shell: Shell, article: str) -> None:
    """--json prints an Answer that can be read back, indented, with its own characters."""
    shell.answers(draft(("Ja, “16 May”.", [(1, "16 May")])))
    code, out, err = shell.run("ask", "--json", article, QUESTION)
    assert (code, err) == (0, "")
    assert out.startswith('{\n  "status": "answered",\n  "text": "Ja, “16 May”."')
    Answer.model_validate_json(out).verify(Article(TEXT))


def test_article_from_standard_input(shell: Shell) -> None:
    """A dash reads UTF-8 text from standard input."""
    shell.types(TEXT)
    code, out, _ = shell.run("ask", "-", QUESTION)
    assert code == 0
    assert "**16 May**" in out


def test_json_article_from_standard_input(shell: Shell) -> None:
    """A JSON object on standard input is read as an article's fields."""
    shell.types(json.dumps({"text": TEXT, "title": "Strike"}))
    _, out, _ = shell.run("ask", "--json", "-", QUESTION)
    Answer.model_validate_json(out).verify(Article(TEXT))


@pytest.mark.parametrize("text", ["{16 May} and 2 June", '"16 May" and 2 June', "[16 May, 2 June]"])
def test_text_that_only_looks_like_json_is_text(shell: Shell, text: str) -> None:
    """Only a JSON object on standard input is JSON."""
    shell.types(text)
    code, out, _ = shell.run("ask", "-", QUESTION)
    assert code == 0
    assert "**16 May**" in out


def test_endless_standard_input_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input is held to the limit of files."""
    monkeypatch.setattr(articles, "MAX_BYTES", 10)
    shell.types(TEXT)
    code, _, err = shell.run("ask", "-", QUESTION)
    assert code == 2
    assert err.startswith("newsqa: Standard input has more than")


def test_options_become_settings(shell: Shell, article: str, tmp_path: Path) -> None:
    """Each option sets the setting of its name."""
    cache = tmp_path / "cache.db"
    opinions = [{"claim": n, "missing": "", "verdict": "supported"} for n in (1, 2)]
    shell.answers(DATES, json.dumps({"opinions": opinions}))
    options = "--model m --base-url http://localhost:1/v1 --fallback-model f --timeout 2.5"
    more = f"--max-input-tokens 900 --no-strict --checks names=off --verify model --cache {cache}"
    shell.run("ask", *options.split(), *more.split(), article, QUESTION)
    expected = Settings(
        model="m",
        base_url="http://localhost:1/v1",
        fallback_model="f",
        timeout=2.5,
        max_input_tokens=900,
        strict=False,
        checks=CheckPolicy(names="off"),
        verify="model",
        cache=cache,
    )
    assert shell.settings == [expected]


def test_options_go_before_the_environment(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not given comes from the environment; what is given, does not."""
    monkeypatch.setenv("NEWSQA_STRICT", "1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://environment/v1")
    monkeypatch.setenv("NEWSQA_TIMEOUT", "7")
    shell.run("ask", "--no-strict", "--base-url", "http://option/v1", article, QUESTION)
    (settings,) = shell.settings
    assert (settings.strict, settings.base_url, settings.timeout) == (False, "http://option/v1", 7)


def test_title_and_date_reach_the_model(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article is read under the title and the date that are given."""
    model = ScriptedModel(DATES)
    monkeypatch.setattr(with_settings, "NewsQA", lambda settings: NewsQA(settings, model=model))
    shell.run("ask", "--title", "Strike!", "--published-at", "2025-03-14", article, QUESTION)
    ((messages, _),) = model.requests
    assert "Title: Strike!" in messages[-1].content
    assert "Published: Friday, 14 March 2025" in messages[-1].content


def test_strict_fails_with_1(shell: Shell, article: str) -> None:
    """With --strict what does not stand is an error, with its reason."""
    shell.answers(INVENTED, INVENTED)
    code, out, err = shell.run("ask", "--strict", article, QUESTION)
    assert (code, out) == (1, "")
    assert "the article nowhere says “lasts a week”" in err
    assert err.count("\n") == 1


def test_error_cannot_steer_the_terminal(shell: Shell, article: str) -> None:
    """An error, which may quote a server, is one line without control characters."""
    shell.answers(ModelUnavailableError("The server said: \x1b[2J\u202e\nand hung up."))
    _, _, err = shell.run("ask", article, QUESTION)
    assert err == "newsqa: The server said: \ufffd[2J and hung up.\n"


@pytest.mark.parametrize("error", [ModelUnavailableError("No one there."), BudgetError("No room.")])
def test_failures_exit_with_1(shell: Shell, article: str, error: Exception) -> None:
    """A model that fails is one line on standard error."""
    shell.answers(error)
    assert shell.run("ask", article, QUESTION) == (1, "", f"newsqa: {error}\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "nowhere.txt", QUESTION], "There is no file 'nowhere.txt'."),
        (["ask", "ARTICLE", " "], "The question is empty."),
        (["ask", "ARTICLE", QUESTION, "--timeout", "0"], "The setting 'timeout' is not usable"),
        (["ask", "ARTICLE", QUESTION, "--timeout", "soon"], "Invalid value for '--timeout'"),
        (["ask", "ARTICLE", QUESTION, "--published-at", "soon"], "'published_at' is not usable"),
        (["ask", "ARTICLE"], "Missing argument 'QUESTION'. See newsqa --help"),
        (["ask", "ARTICLE", QUESTION, "--api-key", "k"], "No such option: --api-key"),
        (["ask", "ARTICLE", "When", "is", "it?"], "unexpected extra argument"),
        (["answer"], "No such command 'answer'"),
        (["verify", "nowhere.json", "ARTICLE"], "'nowhere.json' does not exist"),
    ],
)
def test_what_is_not_usable_exits_with_2(
    shell: Shell, article: str, arguments: list[str], said: str
) -> None:
    """Wrong usage and wrong input are one line on standard error."""
    code, out, err = shell.run(*(article if a == "ARTICLE" else a for a in arguments))
    assert (code, out) == (2, "")
    assert err.startswith("newsqa: ")
    assert said in err
    assert err.count("\n") == 1


def test_interruption_exits_with_130(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends the program without a word."""

    def interrupted(*_: object) -> Answer:
        raise KeyboardInterrupt

    monkeypatch.setattr(NewsQA, "ask", interrupted)
    assert shell.run("ask", article, QUESTION) == (130, "", "")


def test_missing_model_is_noted_once(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the embedded reader answers is one line on standard error; other warnings are none."""

    def warning(settings: Settings) -> NewsQA:
        warnings.warn("No model,\nand so on.", NoModelWarning, stacklevel=1)
        warnings.warn("Old.", DeprecationWarning, stacklevel=1)
        return NewsQA(settings, model=ScriptedModel(DATES))

    monkeypatch.setattr(with_settings, "NewsQA", warning)
    code, out, err = shell.run("ask", "--json", article, QUESTION)
    assert code == 0
    assert json.loads(out)["status"] == "answered"
    assert err == f"note: {with_settings.NO_MODEL}\n"


@pytest.fixture
def stored(shell: Shell, article: str, tmp_path: Path) -> Path:
    """The path of an answer about the article."""
    path = tmp_path / "answer.json"
    path.write_text(shell.run("ask", "--json", article, QUESTION)[1], encoding="utf-8")
    return path


def test_stored_answer_stands(shell: Shell, article: str, stored: Path) -> None:
    """An answer about an article that is still the same is verified."""
    code, out, err = shell.run("verify", str(stored), article)
    assert (code, out, err) == (0, "All citations stand (2).\n", "")


def test_stored_answer_falls_with_its_article(shell: Shell, article: str, stored: Path) -> None:
    """An article that was changed does not prove the answer any more."""
    Path(article).write_text(TEXT.replace("16 May", "17 May"), encoding="utf-8")
    code, out, err = shell.run("verify", str(stored), article)
    assert (code, out) == (1, "")
    assert err.startswith("newsqa: The article has changed since it was asked")


def test_forged_citation_falls(shell: Shell, article: str, stored: Path) -> None:
    """A stored citation that was changed is found."""
    stored.write_text(stored.read_text(encoding="utf-8").replace('"2 June"', '"3 June"'), "utf-8")
    code, _, err = shell.run("verify", str(stored), article)
    assert code == 1
    assert "The article does not say '3 June'" in err


def test_forged_text_falls(shell: Shell, article: str, stored: Path) -> None:
    """A sentence that was added to a stored answer is found."""
    forged = json.loads(stored.read_text(encoding="utf-8"))
    forged["text"] += " Nobody is sorry."
    stored.write_text(json.dumps(forged), "utf-8")
    code, _, err = shell.run("verify", str(stored), article)
    assert code == 1
    assert "Nobody is sorry." in err


def test_stored_answer_needs_its_article(shell: Shell, stored: Path) -> None:
    """That there is no article to check against is wrong usage, not a failed check."""
    expected = (2, "", "newsqa: There is no file 'nowhere.txt'.\n")
    assert shell.run("verify", str(stored), "nowhere.txt") == expected


def test_what_is_no_answer_does_not_stand(shell: Shell, article: str) -> None:
    """A file that holds something else verifies nothing, in one line."""
    code, out, err = shell.run("verify", article, article)
    assert (code, out) == (1, "")
    assert f"{article!r} is no answer of newsqa: Invalid JSON" in err
    assert err.count("\n") == 1


def test_version_is_told(shell: Shell) -> None:
    """--version prints the name and the version."""
    code, out, _ = shell.run("--version")
    assert code == 0
    assert re.fullmatch(r"newsqa \d+\.\d+\.\d+\S*\n", out)


def test_nothing_given_shows_the_help(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without arguments newsqa says what it can do."""
    monkeypatch.setattr(sys, "argv", ["newsqa"])
    assert cli.main() == 0


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ([], ["ask", "verify", "Exit codes:", "newsqa ask article.txt"]),
        (["ask"], ["OPENAI_API_KEY", "OPENAI_BASE_URL", "NEWSQA_<NAME>", "NO_COLOR", "130"]),
    ],
)
def test_help_tells_environment_and_exit_codes(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, command: list[str], told: list[str]
) -> None:
    """Help is complete, plain when piped, and no wider than 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = shell.run(*command, "--help")
    assert code == 0
    assert "\x1b" not in out
    assert not [word for word in told if word not in out]
    assert all(len(line) <= 80 for line in out.splitlines())


def program(*arguments: str) -> list[str]:
    """The command that runs newsqa as a program of its own."""
    return [sys.executable, "-c", "import sys, newsqa.cli; sys.exit(newsqa.cli.main())", *arguments]


@pytest.fixture
def colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment whose terminals know colours."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.usefixtures("colourful")
def test_program_highlights_on_a_terminal(article: str) -> None:
    """On a real terminal the embedded reader's citation is highlighted."""
    ours, theirs = os.openpty()
    done = subprocess.run(  # noqa: S603  # our own interpreter
        program("ask", "--model", "newsqa-extractive", article, QUESTION), stdout=theirs, check=True
    )
    os.close(theirs)
    with open(ours, "rb", buffering=0) as screen:  # noqa: PTH123  # a descriptor has no path
        shown = screen.read(4_096).decode()
    assert done.returncode == 0
    assert re.search(r"\x1b\[1;32m[^\x1b]*16 May", shown)
    assert "**" not in shown


@pytest.mark.usefixtures("colourful")
def test_program_pipes_plain_text_and_one_note(article: str) -> None:
    """In a pipe there are no escape codes, and that no model is set up is one line beside it."""
    done = subprocess.run(  # noqa: S603  # our own interpreter
        program("ask", article, QUESTION), capture_output=True, check=True, encoding="utf-8"
    )
    assert re.search(r"\*\*[^*]*16 May", done.stdout)
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr == f"note: {with_settings.NO_MODEL}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--json", "ARTICLE", QUESTION]])
def test_program_ends_quietly_when_nobody_reads(article: str, arguments: list[str]) -> None:
    """A pipe that is closed at the other end, as by ``head``, is no error to tell of."""
    given = [article if argument == "ARTICLE" else argument for argument in arguments]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(  # noqa: S603  # our own interpreter
        program(*given), stdout=writing, stderr=subprocess.PIPE, check=False, encoding="utf-8"
    )
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr.replace(f"note: {with_settings.NO_MODEL}\n", "") == ""


def test_import_of_newsqa_loads_no_terminal_library() -> None:
    """Programs that use newsqa do not pay for the command line."""
    loaded = "import sys, newsqa.api; print({'typer', 'rich', 'newsqa.output.terminal'} & set(sys.modules))"
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
