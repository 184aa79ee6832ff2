"""A prompt answered in one take or more."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from greenroom.dialogue.acts import Act, Ask, Heard, Say
from greenroom.dialogue.packs import InterviewWords


def in_takes(ask: Ask, words: InterviewWords) -> Generator[Act, Heard | None, Heard]:
    """Ask, and anew for as long as the person wants to start again; the last take's reply comes back.

    Every take is a turn of its own, so all of them are kept.
    """
    heard = yield ask
    assert heard is not None
    while heard.command == "again":
        yield Say(words.again, private=ask.private)
        ask = replace(ask, take=ask.take + 1, again=True)
        heard = yield ask
        assert heard is not None
    return heard
