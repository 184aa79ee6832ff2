"""Reads a JSON export: every field of every record is looked at before anything is stored.

A file that does not fit, from whomever it comes, is refused with the place of its first mistake. What fits
can be stored and shown: types, ranges, names of recordings, what rows belong to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from greenroom.errors import GreenroomError
from greenroom.review.export.document import FORMAT, TAKEN_BACK, VERSION, Json
from greenroom.review.export.shape import (
    DEEPEST,
    Check,
    Misfit,
    counts,
    day,
    each,
    fields,
    flag,
    matching,
    maybe,
    moment,
    number,
    one_of,
    plain,
    text,
    whole,
)
from greenroom.types import (
    Grade,
    OutcomeValue,
    Part,
    SessionKind,
    SessionStatus,
    TermKind,
    TranscriptKind,
    TurnStatus,
)

HIGHEST_ID = 10**15 - 1
"""As many digits as a session's number may have on the command line."""

MOST_TURNS = 100_000
LONGEST_S = 10_000_000.0
"""Four months: more than any recording, and any sum of seconds."""

_AUDIO = r"audio/[0-9]{1,15}/[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}\.(?:flac|wav)"

_ID = whole(1, HIGHEST_ID)
_TURN_NUMBER = whole(1, MOST_TURNS)
_SECONDS = number(-LONGEST_S, LONGEST_S)
_LENGTH = number(0, LONGEST_S)

_WORDS = each(
    fields({"text": text, "start_s": _SECONDS, "end_s": _SECONDS, "probability": number(-1e-6, 1.000001)})
)
_SPANS = each(fields({"start_s": _SECONDS, "end_s": _SECONDS}))
_TIMING = fields(
    {
        "thinking_s": _LENGTH,
        "answer_s": _LENGTH,
        "speaking_s": _LENGTH,
        "longest_pause_s": _LENGTH,
        "words_per_minute": maybe(_LENGTH),
    }
)
_TERM = fields({"kind": one_of(*get_args(TermKind)), "text": text, "heard": maybe(text), "at": moment})
_TURN = fields(
    {
        "id": _ID,
        "number": _TURN_NUMBER,
        "part": one_of(*get_args(Part)),
        "phase": maybe(text),
        "take": whole(1, MOST_TURNS),
        "follow_up_of": maybe(_TURN_NUMBER),
        "prompt_id": text,
        "prompt": text,
        "status": one_of(*get_args(TurnStatus)),
        "audio": maybe(matching(_AUDIO, "the name of a recording such as audio/12/03.flac")),
        "sound": maybe(
            fields({"bytes": whole(0, 2**40), "sha256": matching("[0-9a-f]{64}", "64 hexadecimal digits")})
        ),
        "audio_removed_at": maybe(moment),
        "question_ended_s": maybe(_SECONDS),
        "model": maybe(text),
        "transcript": maybe(text),
        "transcript_is": maybe(one_of(*get_args(TranscriptKind))),
        "corrected": maybe(text),
        "corrected_words": maybe(_WORDS),
        "live": flag,
        "timing": maybe(_TIMING),
        "fillers": maybe(
            fields({"count": whole(0, 10**6), "per_minute": number(0, 10**6), "by_word": counts})
        ),
        "words": maybe(_WORDS),
        "voiced": maybe(_SPANS),
        "left_out": maybe(_SPANS),
        "reopened_after_s": maybe(each(_SECONDS)),
        "grade": maybe(fields({"grade": one_of(*get_args(Grade)), "own": flag, "at": moment})),
        "terms": each(_TERM),
    }
)
_ITEM = fields(
    {
        "id": _ID,
        "kind": text,
        "name": maybe(text),
        "text": text,
        "happy": maybe(flag),
        "starred": flag,
        "turn": maybe(_TURN_NUMBER),
        "at_s": maybe(_SECONDS),
        "parent": maybe(_ID),
    }
)


_LOG_ENTRY = fields({}, {"entry": text}, others=True)
_OF_KIND: Mapping[str | None, Check] = {
    # What `show` reads of a plan.
    "plan": fields(
        {},
        {
            "questions": each(
                fields({"id": text, "seconds": each(number(0, LONGEST_S), least=2)}, others=True)
            ),
            "setting": maybe(fields({}, others=True)),
            "history": fields({}, {"messages": each(text)}, others=True),
        },
        others=True,
    ),
    # What "go back" deletes.
    "keep": fields({}, {"id": whole(TAKEN_BACK, HIGHEST_ID)}, others=True),
}


def _entry(value: Any) -> None:
    """A log is the notebook of the program that wrote it, which may be an older one: it has to be plain data
    that does no harm here. Whether it can be followed is seen by who goes on with it."""
    plain(value)
    _LOG_ENTRY(value)
    if (check := _OF_KIND.get(value.get("entry"))) is not None:
        check(value)


