"""The questions family: browsing, adding, importing, packs of one's own, what one wants to say."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.interviewed import answered_again, interviewed
from cli.program import Ran, Run, run_apart
from greenroom.archive import Archive
from greenroom.cli import own_packs, own_questions
from greenroom.cli.completing import own_pack_names, pack_names, question_ids
from greenroom.dialogue.packs import Question, read_pack
from greenroom.errors import GreenroomError
from greenroom.types import Item

OWN = """\
# My pack: never lose this line.
id = "acme"
title = "Acme"
roles = ["lion tamer"]

[[questions]]
id = "why-acme"
text = "Why Acme?"   # they ask it first
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def own(at: Path) -> Write:
    """Writes a pack of one's own."""

    def write(name: str, text: str) -> Path:
        file = at / "prompts" / "packs" / f"{name}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    return write


def rows(ran: Ran) -> list[dict[str, object]]:
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert isinstance(found, list)
    return found


# list and show


def test_of_several_packs_each_has_its_title(greenroom: Run, at: Path) -> None:
    out = greenroom("questions", "list").out
    assert out.startswith("Questions to ask them (ask-them)\n")
    assert "\n\nGeneral questions (general)\n" in out
    assert not at.exists()


def test_a_list_in_a_pipe_has_a_line_for_each_question(greenroom: Run) -> None:
    lines = greenroom("questions", "list", "--pack", "difficult").out.splitlines()
    assert len(lines) == 16
    assert lines[0] == "seem-nervous      You seem a little nervous. Are you all right?"
    assert [line.split()[0] for line in lines if line.endswith(" (only when you name it)")] == [
        "having-children",
        "off-sick",
    ]


def test_a_list_may_be_of_one_kind(greenroom: Run) -> None:
    found = rows(greenroom("questions", "list", "--kind", "opening", "--json"))
    assert {row["kind"] for row in found} == {"opening"}
    assert {row["pack"] for row in found} == {"general", "phone-screen", "first-job"}
    happened, remedy = greenroom("questions", "list", "--kind", "behavioral").complaint
    assert happened == "There is no question of the kind “behavioral” here."
    assert remedy == "Did you mean behavioural?"
    assert "There are: " in greenroom("questions", "list", "--kind", "zzz").complaint[1]


def test_a_list_may_be_for_a_role_also_with_packs_of_ones_own(greenroom: Run, own: Write) -> None:
    own("acme", OWN)
    found = rows(greenroom("questions", "list", "--role", "Lion tamer", "--json"))
    assert {row["pack"] for row in found} == {"general", "acme"}
    ran = greenroom("questions", "list", "--role", "cook", "--pack", "general")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("--pack and --role are two things.\n")


def test_the_questions_to_ask_them_are_a_list_to_tick_off(greenroom: Run) -> None:
    lines = greenroom("questions", "list", "--pack", "ask-them").out.splitlines()
    assert len(lines) == 15
    assert lines[1] == "[ ] why-open             How did this job come to be open?"


def test_a_question_that_nobody_should_ask_says_so_and_has_a_sentence_to_answer_with(greenroom: Run) -> None:
    out = greenroom("questions", "show", "off-sick").out
    assert "Nobody should ask this" in out
    assert "One way to say it: I would rather keep my health to myself." in out


def test_control_characters_of_a_pack_are_not_printed(greenroom: Run, own: Write) -> None:
    own("acme", OWN.replace('"Why Acme?"', '"Why\\u001b[31m\\nAcme\\u202e?"').replace('"Acme"', '"A\\u0007"'))
    assert greenroom("questions", "list", "--pack", "acme").out == "why-acme  Why Acme?\n"
    assert greenroom("questions", "show", "why-acme").out.startswith("Why Acme?\n")
    assert "A (acme)\n" in greenroom("questions", "list").out


def test_a_broken_pack_is_told_once_and_stops_nothing_that_does_not_need_it(
    greenroom: Run, own: Write, at: Path
) -> None:
    file = own("acme", OWN.replace("text =", "txt ="))
    own("robots", OWN.replace("acme", "robots").replace("Acme", "robots"))
    ran = greenroom("questions", "list")
    assert ran.code == 0
    assert "why-robots" in ran.out
    assert "why-acme" not in ran.out
    assert ran.err == f"{file}, line 8: there is no field “txt”. Did you mean text?\n"
    assert greenroom("questions", "show", "conflict").code == 0
    assert greenroom("questions", "list", "--pack", "general").err == ""
    assert greenroom("questions", "list", "--pack", "acme").complaint == (
        f"{file}, line 8: there is no field “txt”.",
        "Did you mean text?",
    )


