"""Runs a script on given replies and writes down what it does, one line an act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from greenroom.dialogue.acts import Act, Ask, Heard, Keep, Mark, Rate, Say, Script, Star, TakeBack
from greenroom.types import Timing

Reply = str | Heard
"""What is said: words, "" for a skipped prompt, or all of a Heard (its turn is filled in)."""

TIMING = Timing(2.1, 84.0, 71.3, 2.4, 142.0)


def heard(turn: int, reply: Reply) -> Heard:
    if isinstance(reply, Heard):
        return replace(reply, turn=turn)
    if not reply:
        return Heard(turn, "skipped")
    return Heard(turn, "answered", reply, TIMING, 1.5)


def stop(text: str = "") -> Heard:
    return Heard(
        0, "unfinished" if text else "skipped", text, first_word_s=1.5 if text else None, command="stop"
    )


def in_words(act: Act) -> str:
    if isinstance(act, Say):
        return f"{'show' if act.shown_only else 'say'} {act.text}"
    if isinstance(act, Ask):
        return f"ask {act.prompt_id}: {act.text}"
    if isinstance(act, Rate):
        return f"rate {act.name} {act.value}"
    if isinstance(act, Star):
        return f"star {act.key}"
    if isinstance(act, TakeBack):
        return f"take back {act.count}"
    if isinstance(act, Mark):
        return f"mark turn {act.turn} {act.grade}{' by the person' if act.own else ''}"
    assert isinstance(act, Keep)
    item = act.item
    name = f" {item.name}" if item.name else ""
    happy = "" if item.happy is None else " happy" if item.happy else " unhappy"
    return f"keep {item.kind}{name}{happy} from turn {item.turn}: {item.text}"


def aloud(act: Act) -> str:
    """What of an act is heard in the room with `--discreet`, "" for nothing."""
    return act.text if isinstance(act, Say | Ask) and not act.private else ""


def own_words_aloud(act: Act) -> str:
    """What of it is not wholly from a script file."""
    return aloud(act) if isinstance(act, Say | Ask) and not act.fixed else ""


def transcript(
    script: Script, replies: Sequence[Reply], *, show: Callable[[Act], str] = in_words
) -> list[str]:
    """All acts of a script, with the replies between them; as many replies as it asks for."""
    lines: list[str] = []
    waiting = list(replies)
    turn = 0
    back: Heard | None = None
    while True:
        try:
            act = script.send(back)
        except StopIteration:
            assert not waiting, f"never asked for: {waiting}"
            return lines
        lines.append(show(act))
        back = None
        if isinstance(act, Ask):
            turn += 1
            back = heard(turn, waiting.pop(0))
