"""Keys: what they change with, and what they do not."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from pipeline.fingerprint import closure, code_of, device, digest, distributions_of, machine, tree_hash, version

SCALE = 3.0


def scaled(x: float) -> float:
    """Uses a constant of its module."""
    return x * SCALE


def twice(x: float) -> float:
    """Uses another function."""
    return 2 * scaled(x)


def times(factor: float) -> Callable[[float], float]:
    """Makes a function that remembers."""
    return lambda x: factor * x


@functools.cache
def remembered() -> float:
    """Wrapped in a cache."""
    return scaled(1.0)


@dataclass(frozen=True)
class Pair:
    """Two functions."""

    first: Callable[[float], float]
    second: Callable[[float], float]



def names(*objects: object) -> set[str]:
    """Last parts of the definitions behind some objects."""
    return {name.rpartition(".")[2] for name in code_of(*objects).definitions}


def test_fingerprint_follows_calls_and_constants() -> None:
    """A function's key holds the functions and the constants that it reaches."""
    assert {"twice", "scaled", "SCALE"} <= names(twice)


def test_fingerprint_sees_through_partials_caches_and_dataclasses() -> None:
    """Functions count wherever they are held, and so do the values bound beside them."""
    assert {"twice", "scaled"} <= names(functools.partial(twice, 2.0))
    assert "scaled" in names(remembered)
    assert {"twice", "scaled", "Pair"} <= names(Pair(scaled, twice))
    assert code_of(functools.partial(twice, 2.0)).constants != code_of(functools.partial(twice, 3.0)).constants


def test_fingerprint_tells_closures_apart_by_what_they_remember() -> None:
    """Two functions of one factory with different values are different code."""
    assert code_of(times(2.0)).constants != code_of(times(3.0)).constants
    assert code_of(times(2.0)) == code_of(times(2.0))


def test_fingerprint_tells_lambdas_apart() -> None:
    """A lambda has no name; its tree is its key."""
    one, same, other = (lambda x: x + 1), (
        lambda x: x + 1), (
        lambda x: x + 2)  # fmt: skip
    assert set(code_of(one).definitions) == set(code_of(same).definitions)
    assert set(code_of(one).definitions) != set(code_of(other).definitions)


def test_fingerprint_counts_arrays_by_content() -> None:
    """An array bound in a study counts by its numbers and shape."""
    assert code_of(np.zeros(3)).constants != code_of(np.ones(3)).constants
    assert code_of(np.zeros((2, 2))).constants != code_of(np.zeros(4)).constants


def test_fingerprint_refuses_what_it_cannot_follow() -> None:
    """A generator cannot be told from another; a study must not hold one."""
    with pytest.raises(TypeError, match="cannot tell when"):
        code_of(iter(()))


def test_fingerprint_names_distributions_not_modules() -> None:
    """yaml is PyYAML's, PIL is pillow's; the standard library is nobody's."""
    assert distributions_of(["yaml.safe_load", "PIL.Image.open", "json.dumps"]) == ("PyYAML", "pillow")


def test_fingerprint_of_training_holds_no_drawing() -> None:
    """What a run is trained by depends on the game and its study, never on canvas, sound, page or words."""
    definitions, foreign = closure(["pipeline.training.record"])
    homes = {name.rpartition(".")[0] for name in definitions}
    assert "pipeline.game" in homes
    assert not [home for home in homes if re.match(r"pipeline\.(drawing|sounding|site|essay|errors)", home)]
    assert "torch" in distributions_of(foreign)
    assert "matplotlib" not in distributions_of(foreign)


def test_fingerprint_digest_ignores_the_order_of_keys() -> None:
    """Mappings are the same in any order; lists are not."""
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert digest([1, 2]) != digest([2, 1])


def test_fingerprint_tree_hash_is_of_names_and_contents(tmp_path: Path) -> None:
    """Touching a file changes nothing; writing, renaming or adding one does."""
    (tmp_path / "a.md").write_text("one")
    before = tree_hash([tmp_path])
    (tmp_path / "a.md").touch()
    assert tree_hash([tmp_path]) == before
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    renamed = tree_hash([tmp_path])
    assert renamed != before
    (tmp_path / "c.png").write_text("")
    assert tree_hash([tmp_path]) != renamed
    assert tree_hash([tmp_path], suffixes=(".md",)) == renamed


def test_fingerprint_versions_come_without_imports() -> None:
    """An installed distribution has a version, an absent one is "none"."""
    assert re.match(r"\d+\.\d+", version("numpy"))
    assert version("no-such-distribution") == "none"


def test_fingerprint_device_is_a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no card to be seen the device is the processor; the machine is named by kind, with no host name."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    assert device() in ("cpu", "mps")
    assert "," in machine()
