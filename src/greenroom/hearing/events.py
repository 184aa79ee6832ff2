"""What the ear tells the stage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from greenroom.errors import GreenroomError
from greenroom.hearing.answer import Words
from greenroom.hearing.endpoint import Event
from greenroom.types import Span

ClosedBy: TypeAlias = Literal["patience", "silence", "key", "end"]
"""Patience after speech, nobody spoke, a key or command, the end of the file."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A turn-taking event of the turn in progress. `moment_s`: on time.monotonic(), when it was true (live)
    or was found (in a file)."""

    turn: int
    event: Event
    moment_s: float


@dataclass(frozen=True, slots=True)
class Told:
    """A spoken command.

    Attributes:
        moment_s: when its last voiced sample was heard, on time.monotonic().
        span: where it lies in the recording; None while it is paused, when nothing is recorded.
    """

    turn: int
    command: str
    moment_s: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class QuestionEnded:
    """Where in the recording, in seconds, the question's last voiced sample falls."""

    turn: int
    at_s: float


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is right now: the peak of the latest block in dBFS (-96 for digital silence)."""

    peak_dbfs: float


@dataclass(frozen=True, slots=True)
class Overflow:
    """The device lost samples."""

    turn: int


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """The microphone gives nothing any more; it is waited for."""

    device: str


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """Sound comes again, from this microphone."""

    device: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer is over, or seems to be.

    Attributes:
        wav: its recording; times below are seconds into it.
        question_ended_s: where the question's last voiced sample falls.
        voiced: the spans of speech, empty when nobody spoke.
        left_out: commands spoken in between, which are in no span; without a length, where it was paused.
        stretches: the words to come, in order.
        end_s: where the part worth keeping ends.
        open: the person may still go on (`Happened` with answer_reopened, then another `Answered`); the
            recording grows until `Settled`. Otherwise the file is closed.
        reopened_after_s: the silences after which it went on, though it had been taken for finished.
        hurried: the words of the last stretch were decoded while somebody waited for them.
        short_text: what the quick ear made out, when all of it was one short phrase that it knows best.
        digital_silence: not one sample differed from zero: a muted or dead microphone.
    """

    turn: int
    wav: Path
    question_ended_s: float
    voiced: tuple[Span, ...]
    left_out: tuple[Span, ...]
    stretches: tuple[Words, ...]
    end_s: float
    closed_by: ClosedBy
    open: bool
    reopened_after_s: tuple[float, ...]
    hurried: bool
    short_text: str | None
    overflows: int
    digital_silence: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """An answer that was open cannot go on any more; its file is closed."""

    turn: int


@dataclass(frozen=True, slots=True)
class Fault:
    """The ear cannot go on; `answer` is what was recorded up to then, if a turn was in progress."""

    error: GreenroomError
    answer: Answered | None


ListenerEvent: TypeAlias = (
    Happened | Told | QuestionEnded | Level | Overflow | DeviceLost | DeviceBack | Answered | Settled | Fault
)
