"""The program's voice goes, the person's stays: in a made room, told of by a loudspeaker made of numbers."""

from __future__ import annotations

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from greenroom.hearing.echo import EchoCanceller
from greenroom.hearing.load import load_whole
from greenroom.hearing.vad import SileroVad
from greenroom.types import Pcm
from hearing.fakes import LoudnessVad
from recordings import recorded

PLAYED_RATE_HZ = 48_000
BEGAN_S = 1_000.0
"""When the first sample of both devices was heard, on time.monotonic()."""
BLOCK = 320


class FakeLoudspeaker:
    """Has handed over what will be heard within the next 0.15 s, in blocks whose times jitter by 4 ms."""

    sample_rate_hz = PLAYED_RATE_HZ
    known_s = 0.15
    block = 960

    def __init__(self, sound: NDArray[np.float32]) -> None:
        self.now_s = BEGAN_S
        self.late_from_s = float("inf")
        self.late_s = 0.0
        self.told_late_s = (0.0, 0.0)
        """From when to when it has handed over no more than the next 0.04 s."""
        self._sound = sound
        self._place = 0

    def take(self) -> list[tuple[int, float, NDArray[np.float32]]]:
        blocks = []
        from_s, until_s = self.told_late_s
        known_s = 0.04 if from_s < self.now_s - BEGAN_S < until_s else self.known_s
        while (heard_at_s := self._heard_at_s()) < self.now_s + known_s:
            part = self._sound[self._place : self._place + self.block]
            part = np.concatenate([part, np.zeros(self.block - len(part), np.float32)])
            jitter_s = 0.004 * (self._place // self.block % 3 - 1)
            blocks.append((self._place, heard_at_s + jitter_s, part))
            self._place += self.block
        return blocks

    def _heard_at_s(self) -> float:
        at_s = self._place / PLAYED_RATE_HZ
        return BEGAN_S + at_s + (self.late_s if at_s >= self.late_from_s else 0.0)


def program(*names: str) -> NDArray[np.float32]:
    """What the program says, a second of silence around each sentence."""
    pause = np.zeros(16_000)
    parts = [pause] + [part for name in names for part in (sentence(name), pause)]
    sound = np.concatenate(parts) / 32_768
    return np.clip(soxr.resample(sound, 16_000, PLAYED_RATE_HZ), -1, 1).astype(np.float32)


def sentence(name: str) -> Pcm:
    reply = recorded(name)
    return load_whole(reply.path)[round(reply.first_voiced_s * 16_000) : round(reply.last_voiced_s * 16_000)]


def in_the_room(sound: NDArray[np.float32], level_db: float, *, delay_s: float = 0.12) -> NDArray[np.float64]:
    """What comes back of it at the microphone: later, weaker, with some reverberation; and a quiet room."""
    dice = np.random.default_rng(3)
    played = soxr.resample(sound.astype(np.float64), PLAYED_RATE_HZ, 16_000) * 32_768
    tail = dice.standard_normal(3_200) * 10 ** (-3 * np.arange(3_200) / 16_000 / 0.2)
    way = 0.5 * tail / np.sqrt(np.sum(tail**2))
    way[0] = 1.0
    echo = np.convolve(played, way)[: len(played)] / np.sqrt(np.sum(way**2)) * 10 ** (level_db / 20)
    late = np.concatenate([np.zeros(round(delay_s * 16_000)), echo])[: len(played)]
    return np.asarray(late + dice.standard_normal(len(late)) * 18)  # -65 dBFS


def cleaned(canceller: EchoCanceller, loudspeaker: FakeLoudspeaker, heard: Pcm) -> Pcm:
    pieces = []
    for start in range(0, len(heard) - BLOCK + 1, BLOCK):
        loudspeaker.now_s = BEGAN_S + (start + BLOCK) / 16_000
        pieces.append(canceller.clean(heard[start : start + BLOCK], BEGAN_S + start / 16_000))
    return np.concatenate(pieces)


def pcm(sound: NDArray[np.float64]) -> Pcm:
    return np.clip(np.rint(sound), -32_768, 32_767).astype(np.int16)


def speech(sound: Pcm) -> NDArray[np.bool_]:
    """Block by block, whether Silero takes it for speech."""
    vad = SileroVad()
    return np.array([vad(sound[at : at + 512]) >= 0.5 for at in range(0, len(sound) - 511, 512)])


QUESTIONS = ("replies/debrief-04-turning-point", "replies/debrief-05-question-one")


@pytest.mark.parametrize("level_db", [-30, -10, -3])
def test_its_own_voice_is_no_speech_any_more(level_db: float) -> None:
    """And how loud it came back is known to 4 dB."""
    sound = program(*QUESTIONS)
    heard = pcm(in_the_room(sound, level_db))
    loudspeaker = FakeLoudspeaker(sound)
    canceller = EchoCanceller(loudspeaker, SileroVad())
    out = cleaned(canceller, loudspeaker, heard)
    assert np.count_nonzero(speech(heard)) > 30
    assert np.count_nonzero(speech(out)) <= 2
    coupling = canceller.coupling
    assert coupling is not None and coupling.heard
    assert coupling.level_db == pytest.approx(level_db, abs=4)
    assert coupling.left <= 0.05
    assert not coupling.too_much_left


@pytest.mark.parametrize(("level_db", "kept"), [(-60, 0.95), (-20, 0.9), (-10, 0.75)])
def test_somebody_who_talks_over_it_is_heard(level_db: float, kept: float) -> None:
    """Also on headphones (-60 dB), where nothing comes back at all."""
    sound = program(*QUESTIONS)
    person = sentence("answers/human-lj-printing").astype(float)
    late = round(len(program(QUESTIONS[0])) / 3)  # the first sentence is said alone
    over = np.concatenate([np.zeros(late), person])[: len(sound) // 3]
    heard = pcm(in_the_room(sound, level_db)[: len(over)] + over)
    loudspeaker = FakeLoudspeaker(sound)
    out = cleaned(EchoCanceller(loudspeaker, SileroVad()), loudspeaker, heard)
    alone, now = speech(pcm(over)), speech(out)
    both = alone[: len(now)]
    assert np.count_nonzero(both) > 50
    assert np.count_nonzero(now & both) >= kept * np.count_nonzero(both)


def test_where_the_program_is_silent_every_sample_is_as_it_was() -> None:
    """Before it speaks, and from a second after it has spoken."""
    sound = program(QUESTIONS[0])
    sound = np.concatenate([sound, np.zeros(2 * PLAYED_RATE_HZ, np.float32)])
    heard = pcm(in_the_room(sound, -20))
    loudspeaker = FakeLoudspeaker(sound)
    out = cleaned(EchoCanceller(loudspeaker, LoudnessVad()), loudspeaker, heard)
    assert len(out) == len(heard) // BLOCK * BLOCK
    assert np.array_equal(out[: 16_000 - 4_000], heard[: 16_000 - 4_000])
    assert np.array_equal(out[-32_000:], heard[: len(out)][-32_000:])
    assert not np.array_equal(out[16_000:48_000], heard[16_000:48_000])


@pytest.mark.parametrize("count", [0, 160, 1_600])
def test_as_many_samples_come_out_as_go_in(count: int) -> None:
    loudspeaker = FakeLoudspeaker(program(QUESTIONS[0]))
    canceller = EchoCanceller(loudspeaker, LoudnessVad())
    assert len(canceller.clean(np.ones(count, np.int16), BEGAN_S)) == count


def test_a_loudspeaker_that_ran_out_of_sound_is_followed() -> None:
    """In the middle of the second sentence nothing is heard for 0.15 s, and all of the rest later."""
    sound = program(*QUESTIONS)
    middle_s = len(program(QUESTIONS[0])) / PLAYED_RATE_HZ + 1.0
    middle_s -= middle_s % (FakeLoudspeaker.block / PLAYED_RATE_HZ)
    cut = round(middle_s * PLAYED_RATE_HZ)
    gap = np.zeros(round(0.15 * PLAYED_RATE_HZ), np.float32)
    really = np.concatenate([sound[:cut], gap, sound[cut:]])
    heard = pcm(in_the_room(really, -20))
    loudspeaker = FakeLoudspeaker(sound)
    loudspeaker.late_from_s, loudspeaker.late_s = middle_s, 0.15
    out = cleaned(EchoCanceller(loudspeaker, LoudnessVad()), loudspeaker, heard)
    assert np.count_nonzero(speech(out)) <= 6


def test_a_moment_in_which_it_is_told_late_costs_nothing_in_the_next_sentence() -> None:
    """A busy machine, for half a second before the third one."""
    sound = program(*QUESTIONS, QUESTIONS[0])
    heard = pcm(in_the_room(sound, -20))
    third_s = len(program(*QUESTIONS)) / PLAYED_RATE_HZ
    loudspeaker = FakeLoudspeaker(sound)
    loudspeaker.told_late_s = (third_s - 0.5, third_s - 0.05)
    out = cleaned(EchoCanceller(loudspeaker, SileroVad()), loudspeaker, heard)
    assert np.count_nonzero(speech(out)) <= 2


def test_what_the_loudspeaker_does_not_tell_is_not_waited_for() -> None:
    """It has told of nothing yet: the sound is as it is."""
    loudspeaker = FakeLoudspeaker(program(QUESTIONS[0]))
    loudspeaker.known_s = -float("inf")
    canceller = EchoCanceller(loudspeaker, LoudnessVad())
    heard = pcm(in_the_room(program(QUESTIONS[0]), -20))
    assert np.array_equal(cleaned(canceller, loudspeaker, heard), heard[: len(heard) // BLOCK * BLOCK])
    assert canceller.coupling is None


def test_where_cancelling_fails_it_is_said() -> None:
    """A loudspeaker that says it is heard 0.25 s later than it is: its voice comes before it is known."""
    sound = program(*QUESTIONS, *QUESTIONS)
    heard = pcm(in_the_room(sound, -10))
    loudspeaker = FakeLoudspeaker(sound)
    loudspeaker.late_from_s, loudspeaker.late_s = 0.0, 0.25
    canceller = EchoCanceller(loudspeaker, SileroVad())
    cleaned(canceller, loudspeaker, heard)
    assert canceller.coupling is not None
    assert canceller.coupling.too_much_left


def test_with_another_microphone_the_coupling_holds_until_it_is_measured_again() -> None:
    sound = program(QUESTIONS[0])
    loudspeaker = FakeLoudspeaker(sound)
    canceller = EchoCanceller(loudspeaker, LoudnessVad())
    cleaned(canceller, loudspeaker, pcm(in_the_room(sound, -20)))
    before = canceller.coupling
    assert before is not None
    canceller.reset()
    assert canceller.coupling == before
