"""Search finds what was said, and the moment it was said; whatever is typed is safe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.archive import MARK_END, MARK_START, Archive, Hit
from greenroom.archive.search import MAX_WORDS, first_match_s, fts_query
from greenroom.errors import GreenroomError
from greenroom.types import Item, Transcript, Turn, Word

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
        ("NAIVE", [("answer", 2, 5.0)]),
        ("don't", [("answer", 2, 2.0)]),
        ("conflict rollback", [("answer", 1, 8.0)]),
        ("database", [("answer", 1, 4.0), ("answer", 2, 11.0)]),
        ("database NOT rollback", []),
        ("prompt:conflict", []),
        ("database)", [("answer", 1, 4.0), ("answer", 2, 11.0)]),
        ('"migration rollback', [("answer", 1, 7.0)]),
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


def test_a_long_answer_is_cut_to_the_place(archive: Archive, answer: Callable[..., Turn]) -> None:
    archive.start_session("practice")
    answer(1, " ".join([*["well"] * 200, "rollback", *["then"] * 200]))
    (hit,) = archive.search("rollback")
    assert hit.at_s == 201.0
    assert f"{MARK_START}rollback{MARK_END}" in hit.snippet
    assert hit.snippet.startswith("…")
    assert len(hit.snippet.split()) <= 25


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


@given(words=anything | syntax)
def test_no_input_raises_anything_but_the_one_error(searchable: Archive, words: str) -> None:
    try:
        hits = searchable.search(words)
    except GreenroomError as error:
        assert "FTS" not in error.message.upper()
        assert "could not do that" not in error.message
    else:
        assert len(hits) <= 1


def test_the_query_is_always_in_quotes() -> None:
    assert fts_query('NEAR(a b*) "two words" "begin"* x"y') == '"NEAR(a" "b*)" "two words" "begin"* "x" "y"'


def test_the_moment_is_found_though_the_words_do_not_spell_the_transcript() -> None:
    words = [Word(" So,", 1.0, 1.2, 0.9), Word("gone", 1.5, 1.6, 0.9), Word("so", 2.0, 2.2, 0.9)]
    assert first_match_s("So, I said ⟦so⟧.", words) == 2.0
    assert first_match_s("⟦So⟧, I said so.", words) == 1.0
    assert first_match_s("So, I said so ⟦there⟧.", words) is None
    assert first_match_s("⟦So⟧", []) is None


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
