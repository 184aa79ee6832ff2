"""An answer given in a rehearsal, and what there is to say about it once its follow-up has been answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from greenroom.dialogue.acts import Heard
from greenroom.dialogue.packs import Question
from greenroom.types import Advice, Landed

MADE_GOOD: Mapping[str, frozenset[str]] = {
    "result": frozenset({"no-result"}),
    "part": frozenset({"all-we"}),
    "example": frozenset({"too-short", "no-action", "no-result", "no-situation"}),
}
"""By the kind of a follow-up, the findings that are not told once it was answered."""


@dataclass(slots=True)
class Given:
    """A question of the rehearsal, and what came back.

    Attributes:
        followed: the kind of its follow-up, once that was answered.
        more: what was answered to it.
        cared: somebody in danger was met in it: no word about how well it was said.
    """

    question: Question
    heard: Heard
    followed: str | None = None
    more: Heard | None = None
    cared: bool = False

    @property
    def advice(self) -> Advice | None:
        """What there is to say about it, less what its follow-up has made good, with what came up in that."""
        advice = self.heard.advice
        if self.cared or advice is None or self.followed is None:
            return None if self.cared else advice
        more = self.more.advice if self.more is not None else None
        return completed(advice, self.followed, more.landed if more is not None else ())


def completed(advice: Advice, kind: str, landed: tuple[Landed, ...] = ()) -> Advice:
    """What there is to say about an answer once such a follow-up was answered; with what landed there."""
    made_good = MADE_GOOD.get(kind, frozenset())
    because = tuple(one for one in advice.because if one not in made_good)
    return replace(
        advice,
        findings=tuple(one for one in advice.findings if one.id not in made_good),
        # A grade without one of its reasons is none to propose.
        grade=advice.grade if because == advice.because else None,
        because=because,
        landed=advice.landed + landed,
    )
