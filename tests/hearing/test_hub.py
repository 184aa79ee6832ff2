"""The hub is asked over HTTPS and at its own hosts only, and what it answers is not believed blindly."""

from __future__ import annotations

import json
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.errors import GreenroomError
from greenroom.hearing import hub as hubs
from greenroom.hearing.hub import HUB, FalteredError, Hub, HubFile, UnreachableError, files_of
from hearing.local_hub import (
    SMALL_EN,
    Act,
    LocalHub,
    git_sha1,
    is_silent_until,
    redirects_to,
    says,
    sha256,
    tells,
)


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    served = LocalHub()
    yield served
    served.close()


@pytest.mark.parametrize(
    "url",
    [
        "https://huggingface.co/api/models/x",
        "https://cdn-lfs-us-1.huggingface.co/a?b=c",
        "https://cas-bridge.xethub.hf.co/a",
        "https://us.aws.cdn.hf.co/a",
        "https://HuggingFace.co/a",
    ],
)
def test_the_hubs_own_hosts_are_asked(url: str) -> None:
    assert HUB.allows(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://huggingface.co/a",
        "https://huggingface.co.example.org/a",
        "https://nothuggingface.co/a",
        "https://huggingface.co@example.org/a",
        "https://somebody@huggingface.co/a",
        "https://example.org/huggingface.co",
        "https://127.0.0.1/a",
        "ftp://huggingface.co/a",
        "file:///etc/passwd",
        "data:text/plain,huggingface.co",
        "//huggingface.co/a",
        "https://[huggingface.co/a",
        "https:///a",
        "",
    ],
)
def test_no_other_address_is_ever_asked(url: str) -> None:
    assert not HUB.allows(url)
    with pytest.raises(GreenroomError, match="only its own hosts are trusted"), HUB.opened(url):
        pass


