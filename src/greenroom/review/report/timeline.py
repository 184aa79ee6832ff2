"""The timeline of an answer: thinking, speech, long pauses, hesitations, and what was said to the program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from greenroom.coaching.timing import merged
from greenroom.review import figures
from greenroom.review.report import words
from greenroom.review.report.parts import Paragraph, Stretch, StretchKind, Tick, Timeline
from greenroom.review.transcript import LONG_PAUSE_S
from greenroom.types import Span, Timing

JOINED_S = 0.25
"""Shorter silences are ordinary and would only make the bar look torn."""

FINEST = 1 / 700
"""Of the whole: about a dot on a screen. A silence below it cannot be seen in a recording of hours."""


def timeline(
    voiced: Sequence[Span],
    left_out: Sequence[Span],
    timing: Timing | None,
    paragraphs: Iterable[Paragraph],
    length_s: float | None = None,
) -> Timeline | None:
    """None when nobody speaks.

    Args:
        voiced, left_out: as stored, in seconds on the recording's clock.
        length_s: of the recording, if that is known; else it ends with the last voice.
    """
    commands = merged(left_out)
    spans = merged(voiced)
    if not spans:
        return None
    end_s = max(length_s or 0.0, spans[-1].end_s, *(span.end_s for span in commands))
    stretches = [*_thinking(spans, timing, end_s), *_speech(spans, end_s)]
    pauses = _pauses(spans, left_out, timing, end_s)
    stretches += [one for one in pauses if one.width >= 100 * FINEST]
    stretches += [
        _stretch("command", span, end_s, words.STRETCH_COMMAND.format(at=figures.clock(span.start_s)))
        for span in commands
    ]
    ticks = tuple(
        Tick(
            _percent(word.start_s, end_s),
            words.FILLER_AT.format(word=word.text.strip(".,;:!?…"), at=figures.clock(word.start_s)),
        )
        for paragraph in paragraphs
        for word in paragraph.words
        if word.filler and word.start_s is not None
    )
    return Timeline(
        length_s=round(end_s, 3),
        length=figures.clock(end_s),
        stretches=tuple(stretches),
        ticks=ticks,
        said=_said(spans, timing, len(pauses), len(ticks)),
    )


def _thinking(spans: Sequence[Span], timing: Timing | None, end_s: float) -> list[Stretch]:
    first_s = spans[0].start_s
    if timing is None or timing.thinking_s <= 0 or first_s <= 0:
        return []
    # The recording begins shortly before the question has ended: what came before it cannot be drawn.
    span = Span(max(0.0, first_s - timing.thinking_s), first_s)
    label = words.STRETCH_THINKING.format(figure=figures.seconds(timing.thinking_s))
    return [_stretch("thinking", span, end_s, label)]


def _speech(spans: Sequence[Span], end_s: float) -> list[Stretch]:
    shortest_s = max(JOINED_S, end_s * FINEST)
    joined: list[Span] = []
    for span in spans:
        if joined and span.start_s - joined[-1].end_s < shortest_s:
            joined[-1] = Span(joined[-1].start_s, span.end_s)
        else:
            joined.append(span)
    return [
        _stretch(
            "speech",
            span,
            end_s,
            words.STRETCH_SPEECH.format(
                figure=figures.seconds(span.duration_s), at=figures.clock(span.start_s)
            ),
        )
        for span in joined
    ]


def _pauses(
    spans: Sequence[Span], left_out: Sequence[Span], timing: Timing | None, end_s: float
) -> list[Stretch]:
    """The long ones; the silence around a command is none, and none is longer than the longest told of."""
    longest_s = timing.longest_pause_s if timing else float("inf")
    found = []
    for before, after in pairwise(spans):
        gap = Span(before.end_s, after.start_s)
        if gap.duration_s < LONG_PAUSE_S or any(span.overlaps(gap) for span in left_out):
            continue
        figure = figures.seconds(min(gap.duration_s, max(longest_s, LONG_PAUSE_S)))
        label = words.STRETCH_PAUSE.format(figure=figure, at=figures.clock(gap.start_s))
        found.append(_stretch("pause", gap, end_s, label))
    return found


def _said(spans: Sequence[Span], timing: Timing | None, pauses: int, ticks: int) -> str:
    spoken_s = timing.speaking_s if timing else sum(span.duration_s for span in spans)
    length_s = timing.answer_s if timing else spans[-1].end_s - spans[0].start_s
    facts = []
    if timing and timing.thinking_s > 0:
        facts.append(words.TIMELINE_THOUGHT.format(figure=figures.seconds(timing.thinking_s)))
    facts.append(
        words.TIMELINE_SPOKE.format(spoken=figures.seconds(spoken_s), length=figures.seconds(length_s))
    )
    facts.append(words.TIMELINE_PAUSES.format(count=pauses))
    facts.append(words.TIMELINE_FILLERS.format(count=ticks))
    return words.TIMELINE.format(facts=", ".join(facts))


def _stretch(kind: StretchKind, span: Span, end_s: float, label: str) -> Stretch:
    left = _percent(span.start_s, end_s)
    return Stretch(kind, left, round(_percent(span.end_s, end_s) - left, 3), label)


def _percent(at_s: float, end_s: float) -> float:
    return round(min(100.0, max(0.0, 100 * at_s / end_s)), 3)
