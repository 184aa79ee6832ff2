"""A whole rehearsal on recorded answers, through the command line, and everything that reads it back."""

from __future__ import annotations

import json
import re
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jiwer
import pytest
from filelock import FileLock

from cli.program import SHORT, Ran, command_line, environment, mics, run_apart, session_count
from greenroom.coaching.fillers import is_filler
from recordings import recorded

pytestmark = pytest.mark.xdist_group("rehearsal")

QUIET = ("--speaker", "none", "--model", "tiny.en")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One for all workers of a test run: the rehearsal takes a while, and the tests only read it."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "rehearsal" / "home"


@pytest.fixture(scope="module")
def rehearsal(home: Path) -> Ran:
    """Session 1: two answers and the look back's first, each from a file; the rest has none."""
    home.parent.mkdir(exist_ok=True)
    kept = home.parent / "ran.json"
    with FileLock(home.parent / "lock"):
        if not kept.exists():
            ran = run_apart(
                home,
                *("practice", "--count", "2", "--company", "Acme"),
                *("--trace", str(home.parent / "trace.jsonl")),
                *mics(*SHORT),
                *QUIET,
            )
            kept.write_text(json.dumps(asdict(ran)))
    ran = Ran(**json.loads(kept.read_text()))
    assert ran.code == 0, ran
    return ran


@pytest.fixture(scope="module")
def shown(home: Path, rehearsal: Ran) -> dict[str, Any]:
    ran = run_apart(home, "show", "1", "--json")
    assert (ran.code, ran.err) == (0, "")
    whole: dict[str, Any] = json.loads(ran.out)
    return whole


def spoken(text: str) -> str:
    return re.sub(r"[^a-z' ]", "", text.lower())


def without_fillers(text: str) -> str:
    return " ".join(word for word in spoken(text).split() if not is_filler(word))


def test_two_answers_are_stored_with_their_words_and_times_and_a_debrief_follows(
    shown: dict[str, Any], home: Path
) -> None:
    assert (shown["session"]["status"], shown["session"]["company"]) == ("finished", "Acme")
    parts = [(turn["part"], turn["status"]) for turn in shown["turns"]]
    assert parts[:3] == [("interview", "answered")] * 2 + [("debrief", "answered")]
    assert set(parts[3:]) == {("debrief", "skipped")}

    for turn, name in zip(shown["turns"], SHORT, strict=False):
        given = recorded(name)
        timing = turn["timing"]
        assert timing["thinking_s"] == pytest.approx(given.first_voiced_s, abs=0.15)
        assert timing["answer_s"] == pytest.approx(given.last_voiced_s - given.first_voiced_s, abs=0.2)
        assert timing["speaking_s"] <= timing["answer_s"]
        assert jiwer.wer(spoken(given.reference), spoken(turn["transcript"])) <= 0.25
        audio = home / turn["audio"]
        assert audio.suffix == ".flac"
        assert turn["transcript_is"] == "final"
        assert stat.S_IMODE(audio.stat().st_mode) == 0o600


def test_what_was_told_in_the_debrief_is_kept_as_an_item(shown: dict[str, Any]) -> None:
    assert next((item["kind"], item["turn"]) for item in shown["items"]) == ("feeling", 3)


def test_the_screen_told_everything_and_standard_error_nothing(rehearsal: Ran, shown: dict[str, Any]) -> None:
    assert rehearsal.err == ""
    assert "\x1b" not in rehearsal.out
    together = " ".join(rehearsal.out.split())
    for turn in shown["turns"]:
        assert f"Question: {turn['prompt']}" in together
        # Shown as soon as the answer was over; since then its hesitations have been put in.
        assert without_fillers(turn["transcript"] or "") in without_fillers(together)
    assert rehearsal.out.count("There is no recording left") == len(shown["turns"]) - 3
    assert "greenroom show 1" in rehearsal.out.splitlines()[-1]


