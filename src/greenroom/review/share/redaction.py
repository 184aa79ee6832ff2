"""Text with a label in place of each name: the same label for the same name, all through a pack. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from greenroom.review.share.names import Name, plain
from greenroom.review.share.spotting import Spotter
from greenroom.review.share.words import LABELS


class Redaction:
    """Masks texts. Labels are numbered in the order in which the names are listed."""

    def __init__(self, spotter: Spotter) -> None:
        self.spotter = spotter
        self.labels = labels(spotter.names)

    def masked(self, text: str) -> str:
        """The text on one line, its names masked."""
        text = plain(text)
        for spot in reversed(self.spotter.in_text(text)):
            text = text[: spot.start] + self.labels[spot.name] + text[spot.end :]
        return text

    def left_in(self, masked: str) -> str | None:
        """The first name that still stands in a masked text by its spelling."""
        for label in self.labels:
            # A figure in its place, so that what stands around it does not come together to a name.
            masked = masked.replace(label, "0")
        for spot in self.spotter.in_text(masked, cased=True):
            if spot.by == "spelling":
                return masked[spot.start : spot.end]
        return None

    def counts(self, texts: Sequence[str]) -> Counter[int]:
        """How often each name, by its place in the list, stands in some texts."""
        return Counter(spot.name for text in texts for spot in self.spotter.in_text(plain(text)))


def labels(names: Sequence[Name]) -> tuple[str, ...]:
    """What stands in a name's place: "[name 1]", "[employer 2]"; a role is just "[role]"."""
    numbers: Counter[str] = Counter()
    found = []
    for name in names:
        numbers[name.kind] += 1
        found.append(LABELS[name.kind].format(number=numbers[name.kind]))
    return tuple(found)
