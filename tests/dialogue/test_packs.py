"""Packs, scripts and phrases: what ships loads, and what is wrong is told with file, line and field."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dialogue.shipped import PROMPTS
from greenroom.dialogue.packs import (
    COMMANDS,
    Question,
    read_debrief,
    read_interview_words,
    read_pack,
    read_phrases,
)
from greenroom.dialogue.steps import STEP_FORMS, FollowUp, Step
from greenroom.errors import GreenroomError

PACK = """\
# A comment first.
id = "mine"
title = "Mine"

[[questions]]
id = "conflict"
text = "Tell me about a conflict."

[[questions]]
id = "weakness"
text = "What is your greatest weakness?"
kind = "character"
seconds = [30, 60]
covers = ["a real one", "what you do about it"]
follow_up = "Is that really one?"
"""

SCRIPT = """\
id = "first"
title = "First"
opening = "Take your time."

[[steps]]
id = "feeling"
form = "open"
ask = "How did it feel?"
keeps = "feeling"

[[steps]]
id = "question"
form = "each"
ask = "Which questions?"
keeps = "question"
most = 5

[steps.then]
id = "happy"
ask = "Happy?"
ask_unclear = "Yes or no?"

[[steps]]
id = "again"
form = "which"
ask = "Which one again?"
keeps = "question"
private = true
"""

WORDS = (PROMPTS / "interview.toml").read_text("utf-8")
PHRASES = (PROMPTS / "phrases.toml").read_text("utf-8")


def test_a_pack_may_name_its_roles_and_stand_apart_and_a_question_its_wording() -> None:
    text = PACK.replace('title = "Mine"', 'title = "Mine"\nroles = ["clerk"]\napart = true')
    text += 'improper = true\nbefore = "You need not answer."\nwording = "I am late at times."\n'
    pack = read_pack(text, "mine.toml")
    assert (pack.roles, pack.apart) == (("clerk",), True)
    assert [one.improper for one in pack.questions] == [False, True]
    assert pack.questions[1].before == "You need not answer."
    assert pack.questions[1].wording == "I am late at times."


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "remedy"),
    [
        ("covers = ", "cover = ", 14, "cover", "Did you mean covers?"),
        ("follow_up = ", "follow-up = ", 15, "follow-up", "Did you mean follow_up?"),
        ('title = "Mine"', 'title = "Mine"\nrole = ["clerk"]', 4, "role", "Did you mean roles?"),
        (
            'title = "Mine"',
            'title = "Mine"\nxyz = 1',
            4,
            "xyz",
            "There are: id, title, language, roles, apart, questions.",
        ),
        ("[[questions]]", "[[question]]", 5, "question", "Did you mean questions?"),
        ("[[questions]]", "[[questions]]\nsecond = 1", 6, "second", "Did you mean seconds?"),
    ],
)
def test_an_unknown_field_is_named_with_its_line_and_the_nearest(
    old: str, new: str, line: int, field: str, remedy: str
) -> None:
    with pytest.raises(GreenroomError) as raised:
        read_pack(PACK.replace(old, new), "mine.toml")
    assert raised.value.message == f"mine.toml, line {line}: there is no field “{field}”."
    assert raised.value.remedy == remedy


def test_a_line_is_counted_as_editors_do() -> None:
    text = PACK.replace("# A comment first.", "# One\u2028line for an editor.").replace('"Mine"', "7")
    assert complaint(read_pack, text).startswith("mine.toml, line 3: “title”")


def complaint(read: Callable[[str, str], object], text: str) -> str:
    with pytest.raises(GreenroomError) as raised:
        read(text, "mine.toml")
    assert raised.value.exit_code == 1
    assert raised.value.remedy == "Mend that line, or remove the file."
    return raised.value.message


def line_of(text: str, beginning: str) -> int:
    """Counted from 1."""
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(beginning))


@pytest.mark.parametrize("file", sorted((PROMPTS / "packs").glob("*.toml")), ids=lambda file: file.stem)
def test_every_shipped_pack_loads_under_its_own_name(file: Path) -> None:
    pack = read_pack(file.read_text("utf-8"), file.name)
    assert pack.id == file.stem
    assert all(question.text.endswith((".", "?")) for question in pack.questions)


def test_the_general_pack_has_twenty_stock_questions_and_more() -> None:
    pack = read_pack((PROMPTS / "packs" / "general.toml").read_text("utf-8"), "general.toml")
    assert len(pack.questions) >= 20
    assert {"conflict", "weakness", "why-this-company", "tell-me-about-yourself"} <= {
        question.id for question in pack.questions
    }


@pytest.mark.parametrize("name", ["first", "second", "practice"])
def test_every_shipped_debrief_loads(name: str) -> None:
    script = read_debrief((PROMPTS / "debriefs" / f"{name}.toml").read_text("utf-8"), f"{name}.toml")
    assert script.id == name
    assert len({step.id for step in script.steps}) == len(script.steps)


def test_the_shipped_sentences_take_the_names_that_are_filled_in() -> None:
    words = read_interview_words(WORDS, "interview.toml")
    assert "3" in words.welcome.format(count=3)
    assert words.length.format(length="LONG", thinking="SHORT").count("LONG") == 1
    assert "LONG" in words.length_at_once.format(length="LONG", thinking="SHORT")
    assert "142" in words.pace.format(pace=142)


def test_the_shipped_phrases_are_written_as_replies_are_compared() -> None:
    from greenroom.dialogue.phrases import normalised

    book = read_phrases(PHRASES, "phrases.toml")
    commands = [phrase for command in COMMANDS for phrase in book.commands[command]]
    lists = (book.thats_all, book.nothing, book.yes, book.no, book.ordinals, commands, book.courtesy)
    more = (book.unsure, book.go_back, book.close_now, book.carry_on, book.all_of_them)
    every = [phrase for one in (*lists, *more, book.mine, book.theirs, book.both) for phrase in one]
    assert [phrase for phrase in every if normalised(phrase) != phrase] == []
    assert not set(book.yes) & set(book.no)
    assert len(commands) == len(set(commands))
    assert max(len(phrase.split()) for phrase in commands) <= 9


def test_a_pack_is_read_with_its_defaults() -> None:
    pack = read_pack(PACK, "mine.toml")
    assert (pack.id, pack.title, pack.language) == ("mine", "Mine", "en")
    assert pack.questions == (
        Question("conflict", "Tell me about a conflict.", "general", (45, 120), (), None),
        Question(
            "weakness",
            "What is your greatest weakness?",
            "character",
            (30, 60),
            ("a real one", "what you do about it"),
            "Is that really one?",
        ),
    )


def test_a_script_is_read_with_its_defaults() -> None:
    script = read_debrief(SCRIPT, "first.toml")
    assert (script.id, script.opening, script.closing) == ("first", "Take your time.", None)
    assert script.steps == (
        Step("feeling", "open", "How did it feel?", "feeling"),
        Step(
            "question",
            "each",
            "Which questions?",
            "question",
            most=5,
            then=FollowUp("happy", "Happy?", "Yes or no?"),
        ),
        Step("again", "which", "Which one again?", "question", private=True),
    )


def test_a_broken_file_names_its_line() -> None:
    assert complaint(read_pack, 'id = "mine"\ntitle = oops\n').startswith("mine.toml is not well-formed: ")
    assert "line 2" in complaint(read_pack, 'id = "mine"\ntitle = oops\n')


AN_ID = "must be an id: lower-case letters, digits and hyphens."
A_TEXT = "must be a text of 1 to 2000 characters."


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('id = "mine"\n', 'id = "Mine!"\n', 2, f"“id” {AN_ID}"),
        ('id = "mine"\n', "id = 7\n", 2, f"“id” {AN_ID}"),
        ('id = "mine"\n', "", 1, f"“id” {AN_ID}"),
        ('title = "Mine"\n', 'title = " "\n', 3, f"“title” {A_TEXT}"),
        ('title = "Mine"\n', "", 1, f"“title” {A_TEXT}"),
        ('title = "Mine"\n', 'title = "Mine"\nlanguage = 1\n', 4, f"“language” {A_TEXT}"),
        ('id = "conflict"\n', "", 5, f"“id” {AN_ID}"),
        ('id = "weakness"\n', "", 9, f"“id” {AN_ID}"),
        ('id = "weakness"\n', 'id = "conflict"\n', 10, "the id “conflict” is used twice."),
        ('text = "What is your greatest weakness?"\n', "", 9, f"“text” {A_TEXT}"),
        ('text = "What is your greatest weakness?"\n', f'text = "{"a" * 2001}"\n', 11, f"“text” {A_TEXT}"),
        ('kind = "character"', "kind = []", 12, f"“kind” {A_TEXT}"),
        ("[30, 60]", "[60, 30]", 13, "“seconds” must be two whole numbers, the smaller one first."),
        ("[30, 60]", "[30]", 13, "“seconds” must be two whole numbers, the smaller one first."),
        ("[30, 60]", "[0, 60]", 13, "“seconds” must be two whole numbers, the smaller one first."),
        ("[30, 60]", "[true, 60]", 13, "“seconds” must be two whole numbers, the smaller one first."),
        ("[30, 60]", '"long"', 13, "“seconds” must be two whole numbers, the smaller one first."),
        ('["a real one", "what you do about it"]', "[1]", 14, "“covers” must be a list of texts."),
        ('"Is that really one?"', "3", 15, f"“follow_up” {A_TEXT}"),
        ('title = "Mine"', 'title = "Mine"\nroles = "clerk"', 4, "“roles” must be a list of texts."),
        ('title = "Mine"', 'title = "Mine"\napart = 1', 4, "“apart” must be true or false."),
        ("seconds =", 'improper = "no"\nseconds =', 13, "“improper” must be true or false."),
        ("seconds =", "before = 3\nseconds =", 13, f"“before” {A_TEXT}"),
        ("seconds =", 'wording = ""\nseconds =', 13, f"“wording” {A_TEXT}"),
    ],
)
def test_a_wrong_field_of_a_pack_is_named_with_its_line(old: str, new: str, line: int, what: str) -> None:
    assert old in PACK
    assert complaint(read_pack, PACK.replace(old, new)) == f"mine.toml, line {line}: {what}"


@pytest.mark.parametrize(
    "text", ["", 'id = "mine"\n', "questions = []\n", "questions = 3\n", "questions = [3]\n"]
)
def test_a_pack_without_questions_is_none(text: str) -> None:
    assert complaint(read_pack, text) == "mine.toml, line 1: there is no [[questions]] in it."


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('id = "first"\n', 'id = ""\n', 1, f"“id” {AN_ID}"),
        ('opening = "Take your time."', 'opening = ""', 3, f"“opening” {A_TEXT}"),
        ('form = "open"', 'form = "wide"', 7, f"“form” must be one of {', '.join(STEP_FORMS)}."),
        ('form = "open"\n', "", 5, f"“form” {A_TEXT}"),
        ('ask = "How did it feel?"\n', "", 5, f"“ask” {A_TEXT}"),
        ('keeps = "feeling"\n', "", 5, f"“keeps” {A_TEXT}"),
        ('id = "question"', 'id = "feeling"', 12, "the id “feeling” is used twice."),
        ('ask = "Which questions?"\n', "", 11, f"“ask” {A_TEXT}"),
        ("most = 5", "most = 0", 16, "“most” must be a whole number from 1 to 1000."),
        ("most = 5", "most = true", 16, "“most” must be a whole number from 1 to 1000."),
        ("most = 5", "most = 5\nhint = 1", 17, f"“hint” {A_TEXT}"),
        ("most = 5", "most = 5\nask_again = 1", 17, f"“ask_again” {A_TEXT}"),
        ("most = 5", "most = 5\nthen = 1\n[steps.other]", 11, "there is no [then] in it."),
        ('id = "happy"', 'id = "Happy"', 19, f"“id” {AN_ID}"),
        ('id = "happy"\n', "", 18, f"“id” {AN_ID}"),
        ('ask = "Happy?"\n', "", 18, f"“ask” {A_TEXT}"),
        ('ask = "Happy?"', "ask = 1", 20, f"“ask” {A_TEXT}"),
        ('ask_unclear = "Yes or no?"\n', "", 18, f"“ask_unclear” {A_TEXT}"),
        ("private = true", 'private = "yes"', 28, "“private” must be true or false."),
        ("private = true", "private = true\nname = 1", 29, f"“name” {A_TEXT}"),
        ("private = true", "private = true\nnothing = 1", 29, f"“nothing” {A_TEXT}"),
        ("private = true", "private = true\nnothing_keeps = 1", 29, f"“nothing_keeps” {A_TEXT}"),
    ],
)
def test_a_wrong_field_of_a_script_is_named_with_its_line(old: str, new: str, line: int, what: str) -> None:
    assert old in SCRIPT
    text = SCRIPT.replace(old, new)
    if "[steps.other]" in new:
        text = text.replace("[steps.then]\n", "")
    assert complaint(read_debrief, text) == f"mine.toml, line {line}: {what}"


RATING_SCRIPT = """\
id = "second"
title = "Second"

