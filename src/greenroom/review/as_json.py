"""The review as JSON: the structures of `show --json`, `list --json` and `search --json`.

Seconds and probabilities are rounded to a thousandth, the pace to a whole word: what lies below is noise.
The text goes out as it is stored, escaped to ASCII, so that printing it can do nothing to a terminal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from greenroom.archive import MARK_END, MARK_START, Hit, SessionSummary
from greenroom.review import figures
from greenroom.types import Feedback, Fillers, Item, Session, Timing, Turn, Word

Json = dict[str, Any]


def dumped(value: object) -> str:
    """Indented JSON text, ASCII only, ending with a line break."""
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def session(whole: Session) -> Json:
    """`show ID --json`."""
    return {
        "session": {
            "id": whole.id,
            "kind": whole.kind,
            "status": whole.status,
            "pack": whole.pack,
            "company": whole.company,
            "role": whole.role,
            "started_at": whole.started_at,
            "ended_at": whole.ended_at,
        },
        "turns": [_turn(turn) for turn in whole.turns],
        "items": [_item(item) for item in whole.items],
        "ratings": [_picked(rating, "phase", "name", "value") for rating in whole.ratings],
        "outcome": _picked(whole.outcome, "value", "on") if whole.outcome else None,
    }


def sessions(summaries: Sequence[SessionSummary]) -> list[Json]:
    """`list --json`: the latest session first, as it comes."""
    return [
        {
            "id": summary.id,
            "kind": summary.kind,
            "status": summary.status,
            "pack": summary.pack,
            "company": summary.company,
            "role": summary.role,
            "started_at": summary.started_at,
            "ended_at": summary.ended_at,
            "turns": summary.turns,
            "answered": summary.answered,
            "speaking_s": rounded(summary.speaking_s),
        }
        for summary in summaries
    ]


def hits(found: Sequence[Hit]) -> list[Json]:
    """`search --json`: best first, as it comes.

    `moment` is what `play` takes. `matches` are the places of the matches in `snippet`, each as start and
    end in characters, end exclusive.
    """
    return [_hit(hit) for hit in found]


def feedback(said: Sequence[Feedback]) -> list[Json]:
    """`feedback ID --json`: in the order in which it was stored."""
    return [
        {"id": one.id, "who": one.who, "topic": one.topic, "text": one.text, "at": one.at} for one in said
    ]


def _turn(turn: Turn) -> Json:
    return {
        "id": turn.id,
        "number": turn.number,
        "part": turn.part,
        "phase": turn.phase,
        "take": turn.take,
        "follow_up_of": turn.follow_up_of,
        "prompt_id": turn.prompt_id,
        "prompt": turn.prompt,
        "status": turn.status,
        "audio": turn.audio,
        "model": turn.model,
        "transcript": turn.transcript,
        "transcript_is": turn.transcript_is,
        "words": [_word(word) for word in turn.words],
        "timing": _timing(turn.timing) if turn.timing else None,
        "fillers": _fillers(turn.fillers) if turn.fillers else None,
        "original": turn.original,
        "audio_removed_at": turn.audio_removed_at,
    }


def _word(word: Word) -> Json:
    return {
        "text": word.text,
        "start_s": rounded(word.start_s),
        "end_s": rounded(word.end_s),
        "probability": rounded(word.probability),
    }


def _timing(timing: Timing) -> Json:
    pace = timing.words_per_minute
    return {
        "thinking_s": rounded(timing.thinking_s),
        "answer_s": rounded(timing.answer_s),
        "speaking_s": rounded(timing.speaking_s),
        "longest_pause_s": rounded(timing.longest_pause_s),
        "words_per_minute": None if pace is None else round(pace),
    }


def _fillers(fillers: Fillers) -> Json:
    return {
        "count": fillers.count,
        "per_minute": rounded(fillers.per_minute),
        "by_word": dict(fillers.by_word),
    }


def _item(item: Item) -> Json:
    return {
        "id": item.id,
        "kind": item.kind,
        "name": item.name,
        "text": item.text,
        "happy": item.happy,
        "starred": item.starred,
        "turn": item.turn,
        "at_s": rounded(item.at_s),
        "parent": item.parent,
    }


def _hit(hit: Hit) -> Json:
    text = ""
    matches: list[list[int]] = []
    for place, part in enumerate(hit.snippet.split(MARK_START)):
        matched, closed, rest = part.partition(MARK_END)
        if place and closed:
            matches.append([len(text), len(text) + len(matched)])
        text += matched + rest
    return {
        "moment": figures.moment(hit.session_id, hit.turn, hit.at_s),
        "session": hit.session_id,
        "turn": hit.turn,
        "at_s": rounded(hit.at_s),
        "kind": hit.kind,
        "started_at": hit.started_at,
        "prompt": hit.prompt,
        "snippet": text,
        "matches": matches,
        "likeness": rounded(hit.likeness),
    }


def _picked(row: Mapping[str, Any], *keys: str) -> Json:
    return {key: row.get(key) for key in keys}


def rounded(value: float | None) -> float | None:
    """A measure as JSON tells it: to a thousandth, None when there is none."""
    return None if value is None else round(value, 3)
