"""The command line. It takes pace and names only: every number of a run stands in a recipe."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeline.errors import EssayError, did_you_mean
from pipeline.house import House

if TYPE_CHECKING:
    from pipeline.plan import Plan

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run a command; gives the exit status."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except EssayError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing is left half done; make build continues where it stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return 1


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipeline", description="Builds the essay from content/.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name: str, command: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(command=command)
        return added

    for name, words in (
        ("build", "train, draw, play and publish what is not up to date, into build/site"),
        ("draft", "the same with a tenth of the steps and a watermark, into build/draft"),
    ):
        added = add(name, _build, words)
        added.set_defaults(pace="full" if name == "build" else "draft")
        added.add_argument("--afresh", action="store_true", help="run every job, whatever the store has")
    added = add("serve", _serve, "preview on 127.0.0.1; a changed chapter is rebuilt and reloaded")
    added.add_argument("--port", type=int, default=8000)
    added = add("figure", _figure, "make one figure, study/figure, and all it needs; all of them with a study's name")
    added.add_argument("figure")
    added = add("why", _why, "say what a build would do for a figure, and what changed")
    added.add_argument("figure", nargs="?", default="")
    added = add("new-chapter", _new_chapter, "begin a chapter: copy a study and its words, and a page to fill")
    added.add_argument("slug", help="as in 16-the-quiet-critic")
    added.add_argument("--model", default="training_dance", help="the study to copy")
    add("check", _check, "check the published pages: links, anchors, alt texts, budgets")
    add("sweep", _sweep, "remove from the store what the essay as it is does not use")
    return parser


def _build(options: argparse.Namespace) -> int:
    from pipeline.build import build

    build(House(), options.pace, options.afresh)
    return 0


def _serve(options: argparse.Namespace) -> int:
    from pipeline.site.server import serve

    serve(House(), options.port)
    return 0


def _figure(options: argparse.Namespace) -> int:
    from pipeline.build import run_jobs
    from pipeline.store import Store

    house = House()
    plan = _plan(house, options.figure)
    outcomes = run_jobs(house, plan, Store(house.store))
    for outcome in outcomes.values():
        for name, path in outcome.artefact.files.items():
            if name.endswith((".mp4", ".webp", ".wav")):
                print(path)
    return 0


def _why(options: argparse.Namespace) -> int:
    from pipeline.store import Store
    from pipeline.why import explain

    house = House()
    print(explain(_plan(house, options.figure), Store(house.store)))
    return 0


def _plan(house: House, figure: str) -> Plan:
    """The plan of one figure, of one study, or of the whole essay."""
    from pipeline.build import read_catalogue, read_essay
    from pipeline.plan import colour_hashes, plan_jobs

    catalogue = read_catalogue(house)
    essay = read_essay(house, catalogue)
    plan = plan_jobs(essay, catalogue, "full", colour_hashes(house.tokens))
    study, _, name = figure.partition("/")
    if not study:
        return plan
    if study not in essay.studies:
        raise EssayError(f'no study "{study}" in the essay. {did_you_mean(study, essay.studies)}')
    figures = list(catalogue.studies[study].figures)
    if name and name not in figures:
        raise EssayError(f'no figure "{name}" in study {study}. {did_you_mean(name, figures)}')
    return plan.needed_for(study, name)


def _new_chapter(options: argparse.Namespace) -> int:
    from pipeline.beginning import begin_chapter, write

    house = House()
    beginning = begin_chapter(house.root, options.slug, options.model)
    write(house.root, beginning)
    print("\n".join([*(f"Wrote {path}" for path in beginning.files), beginning.advice]))
    return 0


def _check(options: argparse.Namespace) -> int:
    from pipeline.build import check

    check(House())
    return 0


def _sweep(options: argparse.Namespace) -> int:
    from pipeline.build import sweep

    sweep(House())
    return 0


if __name__ == "__main__":
    sys.exit(main())
