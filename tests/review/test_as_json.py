"""The JSON that other programs read: keys, their order, and the figures in them."""

import json
from dataclasses import replace

from greenroom.review import as_json
from greenroom.types import Session
from review.sample import CONFLICT, HITS, SESSION, SUMMARIES

SESSION_KEYS = ["id", "kind", "status", "pack", "company", "role", "started_at", "ended_at"]
TURN_KEYS = [
    *("id", "number", "part", "phase", "take", "follow_up_of", "prompt_id", "prompt", "status"),
    *("audio", "model", "transcript", "transcript_is", "words", "timing", "fillers"),
    *("original", "audio_removed_at"),
]
ITEM_KEYS = ["id", "kind", "name", "text", "happy", "starred", "turn", "at_s", "parent"]


def test_a_session_has_the_keys_of_the_contract_in_their_order() -> None:
    whole = as_json.session(SESSION)

    assert list(whole) == ["session", "turns", "items", "ratings", "outcome"]
    assert whole["session"] == {
        "id": 3,
        "kind": "practice",
        "status": "finished",
        "pack": "general",
        "company": "Initech",
        "role": "Platform engineer",
        "started_at": "2026-01-31T18:04:05+01:00",
        "ended_at": "2026-01-31T18:20:00+01:00",
    }
    assert list(whole["session"]) == SESSION_KEYS
    assert list(whole["turns"][0]) == TURN_KEYS
    assert list(whole["items"][0]) == ITEM_KEYS
    assert whole["ratings"] == [{"phase": "first", "name": "gut", "value": 6}]
    assert whole["outcome"] == {"value": "next-round", "on": "2026-02-03"}


def test_an_answered_turn_carries_its_words_timing_and_fillers() -> None:
    turn = as_json.session(SESSION)["turns"][0]

    assert turn["words"][0] == {"text": "So,", "start_s": 2.1, "end_s": 2.4, "probability": 0.9}
    assert turn["timing"] == {
        "thinking_s": 2.1,
        "answer_s": 84.04,
        "speaking_s": 71.3,
        "longest_pause_s": 2.4,
        "words_per_minute": 142,
    }
    assert list(turn["timing"]) == (
        ["thinking_s", "answer_s", "speaking_s", "longest_pause_s", "words_per_minute"]
    )
    assert turn["fillers"] == {"count": 2, "per_minute": 1.428, "by_word": {"uh": 1, "um": 1}}
    assert {key: turn[key] for key in ("id", "number", "take", "status", "model", "transcript_is")} == {
        "id": 31,
        "number": 1,
        "take": 1,
        "status": "answered",
        "model": "tiny.en",
        "transcript_is": "final",
    }


def test_what_is_not_there_is_null_and_never_left_out() -> None:
    skipped = as_json.session(SESSION)["turns"][1]

    assert skipped["words"] == []
    missing = ("phase", "follow_up_of", "audio", "model", "transcript", "transcript_is", "timing", "fillers")
    assert [skipped[key] for key in missing] == [None] * len(missing)
    bare = as_json.session(Session(1, "debrief", "running", "2026-01-31T18:04:05+01:00"))
    assert bare["outcome"] is None
    assert (bare["turns"], bare["items"], bare["ratings"]) == ([], [], [])


def test_an_item_points_at_its_turn_and_parent() -> None:
    items = as_json.session(SESSION)["items"]

    assert items[0] == {
        "id": 1,
        "kind": "wrong",
        "name": None,
        "text": "I forgot the numbers.",
        "happy": None,
        "starred": True,
        "turn": 4,
        "at_s": 63.9,
        "parent": None,
    }
    assert items[1]["parent"] == 1
    assert items[4]["happy"] is False


def test_the_list_has_one_object_a_session() -> None:
    assert as_json.sessions(SUMMARIES)[1] == {
        "id": 2,
        "kind": "debrief",
        "status": "interrupted",
        "pack": None,
        "company": None,
        "role": None,
        "started_at": "2026-01-29T09:30:00+01:00",
        "ended_at": None,
        "turns": 1,
        "answered": 0,
        "speaking_s": 0.0,
    }


def test_a_hit_names_its_moment_and_where_its_matches_are() -> None:
    hit, note = as_json.hits(HITS)

    assert hit["moment"] == "3.1@0:04"
    assert hit["snippet"] == "…about the migration. Uh, I asked for the rollback plan first."
    assert [hit["snippet"][start:end] for start, end in hit["matches"]] == ["migration", "rollback"]
    assert (note["moment"], note["turn"], note["at_s"], note["prompt"]) == ("2", None, None, None)


def test_the_text_goes_out_whole_and_can_do_nothing_to_a_terminal() -> None:
    words = "\x1b[31m面接\x9b2J\u202e\ud83d"
    text = as_json.dumped(as_json.session(replace(SESSION, turns=(replace(CONFLICT, transcript=words),))))

    assert text.isascii()
    assert "\x1b" not in text
    assert json.loads(text)["turns"][0]["transcript"] == words
