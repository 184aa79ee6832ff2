"""Commands, open sentences and guesses inside one answer, on exact sounds and a quick ear with a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.hearing.answer import AnswerInProgress, Commanded, Words
from greenroom.hearing.endpoint import Event, Patience
from greenroom.hearing.stretches import StretchRule
from greenroom.types import Pcm
from hearing.fakes import RULE, LoudnessVad, QuickEar, Submitted, rounded, silence, tone

SHORT = StretchRule(least_s=8.0, most_s=15.0)
"""As for base."""


class Pending(Submitted):
    """Stretches whose words never come, so that they can be cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[Words] = []
        self.hurried: list[bool] = []

    def __call__(self, pcm: Pcm, offset_s: float, *, hurried: bool = False) -> Words:
        super().__call__(pcm, offset_s)
        self.hurried.append(hurried)
        self.words.append(Words())
        return self.words[-1]


class Heard:
    """An answer in progress, and all that it has told."""

    def __init__(
        self,
        *texts: str | None,
        patience: Patience | None = None,
        rule: StretchRule = RULE,
        guesses: bool = False,
        hurries: bool = True,
        only_paused: Sequence[str] = (),
    ) -> None:
        self.ear = QuickEar(*texts)
        self.submitted = Pending()
        self.answer = AnswerInProgress(
            LoudnessVad(),
            self.submitted,
            rule,
            patience or Patience(),
            hints=replace(self.ear.hints(), only_paused=frozenset(only_paused)),
            guesses=guesses,
            hurries=hurries,
        )
        self.answer.endpointer.arm(0.0)
        self.events: list[Event | Commanded] = []

    def push(self, *sounds: Pcm) -> Heard:
        self.events += self.answer.push(np.concatenate(sounds))
        return self

    @property
    def told(self) -> list[str]:
        return [one.command if isinstance(one, Commanded) else one.kind.value for one in self.events]

    @property
    def decoded(self) -> list[tuple[float, float]]:
        """What was decoded, and is part of the answer."""
        where = {
            id(words): span for words, span in zip(self.submitted.words, self.submitted.spans, strict=True)
        }
        spans = [where[id(words)] for words in self.answer.stretches]
        return [(round(start_s, 1), round(end_s, 1)) for start_s, end_s in spans]


COMMAND = [tone(1.0), silence(0.7)]


def test_a_command_first_leaves_an_answer_that_has_not_begun() -> None:
    heard = Heard("say it again").push(silence(1.0), *COMMAND)
    assert heard.told == ["speech_started", "speech_paused", "repeat"]
    assert (heard.answer.spans, rounded(heard.answer.left_out)) == ((), [(1.0, 1.9)])
    heard.push(silence(1.0), tone(2.0), silence(2.8))
    assert heard.told[3:] == ["speech_started", "speech_paused", "answer_closed"]
    heard.answer.close()
    assert rounded(heard.answer.spans) == [(3.7, 5.6)]
    assert heard.decoded == [(3.4, 5.9)]


def test_a_command_in_the_middle_is_in_no_span_and_no_stretch() -> None:
    heard = Heard("We quarrelled.", "pause", "And made up.")
    heard.push(tone(2.0), silence(1.0), *COMMAND, silence(0.3), tone(2.0), silence(2.8))
    assert heard.told == [
        *("speech_started", "speech_paused", "speech_resumed", "speech_paused", "pause"),
        *("speech_resumed", "speech_paused", "answer_closed"),
    ]
    heard.answer.close()
    assert rounded(heard.answer.spans) == [(0.0, 1.9), (5.0, 6.9)]
    assert rounded(heard.answer.left_out) == [(3.0, 3.9)]
    assert heard.decoded == [(0.0, 2.2), (4.7, 7.2)]