def test_a_broken_pack_in_the_place_of_a_shipped_one_does_not_bring_that_back(
    greenroom: Run, own: Write
) -> None:
    own("general", "id = 3")
    ran = greenroom("questions", "list")
    assert ran.code == 0
    assert "tell-me-about-yourself" not in ran.out
    assert "general.toml, line 1: there is no [[questions]] in it." in ran.err


def test_a_mark_at_the_beginning_of_a_pack_is_overlooked(greenroom: Run, own: Write) -> None:
    file = own("acme", "\ufeff" + OWN)
    assert greenroom("questions", "add", "Who?", "--pack", "acme").code == 0
    assert file.read_text("utf-8").startswith("\ufeff# My pack")
    assert len(rows(greenroom("questions", "list", "--pack", "acme", "--json"))) == 2


# add


def test_a_question_is_added_to_a_pack_that_is_made_for_it(greenroom: Run, at: Path) -> None:
    ran = greenroom(
        *("questions", "add", "Why do you want to leave Acme?", "--kind", "motivation"),
        *(
            "--seconds",
            "30-90",
            "--covers",
            "what pulls you",
            "--covers",
            "no blame",
            "--follow-up",
            "And now?",
        ),
    )
    file = at / "prompts" / "packs" / "mine.toml"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"Kept as leave-acme in {file}.\ngreenroom practice --pack mine --question leave-acme asks it.\n"
    )
    assert rows(greenroom("questions", "list", "--pack", "mine", "--json")) == [
        {
            "id": "leave-acme",
            "pack": "mine",
            "text": "Why do you want to leave Acme?",
            "kind": "motivation",
            "seconds": [30, 90],
            "covers": ["what pulls you", "no blame"],
            "follow_up": "And now?",
            "improper": False,
            "before": None,
            "wording": None,
            "points": [],
        }
    ]
    assert read_pack(file.read_text("utf-8"), "mine.toml").title == "My own questions"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [one.name for one in file.parent.iterdir()] == ["mine.toml"]


def test_what_stands_in_a_pack_stays_when_a_question_is_added(greenroom: Run, own: Write) -> None:
    file = own("acme", OWN)
    file.chmod(0o644)
    assert greenroom("questions", "add", "Who is Acme?", "--pack", "acme", "--id", "who").code == 0
    assert file.read_text("utf-8") == OWN + '\n[[questions]]\nid = "who"\ntext = "Who is Acme?"\n'
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_to_a_pack_stays_a_link(greenroom: Run, own: Write, tmp_path: Path) -> None:
    file = own("acme", OWN)
    kept = tmp_path / "dotfiles.toml"
    file.rename(kept)
    file.symlink_to(kept)
    assert greenroom("questions", "add", "Who?", "--pack", "acme").code == 0
    assert file.is_symlink()
    assert kept.read_text("utf-8").startswith(OWN)
    assert '"Who?"' in kept.read_text("utf-8")


def test_the_id_is_unlike_those_of_all_packs(greenroom: Run) -> None:
    greenroom("questions", "add", "Persuade!")
    assert rows(greenroom("questions", "list", "--pack", "mine", "--json"))[0]["id"] == "persuade-2"


@pytest.mark.parametrize(
    ("args", "code", "happened", "remedy"),
    [
        (["Why us?", "--id", "conflict"], 1, "The id “conflict” is taken: Tell me about a time", "another"),
        (["Why us?", "--id", "Why us"], 2, "“Why us” cannot be an id", "Leave --id out"),
        (["Why us?", "--id", "debrief-1-2"], 2, "“debrief-1-2” cannot be an id", "Leave --id out"),
        (
            ["what is your greatest strength at work"],
            1,
            "is there already, as strength in the pack general",
            "-",
        ),
        (["  "], 2, "There is no question in it.", "in quotes"),
        (["a" * 2001], 2, "The question has 2001 characters; 2000 is the most.", "fewer"),
        (["Why?", "--follow-up", "a" * 2001], 2, "2000 is the most", "fewer"),
        (
            ["Why?", "--kind", "behavioral"],
            2,
            "There is no kind “behavioral” yet.",
            "Did you mean behavioural?",
        ),
        (["Why?", "--kind", " "], 2, "There is no text in it.", "-"),
        (["Why?", "--pack", "general"], 1, "“general” comes with greenroom", "my-general"),
        (["Why?", "--pack", "unhappy"], 1, "“unhappy” is the pack of the questions", "another name"),
        (["Why?", "--pack", "../x"], 1, "“../x” cannot be the name of a pack", "Call it x, for example."),
        (["Why?", "--pack", "My Pack"], 1, "“My Pack” cannot be the name", "Call it pack, for example."),
    ],
)
def test_what_cannot_be_added_is_told_and_nothing_is_written(
    args: list[str], code: int, happened: str, remedy: str, greenroom: Run, at: Path
) -> None:
    ran = greenroom("questions", "add", *args)
    assert (ran.code, ran.out) == (code, "")
    first, second = ran.err.splitlines()
    assert happened in first
    assert remedy == "-" or remedy in second
    assert not at.exists()


