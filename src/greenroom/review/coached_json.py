"""The coaching of a session as JSON, beside what the session itself has."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.coaching.measures import Counted, Found, Measures, Pauses, Relevance, Star, StarPart
from greenroom.review.as_json import Json, rounded
from greenroom.review.coached import Coached, Coaching
from greenroom.types import Advice, Landed


def with_coaching(whole: Json, coaching: Coaching) -> Json:
    """`show ID --json` with "coaching" and "grade" in each turn of the interview, and "messages" at the end.

    Args:
        whole: as `as_json.session` gives it; it is left as it is.
    """
    return {
        **whole,
        "turns": [
            {**turn, **_of_turn(coaching.answers.get(turn["number"]))}
            if turn["part"] == "interview"
            else turn
            for turn in whole["turns"]
        ],
        "messages": [
            {
                "message": message,
                "landed": [
                    {"turn": turn.number, "at_s": rounded(landed.at_s), "text": landed.text}
                    for turn, landed in coaching.landings(message)
                ],
            }
            for message in coaching.messages
        ],
    }


def _of_turn(one: Coached | None) -> Json:
    if one is None:
        return {"coaching": None, "grade": None}
    graded = one.graded
    return {
        "coaching": {
            **_measures(one.measures),
            "range_s": list(one.seconds) if one.seconds else None,
            "take": one.take,
            "takes": one.takes,
            "points": _landings(one.points, one.said),
            **_advice(one.advice),
        },
        "grade": {"grade": graded.grade, "own": graded.own, "at": graded.at} if graded else None,
    }


def _measures(found: Measures) -> Json:
    return {
        "words": found.words,
        "verbatim": found.verbatim,
        "pauses": _pauses(found.pauses) if found.pauses else None,
        "pace_course": [round(pace) for pace in found.pace_course],
        "hedges": _counted(found.hedges),
        "openers": _counted(found.openers),
        "repeats": _counted(found.repeats),
        "restarts": _counted(found.restarts),
        "voices": {"i": found.voices.i, "we": found.voices.we},
        "star": _star(found.star) if found.star else None,
        "relevance": _relevance(found.relevance) if found.relevance else None,
        "numbers": _found(found.numbers),
        "outcomes": _found(found.outcomes),
    }


def _pauses(pauses: Pauses) -> Json:
    return {
        "count": pauses.count,
        "longest_s": rounded(pauses.longest_s),
        "total_s": rounded(pauses.total_s),
        "share": rounded(pauses.share),
    }


def _star(star: Star) -> Json:
    return {"parts": [_part(part) for part in star.parts], "missing": list(star.missing)}


def _relevance(relevance: Relevance) -> Json:
    return {"asked": list(relevance.asked), "met": list(relevance.met)}


def _counted(counted: Counted) -> Json:
    return {
        "count": counted.count,
        "per_minute": rounded(counted.per_minute),
        "by_phrase": dict(counted.by_phrase),
        "found": _found(counted.found),
    }


def _found(found: Iterable[Found]) -> list[Json]:
    return [{"text": one.text, "place": one.place, "at_s": rounded(one.at_s)} for one in found]


def _part(part: StarPart) -> Json:
    return {
        "name": part.name,
        "at_s": rounded(part.at_s),
        "share": rounded(part.share),
        "rests_on": _found(part.rests_on),
    }


def _landings(points: Iterable[str], said: Iterable[Landed]) -> list[Json]:
    found = {one.message: one for one in said}
    return [
        {
            "point": point,
            "said": point in found,
            "at_s": rounded(found[point].at_s) if point in found else None,
            "text": found[point].text if point in found else None,
        }
        for point in points
    ]


def _advice(advice: Advice) -> Json:
    return {
        "findings": [
            {
                "id": one.id,
                "good": one.good,
                "figures": {
                    name: value if isinstance(value, str) else rounded(value)
                    for name, value in one.figures.items()
                },
                "source": one.source,
            }
            for one in advice.findings
        ],
        "proposed": {"grade": advice.grade, "because": list(advice.because)} if advice.grade else None,
    }
