"""`greenroom import`: recordings made elsewhere, in the formats that telephones make."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from e2e.formats import converted
from e2e.stored import command, is_whole, show
from e2e.words import word_error_rate
from recordings import recorded

MEMO = recorded("demo/practice-real")
OTHER = recorded("replies/debrief-04-turning-point")


def test_a_voice_memo_of_each_kind_becomes_a_session(home: Path, tmp_path: Path) -> None:
    """One call, one session each, in order, with words and timing; the files stay as they are."""
    files = [converted(MEMO, tmp_path / f"memo{suffix}") for suffix in (".wav", ".mp3", ".m4a")]
    files.append(converted(OTHER, tmp_path / "another one.ogg"))
    before = [file.read_bytes() for file in files]
    done = command(home, "import", *map(str, files), "--model", "tiny.en", "--company", "Acme")
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 4
    for number, (file, recording) in enumerate(zip(files, [MEMO, MEMO, MEMO, OTHER], strict=True), 1):
        whole = show(home, str(number))
        session = whole["session"]
        assert (session["kind"], session["status"], session["company"]) == ("import", "finished", "Acme")
        (turn,) = whole["turns"]
        assert turn["prompt"] == file.name
        assert turn["status"] == "answered"
        assert word_error_rate(recording.reference, turn["transcript"]) <= 0.25
        voiced_s = recording.last_voiced_s - recording.first_voiced_s
        assert turn["timing"]["answer_s"] == pytest.approx(voiced_s, abs=0.25)
        assert turn["words"][0]["start_s"] == pytest.approx(recording.first_voiced_s, abs=0.5)
        length_s = soundfile.info(home / turn["audio"]).duration
        assert length_s == pytest.approx(recording.seconds, abs=0.15)
    assert [file.read_bytes() for file in files] == before
    assert "Peter" in command(home, "search", "Peter").stdout


def test_one_that_cannot_be_read_stops_all_of_them(home: Path, tmp_path: Path) -> None:
    """Told by name before anything is stored; a recording in which nobody speaks is kept all the same."""
    good, bad, quiet = tmp_path / "good.wav", tmp_path / "bad.mp3", tmp_path / "quiet.wav"
    converted(MEMO, good)
    bad.write_bytes(b"this is no sound" * 100)
    soundfile.write(quiet, np.zeros(32_000, np.int16), 16_000)
    done = command(home, "import", str(good), str(bad), "--model", "tiny.en", check=False)
    assert done.returncode == 1
    what, remedy = done.stderr.splitlines()
    assert "bad.mp3" in what and remedy
    assert not home.exists() or command(home, "list", "--json").stdout.strip() in ("[]", "")
    silent = command(home, "import", str(quiet), "--model", "tiny.en")
    assert "nobody speaks" in silent.stdout
    assert show(home)["turns"][0]["status"] == "skipped"
    assert is_whole(home)
