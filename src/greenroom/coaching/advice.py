"""From measures to advice: what is most worth saying, what an interviewer would ask now, and a grade.

A finding either matters (it would change what a listener takes away), or is good, or is a small thing. What
matters comes first, then what was good, then the small things. Nothing is added up to a mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from greenroom.coaching import yardsticks
from greenroom.coaching.focus import FOCUSES, focus_value
from greenroom.coaching.measures import Counted, Measures
from greenroom.types import Advice, Finding, FollowUpKind, Grade, Landed

__all__ = ["FOCUSES", "STORY_KINDS", "advise", "focus_value"]

STORY_KINDS = frozenset({"behavioural"})
"""Kinds of questions that ask for a story. The others ask for an opinion, a plan, a fact or a reason; a good
answer to them may well have an example in it, and need not. "Leadership" is a pack: its stories are of this
kind too."""

EXAMPLE_KINDS = STORY_KINDS | {
    "strengths",
    "fit",
    "situational",
    "technical",
    "history",
    "motivation",
    "general",
}
"""Kinds in which "could you give me an example?" is what an interviewer would ask after a few words."""
LEAST_FOR_EXAMPLE_S = 30
"""Of the question's least length: where 20 s are enough nobody asks for more."""

MANY = 3
"""Things that matter in one answer, from which on another try helps more than any of them. Our own choice."""

LEAST_WORDS = 20
"""Fewer tell too little for a grade, unless an answer was timed and far too short."""

MOST_TELLING = 3
"""Telling words of a question, none of them met, before an answer is said to be about something else."""
UNASKED_KINDS = frozenset({"situational", "to-ask"})
"""Kinds whose words set a scene: an answer says what to do in it, in words of its own."""

QUESTION_RANGE = "the question’s own range"

_Weight: TypeAlias = Literal["matters", "good", "small"]
_Weighed: TypeAlias = tuple[_Weight, Finding]

_WORTH = (
    # What matters, the most first: without it there is no answer, then no story, then how it is heard.
    *("too-short", "no-action", "no-result", "off-question", "too-long", "all-we", "many-fillers"),
    *("too-fast", "too-slow", "thin-action", "no-situation", "long-pause", "many-hedges", "speeding-up"),
    *("repeats", "opener", "no-numbers", "message-missed"),
    # What was good, the rarest and the hardest first.
    *("message-landed", "whole-story", "named-result", "own-part", "named-number", "good-length"),
    *("few-fillers", "good-pace", "thought-first", "on-question"),
)


def advise(
    measures: Measures,
    *,
    seconds: tuple[int, int],
    kind: str,
    focus: str | None = None,
    landed: Sequence[Landed] = (),
    messages: Sequence[str] = (),
) -> Advice:
    """What the measures of an answer come to.

    Args:
        seconds: the question's own range, least and greatest.
        kind: of the question.
        focus: a name of `FOCUSES`: what the person works on comes first whenever there is something to say.
        landed: the key messages found in the answer.
        messages: all that the person wants to leave with this panel; empty when that does not matter here.
    """
    weighed = [
        *_length(measures, seconds),
        *_how_it_sounds(measures),
        *_phrasing(measures),
        *_story(measures, kind),
        *_substance(measures, kind),
        *_messages(landed, messages),
    ]
    own = FOCUSES.get(focus or "", ())
    order = ("matters", "good", "small")
    weighed.sort(key=lambda one: (one[1].id not in own, order.index(one[0]), _WORTH.index(one[1].id)))
    grade, because = _grade(measures, weighed, kind)
    return Advice(
        findings=tuple(finding for _, finding in weighed),
        follow_up=_follow_up(measures, seconds, kind),
        grade=grade,
        because=because,
        landed=tuple(landed),
    )


def _length(measures: Measures, seconds: tuple[int, int]) -> Iterator[_Weighed]:
    if measures.timing is None:
        return
    answer_s = measures.timing.answer_s
    low, high = seconds
    if answer_s < low:
        far = answer_s < low * yardsticks.FAR_TOO_SHORT
        yield _change("too-short", far, QUESTION_RANGE, answer_s=answer_s, low_s=low)
    elif answer_s > high:
        far = answer_s > high * yardsticks.FAR_TOO_LONG
        yield _change("too-long", far, QUESTION_RANGE, answer_s=answer_s, high_s=high)
    else:
        yield _good("good-length", QUESTION_RANGE, answer_s=answer_s)
    thinking_s, allowed = measures.timing.thinking_s, yardsticks.THINKING_S
    if allowed.low <= thinking_s <= allowed.high:
        yield _good("thought-first", allowed.source, thinking_s=thinking_s)


