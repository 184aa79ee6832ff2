"""All that a script may know, frozen before it begins and written at the head of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

from greenroom.dialogue.crisis import HelpLine
from greenroom.dialogue.factors import Factor
from greenroom.dialogue.history import History, history_from_data
from greenroom.dialogue.packs import (
    DebriefScript,
    InterviewWords,
    PhraseBook,
    Question,
    question_from_data,
)
from greenroom.dialogue.setting import Setting, setting_from_data
from greenroom.dialogue.steps import FollowUp, Step

PLAN_VERSION = 4
"""3: without the setting of a rehearsal. 2: also without the sentences from `InterviewWords.back` on, the
short replies from `PhraseBook.unsure` on, and all from `Plan.minutes` on. 1: also without the sentences
from `InterviewWords.again` on, the spoken commands and the open endings."""

ScriptName: TypeAlias = Literal["practice", "debrief"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a session will go through.

    Attributes:
        script: "practice" for an interview (and its debrief, unless `debrief` is None), "debrief" for
            the debrief of a real interview.
        questions: the questions drawn, in order; empty for a debrief.
        phase: "first" or "second" in the debrief of a real interview, None after a rehearsal.
        minutes: the time box of a debrief.
        company, role: None when they are not known yet.
        factors: what a debrief can name; the more telling phrases first.
        help: the helplines of the person's country, if any is known.
        setting: how a rehearsal is held; None for a debrief, and as it was before there were any.
    """

    script: ScriptName
    words: InterviewWords
    phrases: PhraseBook
    questions: tuple[Question, ...] = ()
    debrief: DebriefScript | None = None
    phase: str | None = None
    minutes: int = 10
    history: History = field(default_factory=History)
    company: str | None = None
    role: str | None = None
    factors: tuple[Factor, ...] = ()
    help: tuple[HelpLine, ...] = ()
    setting: Setting | None = None


def plan_to_data(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON data; `plan_from_data` is its inverse."""
    return {"version": PLAN_VERSION, **asdict(plan)}


def plan_from_data(
    data: Mapping[str, Any], words: InterviewWords | None = None, phrases: PhraseBook | None = None
) -> Plan:
    """Rebuild a plan from its JSON form.

    Args:
        words, phrases: those of this version; what a plan of an older one lacks is taken from them.

    Raises:
        KeyError, TypeError: it is no plan, or one of an older version that nothing was given to complete.
    """
    debrief, setting = data["debrief"], data.get("setting")
    return Plan(
        script=data["script"],
        words=InterviewWords(**{**(asdict(words) if words else {}), **data["words"]}),
        phrases=_phrases({**(asdict(phrases) if phrases else {}), **data["phrases"]}),
        questions=tuple(question_from_data(row) for row in data["questions"]),
        debrief=None if debrief is None else _debrief(debrief),
        phase=data["phase"],
        minutes=data.get("minutes", 10),
        history=history_from_data(data["history"]) if "history" in data else History(),
        company=data.get("company"),
        role=data.get("role"),
        factors=tuple(_factor(row) for row in data.get("factors", ())),
        help=tuple(HelpLine(**row) for row in data.get("help", ())),
        setting=None if setting is None else setting_from_data(setting),
    )


def _phrases(row: Mapping[str, Any]) -> PhraseBook:
    lists = {key: tuple(value) for key, value in row.items() if key not in ("ordinals", "commands")}
    commands = {name: tuple(phrases) for name, phrases in row["commands"].items()}
    return PhraseBook(**lists, ordinals=row["ordinals"], commands=commands)


def _debrief(row: Mapping[str, Any]) -> DebriefScript:
    return DebriefScript(**{**row, "steps": tuple(_step(step) for step in row["steps"])})


def _step(row: Mapping[str, Any]) -> Step:
    then = row["then"]
    read_back = tuple(tuple(ways) for ways in row.get("read_back", ()))
    return Step(**{**row, "then": None if then is None else FollowUp(**then), "read_back": read_back})


def _factor(row: Mapping[str, Any]) -> Factor:
    return Factor(**{**row, "phrases": tuple(row["phrases"]), "research": tuple(row["research"])})
