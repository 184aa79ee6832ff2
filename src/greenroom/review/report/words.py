"""Every phrase of the report, and of the command that writes it."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.review.progress_words import PICTURE_PANELS

TITLE = "{kind} of {day}"
TITLE_SINCE = "Since {day}"
TITLE_KINDS: Mapping[str, str] = {
    "practice": "Rehearsal",
    "debrief": "Debrief",
    "import": "Imported recording",
}
SESSION_NUMBER = "session {id}"
SESSIONS = "{sessions}, {answers}"
MADE = (
    "Made by greenroom {version} on {day}. Everything is in this one file: it asks the network for nothing."
)

BRAND = "greenroom"
SKIP = "To the answers"
CONTENTS = "Contents"
ANSWERS = "Answers"
DEBRIEF = "The debrief, as it was told"
COACHING = "Coaching"
NOTED = "What was noted"
RATINGS = "Ratings"
RATING_OF = "{value} of 10"
PACE = "Pace, answer by answer"
PACE_DOT = "A dot is the pace of a whole answer."
PACE_THIRDS = "The line beside it reaches from its slowest third to its fastest."
PACE_BAND = "The shaded band, {low:g} to {high:g} words a minute, is easy to follow ({source})."
PACE_HEAD = ("Answer", "Slower to faster", "Words a minute", "Third by third")
TRENDS = "Over the weeks"
CHARTS: Mapping[str, tuple[str, str]] = {
    **PICTURE_PANELS,
    "gut_first": ("How interviews felt right after", "rating, 1 to 10"),
    "gut_second": ("How they looked when calm", "rating, 1 to 10"),
}
"""What stands above a chart, and its unit."""
TRENDS_OF = "{weeks} up to {day}"
TRENDS_READ = (
    "Small dots are single answers, rehearsals or interviews; the line joins the means of the weeks. "
    "A shaded band is the yardstick named below its chart."
)
TRENDS_TABLE = "In figures"
TRENDS_HEAD = ("Week of", "How many", "Mean")
TREND_SAID = "{title}, {first} to {last}: {verdict}."
MESSAGES = "What you wanted them to remember"
MESSAGE_NOT_SAID = "Not this time."
FEEDBACK = "What others said"
EMPTY = "There are no answers here."

LISTEN = "Listen to {moment}"
PLAY = "Play"
PAUSE = "Pause"
PLACE = "Place in the answer"
SPEED = "Speed"
OF_LENGTH = "of"
JUMP_HINT = "Click a word to hear it from there."
KEYS_HINT = "With the keyboard: left and right move from word to word, Enter plays from there, Space stops."
TRANSCRIPT = "What was said in {moment}"
SOUND_FAILS = "This browser cannot play the recording. A current Firefox, Chrome, Edge or Safari can."
NO_SOUND_WANTED = "The recording was left out of this file. To hear it: greenroom play {moment}"
NO_SOUND_KEPT = "The recording was let go, as you wished; the words stay."
NO_SOUND_LOST = "The recording of this answer is not there any more."
STARRED = "mattered most"

LEGEND: Mapping[str, str] = {
    "thinking": "thinking",
    "speech": "speech",
    "pause": "long pause",
    "filler": "um or uh",
    "command": "said to the program",
}
TIMELINE_THOUGHT = "thought for {figure}"
TIMELINE_SPOKE = "spoke for {spoken} of {length}"
TIMELINE_PAUSES = "long pauses: {count}"
TIMELINE_FILLERS = "ums and uhs: {count}"
TIMELINE = "Timeline: {facts}."
FILLER_AT = "{word} at {at}"
STRETCH_THINKING = "thought for {figure}"
STRETCH_SPEECH = "spoke for {figure}, from {at}"
STRETCH_PAUSE = "paused for {figure}, at {at}"
STRETCH_COMMAND = "said to the program, at {at}"

WRITTEN = "The report is in {file} ({size})."
WRITTEN_SOUND = "The report is in {file} ({size}, {sound} of it sound)."
HEAVY = "Many mail servers refuse more than {most}. With --no-audio it is far smaller."
NOT_OPENED = "No browser was found to open it in."
TAKES_A_WHILE = "The recordings are being made small, which takes a while."
NEITHER = "name a session, or give --since."
BOTH = "a session and --since exclude each other."
NONE_SINCE = ("There is no session since {day}.", "greenroom list shows what there is.")
