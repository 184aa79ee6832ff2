"""Which parts of a story are there, where each begins, and what it rests on."""

from __future__ import annotations

import pytest

from coaching.said import spoken, typed

STORY = (
    "Last year our biggest customer found a fault in the report. My job was to find the cause within a week. "
    "I called them every day, I read the old code, and I wrote a test for each case. "
    "As a result the fault was gone in four days."
)


def parts(text: str) -> list[str]:
    star = typed(text).star
    assert star is not None
    return [part.name for part in star.parts]


def test_a_whole_story_has_its_four_parts_in_order() -> None:
    star = typed(STORY).star
    assert star is not None
    assert [part.name for part in star.parts] == ["situation", "task", "action", "result"]
    assert star.missing == ()
    assert [[one.text for one in part.rests_on][:1] for part in star.parts] == [
        ["Last year"],
        ["My job was"],
        ["I called"],
        ["As a result"],
    ]


def test_the_shares_of_a_typed_answer_are_those_of_its_words() -> None:
    star = typed(STORY).star
    assert star is not None
    assert [round(part.share * 49) for part in star.parts] == [11, 10, 18, 10]
    assert [part.at_s for part in star.parts] == [None] * 4


def test_a_part_of_a_spoken_answer_begins_at_a_moment_and_takes_its_time() -> None:
    star = spoken(STORY, word_s=0.5).star
    assert star is not None
    assert [part.at_s for part in star.parts] == pytest.approx([1, 1 + 11 / 2, 1 + 21 / 2, 1 + 39 / 2])
    assert sum(part.share for part in star.parts) == pytest.approx(1)


def test_a_story_without_an_end_lacks_its_result() -> None:
    star = typed(STORY.split("As a result")[0]).star
    assert star is not None
    assert star.missing == ("result",)


def test_what_is_said_in_general_is_no_action() -> None:
    text = (
        "I am a careful person, and I like to be sure. People matter to me, and I think that it is "
        "important to listen to everybody before anything happens."
    )
    assert "action" not in parts(text)
    assert "result" not in parts(text)


def test_a_few_words_are_no_story() -> None:
    assert typed("I called them, and we shipped.").star is None


def test_a_launch_at_the_beginning_is_no_result() -> None:
    text = (
        "Last spring we launched a new app for nurses, and it was slow. I measured every page, I "
        "asked three nurses to show me their day, and I took half of it out."
    )
    assert parts(text) == ["situation", "action"]


def test_what_was_done_in_a_clause_of_time_and_place_is_the_situation() -> None:
    text = (
        "In my last job I built a website with a friend. It was a mess. So I called him, and I told him "
        "what I saw, and I wrote a plan for the week."
    )
    star = typed(text).star
    assert star is not None
    action = next(part for part in star.parts if part.name == "action")
    assert [one.text for one in action.rests_on] == ["I called", "I told", "I wrote"]


def test_hesitations_hide_nothing() -> None:
    star = typed(STORY.replace("As a result", "As, um, a uh result").replace("I called", "I um called")).star
    assert star is not None
    assert star.missing == ()


def test_outcomes_are_found_in_an_answer_of_any_length() -> None:
    found = typed("I asked around, and as a result we shipped early.").outcomes
    assert [one.text for one in found] == ["as a result", "we shipped"]


FILLED = " I called them, I wrote a plan for the week, and I read every line of it again."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Rule 2: a lead-in of the past, in words that are in no list.
        ("The bakery oven broke down, and nobody knew why." + FILLED, ["situation", "action"]),
        ("Patience is a good thing, and people like it." + FILLED, ["action"]),
        # Rule 3: asides and denials are no actions.
        ("My job was to find out what I did when I called them, because I wrote to nobody that week.", []),
        ("Last year I did not call anybody, and I never wrote, and I was so tired of all of it, really.", []),
        # Rule 3: nothing else was done.
        (
            "Last year I built a new stand for the fair, and in the end we sold everything that we had.",
            ["situation", "action", "result"],
        ),
        # Rule 4: what had to be done in the middle of it.
        ("Last year it rained." + FILLED + " Then I had to call them again.", ["situation", "action"]),
        # Rule 5: shipped before anything was done.
        ("Last year we shipped a game, and it was slow." + FILLED, ["situation", "action"]),
        # Rule 6: an ending in words that are in no list.
        (
            "Last year it rained." + FILLED + " Nobody noticed anything at all.",
            ["situation", "action", "result"],
        ),
        ("Last year it rained." + FILLED + " You should always do that.", ["situation", "action"]),
        # Rule 7: neither an action nor a result.
        (
            "At my old company there was a plan for everything, and my manager was a very careful man, "
            "and so was his.",
            [],
        ),
        # In the present, as many tell it; but not what one always does.
        (
            "In my last job there was a fire. So I call them, and I tell everybody to go out at once.",
            ["situation", "action"],
        ),
        ("When there is a fire I call them, and I tell everybody to leave the house at once, as due.", []),
    ],
)
def test_the_rules_hold_where_no_words_are_listed(text: str, told: list[str]) -> None:
    assert parts(text) == told
