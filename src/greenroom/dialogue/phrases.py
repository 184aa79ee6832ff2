"""What a short reply means: a command, that's all, yes or no, which one; and whether a sentence is open.

Works on what a speech recogniser writes: any case, any punctuation, hesitations anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from greenroom.dialogue.packs import PhraseBook, SpokenCommand

HESITATIONS = frozenset({"um", "umm", "uh", "uhm", "er", "erm", "hm", "hmm", "mm", "ah", "oh"})
"""Left out before phrases are compared."""

OPENERS = frozenset({"well", "okay", "ok", "so"})
"""Left out too where a clause begins; further on they are words: "it went well", "I think so"."""

MURMURS = re.compile(r"\b(?:(?P<yes>uh-huh|a-?ha|m+-?hm+)|(?P<no>uh-uh|nuh-uh|mm-mm|nah-ah))\b")
"""A yes or a no without a word, as a recogniser writes it; else its pieces would be hesitations."""

PLAIN = frozenset({"yes", "yeah", "yep", "yup", "no", "nope", "nah"})
"""Who begins a later sentence with one of these has thought better of it: "No. Yes, I was." """

ASSENTS = frozenset({"okay", "ok"})
"""Openers that are a yes when nothing follows them."""

LAST_CLAUSES = 5
"""Of a long reply so many at its end can be a "that's all" with all its courtesy."""

LONGEST_COMMAND = 20
"""Words in a command or a short reply with all its courtesy; the phrases themselves have up to nine."""

_COURTESY = re.compile(r"[\s,.;]*\b(thank you|thanks)( very much| so much| a lot)?[\s,.!]*$", re.IGNORECASE)
"""What a polite person adds to "that's all"."""

_CORRECTS = re.compile(r"\b(?:actually|wait|i mean|sorry|rather|correction)\b[\s,.]*")
"""After these a plain yes or no takes the place of what was said before: "no … wait, yes"."""

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


def _without_courtesy(said: str, courtesies: tuple[str, ...]) -> list[str]:
    """`said`, and all that can be made of it by taking courtesies off its ends."""
    known, longest = _lookup(courtesies)
    forms = [_once(said)]
    for form in forms:  # grows meanwhile
        words = form.split()
        for count in range(1, min(longest, len(words) - 1) + 1):
            for end, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
                if " ".join(end) in known and (shorter := _once(" ".join(rest))) not in forms:
                    forms.append(shorter)
    return forms


@cache
def _lookup(courtesies: tuple[str, ...]) -> tuple[frozenset[str], int]:
    """All of them, and how many words the longest has."""
    return frozenset(courtesies), max((len(one.split()) for one in courtesies), default=0)


def bare_in(text: str, phrases: Collection[str], book: PhraseBook) -> str | None:
    """The phrase that a whole reply is, once courtesy and asides are taken off its ends, or None.

    "No, I think that's all for now, thank you." is "that's all".
    """
    said = re.sub(r"^(?:and|but) ", "", normalised(text))
    if said in phrases:
        return said
    if len(said.split()) > LONGEST_COMMAND:
        return None
    bare = _without_courtesy(said, (*book.courtesy, *book.asides))
    return next((one for one in bare if one in phrases), None)


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


def says_thats_all(text: str, book: PhraseBook) -> bool:
    """Whether the whole reply means that there is no more."""
    return bare_in(_COURTESY.sub("", text), book.thats_all, book) is not None


def without_thats_all(text: str, book: PhraseBook) -> tuple[str, bool]:
    """Split a closing "…, and that's all" off a reply: what was told, and whether it was the last.

    Only a phrase that stands as its own sentence or clause at the very end counts, so "and that's it in
    a nutshell" stays whole.
    """
    if says_thats_all(text, book):
        return "", True
    pieces = re.split(r"(?<=[.!?,;])\s+", _COURTESY.sub("", text.strip()))
    end = len(pieces)
    while (place := _thats_all_from(pieces, end, book)) is not None:
        end = place  # "No more. That's it, I'm done."
    if end == len(pieces):
        return text.strip(), False
    told = " ".join(pieces[:end]).rstrip(" ,;")
    return "" if says_thats_all(told, book) else told, True


def _thats_all_from(pieces: Sequence[str], end: int, book: PhraseBook) -> int | None:
    """Where among the clauses before `end` a closing "that's all" begins, if there is one."""
    for place in range(max(1, end - LAST_CLAUSES), end):
        phrase = bare_in(" ".join(pieces[place:end]), book.thats_all, book)
        if phrase is not None and len(phrase.split()) > 1:
            return place
    return None


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
    return not plain or bare_in(text, book.nothing, book) is not None


def yes_or_no(text: str, book: PhraseBook) -> bool | None:
    """True for yes, False for no, None when it is neither.

    The phrase that begins earliest decides, the longer one where two begin together: "not happy" is a
    no, "yes, mostly, not the end though" is a yes, "not sure" is neither. A yes after a denial is neither:
    "I don't think it went well" is better asked again than taken for a yes. Who corrects themselves
    ("Yes. No, wait, no.") means what they say last.
    """
    text = MURMURS.sub(lambda murmur: str(murmur.lastgroup), _plain(text))
    for later in reversed(_corrections(text)):
        if (meaning := _first_meaning(later, book)) is not None:
            return meaning
    meaning = _first_meaning(text, book)
    return True if meaning is None and bare_in(text, book.yes_alone, book) else meaning


def _corrections(text: str) -> list[str]:
    """The clauses after the first in which a plain yes or no takes something back."""
    starts = [match.end() for match in re.finditer(r"[.!?…]\s+", text)]
    starts += [match.end() for match in _CORRECTS.finditer(text)]
    clauses = [re.split(r"[.!?…]", text[start:], maxsplit=1)[0] for start in sorted(starts)]
    return [one for one in clauses if (words := normalised(one).split()) and words[0] in PLAIN]


def _first_meaning(text: str, book: PhraseBook) -> bool | None:
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
