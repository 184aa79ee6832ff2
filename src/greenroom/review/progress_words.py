"""Every phrase of `trends`, its picture and `compare`.

As in `words`: what is said in plain output is ASCII and whole words.
"""

from __future__ import annotations

from collections.abc import Mapping

TRENDS_EMPTY = "No answer has been measured yet."
TRENDS_BEGIN = "greenroom practice starts a rehearsal."
TRENDS_TYPED = "Typed answers have no clock: thinking time, length, pace and fillers come with spoken ones."
MEANT = "Did you mean {name}? "
TRENDS_NO_KIND = (
    "There is no question of the kind “{kind}” among your answers of these weeks.",
    "{hint}There are: {kinds}.",
)
TRENDS_LOOKING = "Looking for your messages in what you said; the first time this takes a while."
TRENDS_WEEKS = "Week by week"
TRENDS_KIND = "Week by week ({kind})"
TRENDS_WEEK = "Week of {day}"
TRENDS_LINES = "What changed"
TRENDS_KINDS = "By kind of question"
TRENDS_HEAD = ("Week of", "Answers")
TRENDS_HEAD_KIND = ("Kind", "Answers")
TREND_NAMES: Mapping[str, str] = {
    "thinking_s": "Thinking",
    "answer_s": "Length",
    "words_per_minute": "Pace",
    "fillers_per_minute": "Fillers",
    "messages_share": "Messages",
    "gut_first": "Gut",
    "gut_second": "Calm",
}
TREND_MEANINGS: Mapping[str, str] = {
    "thinking_s": "thinking time",
    "answer_s": "length of answers",
    "words_per_minute": "words a minute",
    "fillers_per_minute": "fillers a minute",
    "messages_share": "key messages that landed in a rehearsal",
    "gut_first": "gut rating right after an interview",
    "gut_second": "gut rating when calm",
}
TREND_SAID: Mapping[str, str] = {
    "thinking_s": "thinking {figure}",
    "answer_s": "length {figure}",
    "words_per_minute": "{figure} words a minute",
    "fillers_per_minute": "{figure} fillers a minute",
    "messages_share": "{figure} of the messages landed",
    "gut_first": "gut {figure}",
    "gut_second": "calm {figure}",
}
"""As one of several facts in a line of words."""
TREND_UNITS: Mapping[str, str] = {
    "words_per_minute": " words a minute",
    "fillers_per_minute": " a minute",
    "messages_share": " of them landed",
    "gut_first": " out of ten",
    "gut_second": " out of ten",
}
"""Behind a range; the others say theirs in the figure."""
TREND_UNITS_OF_CHANGE: Mapping[str, str] = {
    "words_per_minute": " words a minute",
    "fillers_per_minute": " a minute",
}
TREND_CHANGES: Mapping[str, tuple[str, str]] = {
    "thinking_s": ("shorter", "longer"),
    "answer_s": ("shorter", "longer"),
    "words_per_minute": ("slower", "faster"),
    "fillers_per_minute": ("fewer", "more"),
    "messages_share": ("fewer land", "more land"),
    "gut_first": ("lower", "higher"),
    "gut_second": ("lower", "higher"),
}
"""What going down and going up is called."""
TREND_CHANGED = "{change}, by about {figure}"
TREND_STEADY = "no clear change"
TREND_FEW = "too few weeks to tell: it takes {least}"
TREND_BETWEEN = "{low} to {high}"
TREND_RULE = (
    "A change is named from {least} weeks on, and only where chance alone would show one so large less than "
    "once in {once}: the straight line through all the answers, held against their scatter."
)
TREND_ARROWS: Mapping[str, str] = {"up": " ↑", "down": " ↓"}
TREND_ARROWS_MEAN = "The means of all these weeks; an arrow where there is a clear change."
TREND_YARDSTICKS = "Yardsticks: {listed}."
TREND_YARDSTICK: Mapping[str, str] = {
    "thinking_s": "{low:g} to {high:g} s of thought ({source})",
    "answer_s": "{low:g} to {high:g} s an answer ({source})",
    "words_per_minute": "{low:g} to {high:g} words a minute ({source})",
    "fillers_per_minute": "up to {low:g} fillers a minute are harmless, {high:g} are many ({source})",
}
TREND_FILLERS = (
    "Fillers are counted in answers that were looked at a second time, where all of them are written."
)
QUESTION_KINDS: Mapping[str, str] = {"debrief": "from a debrief", "to-ask": "to ask them"}
"""What a kind of question is called, where it does not read as it is."""