[[steps]]
id = "gut"
form = "rating"
ask = "How did it go?"
name = "gut"
essential = true
unless = "company"
of = "gut"

[steps.texts]
read_back = "I heard {value}."
unclear = "Which number?"

[[steps]]
id = "close"
form = "close"
ask = "This is what I heard."
read_back = [["It was {gut}."], ["So {before}.", "So."]]

[steps.texts]
let_go = "Let it go."
success = "Remember {success}"
last = "Well done."
thank_you = "Write the note."
"""


def test_a_step_is_read_with_its_sentences_and_its_conditions() -> None:
    gut, close = read_debrief(RATING_SCRIPT, "mine.toml").steps
    assert gut == Step(
        "gut",
        "rating",
        "How did it go?",
        name="gut",
        essential=True,
        unless="company",
        of="gut",
        texts={"read_back": "I heard {value}.", "unclear": "Which number?"},
    )
    assert close.read_back == (("It was {gut}.",), ("So {before}.", "So."))
    assert close.texts == {
        "let_go": "Let it go.",
        "success": "Remember {success}",
        "last": "Well done.",
        "thank_you": "Write the note.",
    }


KNOWN = "{before}, {during}, {after}, {gut}, {gut_first}, {count}, {happy}, {turning}, {success}, {changes}"


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('name = "gut"\n', "", 4, f"“name” {A_TEXT}"),
        ("essential = true", "essential = 1", 9, "“essential” must be true or false."),
        ('unless = "company"', 'unless = "rain"', 10, "“unless” must be company."),
        ('of = "gut"', "of = 1", 11, f"“of” {A_TEXT}"),
        ('unclear = "Which number?"', "unclear = 1", 15, f"“unclear” {A_TEXT}"),
        ('unclear = "Which number?"\n', "", 13, f"“unclear” {A_TEXT}"),
        ('"So."]]', "3]]", 21, "“read_back” must be a list of lists of texts."),
        ('[["It was {gut}."]', '["It was {gut}."', 21, "“read_back” must be a list of lists of texts."),
        ("{gut}", "{cat}", 21, f"“read_back” must be texts with only {KNOWN}."),
        ("{gut}", "{gut", 21, f"“read_back” must be texts with only {KNOWN}."),
        ('last = "Well done."\n', "", 23, f"“last” {A_TEXT}"),
        ('thank_you = "Write the note."', "thank_you = 1", 27, f"“thank_you” {A_TEXT}"),
    ],
)
def test_a_wrong_field_of_a_newer_step_is_named_with_its_line(
    old: str, new: str, line: int, what: str
) -> None:
    assert old in RATING_SCRIPT
    text = RATING_SCRIPT.replace(old, new)
    assert complaint(read_debrief, text) == f"mine.toml, line {line}: {what}"


def test_a_script_without_steps_is_none() -> None:
    assert complaint(read_debrief, 'id = "x"\n') == "mine.toml, line 1: there is no [[steps]] in it."


@pytest.mark.parametrize(
    "key",
    [
        *("welcome", "welcome_one", "skipped", "noted", "kept_for_later", "stopped", "to_debrief", "goodbye"),
        *("again", "offer_repeat", "paused", "go_on", "paused_quiet", "device_lost", "device_back"),
        *("back", "back_none", "time_over", "time_close", "time_on", "open_action", "open_actions"),
        "messages",
        *("crisis", "crisis_line", "crisis_nobody", "crisis_choice", "crisis_stop", "crisis_on"),
        *("crisis_check", "crisis_no"),
    ],
)
def test_every_sentence_of_the_interviewer_must_be_there(key: str) -> None:
    line = line_of(WORDS, f"{key} =")
    gone = "\n".join(text for n, text in enumerate(WORDS.splitlines(), 1) if n != line)
    assert complaint(read_interview_words, gone) == f"mine.toml, line 1: “{key}” {A_TEXT}"
    wrong = WORDS.replace(f"\n{key} = ", f"\n{key} = 3 # ", 1)
    assert complaint(read_interview_words, wrong) == f"mine.toml, line {line}: “{key}” {A_TEXT}"


@pytest.mark.parametrize("key", ["answer", "answer_at_once", "pace"])
def test_every_part_of_the_sum_up_must_be_there(key: str) -> None:
    head, line = line_of(WORDS, "[sum_up]"), line_of(WORDS, f"{key} =")
    gone = "\n".join(text for n, text in enumerate(WORDS.splitlines(), 1) if n != line)
    assert complaint(read_interview_words, gone) == f"mine.toml, line {head}: “{key}” {A_TEXT}"
    without = WORDS[: WORDS.index("[sum_up]")]
    assert complaint(read_interview_words, without) == "mine.toml, line 1: there is no [sum_up] in it."


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("thats_all = [", "thats_all = [1,", "“thats_all” must be a list of texts."),
        ("nothing = [", "nothing = [1,", "“nothing” must be a list of texts."),
        ("yes = [", "yes = [1,", "“yes” must be a list of texts."),
        ("no = [", "no = [1,", "“no” must be a list of texts."),
        ("open_endings = [", "open_endings = [1,", "“open_endings” must be a list of texts."),
        ("closed_endings = [", "closed_endings = [1,", "“closed_endings” must be a list of texts."),
        ("courtesy = [", "courtesy = [1,", "“courtesy” must be a list of texts."),
        ("repeat = [", "repeat = [1,", "“repeat” must be a list of texts."),
        ("stop = [", "stop = [1,", "“stop” must be a list of texts."),
        ("third = 3", "third = '3'", "“third” must be a whole number from 1 on."),
        ("third = 3", "third = true", "“third” must be a whole number from 1 on."),
        ("third = 3", "third = 0", "“third” must be a whole number from 1 on."),
    ],
)
def test_a_wrong_phrase_is_named_with_its_line(old: str, new: str, what: str) -> None:
    line = line_of(PHRASES, old)
    text = "\n".join(
        new + row[len(old) :] if n == line else row for n, row in enumerate(PHRASES.splitlines(), 1)
    )
    assert complaint(read_phrases, text) == f"mine.toml, line {line}: {what}"


def test_phrases_without_ordinals_are_incomplete() -> None:
    text = PHRASES[: PHRASES.index("[ordinals]")]
    assert complaint(read_phrases, text) == "mine.toml, line 1: there is no [ordinals] in it."


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_must_have_its_phrases(command: str) -> None:
    head = line_of(PHRASES, "[commands]")
    text = PHRASES.replace(f"\n{command} = [", f"\nanother_{command} = [")
    assert complaint(read_phrases, text) == f"mine.toml, line {head}: “{command}” must be a list of texts."


def test_phrases_without_commands_are_incomplete() -> None:
    text = PHRASES.replace("[commands]", "[wishes]")
    assert complaint(read_phrases, text) == "mine.toml, line 1: there is no [commands] in it."
