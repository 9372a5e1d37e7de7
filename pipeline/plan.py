"""The essay and the catalogue, joined into the jobs that a build must have done."""

from __future__ import annotations

from pipeline.catalogue import Catalogue

__all__ = ["Catalogue"]
