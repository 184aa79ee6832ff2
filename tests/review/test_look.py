"""Who gets plain lines, and who gets a pager."""

import pytest

from greenroom.review.look import look


@pytest.fixture(autouse=True)
def _window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    monkeypatch.setenv("LINES", "30")


def test_a_terminal_gets_colour_and_a_pager_for_what_is_longer_than_it() -> None:
    chosen = look(environ={"TERM": "xterm"}, is_terminal=True, encoding="utf-8")

    assert (chosen.plain, chosen.columns, chosen.rows) == (False, 90, 29)
    unpaged = look(paged=False, environ={"TERM": "xterm"}, is_terminal=True, encoding="utf-8")
    assert (unpaged.plain, unpaged.rows) == (False, None)


def test_a_pipe_gets_plain_lines_at_once() -> None:
    chosen = look(environ={}, is_terminal=False, encoding="utf-8")

    assert (chosen.plain, chosen.rows) == (True, None)


@pytest.mark.parametrize("environ", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_a_screen_reader_never_gets_a_pager(environ: dict[str, str]) -> None:
    chosen = look(environ=environ, is_terminal=True, encoding="utf-8")

    assert (chosen.plain, chosen.rows) == (True, None)
    assert look(True, environ={}, is_terminal=True, encoding="utf-8") == chosen


def test_no_color_is_plain_but_long_pages_are_still_paged() -> None:
    chosen = look(environ={"NO_COLOR": "1"}, is_terminal=True, encoding="utf-8")

    assert (chosen.plain, chosen.rows) == (True, 29)


def test_accessible_set_to_nothing_or_0_is_off() -> None:
    for value in ("", "0"):
        assert not look(environ={"ACCESSIBLE": value}, is_terminal=True, encoding="utf-8").plain


def test_a_terminal_that_cannot_draw_gets_plain_lines() -> None:
    assert look(environ={}, is_terminal=True, encoding="ascii").plain


@pytest.mark.parametrize(("wide", "columns"), [("3", 20), ("40", 40), ("400", 100)])
def test_a_line_is_never_too_wide_to_read(wide: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", wide)

    assert look(environ={}, is_terminal=True, encoding="utf-8").columns == columns