def test_a_command_at_the_end_leaves_what_was_said_before_it() -> None:
    heard = Heard("We quarrelled.", "that's my answer")
    heard.push(tone(2.0), silence(1.0), *COMMAND)
    assert heard.told[-1] == "done"
    assert heard.decoded == [(0.0, 2.2)]  # at once: nobody waits for the close
    heard.answer.close()
    assert heard.decoded == [(0.0, 2.2)]
    assert rounded(heard.answer.spans) == [(0.0, 1.9)]


def test_a_command_after_a_reopening() -> None:
    heard = Heard("We quarrelled.", "that's my answer")
    heard.push(tone(2.0), silence(2.8))
    heard.answer.close()
    heard.push(*COMMAND)
    assert heard.told[-4:] == ["answer_closed", "answer_reopened", "speech_paused", "done"]
    heard.answer.close()
    assert rounded(heard.answer.spans) == [(0.0, 1.9)]
    assert heard.decoded == [(0.0, 2.2)]


def test_two_commands_in_a_row() -> None:
    heard = Heard("We quarrelled.", "pause", "go on")
    heard.push(tone(2.0), silence(1.0), *COMMAND, *COMMAND)
    assert [one for one in heard.told if one in ("pause", "continue")] == ["pause", "continue"]
    assert rounded(heard.answer.left_out) == [(3.0, 3.9), (4.7, 5.6)]
    assert rounded(heard.answer.spans) == [(0.0, 1.9)]


def test_command_words_inside_a_longer_utterance_are_part_of_it() -> None:
    heard = Heard("we decided to pause").push(tone(2.0), silence(0.7))
    assert heard.told == ["speech_started", "speech_paused"]
    assert (heard.ear.judged, heard.answer.left_out) == (["we decided to pause"], [])


def test_no_utterance_of_more_than_three_seconds_is_a_command() -> None:
    heard = Heard("pause").push(tone(3.4), silence(0.7))
    assert heard.told == ["speech_started", "speech_paused"]


def test_a_breath_of_less_than_half_a_second_does_not_part_an_utterance() -> None:
    """ "I'd say: pause" is not "pause"."""
    heard = Heard("I'd say", "I'd say pause").push(tone(0.5), silence(0.35), tone(0.5), silence(0.7))
    assert heard.told == ["speech_started", "speech_paused"]
    assert heard.ear.judged == ["I'd say pause"]
    assert heard.ear.looks[-1][0] == pytest.approx(0.5 + 0.35 + 0.5 + 0.25, abs=0.06)


def test_a_command_is_heard_whether_or_not_the_stretch_before_it_was_decoded() -> None:
    """A stretch long enough is decoded at its pause; a short one waits, and not for the command."""
    for said_s, decoded in ((9.0, [(0.0, 9.2)]), (5.0, [(0.0, 5.2)])):
        heard = Heard("end", "pause", rule=SHORT).push(tone(said_s), silence(1.0), *COMMAND)
        heard.answer.close()
        assert heard.decoded == decoded


def test_a_known_phrase_is_kept_as_the_words_of_a_short_answer() -> None:
    assert Heard("Yes.").push(tone(0.5), silence(0.7)).answer.short_text == "Yes."
    assert Heard("Shaky.").push(tone(0.5), silence(0.7)).answer.short_text is None


@pytest.mark.parametrize(
    "texts",
    [
        ("We quarrelled.", "Yes."),
        ("We quarrelled.", "Yes.", "pause"),
        ("We.", "No.", "Yes.", "pause", "pause"),
    ],
)
def test_an_answer_of_several_utterances_has_no_short_words(texts: Sequence[str]) -> None:
    """Nor when a command was taken out again: the words of one of them are not all there is."""
    heard = Heard(*texts)
    for _ in texts:
        heard.push(tone(0.5), silence(0.8))
    assert heard.answer.short_text is None


def test_a_command_before_a_short_answer_leaves_its_words() -> None:
    heard = Heard("say it again", "Yes.").push(tone(1.0), silence(0.8), tone(0.5), silence(0.8))
    assert heard.answer.short_text == "Yes."


