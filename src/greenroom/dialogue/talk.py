"""What a debrief has heard so far, and how it asks, keeps, rates, and minds the time."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from greenroom.dialogue.acts import Act, Ask, Expects, Heard, Keep, Rate, Say
from greenroom.dialogue.phrases import one_of, says_nothing, yes_or_no
from greenroom.dialogue.plan import Plan
from greenroom.dialogue.spoken import counted
from greenroom.dialogue.steps import Step
from greenroom.dialogue.takes import in_takes
from greenroom.types import Item

Doing: TypeAlias = Generator[Act, Heard | None, None]
Asking: TypeAlias = Generator[Act, Heard | None, Heard]


class Stopped(Exception):
    """The person asked to stop. What the prompt in progress would have kept waits for the resume."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the rehearsal just held, and the turn that answered it."""

    question: str
    turn: int


@dataclass(frozen=True, slots=True)
class Told:
    """An item kept in this debrief, by the step that asked for it."""

    step: str
    key: str
    item: Item


class Talk:
    """The notebook of one debrief. Everything in it comes from the plan and the replies.

    Args:
        answered: the questions of the rehearsal just held.
    """

    def __init__(self, plan: Plan, answered: Sequence[Answered] = ()) -> None:
        self.plan = plan
        self.answered = answered
        self.told: list[Told] = []
        self.ratings: dict[str, int] = {}
        self.starred: list[Told] = []
        self.closing = False
        """Time is over, and the person wants to bring it to a close."""
        self._reminded = False
        self._elapsed_s = 0.0

    def ask(
        self,
        step: Step,
        text: str | None = None,
        *,
        prompt_id: str | None = None,
        own_words: bool = False,
        expects: Expects | None = None,
    ) -> Asking:
        """Ask the prompt of a step, or another in its place. Raises Stopped.

        Args:
            own_words: the text holds the person's own words or figures, and is private with them.
            expects: the short reply that it can have.
        """
        return (
            yield from self.ask_this(
                Ask(
                    prompt_id or step.id,
                    text or step.ask,
                    part="debrief",
                    phase=self.plan.phase,
                    hint=step.hint if prompt_id is None else None,
                    fixed=not own_words,
                    private=step.private or own_words,
                    expects=expects,
                )
            )
        )

    def ask_this(self, prompt: Ask) -> Asking:
        heard = yield from in_takes(prompt, self.plan.words)
        self._elapsed_s = max(self._elapsed_s, heard.elapsed_s)
        if heard.command == "stop":
            raise Stopped
        return heard

    def yes_or_no(
        self, step: Step, text: str, unclear: str, *, prompt_id: str | None = None, own_words: bool = False
    ) -> Generator[Act, Heard | None, tuple[bool | None, Heard]]:
        """Ask, and once more when the reply was neither; then note it as it was spoken. Raises Stopped."""
        for words in (text, unclear):
            heard = yield from self.ask(
                step, words, prompt_id=prompt_id, own_words=own_words, expects="yes-no"
            )
            reply = yes_or_no(heard.text, self.plan.phrases)
            if reply is not None or heard.status == "skipped":
                break
        if reply is None and has_words(heard) and not says_nothing(heard.text, self.plan.phrases):
            yield self.keep(step, note_of(step, heard, prompt_id))
        return reply, heard

    def keep(self, step: Step, item: Item, *, parent_key: str | None = None) -> Keep:
        """Note an item; the act that stores it comes back."""
        count = sum(one.step == step.id for one in self.told)
        key = f"{step.id}-{count + 1}"
        self.told.append(Told(step.id, key, item))
        return Keep(item, key, parent_key)

    def rate(self, name: str, value: int) -> Rate:
        self.ratings[name] = value
        return Rate(name, value, self.plan.phase)

    def key_of(self, step_id: str) -> str | None:
        """The key of the latest item of a step, None when it kept none."""
        return next((one.key for one in reversed(self.told) if one.step == step_id), None)

    def items(self, kind: str) -> list[Told]:
        return [one for one in self.told if one.item.kind == kind]

    def mind_the_time(self) -> Doing:
        """Once the time box is over, ask once whether to close or to go on. Raises Stopped."""
        plan, words = self.plan, self.plan.words
        over = plan.script == "debrief" and self._elapsed_s >= plan.minutes * 60
        if not over or self._reminded:
            return
        self._reminded = True
        text = words.time_over.format(minutes=counted(plan.minutes, "minute"))
        prompt = Ask("time-over", text, part="debrief", phase=plan.phase, fixed=False, expects="close-or-on")
        heard = yield from self.ask_this(prompt)
        # What is neither is taken for going on: nobody is hurried out.
        self.closing = one_of(heard.text, plan.phrases.close_now, plan.phrases.carry_on) == 0
        yield Say(words.time_close if self.closing else words.time_on)


def has_words(heard: Heard) -> bool:
    return heard.status in ("answered", "unfinished") and bool(heard.text.strip())


def item_of(step: Step, heard: Heard, text: str, *, happy: bool | None = None) -> Item:
    return Item(
        kind=step.keeps, name=step.name, text=text, happy=happy, turn=heard.turn, at_s=heard.first_word_s
    )


def note_of(step: Step, heard: Heard, prompt_id: str | None = None) -> Item:
    """A reply that was not understood twice, as it was spoken."""
    return Item(
        kind="note", name=prompt_id or step.id, text=heard.text, turn=heard.turn, at_s=heard.first_word_s
    )
