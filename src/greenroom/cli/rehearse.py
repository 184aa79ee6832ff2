"""`practice`, `debrief` and `demo`."""

from __future__ import annotations

import os
import random
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
from greenroom.settings import COUNT_BOUNDS, MINUTES

if TYPE_CHECKING:
    from greenroom.cli.sessions import Options
    from greenroom.dialogue.history import History
    from greenroom.dialogue.packs import Pack, Question
    from greenroom.types import Session


def register(app: typer.Typer) -> None:
    """Adds practice, debrief and demo to the program."""
    app.command(
        "demo",
        cls=ConfiguredCommand,
        epilog=examples("greenroom demo", "greenroom demo --speaker none"),
    )(demo)
    app.command(
        "practice",
        cls=ConfiguredCommand,
        epilog=examples(
            "greenroom practice --count 3 --company Acme",
            "greenroom practice --from-debrief last",
        ),
    )(practice)
    app.command(
        "debrief",
        cls=ConfiguredCommand,
        epilog=examples("greenroom debrief --company Acme --discreet", "greenroom debrief --again 12"),
    )(debrief)


def practice(
    pack: Annotated[
        str,
        typer.Option(
            envvar="GREENROOM_PACK", show_envvar=False, metavar="NAME", help="The pack of questions."
        ),
    ] = "general",
    count: Annotated[
        int,
        typer.Option(
            envvar="GREENROOM_COUNT",
            show_envvar=False,
            min=COUNT_BOUNDS[0],
            max=COUNT_BOUNDS[1],
            metavar="NUMBER",
            help="How many questions.",
        ),
    ] = 5,
    question: Annotated[
        list[str] | None,
        typer.Option(
            "--question",
            envvar="GREENROOM_QUESTION",
            show_envvar=False,
            metavar="ID",
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

    It asks, listens for as long as you need, times and writes down each answer, and at the end looks back
    with you.

    While it listens: Enter done, r repeat, s skip, p pause, q stop. All you said is kept.

    Each option can also be set for good: count = 3 in config.toml, or GREENROOM_COUNT=3.
    """
    from greenroom.cli import data, sessions
    from greenroom.cli.plans import practice_plan

    options = _options(
        mic, mic_pace, speaker, voice, model, patience, company, role, text, plain, discreet, trace
    )
    script = None if no_debrief else data.debrief_script("practice")
    if from_debrief and not question:
        name, questions = _to_answer_again(options, from_debrief)
    else:
        chosen = data.pack(pack, options.home)
        name, questions = chosen.id, _drawn(chosen, count, question)
    plan = practice_plan(options.home, questions, script, _history(options))
    raise typer.Exit(sessions.run(options, plan, "practice", pack=name).exit_code)


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

    options = _options(
        mic, mic_pace, speaker, voice, model, patience, company, role, text, plain, discreet, trace
    )
    if resume and again:
        raise GreenroomError(
            "--resume and --again are two things.", "Give one: --resume goes on with what was cut off.", 2
        )
    if resume:
        raise typer.Exit(sessions.go_on(options, _interrupted_debrief(options)).exit_code)
    if again:
        session = _debriefed(options, again)
        plan = debrief_plan(
            options.home,
            _history(options, session),
            minutes=minutes,
            company=session.company,
            role=session.role,
        )
        raise typer.Exit(sessions.look_again(options, plan, session.id).exit_code)
    plan = debrief_plan(
        options.home, _history(options), minutes=minutes, company=options.company, role=options.role
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
    from greenroom.cli.plans import practice_plan
    from greenroom.dialogue.history import History

    questions = ("conflict", "weakness", "tell-me-about-yourself")
    script = data.debrief_script("practice")
    prompts = [*questions, *(step.id for step in script.steps)]
    with tempfile.TemporaryDirectory(prefix="greenroom-demo-") as home:
        os.environ["GREENROOM_HOME"] = home
        options = _options(
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
        drawn = _drawn(pack, len(questions), list(questions))
        plan = practice_plan(options.home, drawn, script, History())
        ran = sessions.run(replace(options, throwaway=True), plan, "practice", pack=pack.id)
        if ran.exit_code == 0:
            typer.echo("\nThis is how it reads afterwards (greenroom show 1):\n")
            review.print_session("last", plain=plain, paged=False)
            typer.echo(
                "\nThat was a demo in a throwaway folder; it is gone now.\nYour turn: greenroom practice"
            )
    raise typer.Exit(ran.exit_code)


def _drawn(pack: Pack, count: int, wanted: list[str] | None) -> tuple[Question, ...]:
    """The questions to ask: those wanted, else some of the pack by chance, in the pack's own order.

    Raises:
        GreenroomError: a question wanted is not in the pack.
    """
    if wanted:
        by_id = {question.id: question for question in pack.questions}
        for one in wanted:
            if one not in by_id:
                from difflib import get_close_matches

                nearest = get_close_matches(one, by_id, 1)
                raise GreenroomError(
                    f"There is no question “{one}” in the pack {pack.id}.",
                    f"Did you mean {nearest[0]}?"
                    if nearest
                    else f"`greenroom questions list --pack {pack.id}` shows them.",
                )
        return tuple(by_id[one] for one in wanted)
    places = sorted(random.sample(range(len(pack.questions)), min(count, len(pack.questions))))
    return tuple(pack.questions[place] for place in places)


def _to_answer_again(options: Options, text: str) -> tuple[str, tuple[Question, ...]]:
    """The questions of a debrief whose answers were not happy ones, and what that pack is called.

    Raises:
        GreenroomError: it is no debrief, or there are none in it.
    """
    from greenroom.dialogue.packs import Question
    from greenroom.review.asked import asked
    from greenroom.review.beside import unhappy

    session = _debriefed(options, text)
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


def _debriefed(options: Options, text: str) -> Session:
    from greenroom.cli.after import resolved
    from greenroom.cli.wiring import open_archive

    with open_archive(home=options.home, model=options.model) as archive:
        return archive.session(resolved(archive, text))


def _history(options: Options, again: Session | None = None) -> History:
    from greenroom.cli.history import history_of
    from greenroom.cli.wiring import open_archive

    with open_archive(home=options.home, model=options.model) as archive:
        return history_of(archive, again)


def _interrupted_debrief(options: Options) -> int:
    from greenroom.cli.wiring import open_archive

    with open_archive(home=options.home, model=options.model) as archive:
        session_id = archive.last_session_id(kind="debrief", status="interrupted")
    if session_id is None:
        raise GreenroomError("There is no interrupted debrief.", "Start one with `greenroom debrief`.")
    return session_id


def _options(
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