def test_words_that_are_still_being_made_out_hold_the_patience() -> None:
    heard = Heard(None, patience=Patience(patience_s=1.0))
    heard.push(tone(1.0), silence(1.3))
    assert heard.told[-1] == "speech_paused"
    heard.ear.words[0].set_result("that's my answer")
    heard.push(silence(0.1))
    assert heard.told[-1] == "done"


def test_words_that_do_not_come_hold_it_for_four_seconds_only() -> None:
    heard = Heard(None, patience=Patience(patience_s=1.0))
    heard.push(tone(1.0), silence(4.0))
    assert heard.told[-1] == "speech_paused"
    heard.push(silence(0.4))
    assert heard.told[-1] == "answer_closed"


def test_a_command_that_is_made_out_late_is_obeyed_while_nothing_else_is_said() -> None:
    heard = Heard("We quarrelled.", None, patience=Patience(patience_s=9.0), rule=SHORT, guesses=True)
    heard.push(tone(2.0), silence(1.0), tone(1.0), silence(4.5))
    heard.ear.words[1].set_result("pause")
    heard.push(silence(0.1))
    assert heard.told[-1] == "pause"
    heard.answer.close()
    assert (rounded(heard.answer.spans), heard.decoded) == ([(0.0, 1.9)], [(0.0, 2.2)])


def test_a_command_that_is_made_out_after_the_next_words_is_part_of_the_answer() -> None:
    heard = Heard(None, "And so on.").push(tone(1.0), silence(1.0), tone(1.0))
    assert heard.ear.words[0].cancelled()
    heard.push(silence(1.0))
    assert (heard.answer.left_out, len(heard.answer.spans)) == ([], 2)


def test_a_stretch_is_not_decoded_while_its_last_words_may_be_a_command() -> None:
    heard = Heard(None, rule=SHORT, guesses=True).push(tone(9.0), silence(2.0))
    assert heard.submitted.words == []
    heard.ear.words[0].set_result("and so on")
    heard.push(silence(0.1))
    assert heard.decoded == [(0.0, 9.2)]


def test_a_command_for_a_pause_alone_is_part_of_an_answer() -> None:
    heard = Heard("go on", only_paused=("continue",)).push(tone(1.0), silence(0.7))
    assert heard.told == ["speech_started", "speech_paused"]
    assert heard.answer.short_text == "go on"


def test_an_open_sentence_is_given_more_time() -> None:
    """Two and a half seconds become four."""
    heard = Heard("we quarrelled and").push(tone(1.0), silence(3.7))
    assert heard.told[-1] == "speech_paused"
    heard.push(silence(0.4))
    assert heard.told[-1] == "answer_closed"


def test_more_time_is_given_to_that_pause_only() -> None:
    heard = Heard("we quarrelled and", "made up").push(tone(1.0), silence(3.0), tone(1.0), silence(2.7))
    assert heard.told[-1] == "answer_closed"


def test_patience_that_was_fixed_is_never_stretched() -> None:
    heard = Heard("we quarrelled and", patience=Patience(fixed=True)).push(tone(1.0), silence(2.7))
    assert heard.told[-1] == "answer_closed"


# Whole replies


@pytest.mark.parametrize("text", ["Six.", "Shaky."])
def test_a_reply_that_is_whole_closes_after_seven_tenths_of_a_second(text: str) -> None:
    heard = Heard(text).push(tone(0.6), silence(0.55))
    assert heard.told[-1] == "speech_paused"
    heard.push(silence(0.1))
    assert heard.told[-1] == "answer_closed"


def test_a_reply_that_may_go_on_keeps_its_patience() -> None:
    heard = Heard("Maybe six.").push(tone(0.6), silence(2.3))
    assert heard.told[-1] == "speech_paused"
    heard.push(silence(0.3))
    assert heard.told[-1] == "answer_closed"


