"""How far something long has come: a bar on a terminal, a line at each tenth in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from greenroom.review.clean import clean

if TYPE_CHECKING:
    from rich.progress import Progress

STEPS = 10
"""Lines that plain output gets, however long it takes."""


class Bar:
    """Used in a `with`; told how far it has come, as often as one likes.

    Args:
        title: what is under way.
        plain: lines, no drawing.
    """

    def __init__(self, title: str, plain: bool) -> None:
        self._title = clean(title)
        self._plain = plain
        self._said = -1
        self._drawn: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._drawn is not None:
            self._drawn.stop()
            self._drawn = None

    def bytes_here(self, here: int, whole: int) -> None:
        """So many bytes of so many."""
        if self._plain:
            self._say(here, whole)
        else:
            self._draw(here, whole)

    def _say(self, here: int, whole: int) -> None:
        step = STEPS * here // whole if whole else STEPS
        if step <= self._said:
            return
        self._said = step
        sys.stdout.write(f"{self._title}: {round(here / 1e6)} of {round(whole / 1e6)} MB\n")
        sys.stdout.flush()

    def _draw(self, here: int, whole: int) -> None:
        if self._drawn is None:
            from rich.progress import (
                BarColumn,
                DownloadColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
                TransferSpeedColumn,
            )

            self._drawn = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                DownloadColumn(),
                TransferSpeedColumn(),
                TimeRemainingColumn(),
            )
            self._drawn.start()
            # What is here from an earlier try counts towards the whole, not towards the speed.
            self._drawn.add_task(self._title, total=whole, completed=here)
        self._drawn.update(self._drawn.task_ids[0], completed=here, total=whole)