PICTURE_STORED = "The picture is in {file}."
PICTURE_TITLE = "Rehearsals, week by week: {first} to {last}"
PICTURE_TITLE_KIND = "Questions of the kind “{kind}”, week by week: {first} to {last}"
PICTURE_PANELS: Mapping[str, tuple[str, str]] = {
    "thinking_s": ("Thinking before the answer", "seconds"),
    "answer_s": ("Length of the answer", "seconds"),
    "words_per_minute": ("Pace", "words a minute"),
    "fillers_per_minute": ("Fillers", "fillers a minute"),
    "messages_share": ("Key messages that landed", "% of them"),
    "gut_first": ("How interviews went, in your own view", "rating, 1 to 10"),
}
"""What stands above a panel, and along its side; both gut ratings share one."""
PICTURE_GUTS: Mapping[str, str] = {"gut_first": "right after it", "gut_second": "when calm"}
PICTURE_READ = (
    "Dots: single answers, rehearsals or interviews. Line: the mean of each week. "
    "Dashes: where a change is clear."
)
PICTURE_BANDS = "Grey: {listed}."
PICTURE_MISSING = (
    "A picture needs matplotlib, which is not installed.",
    'Install it: pip install "greenroom[pictures]"',
)

COMPARE_TAKE = "Take {take} of {takes}"
COMPARE_ONE = "One take so far. greenroom practice --question {id} makes another to compare it with."
COMPARE_MEASURES = "Side by side"
COMPARE_MEASURES_ONE = "In figures"
COMPARE_CHANGE = "change"
COMPARE_THEN = "{label}: {first}, then {second} ({change})."
COMPARE_THEN_PLAIN = "{label}: {first}, then {second}."
COMPARE_ALONE = "{label}: {first}."
COMPARE_NAMES: Mapping[str, str] = {
    "thinking": "Thinking",
    "length": "Length",
    "pace": "Pace",
    "fillers": "Fillers",
    "hedges": "Hedges",
    "pauses": "Pauses",
    "star": "Story",
    "numbers": "Figures named",
    "outcomes": "Outcomes named",
    "points": "Your points",
    "grade": "Grade",
}
COMPARE_SAME = "the same"
COMPARE_CHANGES: Mapping[str, tuple[str, str]] = {
    "thinking": ("{figure} shorter", "{figure} longer"),
    "length": ("{figure} shorter", "{figure} longer"),
    "pace": ("{figure} slower", "{figure} faster"),
    "fillers": ("{figure} a minute fewer", "{figure} a minute more"),
    "hedges": ("{figure} fewer", "{figure} more"),
    "pauses": ("{figure} fewer", "{figure} more"),
    "numbers": ("{figure} fewer", "{figure} more"),
    "outcomes": ("{figure} fewer", "{figure} more"),
    "points": ("{figure} fewer", "{figure} more"),
}
"""What going down and going up is called."""
COMPARE_WITH = "now with {parts}"
COMPARE_WITHOUT = "now without {parts}"
COMPARE_NOT_KNOWN = "not known"
COMPARE_NONE = "none"
COMPARE_RATE = "{count} ({per_minute:.1f} a minute)"
COMPARE_AT_LEAST = "{count} or more"
COMPARE_PAUSES = "{count} (longest {longest})"
COMPARE_PACE = "{pace} a minute"
COMPARE_STORY = "{count} of 4 parts"
COMPARE_NO_STORY = "none heard"
COMPARE_POINTS = "{said} of {points}"
COMPARE_GRADE_OWN = "{grade}, as you said"
COMPARE_GRADE = "{grade}, by the measures"
COMPARE_UP = "better"
COMPARE_DOWN = "not as good"
COMPARE_TYPED = "typed"
COMPARE_PLAY = "To hear them: {commands}"
COMPARE_PLAY_ONE = "To hear it: {commands}"
COMPARE_NOTHING = (
    "No question has been answered yet.",
    "greenroom practice asks one, greenroom questions list shows which there are.",
)
COMPARE_NOT_ANSWERED = ("“{text}” has not been answered yet.", "greenroom practice --question {id} asks it.")
COMPARE_SEVERAL = ("“{words}” is in several questions that you have answered.", "Name one of them: {ids}.")
COMPARE_UNKNOWN = (
    "There is no question “{words}” among those that you have answered.",
    "{hint}greenroom search finds answers, greenroom questions list shows all questions.",
)
COMPARE_NO_TAKE = ("There is no take {take} of this question: {takes}.", "Name two of them: --takes 1,{last}")
COMPARE_TAKES = "there are {takes}"
COMPARE_TAKES_ONE = "there is one"
