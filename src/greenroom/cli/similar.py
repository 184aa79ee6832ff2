"""`search --similar`: has what is new read for its meaning, and tells how far that is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from greenroom.cli.measuring import PATIENT_S

if TYPE_CHECKING:
    from greenroom.archive import Hit, Within


def find(asked: str, within: Within, limit: int) -> list[Hit]:
    """The moments nearest in meaning.

    Raises:
        GreenroomError: the model is not installed, there is nothing to look for, or no session is with that
            company.
    """
    from greenroom.cli import wiring
    from greenroom.review.similar import check, learn, similar
    from greenroom.settings import home_folder

    check(asked)
    model = wiring.embedder(home_folder())
    with wiring.open_archive() as archive:
        archive.check_within(within)  # before somebody waits for all the reading
        learn(archive, model, _teller())
        return similar(archive, asked, model, within, limit)


def _teller() -> Callable[[int, int], None]:
    """Says on standard error why one waits: at a terminal a line that counts, else one line before it."""
    from greenroom.review import figures, search_words

    begun_s = time.monotonic()
    counts = sys.stderr.isatty()
    told = False

    def tell(done: int, total: int) -> None:
        nonlocal told
        spent_s = time.monotonic() - begun_s
        if not told and spent_s > PATIENT_S and done < total:
            told = True
            sys.stderr.write(search_words.LEARNING.format(total=f"{total:,}") + "\n")
        if told and counts:
            left = figures.roughly(spent_s * (total - done) / done)
            line = search_words.LEARNING_LEFT.format(done=f"{done:,}", total=f"{total:,}", left=left)
            # Spaces wipe out a longer line before it; in the end the line itself goes.
            sys.stderr.write(f"\r{line if done < total else '':<60}" + ("" if done < total else "\r"))
        sys.stderr.flush()

    return tell
