"""What a short reply means: that's all, yes or no, which one.

Works on what a speech recogniser writes: any case, any punctuation, hesitations anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from greenroom.dialogue.packs import PhraseBook

HESITATIONS = frozenset({"um", "umm", "uh", "uhm", "er", "erm", "hm", "hmm", "mm", "ah", "oh"})
"""Left out before phrases are compared."""

OPENERS = frozenset({"well", "okay", "ok", "so"})
"""Left out too where a clause begins; further on they are words: "it went well", "I think so"."""

_COURTESY = re.compile(r"[\s,.;]*\b(thank you|thanks)( very much| so much| a lot)?[\s,.!]*$", re.IGNORECASE)
"""What a polite person adds to "that's all"."""

_DENIES = re.compile(r"(n't|not|never|hardly)$")
"""Ends a word that turns what follows it round."""

_COMMON = frozenset(
    {"a", "about", "an", "and", "again", "answer", "are", "at", "be", "did", "do", "for", "from", "had"}
    | {"have", "how", "i", "in", "is", "it", "me", "my", "of", "on", "one", "or", "question", "say", "some"}
    | {"something", "take", "tell", "that", "the", "this", "time", "to", "us", "was", "were", "what", "when"}
    | {"where", "which", "who", "why", "with", "would", "you", "your"}
)
"""Words of questions that tell none of them from another."""


def normalised(text: str) -> str:
    """Lower case, no punctuation, no hesitations, single blanks: "Um, that's all." -> "that's all"."""
    words = []
    opening = True
    for piece in re.findall(r"[\w']+|[^\w'\s]", text.lower().replace("’", "'")):
        if not re.match(r"[\w']", piece):
            opening = True
        elif piece not in HESITATIONS and not (opening and piece in OPENERS):
            words.append(piece)
            opening = False
    return " ".join(words)


def says_thats_all(text: str, book: PhraseBook) -> bool:
    """Whether the whole reply means that there is no more."""
    return normalised(_COURTESY.sub("", text)) in book.thats_all


def without_thats_all(text: str, book: PhraseBook) -> tuple[str, bool]:
    """Split a closing "…, and that's all" off a reply: what was told, and whether it was the last.

    Only a phrase that stands as its own sentence or clause at the very end counts, so "and that's it in
    a nutshell" stays whole.
    """
    if says_thats_all(text, book):
        return "", True
    pieces = re.split(r"(?<=[.!?,;])\s+", _COURTESY.sub("", text.strip()))
    if len(pieces) > 1:
        tail = re.sub(r"^(and|but)\s+", "", normalised(pieces[-1]))
        if tail in book.thats_all and len(tail.split()) > 1:
            told = " ".join(pieces[:-1]).rstrip(" ,;")
            return without_thats_all(told, book)[0], True  # "No more. That's it, I'm done."
    return text.strip(), False


def says_nothing(text: str, book: PhraseBook) -> bool:
    """Whether the reply means that there is nothing to tell."""
    plain = normalised(text)
    return not plain or plain in book.nothing


def yes_or_no(text: str, book: PhraseBook) -> bool | None:
    """True for yes, False for no, None when it is neither.

    The phrase that begins earliest decides, the longer one where two begin together: "not happy" is a
    no, "yes, mostly, not the end though" is a yes. A yes after a denial is neither: "I don't think it
    went well" is better asked again than taken for a yes.
    """
    plain = f" {normalised(text)} "
    best: tuple[int, int, bool] | None = None
    for meaning, phrases in ((True, book.yes), (False, book.no)):
        for phrase in phrases:
            found = plain.find(f" {phrase} ")
            if found >= 0 and (best is None or (found, -len(phrase)) < best[:2]):
                best = (found, -len(phrase), meaning)
    if best is None:
        return None
    denied = any(_DENIES.search(word) for word in plain[: best[0]].split())
    return None if best[2] and denied else best[2]


def which_one(text: str, choices: Sequence[str], book: PhraseBook) -> int | None:
    """The place (from 0) of the choice that a reply means, or None.

    Understands "the second one", "number two", "the last one", or the choice's own words ("the one
    about conflict"): the choice that shares most words with the reply, if one is ahead.
    """
    plain = f" {normalised(text)} "
    named = [
        (plain.find(f" {word} "), number)
        for word, number in book.ordinals.items()
        if plain.find(f" {word} ") >= 0 and number <= len(choices)
    ]
    if named:
        return min(named)[1] - 1
    if " last " in plain and choices:
        return len(choices) - 1
    said = _stems(plain)
    shared = [len(said & _stems(choice)) for choice in choices]
    best = max(shared, default=0)
    return shared.index(best) if best and shared.count(best) == 1 else None


def _stems(text: str) -> set[str]:
    """First five letters of each telling word: enough to let "conflicts" meet "conflict"."""
    return {word[:5] for word in normalised(text).split() if word not in _COMMON and len(word) > 2}
