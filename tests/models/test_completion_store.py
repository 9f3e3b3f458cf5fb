"""CompletionStore: a bounded SQLite file for many processes and threads."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from newsqa.errors import ConfigurationError
from newsqa.models.cached import CompletionStore

LIMIT = 1_000_000
"""The smallest that a store takes."""

no_fork_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
# To fork beside a thread is what a store must survive, and other tests may have left one running.
fork_beside_threads = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the store."""
    return tmp_path / "cache.sqlite"


def execute(path: Path, statement: str, *values: object) -> None:
    """Change the file without the store's knowledge."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def key(n: int) -> bytes:
    """Return a key."""
    return n.to_bytes(32)


def fill(store: CompletionStore, count: int, size: int = 2_000) -> None:
    """Put ``count`` values of ``size`` bytes."""
    for n in range(count):
        store.put(key(n), bytes(size))


def write_and_read(store: CompletionStore, n: int) -> None:
    """Put and get in a forked process; exit with 1 if they differ."""
    store.put(key(n), b"child")
    os._exit(store.get(key(n)) != b"child")


def test_value_is_found_by_its_key(path: Path) -> None:
    """Another key finds nothing."""
    store = CompletionStore(path, max_bytes=LIMIT)
    store.put(key(1), b"one")
    assert store.get(key(1)) == b"one"
    assert store.get(key(2)) is None


def test_put_replaces_the_value_of_a_key(path: Path) -> None:
    """The last value counts."""
    store = CompletionStore(path, max_bytes=LIMIT)
    store.put(key(1), b"old")
    store.put(key(1), b"new")
    assert store.get(key(1)) == b"new"


def test_file_stays_below_its_limit(path: Path) -> None:
    """After three times as much was put, at least half of the limit is in use."""
    store = CompletionStore(path, max_bytes=LIMIT)
    fill(store, 1_500)
    store.close()
    assert LIMIT / 2 < path.stat().st_size <= LIMIT


def test_least_recently_used_value_is_dropped_first(path: Path) -> None:
    """A value that is read again and again outlives later ones."""
    store = CompletionStore(path, max_bytes=LIMIT)
    for n in range(1_000):
        store.put(key(n), bytes(2_000))
        assert store.get(key(0)) is not None
    assert store.get(key(1)) is None
    assert store.get(key(999)) is not None


def test_value_above_half_of_the_limit_is_not_kept(path: Path) -> None:
    """It would push out all others."""
    store = CompletionStore(path, max_bytes=LIMIT)
    store.put(key(1), b"small")
    store.put(key(2), bytes(LIMIT // 2 + 1))
    assert store.get(key(1)) == b"small"
    assert store.get(key(2)) is None


def test_too_small_limit_is_an_error(path: Path) -> None:
    """An empty database already takes some pages."""
    with pytest.raises(ConfigurationError, match="at least 1000000"):
        CompletionStore(path, max_bytes=LIMIT - 1)


@pytest.mark.parametrize("value", ["nonsense", b"\0", 7])
def test_damaged_value_is_not_returned(path: Path, value: object) -> None:
    """The digest catches values of any type."""
    store = CompletionStore(path, max_bytes=LIMIT)
    store.put(key(1), b"one")
    execute(path, "UPDATE completions SET value = ?", value)
    assert store.get(key(1)) is None


def test_clear_frees_the_disk_space(path: Path) -> None:
    """The file is as small as a new one."""
    store = CompletionStore(path, max_bytes=LIMIT)
    fill(store, 100)
    store.clear()
    store.close()
    assert store.get(key(1)) is None
    assert path.stat().st_size < 50_000


def test_missing_folders_are_created(tmp_path: Path) -> None:
    """Every folder of the path is created."""
    CompletionStore(tmp_path / "a" / "b" / "cache.sqlite", max_bytes=LIMIT)
    assert (tmp_path / "a" / "b" / "cache.sqlite").is_file()


def test_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings are not expanded by a shell."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    CompletionStore("~/cache.sqlite", max_bytes=LIMIT)
    assert (tmp_path / "cache.sqlite").is_file()


def test_relative_path_survives_a_change_of_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that was opened first is opened again."""
    monkeypatch.chdir(tmp_path)
    store = CompletionStore("cache.sqlite", max_bytes=LIMIT)
    store.put(key(1), b"one")
    store.close()
    monkeypatch.chdir(tmp_path.parent)
    assert store.get(key(1)) == b"one"


