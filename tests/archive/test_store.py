"""What goes into the archive comes out of it, in order and whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from greenroom.archive import Archive, SessionSummary
from greenroom.errors import GreenroomError
from greenroom.types import Fillers, Item, Session, Span, Timing, Transcript, Turn, Word


def test_a_session_comes_back_whole(archive: Archive) -> None:
    session_id = archive.start_session(
        "practice", pack="general", company="Acme", role="Clerk", started_at="2026-01-31T18:04:05+01:00"
    )
    turn = archive.start_turn(
        session_id, part="interview", prompt_id="conflict", prompt="Tell me about a conflict."
    )
    assert turn == Turn(1, 1, "interview", "conflict", "Tell me about a conflict.", "asked")
    archive.question_ended(turn.id, 0.25, "audio/1/01.wav")
    archive.store_recording(
        turn.id, audio="audio/1/01.flac", timing=Timing(2.0, 3.5, 3.0, 0.5, None), voiced=[Span(2.25, 5.75)]
    )
    words = (Word("So,", 2.25, 2.5, 0.98), Word("naïve.", 5.0, 5.75, 0.5))
    timing, fillers = Timing(2.0, 3.5, 3.0, 0.5, 34.0), Fillers(1, 17.1, {"um": 1})
    archive.store_transcript(
        turn.id,
        Transcript("So, naïve.", words, "tiny.en", "final"),
        timing=timing,
        fillers=fillers,
        status="answered",
    )
    item_id = archive.keep_item(
        session_id, Item("question", "What went wrong?", happy=False, turn=1, at_s=2.25)
    )
    archive.keep_item(session_id, Item("action", "Breathe.", starred=True, parent=item_id))

    assert archive.voiced(turn.id) == (Span(2.25, 5.75),)
    assert archive.question_ended_s(turn.id) == 0.25
    assert archive.session(session_id) == Session(
        id=1,
        kind="practice",
        status="running",
        started_at="2026-01-31T18:04:05+01:00",
        pack="general",
        company="Acme",
        role="Clerk",
        turns=(
            Turn(
                id=1,
                number=1,
                part="interview",
                prompt_id="conflict",
                prompt="Tell me about a conflict.",
                status="answered",
                audio="audio/1/01.flac",
                model="tiny.en",
                transcript="So, naïve.",
                transcript_is="final",
                words=words,
                timing=timing,
                fillers=fillers,
            ),
        ),
        items=(
            Item("question", "What went wrong?", happy=False, turn=1, at_s=2.25, id=1),
            Item("action", "Breathe.", starred=True, parent=1, id=2),
        ),
    )


def test_turns_are_numbered_within_their_session(archive: Archive) -> None:
    first, second = archive.start_session("practice"), archive.start_session("debrief")
    numbers = [
        archive.start_turn(session_id, part="debrief", prompt_id="gut", prompt="How was it?").number
        for session_id in (first, second, first, first, second)
    ]
    assert numbers == [1, 1, 2, 3, 2]


def test_a_transcript_without_timing_leaves_the_timing_of_the_recording(archive: Archive) -> None:
    session_id = archive.start_session("practice")
    turn = archive.start_turn(
        session_id, part="interview", prompt_id="why", prompt="Why us?", phase="first", take=2
    )
    timing = Timing(1.0, 2.0, 1.5, 0.5, None)
    archive.store_recording(turn.id, audio=None, timing=timing, voiced=[])
    archive.store_transcript(
        turn.id, Transcript("", (), "typed", "final"), timing=None, fillers=None, status="unfinished"
    )
    (stored,) = archive.session(session_id).turns
    assert (stored.timing, stored.fillers, stored.status) == (timing, None, "unfinished")
    assert (stored.take, stored.phase) == (2, "first")


def test_the_log_comes_back_in_order(archive: Archive) -> None:
    session_id = archive.start_session("debrief")
    other = archive.start_session("practice")
    assert archive.append_log(session_id, {"act": "say", "text": "“Hello”"}) == 1
    assert archive.append_log(other, {"act": "ask"}) == 1
    assert archive.append_log(session_id, {"heard": {"turn": 1, "text": None, "at_s": 0.1}}) == 2
    assert archive.log(session_id) == [
        {"act": "say", "text": "“Hello”"},
        {"heard": {"turn": 1, "text": None, "at_s": 0.1}},
    ]


def test_the_list_has_the_last_stored_first_and_counts_answers(
    archive: Archive, answer: Callable[..., Turn]
) -> None:
    archive.start_session("import", started_at="2026-01-01T08:00:00+00:00")
    archive.end_session(1, "finished")
    archive.start_session("practice", pack="general", started_at="2026-01-02T08:00:00+00:00")
    answer(2, "one")
    answer(2, "two")
    archive.set_turn_status(answer(2, "three").id, "skipped")
    newest, oldest = archive.sessions()
    assert newest == SessionSummary(
        2, "practice", "running", "general", None, None, "2026-01-02T08:00:00+00:00", None, 3, 2, 75.0
    )
    assert (oldest.id, oldest.status, oldest.turns, oldest.speaking_s) == (1, "finished", 0, 0.0)
    assert oldest.ended_at is not None
    assert archive.sessions(limit=1) == [newest]
    assert archive.sessions(limit=10**20) == archive.sessions()


def test_the_last_session_may_be_of_a_kind_or_status(archive: Archive) -> None:
    assert archive.last_session_id() is None
    for kind in ("practice", "debrief", "practice"):
        archive.start_session(kind)
    archive.end_session(1, "interrupted")
    assert archive.last_session_id() == 3
    assert archive.last_session_id(kind="debrief") == 2
    assert archive.last_session_id(status="interrupted") == 1
    assert archive.last_session_id(kind="debrief", status="finished") is None


def test_a_reopened_session_runs_again(archive: Archive) -> None:
    session_id = archive.start_session("debrief")
    archive.end_session(session_id, "interrupted")
    assert not archive.holds(session_id)
    archive.reopen_session(session_id)
    assert archive.holds(session_id)
    session = archive.session(session_id)
    assert (session.status, session.ended_at) == ("running", None)


def test_audio_lies_in_private_folders(archive: Archive, home: Path) -> None:
    folder = archive.session_audio_dir(12)
    assert folder == home / "audio" / "12"
    assert [path.stat().st_mode & 0o777 for path in (folder, folder.parent)] == [0o700, 0o700]


@pytest.mark.parametrize(
    "audio", ["/etc/passwd", "audio/2/01.wav", "audio/1/../2/01.wav", "audio/1", "audio/1/..", "01.wav", ""]
)
def test_no_audio_is_named_outside_its_sessions_folder(archive: Archive, audio: str) -> None:
    turn = archive.start_turn(archive.start_session("import"), part="interview", prompt_id="x", prompt="X?")
    with pytest.raises(GreenroomError, match="lies in audio/1/"):
        archive.question_ended(turn.id, 0.0, audio)
    assert archive.session(1).turns[0].audio is None


def test_what_is_not_there_is_said_plainly(archive: Archive) -> None:
    for attempt in (
        lambda: archive.session(7),
        lambda: archive.end_session(7, "finished"),
        lambda: archive.reopen_session(7),
        lambda: archive.delete(7),
        lambda: archive.append_log(7, {}),
        lambda: archive.keep_item(7, Item("right", "x")),
        lambda: archive.start_turn(7, part="interview", prompt_id="x", prompt="X?"),
    ):
        with pytest.raises(GreenroomError, match=r"There is no session 7\.") as caught:
            attempt()
        assert caught.value.remedy == "greenroom list shows the ones there are."
    assert not archive.holds(7)
    with pytest.raises(GreenroomError, match="not in the archive any more"):
        archive.set_turn_status(7, "skipped")


def test_a_text_that_is_no_text_is_refused_and_nothing_is_stored(archive: Archive) -> None:
    with pytest.raises(GreenroomError, match="bytes that are no characters"):
        archive.start_session("practice", company="\udcff")
    assert archive.sessions() == []


def test_what_is_stored_together_is_stored_all_at_once_or_not_at_all(archive: Archive) -> None:
    session_id = archive.start_session("debrief")
    with archive.together():
        archive.append_log(session_id, {"say": "one"})
        archive.keep_item(session_id, Item("right", "one"))
    with pytest.raises(KeyboardInterrupt), archive.together():
        archive.append_log(session_id, {"say": "two"})
        raise KeyboardInterrupt
    assert archive.log(session_id) == [{"say": "one"}]
    assert [item.text for item in archive.session(session_id).items] == ["one"]


def test_the_number_of_a_deleted_session_is_not_given_again(archive: Archive) -> None:
    archive.start_session("practice")
    archive.delete(archive.start_session("practice"))
    assert archive.start_session("practice") == 3


def test_a_whole_database_says_ok(archive: Archive) -> None:
    assert archive.integrity() == "ok"


def test_an_ordinary_start_imports_neither_sqlite_utils_nor_numpy(archive: Archive, home: Path) -> None:
    """They cost half a second that `greenroom list` should not pay."""
    script = (
        "import sys; from pathlib import Path; from greenroom.archive import Archive;"
        "Archive.open(Path(sys.argv[1])).sessions();"
        "print([name for name in ('sqlite_utils', 'numpy', 'filelock') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(home)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
