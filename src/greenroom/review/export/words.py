"""Every phrase of the exports."""

from __future__ import annotations

INTERVIEW = "The interview"
DEBRIEF = "The debrief"
OUTCOME = "Outcome: {value}, {day}"
RATINGS = "Ratings"
GRADE_OWN = "you graded it {grade}"
GRADE_PROPOSED = "grade proposed: {grade}"
CORRECTED = "corrected by hand"
OTHERS_SAID = "What others said"
SOMEBODY = "Somebody"
ABOUT = "about {topic}"
NOTHING_YET = (
    "There is no session yet.",
    "greenroom practice starts a rehearsal, greenroom demo shows you one first.",
)

STORED = "{sessions} stored in {place}."
STORED_BESIDE = "{sessions} stored in {place}, and {recordings} beside it in {folder}: keep the two together."
STORED_FILES = "{files} stored in {place}."

BROUGHT_BACK = "Session {now} is back."
BROUGHT_BACK_AS = "Session {was} of the export is session {now} here."
BROUGHT_BACK_MORE = "And {sessions} more."
BROUGHT_BACK_NONE = "There is no session in this export."
TWIN = (
    "Session {now} looks like session {other}, which was here before: greenroom delete {now} takes it away."
)
LOST = "{recordings} did not come with the export; what was in words is here."
EVERY_PANEL = "every panel"
STAYED = "What you keep here stayed, and the export's was left out: messages or points for {names}."

ID_OR_ALL = "Give a session, or --all for everything."
ONE_OF_BOTH = "ID and --all exclude each other."
NEEDS_OUTPUT = "Several files need a folder: name one with --output."
SOUND_NEEDS_OUTPUT = "A recording needs a file or a folder: name one with --output."
ONLY_SOUND = "--sound is for --format audio."
ONLY_JSON_SOUND = "--no-audio is for --format json."
NO_TIMES = (
    "{moment} has no words with times, so it can have no subtitles.",
    "What was typed has none; greenroom show {id} shows what there is.",
)
NO_SOUND = "{moment} has no recording.", "greenroom show {id} shows what there is."
NO_SUBTITLES_HERE = (
    "Nothing here has words with times.",
    "What was typed has none; --format markdown gives you that to read.",
)
NO_SOUND_HERE = "There is no recording here.", "greenroom list shows your other sessions."
IMPORT_ALONE = "--json brings in an export as it is: leave out {options}."
IMPORT_WHAT = "Give recordings, or an export with --json."
