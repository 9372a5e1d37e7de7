"""The page templates: one Jinja environment, strict about names, escaping everything it prints.

Templates loop and print; what they print is decided in views.py, and the words of the interface stand
in the templates themselves. It knows no essay.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.site.announcing import linked_data
from pipeline.site.assets import late_styles

THEME = Path(__file__).resolve().parents[2] / "theme"


@cache
def environment(theme: Path = THEME) -> Environment:
    """The templates of a theme; a changed file is read anew at its next use."""
    made = Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"late_styles": late_styles, "linked_data": linked_data}
    return made


def page(template: str, **values: object) -> str:
    """One page, printed."""
    return environment().get_template(f"{template}.html").render(**values)
