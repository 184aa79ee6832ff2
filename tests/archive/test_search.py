"""Search finds what was said, and the moment it was said; whatever is typed is safe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.archive import MARK_END, MARK_START, Archive, Hit, Within
from greenroom.archive.query import MAX_WORDS, fts_query
from greenroom.errors import GreenroomError
from greenroom.types import Item, SessionKind, Transcript, Turn, Word

STARTED = "2026-01-31T18:04:05+01:00"
PROMPT = "Tell me about a conflict."


@pytest.fixture
def filled(archive: Archive, answer: Callable[..., Turn]) -> Archive:
    """Two answers and two items."""
    archive.start_session("practice", started_at=STARTED)
    answer(1, "We moved a database, and the migration rollback failed.", PROMPT)
    answer(1, "I don't panic. The naïve plan was to roll the database back.", "Why this company?")
    archive.keep_item(1, Item("feeling", "Panic before the panel."))
    archive.keep_item(1, Item("question", "How do you roll back?", turn=2, at_s=3.5))
    return archive


def places(archive: Archive, words: str) -> list[tuple[str, int | None, float | None]]:
    return sorted(((hit.kind, hit.turn, hit.at_s) for hit in archive.search(words)), key=str)


def test_a_hit_has_the_moment_and_the_words_marked(filled: Archive) -> None:
    assert filled.search("rollback migration") == [
        Hit(
            session_id=1,
            turn=1,
            at_s=7.0,
            kind="answer",
            snippet="We moved a database, and the ⟦migration⟧ ⟦rollback⟧ failed.",
            started_at=STARTED,
            prompt=PROMPT,
        )
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("company", [("question", 2, None)]),
        ("panic", [("answer", 2, 3.0), ("item", None, None)]),
        ("roll back", [("answer", 2, 9.0), ("item", 2, 3.5)]),
        ('"roll back"', [("item", 2, 3.5)]),
        ('"the database"', [("answer", 2, 10.0)]),
        ("migrat*", [("answer", 1, 7.0)]),
        ("migrat", []),
        ('"migration roll"*', [("answer", 1, 7.0)]),
        ('"migration roll*"', [("answer", 1, 7.0)]),
        ('"rollback migr*"', []),
        ("NAIVE", [("answer", 2, 5.0)]),
        ("don't", [("answer", 2, 2.0)]),
        ("conflict rollback", [("answer", 1, 8.0)]),
        ("database", [("answer", 1, 4.0), ("answer", 2, 11.0)]),
        ("database NOT rollback", []),
        ("prompt:conflict", []),
        ("database)", [("answer", 1, 4.0), ("answer", 2, 11.0)]),
        ('"migration rollback', [("answer", 1, 7.0)]),
        ("“the database”", [("answer", 2, 10.0)]),
        ("-database ^ + *", [("answer", 1, 4.0), ("answer", 2, 11.0)]),
        ("data\0base", []),
    ],
)
def test_what_is_found(
    filled: Archive, words: str, found: list[tuple[str, int | None, float | None]]
) -> None:
    assert places(filled, words) == found


def test_words_said_count_more_than_words_asked_and_newer_comes_first(
    archive: Archive, answer: Callable[..., Turn]
) -> None:
    archive.start_session("practice")
    answer(1, "I listened to both sides of it at length.", PROMPT)
    answer(1, "There was a conflict with the deadline then.", "What else went wrong there?")
    archive.start_session("practice")
    answer(2, "I listened to both sides of it at length.", PROMPT)
    hits = archive.search("conflict")
    assert [(hit.session_id, hit.turn, hit.kind) for hit in hits] == [
        (1, 2, "answer"),
        (2, 1, "question"),
        (1, 1, "question"),
    ]
    assert archive.search("conflict", limit=1) == hits[:1]
    assert archive.search("conflict", limit=0) == []
    assert archive.search("conflict", limit=10**20) == hits


def test_of_many_places_alike_the_newest_are_kept(archive: Archive, answer: Callable[..., Turn]) -> None:
    for session in range(1, 6):
        archive.start_session("practice")
        answer(session, "There was a conflict.")
    assert [hit.session_id for hit in archive.search("conflict", limit=3)] == [5, 4, 3]


def test_speech_without_a_full_stop_is_cut_to_the_place(
    archive: Archive, answer: Callable[..., Turn]
) -> None:
    archive.start_session("practice")
    answer(1, " ".join([*["well"] * 200, "rollback", *["then"] * 200]))
    (hit,) = archive.search("rollback")
    assert hit.at_s == 201.0
    assert f"{MARK_START}rollback{MARK_END}" in hit.snippet
    assert (hit.snippet[0], hit.snippet[-1]) == ("…", "…")
    assert len(hit.snippet.split()) <= 40


def test_the_sentence_is_shown_that_holds_most_of_it_with_its_moment(
    archive: Archive, answer: Callable[..., Turn]
) -> None:
    archive.start_session("practice")
    answer(1, "The plan was mine. We had a rollback plan for the migration. The rollback was quick.")
    (hit,) = archive.search("plan rollback migration")
    assert hit.snippet == "We had a ⟦rollback⟧ ⟦plan⟧ for the ⟦migration⟧."
    assert hit.at_s == 8.0


def test_words_that_are_apart_are_shown_in_two_sentences(
    archive: Archive, answer: Callable[..., Turn]
) -> None:
    archive.start_session("practice")
    answer(1, "The plan was mine. It took us a week. The migration went well.")
    answer(1, "The plan was mine. The migration went well.")
    assert [(hit.snippet, hit.at_s) for hit in archive.search("migration plan")] == [
        ("The ⟦plan⟧ was mine. The ⟦migration⟧ went well.", 2.0),
        ("The ⟦plan⟧ was mine. … The ⟦migration⟧ went well.", 2.0),
    ]


def test_the_moment_of_a_corrected_answer_is_that_of_the_corrected_word(
    archive: Archive, answer: Callable[..., Turn]
) -> None:
    archive.start_session("practice")
    turn = answer(1, "We used cue burn at ease. It worked.")
    words = tuple(
        Word(text, start_s, start_s + 0.4, 0.9)
        for text, start_s in (("We", 1.0), ("used", 2.0), ("Kubernetes.", 3.0), ("It", 7.0), ("worked.", 8.0))
    )
    archive.correct(turn.id, "We used Kubernetes. It worked.", words, timing=None, fillers=None)
    assert archive.search("cue") == []
    (hit,) = archive.search("kubernetes worked")
    assert (hit.snippet, hit.at_s) == ("We used ⟦Kubernetes⟧. It ⟦worked⟧.", 3.0)
    (hit,) = archive.search("worked")
    assert hit.at_s == 8.0
    archive.correct(turn.id, "We used Docker.", (), timing=None, fillers=None)
    (hit,) = archive.search("docker")
    assert hit.at_s is None


def test_each_take_of_a_question_has_its_own_moment(archive: Archive) -> None:
    archive.start_session("practice")
    for take, start_s in ((1, 4.0), (2, 9.0)):
        turn = archive.start_turn(1, part="interview", prompt_id="q", prompt=PROMPT, take=take)
        said = Transcript("Deadlines.", (Word("Deadlines.", start_s, start_s + 0.5, 0.9),), "base", "final")
        archive.store_transcript(turn.id, said, timing=None, fillers=None, status="answered")
    assert [(hit.turn, hit.at_s) for hit in archive.search("deadlines")] == [(2, 9.0), (1, 4.0)]


def test_a_hit_tells_whether_there_is_a_recording_to_play(
    archive: Archive, answer: Callable[..., Turn]
) -> None:
    archive.start_session("practice")
    turn = answer(1, "The deadline was mine.")
    archive.keep_item(1, Item("right", "Kept the deadline.", turn=1, at_s=1.0))
    archive.keep_item(1, Item("wrong", "Forgot the deadline."))
    archive.add_feedback(1, None, "You met the deadline.", None, STARTED)
    assert {hit.has_sound for hit in archive.search("deadline")} == {False}
    archive.store_audio(turn.id, "audio/1/01.flac")
    assert {(hit.kind, hit.turn): hit.has_sound for hit in archive.search("deadline")} == {
        ("answer", 1): True,
        ("item", 1): True,
        ("item", None): False,
        ("feedback", None): False,
    }


def test_a_phrase_that_goes_on_in_the_next_sentence_is_shown_whole(
    archive: Archive, answer: Callable[..., Turn]
) -> None:
    archive.start_session("practice")
    answer(1, "First I asked them. Then I listened to all of it.")
    (hit,) = archive.search('"them then"')
    assert (hit.snippet, hit.at_s) == ("First I asked ⟦them. Then⟧ I listened to all of it.", 4.0)


def test_the_index_follows_a_corrected_transcript(archive: Archive, answer: Callable[..., Turn]) -> None:
    archive.start_session("practice")
    turn = answer(1, "the first wording")
    archive.store_transcript(
        turn.id,
        Transcript("the second one", (), "base", "final"),
        timing=None,
        fillers=None,
        status="answered",
    )
    assert archive.search("wording") == []
    (hit,) = archive.search("second")
    assert (hit.kind, hit.at_s) == ("answer", None)


@pytest.mark.parametrize("words", ["", "  ", '"', '""', "*", "* - ( ) :", "___", "\0", "\ud800"])
def test_an_input_without_a_word_gets_a_remedy(archive: Archive, words: str) -> None:
    with pytest.raises(GreenroomError, match="no word to search for") as caught:
        archive.search(words)
    assert "greenroom search" in caught.value.remedy


def test_too_many_words_get_a_remedy(archive: Archive) -> None:
    assert archive.search("word " * MAX_WORDS) == []
    with pytest.raises(GreenroomError, match=r"65 words; a search takes at most 64\."):
        archive.search("word " * (MAX_WORDS + 1))


@pytest.fixture(scope="module")
def searchable(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive.open(tmp_path_factory.mktemp("searchable"))
    archive.start_session("practice")
    archive.keep_item(1, Item("right", "a b c ⟦ AND NOT NEAR"))
    return archive


anything = st.text() | st.text(alphabet="ab\"*()^:+-{}[],.\\'\0 \n⟦⟧é\ud800", max_size=60)
syntax = st.lists(
    st.sampled_from(["AND", "OR", "NOT", "NEAR(", ")", '"', "*", "^", "a", "text:", "{b}"])
).map(" ".join)


withins = st.builds(
    Within,
    st.none() | st.dates(),
    st.sampled_from([None, "practice", "debrief", "import"]),
    st.none() | anything,
)


@given(words=anything | syntax, within=st.just(Within()) | withins)
def test_no_input_raises_anything_but_the_one_error(searchable: Archive, words: str, within: Within) -> None:
    try:
        hits = searchable.search(words, within=within)
    except GreenroomError as error:
        assert "FTS" not in error.message.upper()
        assert "could not do that" not in error.message
    else:
        assert len(hits) <= 1


def test_the_query_is_always_in_quotes() -> None:
    assert fts_query('NEAR(a b*) "two words" "begin"* x"y') == '"NEAR(a" "b*)" "two words" "begin"* "x" "y"'


def test_an_item_has_the_prompt_of_its_turn_if_any(filled: Archive) -> None:
    assert {hit.turn: hit.prompt for hit in filled.search("panel") + filled.search('"do you"')} == {
        None: None,
        2: "Why this company?",
    }


def test_what_was_noted_as_it_was_said_is_found_once(archive: Archive, answer: Callable[..., Turn]) -> None:
    archive.start_session("debrief", started_at=STARTED)
    answer(1, "Why did you leave?", "Which questions did they ask?")
    archive.keep_item(1, Item("question", "Why did you leave", turn=1))
    archive.keep_item(1, Item("wrong", "I did not say why I had to leave.", turn=1))
    assert [(hit.kind, hit.turn) for hit in archive.search("leave")] == [("answer", 1), ("item", 1)]


def test_what_others_said_is_found_by_its_words_and_by_who_said_it(archive: Archive) -> None:
    archive.start_session("debrief", started_at=STARTED)
    archive.add_feedback(1, "Peter", "You looked calm the whole time.", "nerves", "2026-02-02T10:00:00+01:00")
    archive.add_feedback(
        1, None, "They liked the calm way you asked back.", None, "2026-02-03T10:00:00+01:00"
    )
    assert archive.search("looked calm") == [
        Hit(
            session_id=1,
            turn=None,
            at_s=None,
            kind="feedback",
            snippet="Peter: You ⟦looked⟧ ⟦calm⟧ the whole time.",
            started_at=STARTED,
            prompt=None,
        )
    ]
    assert [hit.snippet for hit in archive.search("peter")] == ["⟦Peter⟧: You looked calm the whole time."]
    assert len(archive.search("calm")) == 2


def test_what_others_said_leaves_the_index_with_its_session(archive: Archive) -> None:
    archive.start_session("debrief", started_at=STARTED)
    archive.add_feedback(1, "Peter", "You looked calm.", None, "2026-02-02T10:00:00+01:00")
    archive.delete(1)
    assert archive.search("calm") == []


@pytest.fixture
def three(archive: Archive, answer: Callable[..., Turn]) -> Archive:
    """The same word in a rehearsal, a debrief and an import, two of them with a company."""
    rows: list[tuple[SessionKind, str, str | None]] = [
        ("practice", "2026-01-31T23:59:00-08:00", "Acme Corporation"),
        ("debrief", "2026-02-01T09:00:00+01:00", "Initech"),
        ("import", "2026-02-03T09:00:00+01:00", None),
    ]
    for number, (kind, started_at, company) in enumerate(rows, 1):
        archive.start_session(kind, company=company, started_at=started_at)
        answer(number, "The deadline was mine.")
        archive.keep_item(number, Item("right", "Told them of the deadline early."))
        archive.add_feedback(number, None, "You met the deadline.", None, started_at)
    return archive


@pytest.mark.parametrize(
    ("within", "sessions"),
    [
        (Within(), {1, 2, 3}),
        # A day is the one where the person was, whatever day it was elsewhere.
        (Within(since=date(2026, 2, 1)), {2, 3}),
        (Within(since=date(2026, 1, 31)), {1, 2, 3}),
        (Within(since=date(2026, 2, 4)), set()),
        (Within(kind="debrief"), {2}),
        (Within(company="acme"), {1}),
        (Within(company="  ACME  corp"), {1}),
        (Within(kind="practice", company="initech"), set()),
        (Within(since=date(2026, 2, 1), kind="debrief", company="Initech"), {2}),
    ],
)
def test_only_the_sessions_asked_for_are_searched(three: Archive, within: Within, sessions: set[int]) -> None:
    hits = three.search("deadline", within=within)
    assert sorted((hit.session_id, hit.kind) for hit in hits) == sorted(
        (session, kind) for session in sessions for kind in ("answer", "feedback", "item")
    )


def test_the_best_are_chosen_among_the_sessions_asked_for(three: Archive) -> None:
    assert {hit.session_id for hit in three.search("deadline", limit=1, within=Within(kind="practice"))} == {
        1
    }


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("Inittech", "Did you mean Initech?"),
        ("Umbrella", "greenroom list shows whom each session is with."),
        (" ", "greenroom list shows whom each session is with."),
    ],
)
def test_a_company_that_no_session_is_with_is_told(three: Archive, name: str, remedy: str) -> None:
    with pytest.raises(GreenroomError) as caught:
        three.search("deadline", within=Within(company=name))
    assert caught.value.message == f"No session is with “{name}”."
    assert caught.value.remedy == remedy
