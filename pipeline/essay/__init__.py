"""content/ -> Essay -> HTML fragments; it knows neither torch nor matplotlib, and no template.

read(content, catalogue)                       the Essay, or all Problems at once
render(chapter, essay, results, place)         a chapter's HTML, plain text, sections and notes
render_inline / render_plain                   a run of words with constructs, as HTML or plain text
fill / fill_moment / parse_test                a figure's words, filled from the results or at the cursor
"""

from pipeline.essay.expressions import parse_test
from pipeline.essay.filters import formatted
from pipeline.essay.model import Chapter, Essay, FigureWords, Part, Placement, Rendered, StudyWords
from pipeline.essay.reading import read
from pipeline.essay.rendering import fill, fill_moment, render, render_inline, render_plain

__all__ = [
    "Chapter", "Essay", "FigureWords", "Part", "Placement", "Rendered", "StudyWords",
    "fill", "fill_moment", "formatted", "parse_test", "read", "render", "render_inline", "render_plain",
]  # fmt: skip
