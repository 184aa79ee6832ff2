"""How coaching is told: a sentence aloud after an answer, a few lines on the screen, a grade and its reason.

The sentences stand in prompts/feedback.toml. Which of several is said goes by a number, so that a script told
anew from its log says the same again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from string import Formatter
from typing import Any, get_args

from greenroom.dialogue.page import Page
from greenroom.dialogue.spoken import listed, spoken_duration, tidy
from greenroom.types import Advice, Finding, FollowUpKind, Grade

FIGURES: Mapping[str, frozenset[str]] = {
    name: frozenset(figures.split())
    for name, figures in (
        ("too-short", "answer_s low_s"),
        ("too-long", "answer_s high_s"),
        ("too-fast", "pace high"),
        ("too-slow", "pace low"),
        ("speeding-up", "first last"),
        ("long-pause", "longest_s"),
        ("many-fillers", "per_minute most"),
        ("many-hedges", "count most"),
        ("opener", "text count"),
        ("repeats", "count text"),
        ("no-result", ""),
        ("no-action", ""),
        ("no-situation", ""),
        ("thin-action", "share"),
        ("all-we", "we i"),
        ("off-question", "asked"),
        ("no-numbers", ""),
        ("message-missed", "message"),
        ("good-length", "answer_s"),
        ("good-pace", "pace"),
        ("few-fillers", "per_minute"),
        ("whole-story", ""),
        ("named-result", "text"),
        ("named-number", "text"),
        ("own-part", "i we"),
        ("thought-first", "thinking_s"),
        ("on-question", ""),
        ("message-landed", "message"),
    )
}
"""Every finding there is, and the figures that its sentences may hold."""

SHOWN_AT_MOST = 3
"""Lines on the screen after an answer: more than three are not read while the next question waits."""

REASONS_SAID = 2
"""Reasons for a grade that are said; `show` has them all."""

FEWEST_VARIANTS = 2
"""With one sentence alone, a finding that comes twice would sound like a machine."""

_SUMMARY_FIGURES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("before", "opening", "nothing", "left"), frozenset[str]()),
    **dict.fromkeys(("good", "change"), frozenset({"count", "answers", "reason"})),
    **dict.fromkeys(("landed", "landed_one", "missed", "missed_one"), frozenset({"messages"})),
}


@dataclass(frozen=True, slots=True)
class FindingWords:
    """How a finding is told.

    Attributes:
        say: aloud, one of them at a time.
        show: on the screen, with its figure and its yardstick.
        reason: as part of a sentence: "the result was missing".
    """

    say: tuple[str, ...]
    show: str
    reason: str


@dataclass(frozen=True, slots=True)
class GradeWords:
    """A grade as it is said.

    Attributes:
        heard: whole replies that give it, in lower case.
        taken: the reply to it.
    """

    name: str
    heard: tuple[str, ...]
    taken: str


@dataclass(frozen=True, slots=True)
class FeedbackWords:
    """All that is said about answers.

    Attributes:
        findings: by their ids; one for each of `FIGURES`.
        follow_ups: what is asked next, by what is missing.
        ask_grade: what asks for a grade; ask_grade_again: when the reply was none.
        propose: a grade and its reasons, by the measures.
        grade_left: said when the person gives none.
        summary: the sentences of an interviewer who was silent up to the end.
    """

    findings: Mapping[str, FindingWords]
    follow_ups: Mapping[FollowUpKind, tuple[str, ...]]
    grades: Mapping[Grade, GradeWords]
    ask_grade: tuple[str, ...]
    ask_grade_again: str
    propose: tuple[str, ...]
    grade_left: str
    summary: Mapping[str, str]


# After an answer


def said(finding: Finding, words: FeedbackWords, n: int) -> str:
    """A finding as it is said aloud.

    Args:
        n: the number of the turn, or any other that grows: it chooses among the ways to say it.
    """
    ways = words.findings[finding.id].say
    return _filled(ways[n % len(ways)], finding)


def shown(finding: Finding, words: FeedbackWords) -> str:
    """A finding as a line for the screen: the figure, its yardstick, and where that comes from."""
    line = _filled(words.findings[finding.id].show, finding)
    return f"{line} ({finding.source})" if finding.source else line


def spoken_line(advice: Advice, words: FeedbackWords, n: int) -> str | None:
    """The one sentence that is worth saying aloud about an answer, if any."""
    finding = next(_known(advice, words), None)
    return said(finding, words, n) if finding else None


def shown_lines(advice: Advice, words: FeedbackWords, at_most: int = SHOWN_AT_MOST) -> tuple[str, ...]:
    """The lines about an answer for the screen, what matters most first."""
    return tuple(shown(finding, words) for finding in _known(advice, words))[:at_most]


def follow_up(kind: FollowUpKind, words: FeedbackWords, n: int) -> str:
    """What an interviewer asks next."""
    ways = words.follow_ups[kind]
    return ways[n % len(ways)]


# How a take went


def asked_for_grade(words: FeedbackWords, n: int) -> str:
    """The prompt for one word on how a take went."""
    return words.ask_grade[n % len(words.ask_grade)]


def proposed(advice: Advice, words: FeedbackWords, n: int) -> str | None:
    """ "I would say good: the story was whole and the pace was easy to follow." None without a grade."""
    if advice.grade is None:
        return None
    reasons = [words.findings[one].reason for one in advice.because if one in words.findings]
    reasons = reasons[:REASONS_SAID]
    template = words.propose[n % len(words.propose)]
    if not reasons:
        template = template.replace(": {reasons}", "")
    return template.format(grade=words.grades[advice.grade].name, reasons=listed(reasons))


# At the end, by an interviewer who was silent up to then


def summed_up(
    advices: Sequence[Advice], words: FeedbackWords, messages: Sequence[str] = ()
) -> tuple[str, ...]:
    """What a silent interviewer says in the end, one sentence after the other.

    What was good most often, what is most often worth changing, and the points that came up and that did not.

    Args:
        advices: of each answer, in order.
        messages: what the person wanted to leave with the panel.
    """
    lines = [_line_on_most(advices, words, good) for good in (True, False)]
    kept = (*filter(None, lines), *on_messages(advices, words, messages))
    return (words.summary["opening"], *(kept or (words.summary["nothing"],)))


def on_messages(advices: Sequence[Advice], words: FeedbackWords, messages: Sequence[str]) -> tuple[str, ...]:
    """The points that came up, and those that did not; nothing where no answer could be looked at."""
    told = [advice for advice in advices if advice.findings or advice.landed]
    came = {landed.message for advice in told for landed in advice.landed}
    landed = [message for message in messages if message in came]
    missed = [message for message in messages if message not in came] if told else []
    lines = (_line_on_messages("landed", landed, words), _line_on_messages("missed", missed, words))
    return tuple(filter(None, lines))


def _line_on_most(advices: Sequence[Advice], words: FeedbackWords, good: bool) -> str | None:
    found = [[one for one in _known(advice, words) if one.good is good] for advice in advices]
    # Once for each answer it holds for; of equally many the one that came first, which mattered more.
    counts = Counter(name for ones in found for name in dict.fromkeys(one.id for one in ones))
    if not counts:
        return None
    if len(advices) == 1:
        return said(found[0][0], words, 0)
    heavy = {name for advice in advices for name in _before_praise(advice, words)} & counts.keys()
    most, count = max(counts.items(), key=lambda item: (item[0] in heavy, item[1]))
    template = words.summary["good" if good else "change"]
    return template.format(count=count, answers=len(advices), reason=words.findings[most].reason)


def _before_praise(advice: Advice, words: FeedbackWords) -> list[str]:
    """What weighs more than all that was good in an answer: it comes before that."""
    return [one.id for one in takewhile(lambda one: not one.good, _known(advice, words))]


def _line_on_messages(which: str, messages: Sequence[str], words: FeedbackWords) -> str | None:
    if not messages:
        return None
    template = words.summary[f"{which}_one" if len(messages) == 1 else which]
    return tidy(template.format(messages="; ".join(message.rstrip(" .") for message in messages)))


# Filling in


def _known(advice: Advice, words: FeedbackWords) -> Iterator[Finding]:
    return (finding for finding in advice.findings if finding.id in words.findings)


def _filled(template: str, finding: Finding) -> str:
    figures = {name: _figure(name, value) for name, value in finding.figures.items()}
    line = tidy(template.format(**figures))
    # A sentence may begin with a figure, or with somebody's words.
    return line[:1].upper() + line[1:]


def _figure(name: str, value: float | str) -> str:
    """A figure as it reads and sounds: seconds as a duration, everything else as a whole number."""
    if isinstance(value, str):
        return " ".join(value.split()).rstrip(" .,;:")
    if name.endswith("_s"):
        return spoken_duration(value)
    whole = round(value)
    return "fewer than 1" if not whole and value > 0 else str(whole)


# Reading the file


def read_feedback(text: str, file: str) -> FeedbackWords:
    """Check the sentences of the feedback. Raises GreenroomError naming file, line and field."""
    page = Page.parse(text, file)
    findings, follow_ups, grades, summary = (
        page.table(name) for name in ("findings", "follow_ups", "grades", "summary")
    )
    for name in findings.values:
        if name not in FIGURES:
            raise findings.complaint(f"there is no finding “{name}”", name)
    return FeedbackWords(
        findings={name: _finding(findings.table(name), figures) for name, figures in FIGURES.items()},
        follow_ups={kind: variants(follow_ups, kind) for kind in get_args(FollowUpKind)},
        grades={grade: _grade(grades.table(grade)) for grade in get_args(Grade)},
        ask_grade=variants(grades, "ask"),
        ask_grade_again=sentence(grades, "ask_again"),
        propose=variants(grades, "propose", frozenset({"grade", "reasons"})),
        grade_left=sentence(grades, "left"),
        summary={name: sentence(summary, name, figures) for name, figures in _SUMMARY_FIGURES.items()},
    )


def _finding(page: Page, figures: frozenset[str]) -> FindingWords:
    return FindingWords(
        say=variants(page, "say", figures),
        show=sentence(page, "show", figures),
        reason=sentence(page, "reason"),
    )


def _grade(page: Page) -> GradeWords:
    return GradeWords(
        name=sentence(page, "name"),
        heard=tuple(one.lower() for one in variants(page, "heard")),
        taken=sentence(page, "taken"),
    )


def sentence(page: Page, key: str, figures: frozenset[str] = frozenset()) -> str:
    """A sentence of a file that may be filled in with these figures and no others."""
    return _checked(page, key, page.text(key), figures)


def variants(
    page: Page, key: str, figures: frozenset[str] = frozenset(), fewest: int = FEWEST_VARIANTS
) -> tuple[str, ...]:
    """Several sentences for the same thing, each as `sentence`."""
    found = page.texts(key)
    if len(found) < fewest or not all(one.strip() for one in found):
        raise page.wrong(key, f"a list of at least {fewest} sentences")
    return tuple(_checked(page, key, one.strip(), figures) for one in found)


def _checked(page: Page, key: str, text: str, figures: frozenset[str]) -> str:
    try:
        fields = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise page.wrong(key, "a text whose braces belong together") from error
    if unknown := sorted(fields - figures):
        names = ", ".join(f"{{{name}}}" for name in sorted(figures)) or "nothing"
        raise page.complaint(f"“{key}” holds {{{unknown[0]}}}, but it is filled in with {names}", key)
    return text


def feedback_from_data(row: Mapping[str, Any]) -> FeedbackWords:
    """The words as `dataclasses.asdict` and JSON made data of them. KeyError, TypeError: it is none."""
    return FeedbackWords(
        findings={
            name: FindingWords(**{**one, "say": tuple(one["say"])}) for name, one in row["findings"].items()
        },
        follow_ups={kind: tuple(ways) for kind, ways in row["follow_ups"].items()},
        grades={
            name: GradeWords(**{**one, "heard": tuple(one["heard"])}) for name, one in row["grades"].items()
        },
        ask_grade=tuple(row["ask_grade"]),
        ask_grade_again=row["ask_grade_again"],
        propose=tuple(row["propose"]),
        grade_left=row["grade_left"],
        summary=dict(row["summary"]),
    )
