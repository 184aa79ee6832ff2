"""Writes docs/practices.md: every practice with the command for it and its real output.

    python scripts/practices.py            writes the page
    python scripts/practices.py --check    fails when the page is not what the program prints

All of it runs in throwaway homes, with typed answers. So that the page is the same whenever it is written,
each run is given the day it is held on; and the one about the time box a clock that runs fast, so that nobody
waits.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "practices.md"
CUT = "…"
FAST = 1_000_000
"""Times as fast as time: a minute is over between any two prompts."""

ON_A_DAY = """
import datetime, sys, time
day = datetime.date.fromisoformat(sys.argv.pop(1))
speed = int(sys.argv.pop(1))
class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls(day.year, day.month, day.day)
class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(day.year, day.month, day.day, 18, 4, 5, tzinfo=tz)
datetime.date, datetime.datetime = Day, Moment
tick = time.monotonic
time.monotonic = lambda: tick() * speed
from greenroom.cli.main import run
run()
"""
"""The program itself, on a given day."""

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
A colleague wanted the whole design first, and I wanted to test early, because I ask before I build. \
My job was to get both of us to one plan. I drew the two ways on a board, I asked two customers, and \
I proposed to show a part every Friday.
In the end we shipped four weeks earlier than planned.
"""


LATER = """\
Better than the last one.
Ready.
Awake.
Proud.
eight

How do you handle conflict?
yes
that's all
yes
not really








yes
yes
yes
no
I told the story about Fridays.
that's all
"""
BOXED = """\
It was long, and I could go on about it for hours.
Nervous.
let's bring it to a close
Lost.
Tired.
four
I stayed polite.
that's all
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


def run(home: Path, day: str, command: str, typed: str = "", *, speed: int = 1) -> Ran:
    """Run a command line in a home on a day of 2026, with these lines typed into it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GREENROOM_", "LC_"))}
    env |= {"GREENROOM_HOME": str(home), "COLUMNS": "100", "LANG": "C.UTF-8", "PYTHONUTF8": "1", "TZ": "UTC"}
    ran = subprocess.run(
        [sys.executable, "-c", ON_A_DAY, f"2026-{day}", str(speed), *shlex.split(command)[1:]],
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
    return Ran(command, tuple(line.rstrip() for line in out.splitlines()))


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
        return _page(Path(folder) / "home", Path(folder) / "other")


def _page(home: Path, other: Path) -> str:
    debrief = "greenroom debrief --text --speaker none"
    run(home, "01-08", f"{debrief} --company Initech", EARLY)
    run(home, "01-19", f"{debrief} --company Hooli", SECOND_EARLY)
    first = run(home, "01-30", f'{debrief} --company Acme --role "data engineer"', FIRST)
    due = run(home, "01-31", "greenroom due")
    second = run(home, "01-31", f"{debrief} --again 3", SECOND)
    soon = run(home, "01-31", "greenroom due")
    kept = run(home, "02-01", 'greenroom messages set "I ship small things early" "I ask before I build"')
    again = run(home, "02-01", "greenroom practice --from-debrief 3 --text --speaker none", AGAIN)
    shown = run(home, "02-01", "greenroom show 3")
    question = run(home, "02-02", "greenroom questions show conflict")
    script = run(
        home,
        "02-02",
        'greenroom questions script conflict "the two ways on a board" "what he thinks of me today"',
    )
    packs = run(
        home, "02-02", "greenroom practice --question conflict --text --speaker none --no-debrief", CONFLICT
    )
    told = run(home, "02-02", "greenroom show last")
    friend = run(home, "02-02", "greenroom letter 3 friend")
    note = run(home, "02-02", "greenroom letter 3 thank-you")
    ask = run(home, "02-02", "greenroom letter 3 feedback")
    run(home, "02-02", 'greenroom feedback 3 "You looked calm the whole time." --who Peter --topic nerves')
    said = run(home, "02-02", "greenroom feedback 3")
    outcome = run(home, "02-03", "greenroom outcome 3 next-round --on 2026-02-03")
    later = run(home, "02-05", f"{debrief} --company Globex", LATER)
    messages = run(home, "02-05", "greenroom messages list")
    run(home, "02-05", "greenroom outcome 1 rejected --on 2026-01-20")
    run(home, "02-05", "greenroom outcome 2 silence --on 2026-02-03")
    trends = run(home, "02-05", "greenroom trends")
    patterns = run(home, "02-05", "greenroom patterns")
    boxed = run(other, "02-05", f"{debrief} --company Acme --minutes 1", BOXED, speed=FAST)
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
            "One question at a time, until “that's all”. The unhappy ones become a rehearsal; the second\n"
            "look offers to answer them on the spot.",
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
            "Talk to your tribe",
            "A note that asks a friend for an honest ear, without the company's name and without your\n"
            "feelings; what they say comes back with `greenroom feedback`, as shown further down. With\n"
            "`greenroom share 3` they can hear you, too: names are masked in the text and bleeped in\n"
            "the audio.",
            block(friend, list(friend.lines)),
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
                first.part("And this went well", "Well done"),
            ),
        ),
        (
            "Do not dwell: a time box",
            "The debrief says how long it takes (ten minutes, or `--minutes`). When that time is over it\n"
            "asks once whether to bring it to a close: then only what matters most is asked; “go on” waves\n"
            "it on. At the end it lets you go. (The clock of this run went fast.)",
            block(
                boxed,
                boxed.part("I am glad you came", "on this machine"),
                boxed.part("We have been at it", "Just a little more"),
                boxed.part("You may let it go", "sleep"),
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
            "Two lists, what went right and what went wrong; star what mattered; factors behind each star",
            "Item by item, read back with numbers; and for each star what was behind it, in your words,\n"
            "matched to named factors.",
            block(
                second,
                second.part("What went right", "> one and two"),
                second.part("What was behind it? Nerves", "I hear"),
            ),
        ),
        (
            "Fluke or pattern?",
            "Counted across every debrief, by a rule that is said, with the sources: in the debrief itself,\n"
            "and on request.",
            block(second, second.part("which you name nerves", "I was nervous."))
            + "\n"
            + block(patterns, patterns.part("What was behind it", "fluke so far.")),
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
            + block(again, again.part("Last time you wanted", "Last time you wanted", 1))
            + "\n"
            + block(later, later.part("this: I will write down three reasons", "That one is yours now")),
        ),
        (
            "Research, do not rely on introspection alone",
            "Each factor comes with one thing to try and something to look up or to ask somebody.\n"
            "`greenroom patterns` lists them again.",
            block(second, second.part("One thing to try: say your first answer", "last five minutes")),
        ),
        (
            "Practise stock questions out loud; three things to impress on the panel; a script",
            "Thirteen packs of questions (`greenroom questions list`), each question with what a good\n"
            "answer covers, and with your own points for it. Where an answer calls for it, the interviewer\n"
            "asks on. Three things to leave with a panel are said before each rehearsal and looked for in\n"
            "every answer, by their meaning; a debrief asks whether you got to say them. Every take of an\n"
            "unhappy question stands beside the others.",
            block(question, list(question.lines))
            + "\n"
            + block(script, list(script.lines))
            + "\n"
            + block(packs, packs.part("Question: ", packs.lines[-1]))
            + "\n"
            + block(told, told.part(".1 Tell me about", told.lines[-1]))
            + "\n"
            + block(kept, list(kept.lines))
            + "\n"
            + block(again, again.part("What you want them to remember", "What you want them to remember"))
            + "\n"
            + block(later, later.part("You wanted them to remember", "> not really"))
            + "\n"
            + block(messages, list(messages.lines))
            + "\n"
            + block(shown, shown.part("Answered again", shown.lines[-1])),
        ),
        (
            "“I usually underestimate how well it went”",
            "The gut rating right after it, the calm one and the outcome, set side by side. Nothing is\n"
            "concluded from fewer than five.",
            block(outcome, list(outcome.lines))
            + "\n"
            + block(trends, trends.part("Your gut and the calm look", "- silence", 1)),
        ),
        (
            "Ask for feedback from others",
            "What they say stands beside what you said of the same point yourself.",
            block(said, list(said.lines)),
        ),
        (
            "Try again",
            "What is open, each with its command, and the next one in your own words. Weeks in which you\n"
            "come back are counted, the others are not mentioned.",
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
