"""Options that several commands have, each said once.

Each can also be set in the environment; those that config.toml may hold are listed in settings.py.
"""

from __future__ import annotations

import math
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer
from typer._click.exceptions import BadParameter
from typer._click.types import ParamType

from greenroom.settings import MINUTES_BOUNDS, PATIENCE_BOUNDS_S


class Pace(StrEnum):
    fast = "fast"
    real = "real"


class MicNames(ParamType):
    """A device or a file. Names of both hold spaces, commas and colons, so GREENROOM_MIC is split at ;."""

    name = "text"
    envvar_list_splitter: ClassVar[str | None] = ";"

    def convert(self, value: Any, param: object, ctx: object) -> str:
        return str(value).strip()


class OneOf(ParamType):
    """One of a few words; another is refused with the nearest of them."""

    def __init__(self, name: str, *values: str) -> None:
        self.name = name
        self._values = values

    def convert(self, value: Any, param: Any, ctx: Any) -> str:
        said = str(value).strip().lower().replace("_", "-").replace(" ", "-")
        if said in self._values:
            return said
        nearest = get_close_matches(said, self._values, 1)
        hint = f"Did you mean {nearest[0]}? " if nearest else ""
        complaint = f"there is no {self.name} “{value}”. {hint}There are: {', '.join(self._values)}."
        raise BadParameter(complaint, ctx, param)


class Day(ParamType):
    """A date as 2026-02-03, not after today."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value).strip())
        except ValueError as error:
            complaint = f"“{value}” is no date; write it as {date.today().isoformat()}."
            raise BadParameter(complaint, ctx, param) from error
        if day > date.today():
            raise BadParameter(f"{day.isoformat()} has not come yet.", ctx, param)
        return day


def _finite(value: float | None) -> float | None:
    if value is not None and not math.isfinite(value):
        raise typer.BadParameter("it must be a number of seconds.")
    return value


Mics = Annotated[
    list[str] | None,
    typer.Option(
        "--mic",
        envvar="GREENROOM_MIC",
        show_envvar=False,
        click_type=MicNames(),
        metavar="DEVICE|FILE",
        help="Your microphone; or recorded answers, one file for each prompt (repeat it).",
    ),
]
MicPace = Annotated[
    Pace,
    typer.Option(
        "--mic-pace",
        envvar="GREENROOM_MIC_PACE",
        show_envvar=False,
        help="Read such files at once, or as if spoken.",
    ),
]
SpeakerName = Annotated[
    str | None,
    typer.Option(
        "--speaker",
        envvar="GREENROOM_SPEAKER",
        show_envvar=False,
        metavar="DEVICE|none",
        help="Your loudspeaker; none only shows the questions.",
    ),
]
VoiceName = Annotated[
    str,
    typer.Option(
        "--voice",
        envvar="GREENROOM_VOICE",
        show_envvar=False,
        metavar="NAME",
        help="Who asks; auto is the best here.",
    ),
]
ModelName = Annotated[
    str,
    typer.Option(
        "--model",
        envvar="GREENROOM_MODEL",
        show_envvar=False,
        metavar="NAME",
        help="Who writes down; auto is the best that keeps up here.",
    ),
]
PatienceS = Annotated[
    float | None,
    typer.Option(
        "--patience",
        envvar="GREENROOM_PATIENCE",
        show_envvar=False,
        min=PATIENCE_BOUNDS_S[0],
        max=PATIENCE_BOUNDS_S[1],
        callback=_finite,
        metavar="SECONDS",
        help="How much silence ends an answer; learned from you unless given.",
    ),
]
Company = Annotated[
    str | None,
    typer.Option(
        "--company",
        envvar="GREENROOM_COMPANY",
        show_envvar=False,
        metavar="NAME",
        help="Whom the interview is with.",
    ),
]
Role = Annotated[
    str | None,
    typer.Option(
        "--role", envvar="GREENROOM_ROLE", show_envvar=False, metavar="NAME", help="What it is for."
    ),
]
Minutes = Annotated[
    int,
    typer.Option(
        "--minutes",
        envvar="GREENROOM_MINUTES",
        show_envvar=False,
        min=MINUTES_BOUNDS[0],
        max=MINUTES_BOUNDS[1],
        metavar="NUMBER",
        help="How long a debrief should take.",
    ),
]
Text = Annotated[
    bool, typer.Option("--text", envvar="GREENROOM_TEXT", show_envvar=False, help="Type instead of speaking.")
]
Plain = Annotated[
    bool,
    typer.Option(
        "--plain", envvar="GREENROOM_PLAIN", show_envvar=False, help="Line by line, no live screen."
    ),
]
Discreet = Annotated[
    bool,
    typer.Option(
        "--discreet", envvar="GREENROOM_DISCREET", show_envvar=False, help="Say nothing private aloud."
    ),
]
TraceFile = Annotated[
    Path | None,
    typer.Option(
        "--trace",
        envvar="GREENROOM_TRACE",
        show_envvar=False,
        metavar="FILE",
        help="Note down what happens when, for programs.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for other programs.")]
