"""RecordingModel and ReplayModel: what a model wrote is kept as files, and given again offline."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.errors import ConfigurationError, ModelUnavailableError, RecordingError
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.models.recorded import RecordingModel, ReplayModel
from newsqa.models.recordings import Recording
from newsqa.optional import dump_yaml, load_yaml
from newsqa.testing import ScriptedModel
from newsqa.usage import Usage

SYSTEM = Message("system", "Answer.")
PROMPT = (SYSTEM, Message("user", "The ferry leaves at 7.\nWhen does the ferry leave?"))
OTHER = (SYSTEM, Message("user", "The ferry leaves at 7.\nWhen does the bus leave?"))
SCHEMA = OutputSchema("answer", {"type": "object"})
SPENT = Usage(calls=2, retries=1, input_tokens=900, output_tokens=40)
WRITTEN = Completion('{"at": "7"}', "model-x-2026", SPENT, "req-1")


def complete(
    model: Model, messages: tuple[Message, ...] = PROMPT, schema: OutputSchema = SCHEMA
) -> Completion:
    """What ``model`` writes, in an event loop of its own."""
    return asyncio.run(model.complete(messages, schema))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one recording, of a model called scripted."""
    complete(RecordingModel(ScriptedModel(WRITTEN), tmp_path / "recordings"))
    return tmp_path / "recordings"


def test_a_recording_answers_in_the_model_s_place(folder: Path) -> None:
    """With the text, the model, the request id and the usage of the call that was recorded."""
    assert complete(ReplayModel(folder)) == WRITTEN


def test_recording_passes_the_completion_on(tmp_path: Path) -> None:
    """Whoever asks notices nothing of it."""
    assert complete(RecordingModel(ScriptedModel(WRITTEN), tmp_path)) == WRITTEN


def test_a_recording_is_a_file_that_people_can_read(folder: Path) -> None:
    """Prompts stand in it line by line."""
    (file,) = folder.iterdir()
    text = file.read_text(encoding="utf-8")
    assert "    The ferry leaves at 7.\n    When does the ferry leave?\n" in text
    assert "model: scripted\n" in text
    assert "  input_tokens: 900\n" in text


def test_the_same_request_writes_the_same_file(folder: Path) -> None:
    """Recording again brings it up to date."""
    later = Completion("{}", "model-x-2027", Usage(calls=1))
    complete(RecordingModel(ScriptedModel(later), folder))
    assert len(list(folder.iterdir())) == 1
    assert complete(ReplayModel(folder)) == later


def test_the_model_s_server_is_not_part_of_a_recording(folder: Path) -> None:
    """What was recorded from one address is replayed anywhere; only the name counts."""
    elsewhere = ScriptedModel(WRITTEN, fingerprint="http://elsewhere/v1")
    complete(RecordingModel(elsewhere, folder))
    assert len(list(folder.iterdir())) == 1


def test_an_error_is_not_recorded(tmp_path: Path) -> None:
    """It passes through, and leaves no file."""
    model = RecordingModel(ScriptedModel(ModelUnavailableError("gone")), tmp_path)
    with pytest.raises(ModelUnavailableError):
        complete(model)
    assert not list(tmp_path.iterdir())


def test_a_recording_model_is_the_model_but_for_the_files(tmp_path: Path) -> None:
    """Its name, fingerprint and limit, and its connections."""
    inner = ScriptedModel(fingerprint="f", max_input_tokens=77)
    model = RecordingModel(inner, tmp_path)
    asyncio.run(model.aclose())
    assert (model.name, model.fingerprint, model.max_input_tokens) == ("scripted", "f", 77)
    assert inner.closings == 1


