"""What the commands share: how their help reads, and where their options come from."""

from __future__ import annotations

from typing import Any

from typer._click.core import Context, ParameterSource
from typer._click.exceptions import BadParameter
from typer.core import TyperCommand

from greenroom.errors import GreenroomError

_BROKEN = "greenroom.broken_config"


def examples(*lines: str) -> str:
    """The end of a help text. The \\b keeps its line breaks."""
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


class Command(TyperCommand):
    """A command whose usage line reads `show ID`, where typer would put braces around it, and whose
    complaint about a value from the environment names the variable."""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except BadParameter as error:
            option = error.param
            if option and ctx.get_parameter_source(option.name or "") is ParameterSource.ENVIRONMENT:
                error.param_hint = str(option.envvar)
            raise


class ConfiguredCommand(Command):
    """A command whose options config.toml may set; the environment and the command line come before it.

    A broken config.toml is told when the command is run, so that its help can still be read.
    """

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        from greenroom.settings import home_folder, read_config

        try:
            ctx.default_map = read_config(home_folder())
        except GreenroomError as error:
            ctx.meta[_BROKEN] = error
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        if _BROKEN in ctx.meta:
            raise ctx.meta[_BROKEN]
        return super().invoke(ctx)
