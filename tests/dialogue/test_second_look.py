"""The second look as it ships: heard again, starred, explained, and one change for each star."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dialogue.shipped import LATE, NERVES, shipped_plan
from dialogue.transcripts import Reply, aloud, own_words_aloud, stop, transcript
from greenroom.dialogue.acts import Ask, Heard, Say
from greenroom.dialogue.debrief import real_debrief
from greenroom.dialogue.history import History
from greenroom.dialogue.plan import Plan


def plan() -> Plan:
    return replace(shipped_plan("second"), factors=(NERVES, LATE))


def run(replies: Sequence[Reply], of: Plan | None = None) -> list[str]:
    return transcript(real_debrief(of or plan()), replies)


def stored(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(("keep", "rate", "star"))]


def ending_with(lines: list[str], words: str) -> str:
    return next(line for line in lines if words in line)


WHOLE = [
    "Yes, please.",
    "a five",
    "I smiled.",
    "That's all.",
    "I came late.",
    "I rambled.",
    "That's all.",
    "One and two.",
    "I had slept.",
    "Tell that story again.",
    "I was nervous, and the bus was late.",
    "Mine.",
    "Leave earlier.",
    "Yes.",
    "Because I wanted to learn more.",
    "No, thank you.",
    "On Friday.",
]


def test_a_whole_second_look() -> None:
    assert run(WHOLE)[1:] == [
        "ask playback: Would you like to hear what you told me right after it?",
        "say This is how you told it: It went badly, I think.",
        "say And when it was over: Shaky.",
        "say And your gut gave it 3 out of ten.",
        "ask gut: And today: from one to ten, how did it go?",
        "rate gut 5",
        "ask right: What went right? One thing at a time.",
        "keep right from turn 3: I smiled.",
        "ask right: What else went right?",
        "ask wrong: And what went wrong? Say it as it was, one thing at a time; own what was yours, and "
        "leave them what was theirs.",
        "keep wrong from turn 5: I came late.",
        "ask wrong: What else went wrong?",
        "keep wrong from turn 6: I rambled.",
        "ask wrong: What else went wrong?",
        "say 1: I smiled.",
        "say 2: I came late.",
        "say 3: I rambled.",
        "ask stars: Which of these mattered most? Tell me their numbers.",
        "star right-1",
        "star wrong-1",
        "say Now to what is behind them.",
        "ask factor: About this: I smiled. What helped there?",
        "keep factor from turn 9: I had slept.",
        "ask change: How will you find a way to show that again next time?",
        "keep action from turn 10: Tell that story again.",
        "ask factor: About this: I came late. What was behind it? Nerves, tiredness, preparation, something "
        "they did?",
        "keep factor nerves from turn 11: I was nervous, and the bus was late.",
        "keep factor late from turn 11: I was nervous, and the bus was late.",
        "say I hear nerves and the late start in that.",
        "say It is debrief number 3 in which you name nerves. From three on I call it a pattern, and a "
        "pattern can be worked on.",
        "say On 5 March you said: I was nervous.",
        "say On 1 February you said: My nerves again.",
        "say One thing to try: breathe out.",
        "say And worth looking up: What calms people?",
        "say It is the second debrief in which you name the late start. Two can still be chance; I would "
        "keep an eye on it.",
        "say On 1 February you said: The bus was late.",
        "say One thing to try: leave early.",
        "ask share: Was that mostly yours, mostly theirs, or both?",
        "keep share own from turn 12: Mine.",
        "ask change: What is one thing you will do differently next time?",
        "keep action from turn 13: Leave earlier.",
        "ask answers: There were questions you were not happy with. Would you like to answer them again now, "
        "aloud?",
        "ask debrief-7-3: They asked you this: Why I left. What would you say today?",
        "ask letters: I can draft letters from your own words: a thank-you, one that asks for feedback, one "
        "for your recruiter, or one that asks for a second chance. Shall I put them on your list?",
        "ask next: And when is your next one, a rehearsal or a real one?",
        "keep next from turn 17: On Friday.",
        "say This is where you stand.",
        "say Right after it you gave it 3 out of ten, and today 5.",
        "say This is what you take on: Tell that story again; Leave earlier.",
        "say That is enough looking back. What you learned goes with you into the next rehearsal.",
        "say And do not forget this: I smiled.",
        "say See you at the next one.",
    ]


def test_its_ratings_belong_to_the_second_phase_and_its_items_to_their_stars() -> None:
    script = real_debrief(plan())
    acts = []
    waiting = list(WHOLE)
    act = next(script)
    while True:
        acts.append(act)
        back = Heard(1, "answered", waiting.pop(0)) if isinstance(act, Ask) else None
        try:
            act = script.send(back)
        except StopIteration:
            break
    parents = [(act.key, act.parent_key) for act in acts if hasattr(act, "parent_key") and act.parent_key]
    assert parents == [
        ("factor-1", "right-1"),
        ("factor-2", "right-1"),
        ("factor-3", "wrong-1"),
        ("factor-4", "wrong-1"),
        ("factor-5", "wrong-1"),
        ("factor-6", "wrong-1"),
    ]
    assert [act.phase for act in acts if hasattr(act, "value")] == ["second"]
    assert all(act.private for act in acts if isinstance(act, Say) and "Shaky" in act.text)


def test_without_a_yes_nothing_is_played_back_or_answered_again() -> None:
    lines = run(["No.", "5", "None.", "None.", "none", "No.", "No.", "Friday."])
    assert "Shaky" not in " ".join(lines)
    assert "debrief-7-3" not in " ".join(lines)


def test_nothing_right_gets_one_and_nothing_wrong_is_fine() -> None:
    lines = run(["No.", "5", "None.", "None.", "None.", "No.", "No.", "Friday."])
    assert stored(lines) == [
        "rate gut 5",
        "keep right from turn 3: I was invited, and I went.",
        "keep next from turn 8: Friday.",
    ]
    assert "say 1: I was invited, and I went." in lines


@pytest.mark.parametrize(
    ("replies", "starred"),
    [
        (["Two."], ["star wrong-1"]),
        (["All of them."], ["star right-1", "star wrong-1"]),
        (["The last one."], ["star wrong-1"]),
        (["None."], []),
        ([""], []),
        (["Hm, let me think.", "The first."], ["star right-1"]),
        (["Hm, let me think.", "It depends."], ["keep note stars from turn 8: It depends."]),
    ],
)
def test_which_of_them_mattered(replies: list[str], starred: list[str]) -> None:
    lines = run(["No.", "5", "I smiled.", "That's all.", "I rambled.", "That's all.", *replies, stop()])
    assert stored(lines)[3:] == starred


@pytest.mark.parametrize(
    ("replies", "share"),
    [
        (["They were rude."], "keep share panel from turn 8: They were rude."),
        (["A bit of both."], "keep share both from turn 8: A bit of both."),
        (["Hm.", "Mine, really."], "keep share own from turn 9: Mine, really."),
        (["Hm.", "Hm, hm."], "keep share from turn 9: Hm, hm."),
    ],
)
def test_own_part_and_the_panels_are_told_apart(replies: list[str], share: str) -> None:
    before = ["No.", "5", "None.", "They interrupted.", "That's all.", "Two.", "They were rude."]
    lines = run([*before, *replies, stop()])
    assert [line for line in stored(lines) if line.startswith("keep share")] == [share]


def test_a_factor_named_for_the_first_time_may_be_a_fluke() -> None:
    of = replace(plan(), history=History())
    lines = run(["5", "None.", "I came late.", "That's all.", "Two.", "I was late.", stop()], of)
    assert "say It is the first debrief in which you name the late start, so it may well be a fluke." in lines


def test_what_this_debrief_said_the_first_time_is_not_counted_as_earlier() -> None:
    of = plan()
    assert of.history.again is not None
    same = replace(of.history.again, session=2)
    of = replace(of, history=replace(of.history, again=same))
    lines = run(["no", "5", "None.", "I came late.", "That's all.", "Two.", "I was late.", stop()], of)
    assert ending_with(lines, "the late start,").startswith("say It is the first debrief")


def test_a_question_that_ends_in_its_mark_is_given_no_full_stop() -> None:
    of = plan()
    [one] = of.history.unhappy
    asked = replace(one, text="Why did you leave?")
    of = replace(of, history=replace(of.history, unhappy=(asked,)))
    lines = run(["No.", "5", "Did I smile?", "That's all.", "None.", "One.", stop()], of)
    assert "say 1: Did I smile?" in lines
    assert "ask factor: About this: Did I smile? What helped there?" in lines
    lines = run(["No.", "5", "None.", "None.", "None.", "Yes.", stop()], of)
    assert "ask debrief-7-3: They asked you this: Why did you leave? What would you say today?" in lines


def test_wanted_letters_are_put_on_the_list() -> None:
    lines = run(["No.", "5", "None.", "None.", "None.", "No.", "Yes.", "Friday."])
    assert "keep action letter from turn 7: Draft a letter with greenroom letter." in lines


def test_without_anything_from_the_first_look_it_goes_straight_to_today() -> None:
    of = replace(plan(), history=History())
    assert run(["5", stop()], of)[1].startswith("ask gut:")
    assert "ask answers" not in " ".join(run(["5", "None.", "None.", "None.", "No.", "Friday."], of))


def test_when_the_time_is_over_the_stars_left_can_wait() -> None:
    late = Heard(0, "answered", "Tell it again.", elapsed_s=660.0)
    lines = run([*WHOLE[:9], late, "Close.", "On Friday."])
    assert "ask time-over" in ending_with(lines, "time-over")
    assert "keep next from turn 12: On Friday." in lines
    assert "came late. What was behind" not in " ".join(lines)


@pytest.mark.parametrize(
    ("helped", "lines"),
    [
        ("I was on time, not late.", 0),
        ("The bus was late, so I could rehearse.", 1),
        ("My nerves kept me awake.", 1),
    ],
)
def test_what_helped_is_called_no_fluke_but_may_be_a_pattern(helped: str, lines: int) -> None:
    told = run(["No.", "5", "I smiled.", "That's all.", "None.", "One.", helped, stop()])
    assert "fluke" not in " ".join(told)
    assert sum("in which you name" in line for line in told) == lines
    assert ("this one is yours to build on" in " ".join(told)) is ("nerves" in helped)


def test_what_there_is_to_say_about_a_factor_is_said_once_a_sitting() -> None:
    stars = ["I came late.", "I rambled.", "That's all.", "Two and three."]
    lines = run(
        [
            *("No.", "5", "None.", *stars),
            *("I was nervous.", "Mine.", "Breathe."),
            *("I was nervous, and the bus was late.", stop()),
        ]
    )
    second = lines[lines.index("keep action from turn 10: Breathe.") :]
    assert sum("in which you name nerves" in line for line in lines) == 1
    assert second[2:] == [
        "keep factor nerves from turn 11: I was nervous, and the bus was late.",
        "keep factor late from turn 11: I was nervous, and the bus was late.",
        "say I hear nerves and the late start in that.",
        "say It is the second debrief in which you name the late start. Two can still be chance; I would "
        "keep an eye on it.",
        "say On 1 February you said: The bus was late.",
        "say One thing to try: leave early.",
        "ask share: Was that mostly yours, mostly theirs, or both?",
        "say All right, we stop here.",
    ]


def test_discreetly_nothing_that_was_told_is_heard_in_the_room() -> None:
    replies = list(WHOLE)
    replies[15] = "Yes."
    assert [line for line in transcript(real_debrief(plan()), replies, show=aloud) if line] == [
        "Welcome back. Some time has passed, so let us look at it calmly. About 10 minutes; you can stop at "
        "any time.",
        "I can draft letters from your own words: a thank-you, one that asks for feedback, one for your "
        "recruiter, or one that asks for a second chance. Shall I put them on your list?",
        "They are on your list. The command is greenroom letter.",
        "And when is your next one, a rehearsal or a real one?",
        "That is enough looking back. What you learned goes with you into the next rehearsal.",
        "See you at the next one.",
    ]
    [opening, *more] = [
        line for line in transcript(real_debrief(plan()), replies, show=own_words_aloud) if line
    ]
    assert (opening[:13], more) == ("Welcome back.", [])
