"""The second look, when calm: hear it again, star what mattered, find what is behind it, change one thing."""

from __future__ import annotations

from greenroom.dialogue.acts import Ask, Heard, Say, Star
from greenroom.dialogue.factors import Factor, named_in, recurrence
from greenroom.dialogue.history import FactorSeen
from greenroom.dialogue.numbers import places_in
from greenroom.dialogue.phrases import one_of, says_nothing
from greenroom.dialogue.spoken import filled, listed, spoken_date
from greenroom.dialogue.steps import Step
from greenroom.dialogue.talk import Doing, Talk, Told, has_words, note_of
from greenroom.types import Item

PLAYED_BACK = ("recall", "feeling", "turning_point")
"""What is said again of the first look: how it was told, not the lists made of it."""

SEEN_AT_MOST = 3
"""Earlier times of a factor that are named with their words, the latest first."""

ANSWERED_AT_MOST = 5
"""Unhappy questions answered again in one sitting."""

SHARES = ("own", "panel", "both")
"""Whose part something was: the names of a "share" item."""


def playback(step: Step, talk: Talk) -> Doing:
    """The person's own words from the first look, if they want to hear them."""
    again = talk.plan.history.again
    told = [item for item in again.items if item.kind in PLAYED_BACK] if again else []
    if again is None or not told:
        return
    wanted, _ = yield from talk.yes_or_no(step, step.ask, step.ask_again or step.ask)
    if not wanted:
        return
    for item in told:
        template = step.texts.get(f"{item.kind}_{item.name}" if item.name else item.kind, step.texts["words"])
        yield Say(template.format(words=item.text), fixed=False, private=True)
    if again.ratings and "gut" in again.ratings:
        yield Say(step.texts["gut"].format(gut=again.ratings["gut"]), fixed=False, private=True)


def stars(step: Step, talk: Talk) -> Doing:
    """Read back what went right and wrong with numbers, and star those that mattered."""
    listing = [*talk.items("right"), *talk.items("wrong")]
    if not listing:
        return
    for number, one in enumerate(listing, 1):
        line = filled(step.texts["item"], number=number, item=one.item.text)
        yield Say(line, fixed=False, private=True)
    choices = [one.item.text for one in listing]
    for text in (step.ask, step.texts["unclear"]):
        heard = yield from talk.ask(step, text, expects="some")
        places = places_in(heard.text, choices, talk.plan.phrases)
        if places is not None or not has_words(heard):
            break
    if places is None and has_words(heard):
        yield talk.keep(step, note_of(step, heard))
    for place in places or ():
        talk.starred.append(listing[place])
        yield Star(listing[place].key)


def factors(step: Step, talk: Talk) -> Doing:
    """For each star what is behind it, whose part it was, whether it keeps coming up, and one change."""
    if talk.starred:
        yield Say(step.ask, private=step.private)
    advised: set[str] = set()
    for star in talk.starred:
        yield from _behind(step, talk, star, advised)
        right = star.item.kind == "right"
        if not right:
            yield from _share(step, talk, star)
        text = filled(step.texts["change_right" if right else "change"], item=star.item.text)
        heard = yield from talk.ask(step, text, prompt_id="change", own_words=True)
        if has_words(heard) and not says_nothing(heard.text, talk.plan.phrases):
            yield talk.keep(step, _item("action", None, heard), parent_key=star.key)
        yield from talk.mind_the_time()
        if talk.closing:
            return


def _behind(step: Step, talk: Talk, star: Told, advised: set[str]) -> Doing:
    """What they say is behind a star, and what to try about it.

    Args:
        advised: factors of which this sitting has heard all there is to say; those of this star go in.
    """
    right = star.item.kind == "right"
    about = step.texts["about_right" if right else "about"]
    heard = yield from talk.ask(step, filled(about, item=star.item.text), own_words=True)
    if not has_words(heard) or says_nothing(heard.text, talk.plan.phrases):
        return
    named = named_in(heard.text, talk.plan.factors, helps=right)
    for factor in named or (None,):
        name = factor.id if factor else None
        yield talk.keep(step, _item("factor", name, heard), parent_key=star.key)
    if named:
        line = step.texts["named"].format(factors=listed([factor.name for factor in named]))
        yield Say(line, fixed=False, private=True)
    for factor in named:
        if factor.id in advised:
            continue
        advised.add(factor.id)
        yield from _how_often(step, talk, factor, right=right)
        # Ours, but they tell whoever hears them what was named.
        yield Say(step.texts["tip"].format(tip=factor.tip), private=True)
        if factor.research:
            yield Say(step.texts["research"].format(research=" ".join(factor.research)), private=True)


def _how_often(step: Step, talk: Talk, factor: Factor, *, right: bool) -> Doing:
    """Fluke or pattern, with the dates and the words of the earlier times.

    What helped for the first time is called no fluke.
    """
    again = talk.plan.history.again
    seen: dict[int, FactorSeen] = {}
    for one in talk.plan.history.factors:
        if one.factor == factor.id and (again is None or one.session != again.session):
            seen.setdefault(one.session, one)
    if right and not seen:
        return
    verdicts = {"fluke": "first_time", "twice": "twice", "pattern": "pattern_right" if right else "pattern"}
    verdict = verdicts[recurrence(len(seen) + 1)]
    line = step.texts[verdict].format(factor=factor.name, times=len(seen) + 1)
    yield Say(line, fixed=False, private=True)
    for one in list(seen.values())[:SEEN_AT_MOST]:
        line = filled(step.texts["seen"], date=spoken_date(one.date), words=one.words)
        yield Say(line, fixed=False, private=True)


def _share(step: Step, talk: Talk, star: Told) -> Doing:
    """Whose part it was: own it, and leave theirs with them."""
    book = talk.plan.phrases
    share = None
    for text in (step.texts["share"], step.texts["share_unclear"]):
        heard = yield from talk.ask(step, text, prompt_id="share", expects="whose")
        share = one_of(heard.text, book.mine, book.theirs, book.both)
        if share is not None or not has_words(heard):
            break
    if has_words(heard):
        name = None if share is None else SHARES[share]
        yield talk.keep(step, _item("share", name, heard), parent_key=star.key)


def answers(step: Step, talk: Talk) -> Doing:
    """The questions they were not happy with, answered again now, aloud."""
    unhappy = talk.plan.history.unhappy[:ANSWERED_AT_MOST]
    if not unhappy:
        return
    wanted, _ = yield from talk.yes_or_no(step, step.ask, step.ask_again or step.ask)
    if not wanted:
        return
    for question in unhappy:
        text = filled(step.texts["question"], question=question.text)
        prompt = Ask(
            question.prompt_id,
            text,
            part="debrief",
            phase=talk.plan.phase,
            take=2,
            fixed=False,
            private=True,
        )
        yield from talk.ask_this(prompt)
        yield from talk.mind_the_time()
        if talk.closing:
            return


def letters(step: Step, talk: Talk) -> Doing:
    """Letters offered; wanting one puts it on the list."""
    wanted, heard = yield from talk.yes_or_no(step, step.ask, step.ask_again or step.ask)
    if wanted:
        item = Item(kind="action", name="letter", text=step.texts["wanted"], turn=heard.turn)
        yield talk.keep(step, item)
        if step.nothing:
            yield Say(step.nothing)


def _item(kind: str, name: str | None, heard: Heard) -> Item:
    return Item(kind=kind, name=name, text=heard.text, turn=heard.turn, at_s=heard.first_word_s)
