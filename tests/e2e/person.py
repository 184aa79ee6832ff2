"""A recorded person in the room: listens for the end of a question, thinks, answers."""

from __future__ import annotations

import time
from dataclasses import dataclass

from e2e.ear import Ear
from e2e.mouth import say
from e2e.program import Program
from e2e.room import Room
from recordings import Recorded


BREATH_S = 0.6
"""The program pauses for longer before a question, and for less at a comma inside it."""


@dataclass(frozen=True)
class Answered:
    """What really sounded, in seconds on the ears' common clock."""

    question_started_s: float
    question_ended_s: float
    answer_started_s: float
    answer_ended_s: float

    @property
    def thinking_s(self) -> float:
        return self.answer_started_s - self.question_ended_s

    @property
    def answer_s(self) -> float:
        return self.answer_ended_s - self.answer_started_s


def answer(
    room: Room,
    program: Program,
    speaker: Ear,
    mouth: Ear,
    turn: int,
    recording: Recorded,
    *,
    think_s: float = 0.0,
    press: str | None = None,
) -> Answered:
    """Wait until the question of this turn has been asked, think, say the recording.

    Args:
        think_s: waited before the recording begins (which has a silence of its own at its start).
        press: a key pressed at the last word; without one the program's patience has to run out.
    """
    program.wait_event("question_ended", turn=turn, timeout_s=60)
    began_s = time.monotonic()
    time.sleep(think_s)
    say(room, recording.path)
    first_s = mouth.wait_for_sound(recording.first_voiced_s + 5, after_s=began_s)
    ends_s = first_s + recording.last_voiced_s - recording.first_voiced_s
    time.sleep(max(ends_s - time.monotonic(), 0) + 0.05)
    if press:
        program.press(press)
    program.wait_event("turn_stored", turn=turn, timeout_s=30)
    spoken = [sound for sound in mouth.segments() if sound.start_at_s >= began_s]
    asked = [sound for sound in speaker.segments() if sound.end_at_s < spoken[0].start_at_s]
    question = [asked[-1]]
    for sound in reversed(asked[:-1]):  # the same question may hold pauses at its commas
        if question[0].start_at_s - sound.end_at_s > BREATH_S:
            break
        question.insert(0, sound)
    return Answered(question[0].start_at_s, question[-1].end_at_s, spoken[0].start_at_s, spoken[-1].end_at_s)
