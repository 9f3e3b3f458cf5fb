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
from newsqa.models.store import CompletionStore

LIMIT = 1_000_000
"""The smallest that a store takes."""

no_fork_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
# To fork beside a thread is what a store must survive, and other tests may have left one running.
fork_beside_threads = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store lies."""
    return tmp_path / "cache.sqlite"


def execute(path: Path, statement: str, *values: object) -> None:
    """Do something to the file behind the store's back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def key(n: int) -> bytes:
    """A key."""
    return n.to_bytes(32)


def fill(store: CompletionStore, count: int, size: int = 2_000) -> None:
    """Keep ``count`` values of ``size`` bytes."""
    for n in range(count):
        store.put(key(n), bytes(size))


def write_and_read(store: CompletionStore, n: int) -> None:
    """The work of a forked process: exit with 1 unless what is kept is found."""
    store.put(key(n), b"child")
    os._exit(store.get(key(n)) != b"child")


def test_a_value_is_found_by_its_key(path: Path) -> None:
    """And only by that."""
    store = CompletionStore(path, max_bytes=LIMIT)
    store.put(key(1), b"one")
    assert store.get(key(1)) == b"one"
    assert store.get(key(2)) is None


def test_a_value_replaces_the_one_before(path: Path) -> None:
    """The last one that was put under a key counts."""
    store = CompletionStore(path, max_bytes=LIMIT)
    store.put(key(1), b"old")
    store.put(key(1), b"new")
    assert store.get(key(1)) == b"new"


def test_the_file_stays_below_its_limit(path: Path) -> None:
    """Three times as much as fits is put in, and at least half of the limit is in use after it."""
    store = CompletionStore(path, max_bytes=LIMIT)
    fill(store, 1_500)
    store.close()
    assert LIMIT / 2 < path.stat().st_size <= LIMIT


def test_what_was_not_used_for_longest_makes_room(path: Path) -> None:
    """A value that is read again and again outlives those that were put in after it."""
    store = CompletionStore(path, max_bytes=LIMIT)
    for n in range(1_000):
        store.put(key(n), bytes(2_000))
        assert store.get(key(0)) is not None
    assert store.get(key(1)) is None
    assert store.get(key(999)) is not None


