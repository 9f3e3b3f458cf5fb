"""``newsqa ask``."""

from __future__ import annotations

import io
import json
import sys
import warnings
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console

from newsqa.answers.answer import Answer
from newsqa.api import NewsQA
from newsqa.article import Article
from newsqa.checks.policy import CheckPolicy
from newsqa.cli import options
from newsqa.errors import BudgetError, ModelUnavailableError
from newsqa.settings import Settings
from newsqa.testing import ScriptedModel
from newsqa.wiring import NoModelWarning
from tests.cli.conftest import DATES, INVENTED, NOTHING, QUESTION, TEXT, Shell, draft

ask_command = sys.modules["newsqa.cli.ask"]
"""The module; in its package the name is that of the command."""


def test_answer_is_shown_with_its_evidence(shell: Shell, article: str) -> None:
    """Piped, an answer is plain text with the cited words marked."""
    code, out, err = shell.run("ask", article, QUESTION)
    assert (code, err) == (0, "")
    assert "The first strike is on 16 May. [1]" in out
    assert "    Ferry crews will strike on **16 May**, and again on **2 June**.\n" in out


def test_partial_answer_exits_with_0(shell: Shell, article: str) -> None:
    """A claim whose quote is not in the article is left out and listed; the rest is an answer."""
    partly = draft(("On 16 May.", [(1, "16 May")]), ("For a week.", [(2, "lasts a week")]))
    shell.answers(partly, partly)
    code, out, _ = shell.run("ask", article, QUESTION)
    assert code == 0
    assert "“For a week.” was refused" in out


def test_not_in_article_exits_with_3(shell: Shell, article: str) -> None:
    """An abstention is printed, and has its own exit code."""
    shell.answers(NOTHING)
    code, out, err = shell.run("ask", article, QUESTION)
    assert (code, err) == (3, "")
    assert out == "The article does not say.\n\nnot in article · scripted · 1 call\n"


def test_json_is_the_answer_and_nothing_else(shell: Shell, article: str) -> None:
    """--json prints an Answer that can be read back, indented and unescaped."""
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
def test_text_that_resembles_json_is_text(shell: Shell, text: str) -> None:
    """Only a JSON object on standard input is JSON."""
    shell.types(text)
    code, out, _ = shell.run("ask", "-", QUESTION)
    assert code == 0
    assert "**16 May**" in out


