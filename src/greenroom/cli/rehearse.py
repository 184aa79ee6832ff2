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
from greenroom.settings import COUNT_BOUNDS

if TYPE_CHECKING:
    from greenroom.cli.sessions import Options
    from greenroom.dialogue.packs import Pack, Question


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
            "greenroom practice --question conflict --text",
        ),
    )(practice)
    app.command(
        "debrief",
        cls=ConfiguredCommand,
        epilog=examples("greenroom debrief --company Acme --discreet", "greenroom debrief --resume"),
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
    from greenroom.dialogue.plan import Plan

    options = _options(
        mic, mic_pace, speaker, voice, model, patience, company, role, text, plain, discreet, trace
    )
    chosen = data.pack(pack, options.home)
    plan = Plan(
        script="practice",
        words=data.interview_words(),
        phrases=data.phrase_book(),
        questions=_drawn(chosen, count, question),
        debrief=None if no_debrief else data.debrief_script("practice"),
    )
    raise typer.Exit(sessions.run(options, plan, "practice", pack=chosen.id).exit_code)


def debrief(
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the one that was cut off.")] = False,
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

    How it felt comes first, then what they asked and what went well. Nothing you say is judged.

    While it listens: Enter done, r repeat, s skip, p pause, q stop. All you said is kept.

    Each option can also be set for good: discreet = true in config.toml, or GREENROOM_DISCREET=1.
    """
    from greenroom.cli import data, sessions
    from greenroom.dialogue.plan import Plan

    options = _options(
        mic, mic_pace, speaker, voice, model, patience, company, role, text, plain, discreet, trace
    )
    if resume:
        raise typer.Exit(sessions.go_on(options, _interrupted_debrief(options)).exit_code)
    plan = Plan(
        script="debrief",
        words=data.interview_words(),
        phrases=data.phrase_book(),
        debrief=data.debrief_script("first"),
        phase="first",
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
    from greenroom.dialogue.plan import Plan

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
        plan = Plan(
            script="practice",
            words=data.interview_words(),
            phrases=data.phrase_book(),
            questions=_drawn(pack, len(questions), list(questions)),
            debrief=script,
        )
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
