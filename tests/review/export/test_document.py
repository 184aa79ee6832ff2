"""The JSON export is checked field by field on its way back, and what is wrong told with its place."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.archive import Archive
from greenroom.errors import GreenroomError
from greenroom.review.export import document as export_json
from greenroom.review.export.check import checked
from greenroom.review.export.renumbering import Numbers, numbers_for, renumbered, renumbered_apart
from well_filled import AT, fill

DOCUMENT = Path(__file__).parents[3] / "docs" / "export.md"
SOUND = {"bytes": 1, "sha256": "0" * 64}


@cache
def _written() -> str:
    with TemporaryDirectory() as home, Archive.open(Path(home) / "home") as archive:
        sessions = [export_json.session(archive.whole(one), lambda _: SOUND) for one in fill(archive)]
        return "".join(export_json.lines(sessions, archive.apart(), AT))


def exported() -> Any:
    """An export of everything, to be spoiled."""
    return json.loads(_written())


def refused(document: Any) -> str:
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(GreenroomError) as caught:
        checked(raw, "x.json")
    assert caught.value.exit_code == 1
    return caught.value.message


def test_what_was_exported_fits() -> None:
    assert checked(_written().encode(), "x.json") == exported()
    assert checked(b"\xef\xbb\xbf" + _written().encode(), "x.json") == exported()


def test_each_session_is_a_line_and_all_of_it_is_ascii() -> None:
    assert _written().isascii()
    assert [line[:8] for line in _written().splitlines()] == [
        '{"format',
        '"apart":',
        '"session',
        '{"id":1,',
        '{"id":2,',
        '{"id":3,',
        "]}",
    ]


def test_the_document_tells_each_field_and_no_other() -> None:
    told: dict[str, set[str]] = {}
    for part in re.split(r"^##+ ", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        if found := re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE):
            told[name] = set(found)
    document = exported()
    spoken = document["sessions"][1]
    assert told == {
        "The document": set(document),
        "A session": set(spoken),
        "A turn": set(spoken["turns"][0]),
        "An item": set(spoken["items"][0]),
        "Apart": set(document["apart"]),
    }


def test_an_item_that_was_taken_back_has_no_number_in_the_log() -> None:
    whole = {
        "turns": [],
        "items": [{"id": 4}],
        "log": [
            {"at": AT, "entry": {"entry": "keep", "act": {}, "id": 3}},
            {"at": AT, "entry": {"entry": "keep", "act": {}, "id": 4}},
            {"at": AT, "entry": {"entry": "keep", "act": {}}},
        ],
    }
    found = export_json.session(whole, lambda _: None)
    assert [one["entry"].get("id") for one in found["log"]] == [0, 4, None]


def put(path: str, value: Any) -> Callable[[Any], None]:
    """Sets what lies at `sessions.1.turns.0.words`."""

    def spoil(document: Any) -> None:
        *outer, last = path.split(".")
        for name in outer:
            document = document[int(name) if name.isdigit() else name]
        document[int(last) if last.isdigit() else last] = value

    return spoil


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("format", "other", "format must be one of greenroom-export"),
        ("version", "1", "version must be a whole number"),
        ("version", True, "version must be a whole number"),
        ("sessions", {}, "sessions must be a list"),
        ("sessions.0", 5, "sessions[0] must be a record"),
        ("sessions.0.id", 0, "sessions[0].id must be a whole number from 1"),
        ("sessions.0.id", 10**30, "sessions[0].id must be a whole number from 1"),
        ("sessions.0.id", 2, "sessions[1].id is there twice: 2"),
        ("sessions.0.kind", "interview", "sessions[0].kind must be one of practice, debrief, import"),
        ("sessions.0.started_at", "yesterday", "sessions[0].started_at must be a time such as"),
        ("sessions.0.extra", 1, "sessions[0].extra is no field"),
        (
            "sessions.0.ratings.0.value",
            11,
            "sessions[0].ratings[0].value must be a whole number from 1 to 10",
        ),
        ("sessions.0.ratings.1", {"phase": "first", "name": "gut", "value": 5}, "ratings[1] is there twice"),
        ("sessions.0.outcome.on", "soon", "sessions[0].outcome.on must be a day"),
        ("sessions.0.items.0.parent", 1, "items[0].parent must be the id of an item that stands before it"),
        ("sessions.0.items.1.id", 1, "sessions[0].items[1].id is there twice: 1"),
        ("sessions.1.items.0.id", 1, "sessions[1].items[0].id is there twice: 1"),
        ("sessions.1.turns.1.number", 1, "sessions[1].turns[1].number is there twice: 1"),
        (
            "sessions.1.turns.0.words.2.start_s",
            "soon",
            "sessions[1].turns[0].words[2].start_s must be a number",
        ),
        ("sessions.1.turns.0.words.2.start_s", 1e300, "must be a number"),
        ("sessions.1.turns.0.words", "So", "sessions[1].turns[0].words must be a list"),
        ("sessions.1.turns.0.timing", {"answer_s": 1}, "sessions[1].turns[0].timing.thinking_s is missing"),
        ("sessions.1.turns.0.live", 1, "sessions[1].turns[0].live must be true or false"),
        ("sessions.1.turns.0.transcript", "\ud800", "holds half a character"),
        ("sessions.1.turns.0.fillers.by_word", {"um": "one"}, "fillers.by_word.um must be a whole number"),
        ("sessions.1.turns.0.grade.grade", "perfect", "grade.grade must be one of again, hard, good, easy"),
        ("sessions.1.turns.1.sound", SOUND, "turns[1].sound must be null where there is no recording"),
        (
            "sessions.1.turns.0.sound",
            {"bytes": 1, "sha256": "x"},
            "sound.sha256 must be 64 hexadecimal digits",
        ),
        ("sessions.1.log.0.entry", [], "sessions[1].log[0].entry must be a record"),
        ("sessions.1.log.0.entry.entry", 5, "log[0].entry.entry must be text"),
        ("sessions.1.log.0.entry.questions", [{}], "log[0].entry.questions[0].id is missing"),
        ("sessions.1.log.0.entry.history", [], "log[0].entry.history must be a record"),
        ("sessions.1.log.2.entry.heard.text", "\ud800", "sessions[1].log[2].entry holds half a character"),
        ("sessions.1.log.3.entry.id", "1", "log[3].entry.id must be a whole number"),
        ("sessions.1.log.3.entry.id", [], "log[3].entry.id must be a whole number"),
        ("sessions.1.log.3.entry.id", 1, "log[3].entry.id must be the id of an item of this session, or 0"),
        ("apart.terms.0.kind", "dog", "apart.terms[0].kind must be one of name, employer, term"),
        ("sessions.1.turns.0.terms.0.at", None, "sessions[1].turns[0].terms[0].at must be text"),
        ("apart", [], "apart must be a record"),
    ],
)
def test_a_field_that_does_not_fit_is_named(path: str, value: Any, told: str) -> None:
    document = exported()
    put(path, value)(document)
    assert told in refused(document)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "audio/../../x.flac",
        "audio/2/../../../x.flac",
        "audio/2/sub/x.flac",
        "audio\\2\\x.flac",
        "audio/2/..",
        "audio/2/x.flac\n",
        "audio/2/.flac",
        "audio/2/x.sh",
        "audio/2/" + "x" * 300 + ".flac",
        "audio/1/01.flac",
        "audio/٢/01.flac",
        "C:\\x.flac",
        "",
        5,
    ],
)
def test_no_recording_has_a_name_that_leads_elsewhere(name: Any) -> None:
    document = exported()
    put("sessions.1.turns.0.audio", name)(document)
    assert "sessions[1].turns[0].audio" in refused(document)


def test_no_two_turns_share_a_recording() -> None:
    document = exported()
    put("sessions.1.turns.1.audio", "audio/2/01.flac")(document)
    assert "sessions[1].turns[1].audio is another turn's recording" in refused(document)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"version": ' + b"9" * 10_000 + b"}",
        b'{"version": NaN}',
        b'{"version": -Infinity}',
        b"PK\x03\x04",
        b"null",
        b"[]",
        b'"x"',
        b"7",
    ],
)
def test_what_is_no_export_at_all_is_refused(raw: bytes) -> None:
    assert "x.json" in refused(raw)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_half_a_file_is_told_with_the_line_at_which_it_breaks_off(part: float) -> None:
    raw = _written().encode()
    lines = _written()[: int(part * len(raw))].count("\n") + 1
    assert (
        refused(raw[: int(part * len(raw))])
        == f"x.json breaks off in line {lines}: the rest of it is missing."
    )


def test_a_mistake_in_the_json_is_told_with_its_place() -> None:
    raw = _written().replace('"apart":', '"apart";', 1).encode()
    assert refused(raw) == "x.json is no JSON that can be read (line 2, column 8)."


@pytest.mark.parametrize(
    "entry",
    [{"act": "say"}, {"entry": "surprise"}, {"entry": "heard", "heard": 5}, {"entry": "ask", "act": []}],
)
def test_a_log_of_another_program_is_taken_as_it_is(entry: Any) -> None:
    document = exported()
    document["sessions"][1]["log"][1]["entry"] = entry
    found = checked(json.dumps(document).encode(), "x.json")
    led = numbers(found["sessions"], {"sessions": {1}, "items": {1}}, {})
    assert renumbered(found["sessions"][1], led)["log"][1]["entry"] == entry


def test_one_of_a_newer_program_is_told_as_such() -> None:
    assert "was exported by a newer greenroom (version 2 of the format)" in refused(
        exported() | {"version": 2}
    )


def test_items_in_an_endless_chain_are_refused() -> None:
    document = exported()
    first = document["sessions"][1]["items"][0]
    document["sessions"][1]["items"] = [
        {**first, "id": 1000 + place, "parent": 999 + place if place else None} for place in range(100)
    ]
    document["sessions"][1]["log"] = []
    assert "items[41].parent lies deeper than 40 levels" in refused(document)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every record or list in it, with each of its keys."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.just([]),
    st.just({}),
    st.just([[]]),
    st.just({"entry": "plan"}),
    st.just(10**400),
)


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=0), JUNK)
def test_whatever_is_spoiled_it_is_refused_plainly_or_can_be_stored(place: int, junk: Any) -> None:
    document = exported()
    every = list(places(document))
    inside, key = every[place % len(every)]
    inside[key] = junk
    try:
        found = checked(json.dumps(document).encode(), "x.json")
    except (GreenroomError, ValueError):  # ValueError: Python does not write so long a number
        return
    with TemporaryDirectory() as home, Archive.open(Path(home) / "home") as archive:
        numbers = numbers_for(found["sessions"], archive.taken, archive.last_number)
        with archive.together():
            for one in found["sessions"]:
                archive.put_whole(renumbered(one, numbers))
            if found["apart"]:
                archive.put_apart(renumbered_apart(found["apart"], numbers))
        for one in found["sessions"]:
            archive.session(numbers.sessions[one["id"]])


def numbers(sessions: list[Any], taken: dict[str, set[int]], last: dict[str, int]) -> Numbers:
    return numbers_for(sessions, lambda table: taken.get(table, set()), lambda table: last.get(table, 0))


def test_numbers_that_are_free_are_kept_and_nothing_changes() -> None:
    sessions = exported()["sessions"]
    kept = numbers(sessions, {}, {})
    assert kept.sessions == {1: 1, 2: 2, 3: 3}
    assert [renumbered(copy.deepcopy(one), kept) for one in sessions] == sessions


def test_where_one_number_is_taken_all_of_its_kind_are_new_in_their_order() -> None:
    sessions = exported()["sessions"]
    found = numbers(sessions, {"sessions": {2}, "items": {1, 50}}, {"sessions": 7, "items": 50})
    assert found.sessions == {1: 8, 2: 9, 3: 10}
    assert list(found.items.values()) == list(range(51, 51 + len(found.items)))
    assert set(found.turns) == set(found.turns.values())


def test_a_number_far_too_high_is_not_kept() -> None:
    sessions = [{"id": 10**12, "turns": [], "items": [], "feedback": []}]
    assert numbers(sessions, {}, {"sessions": 3}).sessions == {10**12: 4}


def test_every_reference_goes_along_with_its_number() -> None:
    document = exported()
    by_id = {one["id"]: one for one in document["sessions"]}
    led = Numbers(
        {1: 11, 2: 12, 3: 13},
        {turn["id"]: 100 + turn["id"] for one in by_id.values() for turn in one["turns"]},
        {item["id"]: 200 + item["id"] for one in by_id.values() for item in one["items"]},
        {1: 301},
    )
    debrief, practice, again = (renumbered(by_id[one], led) for one in (1, 2, 3))
    assert [item["id"] - 200 for item in debrief["items"]] == [item["id"] for item in by_id[1]["items"]]
    parents = [(item["id"], item["parent"]) for item in debrief["items"] if item["parent"]]
    assert parents == [(209, 208), (210, 208)]
    assert debrief["feedback"][0]["id"] == 301
    assert practice["turns"][0]["audio"] == "audio/12/01.flac"
    assert (again["pack"], again["turns"][0]["prompt_id"]) == ("debrief-11", "debrief-11-202")
    plan, _, _, keep = (one["entry"] for one in practice["log"])
    assert [one["id"] for one in plan["questions"]] == ["conflict", "debrief-11-202"]
    assert plan["history"]["actions"][0] == {"text": "Sleep.", "date": AT, "session": 11, "item": 207}
    assert plan["history"]["unhappy"][0]["prompt_id"] == "debrief-11-202"
    assert keep["id"] == 200 + by_id[2]["items"][0]["id"]
    point = {"prompt_id": "debrief-1-2", "set_at": AT, "text": "I learned."}
    apart = renumbered_apart({**document["apart"], "points": [point]}, led)
    assert apart["points"] == [{**point, "prompt_id": "debrief-11-202"}]


def test_a_follow_up_goes_along_and_what_is_not_in_the_export_stays() -> None:
    led = Numbers({1: 11}, {1: 1, 2: 2, 3: 3}, {2: 22}, {})
    turns = [
        {"id": one, "prompt_id": prompt_id, "audio": None}
        for one, prompt_id in ((1, "debrief-1-2/result"), (2, "debrief-9-2"), (3, "debrief-1-99"))
    ]
    session = {"id": 1, "pack": "debrief-9", "turns": turns, "items": [], "feedback": [], "log": []}
    found = renumbered(session, led)
    assert [turn["prompt_id"] for turn in found["turns"]] == [
        "debrief-11-22/result",
        "debrief-9-2",
        "debrief-1-99",
    ]
    assert found["pack"] == "debrief-9"
