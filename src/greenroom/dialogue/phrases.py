"""What a short reply means: a command, that's all, yes or no, which one; and whether a sentence is open.

Works on what a speech recogniser writes: any case, any punctuation, hesitations anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from greenroom.dialogue.packs import PhraseBook, SpokenCommand

HESITATIONS = frozenset({"um", "umm", "uh", "uhm", "er", "erm", "hm", "hmm", "mm", "ah", "oh"})
"""Left out before phrases are compared."""

OPENERS = frozenset({"well", "okay", "ok", "so"})
"""Left out too where a clause begins; further on they are words: "it went well", "I think so"."""

ASSENTS = frozenset({"okay", "ok"})
"""Openers that are a yes when nothing follows them."""

HOTWORDS_EACH = 4
"""Phrases of one meaning among the words to expect: with more of them the line is cut off."""

LONGEST_COMMAND = 20
"""Words in a command with all its courtesy; the phrases themselves have up to nine."""

_COURTESY = re.compile(r"[\s,.;]*\b(thank you|thanks)( very much| so much| a lot)?[\s,.!]*$", re.IGNORECASE)
"""What a polite person adds to "that's all"."""

_DENIES = re.compile(r"(n't|not|never|hardly)$")
"""Ends a word that turns what follows it round."""

_COMMON = frozenset(
    {"a", "about", "an", "and", "again", "answer", "are", "at", "be", "did", "do", "for", "from", "had"}
    | {"have", "how", "i", "in", "is", "it", "me", "my", "of", "on", "one", "or", "question", "say", "some"}
    | {"something", "take", "tell", "that", "the", "this", "time", "to", "us", "was", "were", "what", "when"}
    | {"where", "which", "who", "why", "with", "would", "you", "your"}
)
"""Words of questions that tell none of them from another."""


def normalised(text: str) -> str:
    """Lower case, no punctuation, no hesitations, single blanks: "Um, that's all." -> "that's all"."""
    words = []
    opening = True
    for piece in re.findall(r"[\w']+|[^\w'\s]", _plain(text)):
        if not re.match(r"[\w']", piece):
            opening = True
        elif piece not in HESITATIONS and not (opening and piece in OPENERS):
            words.append(piece)
            opening = False
    return " ".join(words)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", _plain(text))


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def command_of(text: str, book: PhraseBook) -> SpokenCommand | None:
    """The command that a whole utterance gives, or None when it is anything else.

    "Sorry, could you repeat the question, please?" gives one, "so we decided to skip this one" does not:
    nothing but courtesy and hesitations may stand around the phrase.
    """
    said = normalised(text)
    if len(said.split()) > LONGEST_COMMAND:
        return None
    for bare in _without_courtesy(said, book.courtesy):
        for command, phrases in book.commands.items():
            if bare in phrases:
                return command
    return None


def _without_courtesy(said: str, courtesies: Sequence[str]) -> list[str]:
    """`said`, and all that can be made of it by taking courtesies off its ends."""
    forms = [_once(said)]
    for form in forms:  # grows meanwhile
        for courtesy in courtesies:
            for shorter in (form.removesuffix(f" {courtesy}"), form.removeprefix(f"{courtesy} ")):
                if _once(shorter) not in forms:
                    forms.append(_once(shorter))
    return forms


def _once(said: str) -> str:
    """ "pause pause" -> "pause": somebody insists. A longer phrase twice is the recogniser's own doing."""
    words = said.split()
    return words[0] if len(words) == 2 and words[0] == words[1] else said


def leaves_open(text: str, book: PhraseBook) -> bool:
    """Whether the last words leave a sentence open: "and", "because", "so, um", a trailing "..."."""
    text = text.strip()
    if text.endswith(("?", "!")):
        return False
    # A comma says nothing: words that were expected come with one, "yes," is a whole reply.
    if text.endswith(("...", "…", "-", "–", "—")):
        return True
    said = f" {' '.join(_words(text))}"
    return _ends_with(said, book.open_endings) and not _ends_with(said, book.closed_endings)


def _ends_with(said: str, endings: Sequence[str]) -> bool:
    return any(said.endswith(f" {ending}") for ending in endings)


def hotwords(book: PhraseBook) -> str:
    """The short phrases to expect, in one line for the recogniser: the most usual of each meaning.

    It takes about 220 tokens of them and drops the rest, so not all can be there.
    """
    lists = [*book.commands.values(), book.yes, book.no, book.thats_all, book.nothing, book.go_back]
    usual = dict.fromkeys(phrase for phrases in lists for phrase in phrases[:HOTWORDS_EACH])
    return ", ".join(usual)


