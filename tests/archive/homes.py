"""Homes whose every word is somebody's alone, and what is left of them in their bytes."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

from greenroom.archive import Archive
from greenroom.types import Item, Term, Transcript, Word

WORDS = 60
"""Words that `fill` wants, and CARED those that `care_for` does."""
CARED = 6


def bytes_of(home: Path) -> bytes:
    """Names of files too."""
    found = sorted(home.rglob("*"))
    names = (str(path.relative_to(home)).encode() for path in found)
    return b"\n".join([*names, *(path.read_bytes() for path in found if path.is_file())]).lower()


def invented(chance: random.Random) -> str:
    """A word nobody else has. Its last nine letters are looked for: an index may share beginnings."""
    return "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(12))


def nine_letters_in(home: Path) -> set[bytes]:
    """Every nine letters in a row that an invented word could end on, in one pass."""
    runs = re.findall(rb"[bcdfghjklmnpqrstvwxz]{9,}", bytes_of(home))
    return {run[start : start + 9] for run in runs for start in range(len(run) - 8)}


def parts_in(home: Path, words: list[str]) -> list[str]:
    """Words of which the first or the last nine letters are anywhere: a page may end in the middle of one."""
    there = bytes_of(home)
    return [word for word in words if word[:9].encode() in there or word[3:].encode() in there]


def fill(archive: Archive, words: list[str], started_at: str | None = None) -> int:
    """A session that has `words` in every place a word can be in, written as a real one is, step by step. The
    sixth is what its recordings hold."""
    company, role, prompt, entry, item, voice, who, topic, feedback, rating, *said = words
    session_id = archive.start_session("practice", company=company, role=role, started_at=started_at)
    for take in (1, 2):
        turn = archive.start_turn(
            session_id, part="interview", prompt_id="x", prompt=f"About {prompt}?", take=take
        )
        archive.append_log(session_id, {"ask": entry})
        audio = archive.session_audio_dir(session_id) / f"0{take}.flac"
        audio.write_text(voice)
        archive.store_recording(turn.id, audio=f"audio/{session_id}/0{take}.flac", timing=None, voiced=[])
        for model in ("tiny.en", "base"):
            timed = tuple(Word(word, at, at + 1, 0.5) for at, word in enumerate(said))
            transcript = Transcript(" ".join(said), timed, model, "final")
            archive.store_transcript(turn.id, transcript, timing=None, fillers=None, status="answered")
            random.Random(take).shuffle(said)
    archive.keep_item(session_id, Item("question", f"What of {item}?", turn=1))
    archive.rate(session_id, "first", rating, 6)
    archive.set_outcome(session_id, "silence", date(2026, 2, 3))
    archive.add_feedback(session_id, who, f"They said {feedback}.", topic, "2026-02-03T10:00:00+01:00")
    archive.end_session(session_id, "finished")
    return session_id


def care_for(archive: Archive, home: Path, session_id: int, words: list[str]) -> None:
    """Everything else that may come to hold words of a session: a correction and what it taught, a piece of a
    new transcript, an export inside the home, and what an editor left."""
    corrected, misheard, term, piece, exported, edited = words
    turn = archive.session(session_id).turns[0].id
    text = f"I meant {corrected}."
    archive.correct(
        turn,
        text,
        (Word(text, 1.0, 2.0, 1.0),),
        timing=None,
        fillers=None,
        terms=[Term(term, "name", misheard)],
    )
    archive.keep_draft(turn, "base", 0, [Word(piece, 1.0, 2.0, 0.9)])
    folder = home / "exports" / str(session_id)
    folder.mkdir(parents=True)
    (folder / "session.md").write_text(f"They asked about {exported}.", "utf-8")
    archive.note_export([session_id], [folder / "session.md"])
    left = home / "cache" / f"edit-{session_id}-x"
    left.mkdir(parents=True)
    (left / "1.1.txt~").write_text(edited, "utf-8")