def test_patience_that_was_fixed_is_never_cut_short() -> None:
    heard = Heard("Six.", patience=Patience(fixed=True)).push(tone(0.6), silence(2.3))
    assert heard.told[-1] == "speech_paused"


def test_patience_shorter_than_that_stays() -> None:
    heard = Heard("Six.", patience=Patience(patience_s=0.55)).push(tone(0.6), silence(0.8))
    assert heard.told[-1] == "answer_closed"


def test_a_file_is_heard_to_its_end_and_nothing_in_it_is_hurried() -> None:
    heard = Heard("Six.", hurries=False).push(tone(0.6), silence(2.3))
    assert heard.told[-1] == "speech_paused"


def test_a_whole_reply_after_something_else_keeps_its_patience() -> None:
    heard = Heard("Hm.", "Six.").push(tone(0.6), silence(1.0), tone(0.6), silence(2.3))
    assert heard.told[-1] == "speech_paused"


def test_a_whole_reply_after_a_command_is_all_that_was_said() -> None:
    heard = Heard("say it again", "Six.").push(*COMMAND, silence(0.3), tone(0.6), silence(1.0))
    assert heard.told[-1] == "answer_closed"


def test_a_reply_that_is_made_out_late_closes_when_it_is() -> None:
    heard = Heard(None).push(tone(0.6), silence(1.5))
    assert heard.told[-1] == "speech_paused"
    heard.ear.words[0].set_result("Six.")
    heard.push(silence(0.1))
    assert heard.told[-1] == "answer_closed"


def test_who_goes_on_after_it_reopens_the_answer_and_has_all_the_patience() -> None:
    heard = Heard("Six.", "no, seven").push(tone(0.6), silence(1.0), tone(0.8), silence(2.3))
    assert heard.told == [
        *("speech_started", "speech_paused", "answer_closed"),
        *("answer_reopened", "speech_paused"),
    ]
    assert heard.answer.short_text is None  # both are the answer, and the model writes them down
    heard.push(silence(0.3))
    assert heard.told[-1] == "answer_closed"


def test_before_the_pause_is_one_a_breath_does_not_close_it() -> None:
    """ "Six … or seven": what is said in time is one utterance with what was before."""
    heard = Heard("Six.", "Six or seven.").push(tone(0.4), silence(0.4), tone(0.6), silence(1.0))
    assert heard.told == ["speech_started", "speech_paused"]


# Guesses


def test_the_open_stretch_is_decoded_in_the_pause_and_not_again_at_the_close() -> None:
    heard = Heard(guesses=True).push(tone(2.0), silence(1.0))
    [guess] = heard.submitted.words
    heard.push(silence(2.0))
    heard.answer.close()
    assert heard.answer.stretches == [guess]
    assert len(heard.submitted.words) == 1


def test_a_guess_that_was_wrong_is_dropped() -> None:
    heard = Heard(guesses=True).push(tone(2.0), silence(1.0), tone(1.0), silence(1.0))
    first, second = heard.submitted.words
    assert first.cancelled()
    heard.push(silence(2.0))
    heard.answer.close()
    assert heard.answer.stretches == [second]
    assert heard.decoded == [(0.0, 4.2)]


def test_a_close_before_a_new_guess_does_not_take_the_old_one() -> None:
    heard = Heard(guesses=True).push(tone(2.0), silence(1.0), tone(1.0), silence(0.4))
    heard.answer.close()
    assert heard.decoded == [(0.0, 4.2)]


def test_in_a_short_pause_nothing_is_guessed() -> None:
    heard = Heard(guesses=True).push(tone(2.0), silence(0.4), tone(1.0), silence(0.4))
    assert heard.submitted.words == []


