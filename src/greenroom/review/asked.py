"""A question as somebody told it, as it can be asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from greenroom.archive import retake_id
from greenroom.coaching.fillers import fillers_in
from greenroom.review.clean import clean
from greenroom.types import Graded, Noted

_ASKING = re.compile(
    r"(?:what|why|how|who|when|where|which|do|did|does|are|is|was|can|could|would|will|have)\b", re.IGNORECASE
)
"""First words of a question, where nobody wrote its mark."""


def asked(text: str) -> str:
    """The question without fillers and quotation marks, with a capital and its mark at the end."""
    told = without_fillers(text).strip("“”\"' ")
    told = told[:1].upper() + told[1:]
    if not told or told[-1] in ".!?…":
        return told
    return told + ("?" if _ASKING.match(told) else ".")


def without_fillers(text: str) -> str:
    tokens = clean(text).split()
    return " ".join(token for token, filler in zip(tokens, fillers_in(tokens), strict=True) if not filler)


def to_ask_again(noted: Sequence[Noted], graded: Sequence[Graded]) -> Iterator[tuple[str, str]]:
    """The questions of debriefs that are still to be answered better: prompt ids and questions.

    Until a take of it went well, or easily, or it was told again in a later answer that they were happy with;
    asked twice, it counts once, as it was told last. The latest debrief first, each in its own order.

    Args:
        noted: the questions told in all sessions, the one told first before the others.
    """
    done = {one.prompt_id for one in graded if one.grade in ("good", "easy")}
    seen: set[str] = set()
    left: list[tuple[int, int, str, str]] = []
    for one in reversed(noted):
        item = one.item
        if one.kind != "debrief" or item.happy is None or item.id is None:
            continue
        text = asked(item.text) or clean(item.text)
        same = " ".join(re.findall(r"\w+", text.casefold())) or text
        prompt_id = retake_id(one.session_id, item.id)
        if same not in seen and not item.happy and prompt_id not in done and text.strip():
            left.append((-one.session_id, item.id, prompt_id, text))
        seen.add(same)
    for _, _, prompt_id, text in sorted(left):
        yield prompt_id, text
