"""The harness keeps its promises, so that a red end-to-end test speaks about the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from e2e.ear import RATE_HZ, Ear
from e2e.mouth import say
from e2e.program import Program
from e2e.room import MOUTH, SINK_RATE_HZ, SPEAKER, Room
from e2e.words import plain_words, word_error_rate

pytestmark = pytest.mark.stage

TONE_HZ = 1000
LOUDNESS = 0.25  # peak of a tone, full scale is 1

RECORD = """
import sys, numpy, sounddevice
seconds, path = float(sys.argv[1]), sys.argv[2]
with sounddevice.InputStream(samplerate=16000, channels=1, dtype="int16", latency=0.1) as stream:
    print("open", flush=True)
    samples, _ = stream.read(int(seconds * 16000))
numpy.save(path, samples[:, 0])
"""

PLAY = """
import numpy, sounddevice
tone = 0.25 * numpy.sin(2 * numpy.pi * 1000 * numpy.arange(24000) / 48000)
silence = numpy.zeros(4800)
samples = numpy.concatenate([silence, tone, silence]).astype("float32")
with sounddevice.OutputStream(samplerate=48000, channels=1, latency=0.1) as stream:
    stream.write(samples[:, None])
"""

WATCH = """
import sys, time, sounddevice
heard = [0]
def callback(indata, frames, info, status):
    heard[0] += frames
with sounddevice.InputStream(samplerate=16000, channels=1, latency=0.1, callback=callback):
    while True:
        before, heard[0] = heard[0], 0
        print(before, flush=True)
        time.sleep(0.1)
"""

TALK = """
import json, os, subprocess, sys, termios, time, tty
start_s = time.monotonic()
trace = open(sys.argv[sys.argv.index("--trace") + 1], "w") if "--trace" in sys.argv else None
before = termios.tcgetattr(0)
tty.setcbreak(0)
if trace:
    print(json.dumps({"at_s": time.monotonic() - start_s, "event": "ready"}), file=trace, flush=True)
child = subprocess.Popen(["sleep", "60"])
print("\\x1b[1mchild\\x1b[0m", child.pid, flush=True)
sys.stdout.write("\\x1b[6n")
sys.stdout.flush()
reply = b""
while not reply.endswith(b"R"):
    reply += os.read(0, 1)
print("cursor", reply[2:-1].decode(), flush=True)
key = b""
while key != b"q":
    key = os.read(0, 1)
    print("pressed", key, flush=True)
print("x" * 200_000, flush=True)
child.kill()
sys.exit(7)
"""


def tone(folder: Path, length_s: float, *, lead_s: float = 0.0) -> Path:
    """A WAV file of silence and then a tone."""
    times_s = np.arange(round(length_s * SINK_RATE_HZ)) / SINK_RATE_HZ
    samples = np.concatenate(
        [np.zeros(round(lead_s * SINK_RATE_HZ)), LOUDNESS * np.sin(2 * np.pi * TONE_HZ * times_s)]
    )
    path = folder / f"tone-{length_s}-{lead_s}.wav"
    soundfile.write(path, samples, SINK_RATE_HZ)
    return path


def clicks(folder: Path, count: int, gap_s: float) -> Path:
    """A stereo WAV file of 5 ms bursts."""
    samples = np.zeros((round((count + 0.5) * gap_s * SINK_RATE_HZ), 2))
    for number in range(count):
        first = round((number + 0.5) * gap_s * SINK_RATE_HZ)
        samples[first : first + SINK_RATE_HZ // 200] = LOUDNESS
    path = folder / "clicks.wav"
    soundfile.write(path, samples, SINK_RATE_HZ)
    return path


def python(script: str, room: Room, *arguments: str) -> subprocess.Popen[str]:
    """A Python of its own with the room as its sound card."""
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, env=os.environ | room.env, stdout=subprocess.PIPE, text=True)


def loud(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """The part between the first and the last sample above -45 dBFS."""
    above = np.flatnonzero(np.abs(samples.astype(int)) > 184)
    return samples[above[0] : above[-1] + 1] if len(above) else samples[:0]


def test_what_is_said_reaches_a_real_microphone_stream(room: Room, tmp_path: Path) -> None:
    """PortAudio records the tone at its own level and length."""
    recorder = python(RECORD, room, "0.9", str(tmp_path / "heard.npy"))
    assert recorder.stdout is not None and recorder.stdout.readline() == "open\n"
    say(room, tone(tmp_path, 0.5, lead_s=0.1)).wait()
    assert recorder.wait(timeout=5) == 0
    heard = loud(np.load(tmp_path / "heard.npy"))
    assert len(heard) / 16_000 == pytest.approx(0.5, abs=0.02)
    assert np.max(np.abs(heard)) / 32768 == pytest.approx(LOUDNESS, rel=0.05)


def test_what_a_real_output_stream_plays_is_heard(room: Room) -> None:
    """The ear on the speaker hears PortAudio's tone, the one on the mouth hears nothing."""
    with Ear(room, SPEAKER) as speaker, Ear(room, MOUTH) as mouth:
        player = python(PLAY, room)
        onset_s = speaker.wait_for_sound(5)
        end_s = speaker.wait_for_silence(0.2, 5)
        assert player.wait(timeout=5) == 0
        (heard,) = speaker.segments()
        assert heard == pytest.approx((onset_s, end_s), abs=0.005)
        assert heard.length_s == pytest.approx(0.5, abs=0.02)
        peak = np.max(np.abs(speaker.audio(heard.start_at_s, heard.end_at_s)))
        assert peak / 32768 == pytest.approx(LOUDNESS, rel=0.05)
        assert mouth.segments() == []


