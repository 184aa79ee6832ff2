"""What a speech model costs on this machine: measured once, on recorded speech, and remembered.

Run as a module it is the child process that measures: only one that held nothing before can tell what a model
takes. It prints one line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from greenroom.errors import GreenroomError
from greenroom.hearing.models import read_memo, write_memo
from greenroom.types import SAMPLE_RATE_HZ

KEEPS_UP = 0.5
"""Seconds of decoding for a second of a short reply above which a model is too slow for this machine."""
ANSWER_S = 30.0
"""As much of a long answer as a model looks at at one go: a real one of some minutes is many of these."""
MEASURE_S = 900.0
"""The largest model on a slow machine takes a few minutes; what takes longer has hung."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a model takes; None for what has not been measured here.

    Attributes:
        reply_speed: seconds of decoding for a second of a short reply: what `auto` goes by.
        answer_speed: the same for a long answer, as most of what is written down is: what is told.
        memory_bytes: at most, while it decodes, beside what the program takes without a model; 0 where the
            system does not tell.
    """

    reply_speed: float | None = None
    answer_speed: float | None = None
    memory_bytes: int | None = None

    @property
    def whole(self) -> bool:
        """Whether all of it is known."""
        return None not in (self.reply_speed, self.answer_speed, self.memory_bytes)

    @property
    def keeps_up(self) -> bool:
        """Whether it is known to write down as fast as somebody speaks."""
        return self.reply_speed is not None and self.reply_speed <= KEEPS_UP


def known_cost(name: str, cache: Path) -> Cost:
    """What was measured before, with as many processor cores."""
    reply_speed = read_memo(cache / "speed.json").get(_key(name))
    rest = read_memo(cache / "cost.json").get(_key(name))
    answer_speed, memory_bytes = rest if isinstance(rest, list) and len(rest) == 2 else (None, None)
    return Cost(
        reply_speed if isinstance(reply_speed, float) else None,
        answer_speed if isinstance(answer_speed, float) else None,
        memory_bytes if type(memory_bytes) is int else None,
    )


def remember_reply_speed(name: str, cache: Path, speed: float) -> None:
    """For `known_cost`."""
    _remember(cache / "speed.json", name, speed)


def remember_cost(name: str, cache: Path, cost: Cost) -> None:
    """For `known_cost`. All of it is known."""
    assert cost.reply_speed is not None
    remember_reply_speed(name, cache, cost.reply_speed)
    _remember(cache / "cost.json", name, [cost.answer_speed, cost.memory_bytes])


def _remember(memo: Path, name: str, value: object) -> None:
    write_memo(memo, {**read_memo(memo), _key(name): value})


def _key(name: str) -> str:
    return f"{name} on {os.cpu_count()} cores"


def measure(name: str, cache: Path, downloads: Path, reply: Path, answer: Path) -> Cost:
    """Load a model in a process of its own, let it write down recordings, and remember what that took.

    Takes some seconds, with a large model more. One that does not come back is remembered as too slow: `auto`
    must not try it in the program itself, and die of it.

    Args:
        reply: a recording of some seconds.
        answer: one of half a minute or more.

    Raises:
        GreenroomError: it cannot be loaded or does not decode.
    """
    places = map(str, (cache, downloads, reply, answer))
    command = [sys.executable, "-P", "-m", __name__, name, *places]
    try:
        ran = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=MEASURE_S)
        told = json.loads(ran.stdout)
    except subprocess.TimeoutExpired as error:
        remember_reply_speed(name, cache, MEASURE_S)
        raise _failed(name, "it takes more than a quarter of an hour for half a minute of speech") from error
    except OSError as error:
        raise _failed(name, error.strerror or str(error)) from error
    except ValueError as error:
        if ran.returncode >= 0:
            raise _failed(name, "it broke down") from error
        remember_reply_speed(name, cache, MEASURE_S)
        why = "it was ended from outside, as happens when the memory is too small"
        raise _failed(name, why) from error
    if "message" in told:
        raise GreenroomError(told["message"], told["remedy"])
    cost = Cost(float(told["reply_speed"]), float(told["answer_speed"]), int(told["memory_bytes"]))
    remember_cost(name, cache, cost)
    return cost


def _failed(name: str, why: str) -> GreenroomError:
    return GreenroomError(
        f"The model {name} could not be tried out: {why}.", "A smaller one may do: greenroom models list."
    )


def _peak_bytes() -> int:
    """The most memory this process has held so far."""
    try:
        # Not getrusage: on Linux its peak may be that of the process that started this one.
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # Windows: not known
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _measured(
    name: str, cache: Path, downloads: Path, reply: Path, answer: Path
) -> dict[str, float | int | str]:
    from greenroom.hearing.load import load_whole
    from greenroom.hearing.transcriber import import_engine, open_model, real_time_factor

    try:
        import_engine()  # its own size is not the model's
        short, long = load_whole(reply), load_whole(answer)[: round(ANSWER_S * SAMPLE_RATE_HZ)]
        before = _peak_bytes()
        recogniser = open_model(name, cache, downloads)
        reply_speed, answer_speed = (real_time_factor(recogniser, pcm) for pcm in (short, long))
        memory_bytes = max(_peak_bytes() - before, 0)
    except GreenroomError as error:
        return {"message": error.message, "remedy": error.remedy}
    return {"reply_speed": reply_speed, "answer_speed": answer_speed, "memory_bytes": memory_bytes}


if __name__ == "__main__":
    print(json.dumps(_measured(sys.argv[1], *map(Path, sys.argv[2:]))))
