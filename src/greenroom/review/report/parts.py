"""What a report consists of: texts as they are to be read, and places in percent of what they are drawn on.

Every text is clean (`review.clean`) and none of it is HTML: the templates escape all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

StretchKind: TypeAlias = Literal["thinking", "speech", "pause", "command"]


@dataclass(frozen=True, slots=True)
class Link:
    """A moment to go to.

    Attributes:
        anchor: of the answer on the page, without the #.
        at_s: seconds on its recording's clock; None for the answer as a whole.
        text: how it is named, "12.3@1:23".
    """

    anchor: str
    at_s: float | None
    text: str


@dataclass(frozen=True, slots=True)
class WordPart:
    """One word as it is written, with its punctuation.

    Attributes:
        start_s: on the recording's clock; None when that is not known.
        filler: it is, or holds, a hesitation.
        pause: the long silence before it, in words: "(pause 2.1 s)"; empty when there was none.
    """

    text: str
    start_s: float | None = None
    filler: bool = False
    pause: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences.

    Attributes:
        at: where it begins; None when its words have no times.
    """

    words: tuple[WordPart, ...]
    at: Link | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a timeline, in percent of its length."""

    kind: StretchKind
    left: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A hesitation, in percent of the timeline's length."""

    left: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """An answer from the first sample of its recording to the last.

    Attributes:
        length_s: of the recording.
        length: the same in words.
        said: all of it in one sentence, for whoever does not see it.
    """

    length_s: float
    length: str
    stretches: tuple[Stretch, ...]
    ticks: tuple[Tick, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording, ready to be embedded.

    Attributes:
        media_type: "audio/ogg".
        content: its bytes.
        length_s: how long it lasts.
    """

    media_type: str
    content: bytes
    length_s: float

    @property
    def embedded_bytes(self) -> int:
        """How much of the file it takes, as text (base64)."""
        return -(-len(self.content) // 3) * 4


@dataclass(frozen=True, slots=True)
class CoachingRow:
    """One labelled line of what coaching says, with what hangs below it."""

    label: str
    text: str
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One prompt and what was answered to it.

    Attributes:
        anchor: its id on the page.
        moment: how it is named on the command line, "12.3".
        facts: how it went and its figures, each a few words.
        wordless: said in place of words when none were heard.
        silent: why nothing can be heard; empty when there is sound.
    """

    anchor: str
    moment: str
    prompt: str
    facts: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    timeline: Timeline | None = None
    sound: Sound | None = None
    wordless: str = ""
    silent: str = ""
    coaching: tuple[CoachingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told in a debrief.

    Attributes:
        label: what it is, where the heading does not say so: "walking in".
        remark: "happy with the answer"; may be empty.
        children: what hangs on it: the factors of a star, the action for a factor.
    """

    text: str
    label: str = ""
    starred: bool = False
    remark: str = ""
    at: Link | None = None
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Entries of one kind, below their heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A rating from 1 to 10, in each phase in which it was given."""

    name: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Range:
    """From where to where, in percent."""

    low: float
    high: float

    @property
    def wide(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class PaceRow:
    """One answer on the chart of paces, in percent of its width.

    Attributes:
        mean: over the whole answer.
        thirds: the slowest and the fastest third; None when it was too short for that.
        figure, course: both in words; `course` may be empty.
    """

    at: Link
    prompt: str
    mean: float
    figure: str
    thirds: Range | None = None
    course: str = ""


@dataclass(frozen=True, slots=True)
class PaceChart:
    """The pace of each answer of a session.

    Attributes:
        easy: the range that is easy to follow, in percent of the width.
        low, high: what the ends of the scale stand for.
        held_against: the yardstick, with its source.
    """

    rows: tuple[PaceRow, ...]
    easy: Range
    low: str
    high: str
    held_against: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on a chart, in percent from its left and its top."""

    x: float
    y: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class TrendChart:
    """One measure, week by week.

    Attributes:
        verdict: what may be said of its direction.
        singles: every single one; weeks: the mean of each week, joined by a line.
        band: the yardstick, from the top; None where it lies off the chart.
        top, bottom: what the edges stand for; first, last: the weeks at the ends.
        rows: a week, how many it had, and its mean, for who wants figures.
        said: all of it in one sentence.
    """

    title: str
    unit: str
    verdict: str
    singles: tuple[Dot, ...]
    weeks: tuple[Dot, ...]
    band: Range | None
    top: str
    bottom: str
    first: str
    last: str
    rows: tuple[tuple[str, int, str], ...]
    said: str
    held_against: str = ""


@dataclass(frozen=True, slots=True)
class LandedRow:
    """A key message, and where it came across: the words, and the moment they were said."""

    message: str
    places: tuple[tuple[str, Link], ...]


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """What somebody else said.

    Attributes:
        who: with the day, "Ada, 3 February 2026".
    """

    who: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class SessionPart:
    """One session."""

    id: int
    anchor: str
    title: str
    facts: tuple[str, ...]
    answers: tuple[AnswerPart, ...] = ()
    debrief: tuple[AnswerPart, ...] = ()
    told: tuple[Told, ...] = ()
    ratings: tuple[RatingRow, ...] = ()
    pace: PaceChart | None = None
    landed: tuple[LandedRow, ...] = ()
    feedback: tuple[FeedbackRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A line of the contents: an answer, a session, or a part of one.

    Attributes:
        number: "12.3" or "12"; empty for a part without one.
    """

    anchor: str
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole file.

    Attributes:
        about: what stands below the title.
        contents: what leads to its parts; the trends aside.
        sessions: gone through once, while the page is written: of many each is made when its turn comes, for
            it holds its recordings.
        several: each has a heading of its own.
        with_sound: recordings are embedded, where there are any.
        trends: of several weeks; empty when there are too few to draw.
        trends_of: which weeks those are, in words.
        made: when, and by what.
    """

    title: str
    about: str
    contents: tuple[Content, ...]
    sessions: Iterable[SessionPart]
    several: bool = False
    with_sound: bool = False
    trends: tuple[TrendChart, ...] = ()
    trends_of: str = ""
    made: str = ""