NUMBER = (int, float)
OPTIONAL_TEXT = (str, type(None))
WHOLE = {
    "session": {
        "id": int,
        "kind": ("practice", "debrief", "import"),
        "status": ("running", "finished", "interrupted"),
        "pack": OPTIONAL_TEXT,
        "company": OPTIONAL_TEXT,
        "role": OPTIONAL_TEXT,
        "started_at": str,
        "ended_at": OPTIONAL_TEXT,
    },
    "turns": [
        {
            "id": int,
            "number": int,
            "part": ("interview", "debrief"),
            "phase": OPTIONAL_TEXT,
            "take": int,
            "follow_up_of": (int, type(None)),
            "prompt_id": str,
            "prompt": str,
            "status": ("asked", "recorded", "answered", "skipped", "unfinished"),
            "audio": OPTIONAL_TEXT,
            "model": OPTIONAL_TEXT,
            "transcript": OPTIONAL_TEXT,
            "transcript_is": ("stitched", "final", None),
            "words": [{"text": str, "start_s": NUMBER, "end_s": NUMBER, "probability": NUMBER}],
            "timing": {
                "thinking_s": NUMBER,
                "answer_s": NUMBER,
                "speaking_s": NUMBER,
                "longest_pause_s": NUMBER,
                "words_per_minute": (int, type(None)),
            },
            "fillers": {"count": int, "per_minute": NUMBER, "by_word": dict},
        }
    ],
    "items": [
        {
            "id": int,
            "kind": str,
            "name": OPTIONAL_TEXT,
            "text": str,
            "happy": (bool, type(None)),
            "starred": bool,
            "turn": (int, type(None)),
            "at_s": (*NUMBER, type(None)),
            "parent": (int, type(None)),
        }
    ],
    "ratings": list,
    "outcome": type(None),
}
"""What `show --json` gives: keys in order; each value a type, some types, or one of some texts."""
LATER = {"original", "audio_removed_at", "coaching", "grade", "messages"}
"""What may come after the contract's own keys."""


def check(value: Any, wanted: Any, place: str = "") -> None:
    if isinstance(wanted, dict):
        if value is None and place.endswith(("timing", "fillers")):
            return
        assert list(value)[: len(wanted)] == list(wanted), place
        assert set(value) - set(wanted) <= LATER, place
        for key, inner in wanted.items():
            check(value[key], inner, f"{place}.{key}")
    elif isinstance(wanted, list):
        assert isinstance(value, list), place
        for one in value:
            check(one, wanted[0], place)
    elif isinstance(wanted, tuple) and not all(isinstance(one, type) for one in wanted):
        assert value in wanted, place
    else:
        assert isinstance(value, wanted), (place, value)
        assert not isinstance(value, bool) or bool in (wanted if isinstance(wanted, tuple) else (wanted,))


def test_show_as_json_has_exactly_the_structure_of_the_contract(shown: dict[str, Any]) -> None:
    check(shown, WHOLE)


def test_show_as_json_has_the_coaching_of_each_answer_of_the_interview(shown: dict[str, Any]) -> None:
    for turn in shown["turns"]:
        assert ("coaching" in turn) == ("grade" in turn) == (turn["part"] == "interview")
        if turn["part"] == "interview" and turn["transcript"]:
            assert 0 < turn["coaching"]["words"] <= len(turn["words"])
            assert turn["coaching"]["verbatim"] == (turn["transcript_is"] == "final")


def test_words_are_in_order_and_lie_within_the_answer(shown: dict[str, Any]) -> None:
    for turn in shown["turns"]:
        starts = [word["start_s"] for word in turn["words"]]
        assert starts == sorted(starts)
        assert all(word["start_s"] <= word["end_s"] for word in turn["words"])
        assert (turn["transcript"] or "") == " ".join(word["text"] for word in turn["words"])


def test_list_search_and_the_plain_page_tell_the_same(home: Path, shown: dict[str, Any]) -> None:
    (row,) = json.loads(run_apart(home, "list", "--json").out)
    assert (row["turns"], row["answered"], row["company"]) == (len(shown["turns"]), 3, "Acme")
    assert list(row) == [
        *("id", "kind", "status", "pack", "company", "role", "started_at", "ended_at"),
        *("turns", "answered", "speaking_s"),
    ]

    word = max(shown["turns"][0]["words"], key=lambda one: len(one["text"]))
    asked = re.sub(r"\W", "", word["text"])
    hits = json.loads(run_apart(home, "search", asked, "--json").out)
    said = (one for one in shown["turns"][0]["words"] if re.sub(r"\W", "", one["text"]) == asked)
    assert ("answer", 1, next(said)["start_s"]) in {(hit["kind"], hit["turn"], hit["at_s"]) for hit in hits}

    page = run_apart(home, "show", "1").out
    assert "Acme" in page
    assert "\x1b" not in page


