"""Every phrase of the review, in one place.

What is said in plain output is ASCII and whole words, so that it survives any pipe and any screen reader.
"""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "practice": "rehearsal",
    "debrief": "debrief",
    "import": "imported recording",
}
KINDS_SHORT: Mapping[str, str] = {"practice": "rehearsal", "debrief": "debrief", "import": "imported"}
SESSION_STATUS: Mapping[str, str] = {
    "running": "still running",
    "finished": "finished",
    "interrupted": "interrupted, everything said is kept",
}
SESSION_STATUS_SHORT: Mapping[str, str] = {"running": "running", "interrupted": "interrupted"}
TURN_STATUS: Mapping[str, str] = {
    "asked": "asked, nothing answered yet",
    "recorded": "recorded, not yet transcribed",
    "answered": "answered",
    "skipped": "skipped",
    "unfinished": "cut short, kept up to there",
}
PHASES: Mapping[str, str] = {"first": "first look", "second": "second look"}
HIT_KINDS: Mapping[str, str] = {
    "question": "question",
    "answer": "answer",
    "item": "note",
    "feedback": "feedback",
}

ITEM_HEADINGS: Mapping[str, str] = {
    "where": "Where, and with whom",
    "recall": "As you told it first",
    "feeling": "How it felt",
    "turning_point": "Turning point",
    "question": "Questions they asked",
    "message": "What you wanted them to remember",
    "mindset": "State of mind",
    "right": "What went right",
    "wrong": "What went wrong",
    "factor": "Factors",
    "action": "What to do differently",
    "success": "Successes to remember",
    "next": "The next one",
    "note": "Noted as you said it",
}
"""In the order in which they are shown; a kind that is not here comes after these, under its own name."""
REHEARSAL_HEADINGS: Mapping[str, str] = {
    "question": "Answers to take again",
    "action": "To take into the real one",
}
"""What these kinds are called after a rehearsal, where nobody asked but the program."""

ITEM_KINDS: Mapping[str, str] = {"word": "in a word", "share": "whose part", "turning_point": "it began with"}
"""What these are called below the item they belong to."""
FEELING_NAMES: Mapping[str, str] = {"before": "walking in", "during": "during", "after": "afterwards"}
MINDSET_NAMES: Mapping[str, str] = {
    "interest": "interest in the job",
    "interest-company": "interest in the company",
    "else": "what else there was",
}
ACTION_NAMES: Mapping[str, str] = {
    "thank-you": "",
    "second-look": "",
    "letter": "",
    "not-done": "not done yet",
}
MESSAGE_NAMES: Mapping[str, str] = {"landed": "said", "missed": "not said"}
NOTE_NAMES: Mapping[str, str] = {
    "happy": "happy with the answer",
    "gut": "how it went",
    "stars": "what mattered most",
    "messages": "whether you said it",
    "actions": "whether you did it",
}
"""By the prompt that was replied to."""
ITEM_NAMES: Mapping[str, Mapping[str, str]] = {
    "note": NOTE_NAMES,
    "feeling": FEELING_NAMES,
    "mindset": MINDSET_NAMES,
    "action": ACTION_NAMES,
    "message": MESSAGE_NAMES,
}
HAPPY: Mapping[bool, str] = {True: "happy with the answer", False: "unhappy with the answer"}
STARRED = "starred"

SESSION_TITLE = "Session {id}: {kind} of {when}"
DEBRIEF = "Debrief"
NO_TURNS = "No question was asked in this session."
NO_WORDS = "(no words)"
LIST_EMPTY = (
    "Nothing here yet.",
    "greenroom practice starts a rehearsal, greenroom demo shows you one first.",
)
LIST_HEAD = ("ID", "When", "What", "About", "Answers", "Spoken")
LIST_MORE = "These are the {shown} latest. greenroom list --limit {more} shows more."

TAKEN_AGAIN = "Answered again"
IN_THE_DEBRIEF = "as told in the debrief"
NOT_YET_AGAIN = "not answered again yet"
OTHERS_SAID = "What others said"
SOMEBODY = "somebody"
YOU_SAID = "You"
ABOUT_ALL_OF_IT = "the whole of it"