def test_half_volume_is_half_as_loud(room: Room, tmp_path: Path) -> None:
    """`volume` is linear, and a stopped recording falls silent before its end."""
    with Ear(room, MOUTH) as ear:
        saying = say(room, tone(tmp_path, 5.0), volume=0.5)
        start_s = ear.wait_for_sound(2)
        time.sleep(0.3)
        saying.stop()
        ear.wait_for_silence(0.3, 2)
        (heard,) = ear.segments()
        assert heard.length_s < 1.0
        peak = np.max(np.abs(ear.audio(start_s, heard.end_at_s)))
        assert peak / 32768 == pytest.approx(LOUDNESS / 2, rel=0.05)


def test_rooms_do_not_hear_each_other(room: Room, tmp_path: Path) -> None:
    """Two rooms side by side, a different sound in each."""
    with Room() as other, Ear(room, MOUTH) as here, Ear(other, MOUTH) as there:
        both = [say(room, tone(tmp_path, 0.2)), say(other, tone(tmp_path, 0.4))]
        for saying in both:
            saying.wait()
        here.wait_for_silence(0.2, 2)
        there.wait_for_silence(0.2, 2)
        assert [round(sound.length_s, 1) for sound in here.segments()] == [0.2]
        assert [round(sound.length_s, 1) for sound in there.segments()] == [0.4]


def test_two_ears_share_one_clock(room: Room, tmp_path: Path) -> None:
    """The same clicks through both sinks at once are heard at the same moments."""
    with Ear(room, SPEAKER) as speaker, Ear(room, MOUTH) as mouth:
        room.load_module("module-combine-sink", "sink_name=both", f"slaves={SPEAKER},{MOUTH}")
        say(room, clicks(tmp_path, 5, 0.2), sink="both").wait()
        mouth.wait_for_silence(0.2, 2)
        here = np.array([sound.start_at_s for sound in speaker.segments(0.1)])
        there = np.array([sound.start_at_s for sound in mouth.segments(0.1)])
    assert len(here) == len(there) == 5
    assert np.max(np.abs(here - there)) < 0.020
    assert np.diff(here) == pytest.approx(0.2, abs=0.002)


def test_a_moment_is_found_again_in_the_audio(room: Room, tmp_path: Path) -> None:
    """`sample_at` undoes `time_of`, and `after_s` looks at later sounds only."""
    with Ear(room, MOUTH) as ear:
        say(room, clicks(tmp_path, 3, 0.2)).wait()
        ear.wait_for_silence(0.2, 2)
        first, second, third = (sound.start_at_s for sound in ear.segments(0.1))
        assert ear.wait_for_sound(0, after_s=first + 0.1) == second
        assert ear.wait_for_sound(0, after_s=0) == first
        assert ear.time_of(ear.sample_at(third)) == pytest.approx(third, abs=1 / RATE_HZ)
        with pytest.raises(TimeoutError):
            ear.wait_for_sound(0.1)


def test_a_microphone_fails_in_three_ways(room: Room, tmp_path: Path) -> None:
    """Suspended or stalled, blocks stop and come again; unplugged, they stop for good. The speaker stays."""
    watcher = python(WATCH, room)
    assert watcher.stdout is not None
    lines = watcher.stdout

    def until(wanted: bool) -> bool:
        """Whether blocks come (or do not come) within 2 s, for 0.3 s in a row."""
        row = 0
        for _ in range(20):
            row = row + 1 if (int(lines.readline()) > 0) == wanted else 0
            if row == 3:
                return True
        return False

    try:
        assert until(True)
        room.suspend()
        assert until(False)
        room.resume()
        assert until(True)
        room.stall()
        assert until(False)
        room.unstall()
        assert until(True)
        room.unplug()
        assert until(False)
        say(room, tone(tmp_path, 0.1), sink=SPEAKER).wait()
    finally:
        watcher.kill()
        watcher.wait()