def test_the_trace_is_private_in_order_and_holds_not_a_word(rehearsal: Ran, home: Path) -> None:
    trace = home.parent / "trace.jsonl"
    rows = [json.loads(line) for line in trace.read_text().splitlines()]
    events = [row["event"] for row in rows]

    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    assert (events[0], events[-1]) == ("ready", "session_stored")
    first = [event for event, row in zip(events, rows, strict=True) if row.get("turn") == 1]
    landmarks = [
        *("question_started", "question_ended", "speech_started", "answer_closed"),
        *("turn_stored", "transcript_ready", "transcript_final"),
    ]
    assert [event for event in first if event in landmarks] == landmarks
    assert all(set(row) <= {"at_s", "event", "turn"} for row in rows)
    assert all(row["at_s"] >= 0 for row in rows)


@pytest.mark.stage
def test_files_read_at_the_real_pace_give_the_same_session(tmp_path: Path, shown: dict[str, Any]) -> None:
    began_s = time.monotonic()
    ran = run_apart(
        tmp_path,
        *("practice", "--count", "1", "--no-debrief", "--mic-pace", "real"),
        *mics(SHORT[0]),
        *QUIET,
    )
    assert ran.code == 0
    assert time.monotonic() - began_s > recorded(SHORT[0]).last_voiced_s

    (slow,) = json.loads(run_apart(tmp_path, "show", "last", "--json").out)["turns"]
    fast = shown["turns"][0]
    for same in ("timing", "words", "fillers", "transcript", "model", "status"):
        assert slow[same] == fast[same]


@pytest.fixture
def talking(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A rehearsal at the real pace, in the middle of its first answer."""
    trace = tmp_path / "trace.jsonl"
    program = subprocess.Popen(
        command_line(
            *("practice", "--count", "2", "--mic-pace", "real", "--trace", str(trace)),
            *mics("demo/conflict", SHORT[0]),
            *QUIET,
        ),
        env=environment(tmp_path / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        limit_s = time.monotonic() + 60
        while not (trace.exists() and "speech_started" in trace.read_text()):
            assert program.poll() is None
            assert time.monotonic() < limit_s
            time.sleep(0.05)
        time.sleep(1.5)
        yield program, tmp_path / "home"
    finally:
        program.kill()
        program.wait()


def test_ctrl_c_in_the_middle_of_an_answer_keeps_it_and_ends_with_130(
    talking: tuple[subprocess.Popen[str], Path],
) -> None:
    program, home = talking
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=60)

    assert program.returncode == 130, err
    assert err == ""
    assert "kept in session 1" in out
    whole = json.loads(run_apart(home, "show", "1", "--json").out)
    assert whole["session"]["status"] == "interrupted"
    (turn,) = whole["turns"]
    assert turn["status"] == "unfinished"
    assert turn["timing"]["answer_s"] > 1.0
    assert (home / turn["audio"]).is_file()
    assert session_count(home) == 1


def test_a_typed_rehearsal_keeps_each_line_and_end_of_input_stops_it(tmp_path: Path) -> None:
    ran = run_apart(
        tmp_path,
        "practice",
        "--text",
        "--count",
        "3",
        "--speaker",
        "none",
        stdin="I would.\n\nNever – why?\n",
    )

    assert ran.code == 0
    whole = json.loads(run_apart(tmp_path, "show", "last", "--json").out)
    told = [(turn["transcript"], turn["status"]) for turn in whole["turns"]]
    assert told[:3] == [("I would.", "answered"), (None, "skipped"), ("Never – why?", "answered")]
    assert whole["session"]["status"] == "interrupted"


def test_an_import_is_a_session_with_its_words_and_timing(tmp_path: Path) -> None:
    name = SHORT[1]
    ran = run_apart(tmp_path, "import", str(recorded(name).path), "--model", "tiny.en", "--role", "baker")
    assert ran.code == 0, ran

    whole = json.loads(run_apart(tmp_path, "show", "last", "--json").out)
    check(whole, WHOLE)
    assert (whole["session"]["kind"], whole["session"]["role"]) == ("import", "baker")
    (turn,) = whole["turns"]
    assert turn["prompt"] == f"{Path(name).name}.flac"
    assert jiwer.wer(spoken(recorded(name).reference), spoken(turn["transcript"])) <= 0.25
    assert turn["timing"]["words_per_minute"] > 60
