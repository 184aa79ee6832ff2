"""A model comes whole and right, or not at all; and what has come is never lost."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock

from greenroom.errors import GreenroomError
from greenroom.hearing import downloading
from greenroom.hearing.downloading import install
from greenroom.hearing.hub import FalteredError, Hub, UnreachableError
from greenroom.hearing.model_store import StoredModel, stored_models
from hearing.fakes import mode_of
from hearing.local_hub import (
    SMALL_EN,
    Act,
    LocalHub,
    begins_anew_and_breaks_off_after,
    breaks_off_after,
    has_one_byte_wrong,
    is_silent_until,
    knows_no_ranges,
    redirects_to,
    says,
    sends,
    sha256,
    tells,
)

PARTS = ".small.en-d1d751a5f8271d482d14ca55d9e2deeebbae577f"
WHOLE = 3_000_053
"""All that is fetched, in bytes."""


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    served = LocalHub()
    yield served
    served.close()


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


class Fetching:
    """Installs, and keeps what was told meanwhile."""

    def __init__(self, local: LocalHub, downloads: Path) -> None:
        self._local, self._downloads = local, downloads
        self.told: list[tuple[int, int]] = []
        self.waited: list[float] = []

    def __call__(self, stop_at: int | None = None, timeout_s: float = 10.0) -> StoredModel:
        def progress(here: int, whole: int) -> None:
            self.told.append((here, whole))
            if stop_at is not None and here >= stop_at:
                raise KeyboardInterrupt

        return install(
            SMALL_EN, self._downloads, progress, hub=self._local.hub(timeout_s), wait=self.waited.append
        )


@pytest.fixture
def fetch(local: LocalHub, downloads: Path) -> Fetching:
    return Fetching(local, downloads)


def is_whole(downloads: Path, local: LocalHub) -> bool:
    """The model is in its place, as published, with its record and nothing beside it."""
    folder = downloads / "small.en"
    wanted = {name: data for name, data in local.files.items() if name != "README.md"}
    there = {path.name for path in folder.iterdir()}
    assert there == {*wanted, "installed.json"}
    assert all((folder / name).read_bytes() == data for name, data in wanted.items())
    assert {path.name for path in downloads.iterdir()} - {".lock"} == {"small.en"}
    return True


def nothing_is_installed(downloads: Path) -> bool:
    return not (downloads / "small.en").exists() and stored_models(downloads) == ()


def test_a_model_is_fetched_checked_and_put_in_its_place(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    stored = fetch()

    assert is_whole(downloads, local)
    assert stored_models(downloads) == (stored,)
    assert stored.path == downloads / "small.en"
    assert json.loads((stored.path / "installed.json").read_text()) == {
        "repository": "Systran/faster-whisper-small.en",
        "revision": "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        "sha256": {
            name: sha256(local.files[name])
            for name in ("vocabulary.txt", "tokenizer.json", "config.json", "model.bin")
        },
    }
    assert fetch.waited == []


def test_what_is_fetched_belongs_to_the_user_alone(fetch: Fetching, downloads: Path) -> None:
    stored = fetch()

    assert (mode_of(downloads), mode_of(stored.path)) == ("0700", "0700")
    assert mode_of(stored.path / "model.bin") == "0600"


def test_only_the_pinned_revision_is_asked_for(fetch: Fetching, local: LocalHub) -> None:
    fetch()

    assert all("/d1d751a5f8271d482d14ca55d9e2deeebbae577f" in path for path, _ in local.requests)
    assert [path.rpartition("/")[2] for path, _ in local.requests[1:]] == [
        "vocabulary.txt",
        "tokenizer.json",
        "config.json",
        "model.bin",
    ]


def test_progress_only_grows_and_ends_with_all_of_it(fetch: Fetching) -> None:
    fetch()

    here = [here for here, _ in fetch.told]
    assert here == sorted(here)
    assert here[-1] == WHOLE
    assert {whole for _, whole in fetch.told} == {WHOLE}
    assert len(here) > 10


def test_a_connection_that_breaks_off_is_taken_up_where_it_ended(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    local.acts = [breaks_off_after(700_000), breaks_off_after(200_000)]
    fetch()

    assert is_whole(downloads, local)
    assert local.ranges() == [None, "bytes=700000-", "bytes=900000-"]
    assert fetch.waited == [1.0, 3.0]


def test_patience_begins_anew_with_every_megabyte(fetch: Fetching, local: LocalHub, downloads: Path) -> None:
    local.acts = [breaks_off_after(600_000) for _ in range(4)]
    fetch()

    assert is_whole(downloads, local)
    assert fetch.waited == [1.0, 1.0, 3.0, 1.0]


def test_a_hub_that_is_out_of_order_is_asked_again_and_then_given_up(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    local.acts = [breaks_off_after(500_000), *(says(500) for _ in range(9))]
    with pytest.raises(FalteredError) as raised:
        fetch()

    assert raised.value.message == "The hub is busy or out of order just now (500)."
    assert raised.value.remedy == "Run the same command again: it goes on where it stopped."
    assert fetch.waited == [1.0, 3.0, 9.0]
    assert (downloads / PARTS / "model.bin.part").stat().st_size == 500_000
    assert nothing_is_installed(downloads)

    local.acts = []
    fetch()
    assert is_whole(downloads, local)
    assert local.ranges()[-1] == "bytes=500000-"
    assert local.ranges("config.json") == [None]  # what was there and right is not fetched twice


def test_a_hub_that_stumbles_over_the_first_question_is_asked_again(fetch: Fetching, local: LocalHub) -> None:
    local.api_acts = [says(503), says(502)]
    fetch()

    assert fetch.waited == [1.0, 3.0]


def test_a_slow_answer_that_stops_coming_is_taken_up_again(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    done = threading.Event()
    local.acts = [is_silent_until(done)]
    try:
        fetch(timeout_s=0.3)
    finally:
        done.set()

    assert is_whole(downloads, local)
    assert fetch.waited == [1.0]


def test_a_hub_that_sends_all_of_it_again_is_taken_at_its_word(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    local.acts = [breaks_off_after(700_000), knows_no_ranges]
    fetch()

    assert is_whole(downloads, local)


def test_a_hub_that_begins_anew_and_breaks_off_takes_nothing_away(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    local.acts = [breaks_off_after(700_000), begins_anew_and_breaks_off_after(200_000)]
    fetch()

    assert is_whole(downloads, local)
    assert local.ranges() == [None, "bytes=700000-", "bytes=700000-"]


@pytest.mark.parametrize(
    "act",
    [
        sends(b"x" * 300, "bytes 700000-700299/700300"),  # the file has become another one
        sends(b"x" * 300, "bytes 0-299/3000000"),
        sends(b"x" * 300, "nonsense"),
        sends(b"<html>Please sign in</html>"),
    ],
    ids=["another length", "another piece", "no range", "another page"],
)
def test_what_is_no_continuation_is_not_put_behind_what_is_here(
    fetch: Fetching, local: LocalHub, downloads: Path, act: Act
) -> None:
    local.acts = [breaks_off_after(700_000), act]
    fetch()

    assert is_whole(downloads, local)
    assert local.ranges() == [None, "bytes=700000-", None]


def test_a_hub_that_only_ever_sends_something_else_is_given_up(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    local.acts = [sends(b"<html>Please sign in</html>")] * 9
    with pytest.raises(GreenroomError) as raised:
        fetch()

    assert raised.value.message == "The hub sent something else than the file it told of."
    assert raised.value.remedy == "Try again later, or from another network."
    assert len(local.ranges()) == 4
    assert nothing_is_installed(downloads)


def test_an_interrupted_download_goes_on_in_the_next_run(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        fetch(stop_at=1_000_000)
    kept = (downloads / PARTS / "model.bin.part").stat().st_size
    assert 0 < kept < 3_000_000
    assert nothing_is_installed(downloads)
    told = len(fetch.told)

    fetch()
    assert is_whole(downloads, local)
    assert local.ranges() == [None, f"bytes={kept}-"]
    assert fetch.told[told][0] >= kept


def test_a_wrong_byte_is_found_and_nothing_installed_and_nothing_else_goes(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    kept = [downloads / "base.en" / "model.bin", downloads.parent / "greenroom.db"]
    for file in kept:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"mine")
    local.acts = [has_one_byte_wrong]
    with pytest.raises(GreenroomError) as raised:
        fetch()

    assert raised.value.message == (
        "model.bin of small.en is not what the hub publishes: its digest is wrong."
    )
    assert raised.value.remedy == (
        "Nothing was installed, and only that file is gone. Try again later, or from another network."
    )
    assert [file.read_bytes() for file in kept] == [b"mine", b"mine"]
    assert nothing_is_installed(downloads)
    assert not (downloads / PARTS / "model.bin.part").exists()
    assert not (downloads / PARTS / "model.bin").exists()


def test_a_wrong_byte_in_a_small_file_is_found_too(fetch: Fetching, local: LocalHub, downloads: Path) -> None:
    local.api_acts = [tells(local.api())]
    local.files["tokenizer.json"] = b'{"version": "1.1"}'
    with pytest.raises(GreenroomError, match=r"tokenizer\.json of small\.en is not what the hub publishes"):
        fetch()

    assert nothing_is_installed(downloads)


def test_a_part_that_was_damaged_meanwhile_costs_one_more_try_and_no_model(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    parts = downloads / PARTS
    parts.mkdir(parents=True)
    (parts / "model.bin.part").write_bytes(b"\0" * 1_000_000)
    fetch()

    assert is_whole(downloads, local)
    assert local.ranges() == ["bytes=1000000-", None]


@pytest.mark.parametrize("size", [3_000_000, 3_000_001, 4_000_000])
def test_a_part_as_long_as_the_file_or_longer_is_not_taken_for_it(
    fetch: Fetching, local: LocalHub, downloads: Path, size: int
) -> None:
    parts = downloads / PARTS
    parts.mkdir(parents=True)
    (parts / "model.bin.part").write_bytes(b"\0" * size)
    fetch()

    assert is_whole(downloads, local)


def test_a_beginning_that_the_hub_knows_nothing_of_is_let_go(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    local.acts = [breaks_off_after(700_000), says(416)]
    fetch()

    assert is_whole(downloads, local)
    assert local.ranges() == [None, "bytes=700000-", None]


def test_a_file_that_the_hub_does_not_have_is_told_at_once(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    local.acts = [says(404)]
    with pytest.raises(GreenroomError, match="The hub does not have it any more") as raised:
        fetch()

    assert raised.value.remedy.startswith("A newer greenroom may know")
    assert fetch.waited == []
    assert nothing_is_installed(downloads)


def test_a_redirect_to_another_host_brings_nothing(fetch: Fetching, local: LocalHub, downloads: Path) -> None:
    local.acts = [redirects_to("https://example.org/model.bin")]
    with pytest.raises(GreenroomError) as raised:
        fetch()

    assert raised.value.message == (
        "The hub sent us to https://example.org: only its own hosts are trusted, and only over HTTPS."
    )
    assert nothing_is_installed(downloads)


def test_without_a_network_it_says_so_at_once(local: LocalHub, downloads: Path) -> None:
    port, waited = local.port, list[float]()
    local.close()
    with pytest.raises(UnreachableError):
        install(
            SMALL_EN,
            downloads,
            lambda here, whole: None,
            hub=Hub(f"http://127.0.0.1:{port}", ("127.0.0.1",), "http"),
            wait=waited.append,
        )

    assert waited == []
    assert nothing_is_installed(downloads)


def test_room_is_looked_at_before_anything_large_comes(
    fetch: Fetching, local: LocalHub, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=90_000_000))
    with pytest.raises(GreenroomError) as raised:
        fetch()

    assert raised.value.message == (
        f"There is too little room: 203 MB are needed, 90 MB are free at {downloads}."
    )
    assert raised.value.remedy == "Make room, or set GREENROOM_HOME to a larger disk."
    assert local.ranges() == []


def test_what_is_here_already_needs_no_more_room(
    fetch: Fetching, local: LocalHub, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt):
        fetch(stop_at=2_500_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=200_600_000))
    fetch()

    assert is_whole(downloads, local)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_disk_that_fills_up_is_told_and_the_next_run_goes_on(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    parts = downloads / PARTS
    parts.mkdir(parents=True)
    (parts / "model.bin.part").symlink_to("/dev/full")
    with pytest.raises(GreenroomError) as raised:
        fetch()

    assert raised.value.message == "The model small.en could not be written: No space left on device."
    assert raised.value.remedy == (
        "Make room on the disk, then run the same command again: what has come so far is kept."
    )
    assert nothing_is_installed(downloads)

    (parts / "model.bin.part").unlink()
    fetch()
    assert is_whole(downloads, local)
    assert local.ranges("config.json") == [None]


def test_names_that_the_hub_gives_lead_nowhere(fetch: Fetching, local: LocalHub, downloads: Path) -> None:
    home = downloads.parent
    answer = local.api()
    for name in ("../../secret", "/tmp/secret", "model.bin/../../x", "config.json\0"):
        answer["siblings"].append({"rfilename": name, "size": 3, "blobId": "a" * 40})
    local.api_acts = [tells(answer)]
    fetch()

    assert is_whole(downloads, local)
    assert [path.name for path in home.iterdir()] == ["models"]
    assert [path.name for path in home.parent.iterdir()] == ["home"]


def test_a_proxy_is_used_and_what_comes_through_it_is_checked(
    local: LocalHub, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub behind it has a name that leads nowhere without the proxy."""
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{local.port}")
    behind = Hub("http://hub.invalid", ("hub.invalid",), "http")
    local.acts = [has_one_byte_wrong, breaks_off_after(700_000)]
    with pytest.raises(GreenroomError, match="its digest is wrong"):
        install(SMALL_EN, downloads, lambda here, whole: None, hub=behind)

    install(SMALL_EN, downloads, lambda here, whole: None, hub=behind, wait=lambda seconds: None)
    assert is_whole(downloads, local)
    assert {headers["Host"] for headers in local.headers} == {"hub.invalid"}


