"""How long it takes to find and read back what is kept: `python benchmarks/run.py archive`.

On made archives (tests/archive/big.py) of 100, 1,000 and 10,000 answers; the last holds a million words.
In the database: one call, everything open. As a whole: the command, from the start of its process to its end.
Processor time, since the machine is shared: nothing here waits for anything but the processor.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# By its folder: `archive` is the name of this file.
sys.path.insert(0, str(ROOT / "tests" / "archive"))

import big  # noqa: E402
import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from greenroom import meaning  # noqa: E402
from greenroom.archive import Archive, Within  # noqa: E402
from greenroom.cli import wiring  # noqa: E402
from greenroom.minilm import WIDTH  # noqa: E402
from greenroom.review import similar as by_meaning  # noqa: E402

SIZES = (100, 1_000, 10_000)
RUNS = 7
MOST_S = 30.0
"""Spent on one command; what takes long is run less often."""
SINCE = date(2025, 3, 1)
"""Seven months before the last of the made sessions."""

SEARCHES: dict[str, tuple[str, Within]] = {
    "two words": ("migration rollback", Within()),
    "a word of nearly every answer": ("the", Within()),
    "a phrase of common words": ('"and then"', Within()),
    "the beginning of a word": ("promis*", Within()),
    "two letters, as a beginning": ("th*", Within()),
    "one letter, as a beginning": ("s*", Within()),
}

COMMANDS: dict[str, Sequence[str]] = {
    "list": ["list"],
    "show": ["show", "{session}"],
    "search, two words": ["search", "migration", "rollback"],
    "search, a common word": ["search", "the"],
    "search --since --company": ["search", "and", "--since", SINCE.isoformat(), "--company", "{company}"],
    "search --similar": ["search", "--similar", "how I dealt with an angry customer"],
    # Each of these writes into a fresh folder.
    "report": ["report", "{session}", "--no-audio", "--output", "{folder}/report.html"],
    "report --since": [
        *("report", "--since", SINCE.isoformat()),
        *("--no-audio", "--output", "{folder}/report.html"),
    ],
    "export, JSON": [
        *("export", "{session}", "--format", "json", "--no-audio"),
        *("--output", "{folder}/export.json"),
    ],
}


def archive() -> Iterator[str]:
    """Search, list, show, report and export on archives of three sizes."""
    rows: dict[str, list[str]] = {}
    heads = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            began_s = time.process_time()
            words = big.fill(home, size)
            made_s = time.process_time() - began_s
            heads.append(f"{size:,} answers")
            megabytes = (home / "greenroom.db").stat().st_size / 1e6
            rows.setdefault("words in them", []).append(f"{words:,}")
            rows.setdefault("database, MB", []).append(f"{megabytes:.0f}")
            rows.setdefault("made in, s", []).append(f"{made_s:.1f}")
            for name, taken in (*_inside(home), *_whole(home)):
                rows.setdefault(name, []).append(taken)
    yield f"| median of up to {RUNS} | {' | '.join(heads)} |"
    yield f"|---|{'---|' * len(heads)}"
    for name, cells in rows.items():
        yield f"| {name} | {' | '.join(cells)} |"


def _inside(home: Path) -> Iterator[tuple[str, str]]:
    """Calls of the archive, in milliseconds of processor time."""
    with Archive.open(home) as archive:
        session = _middle(archive)
        calls: dict[str, Callable[[], object]] = {
            "list": lambda: archive.sessions(limit=21),
            "show, without its coaching": lambda: archive.session(session),
        }
        for name, (words, within) in SEARCHES.items():
            calls[f"search, {name}"] = partial(archive.search, words, within=within)
        narrow = Within(SINCE, "practice", _company(archive))
        calls["search, a common word since a day, one kind, one company"] = partial(
            archive.search, "and", within=narrow
        )
        for name, call in calls.items():
            yield f"in the database: {name}, ms", f"{1000 * _median_s(call):.1f}"
        if meaning.is_here():
            _pretend_to_know(archive)
            model = wiring.embedder(home)
            asked = model.vectors(["an angry customer"])
            ready = by_meaning.Embedder(model.name, lambda texts: asked)
            taken_s = _median_s(lambda: by_meaning.similar(archive, "customer", ready, Within(), 20))
            yield "in the database: search --similar, without its model, ms", f"{1000 * taken_s:.1f}"


def _pretend_to_know(archive: Archive) -> None:
    """Vectors out of thin air: a search through these takes as long, and a million words take a while."""
    drawn = np.random.default_rng(1)

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        made = drawn.standard_normal((len(texts), WIDTH), np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)

    by_meaning.AT_ONCE = 1000
    by_meaning.LEAST_LIKE = -1.0  # what is drawn is near to nothing, and as many are to be shown as in life
    by_meaning.learn(archive, by_meaning.Embedder(meaning.NAME, vectors), lambda done, total: None)


def _whole(home: Path) -> Iterator[tuple[str, str]]:
    """Whole commands, in seconds of processor time."""
    with Archive.open(home) as archive:
        session, company = _middle(archive), _company(archive)
    for name, words in COMMANDS.items():
        if "--similar" in words and not meaning.is_here():
            continue
        taken_s: list[float] = []
        while len(taken_s) < RUNS and sum(taken_s) < MOST_S:
            with tempfile.TemporaryDirectory() as folder:
                filled = [word.format(session=session, company=company, folder=folder) for word in words]
                before_s = _children_s()
                ran = subprocess.run(
                    [sys.executable, "-m", "greenroom", *filled],
                    env={**os.environ, "GREENROOM_HOME": str(home)},
                    capture_output=True,
                    text=True,
                )
                taken_s.append(_children_s() - before_s)
            if ran.returncode:
                raise RuntimeError(f"greenroom {' '.join(words)}: {ran.stderr}")
        yield f"`greenroom {name}`, s", f"{statistics.median(taken_s):.2f}"


def _children_s() -> float:
    """Processor time of all commands so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _middle(archive: Archive) -> int:
    """A session like the others; the last one may be cut short."""
    return max(1, archive.sessions(limit=1)[0].id // 2)


def _company(archive: Archive) -> str:
    """One that there is: a small archive has not all of them."""
    return next(one.company for one in archive.sessions() if one.company)


def _median_s(call: Callable[[], object]) -> float:
    call()
    taken_s = []
    for _ in range(RUNS):
        began_s = time.process_time()
        call()
        taken_s.append(time.process_time() - began_s)
    return statistics.median(taken_s)
