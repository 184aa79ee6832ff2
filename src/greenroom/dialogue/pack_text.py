"""A question as it stands in the text of a pack: ids, TOML, the beginning of a new pack."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from greenroom.dialogue.packs import Question

ID_CHARACTERS = 40
"""Longest id that is made here: short enough to be typed."""
_ID_WORDS = 4
_NEAR = 0.85
"""How alike two kinds are that were meant as one (`difflib`): "behavioral" and "behavioural", 0.95."""

_TAKEN = re.compile(r"debrief-[0-9]+-[0-9]+")
"""The ids of questions that were told in a debrief."""

_SMALL_WORDS = """
a an the and or but of to in on at by for from with about into as if than then so that this these those it its
is are was were be been being am do does did have has had can could will would shall should may might must
you your yours we our us i me my they them their he she his her who whom whose what which when where why how
tell describe give say think want time there here any some ever one more most very
"""
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that say little about a question: left out of its id while anything else is in it."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_WORD = re.compile(r"[^\W_]+")

TEMPLATE = """\
# Questions of your own. Every [[questions]] below is one; add as many as you like.
# See what is in it:  greenroom questions list --pack {id}
# Rehearse it:        greenroom practice --pack {id}

id = {quoted_id}
title = {title}
# roles = ["data engineer"]    # the jobs it is for: `practice --role` finds it by them

[[questions]]
id = {example}
text = "What would you like them to ask you?"
# All that follows may be left out.
kind = "motivation"
seconds = [45, 90]             # how long a good answer usually is
covers = ["the first thing it should hold", "the second", "the third"]
follow_up = "And what would you say to that?"
# wording = "One way to begin your answer."
"""


def new_id(text: str, taken: Collection[str]) -> str:
    """An id made of what a question is about, unlike those that are taken."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    telling = ([word for word in words if word not in _SMALL] or words or ["question"])[:_ID_WORDS]
    made: str = telling[0][:ID_CHARACTERS]
    for word in telling[1:]:
        if len(made) + 1 + len(word) <= ID_CHARACTERS:
            made += f"-{word}"
    if is_reserved(made):
        made = f"own-{made}"
    number, found = 2, made
    while found in taken:
        found, number = f"{made}-{number}", number + 1
    return found


def is_reserved(question_id: str) -> bool:
    """Whether an id is one of those that questions told in a debrief get."""
    return bool(_TAKEN.fullmatch(question_id))


def meant_kind(said: str, known: Collection[str]) -> str | None:
    """The kind that was meant, when this is nearly one there is; None when it is one, or quite another."""
    if said in known:
        return None
    return next(iter(get_close_matches(said.casefold(), list(known), 1, _NEAR)), None)


def same_question(text: str) -> str:
    """Equal for two texts that differ in capitals, spaces and punctuation only."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold())) or text.strip()


def encodable(text: str) -> str:
    """The text without what no file can hold: halves of characters, from a terminal in another encoding."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def quoted(text: str) -> str:
    """The text as a TOML string of one line, in which nothing steers a terminal or an editor."""
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def as_toml(question: Question) -> str:
    """A question as a [[questions]] table; what is as it is by default is left out."""
    default = Question(question.id, question.text)
    lines = ["[[questions]]", f"id = {quoted(question.id)}", f"text = {quoted(question.text)}"]
    if question.kind != default.kind:
        lines.append(f"kind = {quoted(question.kind)}")
    if question.seconds != default.seconds:
        lines.append("seconds = [{}, {}]".format(*question.seconds))
    if question.covers:
        lines.append(f"covers = [{', '.join(map(quoted, question.covers))}]")
    if question.follow_up:
        lines.append(f"follow_up = {quoted(question.follow_up)}")
    return "\n".join(lines) + "\n"


def appended(text: str, questions: Sequence[Question]) -> str:
    """The text of a pack with more questions at its end; all that stood in it stays as it was."""
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = newline if text.endswith("\n") else newline * 2
    return text + gap + "\n".join(map(as_toml, questions)).replace("\n", newline)


def head(pack_id: str, title: str) -> str:
    """The beginning of a new pack, to append questions to."""
    return f"# Questions of your own.\n\nid = {quoted(pack_id)}\ntitle = {quoted(title)}\n"


def template(pack_id: str, title: str, example: str) -> str:
    """A new pack with one example, whose id is given, and notes on what may stand in it."""
    return TEMPLATE.format(
        id=pack_id, quoted_id=quoted(pack_id), title=quoted(title), example=quoted(example)
    )


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
