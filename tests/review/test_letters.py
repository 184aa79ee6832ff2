"""Letters take their words from the debrief, apologise for nothing, and leave room where nobody told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from greenroom.errors import GreenroomError
from greenroom.review.letters import Templates, draft, errands_done, read_letters, two_sentences
from greenroom.types import Item, Session, Turn

FILE = Path(__file__).parents[2] / "prompts" / "letters.toml"
KINDS = ("thank-you", "feedback", "recruiter", "second-chance", "friend")

DEBRIEF = Session(
    12,
    "debrief",
    "finished",
    "2026-01-30T18:04:05+01:00",
    company="Acme",
    role="data engineer",
    items=(
        Item("question", "How do you handle conflict?", happy=True, id=1),
        Item("question", "why did you leave", happy=False, id=2),
        Item("question", "What is your {weakness}?", happy=False, id=3),
    ),
)
UNTOLD = Session(3, "debrief", "finished", "2026-01-30T18:04:05+01:00")


def take(item: int, text: str) -> Turn:
    return Turn(1, 1, "interview", f"debrief-12-{item}", "Why?", "answered", transcript=text)


@pytest.fixture(scope="module")
def templates() -> Templates:
    return read_letters(FILE.read_text("utf-8"), "letters.toml")


def test_the_letters_are_there(templates: Templates) -> None:
    assert tuple(templates.letters) == KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("takes", [(), (take(2, "I am sorry. I apologise! To build. To learn. And more."),)])
@pytest.mark.parametrize("session", [DEBRIEF, UNTOLD])
def test_no_letter_apologises_or_keeps_a_brace(
    templates: Templates, kind: str, takes: tuple[Turn, ...], session: Session
) -> None:
    text = draft(templates, kind, session, takes).text
    assert not re.search(r"sorry|apolog|regret|unfortunately|excuse|forgive", text, re.IGNORECASE)
    assert "{" not in text.replace("{weakness}", "")
    assert text.startswith("Subject: ")
    assert text.endswith(",\n[your name]\n")


@pytest.mark.parametrize("kind", ["thank-you", "recruiter", "second-chance"])
def test_the_stumble_that_was_answered_since_is_named_with_the_answer(
    templates: Templates, kind: str
) -> None:
    takes = (take(3, "Old words. Older words."), take(3, "Um, I plan too much. So I start small. Then more."))
    letter = draft(templates, kind, DEBRIEF, takes)
    assert "“What is your {weakness}?”" in letter.text
    assert "I plan too much. So I start small." in letter.text
    assert "Then more" not in letter.text
    assert (letter.stumble, letter.answered) == ("What is your {weakness}?", True)


def test_an_unanswered_stumble_is_known_but_the_letter_leaves_room(templates: Templates) -> None:
    letter = draft(templates, "thank-you", DEBRIEF, ())
    assert (letter.stumble, letter.answered) == ("why did you leave", False)
    assert "[One thing you talked about" in letter.text


def test_a_short_name_is_left_out_only_as_it_is_written(templates: Templates) -> None:
    told = replace(DEBRIEF, company="Next", items=(Item("question", "Why Next?", happy=False, id=2),))
    text = draft(templates, "friend", told, (take(2, "The next step is Next."),)).text
    assert "“Why the company?” Today I would say: The next step is the company." in text


@pytest.mark.parametrize(
    ("company", "role", "about"),
    [
        ("Acme", "cook", "the cook role at Acme"),
        (None, "cook", "the cook role"),
        ("Acme", None, "the role at Acme"),
        (None, None, "the role"),
    ],
)
def test_the_job_is_called_by_what_is_known_of_it(
    templates: Templates, company: str | None, role: str | None, about: str
) -> None:
    session = replace(DEBRIEF, company=company, role=role)
    letter = draft(templates, "feedback", session, ())
    assert f"the conversation about {about} on 30 January." in letter.text


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("So, um, I left to build. Uh, they closed. More.", "So, I left to build. They closed."),
        ("i left because i wanted to build", "I left because i wanted to build."),
        ("I am sorry about that. I left! Did I? Yes.", "I left! Did I?"),
        ("Version 2.5 came out. Then 3.0 did. Then none.", "Version 2.5 came out. Then 3.0 did."),
        ("um", ""),
        ("", ""),
    ],
)
def test_an_answer_is_cut_to_its_first_two_sentences(spoken: str, written: str) -> None:
    assert two_sentences(spoken) == written


def test_a_letter_drafted_does_its_errands_once() -> None:
    errands = (
        Item("action", "Write the note.", name="thank-you", id=4),
        Item("action", "Draft a letter.", name="letter", id=5),
        Item("action", "Look again.", name="second-look", id=6),
        Item("action", "Sleep more.", id=7),
    )
    session = replace(DEBRIEF, items=errands)
    thank_you, letter = (Item("action", text, name="done") for text in ("Write the note.", "Draft a letter."))
    assert errands_done(session, "thank-you") == [thank_you, letter]
    assert errands_done(session, "recruiter") == [letter]
    assert errands_done(replace(session, items=(*errands, thank_you, letter)), "thank-you") == []


def test_a_letter_to_a_friend_names_no_company_and_no_feeling(templates: Templates) -> None:
    told = replace(
        DEBRIEF,
        company="Initech",
        items=(
            Item("question", "why do you want to work at initech", happy=False, id=2),
            Item("feeling", "I was ashamed.", name="after", id=3),
        ),
    )
    text = draft(templates, "friend", told, (take(2, "INITECH ships early. Initechnology is nothing."),)).text
    assert "“Why do you want to work at the company?”" in text
    assert "The company ships early. Initechnology is nothing." in text
    assert "Initech " not in text
    assert "ashamed" not in text


def test_a_mistake_in_the_templates_is_told_with_its_line() -> None:
    text = FILE.read_text("utf-8").replace("{stumble}", "{stumbled}")
    with pytest.raises(GreenroomError, match=r"letters.toml, line \d+: {stumbled} is nothing a letter knows"):
        read_letters(text, "letters.toml")
