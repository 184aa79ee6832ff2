"""Everything the stage itself says or shows; what interviewer and debrief say is data in prompts/."""

from __future__ import annotations

GREENROOM = "Greenroom"
QUESTION = "Question"
YOU = "You"
NOTE = "Note"
NO_WORDS = "(no words)"

KEYS_SHORT = "Enter · r · s · p · q"
KEYS = "Enter done · r repeat · s skip · p pause · q stop"

WAITING = "take your time"
HEARING = "listening"
PAUSE = "still listening"
PAUSED = "paused: Enter, or say continue"
LOST = "no microphone"
TRANSCRIBING = "writing down what you said"

TYPE_HERE = "> "
TYPED_HELP = (
    "Type your answer and press Enter; an empty line skips. “Say that again” asks once more, and in a "
    "debrief “go back” asks the one before. “Let's stop here” or Ctrl-D stops and keeps everything."
)

STRICTLY_TYPED_HELP = (
    "Type your answer and press Enter. As on the day, nothing is repeated. “Let's stop here” or Ctrl-D stops "
    "and keeps everything."
)
NOT_TODAY = "In a dress rehearsal every question is asked once. Type your answer when you are ready."

GOING_ON = "You go on; I am listening."
TOO_LOUD = (
    "The loudspeaker is loud in the microphone. To add to an answer, wait until I have stopped talking; "
    "headphones are better."
)
DEVICE_LOST = "The microphone “{device}” has stopped. What you said is safe; waiting for it to come back."
DEVICE_BACK = "Listening again, with “{device}”."
FINISHING = "writing everything down once more, with its ums; Ctrl-C leaves that for the next start"

SKIPPED = "Nothing was said, so this one is skipped."
NO_MORE_FILES = "There is no recording left for this one, so it is skipped."
PURE_SILENCE = "Not a single sound comes from the microphone. Is it muted? `greenroom doctor` looks at it."
OVERFLOWED = "The computer was too busy for a moment and a little sound was lost."
NOT_TRANSCRIBED = "Your answer is safe, but it could not be written down yet: {reason}"

MICROPHONE_SILENT = "The microphone gives nothing but pure silence."
MICROPHONE_SILENT_REMEDY = (
    "Unmute it or choose another with --mic; `greenroom doctor` shows their levels. All is kept."
)

STOPPED = "Everything you said is kept in session {session}. Read it back with: greenroom show {session}"
FINISHED = "Kept as session {session}. Read it back with: greenroom show {session}"
TAKEN_UP = "Welcome back. We go on where you stopped."
NOT_OVER = "Session {session} has not come to its end yet, so that comes first."
TAKEN_UP_NEARBY = "Welcome back. The script has changed since; we go on at the next open question."

FOUND = "Found {kind} of {when} that was cut off. It is kept as session {session}{what}."
FOUND_ANSWERS = ", with {count} recovered: {length} of speech, {words} words"
FOUND_NOTHING_SAID = "; no answer was open"
KINDS = {"practice": "a rehearsal", "debrief": "a debrief", "import": "an import"}
WRITTEN_DOWN = "{count} of session {session} that had waited for its words has them now."
NOT_YET = "An answer of session {session} is safe, but could not be written down: {reason}"

IMPORTED = "{file} is kept as session {session}: {length}, {words} words."
IMPORTED_SILENT = "{file} is kept as session {session}: {length}, and nobody speaks in it."
MEMO_GOES_ON = "It is the beginning of a debrief. The rest is asked by: greenroom debrief --resume"
