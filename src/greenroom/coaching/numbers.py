"""Figures that were named. What came of it is found in `star`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from greenroom.coaching.lexicon import Lexicon, NumberWords
from greenroom.coaching.parts import Found
from greenroom.coaching.tokens import Token, found_at

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d[\d.,:]*(?:k|m|bn|x|st|nd|rd|th|s)?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_MONEY_OR_SHARE = re.compile(r"[$€£¥]\s?\d|\d\s?%")


def numbers_of(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Found, ...]:
    """Figures, in digits or in words, with what they count: "40%", "two weeks", "a third", "doubled".

    Years, hours, ages, ordinals and turns of phrase ("one of", "first of all") are none.
    """
    words = lexicon.numbers
    found = []
    at = 0
    while at < len(tokens):
        excused = words.no_numbers.at(tokens, at)
        if excused is not None:
            at = excused.end
            continue
        end = _number_end(tokens, at, words)
        if end is None:
            at += 1
            continue
        aged = words.old.at(tokens, end) if end < len(tokens) and not tokens[end - 1].ends else None
        if aged is not None:
            at = aged.end
            continue
        counts_to = _with_what_it_counts(tokens, end, lexicon)
        if counts_to > end or not _is_time_or_age(tokens, at, end, words):
            found.append(found_at(tokens, at, counts_to))
        at = counts_to
    return tuple(found)


def _is_time_or_age(tokens: Sequence[Token], at: int, end: int, words: NumberWords) -> bool:
    """Whether a number that counts nothing tells an hour ("at about nine") or an age ("I was sixteen")."""
    if at == 0 or tokens[at - 1].ends or _MONEY_OR_SHARE.search(tokens[at].raw):
        return False
    hour = end == at + 1 and tokens[at].norm in words.clock
    if hour and any(token.norm in words.hours for token in tokens[max(0, at - 2) : at]):
        return True
    starts = range(max(0, at - 3), at)
    return any((match := words.ages.at(tokens, start)) is not None and match.end == at for start in starts)


def _number_end(tokens: Sequence[Token], at: int, words: NumberWords) -> int | None:
    """The token after a figure that begins here; None when none does."""
    token = tokens[at]
    before = tokens[at - 1].norm if at and not (tokens[at - 1].ends or tokens[at - 1].comma) else ""
    if token.norm[0].isdigit():
        return at + 1 if _is_figure(tokens, at, before, words) else None
    if before in words.not_after:
        return None
    multiple = words.multiples.at(tokens, at)
    if multiple is not None:
        return multiple.end
    if token.norm not in words.small | words.one | words.articles:
        return None
    end = at + 1
    while end < len(tokens) and not tokens[end - 1].ends:
        norm = tokens[end].norm
        if norm in words.small or norm in words.large or norm in words.one:
            end += 1
        elif norm in words.joins and end + 1 < len(tokens) and _goes_on(tokens, end, words):
            end += 2
        else:
            break
    after = tokens[end].norm if end < len(tokens) and not tokens[end - 1].ends else ""
    if after in words.fractions:
        return end + 1
    if token.norm in words.small or end > at + 1:
        return end
    return end if token.norm in words.one and after in words.units else None


def _is_figure(tokens: Sequence[Token], at: int, before: str, words: NumberWords) -> bool:
    token = tokens[at]
    if _MONEY_OR_SHARE.search(token.raw):
        return True
    if not _DIGITS.fullmatch(token.norm) or _ORDINAL.fullmatch(token.norm) or before in words.not_after:
        return False
    followed = at + 1 < len(tokens) and not token.ends and tokens[at + 1].norm in words.units
    return followed or not _YEAR.fullmatch(token.norm.rstrip("s"))


def _goes_on(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether "and" or "point" stands inside a number: "two hundred and fifty", "three point five"."""
    before, after = tokens[at - 1].norm, tokens[at + 1].norm
    if after in words.articles:  # "two and a half"
        return at + 2 < len(tokens) and tokens[at + 2].norm in words.fractions
    if after not in words.small and after not in words.one:
        return False
    return before in words.large or tokens[at].norm not in words.ands


def _with_what_it_counts(tokens: Sequence[Token], end: int, lexicon: Lexicon) -> int:
    """A unit, or the one telling word behind it: "two weeks", "three reports"."""
    last = tokens[end - 1]
    if end < len(tokens) and not (last.ends or last.comma or last.breaks):
        norm = tokens[end].norm
        if norm in lexicon.numbers.units or norm in lexicon.numbers.large:
            return end + 1
        if norm.isalpha() and len(norm) > 2 and norm not in lexicon.ignored:
            return end + 1
    return end
