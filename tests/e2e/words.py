"""Word error rate between what was said and what a speech model made of it, spelling set aside."""

from __future__ import annotations

import re

import jiwer

_FILLERS = {"um", "umm", "uh", "uhh", "er", "erm", "ah", "hm", "hmm", "mm", "mhm"}
_SMALL = [
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_NUMBER = re.compile(r"(\$?)(\d[\d,]*)(?:\.(\d+))?(st|nd|rd|th|s)?(%?)(?![\d])")


def word_error_rate(reference: str, hypothesis: str) -> float:
    """Share of the reference's words that were replaced, left out or invented (0 is perfect, may exceed 1).

    Case, punctuation, fillers and the choice between digits and number words make no difference. Nothing
    said and nothing heard is 0, something heard where nothing was said is 1.
    """
    said, heard = plain_words(reference), plain_words(hypothesis)
    if not said:
        return float(bool(heard))
    return float(jiwer.wer(" ".join(said), " ".join(heard)))


def plain_words(text: str) -> list[str]:
    """Lower-case words without punctuation and fillers, numbers spelled out."""
    text = text.lower().replace("’", "'").replace("'", "")
    text = _NUMBER.sub(_spelled_number, text).replace("%", " percent ").replace("&", " and ")
    return [word for word in re.findall(r"[a-z0-9]+", text) if word not in _FILLERS]


def _spelled_number(match: re.Match[str]) -> str:
    dollar, digits, decimals, ending, percent = match.groups()
    number = int(digits.replace(",", ""))
    is_year = len(digits) == 4 and (1100 <= number < 2000 or 2010 <= number < 2100) and not dollar
    words = _year(number) if is_year else spelled(number)
    if decimals:
        words += ["point", *(_SMALL[int(digit)] for digit in decimals)]
    if ending == "s":  # the 1990s
        words[-1] = words[-1].removesuffix("y") + ("ies" if words[-1].endswith("y") else "s")
    elif ending:
        last = words[-1]
        words[-1] = _ORDINALS.get(last, last.removesuffix("y") + "ie" * last.endswith("y") + "th")
    if dollar:
        words.append("dollars")
    return f" {' '.join(words)} {percent}"


def _year(number: int) -> list[str]:
    century, rest = divmod(number, 100)
    if rest == 0:
        return [*spelled(century), "hundred"]
    return [*spelled(century), *(["oh"] if rest < 10 else []), *spelled(rest)]


def spelled(number: int) -> list[str]:
    """A whole number from 0 up in words, American fashion: 120 is one hundred twenty."""
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            head, rest = divmod(number, size)
            return [*spelled(head), name, *(spelled(rest) if rest else [])]
    if number < 20:
        return [_SMALL[number]]
    tens, ones = divmod(number, 10)
    return [_TENS[tens], *([_SMALL[ones]] if ones else [])]
