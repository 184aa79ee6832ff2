"""Writes docs/practices.md: every practice with the command for it and its real output.

    python scripts/practices.py            writes the page
    python scripts/practices.py --check    fails when the page is not what the program prints

All of it runs in a throwaway home, with typed answers. So that the page is the same on every day, each
session is given a day of its own after it was held.
"""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "practices.md"
DAYS = {1: "2026-01-08", 2: "2026-01-19", 3: "2026-01-30", 4: "2026-02-01", 5: "2026-02-02"}
FEEDBACK_DAY = "2026-02-02"
CUT = "…"

EARLY = """\
I was late and it never got better.

Rushed.
Rushed.
Relieved.
three

Why us?
no
that's all



I did not look at the company.
I was nervous.
The train was late.


I stayed polite.
that's all
"""
SECOND_EARLY = """\
I could not find my words at first.

Tense.
Better.
Fine.
six

What is your greatest weakness?
yes
that's all



Well.
I was so nervous that my voice shook.
Early.


no
no
They laughed at my story.
that's all
"""
FIRST = """\
It went well until they asked why I left my last job. I froze, and then I rambled.
Nervous, and a little late.
shaky
Fine at first, then I lost my thread.
lost
Disappointed, but a bit relieved.
relieved
a four, maybe, no, a five
Yes, when they asked why I left.
I looked at the clock, and my hands went cold.
Why did you leave your last job?
no
How do you handle conflict?
yes
that's all
A nine, I really want it.
I like what they make.
Badly, four hours.
Well on the company, not on my own stories.
I was nervous all morning.
Just in time, the bus was late.
Yes.
No.
I told the story about the lunch with Peter well.
that's all
"""
SECOND = """\
yes
seven
I told the story about the lunch with Peter well.
that's all
I froze when they asked why I left.
I came in with no minute to spare.
that's all
one and two
I had practised it aloud.
I will practise two more stories aloud.
I was nervous, and I had not prepared my own examples.
mine
I will write down three reasons and say them aloud.
yes
I wanted to build things again, and there I only wrote reports. So I looked for a team that ships.
no
A rehearsal on Sunday.
"""
AGAIN = """\
I want to build things people use. Where I was, I only wrote reports about them.
Better than last time.
the first
Two sentences are enough.
"""
CONFLICT = """\
A colleague wanted the whole design first, I wanted to test early. We agreed to show a part every Friday.
"""


@dataclass(frozen=True)
class Ran:
    """A command and what it printed, with what was typed put where it was typed."""

    command: str
    lines: tuple[str, ...]

    def part(self, first: str, last: str | None = None, more: int = 0) -> list[str]:
        """The lines from the one that holds `first` to the one that holds `last`, and `more` after it."""
        start = self._place(first, 0)
        end = start if last is None else self._place(last, start)
        return list(self.lines[start : end + 1 + more])

    def _place(self, text: str, start: int) -> int:
        for place in range(start, len(self.lines)):
            if text in self.lines[place]:
                return place
        raise SystemExit(f"“{text}” is not in what `{self.command}` printed:\n" + "\n".join(self.lines))