def test_a_file_that_cannot_be_written_is_a_matter_of_set_up(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("")
    model = RecordingModel(ScriptedModel(WRITTEN), tmp_path / "file")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        complete(model)


def test_a_miss_names_the_nearest_recording_and_what_differs(folder: Path) -> None:
    """The line that was asked, beside the one that was recorded."""
    far = (SYSTEM, Message("user", "Nothing of this kind."))
    complete(RecordingModel(ScriptedModel(WRITTEN), folder), far)
    with pytest.raises(RecordingError) as caught:
        complete(ReplayModel(folder), OTHER)
    nearest = next(f for f in folder.iterdir() if "ferry leave" in f.read_text("utf-8"))
    assert f"Nearest is {nearest.name}" in str(caught.value)
    assert "in message 2 (user), line 2" in str(caught.value)
    assert "“When does the ferry leave?”, asked is “When does the bus leave?”" in str(caught.value)


@pytest.mark.parametrize(
    ("messages", "schema", "told"),
    [
        (PROMPT[:1], SCHEMA, "in the number of messages: 2, asked now 1"),
        (PROMPT, OutputSchema("answer", {}), "in the schema 'answer'"),
        ((PROMPT[0], Message("assistant", PROMPT[1].content)), SCHEMA, "in the role of message 2"),
        ((PROMPT[0], Message("user", PROMPT[1].content + "\n")), SCHEMA, "in its line ends"),
    ],
)
def test_whatever_differs_is_told(
    folder: Path, messages: tuple[Message, ...], schema: OutputSchema, told: str
) -> None:
    """Also what no line shows."""
    with pytest.raises(RecordingError) as caught:
        complete(ReplayModel(folder), messages, schema)
    assert told in str(caught.value)


def test_recordings_that_nothing_asked_for_are_listed(folder: Path) -> None:
    """They are left from an older prompt, and can go."""
    complete(RecordingModel(ScriptedModel(WRITTEN), folder), OTHER)
    model = ReplayModel(folder)
    complete(model)
    (unused,) = model.unused
    assert "bus" in unused.read_text(encoding="utf-8")


def test_the_limit_is_the_recorded_one_or_the_given_one(folder: Path) -> None:
    """Prompts depend on it."""
    assert ReplayModel(folder).max_input_tokens == 10_000
    assert ReplayModel(folder, max_input_tokens=500).max_input_tokens == 500


def test_one_of_several_models_is_chosen_by_name(folder: Path) -> None:
    """Which, has to be said."""
    complete(RecordingModel(ScriptedModel(WRITTEN, name="second"), folder))
    assert ReplayModel(folder, name="second").name == "second"
    with pytest.raises(RecordingError, match="of 2 models \\(scripted, second\\)"):
        ReplayModel(folder)


def test_a_model_that_was_not_recorded_is_named(folder: Path) -> None:
    """With those that were."""
    with pytest.raises(RecordingError, match=r"no recordings of 'other', but of \['scripted'\]"):
        ReplayModel(folder, name="other")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """As is one without recordings."""
    with pytest.raises(RecordingError, match="no folder"):
        ReplayModel(tmp_path / "nowhere")
    with pytest.raises(RecordingError, match="holds no recordings; record"):
        ReplayModel(tmp_path)


@pytest.mark.parametrize("text", ["[", "just: words", "\udcff"])
def test_a_file_that_is_no_recording_is_named(folder: Path, text: str) -> None:
    """Rather than passed over, for it may be the one that is missed."""
    (folder / "zz.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(RecordingError, match=r"zz\.yaml' is no recording"):
        ReplayModel(folder)


def test_the_fingerprint_changes_with_the_recordings(folder: Path) -> None:
    """What was measured with other recordings is not taken for the same."""
    before = ReplayModel(folder).fingerprint
    complete(RecordingModel(ScriptedModel(WRITTEN), folder), OTHER)
    assert ReplayModel(folder).fingerprint != before


@given(text=st.text(st.characters()), prompt=st.text(st.characters()))
def test_any_exchange_comes_back_to_the_letter(text: str, prompt: str) -> None:
    """Models write half characters, and articles hold strange line ends."""
    messages = (Message("user", prompt),)
    recording = Recording.of(ScriptedModel(), messages, SCHEMA, Completion(text, "m", SPENT))
    stored = load_yaml(dump_yaml(recording.model_dump(mode="python", exclude_none=True)))
    assert Recording.model_validate(stored) == recording
