"""The pages of the review: one session, the list of sessions, the hits of a search.

Everything that did not come from this program goes through `clean` here, before it becomes a piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from greenroom.archive import MARK_END, MARK_START, Hit, SessionSummary
from greenroom.review import figures, keeping_words, search_words, words
from greenroom.review.clean import clean, plainly
from greenroom.review.look import Look
from greenroom.review.notes import Note, notes
from greenroom.review.page import BLANK, Line, Meaning, Page, Piece, cells, cropped, glued, wrapped
from greenroom.review.transcript import paragraphs
from greenroom.types import Session, Turn

_ROOM_FOR_ABOUT = 12
"""Columns below which the list gives up its table: less of a company's name tells nobody anything."""

_SHORT_FACT = 24
"""Characters up to which a fact stays on one line; it fits on the narrowest screens."""


def show(
    session: Session,
    look: Look,
    factors: Mapping[str, str] | None = None,
    below: Mapping[int, Page] | None = None,
) -> Page:
    """One session from head to items.

    Args:
        factors: how the factors there are read, by their ids.
        below: what stands below an answer of the interview, by its turn's number.
    """
    page = _head(session, look)
    interview = [turn for turn in session.turns if turn.part == "interview"]
    debrief = [turn for turn in session.turns if turn.part == "debrief"]
    if not session.turns:
        page += [BLANK, *wrapped([Piece(words.NO_TURNS)], look.columns)]
    for turn in interview:
        page += [BLANK, *_turn(session.id, turn, look), *(below or {}).get(turn.number, [])]
    if interview and debrief:
        page += [BLANK, *heading(words.DEBRIEF, look)]
    for turn in debrief:
        page += [BLANK, *_turn(session.id, turn, look)]
    return page + _notes(session, factors or {}, look)


def sessions(summaries: Sequence[SessionSummary], look: Look, more: bool = False) -> Page:
    """The list of sessions, the latest first as it comes.

    Args:
        more: there are older ones that are not in `summaries`.
    """
    if not summaries:
        return [line for text in words.LIST_EMPTY for line in wrapped([Piece(text)], look.columns)]
    page = None if look.plain else _table(summaries, look)
    if page is None:
        page = [line for summary in summaries for line in _row_in_words(summary, look)]
    if more:
        hint = words.LIST_MORE.format(shown=len(summaries), more=len(summaries) * 5)
        page += [BLANK, *wrapped([Piece(hint, "quiet")], look.columns)]
    return page


def hits(
    found: Sequence[Hit], asked: str, look: Look, empty: str = search_words.EMPTY, *, more: bool = False
) -> Page:
    """What a search found, best first as it comes.

    Args:
        asked: the words searched for.
        empty: what is said when nothing was found.
        more: there are others that are not in `found`.
    """
    if not found:
        text = empty.format(words=f'"{clean(asked)}"')
        return wrapped([Piece(text)], look.columns)
    page: Page = []
    for hit in found:
        page += [*_hit(hit, look), BLANK]
    exact = next((hit for hit in found if hit.at_s is not None and hit.has_sound), None)
    hints = []
    if exact is not None:
        hints.append(search_words.HINT.format(moment=_moment(exact)))
    if more:
        hints.append(search_words.MORE.format(more=len(found) * 5))
    for hint in hints:
        page += wrapped([Piece(hint, "quiet")], look.columns)
    return page if hints else page[:-1]


def what_goes(session: Session, today: date, look: Look) -> Page:
    """What goes when this session is deleted; the year is said when it is not this one."""
    answers = sum(turn.status in ("answered", "recorded", "unfinished") for turn in session.turns)
    content = [figures.counted(answers, "answer")]
    if any(turn.audio for turn in session.turns):
        audio_s = sum(turn.timing.thinking_s + turn.timing.answer_s for turn in session.turns if turn.timing)
        content.append(words.of_audio(figures.roughly(audio_s)))
    if session.items:
        content.append(figures.counted(len(session.items), "note"))
    text = words.DELETE_WHAT.format(
        id=session.id,
        kind=words.KINDS.get(session.kind, clean(session.kind)),
        day=figures.day(session.started_at, today),
        content=", ".join(content),
    )
    return wrapped([Piece(text)], look.columns)


# The session's head


