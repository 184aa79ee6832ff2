"""Two takes of a question side by side: what was said, and what changed in its measures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from greenroom.archive import Archive, parse_retake_id
from greenroom.coaching.measures import Measures, StarName, measure
from greenroom.errors import GreenroomError
from greenroom.review import figures, words
from greenroom.review import progress_words as progress
from greenroom.review.as_json import Json, rounded
from greenroom.review.beside import Take
from greenroom.review.clean import clean
from greenroom.review.coached import Means
from greenroom.review.look import Look
from greenroom.review.page import BLANK, Line, Page, Piece, cells, glued, text_of, wrapped
from greenroom.review.terminal import heading
from greenroom.review.transcript import marked
from greenroom.types import Answer, Grade, Graded

LEAST_COLUMN = 34
"""Columns of a transcript below which it is harder to follow than one below the other."""

GAP = " │ "


@dataclass(frozen=True, slots=True)
class Side:
    """One take.

    Attributes:
        place: which of all takes it is, from 1.
        said: of the person's own points for the question, those that are in it.
    """

    place: int
    take: Take
    measures: Measures
    graded: Graded | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What `compare` tells.

    Attributes:
        takes: how many there are of the question.
        sides: two of them, the earlier first; one when there is but one.
        points: the person's own for the question.
    """

    prompt_id: str
    question: str
    takes: int
    sides: tuple[Side, ...]
    points: tuple[str, ...] = ()


# Which question, which takes


def question_meant(asked: str, answered: Mapping[str, str], known: Mapping[str, str]) -> str:
    """The id of the question named by its id or by words of it.

    Args:
        answered: the text of every question with an answer, by its id.
        known: the same of those in packs.

    Raises:
        GreenroomError: none or several are meant, or the one that is has not been answered.
    """
    wanted = asked.strip()
    if wanted in answered:
        return wanted
    if wanted not in known:
        found = _by_words(wanted, answered)
        if len(found) == 1:
            return found[0]
        if found:
            raise _error(progress.COMPARE_SEVERAL, words=clean(wanted), ids=", ".join(map(clean, found)))
        if not answered:
            raise _error(progress.COMPARE_NOTHING)
    unanswered = [wanted] if wanted in known else _by_words(wanted, known)
    if len(unanswered) == 1:
        text = clean(known[unanswered[0]])
        raise _error(progress.COMPARE_NOT_ANSWERED, text=text, id=unanswered[0])
    nearest = get_close_matches(wanted.lower(), [*answered, *known], 1)
    hint = progress.MEANT.format(name=clean(nearest[0])) if nearest else ""
    raise _error(progress.COMPARE_UNKNOWN, words=clean(wanted), hint=hint)


def _by_words(asked: str, questions: Mapping[str, str]) -> list[str]:
    """The questions that hold all these words, or words that begin with them."""
    wanted = re.findall(r"\w+", asked.casefold())
    if not wanted:
        return []
    return [
        prompt_id
        for prompt_id, text in questions.items()
        if all(re.search(rf"\b{re.escape(word)}", f"{text} {prompt_id}".casefold()) for word in wanted)
    ]


def takes_of(archive: Archive, prompt_id: str, no_answer: Callable[[str], bool]) -> list[Take]:
    """All takes of a question, the oldest first; a follow-up is none.

    Args:
        no_answer: whether a reply was said to the program ("go back"), and answers nothing.
    """
    retake = parse_retake_id(prompt_id) is not None  # taken in a second look as well
    found = (Take(*row) for row in archive.takes([prompt_id]))
    return [
        take
        for take in found
        if (retake or take.turn.part == "interview")
        and take.turn.follow_up_of is None
        and not no_answer(take.turn.transcript or "")
    ]