@pytest.mark.parametrize("said", ["120-60", "60", "0-60", "soon", "60-60", "-60", "1e1-60"])
def test_a_range_is_two_numbers_the_smaller_one_first(said: str, greenroom: Run, at: Path) -> None:
    ran = greenroom("questions", "add", "Why?", "--seconds", said)
    assert ran.code == 2
    assert "Write it as 60-120" in ran.err
    assert not at.exists()


@pytest.mark.parametrize(
    ("text", "happened"),
    [
        (OWN.replace("[[questions]]", "[[question]]"), "line 6: there is no field “question”"),
        (
            'id = "acme"\ntitle = "A"\nquestions = [{id = "a", text = "A?"}]\n',
            "does not begin its questions with",
        ),
    ],
)
def test_a_pack_that_cannot_take_more_is_left_as_it_is(
    text: str, happened: str, greenroom: Run, own: Write
) -> None:
    file = own("acme", text)
    ran = greenroom("questions", "add", "Why?", "--pack", "acme")
    assert ran.code == 1
    assert happened in ran.err
    assert file.read_text("utf-8") == text


def test_a_folder_that_cannot_be_written_is_told(at: Path) -> None:
    at.mkdir()
    at.chmod(0o500)
    ran = run_apart(at, "questions", "add", "Why?", modest=True)
    assert f"{at} cannot be written: Permission denied." in ran.complaint[0]
    at.chmod(0o700)


def test_a_pack_that_is_read_only_stays_as_it_is(at: Path, own: Write) -> None:
    file = own("acme", OWN)
    file.chmod(0o400)
    assert "Permission denied" in run_apart(at, "questions", "add", "Why?", "--pack", "acme", modest=True).err
    assert file.read_text("utf-8") == OWN


TEXTS = st.text(max_size=80).filter(str.strip)


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_any_text_that_is_added_reads_back(texts: list[str]) -> None:
    from greenroom.dialogue.pack_text import encodable

    with tempfile.TemporaryDirectory() as home:
        wanted = [Question(f"q{place}", encodable(text).strip()) for place, text in enumerate(texts)]
        for question in wanted:
            file = own_packs.add([question], "mine", Path(home))
        assert list(own_questions.pack("mine", Path(home)).questions) == wanted
        assert file.read_bytes().decode("utf-8").replace("\n", "").isprintable()


# import

TABLE = "text;id;covers\nWhy Acme?;why-acme;the work|the people\nWho else?;;\n"


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        file = tmp_path / "own.csv"
        file.write_bytes(text.encode("utf-8"))
        return str(file)

    return write


def test_a_table_is_imported_into_a_pack(greenroom: Run, table: Callable[[str], str]) -> None:
    ran = greenroom("questions", "import", table("\ufeff" + TABLE), "--pack", "acme")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "2 questions added to the pack acme.\ngreenroom practice --pack acme asks them.\n"
    found = rows(greenroom("questions", "list", "--pack", "acme", "--json"))
    assert [(row["id"], row["text"], row["covers"]) for row in found] == [
        ("why-acme", "Why Acme?", ["the work", "the people"]),
        ("else", "Who else?", []),
    ]


def test_what_is_there_already_is_skipped_and_said(greenroom: Run, table: Callable[[str], str]) -> None:
    file = table(TABLE + "What is your greatest strength at work;;\nwhy acme;;\n")
    ran = greenroom("questions", "import", file)
    assert ran.out.splitlines()[:3] == [
        "Line 4 is there already, as strength in the pack general.",
        "Line 5 is there already, further up.",
        "2 questions added to the pack mine.",
    ]
    again = greenroom("questions", "import", file)
    assert again.code == 0
    assert again.out.splitlines()[0] == "Line 2 is there already, as why-acme in the pack mine."
    assert again.out.splitlines()[-1] == "Nothing new for the pack mine."