def test_a_value_above_half_of_the_limit_is_not_kept(path: Path) -> None:
    """It would push out all the others."""
    store = CompletionStore(path, max_bytes=LIMIT)
    store.put(key(1), b"small")
    store.put(key(2), bytes(LIMIT // 2 + 1))
    assert store.get(key(1)) == b"small"
    assert store.get(key(2)) is None


def test_a_limit_too_small_to_be_kept_is_an_error(path: Path) -> None:
    """An empty database alone takes some pages."""
    with pytest.raises(ConfigurationError, match="at least 1000000"):
        CompletionStore(path, max_bytes=LIMIT - 1)


@pytest.mark.parametrize("value", ["nonsense", b"\0", 7])
def test_a_damaged_value_is_not_found(path: Path, value: object) -> None:
    """Whatever stands there, of whatever type, is not what was put in."""
    store = CompletionStore(path, max_bytes=LIMIT)
    store.put(key(1), b"one")
    execute(path, "UPDATE completions SET value = ?", value)
    assert store.get(key(1)) is None


def test_clearing_gives_the_space_back(path: Path) -> None:
    """No value is left, and the file is as small as a new one."""
    store = CompletionStore(path, max_bytes=LIMIT)
    fill(store, 100)
    store.clear()
    store.close()
    assert store.get(key(1)) is None
    assert path.stat().st_size < 50_000


def test_missing_folders_are_made(tmp_path: Path) -> None:
    """All of them."""
    CompletionStore(tmp_path / "a" / "b" / "cache.sqlite", max_bytes=LIMIT)
    assert (tmp_path / "a" / "b" / "cache.sqlite").is_file()


def test_the_home_folder_may_be_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in every setting that a shell did not see."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    CompletionStore("~/cache.sqlite", max_bytes=LIMIT)
    assert (tmp_path / "cache.sqlite").is_file()


def test_a_relative_path_holds_when_the_working_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that was opened first is the one that is opened again."""
    monkeypatch.chdir(tmp_path)
    store = CompletionStore("cache.sqlite", max_bytes=LIMIT)
    store.put(key(1), b"one")
    store.close()
    monkeypatch.chdir(tmp_path.parent)
    assert store.get(key(1)) == b"one"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """The message names the file and the reason."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match=r"cache\.sqlite.*cannot be used"):
        CompletionStore(tmp_path / "file" / "cache.sqlite", max_bytes=LIMIT)


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    """It was meant to be a file in it."""
    with pytest.raises(ConfigurationError, match="unable to open database file"):
        CompletionStore(tmp_path, max_bytes=LIMIT)


def test_a_file_that_is_no_database_is_an_error_and_stays(path: Path) -> None:
    """Somebody's text is not written over."""
    path.write_text("Minutes of the harbour board. " * 100)
    with pytest.raises(ConfigurationError, match="file is not a database"):
        CompletionStore(path, max_bytes=LIMIT)
    assert path.read_text().startswith("Minutes")


def test_a_database_of_another_program_is_an_error_and_stays(path: Path) -> None:
    """No table is added to it."""
    execute(path, "CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match="not a completion cache"):
        CompletionStore(path, max_bytes=LIMIT)
    assert path.read_bytes() == before


def test_a_file_of_another_layout_is_an_error(path: Path) -> None:
    """What a later version wrote is not read by guesswork."""
    CompletionStore(path, max_bytes=LIMIT).close()
    execute(path, "PRAGMA user_version = 99")
    with pytest.raises(ConfigurationError, match="this version of newsqa"):
        CompletionStore(path, max_bytes=LIMIT)


def test_a_file_damaged_while_in_use_is_an_error(path: Path) -> None:
    """The database's own pages, not just a value, are overwritten."""
    store = CompletionStore(path, max_bytes=LIMIT)
    fill(store, 100)
    store.close()
    path.write_bytes(path.read_bytes()[:4096] + b"\xa5" * 400_000)
    with pytest.raises(ConfigurationError, match="malformed"):
        store.get(key(1))


def test_a_file_that_failed_may_be_deleted_and_used_at_once(path: Path) -> None:
    """The error's advice works without a new process."""
    store = CompletionStore(path, max_bytes=LIMIT)
    execute(path, "DROP TABLE completions")
    with pytest.raises(ConfigurationError, match="no such table"):
        store.get(key(1))
    path.unlink()
    store.put(key(1), b"one")
    assert store.get(key(1)) == b"one"


def test_a_look_up_does_not_wait_for_another_process_to_write(path: Path) -> None:
    """Nor for one that has the file to itself."""
    store = CompletionStore(path, max_bytes=LIMIT)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert store.get(key(1)) is None


def test_a_new_file_waits_for_the_process_that_writes_to_it(path: Path) -> None:
    """Several processes may make the file at the same time."""
    with closing(sqlite3.connect(path)) as other, ThreadPoolExecutor() as pool:
        other.execute("BEGIN IMMEDIATE")
        opening = pool.submit(CompletionStore, path, max_bytes=LIMIT)
        with pytest.raises(TimeoutError):
            opening.result(timeout=0.1)
        other.rollback()
        assert opening.result().get(key(1)) is None


def test_many_threads_share_one_store(path: Path) -> None:
    """Eight of them put and get at once."""
    store = CompletionStore(path, max_bytes=LIMIT)

    def put_and_get(n: int) -> bool:
        store.put(key(n), key(n))
        return store.get(key(n)) == key(n)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(put_and_get, range(200)))


def test_an_unused_store_lets_go_of_its_file(path: Path) -> None:
    """Nobody has to close it; a side file that stays would show an open connection."""
    store = CompletionStore(path, max_bytes=LIMIT)
    fill(store, 1)
    del store
    gc.collect()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@no_fork_on_windows
@fork_beside_threads
def test_a_forked_process_has_a_connection_of_its_own(path: Path) -> None:
    """The parent may close the file: what the child puts in after that is kept all the same."""
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
def test_a_fork_in_the_midst_of_use_harms_neither_side(path: Path) -> None:
    """Children put and get while a thread of the parent never stops to, and the file stays whole."""
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
