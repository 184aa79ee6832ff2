"""`doctor`: is everything there that a session needs?"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from greenroom.stage.doctor import Finding

_SIGNS = {"ok": "ok     ", "warning": "look at", "problem": "PROBLEM"}


def register(app: typer.Typer) -> None:
    """Adds doctor to the program."""
    app.command("doctor", epilog="Examples: greenroom doctor; greenroom doctor --json")(doctor)


def doctor(
    mic: Annotated[
        str | None, typer.Option(envvar="GREENROOM_MIC", help="The microphone to look at.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(envvar="GREENROOM_SPEAKER", help="The loudspeaker, or none.")
    ] = None,
    voice: Annotated[str, typer.Option(envvar="GREENROOM_VOICE", help="The voice.")] = "auto",
    model: Annotated[str, typer.Option(envvar="GREENROOM_MODEL", help="The speech model.")] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
) -> None:
    """Look at microphone, loudspeaker, voice, model, disk and database, each with its remedy."""
    from greenroom.cli.wiring import open_archive
    from greenroom.devices import quiet_libraries
    from greenroom.settings import home_folder
    from greenroom.stage.doctor import examine

    home = home_folder()
    open_archive(home=home, model=model).close()  # what was interrupted is mended before it is looked at
    findings = []
    with quiet_libraries():
        for finding in examine(home, mic=mic, speaker=speaker, voice=voice, model=model):
            findings.append(finding)
            if not as_json:
                _show(finding)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    raise typer.Exit(1 if any(finding.state == "problem" for finding in findings) else 0)


def _show(finding: Finding) -> None:
    from greenroom.review.clean import clean

    typer.echo(f"{_SIGNS[finding.state]}  " + clean(f"{finding.name}: {finding.text}"))
    if finding.remedy:
        typer.echo(" " * 9 + clean(finding.remedy))
