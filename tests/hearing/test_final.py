"""The final words of an answer: whole, in order, on the recording's clock, whatever the model makes of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from e2e.words import word_error_rate
from greenroom.errors import TranscriptionError
from greenroom.hearing.answer import Words, hear_recording
from greenroom.hearing.final import PIECE_S, final_words, last_stretch_s, pieces, unhurried_words
from greenroom.hearing.load import load_whole
from greenroom.hearing.models import FinalRule
from greenroom.hearing.stitching import stitched
from greenroom.hearing.stretches import StretchPlanner, StretchRule
from greenroom.hearing.transcriber import FasterWhisper
from greenroom.hearing.vad import SileroVad
from greenroom.types import Pcm, Span, Word
from hearing.fakes import silence, tone
from recordings import recorded

Decoder = Callable[[Pcm, bool], Sequence[Sequence[Word]]]


class Scripted:
    """Decodes as the test says: windows of words from the sound and whether it is primed."""

    name = "scripted"
    rule = StretchRule()

    def __init__(self, decoder: Decoder, *, whole: bool = True, least_filler_s: float = 0.0) -> None:
        self.final = FinalRule(whole=whole, least_filler_s=least_filler_s)
        self.heard: list[Pcm] = []
        self._decoder = decoder

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        raise AssertionError("a final pass decodes window by window")

    def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
        self.heard.append(pcm)
        yield from (tuple(words) for words in self._decoder(pcm, primed))


def said(text: str, from_s: float = 0.0, each_s: float = 0.4) -> list[Word]:
    words = enumerate(text.split())
    return [Word(word, from_s + n * each_s, from_s + (n + 1) * each_s, 0.9) for n, word in words]


def text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def is_filler(word: str) -> bool:
    return word.lower().strip(",.") in {"um", "uh", "er", "hmm", "hm"}


def carry_on() -> None:
    pass


def wav(folder: Path, pcm: Pcm) -> Path:
    path = folder / "01.wav"
    soundfile.write(path, pcm, 16_000, subtype="PCM_16")
    return path


def made_final(
    recogniser: Scripted, audio: Path, voiced: Sequence[Span], before: Sequence[Word], *left_out: Span
) -> tuple[Word, ...]:
    return final_words(recogniser, audio, voiced, left_out, before, is_filler, carry_on)


def test_the_second_decoding_is_the_text_and_the_primed_one_gives_its_fillers(tmp_path: Path) -> None:
    audio = wav(tmp_path, np.concatenate([silence(2.0), tone(4.0), silence(1.0)]))
    model = Scripted(lambda _, primed: [said("I, um, met an person." if primed else "I met a person.", 0.25)])
    words = made_final(model, audio, [Span(2.0, 6.0)], said("I met her person.", 2.0))
    assert text(words) == "I um, met a person."
    assert words[0] == Word("I", 2.0, 2.4, 0.9)
    assert [len(pcm) / 16_000 for pcm in model.heard] == [4.5, 4.5]


def test_a_model_whose_stretches_are_better_keeps_their_words(tmp_path: Path) -> None:
    audio = wav(tmp_path, tone(5.0))
    model = Scripted(lambda _, primed: [said("I, um, met an person.")], whole=False)
    words = made_final(model, audio, [Span(0.0, 5.0)], said("I met her person."))
    assert text(words) == "I um, met her person."
    assert len(model.heard) == 1


@pytest.mark.parametrize(
    "again",
    [
        "",
        "I met",
        "I met a person. " * 4,
        "Thank you.",
    ],
)
def test_a_second_decoding_that_went_astray_is_not_taken(tmp_path: Path, again: str) -> None:
    audio = wav(tmp_path, tone(8.0))
    before = "I met a person who had never met me before then."
    model = Scripted(lambda _, primed: [said(f"Um, {before}" if primed else again)])
    assert text(made_final(model, audio, [Span(0.0, 8.0)], said(before))) == f"Um, {before}"


def test_a_second_decoding_that_jumped_over_a_sentence_is_not_taken(tmp_path: Path) -> None:
    """Though it has nearly as many words."""
    audio = wav(tmp_path, tone(20.0))
    rest = "We fixed it over the weekend, all of us, with pizza, and on Monday the client was happy. So. "
    before = "We shipped in May, and then our client called. " + rest * 2
    model = Scripted(lambda *_: [said("We shipped in June. " + rest * 2)])
    assert text(made_final(model, audio, [Span(0.0, 20.0)], said(before))) == before.strip()


def test_spoken_commands_are_silence_to_the_model(tmp_path: Path) -> None:
    audio = wav(tmp_path, tone(6.0))
    model = Scripted(lambda *_: [said("I see.")])
    made_final(model, audio, [Span(1.0, 2.0), Span(4.0, 5.0)], said("I see.", 1.0), Span(2.5, 3.5))
    for pcm in model.heard:
        loud = np.abs(pcm.astype(np.int32)) > 0
        assert not loud[round(1.75 * 16_000) : round(2.75 * 16_000)].any()
        assert loud[: round(1.75 * 16_000)].mean() > 0.9
        assert loud[round(2.75 * 16_000) :].mean() > 0.9


def test_words_of_a_long_silence_go_where_somebody_speaks(tmp_path: Path) -> None:
    audio = wav(tmp_path, np.concatenate([tone(2.0), silence(4.0), tone(2.0)]))
    words = [Word("So", 0.2, 0.6, 0.9), Word("then", 2.5, 6.4, 0.9), Word("I", 6.5, 6.6, 0.9)]
    model = Scripted(lambda *_: [words])
    found = made_final(model, audio, [Span(0.0, 2.0), Span(6.0, 8.0)], words)
    assert [(word.start_s, word.end_s) for word in found] == [(0.2, 0.6), (6.0, 6.4), (6.5, 6.6)]


def test_a_very_long_silence_is_not_decoded(tmp_path: Path) -> None:
    audio = wav(tmp_path, np.concatenate([tone(2.0), silence(90.0), tone(3.0)]))
    before = [Word("So", 0.2, 0.6, 0.9), Word("then", 3.0, 92.4, 0.9), Word("I", 92.5, 92.6, 0.9)]
    texts = {36_000: "Um, so", 40_000: "then er, I"}  # 2.25 and 2.5 s of sound
    model = Scripted(lambda pcm, _: [said(texts[len(pcm)], 0.25)], whole=False)
    found = made_final(model, audio, [Span(0.0, 2.0), Span(92.0, 94.0)], before)
    assert text(found) == "Um, So then er, I"
    assert [(word.text, word.start_s) for word in found if word.text in ("So", "then", "I")] == [
        ("So", 0.25),
        ("then", 92.0),
        ("I", 92.5),
    ]


def test_it_gives_way_before_every_window(tmp_path: Path) -> None:
    audio = wav(tmp_path, tone(2.0))
    order: list[str] = []

    def decode(_: Pcm, primed: bool) -> Iterator[Sequence[Word]]:  # a window is decoded when it is asked for
        for window in range(2):
            order.append(f"{'primed' if primed else 'plain'} {window}")
            yield said("yes")

    class Lazy(Scripted):
        def windows(self, pcm: Pcm, *, primed: bool) -> Iterator[tuple[Word, ...]]:
            return (tuple(words) for words in decode(pcm, primed))

    final_words(
        Lazy(lambda *_: []),
        audio,
        [Span(0.0, 2.0)],
        [],
        said("yes yes"),
        is_filler,
        lambda: order.append("give way"),
    )
    assert [name for name in order if name != "give way"] == ["plain 0", "plain 1", "primed 0", "primed 1"]
    for place, name in enumerate(order):
        assert name == "give way" or order[place - 1] == "give way"


def test_nobody_spoke_and_nothing_is_read(tmp_path: Path) -> None:
    model = Scripted(lambda *_: [])
    assert made_final(model, tmp_path / "gone.wav", [], []) == ()


def test_a_file_that_is_gone_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(TranscriptionError, match="cannot be read") as raised:
        made_final(Scripted(lambda *_: []), tmp_path / "gone.wav", [Span(0.0, 1.0)], said("yes"))
    assert raised.value.remedy == "Its first transcript stays as it is."


def test_a_long_answer_is_decoded_in_pieces_and_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Twenty minutes: a word a second, in runs of 20 s with pauses of 1 s, and each word names its second."""
    voiced = [Span(start, start + 19.0) for start in map(float, range(3, 1_203, 20))]
    second = np.arange(1_210 * 16_000) // 16_000
    audio = wav(tmp_path, (second + 100).astype(np.int16))

    def decode(pcm: Pcm, primed: bool) -> list[list[Word]]:
        """A word begins where the sample value, which is the second, changes to one that is voiced."""
        begins = np.flatnonzero(np.diff(pcm.astype(np.int32), prepend=-1))
        return [
            [
                Word(str(pcm[at] - 100), at / 16_000, at / 16_000 + 0.9, 0.9)
                for at in begins
                if (pcm[at] - 100 - 3) % 20 != 19 and pcm[at] >= 103
            ]
        ]

    expected = [str(at) for span in voiced for at in range(int(span.start_s), int(span.end_s))]
    before = [Word(name, float(name), float(name) + 0.9, 0.8) for name in expected]
    for whole in (True, False):
        model = Scripted(decode, whole=whole)
        words = made_final(model, audio, voiced, before)
        assert [word.text for word in words] == expected
        assert [word.start_s for word in words] == [float(name) for name in expected]
        assert max(len(pcm) for pcm in model.heard) <= (PIECE_S + 1) * 16_000
        assert len(model.heard) == (20 if whole else 10)