FACTORS = "What was behind it"
HELPED = "What helped"
ACTIONS = "What to do differently"
SUCCESSES = "Successes"
VERDICTS: Mapping[str, str] = {
    "pattern": "a pattern",
    "twice": "twice so far, worth watching",
    "fluke": "a fluke so far",
}
VERDICTS_HELPED: Mapping[str, str] = {
    "pattern": "a pattern to build on",
    "twice": "twice so far",
    "fluke": "once so far",
}
TO_TRY = "To try"
TO_LOOK_UP = "To look up"
RULE = "A pattern is what was named in three debriefs or more; what was named once is a fluke so far."
ACTION_STATES: Mapping[str, str] = {"open": "open", "done": "done", "not-done": "not done yet"}
PATTERNS_EMPTY = (
    "Nothing to count yet.",
    "Factors, actions and successes come from debriefs: greenroom debrief, and the next day greenroom due.",
)

DUE_LOOK = "A second, calm look at {about} of {day}, {reason}: {command}"
DUE_CUT_OFF = "The debrief of {about} of {day} is not finished: {command}"
DUE_ACTION = "{text} ({moment}, {reason})"
DUE_ERRANDS: Mapping[str, tuple[str, str]] = {
    "thank-you": ("The thank-you note for {about} of {day}: {command}", "greenroom letter {id} thank-you"),
    "letter": (
        "A letter after {about} of {day}, to ask for feedback or for more: {command}",
        "greenroom letter {id} feedback",
    ),
}
"""How these read, and the command for each."""
DUE_QUESTION = "{text} ({moment}, {reason})"
DUE_COMMANDS: Mapping[str, str] = {
    "second-look": "greenroom debrief --again {id}",
    "resume": "greenroom debrief --resume",
    "resume-earlier": "greenroom debrief --again {id}",
    "question": "greenroom practice --question {id}",
}
"""`--resume` goes on with the one cut off last, and `--again` with any other first."""
DUE_REASONS: Mapping[str, str] = {
    "second-look": "not looked at again yet",
    "resume": "stopped before its end",
    "errand": "on your list for two weeks",
    "open": "open since {day}",
    "not-done": "not done yet, from {day}",
    "next": "said on {day}",
    "own": "{went} on {day}, {since}",
    "proposed": "{went} on {day} by its measures, {since}",
}
"""Why each is on the list."""
WENT: Mapping[str, str] = {
    "again": "was not there yet",
    "hard": "was hard",
    "good": "went well",
    "easy": "went easily",
}
"""How a take went, by its grade."""
SOME_INTERVIEW = "the interview"
AN_INTERVIEW = "the interview with {company}"
DUE_LOOKS = "To look at again"
DUE_ACTIONS = "To do"
DUE_QUESTIONS = "To rehearse again"
DUE_ASKS = "greenroom practice --due asks them, the first one first."
DUE_MORE = "And {more}."
DUE_NEXT = "Next, in your words"
DUE_EMPTY = "Nothing is due. Whenever you like: greenroom practice"

GUT = "Your gut and the calm look"
GUT_EMPTY = "No interview was rated both right after it and when calm. greenroom due shows which wait."
GUT_MEANS = "Right after {first:.1f}, when calm {second:.1f} (mean of {count})."
GUT_HIGHER = "You tend to underestimate how well it went, by {difference:.1f}."
GUT_LOWER = "You tend to overestimate how well it went, by {difference:.1f}."
GUT_SAME = "Your gut is about right."
GUT_FEW = "Too few to say anything: it takes {least}."
GUT_OUTCOMES = "Your gut and what became of it"
GUT_OUTCOME = "{outcome}: mean gut {mean:.1f}, {count}"
GUT_OUTCOME_UNRATED = "{outcome}: never rated"
GUT_OUTCOMES_EMPTY = "No outcome is known yet. greenroom outcome last offer stores one."

MESSAGES = "What you want them to remember"
MESSAGES_EMPTY = (
    "Nothing here yet.",
    'greenroom messages set "I ship small things early" keeps one, and up to three.',
)
MESSAGES_STORED = (
    "Kept. You hear them before your next rehearsal, and after your next interview a debrief asks about them."
)
MESSAGES_CLEARED = "No message is kept any more."
MESSAGE_TOLD = "In {count} of {answers}, last in"
MESSAGE_NEVER = "In none of {answers} yet."

