"""The studies: one file each, read from top to bottom. This list is the only place where they are named.

Importing it imports torch; whoever needs only names reads the catalogue (pipeline.catalogue).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.studies.bending_sheet import STUDY as BENDING_SHEET
from pipeline.studies.connection import STUDY as CONNECTION
from pipeline.studies.detectives_eye import STUDY as DETECTIVES_EYE
from pipeline.studies.faces import STUDY as FACES
from pipeline.studies.handwriting import STUDY as HANDWRITING
from pipeline.studies.leap_or_steps import STUDY as LEAP_OR_STEPS
from pipeline.studies.letters import STUDY as LETTERS
from pipeline.studies.mode_collapse import STUDY as MODE_COLLAPSE
from pipeline.studies.noise_to_form import STUDY as NOISE_TO_FORM
from pipeline.studies.one_round import STUDY as ONE_ROUND
from pipeline.studies.remedies import STUDY as REMEDIES
from pipeline.studies.reward import STUDY as REWARD
from pipeline.studies.tiles import STUDY as TILES
from pipeline.studies.training_dance import STUDY as TRAINING_DANCE
from pipeline.studies.two_aims import STUDY as TWO_AIMS
from pipeline.studies.vanishing import STUDY as VANISHING
from pipeline.study import Study

STUDIES: Mapping[str, Study] = {
    "noise_to_form": NOISE_TO_FORM,
    "detectives_eye": DETECTIVES_EYE,
    "training_dance": TRAINING_DANCE,
    "faces": FACES,
    "letters": LETTERS,
    "mode_collapse": MODE_COLLAPSE,
    "leap_or_steps": LEAP_OR_STEPS,
    "handwriting": HANDWRITING,
    "connection": CONNECTION,
    "one_round": ONE_ROUND,
    "two_aims": TWO_AIMS,
    "vanishing": VANISHING,
    "remedies": REMEDIES,
    "reward": REWARD,
    "bending_sheet": BENDING_SHEET,
    "tiles": TILES,
}
