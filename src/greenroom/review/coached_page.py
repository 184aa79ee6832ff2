"""The coaching of an answer as it is read: a few labelled lines, each figure with its yardstick."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from greenroom.coaching.measures import Counted, Found, Star, StarPart
from greenroom.coaching.pauses import SHORTEST_S
from greenroom.coaching.yardsticks import (
    ANSWER_S,
    FILLERS_PER_MINUTE,
    PACE_OF_TOOLS_WORDS_PER_MINUTE,
    PACE_WORDS_PER_MINUTE,
    STAR_ACTION_SHARE,
    THINKING_S,
)
from greenroom.dialogue.feedback import FeedbackWords, said
from greenroom.dialogue.spoken import listed
from greenroom.review import coached_words as words
from greenroom.review import figures
from greenroom.review import words as common
from greenroom.review.clean import clean
from greenroom.review.coached import Coached, Coaching
from greenroom.review.look import Look
from greenroom.review.page import BLANK, Page, Piece, glued, wrapped
from greenroom.review.terminal import heading
from greenroom.types import Landed

MOST_SHOWN = 3
"""Of what a measure found, so many are shown with their words; `show --json` has all."""

LEAST_OPENERS = 2
"""One "so" at the beginning of an answer is nothing to speak of."""

_ALONE = re.compile(r"\bi\b")
"""Phrases are counted in lower case."""
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def below(coaching: Coaching, feedback: FeedbackWords, session: int, look: Look) -> Mapping[int, Page]:
    """What stands below each answer, by the turn's number."""
    return {number: _Lines(one, feedback, session, look).page() for number, one in coaching.answers.items()}


def messages_page(coaching: Coaching, session: int, look: Look) -> Page:
    """Which messages landed in the session, in which words and at which moment, and which never came up."""
    if not coaching.messages or not coaching.answers:
        return []
    page: Page = [BLANK, *heading(common.MESSAGES, look)]
    for message in coaching.messages:
        page += wrapped([Piece("- "), Piece(clean(message))], look.columns, 2, first=0)
        landings = coaching.landings(message)
        for turn, landed in landings:
            moment = figures.moment(session, turn.number, landed.at_s)
            line = words.LANDED.format(moment=moment, text=_quoted(landed.text, look))
            page += wrapped([Piece(line, "quiet")], look.columns, 4, first=2)
        if not landings:
            page += wrapped([Piece(words.NEVER, "quiet")], look.columns, 4, first=2)
    return page