UNHAPPY_TITLE = "Questions you were unhappy with"
UNHAPPY_EMPTY = (
    "There is no question you are unhappy with.",
    "A debrief asks for them (greenroom debrief). greenroom practice has others.",
)
QUESTION_FACTS = "{kind}, from the pack {pack}; usually {low} to {high} seconds"
QUESTION_FOLLOW_UP = "Then perhaps: {text}"
QUESTION_IMPROPER = "Nobody should ask this, and you need not answer. It only comes up when you name it."
QUESTION_IMPROPER_SHORT = "(only when you name it)"
QUESTION_WORDING = "One way to say it: {text}"
QUESTIONS_NONE = "There is no such question in these packs."
POINTS = "What you want to say"
POINTS_EMPTY = 'Nothing of your own yet. greenroom questions script {id} "a point" "another" keeps it.'
POINTS_STORED = "Kept. Each take of it will show which of these you said."
POINTS_CLEARED = "Nothing is kept for {id} any more."
QUESTION_ADDED = "Kept as {id} in {file}."
QUESTION_ADDED_NEXT = "greenroom practice --pack {pack} --question {id} asks it."
PACK_NEXT = "greenroom practice --pack {pack} asks them."
PACK_NEW = "{file} is there, with an example to write over."

GRADES: Mapping[str, str] = {"again": "not there yet", "hard": "hard", "good": "good", "easy": "easy"}
GRADE_KEPT = "Kept: {moment} {went}."
GRADE_NONE = "It has no grade yet."
GRADE_OWN = "Your grade: {grade} ({day})."
GRADE_PROPOSED = "Its grade so far: {grade} ({day}), by its measures."
GRADE_ADVICE = "Its measures say: {grade}."
GRADE_ADVICE_WHY = "Its measures say: {grade}, because {reasons}."
GRADE_TOO_LITTLE = "Its measures propose none: there is too little to go by."
GRADE_BACK = "The question comes back on {day}."
GRADE_BACK_NOW = "The question is due: greenroom due."
GRADE_HINT = "Your word counts: greenroom grade {moment} again|hard|good|easy"
GRADE_WHOLE_SESSION = (
    "{id} is a whole session, and a grade is for one answer.",
    "Name the answer: greenroom grade {id}.{number} good",
)
GRADE_DEBRIEF = (
    "{moment} belongs to a debrief: nothing in it is graded.",
    "Answers to interview questions are; greenroom show {id} shows which there are.",
)
GRADE_IMPORTED = (
    "{moment} is a recording you brought in: there is no question behind it that could come back.",
    "Answers to interview questions are graded; greenroom list shows your rehearsals.",
)
GRADE_FOLLOW_UP = (
    "{moment} is a follow-up, and goes with the answer before it.",
    "Grade that one: greenroom grade {id}.{number} good",
)
GRADE_WARM_UP = (
    "{moment} was only to warm up.",
    "Grade one of the answers after it; greenroom show {id} shows them.",
)
GRADE_UNANSWERED = (
    "{moment} was {status}: there is no answer to grade.",
    "Answer it when you like: greenroom practice --question {prompt_id}",
)

OUTCOME_STORED = "Session {id}: {value}, on {day}."
FEEDBACK_STORED = "Kept with session {id}."
FEEDBACK_NONE = "Nobody's words are kept with session {id} yet."
LETTER_STORED = "The letter is in {file}."
LETTER_COPIED = "The letter is on the clipboard."
LETTER_GAPS = "What stands in [brackets] is for you to write."
LETTER_UNANSWERED = "For a better answer to put into it: greenroom practice --from-debrief {id}"

DELETE_WHAT = "Session {id}: {kind} of {day}, {content}."
DELETE_ASK = "Delete it for good?"
DELETE_ASK_FIRST = (
    "Session {id} was not deleted: there is nobody here to ask.",
    "Say so beforehand: greenroom delete {id} --yes",
)
DELETE_KEPT = "Nothing was deleted."
DELETED = "Session {id} is deleted."
DELETE_LEFT = (
    "Session {id} is deleted, but something of it may be left in: {files}.",
    "Close every other greenroom, make room, and run any command: it tries again. Backups you may remove.",
)

PLAY_TURN_SILENT = (
    "Turn {moment} has no audio: it was {status}.",
    "See what there is: greenroom show {id}",
)
PLAY_TURN_LOST = (
    "The audio of turn {moment} is not where it was stored ({path}).",
    "If you moved it, put it back; the transcript is still here: greenroom show {id}",
)
PLAY_SESSION_SILENT = ("Session {id} has no audio.", "Read it instead: greenroom show {id}")


