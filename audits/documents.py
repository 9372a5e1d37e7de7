"""Is every page valid HTML, and the book a valid EPUB? The Nu Html Checker and EPUBCheck, and what they may be excused.

A row is excused by its words alone, never by its page; the reason stands beside it.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from audits import tools
from pipeline.errors import EssayError

EXCUSED = {
    r"Attribute “(displaystyle|scriptlevel)” not allowed on element “m[a-z]+” at this point\.": (
        "MathML Core gives both attributes to every element (section 2.1.3); the checker's schema is MathML 3's, "
        "which gave them to <math> and <mstyle> alone"
    ),
}
"""What the Nu Html Checker says wrongly -> why it is wrong."""


def html(place: Path) -> list[str]:
    """Errors of the site's pages, "page:line: message"; empty when all are valid."""
    pages = sorted(place.glob("*.html"))
    asked = [tools.find("java"), "-jar", str(tools.html_checker()), "--format", "json", "--stdout", "--errors-only"]
    done = subprocess.run([*asked, *map(str, pages)], capture_output=True, text=True)
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError) as error:
        raise EssayError(f"The Nu Html Checker gave no answer: {done.stderr or done.stdout}") from error
    errors = [_told(message) for message in messages if message["type"] != "info" and not excused(message["message"])]
    print(f"Nu Html Checker: {len(pages)} pages, {len(errors)} errors ({len(messages) - len(errors)} excused)")
    return errors


def excused(message: str) -> bool:
    """Whether a message is one of those that are known to be wrong."""
    return any(re.fullmatch(pattern, message) for pattern in EXCUSED)


def _told(message: dict[str, Any]) -> str:
    page = str(message.get("url", "")).rpartition("/")[2]
    return f"{page}:{message.get('lastLine', '')}: {message['message']}"


def epub(place: Path) -> list[str]:
    """Errors and warnings of the site's books."""
    books = sorted(place.glob("*.epub"))
    if not books:
        return [f"there is no EPUB in {place}"]
    told: list[str] = []
    for book in books:
        asked = [tools.find("java"), "-jar", str(tools.epub_checker()), str(book), "--quiet", "--json", "-"]
        done = subprocess.run(asked, capture_output=True, text=True)
        try:
            messages = json.loads(done.stdout)["messages"]
        except (ValueError, KeyError) as error:
            raise EssayError(f"EPUBCheck gave no answer: {done.stderr or done.stdout}") from error
        told += [_row(message) for message in messages if message["severity"] in ("FATAL", "ERROR", "WARNING")]
        print(f"EPUBCheck: {book.name}, {book.stat().st_size / 1e6:.1f} MB, {len(told)} errors and warnings")
    return told


def _row(message: dict[str, Any]) -> str:
    places = [f"{place['path']}:{place['line']}" for place in message["locations"][:3]]
    return f"{message['severity']} {message['ID']} {message['message']} ({', '.join(places)})"