@given(
    gaps=st.lists(
        st.tuples(st.floats(0.25, 30), st.one_of(st.floats(0.2, 40), st.floats(100, 2_000))), max_size=40
    )
)
def test_pieces_are_short_and_hold_all_speech_once(gaps: list[tuple[float, float]]) -> None:
    voiced = []
    at_s = 0.0
    for pause_s, spoken_s in gaps:
        voiced.append(Span(at_s + pause_s, at_s + pause_s + spoken_s))
        at_s = voiced[-1].end_s
    found = list(pieces(voiced))
    assert sum(span.duration_s for piece in found for span in piece.voiced) == pytest.approx(
        sum(span.duration_s for span in voiced)
    )
    earliest_s = 0.0
    for piece in found:
        assert piece.voiced
        assert earliest_s <= piece.sound.start_s <= piece.voiced[0].start_s
        assert piece.voiced[-1].end_s <= piece.sound.end_s
        assert piece.sound.duration_s <= PIECE_S + 1.0
        earliest_s = piece.sound.end_s
    assert math.isfinite(earliest_s)


class SecondLook(Scripted):
    """Decodes a stretch as the test says, and notes its length in seconds."""

    rule = StretchRule(least_s=8.0, most_s=15.0)

    def __init__(self, again: str) -> None:
        super().__init__(lambda *_: [], whole=False)
        self._again = again
        self.looked_s: list[float] = []

    def decode(self, pcm: Pcm, *, hurried: bool = False) -> tuple[Word, ...]:
        self.looked_s.append(len(pcm) / 16_000)
        return tuple(said(self._again, 0.25))


