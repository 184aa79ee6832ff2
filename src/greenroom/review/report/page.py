"""The parts of a report in HTML, of which Jinja2 makes one file. The sole importer of Jinja2.

Every text is escaped by the templates; the only markup that is not is our own style sheet and script. What a
browser may do with the file is said in it by a policy: run that one script, use that one style sheet, play
what is embedded, and nothing else: no address is ever asked for anything.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from greenroom.review.report import words
from greenroom.review.report.parts import Report, Sound

TEMPLATES = Path(__file__).parent / "templates"


def html(report: Report) -> Iterator[str]:
    """The file as text, piece by piece: with many sessions it may be larger than memory."""
    style, script = (_own(name) for name in ("report.css", "report.js"))
    template = _environment().get_template("report.html")
    return template.generate(
        report=report, style=Markup(style), script=Markup(script), policy=policy(style, script)
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=words, place=place, source_of=source_of)
    return environment


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy: these very texts, embedded sound, nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "media-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def source_of(sound: Sound) -> str:
    """A recording as an address that holds all of it."""
    return f"data:{sound.media_type};base64,{base64.b64encode(sound.content).decode('ascii')}"


def place(value: float) -> str:
    """A number for an attribute: `12.35`, `0`."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _own(name: str) -> str:
    # A browser turns \r\n into \n before it looks at the digest.
    return (TEMPLATES / name).read_text("utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"
