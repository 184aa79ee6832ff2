"""An answer as subtitles: cues of sensible length out of the times of its words, as SRT or WebVTT. Pure.

How much fits on a screen and how long it stays is what broadcasters ask of subtitles (Netflix's timed text
style guide for English: 42 characters a line, two lines, 5/6 s to 7 s).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from greenroom.review.clean import clean
from greenroom.types import Word

SubtitleFormat: TypeAlias = Literal["srt", "vtt"]

LINE_LETTERS = 42
MOST_LETTERS = 2 * LINE_LETTERS
LONGEST_MS = 7_000
SHORTEST_MS = 833

PAUSE_MS = 700
"""After a silence so long the next words are a cue of their own: else they would be read before they are
said."""

SENTENCE_LETTERS = LINE_LETTERS // 2
"""A sentence that ends after so many ends its cue too."""

_ENDS = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class Cue:
    """What stands on the screen at a time, in milliseconds on the recording's clock."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def cues(words: Iterable[Word]) -> list[Cue]:
    """The words in cues, in order. None begins before the one before it has ended.

    Times that run backwards or stand still, as a recogniser's may, are set right: a word takes a
    millisecond at least.
    """
    timed = _in_order(words)
    found: list[Cue] = []
    begun: list[tuple[str, int, int]] = []
    for word in timed:
        if begun and _closes(begun, word):
            found.append(_cue(begun))
            begun = []
        begun.append(word)
    if begun:
        found.append(_cue(begun))
    return _held(found)


def written(cues: Sequence[Cue], form: SubtitleFormat) -> str:
    """A file of cues. One without any is a file all the same: nothing was said."""
    blocks = ["WEBVTT"] if form == "vtt" else []
    for number, cue in enumerate(cues, start=1):
        times = f"{_clock(cue.start_ms, form)} --> {_clock(cue.end_ms, form)}"
        blocks.append("\n".join((str(number), times, *(_escaped(line, form) for line in cue.lines))))
    return "".join(f"{block}\n\n" for block in blocks)[:-1] if blocks else ""


def _in_order(words: Iterable[Word]) -> list[tuple[str, int, int]]:
    """Text, start and end of each word with a text, in milliseconds, none before the one before it."""
    timed: list[tuple[str, int, int]] = []
    after_ms = 0
    for word in words:
        text = clean(word.text).strip()
        if not text:
            continue
        start_ms = max(round(word.start_s * 1000), after_ms)
        after_ms = max(round(word.end_s * 1000), start_ms + 1)
        timed.append((text, start_ms, after_ms))
    return timed


def _closes(begun: Sequence[tuple[str, int, int]], word: tuple[str, int, int]) -> bool:
    """Whether a cue ends before this word."""
    text = " ".join(one for one, _, _ in begun)
    _, start_ms, end_ms = word
    return (
        len(_in_lines(f"{text} {word[0]}")) > 2
        or end_ms - begun[0][1] > LONGEST_MS
        or start_ms - begun[-1][2] >= PAUSE_MS
        or (text.endswith(_ENDS) and len(text) >= SENTENCE_LETTERS)
    )


def _cue(words: Sequence[tuple[str, int, int]]) -> Cue:
    return Cue(words[0][1], words[-1][2], tuple(_in_lines(" ".join(text for text, _, _ in words))))


def _in_lines(text: str) -> list[str]:
    """The text in lines of at most `LINE_LETTERS`, two of them about the same length.

    A word that is longer than a line is cut: nothing that somebody says is, but a file may hold anything.
    """
    lines: list[str] = []
    while len(text) > LINE_LETTERS:
        if (middle := _middle(text)) is not None:
            return [*lines, text[:middle], text[middle + 1 :]]
        line, space, _ = text[: LINE_LETTERS + 1].rpartition(" ")
        if not space:
            line = text[:LINE_LETTERS]
        lines.append(line)
        text = text[len(line) + len(space) :]
    return [*lines, text]


def _middle(text: str) -> int | None:
    """The space at which two lines come nearest to the same length; None when it does not fit into two."""
    if len(text) > MOST_LETTERS + 1:
        return None
    spaces = (place for place, letter in enumerate(text) if letter == " ")
    fitting = [place for place in spaces if place <= LINE_LETTERS and len(text) - place - 1 <= LINE_LETTERS]
    return min(fitting, key=lambda place: abs(2 * place - len(text)), default=None)


def _held(found: Sequence[Cue]) -> list[Cue]:
    """Cues too short to be read stay a little longer, as far as the next one lets them."""
    held = []
    for cue, after in pairwise((*found, None)):
        assert cue is not None
        end_ms = min(max(cue.end_ms, cue.start_ms + SHORTEST_MS), cue.start_ms + LONGEST_MS)
        if after is not None:
            end_ms = min(end_ms, after.start_ms)
        held.append(replace(cue, end_ms=end_ms))
    return held


def _clock(at_ms: int, form: SubtitleFormat) -> str:
    seconds, ms = divmod(at_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{',' if form == 'srt' else '.'}{ms:03}"


def _escaped(line: str, form: SubtitleFormat) -> str:
    """Nothing said is markup, and no line is taken for times. SRT has no escapes: brackets are replaced."""
    line = line.replace("-->", "→")
    if form == "vtt":
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return line.replace("<", "‹").replace(">", "›").replace("{", "(").replace("}", ")")
