"""The command line comes before the environment, that before config.toml, that before the default."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.program import Run
from greenroom.cli import sessions
from greenroom.cli.sessions import Options, Ran
from greenroom.dialogue.plan import Plan
from greenroom.stage.screen import PlainScreen
from recordings import FOLDER

Look = Callable[[Options, Plan], Any]

# option: (default, in config.toml, in the environment, on the command line, where it shows)
COMMON: dict[str, tuple[Any, tuple[str, Any], tuple[str, Any], tuple[list[str], Any], Look]] = {
    "mic": (
        (),
        ('"Built-in, left: 1"', ("Built-in, left: 1",)),
        ("my answer.wav; b.wav", ("my answer.wav", "b.wav")),
        (["--mic", "c.wav", "--mic", "d e.wav"], ("c.wav", "d e.wav")),
        lambda options, plan: options.mics,
    ),
    "speaker": (
        None,
        ('"hdmi"', "hdmi"),
        ("Head Phones", "Head Phones"),
        (["--speaker", "none"], "none"),
        lambda options, plan: options.speaker,
    ),
    "voice": (
        "auto",
        ('"a"', "a"),
        ("b", "b"),
        (["--voice", "c"], "c"),
        lambda options, plan: options.voice,
    ),
    "model": (
        "auto",
        ('"a"', "a"),
        ("b", "b"),
        (["--model", "c"], "c"),
        lambda options, plan: options.model,
    ),
    "trace": (
        None,
        ('"a"', Path("a")),
        ("b", Path("b")),
        (["--trace", "c"], Path("c")),
        lambda options, plan: options.trace,
    ),
    "plain": (
        False,
        ("true", True),
        ("0", False),
        (["--plain"], True),
        lambda options, plan: options.plain,
    ),
}
TALKING = {
    **COMMON,
    "mic_pace": (
        "fast",
        ('"real"', "real"),
        ("fast", "fast"),
        (["--mic-pace", "real"], "real"),
        lambda options, plan: options.mic_pace,
    ),
    "patience": (
        None,  # learned from how somebody pauses
        ("3", 3.0),
        ("4.5", 4.5),
        (["--patience", "5"], 5.0),
        lambda options, plan: options.patience_s,
    ),
    "company": (
        None,
        ('"A"', "A"),
        ("B C", "B C"),
        (["--company", "D"], "D"),
        lambda options, plan: options.company,
    ),
    "role": (None, ('"A"', "A"), ("B", "B"), (["--role", "C"], "C"), lambda options, plan: options.role),
    "text": (False, ("true", True), ("0", False), (["--text"], True), lambda options, plan: options.text),
    "discreet": (
        False,
        ("true", True),
        ("0", False),
        (["--discreet"], True),
        lambda options, plan: options.discreet,
    ),
}
PRACTICE = {
    **TALKING,
    "pack": (
        "Tell me",
        ('"mine"', "Why?"),
        ("other", "How?"),
        (["--pack", "third"], "When?"),
        lambda options, plan: plan.questions[0].text[:7],
    ),
    "count": (
        5,
        ("1", 1),
        ("2", 2),
        (["--count", "3"], 3),
        lambda options, plan: len(plan.questions),
    ),
    "question": (
        5,
        ('["conflict"]', ("conflict",)),
        ("weakness conflict", ("weakness", "conflict")),
        (["--question", "weakness"], ("weakness",)),
        lambda options, plan: (
            5 if len(plan.questions) == 5 else tuple(question.id for question in plan.questions)
        ),
    ),
    "no_debrief": (
        False,
        ("true", True),
        ("0", False),
        (["--no-debrief"], True),
        lambda options, plan: plan.debrief is None,
    ),
    "minutes": (
        None,
        ("9", 9),
        ("8", 8),
        (["--minutes", "7"], 7),
        lambda options, plan: plan.setting.minutes,
    ),
    "manner": (
        "neutral",
        ('"brisk"', "brisk"),
        ("friendly", "friendly"),
        (["--manner", "neutral"], "neutral"),
        lambda options, plan: plan.setting.manner.name,
    ),
    "focus": (
        None,
        ('"pace"', "pace"),
        ("star", "star"),
        (["--focus", "fillers"], "fillers"),
        lambda options, plan: plan.setting.focus,
    ),
    "due": (
        False,
        ("true", True),
        ("0", False),
        (["--due"], True),
        lambda options, plan: bool(plan.setting.why),
    ),
    "warm_up": (
        False,
        ("true", True),
        ("0", False),
        (["--warm-up"], True),
        lambda options, plan: plan.setting.warm_up is not None,
    ),
    "follow_ups": (
        "needed",
        ("false", "none"),
        ("1", "always"),
        (["--no-follow-ups"], "none"),
        lambda options, plan: plan.setting.follow_ups,
    ),
    "grade": (
        True,
        ("false", False),
        ("1", True),
        (["--no-grade"], False),
        lambda options, plan: plan.setting.grading,
    ),
    "quiet": (
        "each",
        ("true", "none"),
        ("0", "each"),
        (["--quiet"], "none"),
        lambda options, plan: plan.setting.feedback,
    ),
    "silent": (
        "each",
        ("true", "end"),
        ("0", "each"),
        (["--silent"], "end"),
        lambda options, plan: plan.setting.feedback,
    ),
    "dress_rehearsal": (
        False,
        ("true", True),
        ("0", False),
        (["--dress-rehearsal"], True),
        lambda options, plan: plan.setting.strict,
    ),
}


@pytest.fixture
def asked(greenroom: Run, at: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Options, Plan]]:
    """Runs a command and gives what it would have held a session with."""
    seen: list[tuple[Options, Plan]] = []

    def note(options: Options, plan: Plan, kind: str, *, pack: str | None = None) -> Ran:
        seen.append((options, plan))
        return Ran(1, 0)

    monkeypatch.setattr(sessions, "run", note)
    folder = at / "prompts" / "packs"
    folder.mkdir(parents=True)
    for pack, text in (("mine", "Why?"), ("other", "How?"), ("third", "When?")):
        (folder / f"{pack}.toml").write_text(
            f'id = "{pack}"\ntitle = "T"\n[[questions]]\nid = "q"\ntext = "{text}"\n'
        )
    monkeypatch.setattr("random.sample", lambda places, count: list(places)[:count])

    def run(*args: str) -> tuple[Options, Plan]:
        ran = greenroom(*args)
        assert ran.code == 0, ran
        return seen.pop()

    return run


@pytest.mark.parametrize(
    ("command", "name"),
    [("practice", name) for name in PRACTICE] + [("debrief", name) for name in TALKING],
)
def test_option_beats_environment_beats_config_beats_default(
    command: str,
    name: str,
    asked: Callable[..., tuple[Options, Plan]],
    at: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    default, (config, in_config), (variable, in_environment), (option, on_line), look = PRACTICE[name]

    if name == "pack":
        assert len({question.text for question in asked(command)[1].questions}) == 5
    else:
        assert look(*asked(command)) == default
    (at / "config.toml").write_text(f"{name} = {config}\n")
    assert look(*asked(command)) == in_config
    monkeypatch.setenv(f"GREENROOM_{name.upper()}", variable)
    assert look(*asked(command)) == in_environment
    assert look(*asked(command, *option)) == on_line


def test_with_the_time_given_there_are_as_many_questions_as_fit(
    asked: Callable[..., tuple[Options, Plan]],
) -> None:
    assert len(asked("practice", "--minutes", "20")[1].questions) > 10
    assert len(asked("practice", "--minutes", "20", "--count", "3")[1].questions) == 3


def test_nothing_is_asked_on_or_graded_where_files_answer_unless_it_is_wished_for(
    asked: Callable[..., tuple[Options, Plan]],
) -> None:
    files = ("--mic", "one.wav", "--mic", "two.wav")
    setting = asked("practice", *files)[1].setting
    assert setting is not None
    assert (setting.follow_ups, setting.grading) == ("none", False)
    setting = asked("practice", *files, "--follow-ups", "--grade")[1].setting
    assert setting is not None
    assert (setting.follow_ups, setting.grading) == ("always", True)


def test_who_types_into_a_pipe_is_not_asked_for_grades(asked: Callable[..., tuple[Options, Plan]]) -> None:
    setting = asked("practice", "--text")[1].setting
    assert setting is not None
    assert (setting.follow_ups, setting.grading) == ("needed", False)


def test_a_role_brings_its_own_packs_along_unless_a_pack_is_named(
    asked: Callable[..., tuple[Options, Plan]],
) -> None:
    drawn = {
        question.id for question in asked("practice", "--role", "data engineer", "--count", "40")[1].questions
    }
    named = {question.id for question in asked("practice", "--role", "cook", "--pack", "mine")[1].questions}
    assert "system-you-know" in drawn
    assert named == {"q"}


def test_an_empty_variable_is_as_good_as_none(
    asked: Callable[..., tuple[Options, Plan]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PRACTICE:
        monkeypatch.setenv(f"GREENROOM_{name.upper()}", "")

    options, plan = asked("practice")

    assert (options.mics, options.model, options.text) == ((), "auto", False)
    assert len(plan.questions) == 5


def test_a_debrief_leaves_alone_what_config_says_of_questions(
    asked: Callable[..., tuple[Options, Plan]], at: Path
) -> None:
    (at / "config.toml").write_text('count = 3\npack = "mine"\nno_debrief = true\nrole = "cook"\n')

    options, plan = asked("debrief")

    assert options.role == "cook"
    assert plan.questions == ()
    assert plan.debrief is not None


def test_the_demo_takes_voice_and_speaker_from_config_but_keeps_to_its_own_answers(
    asked: Callable[..., tuple[Options, Plan]], at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.cli.review.print_session", lambda *args, **kwargs: None)
    (at / "config.toml").write_text('voice = "a"\nspeaker = "hdmi"\nmic = "USB"\ncount = 9\npatience = 9\n')

    options, plan = asked("demo")

    assert (options.voice, options.speaker, options.patience_s) == ("a", "hdmi", None)
    assert {Path(mic).parent for mic in options.mics} == {FOLDER / "demo"}
    assert options.home != at
    assert len(plan.questions) == 3


@pytest.mark.parametrize(("value", "plain"), [("1", True), ("0", False), ("", False)])
def test_accessible_asks_for_plain_lines_unless_it_is_zero(
    value: str, plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("ACCESSIBLE", value)
    monkeypatch.setattr("sys.stdout", Terminal())

    assert isinstance(sessions._screen(False), PlainScreen) is plain


class Terminal(io.StringIO):
    encoding = "utf-8"  # type: ignore[assignment]

    def isatty(self) -> bool:
        return True
