"""The published folder: swapped in whole, and known to be current."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.publishing import current, publish, published_from, recover, write_stamp
from pipeline.store import Store
from pipeline.workshop import Workshop
from tests.walks import plan_of

Shop = Callable[..., Workshop]


def page(text: str) -> Callable[[Path], None]:
    """Writes a site of one page."""
    return lambda out: (out / "index.html").write_text(text) and None


def hidden(place: Path) -> list[str]:
    """What lies beside a folder under a name that begins with a point."""
    return [path.name for path in place.parent.iterdir() if path.name.startswith(".")]


def test_publishing_puts_the_new_in_place_of_the_old(tmp_path: Path) -> None:
    """What the new site lacks is gone, and nothing is left lying about."""
    place = tmp_path / "site"
    publish(place, lambda out: (out / "old.html").write_text("old") and None)
    publish(place, page("new"))
    assert [path.name for path in place.iterdir()] == ["index.html"]
    assert hidden(place) == []


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt])
def test_publishing_error_leaves_the_last_good_site(tmp_path: Path, fault: type[BaseException]) -> None:
    """Whatever goes wrong while pages are made, the old folder is as it was."""
    place = tmp_path / "site"
    publish(place, page("good"))

    def fail(out: Path) -> None:
        (out / "index.html").write_text("half")
        raise fault

    with pytest.raises(fault):
        publish(place, fail)
    assert (place / "index.html").read_text() == "good"
    assert hidden(place) == []


def test_publishing_interrupt_waits_for_the_swap(tmp_path: Path) -> None:
    """Ctrl-C between the two renames takes effect after them."""
    place = tmp_path / "site"
    publish(place, page("old"))
    before = signal.getsignal(signal.SIGINT)

    class Interrupting(type(place)):  # type: ignore[misc]
        """A path that is interrupted as it is renamed."""

        def rename(self, target: Path) -> Path:
            os.kill(os.getpid(), signal.SIGINT)
            return Path(self).rename(target)

    with pytest.raises(KeyboardInterrupt):
        publish(Interrupting(place), page("new"))
    assert (place / "index.html").read_text() == "new"
    assert signal.getsignal(signal.SIGINT) is before


def test_publishing_kill_within_the_swap_is_mended(tmp_path: Path) -> None:
    """If a kill fell between the two renames, the next build finds the old site and puts it back."""
    place = tmp_path / "site"
    publish(place, page("good"))
    place.rename(tmp_path / ".site.old")
    recover(place)
    assert (place / "index.html").read_text() == "good"


def test_publishing_sweeps_what_killed_builds_left(tmp_path: Path) -> None:
    """A folder of a process that is no more goes; that of a living one stays."""
    dead, living = tmp_path / ".site.new.99999999", tmp_path / f".site.new.{os.getppid()}"
    dead.mkdir()
    living.mkdir()
    publish(tmp_path / "site", page("good"))
    assert not dead.exists()
    assert living.exists()


@pytest.fixture
def stamped(shop: Shop, tmp_path: Path) -> tuple[Path, Store]:
    """A published site with its stamp, and the store it came from."""
    workshop = shop(plan_of("walk", "measure"))
    made = {name: outcome.artefact for name, outcome in workshop.run().items()}
    publish(tmp_path / "site", page("good"))
    write_stamp(tmp_path / "site", "sources-1", workshop.plan, made)
    return tmp_path / "site", workshop.store


def test_publishing_stamp_knows_a_current_site(stamped: tuple[Path, Store]) -> None:
    """The same sources, artefacts and files: nothing to do."""
    place, store = stamped
    stamp = current(place, "sources-1", store)
    assert stamp is not None
    assert set(stamp.made) == {"export/walks/walk", "measure/walks"}
    assert len(published_from(place, store)) == 2


def test_publishing_stamp_sees_every_change(stamped: tuple[Path, Store]) -> None:
    """Other sources, a page lost or cut, an artefact lost: something to do."""
    place, store = stamped
    assert current(place, "sources-2", store) is None
    (place / "index.html").write_text("good, but longer")
    assert current(place, "sources-1", store) is None
    (place / "index.html").write_text("good")
    assert current(place, "sources-1", store) is not None
    artefact = next(iter(store.artefacts()))
    next(iter(artefact.files.values())).unlink()
    assert current(place, "sources-1", store) is None


def test_publishing_without_a_stamp_is_never_current(tmp_path: Path) -> None:
    """No folder, no stamp: build."""
    assert current(tmp_path / "site", "sources-1", Store(tmp_path / "store")) is None