def thought_for(figure: str) -> str:
    return f"thought for {figure}"


ANSWERED_AT_ONCE = "answered at once"


def longest_pause(figure: str) -> str:
    return f"longest pause {figure}"


def pause(figure: str) -> str:
    return f"(pause {figure})"


def spoken(figure: str) -> str:
    return f"{figure} spoken"


def answered_of(answered: int, turns: int) -> str:
    return f"{answered} of {turns} answered"


def again(take: int) -> str:
    return f"take {take}"


def follow_up(moment: str) -> str:
    return f"follow-up to {moment}"


def of_audio(figure: str) -> str:
    return f"{figure} of audio"


def from_pack(name: str) -> str:
    return f"pack {name}"


def outcome(value: str, day: str | None) -> str:
    return f"Outcome: {value}, {day}" if day else f"Outcome: {value}"


def ratings(listed: str) -> str:
    return f"Ratings: {listed}"


def item_name(kind: str, name: str | None) -> str | None:
    """How an item's name reads, where it does not read as it is; empty where it adds nothing."""
    if kind == "turning_point" or (kind == "word" and name):
        return ""
    return ITEM_NAMES.get(kind, {}).get(name or "")


def weeks_in_a_row(count: int) -> str:
    return f"You have come back {count} weeks in a row."


def said_in(said: int, asked: int) -> str:
    return f"said in {said} of {asked} interviews" if asked != 1 else f"said in {said} of 1 interview"


def messages_for(company: str, role: str) -> str:
    """The heading over those for one panel."""
    if not company and not role:
        return MESSAGES
    for_whom = f"for {company}" if company else ""
    return f"{MESSAGES}, " + " ".join(filter(None, (for_whom, f"as {role}" if role else "")))


def named_in(debriefs: int) -> str:
    return "named in one debrief" if debriefs == 1 else f"named in {debriefs} debriefs"


def due_for(days: int) -> str:
    if days < 1:
        return "due today"
    return "due since yesterday" if days == 1 else f"due for {days} days"


def questions_added(count: int, pack: str) -> str:
    if count == 0:
        return f"Nothing new for the pack {pack}."
    return f"{'1 question' if count == 1 else f'{count} questions'} added to the pack {pack}."


def question_there(line: int, id: str, pack: str | None) -> str:
    where = f"as {id} in the pack {pack}" if pack else "further up"
    return f"Line {line} is there already, {where}."


FOCUS: Mapping[str, tuple[str, str]] = {
    "length": ("length", "was furthest from the length that suits the question"),
    "pace": ("pace", "was furthest from an easy pace"),
    "pauses": ("pauses", "had the longest silence"),
    "fillers": ("fillers", "had the most ums and uhs"),
    "hedges": ("softening words", "had the most of them"),
    "star": ("the whole story", "left out most of it"),
    "result": ("the result", "left it out"),
    "voice": ("your own part", 'said most "we" and least "I"'),
    "numbers": ("figures", "named none"),
    "question": ("staying with the question", "took up least of it"),
    "messages": ("your messages", "held none of them"),
}
"""What can be worked on, and what is said of the answers that questions are chosen by."""


def chosen_focus(focus: str, chosen: int, filled: int, pack: str) -> str:
    """Why `practice --focus` asks these."""
    name, why = FOCUS[focus]
    if not chosen:
        return f"For {name}: nothing to go by in your latest answers yet, so these are from the pack {pack}."
    these = "the one whose latest answer" if chosen == 1 else f"the {chosen} whose latest answers"
    if not filled:
        return f"For {name}: {these} {why}."
    return f"For {name}: first {these} {why}, then {filled} more from the pack {pack}."


def chosen_due(chosen: int, due: int, filled: int, pack: str) -> str:
    """Why `practice --due` asks these."""
    if not chosen:
        return f"Nothing is due today, so these are from the pack {pack}."
    if chosen < due:
        return f"{due} questions are due; {'this is' if chosen == 1 else 'these are'} the most urgent."
    are = "1 question is due" if due == 1 else f"{due} questions are due"
    if not filled:
        return f"{are}."
    return f"{are}, and {'comes' if due == 1 else 'come'} first; {filled} more from the pack {pack}."
