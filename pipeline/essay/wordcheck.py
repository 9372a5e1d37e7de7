"""The names in a study's words, against the catalogue: a read-out of an unknown series, a claim or a tone
without words, a filter that does not exist are problems at their line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager

from pipeline.catalogue import FigureEntry, StudyEntry
from pipeline.errors import did_you_mean
from pipeline.essay import values
from pipeline.essay.constructs.link import ROLES
from pipeline.essay.expressions import Expression, known_filter, parse, parse_test
from pipeline.essay.faults import Fault, Sheet
from pipeline.essay.model import FigureWords, StudyWords
from pipeline.essay.names import Names
from pipeline.essay.yamls import Lines, Location, line_of

_VALUE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_ROLES = (*ROLES, "ink", "ink-2", "print-real", "print-forged")
_LINES = ("forged-line", "ink-line")
"""What a key may show besides: a dashed line, a dotted one, where the film draws these and no marks."""


class WordCheck:
    """Goes through the words of one study with the catalogue in hand."""

    def __init__(self, sheet: Sheet, lines: Lines, study: StudyEntry, names: Names) -> None:
        self.sheet = sheet
        self.lines = lines
        self.study = study
        self.names = names

    def check(self, words: StudyWords) -> None:
        """Everything that this file names must exist, and everything that is printed must have words."""
        study = self.study
        self._keys(("duels",), words.duels, study.duels, "duel", needed=True)
        self._keys(("figures",), words.figures, study.figures, "figure", needed=False)
        self._keys(("claims",), words.claims, study.claims, "claim", needed=True)
        for claim, sentence in words.claims.items():
            with self._at(("claims", claim)):
                if rest := re.search(r"\{(?!bound\})[^}]*\}?", sentence):
                    raise Fault(f'a claim has no "{rest[0]}".', "Only {bound} can stand in it.")
        if words.lottery:
            self._series(("lottery", "value"), words.lottery.value)
            self._filter(("lottery", "format"), words.lottery.format)
        self._keys(("maps",), words.maps, dict.fromkeys(study.exports), "export", needed=False)
        for name, drawn in words.maps.items():
            self._description(("maps", name, "description"), drawn.description)
            for way, axis in (("across", drawn.across), ("up", drawn.up)):
                self._description(("maps", name, way, "words"), axis.words)
        for name, figure in words.figures.items():
            if name in study.figures:
                self._figure(("figures", name), figure, study.figures[name])

    def _figure(self, place: Location, figure: FigureWords, entry: FigureEntry) -> None:
        for group, roles in (
            ("key", [key.role for key in figure.key]),
            ("labels", [label.role for label in figure.labels]),
            ("readouts", [readout.role for readout in figure.readouts]),
        ):
            for number, role in enumerate(roles):
                with self._at((*place, group, number, "role")):
                    roles_here = (*_ROLES, *(_LINES if group == "key" else ()))
                    if role is not None and role not in roles_here:
                        raise Fault(f'no role "{role}".', did_you_mean(role, roles_here))
        for number, readout in enumerate(figure.readouts):
            self._series((*place, "readouts", number, "value"), readout.value, step=True)
            self._filter((*place, "readouts", number, "format"), readout.format)
        if figure.track:
            self._series((*place, "track", "value"), figure.track.value)
            with self._at((*place, "track", "floor")):
                if (floor := figure.track.floor) is not None and floor not in self.study.values:
                    known = list(self.study.values)
                    raise Fault(f'no value "{floor}" in study {self.study.name}.', did_you_mean(floor, known))
        for number, line in enumerate(figure.lines):
            with self._at((*place, "lines", number, "when")):
                for name in parse_test(line.when).names:
                    self._moment(name)
            self._line_words((*place, "lines", number, "words"), line.words)
        if figure.lines and figure.lines[-1].when:
            last = line_of(self.lines, (*place, "lines", len(figure.lines) - 1))
            self.sheet.add(
                last, "the last caption line has a test: some moments have no words.", 'Give it "words:" only.'
            )
        self._tones((*place, "tones"), figure.tones, entry)
        self._description((*place, "description"), figure.description)

    def _at(self, place: Location) -> AbstractContextManager[None]:
        return self.sheet.at(line_of(self.lines, place))

    def _keys(
        self, place: Location, written: Mapping[str, object], known: Mapping[str, object], kind: str, *, needed: bool
    ) -> None:
        for name in written:
            if name not in known:
                line = line_of(self.lines, (*place, name))
                self.sheet.add(line, f'no {kind} "{name}" in study {self.study.name}.', did_you_mean(name, list(known)))
        for name in known if needed else ():
            if name not in written:
                line = line_of(self.lines, place, 0)
                self.sheet.add(line, f'the {kind} "{name}" has no words.', f'Add "{name}:" below "{place[-1]}:".')

    def _series(self, place: Location, name: str, *, step: bool = False) -> None:
        with self._at(place):
            if not (step and name == "step") and not self.study.values.get(name, False):
                known = [value for value, series in self.study.values.items() if series]
                raise Fault(f'no series "{name}" in study {self.study.name}.', did_you_mean(name, known))

    def _moment(self, name: str) -> None:
        known = ["step", *(value for value, series in self.study.values.items() if series)]
        if name not in known:
            raise Fault(f'no series "{name}" in study {self.study.name}.', did_you_mean(name, known))

    def _filter(self, place: Location, name: str) -> None:
        with self._at(place):
            known_filter(name)

    def _line_words(self, place: Location, words: str) -> None:
        """A series bare is its value at the cursor; anything else is a fixed number of the study."""
        for source in _VALUE.findall(words):
            with self._at(place):
                expression = parse(source.strip())
                name = expression.names[0]
                bare = len(expression.names) == 1 and expression.arguments is None
                if bare and self.study.values.get(name) is not False:
                    self._moment(name)
                else:
                    self._own(expression)

    def _description(self, place: Location, words: str) -> None:
        for source in _VALUE.findall(words):
            with self._at(place):
                self._own(parse(source.strip()))

    def _own(self, expression: Expression) -> None:
        if values.check(expression, self.names.catalogue, self.study.name) != self.study.name:
            raise Fault(f'"{expression.source}" is a number of another study.')

    def _tones(self, place: Location, written: Mapping[str, str], entry: FigureEntry) -> None:
        known = self.study.sounds[entry.sound].tones if entry.sound in self.study.sounds and entry.sound else {}
        self._keys(place, written, known, "tone", needed=True)
