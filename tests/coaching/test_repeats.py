"""Repeated words and thoughts begun anew, and what is said twice on purpose."""

from __future__ import annotations

import pytest

from coaching.said import typed


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("I went to the the office.", ["the the"]),
        ("I went to the, um, the office.", ["the the"]),
        ("I, I went home.", ["I, I"]),
        ("I I I went home.", ["I I I"]),
        ("I was I was late.", ["I was I was"]),
        ("I was, uh, I was late.", ["I was I was"]),
        ("And in the end, in the end we won.", ["in the end, in the end"]),
        ("It was very very good, and really, really long.", []),
        ("I knew that that was it, and he had had enough.", []),
        ("It was very, um, very good.", ["very very"]),
        ("It was the, well, the best.", ["the, well, the"]),
        ("No, no, it was fine.", []),
        ("It went on for years and years, more and more and more.", []),
        ("I told you, you should call, because it was late, it was dark.", []),
        ("I called because it, it was late.", ["it, it"]),
        ("That is what we did. We did it well.", []),
        ("Call five five five one two.", []),
        ("We did it step by step by step.", []),
    ],
)
def test_words_said_twice_by_accident_are_repeats(text: str, repeats: list[str]) -> None:
    assert [one.text for one in typed(text).repeats.found] == repeats


@pytest.mark.parametrize(
    ("text", "restarts"),
    [
        ("I went - I was going to the office.", 1),
        ("I went… I was going to the office.", 1),
        ("I was, I went to the office.", 1),
        ("I was I went to the office.", 1),
        ("We were going to, we called them.", 1),
        ("The wor- the job was done.", 1),
        ("What I mean is that it broke.", 1),
        ("On Monday, sorry, I meant Tuesday.", 1),
        ("It was, let me rephrase, it was late.", 1),
        ("I planned, I built, I tested.", 0),
        ("I asked him - he agreed.", 0),
        ("I know I was right, and I think I was early.", 0),
        ("I called because I was late, and I said so.", 0),
        ("I, I went home.", 0),
        ("He told me what he was told, and we got it.", 0),
    ],
)
def test_a_thought_begun_anew_is_a_restart(text: str, restarts: int) -> None:
    assert typed(text).restarts.count == restarts
