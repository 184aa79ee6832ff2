"""Names of people and employers: what one is, and where they are known from. Pure.

A name is known because the session says so (company, role), because the person listed it, because a model of
names found it, or because a word is written as only names are. The last is a guess: it hides rather too much
than too little, and everything is listed before anything is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from greenroom.dialogue.page import Page
from greenroom.review.clean import clean
from greenroom.types import Session, Term

NameKind: TypeAlias = Literal["name", "employer", "role", "contact"]
"""`name` is a person's, or one of which nobody knows whose it is; `contact` an address or a number."""
Source: TypeAlias = Literal["session", "list", "asked", "model", "guess", "form", "heard"]
"""From the session's company and role; from the person's own list; asked for by option; found by a model of
names; guessed from the spelling; an address by its form; heard in the masked sound only."""

SHORTEST = 2
"""Letters of a name: a single one is an initial."""

_ENDINGS = (
    *("s", "es", "ies", "d", "ed", "ing", "er", "ers", "ly", "ally", "ness", "ment", "ments"),
    *("ise", "ize", "ised", "ized", "ising", "izing", "isation", "ization"),
)
_WORD = re.compile(r"[^\W_]+(?:['’&][^\W_]+)*")
_OWNED = re.compile(r"['’](?:s|d|ll|ve|re|m)$", re.IGNORECASE)
"""What may hang on a name: "Initech's plan", "Priya'd said"."""
_OPENS = re.compile(r"[.!?…:]+[\"'”’)\]]*\s|(?:^|\s)[\"“„«]$")
"""After it a sentence begins: a mark and a space, or a quotation mark that opens."""
_CLOSES = re.compile(r"[.!?]+[\"'”’)\]]*\s")


@dataclass(frozen=True, slots=True)
class Name:
    """One name to be masked.

    Attributes:
        text: as somebody would write it: "Priya Raman".
        aliases: what a recogniser is known to have written instead.
    """

    text: str
    kind: NameKind
    source: Source
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, with its place in it.

    Attributes:
        text: without marks around it, "Initech" of "Initech's,".
        start, end: in characters; the end lies before "'s".
        begins: whether a sentence begins with it.
        cased: whether its sentence has any capital. Somebody who types in a hurry writes none, and a
            recogniser leaves them out now and then: there a missing capital says nothing.
    """

    text: str
    start: int
    end: int
    begins: bool
    cased: bool

    @property
    def may_be_name(self) -> bool:
        """Whether its capitals allow for a name: it has one, or nothing near it has."""
        return not self.cased or has_capital(self.text)


@dataclass(frozen=True, slots=True)
class NameWords:
    """What is known about words and names (prompts/names.toml), all in small letters."""

    not_names: frozenset[str]
    surely_names: frozenset[str]
    maybe_names: frozenset[str]
    titles: frozenset[str]
    firm_words: frozenset[str]
    everyday: Collection[str] = frozenset()

    def is_word(self, text: str) -> bool:
        """Whether it is one word, and one that texts are full of: then it is a name with a capital only."""
        return text.lower() in self.everyday or text.lower() in self.not_names


Finder: TypeAlias = Callable[[Sequence[str]], Iterable[Name]]
"""Finds names in texts, as a model of names does."""

_FIELDS = ("not_names", "surely_names", "maybe_names", "titles", "firm_words")


def read_name_words(text: str, file: str) -> NameWords:
    """Check the file of words. Raises GreenroomError naming file and field."""
    page = Page.parse(text, file)
    return NameWords(*(frozenset(_listed(page, field)) for field in _FIELDS))


def _listed(page: Page, field: str) -> list[str]:
    values = page.values.get(field)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise page.complaint(f"“{field}” must be a list of words")
    return [value.lower() for value in values]


def plain(text: str) -> str:
    """A text as names are sought in it: on one line, an accent and its letter in one piece."""
    return unicodedata.normalize("NFC", clean(text))


def has_capital(text: str) -> bool:
    """Anywhere: "eBay" is a name as well."""
    return any(letter.isupper() for letter in text)


def tokens(text: str) -> list[Token]:
    """The words of a text, in order."""
    matches = list(_WORD.finditer(text))
    sentences: list[int] = []  # of each word, the number of its sentence
    before = number = 0
    for match in matches:
        number += bool(_CLOSES.search(text, before, match.start()))
        sentences.append(number)
        before = match.end()
    cased = {place for place, match in zip(sentences, matches, strict=True) if has_capital(match[0])}
    found: list[Token] = []
    before = 0
    for place, match in zip(sentences, matches, strict=True):
        word = _OWNED.sub("", match[0])
        begins = not found or bool(_OPENS.search(text[before : match.start()]))
        before = match.end()
        found.append(Token(word, match.start(), match.start() + len(word), begins, place in cased))
    return found


def of_session(session: Session) -> Iterator[Name]:
    """What the session itself says: its company, and its role as a whole."""
    if company := plain(session.company or "").strip():
        yield Name(company, "employer", "session")
    if role := plain(session.role or "").strip():
        yield Name(role, "role", "session")


def of_list(terms: Iterable[Term]) -> Iterator[Name]:
    """The names among the person's own words, with what was heard in place of each."""
    for term in terms:
        if term.kind != "term":
            aliases = (term.heard,) if term.heard else ()
            yield Name(plain(term.text).strip(), term.kind, "list", aliases)


