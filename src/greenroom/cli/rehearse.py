"""`demo` and `debrief`, and what they share with `practice`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.helping import ConfiguredCommand, examples
from greenroom.cli.options import (
    Company,
    Discreet,
    MicPace,
    Mics,
    Minutes,
    ModelName,
    Pace,
    PatienceS,
    Plain,
    Role,
    SpeakerName,
    Text,
    TraceFile,
    VoiceName,
)
from greenroom.errors import GreenroomError
from greenroom.settings import MINUTES

if TYPE_CHECKING:
    from greenroom.cli.sessions import Options
    from greenroom.dialogue.history import History
    from greenroom.types import Session


def register(app: typer.Typer) -> None:
    """Adds demo and debrief to the program."""
    app.command(
        "demo",
        cls=ConfiguredCommand,
        epilog=examples("greenroom demo", "greenroom demo --speaker none"),
    )(demo)
    app.command(
        "debrief",
        cls=ConfiguredCommand,
        epilog=examples("greenroom debrief --company Acme --discreet", "greenroom debrief --again 12"),
    )(debrief)


def debrief(
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the one that was cut off.")] = False,
    again: Annotated[
        str | None, typer.Option("--again", metavar="ID|last", help="The calm second look at this one.")
    ] = None,
    minutes: Minutes = MINUTES,
    mic: Mics = None,
    mic_pace: MicPace = Pace.fast,
    speaker: SpeakerName = None,
    voice: VoiceName = "auto",
    model: ModelName = "auto",
    patience: PatienceS = None,
    company: Company = None,
    role: Role = None,
    text: Text = False,
    plain: Plain = False,
    discreet: Discreet = False,
    trace: TraceFile = None,
) -> None:
    """Talk a real interview through, right after it.

    How it felt comes first, then what they asked and what went well. Nothing you say is judged. The next
    day --again looks at it calmly: what went right and wrong, what was behind it, and what to change.

    While it listens: Enter done, r repeat, s skip, p pause, q stop. All you said is kept.

    Each option can also be set for good: discreet = true in config.toml, or GREENROOM_DISCREET=1.
    """
    from greenroom.cli import sessions
    from greenroom.cli.plans import debrief_plan

    options = session_options(
        mic, mic_pace, speaker, voice, model, patience, company, role, text, plain, discreet, trace
    )
    if resume and again:
        raise GreenroomError(
            "--resume and --again are two things.", "Give one: --resume goes on with what was cut off.", 2
        )
    if resume:
        raise typer.Exit(sessions.go_on(options, _interrupted_debrief(options)).exit_code)
    if again:
        session = debriefed(options, again)
        plan = debrief_plan(
            options.home,
            history_for(options, session),
            minutes=minutes,
            company=session.company,
            role=session.role,
        )
        raise typer.Exit(sessions.look_again(options, plan, session.id).exit_code)
    plan = debrief_plan(
        options.home, history_for(options), minutes=minutes, company=options.company, role=options.role
    )
    raise typer.Exit(sessions.run(options, plan, "debrief").exit_code)


def demo(
    speaker: SpeakerName = None,
    voice: VoiceName = "auto",
    model: ModelName = "auto",
    plain: Plain = False,
    trace: TraceFile = None,
) -> None:
    """See a whole rehearsal on recorded answers.

    Three questions, their answers, the look back, and how it all reads afterwards. It needs no microphone
    and leaves nothing behind.
    """
    import tempfile

    from greenroom.cli import data, review, sessions
    from greenroom.cli.plans import Wishes, practice_plan, setting_of
    from greenroom.dialogue.history import History

    questions = ("conflict", "weakness", "tell-me-about-yourself")
    script = data.debrief_script("practice")
    prompts = [*questions, *(step.id for step in script.steps)]
    with tempfile.TemporaryDirectory(prefix="greenroom-demo-") as home:
        os.environ["GREENROOM_HOME"] = home
        options = session_options(
            [str(data.demo_recordings() / f"{prompt}.flac") for prompt in prompts],
            Pace.fast,
            speaker,
            voice,
            model,
            None,
            None,
            None,
            False,
            plain,
            False,
            trace,
        )
        pack = data.pack("general", options.home)
        by_id = {question.id: question for question in pack.questions}
        setting = setting_of(Wishes(follow_ups="none"))
        plan = practice_plan(options.home, tuple(by_id[one] for one in questions), script, History(), setting)
        ran = sessions.run(replace(options, throwaway=True), plan, "practice", pack=pack.id)
        if ran.exit_code == 0:
            typer.echo("\nThis is how it reads afterwards (greenroom show 1):\n")
            review.print_session("last", plain=plain, paged=False)
            typer.echo(
                "\nThat was a demo in a throwaway folder; it is gone now.\nYour turn: greenroom practice"
            )
    raise typer.Exit(ran.exit_code)


def debriefed(options: Options, text: str) -> Session:
    from greenroom.cli.after import resolved
    from greenroom.cli.wiring import open_archive

    with open_archive(home=options.home, model=options.model) as archive:
        return archive.session(resolved(archive, text))


def history_for(options: Options, again: Session | None = None) -> History:
    from greenroom.cli.history import history_of
    from greenroom.cli.wiring import open_archive

    with open_archive(home=options.home, model=options.model) as archive:
        return history_of(archive, again, company=options.company, role=options.role)


def _interrupted_debrief(options: Options) -> int:
    from greenroom.cli.wiring import open_archive

    with open_archive(home=options.home, model=options.model) as archive:
        session_id = archive.last_session_id(kind="debrief", status="interrupted")
    if session_id is None:
        raise GreenroomError("There is no interrupted debrief.", "Start one with `greenroom debrief`.")
    return session_id


def session_options(
    mic: list[str] | None,
    mic_pace: Pace,
    speaker: str | None,
    voice: str,
    model: str,
    patience: float | None,
    company: str | None,
    role: str | None,
    text: bool,
    plain: bool,
    discreet: bool,
    trace: Path | None,
) -> Options:
    from greenroom.cli.main import BEGAN_S
    from greenroom.cli.sessions import Options
    from greenroom.settings import home_folder

    return Options(
        home=home_folder(),
        began_s=BEGAN_S,
        mics=tuple(mic or ()),
        mic_pace=mic_pace.value,
        speaker=speaker,
        voice=voice,
        model=model,
        patience_s=patience,
        company=company,
        role=role,
        text=text,
        plain=plain,
        discreet=discreet,
        trace=trace,
    )
