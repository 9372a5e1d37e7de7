"""What the person at the keyboard sees while jobs run, and the account at the end.

On a terminal: one live table (rich), a row for each running job with step, rate and time to go.
Elsewhere: a plain line when a job starts, ends or has run for another while. It decides nothing.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from pipeline.plan import Job, Plan
from pipeline.store import Artefact

if TYPE_CHECKING:
    from pipeline.estimates import Estimates

EVERY = 15.0
"""Seconds between a running job's plain lines."""


class Display(Protocol):
    """What the workshop tells."""

    def begin(self, plan: Plan, estimates: Estimates) -> None:
        """The work is about to start."""

    def reused(self, job: Job, artefact: Artefact) -> None:
        """The store had it."""

    def started(self, job: Job) -> None:
        """A worker has begun."""

    def progress(self, job: Job, step: int, steps: int) -> None:
        """A running job has come to a step."""

    def finished(self, job: Job, artefact: Artefact) -> None:
        """It is published."""

    def failed(self, job: Job, why: str) -> None:
        """It raised."""

    def tick(self) -> None:
        """Several times a second."""

    def end(self) -> None:
        """All that could be done is done."""


@dataclass
class Running:
    """A job at work."""

    job: Job
    expected: float
    """Seconds."""
    since: float = field(default_factory=time.monotonic)
    step: int = 0
    steps: int = 0
    first: tuple[int, float] = (0, 0.0)
    """The first step told, and when: what came before was not training but setting up (or is resumed)."""
    shown: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.since

    def told(self, step: int, steps: int) -> None:
        """The job says how far it is."""
        if not self.step:
            self.first = (step, time.monotonic())
        self.step, self.steps = step, steps

    def words(self) -> tuple[str, str, str]:
        """Step, rate, and time to go, as text; "" where not known."""
        made, since = self.step - self.first[0], time.monotonic() - self.first[1]
        if made and self.steps:
            rate = made / max(since, 1e-6)
            left = (self.steps - self.step) / rate
            shown = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
            return f"step {self.step:,} of {self.steps:,}", f"{shown} a second", f"{duration(left)} to go"
        left = max(self.expected - self.elapsed, 0.0)
        return "", "", f"about {duration(left)} to go" if left else "any moment"


class PlainDisplay:
    """Lines, for logs and pipes."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.running: dict[str, Running] = {}
        self.done: list[tuple[Job, Artefact, bool]] = []
        self.broken: list[Job] = []
        self.total = 0
        self.began = time.monotonic()

    def begin(self, plan: Plan, estimates: Estimates) -> None:
        """See Display."""
        self.total, self.expected, self.began = len(plan.jobs), estimates.seconds, time.monotonic()

    def reused(self, job: Job, artefact: Artefact) -> None:
        """See Display."""
        self.done.append((job, artefact, True))

    def started(self, job: Job) -> None:
        """See Display."""
        self.running[job.id] = Running(job, self.expected[job.id])
        self.say(f"{job.id}: started, about {duration(self.expected[job.id])}")

    def progress(self, job: Job, step: int, steps: int) -> None:
        """See Display."""
        self.running[job.id].told(step, steps)

    def finished(self, job: Job, artefact: Artefact) -> None:
        """See Display."""
        self.running.pop(job.id, None)
        self.done.append((job, artefact, False))
        self.say(f"{job.id}: done in {duration(artefact.seconds)}, {size(artefact.size)}")

    def failed(self, job: Job, why: str) -> None:
        """See Display."""
        self.running.pop(job.id, None)
        self.broken.append(job)
        self.say(f"{job.id}: failed: {why}")

    def tick(self) -> None:
        """See Display."""
        for row in self.running.values():
            if time.monotonic() - row.shown > EVERY:
                row.shown = time.monotonic()
                self.say(f"{row.job.id}: " + ", ".join(word for word in row.words() if word))

    def end(self) -> None:
        """See Display."""
        if self.running or any(not reused for _, _, reused in self.done):
            print(account(self.done, time.monotonic() - self.began), file=self.out, flush=True)

    def say(self, line: str) -> None:
        """One line, with how many jobs are done."""
        print(f"[{len(self.done):>3}/{self.total}] {line}", file=self.out, flush=True)


class LiveDisplay(PlainDisplay):
    """One live table, for terminals."""

    def __init__(self) -> None:
        super().__init__()
        self.live: Any = None

    def tick(self) -> None:
        """See Display."""
        if self.running and self.live is None:
            from rich.live import Live

            self.live = Live(self.table(), refresh_per_second=6, transient=True)
            self.live.start()
        if self.live is not None:
            self.live.update(self.table())

    def end(self) -> None:
        """See Display."""
        if self.live is not None:
            self.live.stop()
            self.live = None
        super().end()

    def say(self, line: str) -> None:
        """What is done scrolls by above the table."""
        if ": started" in line:
            return
        if self.live is not None:
            self.live.console.print(f"[{len(self.done):>3}/{self.total}] {line}", markup=False, highlight=False)
        else:
            super().say(line)

    def table(self) -> Any:
        """A row for each running job, and the total."""
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        for row in self.running.values():
            share = row.step / row.steps if row.steps else min(row.elapsed / max(row.expected, 0.1), 0.99)
            table.add_row(row.job.id, ProgressBar(total=1.0, completed=share, width=24), *row.words())
        left = self.total - len(self.done)
        so_far = f"{duration(time.monotonic() - self.began)} so far"
        table.add_row(f"{left} of {self.total} jobs to do", "", so_far, "", "")
        return table


def display_for(out: TextIO) -> Display:
    """The live one on a terminal, the plain one elsewhere."""
    return LiveDisplay() if out.isatty() else PlainDisplay(out)


def account(done: list[tuple[Job, Artefact, bool]], seconds: float) -> str:
    """The closing table: what ran (each job), what was reused (a line a stage), seconds and bytes."""
    rows = [("job", "", "seconds", "size")]
    for job, artefact, _ in sorted((d for d in done if not d[2]), key=lambda d: -d[1].seconds):
        rows.append((job.id, "ran", f"{artefact.seconds:.1f}", size(artefact.size)))
    for stage in dict.fromkeys(job.stage for job, _, reused in done if reused):
        kept = [artefact for job, artefact, reused in done if reused and job.stage == stage]
        rows.append((f"{stage}, {len(kept)} of them", "reused", "", size(sum(a.size for a in kept))))
    ran = sum(not reused for _, _, reused in done)
    total = sum(artefact.size for _, artefact, _ in done)
    rows.append((f"{ran} ran, {len(done) - ran} reused", "", f"{seconds:.1f}", size(total)))
    wide = [max(len(row[column]) for row in rows) for column in range(4)]
    columns = f"  {{:<{wide[0]}}}  {{:<{wide[1]}}}  {{:>{wide[2]}}}  {{:>{wide[3]}}}"
    return "\n".join(columns.format(*row).rstrip() for row in rows)


def duration(seconds: float) -> str:
    """Seconds for people: "0.4 s", "41 s", "3 min 20 s"."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


def size(count: int) -> str:
    """Bytes for people: "812 B", "31 kB", "2.4 MB"."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"
