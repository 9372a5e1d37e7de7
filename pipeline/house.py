"""Where everything lies: the folders of one project, and the hash of all its sources together."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.fingerprint import digest, tree_hash
from pipeline.study import Pace

PIPELINE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class House:
    """One project. Paths are as an author would type them, for messages."""

    root: Path = Path()
    """Holds content/ and build/."""
    studies: str = "pipeline.studies"
    """Module that holds STUDIES."""

    @property
    def content(self) -> Path:
        """What authors write."""
        return self.root / "content"

    @property
    def tokens(self) -> Path:
        """The palette: that of the pipeline's own theme, from which films are painted."""
        return PIPELINE.parent / "theme" / "styles" / "tokens.css"

    @property
    def store(self) -> Path:
        """The artefacts."""
        return self.root / "build" / "store"

    @property
    def logs(self) -> Path:
        """What failed jobs printed."""
        return self.root / "build" / "logs"

    @property
    def base_url(self) -> str:
        """BASE_URL, where set: the address under which the site will be published."""
        return os.environ.get("BASE_URL", "").strip()

    def place(self, pace: Pace) -> Path:
        """The published folder of a full build; a draft has its own, which is never published."""
        return self.root / "build" / ("site" if pace == "full" else "draft")

    @property
    def preview(self) -> Path:
        """Pages as make serve shows them."""
        return self.root / "build" / "preview"

    def lock_hash(self) -> str:
        """Hash of the pinned dependencies."""
        return tree_hash([path for path in [PIPELINE.parent / "requirements.lock"] if path.exists()])

    def sources(self) -> str:
        """Hash of everything a build reads: content, theme, pipeline, lock and settings."""
        folders = [self.content, PIPELINE.parent / "theme", PIPELINE]
        if not self.studies.startswith("pipeline."):
            folders.append(PIPELINE.parent.joinpath(*self.studies.split(".")).with_suffix(".py"))
        return digest([tree_hash(folders), self.lock_hash(), self.base_url, sys.version_info[:3]])
