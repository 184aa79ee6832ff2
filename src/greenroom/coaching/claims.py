"""Whose doing it is, and whether it is claimed at all: "I led it", "my manager led it", "I never led it".

Sentence vectors hardly tell these apart, and shared words not at all. So the words around what brings a
passage near to a message are read once more, by rules of this file's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence


def words_of(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


_DENIALS = words_of(
    """
    not never no nobody none nothing neither nor without hardly rarely barely seldom scarcely cannot
    """
)
_FAILINGS = words_of(
    """
    fail failed fails failing struggle struggled struggling forgot forget refuse refused avoid avoided
    hate hated lack lacked lacking unable afraid reluctant stopped quit dread dreaded dislike disliked
    lose lost
    """
)
"""They undo the words after them as a denial does; after a denial they make a promise."""
_HARMLESS_AFTER = words_of(
    """
    only just doubt matter problem mention mind wrong help stop stopping hesitate wonder exception until
    less shy easy point need
    """
) | (_FAILINGS - {"lack"})
""" "Not only", "no doubt", "never failed to", "don't stop until"."""
_INSTEAD = frozenset({("instead", "of"), ("rather", "than"), ("far", "from")})

_CONFESSIONS = (
    "i wish",
    "wish i",
    "should have",
    "could have",
    "if only",
    "would have liked",
    "would like to learn",
    "hope to",
    "hoping to",
    "want to get better",
    "need to learn",
    "need to get better",
    "trying to get better",
    "not yet",
    "my weakness",
    "weakness of mine",
    "supposed to",
    "find it hard",
    "found it hard",
    "hard for me",
    "difficult for me",
    "work on that",
    "working on it",
    "working on that",
    "bad at",
    "not good at",
    "not my thing",
    "not my strength",
    "ought to",
    "to be honest",
    "honestly",
    "have to admit",
    "must admit",
    "i admit",
    "have to say",
    "i'm afraid",
    "unfortunately",
    "sadly",
    "tend to",
    "i'd rather",
    "i would rather",
    "takes me",
    "regret",
    "to be fair",
)
"""Wishes, and words with which people own up to a weakness. What follows has not been done, or not well."""

_MINE = words_of(
    """
    i i'm i've i'd i'll me my mine myself we we're we've we'd we'll our ours us ourselves
    """
)
_SUBJECTS = words_of(
    """
    i i'm i've i'd i'll we we're we've we'd we'll
    """
)
_THEIRS = words_of(
    """
    he she they he's she's they're they've he'd she'd they'd you you're you've someone somebody another
    colleague colleagues coworker coworkers manager managers boss bosses supervisor director teammate
    teammates friend friends mentor predecessor sister brother mother father mum dad uncle aunt cousin
    husband wife partner neighbour leader owner ceo cto founder chef nurse doctor teacher professor
    consultant consultants contractor contractors agency vendor management competitor competitors guy
    captain council intern trainer porter
    """
)
"""Who else may have done it. Not "them" and "people": "I let them talk", "I bring people together"."""
_OF_A_KIND = ("the", "our", "a", "an")
_DOERS = ("er", "or", "ist", "ian", "ant")
""" "The trainer", "our receptionist": the endings of those who do something."""
_NO_DOERS = words_of(
    """
    order number paper letter weather summer winter computer matter error floor door year other
    """
)
_WITH = words_of(
    """
    with for to of from by than like alongside about
    """
)
""" "With my manager", "for a friend": they are in it, they do not do it."""


def is_denied(norms: Sequence[str], place: int) -> bool:
    """Whether the word at a place is said not to be so.

    Args:
        norms: the words around it, in lower case.
    """
    for at in range(place - 1, max(0, place - 6) - 1, -1):
        word = norms[at]
        if _denies(word, norms[at + 1 : place + 3]):
            return True
        if word in _FAILINGS and not any(_denies(one, ()) for one in norms[max(0, at - 2) : at]):
            return True
        if (word, norms[at + 1]) in _INSTEAD:
            return True
        if word in _SUBJECTS:  # "I don't wait, I fix": a denial before another subject is of something else
            break
    behind = list(norms[place + 1 : place + 4])
    return any(one in ("isn't", "wasn't", "aren't", "weren't") for one in behind) or any(
        behind[at : at + 2] in (["is", "not"], ["was", "not"], ["are", "not"]) for at in range(len(behind))
    )


def is_confession(norms: Sequence[str], wanted: Collection[str]) -> bool:
    """Whether these words tell a wish or a weakness.

    Args:
        wanted: the words of the message; what it says itself is no confession.
    """
    return any(
        list(norms[at : at + len(phrase)]) == phrase and phrase[-1] not in wanted
        for phrase in map(str.split, _CONFESSIONS)
        for at in range(len(norms) - len(phrase) + 1)
    )


def is_mine(norms: Sequence[str]) -> bool:
    """Whether the person is in it at all."""
    return any(norm in _MINE for norm in norms)


def is_theirs(norms: Sequence[str], place: int, wanted: Collection[str]) -> bool:
    """Whether the word at a place is somebody else's doing: that of the nearest one named before it.

    Args:
        wanted: the words of the message; somebody who is in it is no stranger.
    """
    for at, is_own in _named_before(norms, place, wanted):
        beside = set(norms[max(0, at - 2) : at]) & _WITH and norms[at + 1 : at + 2] != ["who"]
        if is_own or not beside:
            return not is_own
    return False


def _named_before(norms: Sequence[str], place: int, wanted: Collection[str]) -> Iterator[tuple[int, bool]]:
    """Where somebody is named before a place, the nearest first; is it the person themselves?"""
    for at in range(place - 1, -1, -1):
        word, before = norms[at], norms[at - 1] if at else ""
        if word in _MINE:
            after = norms[at + 1] if at + 1 < place else ""
            # "My manager led": "my" belongs to the one behind it.
            yield at, not (word in ("my", "our") and after not in wanted and _is_somebody(after, word))
        elif word not in wanted and _is_somebody(word, before):
            yield at, False


def _is_somebody(word: str, before: str) -> bool:
    does = before in (*_OF_A_KIND, "my") and word.rstrip("s").endswith(_DOERS) and word not in _NO_DOERS
    return word in _THEIRS or (does and len(word) > 4)


def _denies(word: str, after: Sequence[str]) -> bool:
    if word not in _DENIALS and not word.endswith("n't"):
        return False
    return not any(one in _HARMLESS_AFTER for one in after[:2])
