"""Search by meaning: what was asked for beside every sentence that was ever said, asked or noted.

A sentence becomes a vector once, when it is first searched, and is kept in the archive: 388 bytes, its
numbers rounded to one byte each, and 48 bytes that tell which of them are above zero. These signs are enough
to leave out nearly everything; only what may be near is compared number by number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from greenroom.archive import Archive, Hit, Meaning, Near, Outline, Within, without_echoes
from greenroom.archive.query import check_count, cleaned, count_words

if TYPE_CHECKING:  # a search for words must not pay for numpy
    import numpy as np
    from numpy.typing import NDArray

LEAST_LIKE = 0.25
"""Nearness below which nothing is shown. Of passages marked as telling a message (tests/coaching/marked) half
are nearer to it than this, of passages beside it one in eight; what is nearest stands first in any case."""

AT_ONCE = 16
"""Rows worked out before they are stored: a second or two of work, so that little is lost to a Ctrl-C."""

CANDIDATES = 600
"""Rows compared number by number, those whose signs differ least."""

_BLOCK = 8
"""Signs fill whole blocks of as many bytes, which are compared at one go."""


@dataclass(frozen=True, slots=True)
class Embedder:
    """A model of meaning.

    Attributes:
        name: changes when its vectors do.
        vectors: of texts, shape (texts, width), each of length 1.
    """

    name: str
    vectors: Callable[[Sequence[str]], NDArray[np.float32]]


class Packed(NamedTuple):
    """A vector as it is kept: how large 1 is, then a byte a number; and a bit a number, 1 above zero."""

    vector: bytes
    signs: bytes


def check(words: str) -> None:
    """Raises GreenroomError when there is no word to look for, or there are too many."""
    check_count(count_words(cleaned(words)))


def learn(archive: Archive, model: Embedder, tell: Callable[[int, int], None]) -> None:
    """Works out the vectors of every row that has none. Whatever is stored stays when it is interrupted.

    Args:
        tell: is told how many are done, and of how many.
    """
    total = archive.count_untold(model.name)
    done = 0
    known: dict[str, Packed] = {}  # questions: the same ones stand in every session
    while rows := archive.untold(AT_ONCE) if total else []:
        texts = [row.sentences for row in rows]
        new = list(dict.fromkeys(text for each in texts for text in each if text not in known))
        fresh = dict(zip(new, packed(model.vectors(new)), strict=True)) if new else {}
        told = []
        for row, each in zip(rows, texts, strict=True):
            kept = [known.get(text) or fresh[text] for text in each]
            told.append((row, b"".join(one.vector for one in kept), b"".join(one.signs for one in kept)))
            if row.table == "turns" and each:
                known[each[0]] = kept[0]
        archive.keep_meanings(model.name, told)
        done += len(rows)
        tell(done, max(total, done))


def similar(archive: Archive, words: str, model: Embedder, within: Within, limit: int) -> list[Hit]:
    """The sentences nearest in meaning to what was asked for, one of each answer, the nearest first.

    Raises:
        GreenroomError: there is no word in it, there are too many, or no session is with that company.
    """
    check(words)
    outlines = archive.outlines(within)
    if not outlines:
        return []
    asked = model.vectors([cleaned(words)])[0]
    likely = _likely(outlines, asked, max(CANDIDATES, 4 * limit))
    nearest = _nearest(archive.meanings(likely), asked, 2 * limit)
    hits = without_echoes(archive.near(nearest[:limit]))
    if len(hits) < limit < len(nearest):  # some were noted as they were said, and were there twice
        hits = without_echoes(archive.near(nearest))
    return hits[:limit]


def _likely(outlines: Sequence[Outline], asked: NDArray[np.float32], count: int) -> list[int]:
    """The numbers of the rows that have the sentences with the fewest signs other than those asked for."""
    ids, turns, signs = zip(*outlines, strict=True)
    if len(ids) <= count:
        return list(ids)
    import numpy as np

    wanted = np.frombuffer(_signs(asked[None])[0], np.uint64)
    size = wanted.nbytes
    others = np.frombuffer(b"".join(signs), np.uint64).reshape(-1, len(wanted)) ^ wanted
    different = np.bitwise_count(others).sum(axis=1, dtype=np.uint16)
    counts = np.fromiter(map(len, signs), np.int64, len(signs)) // size
    starts = np.cumsum(counts) - counts
    # One question, asked in a thousand sessions, leaves room for all else.
    questions = [each[:size] if turn else None for turn, each in zip(turns, signs, strict=True)]
    different[starts[_asked_again(questions)]] = 8 * size
    fewest = np.minimum.reduceat(different, starts)
    return [ids[at] for at in np.argpartition(fewest, count)[:count]]


def _nearest(stored: Sequence[Meaning], asked: NDArray[np.float32], limit: int) -> list[Near]:
    """The nearest sentence of each row that has one near enough, the nearest row first."""
    import numpy as np

    if not stored:  # all gone since they were chosen
        return []
    row_type = _row(len(asked))
    rows = np.frombuffer(b"".join(one.vectors for one in stored), row_type)
    likeness = (rows["values"].astype(np.float32) @ asked) * rows["scale"]
    counts = np.array([len(one.vectors) // row_type.itemsize for one in stored])
    starts = np.cumsum(counts) - counts
    questions = [one.vectors[: row_type.itemsize] if one.table == "turns" else None for one in stored]
    likeness[starts[_asked_again(questions)]] = -1.0
    best = np.maximum.reduceat(likeness, starts)
    # Of equals the newer first.
    order = np.lexsort((-np.array([one.id for one in stored]), -best))[:limit]
    found = []
    for at in order[best[order] >= LEAST_LIKE]:
        place = int(np.argmax(likeness[starts[at] : starts[at] + counts[at]]))
        found.append(Near(stored[at].table, stored[at].id, place, min(1.0, float(best[at]))))
    return found


def _asked_again(questions: Sequence[bytes | None]) -> list[int]:
    """The places of those that were asked again later: a question is found once, where it was asked last.

    Args:
        questions: of each row what was worked out of its question, which comes first in a turn, in the order
            of asking; None where it is no turn.
    """
    seen: set[bytes] = set()
    again = []
    for place in reversed(range(len(questions))):
        question = questions[place]
        if question in seen:
            again.append(place)
        elif question is not None:
            seen.add(question)
    return again


def packed(vectors: NDArray[np.float32]) -> list[Packed]:
    """Each of some vectors as it is kept."""
    import numpy as np

    peaks = np.abs(vectors).max(axis=1)
    scales = np.where(peaks > 0, peaks, 1.0) / 127
    rows = np.empty(len(vectors), _row(vectors.shape[1]))
    rows["scale"] = scales
    rows["values"] = np.rint(vectors / scales[:, None])
    return [Packed(row.tobytes(), signs) for row, signs in zip(rows, _signs(vectors), strict=True)]


def _signs(vectors: NDArray[np.float32]) -> list[bytes]:
    """Which numbers of each vector are above zero, a bit each, in whole blocks."""
    import numpy as np

    bits = np.packbits(vectors > 0, axis=1)
    return [row.tobytes() for row in np.pad(bits, ((0, 0), (0, -bits.shape[1] % _BLOCK)))]


def _row(width: int) -> np.dtype[np.void]:
    import numpy as np

    return np.dtype([("scale", "<f4"), ("values", "i1", (width,))])
