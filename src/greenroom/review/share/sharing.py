"""Makes a share pack: masks, writes aside, listens to what was written, and only then hands it over."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.review import figures
from greenroom.review.held_back import without_danger
from greenroom.review.share import words as said
from greenroom.review.share.bleep_times import around, bleeps, joined, whole_runs, wider, without
from greenroom.review.share.names import Finder, Name, NameWords, gathered, plain
from greenroom.review.share.pack import pack_text, says_something
from greenroom.review.share.redaction import Redaction
from greenroom.review.share.shareable import items_to_share, turns_to_share
from greenroom.review.share.spotting import Spotter
from greenroom.review.share.staging import cannot_write, put_in_place, staging
from greenroom.types import SAMPLE_RATE_HZ, Item, Session, Span, Turn, Word

if TYPE_CHECKING:
    from greenroom.types import Pcm

Hear: TypeAlias = Callable[[Path], tuple[Word, ...]]
"""The words of a sound file, on its own clock; none when nobody speaks in it."""

ROUNDS = 6
"""Times that a masked recording is listened to before the command gives up."""
WIDENING = 3
"""Rounds in which a bleep only becomes wider; from then on the whole run of speech around a name goes."""


@dataclass(frozen=True, slots=True)
class Material:
    """What of a session goes into a pack, not yet masked.

    Attributes:
        sounds: the answers with a recording, by the turn's number.
        kept_back: whether something is never shown to anybody.
    """

    session: Session
    turns: tuple[Turn, ...]
    items: tuple[Item, ...]
    sounds: dict[int, SoundOf]
    with_feelings: bool = False
    kept_back: bool = False

    def texts(self) -> list[str]:
        """Every text in which a name may stand, also what was heard before it was corrected."""
        texts = [
            text for turn in self.turns for text in (turn.prompt, turn.transcript, turn.original) if text
        ]
        return [plain(text) for text in (*texts, *(item.text for item in self.items))]


@dataclass(frozen=True, slots=True)
class SoundOf:
    """A recording as it lies in the archive. Times in seconds on its clock.

    Attributes:
        voiced: where somebody speaks, without what is left out.
        left_out: commands spoken in it, which are no part of the answer.
        heard: the words as they were heard, where the person corrected them since; else none.
    """

    path: Path
    voiced: tuple[Span, ...]
    left_out: tuple[Span, ...]
    question_ended_s: float | None
    heard: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a recording that goes into the pack, on its own clock, nothing bleeped yet."""

    pcm: Pcm
    words: tuple[Word, ...]
    heard: tuple[Word, ...]
    voiced: tuple[Span, ...]
    length_s: float

    def named(self, spotter: Spotter) -> tuple[Span, ...]:
        """What is bleeped of it: names, in the words as they stand and as they were heard, and what nobody
        made out."""
        ranges, before = (
            [(first, last) for first, last, _ in spotter.in_words(words)]
            for words in (self.words, self.heard)
        )
        return joined(
            (
                *bleeps(self.words, ranges, self.voiced, self.length_s),
                *around(self.heard, before, self.voiced),
            ),
            self.length_s,
        )


@dataclass(slots=True)
class Names:
    """What is masked; it grows when the check hears more."""

    listed: list[Name]
    keep: tuple[str, ...]
    words: NameWords
    heard: list[Name] = field(default_factory=list)

    def spotter(self) -> Spotter:
        return Spotter([*self.listed, *self.heard], self.words, self.keep)

    def new_in(self, found: Iterable[Name]) -> list[Name]:
        """Those that are not known yet, in whole or in part."""
        known = self.spotter()
        return [
            Name(name.text, name.kind, "heard")
            for name in gathered(found, keep=self.keep)
            if sum(spot.end - spot.start for spot in known.in_text(name.text, heard=True))
            < len(name.text.replace(" ", ""))
        ]


def material(
    archive: Archive, session: Session, *, with_feelings: bool = False, sound: bool = True
) -> Material:
    """What of a session may be shared."""
    turns = turns_to_share(session, with_feelings=with_feelings)
    sounds = {}
    for turn in turns if sound else ():
        left_out = archive.left_out(turn.id)
        voiced = without(archive.voiced(turn.id), left_out)
        path = archive.home / turn.audio if turn.audio else None
        if path is not None and voiced and turn.words and path.is_file():
            ended_s = archive.question_ended_s(turn.id)
            before = archive.heard(turn.id) if turn.original is not None else None
            heard = before.words if before else ()
            sounds[turn.number] = SoundOf(path, voiced, left_out, ended_s, heard)
    return Material(
        session,
        tuple(turns),
        tuple(items_to_share(session, with_feelings=with_feelings)),
        sounds,
        with_feelings,
        without_danger(session) is not session,
    )


def make_pack(
    material: Material,
    names: Names,
    home: Path,
    folder: Path,
    hear: Hear | None,
    find: Finder,
    note: Callable[[str], None],
) -> list[Path]:
    """Write the pack into a new folder, once it was listened to.

    Args:
        names: those that the check hears besides are added to it.
        home: where it is made until it is whole.
        folder: where it is to be; nothing may be there yet.
        hear: the best recogniser there is; None when no sound is shared.
        find: finds names in what is heard, which may be more than in the words that are stored.
        note: is told what is being listened to.

    Returns:
        The files written.

    Raises:
        GreenroomError: a name is left in it, or it cannot be written. Then nothing is there.
    """
    with staging(home) as made:
        files = {}
        if hear is not None and material.sounds:
            files = _Sounds(material, names, made, hear, find, note).write()
        redaction = Redaction(names.spotter())
        text = pack_text(
            material.session,
            material.turns,
            material.items,
            {number: file.name for number, file in files.items()},
            redaction,
            with_feelings=material.with_feelings,
        )
        _check_text(text, redaction, material.session.id)
        _write(made / said.PACK, text.encode())
        put_in_place(made, folder)
    return [folder / said.PACK, *(folder / file.name for file in files.values())]


