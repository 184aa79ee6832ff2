"""Ways to reach somebody that stand in a text: e-mail addresses, links, handles, telephone numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

_ENDINGS = (
    "com|org|net|edu|gov|info|biz|io|dev|app|ai|co|tech|cloud|xyz|eu|uk|de|fr|es|nl|ch|pl|se|dk|"
    "fi|ie|pt|gr|cz|jp|cn|kr|au|nz|ca|br|mx|za|ru|tr|ua"
)
_DOT = r"(?:\.|\ dot\ )"
_SITE = rf"(?:[\w-]{{1,63}}{_DOT}){{1,6}}(?:{_ENDINGS})\b"
_PATTERN = re.compile(
    rf"""
      (?P<link>(?:https?://|www\.)\S+)
    | (?P<mail>[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,6}})
    | (?P<said>\b[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,6}}\ at\ {_SITE})
    | (?P<site>\b{_SITE}(?:/\S*)?)
    | (?P<handle>(?<![\w.@])@\w[\w.-]+)
    | (?P<phone>\+?\(?\d[\d\ ()./-]{{5,24}}\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LOCAL_NUMBER = re.compile(r"\d{3}[-. ]\d{4}")
_LEAST_DIGITS, _MOST_DIGITS = 9, 15
"""Of a telephone number: shorter ones cannot be told from dates and counts; E.164 allows 15."""
_MARKS = ".,;:!?)]}»”’'\""


def contacts(texts: Iterable[str], everyday: Collection[str]) -> Iterator[str]:
    """Each as it stands there.

    Args:
        everyday: ordinary words: "I work at initech.com" holds a link, and "priya at initech.com" an address.
    """
    for text in texts:
        for match in _PATTERN.finditer(text):
            found = match[0].rstrip(_MARKS)
            if match["phone"]:
                digits = sum(letter.isdigit() for letter in found)
                if not (_LEAST_DIGITS <= digits <= _MOST_DIGITS or _LOCAL_NUMBER.fullmatch(found)):
                    continue
            elif match["said"]:
                who, _, site = found.partition(" at ")
                if who.lower() in everyday:
                    found = site
            yield found
