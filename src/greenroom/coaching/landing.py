"""Which key messages an answer brings across, in which of its words, at which moment.

An answer is cut into sentences, long ones into clauses; every run of one to three of them is a passage. With
the model of meaning (`Likeness`) a passage tells a message when it is near to it, near to how people show
that quality and far from how the contrary sounds (prompts/shown.toml); without it, when it holds most of the
message's telling words, as stems and synonyms. Either way it is read once more: what is denied, confessed or
somebody else's doing has not landed (claims.py). docs/benchmarks.md has how often this agrees with marks made
by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from math import exp, log
from statistics import fmean
from typing import TypeAlias

from greenroom.coaching.claims import is_confession, is_denied, is_mine, is_theirs, words_of
from greenroom.coaching.synonyms import concepts, stem
from greenroom.coaching.tokens import Token, found_at, sentences_of, tokens_of
from greenroom.coaching.vocabulary import Vocabulary
from greenroom.types import Answer, Landed

Likeness: TypeAlias = Callable[[Sequence[str], Sequence[str]], Sequence[Sequence[float]]]
"""How near in meaning each of some texts (a row each) is to each of others, 0 to 1."""

MOST_PIECES = 3
"""Sentences or clauses in a passage: a message is told in a breath or two."""
MOST_WORDS = 45
"""In a passage of more than one piece."""
LONG_SENTENCE = 25
"""Words from which on a sentence is looked at clause by clause."""
MIDDLING_SENTENCE = 12
"""Words from which on its clauses are looked at too, but only for nearly the message's own words."""
SHORTEST_PART = 3
"""Words of the shortest such clause: "I ship early"."""
CLAUSE_WORDS = 5
"""A comma or an "and" ends a clause of this many words; fewer say too little by themselves."""
LONGEST_CLAUSE = 22
"""Words at which a clause ends even without a comma: speech is often transcribed without any."""


LEAST_WORDS = 6
"""In a passage, where there are longer ones: "I made a plan" is near to everything."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What counts how much for a passage, and from which sum on it tells the message.

    Fitted by logistic regression on the pairs marked by hand that are not held out (tests/coaching/marked),
    and rounded; the bar for a precision of 0.85 there. Chance finds something in a long answer sooner than in
    a short one, so the bar rises with the logarithm of the number of passages: by `rises`, so that one of
    half a minute and more is taken to tell one message in twenty that it does not tell.

    Attributes:
        like: nearness to the message.
        close: what of it is above `CLOSE`: nearly its own words.
        shows, contrary: nearness to what shows its quality, and to the contrary.
        share: the part of the message's telling words that are in it.
        mine: the person is in it.
        theirs, undone: somebody else's doing; denied or confessed.
    """

    like: float = 0.0
    close: float = 0.0
    shows: float = 0.0
    contrary: float = 0.0
    share: float = 0.0
    mine: float = 0.0
    theirs: float = 0.0
    undone: float = 0.0
    bar: float = 0.0
    rises: float = 0.0


MESSAGE = Scale(
    like=2.6,
    close=12.0,
    shows=12.0,
    contrary=-6.4,
    mine=1.4,
    theirs=-4.7,
    undone=-4.5,
    bar=3.85,
    rises=0.6,
)
MESSAGE_BY_WORDS = Scale(share=1.0, theirs=-1.0, undone=-1.0, bar=0.6)
POINT = replace(MESSAGE, close=4.0)
POINT_BY_WORDS = replace(MESSAGE_BY_WORDS, bar=0.65)
"""Each with and without the model of meaning. What is near to a bullet point is more often its contrary."""
MOST_QUALITIES = 12
"""Those that the message names most; the others would weigh next to nothing, and cost as much."""
CLOSE = 0.5
"""Nearness from which on two sentences are about the same thing in much the same words."""
PART_LIKE = 0.6
"""Nearness that a part needs: fitted likewise."""
SHARPNESS = 0.05
"""How quickly a quality counts less, the less it is the one that the message names."""

_DULL = frozenset(
    map(
        stem,
        words_of(
            """
            a an the and or but so as if than that this these those there here it its i i'm i've i'd
            i'll me my mine we we're our us you your he she they them their his her is am are was were
            be been being do does did done doing have has had having will would can could should may
            might must shall of in on at to for from with by about into over under up out off down
            through between after while when where which who whom whose what how why not no never nor
            very really just also even still too quite rather only much many more most some any all each
            own same other another such then now again ever yet it's that's there's thing things way lot
            bit kind sort get got gets getting go going goes went like well one make makes made let lets
            try tries tried trying able always often usually don't didn't doesn't won't can't wasn't
            isn't
            """
        ),
    )
)
"""Stems that tell nothing by themselves."""
_JOINTS = words_of("and but so because then which although though while since whereas")


