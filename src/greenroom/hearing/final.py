"""The final words of an answer: decoded again in idle time, hesitations put in, times mended.

Every recording is read and decoded in pieces of two minutes at most, cut where the pause is longest, so
that two hours need no more memory than those.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from greenroom.errors import TranscriptionError
from greenroom.hearing.fillers_back import bare, with_fillers
from greenroom.hearing.stitching import stitched as in_one
from greenroom.hearing.stretches import LEAD_S, TAIL_S, StretchPlanner, StretchRule
from greenroom.hearing.transcriber import GiveWay, Recogniser
from greenroom.hearing.word_times import placed
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Span, Word

PIECE_S = 120.0
"""A piece is this long at most. Its spectrum is made at one go, in 0.1 s: that of 300 s takes 0.8 s, in which
no stretch can be decoded."""
LEAST_PIECE_S = 60.0
"""Its end is sought from here on."""
SILENCE_S = 5.0
"""A pause this long is not decoded: Whisper invents words in it, or times the next one too early."""
LONGEST_SPAN_S = 60.0
"""Speech without a pause is cut at this length."""
LOST_RUN = 5
"""So many different words on end that only the first decoding has were said: Whisper now and then jumps
over a sentence when it goes on from a time stamp of its own. The first decoding is kept then."""
MOST_CHANGED = 0.2
"""Share of a piece's words by which a second decoding may differ in number from the first; one that lost or
invented more has gone astray."""
ALWAYS_ALLOWED = 3
"""Words by which it may differ however short the piece."""
LONGEST_LOOK_S = 25.0
"""A stretch decoded again is no longer than this: one look of Whisper's, nearly twice what a stretch is."""


def final_words(
    recogniser: Recogniser,
    audio: Path,
    voiced: Sequence[Span],
    left_out: Sequence[Span],
    stitched: Sequence[Word],
    is_filler: Callable[[str], bool],
    give_way: GiveWay,
) -> tuple[Word, ...]:
    """The words of a recording as they are to be kept; takes a good part of a minute for a long answer.

    Args:
        audio: the recording; nothing is read beyond the first and the last voiced span.
        voiced: the spans of speech, in order.
        left_out: spans in which something was said that is not part of the answer.
        stitched: the words so far, decoded stretch by stretch.
        is_filler: whether a word's text is a hesitation.
        give_way: called before each window that is decoded.

    Returns:
        Words on the recording's clock, their starts never going back, all within voiced spans.

    Raises:
        GreenroomError: the file cannot be read, or not be decoded.
    """
    words: list[Word] = []
    from_s = -math.inf
    first = placed(stitched, voiced)
    for piece in pieces(voiced):
        before = [word for word in first if from_s <= word.start_s < piece.until_s]
        from_s = piece.until_s
        words += final_piece(recogniser, audio, piece, before, left_out, is_filler, give_way)
    return tuple(words)


def final_piece(
    recogniser: Recogniser,
    audio: Path,
    piece: Piece,
    before: Sequence[Word],
    left_out: Sequence[Span],
    is_filler: Callable[[str], bool],
    give_way: GiveWay,
) -> tuple[Word, ...]:
    """The final words of a piece, as of the whole; `before` are its words decoded stretch by stretch."""
    if not before:
        return ()  # nothing but noise was there: a second look would only invent words
    rule = recogniser.final
    give_way()
    pcm = read_span(audio, piece.sound, left_out)
    plain = before
    if rule.whole:
        again = _decode(recogniser, pcm, piece.sound.start_s, give_way, primed=False)
        if _is_sound(again, before):
            plain = again
    primed = _decode(recogniser, pcm, piece.sound.start_s, give_way, primed=True)
    both = with_fillers(plain, primed, is_filler, least_s=rule.least_filler_s)
    return placed(both, piece.voiced)


def unhurried_words(
    recogniser: Recogniser,
    audio: Path,
    voiced: Sequence[Span],
    left_out: Sequence[Span],
    words: Sequence[Word],
) -> tuple[Word, ...]:
    """The words of an answer whose last stretch was decoded in a hurry, that stretch decoded again.

    Args:
        words: those so far; the others are as of `final_words`.

    Returns:
        Words on the recording's clock; as they were where the second look has lost or invented some.

    Raises:
        GreenroomError: the file cannot be read, or not be decoded.
    """
    start_s = last_stretch_s(voiced, left_out, recogniser.rule)
    before = [word for word in words if word.start_s < start_s]
    pcm = read_span(audio, Span(start_s, voiced[-1].end_s + TAIL_S), left_out)
    again = [word.shifted(start_s) for word in recogniser.decode(pcm)]
    if not again or not _is_sound(again, words[len(before) :]):
        return tuple(words)
    first_s, last_s = voiced[0].start_s, voiced[-1].end_s
    return in_one([before, again], recogniser.name, first_s=first_s, last_s=last_s).words


