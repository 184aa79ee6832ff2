"""Answers put into an archive by hand, for the tests of what is told over many of them."""

from __future__ import annotations

from greenroom.archive import Archive
from greenroom.coaching.fillers import count_fillers
from greenroom.coaching.timing import count_words, timing_of_spans
from greenroom.types import Span, Transcript, TranscriptKind, Turn, Word


def spoken(text: str, word_s: float = 0.5) -> tuple[Word, ...]:
    """The words of a text, one after the other from 0 on, each as long."""
    return tuple(
        Word(word, place * word_s, (place + 1) * word_s, 0.9) for place, word in enumerate(text.split())
    )


def answer(
    archive: Archive,
    session: int,
    prompt_id: str,
    text: str,
    *,
    thinking_s: float = 2.0,
    take: int = 1,
    follow_up_of: int | None = None,
    part: str = "interview",
    kind: TranscriptKind = "final",
    audio: bool = False,
) -> Turn:
    """An answer spoken without a pause, at 120 words a minute."""
    turn = archive.start_turn(
        session,
        part=part,  # type: ignore[arg-type]
        prompt_id=prompt_id,
        prompt=f"About {prompt_id}?",
        take=take,
        follow_up_of=follow_up_of,
    )
    words = spoken(text)
    voiced = [Span(0.0, words[-1].end_s)]
    timing = timing_of_spans(voiced, -thinking_s, count_words(words))
    assert timing
    name = f"audio/{session}/{turn.number:02}.flac"
    if audio:
        (archive.session_audio_dir(session) / f"{turn.number:02}.flac").write_bytes(b"flac")
    archive.store_recording(turn.id, audio=name if audio else None, timing=timing, voiced=voiced, live=False)
    archive.store_transcript(
        turn.id,
        Transcript(text, words, "tiny.en", kind),
        timing=timing,
        fillers=count_fillers(words, timing.answer_s),
        status="answered",
    )
    return turn


def rehearsal(archive: Archive, day: str, *given: tuple[str, str], company: str | None = None) -> int:
    """A rehearsal of some prompts, each with its answer."""
    session = archive.start_session("practice", company=company, started_at=f"{day}T18:30:00+01:00")
    for prompt_id, text in given:
        answer(archive, session, prompt_id, text)
    archive.end_session(session, "finished")
    return session


def typed(archive: Archive, session: int, prompt_id: str, text: str) -> Turn:
    turn = archive.start_turn(session, part="interview", prompt_id=prompt_id, prompt=f"About {prompt_id}?")
    archive.store_transcript(
        turn.id, Transcript(text, (), "typed", "final"), timing=None, fillers=None, status="answered"
    )
    return turn