def guessed(texts: Iterable[str], words: NameWords) -> list[Name]:
    """Words written as only names are, those beside each other as one name, each once."""
    found: Counter[str] = Counter()
    for text in texts:
        run: list[Token] = []
        title = False
        for token in tokens(text):
            follows = bool(run) and not text[run[-1].end : token.start].strip()
            if _is_name(token, words, after_title=title):
                if run and (token.begins or not follows):
                    found[_joined(run)] += 1
                    run = []
                run.append(token)
            elif run:
                found[_joined(run)] += 1
                run = []
            title = token.text.lower() in words.titles
        if run:
            found[_joined(run)] += 1
    return [Name(text, "name", "guess") for text in found]


def _joined(run: Sequence[Token]) -> str:
    return " ".join(token.text for token in run)


def _is_name(token: Token, words: NameWords, *, after_title: bool) -> bool:
    word = token.text.lower().replace("’", "'")
    if len(word) < SHORTEST or not token.may_be_name or not any(letter.isalpha() for letter in word):
        return False
    if after_title and has_capital(token.text):
        return True
    if word in words.not_names or word.split("'")[0] in words.not_names:
        return False
    if token.cased and not token.begins:
        return True
    # Every sentence begins with a capital, and some have none: only a word that no text is full of is a
    # name there.
    if word in words.surely_names or (token.cased and word in words.maybe_names):
        return True
    return word not in words.everyday and not _built_on(word, words)


def _built_on(word: str, words: NameWords) -> bool:
    """Whether it is a form of a word of every day, or made of two: "Prioritising", "Teamwork", "Don't"."""
    if word.endswith("n't"):
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        # "planning" is built on "plan", "using" on "use", "prioritising" on "priority".
        forms = [stem, f"{stem}e", f"{stem}y"]
        if len(stem) >= 4 and stem[-1] == stem[-2]:
            forms.append(stem[:-1])
        if stem != word and len(stem) >= 3 and any(form in words.everyday for form in forms):
            return True
    return any(
        word[:cut] in words.everyday and word[cut:] in words.everyday for cut in range(4, len(word) - 3)
    )


def can_be_sought(text: str) -> bool:
    """Whether there is enough of it to be found."""
    return len(_key(text).replace(" ", "")) >= SHORTEST


def gathered(known: Iterable[Name], mask: Sequence[str] = (), keep: Sequence[str] = ()) -> list[Name]:
    """All names, each once, in the order in which they are told.

    Args:
        known: the surest first: a name known twice is of the kind that was told first.
        mask: asked for.
        keep: not to be masked, whatever says they are names.
    """
    kept = {_key(text) for text in keep}
    found: dict[str, Name] = {}
    for name in (*(Name(plain(text).strip(), "name", "asked") for text in mask), *known):
        key = _key(name.text)
        if not can_be_sought(name.text) or key in kept:
            continue
        if key in found:
            first = found[key]
            # Asked for by option, but which kind it is others know better.
            kind = name.kind if (first.source, first.kind) == ("asked", "name") else first.kind
            found[key] = replace(first, kind=kind, aliases=(*first.aliases, *name.aliases))
            continue
        found[key] = name
    return list(found.values())


def parts(name: Name, words: NameWords) -> tuple[str, ...]:
    """What a name may be called for short: "Priya" and "Raman" of "Priya Raman", "Acme" of "Acme Group".

    Of an employer's name no part that many employers have; of a role or an address none.
    """
    pieces = [token.text for token in tokens(name.text)]
    if len(pieces) < 2 or name.kind in ("role", "contact"):
        return ()
    common = words.not_names | (words.firm_words if name.kind == "employer" else frozenset())
    return tuple(piece for piece in pieces if len(piece) > SHORTEST and piece.lower() not in common)


def distinct(names: Sequence[Name], words: NameWords) -> list[Name]:
    """Without those that are only the short form of another one: "Priya" beside "Priya Raman".

    What was heard in place of the short form is known of the long one then. A word of every day that was
    asked for stays: it is masked however it is written.
    """
    found = list(names)
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        for part in parts(name, words):
            places.setdefault(part.lower(), place)
    left = []
    for place, name in enumerate(names):
        key = _key(name.text)
        if key not in places or (name.source == "asked" and words.is_word(name.text)):
            left.append(place)
        elif name.aliases:
            whole = found[places[key]]
            found[places[key]] = replace(whole, aliases=(*whole.aliases, *name.aliases))
    return [found[place] for place in left]


def _key(text: str) -> str:
    return " ".join(token.text.lower() for token in tokens(text))
