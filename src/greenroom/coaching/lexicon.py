"""The words that the measures rest on, of one language. prompts/measures.toml has the English ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greenroom.coaching.matching import Phrase, Phrases, phrase_of
from greenroom.errors import GreenroomError


@dataclass(frozen=True, slots=True)
class StoryWords:
    """What tells a part of a story.

    Attributes:
        situation, task, action: phrases.
        doings: what somebody did, as the word stands behind "I": "called", "wrote".
        doing_endings: endings of such words that are not in the list.
        doings_now: the same as somebody tells it in the present: "I ask him".
        no_doings: words with such an ending, or otherwise like one, that tell a state or a thought.
        denials: words behind which nothing was done: "I did not".
        between: words that may stand between "I" and what they did.
        doers_i, doers_we: "I", "we".
        clause_openers: words that begin a clause behind a comma, or before one of `subjects`.
        joints: those of them that join what the same person did next: "and".
        subordinates: words that make a clause an aside to another one: "when I", "because I".
        general: words of a sentence that tells no fact of the past: "would", "usually".
        states_now: words of a present one, which may tell how it ended.
        states: words of a past state, by which a lead-in is told from a general remark.
    """

    situation: Phrases
    task: Phrases
    action: Phrases
    doings: frozenset[str]
    doing_endings: tuple[str, ...]
    doings_now: frozenset[str]
    no_doings: frozenset[str]
    denials: frozenset[str]
    between: frozenset[str]
    doers_i: frozenset[str]
    doers_we: frozenset[str]
    clause_openers: frozenset[str]
    subjects: frozenset[str]
    joints: frozenset[str]
    subordinates: frozenset[str]
    general: frozenset[str]
    states_now: frozenset[str]
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How figures are said.

    Attributes:
        small: number words that are a figure by themselves: "two", "forty".
        one: words that are a figure only with another one or before a unit: "one".
        articles: words that stand for one before these: "a hundred", "a third".
        large: "hundred", "thousand", which follow another number, `one` or an article.
        fractions: "half", "third"; a figure likewise.
        multiples: phrases that are a figure by themselves: "doubled", "half of".
        units: what is counted: "percent", "weeks".
        joins: words inside a number: "and", "point"; ands: those of them only behind a large one.
        not_after: words behind which a number names something: "version two".
        old: phrases behind which a number was an age: "years old".
        clock: the numbers of a clock.
        hours: words behind which one of `clock`, if it counts nothing, is a time of day: "at nine".
        ages: phrases behind which such a number is an age: "I was sixteen".
        no_numbers: phrases with a number word that count nothing: "one of".
    """

    small: frozenset[str]
    one: frozenset[str]
    articles: frozenset[str]
    large: frozenset[str]
    fractions: frozenset[str]
    multiples: Phrases
    units: frozenset[str]
    joins: frozenset[str]
    ands: frozenset[str]
    not_after: frozenset[str]
    old: Phrases
    clock: frozenset[str]
    hours: frozenset[str]
    ages: Phrases
    no_numbers: Phrases


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of them.

    Attributes:
        language: of the words, "en".
        i, we: words by which somebody speaks of themselves, and of a group.
        asides: phrases whose "I" takes no part in anything: "I think", "I mean".
        twice: words that are said twice on purpose: "very very".
        interjections: phrases that may stand between what is said and the same again: "well", "you know".
        joiners: words that make two of the same a phrase: "more and more", "step by step".
        unfinished: words that cannot end a thought: "the", "was".
        dangling: those of them behind which no comma can stand but that of a thought broken off: "the".
        leading: words that lead on to a verb, and end no thought before a comma: "always".
        starters: words with which a thought begins anew: "I", "we".
        corrections: phrases that take something back: "what I mean is".
        outcomes: phrases that tell an outcome wherever they stand; likely_outcomes: once something was done.
        ignored: words of a question that ask for nothing in particular.
        alike: rows of words of which each takes up any other.
    """

    language: str
    i: frozenset[str]
    we: frozenset[str]
    asides: Phrases
    hedges: Phrases
    openers: Phrases
    twice: frozenset[str]
    interjections: Phrases
    joiners: frozenset[str]
    unfinished: frozenset[str]
    dangling: frozenset[str]
    leading: frozenset[str]
    starters: frozenset[str]
    corrections: Phrases
    story: StoryWords
    outcomes: Phrases
    likely_outcomes: Phrases
    numbers: NumberWords
    ignored: frozenset[str]
    alike: tuple[frozenset[str], ...]


def lexicon_of(data: Mapping[str, Any], file: str = "measures.toml") -> Lexicon:
    """The lexicon that a data file holds.

    Args:
        data: the file, parsed.
        file: its name, for complaints.

    Raises:
        GreenroomError: something is missing or of another kind; names the file and the field.
    """
    language = data.get("language")
    if not isinstance(language, str) or not language:
        raise _wrong(file, "language", "a language, such as “en”")
    voices, story = _Table(data, "voices", file), _Table(data, "story", file)
    repeats, outcomes = _Table(data, "repeats", file), _Table(data, "outcomes", file)
    numbers, question = _Table(data, "numbers", file), _Table(data, "question", file)
    phrasing = _Table(data, "phrasing", file)
    return Lexicon(
        language=language,
        i=voices.words("i"),
        we=voices.words("we"),
        asides=voices.phrases("asides"),
        hedges=phrasing.phrases("hedges"),
        openers=phrasing.phrases("openers"),
        twice=repeats.words("twice"),
        interjections=repeats.phrases("interjections"),
        joiners=repeats.words("joiners"),
        unfinished=repeats.words("unfinished"),
        dangling=repeats.words("dangling"),
        leading=repeats.words("leading"),
        starters=repeats.words("starters"),
        corrections=repeats.phrases("corrections"),
        story=StoryWords(
            situation=story.phrases("situation"),
            task=story.phrases("task"),
            action=story.phrases("action"),
            doings=story.words("doings"),
            doing_endings=tuple(sorted(story.words("doing_endings"))),
            doings_now=story.words("doings_now"),
            no_doings=story.words("no_doings"),
            denials=story.words("denials"),
            between=story.words("between"),
            doers_i=story.words("doers_i"),
            doers_we=story.words("doers_we"),
            clause_openers=story.words("clause_openers"),
            subjects=story.words("subjects"),
            joints=story.words("joints"),
            subordinates=story.words("subordinates"),
            general=story.words("general"),
            states_now=story.words("states_now"),
            states=story.words("states"),
        ),
        outcomes=outcomes.phrases("sure"),
        likely_outcomes=outcomes.phrases("likely"),
        numbers=NumberWords(
            small=numbers.words("small"),
            one=numbers.words("one"),
            articles=numbers.words("articles"),
            large=numbers.words("large"),
            fractions=numbers.words("fractions"),
            multiples=numbers.phrases("multiples"),
            units=numbers.words("units"),
            joins=numbers.words("joins"),
            ands=numbers.words("ands"),
            not_after=numbers.words("not_after"),
            old=numbers.phrases("old"),
            clock=numbers.words("clock"),
            hours=numbers.words("hours"),
            ages=numbers.phrases("ages"),
            no_numbers=numbers.phrases("no_numbers"),
        ),
        ignored=question.words("ignored"),
        alike=question.groups("alike"),
    )


_LISTS = ("unless_after", "unless_before", "only_after", "only_before")
_FLAGS = ("apart", "last")


class _Table:
    """One table of the file, which knows its name for complaints."""

    def __init__(self, data: Mapping[str, Any], name: str, file: str) -> None:
        values = data.get(name)
        if not isinstance(values, dict):
            raise GreenroomError(f"{file}: there is no [{name}] in it.", "Mend it, or remove it.")
        self._values: Mapping[str, Any] = values
        self._name, self._file = name, file

    def words(self, key: str) -> frozenset[str]:
        texts = self._list(key)
        if not all(isinstance(text, str) and text and len(text.split()) == 1 for text in texts):
            raise self._complaint(key, "a list of single words")
        return frozenset(text.lower() for text in texts)

    def phrases(self, key: str) -> Phrases:
        return Phrases.of(self._phrase(key, row) for row in self._list(key))

    def groups(self, key: str) -> tuple[frozenset[str], ...]:
        rows = self._list(key)
        if not all(_are_words(row) for row in rows):
            raise self._complaint(key, "a list of lists of words")
        return tuple(frozenset(word.lower() for word in row) for row in rows)

    def _list(self, key: str) -> Sequence[Any]:
        value = self._values.get(key)
        if not isinstance(value, list) or not value:
            raise self._complaint(key, "a list that is not empty")
        return value

    def _phrase(self, key: str, row: object) -> Phrase:
        fields = {"phrase": row} if isinstance(row, str) else row
        wanted = f"a list of phrases, or of tables of “phrase” and any of {', '.join(_LISTS + _FLAGS)}"
        if not isinstance(fields, dict) or fields.keys() - {"phrase", *_LISTS, *_FLAGS}:
            raise self._complaint(key, wanted)
        text = fields.get("phrase")
        lists = {name: fields.get(name, []) for name in _LISTS}
        flags = {name: fields.get(name, False) for name in _FLAGS}
        right = all(map(_are_words, lists.values())) and all(type(flag) is bool for flag in flags.values())
        if not isinstance(text, str) or not right:
            raise self._complaint(key, wanted)
        try:
            return phrase_of(text, **lists, **flags)
        except ValueError as error:
            raise self._complaint(key, f"a list of phrases: “{text}” is none") from error

    def _complaint(self, key: str, wanted: str) -> GreenroomError:
        return _wrong(self._file, f"{self._name}.{key}", wanted)


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)


def _wrong(file: str, field: str, wanted: str) -> GreenroomError:
    return GreenroomError(f"{file}: “{field}” must be {wanted}.", "Mend it, or remove it.")
