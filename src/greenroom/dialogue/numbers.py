"""Numbers in short replies, as a speech recogniser writes them down: "a six", "7/10", "two and four"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from greenroom.dialogue.packs import PhraseBook
from greenroom.dialogue.phrases import normalised, says_nothing, which_one

LOWEST, HIGHEST = 1, 10
"""The ends of every scale here."""

LONGEST_NUMBER = 6
"""Digits that are read: with more it is beyond every scale and every list, whatever they are."""

_NUMBERS = {
    **dict(zip(("zero", "one", "two", "three", "four", "five"), range(6), strict=True)),
    **dict(zip(("six", "seven", "eight", "nine", "ten", "eleven"), range(6, 12), strict=True)),
    **dict(zip(("twelve", "thirteen", "fourteen", "fifteen", "sixteen"), range(12, 17), strict=True)),
    **dict(zip(("seventeen", "eighteen", "nineteen", "twenty"), range(17, 21), strict=True)),
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
}
_SOUNDS_LIKE = {"to": 2, "too": 2, "for": 4, "fore": 4, "ate": 8, "won": 1, "tan": 10, "sex": 6, "sicks": 6}
"""What a recogniser makes of a number said alone."""
_ORDINALS = {
    **dict(zip(("first", "second", "third", "fourth", "fifth", "sixth"), range(1, 7), strict=True)),
    **dict(zip(("seventh", "eighth", "ninth", "tenth"), range(7, 11), strict=True)),
}
_SCALE = re.compile(
    r"\b(?:out of|over) (?:a )?(?:10|ten|possible ten)\b|/ ?(?:10|ten)\b|\bof (?:10|ten)\b"
    r"|\b(?:on a scale )?(?:of|from) (?:1|one) (?:to|through|and) (?:10|ten)\b",
)
_OTHER_SCALE = re.compile(r"\b(?:out of (?:a )?|/ ?)(?:\d+|\w+)\b|\d+ ?%|\bper ?cent\b")
_REVISES = re.compile(
    r"\b(?:no|actually|i mean|rather|wait|sorry|make (?:it|that)|let's say|let's make it|correction"
    r"|(?:but|and) now)\b"
)
_COUNTED = frozenset(
    {
        "things",
        "thing",
        "questions",
        "question",
        "minutes",
        "minute",
        "hours",
        "hour",
        "people",
        "times",
        "time",
    }
    | {"interviews", "years", "year", "days", "weeks", "months", "reasons", "panelists", "interviewers", "of"}
    | {"percent", "seconds", "rounds", "points off", "jobs", "others", "moments"}
)
"""After these a number counts something else."""
_HALF = re.compile(r"(?<=\d) ?(?:½|1/2\b)")
_ISH = re.compile(rf"\b(\d+|{'|'.join(_NUMBERS)})[ -]?ish\b")
_COUNTED_RANGE = re.compile(rf"\b\w+ (?:or|to) \w+ (?:{'|'.join(sorted(_COUNTED - {'of'}))})\b")
""" "One or two questions" counts them as "two questions" does."""
_AROUND = frozenset(
    {"a", "an", "the", "it", "it's", "is", "was", "i", "i'd", "i'll", "would", "will", "give", "gave"}
    | {
        "say",
        "call",
        "put",
        "that",
        "that's",
        "this",
        "at",
        "like",
        "out",
        "and",
        "half",
        "point",
        "number",
        "of",
    }
    | {"solid", "good", "strong", "weak", "clear", "perfect", "big", "fat", "low", "high", "full"}
    | {"about", "around", "more", "than", "least", "best", "most", "to", "over", "on", "scale", "from", "in"}
    | {
        "no",
        "not",
        "actually",
        "wait",
        "sorry",
        "mean",
        "make",
        "be",
        "just",
        "only",
        "still",
        "now",
        "today",
    }
    | {
        "my",
        "gut",
        "says",
        "feeling",
        "think",
        "probably",
        "easily",
        "want",
        "guess",
        "suppose",
        "please",
        "thanks",
        "thank",
        "you",
        "rather",
        "plus",
        "minus",
    }
)
"""May stand around a number that is all of a reply: "I'd say a solid seven"."""
_AFTERWARDS = re.compile(
    r"(?: (?:i think|i guess|i suppose|i'd say|please|thanks|thank you|easily|definitely))+$"
)
"""May follow a number that is settled."""
_AMONG = frozenset(
    {
        "the",
        "and",
        "number",
        "numbers",
        "one",
        "ones",
        "question",
        "questions",
        "just",
        "only",
        "both",
        "also",
    }
    | {"i", "think", "i'd", "say", "take", "would", "it", "was", "it's", "to", "through", "answer"}
)
"""May stand around the places of a list."""
_HEDGES = frozenset({"maybe", "perhaps", "possibly", "or", "between", "either", "somewhere", "don't", "know"})
"""Who says one of these is not done with a number: "maybe six or seven … no, six"."""
_NOT_A_ONE = frozenset(
    {"this", "that", "the", "which", "no", "any", "every", "some", "hard", "good", "bad", "tough", "last"}
    | {"other", "another", "each", "easy", "difficult", "nice", "next", "only"}
    | set(_ORDINALS)
)
"""Before "one" they make it no number: "that was a hard one"."""
_NO_NAME = "|".join(
    [*_NUMBERS, *_ORDINALS, r"\d+", "last", "me", "and", "or", "to", "is", "are", "was", "were"]
    + [f"{word}s?" for word in ("one", "number", "question", "item", "thing", "point", "answer")]
)
_POINTS_AT = re.compile(rf"\b(?:the|my|their)(?: (?!(?:{_NO_NAME})\b)\w+){{1,2}}(?<! most) one\b")
""" "The story one" is told by its words, it is not number one; "the numbers one and two" are."""


def number_of(text: str) -> int | None:
    """The whole number that a reply gives, or None.

    Of "six or seven" and "six and a half" it is the six: so much is certain. Once somebody corrects
    themselves ("maybe six … no, seven", "actually five") the last number counts.
    """
    plain = _HALF.sub(" and a half", _ISH.sub(r"\1", text.lower().replace("’", "'")))
    plain = re.sub(r"(\d)[.,](\d)", r"\1 point \2", plain)
    plain = _COUNTED_RANGE.sub(" ", plain.replace("no one", "nobody"))
    plain = _OTHER_SCALE.sub(" beyond ", _SCALE.sub(" ", plain))
    if " beyond " in plain:
        return None
    revised = [match.end() for match in _REVISES.finditer(plain)]
    for start in reversed(revised):
        found = _figures(plain[start:])
        if found:
            return found[-1] if len(_REVISES.findall(plain[start:])) else found[0]
    found = _figures(plain[: revised[0]] if revised else plain)
    if found:
        return found[0]
    return _SOUNDS_LIKE.get(normalised(plain))


def rating_of(text: str) -> int | None:
    """A number on the scale from 1 to 10, or None."""
    number = number_of(text)
    return number if number is not None and LOWEST <= number <= HIGHEST else None


def only_a_number(text: str) -> bool:
    """Whether a reply is a number and nothing else worth hearing: "a six", "maybe six or seven".

    "Eight, six" is none: so a hasty ear takes down "a six".
    """
    words = _ISH.sub(r"\1", normalised(text)).split()
    if number_of(text) is None or not all(
        word in _AROUND or word in _HEDGES or _value(word) is not None or word in _SOUNDS_LIKE
        for word in words
    ):
        return False
    chooses = not _HEDGES.union({"to", "and"}).isdisjoint(words) or _REVISES.search(text.lower())
    return bool(chooses) or len(set(_figures(_SCALE.sub(" ", text.lower())))) <= 1


def is_settled(text: str) -> bool:
    """Whether the number of such a reply is the last word on it: "maybe six" is not, "six, maybe" neither."""
    words = _AFTERWARDS.sub("", _ISH.sub(r"\1", normalised(text))).split()
    if _HEDGES.intersection(words):
        return False
    return bool(words) and (
        _value(words[-1]) is not None or words[-1] == "half" or (len(words) == 1 and words[0] in _SOUNDS_LIKE)
    )


def _value(word: str) -> int | None:
    if word.isascii() and word.isdigit():
        return int(word[:LONGEST_NUMBER])
    return _NUMBERS.get(word)


def _ranked(word: str) -> int | None:
    value = _value(word)
    return _ORDINALS.get(word) if value is None else value


def _figures(plain: str) -> list[int]:
    """The numbers of a stretch of text, in order, without those that count something or are no numbers."""
    words = re.findall(r"[\w']+", plain)
    found: list[int] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        value = _value(word)
        if value is None or after in _COUNTED or before == "point":
            continue
        if word == "one" and before in _NOT_A_ONE:
            continue
        if before in ("minus", "not") or (before == "a" and words[max(place - 2, 0)] == "not"):
            continue
        if value in (100, 1000) and found and before in _NUMBERS:
            found[-1] *= value
        elif value < 10 and before in _NUMBERS and _NUMBERS[before] in range(20, 100, 10) and found:
            found[-1] += value
        else:
            found.append(value)
    return found


def places_in(text: str, choices: Sequence[str], book: PhraseBook) -> tuple[int, ...] | None:
    """The places (from 0, ascending) of all choices that a reply means; () for none, None when unclear.

    "Two and four", "the first and the last", "all of them", "all but the second", "two to four", or a
    choice's own words.
    """
    most = len(choices)
    plain = f" {normalised(text)} "
    if says_nothing(text, book) and text.strip():
        return ()
    parts = re.split(r" (?:but|except|except for|without|apart from|other than) ", plain, maxsplit=1)
    if any(f" {phrase} " in f" {parts[0]} " for phrase in book.all_of_them):
        left_out = _numbered(f" {parts[1]} ", most) if len(parts) > 1 else []
        return tuple(place for place in range(most) if place + 1 not in left_out)
    numbered = _numbered(plain, most)
    if numbered:
        return tuple(sorted(number - 1 for number in numbered))
    by_words = which_one(text, choices, book)
    return None if by_words is None else (by_words,)


def only_places(text: str) -> bool:
    """Whether a reply names places of a list and nothing else, to its last word: "the first and the last"."""
    words = normalised(text).split()
    named = [word == "last" or _ranked(word) is not None for word in words]
    ends = bool(words) and (named[-1] or (words[-1] in ("one", "ones") and any(named)))
    return ends and all(known or word in _AMONG for known, word in zip(named, words, strict=True))


def _numbered(plain: str, most: int) -> set[int]:
    """The numbers from 1 to `most` that a reply names."""
    named: set[int] = set()
    plain = _POINTS_AT.sub(lambda match: match[0].removesuffix(" one"), plain)
    plain = re.sub(r"\b(first|last) (two|three|four)\b", lambda match: _run(match, most), plain)
    plain = re.sub(
        r"\b(\w+) (?:to|through|until|till|up to) (?:number )?(\w+)\b", lambda match: _span(match), plain
    )
    words = plain.split()
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if word == "last" and most:
            named.add(most)
        elif word == "one" and before in _NOT_A_ONE | {"one"}:
            continue
        else:
            number = _ranked(word)
            if number is not None and 1 <= number <= most and before != "not":
                named.add(number)
    return named


def _run(match: re.Match[str], most: int) -> str:
    """ "first two" -> "1 2", "last two" of five -> "4 5"."""
    count = min(_NUMBERS[match[2]], most)
    start = 1 if match[1] == "first" else most - count + 1
    return " ".join(str(start + n) for n in range(count))


def _span(match: re.Match[str]) -> str:
    """ "two to four" -> "2 3 4"; anything else stays."""
    first, last = _ranked(match[1]), _ranked(match[2])
    if first is None or last is None or not first <= last <= 100:
        return match[0]
    return " ".join(str(number) for number in range(first, last + 1))
