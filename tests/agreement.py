"""How far the program agrees with the marks made by hand (marks.py): one function a measure, figures only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import mean
from typing import Literal

from greenroom.cli import data
from greenroom.coaching.advice import advise
from greenroom.coaching.landing import Likeness, land, said
from greenroom.coaching.lexicon import Lexicon
from greenroom.coaching.measures import Found, Measures, StarPart, measure
from greenroom.coaching.pauses import SHORTEST_S
from greenroom.coaching.timing import timing_of_spans
from greenroom.hearing.answer import Words, hear_recording
from greenroom.hearing.edges import refined_onset
from greenroom.hearing.stretches import StretchRule
from greenroom.hearing.vad import SileroVad
from greenroom.types import SAMPLE_RATE_HZ, Advice, Answer, Pcm, Span, Word
from marks import MarkedAnswer, Pair, TimedRecording

SLACK_WORDS = {"repeats": 2, "restarts": 3}
"""So far apart may be what a person marked and what the program points at: a restart is two sayings, and
either of them may be named. Everywhere else they have to share a word."""
BEGINS_WITHIN_WORDS = 3
GRADES = ("again", "hard", "good", "easy")


@dataclass(frozen=True)
class Matched:
    """What was marked against what was found, over some answers.

    Attributes:
        exact: share of answers with as many found as marked.
        difference: mean absolute difference of the two counts, an answer.
    """

    answers: int
    marked: int
    found: int
    precision: float
    recall: float
    exact: float
    difference: float


@dataclass(frozen=True)
class StarMatched:
    """Parts of stories; `begins`: of those found rightly, how many begin within three words of the mark."""

    answers: int
    marked: int
    found: int
    precision: float
    recall: float
    begins: float


@cache
def measured(marked: MarkedAnswer) -> Measures:
    return measure(marked.as_answer(), _lexicon())


@cache
def advised(marked: MarkedAnswer) -> Advice:
    seconds = _seconds()[marked.question]
    return advise(measured(marked), seconds=seconds, kind=marked.kind)


@cache
def _lexicon() -> Lexicon:
    return data.lexicon()


@cache
def _seconds() -> dict[str, tuple[int, int]]:
    """The range of every shipped question, by "pack/id"."""
    packs = data.packs(data.shipped("prompts") / "no home of anybody's")
    return {f"{pack.id}/{question.id}": question.seconds for pack in packs for question in pack.questions}


# Words that were marked


def phrases(name: str, answers: Sequence[MarkedAnswer]) -> Matched:
    """Agreement on one of hedges, openers, repeats, restarts, numbers, outcomes."""
    marked = found = right = met = exact = 0
    differences = []
    for answer in answers:
        places = answer.places[name]
        said = found_in(measured(answer), name)
        spans = [(one.place, one.place + len(one.text.split())) for one in said]
        slack = SLACK_WORDS.get(name, 0)
        marked += len(places)
        found += len(spans)
        met += sum(any(_meet((p.first, p.past), span, slack) for span in spans) for p in places)
        right += sum(any(_meet((p.first, p.past), span, slack) for p in places) for span in spans)
        exact += len(places) == len(spans)
        differences.append(abs(len(places) - len(spans)))
    return Matched(
        len(answers),
        marked,
        found,
        precision=share(right, found),
        recall=share(met, marked),
        exact=share(exact, len(answers)),
        difference=mean(differences),
    )


def found_in(measures: Measures, name: str) -> tuple[Found, ...]:
    found = getattr(measures, name)
    return tuple(found) if isinstance(found, tuple) else tuple(found.found)


def _meet(one: tuple[int, int], other: tuple[int, int], slack: int) -> bool:
    return one[0] < other[1] + slack and other[0] < one[1] + slack


def star(answers: Sequence[MarkedAnswer]) -> StarMatched:
    """Which parts of the story there are, and where they begin."""
    marked = found = right = near = 0
    for answer in answers:
        told = measured(answer).star
        parts = {part.name: part for part in told.parts} if told else {}
        marked += len(answer.star)
        found += len(parts)
        for name in parts.keys() & answer.star.keys():
            right += 1
            near += abs(_begins(parts[name], answer) - answer.star[name]) <= BEGINS_WITHIN_WORDS
    return StarMatched(
        len(answers), marked, found, share(right, found), share(right, marked), share(near, right)
    )


def _begins(part: StarPart, answer: MarkedAnswer) -> int:
    """The word with which a part begins; where its clock says so, if that is known."""
    if part.at_s is None:
        return part.rests_on[0].place
    words = answer.as_answer().words
    return min(range(len(words)), key=lambda at: abs(words[at].start_s - (part.at_s or 0.0)))


# Counts


def exact_and_difference(
    answers: Sequence[MarkedAnswer],
    marked: Callable[[MarkedAnswer], int],
    found: Callable[[Measures], int],
) -> tuple[float, float]:
    """Share of answers in which a count is the marked one, and the mean absolute difference."""
    off = [abs(marked(answer) - found(measured(answer))) for answer in answers]
    return share(off.count(0), len(off)), mean(off)


def fillers_alike(answers: Sequence[MarkedAnswer]) -> float:
    """Share of answers in which every hesitation is counted under its word."""
    return mean(dict(answer.fillers) == dict(_fillers(measured(answer))) for answer in answers)


def _fillers(measures: Measures) -> dict[str, int]:
    return dict(measures.fillers.by_word) if measures.fillers else {}


# Judgements


def words_met(answers: Sequence[MarkedAnswer]) -> dict[str, tuple[int, float, int]]:
    """By whether the question was met: answers, mean share of its words taken up, "off-question" said."""
    rows = {}
    for met in ("yes", "partly", "no"):
        of = [answer for answer in answers if answer.met == met]
        shares = [len(r.met) / len(r.asked) for answer in of if (r := measured(answer).relevance) is not None]
        off = sum(any(each.id == "off-question" for each in advised(answer).findings) for answer in of)
        rows[met] = (len(of), mean(shares) if shares else float("nan"), off)
    return rows


def follow_ups(answers: Iterable[MarkedAnswer]) -> Counter[tuple[str, str]]:
    """How often (marked, proposed) came together."""
    return Counter((answer.follow_up, advised(answer).follow_up or "none") for answer in answers)


def grades(answers: Sequence[MarkedAnswer]) -> tuple[int, float, float]:
    """Answers that were graded at all, and the share of those graded the same, and within one step."""
    pairs = [
        (GRADES.index(answer.grade), GRADES.index(grade))
        for answer in answers
        if (grade := advised(answer).grade) is not None
    ]
    same = [marked == found for marked, found in pairs]
    near = [abs(marked - found) <= 1 for marked, found in pairs]
    return len(pairs), mean(same), mean(near)


# Messages


def landed(pairs: Sequence[Pair], tells: Callable[[str, str], bool]) -> tuple[float, float]:
    """Precision and recall of `tells(message, passage)`."""
    both = [(pair.landed, tells(pair.message, pair.passage)) for pair in pairs]
    right = sum(marked and found for marked, found in both)
    return share(right, sum(found for _, found in both)), share(right, sum(marked for marked, _ in both))


def tells(likeness: Likeness | None, *, points: bool = False) -> Callable[[str, str], bool]:
    """Whether a passage tells a message, or says a bullet point, as the program finds it."""
    words = data.vocabulary()
    finds = said if points else land

    @cache
    def told(message: str, passage: str) -> bool:
        return bool(finds([message], Answer("", passage), likeness, words))

    return told


def kinds_of_pairs(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Those in view, those held out, and of these the ones whose message is in no pair in view."""
    in_view = [pair for pair in pairs if not pair.held_out]
    held_out = [pair for pair in pairs if pair.held_out]
    known = {pair.message for pair in in_view}
    new = [pair for pair in held_out if pair.message not in known]
    kinds = {"in view": in_view, "held out": held_out, "held out, new messages": new}
    return {kind: some for kind, some in kinds.items() if some}


