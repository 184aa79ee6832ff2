"""Sessions, turns and moments are named as PRODUCT writes them, and nothing else passes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.archive import Archive, Reference, moment, parse_reference
from greenroom.errors import GreenroomError
from greenroom.types import Turn


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("12", Reference(12)),
        (" last ", Reference(None)),
        ("LAST.2", Reference(None, 2)),
        ("12.3", Reference(12, 3)),
        ("12.3@83", Reference(12, 3, 83.0)),
        ("12.3@1:23", Reference(12, 3, 83.0)),
        ("12.3@1:2", Reference(12, 3, 62.0)),
        ("12.3@0:00.5", Reference(12, 3, 0.5)),
        ("last.3@1:02:03", Reference(None, 3, 3723.0)),
        ("12.3@90:00", Reference(12, 3, 5400.0)),
    ],
)
def test_what_is_read(text: str, reference: Reference) -> None:
    assert parse_reference(text) == reference


@pytest.mark.parametrize(
    "text",
    [
        "",
        "first",
        "-1",
        "+1",
        "1_0",
        "１２",
        "12.",
        ".3",
        "12.3.4",
        "12@1:23",
        "12.3@",
        "12.3@1:60",
        "12.3@1:2:3:4",
        "12.3@1.5:10",
        "12.3@-1",
        "12.3@1:75:00",
        "12.3@inf",
        "12.x",
        "1" * 16,
        "12.3@1e3",
        "lastly",
        "12\n13",
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(GreenroomError, match="names no session, turn or moment") as caught:
        parse_reference(text)
    assert caught.value.remedy.startswith("Write 12 or last")


@given(
    session=st.none() | st.integers(0, 10**15 - 1),
    turn=st.none() | st.integers(0, 10**9 - 1),
    at_s=st.none() | st.integers(0, 999_999),
)
def test_what_is_written_is_read_back(session: int | None, turn: int | None, at_s: int | None) -> None:
    reference = Reference(session, turn, at_s if turn is not None else None)
    assert parse_reference(str(reference)) == reference


@given(st.text(max_size=50) | st.text(alphabet="last0123456789.:@ ", max_size=20))
def test_no_input_raises_anything_but_the_one_error(text: str) -> None:
    try:
        reference = parse_reference(text)
    except GreenroomError as error:
        assert error.message.isprintable()
    else:
        assert reference.at_s is None or reference.turn is not None


@pytest.mark.parametrize(
    ("at_s", "text"), [(-1.0, "0:00"), (0.99, "0:00"), (59.999, "0:59"), (83.4, "1:23"), (3723.9, "1:02:03")]
)
def test_a_moment_is_rounded_down(at_s: float, text: str) -> None:
    assert moment(at_s) == text


def test_resolving_says_what_is_not_there(archive: Archive, answer: Callable[..., Turn]) -> None:
    with pytest.raises(GreenroomError, match="There is no session yet"):
        archive.resolve("last")
    archive.start_session("practice")
    answer(1, "one")
    archive.start_session("practice")
    answer(2, "one")
    answer(2, "two")
    assert archive.resolve("last") == 2
    assert archive.resolve("1") == 1
    assert archive.resolve_turn("last.2@1:23") == (2, 2, 83.0)
    assert archive.resolve_turn("1.1") == (1, 1, None)
    assert archive.resolve_turn("2") == (2, None, None)
    for text, message in {
        "999999999999999": "There is no session 999999999999999.",
        "0": "There is no session 0.",
        "1.2": "There is no turn 1.2; session 1 has one turn.",
        "2.0": "There is no turn 2.0; session 2 has 2 turns.",
    }.items():
        with pytest.raises(GreenroomError) as caught:
            archive.resolve_turn(text)
        assert caught.value.message == message
    with pytest.raises(GreenroomError, match="is a turn, a session is wanted"):
        archive.resolve("2.1")
