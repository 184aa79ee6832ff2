"""Several programs on one database, each a process of its own."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from greenroom.archive import Archive

LOOK = """
import sys
from pathlib import Path
from greenroom.archive import Archive

with Archive.open(Path(sys.argv[1])) as archive:
    print([(one.id, one.status) for one in archive.sessions()])
"""


def looked(home: Path) -> str:
    """What another program finds there, which then leaves."""
    return subprocess.check_output([sys.executable, "-c", LOOK, str(home)], text=True, timeout=60)


def test_who_opens_the_archive_twice_keeps_its_log_while_others_come_and_go(home: Path) -> None:
    """A rehearsal opens it once more to load its model. Another program that leaves throws the log away if it
    takes itself for the last one there."""
    with Archive.open(home) as rehearsal:
        session = rehearsal.start_session("practice")
        Archive.open(home).close()
        assert looked(home) == f"[({session}, 'running')]\n"
        assert (home / "greenroom.db-wal").exists()
        rehearsal.end_session(session, "finished")
        assert looked(home) == f"[({session}, 'finished')]\n"
    with closing(sqlite3.connect(home / "greenroom.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
