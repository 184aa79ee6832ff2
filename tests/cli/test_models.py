"""The models family: what is here and what it costs, fetching another, choosing one; and nobody else goes
to the network."""

from __future__ import annotations

import json
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.program import Ran, Run, environment, run_apart
from greenroom.errors import GreenroomError
from greenroom.hearing import hub as hubs
from greenroom.hearing import model_cost, models
from greenroom.hearing.hub import Hub
from greenroom.hearing.load import load_whole
from greenroom.hearing.model_cost import Cost, remember_cost
from greenroom.hearing.model_store import OFFERED_MODELS
from greenroom.hearing.models import KNOWN_MODELS, find_model
from greenroom.hearing.transcriber import open_model
from hearing.local_hub import LocalHub, breaks_off_after, has_one_byte_wrong, redirects_to, says
from recordings import recorded

MEASURED = "Trying out {}: it writes down half a minute of recorded speech."


class Measuring:
    """Stands in for the child process: costs by name, and who was measured."""

    def __init__(self) -> None:
        self.costs = {
            "tiny.en": Cost(0.09, 0.04, 181_000_000),
            "base": Cost(0.2, 0.08, 262_000_000),
            "small.en": Cost(0.45, 0.3, 812_000_000),
        }
        self.measured: list[str] = []
        self.broken: dict[str, GreenroomError] = {}

    def __call__(self, name: str, cache: Path, downloads: Path, reply: Path, answer: Path) -> Cost:
        assert reply.is_file()
        assert answer.is_file()
        self.measured.append(name)
        if name in self.broken:
            raise self.broken[name]
        remember_cost(name, cache, self.costs[name])
        return self.costs[name]


@pytest.fixture
def measuring(monkeypatch: pytest.MonkeyPatch) -> Measuring:
    stand_in = Measuring()
    monkeypatch.setattr(model_cost, "measure", stand_in)
    return stand_in


@pytest.fixture
def only_tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """As without the extra “base”."""
    monkeypatch.setattr(models, "installed_models", lambda: KNOWN_MODELS[:1])


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    served = LocalHub()
    monkeypatch.setattr(hubs, "HUB", served.hub())
    monkeypatch.setattr("greenroom.hearing.downloading.WAITS_S", (0.0, 0.0, 0.0))
    yield served
    served.close()