def compared(
    archive: Archive, takes: Sequence[Take], places: tuple[int, int] | None, means: Means
) -> Compared:
    """Two takes of a question, measured.

    Args:
        takes: all of them, at least one.
        places: which two, from 1; the first and the last when None.

    Raises:
        GreenroomError: there is no such take.
    """
    chosen = list(dict.fromkeys(places or (1, len(takes))))
    for place in chosen:
        if not 1 <= place <= len(takes):
            count = progress.COMPARE_TAKES.format(takes=len(takes))
            takes_told = progress.COMPARE_TAKES_ONE if len(takes) == 1 else count
            raise _error(progress.COMPARE_NO_TAKE, take=place, takes=takes_told, last=len(takes))
    graded = {one.turn_id: one for one in archive.graded()}
    prompt_id = takes[0].turn.prompt_id
    points = archive.points(prompt_id)
    sides = []
    for place in sorted(chosen):
        take = takes[place - 1]
        answer = archive.answer(take.turn.id)
        said = _said(points, answer, means)
        sides.append(Side(place, take, measure(answer, means.lexicon), graded.get(take.turn.id), said))
    return Compared(prompt_id, takes[-1].turn.prompt, len(takes), tuple(sides), points)


def _said(points: Sequence[str], answer: Answer, means: Means) -> tuple[str, ...]:
    return tuple(one.message for one in means.said(points, answer)) if points else ()


# For people


def compare_page(found: Compared, look: Look) -> Page:
    page = wrapped([Piece(clean(found.question), "title")], look.columns)
    if len(found.sides) == 1 and found.takes == 1:
        page += wrapped([Piece(progress.COMPARE_ONE.format(id=found.prompt_id))], look.columns)
    page += [BLANK, *_texts(found, look)]
    page += [BLANK, *_measures(found, look)]
    if commands := play_commands(found):
        line = progress.COMPARE_PLAY if len(commands) > 1 else progress.COMPARE_PLAY_ONE
        listed = ", ".join(glued(command) for command in commands)
        page += [BLANK, *wrapped([Piece(line.format(commands=listed), "quiet")], look.columns)]
    return page


def play_commands(found: Compared) -> list[str]:
    """What plays the takes that have audio."""
    return [f"greenroom play {_moment(side)}" for side in found.sides if side.take.turn.audio]


def _texts(found: Compared, look: Look) -> Page:
    """What was said: in two columns where they are wide enough, else one below the other."""
    column = (look.columns - cells(GAP)) // 2
    if look.plain or column < LEAST_COLUMN or len(found.sides) == 1:
        parts = [_text(found, side, look, look.columns) for side in found.sides]
        return [line for part in parts for line in (*part, BLANK)][:-1]
    left, right = (_text(found, side, look, column) for side in found.sides)
    page: Page = []
    for place in range(max(len(left), len(right))):
        one: Line = left[place] if place < len(left) else ()
        other: Line = right[place] if place < len(right) else ()
        fill = " " * (column - cells(text_of(one)))
        page.append((*one, Piece(fill), Piece(GAP, "quiet"), *other))
    return page


def _text(found: Compared, side: Side, look: Look, columns: int) -> Page:
    facts = f": {_when(side)}" if look.plain else f" · {_when(side)}"
    take = progress.COMPARE_TAKE.format(take=side.place, takes=found.takes)
    head = [Piece(f"{_moment(side)} ", "place"), Piece(take, "title"), Piece(facts, "quiet")]
    return [*wrapped(head, columns), *wrapped(marked(side.take.turn, look.plain), columns)]


def _when(side: Side) -> str:
    if side.take.turn.phase == "second":  # its session began on the day of the first look
        return words.PHASES["second"]
    return figures.day(side.take.started_at)


def _moment(side: Side) -> str:
    return figures.moment(side.take.session_id, side.take.turn.number)


def _measures(found: Compared, look: Look) -> Page:
    rows = _rows(found)
    alone = len(found.sides) == 1
    page = heading(progress.COMPARE_MEASURES_ONE if alone else progress.COMPARE_MEASURES, look)
    if not rows:
        return page + wrapped([Piece(progress.COMPARE_TYPED)], look.columns)
    if alone:
        for row in rows:
            line = progress.COMPARE_ALONE.format(label=row[0], first=row[1])
            page += wrapped([Piece(line)], look.columns, 2, first=0)
        return page
    for shape in () if look.plain else (rows, _rows(found, short=True)):
        if table := _table([("", *map(_moment, found.sides), progress.COMPARE_CHANGE), *shape], look):
            return page + table
    for label, first, second, change in rows:
        line = progress.COMPARE_THEN if change else progress.COMPARE_THEN_PLAIN
        text = line.format(label=label, first=first, second=second, change=change)
        page += wrapped([Piece(text)], look.columns, 2, first=0)
    return page