def run(home: Path, command: str, typed: str = "") -> Ran:
    """Run a command line in a home, with these lines typed into it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GREENROOM_", "LC_"))}
    env |= {"GREENROOM_HOME": str(home), "COLUMNS": "100", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        env=env,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise SystemExit(f"{command}: {ran.returncode}\n{ran.stdout}{ran.stderr}")
    out, answers = "", iter(typed.splitlines())
    for piece in ran.stdout.splitlines(keepends=True):
        while piece.startswith("> "):
            out += f"> {next(answers)}\n"
            piece = piece.removeprefix("> ")
        out += piece if piece.strip() or not out.endswith("\n\n") else ""
    redate(home)
    return Ran(command, tuple(line.rstrip() for line in out.splitlines()))


def redate(home: Path) -> None:
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        for session, day in DAYS.items():
            db.execute(
                "UPDATE sessions SET started_at = ?, ended_at = ? WHERE id = ?",
                [f"{day}T18:04:05+01:00", f"{day}T18:14:05+01:00", session],
            )
        db.execute("UPDATE feedback SET at = ?", [f"{FEEDBACK_DAY}T10:00:00+01:00"])
        db.commit()


def block(ran: Ran, *parts: list[str]) -> str:
    """A code block: the command, and parts of what it printed."""
    lines = [f"$ {ran.command}"]
    for place, part in enumerate(parts):
        lines += [CUT] if place or part[0] != ran.lines[0] else []
        lines += part
    if parts and parts[-1][-1] != ran.lines[-1]:
        lines.append(CUT)
    return "```\n" + "\n".join(lines) + "\n```\n"


def page() -> str:
    with tempfile.TemporaryDirectory(prefix="greenroom-practices-") as folder:
        return _page(Path(folder))


def _page(home: Path) -> str:
    run(home, "greenroom debrief --text --speaker none --company Initech", EARLY)
    run(home, "greenroom debrief --text --speaker none --company Hooli", SECOND_EARLY)
    first = run(home, 'greenroom debrief --text --speaker none --company Acme --role "data engineer"', FIRST)
    due = run(home, "greenroom due")
    second = run(home, "greenroom debrief --again 3 --text --speaker none", SECOND)
    soon = run(home, "greenroom due")
    again = run(home, "greenroom practice --from-debrief 3 --text --speaker none", AGAIN)
    shown = run(home, "greenroom show 3")
    packs = run(home, "greenroom practice --question conflict --text --speaker none --no-debrief", CONFLICT)
    note = run(home, "greenroom letter 3 thank-you")
    ask = run(home, "greenroom letter 3 feedback")
    run(home, 'greenroom feedback 3 "You looked calm the whole time." --who Peter --topic nerves')
    said = run(home, "greenroom feedback 3")
    run(home, "greenroom outcome 1 rejected --on 2026-01-20")
    run(home, "greenroom outcome 2 silence --on 2026-02-03")
    outcome = run(home, "greenroom outcome 3 next-round --on 2026-02-03")
    trends = run(home, "greenroom trends")
    patterns = run(home, "greenroom patterns")
    sections = [
        (
            "Write down feelings first: walking in, during, after",
            "Feelings come before facts, right after the interview, and nothing is judged.",
            block(first, first.part("Tell me how it went", "> relieved")),
        ),
        (
            "Find the turning point",
            "It is asked for, with what happened just before it and how that felt.",
            block(first, first.part("Was there a turning point", "my hands went cold")),
        ),
        (
            "Document every question, mark the answers you were unhappy with, get them right now",
            "One question at a time, until “that's all”. The unhappy ones become a rehearsal.",
            block(first, first.part("Which questions did they ask", "> that's all"))
            + "\n"
            + block(again, again.part("Why did you leave", "that is noted")),
        ),
        (
            "Be honest about mindset: interest, sleep, preparation, nerves, lateness",
            "Each is asked one by one, and what is named in them counts as a factor.",
            block(first, first.part("A few honest questions", "the bus was late")),
        ),
        (
            "A thank-you note that recovers a stumble, and a request for feedback",
            "Drafted from your own words: the question you stumbled over, and your latest answer to it.",
            block(note, list(note.lines))
            + "\n"
            + block(ask, ask.part("I would like to get better", "came across")),
        ),
        (
            "Remember your successes",
            "Every debrief ends on them.",
            block(
                first,
                first.part("What went well", "> that's all"),
                first.part("Take this with you", "Well done"),
            ),
        ),
        (
            "Do not dwell: a time box",
            "The debrief says how long it takes (`--minutes`), and asks once, when that "
            "time is over, whether\n"
            "to bring it to a close. At the end it lets you go.",
            block(
                first,
                first.part("I am glad you came", "on this machine"),
                first.part("You may let it go", "sleep"),
            ),
        ),
        (
            "Review again when calm",
            "The second look is due from the next day on; the same rating is asked again.",
            block(due, due.part("To look at again", "--again 3"))
            + "\n"
            + block(second, second.part("Would you like to hear", "> seven")),
        ),
        (
            "Two lists, what went right and what went wrong; star what mattered",
            "Item by item, read back with numbers.",
            block(second, second.part("What went right", "> one and two")),
        ),
        (
            "Factors behind each star; research, do not rely on introspection alone",
            "In your words, matched to named factors, each with one thing to try and something to look up.",
            block(second, second.part("What was behind it? Nerves", "situation, task, action")),
        ),
        (
            "Fluke or pattern?",
            "Counted across every debrief, by a rule that is said, with the sources.",
            block(patterns, patterns.part("What was behind it", "fluke so far.")),
        ),
        (
            "Strategize: one concrete change per star",
            "Strengths too. They are read back before the next rehearsal, and asked about "
            "at the next debrief.",
            block(
                second,
                second.part("How will you find a way", "two more stories"),
                second.part("one thing you will do differently", "three reasons"),
            )
            + "\n"
            + block(again, again.part("Last time you wanted", "Last time you wanted", 1)),
        ),
        (
            "Practise stock questions out loud; first against latest take",
            "Thirteen packs of questions (`greenroom questions list`); and every take of "
            "an unhappy question\n"
            "stands below the debrief's answer.",
            block(packs, packs.part("Question: ", "that is noted"))
            + "\n"
            + block(shown, shown.part("Answered again", shown.lines[-1])),
        ),
        (
            "“I usually underestimate how well it went”",
            "The gut rating right after it, the calm one and the outcome, set side by "
            "side. Nothing is concluded\n"
            "from fewer than five.",
            block(outcome, list(outcome.lines)) + "\n" + block(trends, list(trends.lines)),
        ),
        (
            "Ask for feedback from others",
            "What they say stands beside what you said of the same point yourself.",
            block(said, list(said.lines)),
        ),
        (
            "Try again",
            "What is open, and the next one in your own words. Weeks in which you come "
            "back are counted, the\n"
            "others are not mentioned.",
            block(soon, list(soon.lines)),
        ),
    ]
    head = (
        "# Every practice, shown\n\n"
        "The practices of recovering from an interview that greenroom is built around, "
        "each with the command\n"
        "for it and what that printed. The answers were typed (`--text`); spoken ones run the same script.\n"
        f"“{CUT}” stands for lines left out. `python scripts/practices.py` writes this "
        "page, and a test holds it.\n"
    )
    return head + "".join(f"\n## {title}\n\n{text}\n\n{shown}" for title, text, shown in sections)


def main() -> None:
    text = page()
    if "--check" in sys.argv:
        if PAGE.read_text("utf-8") != text:
            raise SystemExit(
                "docs/practices.md is not what greenroom prints: run python scripts/practices.py"
            )
        return
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
