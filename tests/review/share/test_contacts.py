"""Ways to reach somebody, found by their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.review.share.contacts import contacts

EVERYDAY = {"work", "look", "was", "i"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to priya.raman+jobs@initech.co.uk, please.", ["priya.raman+jobs@initech.co.uk"]),
        ("It is priya at gmail.com.", ["priya at gmail.com"]),
        ("It is priya dot raman at gmail dot com", ["priya dot raman at gmail dot com"]),
        ("I work at initech.com now.", ["initech.com"]),
        ("See https://www.linkedin.com/in/praman?x=1.", ["https://www.linkedin.com/in/praman?x=1"]),
        ("See github.com/praman, or @priya_raman.", ["github.com/praman", "@priya_raman"]),
        ("Call +44 20 7946 0958 or (020) 7946-0958!", ["+44 20 7946 0958", "(020) 7946-0958"]),
        ("Call 07700900123, or 555-0199.", ["07700900123", "555-0199"]),
    ],
)
def test_addresses_links_handles_and_numbers_are_found(text: str, found: list[str]) -> None:
    assert list(contacts([text], EVERYDAY)) == found


@pytest.mark.parametrize(
    "text",
    [
        "From 2019 to 2021 we grew by 3.5 times, to 10,000 users.",
        "On 2026-01-31 at 10:30 we shipped version 2.10.3.",
        "We used Node.js and wrote a README.md, e.g. for me.",
        "The dot in the corner is red. Look at it.",
    ],
)
def test_dates_counts_and_file_names_are_none(text: str) -> None:
    assert list(contacts([text], EVERYDAY)) == []


@given(st.text(alphabet="ab.@-+ 0123456789/:wt"))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    assert all(found in text for found in contacts([text], EVERYDAY))
