"""The lines under a film as captions of the film itself, in WebVTT, for readers of its native controls.

Source: W3C, WebVTT: The Web Video Text Tracks Format. It knows no player.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.site.cursor import Words

READING = 1.6
"""Seconds for which a line stands at least, so that it can be read; the page's script keeps the same time."""


def vtt(lines: Sequence[Words], fps: int, frames: int) -> str:
    """A caption for each line, from its first frame to the next line's; what would stand too briefly gives way."""
    shortest = READING * fps
    cues: list[tuple[int, str]] = []
    for line in lines:
        if line.words and (not cues or line.start >= cues[-1][0] + shortest):
            cues.append((line.start, line.words))
    ends = [*(start for start, _ in cues), frames][1:]
    blocks = [
        f"{_time(start / fps)} --> {_time(end / fps)}\n{_escaped(words)}\n"
        for (start, words), end in zip(cues, ends, strict=True)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _escaped(words: str) -> str:
    plain = " ".join(words.split())
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
