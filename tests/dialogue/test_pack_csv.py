"""Questions out of a table: what is read, and what is told with file, line and column."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from greenroom.dialogue.pack_csv import Row, Skipped, check_kinds, new_questions, read_rows
from greenroom.dialogue.pack_text import same_question
from greenroom.dialogue.packs import Question
from greenroom.errors import GreenroomError

WHOLE = Row(
    2,
    "why-acme",
    Question("", "Why Acme?", "fit", (30, 60), ("what they make", "what you bring"), "And now?"),
)


def told(text: str) -> tuple[str, str]:
    with pytest.raises(GreenroomError) as raised:
        read_rows(text, "own.csv")
    return raised.value.message, raised.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "text,id,kind,low,high,covers,follow_up\n"
        "Why Acme?,why-acme,fit,30,60,what they make; what you bring,And now?\n",
        "follow_up;covers;high;low;kind;id;text\r\n"
        'And now?;"what they make;what you bring";60;30;fit;why-acme;Why Acme?\r\n',
        "Text\tID\tKind\tLow\tHigh\tCovers\tFollow-up\n"
        "Why Acme?\twhy-acme\tfit\t30\t60\twhat they make|what you bring\tAnd now?",
        '"text","id","kind","low","high","covers","follow up"\n'
        '"Why Acme?","why-acme","fit","30","60","what they make\nwhat you bring","And now?"\n',
        '"text";"id";"kind";"low";"high";"covers";"follow_up"\n'
        '"Why Acme?";"why-acme";"fit";"30";"60";"what they make|what you bring";"And now?"\n',
    ],
    ids=["comma", "semicolon, other order", "tab, capitals", "quoted, a line each", "quoted semicolons"],
)
def test_a_table_is_read_whatever_stands_between_its_columns(text: str) -> None:
    assert read_rows(text, "own.csv") == (WHOLE,)


def test_only_the_text_is_needed_and_a_single_column_may_have_commas() -> None:
    assert read_rows("text\nWhy us, and why now?\n\n  \nWho; me?\n", "own.csv") == (
        Row(2, None, Question("", "Why us, and why now?")),
        Row(5, None, Question("", "Who; me?")),
    )


def test_a_row_that_ends_early_has_the_rest_as_usual() -> None:
    assert read_rows("text,kind,low\nWhy?\nHow?,,50\n", "own.csv") == (
        Row(2, None, Question("", "Why?")),
        Row(3, None, Question("", "How?", seconds=(50, 120))),
    )


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        ("", 1, "it is empty", "Give each question a line"),
        ("\n\n", 1, "it is empty", "Give each question a line"),
        ("Why us?\n", 1, "there is no column “text” in its first line", "Name the columns there: text, id"),
        ("question,id\nWhy?,why\n", 1, "there is no column “text”", "Only text is needed."),
        ("text,follow\nWhy?,And?\n", 1, "there is no column “follow”", "Did you mean follow_up?"),
        ("text,zzz\nWhy?,And?\n", 1, "there is no column “zzz”", "There are: text, id, kind"),
        ("text,text\nWhy?,And?\n", 1, "the column “text” is there twice", "nothing was imported"),
        ("text,id\n", 1, "there is no question below the headings", "nothing was imported"),
        ("text,id\nWhy?,why\n,how\n", 3, "“text” is empty", "nothing was imported"),
        (f"text,id\n{'a' * 2001},why\n", 2, "“text” is longer than 2000 characters", "nothing was imported"),
        ("text,kind\n" + "Why?," + "a" * 2001, 2, "“kind” is longer than 2000", "nothing was imported"),
        ("text,id\nWhy?,Why us\n", 2, "“id” must be an id: lower-case letters", "nothing was imported"),
        ("text,id\nWhy?,debrief-1-2\n", 2, "“id” must be an id", "nothing was imported"),
        (
            "text,low\nWhy?,soon\n",
            2,
            "“low” must be a whole number of seconds, from 1",
            "nothing was imported",
        ),
        ("text,high\nWhy?,9999\n", 2, "“high” must be a whole number of seconds", "nothing was imported"),
        ("text,low\nWhy?,٣\n", 2, "“low” must be a whole number of seconds", "nothing was imported"),
        ("text,low,high\nWhy?,60,30\n", 2, "“low” must be smaller than “high”: 60 and 30", "-"),
        ("text,high\nWhy?,30\n", 2, "“low” must be smaller than “high”: 45 and 30", "-"),
        ("text,id\nWhy, us?,why,x\n", 2, "there are 4 fields under 2 headings", "into double quotes"),
        ('text,id\n"Why?\n\nmore', 2, "it cannot be read as a table: ", "nothing was imported"),
        ('text,id\n"Why?" x,y\n', 2, "it cannot be read as a table: ", "nothing was imported"),
        ('text,id\n"Why\nme?",why\nHow?,H\n', 4, "“id” must be an id", "nothing was imported"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_column(text: str, line: int, what: str, remedy: str) -> None:
    happened, to_do = told(text)
    assert happened.startswith(f"own.csv, line {line}: {what}")
    assert remedy == "-" or remedy in to_do


@settings(deadline=None)
@given(st.text(max_size=300) | st.text(st.sampled_from('text,id;low\thigh"\n\r3-é\x00'), max_size=80))
@example("text,id\n\x00,a")
@example('text\n"')
@example("text\r\rWhy?\r")
def test_any_text_is_read_or_told_in_two_lines(text: str) -> None:
    try:
        rows = read_rows(text, "own.csv")
    except GreenroomError as error:
        assert error.message.startswith("own.csv, line ")
        assert error.remedy
    else:
        assert rows
        assert all(row.question.text.strip() for row in rows)


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20)


@settings(deadline=None)
@given(st.lists(st.tuples(LINES, LINES, LINES), min_size=1), st.sampled_from([",", ";", "\t"]))
def test_a_table_of_any_program_gives_back_what_was_put_in(
    rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([("kind", "text", "follow_up"), *rows])
    read = [row.question for row in read_rows(out.getvalue(), "own.csv")]
    assert [(one.kind, one.text, one.follow_up) for one in read] == rows


def rows(*texts: str, id: str | None = None) -> list[Row]:
    return [Row(line, id, Question("", text)) for line, text in enumerate(texts, 2)]


def test_each_new_question_gets_an_id_of_its_own() -> None:
    questions, skipped = new_questions(rows("About trams?", "Trams: about?"), {}, ["trams"], "own.csv")
    assert [question.id for question in questions] == ["trams-2", "trams-3"]
    assert skipped == ()


def test_an_id_that_the_table_gives_is_not_taken_by_a_question_above_it() -> None:
    table = [*rows("Trams?"), Row(3, "trams", Question("", "Buses?"))]
    questions, _ = new_questions(table, {}, [], "own.csv")
    assert [question.id for question in questions] == ["trams-2", "trams"]


def test_a_question_that_is_there_already_is_left_out() -> None:
    known = {same_question("Why us?"): ("why-us", "general")}
    questions, skipped = new_questions(rows("why us", "Who?", "who"), known, ["why-us"], "own.csv")
    assert [question.text for question in questions] == ["Who?"]
    assert skipped == (Skipped(2, "why-us", "general"), Skipped(4, "line 3", None))


def test_an_id_of_another_question_is_refused() -> None:
    for table in (rows("Who?", id="why"), rows("Who?", "Where?", id="own")):
        with pytest.raises(GreenroomError, match=r"own.csv, line [23]: the id “\w+” is taken by another"):
            new_questions(table, {same_question("Why?"): ("why", "general")}, ["why"], "own.csv")


def test_a_kind_nearly_like_one_there_is_is_refused() -> None:
    table = read_rows("text,kind\nWhy?,fit\nHow?,behavioral\n", "own.csv")
    with pytest.raises(GreenroomError, match=r"own.csv, line 3: “kind”: there is no “behavioral”") as raised:
        check_kinds(table, ["fit", "behavioural"], "own.csv")
    assert raised.value.remedy == "Did you mean behavioural?"
