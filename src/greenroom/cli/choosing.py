"""Which questions a rehearsal asks when they are not drawn by chance: due ones, weak ones, named ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.archive import Archive
    from greenroom.coaching.choice import Choice
    from greenroom.coaching.schedule import DueQuestion
    from greenroom.dialogue.packs import Pack, Question
    from greenroom.types import Answer, Turn

Shuffle: TypeAlias = Callable[[list[str]], None]
"""Brings questions into an order of chance."""

OF_STORIES = frozenset({"star", "result", "voice"})
"""What is looked for in a story only."""

Chosen: TypeAlias = "tuple[tuple[Question, ...], str]"
"""Questions, and one line that says why these."""


def chosen(
    archive: Archive,
    pack: Pack,
    count: int,
    *,
    due: bool = False,
    focus: str | None = None,
    today: date | None = None,
    shuffle: Shuffle = random.shuffle,
) -> Chosen:
    """The questions that are due, or those whose latest takes were weakest in a measure.

    Args:
        pack: what makes up the number; with a focus it is all there is to choose from. Whoever names one
            that stands apart means it.
        count: how many at most.
        due: those due, from whichever pack they are. It comes before a focus, which may be set for good.
        focus: the measure, a name of `coaching.focus.FOCUSES`.

    Raises:
        GreenroomError: the pack has no question to choose from.
    """
    pool = [question.id for question in pack.questions if not question.improper]
    if not pool:
        raise GreenroomError(
            f"The pack {pack.id} has no question that is asked unless it is named.",
            f"Name one with --question; `greenroom questions list --pack {pack.id}` shows them.",
        )
    shuffle(pool)
    if due or not focus:
        return _due(archive, pack, pool, count, today or date.today())
    return _weakest(archive, pack, pool, count, focus)


def due_now(
    archive: Archive, today: date, *packs: Pack
) -> tuple[tuple[DueQuestion, ...], dict[str, Question]]:
    """The questions that are due, the most urgent first, and each as it is asked, by its id.

    Not those that are only asked when they are named (`Question.improper`, `Pack.apart`).

    Args:
        packs: where questions are looked for first.
    """
    from greenroom.coaching.schedule import due_questions

    found = due_questions(archive.graded(), today)
    texts = askable(archive, [one.prompt_id for one in found], *packs)
    return tuple(one for one in found if one.prompt_id in texts), texts


def askable(archive: Archive, ids: Iterable[str], *packs: Pack) -> dict[str, Question]:
    """Those of some questions that may be asked unasked for, by their ids, wherever they come from.

    As its pack has it; else, of a question told in a debrief or of a pack that is gone, as it was asked last.
    A pack that cannot be read is as good as gone: whoever asks for it by name is told what is wrong.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    found: dict[str, Question | None] = {}
    for pack in (*packs, *_packs(archive)):
        for question in pack.questions:
            found.setdefault(question.id, None if pack.apart or question.improper else question)
    asked = _asked_last(archive, [one for one in wanted if one not in found])
    every = {**found, **asked}
    return {one: asked_as for one in wanted if (asked_as := every.get(one))}


def named(archive: Archive, pack: Pack, ids: Sequence[str]) -> tuple[Question, ...]:
    """The questions of these ids, in this order: of the pack, else of another, else as they were asked last.

    Raises:
        GreenroomError: there is none of that id anywhere.
    """
    from greenroom.cli.own_questions import no_question

    wanted = {question.id: question for question in pack.questions}
    if any(one not in wanted for one in ids):
        for other in _packs(archive):
            for question in other.questions:
                wanted.setdefault(question.id, question)
        for one, question in _asked_last(archive, [one for one in ids if one not in wanted]).items():
            wanted[one] = question
    for one in ids:
        if one not in wanted:
            raise no_question(one, wanted)
    return tuple(wanted[one] for one in ids)


def _due(archive: Archive, pack: Pack, pool: Sequence[str], count: int, today: date) -> Chosen:
    from greenroom.coaching.choice import by_due
    from greenroom.review import words

    due, texts = due_now(archive, today, pack)
    choice = by_due([one.prompt_id for one in due], pool, _latest(archive), count)
    note = words.chosen_due(len(choice.wanted), len(due), len(choice.filled), pack.id)
    return _questions(choice, pack, texts), note


def _weakest(archive: Archive, pack: Pack, pool: Sequence[str], count: int, focus: str) -> Chosen:
    from greenroom.coaching.advice import STORY_KINDS
    from greenroom.coaching.choice import by_focus
    from greenroom.review import words

    every = {question.id: question for question in pack.questions}
    if focus in OF_STORIES:  # a question that asks for no story lacks nothing when none is told
        pool = [one for one in pool if every[one].kind in STORY_KINDS] or pool
    latest = _latest(archive)
    value = _measuring(archive, focus)
    weakness: dict[str, float] = {}
    for one in pool:
        if one in latest and (weak := value(latest[one], every[one])) is not None:
            weakness[one] = weak
    choice = by_focus(weakness, pool, latest, count)
    note = words.chosen_focus(focus, len(choice.wanted), len(choice.filled), pack.id)
    return _questions(choice, pack, {}), note


def _measuring(archive: Archive, focus: str) -> Callable[[Answer, Question], float | None]:
    """How weak an answer to a question is in a measure; None when that cannot be told of it."""
    from greenroom.cli.data import lexicon
    from greenroom.cli.measuring import look_for
    from greenroom.coaching.focus import focus_value
    from greenroom.coaching.measures import measure

    words = lexicon()
    land, _ = look_for(archive.home)
    messages = archive.messages() if focus == "messages" else ()

    def value(answer: Answer, question: Question) -> float | None:
        landed = land(messages, answer) if messages else None
        return focus_value(measure(answer, words), focus, seconds=question.seconds, landed=landed)

    return value


def _questions(choice: Choice, pack: Pack, more: Mapping[str, Question]) -> tuple[Question, ...]:
    every = {**more, **{question.id: question for question in pack.questions}}
    return tuple(every[one] for one in choice.ids)


def _latest(archive: Archive) -> dict[str, Answer]:
    """The latest answer to each question, by its id."""
    from greenroom.cli.data import said_to_the_program

    is_said = said_to_the_program()
    return {
        turn.prompt_id: answer
        for _, _, turn, answer in archive.answers()
        if turn.follow_up_of is None and not is_said(answer.text)
    }


def _packs(archive: Archive) -> list[Pack]:
    """All that can be read, with the questions that debriefs left unhappy."""
    from greenroom.cli import data
    from greenroom.cli.own_questions import unhappy_in

    return [*data.packs(archive.home, lambda error: None), unhappy_in(archive)]


def _asked_last(archive: Archive, ids: Sequence[str]) -> dict[str, Question]:
    """Questions as they were asked last in a rehearsal, by their ids."""
    from greenroom.archive import parse_retake_id
    from greenroom.dialogue.packs import Question

    found: dict[str, Turn] = {
        turn.prompt_id: turn
        for _, _, turn in archive.takes(list(ids))
        if turn.part == "interview" and turn.follow_up_of is None
    }
    return {
        one: Question(one, turn.prompt, kind="debrief" if parse_retake_id(one) else "general")
        for one, turn in found.items()
    }
