"""`edit`, through the program's one door: by option, by pipe and in an editor."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path

import pytest

from cli.program import Run
from greenroom.archive import Archive
from greenroom.cli.wiring import known_terms
from greenroom.errors import GreenroomError
from greenroom.types import Span, Transcript, Word

HEARD = "Um, I joined in it tech. Then I left."


@pytest.fixture
def kept(at: Path) -> Path:
    """A home with session 1: an answer, a skipped question."""
    with Archive.open(at) as archive:
        session = archive.start_session("practice")
        turn = archive.start_turn(session, part="interview", prompt_id="why", prompt="Why us?")
        words = tuple(Word(word, 1.0 + n, 1.5 + n, 0.9) for n, word in enumerate(HEARD.split()))
        archive.store_recording(turn.id, audio=None, timing=None, voiced=[Span(1.0, 10.5)])
        archive.store_transcript(
            turn.id,
            Transcript(HEARD, words, "tiny.en", "final"),
            timing=None,
            fillers=None,
            status="answered",
        )
        skipped = archive.start_turn(session, part="interview", prompt_id="weakness", prompt="A weakness?")
        archive.set_turn_status(skipped.id, "skipped")
        archive.end_session(session, "finished")
    return at


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at a terminal."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())


def text(home: Path) -> str | None:
    with Archive.open(home) as archive:
        return archive.session(1).turns[0].transcript


def test_words_given_by_option_are_stored_and_names_learned(greenroom: Run, kept: Path) -> None:
    ran = greenroom("edit", "1.1", "--text", "I joined Initech. Then I left.")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "1.1 is corrected. What had been heard is kept: greenroom show 1 --original",
        "Learned for next time: Initech.",
        "Not a name or a term? greenroom edit 1.1 --no-terms forgets them.",
    ]
    assert text(kept) == "I joined Initech. Then I left."


def test_show_tells_of_the_correction_and_of_what_had_been_heard(greenroom: Run, kept: Path) -> None:
    greenroom("edit", "last.1", "--text", "I joined Initech. Then I left.")
    shown = greenroom("show", "1").out
    assert "corrected by you" in shown
    assert "I joined Initech. Then I left." in shown
    original = " ".join(greenroom("show", "1", "--original").out.split())
    assert "as it was heard, before you corrected it" in original
    assert "(Um), I joined in it tech. Then I left." in original
    assert "1 filler (1 um)" in original


def test_words_come_through_a_pipe(greenroom: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("I joined Initech.\nThen I left.\n"))
    assert greenroom("edit", "1.1").code == 0
    assert text(kept) == "I joined Initech. Then I left."


def test_restore_brings_back_what_had_been_heard(greenroom: Run, kept: Path) -> None:
    greenroom("edit", "1.1", "--text", "I joined Initech. Then I left.")
    assert greenroom("edit", "1.1", "--restore").out == "1.1 has the words back that had been heard.\n"
    assert text(kept) == HEARD
    assert greenroom("edit", "1.1", "--restore").out == "1.1 was never corrected.\n"
    with Archive.open(kept) as archive:
        assert archive.terms() == []


def test_a_model_that_is_loaded_after_that_is_told_of_the_names(greenroom: Run, kept: Path, at: Path) -> None:
    assert known_terms(kept) == ()
    greenroom("edit", "1.1", "--text", "I joined Initech. Then I left.")
    assert known_terms(kept) == ("Initech",)
    assert known_terms(at / "nowhere") == ()
    assert not (at / "nowhere").exists()


def test_no_terms_learns_nothing_and_forgets_what_was_learned(
    greenroom: Run, kept: Path, typing: None
) -> None:
    greenroom("edit", "1.1", "--text", "I joined Initech. Then I left.")
    assert greenroom("edit", "1.1", "--no-terms").out == "What was learned from 1.1 is forgotten: 1 term.\n"
    assert greenroom("edit", "1.1", "--no-terms").out == "Nothing was learned from 1.1.\n"
    assert text(kept) == "I joined Initech. Then I left."
    assert "Learned" not in greenroom("edit", "1.1", "--no-terms", "--text", "I joined Initrode.").out


def editor(folder: Path, does: str) -> str:
    script = folder / "editor.py"
    script.write_text(f"import sys\nfrom pathlib import Path\nfile = Path(sys.argv[1])\n{does}\n")
    return f'"{sys.executable}" "{script}"'


def test_in_a_terminal_the_editor_opens_with_the_words_and_leaves_nothing_behind(
    greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    does = (
        "text = file.read_text()\n"
        "assert text.startswith('# Why us?') and file.stat().st_mode & 0o077 == 0\n"
        "Path(str(file) + '~').write_text(text)\n"
        "file.write_text(text.replace('in it tech', 'Initech'))"
    )
    monkeypatch.setenv("EDITOR", editor(tmp_path, does))
    assert greenroom("edit", "1.1").code == 0
    assert text(kept) == "Um, I joined Initech. Then I left."
    assert [path.name for path in (kept / "cache").iterdir() if path.name.startswith("edit-")] == []


@pytest.mark.parametrize(
    "does", ["pass", "file.write_text('')", "file.write_text('# only this\\n')", "file.unlink()"]
)
def test_an_editor_closed_without_a_change_changes_nothing(
    does: str, greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, does))
    assert greenroom("edit", "1.1").out == "1.1 stays as it is.\n"
    assert text(kept) == HEARD


def test_an_editor_that_fails_changes_nothing(
    greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "file.write_text('rubbish')\nsys.exit(1)"))
    happened, remedy = greenroom("edit", "1.1").complaint
    assert "ended with an error, so nothing was changed" in happened
    assert "--text" in remedy
    assert text(kept) == HEARD


def test_what_somebody_wrote_is_kept_when_their_editor_breaks_down_after_that(
    greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "file.write_text('I joined Initech.')\nsys.exit(1)"))
    _, remedy = greenroom("edit", "1.1").complaint
    place = Path(remedy.partition(" What you wrote is in ")[2])
    assert place.read_text() == "I joined Initech."
    assert text(kept) == HEARD


def test_an_editor_that_breaks_down_before_anything_was_written_leaves_nothing_behind(
    greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "sys.exit(1)"))
    _, remedy = greenroom("edit", "1.1").complaint
    assert "What you wrote" not in remedy
    assert [path.name for path in (kept / "cache").glob("edit-*")] == []


def test_ctrl_c_after_the_editor_keeps_what_somebody_wrote_and_tells_where(
    greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    def interrupted(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("greenroom.stage.correcting.correct", interrupted)
    monkeypatch.setenv("EDITOR", editor(tmp_path, "file.write_text('I joined Initech.')"))
    ran = greenroom("edit", "1.1")
    assert ran.code == 130
    [place] = (kept / "cache").glob("edit-*/1.1.txt")
    assert place.read_text() == "I joined Initech."
    assert f"What you wrote is in {place}" in ran.err


@pytest.mark.parametrize(
    ("arguments", "happened", "remedy"),
    [
        (["1"], "1 is a whole session", "greenroom edit 1.1"),
        (["1.2"], "1.2 has no words to correct: it was skipped", "greenroom show 1"),
        (["1.3"], "no turn 1.3", "greenroom show 1"),
        (["7.1"], "no session 7", "greenroom list"),
        (["1.1", "--text", " . "], "no word in that, so nothing was changed", "greenroom delete 1"),
    ],
)
def test_what_cannot_be_corrected_is_told(
    arguments: list[str], happened: str, remedy: str, greenroom: Run, kept: Path
) -> None:
    said = greenroom("edit", *arguments).complaint
    assert happened in said[0]
    assert remedy in said[1]


def test_a_correction_and_its_undoing_at_once_are_wrong_usage(greenroom: Run, kept: Path) -> None:
    assert greenroom("edit", "1.1", "--text", "a", "--restore").code == 2


def say(home: Path, words: str) -> None:
    """The answer is in these words."""
    with Archive.open(home) as archive:
        timed = tuple(Word(word, 1.0 + n / 9, 1.1 + n / 9, 0.9) for n, word in enumerate(words.split()))
        said = Transcript(words, timed, "tiny.en", "final")
        archive.store_transcript(1, said, timing=None, fillers=None, status="answered")


@pytest.mark.parametrize(
    "words",
    [
        "I " * 42 + "am a well-known, long-standing front-of-house-and-back-of-house organiser of things.",
        "So " + "a" * 200 + " it was.",
        "We were in C " + "# minor, never in the # of it " * 12,
    ],
    ids=["hyphens", "a long word", "signs"],
)
def test_the_editor_takes_no_word_apart_and_loses_none(
    words: str, greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    say(kept, words.strip())
    monkeypatch.setenv("EDITOR", editor(tmp_path, "pass"))
    assert greenroom("edit", "1.1").out == "1.1 stays as it is.\n"
    monkeypatch.setenv("EDITOR", editor(tmp_path, "file.write_text(file.read_text() + 'Indeed.')"))
    assert greenroom("edit", "1.1").code == 0
    assert text(kept) == f"{words.strip()} Indeed."


def test_paragraphs_become_one_and_a_mark_before_the_first_letter_is_no_word(
    greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    does = (
        "file.write_text(chr(0xFEFF) + '# Why us?\\n\\nI joined Initech.\\n\\n\\tThen I left.\\n', 'utf-8')"
    )
    monkeypatch.setenv("EDITOR", editor(tmp_path, does))
    assert greenroom("edit", "1.1").code == 0
    assert text(kept) == "I joined Initech. Then I left."


def test_ctrl_c_in_the_editor_is_the_editor_s(
    greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    does = (
        "import os, signal\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        "os.kill(os.getppid(), signal.SIGINT)\n"
        "file.write_text('I joined Initech.')"
    )
    monkeypatch.setenv("EDITOR", editor(tmp_path, does))
    before = signal.getsignal(signal.SIGINT)
    assert greenroom("edit", "1.1").code == 0
    assert text(kept) == "I joined Initech."
    assert signal.getsignal(signal.SIGINT) is before


def test_what_somebody_wrote_is_kept_when_it_cannot_be_stored(
    greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    def full(*given: object, **named: object) -> None:
        raise GreenroomError("The disk is full.", "Free some space.")

    monkeypatch.setattr("greenroom.stage.correcting.correct", full)
    monkeypatch.setenv("EDITOR", editor(tmp_path, "file.write_text('I joined Initech.')"))
    happened, remedy = greenroom("edit", "1.1").complaint
    assert happened == "The disk is full."
    before, _, place = remedy.partition(" What you wrote is in ")
    assert before == "Free some space."
    assert Path(place).read_text() == "I joined Initech."
    monkeypatch.undo()
    with Archive.open(kept) as archive:
        archive.delete(1)
    assert not Path(place).exists()


def test_who_cannot_store_it_now_is_told_before_they_write(
    greenroom: Run, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typing: None
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "Path(sys.argv[0] + '.ran').touch()"))
    with Archive.open(kept) as other:
        other.claim(1)
        happened, _ = greenroom("edit", "1.1").complaint
    assert happened == "Session 1 is being worked on by another greenroom."
    assert not (tmp_path / "editor.py.ran").exists()


@pytest.mark.parametrize(
    ("command", "happened"),
    [
        ("nano 'x", "where a quotation mark has no other"),
        ("no-such-editor-here", "no-such-editor-here ended with an error"),
        ("editor-that-writes-nothing", "no word in that"),
    ],
)
def test_an_editor_that_cannot_be_used_is_told_and_nothing_is_left_behind(
    command: str,
    happened: str,
    greenroom: Run,
    kept: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typing: None,
) -> None:
    if command == "editor-that-writes-nothing":
        command = editor(tmp_path, "file.write_text('- -')")
    monkeypatch.setenv("VISUAL", command)
    said, remedy = greenroom("edit", "1.1").complaint
    assert happened in said
    assert remedy
    assert text(kept) == HEARD
    assert [path.name for path in (kept / "cache").glob("edit-*")] == []


def test_what_steers_a_terminal_is_not_stored(
    greenroom: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("I \x1b[31mjoined\x1b[0m\x00 Initech.\x07\n"))
    assert greenroom("edit", "1.1").code == 0
    assert text(kept) == "I joined Initech."