def _head(session: Session, look: Look) -> Page:
    kind = words.KINDS.get(session.kind, clean(session.kind))
    status = words.SESSION_STATUS.get(session.status, clean(session.status))
    when = figures.day_and_time(session.started_at)
    title = words.SESSION_TITLE.format(id=session.id, kind=kind, when=when)
    page = wrapped([Piece(title, "title"), Piece(_aside(status, look), "quiet")], look.columns)
    about = [clean(text) for text in (session.company, session.role) if text]
    if session.pack:
        about.append(words.from_pack(clean(session.pack)))
    if about:
        page += wrapped([Piece(_joined(about, look))], look.columns)
    if session.turns:
        answered = sum(turn.status == "answered" for turn in session.turns)
        spoken_s = sum(turn.timing.speaking_s for turn in session.turns if turn.timing)
        sums = [words.answered_of(answered, len(session.turns))]
        sums += [words.spoken(_lasting(spoken_s))] if spoken_s else []
        page += wrapped([Piece(_joined(sums, look))], look.columns)
    if session.ratings:
        ratings = words.ratings(_joined([_rating(**rating) for rating in session.ratings], look))
        page += wrapped([Piece(ratings)], look.columns)
    if session.outcome:
        value = plainly(str(session.outcome.get("value", "")))
        on = session.outcome.get("on")
        page += wrapped([Piece(words.outcome(value, figures.day(str(on)) if on else None))], look.columns)
    return page if look.plain else [*page, _rule(look.columns)]


def _rating(name: object = "", value: object = "", phase: object = None, **_: object) -> str:
    when = words.PHASES.get(str(phase))
    rating = f"{plainly(str(name))} {clean(str(value))}"
    return f"{rating} ({when})" if when else rating


# One turn


def _turn(session: int, turn: Turn, look: Look) -> Page:
    indent = 0 if look.plain else 4
    number = figures.moment(session, turn.number)
    prompt = [Piece(f"{number} ", "place"), Piece(clean(turn.prompt), "title")]
    facts = turn_facts(session, turn)
    page = wrapped(prompt, look.columns, indent, first=0)
    if facts:
        page += wrapped([Piece(_sentence(facts, look), "quiet")], look.columns, indent)
    if turn.transcript or turn.status == "answered":
        for at_s, pieces in paragraphs(turn, look.plain):
            if at_s is not None:  # what `play` takes
                pieces.insert(0, Piece(f"{figures.moment(session, turn.number, at_s)} ", "place"))
            page += wrapped(pieces, look.columns, indent)
    return page


def turn_facts(session: int, turn: Turn) -> list[str]:
    """The timing line: how it went in words, then the figures that are there."""
    # An answer that was typed has no figures, and stands right below: nothing is to be said of it.
    typed = turn.status == "answered" and turn.timing is None and bool(turn.transcript)
    facts = [] if typed else [words.TURN_STATUS.get(turn.status, clean(turn.status))]
    if turn.phase == "second":
        facts.append(words.PHASES[turn.phase])
    if turn.take > 1:
        facts.append(words.again(turn.take))
    if turn.follow_up_of is not None:
        facts.append(words.follow_up(figures.moment(session, turn.follow_up_of)))
    timing, fillers = turn.timing, turn.fillers
    if timing:
        facts.append(_lasting(timing.answer_s))
    if timing and turn.part == "interview":
        thought = words.thought_for(_lasting(timing.thinking_s))
        facts.append(thought if timing.thinking_s > 0 else words.ANSWERED_AT_ONCE)
        if timing.words_per_minute is not None:
            facts.append(figures.pace(timing.words_per_minute))
        if timing.longest_pause_s > 0:
            facts.append(words.longest_pause(_lasting(timing.longest_pause_s)))
    if fillers and turn.part == "interview":
        facts.append(figures.counted(fillers.count, "filler") + _by_word(fillers.by_word.items()))
    if turn.original is not None:
        as_it_was = turn.transcript == turn.original
        facts.append(keeping_words.ORIGINAL_FACT if as_it_was else keeping_words.CORRECTED_FACT)
    if turn.audio_removed_at is not None:
        facts.append(keeping_words.REMOVED_FACT.format(day=figures.day(turn.audio_removed_at)))
    return facts


def _by_word(counts: Iterable[tuple[str, int]]) -> str:
    listed = ", ".join(f"{count} {clean(word)}" for word, count in counts)
    return f" ({listed})" if listed else ""


# What was noted


def _notes(session: Session, factors: Mapping[str, str], look: Look) -> Page:
    page: Page = []
    for title, told in notes(session, factors):
        page += [BLANK, *heading(title, look)]
        for note in told:
            page += _family(session.id, note, look)
    return page


def _family(session: int, note: Note, look: Look, depth: int = 0) -> Page:
    """A note and below it what hangs on it."""
    page = _note(session, note, look, depth)
    for child in note.children:
        page += _family(session, child, look, depth + 1)
    return page


def _note(session: int, note: Note, look: Look, depth: int) -> Page:
    item = note.item
    remarks = [note.remark] if note.remark else []
    if item.starred:
        remarks.append(words.STARRED)
    if item.turn is not None:
        remarks.append(figures.moment(session, item.turn, item.at_s))
    # An indent that grows with a long chain would leave no room for the words.
    bullet = 2 * min(depth, 3)
    pieces = [Piece("- ")]
    if note.label:
        pieces.append(Piece(f"{note.label}: ", "quiet"))
    pieces.append(Piece(clean(item.text)))
    if remarks:
        pieces.append(Piece(f" ({', '.join(remarks)})", "quiet"))
    return wrapped(pieces, look.columns, bullet + 2, first=bullet)