def test_a_folder_that_cannot_be_made_is_told_in_a_line(local: LocalHub, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(GreenroomError) as raised:
        install(SMALL_EN, tmp_path / "home" / "models", lambda here, whole: None, hub=local.hub())

    assert raised.value.message == "The model small.en could not be written: Not a directory."
    assert raised.value.remedy == (
        f"See to it that you may write to {tmp_path / 'home' / 'models'}, then run the same command again: "
        "what has come so far is kept."
    )


def test_two_at_a_time_do_not_get_into_each_others_way(fetch: Fetching, downloads: Path) -> None:
    downloads.mkdir(parents=True)
    with FileLock(downloads / ".lock"), pytest.raises(GreenroomError, match="Another greenroom"):
        fetch()
    fetch()


def test_a_damaged_model_is_replaced_when_the_new_one_is_whole(
    fetch: Fetching, local: LocalHub, downloads: Path
) -> None:
    fetch()
    (downloads / "small.en" / "model.bin").write_bytes(b"damaged")
    (downloads / "small.en" / "left over").write_bytes(b"")
    local.acts = [breaks_off_after(100)] * 4
    with pytest.raises(FalteredError):
        fetch()
    assert (downloads / "small.en" / "model.bin").read_bytes() == b"damaged"

    fetch()
    assert is_whole(downloads, local)


def test_parts_of_another_revision_go(fetch: Fetching, local: LocalHub, downloads: Path) -> None:
    old = downloads / ".small.en-0000000000000000000000000000000000000000"
    old.mkdir(parents=True)
    (old / "model.bin.part").write_bytes(b"x")
    fetch()

    assert is_whole(downloads, local)


def test_the_hub_is_the_real_one_unless_a_test_says_otherwise(
    downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Hub] = []

    def published(self: Hub, model: object) -> None:
        asked.append(self)
        raise UnreachableError("none", "none")

    monkeypatch.setattr(Hub, "published", published)
    with pytest.raises(UnreachableError):
        install(SMALL_EN, downloads, lambda here, whole: None)

    assert [(one.base, one.scheme, one.hosts) for one in asked] == [
        ("https://huggingface.co", "https", ("huggingface.co", "hf.co"))
    ]
    assert downloading.WAITS_S == (1.0, 3.0, 9.0)