TWO_STRETCHES = (Span(0.0, 5.0), Span(6.0, 10.0), Span(12.0, 15.0))
HURRIED = (*said("We had shipped it in May.", 0.0, 1.0), *said("Then the cliant colt.", 12.0))


def test_a_stretch_that_was_decoded_in_a_hurry_is_decoded_again_and_no_other(tmp_path: Path) -> None:
    audio = wav(tmp_path, np.concatenate([tone(10.0), silence(2.0), tone(3.0), silence(1.0)]))
    model = SecondLook("then the client called.")
    words = unhurried_words(model, audio, TWO_STRETCHES, [], HURRIED)
    assert text(words) == "We had shipped it in May then the client called."
    assert [word.start_s for word in words[6:]] == [12.0, 12.4, 12.8, 13.2]
    assert words[:5] == HURRIED[:5]
    assert model.looked_s == [3.5]


@pytest.mark.parametrize("again", ["", "Then the client called, " * 3, "So."])
def test_words_decoded_in_a_hurry_stay_where_a_second_look_goes_astray(tmp_path: Path, again: str) -> None:
    audio = wav(tmp_path, tone(16.0))
    before = (*said("We had shipped it in May.", 0.0, 1.0), *said("Then the client called all of us.", 12.0))
    assert unhurried_words(SecondLook(again), audio, TWO_STRETCHES, [], before) == before


@given(
    pieces=st.lists(st.tuples(st.floats(0.5, 9.0), st.floats(0.6, 5.0)), min_size=1, max_size=7),
    left_out=st.sets(st.integers(0, 5)),
)
def test_where_the_last_stretch_began_is_known_without_the_sound(
    pieces: list[tuple[float, float]], left_out: set[int]
) -> None:
    """Told from the spans alone, as a planner that heard it all has cut it; some spans are commands."""
    planner, begins_s, at_s, ended_s = StretchPlanner(SecondLook.rule), 0.0, 0.0, 0.0
    voiced: list[Span] = []
    commands: list[Span] = []
    for place, (said_s, pause_s) in enumerate(pieces):
        planner.speech(at_s)
        start_s = planner.begins_s
        assert start_s is not None
        if place in left_out and place < len(pieces) - 1:
            commands.append(Span(at_s, at_s + said_s))
            planner.leave_out(ended_s, at_s + said_s)
        else:
            voiced.append(Span(at_s, at_s + said_s))
            begins_s, ended_s = start_s, at_s + said_s
            planner.pause(ended_s)
        at_s += said_s + pause_s
    begins_s = max(begins_s, ended_s - 25.0)
    assert last_stretch_s(voiced, commands, SecondLook.rule) == pytest.approx(begins_s)


@pytest.mark.stage
@pytest.mark.xdist_group("busy")
def test_tiny_makes_an_answer_final(tiny: FasterWhisper, tmp_path: Path) -> None:
    """The real model: the text is as good as before, and hesitations have come back."""
    one = recorded("demo/conflict")
    stretches: list[tuple[Pcm, float]] = []

    def hold(pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
        stretches.append((pcm, offset_s))
        return Words()

    voiced, _, _ = hear_recording([load_whole(one.path)], SileroVad(), hold, tiny.rule)
    before = stitched(
        [[word.shifted(offset_s) for word in tiny.decode(pcm)] for pcm, offset_s in stretches],
        tiny.name,
        first_s=voiced[0].start_s,
        last_s=voiced[-1].end_s,
    )
    words = final_words(tiny, one.path, voiced, [], before.words, is_filler, carry_on)
    assert word_error_rate(one.reference, text(words)) <= 0.1, text(words)
    assert sum(is_filler(word.text) for word in words) >= 2
    starts = [word.start_s for word in words]
    assert starts == sorted(starts)
    assert voiced[0].start_s <= starts[0]
    assert words[-1].end_s <= voiced[-1].end_s