# The list


def _row_in_words(summary: SessionSummary, look: Look) -> Page:
    facts = [
        f"{summary.id}: {words.KINDS.get(summary.kind, clean(summary.kind))}",
        figures.day_and_time(summary.started_at),
        *filter(None, [_about(summary)]),
        words.answered_of(summary.answered, summary.turns),
        *([words.spoken(_lasting(summary.speaking_s))] if summary.speaking_s else []),
        *filter(None, [words.SESSION_STATUS_SHORT.get(summary.status)]),
    ]
    return wrapped([Piece(", ".join(facts))], look.columns, indent=2, first=0)


def _table(summaries: Sequence[SessionSummary], look: Look) -> Page | None:
    """None where the columns do not fit."""
    rows = [words.LIST_HEAD, *(_cells_of(summary) for summary in summaries)]
    widths = [max(cells(row[place]) for row in rows) for place in range(len(words.LIST_HEAD))]
    about = words.LIST_HEAD.index("About")
    room = look.columns - sum(widths) - 2 * (len(widths) - 1) + widths[about]
    if room < min(_ROOM_FOR_ABOUT, widths[about]):
        return None
    widths[about] = min(widths[about], room)
    page = [_row(row, widths, "" if place else "quiet") for place, row in enumerate(rows)]
    return [page[0], _rule(sum(widths) + 2 * (len(widths) - 1)), *page[1:]]


def _cells_of(summary: SessionSummary) -> tuple[str, ...]:
    status = words.SESSION_STATUS_SHORT.get(summary.status)
    kind = words.KINDS_SHORT.get(summary.kind, clean(summary.kind))
    return (
        str(summary.id),
        figures.day_and_time(summary.started_at, short=True),
        f"{kind}, {status}" if status else kind,
        _about(summary),
        f"{summary.answered} of {summary.turns}",
        figures.clock(summary.speaking_s) if summary.speaking_s else "",
    )


def _row(row: Sequence[str], widths: Sequence[int], meaning: Meaning) -> Line:
    pieces = []
    for place, (text, width) in enumerate(zip(row, widths, strict=True)):
        fitted = cropped(text, width)
        padding = " " * (width - cells(fitted))
        gap = "  " if place else ""
        # The ID is a number, so its digits line up at the right.
        cell = gap + (fitted + padding if place else padding + fitted)
        pieces.append(Piece(cell, meaning or ("" if place else "place")))
    return tuple(pieces)


def _about(summary: SessionSummary) -> str:
    named = [clean(text) for text in (summary.company, summary.role) if text]
    return ", ".join(named) or clean(summary.pack or "")


# One hit


def _hit(hit: Hit, look: Look) -> Page:
    kind = words.HIT_KINDS.get(hit.kind, plainly(hit.kind))
    facts = [kind, figures.day(hit.started_at)]
    head = [Piece(_moment(hit), "place"), Piece(_aside(_joined(facts, look), look), "quiet")]
    page = wrapped(head, look.columns)
    indent = 0 if look.plain else 2
    if hit.prompt and hit.kind != "question":
        page += wrapped([Piece(clean(hit.prompt), "quiet")], look.columns, indent)
    return page + wrapped(snippet(hit.snippet, look.plain), look.columns, indent)


def snippet(text: str, plain: bool) -> list[Piece]:
    """A snippet with its matches as hits: emphasised on a terminal, between asterisks in plain output."""
    pieces: list[Piece] = []
    inside = False
    for part in re.split(f"({MARK_START}|{MARK_END})", text):
        if part in (MARK_START, MARK_END):
            inside = part == MARK_START
        elif inside and part:
            pieces.append(Piece(f"*{clean(part)}*" if plain else clean(part), "hit"))
        else:
            pieces.append(Piece(clean(part)))
    return pieces


def _moment(hit: Hit) -> str:
    """What `play` takes."""
    return figures.moment(hit.session_id, hit.turn, hit.at_s)


# Small things


def heading(text: str, look: Look) -> Page:
    """The head of a part of a page."""
    return wrapped([Piece(f"{text}:" if look.plain else text, "title")], look.columns)


def _rule(columns: int) -> Line:
    return (Piece("─" * columns, "quiet"),)


def _joined(facts: Iterable[str], look: Look) -> str:
    short = (glued(fact) if len(fact) <= _SHORT_FACT else fact for fact in facts)
    # The dot stays with what it follows.
    return (", " if look.plain else glued(" ·") + " ").join(short)


def _sentence(facts: Sequence[str], look: Look) -> str:
    """Facts as one line; in plain output as a sentence, which a screen reader ends with a breath."""
    joined = _joined(facts, look)
    return joined[:1].upper() + joined[1:] + ("." if look.plain else "")


def _aside(text: str, look: Look) -> str:
    return f", {text}" if look.plain else f" · {text}"


def _lasting(value_s: float) -> str:
    return glued(figures.seconds(value_s))
