"""Whether words say, or may say, that somebody wants to harm themselves; and what they reply when asked.

Two tiers. What is "sure" is an unmistakable statement about oneself. What is "unsure" may mean it: there the
net is wide, for one kind question too many does less harm than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from greenroom.dialogue.danger_signs import SURE, UNSURE
from greenroom.dialogue.danger_words import (
    CONCEPTS,
    DENIALS,
    HALF_NO,
    NO,
    NOW,
    PAST,
    WAYS_OF_TALKING,
)

Danger: TypeAlias = Literal["sure", "unsure"]

_WRITTEN: tuple[tuple[str, str], ...] = (
    (r"’", "'"),
    (r"\bself-harm", "self harm"),
    (r"\bmy self\b", "myself"),
    (r"\b(?:can't|cannot|cant)\b", "can not"),
    (r"\b(?:won't|wont)\b", "will not"),
    (r"\b(do|does|did|is|was|were|are|have|has|had|would|could|should|must|need)(?:n't|nt)\b", r"\1 not"),
    (r"\b(?:i'm|im)\b", "i am"),
    (r"\b(?:i've|ive)\b", "i have"),
    (r"'re\b", " are"),
    (r"'ve\b", " have"),
    (r"'ll\b", " will"),
    (r"'d\b", " would"),
    (r"\b(it|that|there|what|who|he|she|here|everything|nothing)'s\b", r"\1 is"),
    (r"\bwanna\b", "want to"),
    (r"\bgonna\b", "going to"),
    (r"\bgotta\b", "have to"),
    (r"\b(?:anymore|any longer)\b", "any more"),
    (r"\bforever\b", "for ever"),
    (r"\beveryone\b", "everybody"),
    (r"\banyone\b", "anybody"),
    (r"\bsomeone\b", "somebody"),
    (r"\bno[ -]one\b", "nobody"),
)
_FILLERS = re.compile(
    r"(?:,\s*)?\b(?:um+|uh+|uhm|erm?|hmm?|just|really|honestly|actually|literally|simply|basically|truly"
    r"|kinda|probably|also|even|only|so|very|quite|totally|completely|genuinely|desperately|finally|maybe"
    r"|perhaps|sometimes|often|seriously|already|kind of|sort of|you know|i mean(?! it)|i guess|i suppose"
    r"|i think that|at times)\b(?:\s*,)?"
)
"""They come and go with the speaker, and tell nothing here."""

_POSSIBLY = re.compile(
    r"\b(?:my\s?self|self\W{1,3}harm\w*|suicid\w*|cutting|wrists?|arms?|legs?|veins|throat|life|live|living"
    r"|alive|exist(?:ing)?|die|dead|born|wake|sleep|in front of|traffic|tracks?|rails|pills?|tablets?"
    r"|paracetamol|overdose|end(?:ing)?\b[^.!?]{0,20}\ball|(?:jump|leap|step)\b[^.!?]{0,20}\b(?:off|from|out)"
    r"|(?:drive|crash|steer)\b[^.!?]{0,60}\b(?:into|off|against))\b",
    re.IGNORECASE,
)
"""One of these is in whatever is "sure"."""

Patterns: TypeAlias = tuple[re.Pattern[str], ...]


class _Net(NamedTuple):
    denials: Patterns
    ways_of_talking: Patterns
    sure: Patterns
    unsure: Patterns
    past: Patterns
    now: Patterns
    no: Patterns
    half_no: Patterns


@cache
def _net() -> _Net:
    lists = (DENIALS, WAYS_OF_TALKING, SURE, UNSURE, PAST, NOW, NO, HALF_NO)
    return _Net(*(tuple(re.compile(_filled(line)) for line in lines) for lines in lists))


def _filled(line: str) -> str:
    """A line of the word lists with its concepts written out, as a pattern of whole words."""
    while True:
        written = re.sub(r"<(\w+)>", lambda found: CONCEPTS[found[1]], line)
        if written == line:
            return rf"(?<!\w)(?:{line})\b"
        line = written


def make_ready() -> None:
    """Compile the word lists: before a prompt, so that no reply has to wait for it."""
    _net()


def danger_in(text: str) -> Danger | None:
    """Whether words say ("sure") or may say ("unsure") that somebody wants to die or to harm themselves.

    Measured on sentences that nobody had looked at while the lists were written: see
    tests/dialogue/danger/README.md.
    """
    said = _meant(text)
    if _is_surely(said):
        return "sure"
    return "unsure" if _any((*_net().sure, *_net().unsure), said) else None


@lru_cache(maxsize=64)
def is_sure(text: str) -> bool:
    """Whether `danger_in` is sure of it; at once where it cannot be, as of nearly every answer."""
    return _POSSIBLY.search(text) is not None and _is_surely(_meant(text))


def _meant(text: str) -> str:
    """Plain speech without denials and ways of talking."""
    said = _plain(text)
    for pattern in _net().denials:
        said = pattern.sub("denied", said)
    for pattern in _net().ways_of_talking:
        said = pattern.sub("…", said)
    return said


def _is_surely(said: str) -> bool:
    sentences = [f"|{sentence.rstrip()}" for sentence in said.split("|")]
    return any(_any(_net().sure, one) and not _was_once(one) for one in sentences)


def _was_once(sentence: str) -> bool:
    return _any(_net().past, sentence) and not _any(_net().now, sentence)


def _any(patterns: Iterable[re.Pattern[str]], said: str) -> bool:
    return any(pattern.search(said) for pattern in patterns)


def denies(text: str) -> bool:
    """Whether the reply to "are you thinking of harming yourself?" is a clear no.

    "Not really", "not today" and "no, but I think about it" are none.
    """
    said = _spelled_out(text)
    return danger_in(text) is None and not _any(_net().half_no, said) and _any(_net().no, said)


def _plain(text: str) -> str:
    return "| " + _spelled_out(_FILLERS.sub(" ", _spelled_out(text)))


def _spelled_out(text: str) -> str:
    said = f" {text.lower()} "
    for written, plain in _WRITTEN:
        said = re.sub(written, plain, said)
    said = re.sub(r"\s*[.!?;:…\n]+", " | ", said)
    said = re.sub(r"\s*[,–—]+\s*", " , ", said)
    return " ".join(re.sub(r"[^\w',|]+", " ", said).split())
