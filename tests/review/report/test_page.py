"""The file as HTML: nothing in it that was said, asked or noted is ever anything but text."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given as given_some
from hypothesis import settings
from hypothesis import strategies as st

from greenroom.archive import Archive
from greenroom.review.report.page import TEMPLATES, html, place, policy
from greenroom.review.report.parts import (
    AnswerPart,
    CoachingRow,
    Content,
    Entry,
    FeedbackRow,
    LandedRow,
    Link,
    PaceChart,
    PaceRow,
    Paragraph,
    Range,
    RatingRow,
    Report,
    SessionPart,
    Sound,
    Stretch,
    Tick,
    Timeline,
    Told,
    TrendChart,
    WordPart,
)
from greenroom.types import Item
from review import given as by_hand
from review.report.given import made, page_of, weeks

HOSTILE = "</script><script>alert(1)</script>'\"><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}&lt;<!--"

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Read(HTMLParser):
    """What a page consists of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.inside: dict[str, str] = {"script": "", "style": "", "title": ""}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.inside:
            self.inside[self.open[-1]] += data
        self.text += data

    def of(self, tag: str, name: str) -> list[str]:
        return [value for one, attribute, value in self.attributes if (one, attribute) == (tag, name)]


def everywhere(text: str) -> Report:
    """A report in which a text stands wherever a text can stand."""
    at = Link("a1-1", 1.0, text)
    answer = AnswerPart(
        anchor="a1-1",
        moment="1.1",
        prompt=text,
        facts=(text,),
        paragraphs=(
            Paragraph((WordPart(text, 1.0), WordPart(text, 2.0, True, text)), at),
            Paragraph((WordPart(text), WordPart(text, filler=True))),
        ),
        timeline=Timeline(3.0, text, (Stretch("speech", 0.0, 50.0, text),), (Tick(10.0, text),), said=text),
        sound=Sound("audio/ogg", b"OggS", 3.0),
        wordless=text,
        silent=text,
        coaching=(CoachingRow(text, text, (text,)),),
    )
    session = SessionPart(
        id=1,
        anchor="s1",
        title=text,
        facts=(text,),
        answers=(answer,),
        debrief=(replace(answer, anchor="a1-2"),),
        told=(Told(text, (Entry(text, text, True, text, at, (Entry(text, text),)),)),),
        ratings=(RatingRow(text, ((text, 4), (text, 6))),),
        pace=PaceChart(
            (PaceRow(at, text, 50.0, text, Range(40, 60), text),), Range(40, 60), text, text, text
        ),
        landed=(LandedRow(text, ((text, at),)), LandedRow(text, ())),
        feedback=(FeedbackRow(text, text, text),),
    )
    chart = TrendChart(
        text, text, text, (), (), Range(1, 2), text, text, text, text, ((text, 1, text),), text, text
    )
    return Report(
        title=text,
        about=text,
        contents=(Content("s1", text, text), Content("s2", text)),
        sessions=(session, replace(session, id=2, anchor="s2", answers=(), debrief=())),
        several=True,
        with_sound=True,
        trends=(chart,),
        trends_of=text,
        made=text,
    )


def test_hostile_text_is_shown_and_never_becomes_markup() -> None:
    friendly, hostile = Read(page_of(everywhere("friendly"))), Read(page_of(everywhere(HOSTILE)))
    assert hostile.tags == friendly.tags
    assert hostile.tags["script"] == 1
    assert [row[:2] for row in hostile.attributes] == [row[:2] for row in friendly.attributes]
    assert hostile.inside["script"] == friendly.inside["script"]
    assert hostile.text.count(HOSTILE) == friendly.text.count("friendly") > 40
    assert hostile.inside["title"].startswith(HOSTILE)


FRIENDLY = Read(page_of(everywhere("friendly"))).tags


@settings(max_examples=15, deadline=None)
@given_some(st.text(min_size=1))
def test_no_text_at_all_changes_the_markup(text: str) -> None:
    assert Read(page_of(everywhere(text))).tags == FRIENDLY