@pytest.mark.parametrize(
    ("text", "happened", "remedy"),
    [
        (TABLE + "Where?;Where;\n", "line 4: “id” must be an id", "nothing was imported"),
        (TABLE + "Where?;conflict;\n", "line 4: the id “conflict” is taken", "nothing was imported"),
        (TABLE.replace("id", "ids"), "line 1: there is no column “ids”", "Did you mean id?"),
    ],
)
def test_a_mistake_in_a_table_imports_nothing(
    text: str, happened: str, remedy: str, greenroom: Run, at: Path, table: Callable[[str], str]
) -> None:
    first, second = greenroom("questions", "import", table(text)).complaint
    assert f"own.csv, {happened}" in first
    assert remedy in second
    assert not at.exists()


def test_a_file_that_is_no_table_is_told(greenroom: Run, tmp_path: Path, at: Path) -> None:
    assert greenroom("questions", "import", "away.csv").complaint[0] == "There is no file away.csv."
    assert "cannot be read" in greenroom("questions", "import", str(tmp_path)).complaint[0]
    latin = tmp_path / "latin.csv"
    latin.write_bytes("text\nWarum nicht später?\n".encode("latin-1"))
    assert greenroom("questions", "import", str(latin)).complaint == (
        f"{latin} is not written in UTF-8.",
        "Save it as CSV in UTF-8, and import it again.",
    )
    assert not at.exists()


# new-pack


def test_a_new_pack_is_a_file_with_an_example_that_can_be_rehearsed(greenroom: Run, at: Path) -> None:
    ran = greenroom("questions", "new-pack", "acme", "--title", 'The "Acme"\x1b[31m')
    file = at / "prompts" / "packs" / "acme.toml"
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{file} is there")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [row["id"] for row in rows(greenroom("questions", "list", "--pack", "acme", "--json"))] == [
        "acme-example"
    ]
    assert greenroom("questions", "new-pack", "acme").complaint == (
        f"{file} is there already.",
        "Open it in an editor, or choose another name.",
    )


def test_a_name_that_is_taken_or_none_at_all_makes_no_pack(greenroom: Run, at: Path) -> None:
    for name in ("general", "unhappy", "Acme!", "..", "a" * 61):
        assert greenroom("questions", "new-pack", name).complaint
    assert not at.exists()


# script


def test_what_one_wants_to_say_is_kept_shown_and_cleared(greenroom: Run, at: Path) -> None:
    empty = greenroom("questions", "script", "conflict").out
    assert empty.startswith("Nothing of your own yet. greenroom questions script conflict ")
    assert not at.exists()
    assert greenroom("questions", "script", "conflict", "The rota\x1b[31m", " I asked both ").code == 0
    assert greenroom("questions", "script", "conflict").out == "- The rota\n- I asked both\n"
    assert greenroom("questions", "script", "conflict", "--json").out == (
        '[\n  "The rota\\u001b[31m",\n  "I asked both"\n]\n'
    )
    shown = greenroom("questions", "show", "conflict").out
    assert shown.endswith("What you want to say:\n- The rota\n- I asked both\n")
    (row,) = [
        one for one in rows(greenroom("questions", "list", "--json", "--pack", "general")) if one["points"]
    ]
    assert (row["id"], row["points"]) == ("conflict", ["The rota\x1b[31m", "I asked both"])
    assert (
        greenroom("questions", "script", "conflict", "--none").out
        == "Nothing is kept for conflict any more.\n"
    )
    assert greenroom("questions", "script", "conflict").out == empty


@pytest.mark.parametrize(
    ("args", "code", "happened"),
    [
        (["conflit"], 1, "There is no question “conflit”."),
        (["conflict", " "], 2, "There is no point in it."),
        (["conflict", "a", "--none"], 2, "Points and --none are two things."),
        (["conflict", "a" * 2001], 2, "The point has 2001 characters"),
    ],
)
def test_what_cannot_be_kept_is_told(
    args: list[str], code: int, happened: str, greenroom: Run, at: Path
) -> None:
    ran = greenroom("questions", "script", *args)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(happened)
    assert not at.exists()


