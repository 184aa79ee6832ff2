"""What measures answers when they are shown: words to look for, and a model of meaning once it is needed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from greenroom.review import progress_words as progress
from greenroom.types import Answer, Landed

if TYPE_CHECKING:
    from greenroom.coaching.landing import Likeness
    from greenroom.coaching.vocabulary import Vocabulary
    from greenroom.review.coached import Means

PATIENT_S = 2.0
"""Nobody needs to be told why they wait for less."""

LookFor: TypeAlias = Callable[[Sequence[str], Answer], tuple[Landed, ...]]


def look_for(home: Path) -> tuple[LookFor, LookFor]:
    """What looks for key messages in an answer, and for the person's own points.

    Nothing is opened before the first look.
    """

    @cache
    def by_meaning() -> tuple[Likeness | None, Vocabulary]:
        from greenroom.cli import data, wiring

        return wiring.likeness(home), data.vocabulary()

    def land(texts: Sequence[str], answer: Answer) -> tuple[Landed, ...]:
        from greenroom.coaching import landing

        return landing.land(texts, answer, *by_meaning())

    def said(texts: Sequence[str], answer: Answer) -> tuple[Landed, ...]:
        from greenroom.coaching import landing

        return landing.said(texts, answer, *by_meaning())

    return land, said


def messages_in(home: Path) -> Callable[[Sequence[str], Answer], list[str]]:
    """Those of some messages that an answer brings across.

    Over the answers of some months, and with a model of meaning that meets them for the first time, it takes
    a while: then somebody at a terminal is told.
    """
    land, _ = look_for(home)
    begun_s = time.monotonic()
    told = not sys.stderr.isatty()

    def find(messages: Sequence[str], answer: Answer) -> list[str]:
        nonlocal told
        if not told and time.monotonic() - begun_s > PATIENT_S:
            told = True
            sys.stderr.write(progress.TRENDS_LOOKING + "\n")
        return [one.message for one in land(messages, answer)]

    return find


def means(home: Path) -> Means:
    """All that coaching needs beside the answers."""
    from greenroom.cli import data
    from greenroom.review.coached import Means

    return Means(data.lexicon(), *look_for(home))
