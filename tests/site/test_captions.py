"""A film's lines as WebVTT: times, words, and how long each stands."""

from __future__ import annotations

from pipeline.site.captions import vtt
from pipeline.site.cursor import Words


def test_captions_stand_from_line_to_line() -> None:
    """Each line stands from its first frame to the next line's, the last to the end of the film."""
    made = vtt([Words(0, "Low."), Words(50, "High.")], fps=25, frames=100)
    assert made == "WEBVTT\n\n00:00.000 --> 00:02.000\nLow.\n\n00:02.000 --> 00:04.000\nHigh.\n"


def test_captions_can_be_read() -> None:
    """A line that would come before the one above it has been read gives way."""
    made = vtt([Words(0, "One."), Words(10, "Two."), Words(40, "Three.")], fps=25, frames=100)
    assert "Two." not in made
    assert "00:00.000 --> 00:01.600\nOne." in made


def test_captions_are_words_and_never_signs_of_the_format() -> None:
    """What is a sign in WebVTT is escaped, and a line break ends no caption."""
    made = vtt([Words(0, "a < b --> c\n\nNOTE & d")], fps=25, frames=1525)
    assert "a &lt; b --&gt; c NOTE &amp; d\n" in made
    assert "00:00.000 --> 01:01.000" in made
    assert made.count("-->") == 1


def test_film_without_words_has_no_captions() -> None:
    """No lines, no captions; the file is still whole."""
    assert vtt([], 25, 100) == "WEBVTT\n"
