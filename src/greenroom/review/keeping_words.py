"""What is said of correcting, deleting, keeping and writing down anew."""

from __future__ import annotations

# edit

CORRECTED = "{moment} is corrected. What had been heard is kept: greenroom show {id} --original"
UNCHANGED = "{moment} stays as it is."
RESTORED = "{moment} has the words back that had been heard."
NOTHING_TO_RESTORE = "{moment} was never corrected."
LEARNED = "Learned for next time: {terms}."
LEARNED_HINT = "Not a name or a term? greenroom edit {moment} --no-terms forgets them."
FORGOTTEN = "What was learned from {moment} is forgotten: {count}."
NOTHING_LEARNED = "Nothing was learned from {moment}."
EDIT_HEAD = (
    "Put right what was misheard, save, and close. These lines are left out.",
    "Left empty, everything stays as it is.",
)
EDIT_WHOLE_SESSION = (
    "{id} is a whole session, and words are corrected answer by answer.",
    "Name the answer: greenroom edit {id}.{number}",
)
EDIT_NO_WORDS = (
    "{moment} has no words to correct: it was {status}.",
    "See what there is: greenroom show {id}",
)
EDIT_EMPTY = (
    "There is no word in that, so nothing was changed.",
    "Give the words as they were said; greenroom delete {id} removes the whole session.",
)
EDIT_NO_EDITOR = (
    "No editor was found.",
    'Set EDITOR to one, or give the words: greenroom edit {moment} --text "…"',
)
EDIT_KEPT = "What you wrote is in {file}"
EDIT_NOT_STORED = "{remedy} What you wrote is in {file}"
EDITOR_UNCLEAR = (
    "EDITOR is {editor}, where a quotation mark has no other.",
    'Set EDITOR to a command, or give the words: greenroom edit {moment} --text "…"',
)
EDITOR_FAILED = (
    "The editor {editor} ended with an error, so nothing was changed.",
    'Set EDITOR to another one, or give the words: greenroom edit {moment} --text "…"',
)

CORRECTED_FACT = "corrected by you"
ORIGINAL_FACT = "as it was heard, before you corrected it"

# delete

DELETE_MANY_WHAT = "{sessions} of {span}: {content}."
DELETE_ALL_WHAT = (
    "Everything here goes: {content}; besides these your key messages, your points, what was learned from "
    "corrections, and the backups. Your settings, packs and models stay."
)
DELETE_FILES = "These files made of it go too: {files}."
AND_MORE = "{named} and {count} more"
DELETE_MANY_ASK = "Delete all of it for good?"
DELETE_NONE_BEFORE = "There is no session before {day}."
DELETE_ONE_OF = "give either an ID, or --before DATE, or --all."
DELETE_ASK_FIRST_MANY = (
    "Nothing was deleted: there is nobody here to ask.",
    "Say so beforehand: add --yes to the command.",
)
DELETED_MANY = "Deleted: {sessions}."
DELETED_ALL = "Everything is deleted."
DELETE_FINISHED = "The delete that was interrupted is finished now."
DELETE_LEFT_MANY = (
    "That is deleted, but something of it may be left in: {files}.",
    "Close every other greenroom, make room, and run any command: it tries again. Backups you may remove.",
)

# keep

KEPT_FOREVER = "Recordings are kept for as long as you like: {kept}."
KEPT_FOR = "Recordings are kept for {time}; {kept}."
KEPT_FOR_NEXT = "Words are always kept. Recordings of sessions older than that go at each start."
KEEP_HINT = "greenroom keep --audio 90d lets older ones go; the words stay."
KEPT_NOW = "{count} now ({size})"
LET_GO_SO_FAR = "{count} let go so far"
KEEP_GOES = "These go now, and others at each start: {count}, {length}, {size}, of sessions before {day}."
KEEP_GOES_NONE = "Nothing is as old as that yet, so nothing goes now."
KEEP_WORDS_STAY = "Their words, times and notes stay; they cannot be played, or written down anew, any more."
KEEP_WAITING = "As old, and kept until the words are final: {count}."
KEEP_ASK = "Keep recordings for {time} only?"
KEEP_ASK_FIRST = (
    "Nothing was changed: there is nobody here to ask.",
    "Say so beforehand: greenroom keep --audio {time} --yes",
)
KEEP_UNCHANGED = "Nothing was changed."
KEEP_SET = "Recordings are kept for {time} from now on."
KEEP_SET_FOREVER = "Recordings are kept for as long as you like from now on."
KEEP_LET_GO = "Let go: {count}."
KEEP_LEFT = (
    "Some recordings could not be removed: {files}.",
    "Give yourself the right to write there; the next start tries again.",
)
KEEP_TIME = "“{value}” is no time; write forever, or one such as 90d, 12w, 6m or 1y."
LET_GO_AT_START = "Let go, as keep --audio {time} asks: {count}. The words stay."

REMOVED_FACT = "its recording was let go on {day}"
PLAY_LET_GO = (
    "The recording of {moment} was let go on {day}, as `greenroom keep` asks.",
    "Its words are still here: greenroom show {id}",
)

# transcribe

TRANSCRIBE_ONE_OF = "give either an ID or --all."
NOTHING_TO_DO = "There is nothing to write down anew."
DONE_ALREADY = "{count} already in the words of {model}."
TOO_SHORT = "{count} too short to be heard better."
LEFT_CORRECTED = "{count} left alone, because you corrected them: {moments}. --force writes over that."
WORK = "{count}, {length} of speech, by {model}. What was there stays until each is whole."
STEP = "{moment} ({number} of {count}): {state}"
STEP_DONE = "done"
STEP_LEFT = "as before"
STEP_SHARE = "{share} %"
TRANSCRIBED = "Written down anew: {count}."
AS_BEFORE = "{count} as before, because nothing was heard there: {moments}."
CHANGED = "{count} left alone, because they were changed or deleted meanwhile: {moments}."
BUSY = "{count} left for later: another greenroom is at work on them ({moments})."
LOST = "{count} without a recording where it should be: {moments}."
TRANSCRIBE_STOPPED = "What is done is kept; the same command goes on from there."
FAILED = (
    "{count} could not be written down: {moments}. {reason}",
    "Their old words stay; the same command tries again.",
)
NO_MODEL = (
    "No speech model is installed.",
    "Install greenroom again: pip install greenroom",
)
NO_AUDIO = (
    "{moment} has no recording to write down anew.",
    "See what there is: greenroom show {id}",
)
