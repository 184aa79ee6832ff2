"""One turn as a part of the page, with its coaching as `show` has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenroom.review import figures
from greenroom.review import words as common
from greenroom.review.clean import clean
from greenroom.review.look import Look
from greenroom.review.page import Line, text_of
from greenroom.review.report import words
from greenroom.review.report.parts import AnswerPart, CoachingRow, Sound
from greenroom.review.report.spoken import paragraphs
from greenroom.review.report.timeline import timeline
from greenroom.review.terminal import turn_facts
from greenroom.types import Answer, Turn

UNWRAPPED = Look(plain=False, columns=1_000_000)
"""A page of `show` in which every line is whole: a browser breaks them itself."""

_BULLET = "- "


def anchor_of(session: int, turn: int) -> str:
    """The id of an answer on the page: "a12-3"."""
    return f"a{session}-{turn}"


def answer_part(
    session: int,
    turn: Turn,
    answer: Answer,
    *,
    sound: Sound | None = None,
    silent: str = "",
    coaching: Sequence[Line] = (),
) -> AnswerPart:
    """A turn with all that is shown of it.

    Args:
        answer: the same, with its spans.
        sound: its recording; silent: else why there is none, if that needs a word.
        coaching: the lines below the answer, unwrapped.
    """
    anchor = anchor_of(session, turn.number)
    said = paragraphs(turn, anchor)
    length_s = sound.length_s if sound else None
    return AnswerPart(
        anchor=anchor,
        moment=figures.moment(session, turn.number),
        prompt=clean(turn.prompt),
        facts=tuple(turn_facts(session, turn)),
        paragraphs=said,
        timeline=timeline(answer.voiced, answer.left_out, turn.timing, said, length_s),
        sound=sound,
        wordless=common.NO_WORDS if turn.status == "answered" and not said else "",
        silent=silent,
        coaching=tuple(coaching_rows(coaching)),
    )


def coaching_rows(page: Iterable[Line]) -> list[CoachingRow]:
    """The lines below an answer as labels with what stands behind them.

    Args:
        page: as `coached_page.below` makes it for `UNWRAPPED`: "Label: text", and bullets below it.
    """
    rows: list[CoachingRow] = []
    for line in page:
        text = text_of(line).strip()
        if not text:
            continue
        if text.startswith(_BULLET) and rows:
            last = rows[-1]
            rows[-1] = CoachingRow(last.label, last.text, (*last.bullets, text.removeprefix(_BULLET)))
            continue
        label, _, rest = text.partition(":")
        rows.append(CoachingRow(label, rest.strip()))
    return rows


def silence(session: int, turn: Turn, wanted: bool) -> str:
    """Why an answer cannot be heard, where it has a recording."""
    if turn.audio is None:
        return words.NO_SOUND_KEPT if turn.audio_removed_at else ""
    if not wanted:
        return words.NO_SOUND_WANTED.format(moment=figures.moment(session, turn.number))
    return words.NO_SOUND_LOST
