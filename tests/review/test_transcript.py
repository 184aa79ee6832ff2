"""Fillers and long pauses are marked, and only where they were."""

from dataclasses import replace

from greenroom.review.page import text_of
from greenroom.review.transcript import marked, paragraphs
from greenroom.types import Timing, Turn
from review.sample import CONFLICT, spoken


def in_plain(turn: Turn) -> str:
    return text_of(tuple(marked(turn, plain=True))).replace("\u00a0", " ").strip()


def test_fillers_and_long_pauses_are_marked_in_words() -> None:
    assert in_plain(CONFLICT) == (
        "So, (um), we disagreed about the migration. (pause 2.2 s) (Uh), I asked for the rollback plan first."
    )


def test_on_a_terminal_a_filler_has_a_meaning_and_no_brackets() -> None:
    pieces = marked(CONFLICT, plain=False)

    assert [piece.text for piece in pieces if piece.meaning == "filler"] == ["um", "Uh"]
    assert [piece.text.replace("\u00a0", " ") for piece in pieces if piece.meaning == "pause"] == [
        "(pause 2.2 s)"
    ]


def test_no_pause_is_shown_longer_than_the_longest_that_was_heard() -> None:
    timing = Timing(2.1, 84.0, 71.3, 1.6, 142.0)

    assert "(pause 1.6 s)" in in_plain(replace(CONFLICT, timing=timing))
    assert "pause" not in in_plain(replace(CONFLICT, timing=replace(timing, longest_pause_s=0.9)))


def test_a_corrected_transcript_keeps_its_words_and_loses_its_pauses() -> None:
    turn = replace(CONFLICT, transcript="So, um, we agreed about the migration.")

    assert in_plain(turn) == "So, (um), we agreed about the migration."


def test_words_that_break_elsewhere_than_the_text_still_time_it() -> None:
    turn = replace(
        CONFLICT,
        transcript="Mm-hmm, yes.",
        words=spoken((" Mm", 0.0, 0.2), ("-hmm,", 0.2, 0.5), (" yes.", 2.4, 2.8)),
    )

    assert in_plain(turn) == "Mm-hmm, (pause 1.9 s) yes."


def test_an_answer_without_words_says_so() -> None:
    assert in_plain(replace(CONFLICT, transcript=None)) == "(no words)"
    assert in_plain(replace(CONFLICT, transcript=" \x1b[2J ")) == "(no words)"


def long_answer(seconds: int, *, sentences: bool = True) -> Turn:
    """A word a second; every tenth ends a sentence."""
    said = [f"word{at}{'.' if sentences and at % 10 == 9 else ''}" for at in range(seconds)]
    timed = spoken(*((text, float(at), at + 0.9) for at, text in enumerate(said)))
    return replace(CONFLICT, transcript=" ".join(said), words=timed, timing=None, fillers=None)


def test_a_long_answer_is_set_in_paragraphs_that_begin_with_a_sentence() -> None:
    found = paragraphs(long_answer(200), plain=True)

    assert [at_s for at_s, _ in found] == [None, 60.0, 120.0, 180.0]
    assert text_of(tuple(found[1][1])).startswith("word60 word61 ")
    assert sum(len(text_of(tuple(pieces)).split()) for _, pieces in found) == 200


def test_without_sentences_a_paragraph_ends_all_the_same() -> None:
    assert [at_s for at_s, _ in paragraphs(long_answer(300, sentences=False), plain=True)] == [
        None,
        120.0,
        240.0,
    ]


def test_an_answer_under_two_minutes_and_one_without_times_are_in_one_piece() -> None:
    assert [at_s for at_s, _ in paragraphs(long_answer(119), plain=True)] == [None]
    assert [at_s for at_s, _ in paragraphs(replace(long_answer(300), words=()), plain=True)] == [None]
    assert len(marked(long_answer(300), plain=True)) == 300
