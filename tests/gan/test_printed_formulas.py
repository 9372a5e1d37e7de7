"""Every formula that the essay prints has a row: its function in pipeline/gan, and a second way to the same number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy import stats

from pipeline import noise_map
from pipeline.essay.constructs.mathematics import BlockFormula, Formula
from pipeline.essay.faults import Ledger
from pipeline.essay.front import open_chapter
from pipeline.essay.glossary import read_glossary
from pipeline.essay.scanning import Scanned, scan, scan_words
from pipeline.gan import datasets, latent, losses, measures
from tests.gan import latex, printed_rows, printed_rows_deeper, printed_rows_last
from tests.gan.printed import Row

CONTENT = Path(__file__).parents[2] / "content"
ROWS: tuple[Row, ...] = (*printed_rows.ROWS, *printed_rows_deeper.ROWS, *printed_rows_last.ROWS)
NAMES = {
    "D", "G", "D^*", "D(x)", "D(G(z))", "V", r"\mathbb{E}", r"\sigma", r"\pi(x)", "J_G",
    "a", "b", "p", "u", "v", "x", "z", "(a, b)",
}  # fmt: skip
"""Formulas that only name a thing and state nothing."""


def formulas(scanned: Scanned) -> Iterator[str]:
    """The LaTeX of all formulas of some prose, in notes, captions and fold-outs too."""
    for text in (scanned.text, *(words for _, words in scanned.notes.values())):
        for node in text.walk():
            if isinstance(node, Formula | BlockFormula):
                yield node.latex.strip()


def printed_in(path: Path) -> list[str]:
    """The formulas of a chapter's file."""
    sheet = Ledger().read(path)
    assert sheet is not None
    opened = open_chapter(sheet)
    return list(formulas(scan(opened.source, opened.first_line)))


CHAPTERS = {path.name[:2]: printed_in(path) for path in sorted((CONTENT / "chapters").glob("*.md"))}


def unaccounted(number: str, printed: list[str]) -> list[str]:
    """What a chapter prints that is neither a mere name nor a row of the table."""
    known = {row.latex for row in ROWS if row.chapter == number} | NAMES
    return [formula for formula in printed if formula not in known]


@pytest.mark.parametrize("number", CHAPTERS)
def test_every_printed_formula_has_a_row(number: str) -> None:
    """A chapter prints no formula that no function computes: whoever adds one adds its row here."""
    assert unaccounted(number, CHAPTERS[number]) == []


def test_a_new_formula_or_a_changed_one_is_noticed() -> None:
    """In a block, a line, a fold-out, a note or a caption, to the letter."""
    source = (
        '$$D^*(x) = 1$$\n\nSay $V = 0$.[^a]\n\n??? "More"\n    $$x = 1$$\n\n[^a]: And $a < b$.\n\n![Alt](film:a/b)\n$b$'
    )
    assert unaccounted("03", list(formulas(scan(source)))) == ["D^*(x) = 1", "V = 0", "x = 1", "a < b"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.chapter} {row.latex[:40]}")
def test_a_printed_formula_is_what_its_function_computes(row: Row) -> None:
    """The row stands in the chapter, its functions in pipeline/gan with words of their own, and both ways agree."""
    assert row.latex in CHAPTERS[row.chapter]
    assert all(each.__module__.startswith("pipeline.gan.") and each.__doc__ for each in row.functions)
    row.route(row.latex)


SLIPS = {"+": "-", "-": "+", r"\log_2": r"\log", r"p_{\text{data}}": "p_G", "p_G": r"p_{\text{data}}"}
"""What a tired writer puts for what: a sign, bits and nats, whose distribution."""


def slips(printed: str) -> Iterator[str]:
    """The formula with one slip, for each that could be made."""
    for found in re.finditer("|".join(map(re.escape, SLIPS)), printed):
        yield printed[: found.start()] + SLIPS[found[0]] + printed[found.end() :]


WORKED_OUT = [row for row in ROWS if not row.by_hand and list(slips(row.latex))]


@pytest.mark.parametrize("row", WORKED_OUT, ids=lambda row: f"{row.chapter} {row.latex[:40]}")
def test_a_slip_in_print_would_be_noticed(row: Row) -> None:
    """With any one wrong sign, base or distribution the two ways part."""
    for wrong in slips(row.latex):
        with pytest.raises(AssertionError):
            row.route(wrong)


TOSS = torch.zeros(1)
STRANGERS = np.eye(2)
SPELLED = (
    ("02", "pays ln 4, about 1.386", losses.cross_entropy(TOSS, TOSS).item(), 1.386, 5e-4),
    ("03", "pays ln 2 as well", losses.non_saturating(TOSS, TOSS).item(), np.log(2), 1e-6),
    ("04", "784 dimensions", datasets.DIGIT_SIZE**2, 784, 0),
    ("04", "the answer is one whole bit", measures.jensen_shannon(*STRANGERS), 1, 1e-12),
    ("05", "two standard deviations of the noise away", latent.grid(noise_map.SIDE, noise_map.REACH).max(), 2, 0),
    ("05", "nineteen in twenty", stats.norm.cdf(2) - stats.norm.cdf(-2), 19 / 20, 0.005),
    ("06", "99 points of a hundred", stats.chi2(df=2).cdf(9), 0.99, 0.005),
    ("08", "the 0.69 of a draw", losses.non_saturating(TOSS, TOSS).item(), 0.69, 5e-3),
    ("11", "the greatest gap there is, one bit", measures.jensen_shannon(*STRANGERS), 1, 1e-12),
)
"""Chapter, words of its prose, the number worked out, the number said, and how nearly they must agree."""


@pytest.mark.parametrize(("number", "words", "found", "said", "within"), SPELLED)
def test_a_constant_spelled_out_is_right(number: str, words: str, found: float, said: float, within: float) -> None:
    """What the prose says in words and no run measures stands there, and is so."""
    (path,) = (CONTENT / "chapters").glob(f"{number}-*.md")
    assert words in path.read_text(encoding="utf-8")
    assert found == pytest.approx(said, abs=within)


def test_other_words_print_no_formula() -> None:
    """Glossary, cover and the words of figures state nothing in formulas, so there is nothing to account for."""
    terms = read_glossary(Ledger(), CONTENT / "glossary.md").values()
    assert [formula for term in terms for formula in formulas(scan_words(term.definition))] == []
    others = [CONTENT / "essay.toml", *sorted((CONTENT / "figures").glob("*.yaml"))]
    assert [path.name for path in others if re.search(r"\$\S", path.read_text(encoding="utf-8"))] == []


def test_the_reader_of_latex_knows_its_arithmetic() -> None:
    """Products bind closer than sums, a logarithm takes the factors after it, a bare density is meant at x."""
    assert latex.value(r"1 + \tfrac{1}{2} \log_2 8 - 3^2/9", {}) == pytest.approx(1.5)
    assert latex.value(r"2a\left(b - 1\right) - \ln 2 b", {"a": 3, "b": 0.5}) == pytest.approx(-3.0)
    assert latex.value(r"\mathbb{E}_{x}[p]", {r"\mathbb{E}_{x}": [{"x": 1}, {"x": 3}], "p": lambda x: x**2}) == 5
    assert latex.equations(r"a = b \approx c, \\ d &= e \\ &+ f") == [["a", "b", "c"], ["d", "e + f"]]
    with pytest.raises(ValueError, match="cannot read on"):
        latex.value("a)", {"a": 1})