def test_points_of_a_question_that_is_gone_can_be_read_and_cleared(greenroom: Run, own: Write) -> None:
    file = own("acme", OWN)
    greenroom("questions", "script", "why-acme", "The work")
    file.unlink()
    assert greenroom("questions", "script", "why-acme").out == "- The work\n"
    assert greenroom("questions", "script", "why-acme", "--none").code == 0
    assert greenroom("questions", "script", "why-acme").complaint


# unhappy


def test_without_debriefs_nothing_is_unhappy(greenroom: Run, at: Path) -> None:
    ran = greenroom("questions", "list", "--pack", "unhappy")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("There is no question you are unhappy with.\n")
    assert rows(greenroom("questions", "list", "--pack", "unhappy", "--json")) == []
    assert "(unhappy)" not in greenroom("questions", "list").out
    with pytest.raises(GreenroomError, match="no question you are unhappy with"):
        own_questions.pack("unhappy", at)
    assert not at.exists()


def test_what_a_debrief_was_unhappy_with_joins_until_a_take_of_it_went_well(greenroom: Run, at: Path) -> None:
    with Archive.open(at) as archive:
        session = interviewed(archive)
    assert greenroom("questions", "list").out.endswith(
        "\n\nQuestions you were unhappy with (unhappy)\n"
        "debrief-1-2             Why did you leave your last job?\n"
    )
    (row,) = rows(greenroom("questions", "list", "--pack", "unhappy", "--json"))
    assert (row["id"], row["pack"], row["kind"]) == ("debrief-1-2", "unhappy", "debrief")
    assert greenroom("questions", "show", "debrief-1-2").code == 0
    with Archive.open(at) as archive:
        practice = answered_again(archive, session, "Because I wanted to build.")
        archive.grade(practice, 1, "hard", own=False)
    assert rows(greenroom("questions", "list", "--pack", "unhappy", "--json"))
    with Archive.open(at) as archive:
        archive.grade(practice, 1, "good", own=True)
    assert rows(greenroom("questions", "list", "--pack", "unhappy", "--json")) == []


def test_the_latest_debrief_comes_first_and_a_question_only_once(at: Path) -> None:
    with Archive.open(at) as archive:
        first = interviewed(archive, 3)
        archive.keep_item(first, Item("question", "What is a lock?", happy=False))
        archive.keep_item(first, Item("question", "What is a mutex?", happy=False))
        second = interviewed(archive, 4)
        archive.keep_item(second, Item("question", "um what is a MUTEX", happy=True))
        practice = archive.start_session("practice")
        archive.keep_item(practice, Item("question", "Why here?", happy=False))
    found = [(question.id, question.text) for question in own_questions.pack("unhappy", at).questions]
    assert [text for _, text in found] == ["Why did you leave your last job?", "What is a lock?"]
    assert found[0][0].startswith(f"debrief-{second}-")
    assert found[1][0].startswith(f"debrief-{first}-")


def test_an_archive_that_cannot_be_read_is_told_and_the_packs_are_listed(greenroom: Run, at: Path) -> None:
    at.mkdir()
    (at / "greenroom.db").write_bytes(b"no database at all, but long enough to look like a file of some size")
    ran = greenroom("questions", "list")
    assert ran.code == 0
    assert "conflict" in ran.out
    assert len(ran.err.splitlines()) == 1


def test_no_file_can_take_the_name_of_the_pack_made_from_debriefs(greenroom: Run, own: Write) -> None:
    own("unhappy", OWN.replace("acme", "unhappy"))
    assert "“unhappy” is the pack of the questions" in greenroom("questions", "list").err
    assert greenroom("questions", "list", "--pack", "unhappy").out.startswith("There is no question")


# the shell


def test_the_shell_is_offered_packs_and_questions(
    at: Path, own: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENROOM_HOME", str(at))
    own("broken", "id = 3")
    own("acme", OWN.replace('"Acme"', '"A\\u001b[31mcme"'))
    assert pack_names("ac") == [("acme", "Acme")]
    assert pack_names("un") == [("unhappy", "Questions you were unhappy with")]
    assert question_ids("why-a") == [("why-acme", "Why Acme?")]
    assert question_ids("zzz") == []
    assert own_pack_names("") == ["acme", "broken"]


def test_completing_a_question_prints_its_id(at: Path) -> None:
    asked = {
        "_GREENROOM_COMPLETE": "complete_bash",
        "COMP_WORDS": "greenroom questions show confl",
        "COMP_CWORD": "3",
    }
    assert run_apart(at, env=asked).out.splitlines() == ["conflict"]
    assert "PATH" in os.environ
