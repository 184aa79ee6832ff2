"""Every phrase of a share pack, and of the command that makes one."""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "name": "[name {number}]",
    "employer": "[employer {number}]",
    "role": "[role]",
    "contact": "[contact {number}]",
}
KINDS: Mapping[str, str] = {
    "name": "a name",
    "employer": "an employer",
    "role": "the role",
    "contact": "a way to reach somebody",
}
SOURCES: Mapping[str, str] = {
    "session": "it stands with the session",
    "list": "it is on your list",
    "asked": "you asked for it",
    "model": "it was found in the words",
    "guess": "it is written like a name",
    "form": "it looks like an address or a number",
    "heard": "it was heard when the pack was checked",
}

PACK = "pack.md"
TITLES: Mapping[str, str] = {
    "practice": "An interview rehearsal",
    "debrief": "An interview, looked back on",
    "import": "A recorded answer",
}
PACK_INTRO = (
    "Names of people and employers are left out: {labels} stands where one was. The same number is always "
    "the same name."
)
PACK_INTRO_NONE = "Names of people and employers are left out; there were none in it."
PACK_TONE = "A soft tone in a recording stands for a name, or for words that nobody could make out."
PACK_SILENT = "There are no recordings in it, only the words."
PACK_ANSWERS = "The answers"
PACK_NOTES = "What was noted"
PACK_RATINGS = "In numbers, from one to ten"
PACK_LISTEN = "[Listen]({file})"
PACK_IMPORTED = "A recorded answer"
PACK_TAKE = "take {take}"
PACK_FOLLOW_UP = "follow-up"
PACK_THINKING = "began after {thinking}"
PACK_ABOUT_TALK = "Thank you for listening. What did you hear that I cannot hear myself?"

LIST_TITLE = "Masked in the text and bleeped in the sound:"
LIST_TITLE_TEXT = "Masked in the text:"
LIST_NONE = "No names were found to be masked."
LIST_LINE = "{place}. {name} ({kind}, {count}; {source})"
LIST_NEVER_SAID = "not in these words"
LIST_SAME_WORD = (
    "It is also a word of every day: masked only where it is written with a capital. Type it to mask it "
    "everywhere."
)
LIST_TOO_SHORT = "“{name}” is too short to be looked for: it is masked nowhere."
LIST_NO_MODEL = (
    "Names were found by how words are written, so read the list well. No model of names is installed, "
    "which finds more: pip install 'greenroom[names]'"
)
WHAT_GOES = "In the pack: {content}."
WHAT_GOES_FEELINGS = "In the pack, with how it felt: {content}."
FEELINGS_STAY = "How it felt stays with you; --with-feelings puts it in."
DANGER_STAYS = "A part of this session is yours alone, and is in no pack."

ASK = "Enter writes the pack. A number takes a name off the list, a name puts one on it, q stops"
ASK_UNKNOWN = "There is no number {number} on the list."
NOT_WRITTEN = "Nothing was written."
ASK_FIRST = (
    "Nothing was written: nobody is here to say whether the list is right.",
    "Add --yes when it is; --mask NAME puts a name on it, --keep NAME takes one off.",
)
NOTHING_TO_SHARE = (
    "There is nothing in session {id} to share yet.",
    "`greenroom show {id}` has what there is; how it felt is shared with --with-feelings only.",
)
IS_THERE = ("{folder} is there already.", "Give another folder with --output, or remove it first.")
CANNOT_WRITE = (
    "{folder} cannot be written: {reason}.",
    "Make room there, or give another place with --output.",
)
KEPT_AND_MASKED = ("“{name}” is both to be masked and to be kept.", "Name it once.")
TOO_SHORT = ("“{name}” is too short to be looked for.", "Give at least two letters of it.")
ANOTHER_IS_MADE = ("Another pack is being made at this moment.", "Let it finish, then try again.")

CHECKING = "Listening to {file} of the pack, to see that no name is left in it ({place} of {count})."
STILL_HEARD = (
    "“{name}” may still be heard in answer {moment}, so nothing was written.",
    "Put more of what is said there on the list with --mask, or share the words alone with --no-audio.",
)
STILL_READ = (
    "“{name}” could not be masked everywhere in the text, so nothing was written.",
    "Put it on the list with --mask as it is written there; `greenroom show {id}` has the words.",
)
HEARD_TOO = "Masked too, for it was heard in the check: {names}."
WRITTEN = "The pack is in {folder}: {content}."
LISTEN_FIRST = "Listen to it once before you send it: a check by machine is good, and not perfect."