def test_standard_input_has_a_size_limit(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is the one of files."""
    monkeypatch.setattr(options, "MAX_BYTES", 10)
    shell.types(TEXT)
    code, _, err = shell.run("ask", "-", QUESTION)
    assert code == 2
    assert err.startswith("newsqa: Standard input has more than")


def test_options_become_settings(shell: Shell, article: str, tmp_path: Path) -> None:
    """Each option sets the setting of its name."""
    cache = tmp_path / "cache.db"
    opinions = [{"claim": n, "missing": "", "verdict": "supported"} for n in (1, 2)]
    shell.answers(DATES, json.dumps({"opinions": opinions}))
    arguments = "--model m --base-url http://localhost:1/v1 --fallback-model f --timeout 2.5"
    more = f"--max-input-tokens 900 --no-strict --checks names=off --verify model --cache {cache}"
    shell.run("ask", *arguments.split(), *more.split(), article, QUESTION)
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


def test_options_of_requests_become_settings(shell: Shell, article: str) -> None:
    """Headers and parameters can be given several times."""
    arguments = ["--header", "api-key: k", "--header", "X-Title: Desk", "--parameter", "seed=1"]
    limits = "--max-output-tokens 800 --deadline 30 --max-attempts 2".split()
    shell.run("ask", *arguments, "--parameter", "reasoning_effort=low", *limits, article, QUESTION)
    expected = Settings(
        headers={"api-key": SecretStr("k"), "X-Title": SecretStr("Desk")},
        parameters={"seed": 1, "reasoning_effort": "low"},
        max_output_tokens=800,
        deadline=30,
        max_attempts=2,
    )
    assert shell.settings == [expected]


def test_options_of_requests_come_from_the_environment_unless_given(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key in a header is not for the command line."""
    monkeypatch.setenv("NEWSQA_HEADERS", "api-key: k")
    shell.run("ask", article, QUESTION)
    assert shell.settings[0].headers == {"api-key": SecretStr("k")}


def test_a_variable_that_is_not_a_setting_is_a_note(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is one line on standard error, and the answer comes all the same."""
    monkeypatch.setenv("NEWSQA_DESK_COLOUR", "green")
    _, _, err = shell.run("ask", article, QUESTION)
    assert "note: The environment variable NEWSQA_DESK_COLOUR is not a setting of newsqa." in err


def test_options_override_the_environment(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting comes from the environment unless its option is given."""
    monkeypatch.setenv("NEWSQA_STRICT", "1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://environment/v1")
    monkeypatch.setenv("NEWSQA_TIMEOUT", "7")
    shell.run("ask", "--no-strict", "--base-url", "http://option/v1", article, QUESTION)
    (settings,) = shell.settings
    assert (settings.strict, settings.base_url, settings.timeout) == (False, "http://option/v1", 7)


def test_title_and_date_reach_the_model(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The prompt has the title and the date from the command line."""
    model = ScriptedModel(DATES)
    monkeypatch.setattr(options, "NewsQA", lambda settings: NewsQA(settings, model=model))
    shell.run("ask", "--title", "Strike!", "--published-at", "2025-03-14", article, QUESTION)
    ((messages, _),) = model.requests
    assert "Title: Strike!" in messages[-1].content
    assert "Published: Friday, 14 March 2025" in messages[-1].content


def test_strict_fails_with_1(shell: Shell, article: str) -> None:
    """With --strict, a quote that is not in the article is an error with its reason."""
    shell.answers(INVENTED, INVENTED)
    code, out, err = shell.run("ask", "--strict", article, QUESTION)
    assert (code, out) == (1, "")
    assert "the article nowhere says “lasts a week”" in err
    assert err.count("\n") == 1


def test_error_cannot_control_the_terminal(shell: Shell, article: str) -> None:
    """An error, which may quote a server, is one line without control characters."""
    shell.answers(ModelUnavailableError("The server said: \x1b[2J\u202e\nand hung up."))
    _, _, err = shell.run("ask", article, QUESTION)
    assert err == "newsqa: The server said: \ufffd[2J and hung up.\n"


@pytest.mark.parametrize("error", [ModelUnavailableError("No one there."), BudgetError("No room.")])
def test_failures_exit_with_1(shell: Shell, article: str, error: Exception) -> None:
    """A failure of the model is one line on standard error."""
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
        (["ask", "ARTICLE", QUESTION, "--modle", "m"], "No such option: --modle"),
        (["ask", "ARTICLE", QUESTION, "--header", "k"], "The setting 'headers' is not usable"),
        (["ask", "ARTICLE", QUESTION, "--api-key", "k"], "No such option: --api-key"),
        (["ask", "ARTICLE", "When", "is", "it?"], "unexpected extra argument"),
        (["answer"], "No such command 'answer'"),
        (["verify", "nowhere.json", "ARTICLE"], "'nowhere.json' does not exist"),
    ],
)
def test_unusable_input_exits_with_2(
    shell: Shell, article: str, arguments: list[str], said: str
) -> None:
    """Usage and input errors are one line on standard error."""
    code, out, err = shell.run(*(article if a == "ARTICLE" else a for a in arguments))
    assert (code, out) == (2, "")
    assert err.startswith("newsqa: ")
    assert said in err
    assert err.count("\n") == 1


TWO = json.dumps(
    {
        "answers": [
            {"question": 1, "draft": json.loads(DATES)},
            {"question": 2, "draft": json.loads(NOTHING)},
        ]
    }
)


def test_several_questions_are_shown_below_each_other(shell: Shell, article: str) -> None:
    """In the order in which they were given."""
    shell.answers(TWO)
    code, out, err = shell.run("ask", article, QUESTION, "--question", "Who was hurt?")
    assert (code, err) == (0, "")
    assert out.startswith(f"Question: {QUESTION}\n\n")
    assert "\n\nQuestion: Who was hurt?\n\nThe article does not say.\n" in out


def test_questions_come_from_a_file(shell: Shell, article: str, tmp_path: Path) -> None:
    """One a line, and several are a list in JSON."""
    shell.answers(TWO)
    questions = tmp_path / "questions.txt"
    questions.write_text(f"{QUESTION}\n\n  Who was hurt?  \n", encoding="utf-8")
    code, out, _ = shell.run("ask", article, "--questions", str(questions), "--json")
    assert code == 0
    assert [row["question"] for row in json.loads(out)] == [QUESTION, "Who was hurt?"]


def test_one_question_of_a_file_is_a_question(shell: Shell, article: str, tmp_path: Path) -> None:
    """Its answer is no list."""
    questions = tmp_path / "questions.txt"
    questions.write_text(QUESTION, encoding="utf-8")
    _, out, _ = shell.run("ask", article, "--questions", str(questions), "--json")
    assert json.loads(out)["question"] == QUESTION


@pytest.mark.parametrize(("data", "said"), [(b"\n \n", "no question"), (b"\xff", "UTF-8")])
def test_a_file_without_questions_is_unusable(
    shell: Shell, article: str, tmp_path: Path, data: bytes, said: str
) -> None:
    """The error names it."""
    (tmp_path / "q.txt").write_bytes(data)
    code, _, err = shell.run("ask", article, "--questions", str(tmp_path / "q.txt"))
    assert code == 2
    assert said in err
    assert "q.txt" in err


def test_a_question_that_fails_is_a_line_on_standard_error(shell: Shell, article: str) -> None:
    """The others are answered, and the exit code tells."""
    shell.answers(DATES)
    code, out, err = shell.run("ask", article, QUESTION, "--question", " ")
    assert code == 1
    assert "16 May" in out
    assert err == "newsqa: ' ': The question is empty.\n"


def test_a_question_that_fails_is_in_the_json(shell: Shell, article: str) -> None:
    """With the name of its error."""
    shell.answers(DATES)
    code, out, _ = shell.run("ask", article, QUESTION, "--question", " ", "--json")
    assert code == 1
    assert json.loads(out)[1] == {
        "question": " ",
        "error": "QuestionError",
        "message": "The question is empty.",
    }


def test_nothing_in_the_article_on_any_question_exits_with_3(shell: Shell, article: str) -> None:
    """As for one."""
    shell.answers(
        json.dumps({"answers": [{"question": n, "draft": json.loads(NOTHING)} for n in (1, 2)]})
    )
    assert shell.run("ask", article, QUESTION, "--question", "Who was hurt?")[0] == 3


def test_interruption_exits_with_130(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C ends the program without a message."""

    def interrupted(*_: object) -> Answer:
        raise KeyboardInterrupt

    monkeypatch.setattr(NewsQA, "ask", interrupted)
    assert shell.run("ask", article, QUESTION) == (130, "", "")


def test_missing_model_is_noted_once(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note is one line on standard error, and other warnings are not shown."""

    def warning(settings: Settings) -> NewsQA:
        warnings.warn("No model,\nand so on.", NoModelWarning, stacklevel=1)
        warnings.warn("Old.", DeprecationWarning, stacklevel=1)
        return NewsQA(settings, model=ScriptedModel(DATES))

    monkeypatch.setattr(options, "NewsQA", warning)
    code, out, err = shell.run("ask", "--json", article, QUESTION)
    assert code == 0
    assert json.loads(out)["status"] == "answered"
    assert err == f"note: {options.NO_MODEL}\n"


def test_a_page_is_read_by_its_content(shell: Shell, tmp_path: Path) -> None:
    """Whatever the file is called; its markup is not the article."""
    path = tmp_path / "story.txt"
    path.write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    code, out, _ = shell.run("ask", str(path), QUESTION)
    assert code == 0
    assert "**16 May**" in out
    assert "<" not in out


def test_one_item_of_a_feed_is_asked_about(shell: Shell, tmp_path: Path) -> None:
    """--item names it; without it, the error lists the items."""
    item = "<item><title>{}</title><description>{}</description></item>"
    path = tmp_path / "feed.xml"
    items = item.format("Fees", "Fees rise.") + item.format("Strike", TEXT)
    path.write_text(f"<rss version='2.0'><channel>{items}</channel></rss>", encoding="utf-8")
    code, out, _ = shell.run("ask", "--item", "strike", str(path), QUESTION)
    assert code == 0
    assert "**16 May**" in out
    code, _, err = shell.run("ask", str(path), QUESTION)
    assert code == 2
    assert "1 'Fees', 2 'Strike'" in err


def test_a_url_of_another_scheme_is_refused(shell: Shell) -> None:
    """It is not taken for the name of a file, and nothing is opened."""
    code, _, err = shell.run("ask", "file:///etc/passwd", QUESTION)
    assert code == 2
    assert "is not fetched: name a URL that begins with http:// or https://" in err


def test_empty_question_is_reported_before_the_reader_is_set_up(shell: Shell, article: str) -> None:
    """No note about a missing model comes first."""
    assert shell.run("ask", article, " ") == (2, "", "newsqa: The question is empty.\n")
    assert shell.settings == []


class OnTerminal:
    """A terminal on standard error, and what was drawn on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._file = io.StringIO()
        console = Console(file=self._file, force_terminal=True, width=80, color_system=None)
        monkeypatch.setattr(ask_command, "is_terminal", lambda stream: stream is sys.stderr)
        monkeypatch.setattr(ask_command, "stderr_console", lambda: console)

    @property
    def drawn(self) -> str:
        """All that was drawn, also what has been erased."""
        return self._file.getvalue()


def test_a_terminal_shows_claims_and_progress_until_the_answer_is_there(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On standard error; standard output is the same to the byte."""
    piped = shell.run("ask", article, QUESTION)
    shell.answers(INVENTED, DATES)
    terminal = OnTerminal(monkeypatch)
    code, out, err = shell.run("ask", article, QUESTION)
    assert (code, err) == (0, "")
    assert out.partition("\n")[0] == piped[1].partition("\n")[0]
    assert "The first strike is on 16 May." in terminal.drawn
    assert "asked again: 1 claim did not hold" in terminal.drawn
    assert "lasts a week" not in terminal.drawn


def test_what_is_drawn_cannot_control_the_terminal(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model may write control characters into a claim."""
    shell.answers(draft(("On 16 May\x07.", [(1, "16 May")])))
    terminal = OnTerminal(monkeypatch)
    shell.run("ask", article, QUESTION)
    assert "On 16 May" in terminal.drawn
    assert "\x07" not in terminal.drawn


def test_an_error_on_a_terminal_is_an_error(
    shell: Shell, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its own exit code, after the claims."""
    shell.answers(ModelUnavailableError("gone"))
    OnTerminal(monkeypatch)
    assert shell.run("ask", article, QUESTION) == (1, "", "newsqa: gone\n")


@pytest.mark.parametrize(
    ("option", "beginning"),
    [("--csv", "question,status,short"), ("--jsonl", '{"question"'), ("--markdown", "## ")],
)
def test_other_forms_are_printed_instead(
    shell: Shell, article: str, option: str, beginning: str
) -> None:
    """Each form is what goes to standard output, and nothing else does."""
    code, out, err = shell.run("ask", article, QUESTION, option)
    assert (code, err) == (0, "")
    assert out.startswith(beginning)
    assert "The first strike is on 16 May." in out


def test_a_page_is_written_beside_the_printed_answer(
    shell: Shell, article: str, tmp_path: Path
) -> None:
    """``--html`` names its file."""
    page = tmp_path / "answer.html"
    _, out, _ = shell.run("ask", article, QUESTION, "--html", str(page))
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "The first strike is on 16 May. [1]" in out


def test_one_form_is_printed_at_a_time(shell: Shell, article: str) -> None:
    """Two forms in one output could be read by nothing."""
    code, out, err = shell.run("ask", article, QUESTION, "--json", "--csv")
    assert (code, out) == (2, "")
    assert "Choose one of --json" in err


def test_a_page_that_cannot_be_written_is_reported_before_the_question(
    shell: Shell, article: str, tmp_path: Path
) -> None:
    """An answer may cost money."""
    code, out, err = shell.run("ask", article, QUESTION, "--html", str(tmp_path))
    assert (code, out) == (2, "")
    assert "--html" in err