_SESSION = fields(
    {
        "id": _ID,
        "kind": one_of(*get_args(SessionKind)),
        "status": one_of(*get_args(SessionStatus)),
        "pack": maybe(text),
        "company": maybe(text),
        "role": maybe(text),
        "started_at": moment,
        "ended_at": maybe(moment),
        "turns": each(_TURN),
        "items": each(_ITEM),
        "ratings": each(fields({"phase": maybe(text), "name": text, "value": whole(1, 10)})),
        "outcome": maybe(fields({"value": one_of(*get_args(OutcomeValue)), "on": day})),
        "feedback": each(
            fields({"id": _ID, "at": moment, "who": maybe(text), "topic": maybe(text), "text": text})
        ),
        "log": each(fields({"at": moment, "entry": _entry})),
    }
)
_APART = fields(
    {
        "messages": each(
            fields({"set_at": moment, "text": text, "company": maybe(text), "role": maybe(text)})
        ),
        "points": each(fields({"prompt_id": text, "set_at": moment, "text": text})),
        "terms": each(_TERM),
    }
)
_DOCUMENT = fields(
    {
        "format": one_of(FORMAT),
        "version": whole(1, VERSION),
        "exported_at": moment,
        "by": text,
        "sessions": each(_SESSION),
        "apart": maybe(_APART),
    }
)


def checked(raw: bytes, name: str) -> Json:
    """The document in a file, which fits in every part.

    Args:
        name: the file's, for what is told of it.

    Raises:
        GreenroomError: it is no JSON, no export, one of a newer program, or some part of it does not fit.
    """
    document = _parsed(raw, name)
    if isinstance(document, dict) and document.get("format") == FORMAT:
        version = document.get("version")
        if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
            raise GreenroomError(
                f"{name} was exported by a newer greenroom (version {str(version)[:20]} of the format).",
                "Update greenroom, and bring it in then.",
            )
    try:
        _DOCUMENT(document)
        _check_references(document["sessions"])
    except Misfit as misfit:
        raise GreenroomError(
            f"{name} cannot be brought in: {misfit.place or 'all of it'} {misfit.problem}.",
            "Nothing was stored. Export it again, or mend that field (docs/export.md).",
        ) from None
    return document  # type: ignore[no-any-return]


def _parsed(raw: bytes, name: str) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        document = error.doc.strip()
        if document.startswith("{") and (error.pos >= len(document) or not document.endswith("}")):
            raise GreenroomError(
                f"{name} breaks off in line {error.lineno}: the rest of it is missing.",
                "Nothing was stored. Copy the file anew, or export it again.",
            ) from error
        raise _no_json(name, f" (line {error.lineno}, column {error.colno})") from error
    except (ValueError, RecursionError) as error:  # no UTF-8, a number of a thousand digits
        raise _no_json(name) from error


def _no_json(name: str, place: str = "") -> GreenroomError:
    return GreenroomError(
        f"{name} is no JSON that can be read{place}.",
        "Nothing was stored. Give a file that `greenroom export --format json` has made.",
    )


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _check_references(sessions: list[Json]) -> None:
    """Every number once, and no row below one that is not there."""
    _each_once("sessions", "id", ((f"[{place}]", one) for place, one in enumerate(sessions)))
    for table in ("turns", "items", "feedback"):
        rows = (
            (f"[{place}].{table}[{row}]", one)
            for place, session in enumerate(sessions)
            for row, one in enumerate(session[table])
        )
        _each_once("sessions", "id", rows)
    for place, session in enumerate(sessions):
        try:
            _check_session(session)
        except Misfit as misfit:
            raise misfit.inside(f"sessions[{place}]") from None


def _each_once(outer: str, field: str, rows: Iterable[tuple[str, Json]]) -> None:
    seen = set()
    for place, row in rows:
        if row[field] in seen:
            raise Misfit(f"is there twice: {row[field]}", f"{outer}{place}.{field}")
        seen.add(row[field])


def _check_session(session: Json) -> None:
    numbers: set[int] = set()
    recordings: set[str] = set()
    for place, turn in enumerate(session["turns"]):
        if turn["number"] in numbers:
            raise Misfit(f"is there twice: {turn['number']}", f"turns[{place}].number")
        numbers.add(turn["number"])
        audio = turn["audio"]
        if audio is None:
            if turn["sound"] is not None:
                raise Misfit("must be null where there is no recording", f"turns[{place}].sound")
            continue
        if not audio.startswith(f"audio/{session['id']}/"):
            raise Misfit(f"must lie in audio/{session['id']}/", f"turns[{place}].audio")
        if audio in recordings:
            raise Misfit("is another turn's recording", f"turns[{place}].audio")
        recordings.add(audio)
    depths: dict[int | None, int] = {None: 0}
    for place, item in enumerate(session["items"]):
        depth = depths.get(item["parent"])
        if depth is None:
            raise Misfit("must be the id of an item that stands before it", f"items[{place}].parent")
        if depth > DEEPEST:
            raise Misfit(f"lies deeper than {DEEPEST} levels", f"items[{place}].parent")
        depths[item["id"]] = depth + 1
    rated = set()
    for place, rating in enumerate(session["ratings"]):
        if (key := (rating["phase"] or "", rating["name"])) in rated:
            raise Misfit("is there twice", f"ratings[{place}]")
        rated.add(key)
    kept = depths.keys() | {TAKEN_BACK}
    for place, one in enumerate(session["log"]):
        entry = one["entry"]
        if entry.get("entry") == "keep" and entry.get("id", TAKEN_BACK) not in kept:
            raise Misfit("must be the id of an item of this session, or 0", f"log[{place}].entry.id")
