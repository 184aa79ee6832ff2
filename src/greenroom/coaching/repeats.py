"""Words said twice by accident, and thoughts begun anew. Hesitations in between change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.coaching.lexicon import Lexicon
from greenroom.coaching.tokens import Token

MOST_WORDS = 4
"""The longest run of words that is looked for twice: "in the end we in the end we"."""
MOST_DROPPED = 5
"""A thought that is begun anew is broken off within so many words; after more it was a clause of its own."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Something said twice, or begun anew.

    Attributes:
        begin, end: the tokens that show it, the last excluded.
        instead: the token with which it is said at last; what stands before it could go.
    """

    begin: int
    instead: int
    end: int


def repeats_in(tokens: Sequence[Token], lexicon: Lexicon) -> list[Slip]:
    """The same word or words twice or more in a row, each such place once: "the the", "I was I was"."""
    found = []
    at = 0
    while at < len(tokens):
        repeat = _repeat_end(tokens, at, lexicon)
        if repeat is None:
            at += 1
        else:
            end, size = repeat
            found.append(Slip(at, end - size, end))
            at = end
    return found


def restarts_in(tokens: Sequence[Token], lexicon: Lexicon) -> list[Slip]:
    """Thoughts broken off and begun anew: "I went - I was going", "what I mean is", "sorry, I meant"."""
    found = []
    taken = at = 0
    while at < len(tokens):
        match = lexicon.corrections.at(tokens, at)
        if match is not None:
            found.append(Slip(match.begin, match.begin, match.end))
            taken = at = match.end
            continue
        begin = _broken_off(tokens, at, taken, lexicon)
        if begin is not None:
            found.append(Slip(begin, at, min(at + 2, len(tokens))))
            taken = at + 1
        at += 1
    return found


def _repeat_end(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The token after a repeat that begins here, and its words' number; None when none does."""
    for size in range(1, MOST_WORDS + 1):
        again = _said_again(tokens, at, at + size, size, lexicon)
        if again is None:
            continue
        end = again + size
        while (again := _said_again(tokens, at, end, size, lexicon)) is not None:
            end = again + size
        before = tokens[at - 1].norm if at and not tokens[at - 1].ends else ""
        if _by_accident(tokens[at:end], size, before, lexicon):
            return end, size
    return None


def _said_again(tokens: Sequence[Token], at: int, place: int, size: int, lexicon: Lexicon) -> int | None:
    """Where the words from `at` on stand again: here, or behind an interjection ("the, well, the")."""
    if place + size > len(tokens):
        return None
    if tokens[place].norm != tokens[at].norm:
        if tokens[place].norm not in lexicon.interjections.by_first:
            return None
        match = lexicon.interjections.at(tokens, place)
        if match is None or match.end + size > len(tokens) or not tokens[match.end - 1].comma:
            return None
        place = match.end
    same = all(tokens[at + n].norm == tokens[place + n].norm for n in range(size))
    return place if same else None


def _by_accident(run: Sequence[Token], size: int, before: str, lexicon: Lexicon) -> bool:
    words = [token.norm for token in run[:size]]
    if any(token.ends for token in run[:-1]) or any(word[0].isdigit() for word in words):
        return False
    if size > 1:
        # "More and more and more", "step by step by step", from the first word on or from the second.
        joined = words[-1] in lexicon.joiners or (words[0] in lexicon.joiners and before == words[-1])
        return len(set(words)) > 1 and not (size == 2 and joined)
    word = words[0]
    if any(token.hesitant for token in run[:-1]):
        return True  # whoever says a word twice on purpose does not hesitate in between
    if word in lexicon.twice or run[0].joined:
        return False
    # "I told you, you should": with a comma two clauses may meet, unless the first cannot end there, or only
    # begins: "because it, it could".
    begins = word in lexicon.starters and (not before or before in lexicon.story.clause_openers)
    return not run[0].comma or word in lexicon.unfinished or begins


def _broken_off(tokens: Sequence[Token], at: int, taken: int, lexicon: Lexicon) -> int | None:
    """Where a thought begins that breaks off right before this token; None when none does."""
    if at <= taken or tokens[at - 1].ends:
        return None
    last, here = tokens[at - 1], tokens[at]
    if last.joined or last.norm == here.norm:
        return None
    anew, unfinished = here.norm in lexicon.starters, last.norm in lexicon.unfinished
    dangling = last.comma and last.norm in lexicon.dangling
    leading = anew and last.comma and last.norm in lexicon.leading and at > taken + 1
    leading = leading and tokens[at - 2].norm in lexicon.starters
    if not (last.breaks or unfinished or dangling or leading):
        return None
    begin = _clause_begin(tokens, at, taken)
    earlier = next((one for one in range(at - 1, begin - 1, -1) if tokens[one].norm == here.norm), None)
    if earlier is not None and [t.norm for t in tokens[earlier:at]] == [
        t.norm for t in tokens[at : at + at - earlier]
    ]:
        return None  # word for word the same: a repeat
    if last.breaks:
        # Across a dash: the same beginning, or an end that is none. "I asked him - he agreed" is neither.
        if anew and earlier is not None:
            return earlier
        return begin if unfinished or _is_cut(last) else None
    if _is_aside(tokens, at, lexicon) or not (anew or dangling):
        return None
    # "I was I went". "What I did was, I went" is one thought.
    if earlier is not None and unfinished:
        return None if earlier and tokens[earlier - 1].norm in lexicon.story.subordinates else earlier
    return begin if last.comma or last.hesitant else None


def _is_aside(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a remark begins here after which the thought goes on: "I was, I think, late"."""
    match = lexicon.asides.at(tokens, at) or lexicon.hedges.at(tokens, at) or lexicon.openers.at(tokens, at)
    return match is not None and (tokens[match.end - 1].comma or tokens[match.end - 1].hesitant)


def _clause_begin(tokens: Sequence[Token], at: int, taken: int) -> int:
    """Where the broken thought may begin: after the last comma or the end of a sentence, not far back."""
    begin = at - 1
    while begin > max(taken, at - MOST_DROPPED) and not (tokens[begin - 1].ends or tokens[begin - 1].comma):
        begin -= 1
    return begin


def _is_cut(token: Token) -> bool:
    """Whether a word was cut off: "wor-". A dash of its own, or a long one behind a word, cuts nothing."""
    return token.raw.endswith("-") and len(token.raw) > 1