def test_hostile_words_in_the_archive_come_out_as_text(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        session = archive.start_session(
            "practice", pack=HOSTILE, company=HOSTILE, role=HOSTILE, started_at="2026-01-31T18:04:05+01:00"
        )
        archive.set_messages([HOSTILE], "2026-01-01T10:00:00+01:00")
        turn = by_hand.answer(archive, session, HOSTILE, f"Um, I said {HOSTILE} so. " * 9)
        archive.keep_item(session, Item("right", HOSTILE, name=HOSTILE, turn=turn.number, at_s=0.5))
        archive.keep_item(session, Item(HOSTILE, HOSTILE))
        archive.rate(session, "first", HOSTILE, 6)
        archive.add_feedback(session, HOSTILE, HOSTILE, HOSTILE, "2026-02-01T10:00:00+01:00")
        archive.end_session(session, "finished")
        read = Read(page_of(made(archive, session, progress=weeks())))
    assert read.tags["script"] == read.tags["style"] == 1
    assert not read.tags["img"]
    assert not [name for _, name, _ in read.attributes if name.startswith("on")]
    assert read.text.count("<img src=x onerror=alert(2)>") > 8


def test_nothing_outside_the_file_is_ever_asked_for() -> None:
    read = Read(page_of(everywhere("friendly")))
    addresses = [
        value for _, name, value in read.attributes if name in ("src", "href", "action", "data", "poster")
    ]
    assert addresses
    assert all(value.startswith(("#", "data:")) for value in addresses)
    assert not re.search(r"@import|url\(|https?:|//[a-z]", read.inside["style"])
    assert not re.search(r"https?:|fetch|XMLHttp|WebSocket|sendBeacon|eval|innerHTML", read.inside["script"])


def test_the_policy_allows_this_very_script_and_style_and_embedded_sound_alone() -> None:
    read = Read(page_of(everywhere("friendly")))
    digests = {
        name: base64.b64encode(hashlib.sha256(read.inside[name].encode()).digest()).decode()
        for name in ("style", "script")
    }
    (given,) = (value for value in read.of("meta", "content") if "default-src" in value)
    assert given.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digests['style']}'",
        f"script-src 'sha256-{digests['script']}'",
        "media-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert not [value for _, name, value in read.attributes if name == "style"]
    assert policy("a", "b") != policy("a", "c")


def test_no_template_says_that_something_is_safe_as_it_is() -> None:
    files = sorted(TEMPLATES.glob("*.html"))
    assert len(files) == 4
    for file in files:
        assert not re.search(r"\|\s*safe|autoescape|Markup", file.read_text("utf-8"))