class _Lines:
    """The lines below one answer."""

    def __init__(self, one: Coached, feedback: FeedbackWords, session: int, look: Look) -> None:
        self._one = one
        self._measures = one.measures
        self._feedback = feedback
        self._session = session
        self._look = look
        self._indent = 0 if look.plain else 4

    def page(self) -> Page:
        is_story = self._one.turn.follow_up_of is None  # the reply to a follow-up is a piece of one
        return [
            BLANK,
            *self._worth_saying(),
            *self._line(words.TIME, self._time()),
            *self._line(words.PACE, self._pace()),
            *self._line(words.FILLERS, self._fillers()),
            *self._line(words.WORDING, self._wording()),
            *(self._story() if is_story else []),
            *self._line(words.NAMED, self._named()),
            *(self._line(words.QUESTION, self._question()) if is_story else []),
            *self._points(),
            *self._line(words.GRADE, self._grade()),
            *self._line(words.TAKES, self._takes()),
        ]

    def _worth_saying(self) -> Page:
        """What was good, and the one thing most worth changing."""
        page: Page = []
        for label, good in ((words.KEEP, True), (words.TO_TRY, False)):
            known = (
                each
                for each in self._one.advice.findings
                if each.good is good and each.id in self._feedback.findings
            )
            finding = next(known, None)
            if finding is not None:
                page += self._line(label, [self._ours(said(finding, self._feedback, self._one.turn.number))])
        return page

    # The clockwork

    def _time(self) -> list[str]:
        timing, pauses = self._measures.timing, self._measures.pauses
        if timing is None:
            return [words.NO_TIME if self._one.turn.audio else words.TYPED]
        length = _lasting(timing.answer_s)
        if self._one.seconds:
            low, high = map(_lasting, self._one.seconds)
            facts = [words.LENGTH_SUITS.format(figure=length, low=low, high=high)]
        else:
            low, high = _lasting(ANSWER_S.low), _lasting(ANSWER_S.high)
            facts = [words.LENGTH_USUAL.format(figure=length, low=low, high=high, source=ANSWER_S.source)]
        thought = words.THOUGHT if timing.thinking_s > 0 else words.AT_ONCE
        figure = _lasting(timing.thinking_s)
        yard = THINKING_S
        facts.append(thought.format(figure=figure, low=yard.low, high=yard.high, source=yard.source))
        if pauses is not None:
            facts.append(
                words.PAUSES.format(
                    count=_pauses(pauses.count),
                    longest=_lasting(pauses.longest_s),
                    share=_percent(pauses.share),
                )
                if pauses.count
                else words.NO_PAUSES.format(shortest=_lasting(SHORTEST_S))
            )
        return facts

    def _pace(self) -> list[str]:
        timing = self._measures.timing
        if timing is None:
            return []
        if timing.words_per_minute is None:
            return [words.NO_PACE]
        aim, wide = PACE_WORDS_PER_MINUTE, PACE_OF_TOOLS_WORDS_PER_MINUTE
        figure = glued(figures.pace(timing.words_per_minute))
        facts = [
            words.PACE_OF.format(
                figure=figure,
                low=aim.low,
                high=aim.high,
                source=aim.source,
                from_=wide.low,
                to=wide.high,
                tools=wide.source,
            )
        ]
        if self._measures.pace_course:
            paces = listed([str(round(pace)) for pace in self._measures.pace_course])
            facts.append(words.THIRDS.format(paces=paces))
        return facts

    def _fillers(self) -> list[str]:
        fillers, yard = self._measures.fillers, FILLERS_PER_MINUTE
        if fillers is None:
            return []
        if not self._measures.verbatim:
            return [words.FILLERS_LATER]
        per_minute = f"{fillers.per_minute:.1f}".removesuffix(".0")
        return [
            words.FILLERS_OF.format(per_minute=per_minute, low=yard.low, high=yard.high, source=yard.source)
        ]

    # The words

    def _wording(self) -> list[str]:
        found = self._measures
        facts = []
        rows = ((words.SOFTENED, found.hedges, 1), (words.OPENED, found.openers, LEAST_OPENERS))
        for template, counted, least in rows:
            if counted.count >= least:
                facts.append(template.format(phrases=self._phrases(counted)))
        for template, counted in ((words.TWICE, found.repeats), (words.ANEW, found.restarts)):
            if counted.count:
                facts.append(template.format(phrases=self._quotes(counted.found)))
        if found.voices.i or found.voices.we:
            i, we = self._ours("“I”"), self._ours("“we”")
            voices = found.voices
            facts.append(glued(words.VOICES.format(i=i, count_i=voices.i, we=we, count_we=voices.we)))
        return facts

    def _phrases(self, counted: Counted) -> str:
        """ "kind of" 2, "I think" 1: the most frequent ones."""
        rows = list(counted.by_phrase.items())
        shown = [
            glued(words.PHRASE.format(phrase=_quoted(_ALONE.sub("I", phrase), self._look), count=count))
            for phrase, count in rows[:MOST_SHOWN]
        ]
        return ", ".join(shown + _more(len(rows)))

    def _quotes(self, found: Sequence[Found | Landed]) -> str:
        """The words that were found, each with its moment if that is known."""
        shown = []
        for one in found[:MOST_SHOWN]:
            text = _quoted(one.text, self._look)
            at = None if one.at_s is None else figures.clock(one.at_s)
            shown.append(text if at is None else words.AT.format(text=text, at=at))
        return ", ".join(shown + _more(len(found)))

    def _story(self) -> Page:
        star = self._measures.star
        if star is None:
            return self._line(words.STORY, [words.STORY_SHORT])
        if not star.parts:
            return []  # "Why us?" wants none, and nobody is told that it has none
        page = self._line(words.STORY, [_has_and_lacks(star)])
        for part in star.parts:
            page += self._bullet([Piece(self._part(part), "quiet"), Piece(": " + self._rests_on(part))])
        return page

    def _part(self, part: StarPart) -> str:
        name, share = words.PARTS[part.name], _percent(part.share)
        if part.at_s is None:
            said_at = words.STORY_PART_TYPED.format(name=name, share=share)
        else:
            said_at = words.STORY_PART.format(name=name, at=figures.clock(part.at_s), share=share)
        if part.name == "action":
            said_at += f" ({words.ACTION_SHARE.format(share=_percent(STAR_ACTION_SHARE))})"
        return said_at

    def _rests_on(self, part: StarPart) -> str:
        texts = [_quoted(one.text, self._look) for one in part.rests_on[:MOST_SHOWN]]
        return ", ".join(texts + _more(len(part.rests_on)))

    def _named(self) -> list[str]:
        star = self._measures.star
        told = star is not None and any(part.name == "result" for part in star.parts)
        # The words that a result rests on stand with the story.
        outcomes = () if told else self._measures.outcomes
        rows = ((words.FIGURES, self._measures.numbers), (words.OUTCOMES, outcomes))
        return [template.format(found=self._quotes(found)) for template, found in rows if found]

    def _question(self) -> list[str]:
        relevance = self._measures.relevance
        if relevance is None or not relevance.asked:
            return []
        met = listed([_quoted(word, self._look) for word in relevance.met])
        missing = [word for word in relevance.asked if word not in relevance.met]
        left = listed([_quoted(word, self._look) for word in missing])
        if not met:
            return [words.NONE_TAKEN_UP.format(left=left)]
        taken = words.TAKEN_UP.format(met=met)
        return [f"{taken}, {words.NOT_TAKEN_UP.format(left=left)}" if left else taken]

    # The person's own

    def _points(self) -> Page:
        if not self._one.points:
            return []
        found = {landed.message: landed for landed in self._one.said}
        page = self._line(words.POINTS, [])
        for point in self._one.points:
            landed = found.get(point)
            note = f"{words.POINT_SAID}: {self._quotes([landed])}" if landed else words.POINT_NOT_SAID
            page += self._bullet([Piece(clean(point)), Piece(f" ({note})", "quiet")])
        return page

    def _grade(self) -> list[str]:
        graded, advice = self._one.graded, self._one.advice
        grade = graded.grade if graded else advice.grade
        if grade is None:
            return []
        name = self._feedback.grades[grade].name
        if graded is not None and graded.own:
            return [words.GRADE_OWN.format(grade=name)]
        known = self._feedback.findings
        # What the measures say now gives its reasons only for the grade that they say now.
        because = advice.because if advice.grade == grade else ()
        reasons = [known[one].reason for one in because if one in known]
        if not reasons:
            return [words.GRADE_PROPOSED.format(grade=name)]
        return [words.GRADE_PROPOSED_BECAUSE.format(grade=name, reasons=self._ours(listed(reasons)))]

    def _takes(self) -> list[str]:
        if self._one.takes < 2:
            return []
        question = clean(self._one.turn.prompt_id)
        return [words.TAKE_OF.format(take=self._one.take, takes=self._one.takes, question=question)]

    # Setting them

    def _line(self, label: str, facts: Sequence[str]) -> Page:
        """One label and its facts, each a sentence; nothing when there is no fact but for a bare label."""
        if not facts and label != words.POINTS:
            return []
        text = " ".join(_sentence(fact) for fact in facts)
        pieces = [Piece(f"{label}: " if text else f"{label}:", "quiet"), Piece(text)]
        return wrapped(pieces, self._look.columns, self._indent + 2, first=self._indent)

    def _bullet(self, pieces: Iterable[Piece]) -> Page:
        return wrapped([Piece("- "), *pieces], self._look.columns, self._indent + 4, first=self._indent + 2)

    def _ours(self, text: str) -> str:
        return clean(text).translate(_STRAIGHT) if self._look.plain else clean(text)


def _has_and_lacks(star: Star) -> str:
    has = listed([words.PARTS[part.name] for part in star.parts])
    if len(star.parts) < 2 or not star.missing:  # one part alone makes no story that something is missing in
        return has
    lacks = words.STORY_LACKS.format(parts=listed([words.PARTS[name] for name in star.missing]))
    return f"{has}; {lacks}"


def _quoted(text: str, look: Look) -> str:
    return f'"{clean(text)}"' if look.plain else f"“{clean(text)}”"


def _more(count: int) -> list[str]:
    return [words.AND_MORE.format(count=count - MOST_SHOWN)] if count > MOST_SHOWN else []


def _pauses(count: int) -> str:
    of = words.OF_PAUSE if count == 1 else words.OF_PAUSES
    return f"{count} {of.format(shortest=_lasting(SHORTEST_S))}"


def _sentence(fact: str) -> str:
    fact = fact[:1].upper() + fact[1:]
    return fact if fact.endswith((".", "?", "!", "…")) else fact + "."


def _percent(share: float) -> int:
    return round(share * 100)


def _lasting(value_s: float) -> str:
    return glued(figures.seconds(value_s))
