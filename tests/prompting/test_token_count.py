"""Counting tokens with the vocabulary in the package."""

from __future__ import annotations

import hashlib
import lzma
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tiktoken
import tiktoken_ext.openai_public  # type: ignore[import-untyped]  # ships no annotations
from hypothesis import given
from hypothesis import strategies as st

from newsqa.errors import ConfigurationError
from newsqa.models import Message
from newsqa.prompting import context as tokens
from newsqa.prompting.context import count_tokens, truncate_to_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def published() -> tiktoken.Encoding:
    """The o200k_base that tiktoken itself would build, from the ranks in the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiktoken_ext.openai_public, "load_tiktoken_bpe", lambda *_, **__: _ranks())
        return tiktoken.Encoding(**tiktoken_ext.openai_public.o200k_base())


def _ranks() -> dict[bytes, int]:
    return tokens._encoding()._mergeable_ranks


@pytest.fixture
def fresh() -> Iterator[None]:
    """No encoding kept from earlier tests, and none kept for later ones."""
    tokens._encoding.cache_clear()
    yield
    tokens._encoding.cache_clear()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("hello world", 2),
        ("tiktoken is great!", 6),
        ("antidisestablishmentarianism", 6),
        ("2 + 2 = 4", 7),
        ("お誕生日おめでとう", 8),
    ],
)
def test_known_counts(text: str, count: int) -> None:
    """The strings that OpenAI's cookbook counts in o200k_base have its counts."""
    assert count_tokens(text) == count


@given(text=st.text())
def test_counts_are_those_of_the_published_encoding(
    text: str, published: tiktoken.Encoding
) -> None:
    """The pattern and the ranks here are tiktoken's own."""
    assert count_tokens(text) == len(published.encode_ordinary(text))


def test_the_pattern_is_the_published_one(published: tiktoken.Encoding) -> None:
    """To the letter, so that a new tiktoken cannot drift away unseen."""
    assert tokens._encoding()._pat_str == published._pat_str
    assert tokens._encoding()._special_tokens == published._special_tokens


def test_special_tokens_are_plain_text() -> None:
    """An article that holds one is counted like any other and raises nothing."""
    assert count_tokens("<|endoftext|>") > 1


def test_a_lone_surrogate_is_counted() -> None:
    """Counting never is what fails on a broken text."""
    assert count_tokens("a\ud800") > 1


def test_counting_opens_no_connection(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the first time."""

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert count_tokens("hello world") == 2


@pytest.mark.parametrize("data", [b"", b"no xz", lzma.compress(b"aGk= 0\n"), None])
def test_a_damaged_vocabulary_is_a_configuration_error(
    fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: bytes | None
) -> None:
    """Cut, overwritten, replaced or missing: installing again is what helps."""
    (tmp_path / "vocabulary").mkdir()
    if data is not None:
        (tmp_path / "vocabulary" / "o200k_base.tiktoken.xz").write_bytes(data)
    monkeypatch.setattr("newsqa.prompting.context.resources.files", lambda _: tmp_path)
    with pytest.raises(ConfigurationError, match="missing or damaged; install newsqa again"):
        count_tokens("a")


def test_the_vocabulary_is_the_one_that_tiktoken_names() -> None:
    """The hash pinned here is in tiktoken's own source."""
    data = tokens._vocabulary()
    digest = hashlib.sha256(data).hexdigest()
    constants = tiktoken_ext.openai_public.o200k_base.__code__.co_consts
    assert digest in repr(constants)


@given(st.text(), st.integers(-2, 30))
def test_the_truncate_to_tokens_are_a_beginning_that_fits(text: str, limit: int) -> None:
    """Whatever the script; nothing is cut where all of it fits."""
    start = truncate_to_tokens(text, limit)
    assert text.startswith(start)
    assert count_tokens(start) <= max(limit, 0)
    if len(text) <= limit:
        assert count_tokens(text) > limit or start == text


def test_the_truncate_to_tokens_are_not_many_fewer() -> None:
    """Of plain words, as many as there is room for."""
    assert 90 <= count_tokens(truncate_to_tokens("All the news of the day. " * 1_000, 100)) <= 100


@given(st.text(max_size=60), st.integers(0, 60))
def test_a_message_is_counted_in_its_two_parts(text: str, border: int) -> None:
    """What prompts share, and the rest: at a border inside a word, that is a token more."""
    whole, parts = count_tokens(text), tokens.count_message(Message("user", text, border))
    assert abs(parts - whole) <= 4
    assert tokens.count_message(Message("user", text)) == whole