@dataclass(frozen=True, slots=True)
class Landing:
    """A message over several answers.

    Attributes:
        found: the place of an answer among them, and how the message was told there, in order; empty when
            it never came up.
    """

    message: str
    found: tuple[tuple[int, Landed], ...]


def land(
    messages: Sequence[str],
    answer: Answer,
    likeness: Likeness | None = None,
    words: Vocabulary = Vocabulary(),  # noqa: B008 - frozen
) -> tuple[Landed, ...]:
    """The messages that an answer brings across, in their own order, each where it is told best."""
    return _told(messages, answer, likeness, words, (MESSAGE, MESSAGE_BY_WORDS))


def said(
    points: Sequence[str],
    answer: Answer,
    likeness: Likeness | None = None,
    words: Vocabulary = Vocabulary(),  # noqa: B008 - frozen
) -> tuple[Landed, ...]:
    """The bullet points that were said; those that are not in it were not."""
    return _told(points, answer, likeness, words, (POINT, POINT_BY_WORDS))


def landings(
    messages: Sequence[str],
    answers: Sequence[Answer],
    likeness: Likeness | None = None,
    words: Vocabulary = Vocabulary(),  # noqa: B008 - frozen
) -> tuple[Landing, ...]:
    """Each message over the answers of a session, or of all sessions; those that never came up as well."""
    told = [{one.message: one for one in land(messages, answer, likeness, words)} for answer in answers]
    return tuple(
        Landing(
            message,
            tuple((place, found[message]) for place, found in enumerate(told) if message in found),
        )
        for message in messages
    )


@dataclass(frozen=True)
class _Said:
    """An answer cut into passages, with what its words are taken as."""

    tokens: Sequence[Token]
    words: Vocabulary

    @cached_property
    def norms(self) -> list[str]:
        return [token.norm for token in self.tokens]

    @cached_property
    def concepts(self) -> list[tuple[int, int, str]]:
        return concepts([stem(norm) for norm in self.norms], self.words.synonyms)

    @cached_property
    def passages(self) -> list[range]:
        """Runs of pieces, the shorter ones first; then the parts."""
        return [*self.runs, *self.parts]

    @cached_property
    def runs(self) -> list[range]:
        pieces = [
            piece
            for sentence in sentences_of(self.tokens)
            for piece in _pieces(self.tokens, sentence, LONG_SENTENCE)
        ]
        runs = (
            range(pieces[first].start, pieces[first + size - 1].stop)
            for size in range(1, MOST_PIECES + 1)
            for first in range(len(pieces) - size + 1)
        )
        found = [run for run in runs if len(run) <= MOST_WORDS or run in pieces]
        return [run for run in found if len(run) >= LEAST_WORDS] or found[-1:]

    @cached_property
    def parts(self) -> list[range]:
        """What is too short to tell anything but in nearly the message's own words: short sentences, and
        clauses of middling ones."""
        found = [
            piece
            for sentence in sentences_of(self.tokens)
            for piece in _pieces(self.tokens, sentence, MIDDLING_SENTENCE)
        ]
        return [part for part in found if len(part) >= SHORTEST_PART and part not in self.runs]

    def sentence_of(self, place: int) -> int:
        """Where the sentence begins that a word is in."""
        return next(one.start for one in sentences_of(self.tokens) if place in one)

    @cached_property
    def texts(self) -> list[str]:
        return [found_at(self.tokens, run.start, run.stop).text for run in self.passages]

    def landed(self, message: str, passage: range) -> Landed:
        words = found_at(self.tokens, passage.start, passage.stop)
        return Landed(message, words.text, words.at_s)


def _pieces(tokens: Sequence[Token], sentence: range, long: int) -> Iterator[range]:
    """The sentence, or its clauses when it has as many words as a `long` one."""
    begin = sentence.start
    for at in sentence if len(sentence) >= long else ():
        size, left = at + 1 - begin, sentence.stop - at - 1
        joint = left >= CLAUSE_WORDS and tokens[at + 1].norm in _JOINTS
        ends = left >= 3 and (tokens[at].comma or tokens[at].breaks or joint)
        if (size >= CLAUSE_WORDS and ends) or (size >= LONGEST_CLAUSE and left >= CLAUSE_WORDS):
            yield range(begin, at + 1)
            begin = at + 1
    if begin < sentence.stop:
        yield range(begin, sentence.stop)


