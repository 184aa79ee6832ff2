"""The first phase as it ships: feelings before facts, a time box, and an end on the successes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dialogue.shipped import WORDS, debrief_plan, phrases, shipped_plan
from dialogue.transcripts import Reply, aloud, own_words_aloud, stop, transcript
from greenroom.dialogue.acts import Heard
from greenroom.dialogue.debrief import real_debrief
from greenroom.dialogue.history import History, OpenAction
from greenroom.dialogue.packs import DebriefScript
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.steps import Step

FELT = ["Nervous.", "My hands were shaking and I lost my thread", "Lost.", "I was angry with myself", "angry"]
MINDSET = ["A lot.", "Yes.", "I slept badly.", "So so.", "Fine.", "I was not late.", "skip", "no"]


def at(minutes: float, text: str) -> Heard:
    return Heard(0, "answered", text, elapsed_s=minutes * 60)


def run(replies: Sequence[Reply], plan: Plan | None = None) -> list[str]:
    return transcript(real_debrief(plan or shipped_plan("debrief")), replies)


def asked(lines: list[str]) -> list[str]:
    return [line.split(":")[0].removeprefix("ask ") for line in lines if line.startswith("ask")]


def kept(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(("keep", "rate"))]


WHOLE = [
    "In their office, with two engineers.",
    "They were friendly, but I lost it in the middle.",
    *FELT,
    "a six",
    "When they asked about the budget.",
    "I had said a wrong figure.",
    "Why I left.",
    "No, not really.",
    "The budget.",
    "Yes.",
    "That's all.",
    *MINDSET,
    "I smiled.",
    "My project.",
    "That's all.",
]


def test_a_whole_first_phase() -> None:
    lines = run(WHOLE)
    assert lines[0].startswith("say I am glad you came straight here. This takes about 10 minutes")
    assert asked(lines) == [
        *("where", "recall", "feeling-before", "feeling-during", "word-during", "feeling-after"),
        *("word-after", "gut", "turning-point", "turning-before"),
        *("question", "happy", "question", "happy", "question"),
        *("interest", "interest-company", "sleep", "preparation", "nerves", "arrival", "dress", "else"),
        *("went-well", "went-well", "went-well"),
    ]
    assert kept(lines) == [
        "keep where from turn 1: In their office, with two engineers.",
        "keep recall from turn 2: They were friendly, but I lost it in the middle.",
        "keep feeling before from turn 3: Nervous.",
        "keep word before from turn 3: Nervous",
        "keep feeling during from turn 4: My hands were shaking and I lost my thread",
        "keep word during from turn 5: Lost",
        "keep feeling after from turn 6: I was angry with myself",
        "keep word after from turn 7: angry",
        "rate gut 6",
        "keep turning_point from turn 9: When they asked about the budget.",
        "keep turning_point before from turn 10: I had said a wrong figure.",
        "keep question unhappy from turn 11: Why I left.",
        "keep question happy from turn 13: The budget.",
        "keep mindset interest from turn 16: A lot.",
        "keep mindset interest-company from turn 17: Yes.",
        "keep mindset sleep from turn 18: I slept badly.",
        "keep factor tired from turn 18: I slept badly.",
        "keep mindset preparation from turn 19: So so.",
        "keep mindset nerves from turn 20: Fine.",
        "keep mindset arrival from turn 21: I was not late.",
        "keep success from turn 24: I smiled.",
        "keep success from turn 25: My project.",
        "keep action thank-you from turn None: Write the thank-you note, today or tomorrow.",
        "keep action second-look from turn None: Look at it again when I am calm, from tomorrow on.",
    ]


def test_it_closes_with_what_was_told_in_three_sentences_and_ends_on_the_successes() -> None:
    close = [line for line in run(WHOLE)[-10:] if line.startswith("say")]
    assert close[:4] == [
        "say This is what I heard.",
        "say You walked in feeling nervous, you came out feeling angry, and your gut gave it 6 out of ten.",
        "say They asked 2 questions you remember, and you were happy with 1.",
        "say The turning point was this: When they asked about the budget.",
    ]
    assert close[5].startswith("say You have told it, and it is all stored. You may let it go for today.")
    assert close[6:] == [
        "say And this went well, so take it with you: I smiled. My project.",
        "say You went, and you came back. Well done.",
    ]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Yes, when they laughed.", ["say The turning point was this: when they laughed."]),
        ("Yes, there was one. They laughed.", ["say The turning point was this: They laughed."]),
        ("Yesterday's news came up.", ["say The turning point was this: Yesterday's news came up."]),
        ("Yes, there was.", []),
    ],
)
def test_a_turning_point_is_read_back_without_the_yes_it_began_with(told: str, said: list[str]) -> None:
    replies = [told if reply == "When they asked about the budget." else reply for reply in WHOLE]
    assert [line for line in run(replies) if "The turning point was" in line] == said


def test_where_it_was_is_asked_only_when_it_is_not_known() -> None:
    known = replace(shipped_plan("debrief"), company="Acme")
    assert asked(run(["Fine.", stop()], known)) == ["recall", "feeling-before"]
    assert asked(run(["At Acme.", stop()])) == ["where", "recall"]


def test_nothing_told_at_all_still_ends_on_a_success() -> None:
    plan = shipped_plan("debrief")
    lines = run([""] * 17, plan)
    assert (
        "say Then let me name one: you were invited. Out of everybody who applied, they wanted to hear you."
        in lines
    )
    assert [line for line in kept(lines) if "success" in line] == [
        "keep success from turn 17: I was invited, and I went."
    ]
    assert lines[-1] == "say You went, and you came back. Well done."
    assert "turning-before" not in asked(lines)
    assert "word-before" not in asked(lines)


RATING = DebriefScript(
    "r",
    "R",
    "en",
    (
        Step(
            "gut",
            "rating",
            "From one to ten?",
            name="gut",
            texts={"read_back": "I heard {value}. Right?", "unclear": "Which number?"},
        ),
    ),
)


def rating(*replies: Reply) -> list[str]:
    return run(replies, replace(debrief_plan(), debrief=RATING))


@pytest.mark.parametrize(
    ("replies", "lines"),
    [
        (["A six."], ["rate gut 6"]),
        (["Maybe six… no, seven."], ["rate gut 7"]),
        (["Hm, so so.", "Five."], ["ask gut: Which number?", "rate gut 5"]),
        (["Eleven.", "Nine."], ["ask gut: Which number?", "rate gut 9"]),
        (
            ["It was fine.", "Like I said."],
            ["ask gut: Which number?", "keep note gut from turn 2: Like I said."],
        ),
        (["I don't know.", "I don't know."], ["ask gut: Which number?"]),
        ([""], []),
        (["Hm.", ""], ["ask gut: Which number?"]),
        (["Two.", "Yes."], ["ask gut-check: I heard 2. Right?", "rate gut 2"]),
        (["Ten.", ""], ["ask gut-check: I heard 10. Right?", "rate gut 10"]),
        (["Two.", "No, ten."], ["ask gut-check: I heard 2. Right?", "rate gut 10"]),
        (["Two.", "Ten."], ["ask gut-check: I heard 2. Right?", "rate gut 10"]),
        (
            ["Ten.", "No.", "Eight."],
            ["ask gut-check: I heard 10. Right?", "ask gut: Which number?", "rate gut 8"],
        ),
        (
            ["Ten.", "No.", "Hm."],
            ["ask gut-check: I heard 10. Right?", "ask gut: Which number?"],
        ),
        (
            ["Two.", "No.", "I don't know."],
            ["ask gut-check: I heard 2. Right?", "ask gut: Which number?"],
        ),
        (
            ["Two.", "No.", "Somewhere in the middle."],
            [
                "ask gut-check: I heard 2. Right?",
                "ask gut: Which number?",
                "keep note gut from turn 3: Somewhere in the middle.",
            ],
        ),
    ],
)
def test_a_rating(replies: list[Reply], lines: list[str]) -> None:
    assert rating(*replies) == ["ask gut: From one to ten?", *lines]


def test_going_back_to_a_rating_replaces_it() -> None:
    after = Step("then", "open", "And then?", "success")
    plan = replace(debrief_plan(), debrief=replace(RATING, steps=(*RATING.steps, after)))
    assert run(["Six.", "Go back.", "Seven.", ""], plan) == [
        "ask gut: From one to ten?",
        "rate gut 6",
        "ask then: And then?",
        "say One back.",
        "take back 1",
        "ask gut: From one to ten?",
        "rate gut 7",
        "ask then: And then?",
    ]


TWO_ACTIONS = History(
    actions=(
        OpenAction("Leave 15 minutes earlier.", "2026-03-05", 3, 31),
        OpenAction("Prepare an example.", "2026-02-01", 2, 12),
    )
)


def test_what_earlier_debriefs_wanted_done_is_asked_about() -> None:
    step = Step(
        "actions",
        "actions",
        "You wanted this: {action}. Did you?",
        texts={"unclear": "Yes or no?", "done": "Good.", "not_done": "That is all right."},
    )
    script = DebriefScript("a", "A", "en", (step,))
    plan = replace(debrief_plan(), debrief=script, history=TWO_ACTIONS)
    assert run(["I did.", "Half of it.", "No."], plan) == [
        "ask actions: You wanted this: Leave 15 minutes earlier. Did you?",
        "keep action done from turn 1: Leave 15 minutes earlier.",
        "say Good.",
        "ask actions: You wanted this: Prepare an example. Did you?",
        "ask actions: Yes or no?",
        "keep action not-done from turn 3: Prepare an example.",
        "say That is all right.",
    ]
    assert "keep" not in " ".join(run(["Hm.", "Hm.", ""], plan))


def test_what_was_to_be_left_with_the_panel_is_asked_about_one_by_one() -> None:
    step = Step("m", "messages", "You meant this: {message}. Said it?", texts={"unclear": "Yes or no?"})
    script = DebriefScript("m", "M", "en", (step,))
    history = History(messages=("I ship {early}.", "I listen", "I ask."))
    plan = replace(debrief_plan(), debrief=script, history=history)
    assert run(["Yes.", "Hm.", "No.", "Hm.", "Hm."], plan) == [
        "ask m: You meant this: I ship {early}. Said it?",
        "keep message landed from turn 1: I ship {early}.",
        "ask m: You meant this: I listen. Said it?",
        "ask m: Yes or no?",
        "keep message missed from turn 3: I listen",
        "ask m: You meant this: I ask. Said it?",
        "ask m: Yes or no?",
    ]


TIME_OVER = "ask time-over: 10 minutes are over. Close, or go on?"


def test_when_the_time_is_over_it_asks_once_and_may_be_waved_on() -> None:
    lines = run([at(11, "Shaky."), "Go on.", at(30, "None."), "I smiled."], debrief_plan())
    assert lines == [
        "say Take your time.",
        "ask feeling: How did it feel?",
        "keep feeling after from turn 1: Shaky.",
        TIME_OVER,
        "say On we go.",
        "ask question: Which questions did they ask?",
        "ask went-well: What went well?",
        "keep success from turn 4: I smiled.",
        "say Thank you.",
    ]


def test_what_is_neither_when_the_time_is_over_goes_on() -> None:
    assert run([at(11, "Shaky."), "Hm.", "None.", ""], debrief_plan())[4] == "say On we go."


def test_nothing_is_said_before_the_time_is_over() -> None:
    assert TIME_OVER not in run([at(9.9, "Shaky."), "None.", "I smiled."], debrief_plan())


def test_bringing_it_to_a_close_leaves_out_all_but_the_essential() -> None:
    lines = run([*WHOLE[:7], at(12, "a six"), "Let's bring it to a close.", "I smiled.", "That's all."])
    assert asked(lines)[7:] == ["gut", "time-over", "went-well", "went-well"]
    assert "say Good. Just a little more, then it can rest." in lines
    assert "keep action thank-you from turn None: Write the thank-you note, today or tomorrow." in lines
    assert lines[-1] == "say You went, and you came back. Well done."


def test_bringing_it_to_a_close_ends_a_long_list_of_questions() -> None:
    lines = run([*WHOLE[:10], "Why I left.", at(12, "no"), "yes", "I smiled.", "That's all."])
    assert asked(lines)[10:] == ["question", "happy", "time-over", "went-well", "went-well"]


def test_the_minutes_are_the_plans() -> None:
    plan = replace(debrief_plan(), minutes=20)
    assert TIME_OVER not in run([at(19, "Shaky."), stop()], plan)
    assert run([at(20, "Shaky."), stop()], plan)[3] == "ask time-over: 20 minutes are over. Close, or go on?"


def test_a_rehearsal_has_no_time_box() -> None:
    plan = Plan("practice", WORDS, phrases(), debrief=debrief_plan().debrief)
    assert TIME_OVER not in run([at(60, "Shaky."), "None.", "I smiled."], plan)


def test_discreetly_nothing_that_was_told_is_heard_in_the_room() -> None:
    """Now or in earlier debriefs: what they wanted to do, and whether they did, is theirs too."""
    history = replace(TWO_ACTIONS, messages=("I ship early.",))
    plan = replace(shipped_plan("debrief"), history=history)
    replies = [*WHOLE[:7], "two", "Yes.", *WHOLE[8:15], "Yes.", *MINDSET, "I did.", "No.", *WHOLE[23:]]
    heard = [line for line in transcript(real_debrief(plan), replies, show=aloud) if line]
    assert heard[1:] == [
        "Where were you, and who talked to you?",
        "Which questions did they ask? Tell me the first one that comes to mind.",
        "Were you happy with your answer?",
        "Which other one?",
        "Were you happy with your answer?",
        "Which other one?",
        "What went well? It may be something small.",
        "What else went well?",
        "What else went well?",
        "Two things are on your list: the thank-you note, and a second look when you are calm. Neither has "
        "to be now.",
        "You have told it, and it is all stored. You may let it go for today. Talk to somebody you like, eat "
        "something, sleep.",
        "You went, and you came back. Well done.",
    ]
    own = [line for line in transcript(real_debrief(plan), replies, show=own_words_aloud) if line]
    assert own == heard[:1]
