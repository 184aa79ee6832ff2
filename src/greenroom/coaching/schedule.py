"""When a question comes back: spaced repetition by FSRS, from how each take of it went.

FSRS (the library `fsrs`) keeps for each question how long its answer stays at hand and how hard it is, and
names the day on which it is still at hand with the desired probability. Its default parameters were fitted to
reviews of flash cards; whether they hold for spoken answers nobody has measured. They are where to begin.

What is ours, because an answer is a skill rehearsed of an evening and no flash card:

- Days, not minutes: there are no learning steps, so every interval is a whole number of days, one at least.
- A day is one review: of several takes the last counts, the ones before it were the way there.
- "Again" is due the next day, whatever it was before.
- Nothing stays away for longer than two months.
- No chance in it: the same grades always give the same days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from greenroom.types import Grade, Graded

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

DESIRED_RETENTION = 0.9
"""How likely an answer should still be at hand when its question comes back: the library's own default. With
it an interval is the stability itself, in days, which can be checked by hand. Higher values cost many more
evenings (FSRS's own advice); lower ones leave gaps in which a whole round of interviews goes by."""

LONGEST_DAYS = 60
"""Ours: people look for a job for some months, and an answer that was not told for two of them is worth
telling once more before it counts."""

AGAIN_DAYS = 1
"""Ours: what is not there yet is tried again on the next evening."""


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """A question, and when it comes back.

    Attributes:
        due_on: the day from which on it is worth asking again.
        grade: of its latest take; the last take of that day.
        own: the person said so; else the measures proposed it.
        taken_at: when the session of that take began, ISO 8601 with its offset.
        takes: how many takes of it were graded.
        session_id, number: the latest take itself.
    """

    prompt_id: str
    due_on: date
    grade: Grade
    own: bool
    taken_at: str
    takes: int
    session_id: int
    number: int

    @property
    def taken_on(self) -> date:
        """The day of that take, as it was where the person was."""
        return date.fromisoformat(self.taken_at[:10])

    def late_days(self, today: date) -> int:
        """Days since it was due; 0 on the day itself, negative before it."""
        return (today - self.due_on).days


def due_questions(graded: Sequence[Graded], today: date) -> tuple[DueQuestion, ...]:
    """The questions that are due, the most urgent first: the one least likely to be still at hand.

    Args:
        graded: in the order in which the takes were stored.
    """
    due = [(question, at_hand) for question, at_hand in _replayed(graded, today) if question.due_on <= today]
    due.sort(key=lambda one: (one[1], one[0].due_on, one[0].prompt_id))
    return tuple(question for question, _ in due)


def scheduled(graded: Sequence[Graded]) -> tuple[DueQuestion, ...]:
    """Every question that was ever graded, the one due first before the others. `graded` as above."""
    found = [question for question, _ in _replayed(graded, date.min)]
    return tuple(sorted(found, key=lambda question: (question.due_on, question.prompt_id)))


def _replayed(graded: Sequence[Graded], today: date) -> list[tuple[DueQuestion, float]]:
    """Each question, with the probability that its answer is still at hand."""
    by_question: dict[str, list[Graded]] = {}
    for one in graded:
        if _has_a_day(one):
            by_question.setdefault(one.prompt_id, []).append(one)
    if not by_question:
        return []
    scheduler = _scheduler()
    return [_question(takes, scheduler, today) for takes in by_question.values()]


def _question(takes: Sequence[Graded], scheduler: Scheduler, today: date) -> tuple[DueQuestion, float]:
    from fsrs import Card, Rating

    ratings = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}
    reviews = _one_a_day(takes)
    # Without a due date and an id the library would ask the clock for both.
    card: Card = Card(card_id=0, due=_noon(_day(reviews[0])))
    for review in reviews:
        card, _ = scheduler.review_card(card, ratings[review.grade], _noon(_day(review)))
    last = reviews[-1]
    due_on = card.due.date()
    if last.grade == "again":
        due_on = min(due_on, _day(last) + timedelta(days=AGAIN_DAYS))
    question = DueQuestion(
        last.prompt_id,
        due_on,
        last.grade,
        last.own,
        last.taken_at or last.at,
        len(takes),
        last.session_id,
        last.number,
    )
    return question, scheduler.get_card_retrievability(card, _noon(today))


def _one_a_day(takes: Iterable[Graded]) -> list[Graded]:
    """The last take of each day, in the order of the days: a session may be brought in long after."""
    by_day = {_day(take): take for take in takes}
    return [by_day[day] for day in sorted(by_day)]


def _day(take: Graded) -> date:
    """The day as it was where the person was."""
    return date.fromisoformat((take.taken_at or take.at)[:10])


def _has_a_day(take: Graded) -> bool:
    """False after a hand in the database that wrote no date."""
    try:
        return bool(_day(take))
    except ValueError:
        return False


def _noon(day: date) -> datetime:
    """The library counts in UTC and in whole days; noon to noon is as many as lie between two dates."""
    return datetime.combine(day, time(12), UTC)


def _scheduler() -> Scheduler:
    """Imported here and not above: `greenroom list` has no need of it."""
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=DESIRED_RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )
