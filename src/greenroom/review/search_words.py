"""Every phrase of a search, but for those that it shares with other pages.

As in `words`: what is said in plain output is ASCII and whole words.
"""

from __future__ import annotations

EMPTY = "Nothing found for {words}. Fewer words, or the beginning of one (migrat*), may find more."
EMPTY_WITHIN = (
    "Nothing found for {words} in these sessions. Without --since, --kind or --company all are searched."
)
EMPTY_SIMILAR = "Nothing comes near {words}. Try it in a whole sentence, as you might have said it."
HINT = "greenroom play {moment} plays it from there."
MORE = "These are not all: --limit {more} shows more."

NO_MEANING = (
    "Searching by meaning needs a model that is not installed.",
    "Install it: pip install 'greenroom[meaning]'; or search for words, without --similar.",
)

LEARNING = (
    "Reading {total} answers and notes for their meaning. This is needed once; Ctrl-C keeps what is done."
)
LEARNING_LEFT = "{done} of {total}, about {left} left"
