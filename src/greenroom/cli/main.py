"""The program's front door: every command is registered here, and every error leaves here."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from typing import Annotated

import typer
from typer._click.exceptions import ClickException

from greenroom import __version__
from greenroom.cli.helping import examples
from greenroom.errors import GreenroomError

BEGAN_S = time.monotonic()
"""When the command started; traces count from here."""

app = typer.Typer(
    name="greenroom",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"greenroom {__version__}")
        raise typer.Exit


@app.callback(epilog=examples("greenroom demo", "greenroom practice --count 3"))
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Rehearse interviews out loud, debrief right after, keep it all on your own machine.

    New here? The demo shows a whole rehearsal and needs nothing; the doctor checks your microphone. Each
    command tells more with --help.
    """


def _register() -> None:
    from greenroom.cli import (
        after,
        bring,
        care,
        compare,
        edit,
        export,
        grades,
        keeping,
        lookback,
        messages,
        models,
        practice,
        questions,
        rehearse,
        report,
        review,
        share,
        transcribe,
    )

    sessions = (rehearse, practice, bring)
    care_of_it = (edit, transcribe, keeping)
    looking_back = (review, report, compare, grades, lookback)
    handing_on = (after, export, share)
    prepared = (questions, messages, models)
    for family in (*sessions, *looking_back, *care_of_it, *handing_on, *prepared, care):
        family.register(app)


_register()


def run() -> None:
    """Run the command line. The one place where the process ends."""
    os.umask(0o077)  # whatever is made is the user's alone
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a letter the terminal lacks must not end a session
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    code = _exit_code()
    if any(thread.daemon for thread in threading.enumerate()):
        # One that is still inside a decoder or a hung sound server would crash or block the usual farewell.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _exit_code() -> int:
    try:
        code = app(prog_name="greenroom", standalone_mode=False)
        sys.stdout.flush()
    except GreenroomError as error:
        _tell(error.message, error.remedy)
        return error.exit_code
    except ClickException as error:  # wrong usage; typer carries a click of its own
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\n")
        return 130
    except BrokenPipeError:
        # Whoever read our output has left; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("GREENROOM_DEBUG"):
            raise
        _tell(
            f"Something went wrong that should not: {type(error).__name__}: {error}.",
            "All that was said is kept. With GREENROOM_DEBUG=1 the details are shown; please report them.",
        )
        return 1
    return code if isinstance(code, int) else 0


def _tell(message: str, remedy: str) -> None:
    from greenroom.review.clean import clean

    for line in (message, remedy):
        sys.stderr.write(clean(line) + "\n")
