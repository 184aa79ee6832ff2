"""Measures what greenroom costs on this machine: `make bench`, or `make bench ARGS="commands speech"`.

Prints Markdown tables; docs/benchmarks.md holds the last ones with the command that made them. Figures
depend on the machine; ratios are taken within one run.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import echo  # noqa: E402 - they use the tests' own rulers
import latency  # noqa: E402
import turn_taking  # noqa: E402
import words  # noqa: E402

import archive  # noqa: E402
import coaching  # noqa: E402

RUNS = 5


def main() -> None:
    """Run the benchmarks named on the command line, all of them without names."""
    benchmarks: dict[str, Callable[[], Iterator[str]]] = {
        "commands": commands,
        "speech": speech,
        "voices": voices,
        "words": words.words,
        "quick": words.quick,
        "turn-taking": turn_taking.turn_taking,
        "latency": latency.latency,
        "two-hours": latency.two_hours,
        "echo": echo.echo,
        "archive": archive.archive,
        "coaching": coaching.coaching,
        "messages": coaching.messages,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(benchmarks)}")
    names = parser.parse_args().names or list(benchmarks)
    for unknown in set(names) - set(benchmarks):
        parser.error(f"there is no benchmark {unknown}")
    for name in names:
        for line in benchmarks[name]():
            print(line, flush=True)
        print()


def commands() -> Iterator[str]:
    """Processor seconds of short commands as whole processes, against bare Python in the same run."""
    greenroom = [str(Path(sys.executable).with_name("greenroom"))]
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [*greenroom, "practice", "--text", "--speaker", "none", "--count", "2"],
            input="I listened first.\nWe shipped in May.\nCalm.\nThe first one.\nA breath.\n",
            env={"GREENROOM_HOME": home, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
            text=True,
        )
        rows = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "greenroom --help": [*greenroom, "--help"],
            "greenroom list": [*greenroom, "list"],
            "greenroom show last": [*greenroom, "show", "last"],
            "greenroom search shipped": [*greenroom, "search", "shipped"],
        }
        yield "| command | processor s, median of 5 | times bare Python |"
        yield "|---|---|---|"
        bare_s = 0.0
        for name, command in rows.items():
            taken_s = statistics.median(_processor_s(command, home) for _ in range(RUNS))
            bare_s = bare_s or taken_s
            yield f"| `{name}` | {taken_s:.2f} | {taken_s / bare_s:.0f} |"


def speech() -> Iterator[str]:
    """Hearing and decoding of recorded answers: real-time factors and word error rates, per model."""
    from e2e.words import word_error_rate
    from greenroom.hearing.answer import Words, hear_recording
    from greenroom.hearing.load import load_whole
    from greenroom.hearing.models import find_model, installed_models
    from greenroom.hearing.stitching import stitched
    from greenroom.hearing.transcriber import FasterWhisper
    from greenroom.hearing.vad import SileroVad
    from greenroom.types import SAMPLE_RATE_HZ, Pcm
    from recordings import recorded

    names = ["demo/conflict", "demo/weakness", "demo/tell-me-about-yourself", "answers/human-lj-printing"]
    sounds = {name: load_whole(recorded(name).path) for name in names}
    spoken_s = sum(len(pcm) for pcm in sounds.values()) / SAMPLE_RATE_HZ
    yield f"{len(names)} answers (3 synthetic, 1 built of real clips), {spoken_s:.0f} s in all."
    yield ""
    yield "| model | load s | hearing, × real time | decoding, × real time | stitched WER | whole WER |"
    yield "|---|---|---|---|---|---|"
    for model in installed_models():
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as cache:
            recogniser = FasterWhisper(find_model(model.name, Path(cache)))
            load_s = time.perf_counter() - began
            stitched_wer, whole_wer, hearing_s, decoding_s = [], [], 0.0, 0.0
            for name, pcm in sounds.items():
                stretches: list[tuple[Pcm, float]] = []

                def hold(part: Pcm, offset_s: float, into: list[tuple[Pcm, float]] = stretches) -> Words:
                    into.append((part, offset_s))
                    return Words()

                began = time.perf_counter()
                spans, _, _ = hear_recording([pcm], SileroVad(), hold, recogniser.rule)
                hearing_s += time.perf_counter() - began
                began = time.perf_counter()
                words = [
                    [word.shifted(offset_s) for word in recogniser.decode(part)]
                    for part, offset_s in stretches
                ]
                decoding_s += time.perf_counter() - began
                text = stitched(words, model.name, first_s=spans[0].start_s, last_s=spans[-1].end_s).text
                reference = recorded(name).reference
                stitched_wer.append(word_error_rate(reference, text))
                whole = " ".join(word.text for word in recogniser.decode(pcm))
                whole_wer.append(word_error_rate(reference, whole))
        yield (
            f"| {model.name} | {load_s:.1f} | {hearing_s / spoken_s:.3f} | {decoding_s / spoken_s:.3f} "
            f"| {statistics.mean(stitched_wer):.3f} | {statistics.mean(whole_wer):.3f} |"
        )


def voices() -> Iterator[str]:
    """Rendering of a question, cold (the voice's process starts) and warm."""
    from greenroom.speaking.voice import Voice, available_voices

    text = "Tell me about a time you had a conflict with a colleague."
    yield "| voice | first question s | the next ones s, median of 5 | speech s |"
    yield "|---|---|---|---|"
    for info in available_voices():
        with tempfile.TemporaryDirectory() as folder:
            voice = Voice(info.name, Path(folder))
            taken = []
            for _ in range(RUNS + 1):
                began = time.perf_counter()
                spoken = voice.render(text)
                taken.append(time.perf_counter() - began)
            voice.close()
        warm_s = statistics.median(taken[1:])
        yield f"| {info.name} | {taken[0]:.2f} | {warm_s:.2f} | {spoken.duration_s:.1f} |"


def _processor_s(command: list[str], home: str) -> float:
    """User and system seconds of one whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, env={"GREENROOM_HOME": home, "PATH": "/usr/bin:/bin"}, capture_output=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
