"""A soak on the virtual sound card: `make torture`, or `make torture ARGS="--turns 6"`.

One rehearsal of many questions by a recorded person who does all that people do: stops too long and goes on
(during the sum-up, over the next question, at once), gives commands, makes noises, speaks beside
loudspeakers, and loses the microphone. It ends with a look into every recording for every piece of what was
said, and prints Markdown for docs/benchmarks.md. Takes about half a minute a turn; wants a machine with
nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from e2e.mouth import say  # noqa: E402
from e2e.person import Scene, Utterance, on_stage, speak, until  # noqa: E402
from e2e.room import Room, RoomError  # noqa: E402
from e2e.stored import command, show, sound  # noqa: E402
from e2e.words import plain_words, word_error_rate  # noqa: E402
from recordings import FOLDER, Recorded, recorded  # noqa: E402

RATE_HZ = 16_000
SEED = 5
PATIENCE_S = 1.5
A_PAUSE_S = 0.8
PIECE_S = 0.5
"""What was said is looked for in pieces of this length, most of a word or two."""
ALIKE = 0.7
"""Correlation at which a piece counts as found; between different words it stays below 0.5."""
ECHO_FROM = 2 / 3
"""From this share of the turns on the loudspeaker is heard by the microphone."""
ECHO_DB = -20.0

ANSWERS = (
    *(f"replies/debrief-{name}" for name in ("01-feeling-before", "02-feeling-during", "03-feeling-after")),
    *(f"replies/debrief-{name}" for name in ("04-turning-point", "07-question-two", "10-went-well")),
    *("answers/short-high", "answers/short-gb", "answers/command-words", "demo/practice-feeling"),
)
VOICES = ("joe", "high", "us", "gb")
NOISES = ("keyboard", "door", "dishes", "cafe")


@dataclass
class Said:
    """One answer that must be there in the end: what was said in it, in which turn."""

    turn: int
    kind: str
    recordings: list[Recorded]
    stuttered: bool = False


@dataclass
class Soak:
    """The person's memory of the session."""

    scene: Scene
    rng: np.random.Generator
    turn: int = 1
    said: list[Said] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    silent_s: list[float] = field(default_factory=list)
    unchecked: list[tuple[Utterance, Said]] = field(default_factory=list)

    def wait(
        self, name: str, turn: int | None = None, *, timeout_s: float = 40, count: int = 1
    ) -> dict[str, Any]:
        turn = self.turn if turn is None else turn
        return self.scene.program.wait_event(name, turn=turn, timeout_s=timeout_s, count=count)

    def some(self, names: tuple[str, ...] = ANSWERS) -> Recorded:
        return recorded(str(self.rng.choice(names)))

    def say(self, recording: Recorded, said: Said) -> Utterance:
        """Say an answer or a part of one to its end. Whether it came through is looked at when the turn is
        over: that takes seconds after twenty minutes of sound, and nobody may be late for what comes next."""
        said.recordings.append(recording)
        spoken = speak(self.scene, recording)
        spoken.wait_until_said()
        self.unchecked.append((spoken, said))
        return spoken

    def _listen_back(self) -> None:
        """Whether the virtual card let all of it through in one piece."""
        heard = self.scene.mouth.segments(2.0) if self.unchecked else []
        for spoken, said in self.unchecked:
            apart_s = min((abs(one.end_at_s - spoken.last_s) for one in heard), default=1.0)
            said.stuttered |= apart_s > 0.25
        self.unchecked.clear()

    def tell(self, name: str) -> float:
        """Give a command, and wait until it was understood. Returns when it had been said."""
        began = [event for event in self.scene.program.trace() if event["event"] == "command_heard"]
        speak(self.scene, recorded(f"commands/{name}-{self.rng.choice(VOICES)}")).wait_until_said()
        said_s = time.monotonic()
        self.done[f"command: {name}"] += 1
        deadline_s = time.monotonic() + 6
        while time.monotonic() < deadline_s:
            heard = [event for event in self.scene.program.trace() if event["event"] == "command_heard"]
            if len(heard) > len(began):
                if heard[-1]["command"] != name:
                    raise AssertionError(f"{name} was taken for {heard[-1]['command']}")
                return said_s
            time.sleep(0.05)
        raise TimeoutError(f"{name} was not understood")

    def hear_out(self, after_s: float) -> None:
        """Wait until the program has said what it has to say now. People let it finish, busy or not."""
        self.scene.speaker.wait_for_sound(10, after_s=after_s)
        self.scene.speaker.wait_for_silence(0.6, 20)

    def begin(self, kind: str) -> Said:
        self.wait("question_ended", timeout_s=60)
        time.sleep(float(self.rng.uniform(0.3, 1.5)))
        one = Said(self.turn, kind, [])
        self.said.append(one)
        self.done[kind] += 1
        return one

    def over(self) -> None:
        self.wait("transcript_ready")
        self.turn += 1
        self._listen_back()


