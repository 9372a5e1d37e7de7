"""All benchmarks, printed. Seconds are this machine's; the ratios are what travels."""

from __future__ import annotations

import sys

from benchmarks import building
from pipeline.errors import EssayError


def main() -> int:
    """Print each; gives the exit status."""
    try:
        cold()
        nothing()
    except EssayError as error:
        print(f"  {error}")
    training()
    films()
    print("How many modes a forger finds, beside published figures, takes far longer: make coverage")
    return 0


def cold() -> None:
    """A build from nothing, by stage."""
    print("Cold build, by stage (seconds of work; jobs run side by side, one thread each)")
    rows = building.stages(building.artefacts())
    whole = sum(row[2] for row in rows)
    for stage, jobs, seconds, size, longest, most in rows:
        share = seconds / whole
        told = f"{jobs:3} jobs {seconds:7.1f} s {share:5.0%} {size / 1e6:7.1f} MB"
        print(f"  {stage:8} {told}  longest {longest}, {most:.1f} s")
    print(f"  in all {whole:16.1f} s")


def nothing() -> None:
    """A build with nothing to do."""
    took, floor = building.nothing_to_do(), building.bare_python()
    print(f"Build with nothing to do\n  {took:.2f} s; Python alone {floor:.2f} s; ratio {took / floor:.1f}")


def training() -> None:
    """Lightning against a bare loop."""
    from benchmarks import overhead

    told = overhead.compare()
    print("One round of the training dance, six seeds side by side")
    print(f"  Lightning {told['lightning_ms']:.2f} ms, bare loop {told['bare_ms']:.2f} ms; ratio {told['ratio']:.2f}")


def films() -> None:
    """Our canvas against FuncAnimation.save."""
    from benchmarks import rendering

    told = rendering.compare()
    print("One film of 1280 x 720, encoded alike")
    print(
        f"  canvas {told['canvas_fps']:.1f} frames a second, FuncAnimation.save {told['funcanimation_fps']:.1f}; "
        f"ratio {told['ratio']:.1f}"
    )
    print(
        f"  drawing alone {told['drawing_ms']:.1f} ms a frame against {told['funcanimation_drawing_ms']:.1f}; "
        f"ratio {told['drawing_ratio']:.1f}"
    )


if __name__ == "__main__":
    sys.exit(main())
