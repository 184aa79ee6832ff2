"""The page over all debriefs: patterns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenroom.coaching.patterns import Action, Factor
from greenroom.dialogue.factors import Factor as Known
from greenroom.review import words
from greenroom.review.as_json import Json
from greenroom.review.clean import clean, plainly
from greenroom.review.look import Look
from greenroom.review.noted import noted_json, noted_lines
from greenroom.review.page import BLANK, Page, Piece, wrapped
from greenroom.review.terminal import heading
from greenroom.types import Noted


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
            part += noted_lines(action.source, look, words.ACTION_STATES[action.state])
        parts.append(part)
    if found.successes:
        part = heading(words.SUCCESSES, look)
        for success in found.successes:
            part += noted_lines(success, look)
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
            page += noted_lines(source, look)
        if about:
            page += _advice(words.TO_TRY, about.tip, look)
            page += _advice(words.TO_LOOK_UP, " ".join(about.research), look)
    return page


def _advice(label: str, text: str, look: Look) -> Page:
    if not text:
        return []
    return wrapped([Piece(f"{label}: ", "quiet"), Piece(clean(text))], look.columns, 4, first=2)


# For programs


def patterns_json(found: Patterns) -> Json:
    """`patterns --json`."""
    return {
        "rule": words.RULE,
        "factors": [_factor(factor, found.known.get(factor.name)) for factor in found.factors],
        "helped": [_factor(factor, found.known.get(factor.name)) for factor in found.helped],
        "actions": [{"state": action.state, **noted_json(action.source)} for action in found.actions],
        "successes": [noted_json(success) for success in found.successes],
    }


def _factor(factor: Factor, about: Known | None) -> Json:
    return {
        "name": factor.name,
        "tip": about.tip if about else None,
        "research": list(about.research) if about else [],
        "verdict": factor.verdict,
        "debriefs": factor.debriefs,
        "sources": [noted_json(source) for source in factor.sources],
    }
