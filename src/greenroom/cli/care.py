"""`doctor`: is everything there that a session needs?"""

from __future__ import annotations

import json
import textwrap
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.helping import ConfiguredCommand, examples
from greenroom.cli.options import AsJson, MicNames, ModelName, SpeakerName, VoiceName
from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from pathlib import Path

    from greenroom.stage.doctor import Finding

Microphones = Annotated[
    list[str] | None,
    typer.Option(
        "--mic",
        envvar="GREENROOM_MIC",
        show_envvar=False,
        click_type=MicNames(),
        metavar="DEVICE",
        help="Your microphone.",
    ),
]
_SIGNS = {"ok": "ok     ", "warning": "look at", "problem": "PROBLEM"}


def register(app: typer.Typer) -> None:
    """Adds doctor to the program."""
    app.command(
        "doctor",
        cls=ConfiguredCommand,
        epilog=examples("greenroom doctor", "greenroom doctor --speaker none --json"),
    )(doctor)


def doctor(
    mic: Microphones = None,
    speaker: SpeakerName = None,
    voice: VoiceName = "auto",
    model: ModelName = "auto",
    as_json: AsJson = False,
) -> None:
    """Check microphone, loudspeaker, voice, model and disk.

    One line each, with a remedy where something is wrong; and how long it waits for you. It listens for a
    second, so say a word, and says a sentence aloud to hear its echo. The exit code is 1 when something
    would keep you from rehearsing.
    """
    from greenroom.cli.wiring import open_archive
    from greenroom.devices import quiet_libraries
    from greenroom.settings import home_folder
    from greenroom.stage.doctor import examine

    home = home_folder()
    with suppress(GreenroomError):  # a database that cannot be opened is one of the findings
        open_archive(home=home, model=model).close()  # what was interrupted is mended first
    findings = []
    with quiet_libraries():
        for finding in examine(
            home,
            mic=mic[0] if mic else None,
            speaker=speaker,
            voice=voice,
            model=model,
            audio_kept=_audio_kept(home),
        ):
            findings.append(finding)
            if not as_json:
                _show(finding)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    raise typer.Exit(1 if any(finding.state == "problem" for finding in findings) else 0)


def _audio_kept(home: Path) -> tuple[str, int] | None:
    """How long recordings are kept, in words and in days; None for ever."""
    from greenroom.review.keeping import time_kept
    from greenroom.settings import FOREVER, KEEP_AUDIO, days_kept, read_config

    setting = str(read_config(home).get(KEEP_AUDIO, FOREVER))
    days = days_kept(setting)
    return None if days is None else (time_kept(setting), days)


def _show(finding: Finding) -> None:
    from greenroom.review.clean import clean
    from greenroom.review.look import look

    indent = " " * (len(_SIGNS["ok"]) + 2)
    lines = [clean(f"{finding.name}: {finding.text}"), *([clean(finding.remedy)] if finding.remedy else [])]
    heads = [f"{_SIGNS[finding.state]}  ", indent]
    for head, line in zip(heads, lines, strict=False):
        # Paths and commands are to be copied: they stay in one piece.
        typer.echo(
            textwrap.fill(
                line,
                look(paged=False).columns,
                initial_indent=head,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
