"""Text from a pack, a file name or a transcript, made fit to print.

A terminal obeys what is printed on it: it may be recoloured, retitled, cleared, or made to show text in
another order than it is stored in. Packs and recordings are passed around, so none of them gets that
far.
"""

from __future__ import annotations

import re

# Whole escape sequences go first, so that no "[31m" stays behind. Each stops at the next control
# character, which keeps the search linear on hostile input.
_SEQUENCES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)"  # titles, links
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor, clearing
    r"|\x1b[ -/]*[0-Z\\^-~]"  # two-character ones
)
_GAPS = re.compile(r"\s+")  # \s holds U+2028 and U+2029 too, which some terminals break a line at
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0, DEL and C1
    "\u00ad\u200b\u2060-\u2064\ufeff"  # invisible
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that reorder what stands around them
    "\ufff9-\ufffb\U000e0000-\U000e007f]"  # annotations and tags: text that nobody sees
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """One line without control characters, terminal escapes and marks that reorder text.

    Line breaks and tabs become one space. Surrogates, which no output can encode, become U+FFFD. Markup
    is left as it is: nothing here is ever read as markup.
    """
    text = _UNPRINTABLE.sub("", _GAPS.sub(" ", _SEQUENCES.sub("", text)))
    # Taking a character out may bring two spaces together.
    return _SURROGATES.sub("\ufffd", _GAPS.sub(" ", text))


def plainly(identifier: str) -> str:
    """An id as words: `turning_point` is "turning point"."""
    return clean(identifier).replace("_", " ").replace("-", " ")
