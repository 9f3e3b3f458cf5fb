"""RecordingModel and ReplayModel."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.errors import ConfigurationError, ModelUnavailableError, RecordingError
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.models.recorded import Recording, RecordingModel, ReplayModel
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
    """Return the completion of ``model``, in an event loop of its own."""
    return asyncio.run(model.complete(messages, schema))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one recording of a model called scripted."""
    complete(RecordingModel(ScriptedModel(WRITTEN), tmp_path / "recordings"))
    return tmp_path / "recordings"


def test_replay_returns_the_recorded_completion(folder: Path) -> None:
    """Text, model, request id and usage are those of the recorded call."""
    assert complete(ReplayModel(folder)) == WRITTEN


def test_recording_model_returns_the_completion_unchanged(tmp_path: Path) -> None:
    """Recording does not alter what the caller gets."""
    assert complete(RecordingModel(ScriptedModel(WRITTEN), tmp_path)) == WRITTEN


def test_recording_is_readable_yaml(folder: Path) -> None:
    """Prompts are blocks of lines."""
    (file,) = folder.iterdir()
    text = file.read_text(encoding="utf-8")
    assert "    The ferry leaves at 7.\n    When does the ferry leave?\n" in text
    assert "model: scripted\n" in text
    assert "  input_tokens: 900\n" in text


def test_same_request_writes_the_same_file(folder: Path) -> None:
    """Recording again updates it."""
    later = Completion("{}", "model-x-2027", Usage(calls=1))
    complete(RecordingModel(ScriptedModel(later), folder))
    assert len(list(folder.iterdir())) == 1
    assert complete(ReplayModel(folder)) == later


def test_server_address_is_not_part_of_the_file_name(folder: Path) -> None:
    """A recording from one address replays anywhere; only the model's name counts."""
    elsewhere = ScriptedModel(WRITTEN, fingerprint="http://elsewhere/v1")
    complete(RecordingModel(elsewhere, folder))
    assert len(list(folder.iterdir())) == 1


def test_error_is_not_recorded(tmp_path: Path) -> None:
    """It is raised, and no file is written."""
    model = RecordingModel(ScriptedModel(ModelUnavailableError("gone")), tmp_path)
    with pytest.raises(ModelUnavailableError):
        complete(model)
    assert not list(tmp_path.iterdir())


def test_recording_model_delegates_everything_but_complete(tmp_path: Path) -> None:
    """Name, fingerprint, limit and connections are the wrapped model's."""
    inner = ScriptedModel(fingerprint="f", max_input_tokens=77)
    model = RecordingModel(inner, tmp_path)
    asyncio.run(model.aclose())
    assert (model.name, model.fingerprint, model.max_input_tokens) == ("scripted", "f", 77)
    assert inner.closings == 1


def test_unwritable_file_is_a_configuration_error(tmp_path: Path) -> None:
    """The folder's path is that of a file."""
    (tmp_path / "file").write_text("")
    model = RecordingModel(ScriptedModel(WRITTEN), tmp_path / "file")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        complete(model)


def test_mismatch_error_names_the_nearest_recording_and_the_difference(folder: Path) -> None:
    """The error shows the recorded line and the one that was sent."""
    far = (SYSTEM, Message("user", "Nothing of this kind."))
    complete(RecordingModel(ScriptedModel(WRITTEN), folder), far)
    with pytest.raises(RecordingError) as caught:
        complete(ReplayModel(folder), OTHER)
    nearest = next(f for f in folder.iterdir() if "ferry leave" in f.read_text("utf-8"))
    assert (
        f"The nearest is {nearest.name}: recorded 'When does the ferry leave?', sent now "
        "'When does the bus leave?'."
    ) in str(caught.value)


@pytest.mark.parametrize(
    ("messages", "schema", "difference"),
    [
        (PROMPT[:1], SCHEMA, "recorded 'user:', sent now nothing"),
        (
            PROMPT,
            OutputSchema("answer", {}),
            "recorded 'schema answer ff419ebbeba4', sent now 'schema answer 44136fa355b3'",
        ),
        (
            (PROMPT[0], Message("assistant", PROMPT[1].content)),
            SCHEMA,
            "recorded 'user:', sent now 'assistant:'",
        ),
        (
            (PROMPT[0], Message("user", PROMPT[1].content + "\n")),
            SCHEMA,
            "recorded nothing, sent now ''",
        ),
    ],
)
def test_mismatch_error_shows_any_difference(
    folder: Path, messages: tuple[Message, ...], schema: OutputSchema, difference: str
) -> None:
    """Roles, line ends and the schema are compared as well as words."""
    with pytest.raises(RecordingError) as caught:
        complete(ReplayModel(folder), messages, schema)
    assert difference in str(caught.value)


def test_unused_recordings_are_listed(folder: Path) -> None:
    """They are left over from an older prompt, and can be deleted."""
    complete(RecordingModel(ScriptedModel(WRITTEN), folder), OTHER)
    model = ReplayModel(folder)
    complete(model)
    (unused,) = model.unused
    assert "bus" in unused.read_text(encoding="utf-8")


def test_token_limit_is_the_recorded_or_the_given_one(folder: Path) -> None:
    """Prompts depend on it, so the recorded one is the default."""
    assert ReplayModel(folder).max_input_tokens == 10_000
    assert ReplayModel(folder, max_input_tokens=500).max_input_tokens == 500


def test_one_of_several_models_is_chosen_by_name(folder: Path) -> None:
    """Without a name, the error lists the models."""
    complete(RecordingModel(ScriptedModel(WRITTEN, name="second"), folder))
    assert ReplayModel(folder, name="second").name == "second"
    with pytest.raises(RecordingError, match="of 2 models \\(scripted, second\\)"):
        ReplayModel(folder)


def test_unrecorded_model_is_named_with_the_recorded_ones(folder: Path) -> None:
    """The error lists the models that have recordings."""
    with pytest.raises(RecordingError, match=r"no recordings of 'other', but of \['scripted'\]"):
        ReplayModel(folder, name="other")


def test_missing_or_empty_folder_is_an_error(tmp_path: Path) -> None:
    """The error says to record into it first."""
    with pytest.raises(RecordingError, match="no folder"):
        ReplayModel(tmp_path / "nowhere")
    with pytest.raises(RecordingError, match="has no recordings; record"):
        ReplayModel(tmp_path)


@pytest.mark.parametrize("text", ["[", "just: words", "\udcff"])
def test_file_that_is_not_a_recording_is_named(folder: Path, text: str) -> None:
    """It is not skipped, because it may be the recording that is asked for."""
    (folder / "zz.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(RecordingError, match=r"zz\.yaml' is not a recording"):
        ReplayModel(folder)


def test_fingerprint_changes_with_the_recordings(folder: Path) -> None:
    """Results from other recordings are not reused."""
    before = ReplayModel(folder).fingerprint
    complete(RecordingModel(ScriptedModel(WRITTEN), folder), OTHER)
    assert ReplayModel(folder).fingerprint != before


@given(text=st.text(st.characters()), prompt=st.text(st.characters()))
def test_any_recording_round_trips_through_yaml(text: str, prompt: str) -> None:
    """Models write lone surrogates, and articles have unusual line ends."""
    messages = (Message("user", prompt),)
    recording = Recording.of(ScriptedModel(), messages, SCHEMA, Completion(text, "m", SPENT))
    stored = load_yaml(dump_yaml(recording.model_dump(mode="python", exclude_none=True)))
    assert Recording.model_validate(stored) == recording
