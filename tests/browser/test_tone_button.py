"""Reference tones and the sound check: the page's own small synthesiser."""

from __future__ import annotations

import pytest

from pipeline.sounding.tones import VOICES
from tests.browser.conftest import OpenPage, until

PAGE = "01-the-hill.html"


def test_reference_tone_sounds_in_the_voice_of_its_role(open_page: OpenPage) -> None:
    """A tone button carries its role's harmonics, sounds when pressed, and falls silent by itself."""
    page = open_page(PAGE)
    tones = page.locator("#climb tone-button")
    assert tones.count() == 2
    harmonics = tuple(float(part) for part in (tones.nth(1).get_attribute("data-harmonics") or "").split())
    assert harmonics == VOICES["forger"].harmonics
    tones.first.locator("button").click()
    page.locator("#climb tone-button.ringing").wait_for()
    assert page.evaluate("Tones.context.state") == "running"
    until(page, "!document.querySelector('tone-button.ringing')")


@pytest.mark.parametrize("tone", [0, 1])
def test_tone_is_about_as_loud_as_the_films(open_page: OpenPage, tone: int) -> None:
    """Rendered without a loudspeaker, a tone's mean level stays within 6 dB of -20 dBFS and never clips."""
    page = open_page(PAGE)
    level, peak = page.evaluate(
        """async tone => {
        Tones.context = new OfflineAudioContext(2, 48000, 48000);
        Tones.open = () => Tones.context;
        Tones.out = new GainNode(Tones.context);
        Tones.out.connect(Tones.context.destination);
        document.querySelectorAll("#climb tone-button")[tone].press();
        const sound = await Tones.context.startRendering();
        let sum = 0, peak = 0;
        for (const side of [0, 1])
            for (const x of sound.getChannelData(side).subarray(4800, 24000)) {
                sum += x * x;
                peak = Math.max(peak, Math.abs(x));
            }
        return [10 * Math.log10(sum / 19200), peak] }""",
        tone,
    )
    assert -26 < level < -14
    assert peak < 0.7


def test_tone_keeps_silent_while_sound_is_off(open_page: OpenPage) -> None:
    """With the site's sound off a tone button says so instead of sounding."""
    page = open_page(PAGE)
    page.evaluate("essay.choose({ sound: false })")
    page.locator("#climb tone-button button").first.click()
    assert page.locator("#climb tone-button .tone-note").first.inner_text() == "Sound is off."
    assert page.locator("tone-button.ringing").count() == 0


def test_tone_without_audio_says_so(open_page: OpenPage) -> None:
    """In a browser that has no audio the button says so and raises nothing."""
    page = open_page(PAGE, before="delete window.AudioContext; delete window.webkitAudioContext")
    page.locator("#climb tone-button button").first.click()
    assert "cannot make tones" in page.locator("#climb tone-button .tone-note").first.inner_text()


def test_sound_check_opens_the_sound_and_keeps_the_volume(open_page: OpenPage) -> None:
    """The cover's soft tone is the fork of the films; its slider sets the volume of the whole site."""
    page = open_page("index.html")
    fork = page.locator("sound-check tone-button")
    harmonics = tuple(float(part) for part in (fork.get_attribute("data-harmonics") or "").split())
    assert (harmonics, float(fork.get_attribute("data-decay") or 0)) == (VOICES["real"].harmonics, VOICES["real"].decay)
    page.locator("sound-check .sound-check-silence").click()
    assert page.evaluate("essay.choices.sound") is False
    fork.locator("button").click()
    page.locator("tone-button.ringing").wait_for()
    assert page.evaluate("essay.choices.sound") is True
    page.locator("sound-check input").fill("30")
    assert page.evaluate("essay.choices.volume") == 0.3


def test_tone_that_is_blocked_says_so(open_page: OpenPage) -> None:
    """Where the browser keeps the page silent, the button does not ring for ever, and the note says why."""
    page = open_page(PAGE, before="AudioContext.prototype.resume = function () { return this.suspend(); }")
    page.locator("#climb tone-button button").first.click()
    page.evaluate("Tones.context.suspend()")
    page.locator("#climb tone-button").first.get_by_text("lets no sound out").wait_for()
    assert page.locator("tone-button.ringing").count() == 0
