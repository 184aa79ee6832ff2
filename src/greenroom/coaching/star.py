"""Situation, task, action, result: which of them a story has, where each begins, and how much it takes.

The rules, so that a person can disagree:

1. A *situation* is told by a time, a place or people ("last year", "at my old company", "there was"); a
   *task* by what had to be done ("my job was to", "I had to"); an *action* by "I" or "we" and what they did
   ("I called"); a *result* by what came of it ("as a result", "we shipped", "since then").
2. A part begins with the clause of its first words, and goes on until the words of another part begin.
   What is said before any of them belongs to the situation, if it tells of the past at all.
3. A situation is told before the first action. In a clause that opens with a time or a place, what somebody
   did is still the situation, unless nothing else was done. What "we" did before the task is the situation
   too.
4. A task is told before the first action; "I had to" once something was done is part of the action.
5. "We shipped" is a result only once something was done, or, where nothing was, behind the task; "as a
   result" is one anywhere. What somebody did in the clause of a result is part of it.
6. After the last action, in the last third of the words, a clause that tells what was, of others than "I" and
   "we", is a result whatever its words ("nobody noticed").
7. Without an action and without a result no story is told, and no part of it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import get_args

from greenroom.coaching.clock import AnswerClock
from greenroom.coaching.lexicon import Lexicon, StoryWords
from greenroom.coaching.parts import Found, Star, StarName, StarPart
from greenroom.coaching.tokens import Token, found_at, sentences_of

LEAST_WORDS = 20
"""In fewer words nobody tells a story of four parts; what is found there is chance."""
LEAST_LEAD_IN = 5
"""Words before the first words of a part that make a lead-in, and not only "So, well, what can I say"."""
LEAST_ENDING = 4
"""Words of a clause that tells how it ended, and not only "that was it"."""
ENDING_FROM = 2 / 3
"""Of the answer's words: what others did before that may be the middle of the story as well as its end."""
MOST_BETWEEN = 2
"""Words between "I" and what was done: "I then quickly called"."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """Tokens `begin` to before `end` tell a part; `clause` is the first token of their clause.

    Attributes:
        of_group: "we" did it.
        sure: it tells the part wherever it stands.
        now: it is told in the present.
    """

    name: StarName
    begin: int
    end: int
    clause: int
    of_group: bool = False
    sure: bool = True
    now: bool = False


def story_of(
    tokens: Sequence[Token], lexicon: Lexicon, clock: AnswerClock | None
) -> tuple[Star | None, tuple[Found, ...]]:
    """The parts of a story by the rules above, and what came of it, in an answer of any length.

    Args:
        clock: of the answer; None when it was typed.

    Returns:
        None for the parts when there are too few words to look for a story.
    """
    marks = _in_place(_all_marks(tokens, lexicon))
    marks = sorted([*marks, *_endings(tokens, marks, lexicon)], key=lambda mark: mark.begin)
    outcomes = tuple(found_at(tokens, mark.begin, mark.end) for mark in marks if mark.name == "result")
    return (_star(tokens, marks, lexicon, clock) if len(tokens) >= LEAST_WORDS else None), outcomes


def _star(
    tokens: Sequence[Token], marks: Sequence[_Mark], lexicon: Lexicon, clock: AnswerClock | None
) -> Star:
    marks = [*_lead_in(tokens, marks, lexicon.story), *marks]
    names: tuple[StarName, ...] = get_args(StarName)
    stretches: list[tuple[StarName, int, int]] = []
    for mark, after in zip_longest(marks, marks[1:]):
        begin = stretches[-1][2] if stretches else 0
        end = max(begin, _begin(after, mark)) if after else len(tokens)
        if stretches and stretches[-1][0] == mark.name:
            stretches[-1] = (mark.name, stretches[-1][1], end)
        else:
            stretches.append((mark.name, begin, end))
    whole = _length(tokens, 0, len(tokens), clock)
    parts = []
    for name in dict.fromkeys(stretch[0] for stretch in stretches):
        own = [stretch for stretch in stretches if stretch[0] == name]
        taken = sum(_length(tokens, begin, end, clock) for _, begin, end in own)
        parts.append(
            StarPart(
                name=name,
                at_s=tokens[min(own[0][1], len(tokens) - 1)].start_s,
                share=min(1.0, max(0.0, taken / whole)) if whole > 0 else 0.0,
                rests_on=tuple(found_at(tokens, m.begin, m.end) for m in marks if m.name == name),
            )
        )
    return Star(tuple(parts), tuple(name for name in names if name not in {part.name for part in parts}))


def _lead_in(tokens: Sequence[Token], marks: Sequence[_Mark], story: StoryWords) -> list[_Mark]:
    """A situation told in words that are in no list: what comes before the first words of a part (rule 2)."""
    if not marks or marks[0].name == "situation":
        return []
    begin = min(marks[0].clause, marks[0].begin)
    if begin < LEAST_LEAD_IN:
        return []
    at = next((at for at in range(begin) if _tells_what_was(tokens[at].norm, story)), None)
    return [] if at is None else [_Mark("situation", max(0, at - 1), at + 1, 0)]


def _endings(tokens: Sequence[Token], marks: Sequence[_Mark], lexicon: Lexicon) -> list[_Mark]:
    """Results told in words that are in no list (rule 6)."""
    story = lexicon.story
    told_from = max((mark.end for mark in marks if mark.name == "action"), default=None)
    if told_from is None:
        return []
    told_from = max(told_from, round(len(tokens) * ENDING_FROM))
    results = [mark.begin for mark in marks if mark.name == "result"]
    found = []
    for begin, end in _runs(clause_starts(tokens, lexicon)):
        if begin < told_from or end - begin < LEAST_ENDING or any(begin <= at < end for at in results):
            continue
        norms = {token.norm for token in tokens[begin:end]}
        if norms & story.general or _is_subordinate(tokens, begin + 1, story):
            continue
        telling = (
            at
            for at in range(begin, end)
            if tokens[at].norm in story.states_now or _tells_what_was(tokens[at].norm, story)
        )
        at = next(telling, begin)
        # Without a subject of its own it goes on from the one before: "I wrote a list, and taped it there".
        own = all(token.norm not in story.doers_i | story.doers_we for token in tokens[begin:at])
        if own and at > begin + (tokens[begin].norm in story.joints):
            found.append(_Mark("result", at - 1, at + 1, begin, sure=False))
    return found


def _tells_what_was(norm: str, story: StoryWords) -> bool:
    return norm in story.states or is_doing(norm, story)


def _runs(starts: Sequence[int]) -> list[tuple[int, int]]:
    """The clauses as (first token, token after the last)."""
    begins = sorted(set(starts))
    return list(zip(begins, [*begins[1:], len(starts)], strict=True))


def _begin(mark: _Mark, before: _Mark) -> int:
    """Where the part of a mark begins: with its clause, unless the mark before it stands in the same one."""
    return mark.clause if mark.clause >= before.end else mark.begin


def _all_marks(tokens: Sequence[Token], lexicon: Lexicon) -> list[_Mark]:
    """Everything that may tell a part, in order, without overlap: what is surest first."""
    clauses = clause_starts(tokens, lexicon)
    story = lexicon.story
    found: list[_Mark] = []
    taken: set[int] = set()

    def add(name: StarName, begin: int, end: int, *, sure: bool = True) -> None:
        if taken.isdisjoint(range(begin, end)):
            taken.update(range(begin, end))
            found.append(_Mark(name, begin, end, clauses[begin], sure=sure))

    for match in lexicon.outcomes.find(tokens):
        add("result", match.begin, match.end)
    for match in story.task.find(tokens):
        add("task", match.begin, match.end)
    for match in lexicon.likely_outcomes.find(tokens):
        add("result", match.begin, match.end, sure=False)
    for match in story.action.find(tokens):
        if not _is_subordinate(tokens, match.begin, story):
            add("action", match.begin, match.end)
    for match in story.situation.find(tokens):
        add("situation", match.begin, match.end)
    for begin, end, now in _doings(tokens, story):
        if taken.isdisjoint(range(begin, end)):
            of_group = tokens[begin].norm in story.doers_we
            taken.update(range(begin, end))
            found.append(_Mark("action", begin, end, clauses[begin], of_group, sure=False, now=now))
    return sorted(found, key=lambda mark: mark.begin)


def _in_place(marks: Sequence[_Mark]) -> list[_Mark]:
    """Those that tell a part where they stand, by rules 3, 4, 5 and 7."""
    kept = _kept(marks, of_scene=False)
    if all(mark.name != "action" for mark in kept):
        kept = _kept(marks, of_scene=True)
    told = {mark.name for mark in kept}
    return kept if told & {"action", "result"} else []


def _kept(marks: Sequence[_Mark], *, of_scene: bool) -> list[_Mark]:
    """The same; `of_scene`: what was done in a clause of time and place is an action."""
    last_task = max((mark.begin for mark in marks if mark.name == "task"), default=-1)
    last_action = max((mark.begin for mark in marks if mark.name == "action"), default=-1)
    scenes: set[int] = set()
    endings: set[int] = set()
    kept: list[_Mark] = []
    seen: set[StarName] = set()
    for mark in marks:
        match mark.name:
            case "situation":
                scenes.add(mark.clause)
                fits = not seen & {"action", "result"}
            case "task":
                fits = not seen & {"action", "result"}
            case "result":
                fits = mark.sure or "action" in seen or ("task" in seen and mark.begin > last_action)
            case "action":
                first = "action" not in seen
                in_scene = first and mark.clause in scenes and not of_scene
                before_task = first and mark.of_group and mark.begin < last_task
                untold = mark.now and not seen & {"situation", "task"}
                fits = mark.sure or not (in_scene or before_task or untold or mark.clause in endings)
        if fits:
            kept.append(mark)
            seen.add(mark.name)
            if mark.name == "result":
                endings.add(mark.clause)
    return kept


def clause_starts(tokens: Sequence[Token], lexicon: Lexicon) -> list[int]:
    """For each token the first token of its clause."""
    found: list[int] = []
    for sentence in sentences_of(tokens):
        begin = sentence.start
        for at in sentence:
            if at - begin >= 2 and _begins_clause(tokens, at, lexicon):
                begin = at
            found.append(begin)
    return found


def _begins_clause(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    story = lexicon.story
    if tokens[at].norm not in story.clause_openers:
        return False
    before = tokens[at - 1]
    if before.comma or before.breaks:
        return True
    return at + 1 < len(tokens) and tokens[at + 1].norm in story.subjects


def _doings(tokens: Sequence[Token], story: StoryWords) -> Iterator[tuple[int, int, bool]]:
    """Where "I" or "we" did something: the tokens from the doer to what was done, and whether it is told as
    in the present."""
    doers = story.doers_i | story.doers_we
    for at, token in enumerate(tokens):
        if token.norm not in doers or token.ends or _is_subordinate(tokens, at, story):
            continue
        for end in range(at + 1, min(at + 2 + MOST_BETWEEN, len(tokens))):
            norm = tokens[end].norm
            denied = end + 1 < len(tokens) and tokens[end + 1].norm in story.denials
            if not denied and (is_doing(norm, story) or norm in story.doings_now):
                yield at, end + 1, norm in story.doings_now
                break
            if norm not in story.between or tokens[end].ends:
                break


def _is_subordinate(tokens: Sequence[Token], at: int, story: StoryWords) -> bool:
    """Whether a clause is an aside to another one: "when I took over the shop", "because I asked"."""
    return at > 0 and not tokens[at - 1].ends and tokens[at - 1].norm in story.subordinates


def is_doing(norm: str, story: StoryWords) -> bool:
    """Whether the word behind "I" tells what somebody did."""
    if norm in story.no_doings:
        return False
    return norm in story.doings or (len(norm) > 3 and norm.endswith(story.doing_endings))


def _length(tokens: Sequence[Token], begin: int, end: int, clock: AnswerClock | None) -> float:
    """Of a run of tokens: the answer's seconds up to the next one's beginning, or their number."""
    if begin >= end:
        return 0.0
    start_s = tokens[begin].start_s
    if clock is None or start_s is None:
        return float(end - begin)
    stop_s = tokens[end].start_s if end < len(tokens) else tokens[end - 1].end_s
    return max(0.0, clock.at(stop_s or 0.0) - clock.at(start_s))