def _how_it_sounds(measures: Measures) -> Iterator[_Weighed]:
    timing, fillers = measures.timing, measures.fillers
    pace, allowed = timing.words_per_minute if timing else None, yardsticks.PACE_OF_TOOLS_WORDS_PER_MINUTE
    if pace is not None and measures.words >= LEAST_WORDS:
        far = yardsticks.FAR_OFF_PACE
        if pace > allowed.high:
            yield _change("too-fast", pace > allowed.high * far, allowed.source, pace=pace, high=allowed.high)
        elif pace < allowed.low:
            yield _change("too-slow", pace < allowed.low / far, allowed.source, pace=pace, low=allowed.low)
        else:
            yield _good("good-pace", allowed.source, pace=pace)
    if measures.pace_course:
        first, last = measures.pace_course[0], measures.pace_course[-1]
        if last > allowed.high and last >= first * yardsticks.SPEEDING_UP:
            yield _change("speeding-up", False, yardsticks.OWN_CHOICE, first=first, last=last)
    pause = yardsticks.LONG_PAUSE_S
    if measures.pauses is not None and measures.pauses.longest_s >= pause.high:
        yield _change("long-pause", False, pause.source, longest_s=measures.pauses.longest_s)
    if fillers is not None and measures.verbatim and measures.words >= LEAST_WORDS:
        harm = yardsticks.FILLERS_PER_MINUTE
        if fillers.per_minute <= harm.low:
            yield _good("few-fillers", harm.source, per_minute=fillers.per_minute)
        elif fillers.count >= yardsticks.LEAST_COUNT:
            yield _change(
                "many-fillers",
                fillers.per_minute >= harm.high,
                harm.source,
                per_minute=fillers.per_minute,
                most=next(iter(fillers.by_word), ""),
            )


def _phrasing(measures: Measures) -> Iterator[_Weighed]:
    hedges, often = measures.hedges, yardsticks.HEDGES_PER_100_WORDS
    if _are_many(hedges, often.low, measures.words):
        far = _are_many(hedges, often.high, measures.words)
        yield _change("many-hedges", far, often.source, count=hedges.count, most=_most(hedges))
    repeats, usual = measures.repeats, yardsticks.REPEATS_PER_100_WORDS
    if _are_many(repeats, usual.high, measures.words):
        yield _change("repeats", False, usual.source, count=repeats.count, text=_most(repeats))
    opener = _most(measures.openers)
    if opener and (count := measures.openers.by_phrase[opener]) >= yardsticks.SAME_OPENER:
        yield _change("opener", False, yardsticks.OWN_CHOICE, text=opener, count=count)


def _story(measures: Measures, kind: str) -> Iterator[_Weighed]:
    if not _tells_story(measures, kind) or measures.star is None:
        return
    shares = {part.name: part.share for part in measures.star.parts}
    if "action" not in shares:
        yield _change("no-action", True)
    elif shares["action"] < yardsticks.LEAST_ACTION_SHARE:
        yield _change("thin-action", False, yardsticks.OWN_CHOICE, share=round(shares["action"] * 100))
    if "result" not in shares:
        yield _change("no-result", True)
    # A task says as well what it was about.
    if "situation" not in shares and "task" not in shares:
        yield _change("no-situation", False)
    if {"action", "result"} <= shares.keys() and {"situation", "task"} & shares.keys():
        yield _good("whole-story")


