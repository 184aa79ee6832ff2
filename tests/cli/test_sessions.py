"""What the quick ear is told to listen for at a prompt, and what its words then mean to turn-taking."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from dialogue.shipped import phrases
from greenroom.cli.sessions import _hints
from greenroom.dialogue.acts import Ask, Expects
from greenroom.hearing.quick_words import QuickThread
from greenroom.hearing.utterance import Hints, Verdict
from greenroom.types import Pcm
from hearing.fakes import silence


class Quick:
    """Notes what it is told to expect."""

    def __init__(self) -> None:
        self.expected: list[str | None] = []

    def submit(self, pcm: Pcm, *, hotwords: str | None) -> Future[str]:
        self.expected.append(hotwords)
        words: Future[str] = Future()
        words.set_result("Six.")
        return words


def hints(quick: Quick, expects: Expects | None, *, real_time: bool = True) -> Hints:
    thread: QuickThread = quick  # type: ignore[assignment]
    return _hints(phrases(), thread, real_time, Ask("p", "Text.", part="debrief", expects=expects))


@pytest.mark.parametrize(
    ("text", "expects", "verdict"),
    [
        ("Six.", "number", Verdict(whole=True, known=True)),
        ("To.", "number", Verdict(whole=True, known=True)),
        ("Maybe six.", "number", Verdict(known=True)),
        ("Six or", "number", Verdict(open_ended=True, known=True)),
        ("Six.", None, Verdict()),
        ("Yes.", "yes-no", Verdict(whole=True, known=True)),
        ("Yes.", None, Verdict(known=True)),
        ("Shaky.", "word", Verdict(whole=True)),
        ("They asked and", "that-is-all", Verdict(open_ended=True)),
        ("Say that again.", "number", Verdict("repeat")),
        ("Let's stop here.", "yes-no", Verdict("stop")),
        ("Let's stop here.", "close-or-on", Verdict(whole=True)),
        ("", "number", Verdict()),
    ],
)
def test_a_whole_utterance_means_what_the_prompt_makes_of_it(
    text: str, expects: Expects | None, verdict: Verdict
) -> None:
    assert hints(Quick(), expects).judge(text, True) == verdict


def test_the_end_of_a_longer_utterance_only_tells_whether_more_must_come() -> None:
    judge = hints(Quick(), "number").judge
    assert judge("Six.", False) == Verdict()
    assert judge("and so they asked, and", False) == Verdict(open_ended=True)


def test_numbers_are_listened_for_where_one_is_asked_for_and_nothing_in_a_longer_utterance() -> None:
    quick = Quick()
    for expects in ("number", None):
        hints(quick, expects).make_out(silence(1.0), True)
    hints(quick, "number").make_out(silence(1.0), False)
    number, anything, longer = quick.expected
    assert number is not None
    assert anything is not None
    assert "seven" in number.split(", ")
    assert "seven" not in anything.split(", ")
    assert longer is None


def test_in_a_file_only_short_utterances_are_made_out_and_waited_for() -> None:
    quick = Quick()
    make_out = hints(quick, "number", real_time=False).make_out
    assert make_out(silence(1.0), True).result(0) == "Six."
    assert make_out(silence(1.0), False).result(0) == ""
    assert len(quick.expected) == 1
