"""What reaches standard output."""

import io
import os
import pydoc

import pytest

from greenroom.review.look import Look
from greenroom.review.page import Piece
from greenroom.review.printing import show_page, write

PAGE = [(Piece("Title", "title"),), (), (Piece("[bold]um[/bold] :boom:", "filler"), Piece(" so  "))]


def test_plain_output_has_no_escape_and_no_trailing_space(capsys: pytest.CaptureFixture[str]) -> None:
    show_page(PAGE, Look(plain=True, columns=80))

    assert capsys.readouterr().out == "Title\n\n[bold]um[/bold] :boom: so\n"


def test_coloured_output_paints_meanings_and_reads_no_markup(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)

    show_page(PAGE, Look(plain=False, columns=80))

    assert capsys.readouterr().out == (
        "\x1b[1mTitle\x1b[0m\n\n\x1b[4;33m[bold]um[/bold] :boom:\x1b[0m so  \n"
    )


@pytest.mark.parametrize(("rows", "paged"), [(3, False), (2, True)])
def test_only_what_is_longer_than_the_screen_goes_through_the_pager(
    rows: int, paged: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(pydoc, "pager", seen.append)
    monkeypatch.delenv("LESS", raising=False)

    show_page(PAGE, Look(plain=True, columns=80, rows=rows))

    assert bool(seen) is paged
    assert bool(capsys.readouterr().out) is not paged
    assert os.environ.get("LESS") == ("-R" if paged else None)


def test_a_character_the_output_lacks_becomes_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))

    write("naïve 面接\n")

    assert raw.getvalue() == b"na?ve ??\n"
