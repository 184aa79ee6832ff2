"""The nouns that flow through the house. All frozen; the unit is in the name.

Sound is 16 kHz mono 16-bit everywhere past the microphone. Unless a docstring says otherwise, seconds
are seconds on a recording's own sample clock: 0 is the first sample of the file that is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:  # `greenroom list` reads these nouns and must not pay for numpy
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
"""What Silero and Whisper are trained on; microphones are resampled to it."""

CLEANED_SUFFIX = ".heard.wav"
"""Of the twin that lies beside a recording in which the program's own voice can be heard: the same without
it, only until the words are final."""

Pcm: TypeAlias = "NDArray[np.int16]"
"""Mono samples, shape (n,), 16 bit."""

SessionKind: TypeAlias = Literal["practice", "debrief", "import"]
SessionStatus: TypeAlias = Literal["running", "finished", "interrupted"]
Part: TypeAlias = Literal["interview", "debrief"]
Grade: TypeAlias = Literal["again", "hard", "good", "easy"]
"""How a take went, in the words of spaced repetition: not there yet, with trouble, well, without effort."""
FollowUpKind: TypeAlias = Literal["result", "part", "example"]
"""What an interviewer asks next: how did it turn out, what was your own part, could you give an example?"""
OutcomeValue: TypeAlias = Literal["offer", "next-round", "rejected", "silence"]
TurnStatus: TypeAlias = Literal["asked", "recorded", "answered", "skipped", "unfinished"]
TranscriptKind: TypeAlias = Literal["stitched", "final"]
TermKind: TypeAlias = Literal["name", "employer", "term"]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of samples as a source gives it.

    Attributes:
        start_sample: place of the first sample on the source's own clock, at 16 kHz.
        pcm: the samples, raw.
        overflowed: the device lost samples just before this block.
        cleaned: the same samples without the program's own voice, same length; None when that is not
            in them.
    """

    start_sample: int
    pcm: Pcm
    overflowed: bool = False
    cleaned: Pcm | None = None

    def since(self, sample: int) -> Block:
        """The part of it from a sample of the source on."""
        drop = min(max(sample - self.start_sample, 0), len(self.pcm))
        cleaned = None if self.cleaned is None else self.cleaned[drop:]
        return Block(self.start_sample + drop, self.pcm[drop:], self.overflowed, cleaned)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, start inclusive, end exclusive."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s

    def overlaps(self, other: Span) -> bool:
        """Whether they share any time; one without a length does when it lies inside."""
        return self.start_s < other.end_s and other.start_s < self.end_s

    def shifted(self, by_s: float) -> Span:
        return Span(self.start_s + by_s, self.end_s + by_s)


@dataclass(frozen=True, slots=True)
class Word:
    """One transcribed word. `probability` is the recogniser's own, 0 to 1."""

    text: str
    start_s: float
    end_s: float
    probability: float

    def shifted(self, by_s: float) -> Word:
        return Word(self.text, self.start_s + by_s, self.end_s + by_s, self.probability)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, word by word.

    `kind` is "stitched" when decoded stretch by stretch while the person spoke, "final" when the whole
    recording was decoded at once.
    """

    text: str
    words: tuple[Word, ...]
    model: str
    kind: TranscriptKind


@dataclass(frozen=True, slots=True)
class Recording:
    """An answer as it lies on disk.

    Attributes:
        path: the audio file, absolute.
        duration_s: its length.
        question_ended_s: where the last voiced sample of the question falls; negative when it lies
            before the recording begins.
        voiced: the stretches in which somebody speaks, in order, not overlapping.
        overflows: how many times the device lost samples.
    """

    path: Path
    duration_s: float
    question_ended_s: float
    voiced: tuple[Span, ...]
    overflows: int = 0


@dataclass(frozen=True, slots=True)
class PauseHistory:
    """How somebody has paused inside answers given into a microphone.

    Attributes:
        pauses_s: the silences inside those answers, the latest answer last.
        sessions: how many sessions they come from.
        reopened_after_s: the silences after which an answer went on that had been taken for finished.
    """

    pauses_s: tuple[float, ...] = ()
    sessions: int = 0
    reopened_after_s: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """The clockwork of one answer (`timing` in docs/commands.md).

    `words_per_minute` counts words over `answer_s`; None when there are no words.
    """

    thinking_s: float
    answer_s: float
    speaking_s: float
    longest_pause_s: float
    words_per_minute: float | None


@dataclass(frozen=True, slots=True)
class Fillers:
    """Hesitations counted in a transcript; `per_minute` is over `answer_s`."""

    count: int
    per_minute: float
    by_word: Mapping[str, int]


IMPORTED = "imported"
"""The kind, and the prompt id, of a recording made elsewhere, whose prompt is the name of its file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as coaching measures it.

    Attributes:
        question: the question's words; none where nobody asked.
        words: empty when it was typed, or its words are not there yet.
        voiced: the stretches in which somebody speaks; empty when it was typed.
        left_out: commands spoken in it, and pauses by a key; no part of it.
        verbatim: its hesitations are all in the words, as in a final transcript.
    """

    question: str
    text: str
    words: tuple[Word, ...] = ()
    voiced: tuple[Span, ...] = ()
    left_out: tuple[Span, ...] = ()
    timing: Timing | None = None
    fillers: Fillers | None = None
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about an answer that is worth saying. prompts/feedback.toml has its sentences, by `id`.

    Attributes:
        good: it was well done; else it is worth changing.
        figures: what its sentences are filled in with, by name: numbers, or words of the answer.
        source: where its yardstick comes from; None when it needs none.
    """

    id: str
    good: bool
    figures: Mapping[str, float | str] = field(default_factory=dict)
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Landed:
    """A key message in an answer: in which words, and at which moment of the recording, if that is known."""

    message: str
    text: str
    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """What the measures of an answer come to.

    Attributes:
        findings: the one most worth saying first.
        follow_up: what an interviewer would ask now, if anything.
        grade: the one they propose; None when there is too little to go by.
        because: the ids of the findings that the grade rests on.
        landed: the key messages that are in it.
    """

    findings: tuple[Finding, ...] = ()
    follow_up: FollowUpKind | None = None
    grade: Grade | None = None
    because: tuple[str, ...] = ()
    landed: tuple[Landed, ...] = ()