def by_reason(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    rows: dict[str, list[Pair]] = {}
    for pair in pairs:
        rows.setdefault(pair.because, []).append(pair)
    return rows


# The clock


@dataclass(frozen=True)
class Off:
    """How far measured lies from marked: mean absolute difference, and the share within a limit."""

    recordings: int
    difference: float
    within: float


def off(pairs: Sequence[tuple[float, float]], within: float) -> Off:
    """Of (marked, measured)."""
    apart = [abs(marked - found) for marked, found in pairs]
    return Off(len(apart), mean(apart), mean(each <= within + 1e-9 for each in apart))


def heard_in(recording: TimedRecording) -> tuple[Span, ...]:
    """When somebody speaks, by the ear that an import uses."""
    rule = StretchRule(least_s=3600.0, most_s=3600.0)  # nothing is decoded here
    voiced, _, _ = hear_recording([recording.pcm], SileroVad(), _no_words, rule)
    first = voiced[0]
    upto = recording.pcm[: round((first.start_s + 0.1) * SAMPLE_RATE_HZ)]
    return Span(refined_onset(upto, first.start_s), first.end_s), *voiced[1:]


def _no_words(pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
    words = Words()
    words.set_result(())
    return words


def timed(recording: TimedRecording, voiced: tuple[Span, ...], words: tuple[Word, ...] = ()) -> Measures:
    """All measures of a recording from its spans and words."""
    text = " ".join(word.text for word in words)
    timing = timing_of_spans(voiced, 0.0, len(words))
    return measure(Answer("", text, words, voiced, (), timing), _lexicon())


@dataclass(frozen=True)
class MarkedPauses:
    """As `Measures.pauses`, from the marks."""

    count: int
    longest_s: float
    share: float


def marked_pauses(recording: TimedRecording) -> MarkedPauses:
    lengths_s = [pause.duration_s for pause in recording.pauses if pause.duration_s >= SHORTEST_S]
    return MarkedPauses(len(lengths_s), max(lengths_s, default=0.0), sum(lengths_s) / recording.answer_s)


def marked_course(recording: TimedRecording) -> tuple[float, ...]:
    """Words a minute in each third, from the marks."""
    third_s = recording.answer_s / 3
    return tuple(count * 60 / third_s for count in recording.words_in_thirds)


def times(recording: TimedRecording, found: Measures) -> dict[str, tuple[float, float]]:
    """(marked, measured) of everything that the clock tells, in seconds, but for number and share."""
    timing, pauses, marked = found.timing, found.pauses, marked_pauses(recording)
    assert timing is not None and pauses is not None, recording.id
    return {
        "thinking time, s": (recording.first_voiced_s, timing.thinking_s),
        "length, s": (recording.answer_s, timing.answer_s),
        "longest pause, s": (marked.longest_s, pauses.longest_s),
        "pauses, number": (marked.count, pauses.count),
        "pauses, share": (marked.share, pauses.share),
    }


def paces(recording: TimedRecording, found: Measures) -> dict[str, list[tuple[float, float]]]:
    """(marked, measured) in words a minute: of the whole, and of each third where both know it."""
    whole = found.timing.words_per_minute if found.timing else None
    rows: dict[str, list[tuple[float, float]]] = {}
    if whole is not None:
        rows["whole answer"] = [(recording.words * 60 / recording.answer_s, whole)]
    if found.pace_course and recording.words_in_thirds:
        rows["each third"] = list(zip(marked_course(recording), found.pace_course, strict=True))
    return rows


def share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


Kind = Literal["in view", "held out"]


def kinds(answers: Sequence[MarkedAnswer]) -> dict[Kind, list[MarkedAnswer]]:
    """Those that rules were made with in view, and the others."""
    return {
        "in view": [answer for answer in answers if not answer.held_out],
        "held out": [answer for answer in answers if answer.held_out],
    }