@pytest.fixture(autouse=True)
def straight(monkeypatch: pytest.MonkeyPatch, greenroom: Run) -> None:
    """No proxy between a test and its own server."""
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever leaves this machine fails the test."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: object) -> None:
        assert not isinstance(address, tuple) or address[0] == "127.0.0.1", address
        connect(self, address)  # type: ignore[arg-type]

    def looking_up(host: object, *args: object, **kwargs: object) -> object:
        assert host in ("127.0.0.1", "localhost", None), host
        return look_up(host, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", looking_up)


def told(ran: Ran) -> list[str]:
    assert ran.code == 0, ran
    return ran.out.splitlines()


# list


def test_the_list_measures_what_is_here_once(greenroom: Run, measuring: Measuring, only_tiny: None) -> None:
    ran = greenroom("models", "list")

    assert ran.err.splitlines() == [MEASURED.format("tiny.en")]
    assert told(ran) == [
        "On this machine",
        "* tiny.en    came along, a minute of speech in 2.4 s, 181 MB of memory",
        "",
        "To be had with greenroom models install NAME",
        "  base       148 MB to fetch",
        "  base.en    148 MB to fetch",
        "  small.en   486 MB to fetch",
        "  medium.en  1,530 MB to fetch",
        "",
        "Rehearsals take tiny.en: auto takes the best that keeps up with you.",
        "base gets more words right than tiny.en. What it costs here is measured when you",
        "install it.",
    ]
    again = greenroom("models", "list")
    assert (again.out, again.err) == (ran.out, "")
    assert measuring.measured == ["tiny.en"]

    greenroom("models", "list", "--measure")
    assert measuring.measured == ["tiny.en", "tiny.en"]


def test_the_list_as_json_has_a_row_for_every_model(
    greenroom: Run, measuring: Measuring, only_tiny: None
) -> None:
    rows = json.loads(greenroom("models", "list", "--json").out)

    assert [row["name"] for row in rows] == ["tiny.en", "base", "base.en", "small.en", "medium.en"]
    assert rows[0] == {
        "name": "tiny.en",
        "here": True,
        "fetched": False,
        "damaged": None,
        "megabytes_to_fetch": None,
        "speed": 0.04,
        "memory_bytes": 181_000_000,
        "keeps_up": True,
        "taken": True,
    }
    assert rows[3]["megabytes_to_fetch"] == 486


def test_a_model_that_cannot_be_tried_out_spoils_no_list(
    greenroom: Run, measuring: Measuring, only_tiny: None
) -> None:
    measuring.broken["tiny.en"] = GreenroomError("It broke down.", "Mend it.")

    assert "  tiny.en    came along, cannot be used: It broke down." in told(greenroom("models", "list"))


def test_the_list_follows_config_toml_and_the_environment(
    greenroom: Run, measuring: Measuring, only_tiny: None, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at.mkdir()
    (at / "config.toml").write_text('model = "tiny.en"\n')
    assert "Rehearsals take tiny.en, as you asked." in told(greenroom("models", "list"))

    monkeypatch.setenv("GREENROOM_MODEL", "auto")
    assert "Rehearsals take tiny.en: auto takes the best that keeps up with you." in told(
        greenroom("models", "list")
    )


# install


def test_a_model_is_installed_tried_out_and_told(
    greenroom: Run, measuring: Measuring, only_tiny: None, local: LocalHub, at: Path
) -> None:
    ran = greenroom("models", "install", "small.en")

    lines = told(ran)
    assert lines[:2] == [
        "Asking the hub (huggingface.co) for small.en: 486 MB.",
        "small.en from the hub: 0 of 3 MB",
    ]
    assert "small.en from the hub: 3 of 3 MB" in lines
    assert lines[-3:] == [
        "small.en is here, and is what the hub publishes.",
        "It writes down a minute of speech in 18 s, and takes 812 MB of memory.",
        "Rehearsals take it from now on, as auto takes the best that keeps up.",
    ]
    assert ran.err.splitlines() == [MEASURED.format("small.en")]
    assert (at / "models" / "small.en" / "model.bin").read_bytes() == local.files["model.bin"]

    assert told(greenroom("models", "install", "small.en")) == ["small.en is here already."]
    assert local.ranges() == [None]


def test_a_model_that_auto_would_not_take_is_told_with_the_command_for_it(
    greenroom: Run, measuring: Measuring, only_tiny: None, local: LocalHub
) -> None:
    measuring.costs["small.en"] = Cost(0.9, 0.4, 812_000_000)

    assert told(greenroom("models", "install", "small.en"))[-1] == (
        "To take it from now on: greenroom models use small.en"
    )
    listed = told(greenroom("models", "list"))
    assert "* tiny.en    came along, a minute of speech in 2.4 s, 181 MB of memory" in listed
    assert "Rehearsals take tiny.en: auto takes the best that keeps up with you." in listed


def test_a_model_that_was_asked_for_before_it_was_here_is_taken_from_now_on(
    greenroom: Run, measuring: Measuring, only_tiny: None, local: LocalHub, at: Path
) -> None:
    at.mkdir()
    (at / "config.toml").write_text('model = "small.en"\n')
    memo = str(recorded("demo/practice-real").path)
    assert greenroom("import", memo).complaint[1] == "Install it: greenroom models install small.en"

    assert told(greenroom("models", "install", "small.en"))[-1] == "Rehearsals take small.en, as you asked."


@pytest.mark.parametrize(
    ("act", "happened"),
    [
        (says(404), "The hub does not have it any more: "),
        (has_one_byte_wrong, "model.bin of small.en is not what the hub publishes"),
        (redirects_to("https://example.org/"), "The hub sent us to https://example.org: "),
    ],
)
def test_what_goes_wrong_is_one_line_and_installs_nothing(
    greenroom: Run,
    measuring: Measuring,
    only_tiny: None,
    local: LocalHub,
    at: Path,
    act: object,
    happened: str,
) -> None:
    local.acts = [act]  # type: ignore[list-item]

    assert greenroom("models", "install", "small.en").complaint[0].startswith(happened)
    assert not (at / "models" / "small.en").exists()
    assert measuring.measured == []


def test_without_a_network_it_says_what_to_do(
    greenroom: Run, measuring: Measuring, only_tiny: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = LocalHub()
    closed.close()
    monkeypatch.setattr(hubs, "HUB", closed.hub())

    assert greenroom("models", "install", "small.en").complaint == (
        "The hub cannot be reached: Connection refused.",
        "Look at the network, and at the proxy if you have one. "
        "Run the same command again: it goes on where it stopped.",
    )


def test_stopping_keeps_what_has_come_and_says_so(
    greenroom: Run,
    measuring: Measuring,
    only_tiny: None,
    local: LocalHub,
    at: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from greenroom.hearing import downloading

    def interrupted(*args: object) -> bool:
        raise KeyboardInterrupt

    local.acts = [breaks_off_after(1_500_000)]
    with monkeypatch.context() as patch:
        patch.setattr(downloading.hubs, "broke_off", interrupted)
        ran = greenroom("models", "install", "small.en")

    assert ran.code == 130
    assert ran.err.splitlines()[0] == (
        "Stopped. What has come so far is kept; the same command goes on from there."
    )
    assert not (at / "models" / "small.en").exists()
    assert greenroom("models", "install", "small.en").code == 0
    assert local.ranges() == [None, "bytes=1500000-"]


def test_a_damaged_model_is_fetched_anew(
    greenroom: Run, measuring: Measuring, only_tiny: None, local: LocalHub, at: Path
) -> None:
    greenroom("models", "install", "small.en")
    (at / "models" / "small.en" / "config.json").write_text("{}")

    assert greenroom("models", "install", "small.en").code == 0
    assert (at / "models" / "small.en" / "config.json").read_bytes() == local.files["config.json"]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("small", "Did you mean small.en?"),
        ("enormous", "There are: base, base.en, small.en, medium.en."),
        ("../escape", "There are: base, base.en, small.en, medium.en."),
    ],
)
def test_only_models_of_the_table_can_be_had(greenroom: Run, local: LocalHub, name: str, remedy: str) -> None:
    assert greenroom("models", "install", name).complaint == (
        f"There is no model “{name}” to be had.",
        remedy,
    )
    assert local.requests == []


def test_the_model_that_comes_along_is_not_fetched(greenroom: Run, local: LocalHub) -> None:
    assert told(greenroom("models", "install", "tiny.en")) == ["tiny.en is here already."]
    assert local.requests == []


# use


def test_use_writes_config_toml_and_leaves_the_rest_of_it_alone(
    greenroom: Run, measuring: Measuring, at: Path
) -> None:
    at.mkdir()
    (at / "config.toml").write_text(
        '# mine\ncount = 3   # few\nmodel = "auto"  # for now\npack = "general"\n'
    )

    assert told(greenroom("models", "use", "tiny.en")) == [
        f"From now on tiny.en. It stands in {at / 'config.toml'}."
    ]
    assert (at / "config.toml").read_text() == (
        '# mine\ncount = 3   # few\nmodel = "tiny.en"  # for now\npack = "general"\n'
    )
    assert measuring.measured == ["tiny.en"]


def test_use_makes_config_toml_where_there_is_none(greenroom: Run, measuring: Measuring, at: Path) -> None:
    assert greenroom("models", "use", "auto").code == 0

    assert tomllib.loads((at / "config.toml").read_text()) == {"model": "auto"}
    assert measuring.measured == []


def test_use_of_a_model_that_does_not_load_changes_nothing(
    greenroom: Run, measuring: Measuring, at: Path
) -> None:
    measuring.broken["tiny.en"] = GreenroomError("It could not be loaded.", "Take another.")

    ran = greenroom("models", "use", "tiny.en")

    assert (ran.code, ran.err.splitlines()[-2:]) == (1, ["It could not be loaded.", "Take another."])
    assert not (at / "config.toml").exists()


def test_use_of_a_model_that_is_not_here_says_how_to_get_it(
    greenroom: Run, measuring: Measuring, at: Path
) -> None:
    assert greenroom("models", "use", "small.en").complaint == (
        "The model small.en is not installed.",
        "Install it: greenroom models install small.en",
    )
    assert not (at / "config.toml").exists()


def test_use_of_a_slow_model_says_what_that_means(greenroom: Run, measuring: Measuring) -> None:
    measuring.costs["tiny.en"] = Cost(0.9, 0.4, 1)

    assert told(greenroom("models", "use", "tiny.en"))[-1] == (
        "It is slow here, so words may come after you have finished. Nothing you say is lost."
    )


def test_use_tells_when_the_environment_comes_before_it(
    greenroom: Run, measuring: Measuring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENROOM_MODEL", "base")

    assert told(greenroom("models", "use", "tiny.en"))[-1] == (
        "GREENROOM_MODEL is set to base, and comes first for as long as it is."
    )


@pytest.mark.parametrize("environment", ["", "base"])
@pytest.mark.parametrize("command", ["use", "install"])
def test_a_broken_config_toml_is_told_before_anything_takes_long(
    greenroom: Run,
    measuring: Measuring,
    local: LocalHub,
    at: Path,
    command: str,
    environment: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GREENROOM_MODEL", environment)
    at.mkdir()
    (at / "config.toml").write_text("modle = 1\n")

    assert "there is no setting “modle”" in greenroom("models", command, "base.en").complaint[0]
    assert local.requests == []
    assert measuring.measured == []
    assert (at / "config.toml").read_text() == "modle = 1\n"


# a real model, all the way


@pytest.mark.stage
@pytest.mark.xdist_group("busy")
def test_a_fetched_model_is_found_everywhere_and_writes_down(
    greenroom: Run, at: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """tiny.en, handed out by a local hub under the name of base.en."""
    folder = find_model("tiny.en", tmp_path).path
    names = ("config.json", "tokenizer.json", "vocabulary.txt", "model.bin")
    files = {name: (folder / name).read_bytes() for name in names}
    served = LocalHub(next(one for one in OFFERED_MODELS if one.name == "base.en"), files)
    monkeypatch.setattr(hubs, "HUB", served.hub())
    try:
        assert told(greenroom("models", "install", "base.en"))[-2].startswith("It writes down a minute of")
    finally:
        served.close()

    (at / "config.toml").write_text('model = "base.en"\n')
    for name in ("tiny.en", "base"):  # these are tried out elsewhere
        remember_cost(name, at / "cache" / "models", Cost(0.1, 0.1, 1))
    rows = {row["name"]: row for row in json.loads(greenroom("models", "list", "--json").out)}
    assert rows["base.en"]["taken"]
    assert rows["base.en"]["speed"] > 0
    pcm = load_whole(recorded("demo/practice-real").path)
    words = open_model("base.en", at / "cache" / "models", at / "models").decode(pcm)
    assert "breath" in " ".join(word.text for word in words)
    memo = str(recorded("demo/practice-real").path)
    assert greenroom("import", memo).code == 0
    shown = json.loads(greenroom("show", "1", "--json").out)
    assert shown["turns"][0]["model"] == "base.en"


# no network without the command

WATCH = """
import os, sys

def watch(event, args):
    outside = event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple)
    if outside or event == "socket.getaddrinfo":
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(f"{event} {args[1:]}\\n")

sys.addaudithook(watch)
"""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """The environment in which every Python process notes down whom it wants to talk to."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    path = [str(tmp_path / "watch"), *environment(tmp_path).get("PYTHONPATH", "").split(":")]
    return {"PYTHONPATH": ":".join(filter(None, path)), "NETWORK_LOG": str(tmp_path / "network.log")}


@pytest.mark.stage
@pytest.mark.xdist_group("busy")
def test_nothing_but_install_opens_a_socket(at: Path, tmp_path: Path, watched: dict[str, str]) -> None:
    memo = str(recorded("demo/practice-real").path)
    for name in ("tiny.en", "base"):  # one trial is enough, that of `use`
        remember_cost(name, at / "cache" / "models", Cost(0.1, 0.1, 1))
    for args, code in (
        (["models", "list", "--json"], 0),
        (["models", "use", "tiny.en"], 0),
        (["models", "use", "small.en"], 1),
        (["models", "install", "tiny.en"], 0),
        (["practice", "--text", "--count", "1", "--no-debrief"], 0),
        (["import", memo], 0),
        (["import", memo, "--model", "small.en"], 1),
    ):
        ran = run_apart(at, *args, env=watched)
        assert ran.code == code, ran

    assert not (tmp_path / "network.log").exists()


def test_the_watch_sees_install_ask_for_the_hub(at: Path, tmp_path: Path, watched: dict[str, str]) -> None:
    """Else the test above proves nothing. Its way out is a proxy on this machine that is not there."""
    ran = run_apart(
        at,
        "models",
        "install",
        "small.en",
        env={**watched, "https_proxy": "http://127.0.0.1:9", "no_proxy": "", "NO_PROXY": ""},
    )

    assert ran.complaint[0].startswith("The hub cannot be reached")
    assert "127.0.0.1" in (tmp_path / "network.log").read_text()


def test_the_address_of_the_hub_is_in_the_program_and_nowhere_else() -> None:
    assert Hub("https://huggingface.co", ("huggingface.co", "hf.co")) == hubs.HUB