def _told(
    messages: Sequence[str],
    answer: Answer,
    likeness: Likeness | None,
    words: Vocabulary,
    scales: tuple[Scale, Scale],
) -> tuple[Landed, ...]:
    said = _Said(tokens_of(answer), words)
    if not said.tokens:
        return ()
    scale = scales[1] if likeness is None else scales[0]
    told = (_best(message, said, likeness, scale) for message in messages)
    found = zip(messages, told, strict=True)
    return tuple(said.landed(message, passage) for message, passage in found if passage is not None)


def _best(message: str, said: _Said, likeness: Likeness | None, scale: Scale) -> range | None:
    """The passage that tells a message best, if any does."""
    wanted = _Wanted.of(message, said.words)
    if not wanted.telling:
        return None
    near = _nearness(message, said, likeness) if likeness else repeat((0.0, 0.0, 0.0))
    scores = []
    for place, (passage, (like, *more)) in enumerate(zip(said.passages, near, strict=False)):
        whole = place < len(said.runs)
        counts = whole or (like >= PART_LIKE and is_mine(said.norms[passage.start : passage.stop]))
        signs = _signs(said, passage, wanted)
        scores.append(_score(scale, signs, like, *more) if counts else float("-inf"))
    best = max(range(len(scores)), key=scores.__getitem__)
    return said.passages[best] if scores[best] >= scale.bar + scale.rises * log(len(said.runs)) else None


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the words of a passage tell of a message, each 0 to 1."""

    share: float
    mine: float
    theirs: float
    undone: float


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A message: its words in lower case, and what tells in it, with whether that is denied there."""

    norms: Sequence[str]
    telling: Mapping[str, bool]

    @classmethod
    def of(cls, message: str, words: Vocabulary) -> _Wanted:
        norms = [token.norm for token in tokens_of(Answer("", message))]
        found = concepts([stem(norm) for norm in norms], words.synonyms)
        telling = {concept: is_denied(norms, begin) for begin, _, concept in found}
        return cls(norms, {one: denied for one, denied in telling.items() if one not in _DULL} or telling)


def _signs(said: _Said, passage: range, wanted: _Wanted) -> _Signs:
    # Whose doing a part is, or whether it is so at all, may stand before it in the sentence.
    start = said.sentence_of(passage.start) if passage in said.parts else passage.start
    norms = said.norms[start : passage.stop]
    inside = [
        (begin - start, concept)
        for begin, end, concept in said.concepts
        if passage.start <= begin and end <= passage.stop and concept in wanted.telling
    ]
    denied = [is_denied(norms, place) != wanted.telling[concept] for place, concept in inside]
    theirs = [is_theirs(norms, place, wanted.norms) for place, _ in inside]
    return _Signs(
        share=len({concept for _, concept in inside}) / len(wanted.telling),
        mine=float(is_mine(norms)),
        theirs=fmean(theirs) if theirs else 0.0,
        undone=max(fmean(denied) if denied else 0.0, float(is_confession(norms, wanted.norms))),
    )


def _nearness(message: str, said: _Said, likeness: Likeness) -> Iterator[tuple[float, float, float]]:
    """For each passage: nearness to the message, to what shows its quality, and to the contrary."""
    every = said.words.qualities
    named = likeness([message], [one.says for one in every])[0] if every else ()
    chosen = sorted(range(len(every)), key=lambda place: -named[place])[:MOST_QUALITIES]
    qualities = [every[place] for place in chosen]
    weights = [exp(named[place] / SHARPNESS) for place in chosen]
    shows = [(place, text) for place, one in enumerate(qualities) for text in one.shows]
    contrary = [(place, text) for place, one in enumerate(qualities) for text in one.contrary]
    for row in likeness(said.texts, [message, *(text for _, text in (*shows, *contrary))]):
        near = _nearest([place for place, _ in shows], row[1 : 1 + len(shows)], weights)
        far = _nearest([place for place, _ in contrary], row[1 + len(shows) :], weights)
        yield row[0], near, far


def _nearest(owner: Sequence[int], likenesses: Sequence[float], weights: Sequence[float]) -> float:
    """The nearest sentence of each quality, weighted by how much the message names that one."""
    nearest = [0.0] * len(weights)
    for place, one in zip(owner, likenesses, strict=True):
        nearest[place] = max(nearest[place], one)
    weighted = sum(one * weight for one, weight in zip(nearest, weights, strict=True))
    return weighted / sum(weights) if weights else 0.0


def _score(scale: Scale, signs: _Signs, like: float, shows: float, contrary: float) -> float:
    return (
        scale.like * like
        + scale.close * max(0.0, like - CLOSE)
        + scale.shows * shows
        + scale.contrary * contrary
        + scale.share * signs.share
        + scale.mine * signs.mine
        + scale.theirs * signs.theirs
        + scale.undone * signs.undone
    )
