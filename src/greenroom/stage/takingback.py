"""What has been taken back goes out of the archive, and what it had replaced stands again."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.archive import Archive
from greenroom.dialogue.log import Stored, left_behind_by, of_the_last_plan, stored_by, taken_out_entry


def stored_in(archive: Archive, session_id: int) -> list[Stored]:
    """What the latest sitting has stored in all."""
    return stored_by(of_the_last_plan(archive.log(session_id)))


def item_of(archive: Archive, session_id: int, key: str) -> int | None:
    """The row of the item kept under a key, None when it is gone."""
    rows = [one.item for one in stored_in(archive, session_id) if one.kind == "keep" and one.key == key]
    return rows[-1] if rows else None


def take_out(archive: Archive, session_id: int, stored: Sequence[Stored]) -> None:
    """Take it out, the latest first. Within one transaction with the entry that says so."""
    archive.drop_items([one.item for one in stored if one.item is not None])
    for one in reversed(stored):
        if one.kind == "rate" and one.name is not None:
            if one.replaced is None:
                archive.unrate(session_id, one.phase, one.name)
            else:
                archive.rate(session_id, one.phase, one.name, one.replaced)
        elif one.kind == "star" and one.key is not None:
            item = item_of(archive, session_id, one.key)
            if item is not None:
                archive.star_item(item, False)


def take_out_left_behind(archive: Archive, session_id: int) -> None:
    """Take out what a step back has made untrue, once nobody can go on with that reply: the sitting is given
    up, or taken up anew."""
    left = left_behind_by(of_the_last_plan(archive.log(session_id)))
    if left:
        with archive.together():
            take_out(archive, session_id, left)
            archive.append_log(session_id, taken_out_entry())
