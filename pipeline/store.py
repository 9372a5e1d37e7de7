"""The store: what a job made, in a folder named by the job's key, whole or not at all.

    build/store/<stage>/<key>/            the files and manifest.json (hashes, bytes, seconds, versions)
    build/store/<stage>/.<key>.<random>/  being written; renamed into place when whole, else swept away
    build/store/scratch/<key>/            a training's checkpoints, until it is done

A rename within one folder is atomic, so a kill, a full disk or two builds at once leave a whole artefact
or none. A key names all that shapes the content: what stands there already is as good as what comes
second. It knows no stage and no study.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import DamagedArtefact

Files = Mapping[str, bytes]
ABANDONED_AFTER = 3600.0
"""Seconds after which a folder still being written must belong to a dead build."""


@dataclass(frozen=True)
class Artefact:
    """What one job made."""

    stage: str
    key: str
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def files(self) -> Mapping[str, Path]:
        """Name -> where it lies."""
        return {name: self.folder / name for name in self.manifest["files"]}

    @property
    def output(self) -> str:
        """Hash of the content: what the keys of later jobs are made of."""
        return str(self.manifest["output"])

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry["bytes"] for entry in self.manifest["files"].values())

    @property
    def seconds(self) -> float:
        """Wall seconds that the job took when it ran."""
        return float(self.manifest["seconds"])


class Store:
    """A folder of artefacts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.damage: list[str] = []
        """What was found damaged and taken away, as sentences for the person at the keyboard."""

    def find(self, stage: str, key: str, *, thorough: bool) -> Artefact | None:
        """The artefact under a key; sizes are checked always, hashes too when ``thorough``. Damage is removed."""
        folder = self.root / stage / key
        try:
            artefact = Artefact(stage, key, folder, json.loads((folder / "manifest.json").read_bytes()))
            fault = _fault(artefact, thorough)
        except FileNotFoundError:
            if not folder.exists():
                return None
            fault = "manifest.json is missing"
        except (ValueError, KeyError, TypeError):
            fault = "manifest.json cannot be read"
        if not fault:
            return artefact
        self.damage.append(f"{folder}: {fault}. Taken away; it will be made again.")
        shutil.rmtree(folder, ignore_errors=True)
        return None

    def publish(self, stage: str, key: str, files: Files, about: Mapping[str, Any]) -> Artefact:
        """Put files under a key, with what is told ``about`` them; gives what then stands there."""
        place = self.root / stage
        place.mkdir(parents=True, exist_ok=True)
        entries = {n: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for n, data in files.items()}
        manifest = {**about, "output": output_hash(entries), "files": entries}
        beside = Path(tempfile.mkdtemp(prefix=f".{key}.", dir=place))
        try:
            for name, data in files.items():
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                _write_through(beside / name, data)
            _write_through(beside / "manifest.json", json.dumps(manifest, indent=1, default=str).encode())
            beside.chmod(0o755)
            try:
                os.rename(beside, place / key)
            except OSError:  # another build was faster, or something half stands there
                standing = self.find(stage, key, thorough=True)
                if standing is not None:
                    return standing
                os.rename(beside, place / key)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return Artefact(stage, key, place / key, manifest)

    def load(self, artefact: Artefact) -> dict[str, bytes]:
        """The files' content, checked against their hashes."""
        content = {}
        for name, path in artefact.files.items():
            try:
                content[name] = path.read_bytes()
            except OSError as fault:
                raise DamagedArtefact(f"{path} cannot be read ({fault.strerror}). Build again to mend it.") from None
            if hashlib.sha256(content[name]).hexdigest() != artefact.manifest["files"][name]["sha256"]:
                raise DamagedArtefact(f"{path} has changed since it was published. Build again to mend it.")
        return content

    def scratch(self, key: str) -> Path:
        """The folder in which a training of this key keeps its checkpoints."""
        return self.root / "scratch" / key

    def artefacts(self) -> Iterator[Artefact]:
        """Everything readable in the store, unchecked; for estimates, ``why`` and sweeping."""
        for path in sorted(self.root.glob("*/*/manifest.json")):
            folder = path.parent
            try:
                yield Artefact(folder.parent.name, folder.name, folder, json.loads(path.read_bytes()))
            except (OSError, ValueError):
                continue

    def clean(self) -> None:
        """Remove what builds that died left half written."""
        for beside in self.root.glob("*/.*"):
            try:
                age = time.time() - beside.stat().st_mtime
            except OSError:
                continue
            if age > ABANDONED_AFTER:
                shutil.rmtree(beside, ignore_errors=True)

    def sweep(self, keep: Iterable[tuple[str, str]]) -> tuple[int, int]:
        """Remove every artefact but those kept (stage, key); gives how many, and their bytes."""
        kept, count, freed = set(keep), 0, 0
        for artefact in list(self.artefacts()):
            if (artefact.stage, artefact.key) not in kept:
                count, freed = count + 1, freed + artefact.size
                shutil.rmtree(artefact.folder, ignore_errors=True)
        shutil.rmtree(self.root / "scratch", ignore_errors=True)
        return count, freed


def output_hash(entries: Mapping[str, Mapping[str, Any]]) -> str:
    """Hash of an artefact's content, from the hashes of its files."""
    lines = "\n".join(f"{name} {entry['sha256']}" for name, entry in sorted(entries.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:32]


def _fault(artefact: Artefact, thorough: bool) -> str:
    """What is wrong with an artefact's files; "" when nothing is."""
    for name, entry in artefact.manifest["files"].items():
        path = artefact.folder / name
        if not path.exists():
            return f"{name} is missing"
        if path.stat().st_size != entry["bytes"]:
            return f"{name} has {path.stat().st_size} bytes, not {entry['bytes']}"
        if thorough and hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            return f"{name} does not match its hash"
    if artefact.manifest["output"] != output_hash(artefact.manifest["files"]):
        return "manifest.json does not match its own hash"
    return ""


def _write_through(path: Path, data: bytes) -> None:
    """Write and wait for the disk: a rename must not outlive its content in a power cut."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