def last_stretch_s(voiced: Sequence[Span], left_out: Sequence[Span], rule: StretchRule) -> float:
    """Where the last stretch of an answer began, as its planner saw it.

    Where it was cut in the middle of speech, which only the sound could tell, it is LONGEST_LOOK_S before the
    end at the earliest: more than the stretch, and no more than is decoded at one look.
    """
    planner, begins_s, ended_s = StretchPlanner(rule), 0.0, 0.0
    for span in voiced:
        for command in left_out:
            if ended_s <= command.start_s < span.start_s:
                planner.leave_out(ended_s, command.end_s)
        planner.speech(span.start_s)
        begins_s, ended_s = planner.begins_s or 0.0, span.end_s
        planner.pause(ended_s)
    return max(begins_s, ended_s - LONGEST_LOOK_S)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer: the sound to decode, the spans of speech in it, and where the next one begins."""

    sound: Span
    voiced: tuple[Span, ...]
    until_s: float


def pieces(voiced: Sequence[Span]) -> Iterator[Piece]:
    """Cuts an answer into pieces of PIECE_S at most: where nobody speaks for SILENCE_S, or pauses longest."""
    spans = [part for span in voiced for part in _parts(span)]
    start, after_s = 0, 0.0
    while start < len(spans):
        end = _end_of_piece(spans, start)
        until_s = (spans[end - 1].end_s + spans[end].start_s) / 2 if end < len(spans) else math.inf
        sound = Span(max(spans[start].start_s - LEAD_S, after_s), min(spans[end - 1].end_s + TAIL_S, until_s))
        yield Piece(sound, tuple(spans[start:end]), until_s)
        start, after_s = end, until_s


def _end_of_piece(spans: Sequence[Span], start: int) -> int:
    """The place of the span that begins the next piece."""
    begins_s = spans[start].start_s - LEAD_S
    longest_s, best = 0.0, start + 1
    for place in range(start + 1, len(spans)):
        pause_s = spans[place].start_s - spans[place - 1].end_s
        if pause_s >= SILENCE_S:
            return place
        if spans[place].start_s - begins_s >= LEAST_PIECE_S and pause_s >= longest_s:
            longest_s, best = pause_s, place
        if spans[place].end_s + TAIL_S - begins_s > PIECE_S:
            return best if best > start + 1 else place
    return len(spans)


def _parts(span: Span) -> Iterator[Span]:
    """A span without a pause in minutes (a radio, an orator) is cut all the same."""
    start_s = span.start_s
    while span.end_s - start_s > LONGEST_SPAN_S:
        yield Span(start_s, start_s + LONGEST_SPAN_S)
        start_s += LONGEST_SPAN_S
    yield Span(start_s, span.end_s)


def read_span(audio: Path, sound: Span, left_out: Sequence[Span]) -> Pcm:
    """A stretch of a recording, with nothing to be heard in the spans left out.

    Raises:
        TranscriptionError: the file cannot be read.
    """
    import soundfile

    start = round(sound.start_s * SAMPLE_RATE_HZ)
    try:
        with soundfile.SoundFile(audio) as file:
            file.seek(min(start, len(file)))
            pcm: Pcm = file.read(round(sound.duration_s * SAMPLE_RATE_HZ), dtype="int16")
    except (OSError, soundfile.SoundFileError) as error:
        raise TranscriptionError(
            f"{audio} cannot be read: {error}.", "Its first transcript stays as it is."
        ) from error
    return silenced(pcm, start, left_out)


def silenced(pcm: Pcm, start: int, left_out: Sequence[Span]) -> Pcm:
    """A piece of a recording that begins at sample `start`, with nothing to be heard in those spans."""
    pcm = pcm.copy()
    for span in left_out:
        first, last = (max(round(at_s * SAMPLE_RATE_HZ) - start, 0) for at_s in (span.start_s, span.end_s))
        pcm[first:last] = 0
    return pcm


def _decode(
    recogniser: Recogniser, pcm: Pcm, offset_s: float, give_way: GiveWay, *, primed: bool
) -> list[Word]:
    words: list[Word] = []
    for window in recogniser.windows(pcm, primed=primed):
        words += (word.shifted(offset_s) for word in window)
        give_way()
    return words


def _is_sound(again: Sequence[Word], before: Sequence[Word]) -> bool:
    """Whether a second decoding has about as many words as the first, and has jumped over none."""
    if abs(len(again) - len(before)) > max(MOST_CHANGED * len(before), ALWAYS_ALLOWED):
        return False
    said, heard = ([bare(word.text) for word in words] for words in (before, again))
    return not any(
        len(set(said[first:last])) - (end - begin) >= LOST_RUN
        for _, first, last, begin, end in SequenceMatcher(None, said, heard, autojunk=False).get_opcodes()
    )
