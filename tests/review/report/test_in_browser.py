"""The report in a real browser: it loads, plays, follows, jumps, prints, and can be used by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from greenroom.archive import Archive
from greenroom.coaching.fillers import count_fillers
from greenroom.coaching.timing import count_words, timing_of_spans
from greenroom.hearing.opus import as_opus
from greenroom.review.report.parts import Sound
from greenroom.types import Item, Span, Transcript, Word
from recordings import recorded
from review import given as by_hand
from review.report.browser import Watched, chromium
from review.report.given import made, page_of, weeks
from review.report.test_page import HOSTILE, everywhere

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.xdist_group("browser")

SPOKEN = ("demo/conflict", "demo/practice-real")
PROMPTS = ("Tell me about a time you had a conflict with a colleague.", "How real did that feel?")

AUDIO = "document.querySelector('audio')"
PLAYS_FROM = f"(s) => !{AUDIO}.paused && {AUDIO}.currentTime >= s"


def listen(path: Path) -> Sound:
    opus = as_opus(path)
    return Sound("audio/ogg", opus.content, opus.duration_s)


def speak(archive: Archive, session: int, name: str, prompt: str, part: str) -> int:
    """A recorded answer, its words spread evenly over the time in which somebody speaks."""
    given = recorded(name)
    turn = archive.start_turn(session, part=part, prompt_id=name[5:], prompt=prompt)  # type: ignore[arg-type]
    texts = given.reference.split()
    each_s = (given.last_voiced_s - given.first_voiced_s) / len(texts)
    begins = [given.first_voiced_s + place * each_s for place in range(len(texts) + 1)]
    words = tuple(
        Word(text, round(start_s, 3), round(end_s, 3), 0.9)
        for text, start_s, end_s in zip(texts, begins, begins[1:], strict=False)
    )
    voiced = [Span(given.first_voiced_s, given.last_voiced_s)]
    timing = timing_of_spans(voiced, 0.1, count_words(words))
    assert timing
    path = archive.session_audio_dir(session) / f"{turn.number:02}.flac"
    path.write_bytes(given.path.read_bytes())
    archive.store_recording(
        turn.id, audio=f"audio/{session}/{path.name}", timing=timing, voiced=voiced, live=False
    )
    archive.store_transcript(
        turn.id,
        Transcript(given.reference, words, "tiny.en", "final"),
        timing=timing,
        fillers=count_fillers(words, timing.answer_s),
        status="answered",
    )
    return turn.number


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One: a rehearsal with its debrief, and weeks before it. Several: the same, and one of typed answers."""
    folder = tmp_path_factory.mktemp("report")
    with Archive.open(folder / "home") as archive:
        archive.set_messages(["I finish what I begin."], "2026-01-01T10:00:00+01:00")
        spoken = archive.start_session(
            "practice",
            company="Initech",
            role="Engineer",
            pack="general",
            started_at="2026-01-31T18:04:05+01:00",
        )
        speak(archive, spoken, SPOKEN[0], PROMPTS[0], "interview")
        debrief = speak(archive, spoken, SPOKEN[1], PROMPTS[1], "debrief")
        note(archive, spoken, debrief)
        archive.add_feedback(spoken, "Ada", "Calm and clear.", "the story", "2026-02-01T10:00:00+01:00")
        archive.end_session(spoken, "finished")
        typed = archive.start_session("practice", started_at="2026-01-31T18:04:35+01:00")
        note(archive, typed, by_hand.typed(archive, typed, "why", "I like to build, um, things.").number)
        skipped = archive.start_turn(typed, part="interview", prompt_id="gap", prompt="What of the gap?")
        archive.set_turn_status(skipped.id, "skipped")
        archive.end_session(typed, "interrupted")
        pages = {
            "one": page_of(made(archive, spoken, listen=listen, progress=weeks())),
            "several": page_of(
                made(archive, spoken, typed, since=date(2026, 1, 1), listen=listen, progress=weeks())
            ),
            "hostile": page_of(everywhere(HOSTILE)),
        }
    found = {}
    for name, text in pages.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(text, "utf-8")
    return found


def note(archive: Archive, session: int, turn: int) -> None:
    wrong = archive.keep_item(
        session, Item("wrong", "I forgot the numbers.", starred=True, turn=turn, at_s=1.5)
    )
    archive.keep_item(session, Item("action", "Write them down beforehand.", parent=wrong))
    archive.rate(session, "first", "gut", 4)
    archive.rate(session, "second", "gut", 6)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def seen(browser: Browser) -> Watched:
    return Watched(browser)


def test_it_loads_without_a_complaint_and_asks_for_nothing_but_itself(
    seen: Watched, files: dict[str, Path]
) -> None:
    for name in ("one", "several"):
        page = seen.open(files[name])
        assert page.locator("audio").count() == 2
        page.wait_for_timeout(200)
        assert seen.wrong == []
        assert {address for address in seen.asked if not address.startswith("data:")} == {
            files[name].as_uri()[:60]
        }