def _substance(measures: Measures, kind: str) -> Iterator[_Weighed]:
    story = _tells_story(measures, kind)
    i, we = measures.voices.i, measures.voices.we
    if story and i + we:
        allowed = yardsticks.ALL_WE
        if _all_we(measures):
            yield _change("all-we", True, allowed.source, we=we, i=i)
        elif we and i >= allowed.high * (i + we):
            yield _good("own-part", allowed.source, i=i, we=we)
    result = (
        next((part for part in measures.star.parts if part.name == "result"), None) if measures.star else None
    )
    if story and result is not None:
        yield _good("named-result", text=max(result.rests_on, key=lambda found: len(found.text)).text)
    if measures.numbers:
        yield _good("named-number", text=measures.numbers[-1].text)
    elif story:
        yield _change("no-numbers", False)
    asked = measures.relevance
    if asked is not None and measures.words >= yardsticks.STORY_WORDS:
        # Each word may be said in a hundred ways, and a story that is told answers something.
        told = measures.star is not None and measures.star.parts
        if len(asked.asked) >= MOST_TELLING and not asked.met and not told and kind not in UNASKED_KINDS:
            yield _change("off-question", False, asked=", ".join(asked.asked))
        elif len(asked.met) * 2 >= len(asked.asked):
            yield _good("on-question")


def _messages(landed: Sequence[Landed], messages: Sequence[str]) -> Iterator[_Weighed]:
    said = {one.message for one in landed}
    for message in dict.fromkeys(one.message for one in landed):
        yield _good("message-landed", message=message)
    if not said and messages:
        # Not every answer has room for one: a small thing, and the first of them is enough.
        yield _change("message-missed", False, message=messages[0])


def _follow_up(measures: Measures, seconds: tuple[int, int], kind: str) -> FollowUpKind | None:
    """The one thing an interviewer would ask now; None when it is not sure that anything is missing.

    What is surest comes first: "we" is counted, a result may have been told in words that no rule knows.
    """
    if _tells_story(measures, kind) and measures.star is not None:
        if _all_we(measures):
            return "part"
        if "action" in measures.star.missing:
            return "example"
        if "result" in measures.star.missing:
            return "result"
        if "whole-story" in (finding.id for _, finding in _story(measures, kind)):
            return None
    timing, low = measures.timing, seconds[0]
    short = timing is not None and 0 < timing.answer_s < low * yardsticks.FAR_TOO_SHORT
    return "example" if short and kind in EXAMPLE_KINDS and low >= LEAST_FOR_EXAMPLE_S else None


def _grade(
    measures: Measures, weighed: Sequence[_Weighed], kind: str
) -> tuple[Grade | None, tuple[str, ...]]:
    """By what matters: far too short, no story where one was asked for, or `MANY` things is "again"; fewer is
    "hard"; none is "good".

    "Easy" is a story with nothing to change, with figures and with `yardsticks.EASY_OUTCOMES`. What makes
    another sort of answer easy, no measure can tell.
    """
    matters = tuple(finding.id for weight, finding in weighed if weight == "matters")
    good = tuple(finding.id for weight, finding in weighed if weight == "good")
    small = any(weight == "small" for weight, _ in weighed)
    whole = "whole-story" in good
    if "too-short" in matters and not whole:
        return "again", matters
    heard = measures.timing is not None or _tells_story(measures, kind)
    if measures.words < LEAST_WORDS or not heard:
        return None, ()
    if len(matters) >= MANY or {"no-action", "no-result"} <= {*matters}:
        return "again", matters
    if matters:
        return "hard", matters
    much = measures.numbers and len(measures.outcomes) >= yardsticks.EASY_OUTCOMES
    if whole and much and not small:
        return "easy", good
    return "good", good[:3] or tuple(finding.id for _, finding in weighed[:1])


def _tells_story(measures: Measures, kind: str) -> bool:
    """Whether a story was asked for, and enough was said to look for it."""
    return kind in STORY_KINDS and measures.words >= yardsticks.STORY_WORDS


def _all_we(measures: Measures) -> bool:
    i, we = measures.voices.i, measures.voices.we
    return we >= yardsticks.LEAST_WE and i < yardsticks.ALL_WE.low * (i + we)


def _are_many(counted: Counted, per_100_words: float, words: int) -> bool:
    return counted.count >= yardsticks.LEAST_COUNT and counted.count * 100 >= per_100_words * words


def _most(counted: Counted) -> str:
    return next(iter(counted.by_phrase), "")


def _change(id: str, matters: bool, source: str | None = None, **figures: float | str) -> _Weighed:
    return ("matters" if matters else "small", Finding(id, False, figures, source))


def _good(id: str, source: str | None = None, **figures: float | str) -> _Weighed:
    return ("good", Finding(id, True, figures, source))
