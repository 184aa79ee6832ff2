"""An answer heard once more by another model, long after: piece by piece, within the speech that is known.

The spans of speech were measured when it was recorded and stay as they are, and so do all times taken from
them; what is new are the words. Nobody waits, so every model gets stretches as long as it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from greenroom.hearing.final import Piece, final_piece, read_span
from greenroom.hearing.stitching import stitched
from greenroom.hearing.stretches import LEAD_S, TAIL_S
from greenroom.hearing.transcriber import GiveWay, Recogniser
from greenroom.hearing.word_times import placed
from greenroom.types import Span, Transcript, Word

MOST_S = 25.0
"""As an import's stretches (`recorded.RULE`): what Whisper looks at in one window, with room to spare."""
LEAST_S = 12.5
"""The longest pause from here on is where a stretch is cut."""


def words_of_piece(
    recogniser: Recogniser,
    audio: Path,
    piece: Piece,
    left_out: Sequence[Span],
    is_filler: Callable[[str], bool],
    give_way: GiveWay,
) -> tuple[Word, ...]:
    """The words of a piece of a recording; none when there is nothing but noise in it.

    Args:
        left_out: spans in which something was said that is no part of the answer.
        give_way: called between two decodings; what it raises goes through.

    Raises:
        TranscriptionError: the file cannot be read, or not be decoded.
    """
    decoded = []
    for sound in stretches(piece):
        give_way()
        found = recogniser.decode(read_span(audio, sound, left_out))
        decoded.append([word.shifted(sound.start_s) for word in found])
    first_s, last_s = piece.voiced[0].start_s, piece.voiced[-1].end_s
    plain = stitched(decoded, recogniser.name, first_s=first_s, last_s=last_s).words
    return final_piece(recogniser, audio, piece, placed(plain, piece.voiced), left_out, is_filler, give_way)


def whole(pieces: Sequence[Sequence[Word]], model: str, voiced: Sequence[Span]) -> Transcript:
    """The final transcript of an answer from the words of its pieces, in order."""
    found = stitched(pieces, model, first_s=voiced[0].start_s, last_s=voiced[-1].end_s)
    return Transcript(found.text, found.words, model, "final")


def stretches(piece: Piece) -> Iterator[Span]:
    """What of a piece is decoded at one go: MOST_S at most where there are pauses, cut at the longest."""
    spans = piece.voiced
    start, after_s = 0, piece.sound.start_s
    while start < len(spans):
        end = _end_of_stretch(spans, start)
        until_s = (spans[end - 1].end_s + spans[end].start_s) / 2 if end < len(spans) else piece.sound.end_s
        yield Span(max(spans[start].start_s - LEAD_S, after_s), min(spans[end - 1].end_s + TAIL_S, until_s))
        start, after_s = end, until_s


def _end_of_stretch(spans: Sequence[Span], start: int) -> int:
    """The place of the span that begins the next stretch."""
    begins_s = spans[start].start_s
    longest_s, best = -1.0, start + 1
    for place in range(start + 1, len(spans)):
        pause_s = spans[place].start_s - spans[place - 1].end_s
        if spans[place - 1].end_s - begins_s >= LEAST_S and pause_s >= longest_s:
            longest_s, best = pause_s, place
        if spans[place].end_s - begins_s > MOST_S:
            return best if longest_s >= 0 else place
    return len(spans)
