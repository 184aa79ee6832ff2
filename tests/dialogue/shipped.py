"""The shipped prompts, read as the program reads them, and plans made of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from greenroom.dialogue.factors import Factor, read_factors
from greenroom.dialogue.feedback import FeedbackWords, read_feedback
from greenroom.dialogue.history import FactorSeen, FirstLook, History, UnhappyQuestion
from greenroom.dialogue.manners import Manners, read_manners
from greenroom.dialogue.packs import (
    DebriefScript,
    InterviewWords,
    PhraseBook,
    Question,
    read_debrief,
    read_interview_words,
    read_phrases,
)
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.steps import FollowUp, Step
from greenroom.types import Item

PROMPTS = Path(__file__).parents[2] / "prompts"

CONFLICT = Question("conflict", "Tell me about a conflict.")
WEAKNESS = Question("weakness", "What is your greatest weakness?")

WORDS = InterviewWords(
    welcome="Welcome. {count} questions.",
    welcome_one="Welcome. One question.",
    skipped="We leave that one.",
    kept_for_later="Safe on disk.",
    stopped="We stop here.",
    to_debrief="Let us look back.",
    goodbye="Goodbye.",
    noted="Noted.",
    length="{length}, after {thinking} of thought.",
    length_at_once="{length}, straight away.",
    pace="{pace} words a minute.",
    again="From the beginning.",
    offer_repeat="Shall I say it again?",
    paused="Paused.",
    go_on="Go on.",
    paused_quiet="It is quiet here.",
    device_lost="No microphone.",
    device_back="Back again.",
    back="One back.",
    back_none="Nothing before this.",
    time_over="{minutes} are over. Close, or go on?",
    time_close="To a close.",
    time_on="On we go.",
    crisis_check="Are you thinking of harming yourself?",
    crisis_no="Good to know.",
    crisis="I am a program. Talk to a person now.",
    crisis_line="{who}: {number}, {hours}.",
    crisis_nobody="The emergency services, or a person you trust.",
    crisis_choice="Stop, or go on?",
    crisis_stop="We leave it here.",
    crisis_on="We go on.",
    open_action="Last time you wanted to do this: {actions}.",
    open_actions="Last time you wanted to do these: {actions}.",
    messages="To remember: {messages}.",
    time_up="No time is left.",
    welcome_minutes="Welcome. {minutes}.",
)

SHORT = DebriefScript(
    id="short",
    title="Short",
    language="en",
    opening="Take your time.",
    closing="Thank you.",
    steps=(
        Step("feeling", "open", "How did it feel?", "feeling", name="after", private=True),
        Step(
            "question",
            "each",
            "Which questions did they ask?",
            "question",
            ask_again="Which other one?",
            hint="Say “that's all” when there are no more.",
            then=FollowUp("happy", "Were you happy with it?", "Was that a yes or a no?"),
        ),
        Step(
            "went-well",
            "open",
            "What went well?",
            "success",
            nothing="Then let me name one: you went.",
            nothing_keeps="I went.",
        ),
    ),
)

LOOK_BACK = DebriefScript(
    id="look-back",
    title="Look back",
    language="en",
    steps=(Step("again", "which", "Which one would you take again?", "question"),),
)

NERVES = Factor("nerves", "nerves", ("nervous", "nerves"), "breathe out.", ("What calms people?",))
LATE = Factor("late", "the late start", ("late",), "leave early.")

SECOND_HISTORY = History(
    factors=(
        FactorSeen("nerves", "2026-03-05", "I was nervous.", 3),
        FactorSeen("nerves", "2026-02-01", "My nerves again.", 2),
        FactorSeen("late", "2026-02-01", "The bus was late.", 2),
    ),
    successes=("I wrote to them first.",),
    again=FirstLook(
        7,
        "2026-04-01",
        (
            Item("recall", "It went badly, I think.", turn=1),
            Item("feeling", "Shaky.", name="after", turn=2),
            Item("question", "Why I left.", happy=False, turn=3),
            Item("success", "I smiled.", turn=5),
        ),
        {"gut": 3},
    ),
    unhappy=(UnhappyQuestion("debrief-7-3", "Why I left.", 7, 3),),
)


@cache
def feedback_words() -> FeedbackWords:
    return read_feedback((PROMPTS / "feedback.toml").read_text("utf-8"), "feedback.toml")


@cache
def manners() -> Manners:
    return read_manners((PROMPTS / "manners.toml").read_text("utf-8"), "manners.toml")


@cache
def phrases() -> PhraseBook:
    book = read_phrases((PROMPTS / "phrases.toml").read_text("utf-8"), "phrases.toml")
    return replace(
        book, grades=tuple(one for grade in feedback_words().grades.values() for one in grade.heard)
    )


def debrief_plan() -> Plan:
    """The debrief of a real interview, in three short steps."""
    return Plan("debrief", WORDS, phrases(), debrief=SHORT, phase="first")


def practice_plan(*questions: Question, look_back: bool = True) -> Plan:
    return Plan("practice", WORDS, phrases(), questions, LOOK_BACK if look_back else None)


def shipped_plan(script: str) -> Plan:
    """A plan of what the program ships: "practice" with two questions, the "debrief", or a "second" look."""
    words = read_interview_words((PROMPTS / "interview.toml").read_text("utf-8"), "interview.toml")
    name = {"practice": "practice", "debrief": "first", "second": "second"}[script]
    debrief = read_debrief((PROMPTS / "debriefs" / f"{name}.toml").read_text("utf-8"), f"{name}.toml")
    factors = read_factors((PROMPTS / "factors.toml").read_text("utf-8"), "factors.toml")
    if script == "practice":
        return Plan("practice", words, phrases(), (CONFLICT, WEAKNESS), debrief)
    history = SECOND_HISTORY if script == "second" else History()
    return Plan("debrief", words, phrases(), debrief=debrief, phase=name, factors=factors, history=history)
