"""Which packs fit a role, and which questions are drawn from packs by chance."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from greenroom.dialogue.packs import Pack, Question

GENERAL_PACK = "general"
"""What every interview has something of."""

Sample = Callable[[Sequence[int], int], Sequence[int]]
"""Some of them by chance, each once, as `random.sample` does."""

_PLACES = {"opening": 0, "closing": 2}
"""Where questions of these kinds belong in an interview of several packs; all others stand between."""


def packs_for(role: str, packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The general pack, and those that name this role; never one that stands apart.

    A role fits when the one is in the other, word by word: "Senior Data Engineers" and "engineer", "sales"
    and "sales assistant".
    """
    general = [pack for pack in packs if pack.id == GENERAL_PACK]
    fitting = [
        pack
        for pack in packs
        if pack.id != GENERAL_PACK and not pack.apart and any(_fits(role, one) for one in pack.roles)
    ]
    return (*general, *fitting)


def drawable(pack: Pack) -> tuple[Question, ...]:
    """The questions of a pack that may come by chance: none that nobody should ask."""
    return tuple(question for question in pack.questions if not question.improper)


def draw(packs: Sequence[Pack], count: int, sample: Sample) -> tuple[Question, ...]:
    """So many questions by chance, or all when there are fewer; one that stands in two packs only once.

    From one pack in its own order. Of several each gives as many as the others, the last one more where it
    does not come out even, and what opens or closes an interview stands at its ends.
    """
    pools: list[tuple[Question, ...]] = []
    seen: set[str] = set()
    for pack in packs:
        pools.append(tuple(one for one in drawable(pack) if one.id not in seen))
        seen.update(one.id for one in pools[-1])
    drawn = [
        pool[place]
        for pool, share in zip(pools, _shares([len(pool) for pool in pools], count), strict=True)
        for place in sorted(sample(range(len(pool)), share))
    ]
    return tuple(drawn if len(packs) == 1 else sorted(drawn, key=lambda one: _PLACES.get(one.kind, 1)))


def _shares(sizes: Sequence[int], count: int) -> list[int]:
    """How many each gives: in turns from the last to the first, until there are enough."""
    shares = [0] * len(sizes)
    left = min(count, sum(sizes))
    while left:
        for place in reversed(range(len(sizes))):
            if left and shares[place] < sizes[place]:
                shares[place] += 1
                left -= 1
    return shares


def _fits(said: str, named: str) -> bool:
    ours, theirs = _words(said), _words(named)
    return bool(ours and theirs) and (_holds(ours, theirs) or _holds(theirs, ours))


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether these words stand in those, side by side."""
    return any(
        list(words[start : start + len(wanted)]) == list(wanted)
        for start in range(len(words) - len(wanted) + 1)
    )


def _words(text: str) -> list[str]:
    """In small letters, one or many alike: "Engineers" is "engineer"."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words]
