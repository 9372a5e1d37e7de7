"""Frames into H.264, and a soundtrack beside it, by the ffmpeg that imageio-ffmpeg brings along.

ffmpeg is run here rather than through imageio's writer, which passes the frames on but neither
ffmpeg's exit status nor its last words. The same frames give the same bytes: one thread, and no
stamp of time or version. The settings were found by trial, on films of thin moving lines:

    -g 20               a key frame every .8 s: dearer than all motion, but a scrubber must seek at once
    no-deblock          line drawings lose nothing without it, and a seek decodes faster
    chroma-qp-offset    thin coloured lines went grey before they went rough
    maxrate             a restless film grows coarser where it moves, not beyond 1.2 MB for 12 s
    colour tags         without the filter's matrix and the tags, browsers are off by up to 19/255
    faststart           the film can be sought before all of it has come

It knows no figure, theme or recording.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import imageio_ffmpeg
import numpy as np

from pipeline.errors import EssayError, ToolMissing

QUALITY = 32
"""x264's constant rate factor: lower is finer and larger."""
_RATE = ["-crf", str(QUALITY), "-maxrate", "700k", "-bufsize", "1400k", "-aq-mode", "3", "-g", "20", "-threads", "1"]
_LINES = ["-x264-params", "me=umh:subme=8:no-deblock=1:chroma-qp-offset=-4"]
AAC = ("-c:a", "aac", "-b:a", "96k", "-aac_coder", "fast", "-aac_tns", "0", "-cutoff", "8000")
"""How soundtracks are coded. ffmpeg's default coder (twoloop, with noise shaping in time) smears plucked
notes: measured on a plucked clip, 19 dB of signal over error and clicks of -25 dBFS above 10 kHz; so, 33 dB and -62."""
_COLOURS = (
    "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int+bitexact,format=yuv420p,"
    "setparams=colorspace=bt709:color_primaries=bt709:color_trc=iec61966-2-1:range=tv"
)
_REPEATABLE = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
_LAST_WORDS = 8  # lines of ffmpeg's complaint that are passed on


def encode(frames: Iterable[np.ndarray], size: tuple[int, int], fps: int) -> bytes:
    """A silent mp4 of frames (height, width, 4) uint8; ``size`` is (width, height), both even."""
    width, height = size
    if width % 2 or height % 2:
        raise EssayError(f"a film of {width} x {height} pixels: both must be even")
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        source = ["-f", "rawvideo", "-pix_fmt", "rgb0", "-s", f"{width}x{height}", "-r", str(fps), "-i", "pipe:0"]
        video = ["-vf", _COLOURS, "-c:v", "libx264", "-preset", "medium", *_RATE, *_LINES]
        _run([*source, *video, "-an", "-movflags", "+faststart", *_REPEATABLE, str(film)], frames)
        return film.read_bytes()


def join(video: bytes, sound: bytes) -> bytes:
    """An mp4 with a soundtrack: the picture of ``video`` as it is, and ``sound`` (wav) as AAC."""
    with tempfile.TemporaryDirectory() as folder:
        silent, wav, film = (Path(folder) / name for name in ("silent.mp4", "sound.wav", "film.mp4"))
        silent.write_bytes(video)
        wav.write_bytes(sound)
        sources = ["-i", str(silent), "-i", str(wav), "-map", "0:v:0", "-map", "1:a:0"]
        codecs = ["-c:v", "copy", *AAC, "-threads", "1", "-movflags", "+faststart"]
        _run([*sources, *codecs, *_REPEATABLE, str(film)], ())
        return film.read_bytes()


def _run(arguments: list[str], frames: Iterable[np.ndarray]) -> None:
    try:
        program = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise ToolMissing("films need ffmpeg: pip install imageio-ffmpeg, or set IMAGEIO_FFMPEG_EXE") from error
    with tempfile.TemporaryFile() as complaints:  # a file, since a full pipe would stop both sides
        process = subprocess.Popen(
            [program, "-y", "-hide_banner", "-loglevel", "error", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints,
        )
        assert process.stdin is not None
        try:
            for frame in frames:
                process.stdin.write(np.ascontiguousarray(frame).data)
            process.stdin.close()
        except BrokenPipeError:
            pass  # ffmpeg gave up; its exit status and words say why
        except BaseException:  # a figure's own error, or Ctrl-C: leave no process behind
            process.kill()
            raise
        finally:
            status = process.wait()
        if status:
            complaints.seek(0)
            words = complaints.read().decode(errors="replace").strip().splitlines()[-_LAST_WORDS:]
            raise EssayError("\n".join([f"ffmpeg stopped with status {status}:", *words]))