def test_a_guess_asked_for_on_enter_is_the_stretch_that_is_kept() -> None:
    """Also when the stretch is long enough to be cut at its pause: nothing is decoded twice."""
    for said_s in (5.0, 10.0):
        heard = Heard(rule=SHORT).push(tone(said_s), silence(0.3))
        heard.answer.guess()
        heard.push(silence(0.4))
        heard.answer.finish()
        assert heard.submitted.words == heard.answer.stretches


def test_the_last_stretch_is_hurried_where_somebody_waits_and_decoded_again_if_the_answer_goes_on() -> None:
    heard = Heard(rule=SHORT).push(tone(3.0), silence(0.3))
    heard.answer.guess(hurried=True)
    heard.answer.close()
    assert heard.answer.hurried
    assert heard.submitted.hurried == [True]
    heard.push(silence(1.0), tone(2.0), silence(1.0))
    heard.answer.close()
    assert not heard.answer.hurried
    assert heard.submitted.hurried == [True, False, False]
    assert heard.decoded == [(0.0, 3.2), (4.0, 6.5)]


def test_what_was_guessed_in_the_pause_before_enter_was_not_hurried() -> None:
    heard = Heard(rule=SHORT, guesses=True).push(tone(3.0), silence(1.0))
    heard.answer.guess(hurried=True)
    heard.answer.close()
    assert not heard.answer.hurried
    assert heard.submitted.hurried == [False]


def test_what_was_guessed_before_a_command_is_not_decoded_again() -> None:
    heard = Heard("We quarrelled.", "that's my answer", guesses=True)
    heard.push(tone(2.0), silence(1.0), *COMMAND)
    heard.answer.close()
    assert heard.submitted.words == heard.answer.stretches


# Anything at all


PIECES = st.lists(
    st.tuples(
        st.floats(0.2, 9.0), st.floats(0.1, 5.0), st.sampled_from(["words", "pause", "more and", None])
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(pieces=PIECES, guesses=st.booleans(), closes=st.booleans())
def test_what_is_decoded_is_all_that_was_said_but_the_commands(
    pieces: list[tuple[float, float, str | None]], guesses: bool, closes: bool
) -> None:
    """Stretches in order, none overlapping, none over a command, and every span in one of them."""
    heard = Heard(*(text for _, _, text in pieces), guesses=guesses, rule=SHORT)
    for voiced_s, silent_s, _ in pieces:
        heard.push(tone(voiced_s), silence(silent_s))
        if closes and heard.told[-1:] == ["answer_closed"]:
            heard.answer.close()
    heard.events += heard.answer.finish()
    answer = heard.answer
    where = {
        id(words): span for words, span in zip(heard.submitted.words, heard.submitted.spans, strict=True)
    }
    decoded = [where[id(words)] for words in answer.stretches]
    assert len(decoded) == len(set(decoded))
    assert all(before[1] <= after[0] + 1e-3 for before, after in pairwise(decoded))
    for out in answer.left_out:
        assert all(end_s <= out.start_s or start_s >= out.end_s - 1e-3 for start_s, end_s in decoded)
        assert all(span.end_s <= out.start_s or span.start_s >= out.end_s for span in answer.spans)
    for span in answer.spans:
        covered_s = sum(
            max(0.0, min(end_s, span.end_s) - max(start_s, span.start_s)) for start_s, end_s in decoded
        )
        assert covered_s == pytest.approx(span.duration_s, abs=0.07)
    commands = [one for one in heard.events if isinstance(one, Commanded)]
    assert len(commands) == len(answer.left_out)


def test_memory_is_bounded_however_long_the_answer() -> None:
    """Ten minutes of sentences, as would be two hours: what is held does not grow."""
    heard = Heard(rule=SHORT, guesses=True)
    held = []
    for _ in range(100):
        heard.push(tone(5.0), silence(1.0))
        heard.submitted.stretches.clear()  # they are the transcriber's
        held.append(len(heard.answer._kept))
    assert max(held) <= 2 * 16_000 * 20
    assert max(held[50:]) <= max(held[:50]) + 2 * 16_000
