"""What a prompt expects to hear: the words to listen for, and whether a short reply is whole as it stands.

A whole reply need not be waited for: whoever says "a six" has said it. What may go on ("maybe …", "six
or …") is never whole, and to an open question nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from greenroom.dialogue.acts import Expects
from greenroom.dialogue.numbers import is_settled, only_a_number, only_places
from greenroom.dialogue.packs import PhraseBook, SpokenCommand
from greenroom.dialogue.phrases import (
    PLAIN,
    bare_in,
    command_of,
    goes_back,
    leaves_open,
    normalised,
    says_thats_all,
)

HOTWORDS_EACH = 4
"""Phrases of one meaning among the words to expect: with more of them the line is cut off."""

HOTWORDS_BESIDE_NUMBERS = 2
"""The same where a number is asked for. With four of each and no numbers the quick ear made out 16 of 20
numbers of a natural voice, and 8 and 11 of two robotic ones, in a somewhat stricter test; with two of each,
then the numbers, 19 of the natural voice, with all of its 8 commands, and 17 of the one robotic voice that
was tried, with 4 of 8 commands instead of 6. With one of each it missed two of the natural voice's
commands."""

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""The words to expect where a number is asked for."""
GRADES = ("not yet", "hard", "good", "easy")
"""Those where it is asked how an answer went."""

LONGEST_WORD = 2
"""Words in a feeling that is told in one: "quite shaky"."""

_MAY_GO_ON = frozenset(
    {"not", "right", "i do", "i do not", "i don't", "i have", "i have not", "i haven't", "i would", "i'd say"}
    | {"i would not", "i wouldn't", "i did", "i did not", "i didn't", "wasn't", "let's", "very", "quite"}
    | {"i was", "i am", "it was", "it is", "they were", "they did", "we were", "of course", "completely"}
    | {"i would say", "they", "he", "she", "own"}
)
"""Replies that are as often the beginning of one: "I did … not like it"."""

_NO_FEELING = frozenset(
    {"not", "no", "maybe", "perhaps", "a", "the", "bit", "little", "kind", "sort", "like", "just", "really"}
    | {"quite", "rather", "pretty", "more", "too", "very", "that", "it", "was", "i", "say", "think", "know"}
    | {"fairly", "somewhat", "slightly", "extremely", "absolutely", "something", "one", "word", "and", "so"}
    | {"than", "or", "of"}
)
"""A word for a feeling does not end with one of these."""


def strictly(book: PhraseBook) -> PhraseBook:
    """The phrases of a dress rehearsal: of all commands the one to stop."""
    return replace(
        book, commands={name: book.commands[name] if name == "stop" else () for name in book.commands}
    )


def hotwords(book: PhraseBook, expects: Expects | None = None) -> str:
    """The short phrases to expect, in one line for the recogniser: the most usual of each meaning.

    It takes about 220 tokens of them and drops the rest, so not all can be there. Where a number or grade is
    asked for there are fewer phrases, for it takes numbers for those; and the numbers are the last it reads.
    """
    last = GRADES if expects == "grade" else NUMBERS if expects in ("number", "check", "one", "some") else ()
    each = HOTWORDS_BESIDE_NUMBERS if last else HOTWORDS_EACH
    lists = [*book.commands.values(), book.yes, book.no, book.thats_all, book.nothing, book.go_back]
    usual = [phrase for phrases in lists for phrase in phrases[:each]]
    return ", ".join(dict.fromkeys((*usual, *last)))


def command_in(text: str, expects: Expects | None, book: PhraseBook) -> SpokenCommand | None:
    """The command that a whole reply to a prompt gives, if any.

    Where it is asked whether to stop, "let's stop here" is the reply; where it is asked how it went, "again".
    """
    command = command_of(text, book)
    if (command == "stop" and expects == "close-or-on") or (command == "again" and expects == "grade"):
        return None
    return command


def is_expected(text: str, expects: Expects | None, book: PhraseBook) -> bool:
    """Whether a whole reply is one of the short phrases that the quick ear was told to expect.

    With its courtesy where such a reply is asked for; to the word where anything may be said.
    """
    if expects is None:
        return any(normalised(text) in phrases for phrases in (book.go_back, *_lists(book).values()))
    if expects in ("number", "check") and only_a_number(text):
        return True
    if expects in ("one", "some") and only_places(text):
        return True
    return _is(text, (*book.go_back, *_lists(book).get(expects, ())), book)


def _lists(book: PhraseBook) -> Mapping[Expects, tuple[str, ...]]:
    """The phrases that the quick ear knows, by what asks for them."""
    either = (*book.yes, *book.no)
    ends = (*book.thats_all, *book.nothing)
    return {
        "yes-no": either,
        "check": either,
        "that-is-all": ends,
        "one": book.nothing,
        "some": book.nothing,
        "close-or-on": (*book.close_now, *book.carry_on),
        "grade": (*book.grades, *book.yes),
    }


def is_whole(text: str, expects: Expects | None, book: PhraseBook) -> bool:
    """Whether a reply is whole as it stands, so that silence after it need not be waited out."""
    if expects is None or _trails_off(text):
        return False
    if goes_back(text, book):
        return True
    if expects in ("number", "check") and only_a_number(text):
        return is_settled(text)
    if leaves_open(text, book):
        return False
    if expects in ("yes-no", "check"):
        return _is_yes_or_no(text, book)
    if expects == "word":
        return _is_a_word(text, book)
    if expects == "that-is-all":
        return says_thats_all(text, book)
    if expects == "whose":
        return bare_in(text, (*book.mine, *book.theirs, *book.both), book) not in {None, *_MAY_GO_ON}
    if expects == "close-or-on":
        return _is(text, (*book.close_now, *book.carry_on), book) or command_of(text, book) == "stop"
    if expects == "grade":
        return _is(text, (*book.grades, *book.yes), book)
    if expects in ("one", "some"):
        either = (*book.all_of_them, *book.nothing)
        return _is(text, either, book) or _names_them(text, many=expects == "some")
    return False


def _trails_off(text: str) -> bool:
    return text.rstrip().endswith(("...", "…", "-", "–", "—"))


def _is(text: str, phrases: Sequence[str], book: PhraseBook) -> bool:
    return bare_in(text, phrases, book) is not None


def _is_yes_or_no(text: str, book: PhraseBook) -> bool:
    """ "I did" is none, "yes, I did" is; "yes. No" is not settled."""
    phrase = bare_in(text, (*book.yes, *book.no, *book.yes_alone), book)
    plain = {word.startswith("y") for word in normalised(text).split() if word in PLAIN}
    if phrase is None or len(plain) > 1:
        return False
    return phrase not in _MAY_GO_ON or (" " in phrase and plain == {phrase not in book.no})


def _is_a_word(text: str, book: PhraseBook) -> bool:
    words = normalised(text).split()
    if not 0 < len(words) <= LONGEST_WORD or words[-1] in _NO_FEELING:
        return False
    return not _is(text, (*book.unsure, *book.courtesy), book)


def _names_them(text: str, *, many: bool) -> bool:
    """Who tells several pauses between them: they are all there once the last came after "and"."""
    words = normalised(text).split()
    if not only_places(text):
        return False
    return not many or "and" in words[:-1] or "only" in words or "just" in words