def test_folder_that_cannot_be_created_is_an_error(tmp_path: Path) -> None:
    """The message names the file and the reason."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=r"cache\.sqlite.*cannot be used"):
        CompletionStore(tmp_path / "file" / "cache.sqlite", max_bytes=LIMIT)


def test_folder_as_path_is_an_error(tmp_path: Path) -> None:
    """The path must be that of a file."""
    with pytest.raises(ConfigurationError, match="unable to open database file"):
        CompletionStore(tmp_path, max_bytes=LIMIT)


def test_file_that_is_not_a_database_is_an_error_and_unchanged(path: Path) -> None:
    """Nothing is overwritten."""
    path.write_text("Minutes of the harbour board. " * 100)
    with pytest.raises(ConfigurationError, match="file is not a database"):
        CompletionStore(path, max_bytes=LIMIT)
    assert path.read_text().startswith("Minutes")


def test_database_of_another_program_is_an_error_and_unchanged(path: Path) -> None:
    """No table is added to it."""
    execute(path, "CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match="not a completion cache"):
        CompletionStore(path, max_bytes=LIMIT)
    assert path.read_bytes() == before


def test_file_of_another_layout_version_is_an_error(path: Path) -> None:
    """Files of later versions are not guessed at."""
    CompletionStore(path, max_bytes=LIMIT).close()
    execute(path, "PRAGMA user_version = 99")
    with pytest.raises(ConfigurationError, match="this version of newsqa"):
        CompletionStore(path, max_bytes=LIMIT)


def test_file_damaged_while_in_use_is_an_error(path: Path) -> None:
    """The database's own pages are overwritten, not only a value."""
    store = CompletionStore(path, max_bytes=LIMIT)
    fill(store, 100)
    store.close()
    path.write_bytes(path.read_bytes()[:4096] + b"\xa5" * 400_000)
    with pytest.raises(ConfigurationError, match="malformed"):
        store.get(key(1))


def test_failed_file_can_be_deleted_and_used_again(path: Path) -> None:
    """The error's advice works without a new process."""
    store = CompletionStore(path, max_bytes=LIMIT)
    execute(path, "DROP TABLE completions")
    with pytest.raises(ConfigurationError, match="no such table"):
        store.get(key(1))
    path.unlink()
    store.put(key(1), b"one")
    assert store.get(key(1)) == b"one"


def test_get_does_not_wait_for_a_writing_process(path: Path) -> None:
    """Not even for one with exclusive access."""
    store = CompletionStore(path, max_bytes=LIMIT)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert store.get(key(1)) is None


def test_new_file_waits_for_a_writing_process(path: Path) -> None:
    """Several processes may create the file at the same time."""
    with closing(sqlite3.connect(path)) as other, ThreadPoolExecutor() as pool:
        other.execute("BEGIN IMMEDIATE")
        opening = pool.submit(CompletionStore, path, max_bytes=LIMIT)
        with pytest.raises(TimeoutError):
            opening.result(timeout=0.1)
        other.rollback()
        assert opening.result().get(key(1)) is None


def test_many_threads_share_one_store(path: Path) -> None:
    """Eight threads put and get at the same time."""
    store = CompletionStore(path, max_bytes=LIMIT)

    def put_and_get(n: int) -> bool:
        store.put(key(n), key(n))
        return store.get(key(n)) == key(n)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(put_and_get, range(200)))


def test_garbage_collected_store_closes_its_file(path: Path) -> None:
    """A side file that remains would show an open connection."""
    store = CompletionStore(path, max_bytes=LIMIT)
    fill(store, 1)
    del store
    gc.collect()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@no_fork_on_windows
@fork_beside_threads
def test_forked_process_has_its_own_connection(path: Path) -> None:
    """What the child puts after the parent closed the file is kept."""
    store = CompletionStore(path, max_bytes=LIMIT)
    store.put(key(1), b"parent")
    context = multiprocessing.get_context("fork")
    is_open, parent_closed = context.Event(), context.Event()

    def put_before_and_after() -> None:
        store.put(key(2), b"child")
        is_open.set()
        assert parent_closed.wait(60)
        store.put(key(3), b"child")

    child = context.Process(target=put_before_and_after)
    child.start()
    assert is_open.wait(60)
    store.put(key(4), b"parent")
    store.close()
    parent_closed.set()
    child.join(60)
    values = [store.get(key(n)) for n in range(1, 5)]
    assert values == [b"parent", b"child", b"child", b"parent"]


@no_fork_on_windows
@fork_beside_threads
def test_fork_during_use_harms_neither_process(path: Path) -> None:
    """Children put and get while a thread of the parent writes, and the file stays intact."""
    store = CompletionStore(path, max_bytes=LIMIT)
    done = threading.Event()

    def keep_busy() -> None:
        while not done.is_set():
            store.put(key(0), b"parent")

    thread = threading.Thread(target=keep_busy)
    thread.start()
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=write_and_read, args=(store, n)) for n in range(1, 11)]
    for child in children:
        child.start()
    for child in children:
        child.join(timeout=60)
    done.set()
    thread.join()
    assert [child.exitcode for child in children] == [0] * 10
    assert [store.get(key(n)) for n in range(11)] == [b"parent"] + [b"child"] * 10
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
