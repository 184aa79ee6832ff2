"""The text of a share pack."""

from __future__ import annotations

from dataclasses import replace

from greenroom.cli import data
from greenroom.review.share.names import Name
from greenroom.review.share.pack import pack_text
from greenroom.review.share.redaction import Redaction
from greenroom.review.share.shareable import items_to_share, turns_to_share
from greenroom.review.share.spotting import Spotter
from review.sample import CONFLICT, SESSION

NAMES = [Name("Initech", "employer", "session"), Name("Priya", "name", "guess")]
REDACTION = Redaction(Spotter(NAMES, data.name_words()))


def text(*, with_feelings: bool = False, sounds: dict[int, str] | None = None) -> str:
    first = replace(CONFLICT, transcript="So, um, Priya and I left Initech. <b>Really</b>, *all* of us.")
    told = replace(SESSION, turns=(first, *SESSION.turns[1:]))
    return pack_text(
        told,
        turns_to_share(told, with_feelings=with_feelings),
        items_to_share(told, with_feelings=with_feelings),
        sounds or {},
        REDACTION,
        with_feelings=with_feelings,
    )


def test_an_answer_stands_with_its_question_its_recording_and_its_figures() -> None:
    lines = text(sounds={1: "01.opus"}).splitlines()
    at = lines.index("### 1. Tell me about a conflict with a colleague, and what came of it.")

    assert lines[at + 2] == "[Listen](01.opus) · 1 min 24 s · began after 2.1 s · 142 words a minute"
    assert lines[at + 4].startswith("> So, um, [name 1] and I left [employer 1].")


def test_words_stay_words_in_markdown() -> None:
    assert r"\<b>Really\</b>, \*all\* of us." in text()


def test_it_says_how_names_are_shown_and_whether_there_is_sound() -> None:
    assert "[employer 1], [name 1] stands where one was" in text()
    assert "There are no recordings in it" in text()
    assert "There are no recordings in it" not in text(sounds={1: "01.opus"})


def test_notes_stand_below_what_they_belong_to_and_feelings_stay_out() -> None:
    told = text()

    assert (
        "### What went wrong\n\n- I forgot the numbers. ★\n  - I slept four hours.\n    - In bed by eleven"
        in told
    )
    assert "Nervous" not in told
    assert "In numbers" not in told


def test_with_feelings_they_are_in_it_and_so_are_the_ratings() -> None:
    told = text(with_feelings=True)

    assert "Nervous, then fine." in told
    assert "- gut: 6 (first look)" in told


def test_company_and_role_of_the_session_are_not_in_it() -> None:
    told = text(with_feelings=True)

    assert "Initech" not in told
    assert "Platform engineer" not in told
