"""The audits: python -m audits [html] [epub] [lighthouse] [speed]. Fails when one of them finds a fault.

Without a name: all but speed, which asks for a machine with nothing else to do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from audits import documents, lighthouse
from pipeline.errors import EssayError
from pipeline.house import House

AUDITS: Mapping[str, Callable[[Path], list[str]]] = {
    "html": documents.html,
    "epub": documents.epub,
    "lighthouse": partial(lighthouse.audit, timed=False),
    "speed": lighthouse.audit,
}
ALWAYS = ("html", "epub", "lighthouse")


def main(names: list[str]) -> int:
    """Runs audits on the published folder; gives the exit status."""
    place = House().place("full")
    if unknown := sorted(set(names) - set(AUDITS)):
        print(f"No audit {', '.join(unknown)}. There are: {', '.join(AUDITS)}.")
        return 2
    faults: list[str] = []
    try:
        for name in names or ALWAYS:
            faults += AUDITS[name](place)
    except EssayError as error:
        faults.append(str(error))
    print("\n".join(faults) if faults else "No fault.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
