"""A corrected text keeps the times of what was heard."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.hearing.correcting import one_line, retimed
from greenroom.types import Span, Word

HEARD = (
    Word("I", 1.0, 1.2, 0.9),
    Word("worked", 1.2, 1.6, 0.9),
    Word("at", 1.6, 1.8, 0.9),
    Word("in", 1.8, 2.0, 0.4),
    Word("it", 2.0, 2.2, 0.4),
    Word("tech.", 2.2, 2.6, 0.5),
    Word("Then", 5.0, 5.4, 0.9),
    Word("I", 5.4, 5.5, 0.9),
    Word("left.", 5.5, 6.0, 0.9),
)


def times(words: tuple[Word, ...]) -> list[tuple[str, float, float]]:
    return [(word.text, word.start_s, word.end_s) for word in words]


def test_the_same_words_keep_their_times_and_how_sure_they_were() -> None:
    assert retimed(HEARD, "I worked at in it tech. Then I left.") == HEARD


def test_one_name_in_place_of_three_words_takes_the_time_of_all_three() -> None:
    words = retimed(HEARD, "I worked at Initech. Then I left.")
    assert times(words)[2:5] == [("at", 1.6, 1.8), ("Initech.", 1.8, 2.6), ("Then", 5.0, 5.4)]
    assert words[3].probability == 1.0
    assert words[4].probability == 0.9


def test_a_word_in_place_of_another_takes_its_time() -> None:
    words = retimed(HEARD, "I worked at in it tech. Then we left.")
    assert times(words)[7] == ("we", 5.4, 5.5)


def test_case_and_marks_alone_change_no_time_and_no_doubt() -> None:
    words = retimed(HEARD, "I worked at in IT, tech! Then I left.")
    assert words[4] == Word("IT,", 2.0, 2.2, 0.4)
    assert words[5] == Word("tech!", 2.2, 2.6, 0.5)


def test_a_word_that_was_overheard_takes_the_sound_nobody_wrote_down() -> None:
    voiced = (Span(1.0, 2.6), Span(3.4, 4.0), Span(5.0, 6.0))
    words = retimed(HEARD, "I worked at in it tech. Acme. Then I left.", voiced)
    assert times(words)[6] == ("Acme.", 3.4, 4.0)


def test_without_such_sound_an_added_word_has_a_moment_and_no_length() -> None:
    words = retimed(HEARD, "I worked at in it tech. Gladly. Then I left.", (Span(1.0, 2.6), Span(5.0, 6.0)))
    assert times(words)[6] == ("Gladly.", 2.6, 2.6)
    assert times(retimed(HEARD, "Well, I worked at in it tech. Then I left."))[0] == ("Well,", 1.0, 1.0)


def test_what_is_taken_out_leaves_the_rest_where_it_was() -> None:
    assert times(retimed(HEARD, "Then I left.")) == times(HEARD)[6:]


def test_more_words_than_before_share_the_time_by_their_letters_and_leave_out_the_pause() -> None:
    heard = (Word("yes", 1.0, 2.0, 0.9), Word("no", 4.0, 5.0, 0.9))
    words = retimed(heard, "aaaa bb bb")
    assert times(words) == [("aaaa", 1.0, 2.0), ("bb", 4.0, 4.5), ("bb", 4.5, 5.0)]


def test_what_was_typed_has_no_times() -> None:
    assert retimed((), "I joined Initech.") == ()


def test_a_text_is_one_line() -> None:
    assert one_line("  I joined\n\n Initech.\t") == "I joined Initech."


_SAID = ("I", "we", "um,", "joined", "left", "Acme", "Acme.", "the", "the", "of", "in", "2019", "Mm", "-hmm")
_TEXT = st.lists(st.sampled_from(_SAID), max_size=30)


@given(_TEXT, _TEXT, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=6))
def test_whatever_is_changed_every_word_has_a_time_and_none_goes_back(
    heard: list[str], said: list[str], speech: list[tuple[int, int]]
) -> None:
    words = tuple(Word(text, float(at), at + 0.5, 0.9) for at, text in enumerate(heard))
    voiced = tuple(Span(float(start), float(start + length)) for start, length in sorted(speech))
    found = retimed(words, " ".join(said), voiced)
    assert [word.text for word in found] == (said if heard else [])
    assert all(word.start_s <= word.end_s for word in found)
    assert [word.start_s for word in found] == sorted(word.start_s for word in found)
    assert all(0.0 <= word.start_s < 1e6 for word in found)
