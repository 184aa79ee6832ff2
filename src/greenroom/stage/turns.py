"""What a performer needs of whoever hears the answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from greenroom.dialogue.acts import Ask, Heard
from greenroom.types import Turn


class Turns(Protocol):
    """How answers are heard: spoken or typed."""

    def hear(self, ask: Ask, turn: Turn, *, aloud: bool) -> Heard: ...

    def settle(self) -> None:
        """The dialogue is over: no answer can go on any more. Raises Reopened when one just has."""
        ...


class Reopened(Exception):
    """An answer that had been taken for finished goes on. Raised from wherever the stage is at that moment.

    Attributes:
        turn: whose answer it is.
        go_on: listens on, and brings back what was heard in all.
    """

    def __init__(self, turn: Turn, go_on: Callable[[], Heard]) -> None:
        super().__init__(turn.number)
        self.turn = turn
        self.go_on = go_on
