"""The pages as they are read, at 80 columns and at others, with friendly and hostile words."""

from dataclasses import replace
from datetime import date

import pytest

from greenroom.review import terminal
from greenroom.review.look import Look
from greenroom.review.page import Page, cells, text_of
from greenroom.types import Item, Session, Turn
from review.sample import CONFLICT, HITS, SESSION, SUMMARIES

PLAIN = Look(plain=True, columns=80)
COLOUR = Look(plain=False, columns=80)


def printed(page: Page) -> str:
    return "".join(text_of(line).rstrip() + "\n" for line in page)


def test_show_reads_line_by_line_in_plain_output() -> None:
    assert (
        printed(terminal.show(SESSION, PLAIN))
        == """\
Session 3: rehearsal of 31 January 2026, 18:04, finished
Initech, Platform engineer, pack general
2 of 4 answered, 1 min 54 s spoken
Ratings: gut 6 (first look)
Outcome: next round, 3 February 2026

3.1 Tell me about a conflict with a colleague, and what came of it.
Answered, 1 min 24 s, thought for 2.1 s, 142 words a minute,
longest pause 2.4 s, 2 fillers (1 uh, 1 um).
So, (um), we disagreed about the migration. (pause 2.2 s) (Uh), I asked for the
rollback plan first.

3.2 What is your greatest weakness?
Skipped.

3.3 Tell me about a conflict with a colleague, and what came of it.
Recorded, not yet transcribed, take 2, follow-up to 3.1, 41 s, answered at once.

Debrief:

3.4 How did that feel?
Answered, 3.2 s.
Better than, (uh), I feared.

How it felt:
- walking in: Nervous, then fine. (3.4@0:03)

Answers to take again:
- Why us? (unhappy with the answer)

What went wrong:
- I forgot the numbers. (starred, 3.4@1:03)
  - factor, sleep: I slept four hours.
    - action: In bed by eleven the night before.

Key message:
- I finish things.
"""
    )


def test_show_on_a_terminal_says_the_same_with_a_rule_and_an_indent() -> None:
    assert (
        printed(terminal.show(replace(SESSION, items=(), turns=SESSION.turns[:1]), COLOUR))
        == """\
Session 3: rehearsal of 31 January 2026, 18:04 · finished
Initech · Platform engineer · pack general
1 of 1 answered · 1 min 11 s spoken
Ratings: gut 6 (first look)
Outcome: next round, 3 February 2026
────────────────────────────────────────────────────────────────────────────────

3.1 Tell me about a conflict with a colleague, and what came of it.
    Answered · 1 min 24 s · thought for 2.1 s · 142 words a minute ·
    longest pause 2.4 s · 2 fillers (1 uh, 1 um)
    So, um, we disagreed about the migration. (pause 2.2 s) Uh, I asked for the
    rollback plan first.
"""
    )


def test_a_session_in_which_nothing_was_asked_says_so() -> None:
    empty = Session(1, "debrief", "interrupted", "2026-01-31T18:04:05+01:00")

    assert printed(terminal.show(empty, PLAIN)) == (
        "Session 1: debrief of 31 January 2026, 18:04, interrupted, everything said is kept\n"
        "\n"
        "No question was asked in this session.\n"
    ).replace("interrupted, everything said is kept", "interrupted, everything said is\nkept")


def test_items_that_name_each_other_as_parents_are_all_shown() -> None:
    items = (Item("wrong", "First.", parent=2, id=1), Item("wrong", "Second.", parent=1, id=2))

    assert printed(terminal.show(replace(SESSION, turns=(), items=items), PLAIN)).endswith(
        "What went wrong:\n- First.\n  - wrong: Second.\n"
    )


def test_a_factor_is_called_as_everywhere_else() -> None:
    items = (
        Item("factor", "None came to me.", name="unprepared-examples", id=1),
        Item("factor", "It was hot.", name="my-own", id=2),
        Item("factor", "The lift.", id=3),
    )
    page = terminal.show(
        replace(SESSION, turns=(), items=items), PLAIN, {"unprepared-examples": "no examples at hand"}
    )
    assert printed(page).endswith(
        "Factors:\n- no examples at hand: None came to me.\n- my own: It was hot.\n- The lift.\n"
    )


def test_the_list_is_a_table_on_a_terminal() -> None:
    assert (
        printed(terminal.sessions(SUMMARIES, COLOUR, more=True))
        == """\
ID  When                What                  About              Answers  Spoken
────────────────────────────────────────────────────────────────────────────────
 3  31 Jan 2026, 18:04  rehearsal             Initech, Platfor…  2 of 4   1:54
 2  29 Jan 2026, 09:30  debrief, interrupted                     0 of 1

These are the 2 latest. greenroom list --limit 10 shows more.
"""
    )


def test_the_list_is_sentences_in_plain_output_and_on_a_narrow_terminal() -> None:
    assert (
        printed(terminal.sessions(SUMMARIES, PLAIN))
        == """\
3: rehearsal, 31 January 2026, 18:04, Initech, Platform engineer, 2 of 4
  answered, 1 min 54 s spoken
2: debrief, 29 January 2026, 09:30, 0 of 1 answered, interrupted
"""
    )
    narrow = terminal.sessions(SUMMARIES, Look(plain=False, columns=40))
    assert text_of(narrow[0]) == "3: rehearsal, 31 January 2026, 18:04,"


def test_an_empty_list_says_how_to_begin() -> None:
    assert printed(terminal.sessions([], PLAIN)) == (
        "Nothing here yet.\ngreenroom practice starts a rehearsal, greenroom demo shows you one first.\n"
    )


