"""An answer as the measures read it: its words in lower case, hesitations left out, with what followed each.

Spoken and typed answers come to the same tokens; only the times are missing in typed ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from greenroom.coaching.fillers import fillers_in, is_filler
from greenroom.coaching.parts import Counted, Found
from greenroom.types import Answer, Span, Word

# "don't", "3.5", "10:30", "U.S" are one word; "well-known" is two.
_PART = re.compile(r"[^\W_]+(?:['’.,:][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_ELLIPSIS = re.compile(r"(?:\.{2,}|…)[\"'”’)\]]*$")
_DASHES = "-–—‐‑"
# A full stop behind these ends no sentence.
_ABBREVIATED = frozenset(
    {"mr.", "mrs.", "ms.", "dr.", "vs.", "etc.", "e.g.", "i.e.", "approx.", "no.", "st."}
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word that says something.

    Attributes:
        norm: in lower case, without punctuation, with a straight apostrophe.
        raw: as the transcript has it, with its punctuation: "40%," and "shipped."
        place: which word of the answer it is.
        start_s, end_s: None when it was typed.
        ends: a sentence ends behind it.
        comma: a comma, colon or semicolon stands behind it.
        breaks: a dash or dots stand behind it, or it is cut off ("wor-").
        hesitant: a hesitation stands behind it.
        joined: a hyphen joins it to the next one ("well-known").
    """

    norm: str
    raw: str
    place: int
    start_s: float | None = None
    end_s: float | None = None
    ends: bool = False
    comma: bool = False
    breaks: bool = False
    hesitant: bool = False
    joined: bool = False


def tokens_of(answer: Answer) -> list[Token]:
    """The answer's words in order, without hesitations, lone punctuation and what was left out of it.

    `place` counts `answer.words`, or the words of the text when there are none.
    """
    words: Sequence[Word | None] = answer.words or ()
    raws = [word.text.strip() for word in answer.words] if answer.words else answer.text.split()
    commands = [span for span in answer.left_out if span.end_s > span.start_s]
    tokens: list[Token] = []
    for place, (raw, fillers) in enumerate(zip(raws, fillers_in(raws), strict=True)):
        word = words[place] if words else None
        if word is not None and commands and _inside(word, commands):
            continue
        parts = _PART.findall(raw)
        if fillers:
            parts = [part for part in parts if not is_filler(part)] if len(parts) > 1 else []
        ends, comma, breaks = _punctuation(raw)
        if not parts:
            # Commas around a hesitation are its own; a sentence ends, or breaks off, with the word before it.
            if tokens and (fillers or ends or comma or breaks):
                last = tokens[-1]
                tokens[-1] = replace(
                    last,
                    ends=last.ends or ends,
                    comma=not fillers and (last.comma or comma),
                    breaks=last.breaks or breaks,
                    hesitant=last.hesitant or bool(fillers),
                )
            continue
        start_s, end_s = (word.start_s, word.end_s) if word is not None else (None, None)
        for part in parts[:-1]:
            tokens.append(Token(_norm(part), raw, place, start_s, end_s, joined=True))
        tokens.append(Token(_norm(parts[-1]), raw, place, start_s, end_s, ends, comma, breaks))
    return tokens


def sentences_of(tokens: Sequence[Token]) -> list[range]:
    """The sentences, as ranges of tokens. Speech without punctuation is one of them."""
    found, begin = [], 0
    for at, token in enumerate(tokens):
        if token.ends:
            found.append(range(begin, at + 1))
            begin = at + 1
    if begin < len(tokens):
        found.append(range(begin, len(tokens)))
    return found


def found_at(tokens: Sequence[Token], begin: int, end: int) -> Found:
    """The words from token `begin` to before `end`, as they were said, without the punctuation around."""
    # A comma that a hesitation brought goes with it.
    raws = {token.place: token.raw if token.comma else token.raw.rstrip(",") for token in tokens[begin:end]}
    text = " ".join(raws.values())
    return Found(text.strip(' ,.;:!?…"“”()[]' + _DASHES), tokens[begin].place, tokens[begin].start_s)


def said(tokens: Sequence[Token], begin: int, end: int) -> str:
    """The same in lower case and without any punctuation, fit to be counted under."""
    return " ".join(token.norm for token in tokens[begin:end])


def counted(tokens: Sequence[Token], ranges: Iterable[tuple[int, int]], answer_s: float | None) -> Counted:
    """Sums up what was found in these ranges of tokens.

    Args:
        answer_s: the answer's length; None when it was typed.
    """
    found = tuple(ranges)
    counts = Counter(said(tokens, begin, end) for begin, end in found)
    return Counted(
        count=len(found),
        per_minute=len(found) * 60 / answer_s if answer_s else None,
        by_phrase=dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
        found=tuple(found_at(tokens, begin, end) for begin, end in found),
    )


def _inside(word: Word, spans: Sequence[Span]) -> bool:
    middle_s = (word.start_s + word.end_s) / 2
    return any(span.start_s <= middle_s < span.end_s for span in spans)


def _norm(part: str) -> str:
    return part.lower().replace("’", "'")


def _punctuation(raw: str) -> tuple[bool, bool, bool]:
    """Whether a sentence ends with this word, a comma follows it, the thought breaks off."""
    if not raw or raw[-1].isalnum():
        return False, False, False
    if _ELLIPSIS.search(raw) or raw[-1] in _DASHES:
        return False, False, True
    ends = _SENTENCE_END.search(raw) is not None and raw.lower() not in _ABBREVIATED
    return ends, raw[-1] in ",;:", False
