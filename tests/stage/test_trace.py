"""The trace: one JSON object a line, at once, for nobody else's eyes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from greenroom.errors import GreenroomError
from greenroom.stage.trace import FileTrace, no_trace


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_event_is_in_the_file_as_soon_as_it_has_happened(tmp_path: Path) -> None:
    began_s = time.monotonic() - 10
    trace = FileTrace(tmp_path / "trace.jsonl", began_s)
    trace("ready")
    assert [row["event"] for row in rows(tmp_path / "trace.jsonl")] == ["ready"]
    trace("speech_started", turn=3, moment_s=began_s + 7.5)
    ready, started = rows(tmp_path / "trace.jsonl")
    assert list(ready) == ["at_s", "event"]
    assert list(started) == ["at_s", "event", "turn"]
    assert (started["event"], started["turn"]) == ("speech_started", 3)
    assert ready["at_s"] == pytest.approx(10.0, abs=0.5)
    assert started["at_s"] == 7.5


def test_nobody_else_may_read_a_trace_even_where_there_was_a_file(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_text("an older trace\n")
    path.chmod(0o644)
    FileTrace(path, time.monotonic())("ready")
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(rows(path)) == 1


def test_a_trace_that_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(GreenroomError) as raised:
        FileTrace(tmp_path / "gone" / "trace.jsonl", 0.0)
    assert raised.value.message.endswith("trace.jsonl cannot be written: No such file or directory.")
    assert raised.value.remedy == "Give another file with --trace."


def test_without_a_file_nothing_is_traced() -> None:
    no_trace("ready", turn=1, moment_s=2.0, command="pause")


def test_a_command_is_named(tmp_path: Path) -> None:
    FileTrace(tmp_path / "trace.jsonl", 0.0)("command_heard", turn=2, moment_s=1.23456, command="skip")
    assert rows(tmp_path / "trace.jsonl") == [
        {"at_s": 1.235, "event": "command_heard", "turn": 2, "command": "skip"}
    ]


def test_a_full_disk_does_not_end_the_session() -> None:
    FileTrace(Path("/dev/full"), time.monotonic())("ready")