def test_it_plays_and_the_words_follow(seen: Watched, files: dict[str, Path]) -> None:
    page = seen.open(files["one"])
    first = page.locator(".answer").first
    assert first.locator(".clock").inner_text() == "0:00 of 0:32"
    first.locator(".play").click()
    seen.until("document.querySelector('.now') !== null")
    assert first.locator(".play").inner_text().split()[0] == "Pause"
    at = "document.querySelector('.now').dataset.s"
    earlier = float(page.evaluate(at))
    seen.until(f"(s) => Number({at}) > s + 0.5", earlier)
    assert page.evaluate(f"Math.abs({AUDIO}.currentTime - Number({at}))") < 1.0
    assert page.locator(".now").count() == 1
    assert page.evaluate("parseFloat(document.querySelector('.head').style.left)") > 0
    assert page.evaluate(f"{AUDIO}.duration") == pytest.approx(recorded(SPOKEN[0]).seconds, abs=0.1)
    first.locator(".play").click()
    seen.until(f"{AUDIO}.paused")
    assert first.locator(".play").inner_text().split()[0] == "Play"
    assert seen.wrong == []
    assert all(address.startswith(("data:", "file:")) for address in seen.asked)


def test_a_click_on_a_word_plays_from_there(seen: Watched, files: dict[str, Path]) -> None:
    page = seen.open(files["one"])
    word = page.locator(".answer").first.locator("[data-s]").nth(20)
    word.click()
    start_s = float(word.get_attribute("data-s") or 0)
    assert start_s - 0.1 < page.evaluate(f"{AUDIO}.currentTime") < start_s + 5
    seen.until(PLAYS_FROM, start_s)
    seen.until("document.querySelector('.now') !== null")


def test_the_keyboard_does_it_all(seen: Watched, files: dict[str, Path]) -> None:
    page = seen.open(files["one"])
    page.locator(".transcript").first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    here = page.locator(".here")
    third = page.locator(".answer").first.locator("[data-s]").nth(2)
    assert here.inner_text() == third.inner_text()
    told = page.locator("[aria-live]").inner_text()
    assert told.startswith(third.inner_text())
    page.keyboard.press("Enter")
    start_s = float(third.get_attribute("data-s") or 0)
    seen.until(PLAYS_FROM, start_s)
    page.keyboard.press("Space")
    seen.until(f"{AUDIO}.paused")
    place = page.get_by_role("slider").first
    place.focus()
    page.keyboard.press("End")
    length_s = float(place.get_attribute("max") or 0)
    seen.until(f"(s) => {AUDIO}.currentTime > s - 0.5", length_s)
    assert "of" in (place.get_attribute("aria-valuetext") or "")


def test_a_time_beside_the_words_plays_from_there_and_a_note_from_its_moment(
    seen: Watched, files: dict[str, Path]
) -> None:
    page = seen.open(files["one"])
    page.locator(".paragraph .at").first.click()
    seen.until("!document.querySelectorAll('audio')[0].paused")
    page.locator(".noted .at").click()
    # The one falls silent where the other begins.
    seen.until("[...document.querySelectorAll('audio')].map((one) => one.paused).join() === 'true,false'")
    seen.until("document.querySelectorAll('audio')[1].currentTime >= 1.5")
    assert page.evaluate("location.hash").endswith("-2")


def test_a_click_on_the_timeline_goes_there_and_playing_begins_there(
    seen: Watched, files: dict[str, Path]
) -> None:
    page = seen.open(files["one"])
    track = page.locator(".track .place").first
    box = track.bounding_box()
    assert box
    track.click(position={"x": box["width"] / 2, "y": 20})
    middle_s = float(track.get_attribute("max") or 0) / 2
    assert page.evaluate(f"{AUDIO}.currentTime") == pytest.approx(middle_s, abs=0.3)
    page.get_by_label("Speed").first.select_option("1.5")
    page.locator(".play").first.click()
    seen.until(PLAYS_FROM, middle_s)
    assert page.evaluate(f"{AUDIO}.playbackRate") == 1.5


def test_on_paper_there_is_the_text_and_nothing_to_click(seen: Watched, files: dict[str, Path]) -> None:
    page = seen.open(files["one"], scheme="dark")
    assert page.pdf()[:5] == b"%PDF-"
    page.emulate_media(media="print")
    assert not page.locator(".controls").first.is_visible()
    assert not page.locator("nav").is_visible()
    assert page.locator(".transcript").first.is_visible()
    assert page.locator(".timeline").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("one", 1280, "light"), ("one", 360, "dark"), ("several", 1280, "dark"), ("several", 360, "light")],
)
def test_an_accessibility_checker_finds_nothing(
    seen: Watched, files: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    page = seen.open(files[name], width, scheme)
    page.locator(".play").first.click()
    seen.until("document.querySelector('.now') !== null")
    page.locator(".play").first.click()
    assert seen.violations() == []
    # Nothing sticks out to the side.
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_its_script_it_can_still_be_read_and_heard(browser: Browser, files: dict[str, Path]) -> None:
    page = Watched(browser, java_script_enabled=False).open(files["one"])
    assert page.locator("audio").first.is_visible()
    assert not page.locator(".controls").first.is_visible()
    assert page.locator(".transcript").first.is_visible()


def test_hostile_text_does_nothing_in_a_browser(seen: Watched, files: dict[str, Path]) -> None:
    page = seen.open(files["hostile"])
    page.wait_for_timeout(200)
    assert page.locator("img").count() == 0
    assert HOSTILE in page.locator("h1").inner_text()
    assert seen.wrong == []


def test_sound_that_cannot_be_played_is_told(seen: Watched, files: dict[str, Path]) -> None:
    page = seen.open(files["hostile"])  # its sound is four letters
    page.locator(".play").first.click()
    fails = page.locator(".fails").first
    fails.wait_for(state="visible", timeout=5000)
    assert "cannot play" in fails.inner_text()