def test_a_microphone_that_is_plugged_in_again_can_be_opened(room: Room, tmp_path: Path) -> None:
    room.unplug()
    assert python(RECORD, room, "0.1", str(tmp_path / "none.npy")).wait(timeout=20) != 0
    room.replug()
    recorder = python(RECORD, room, "0.9", str(tmp_path / "heard.npy"))
    assert recorder.stdout is not None and recorder.stdout.readline() == "open\n"
    say(room, tone(tmp_path, 0.5, lead_s=0.1)).wait()
    assert recorder.wait(timeout=5) == 0
    assert len(loud(np.load(tmp_path / "heard.npy"))) / 16_000 == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("level_db", [-20.0, -10.0])
def test_the_speaker_comes_back_into_the_microphone(room: Room, tmp_path: Path, level_db: float) -> None:
    """So much weaker, so much later."""
    room.echo(level_db, 120)
    with Ear(room, SPEAKER) as speaker, Ear(room, MOUTH, threshold_dbfs=-50) as mouth:
        say(room, tone(tmp_path, 0.3, lead_s=0.2), sink=SPEAKER).wait()
        mouth.wait_for_silence(0.3, 2)
        (played,), (heard,) = speaker.segments(), mouth.segments()
        assert heard.start_at_s - played.start_at_s == pytest.approx(0.12, abs=0.02)
        peaks = [
            np.max(np.abs(ear.audio(sound.start_at_s, sound.end_at_s).astype(int)))
            for ear, sound in ((speaker, played), (mouth, heard))
        ]
        assert 20 * np.log10(peaks[1] / peaks[0]) == pytest.approx(level_db, abs=0.5)


def test_a_room_leaves_nothing_behind(room: Room) -> None:
    """Daemon and folder are gone, even when it was stalled."""
    with Room() as other:
        folder = other.folder
        other.stall()
    assert not folder.exists()
    with pytest.raises(RuntimeError):
        other.stall()


def test_a_program_is_run_in_a_terminal(home: Path, tmp_path: Path) -> None:
    """Keys go in, text, cursor replies, many characters nobody waits for and the exit code come out."""
    trace = tmp_path / "trace.jsonl"
    with Program(home=home, command=[sys.executable, "-c", TALK], trace_file=trace) as program:
        ready = program.wait_event("ready", timeout_s=5)
        assert program.started_at_s <= program.moment(ready) <= time.monotonic()
        assert int(program.wait_text(r"^child (\d+)", 5).group(1)) > 0
        program.wait_text(r"cursor 2;1", 5)
        assert "cursor 2;1" in program.screen_text()
        program.press("r")
        program.wait_text("pressed b'r'", 5, fresh=True)
        with pytest.raises(TimeoutError):
            program.wait_text("pressed b'r'", 0.1, fresh=True)
        program.press("q")
        assert program.finish(5) == 7
        assert program.trace() == [ready]
        with pytest.raises(EOFError):
            program.wait_text("never printed", 5)


def test_a_killed_program_takes_its_children_along(home: Path) -> None:
    """SIGKILL reaches the whole process group; the exit code tells of it."""
    with Program(home=home, command=[sys.executable, "-c", TALK]) as program:
        child = int(program.wait_text(r"child (\d+)", 5).group(1))
        program.kill()
        assert program.finish(1) == -signal.SIGKILL
        deadline_s = time.monotonic() + 2
        while Path(f"/proc/{child}/cmdline").exists() and Path(f"/proc/{child}/cmdline").read_bytes():
            assert time.monotonic() < deadline_s
            time.sleep(0.01)


def test_word_error_rate_sets_spelling_aside() -> None:
    """Case, punctuation, fillers and digits make no difference; words do."""
    assert word_error_rate("Um, I led 12 people in 2019.", "i led twelve people in twenty nineteen") == 0
    assert " ".join(plain_words("The 1st of 120, in the 1990s: 3.5% of $40")) == (
        "the first of one hundred twenty in the nineteen nineties three point five percent of forty dollars"
    )
    assert word_error_rate("one two three four", "one two four") == 0.25
    assert word_error_rate("", "thank you") == 1
    assert word_error_rate("hmm", "") == 0
