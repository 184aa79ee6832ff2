"""A recording heard once more, piece by piece, within the speech that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from greenroom.hearing.again import MOST_S, stretches, whole, words_of_piece
from greenroom.hearing.final import Piece, pieces
from greenroom.hearing.models import FinalRule
from greenroom.hearing.stretches import StretchRule
from greenroom.types import Pcm, Span, Word


def piece_of(*spans: tuple[float, float]) -> Piece:
    [piece] = pieces([Span(*span) for span in spans])
    return piece


def test_a_short_answer_is_one_stretch_with_a_little_sound_around_it() -> None:
    assert list(stretches(piece_of((1.0, 4.0), (5.0, 8.0)))) == [Span(0.75, 8.25)]


def test_a_long_one_is_cut_where_the_pause_is_longest() -> None:
    piece = piece_of((1.0, 10.0), (10.4, 15.0), (17.0, 20.0), (20.3, 30.0))
    assert list(stretches(piece)) == [Span(0.75, 15.25), Span(16.75, 30.25)]


def test_between_two_stretches_no_sound_is_decoded_twice() -> None:
    piece = piece_of((1.0, 20.0), (20.2, 40.0))
    assert list(stretches(piece)) == [Span(0.75, 20.1), Span(20.1, 40.25)]


def test_speech_without_a_pause_is_not_cut_in_the_middle_of_a_word_if_it_need_not_be() -> None:
    assert list(stretches(piece_of((1.0, 1.0 + MOST_S + 10)))) == [Span(0.75, 36.25)]


class Echoing:
    """Hears "so." in every stretch at its beginning, and an "um" at the second look."""

    name = "echoing"
    rule = StretchRule()
    final = FinalRule(whole=False)

    def __init__(self) -> None:
        self.looked_at: list[float] = []
        self.loudest: list[int] = []

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        self.looked_at.append(len(pcm) / 16_000)
        self.loudest.append(int(np.abs(pcm).max()))
        return (Word("so." if len(self.looked_at) == 1 else "then", 0.3, 0.6, 0.9),)

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        yield (Word("um,", 0.7, 0.9, 0.6),) if primed else ()


def sounding(folder: Path, seconds: float) -> Path:
    file = folder / "01.flac"
    soundfile.write(file, np.full(round(16_000 * seconds), 1_000, np.int16), 16_000)
    return file


def test_the_words_of_all_stretches_come_with_their_fillers_on_the_recording_s_clock(tmp_path: Path) -> None:
    model = Echoing()
    piece = piece_of((1.0, 15.0), (17.0, 30.0))
    words = words_of_piece(model, sounding(tmp_path, 31), piece, (), lambda text: text == "um,", lambda: None)
    assert [(word.text, word.start_s) for word in words] == [("so", 1.05), ("um,", 1.45), ("then", 17.05)]
    assert model.looked_at == [14.5, 13.5]


def test_a_spoken_command_is_silence_to_it(tmp_path: Path) -> None:
    model = Echoing()
    words_of_piece(
        model, sounding(tmp_path, 6), piece_of((1.0, 5.0)), [Span(0.0, 6.0)], lambda text: False, lambda: None
    )
    assert model.loudest == [0]


def test_pieces_are_put_together_into_one_final_transcript() -> None:
    found = whole(
        [[Word("I", 1.0, 1.2, 0.9), Word("left.", 1.2, 1.5, 0.9)], [], [Word("and", 9.0, 9.2, 0.9)]],
        "base",
        [Span(1.0, 1.5), Span(9.0, 9.5)],
    )
    assert (found.text, found.model, found.kind) == ("I left and", "base", "final")
    assert [word.text for word in found.words] == ["I", "left", "and"]
