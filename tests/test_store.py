"""The store: whole artefacts or none."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import pytest

from pipeline.errors import DamagedArtefact
from pipeline.store import ABANDONED_AFTER, Store, output_hash

FILES = {"a.txt": b"first", "deep/b.bin": bytes(range(256))}
ABOUT = {"job": "export/x/y", "made": "2026-01-01T00:00:00+00:00", "seconds": 1.5}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store")


def test_store_gives_back_what_was_published(store: Store) -> None:
    """Files, sizes and what was told about them are found under the key."""
    store.publish("export", "k1", FILES, ABOUT)
    found = store.find("export", "k1", thorough=True)
    assert found is not None
    assert store.load(found) == FILES
    assert found.size == 5 + 256
    assert found.seconds == 1.5


def test_store_knows_nothing_of_an_unknown_key(store: Store) -> None:
    """None, and no complaint."""
    assert store.find("export", "k1", thorough=True) is None
    assert store.damage == []


def test_store_output_hash_is_of_names_and_contents() -> None:
    """The same files in another order hash alike; another name or content does not."""
    entries = {"a": {"sha256": "1"}, "b": {"sha256": "2"}}
    assert output_hash(entries) == output_hash(dict(reversed(entries.items())))
    assert output_hash(entries) != output_hash({"a": {"sha256": "1"}, "c": {"sha256": "2"}})
    assert output_hash(entries) != output_hash({"a": {"sha256": "1"}, "b": {"sha256": "3"}})


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"firs", "a.txt has 4 bytes, not 5"),
        ("a.txt", b"fifth", "a.txt does not match its hash"),
        ("a.txt", None, "a.txt is missing"),
        ("manifest.json", b"{", "manifest.json cannot be read"),
        ("manifest.json", None, "manifest.json is missing"),
    ],
)
def test_store_names_damage_and_takes_it_away(store: Store, name: str, content: bytes | None, said: str) -> None:
    """Whatever was changed behind the store's back is said once, and then the key is free again."""
    artefact = store.publish("export", "k1", FILES, ABOUT)
    place = artefact.folder / name
    place.unlink() if content is None else place.write_bytes(content)
    assert store.find("export", "k1", thorough=True) is None
    assert said in store.damage[0]
    assert not artefact.folder.exists()


def test_store_quick_look_still_sees_sizes(store: Store) -> None:
    """Without hashing, a file cut short is noticed and one of the same size is not."""
    artefact = store.publish("export", "k1", FILES, ABOUT)
    artefact.files["a.txt"].write_bytes(b"fifth")
    assert store.find("export", "k1", thorough=False) is not None
    with pytest.raises(DamagedArtefact, match=r"a\.txt has changed"):
        store.load(artefact)
    artefact.files["a.txt"].write_bytes(b"cut")
    assert store.find("export", "k1", thorough=False) is None


def test_store_destination_that_stands_is_success(store: Store) -> None:
    """The second of two builds that publish one key keeps the first one's artefact."""
    first = store.publish("export", "k1", FILES, ABOUT)
    second = store.publish("export", "k1", FILES, {**ABOUT, "seconds": 9.0})
    assert second.seconds == first.seconds == 1.5


def test_store_replaces_what_stands_there_half(store: Store) -> None:
    """A folder without a manifest, as an older tool might leave, is no artefact and gives way."""
    (store.root / "export" / "k1").mkdir(parents=True)
    (store.root / "export" / "k1" / "a.txt").write_text("half")
    artefact = store.publish("export", "k1", FILES, ABOUT)
    assert store.load(artefact) == FILES


def test_store_many_builds_at_once_leave_one_artefact(store: Store) -> None:
    """Twenty threads that publish one key all succeed; one whole folder stands and nothing beside it."""
    threads = [threading.Thread(target=store.publish, args=("export", "k1", FILES, ABOUT)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.name for path in (store.root / "export").iterdir()] == ["k1"]
    assert store.find("export", "k1", thorough=True) is not None


def test_store_write_that_fails_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up half way leaves neither an artefact nor a temporary folder."""
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.publish("export", "k1", FILES, ABOUT)
    assert list((store.root / "export").iterdir()) == []


def test_store_cleans_what_dead_builds_left(store: Store) -> None:
    """Old temporary folders go; one that is being written now stays."""
    for name, age in ((".k1.old", ABANDONED_AFTER + 60), (".k2.new", 0)):
        folder = store.root / "export" / name
        folder.mkdir(parents=True)
        then = time.time() - age
        os.utime(folder, (then, then))
    store.clean()
    assert [path.name for path in (store.root / "export").iterdir()] == [".k2.new"]


def test_store_sweep_keeps_what_is_needed(store: Store) -> None:
    """Everything else goes, checkpoints too, and the bytes are counted."""
    store.publish("export", "k1", FILES, ABOUT)
    store.publish("export", "k2", {"c": b"1234"}, ABOUT)
    (store.scratch("k2")).mkdir(parents=True)
    assert store.sweep([("export", "k1")]) == (1, 4)
    assert [a.key for a in store.artefacts()] == ["k1"]
    assert not store.scratch("k2").exists()


def test_store_manifest_is_readable_by_anyone(store: Store) -> None:
    """The manifest is JSON with hash and bytes of each file."""
    artefact = store.publish("export", "k1", FILES, ABOUT)
    manifest = json.loads((artefact.folder / "manifest.json").read_bytes())
    assert manifest["files"]["a.txt"]["bytes"] == 5
    assert manifest["job"] == "export/x/y"