def is_expected(text: str, book: PhraseBook) -> bool:
    """Whether a whole reply is one of the short phrases of the book."""
    plain = normalised(text)
    lists = (book.thats_all, book.nothing, book.yes, book.no, book.go_back, book.close_now, book.carry_on)
    return any(plain in phrases for phrases in lists)


def says_thats_all(text: str, book: PhraseBook) -> bool:
    """Whether the whole reply means that there is no more."""
    return normalised(_COURTESY.sub("", text)) in book.thats_all


def without_thats_all(text: str, book: PhraseBook) -> tuple[str, bool]:
    """Split a closing "…, and that's all" off a reply: what was told, and whether it was the last.

    Only a phrase that stands as its own sentence or clause at the very end counts, so "and that's it in
    a nutshell" stays whole.
    """
    if says_thats_all(text, book):
        return "", True
    pieces = re.split(r"(?<=[.!?,;])\s+", _COURTESY.sub("", text.strip()))
    if len(pieces) > 1:
        tail = re.sub(r"^(and|but)\s+", "", normalised(pieces[-1]))
        if tail in book.thats_all and len(tail.split()) > 1:
            told = " ".join(pieces[:-1]).rstrip(" ,;")
            return without_thats_all(told, book)[0], True  # "No more. That's it, I'm done."
    return text.strip(), False


def says_nothing(text: str, book: PhraseBook, *, one_word_tells: bool = False) -> bool:
    """Whether the reply means that there is nothing to tell.

    Args:
        one_word_tells: "Okay.", "Well." and "So so." are replies, as to "how did you sleep?"; then "that's
            all" is none.
    """
    plain = normalised(text)
    if one_word_tells and says_thats_all(text, book):
        return True
    if not plain and one_word_tells:
        return HESITATIONS.issuperset(_words(text))
    return not plain or plain in book.nothing


def yes_or_no(text: str, book: PhraseBook) -> bool | None:
    """True for yes, False for no, None when it is neither.

    The phrase that begins earliest decides, the longer one where two begin together: "not happy" is a
    no, "yes, mostly, not the end though" is a yes, "not sure" is neither. A yes after a denial is neither:
    "I don't think it went well" is better asked again than taken for a yes.
    """
    plain = f" {normalised(text)} "
    if not plain.strip() and ASSENTS.intersection(_words(text)):
        return True
    best: tuple[int, int, bool | None] | None = None
    for meaning, phrases in ((True, book.yes), (False, book.no), (None, book.unsure)):
        for phrase in phrases:
            found = plain.find(f" {phrase} ")
            if found >= 0 and (best is None or (found, -len(phrase)) < best[:2]):
                best = (found, -len(phrase), meaning)
    if best is None:
        return None
    denied = any(_DENIES.search(word) for word in plain[: best[0]].split())
    return None if best[2] and denied else best[2]


def one_of(text: str, *meanings: Sequence[str]) -> int | None:
    """Which of some meanings a reply has (from 0): the phrase that begins earliest, the longer one of two."""
    plain = f" {normalised(text)} "
    found = [
        (plain.find(f" {phrase} "), -len(phrase), place)
        for place, phrases in enumerate(meanings)
        for phrase in phrases
        if f" {phrase} " in plain
    ]
    return min(found)[2] if found else None


def goes_back(text: str, book: PhraseBook) -> bool:
    """Whether a whole reply means "go back to the prompt before"."""
    return any(bare in book.go_back for bare in _without_courtesy(normalised(text), book.courtesy))


def which_one(text: str, choices: Sequence[str], book: PhraseBook) -> int | None:
    """The place (from 0) of the choice that a reply means, or None.

    Understands "the second one", "number two", "the last one", or the choice's own words ("the one
    about conflict"): the choice that shares most words with the reply, if one is ahead.
    """
    plain = f" {normalised(text)} "
    named = [
        (plain.find(f" {word} "), number)
        for word, number in book.ordinals.items()
        if plain.find(f" {word} ") >= 0 and number <= len(choices)
    ]
    if named:
        return min(named)[1] - 1
    if " last " in plain and choices:
        return len(choices) - 1
    said = _stems(plain)
    shared = [len(said & _stems(choice)) for choice in choices]
    best = max(shared, default=0)
    return shared.index(best) if best and shared.count(best) == 1 else None


def _stems(text: str) -> set[str]:
    """First five letters of each telling word: enough to let "conflicts" meet "conflict"."""
    return {word[:5] for word in normalised(text).split() if word not in _COMMON and len(word) > 2}
