"""Answers written down anew by another model, long after they were given.

One answer after the other, each in pieces of two minutes at most. A piece that is done is kept aside, so that
whatever stops it (kill -9 too), it goes on there the next time; the old words stay until all pieces are
there, and then one transaction puts the new ones in their place. What the person corrected is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from greenroom.archive import Archive, OpenTurn
from greenroom.archive.corrections import KeptAnswer
from greenroom.archive.recovery import holds_sound
from greenroom.coaching.fillers import is_filler
from greenroom.errors import TranscriptionError
from greenroom.hearing.again import whole, words_of_piece
from greenroom.hearing.final import pieces
from greenroom.hearing.transcriber import Recogniser
from greenroom.stage.keeping import SHORTEST_S, forget_sound, measured
from greenroom.types import Word


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do, and what is left alone.

    Attributes:
        answers: to be written down anew, oldest first.
        corrected: those the person put right.
        done: how many have this model's words already.
        short: how many are too short to be heard better.
    """

    answers: tuple[KeptAnswer, ...]
    corrected: tuple[KeptAnswer, ...] = ()
    done: int = 0
    short: int = 0

    @property
    def speaking_s(self) -> float:
        return sum(answer.speaking_s for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Step:
    """So far it has come.

    Attributes:
        answer: the one in hand.
        number: which of `Work.answers` it is, from 1.
        share: how much of it is done, 0 to 1; 1 once it is stored, or left as it was.
        is_new: it has new words, once that is 1.
    """

    answer: KeptAnswer
    number: int
    share: float
    is_new: bool = True


@dataclass(slots=True)
class Rewritten:
    """What came of it.

    Attributes:
        stored: answers that have new words now.
        as_before: in which the model heard nothing: unchanged.
        changed: corrected, deleted or written down anew by somebody else meanwhile.
        busy: another greenroom is at work on their sessions.
        lost: whose recording is not where it was.
        failed: with the reason; their old words stay.
    """

    stored: list[KeptAnswer] = field(default_factory=list)
    as_before: list[KeptAnswer] = field(default_factory=list)
    changed: list[KeptAnswer] = field(default_factory=list)
    busy: list[KeptAnswer] = field(default_factory=list)
    lost: list[KeptAnswer] = field(default_factory=list)
    failed: list[tuple[KeptAnswer, TranscriptionError]] = field(default_factory=list)


def work_for(kept: Sequence[KeptAnswer], model: str, *, force: bool = False) -> Work:
    """Which of these answers a model is to write down anew. Pure.

    Args:
        model: its name; what it has written already is not done again.
        force: also those the person put right.
    """
    answers: list[KeptAnswer] = []
    corrected: list[KeptAnswer] = []
    done = short = 0
    for answer in kept:
        if answer.is_corrected and not force:
            corrected.append(answer)
        # A correction stands over this model's own words as well, and is what is to go.
        elif answer.model == model and answer.is_final and not answer.is_corrected:
            done += 1
        elif answer.length_s < SHORTEST_S:
            short += 1
        else:
            answers.append(answer)
    return Work(tuple(answers), tuple(corrected), done, short)


def write_anew(
    archive: Archive,
    work: Work,
    recogniser: Callable[[], Recogniser],
    show: Callable[[Step], None],
    *,
    force: bool = False,
) -> Rewritten:
    """Have all of it written down, however long it takes.

    Args:
        recogniser: the model, asked for only when there is something to decode.
        show: told of each piece that is done.

    Raises:
        GreenroomError: the model cannot be loaded, or the disk is full.
        KeyboardInterrupt: Ctrl-C; what is done is kept, whole answers and pieces alike.
    """
    result = Rewritten()
    for number, answer in enumerate(work.answers, 1):
        ours = archive.holds(answer.session_id)
        if not archive.claim(answer.session_id):
            result.busy.append(answer)
            continue
        stored = len(result.stored)
        try:
            # Asked anew: much may have happened before it was ours.
            if answer in archive.kept_answers(answer.session_id):
                _one(archive, answer, recogniser, partial(_tell, show, answer, number), force, result)
            else:
                result.changed.append(answer)
        finally:
            if not ours:
                archive.release(answer.session_id)
        show(Step(answer, number, 1.0, len(result.stored) > stored))
    return result


def _tell(show: Callable[[Step], None], answer: KeptAnswer, number: int, share: float) -> None:
    show(Step(answer, number, share))


def _one(
    archive: Archive,
    answer: KeptAnswer,
    recogniser: Callable[[], Recogniser],
    show: Callable[[float], None],
    force: bool,
    result: Rewritten,
) -> None:
    turn = archive.open_turn(answer.turn_id)
    if turn is None or not holds_sound(turn.audio):
        result.lost.append(answer)
        return
    model = recogniser()
    try:
        found = _decoded(archive, turn, model, show)
    except TranscriptionError as error:
        result.failed.append((answer, error))
        return
    if not any(found):
        # Somebody's words are never exchanged for none.
        archive.drop_drafts(answer.turn_id)
        result.as_before.append(answer)
        return
    new = whole(found, model.name, turn.voiced)
    timing, fillers = measured(new.words, turn.voiced, turn.question_ended_s or 0.0, turn.left_out)
    archive.store_again(answer.turn_id, new, timing=timing, fillers=fillers, force=force)
    forget_sound(turn)
    result.stored.append(answer)


def _decoded(
    archive: Archive, turn: OpenTurn, model: Recogniser, show: Callable[[float], None]
) -> list[tuple[Word, ...]]:
    """The words of each piece, those kept from an earlier try as they are.

    Raises:
        TranscriptionError: the recording cannot be read, or not be decoded.
    """
    sound = turn.cleaned if turn.cleaned.exists() else turn.audio
    all_pieces = list(pieces(turn.voiced))
    lengths_s = [sum(span.duration_s for span in piece.voiced) for piece in all_pieces]
    kept = archive.drafts(turn.turn.id, model.name)
    found: list[tuple[Word, ...]] = []
    for place, piece in enumerate(all_pieces):
        number = round(piece.sound.start_s * 1000)  # where it begins says which piece it is
        if number not in kept:
            kept[number] = words_of_piece(model, sound, piece, turn.left_out, is_filler, lambda: None)
            archive.keep_draft(turn.turn.id, model.name, number, kept[number])
        found.append(kept[number])
        if place + 1 < len(all_pieces):  # the last one is not done before it is stored
            show(sum(lengths_s[: place + 1]) / sum(lengths_s))
    return found
