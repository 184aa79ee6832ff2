"""`practice`: which questions, and how the rehearsal is held."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, Annotated, cast

import typer

from greenroom.cli.completing import pack_names, question_ids
from greenroom.cli.helping import ConfiguredCommand, examples
from greenroom.cli.options import (
    Company,
    Discreet,
    MicPace,
    Mics,
    ModelName,
    OneOf,
    Pace,
    PatienceS,
    Plain,
    Role,
    SpeakerName,
    Text,
    TraceFile,
    VoiceName,
)
from greenroom.cli.rehearse import debriefed, history_for, session_options
from greenroom.errors import GreenroomError
from greenroom.settings import COUNT, COUNT_BOUNDS, FOCUSES, MANNERS, MINUTES_BOUNDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenroom.cli.sessions import Options
    from greenroom.dialogue.packs import Pack, Question


def register(app: typer.Typer) -> None:
    """Adds practice to the program."""
    app.command(
        "practice",
        cls=ConfiguredCommand,
        epilog=examples(
            "greenroom practice --due --warm-up",
            "greenroom practice --from-debrief last",
        ),
    )(practice)


def practice(
    pack: Annotated[
        str | None,
        typer.Option(
            envvar="GREENROOM_PACK",
            show_envvar=False,
            metavar="NAME",
            autocompletion=pack_names,
            help="The pack of questions; general, and what fits --role.",
        ),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option(
            envvar="GREENROOM_COUNT",
            show_envvar=False,
            min=COUNT_BOUNDS[0],
            max=COUNT_BOUNDS[1],
            metavar="NUMBER",
            help=f"How many questions; {COUNT} unless --minutes is given.",
        ),
    ] = None,
    minutes: Annotated[
        int | None,
        typer.Option(
            "--minutes",
            envvar="GREENROOM_MINUTES",
            show_envvar=False,
            min=MINUTES_BOUNDS[0],
            max=MINUTES_BOUNDS[1],
            metavar="NUMBER",
            help="Ask no new question after so many minutes.",
        ),
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(
            "--question",
            envvar="GREENROOM_QUESTION",
            show_envvar=False,
            metavar="ID",
            autocompletion=question_ids,
            help="Ask this very one (repeat it).",
        ),
    ] = None,
    from_debrief: Annotated[
        str | None,
        typer.Option(
            "--from-debrief",
            envvar="GREENROOM_FROM_DEBRIEF",
            show_envvar=False,
            metavar="ID|last",
            help="Ask what a debrief was unhappy with.",
        ),
    ] = None,
    due: Annotated[
        bool,
        typer.Option("--due", envvar="GREENROOM_DUE", show_envvar=False, help="Ask what is due again."),
    ] = False,
    focus: Annotated[
        str | None,
        typer.Option(
            "--focus",
            envvar="GREENROOM_FOCUS",
            show_envvar=False,
            click_type=OneOf("focus", *FOCUSES),
            metavar="MEASURE",
            help="Work on one thing: fillers, pace, star and so on.",
        ),
    ] = None,
    manner: Annotated[
        str,
        typer.Option(
            "--manner",
            envvar="GREENROOM_MANNER",
            show_envvar=False,
            click_type=OneOf("manner", *MANNERS),
            metavar="|".join(MANNERS),
            help="How the interviewer behaves.",
        ),
    ] = "neutral",
    warm_up: Annotated[
        bool,
        typer.Option(
            "--warm-up", envvar="GREENROOM_WARM_UP", show_envvar=False, help="Begin with an easy question."
        ),
    ] = False,
    follow_ups: Annotated[
        bool | None,
        typer.Option(
            "--follow-ups/--no-follow-ups",
            envvar="GREENROOM_FOLLOW_UPS",
            show_envvar=False,
            help="Ask on after every answer, or never; else where one calls for it.",
        ),
    ] = None,
    grade: Annotated[
        bool | None,
        typer.Option(
            "--grade/--no-grade",
            envvar="GREENROOM_GRADE",
            show_envvar=False,
            help="Ask at the end how each answer went.",
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", envvar="GREENROOM_QUIET", show_envvar=False, help="No feedback at all.")
    ] = False,
    silent: Annotated[
        bool,
        typer.Option(
            "--silent", envvar="GREENROOM_SILENT", show_envvar=False, help="No feedback until the end."
        ),
    ] = False,
    dress_rehearsal: Annotated[
        bool,
        typer.Option(
            "--dress-rehearsal",
            envvar="GREENROOM_DRESS_REHEARSAL",
            show_envvar=False,
            help="As on the day: no keys, no repeats, no pauses; feedback at the end.",
        ),
    ] = False,
    mic: Mics = None,
    mic_pace: MicPace = Pace.fast,
    speaker: SpeakerName = None,
    voice: VoiceName = "auto",
    model: ModelName = "auto",
    patience: PatienceS = None,
    company: Company = None,
    role: Role = None,
    no_debrief: Annotated[
        bool,
        typer.Option(
            "--no-debrief",
            envvar="GREENROOM_NO_DEBRIEF",
            show_envvar=False,
            help="Do not look back at the end.",
        ),
    ] = False,
    text: Text = False,
    plain: Plain = False,
    discreet: Discreet = False,
    trace: TraceFile = None,
) -> None:
    """Rehearse an interview out loud.

    It asks, listens for as long as you need, times and writes down each answer, tells you the one thing most
    worth knowing about it, and at the end looks back with you.

    While it listens: Enter done, r repeat, s skip, p pause, q stop. All you said is kept.

    Each option can also be set for good: count = 3 in config.toml, or GREENROOM_COUNT=3.
    """
    from greenroom.cli import data, sessions
    from greenroom.cli.plans import Wishes, practice_plan, setting_of
    from greenroom.cli.wiring import plays_files
    from greenroom.dialogue.manners import MannerName
    from greenroom.dialogue.setting import FeedbackWhen

    options = session_options(
        mic, mic_pace, speaker, voice, model, patience, company, role, text, plain, discreet, trace
    )
    script = None if no_debrief else data.debrief_script("practice")
    wanted = count or (COUNT if minutes is None else COUNT_BOUNDS[1])
    name, questions, why = _chosen(options, pack, wanted, question, from_debrief, due, focus)
    from_files = not text and plays_files(options.mics)
    somebody_there = sys.stdin.isatty() if text else not from_files
    feedback: FeedbackWhen = "none" if quiet else "end" if silent or dress_rehearsal else "each"
    # A file answers the prompt it was made for, and cannot know what will be asked about it.
    asks_on = not from_files if follow_ups is None else follow_ups
    wishes = Wishes(
        manner=cast(MannerName, manner),
        feedback=feedback,
        follow_ups="none" if not asks_on else "always" if follow_ups else "needed",
        grading=somebody_there if grade is None else grade,
        strict=dress_rehearsal,
        warm_up=warm_up,
        minutes=minutes,
        focus=focus,
        why=why,
    )
    history, nth = history_for(options), _sessions_so_far(options)
    plan = practice_plan(options.home, questions, script, history, setting_of(wishes, nth))
    raise typer.Exit(sessions.run(options, plan, "practice", pack=name).exit_code)


def _chosen(
    options: Options,
    pack: str | None,
    count: int,
    question: list[str] | None,
    from_debrief: str | None,
    due: bool,
    focus: str | None,
) -> tuple[str, tuple[Question, ...], str | None]:
    """What the pack is called, the questions to ask, and why these where that is worth a line.

    Raises:
        GreenroomError: a question, a pack or a debrief is not there, or holds none to ask.
    """
    from greenroom.cli import choosing, data, own_questions
    from greenroom.cli.wiring import open_archive
    from greenroom.dialogue.drawing import GENERAL_PACK, draw, packs_for
    from greenroom.dialogue.packs import UNHAPPY_PACK

    if from_debrief and not question:
        return (*_to_answer_again(options, from_debrief), None)
    first = own_questions.pack(pack or GENERAL_PACK, options.home)
    if question:
        with open_archive(home=options.home, model=options.model) as archive:
            return first.id, choosing.named(archive, first, question), None
    if due or focus:
        with open_archive(home=options.home, model=options.model) as archive:
            questions, why = choosing.chosen(archive, first, count, due=due, focus=focus)
        return first.id, questions, why
    if first.id == UNHAPPY_PACK:  # what went wrong last comes first
        return first.id, first.questions[:count], None
    packs: Sequence[Pack] = [first]
    if pack is None and options.role:
        packs = packs_for(options.role, data.packs(options.home, own_questions.warn)) or packs
    drawn = draw(packs, count, random.sample)
    if not drawn:
        raise GreenroomError(
            f"The questions of the pack {first.id} are only asked when you name them.",
            f"`greenroom questions list --pack {first.id}` shows them; name one with --question.",
        )
    return "+".join(one.id for one in packs), drawn, None


def _to_answer_again(options: Options, text: str) -> tuple[str, tuple[Question, ...]]:
    """The questions of a debrief whose answers were not happy ones, and what that pack is called.

    Raises:
        GreenroomError: it is no debrief, or there are none in it.
    """
    from greenroom.dialogue.packs import Question
    from greenroom.review.asked import asked
    from greenroom.review.beside import unhappy

    session = debriefed(options, text)
    questions = tuple(
        Question(prompt_id, asked(item.text) or item.text, kind="debrief")
        for prompt_id, item in unhappy(session)
    )
    if not questions:
        raise GreenroomError(
            f"Debrief {session.id} has no question whose answer you were unhappy with.",
            "`greenroom practice` asks others.",
        )
    return f"debrief-{session.id}", questions


def _sessions_so_far(options: Options) -> int:
    from greenroom.cli.wiring import open_archive

    with open_archive(home=options.home, model=options.model) as archive:
        return archive.last_session_id() or 0
