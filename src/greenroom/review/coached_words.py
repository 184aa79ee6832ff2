"""Every phrase of the coaching below an answer, and of which messages landed in a session.

As in `words`: what is said in plain output is ASCII and whole words; quotes around somebody's words are set
where they are printed.
"""

from __future__ import annotations

from collections.abc import Mapping

KEEP = "Keep"
TO_TRY = "To try"
TIME = "Time"
PACE = "Pace"
FILLERS = "Fillers"
WORDING = "Wording"
STORY = "Story"
NAMED = "Named"
QUESTION = "Question"
POINTS = "Your points"
GRADE = "Grade"
TAKES = "Takes"

TYPED = "Typed, so there is nothing to time"
NO_TIME = "Not timed"
LENGTH_SUITS = "{figure}; {low} to {high} suits this question"
LENGTH_USUAL = "{figure}; {low} to {high} is {source}"
THOUGHT = "{figure} of thought before it; {low:g} to {high:g} s is fine ({source})"
AT_ONCE = "Answered at once; {low:g} to {high:g} s of thought is fine too ({source})"
PAUSES = "{count}, the longest {longest}, {share} % of the time"
NO_PAUSES = "No pause of {shortest}"
OF_PAUSE = "pause of {shortest} or more"
OF_PAUSES = "pauses of {shortest} or more"

PACE_OF = "{figure}; {low:g} to {high:g} is easy to follow ({source}), {from_:g} to {to:g} is {tools}"
NO_PACE = "Too short for a pace"
THIRDS = "Third by third: {paces}"

FILLERS_OF = "{per_minute} a minute; up to {low:g} do no harm, {high:g} and more do ({source})"
FILLERS_LATER = "Hesitations are counted once the transcript is final"

SOFTENED = "Softened by {phrases}"
OPENED = "Sentences begun with {phrases}"
TWICE = "Said twice: {phrases}"
ANEW = "Begun anew: {phrases}"
VOICES = "{i} {count_i}, {we} {count_we}"
PHRASE = "{phrase} {count}"
AND_MORE = "and {count} more"

STORY_LACKS = "not heard: {parts}"
STORY_SHORT = "Too few words to look for one"
STORY_PART = "{name} at {at}, {share} % of the time"
STORY_PART_TYPED = "{name}, {share} % of the words"
ACTION_SHARE = "about {share} % is usual"
PARTS: Mapping[str, str] = {
    "situation": "situation",
    "task": "task",
    "action": "action",
    "result": "result",
}

FIGURES = "Figures: {found}"
OUTCOMES = "What came of it: {found}"
AT = "{text} ({at})"

TAKEN_UP = "{met} taken up"
NOT_TAKEN_UP = "{left} not"
NONE_TAKEN_UP = "None of its words was taken up ({left}); yours may be better ones"

POINT_SAID = "said"
POINT_NOT_SAID = "not said this time"

GRADE_OWN = "{grade}, as you said"
GRADE_PROPOSED = "{grade}, going by the measures"
GRADE_PROPOSED_BECAUSE = "{grade}, going by the measures: {reasons}"
TAKE_OF = "Take {take} of {takes}; greenroom compare {question} sets them side by side"

LANDED = "Said {moment}, as {text}"
NEVER = "not this time"
