"""Sessions as an archive may hold them: any words, any times, whatever is missing."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, get_args

from hypothesis import strategies as st

from greenroom.types import Grade, OutcomeValue, Part, SessionKind, TermKind, TranscriptKind, TurnStatus

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SECONDS = st.floats(-1e6, 1e6)
LENGTH = st.floats(0, 1e6)
MOMENT = st.datetimes(
    datetime(1970, 1, 2), datetime(2199, 12, 30), timezones=st.just(timezone(timedelta(hours=1)))
).map(datetime.isoformat)
SPANS = st.lists(st.fixed_dictionaries({"start_s": SECONDS, "end_s": SECONDS}), max_size=2)
WORDS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXT, "start_s": SECONDS, "end_s": SECONDS, "probability": st.floats(0, 1)}
    ),
    max_size=3,
)
TIMING = st.fixed_dictionaries(
    {
        **dict.fromkeys(("thinking_s", "answer_s", "speaking_s", "longest_pause_s"), LENGTH),
        "words_per_minute": st.none() | LENGTH,
    }
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | SECONDS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def one_of(literal: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


TERM: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"kind": one_of(TermKind), "text": TEXT, "heard": st.none() | TEXT, "at": MOMENT}
)
TURN: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "part": one_of(Part),
        "phase": st.none() | TEXT,
        "take": st.integers(1, 9),
        "follow_up_of": st.none() | st.integers(1, 9),
        "prompt_id": TEXT,
        "prompt": TEXT,
        "status": one_of(TurnStatus),
        "audio": st.none(),
        "audio_removed_at": st.none() | MOMENT,
        "question_ended_s": st.none() | SECONDS,
        "model": st.none() | TEXT,
        "transcript": st.none() | TEXT,
        "transcript_is": st.none() | one_of(TranscriptKind),
        "corrected": st.none() | TEXT,
        "corrected_words": st.none() | WORDS,
        "live": st.booleans(),
        "timing": st.none() | TIMING,
        "fillers": st.none()
        | st.fixed_dictionaries(
            {
                "count": st.integers(0, 99),
                "per_minute": LENGTH,
                "by_word": st.dictionaries(TEXT, st.integers(0, 99), max_size=2),
            }
        ),
        "words": st.none() | WORDS,
        "voiced": st.none() | SPANS,
        "left_out": st.none() | SPANS,
        "reopened_after_s": st.none() | st.lists(SECONDS, max_size=2),
        "grade": st.none()
        | st.fixed_dictionaries({"grade": one_of(Grade), "own": st.booleans(), "at": MOMENT}),
        "terms": st.lists(TERM, max_size=1),
    }
)
ITEM: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "kind": TEXT,
        "name": st.none() | TEXT,
        "text": TEXT,
        "happy": st.none() | st.booleans(),
        "starred": st.booleans(),
        "turn": st.none() | st.integers(1, 9),
        "at_s": st.none() | SECONDS,
        "parent": st.none() | st.integers(0, 2),  # so many places before it
    }
)
RATING: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"phase": st.none() | TEXT, "name": TEXT, "value": st.integers(1, 10)}
)


@st.composite
def sessions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A few sessions as `Archive.whole` tells them."""
    numbers: dict[str, int] = {"turns": 0, "items": 0, "feedback": 0}
    terms: set[tuple[str, str]] = set()

    def numbered(table: str) -> int:
        numbers[table] += 1
        return numbers[table]

    def session(number: int) -> dict[str, Any]:
        turns = [
            {"id": numbered("turns"), "number": place, **turn}
            for place, turn in enumerate(draw(st.lists(TURN, max_size=3)), start=1)
        ]
        for turn in turns:  # a term is known once
            turn["terms"] = [one for one in turn["terms"] if (one["kind"], one["text"]) not in terms]
            terms.update((one["kind"], one["text"]) for one in turn["terms"])
        items: list[dict[str, Any]] = []
        for item in draw(st.lists(ITEM, max_size=3)):
            above = item["parent"]
            parent = items[above]["id"] if above is not None and above < len(items) else None
            items.append({"id": numbered("items"), **item, "parent": parent})
        ratings = {((one["phase"] or ""), one["name"]): one for one in draw(st.lists(RATING, max_size=3))}
        feedback = draw(
            st.lists(
                st.fixed_dictionaries(
                    {"at": MOMENT, "who": st.none() | TEXT, "topic": st.none() | TEXT, "text": TEXT}
                ),
                max_size=2,
            )
        )
        log = draw(
            st.lists(
                st.fixed_dictionaries({"at": MOMENT, "entry": st.dictionaries(TEXT, ANYTHING)}), max_size=2
            )
        )
        return {
            "id": number,
            "kind": draw(one_of(SessionKind)),
            "status": draw(st.sampled_from(["finished", "interrupted"])),
            **{name: draw(st.none() | TEXT) for name in ("pack", "company", "role")},
            "started_at": draw(MOMENT),
            "ended_at": draw(st.none() | MOMENT),
            "turns": turns,
            "items": items,
            "ratings": list(ratings.values()),
            "outcome": draw(
                st.none()
                | st.fixed_dictionaries(
                    {"value": one_of(OutcomeValue), "on": MOMENT.map(lambda moment: moment[:10])}
                )
            ),
            "feedback": [{"id": numbered("feedback"), **said} for said in feedback],
            "log": log,
        }

    return [session(number) for number in range(1, 1 + draw(st.integers(1, 2)))]
