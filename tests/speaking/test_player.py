"""The player on a loudspeaker called by hand: every number is exact."""

from __future__ import annotations

import time

import numpy as np
import pytest

from greenroom.speaking.player import NOTED_BLOCKS, NoPlayer, Playback, Player
from greenroom.speaking.speech import Speech
from speaking.sounds import FakeDevice, silence, tone


def speech(voiced_s: float, sample_rate_hz: int = 48_000) -> Speech:
    return Speech.of(
        np.concatenate([tone(voiced_s, sample_rate_hz), silence(1, sample_rate_hz)]), sample_rate_hz
    )


def play(player: Player, what: Speech) -> Playback:
    playback = player.play(what)
    assert playback is not None
    return playback


def test_runs_on_silence_before_the_first_word() -> None:
    device = FakeDevice()
    Player(device)

    assert not device.run(480).any()


def test_plays_the_samples_unchanged_at_the_devices_own_rate() -> None:
    device = FakeDevice()
    player = Player(device)
    said = speech(0.1)
    play(player, said)

    heard = np.concatenate([device.run(480) for _ in range(30)])

    assert heard.dtype == np.float32
    assert np.array_equal(heard[: len(said.pcm)], (said.pcm / 32_768).astype(np.float32))
    assert not heard[len(said.pcm) :].any()


@pytest.mark.parametrize("frames", [1, 333, 480, 100_000])
def test_tells_when_the_last_voiced_sample_leaves_the_loudspeaker(frames: int) -> None:
    device = FakeDevice(latency_s=0.2)
    player = Player(device)
    device.run(12_000)
    playback = play(player, speech(0.5))

    while playback.voiced_until_stream_s is None:
        device.run(frames)

    assert playback.voiced_until_stream_s == pytest.approx(0.25 + 0.2 + 0.5, abs=1e-9)
    assert device.played <= 12_000 + 24_000 + frames


def test_tells_it_for_speech_at_another_rate() -> None:
    device = FakeDevice(44_100)
    player = Player(device)
    playback = play(player, speech(0.5, 22_050))

    heard = np.concatenate([device.run(441) for _ in range(100)])

    # 22,050 / 100 is no whole number: frames are 220 samples, so the end is found within one of them.
    assert playback.voiced_until_stream_s == pytest.approx(0.5, abs=0.01)
    assert np.abs(heard[:22_000]).max() == pytest.approx(10_000 / 32_768, rel=0.05)
    assert np.abs(heard[22_300:]).max() < 0.001


def test_is_finished_when_its_last_sample_has_left_the_loudspeaker() -> None:
    device = FakeDevice(latency_s=0.1)
    player = Player(device)
    playback = play(player, speech(0.5))  # and its tail of 0.15 s

    device.run(31_200)
    assert not playback.finished
    device.run(4_800)
    assert playback.finished
    assert playback.wait(0)


def test_a_second_one_follows_without_a_gap() -> None:
    device = FakeDevice()
    player = Player(device)
    first, second = play(player, speech(0.1)), play(player, speech(0.2))

    heard = device.run(48_000)

    assert first.voiced_until_stream_s == pytest.approx(0.1)
    assert second.voiced_until_stream_s == pytest.approx(0.1 + 0.15 + 0.2)
    assert heard[12_000 + 1] != 0
    assert not heard[12_000 + 9_600 :].any()


@pytest.mark.parametrize("frames", [64, 480, 4_800])
def test_stop_fades_out_within_20_ms(frames: int) -> None:
    device = FakeDevice()
    player = Player(device)
    playback = play(player, speech(5))
    device.run(9_600)

    playback.stop()
    heard = np.concatenate([device.run(frames) for _ in range(9_600 // frames)])

    assert np.abs(heard[:240]).max() > 0.2
    assert np.abs(heard[720:960]).max() < 0.1
    assert not heard[960:].any()
    assert playback.voiced_until_stream_s == pytest.approx(0.2 + 0.02)
    assert playback.finished


def test_stop_in_a_pause_tells_the_last_voiced_sample_before_it() -> None:
    device = FakeDevice()
    player = Player(device)
    pcm = np.concatenate([tone(0.3, 48_000), silence(1, 48_000), tone(0.3, 48_000)])
    playback = play(player, Speech.of(pcm, 48_000))
    device.run(38_400)

    player.stop()
    device.run(4_800)

    assert playback.voiced_until_stream_s == pytest.approx(0.3)
    assert playback.finished


def test_stop_before_its_turn_plays_nothing_of_it() -> None:
    device = FakeDevice()
    player = Player(device)
    first, second, third = (play(player, speech(0.1)) for _ in range(3))

    second.stop()
    device.run(48_000)

    assert first.finished and second.finished and third.finished
    assert second.voiced_until_stream_s is None
    assert third.voiced_until_stream_s == pytest.approx(0.1 + 0.15 + 0.1)


def test_a_new_sentence_after_a_stop_is_heard() -> None:
    device = FakeDevice()
    player = Player(device)
    play(player, speech(5))
    device.run(4_800)
    player.stop()
    device.run(4_800)

    after = play(player, speech(0.1))

    assert np.abs(device.run(4_800)).max() > 0.2
    assert after.voiced_until_stream_s == pytest.approx(0.3)


def test_a_device_that_no_longer_calls_back_is_noticed() -> None:
    player = Player(FakeDevice())
    playback = play(player, speech(0.1))

    started_s = time.monotonic()
    assert not playback.wait(0.05)
    assert time.monotonic() - started_s < 1


def test_tells_what_it_played_and_when_it_is_heard() -> None:
    """Silence too, each sample once and in order, so that an ear can tell it from other voices."""
    device = FakeDevice(latency_s=0.2)
    player = Player(device)
    device.run(480)
    play(player, speech(0.1))
    heard = [device.run(frames) for frames in (480, 333, 480)]

    noted = player.take()

    assert player.sample_rate_hz == 48_000
    assert [place for place, _, _ in noted] == [0, 480, 960, 1_293]
    assert [at_s for _, at_s, _ in noted] == pytest.approx([0.2, 0.21, 0.22, 0.2 + 1_293 / 48_000])
    assert not noted[0][2].any()
    assert all(np.array_equal(note[2], block) for note, block in zip(noted[1:], heard, strict=True))
    assert player.take() == []
    device.run(480)
    assert [place for place, _, _ in player.take()] == [1_773]


def test_what_nobody_takes_does_not_pile_up() -> None:
    device = FakeDevice()
    player = Player(device)
    for _ in range(NOTED_BLOCKS + 5):
        device.run(10)

    noted = player.take()

    assert len(noted) == NOTED_BLOCKS
    assert noted[0][0] == 50


def test_close_closes_the_device() -> None:
    device = FakeDevice()
    Player(device).close()

    assert device.closed


def test_no_player_plays_nothing() -> None:
    assert NoPlayer().play(speech(0.1)) is None