def patience(soak: Soak) -> None:
    """An answer, and silence."""
    soak.say(soak.some(), soak.begin("closed by silence"))
    soak.wait("answer_closed")
    soak.over()


def enter(soak: Soak) -> None:
    """Enter at the last word."""
    soak.say(soak.some(), soak.begin("closed by Enter"))
    soak.scene.program.press("enter")
    soak.over()


def during_the_sum_up(soak: Soak) -> None:
    said = soak.begin("false end, going on during the sum-up")
    soak.say(recorded("answers/half-one"), said)
    closed = soak.wait("answer_closed")
    soak.scene.speaker.wait_for_sound(10, after_s=soak.scene.program.moment(closed) + 0.3)
    time.sleep(0.3)
    _go_on(soak, said)


def over_the_next_question(soak: Soak) -> None:
    said = soak.begin("false end, going on over the next question")
    soak.say(recorded("answers/half-one"), said)
    asked = soak.wait("question_started", soak.turn + 1)
    begun_s = soak.scene.speaker.wait_for_sound(5, after_s=soak.scene.program.moment(asked) - 0.05)
    until(begun_s + 0.4)
    _go_on(soak, said)


def at_once(soak: Soak) -> None:
    said = soak.begin("false end, going on at once")
    soak.say(recorded("answers/half-one"), said)
    soak.wait("answer_closed")
    _go_on(soak, said)


def _go_on(soak: Soak, said: Said) -> None:
    spoken = soak.say(recorded("answers/half-two"), said)
    soak.wait("answer_reopened", timeout_s=3)
    silent = [one.end_at_s for one in soak.scene.speaker.segments() if one.start_at_s < spoken.first_s]
    soak.silent_s.append(max(max(silent, default=0.0) - spoken.first_s, 0.0))
    soak.wait("answer_closed", count=2)
    soak.over()


def repeat_then_done(soak: Soak) -> None:
    said = soak.begin("after “repeat the question”, closed by “that's my answer”")
    soak.hear_out(soak.tell("repeat"))
    soak.say(soak.some(), said)
    time.sleep(A_PAUSE_S)
    soak.tell("done")
    soak.over()


def again(soak: Soak) -> None:
    soak.say(recorded("answers/half-one"), soak.begin("first take"))
    time.sleep(A_PAUSE_S)
    soak.tell("again")
    soak.over()
    soak.say(soak.some(), soak.begin("second take"))
    soak.over()


def pause_and_continue(soak: Soak) -> None:
    said = soak.begin("with a pause in the middle, something else said in it")
    soak.say(recorded("answers/half-one"), said)
    time.sleep(A_PAUSE_S)
    soak.hear_out(soak.tell("pause"))
    speak(soak.scene, recorded("answers/short-high")).wait_until_said()
    time.sleep(A_PAUSE_S)
    soak.hear_out(soak.tell("continue"))
    soak.say(recorded("answers/half-two"), said)
    soak.scene.program.press("enter")
    soak.over()


def noise_then_answer(soak: Soak) -> None:
    said = soak.begin("after a noise")
    noise = str(soak.rng.choice(NOISES))
    say(soak.scene.room, FOLDER / "noise" / f"{noise}.flac").wait()
    soak.done[f"noise: {noise}"] += 1
    soak.say(soak.some(), said)
    soak.over()


def skip(soak: Soak) -> None:
    soak.wait("question_ended", timeout_s=60)
    time.sleep(0.5)
    soak.tell("skip")
    soak.skipped.append(soak.turn)
    soak.wait("turn_stored")
    soak.turn += 1


