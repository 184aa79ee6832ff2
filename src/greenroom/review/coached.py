"""The coaching of a session's answers: gathered from the archive, as lines below an answer, and for programs.

Nothing of it is stored but grades: it is measured anew whenever it is shown, so that a better rule holds for
old answers too. Only the session that is shown is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from greenroom.archive import Archive
from greenroom.coaching.advice import advise
from greenroom.coaching.lexicon import Lexicon
from greenroom.coaching.measures import Measures, measure
from greenroom.coaching.yardsticks import ANSWER_S
from greenroom.dialogue.given import completed
from greenroom.dialogue.manners import WARM_UP
from greenroom.types import IMPORTED, Advice, Answer, Graded, Landed, Session, Turn

LookFor: TypeAlias = Callable[[Sequence[str], Answer], tuple[Landed, ...]]
"""Which of some texts an answer brings across."""

OTHER_KIND = "general"
"""The kind of a question that no plan tells of: one of a recording that was brought in."""
USUAL = (round(ANSWER_S.low), round(ANSWER_S.high))
"""The range for a question that has none of its own."""


@dataclass(frozen=True, slots=True)
class Means:
    """What coaching needs beside the answers.

    Attributes:
        land: looks for key messages; said: for the person's own points. Called only when there are any: a
            model of meaning is not opened for nothing.
    """

    lexicon: Lexicon
    land: LookFor
    said: LookFor


@dataclass(frozen=True, slots=True)
class Coached:
    """One answer.

    Attributes:
        seconds: the range in which a good answer to this question usually falls; None when it is not known.
        graded: how the person, or else the measures, graded it, if anybody did.
        take, takes: which take of this question it is, over all sessions, and how many there are.
        points: what the person wanted to say to this question; `said` holds those that are in the answer.
        landed: the key messages that are in it.
    """

    turn: Turn
    measures: Measures
    advice: Advice
    seconds: tuple[int, int] | None = None
    graded: Graded | None = None
    take: int = 1
    takes: int = 1
    points: tuple[str, ...] = ()
    said: tuple[Landed, ...] = ()
    landed: tuple[Landed, ...] = ()


@dataclass(frozen=True, slots=True)
class Coaching:
    """A session.

    Attributes:
        answers: by the turn's number.
        messages: what was to be left with the panel, in the person's own order.
    """

    answers: Mapping[int, Coached]
    messages: tuple[str, ...] = ()

    def landings(self, message: str) -> list[tuple[Turn, Landed]]:
        """Where a message landed in this session, in order."""
        return [
            (one.turn, landed)
            for one in self.answers.values()
            for landed in one.landed
            if landed.message == message
        ]


def is_measured(turn: Turn) -> bool:
    """Whether an answer is measured: one of an interview, in words, and not the warm-up's."""
    answered = turn.status in ("answered", "unfinished") and bool(turn.transcript)
    return turn.part == "interview" and answered and turn.prompt_id != WARM_UP


def coaching(archive: Archive, session: Session, means: Callable[[], Means]) -> Coaching:
    """Measures the answers of a session.

    Args:
        means: called only when there is an answer to be measured.
    """
    # Where somebody in danger was met nothing is said of how well they said it.
    met = {turn.number - 1 for turn in session.turns if turn.prompt_id == "crisis"}
    turns = [turn for turn in session.turns if is_measured(turn) and turn.number not in met]
    if not turns:
        return Coaching({})
    found = means()
    plan = next((entry for entry in archive.log(session.id) if entry.get("entry") == "plan"), {})
    questions, focus = _questions(plan), (plan.get("setting") or {}).get("focus")
    # What was to be said then, if anything was; else a message kept since may have landed all the same.
    messages = tuple(plan.get("history", {}).get("messages", ()))
    messages = messages or archive.messages(session.company, session.role)
    graded = {one.turn_id: one for one in archive.graded(session.id)}
    takes = _takes(archive, turns)
    followed = {
        turn.follow_up_of: turn.prompt_id.rpartition("/")[2]
        for turn in turns
        if turn.follow_up_of is not None
    }
    answers = {}
    for turn in turns:
        answer = archive.answer(turn.id)
        if turn.prompt_id == IMPORTED:  # what stands there is the name of a file
            answer = replace(answer, question="")
        points = archive.points(turn.prompt_id)
        measures = measure(answer, found.lexicon)
        landed = found.land(messages, answer) if messages else ()
        seconds, kind = questions.get(turn.prompt_id, (None, OTHER_KIND))
        # The reply to a follow-up completes another answer, and is not held against what one should hold.
        advice = Advice(landed=landed)
        if turn.follow_up_of is None:
            # As while it was rehearsed: a message left out is only missed by who works on just that.
            wanted = messages if focus == "messages" else ()
            advice = advise(
                measures, seconds=seconds or USUAL, kind=kind, focus=focus, landed=landed, messages=wanted
            )
            advice = completed(advice, followed.get(turn.number, ""))
        answers[turn.number] = Coached(
            turn=turn,
            measures=measures,
            advice=advice,
            seconds=seconds,
            graded=graded.get(turn.id),
            take=takes[turn.id][0],
            takes=takes[turn.id][1],
            points=points,
            said=found.said(points, answer) if points else (),
            landed=landed,
        )
    return Coaching(answers, messages)


def _questions(plan: Mapping[str, Any]) -> dict[str, tuple[tuple[int, int], str]]:
    """The range of seconds and the kind of each question, as the session's own plan has them."""
    rows = plan.get("questions", ())
    return {row["id"]: ((row["seconds"][0], row["seconds"][1]), row.get("kind", OTHER_KIND)) for row in rows}


def _takes(archive: Archive, turns: Sequence[Turn]) -> dict[int, tuple[int, int]]:
    """By a turn's id, which take of its question it is over all sessions, and of how many."""
    ids = list(dict.fromkeys(turn.prompt_id for turn in turns))
    by_prompt: dict[str, list[int]] = {}
    for prompt_id, turn_id in archive.take_ids(ids):
        by_prompt.setdefault(prompt_id, []).append(turn_id)
    found = {}
    for turn in turns:
        given = by_prompt.get(turn.prompt_id, [turn.id])
        found[turn.id] = (given.index(turn.id) + 1 if turn.id in given else 1, len(given))
    return found
