"""The encoder: what goes in comes out, in time, in colour, and twice the same."""

from __future__ import annotations

import subprocess
import wave
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from pipeline.drawing.encode import encode, join
from pipeline.drawing.style import RGB, palette
from pipeline.errors import EssayError

SIZE = (160, 90)
COUNT, FPS = 45, 25


def frames(theme: str = "light", count: int = COUNT) -> Iterator[np.ndarray]:
    """A plate on whose left lies a block of cobalt, on whose right one of manganese; the latter grows."""
    colours = palette(theme)
    for i in range(count):
        frame = np.full((SIZE[1], SIZE[0], 4), 255, dtype=np.uint8)
        frame[:, :, :3] = colours["plate"]
        frame[20:70, 10:60, :3] = colours["real"]
        frame[20 : 30 + i, 100:150, :3] = colours["forged"]
        yield frame


def probe(film: bytes, folder: Path) -> str:
    """What ffmpeg says of a film."""
    path = folder / "film.mp4"
    path.write_bytes(film)
    program = imageio_ffmpeg.get_ffmpeg_exe()
    return subprocess.run([program, "-i", str(path)], capture_output=True, text=True, check=False).stderr


def decode(film: bytes, folder: Path) -> np.ndarray:
    """All frames of a film, (n, height, width, 3) uint8, as a browser would show them."""
    path = folder / "film.mp4"
    path.write_bytes(film)
    to_rgb = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=accurate_rnd+full_chroma_inp,format=rgb24"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-vf", to_rgb, "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, dtype=np.uint8).reshape(-1, SIZE[1], SIZE[0], 3)


def tone(seconds: float) -> bytes:
    """A quiet stereo wav at 48 kHz."""
    wave_ = (np.sin(np.arange(int(48_000 * seconds)) * 0.05) * 3000).astype("<i2")
    buffer = BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(48_000)
        out.writeframes(np.repeat(wave_, 2).tobytes())
    return buffer.getvalue()


def test_encode_keeps_every_frame_and_its_time(tmp_path: Path) -> None:
    """45 frames at 25 a second are 45 frames and 1.8 seconds of H.264."""
    film = encode(frames(), SIZE, FPS)
    about = probe(film, tmp_path)
    assert "Duration: 00:00:01.80" in about
    assert "25 fps" in about
    assert "Video: h264" in about
    assert len(decode(film, tmp_path)) == COUNT


def test_encode_tags_its_colours(tmp_path: Path) -> None:
    """The stream says yuv420p, television range, BT.709 matrix and primaries, sRGB curve."""
    assert "yuv420p(tv, bt709/bt709/iec61966-2-1, progressive)" in probe(encode(frames(), SIZE, FPS), tmp_path)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_encode_keeps_colours(theme: str, tmp_path: Path) -> None:
    """Plate, cobalt and manganese come back within 4 of 255."""
    shown = decode(encode(frames(theme), SIZE, FPS), tmp_path)[-1].astype(int)
    places: dict[str, tuple[int, int]] = {"plate": (10, 80), "real": (45, 35), "forged": (45, 125)}
    for token, (row, column) in places.items():
        wanted: RGB = palette(theme)[token]
        assert np.abs(shown[row - 3 : row + 3, column - 3 : column + 3].mean(axis=(0, 1)) - wanted).max() <= 4


def test_encode_shows_each_frame_in_its_place(tmp_path: Path) -> None:
    """The block that grows by a row a frame ends where it should in every frame."""
    for i, frame in enumerate(decode(encode(frames(), SIZE, FPS), tmp_path)):
        column = frame[:, 125].astype(int)
        dark = np.abs(column - palette("light")["forged"]).sum(axis=1) < np.abs(
            column - palette("light")["plate"]
        ).sum(axis=1)
        assert abs(dark.sum() - (10 + i)) <= 1


def test_encode_repeats_its_bytes() -> None:
    """The same frames give the same film, byte for byte."""
    assert encode(frames(), SIZE, FPS) == encode(frames(), SIZE, FPS)


def test_encode_starts_fast() -> None:
    """The index stands before the pictures, so that a film can be sought before all of it has come."""
    film = encode(frames(), SIZE, FPS)
    assert film.index(b"moov") < film.index(b"mdat")


def test_encode_refuses_odd_sizes() -> None:
    """H.264 halves its colours: an odd width is refused in words."""
    with pytest.raises(EssayError, match="both must be even"):
        encode(iter(()), (161, 90), FPS)


def test_encode_passes_on_what_ffmpeg_says() -> None:
    """When ffmpeg fails, its own last words are the message."""
    with pytest.raises(EssayError, match=r"ffmpeg stopped with status \d+:\n.+"):
        join(b"no film", tone(0.1))


def test_encode_raises_what_a_frame_raises() -> None:
    """An error while drawing is that error, not one of the encoder."""

    def broken() -> Iterator[np.ndarray]:
        yield next(frames())
        raise ZeroDivisionError("in a figure")

    with pytest.raises(ZeroDivisionError, match="in a figure"):
        encode(broken(), SIZE, FPS)


def test_join_adds_sound_and_leaves_the_picture(tmp_path: Path) -> None:
    """The film with sound has the same frames, the same length and a stereo AAC track; twice the same bytes."""
    silent = encode(frames(), SIZE, FPS)
    film = join(silent, tone(COUNT / FPS))
    about = probe(film, tmp_path)
    assert "Audio: aac" in about
    assert "48000 Hz, stereo" in about
    assert "Duration: 00:00:01.8" in about
    assert "yuv420p(tv, bt709/bt709/iec61966-2-1, progressive)" in about
    assert np.array_equal(decode(film, tmp_path), decode(silent, tmp_path))
    assert film == join(silent, tone(COUNT / FPS))
