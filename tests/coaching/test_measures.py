"""All measures of one answer, on whatever is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coaching.said import lexicon, spoken, typed
from greenroom.coaching.measures import Measures, Relevance, Voices, measure
from greenroom.coaching.timing import timing_of_spans
from greenroom.types import Answer, Span, Word


def test_nothing_said_is_nothing_measured() -> None:
    found = typed("")
    assert (found.words, found.star, found.relevance, found.pauses, found.fillers) == (
        0,
        None,
        None,
        None,
        None,
    )
    assert (found.voices, found.numbers, found.outcomes) == (Voices(0, 0), (), ())


def test_hesitations_and_lone_dashes_are_no_words() -> None:
    assert typed("Um, I - uh - called them.").words == 3


def test_a_word_with_a_hyphen_is_one_word() -> None:
    assert typed("A well-known man.").words == 3


SAID = ("I", "guess", "pause", "maybe")


def test_words_of_a_command_are_no_part_of_the_answer() -> None:
    words = tuple(Word(text, at_s, at_s + 0.5, 0.9) for at_s, text in enumerate(SAID))
    voiced = (Span(0, 1.5), Span(2, 2.5), Span(3, 3.5))
    answer = Answer("", " ".join(SAID), words, voiced, left_out=(Span(2, 2.5),))
    found = measure(answer, lexicon())
    assert found.words == 3
    assert [(one.text, one.place) for one in found.hedges.found] == [("I guess", 0), ("maybe", 3)]


def test_the_places_are_those_of_the_words_of_the_answer() -> None:
    text = "Um, so - uh - I guess we called."
    assert [one.place for one in spoken(text).hedges.found] == [text.split().index("I")]


def test_curly_apostrophes_are_apostrophes() -> None:
    assert typed("I’m glad that I’d come.").voices == Voices(i=2, we=0)


def test_a_typed_and_a_spoken_answer_say_the_same() -> None:
    text = "So, last year I, um, I called forty people. I guess, in the end, we shipped."
    one, other = typed(text), spoken(text)
    for name in ("hedges", "openers", "repeats", "restarts"):
        assert getattr(one, name).by_phrase == getattr(other, name).by_phrase
    assert (one.words, one.voices) == (other.words, other.voices)


PIECES = (
    "I we the a um uh, I, I- - — … so So, okay kind of what think just in in. forty 40% two hundred and half "
    "third last year. my job was called shipped as result end had to that that. 'x' “No”, re-do, 1st é "
    "2019 . , ? sorry meant which cut by one One like, since. nobody noticed"
)
WORDS = st.lists(st.sampled_from(PIECES.split(" ")) | st.text(max_size=6), max_size=60)


def in_place(found: Measures, count: int) -> None:
    every = [*found.numbers, *found.outcomes]
    for counted in (found.hedges, found.openers, found.repeats, found.restarts):
        assert counted.count == len(counted.found) == sum(counted.by_phrase.values())
        every += counted.found
    for part in found.star.parts if found.star else ():
        assert 0 <= part.share <= 1
        assert part.rests_on
        every += part.rests_on
    assert all(0 <= one.place < count for one in every)
    if found.star:
        assert sum(part.share for part in found.star.parts) <= 1 + 1e-9
        assert {part.name for part in found.star.parts} | set(found.star.missing) == {
            *("situation", "task", "action", "result")
        }
        assert not {part.name for part in found.star.parts} & set(found.star.missing)
    assert 0 <= found.words <= count
    if isinstance(found.relevance, Relevance):
        assert set(found.relevance.met) <= set(found.relevance.asked)


@settings(max_examples=50)
@given(WORDS, st.text(max_size=40))
def test_whatever_is_typed_is_measured(texts: list[str], question: str) -> None:
    text = " ".join(texts)
    in_place(measure(Answer(question, text), lexicon()), len(text.split()))


SECONDS = st.floats(0, 200, allow_nan=False)
SPANS = st.lists(st.builds(Span, SECONDS, SECONDS), max_size=6).map(tuple)


@settings(max_examples=50)
@given(WORDS, SPANS, SPANS, st.lists(st.tuples(SECONDS, SECONDS), min_size=60, max_size=60))
def test_whatever_is_spoken_is_measured(
    texts: list[str], voiced: tuple[Span, ...], left_out: tuple[Span, ...], times: list[tuple[float, float]]
) -> None:
    words = tuple(Word(text, *at, 0.5) for text, at in zip(texts, times, strict=False))
    answer = Answer(
        "What of it?",
        " ".join(texts),
        words,
        voiced,
        left_out,
        timing_of_spans(voiced, 0, len(words), left_out),
    )
    found = measure(answer, lexicon())
    in_place(found, max(len(words), len(answer.text.split())))
    if found.pauses:
        assert 0 <= found.pauses.share <= 1
        assert found.timing
        assert found.pauses.longest_s <= found.timing.longest_pause_s
    assert len(found.pace_course) in (0, 3)


@given(st.lists(st.sampled_from(["I", "called", "them", "kind", "of", "shipped"]), min_size=40, max_size=60))
def test_a_hesitation_between_any_two_words_changes_no_count(texts: list[str]) -> None:
    plain, hesitant = typed(" ".join(texts)), typed(" um ".join(texts))
    assert plain.hedges.by_phrase == hesitant.hedges.by_phrase
    assert plain.repeats.by_phrase == hesitant.repeats.by_phrase
    assert [one.text for one in plain.outcomes] == [one.text for one in hesitant.outcomes]


@pytest.mark.parametrize("said", ["Mm-hmm.", "uh huh", "...", "— —", "🙂 🙂"])
def test_what_are_no_words_is_measured_as_well(said: str) -> None:
    assert typed(said).numbers == ()