def _check_text(text: str, redaction: Redaction, session_id: int) -> None:
    for line in filter(says_something, text.splitlines()):
        if (name := redaction.left_in(line)) is not None:
            message, remedy = said.STILL_READ
            raise GreenroomError(message.format(name=name), remedy.format(id=session_id))


class _Sounds:
    """The recordings of one pack, each masked, written and listened to until nothing is left in it."""

    def __init__(
        self,
        material: Material,
        names: Names,
        folder: Path,
        hear: Hear,
        find: Finder,
        note: Callable[[str], None],
    ) -> None:
        self._material = material
        self._names = names
        self._folder = folder
        self._hear = hear
        self._find = find
        self._note = note
        self._bleeped: dict[int, tuple[Span, ...]] = {}
        self._last: dict[int, tuple[Word, ...]] = {}
        self._checked: dict[int, int] = {}

    def write(self) -> dict[int, Path]:
        """The files, by the turn's number.

        Raises:
            GreenroomError: a name can still be heard in one, or it cannot be written.
        """
        numbers = list(self._material.sounds)
        files = {number: self._folder / f"{number:02}.opus" for number in numbers}
        for place, number in enumerate(numbers, 1):
            self._note(said.CHECKING.format(file=files[number].name, place=place, count=len(numbers)))
            self._clean(number, files[number])
        # A name heard in a later answer may be in an earlier one, where it was taken for another word.
        for _ in range(ROUNDS):
            again = [number for number in numbers if self._checked[number] < len(self._names.heard)]
            if not again:
                return files
            for number in again:
                self._clean(number, files[number])
        raise self._still_heard(self._names.heard[-1].text, again[0])

    def _clean(self, number: int, file: Path) -> None:
        from greenroom.review.share.bleep import bleeped

        cut = cut_out(self._material, number)
        spotter = self._names.spotter()
        spans = joined((*self._bleeped.get(number, ()), *cut.named(spotter)), cut.length_s)
        # What was heard in it before, when this name was not known yet.
        before = self._last.get(number, ())
        left = spotter.in_words(before)
        spans = wider(spans, _spans(before, left), cut.length_s)
        if spans == self._bleeped.get(number) and not left:
            self._checked[number] = len(self._names.heard)  # the file that is there was heard to be clean
            return
        for turned in range(ROUNDS):
            _write_sound(file, bleeped(cut.pcm, spans, cut.voiced))
            heard = self._hear(file)
            self._bleeped[number], self._last[number] = spans, heard
            if turned < WIDENING:
                # A new name in words half bleeped may be none: it is masked, and need not be gone for good.
                self._names.heard += self._names.new_in(self._find([_text(heard)]))
            spotter = self._names.spotter()
            left = spotter.in_words(heard)
            wanted = joined((*spans, *cut.named(spotter)), cut.length_s)
            if not left and wanted == spans:
                self._checked[number] = len(self._names.heard)
                return
            at = _spans(heard, left)
            spans = wider(wanted, at, cut.length_s)
            if turned >= WIDENING:
                spans = joined((*spans, *whole_runs(at, cut.voiced)), cut.length_s)
        raise self._still_heard(
            spotter.names[left[0][2]].text if left else self._names.heard[-1].text, number
        )

    def _still_heard(self, name: str, number: int) -> GreenroomError:
        message, remedy = said.STILL_HEARD
        return GreenroomError(
            message.format(name=name, moment=figures.moment(self._material.session.id, number)), remedy
        )


def cut_out(material: Material, number: int) -> Cut:
    """An answer's sound from its first to its last word, what was no part of it silenced.

    Raises:
        GreenroomError: the recording cannot be read.
    """
    from greenroom.hearing.final import silenced
    from greenroom.hearing.load import load_whole
    from greenroom.review.share.bleep import answer_span

    sound = material.sounds[number]
    [turn] = (turn for turn in material.turns if turn.number == number)
    pcm = silenced(load_whole(sound.path), 0, sound.left_out)
    span = answer_span(sound.voiced, sound.question_ended_s, len(pcm) / SAMPLE_RATE_HZ)
    first, last = (round(at_s * SAMPLE_RATE_HZ) for at_s in (span.start_s, span.end_s))
    kept = pcm[first:last]
    return Cut(
        kept,
        tuple(word.shifted(-span.start_s) for word in turn.words),
        tuple(word.shifted(-span.start_s) for word in sound.heard),
        tuple(one.shifted(-span.start_s) for one in sound.voiced),
        len(kept) / SAMPLE_RATE_HZ,
    )


def _spans(words: Sequence[Word], names: Iterable[tuple[int, int, int]]) -> list[Span]:
    return [Span(words[first].start_s, words[last].end_s) for first, last, _ in names]


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _write_sound(file: Path, pcm: Pcm) -> None:
    import soundfile

    from greenroom.hearing.opus import as_opus

    whole = file.with_suffix(".wav")
    try:
        soundfile.write(whole, pcm, SAMPLE_RATE_HZ, subtype="PCM_16")
        content = as_opus(whole).content
    except soundfile.SoundFileError as error:
        raise cannot_write(file.parent, error) from error
    finally:
        whole.unlink(missing_ok=True)
    file.unlink(missing_ok=True)
    _write(file, content)


def _write(file: Path, content: bytes) -> None:
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            target.write(content)
        file.chmod(0o600)
    except OSError as error:
        raise cannot_write(file.parent, error) from error
