"""The shipped prompts, read as the program reads them, and plans made of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from greenroom.dialogue.packs import (
    DebriefScript,
    FollowUp,
    InterviewWords,
    PhraseBook,
    Question,
    Step,
    read_debrief,
    read_interview_words,
    read_phrases,
)
from greenroom.dialogue.plan import Plan

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


@cache
def phrases() -> PhraseBook:
    return read_phrases((PROMPTS / "phrases.toml").read_text("utf-8"), "phrases.toml")


def debrief_plan() -> Plan:
    """The debrief of a real interview, in three short steps."""
    return Plan("debrief", WORDS, phrases(), debrief=SHORT, phase="first")


def practice_plan(*questions: Question, look_back: bool = True) -> Plan:
    return Plan("practice", WORDS, phrases(), questions, LOOK_BACK if look_back else None)


def shipped_plan(script: str) -> Plan:
    """A plan of what the program ships: "practice" with two questions, or the "debrief"."""
    words = read_interview_words((PROMPTS / "interview.toml").read_text("utf-8"), "interview.toml")
    name = "practice" if script == "practice" else "first"
    debrief = read_debrief((PROMPTS / "debriefs" / f"{name}.toml").read_text("utf-8"), f"{name}.toml")
    if script == "practice":
        return Plan("practice", words, phrases(), (CONFLICT, WEAKNESS), debrief)
    return Plan("debrief", words, phrases(), debrief=debrief, phase="first")