@dataclass(frozen=True, slots=True)
class Graded:
    """How a take of a question went.

    Attributes:
        at: when it was graded, ISO 8601 with its offset.
        own: the person said so; else it is what the measures proposed.
        taken_at: when its session began, the same; a take may be graded days later.
    """

    prompt_id: str
    session_id: int
    turn_id: int
    number: int
    grade: Grade
    own: bool
    at: str
    taken_at: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing told in a debrief: a feeling, a question they asked, an action.

    docs/commands.md lists the kinds. `turn` is the number of the turn it came from, `at_s` the moment in
    that turn's recording.
    """

    kind: str
    text: str
    name: str | None = None
    happy: bool | None = None
    starred: bool = False
    turn: int | None = None
    at_s: float | None = None
    parent: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An item with where and when it was told.

    Attributes:
        started_at: when its session began, ISO 8601 with its offset.
        kind: of the session.
    """

    item: Item
    session_id: int
    kind: SessionKind
    started_at: str
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A name, or a word of somebody's trade, that a recogniser may get wrong.

    Attributes:
        heard: what it wrote instead; None when that is not known.
        turn_id: the turn in whose correction it was learned; None when the person listed it.
    """

    text: str
    kind: TermKind
    heard: str | None = None
    turn_id: int | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody else said about an interview.

    Attributes:
        topic: the point it is about, as the person named it; None for the interview as a whole.
        at: when it was stored, ISO 8601 with its offset.
    """

    who: str | None
    text: str
    at: str
    topic: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """How an interview felt, right after it and when calm (1 to 10), and what became of it."""

    session_id: int
    started_at: str
    gut_first: int | None = None
    gut_second: int | None = None
    outcome: OutcomeValue | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One prompt and what was answered to it.

    Attributes:
        transcript, words: as the person corrected them, if they did; else as they were heard.
        original: what had been heard; None unless it was corrected.
        audio_removed_at: when the recording was let go (`keep --audio`), ISO 8601 with its offset.
    """

    id: int
    number: int
    part: Part
    prompt_id: str
    prompt: str
    status: TurnStatus
    phase: str | None = None
    take: int = 1
    follow_up_of: int | None = None
    audio: str | None = None
    model: str | None = None
    transcript: str | None = None
    transcript_is: TranscriptKind | None = None
    words: tuple[Word, ...] = ()
    timing: Timing | None = None
    fillers: Fillers | None = None
    original: str | None = None
    audio_removed_at: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting: a rehearsal, a debrief or an imported recording. Times are ISO 8601 with their offset.

    Attributes:
        ratings: each {"phase", "name", "value"}, in the order in which they were first given.
        outcome: {"value", "on"}, `on` a date; None until it is known.
        feedback: what others said, in the order in which it was stored.
    """

    id: int
    kind: SessionKind
    status: SessionStatus
    started_at: str
    ended_at: str | None = None
    pack: str | None = None
    company: str | None = None
    role: str | None = None
    turns: tuple[Turn, ...] = ()
    items: tuple[Item, ...] = ()
    ratings: tuple[Mapping[str, Any], ...] = ()
    outcome: Mapping[str, Any] | None = field(default=None)
    feedback: tuple[Feedback, ...] = ()
