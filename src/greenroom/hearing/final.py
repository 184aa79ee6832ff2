"""The final words of an answer: decoded again in idle time, hesitations put in, times mended.

Every recording is read and decoded in pieces of a few minutes, cut where the pause is longest, so that two
hours need no more memory than five minutes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from greenroom.errors import TranscriptionError
from greenroom.hearing.fillers_back import with_fillers
from greenroom.hearing.stretches import LEAD_S, TAIL_S
from greenroom.hearing.transcriber import GiveWay, Recogniser
from greenroom.hearing.word_times import placed
from greenroom.types import SAMPLE_RATE_HZ, Pcm, Span, Word

PIECE_S = 300.0
"""A piece is this long at most: 20 MB of sound and 60 MB of spectra while it is decoded."""
LEAST_PIECE_S = 180.0
"""Its end is sought from here on."""
LONGEST_SPAN_S = 60.0
MOST_CHANGED = 0.2
"""Share of a piece's words by which a second decoding may differ in number from the first; one that lost or
invented more has gone astray."""
ALWAYS_ALLOWED = 3
"""Words by which it may differ however short the piece."""


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
    rule = recogniser.final
    words: list[Word] = []
    piece_from_s = -math.inf
    for piece in pieces(voiced):
        # A word belongs to the piece whose sound holds its beginning; the outermost take what lies beyond.
        until_s = piece.sound.end_s if piece.voiced[-1].end_s < voiced[-1].end_s else math.inf
        before = [word for word in stitched if piece_from_s <= word.start_s < until_s]
        piece_from_s = until_s
        if not before:
            continue  # nothing but noise was there: a second look would only invent words
        give_way()
        pcm = _read(audio, piece.sound, left_out)
        plain = before
        if rule.whole:
            again = _decode(recogniser, pcm, piece.sound.start_s, give_way, primed=False)
            if _is_sound(again, before, is_filler):
                plain = again
        primed = _decode(recogniser, pcm, piece.sound.start_s, give_way, primed=True)
        both = with_fillers(plain, primed, is_filler, least_s=rule.least_filler_s)
        words += placed(both, piece.voiced)
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer: the sound to decode, and the spans of speech in it."""

    sound: Span
    voiced: tuple[Span, ...]


def pieces(voiced: Sequence[Span]) -> Iterator[Piece]:
    """Cuts an answer into pieces of PIECE_S at most, at its longest pauses."""
    spans = [part for span in voiced for part in _parts(span)]
    begins_s = max(spans[0].start_s - LEAD_S, 0.0) if spans else 0.0
    start = 0
    while start < len(spans):
        end = next((place for place, span in enumerate(spans) if span.end_s - begins_s > PIECE_S), len(spans))
        ends_s = spans[-1].end_s + TAIL_S
        if end < len(spans):
            late = [
                place
                for place in range(start + 1, end + 1)
                if spans[place].start_s - begins_s >= LEAST_PIECE_S
            ]
            end = max(late or [end], key=lambda place: spans[place].start_s - spans[place - 1].end_s)
            ends_s = (spans[end - 1].end_s + spans[end].start_s) / 2
        yield Piece(Span(begins_s, ends_s), tuple(spans[start:end]))
        start, begins_s = end, ends_s


def _parts(span: Span) -> Iterator[Span]:
    """A span without a pause in minutes (a radio, an orator) is cut all the same."""
    start_s = span.start_s
    while span.end_s - start_s > LONGEST_SPAN_S:
        yield Span(start_s, start_s + LONGEST_SPAN_S)
        start_s += LONGEST_SPAN_S
    yield Span(start_s, span.end_s)


def _read(audio: Path, sound: Span, left_out: Sequence[Span]) -> Pcm:
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


def _is_sound(again: Sequence[Word], before: Sequence[Word], is_filler: Callable[[str], bool]) -> bool:
    """Whether a second decoding has about as many words as the first, hesitations set aside."""
    count, expected = (sum(not is_filler(word.text) for word in words) for words in (again, before))
    return abs(count - expected) <= max(MOST_CHANGED * expected, ALWAYS_ALLOWED)