def test_the_environment_leads_to_no_other_server(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_ENDPOINT", "HF_HUB_ENDPOINT", "GREENROOM_HUB"):
        monkeypatch.setenv(name, "https://example.org")

    assert hubs.HUB.address(SMALL_EN, "model.bin") == (
        "https://huggingface.co/Systran/faster-whisper-small.en/resolve/"
        "d1d751a5f8271d482d14ca55d9e2deeebbae577f/model.bin"
    )


def test_what_the_hub_publishes_of_a_revision_is_read_the_largest_last(local: LocalHub) -> None:
    files = local.hub().published(SMALL_EN)

    data = local.files
    assert files == (
        HubFile("vocabulary.txt", 12, None, git_sha1(data["vocabulary.txt"])),
        HubFile("tokenizer.json", 18, None, git_sha1(data["tokenizer.json"])),
        HubFile("config.json", 23, None, git_sha1(data["config.json"])),
        HubFile("model.bin", 3_000_000, sha256(data["model.bin"]), None),
    )
    assert local.requests == [
        (
            "/api/models/Systran/faster-whisper-small.en/revision/"
            "d1d751a5f8271d482d14ca55d9e2deeebbae577f?blobs=true",
            None,
        )
    ]


def test_the_sha1_of_a_small_file_is_the_one_that_git_gives_it() -> None:
    # `printf 'hello\\n' | git hash-object --stdin`
    assert git_sha1(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


def test_no_token_or_cookie_is_sent_along(local: LocalHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "secret")
    local.hub().published(SMALL_EN)

    assert {name.lower() for name in local.headers[0]} == {
        "host",
        "user-agent",
        "accept-encoding",
        "connection",
    }
    assert local.headers[0]["User-Agent"] == "greenroom"


Change = Callable[[dict[str, Any]], None]


def without(name: str) -> Change:
    def change(answer: dict[str, Any]) -> None:
        answer["siblings"] = [row for row in answer["siblings"] if row["rfilename"] != name]

    return change


def with_row(name: str, **values: object) -> Change:
    def change(answer: dict[str, Any]) -> None:
        next(row for row in answer["siblings"] if row["rfilename"] == name).update(values)

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda answer: answer.update(sha="0" * 40), "it answers for another revision"),
        (without("model.bin"), "it has no model.bin"),
        (without("tokenizer.json"), "it has no tokenizer.json"),
        (without("vocabulary.txt"), "it has no vocabulary.txt"),
        (with_row("model.bin", lfs=None, blobId=None), "it publishes no digest of model.bin"),
        (with_row("model.bin", lfs={"sha256": "abc", "size": 5}), "it publishes no digest of model.bin"),
        (with_row("model.bin", lfs={"sha256": "a" * 64, "size": -1}), "how long model.bin is"),
        (with_row("config.json", blobId=None), "it publishes no digest of config.json"),
        (with_row("config.json", size="23"), "how long config.json is"),
        (lambda answer: answer.pop("siblings"), "its answer cannot be read"),
        (lambda answer: answer.update(siblings=[7]), "its answer cannot be read"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused(local: LocalHub, change: Change, why: str) -> None:
    answer = local.api()
    change(answer)
    local.api_acts = [tells(answer)]

    with pytest.raises(GreenroomError) as raised:
        local.hub().published(SMALL_EN)

    assert not isinstance(raised.value, FalteredError)
    assert raised.value.message.startswith(
        "What the hub says of Systran/faster-whisper-small.en cannot be right: "
    )
    assert why in raised.value.message


def test_the_sha1_of_the_note_about_a_large_file_is_not_taken_for_its_own(local: LocalHub) -> None:
    answer = local.api()
    row = next(row for row in answer["siblings"] if row["rfilename"] == "model.bin")
    row["lfs"]["sha256"] = None

    with pytest.raises(GreenroomError, match=r"no digest of model\.bin"):
        files_of(SMALL_EN, json.dumps(answer).encode())


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["sha", "siblings", "rfilename", "size", "lfs", "blobId"]),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=12,
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_whatever_the_hub_answers_the_complaint_is_a_line_of_ours(text: bytes) -> None:
    with pytest.raises(GreenroomError, match="cannot be right"):
        files_of(SMALL_EN, text)


@pytest.mark.parametrize(
    "location",
    ["https://example.org/x", "file:///etc/passwd", "http://localhost:1/x"],
)
def test_a_redirect_to_another_host_is_not_followed(local: LocalHub, location: str) -> None:
    local.api_acts = [redirects_to(location)]

    with pytest.raises(GreenroomError) as raised:
        local.hub().published(SMALL_EN)

    assert not isinstance(raised.value, FalteredError | UnreachableError)
    assert raised.value.message.startswith("The hub sent us ")
    assert len(local.requests) == 1


@pytest.mark.parametrize("location", ["http://[127.0.0.1/x", "http://127.0.0.1:seven/x"])
def test_a_redirect_to_what_is_no_address_is_told_in_a_line(local: LocalHub, location: str) -> None:
    local.api_acts = [redirects_to(location)]

    with pytest.raises(GreenroomError) as raised:
        local.hub().published(SMALL_EN)

    assert raised.value.message == "One of the addresses on the way to the hub cannot be read."
    assert len(local.requests) == 1


@pytest.mark.parametrize("proxy", ["http:/me:secret@127.0.0.1", "http://me:secret@127.0.0.1:seven"])
def test_a_proxy_that_is_no_address_is_told_without_its_password(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("https_proxy", proxy)

    with pytest.raises(GreenroomError) as raised:
        HUB.published(SMALL_EN)

    assert raised.value.message == "One of the addresses on the way to the hub cannot be read."
    assert raised.value.remedy.startswith("Look at the proxy that is set (https_proxy), if one is")


def test_a_proxy_that_refuses_is_told_with_its_reason(
    local: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("https_proxy", f"http://me:secret@127.0.0.1:{local.port}")

    with pytest.raises(UnreachableError) as raised:
        HUB.published(SMALL_EN)

    assert raised.value.message.startswith("The hub cannot be reached: Tunnel connection failed: 501")
    assert "secret" not in raised.value.message + raised.value.remedy
    assert raised.value.remedy.startswith("Look at the network, and at the proxy if you have one.")


def test_a_redirect_that_turns_https_off_is_not_followed() -> None:
    handler = hubs._Redirects(HUB)
    request = urllib.request.Request("https://huggingface.co/a")
    with pytest.raises(GreenroomError, match=r"to http://huggingface\.co: only its own hosts"):
        handler.redirect_request(request, None, 302, "Found", None, "http://huggingface.co/b")  # type: ignore[arg-type]


def test_a_redirect_within_the_hub_is_followed_and_keeps_the_range(local: LocalHub) -> None:
    local.acts = [redirects_to(f"http://127.0.0.1:{local.port}/cdn/model.bin?signed=1")]
    local.files["model.bin?signed=1"] = local.files["model.bin"]

    with local.hub().opened(local.hub().address(SMALL_EN, "model.bin"), from_byte=2_999_990) as response:
        assert response.status == 206
        assert response.read() == local.files["model.bin"][-10:]
    assert [asked for _, asked in local.requests] == ["bytes=2999990-", "bytes=2999990-"]


def test_redirects_without_end_come_to_one(local: LocalHub) -> None:
    local.api_acts = [redirects_to(f"http://127.0.0.1:{local.port}/api/again/{n}") for n in range(30)]

    with pytest.raises(GreenroomError, match="on and on"):
        local.hub().published(SMALL_EN)
    assert len(local.requests) < 10


@pytest.mark.parametrize(
    ("act", "kind", "message"),
    [
        (says(404), GreenroomError, "The hub does not have it any more: http://127.0.0.1"),
        (says(403), GreenroomError, "The hub refused it (403)"),
        (says(429), FalteredError, "The hub is busy or out of order just now (429)"),
        (says(500), FalteredError, "The hub is busy or out of order just now (500)"),
        (says(503), FalteredError, "The hub is busy or out of order just now (503)"),
    ],
)
def test_each_refusal_has_its_line(local: LocalHub, act: Act, kind: type, message: str) -> None:
    local.api_acts = [act]

    with pytest.raises(GreenroomError) as raised:
        local.hub().published(SMALL_EN)

    assert type(raised.value) is kind
    assert raised.value.message.startswith(message)


def test_a_hub_that_falls_silent_is_not_waited_for_forever(local: LocalHub) -> None:
    done = threading.Event()
    local.api_acts = [is_silent_until(done)]
    try:
        with pytest.raises(FalteredError, match="The hub fell silent"):
            local.hub(timeout_s=0.2).published(SMALL_EN)
    finally:
        done.set()


def test_without_a_network_it_says_so(local: LocalHub) -> None:
    port = local.port
    local.close()

    with pytest.raises(UnreachableError) as raised:
        Hub(f"http://127.0.0.1:{port}", ("127.0.0.1",), "http").published(SMALL_EN)

    assert raised.value.message == "The hub cannot be reached: Connection refused."
    assert raised.value.remedy == (
        "Look at the network, and at the proxy if you have one. "
        "Run the same command again: it goes on where it stopped."
    )


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        # Nobody there at all is not waited for again and again: each time takes half a minute.
        (urllib.error.URLError(TimeoutError("timed out")), UnreachableError),
        (urllib.error.URLError(OSError(101, "Network is unreachable")), UnreachableError),
        (urllib.error.URLError(ConnectionResetError(104, "Connection reset by peer")), FalteredError),
        (TimeoutError("timed out"), FalteredError),
        (ConnectionResetError(104, "Connection reset by peer"), FalteredError),
    ],
)
def test_a_hub_that_is_not_there_is_told_from_one_that_went_away(
    error: Exception, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        def open(self, *args: object, **kwargs: object) -> None:
            raise error

    monkeypatch.setattr(Hub, "_opener", lambda self: Failing())
    with pytest.raises(GreenroomError) as raised:
        HUB.published(SMALL_EN)

    assert type(raised.value) is kind


def test_a_certificate_that_cannot_be_checked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Distrustful:
        def open(self, *args: object, **kwargs: object) -> None:
            error = ssl.SSLCertVerificationError(1, "certificate verify failed")
            error.verify_message = "self-signed certificate"
            raise urllib.error.URLError(error)

    monkeypatch.setattr(Hub, "_opener", lambda self: Distrustful())
    with pytest.raises(GreenroomError) as raised:
        HUB.published(SMALL_EN)

    assert type(raised.value) is GreenroomError
    assert raised.value.message == "The hub's certificate could not be checked: self-signed certificate."


def test_an_answer_cut_short_is_asked_for_again_and_not_called_wrong(local: LocalHub) -> None:
    def cut(answer: Any) -> None:
        answer.send_response(200)
        answer.send_header("Content-Length", "5000")
        answer.end_headers()
        answer.wfile.write(b'{"sha": ')

    local.api_acts = [cut]
    with pytest.raises(FalteredError, match="broke off"):
        local.hub().published(SMALL_EN)
