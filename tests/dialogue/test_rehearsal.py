"""How a rehearsal is held: feedback now, at the end or never; follow-ups, warm-up, time, grades."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dialogue.shipped import CONFLICT, WEAKNESS, feedback_words, manners, practice_plan
from dialogue.transcripts import TIMING, stop, transcript
from greenroom.dialogue.acts import Ask, Heard, Say
from greenroom.dialogue.grading import grade_in
from greenroom.dialogue.history import History
from greenroom.dialogue.interview import interview
from greenroom.dialogue.log import act_entry, heard_entry, replay
from greenroom.dialogue.manners import warm_up
from greenroom.dialogue.packs import Question
from greenroom.dialogue.plan import Plan, plan_from_data, plan_to_data
from greenroom.dialogue.setting import Setting, WarmUp
from greenroom.types import Advice, Finding, FollowUpKind, Grade, Landed

NO_RESULT = Finding("no-result", False)
NUMBER = Finding("named-number", True, {"text": "forty percent"})
PACE = Finding("too-fast", False, {"pace": 172, "high": 160}, "Street and Brady")
LONG = Finding("good-length", True, {"answer_s": 84.0})
LENGTH = "1 minute 24 seconds, after 2 seconds of thought."


def rehearsal(*questions: Question, messages: tuple[str, ...] = (), **wishes: object) -> Plan:
    setting = replace(Setting(feedback_words(), manners().manners["neutral"]), **wishes)  # type: ignore[arg-type]
    plan = practice_plan(*(questions or (CONFLICT,)), look_back=False)
    return replace(plan, setting=setting, history=History(messages=messages))


def reply(*findings: Finding, follow_up: FollowUpKind | None = None, grade: Grade | None = None) -> Heard:
    advice = Advice(findings, follow_up, grade, tuple(one.id for one in findings[:1]))
    return Heard(0, "answered", "We quarrelled.", TIMING, 1.5, advice=advice)


def told(plan: Plan, *replies: Heard | str) -> list[str]:
    """What is done between the welcome and the goodbye."""
    lines = transcript(interview(plan), replies)
    assert (lines[0], lines[-1]) == ("say Welcome. One question.", "say Goodbye.")
    return lines[1:-1]


def test_one_sentence_is_said_about_an_answer_and_three_lines_are_shown() -> None:
    assert told(rehearsal(), reply(PACE, NUMBER, LONG, NO_RESULT, grade="hard")) == [
        "ask conflict: Tell me about a conflict.",
        "mark turn 1 hard",
        f"say {LENGTH} The pace was high. Let each point arrive before the next one starts.",
        "show Pace: 172 words a minute; up to 160 is easy to follow (Street and Brady)",
        "show A figure: “forty percent”",
        "show Length: 1 minute 24 seconds, a good length",
    ]


def test_with_nothing_to_say_the_pace_stands_where_the_advice_would() -> None:
    assert told(rehearsal(), reply())[1:] == [f"say {LENGTH} 142 words a minute."]


def test_a_typed_answer_is_told_what_there_is_to_tell() -> None:
    typed = replace(reply(NO_RESULT), timing=None)
    assert told(rehearsal(), typed)[1] == "say Noted. " + feedback_words().findings["no-result"].say[1]


def test_what_holds_the_persons_own_words_is_not_said_aloud_when_discreet() -> None:
    script = interview(rehearsal())
    says = [act for act in _acts(script, [reply(NUMBER)]) if isinstance(act, Say)]
    assert [act.private for act in says if "forty percent" in act.text and not act.shown_only] == [True]


@pytest.mark.parametrize("feedback", ["none", "end"])
def test_a_quiet_and_a_silent_interviewer_only_thank(feedback: str) -> None:
    lines = told(rehearsal(feedback=feedback), reply(PACE))
    asked = lines.index("ask conflict: Tell me about a conflict.")
    assert lines[asked + 1] == "say All right, thank you."
    assert (len(lines) == asked + 2) is (feedback == "none")


def test_a_silent_interviewer_tells_in_the_end_what_was_kept_back() -> None:
    lines = told(rehearsal(feedback="end", messages=("I explain well",)), reply(PACE, LONG))
    assert lines[0] == "say I will only listen today, and tell you at the end what I noticed."
    assert lines[-7:] == [
        "say Now that you are through, here is what I noticed.",
        "show Tell me about a conflict.",
        "show Pace: 172 words a minute; up to 160 is easy to follow (Street and Brady)",
        "show Length: 1 minute 24 seconds, a good length",
        "say " + feedback_words().findings["good-length"].say[0].format(answer_s="1 minute 24 seconds"),
        "say " + feedback_words().findings["too-fast"].say[0],
        "say This one is still to come: I explain well.",
    ]


def test_a_silent_interviewer_who_is_stopped_tells_where_it_stands() -> None:
    lines = transcript(interview(rehearsal(feedback="end")), [stop("We quarrelled.")])
    assert lines[-2:] == ["say We stop here.", "show " + feedback_words().summary["left"]]


@pytest.mark.parametrize("grade", ["again", "hard", "good", "easy"])
def test_every_reply_listed_for_a_grade_gives_it(grade: Grade) -> None:
    for phrase in feedback_words().grades[grade].heard:
        assert grade_in(f"{phrase.capitalize()}.", feedback_words(), rehearsal().phrases, None) == grade, (
            phrase
        )


def test_the_messages_that_came_up_and_those_that_did_not_are_told_in_the_end() -> None:
    advice = Advice((LONG,), landed=(Landed("I explain well", "so that everybody understood", 3.2),))
    heard = Heard(0, "answered", "So that everybody understood.", TIMING, 1.5, advice=advice)
    plan = rehearsal(messages=("I explain well", "I ship early"))
    assert told(plan, heard)[-2:] == [
        "say You got this point in: I explain well.",
        "say This one is still to come: I ship early.",
    ]


def test_a_message_that_came_up_in_a_follow_up_has_come_up() -> None:
    more = Heard(0, "answered", "I ship.", TIMING, advice=Advice(landed=(Landed("I ship early", "I ship."),)))
    plan = rehearsal(messages=("I ship early",), follow_ups="needed")
    assert told(plan, reply(NO_RESULT, LONG, follow_up="result"), more)[-1] == (
        "say You got this point in: I ship early."
    )


def test_what_is_missing_is_asked_for_and_no_longer_complained_of_once_it_is_told() -> None:
    lines = told(rehearsal(follow_ups="needed"), reply(NO_RESULT, LONG, follow_up="result"), "It worked.")
    assert lines == [
        "ask conflict: Tell me about a conflict.",
        "say All right, thank you.",
        "ask conflict/result: What came of it in the end?",
        f"say {LENGTH} "
        + feedback_words().findings["good-length"].say[1].format(answer_s="1 minute 24 seconds"),
        "show Length: 1 minute 24 seconds, a good length",
    ]


def test_a_follow_up_that_is_left_leaves_the_finding() -> None:
    lines = told(rehearsal(follow_ups="needed"), reply(NO_RESULT, follow_up="result"), "")
    assert lines[3] == f"say {LENGTH} " + feedback_words().findings["no-result"].say[1]


def test_a_follow_up_belongs_to_its_question_and_there_is_only_one() -> None:
    script = interview(rehearsal(follow_ups="needed"))
    more = reply(NO_RESULT, follow_up="part")
    asks = [
        act for act in _acts(script, [reply(NO_RESULT, follow_up="result"), more]) if isinstance(act, Ask)
    ]
    assert [(ask.prompt_id, ask.follow_up_of) for ask in asks] == [("conflict", None), ("conflict/result", 1)]


def test_nothing_is_asked_on_after_a_skip_or_with_no_follow_ups() -> None:
    skipped = Heard(0, "skipped", advice=Advice(follow_up="example"))
    assert len([line for line in told(rehearsal(follow_ups="needed"), skipped) if "ask" in line]) == 1
    lines = told(rehearsal(follow_ups="none"), reply(NO_RESULT, follow_up="result"))
    assert len([line for line in lines if line.startswith("ask")]) == 1


def test_the_packs_own_follow_up_comes_when_one_is_wanted_after_every_answer() -> None:
    question = replace(CONFLICT, follow_up="Would you do it again?")
    lines = told(rehearsal(question, follow_ups="always"), reply(LONG), "Yes.")
    assert "ask conflict/own: Would you do it again?" in lines
    assert "ask conflict/own: Would you do it again?" not in told(
        rehearsal(question, follow_ups="needed"), reply(LONG)
    )


def test_stopping_at_a_follow_up_stops() -> None:
    plan = rehearsal(follow_ups="needed")
    lines = transcript(interview(plan), [reply(NO_RESULT, follow_up="result"), stop()])
    assert lines[-1] == "say We stop here."


IN_DANGER = "It got so bad. I want to kill myself."


@pytest.mark.parametrize("where", ["answer", "follow-up"])
def test_after_somebody_in_danger_was_met_nothing_is_said_of_how_well_they_said_it(where: str) -> None:
    plan = rehearsal(follow_ups="needed", grading=True)
    answer = reply(NO_RESULT, LONG, follow_up="result", grade="hard")
    replies = [replace(answer, text=IN_DANGER), "go on"]
    if where == "follow-up":
        replies = [answer, Heard(0, "answered", IN_DANGER, TIMING), "go on"]
    lines = told(plan, *replies)
    assert lines[-1] == "say We go on."
    assert not [line for line in lines if "ask grade" in line or line.startswith(("show", f"say {LENGTH}"))]


def test_somebody_in_danger_is_heard_also_where_a_grade_was_asked_for() -> None:
    lines = transcript(interview(rehearsal(grading=True)), [reply(grade="good"), IN_DANGER, "stop"])
    assert "say I am a program. Talk to a person now." in lines
    assert lines[-1] == "say We leave it here."


def test_who_stops_with_words_of_danger_is_met_first() -> None:
    lines = transcript(interview(rehearsal()), [stop(IN_DANGER)])
    assert lines[2:] == [
        "say I am a program. Talk to a person now.",
        "say The emergency services, or a person you trust.",
        "say We stop here.",
    ]


def test_where_the_time_is_given_it_is_what_the_welcome_tells() -> None:
    lines = transcript(interview(rehearsal(CONFLICT, WEAKNESS, minutes=5)), [reply(), reply()])
    assert lines[0] == "say Welcome. 5 minutes."


def test_a_grade_whose_reason_was_made_good_is_not_proposed() -> None:
    plan = rehearsal(follow_ups="needed", grading=True)
    lines = told(plan, reply(NO_RESULT, LONG, follow_up="result", grade="hard"), "It worked.", "")
    assert lines[-1] == "ask grade: Tell me about a conflict. " + feedback_words().ask_grade[0]


def test_a_warm_up_comes_first_and_is_neither_measured_nor_graded() -> None:
    warm = WarmUp(warm_up(manners(), 0), manners().warm_up_line, manners().warm_up_after)
    lines = told(rehearsal(warm_up=warm, grading=True), "Fine.", reply(), "good")
    assert lines[:4] == [
        "say Before we begin, something easy, just to hear your own voice.",
        "ask warm-up: How has your day been so far?",
        "say Thank you. Then let us begin.",
        "ask conflict: Tell me about a conflict.",
    ]
    assert len([line for line in lines if line.startswith("ask grade")]) == 1


def test_no_new_question_is_asked_once_the_time_is_over() -> None:
    plan = rehearsal(CONFLICT, WEAKNESS, minutes=5)
    late = replace(reply(), elapsed_s=300.0)
    lines = transcript(interview(plan), [late])
    assert lines[-2:] == ["say No time is left.", "say Goodbye."]
    assert "ask weakness: What is your greatest weakness?" in transcript(
        interview(plan), [replace(late, elapsed_s=299.0), "More."]
    )


def test_a_dress_rehearsal_says_so_and_is_strict_up_to_its_last_question() -> None:
    plan = rehearsal(strict=True, strict_line="As on the day.", feedback="end", grading=True)
    acts = _acts(interview(plan), [reply(), "good"])
    assert [act.strict for act in acts if isinstance(act, Ask)] == [True, False]
    assert next(act.text for act in acts if isinstance(act, Say)) == "As on the day."


def test_each_answer_is_graded_in_a_word_at_the_end_and_the_choice_is_told_once() -> None:
    plan = rehearsal(CONFLICT, WEAKNESS, grading=True)
    lines = transcript(
        interview(plan), [reply(LONG, grade="good"), reply(PACE, grade="hard"), "Easy.", "yes"]
    )
    graded = lines[lines.index("mark turn 2 hard") :]
    assert [line for line in graded if not line.startswith("show")][2:] == [
        "ask grade: Tell me about a conflict. I would say good: the length was right. "
        "In a word, how did that one go for you: not yet, hard, good, or easy?",
        "mark turn 1 easy by the person",
        "say Easy. It will not come back for a good while.",
        "ask grade: What is your greatest weakness? From here it looked hard: the pace was high.",
        "mark turn 2 hard by the person",
        "say Hard, then. It will come back before long.",
        "say Goodbye.",
    ]


def test_a_grade_that_was_not_understood_is_asked_for_once_more_and_then_left() -> None:
    lines = told(rehearsal(grading=True), reply(grade="good"), "Hm, let me see", "It was what it was")
    assert lines[-2:] == [
        "ask grade: One word is enough: not yet, hard, good, or easy?",
        "say Then I will go by what I heard.",
    ]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Good.", "good"),
        ("I think hard.", "hard"),
        ("Not yet.", "again"),
        ("Again.", "again"),
        ("It was easy, thank you.", "easy"),
        ("Yes.", "hard"),
        ("No.", None),
        ("The weather.", None),
        ("Good, but the second one was hard.", None),
    ],
)
def test_a_reply_gives_a_grade_or_none(text: str, grade: Grade | None) -> None:
    plan = rehearsal()
    assert grade_in(text, feedback_words(), plan.phrases, "hard") == grade


def test_a_whole_rehearsal_is_the_same_once_more_from_its_log() -> None:
    warm = WarmUp(warm_up(manners(), 1), "Easy.", "Go.")
    plan = rehearsal(CONFLICT, follow_ups="needed", grading=True, warm_up=warm, messages=("I ship",))
    replies = ["Fine.", reply(NO_RESULT, NUMBER, follow_up="result", grade="hard"), "It worked.", "good"]
    entries = _log(plan, replies)
    again = plan_from_data(json.loads(json.dumps(plan_to_data(plan))))
    assert again == plan
    for end in range(len(entries) + 1):
        replayed = replay(interview(again), json.loads(json.dumps(entries[:end])))
        assert replayed.fits, end


def _acts(script, replies):  # type: ignore[no-untyped-def]
    acts, waiting, back, turn = [], list(replies), None, 0
    while True:
        try:
            act = script.send(back)
        except StopIteration:
            return acts
        acts.append(act)
        back = None
        if isinstance(act, Ask):
            turn += 1
            answer = waiting.pop(0)
            answer = Heard(0, "answered", answer, TIMING) if isinstance(answer, str) else answer
            back = replace(answer, turn=turn)


def _log(plan: Plan, replies: list[Heard | str]) -> list[dict[str, object]]:
    entries, script, back, turn, waiting = [], interview(plan), None, 0, list(replies)
    while True:
        try:
            act = script.send(back)
        except StopIteration:
            return entries
        entries.append(act_entry(act, turn=turn + 1 if isinstance(act, Ask) else None))
        back = None
        if isinstance(act, Ask):
            turn += 1
            answer = waiting.pop(0)
            answer = Heard(0, "answered", answer, TIMING) if isinstance(answer, str) else answer
            back = replace(answer, turn=turn)
            entries.append(heard_entry(back))
