"""A transcript that somebody corrected, laid on the times of the words as they were heard. Pure.

What reads an answer after that (search to the moment, marked pauses, subtitles, bleeps) goes on working: a
word that stayed keeps its time, one put in another's place takes that one's, one added takes the sound
that nobody had written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from greenroom.hearing.fillers_back import bare
from greenroom.types import Span, Word

SURE = 1.0
"""The probability of a word that the person wrote: nobody knows it better."""
LEAST_GAP_S = 0.1
"""In less sound than this no word lies that was overheard."""
_ROUNDING_S = 1e-6


def one_line(text: str) -> str:
    """A text as a transcript is stored: one line, single spaces."""
    return " ".join(text.split())


def retimed(heard: Sequence[Word], text: str, voiced: Sequence[Span] = ()) -> tuple[Word, ...]:
    """The words of `text` in order, each with a time.

    Args:
        heard: the words as they were heard, in order, on the recording's clock; of none (a typed answer)
            there come none.
        text: what the person says was said.
        voiced: the stretches in which somebody speaks, in order: an added word lies in one of them.

    Returns:
        Their starts never go back, and none ends before it starts.
    """
    old = list(_tokens(heard))
    new = text.split()
    if not old:
        return ()
    found: list[Word] = []
    for first, last, begin, end in changes([word.text for word in old], new):
        before, now = old[first:last], new[begin:end]
        if len(before) == len(now):
            found += map(_in_place_of, before, now)
        elif before:
            found += _spread(now, [Span(word.start_s, word.end_s) for word in before])
        elif now:
            found += _spread(now, _unwritten(old, first, voiced))
    return _in_order(found)


def _tokens(heard: Sequence[Word]) -> Iterator[Word]:
    """As they stand between spaces. A recogniser's "Mm" and "-hmm," are one in a text, and two here."""
    for word in heard:
        pieces = word.text.split()
        if len(pieces) == 1:
            yield Word(pieces[0], word.start_s, word.end_s, word.probability)
        elif pieces:
            for part in _spread(pieces, [Span(word.start_s, word.end_s)]):
                yield Word(part.text, part.start_s, part.end_s, word.probability)


def changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of both that belong together, in order: places of the first and the last in each.

    Words are the same that differ in case and in the marks around them.
    """
    before, now = bared(old), bared(new)
    same = 0  # of two hours of words mostly a few are changed: the rest is not compared with everything
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    end, stop = len(before), len(now)
    while min(end, stop) > same and before[end - 1] == now[stop - 1]:
        end, stop = end - 1, stop - 1
    yield 0, same, 0, same
    matcher = SequenceMatcher(None, before[same:end], now[same:stop], autojunk=False)
    for _, first, last, begin, until in matcher.get_opcodes():
        yield first + same, last + same, begin + same, until + same
    yield end, len(before), stop, len(now)


def bared(words: Sequence[str]) -> list[str]:
    """Words by which two texts are compared."""
    return [bare(word) or word for word in words]


def _in_place_of(old: Word, text: str) -> Word:
    kept = bare(old.text) == bare(text)
    return Word(text, old.start_s, old.end_s, old.probability if kept else SURE)


def _unwritten(old: Sequence[Word], place: int, voiced: Sequence[Span]) -> list[Span]:
    """The sound between two words of which nothing was written down; else the moment between them."""
    after_s = old[place - 1].end_s if place else 0.0
    until_s = old[place].start_s if place < len(old) else float("inf")
    gaps = [Span(max(span.start_s, after_s), min(span.end_s, until_s)) for span in voiced]
    found = [gap for gap in gaps if gap.duration_s >= LEAST_GAP_S]
    moment_s = after_s if place else until_s
    return found or [Span(moment_s, moment_s)]


def _spread(texts: Sequence[str], spans: Sequence[Span]) -> Iterator[Word]:
    """Texts over spans, by their letters; the silence between two spans belongs to none of them."""
    letters = sum(map(len, texts))
    whole_s = sum(span.duration_s for span in spans)
    done = 0
    for text in texts:
        start_s = _at(spans, whole_s * done / letters, beginning=True)
        done += len(text)
        yield Word(text, start_s, _at(spans, whole_s * done / letters, beginning=False), SURE)


def _at(spans: Sequence[Span], part_s: float, *, beginning: bool) -> float:
    """The moment at which so much of the spans is over. A word begins in the later of two, and ends in the
    earlier."""
    for span in spans:
        if part_s < span.duration_s - _ROUNDING_S or (
            not beginning and part_s <= span.duration_s + _ROUNDING_S
        ):
            return span.start_s + min(part_s, span.duration_s)
        part_s -= span.duration_s
    return spans[-1].end_s


def _in_order(words: Sequence[Word]) -> tuple[Word, ...]:
    found: list[Word] = []
    earliest_s = 0.0
    for word in words:
        start_s = max(word.start_s, earliest_s)
        end_s = max(word.end_s, start_s)
        found.append(Word(word.text, round(start_s, 3), round(end_s, 3), round(word.probability, 3)))
        earliest_s = start_s
    return tuple(found)