def test_hits_name_the_moment_and_mark_the_words() -> None:
    assert (
        printed(terminal.hits(HITS, "migration rollback", PLAIN))
        == """\
3.1@0:04, answer, 31 January 2026
Tell me about a conflict with a colleague, and what came of it.
…about the *migration*. Uh, I asked for the *rollback* plan first.

2, note, 29 January 2026
Ask about the *migration*.

greenroom play 3.1@0:04 plays it from there.
"""
    )


def test_on_a_terminal_the_words_found_are_hits() -> None:
    page = terminal.hits(HITS, "migration rollback", COLOUR)

    found = [piece.text for line in page for piece in line if piece.meaning == "hit"]
    assert found == ["migration", "rollback", "migration"]
    assert "*" not in printed(page)


def test_a_question_found_is_not_said_twice() -> None:
    hit = replace(
        HITS[0], kind="question", at_s=None, snippet="Tell me about a ⟦conflict⟧.", prompt=CONFLICT.prompt
    )

    assert printed(terminal.hits([hit], "conflict", PLAIN)) == (
        "3.1, question, 31 January 2026\nTell me about a *conflict*.\n"
    )


def test_nothing_found_says_so_with_the_words_searched_for() -> None:
    assert printed(terminal.hits([], "yak\x1b[2J shaving", PLAIN)) == (
        'Nothing found for "yak shaving". Fewer words, or the beginning of one (migrat*),\nmay find more.\n'
    )


def test_what_goes_is_said_before_it_is_deleted() -> None:
    assert printed(terminal.what_goes(SESSION, date(2026, 5, 1), PLAIN)) == (
        "Session 3: rehearsal of 31 January, 3 answers, 2 min of audio, 6 notes.\n"
    )
    silent = replace(SESSION, turns=SESSION.turns[1:2], items=())
    assert printed(terminal.what_goes(silent, date(2027, 5, 1), PLAIN)) == (
        "Session 3: rehearsal of 31 January 2026, 0 answers.\n"
    )


HOSTILE = "\x1b]0;owned\x07\x1b[31m[bold]x[/bold]\u202e :boom: " + "w" * 300 + "\r\n面接" * 30


def hostile_session() -> Session:
    turn = Turn(
        id=1,
        number=1,
        part="interview",
        prompt_id=HOSTILE,
        prompt=HOSTILE,
        status="answered",
        transcript=f"um {HOSTILE}",
        timing=CONFLICT.timing,
        fillers=replace(CONFLICT.fillers, by_word={HOSTILE: 1}) if CONFLICT.fillers else None,
    )
    item = Item(HOSTILE, HOSTILE, name=HOSTILE, turn=1, at_s=1.0, id=1)
    return replace(
        SESSION,
        pack=HOSTILE,
        company=HOSTILE,
        role=HOSTILE,
        started_at=HOSTILE,
        turns=(turn, replace(turn, part="debrief")),
        items=(item, Item("factor", HOSTILE, name=HOSTILE, parent=1)),
        ratings=({"phase": HOSTILE, "name": HOSTILE, "value": HOSTILE},),
        outcome={"value": HOSTILE, "on": HOSTILE},
    )


def test_a_typed_debrief_is_told_without_figures_and_nothing_twice() -> None:
    typed = Turn(1, 1, "debrief", "feeling-before", "How did it feel?", "answered", transcript="Shaky.")
    session = Session(
        5,
        "debrief",
        "finished",
        "2026-01-30T18:04:05+01:00",
        turns=(typed, replace(typed, id=2, number=2, phase="second", prompt="And today?")),
        items=(
            Item("feeling", "Shaky.", name="before", turn=1, id=1),
            Item("word", "Shaky", name="before", turn=1, parent=1, id=2),
            Item("feeling", "Sick to my stomach.", name="after", turn=1, id=3),
            Item("word", "sick", name="after", turn=1, parent=3, id=4),
            Item("message", "I ship early.", name="landed", turn=1, id=5),
            Item("mindset", "A lot.", name="interest", turn=1, id=6),
        ),
    )
    assert (
        printed(terminal.show(session, PLAIN))
        == """\
Session 5: debrief of 30 January 2026, 18:04, finished
2 of 2 answered

5.1 How did it feel?
Shaky.

5.2 And today?
Second look.
Shaky.

How it felt:
- walking in: Shaky. (5.1)
- afterwards: Sick to my stomach. (5.1)
  - in a word: sick (5.1)

What you wanted them to remember:
- said: I ship early. (5.1)

State of mind:
- interest in the job: A lot. (5.1)
"""
    )


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
@pytest.mark.parametrize("plain", [True, False])
def test_hostile_words_stay_words_and_in_their_lines(columns: int, plain: bool) -> None:
    look = Look(plain, columns)
    summary = replace(SUMMARIES[0], company=HOSTILE, role=HOSTILE, pack=HOSTILE)
    hit = replace(HITS[0], prompt=HOSTILE, snippet=f"{HOSTILE}⟦{HOSTILE}⟧⟧⟦")
    page = (
        terminal.show(hostile_session(), look)
        + terminal.sessions([summary], look)
        + terminal.hits([hit], HOSTILE, look)
    )

    text = printed(page)
    assert not set(text) & set("\x1b\x07\r\x9b\u202e")
    assert "[bold]x[/bold] :boom:" in text or columns == 20
    assert all(cells(text_of(line)) <= columns for line in page)