def _table(rows: Sequence[Sequence[str]], look: Look) -> Page:
    """Empty where it does not fit."""
    widths = [max(cells(row[place]) for row in rows) for place in range(len(rows[0]))]
    if sum(widths) + 2 * (len(widths) - 1) > look.columns:
        return []
    page: Page = []
    for place, row in enumerate(rows):
        texts = [text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True)]
        page.append((Piece("  ".join(texts).rstrip(), "" if place else "quiet"),))
    return page


def _rows(found: Compared, short: bool = False) -> list[tuple[str, str, str, str]]:
    """Label, how it was, how it is, what changed; of one take the last two are empty.

    Args:
        short: the parts of a story are counted and not named.
    """
    first, second = found.sides[0], found.sides[-1]
    alone = len(found.sides) == 1
    rows = []
    for name, label in progress.COMPARE_NAMES.items():
        was, now = (_figure(name, side, found, short) for side in (first, second))
        if was is None and now is None:
            continue
        change = _change(name, first, second) if not alone and was is not None and now is not None else ""
        unknown = progress.COMPARE_NOT_KNOWN
        rows.append((label, was or unknown, "" if alone else now or unknown, change))
    return rows


def _figure(name: str, side: Side, found: Compared, short: bool) -> str | None:
    """A measure of one take as it is shown; None when it is not known."""
    measures = side.measures
    value = values_of(side).get(name)
    if name == "star":
        there = star_of(side)
        told = progress.COMPARE_STORY.format(count=len(there)) if short else _listed(there)
        return (told if there else progress.COMPARE_NO_STORY) if measures.star else None
    if name == "grade":
        graded = side.graded
        told = progress.COMPARE_GRADE_OWN if graded and graded.own else progress.COMPARE_GRADE
        return told.format(grade=graded.grade) if graded else None
    if name == "points":
        told = progress.COMPARE_POINTS
        return told.format(said=len(side.said), points=len(found.points)) if found.points else None
    if value is None:
        return None
    if name in ("thinking", "length"):
        return figures.seconds(value)
    if name == "pace":
        return progress.COMPARE_PACE.format(pace=round(value))
    if value == 0 and (name != "fillers" or measures.verbatim):
        return progress.COMPARE_NONE
    if name == "fillers" and measures.fillers:
        told = progress.COMPARE_RATE if measures.verbatim else progress.COMPARE_AT_LEAST
        return told.format(count=measures.fillers.count, per_minute=value)
    if name == "hedges" and measures.hedges.per_minute is not None:
        return progress.COMPARE_RATE.format(count=round(value), per_minute=measures.hedges.per_minute)
    if name == "pauses" and measures.pauses:
        longest = figures.seconds(measures.pauses.longest_s)
        return progress.COMPARE_PAUSES.format(count=round(value), longest=longest)
    return str(round(value))


def _change(name: str, first: Side, second: Side) -> str:
    """What changed from one take to the other, in words; empty where nothing can be said."""
    if name == "star":
        return _star_change(star_of(first), star_of(second))
    if name == "grade":
        return _grade_change(first.graded, second.graded)
    if name == "fillers" and not (first.measures.verbatim and second.measures.verbatim):
        return ""
    was, now = values_of(first).get(name), values_of(second).get(name)
    if was is None or now is None:
        return ""
    fewer, more = progress.COMPARE_CHANGES[name]
    size = abs(_shown(name, now) - _shown(name, was))  # or the figures beside it would not add up
    told = f"{size:.1f}" if name == "fillers" else str(round(size))
    if name in ("thinking", "length"):
        told = figures.seconds(size)
    if told in ("0", "0.0", "0 s"):
        return progress.COMPARE_SAME
    return (more if now > was else fewer).format(figure=told)