def test_every_link_leads_somewhere_and_nothing_is_named_twice(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        ids = [
            by_hand.rehearsal(
                archive, "2026-01-30", ("conflict", "I asked, um, why. We talked."), ("why", "Because.")
            ),
            by_hand.rehearsal(archive, "2026-01-30", ("conflict", "I asked them why it was so.")),
        ]
        for one in ids:
            archive.keep_item(one, Item("right", "Calm.", turn=1))
            archive.rate(one, "first", "gut", 6)
        read = Read(page_of(made(archive, *ids, since=date(2026, 1, 30), progress=weeks())))
    assert not [one for one, count in Counter(read.ids).items() if count > 1]
    anchors = [value[1:] for value in read.of("a", "href")]
    assert anchors
    assert set(anchors) <= set(read.ids)
    # Two sessions of the same minute have their numbers to tell them apart.
    labelled = [value for _, name, value in read.attributes if name == "aria-labelledby"]
    assert set(labelled) <= set(read.ids)
    regions = [row[2] for row in read.attributes if row[:2] == ("section", "aria-labelledby")]
    assert regions == ["trends-title", "s1-title", "s2-title"]
    assert "1 Rehearsal of 30 January 2026, 18:30" in " ".join(read.text.split())


def test_a_single_session_is_the_title_and_several_have_headings_of_their_own(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        one = by_hand.rehearsal(archive, "2026-01-30", ("conflict", "I asked them."), company="Initech")
        two = by_hand.rehearsal(archive, "2026-01-31", ("conflict", "I asked them."))
        single, several = made(archive, one), made(archive, one, two, since=date(2026, 1, 30))
        assert Read(page_of(single)).tags["h1"] == Read(page_of(several)).tags["h1"] == 1
    assert single.title == "Rehearsal of 30 January 2026, 18:30"
    assert single.about.startswith("Initech · 1 of 1 answered")
    assert single.about.endswith("session 1")
    assert [line.number for line in single.contents] == ["1.1"]
    assert several.title == "Since 30 January 2026"
    assert several.about == "2 sessions, 2 answers"
    assert [line.number for line in several.contents] == ["1", "2"]


def test_a_session_of_many_is_read_when_the_page_comes_to_it(tmp_path: Path) -> None:
    heard: list[str] = []

    def listen(path: Path) -> Sound:
        heard.append(path.parent.name)
        return Sound("audio/ogg", b"OggS", 1.0)

    with Archive.open(tmp_path) as archive:
        ids = []
        for _ in range(3):
            session = archive.start_session("practice", started_at="2026-01-31T18:04:05+01:00")
            by_hand.answer(archive, session, "conflict", "I asked them.", audio=True)
            archive.end_session(session, "finished")
            ids.append(session)
        pieces = html(made(archive, *ids, since=date(2026, 1, 30), listen=listen))
        seen = []
        for piece in pieces:
            if "data:audio/ogg" in piece:
                seen.append(list(heard))
    assert seen == [["1"], ["1", "2"], ["1", "2", "3"]]


def test_a_conversation_with_somebody_in_danger_is_not_in_it(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        session = archive.start_session("debrief", started_at="2026-01-31T18:04:05+01:00")
        by_hand.answer(archive, session, "recall", "It went well enough.", part="debrief")
        dark = by_hand.answer(archive, session, "feeling-after", "I want it all to end.", part="debrief")
        archive.keep_item(session, Item("feeling", "I want it all to end.", name="after", turn=dark.number))
        by_hand.answer(archive, session, "crisis-check", "Yes, I do.", part="debrief")
        by_hand.answer(archive, session, "crisis", "Go on, please.", part="debrief")
        by_hand.answer(archive, session, "success", "I laughed with them.", part="debrief")
        archive.end_session(session, "finished")
        texts = [
            Read(page_of(made(archive, session))).text,
            Read(page_of(made(archive, session, since=date(2026, 1, 1)))).text,
        ]
    for text in texts:
        assert "laughed" in text
        for gone in ("all to end", "Yes, I do", "Go on, please", "crisis"):
            assert gone not in " ".join(text.split())


def test_what_was_typed_skipped_or_left_unsaid_is_told_without_a_player(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        session = archive.start_session("practice", started_at="2026-01-31T18:04:05+01:00")
        by_hand.typed(archive, session, "conflict", "I asked them why, and um, we talked.")
        by_hand.typed(archive, session, "weakness", "")
        skipped = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why us?")
        archive.set_turn_status(skipped.id, "skipped")
        text = page_of(made(archive, session, listen=lambda _: pytest.fail("there is nothing to hear")))
        read = Read(text)
    assert "still running" in read.text
    assert not read.tags["audio"]
    assert not read.tags["button"]
    assert 'class="timeline"' not in text
    assert "(no words)" in read.text
    assert "skipped" in read.text
    assert "Click a word" not in read.text


def test_sound_is_embedded_once_and_its_size_known(tmp_path: Path) -> None:
    sound = Sound("audio/ogg", bytes(range(256)) * 40, 12.0)
    with Archive.open(tmp_path) as archive:
        session = archive.start_session("practice", started_at="2026-01-31T18:04:05+01:00")
        by_hand.answer(archive, session, "conflict", "I asked them.", audio=True)
        archive.end_session(session, "finished")
        with_sound = page_of(made(archive, session, listen=lambda _: sound))
        lost = page_of(made(archive, session, listen=lambda _: None))
        unwanted = page_of(made(archive, session))
    (source,) = Read(with_sound).of("audio", "src")
    head, _, content = source.partition(",")
    assert head == "data:audio/ogg;base64"
    assert base64.b64decode(content) == sound.content
    assert sound.embedded_bytes == len(content)
    for silent, why in ((lost, "not there any more"), (unwanted, "greenroom play 1.1")):
        read = Read(silent)
        assert not read.tags["audio"]
        assert why in read.text


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (100.0, "100"), (12.3456, "12.346"), (7.5, "7.5")])
def test_numbers_in_attributes_are_short(value: float, text: str) -> None:
    assert place(value) == text