def microphone_gone(soak: Soak) -> None:
    said = soak.begin("with the microphone gone for 4 s in between")
    soak.say(recorded("answers/half-one"), said)
    time.sleep(0.6)
    soak.scene.room.suspend()
    soak.scene.program.wait_text("has stopped", 5, fresh=True)
    time.sleep(4.0)
    back_s = time.monotonic()
    soak.scene.room.resume()
    soak.scene.program.wait_text("Listening again", 10, fresh=True)
    soak.hear_out(back_s)
    soak.say(recorded("answers/half-two"), said)
    soak.over()


EXERCISES: tuple[Callable[[Soak], None], ...] = (
    *(patience, during_the_sum_up, repeat_then_done, over_the_next_question, noise_then_answer, enter),
    *(again, at_once, skip, microphone_gone, pause_and_continue, patience),
)


def torture(turns: int) -> Iterator[str]:
    """Hold the rehearsal and look at what is left of it, as Markdown."""
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Room() as room:
        home = Path(folder) / "home"
        arguments = ["practice", "--pack", "soak", "--no-debrief", "--model", "tiny.en", "--voice", "system"]
        arguments += ["--plain", "--patience", str(PATIENCE_S)]
        for question in _questions(home, turns):
            arguments += ["--question", question]
        with on_stage(room, home, *arguments) as scene:
            soak = Soak(scene, np.random.default_rng(SEED))
            _perform(soak, turns)
            peak_mb, processor_s = _cost(scene.program.pid)
            code = scene.program.finish(600)
            trace = scene.program.trace()
        taken_s = time.monotonic() - began_s
        yield from _report(soak, home, code, taken_s, peak_mb, processor_s, trace)


def _questions(home: Path, turns: int) -> list[str]:
    """A pack of the shortest questions of all packs: the person is to be tried, not the voice."""
    rows = json.loads(command(home, "questions", "list", "--json").stdout)
    rows = sorted(rows, key=lambda row: len(row["text"]))[:turns]
    pack = home / "prompts" / "packs" / "soak.toml"
    pack.parent.mkdir(parents=True, exist_ok=True)
    questions = [
        f"[[questions]]\nid = {json.dumps(row['id'])}\ntext = {json.dumps(row['text'])}" for row in rows
    ]
    pack.write_text("\n\n".join(['id = "soak"\ntitle = "Soak"', *questions]) + "\n")
    return [row["id"] for row in rows]


def _perform(soak: Soak, turns: int) -> None:
    place = 0
    while soak.turn <= turns and soak.scene.program.is_running():
        if soak.turn > turns * ECHO_FROM and not soak.done["turns beside loudspeakers"]:
            soak.scene.room.echo(level_db=ECHO_DB, delay_ms=120)
        exercise = EXERCISES[place % len(EXERCISES)]
        place += 1
        # One that needs the question after it cannot be the last.
        if soak.turn == turns and exercise in (over_the_next_question, again):
            exercise = patience
        first = soak.turn
        try:
            exercise(soak)
        except (TimeoutError, AssertionError, RoomError) as error:
            soak.problems.append(f"turn {first}, {exercise.__name__}: {str(error).splitlines()[0]}")
            _find_the_place(soak, first)
        if soak.turn > turns * ECHO_FROM:
            soak.done["turns beside loudspeakers"] += soak.turn - first
        print(f"{time.strftime('%H:%M:%S')} {exercise.__name__}: {soak.turn - 1} of {turns}", file=sys.stderr)


def _find_the_place(soak: Soak, first: int) -> None:
    """Something went wrong in a turn: leave it, and go on with the next one."""
    soak.said = [one for one in soak.said if one.turn < first]
    ended = [e["turn"] for e in soak.scene.program.trace() if e["event"] == "question_ended"]
    latest = max(ended, default=first)
    if latest <= first:
        soak.scene.program.press("s")
        latest = first + 1
    soak.turn = latest


def _cost(pid: int) -> tuple[float, float]:
    """Peak resident memory in MB, and processor seconds, of a running process."""
    status = Path(f"/proc/{pid}/status").read_text()
    peak_kb = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return peak_kb / 1024, (int(fields[11]) + int(fields[12])) / 100


