"""What was wanted beforehand, and how a debrief ends: read back, put on the list, let go."""

from __future__ import annotations

import re

from greenroom.dialogue.acts import Say
from greenroom.dialogue.phrases import normalised
from greenroom.dialogue.spoken import counted, filled, tidy
from greenroom.dialogue.steps import Step
from greenroom.dialogue.talk import Doing, Talk
from greenroom.types import Item

_YES_THERE_WAS = re.compile(r"^(?:yes|yeah|yep)\b[,.!]?\s*(?:there was(?: one)?\b[,.]?\s*)?", re.IGNORECASE)
"""What a turning point begins with that was asked for by "was there one?"."""

ACTIONS_ASKED = 5
"""Earlier actions asked about in one debrief, the latest first: it is not an examination."""

SHORT_WORDS = 4
"""A feeling told in up to so many words can stand inside a sentence that is read back."""

SUCCESSES = 3
"""Successes said at the end, the first ones told."""

DONE, NOT_DONE = "done", "not-done"
"""The name of an action that was asked about. One not done stays open."""

LANDED, MISSED = "landed", "missed"
"""The name of a message: whether they got to say it, in their own view."""


def actions(step: Step, talk: Talk) -> Doing:
    """Ask about each open action of earlier debriefs: "did you?"."""
    for action in talk.plan.history.actions[:ACTIONS_ASKED]:
        text = filled(step.ask, action=action.text)
        did, heard = yield from talk.yes_or_no(step, text, step.texts["unclear"], own_words=True)
        if did is None:
            continue
        name = DONE if did else NOT_DONE
        item = Item(kind="action", name=name, text=action.text, turn=heard.turn, at_s=heard.first_word_s)
        yield talk.keep(step, item)
        yield Say(step.texts["done"] if did else step.texts["not_done"], private=step.private)


def messages(step: Step, talk: Talk) -> Doing:
    """Ask about each thing they wanted to leave with the panel: "did you get to say it?"."""
    for message in talk.plan.history.messages:
        text = filled(step.ask, message=message)
        said, heard = yield from talk.yes_or_no(step, text, step.texts["unclear"], own_words=True)
        if said is not None:
            name = LANDED if said else MISSED
            item = Item(kind="message", name=name, text=message, turn=heard.turn, at_s=heard.first_word_s)
            yield talk.keep(step, item)


def close(step: Step, talk: Talk) -> Doing:
    """Read back what was told, put what is due on the list, and end on the successes."""
    fields = _known(talk)
    sentences = [line for ways in step.read_back if (line := _fullest(ways, fields)) is not None]
    if sentences:
        yield Say(step.ask, private=step.private)
    for line in sentences:
        yield Say(line, fixed=False, private=True)
    for key, name in (("thank_you", "thank-you"), ("second_look", "second-look")):
        if key in step.texts:
            yield talk.keep(step, Item(kind="action", name=name, text=step.texts[key]))
    if "list" in step.texts:
        yield Say(step.texts["list"])
    yield Say(step.texts["let_go"])
    if "success" in fields:
        yield Say(step.texts["success"].format(success=fields["success"]), fixed=False, private=True)
    yield Say(step.texts["last"])


def _fullest(ways: tuple[str, ...], fields: dict[str, str]) -> str | None:
    """The first way to say a sentence of which everything is known."""
    for way in ways:
        try:
            return tidy(way.format(**fields))
        except KeyError:
            continue
    return None


def _known(talk: Talk) -> dict[str, str]:
    """What can be read back, as it is said."""
    fields = {name: words for name in ("before", "during", "after") if (words := _feeling(talk, name))}
    if "gut" in talk.ratings:
        fields["gut"] = str(talk.ratings["gut"])
    again = talk.plan.history.again
    if again and again.ratings and "gut" in again.ratings:
        fields["gut_first"] = str(again.ratings["gut"])
    if changes := [one.item.text.rstrip(" .") for one in talk.items("action") if one.item.name is None]:
        fields["changes"] = "; ".join(changes)
    questions = [one.item for one in talk.items("question")]
    if questions:
        fields["count"] = counted(len(questions), "question")
        fields["happy"] = _how_many(sum(item.happy is True for item in questions), len(questions))
    told = talk.items("turning_point")
    if told and (turning := _YES_THERE_WAS.sub("", told[0].item.text).rstrip(" .")):
        fields["turning"] = turning
    if successes := _successes(talk):
        fields["success"] = " ".join(tidy(f"{one.rstrip(' .!')}.") for one in successes[:SUCCESSES])
    return fields


def _feeling(talk: Talk, name: str) -> str | None:
    """The word for a feeling, without "I felt"; None when it was told at length and no word was given."""
    for kind in ("word", "feeling"):
        for one in talk.items(kind):
            words = normalised(one.item.text).removeprefix("i felt ").removeprefix("i feel ").split()
            if one.item.name == name and 0 < len(words) <= SHORT_WORDS:
                return " ".join(words)
    return None


def _how_many(happy: int, of: int) -> str:
    if happy == of:
        return "it" if of == 1 else "all of them"
    return str(happy) if happy else "none of them yet"


def _successes(talk: Talk) -> list[str]:
    """What went well, of this debrief; else of the one looked at again; else of earlier ones."""
    again = talk.plan.history.again
    return (
        [one.item.text for kind in ("success", "right") for one in talk.items(kind)]
        or [item.text for item in (again.items if again else ()) if item.kind == "success"]
        or list(talk.plan.history.successes)
    )