def _shown(name: str, value: float) -> float:
    """A number as it is rounded where it stands."""
    if name == "pace" or (name in ("thinking", "length") and value >= 10):
        return round(value)
    return round(value, 1)


def _star_change(was: Sequence[str], now: Sequence[str]) -> str:
    gained = [part for part in now if part not in was]
    lost = [part for part in was if part not in now]
    told = [progress.COMPARE_WITH.format(parts=_listed(gained))] if gained else []
    told += [progress.COMPARE_WITHOUT.format(parts=_listed(lost))] if lost else []
    return ", ".join(told) or progress.COMPARE_SAME


def _grade_change(was: Graded | None, now: Graded | None) -> str:
    if was is None or now is None:
        return ""
    ranks = get_args(Grade)
    step = ranks.index(now.grade) - ranks.index(was.grade)
    return (progress.COMPARE_UP if step > 0 else progress.COMPARE_DOWN) if step else progress.COMPARE_SAME


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(parts)


# What is measured


def values_of(side: Side) -> dict[str, float | None]:
    """The measures of a take that are numbers; None where one is not known."""
    measures, timing = side.measures, side.measures.timing
    return {
        "thinking": timing.thinking_s if timing else None,
        "length": timing.answer_s if timing else None,
        "pace": timing.words_per_minute if timing else None,
        "fillers": measures.fillers.per_minute if measures.fillers else None,
        "hedges": measures.hedges.count,
        "pauses": measures.pauses.count if measures.pauses else None,
        "numbers": len(measures.numbers),
        "outcomes": len(measures.outcomes),
        "points": len(side.said),
    }


def star_of(side: Side) -> tuple[str, ...]:
    """The parts of a story that are there, in the usual order."""
    star = side.measures.star
    there = {part.name for part in star.parts} if star else set()
    return tuple(name for name in get_args(StarName) if name in there)


# For programs


def compare_json(found: Compared) -> Json:
    """`compare --json`; `change` is the later take less the earlier one, empty for one take."""
    first, second = found.sides[0], found.sides[-1]
    return {
        "question": {"id": found.prompt_id, "text": found.question},
        "takes": found.takes,
        "points": list(found.points),
        "compared": [_side_json(side) for side in found.sides],
        "change": {} if len(found.sides) == 1 else _change_json(first, second),
    }


JSON_NAMES: Mapping[str, str] = {
    "thinking": "thinking_s",
    "length": "answer_s",
    "pace": "words_per_minute",
    "fillers": "fillers_per_minute",
    "points": "points_said",
}
"""What the numbers are called there; the others as here."""


def _side_json(side: Side) -> Json:
    turn, pauses, graded = side.take.turn, side.measures.pauses, side.graded
    return {
        "take": side.place,
        "moment": _moment(side),
        "session": side.take.session_id,
        "turn": turn.number,
        "started_at": side.take.started_at,
        "audio": turn.audio,
        "transcript": turn.transcript,
        "grade": {"grade": graded.grade, "own": graded.own} if graded else None,
        "measures": {
            **{JSON_NAMES.get(name, name): rounded(value) for name, value in values_of(side).items()},
            "fillers": side.measures.fillers.count if side.measures.fillers else None,
            "verbatim": side.measures.verbatim,
            "longest_pause_s": rounded(pauses.longest_s) if pauses else None,
            "star": list(star_of(side)) if side.measures.star else None,
        },
        "points_said": list(side.said),
    }


def _change_json(first: Side, second: Side) -> Json:
    was, now = values_of(first), values_of(second)
    changes: Json = {}
    for name in was:
        before, after = was[name], now[name]
        change = None if before is None or after is None else rounded(after - before)
        changes[JSON_NAMES.get(name, name)] = change
    return changes


def _error(said: tuple[str, str], **fields: object) -> GreenroomError:
    message, remedy = (text.format(**fields) for text in said)
    return GreenroomError(message, remedy)
