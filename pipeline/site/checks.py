"""What must be true of the pages before they may be published; every fault is told at once.

Links and anchors lead somewhere, ids are single, pictures have alt texts, headings descend by steps,
nothing is fetched from elsewhere, and every page keeps its budget. It works on the made site in memory
and knows neither templates nor the essay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pipeline.errors import SiteBroken, did_you_mean
from pipeline.site.budgets import Weight, epub_faults, most_for_site, site_weight, weigh
from pipeline.site.ornament import Published
from pipeline.site.reading import Reading, read

_OUTSIDE = ("http:", "https:", "mailto:")


@dataclass(frozen=True)
class Checked:
    """What the checks measured on the way."""

    weights: tuple[Weight, ...]
    site: int
    """Bytes of the whole folder."""


def check_site(files: Published) -> Checked:
    """The weights, when all is well; SiteBroken with every fault when not."""
    readings = {name: read(_text(content)) for name, content in sorted(files.items()) if name.endswith(".html")}
    faults = [fault for name in readings for fault in _page_faults(name, readings, files)]
    faults += _sheet_faults(files)
    weights = tuple(weigh(name, files, readings[name].eager) for name in readings)
    faults += [told for weight in weights for told in weight.over]
    faults += epub_faults(files)
    total = site_weight(files)
    if total > (most := most_for_site(files)):
        faults.append(f"the whole site: {total:,} bytes, and {most:,} is the most; heaviest: {_heaviest(files)}")
    if faults:
        count = len(faults)
        raise SiteBroken("\n".join([f"{count} fault{'s' if count != 1 else ''} in the built pages:", *faults]))
    return Checked(weights, total)


def _page_faults(name: str, readings: Mapping[str, Reading], files: Published) -> Iterator[str]:
    page = readings[name]
    yield from (f"{name}: {fault}" for fault in page.faults)
    if not page.language:
        yield f"{name}: <html> names no language"
    if not page.title:
        yield f"{name}: no title"
    yield from (f'{name}: id "{one}" stands {n} times' for one, n in Counter(page.ids).items() if n > 1)
    yield from (
        f'{name}: an attribute points to the id "{one}", which is not there'
        for one in page.pointers
        if one not in page.ids
    )
    yield from (f"{name}: {fault}" for fault in _heading_faults(page))
    for address in dict.fromkeys(page.links):
        if fault := _link_fault(name, address, readings, files):
            yield f"{name}: {fault}"
    for address in dict.fromkeys(page.fetches):
        if fault := _fetch_fault(address, files):
            yield f"{name}: {fault}"


def _heading_faults(page: Reading) -> Iterator[str]:
    ones = sum(level == 1 for level, _ in page.headings)
    if ones != 1:
        yield f"{ones} headings of the first level, and there must be one"
    above = 0
    for level, words in page.headings:
        if above and level > above + 1:
            yield f'the heading "{words}" skips from level {above} to {level}'
        if not words:
            yield f"an empty heading of level {level}"
        above = level


def _link_fault(name: str, address: str, readings: Mapping[str, Reading], files: Published) -> str:
    if address.startswith(_OUTSIDE):
        return ""
    parts = urlsplit(address)
    if parts.scheme or address.startswith("/"):
        return f'the link "{address}" is neither relative nor to the web'
    target = unquote(parts.path) or name
    if target not in files:
        return f'the link "{address}" leads nowhere. {did_you_mean(target, list(files))}'
    anchor = unquote(parts.fragment).partition("?")[0]
    if anchor and target in readings and anchor not in readings[target].ids:
        return f'the link "{address}" has no such place. {did_you_mean(anchor, readings[target].ids)}'
    return ""


def _fetch_fault(address: str, files: Published) -> str:
    if address.startswith("data:"):
        return ""
    if re.match(r"[a-z]+:|/", address):
        return f'"{address}" would be fetched from elsewhere'
    path = unquote(urlsplit(address).path)
    return "" if path in files else f'"{address}" is not in the site. {did_you_mean(path, list(files))}'


def _sheet_faults(files: Published) -> Iterator[str]:
    for name, content in sorted(files.items()):
        if not name.endswith(".css"):
            continue
        folder = name.rpartition("/")[0]
        for address in re.findall(r"url\(\"?([^)\"]{1,200})", _text(content)):
            if address.startswith("data:"):
                continue
            if f"{folder}/{address}" not in files:
                yield f'{name}: "{address}" is not in the site'
        if "@import" in _text(content):
            yield f"{name}: @import would fetch one sheet after the other"


def _heaviest(files: Published) -> str:
    sizes = {path: site_weight({path: content}) for path, content in files.items()}
    return ", ".join(f"{path} {size:,}" for path, size in sorted(sizes.items(), key=lambda item: -item[1])[:5])


def _text(content: object) -> str:
    return content.decode() if isinstance(content, bytes) else content.read_text("utf-8")  # type: ignore[attr-defined]
