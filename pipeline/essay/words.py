"""content/figures/<study>.yaml and content/data.yaml: the words of figures, claims and data sets.

Their shape is checked here, by pydantic; the names in them are checked by ``wordcheck``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from pipeline.catalogue import StudyEntry
from pipeline.essay.faults import Ledger
from pipeline.essay.names import Names
from pipeline.essay.wordcheck import WordCheck
from pipeline.essay.wording import STRICT, DataSet, DuelWords, FigureWords, Lottery, MapWords, StudyWords
from pipeline.essay.yamls import read_yaml


@dataclass(frozen=True)
class _File:
    about: str
    duels: Mapping[str, DuelWords] = field(default_factory=dict)
    figures: Mapping[str, FigureWords] = field(default_factory=dict)
    claims: Mapping[str, str] = field(default_factory=dict)
    lottery: Lottery | None = None
    maps: Mapping[str, MapWords] = field(default_factory=dict)

    __pydantic_config__: ClassVar = STRICT


@dataclass(frozen=True)
class _Data:
    name: str
    about: str
    licence: str
    source: str

    __pydantic_config__: ClassVar = STRICT


@dataclass(frozen=True)
class _DataFile:
    data: Mapping[str, _Data]

    __pydantic_config__: ClassVar = STRICT


def read_words(ledger: Ledger, names: Names, study: StudyEntry) -> StudyWords | None:
    """The words of one study; None, with problems noted, where the file is missing or does not fit."""
    path = names.content / "figures" / f"{study.name}.yaml"
    sheet = ledger.read(path)
    if sheet is None:
        return None
    read, lines = read_yaml(sheet, _File, apostrophes(sheet.text))
    if read is None:
        return None
    words = StudyWords(
        study.name, read.about, path, read.duels, read.figures, read.claims, read.lottery, read.maps,
    )  # fmt: skip
    WordCheck(sheet, lines, study, names).check(words)
    return words


def apostrophes(words: str) -> str:
    """The text with curved apostrophes within words, as in the chapters: "the forger's" is typed as on a typewriter."""
    return re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "\N{RIGHT SINGLE QUOTATION MARK}", words)


def read_data(ledger: Ledger, path: Path) -> dict[str, DataSet] | None:
    """The data sets by key; None, with problems noted, where the file does not fit.

    An essay whose data are all formulas needs no file.
    """
    if not path.exists():
        return {}
    sheet = ledger.read(path)
    if sheet is None:
        return None
    # One level of indentation makes the file's keys the entries of one mapping, which pydantic can name.
    read, _ = read_yaml(sheet, _DataFile, "data:\n" + "\n".join(f" {line}" for line in sheet.lines), 0)
    return {key: DataSet(key, d.name, d.about, d.licence, d.source) for key, d in read.data.items()} if read else None
