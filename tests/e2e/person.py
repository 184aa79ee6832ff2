"""A recorded person in the room: listens for the end of a question, thinks, answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from e2e.ear import Ear, Sound
from e2e.mouth import Saying, say
from e2e.program import Program
from e2e.room import MOUTH, SPEAKER, Room, RoomError
from recordings import Recorded

BRIEF = ("--manner", "brisk", "--quiet")
"""An interviewer who says no more than is needed, for tests of something else: what the others say takes ten
seconds a session and more. Not where the beginning of a question is looked for: this one
leaves less than BREATH_S before it."""
BREATH_S = 0.45
"""The program pauses for longer before a question, and for less at a comma inside it."""


@dataclass(frozen=True)
class Scene:
    """A program at work in a room, with an ear on its loudspeaker and one on the person's mouth."""

    room: Room
    program: Program
    speaker: Ear
    mouth: Ear


@contextmanager
def on_stage(
    room: Room,
    home: Path,
    *arguments: str,
    env: dict[str, str] | None = None,
    rows: int = 30,
    columns: int = 100,
) -> Iterator[Scene]:
    """Run `greenroom …` in the room, its trace beside its home."""
    trace = home.parent / f"trace-{time.monotonic_ns()}.jsonl"
    with (
        Ear(room, SPEAKER) as speaker,
        Ear(room, MOUTH) as mouth,
        Program(
            *arguments,
            home=home,
            room_env=room.env,
            env=env,
            trace_file=trace,
            rows=rows,
            columns=columns,
        ) as program,
    ):
        yield Scene(room, program, speaker, mouth)


@dataclass(frozen=True)
class Utterance:
    """A recording being said: when its first and last voiced samples sound."""

    saying: Saying
    first_s: float
    last_s: float

    def wait_until_said(self, seconds: float | None = None) -> None:
        """Until its last voiced sample has sounded, or `seconds` of it."""
        until(self.last_s + 0.05 if seconds is None else self.first_s + seconds)


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


def until(moment_s: float) -> None:
    """Sleep until a moment of the common clock; not at all when it has passed."""
    time.sleep(max(moment_s - time.monotonic(), 0))


def speak(scene: Scene, recording: Recorded) -> Utterance:
    """Begin to say a recording; comes back when its first voiced sample sounds."""
    began_s = time.monotonic()
    saying = say(scene.room, recording.path)
    first_s = scene.mouth.wait_for_sound(recording.first_voiced_s + 5, after_s=began_s)
    return Utterance(saying, first_s, first_s + recording.last_voiced_s - recording.first_voiced_s)


def question_before(speaker: Ear, moment_s: float) -> Sound:
    """The last thing said aloud before a moment, its commas included."""
    asked = [sound for sound in speaker.segments() if sound.end_at_s < moment_s]
    question = asked[-1]
    for sound in reversed(asked[:-1]):
        if question.start_at_s - sound.end_at_s > BREATH_S:
            break
        question = Sound(sound.start_at_s, question.end_at_s)
    return question


def listening(scene: Scene, turn: int) -> None:
    """Until this question has been asked, and it listens."""
    scene.program.wait_event("question_ended", turn=turn, timeout_s=60)
    scene.program.wait_text("take your time", 5)


def silent_after(scene: Scene, moment_s: float) -> float:
    """When the loudspeaker fell silent after a moment at which it was speaking."""
    scene.speaker.wait_for_silence(0.4, 5)
    return max(heard.end_at_s for heard in scene.speaker.segments() if heard.start_at_s < moment_s)


def in_order(scene: Scene, turn: int, *names: str) -> list[str]:
    """The events of a turn with one of these names, as they came."""
    return [
        event["event"]
        for event in scene.program.trace()
        if event.get("turn") == turn and event["event"] in names
    ]


def room_stuttered(scene: Scene, spoken: Utterance) -> None:
    """Raise a RoomError if a recording did not sound as long as it is: then nothing is proved."""
    heard = [sound for sound in scene.mouth.segments(1.5) if sound.end_at_s > spoken.first_s]
    really_s, planned_s = heard[0].end_at_s - spoken.first_s, spoken.last_s - spoken.first_s
    if abs(really_s - planned_s) > 0.25:
        raise RoomError(
            f"the room stuttered: {planned_s:.1f} s took {really_s:.1f} s; the machine is too busy"
        )


def answer(
    scene: Scene, turn: int, recording: Recorded, *, think_s: float = 0.0, press: str | None = None
) -> Answered:
    """Wait until the question of this turn has been asked, think, say the recording.

    Args:
        think_s: waited before the recording begins (which has a silence of its own at its start).
        press: a key pressed at the last word; without one the program's patience has to run out.
    """
    scene.program.wait_event("question_ended", turn=turn, timeout_s=60)
    began_s = time.monotonic()
    time.sleep(think_s)
    spoken = speak(scene, recording)
    spoken.wait_until_said()
    if press:
        scene.program.press(press)
    scene.program.wait_event("turn_stored", turn=turn, timeout_s=30)
    heard = [sound for sound in scene.mouth.segments() if sound.start_at_s >= began_s]
    really_s, planned_s = heard[-1].end_at_s - heard[0].start_at_s, spoken.last_s - spoken.first_s
    if abs(really_s - planned_s) > 0.25:
        raise RoomError(
            f"the room stuttered: {planned_s:.1f} s took {really_s:.1f} s; the machine is too busy"
        )
    question = question_before(scene.speaker, heard[0].start_at_s)
    return Answered(question.start_at_s, question.end_at_s, heard[0].start_at_s, heard[-1].end_at_s)


def let_it_close(scene: Scene, timeout_s: float = 60) -> None:
    """The last words are on the screen as well: Enter goes on to the next."""
    while scene.program.is_running():
        with suppress(OSError):  # it has just ended
            scene.program.press("enter")
        time.sleep(0.5)
        timeout_s -= 0.5
        assert timeout_s > 0, scene.program.screen_text()
    assert scene.program.finish(5) == 0