def _report(
    soak: Soak,
    home: Path,
    code: int,
    taken_s: float,
    peak_mb: float,
    processor_s: float,
    trace: list[dict[str, Any]],
) -> Iterator[str]:
    turns = {turn["number"]: turn for turn in show(home, "1")["turns"]}
    pieces = found = words = 0
    errors: list[float] = []
    bad: list[str] = []
    for one in soak.said:
        turn = turns.get(one.turn)
        if one.stuttered:
            continue
        if turn is None or not turn["transcript"] or not turn["audio"]:
            bad.append(f"turn {one.turn} ({one.kind}): not stored")
            continue
        reference = " ".join(recording.reference for recording in one.recordings)
        wer = word_error_rate(reference, turn["transcript"])
        count = len(plain_words(reference))
        words += count
        errors.append(wer * count)
        if wer > 0.3:
            bad.append(f"turn {one.turn} ({one.kind}): word error rate {wer:.2f}")
        kept = sound(home, turn["audio"])
        of_it = [_is_in(piece, kept) for recording in one.recordings for piece in _pieces(recording)]
        pieces += len(of_it)
        found += sum(of_it)
        if not all(of_it):
            missing = len(of_it) - sum(of_it)
            bad.append(f"turn {one.turn} ({one.kind}): {missing} of {len(of_it)} pieces missing")
    for number in soak.skipped:
        if turns[number]["transcript"]:
            bad.append(f"turn {number}: skipped, but has words")
    final = sum(turn["transcript_is"] == "final" for turn in turns.values())
    stuttered = sum(one.stuttered for one in soak.said)
    yield f"{len(turns)} turns, {taken_s / 60:.0f} minutes, exit code {code}; synthetic speech, seed {SEED}."
    yield ""
    yield "| what | measured |"
    yield "|---|---|"
    for what, times in sorted(soak.done.items()):
        yield f"| {what} | {times} |"
    yield f"| answers looked at (left out: the virtual card stuttered) | {len(errors)} ({stuttered}) |"
    yield f"| pieces of {PIECE_S} s of what was said that are in the recordings | {found} of {pieces} |"
    yield f"| word error rate of the stored transcripts, {words} words | {sum(errors) / max(words, 1):.3f} |"
    yield f"| transcripts that are final | {final} of {len(errors) + stuttered} |"
    if soak.silent_s:
        yield (
            f"| the program falls silent after the voice, median and longest | "
            f"{statistics.median(soak.silent_s):.2f} s, {max(soak.silent_s):.2f} s |"
        )
    yield f"| peak memory, processor time | {peak_mb:.0f} MB, {processor_s:.0f} s |"
    yield f"| problems | {len(soak.problems) + len(bad)} |"
    for line in (*soak.problems, *bad):
        yield f"| | {line} |"
    # What the program did in those turns and the ones after them tells whose fault it was.
    odd = {int(found[1]) for line in (*soak.problems, *bad) if (found := re.match(r"turn (\d+)", line))}
    for event in trace:
        if event.get("turn") in odd | {turn + 1 for turn in odd}:
            print(event, file=sys.stderr)


def _pieces(recording: Recorded) -> list[npt.NDArray[np.float32]]:
    """Everything loud in a recording, in pieces of PIECE_S."""
    samples, _ = soundfile.read(recording.path, dtype="float32")
    first, last = round(recording.first_voiced_s * RATE_HZ), round(recording.last_voiced_s * RATE_HZ)
    size = round(PIECE_S * RATE_HZ)
    cuts = [samples[start : start + size] for start in range(first, last - size // 2, size)]
    loudest = max(float(np.sqrt(np.mean(cut**2))) for cut in cuts)
    return [cut for cut in cuts if float(np.sqrt(np.mean(cut**2))) > loudest / 10]


def _is_in(piece: npt.NDArray[np.float32], kept: npt.NDArray[np.int16]) -> bool:
    """Whether a recording holds this very piece of sound anywhere: no model is asked."""
    whole = kept.astype(np.float64) / 32_768
    size = 1 << (len(whole) + len(piece)).bit_length()
    product = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(piece, size)), size)[: len(whole)]
    power = np.concatenate([[0.0], np.cumsum(whole**2)])
    ends = np.minimum(np.arange(len(whole)) + len(piece), len(whole))
    energy = np.sqrt(np.maximum(power[ends] - power[: len(whole)], 1e-9))
    return bool(np.max(product / energy) / np.sqrt(np.sum(piece.astype(np.float64) ** 2)) >= ALIKE)


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description="A long rehearsal with everything that people do.")
    parser.add_argument("--turns", type=int, default=60, help="how many turns (60 take about half an hour)")
    for line in torture(parser.parse_args().turns):
        print(line, flush=True)


if __name__ == "__main__":
    main()
