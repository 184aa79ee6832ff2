"""The pages over all sessions: patterns, what is due, how the gut compares, messages to a panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenroom.archive import SessionSummary
from greenroom.coaching.gut import LEAST_FOR_A_CLAIM, Drift, OutcomeMean
from greenroom.coaching.messages import Message
from greenroom.coaching.patterns import Action, Factor
from greenroom.dialogue.factors import Factor as Known
from greenroom.review import figures, words
from greenroom.review.as_json import Json, rounded
from greenroom.review.clean import clean
from greenroom.review.look import Look
from greenroom.review.page import BLANK, Page, Piece, wrapped
from greenroom.review.terminal import heading, plainly
from greenroom.types import Noted

ABOUT_RIGHT = 0.5
"""Points of ten by which the two means may differ before it is worth a sentence: half of the least step."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """What `patterns` tells.

    Attributes:
        factors: behind what went wrong, and behind the day.
        helped: behind what went right.
        successes: the oldest first.
        known: the factors there are, by their ids: how they are said, what to try, what to look up.
    """

    factors: tuple[Factor, ...]
    helped: tuple[Factor, ...]
    actions: tuple[Action, ...]
    successes: tuple[Noted, ...]
    known: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Due:
    """What `due` tells.

    Attributes:
        cut_off: the debrief that `debrief --resume` goes on with.
        next_one: what the person said of the next interview or rehearsal; None once something came after.
        streak_weeks: said from two on.
    """

    looks: tuple[SessionSummary, ...]
    cut_off: SessionSummary | None
    actions: tuple[Action, ...]
    next_one: Noted | None
    streak_weeks: int


@dataclass(frozen=True, slots=True)
class Trends:
    """What `trends` tells of the gut."""

    drift: Drift
    outcomes: tuple[OutcomeMean, ...]


# For people


def patterns_page(found: Patterns, look: Look) -> Page:
    if not (found.factors or found.helped or found.actions or found.successes):
        return [line for text in words.PATTERNS_EMPTY for line in wrapped([Piece(text)], look.columns)]
    parts: list[Page] = []
    if found.factors:
        part = _factors(words.FACTORS, found.factors, words.VERDICTS, found.known, look)
        parts.append([*part, *wrapped([Piece(words.RULE, "quiet")], look.columns)])
    if found.helped:
        parts.append(_factors(words.HELPED, found.helped, words.VERDICTS_HELPED, found.known, look))
    if found.actions:
        part = heading(words.ACTIONS, look)
        for action in found.actions:
            part += _source(action.source, look, words.ACTION_STATES[action.state])
        parts.append(part)
    if found.successes:
        part = heading(words.SUCCESSES, look)
        for success in found.successes:
            part += _source(success, look)
        parts.append(part)
    return [line for part in parts for line in (*part, BLANK)][:-1]


def _factors(
    title: str,
    factors: Sequence[Factor],
    verdicts: Mapping[str, str],
    known: Mapping[str, Known],
    look: Look,
) -> Page:
    page = heading(title, look)
    for factor in factors:
        verdict = f"{verdicts[factor.verdict]}, {words.named_in(factor.debriefs)}"
        about = known.get(factor.name)
        name = about.name if about else plainly(factor.name)
        page += wrapped([Piece(f"- {clean(name)}"), Piece(f": {verdict}", "quiet")], look.columns, 2, first=0)
        for source in factor.sources:
            page += _source(source, look)
        if about:
            page += _advice(words.TO_TRY, about.tip, look)
            page += _advice(words.TO_LOOK_UP, " ".join(about.research), look)
    return page


def _advice(label: str, text: str, look: Look) -> Page:
    if not text:
        return []
    return wrapped([Piece(f"{label}: ", "quiet"), Piece(clean(text))], look.columns, 4, first=2)


def _source(noted: Noted, look: Look, state: str = "") -> Page:
    facts = ", ".join(filter(None, (state, figures.day(noted.started_at))))
    place = Piece(f"{_moment(noted)} ", "place")
    return wrapped(
        [place, Piece(clean(noted.item.text)), Piece(f" ({facts})", "quiet")], look.columns, 4, first=2
    )


def due_page(due: Due, look: Look) -> Page:
    page: Page = []
    looks = [words.DUE_LOOK.format(**_about(one.id, one.company, one.started_at)) for one in due.looks]
    if due.cut_off is not None:
        one = due.cut_off
        looks.append(words.DUE_RESUME.format(**_about(one.id, one.company, one.started_at)))
    if looks:
        page += heading(words.DUE_LOOKS, look)
        page += [line for text in looks for line in wrapped([Piece(f"- {text}")], look.columns, 2, first=0)]
    if due.actions:
        page += [*([BLANK] if page else []), *heading(words.DUE_ACTIONS, look)]
        for action in due.actions:
            page += wrapped([Piece(f"- {_action(action.source)}")], look.columns, 2, first=0)
    if not page:
        page += wrapped([Piece(words.DUE_EMPTY)], look.columns)
    if due.next_one is not None:
        page += [BLANK, *heading(words.DUE_NEXT, look), *_source(due.next_one, look)]
    if due.streak_weeks > 1:
        page += [BLANK, *wrapped([Piece(words.weeks_in_a_row(due.streak_weeks), "quiet")], look.columns)]
    return page


def _action(source: Noted) -> str:
    about = _about(source.session_id, source.company, source.started_at)
    if errand := words.DUE_ERRANDS.get(source.item.name or ""):
        return errand[0].format(**about, command=_command(source))
    return words.DUE_ACTION.format(text=clean(source.item.text), moment=_moment(source), day=about["day"])


def _command(source: Noted) -> str | None:
    """What does an errand; None for what only the person can do."""
    errand = words.DUE_ERRANDS.get(source.item.name or "")
    return errand[1].format(id=source.session_id) if errand else None


def _about(session_id: int, company: str | None, started_at: str) -> dict[str, object]:
    interview = words.AN_INTERVIEW.format(company=clean(company)) if company else words.SOME_INTERVIEW
    return {"id": session_id, "about": interview, "day": figures.day(started_at)}


def trends_page(trends: Trends, look: Look) -> Page:
    page = heading(words.GUT, look)
    page += [line for text in _gut(trends.drift) for line in wrapped([Piece(text)], look.columns)]
    page += [BLANK, *heading(words.GUT_OUTCOMES, look)]
    for mean in trends.outcomes:
        page += wrapped([Piece(f"- {_outcome(mean)}")], look.columns, 2, first=0)
    if not trends.outcomes:
        page += wrapped([Piece(words.GUT_OUTCOMES_EMPTY)], look.columns)
    elif not all(mean.enough for mean in trends.outcomes):
        few = words.GUT_FEW.format(least=LEAST_FOR_A_CLAIM)
        page += wrapped([Piece(few, "quiet")], look.columns)
    return page


def _gut(drift: Drift) -> list[str]:
    difference = drift.difference
    if difference is None:
        return [words.GUT_EMPTY]
    means = words.GUT_MEANS.format(first=drift.mean_first, second=drift.mean_second, count=drift.count)
    if not drift.enough:
        return [means, words.GUT_FEW.format(least=LEAST_FOR_A_CLAIM)]
    if abs(difference) < ABOUT_RIGHT:
        return [means, words.GUT_SAME]
    claim = words.GUT_HIGHER if difference > 0 else words.GUT_LOWER
    return [means, claim.format(difference=abs(difference))]


def _outcome(mean: OutcomeMean) -> str:
    outcome = plainly(mean.outcome)
    if mean.mean_gut is None:
        return words.GUT_OUTCOME_UNRATED.format(outcome=outcome)
    count = figures.counted(mean.count, "interview")
    return words.GUT_OUTCOME.format(outcome=outcome, mean=mean.mean_gut, count=count)


def messages_page(found: Sequence[Message], look: Look) -> Page:
    if not found:
        return [line for text in words.MESSAGES_EMPTY for line in wrapped([Piece(text)], look.columns)]
    page = heading(words.MESSAGES, look)
    for number, one in enumerate(found, 1):
        pieces = [Piece(f"{number}. "), Piece(clean(one.text))]
        if one.asked:
            pieces.append(Piece(f" ({words.said_in(one.said, one.asked)})", "quiet"))
        page += wrapped(pieces, look.columns, 3, first=0)
    return page


# For programs


def messages_json(found: Sequence[Message]) -> list[Json]:
    """`messages list --json`."""
    return [{"text": one.text, "said": one.said, "asked": one.asked} for one in found]


def patterns_json(found: Patterns) -> Json:
    """`patterns --json`."""
    return {
        "rule": words.RULE,
        "factors": [_factor(factor, found.known.get(factor.name)) for factor in found.factors],
        "helped": [_factor(factor, found.known.get(factor.name)) for factor in found.helped],
        "actions": [{"state": action.state, **_noted(action.source)} for action in found.actions],
        "successes": [_noted(success) for success in found.successes],
    }


def _factor(factor: Factor, about: Known | None) -> Json:
    return {
        "name": factor.name,
        "tip": about.tip if about else None,
        "research": list(about.research) if about else [],
        "verdict": factor.verdict,
        "debriefs": factor.debriefs,
        "sources": [_noted(source) for source in factor.sources],
    }


def due_json(due: Due) -> list[Json]:
    """`due --json`: one row a thing; `command` does it, where one does."""
    rows = [_look("second-look", one, f"greenroom debrief --again {one.id}") for one in due.looks]
    if due.cut_off is not None:
        rows.append(_look("resume", due.cut_off, "greenroom debrief --resume"))
    told = [("action", action.source) for action in due.actions]
    told += [("next", due.next_one)] if due.next_one else []
    return rows + [
        {"kind": kind, "command": _command(source), "company": source.company, **_noted(source)}
        for kind, source in told
    ]


def _look(kind: str, one: SessionSummary, command: str) -> Json:
    return {
        "kind": kind,
        "command": command,
        "company": one.company,
        "moment": str(one.id),
        "session": one.id,
        "turn": None,
        "at_s": None,
        "started_at": one.started_at,
        "text": None,
    }


def trends_json(trends: Trends) -> Json:
    """`trends --json`; `enough` says whether a claim may be made of it."""
    drift = trends.drift
    return {
        "gut": {
            "count": drift.count,
            "mean_first": rounded(drift.mean_first),
            "mean_second": rounded(drift.mean_second),
            "difference": rounded(drift.difference),
            "enough": drift.enough,
        },
        "outcomes": [
            {
                "outcome": mean.outcome,
                "count": mean.count,
                "mean_gut": rounded(mean.mean_gut),
                "enough": mean.enough,
            }
            for mean in trends.outcomes
        ],
    }


def _noted(noted: Noted) -> Json:
    return {
        "moment": _moment(noted),
        "session": noted.session_id,
        "turn": noted.item.turn,
        "at_s": rounded(noted.item.at_s),
        "started_at": noted.started_at,
        "text": noted.item.text,
    }


def _moment(noted: Noted) -> str:
    return figures.moment(noted.session_id, noted.item.turn, noted.item.at_s)
