"""Figures in digits and in words."""

from __future__ import annotations

import pytest

from coaching.said import typed


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("We saved 40% of it.", ["40%"]),
        ("We saved forty percent.", ["forty percent"]),
        ("It took two weeks.", ["two weeks"]),
        ("About a third of them came.", ["a third"]),
        ("It took two and a half years.", ["two and a half years"]),
        ("There were two hundred and fifty people.", ["two hundred and fifty people"]),
        ("It cost $2,000, or 1.5 million euros.", ["$2,000", "1.5 million"]),
        ("It was twice as fast, and sales doubled.", ["doubled"]),
        ("A hundred calls, a dozen letters.", ["A hundred calls", "a dozen letters"]),
        ("One of them was late, and first of all, one day I called.", []),
        ("One week later twenty-one guests came.", ["One week", "twenty-one guests"]),
        ("In 2019 I moved, on the 3rd of May.", []),
        ("There were 2000 people.", ["2000 people"]),
        ("It was version two, in room 12.", []),
        ("I am one who works with three, um, people.", ["three people"]),
        ("The second time the first one won.", []),
    ],
)
def test_a_figure_comes_with_what_it_counts(text: str, numbers: list[str]) -> None:
    assert [one.text for one in typed(text).numbers] == numbers


def test_hesitations_inside_a_figure_are_no_part_of_it() -> None:
    assert [one.text for one in typed("It took forty um five days.").numbers] == ["forty five days"]
