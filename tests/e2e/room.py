"""A room of its own: a PulseAudio daemon with a virtual speaker and a virtual microphone.

    speaker      null sink, the default output; `speaker.monitor` is what was played
    mouth        null sink; what is played into it comes out of the microphone
    microphone   source on `mouth.monitor`, the default input

Rooms share nothing: each has its own daemon, socket and folder, so several run side by side.
"""

from __future__ import annotations

import ctypes.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

SPEAKER = "speaker"
MOUTH = "mouth"
MICROPHONE = "microphone"
HEADSET = "headset"
NOBODY = "nobody"
"""The default while there is no microphone: what listens to a default is moved along when that changes, and
the ears on the other two are to stay where they are."""
SINK_RATE_HZ = 48_000

TOOLS = ("pulseaudio", "pactl", "paplay", "parec")
REMEDY = "sudo apt-get install -y pulseaudio pulseaudio-utils libasound2-plugins libportaudio2"

_ALSA_DEFAULTS = Path("/usr/share/alsa/alsa.conf")
_ALSA_FOLDERS = (Path("/etc/alsa/conf.d"), Path("/usr/share/alsa/alsa.conf.d"))
_ALSA_PLUGIN = "alsa-lib/libasound_module_pcm_pulse.so"
_LIBRARY_FOLDERS = (Path("/usr/lib"), Path("/usr/lib64"), *Path("/usr/lib").glob("*-linux-*"))
_ALSA_SYSTEM_FILE = Path("/etc/asound.conf")

# Without rewinds a null sink renders at most 50 ms ahead, as a sound card does. With them it renders up to
# 2 s at once when nobody asks for less, and a microphone on its monitor then stutters by as much.
_ROOM_PA = """\
load-module module-native-protocol-unix socket={socket} auth-anonymous=1 auth-cookie-enabled=0
load-module module-null-sink sink_name={speaker} rate={rate} channels=2 norewinds=1
load-module module-null-sink sink_name={mouth} rate={rate} channels=2 norewinds=1
load-module module-null-sink sink_name={nobody} rate={rate} channels=2 norewinds=1
load-module module-remap-source {source}
load-module module-cli-protocol-unix socket={commands}
set-default-sink {speaker}
set-default-source {microphone}
"""

_SOURCE = (
    f"source_name={MICROPHONE} master={MOUTH}.monitor channels=1 channel_map=mono master_channel_map=mono"
)

_HEADSET = f"master={MOUTH}.monitor rate=16000 channels=1 channel_map=mono master_channel_map=mono"

_ASOUND_CONF = """\
pcm.!pulse { type pulse }
ctl.!pulse { type pulse }
pcm.!default { type pulse hint { show on description "The virtual room" } }
ctl.!default { type pulse }
"""


class RoomError(RuntimeError):
    """The room could not be set up, or its daemon is gone."""


def missing_tools() -> list[str]:
    """What a room needs and this machine lacks."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not any((folder / _ALSA_PLUGIN).exists() for folder in _LIBRARY_FOLDERS):
        missing.append("ALSA's PulseAudio plugin")
    if ctypes.util.find_library("portaudio") is None:
        missing.append("PortAudio")
    return missing


class Room:
    """A sound card without hardware, for the length of a `with` block."""

    def __init__(self, *, ready_within_s: float = 10.0) -> None:
        self.folder = Path()
        self._commands = Path()
        self.env: dict[str, str] = {}
        self._ready_within_s = ready_within_s
        self._daemon: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Room:
        if missing := missing_tools():
            raise RoomError(f"not installed: {', '.join(missing)}. Run: {REMEDY}")
        # Not under pytest's tmp_path: the path of a unix socket may have 107 characters at most.
        self.folder = Path(tempfile.mkdtemp(prefix="room-"))
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> None:
        runtime = self.folder / "pulse"
        runtime.mkdir(mode=0o700)
        native = runtime / "native"
        self._commands = runtime / "commands"
        script = self.folder / "room.pa"
        script.write_text(
            _ROOM_PA.format(
                socket=native,
                commands=self._commands,
                speaker=SPEAKER,
                mouth=MOUTH,
                nobody=NOBODY,
                microphone=MICROPHONE,
                source=_SOURCE,
                rate=SINK_RATE_HZ,
            )
        )
        # PULSE_SINK and PULSE_SOURCE: a program must not slip to a monitor when the microphone is gone.
        self.env = {
            "PULSE_RUNTIME_PATH": str(runtime),
            "PULSE_SERVER": f"unix:{native}",
            "PULSE_SINK": SPEAKER,
            "PULSE_SOURCE": MICROPHONE,
        }
        if not _alsa_default_is_pulse():
            asound = self.folder / "asound.conf"
            asound.write_text(_ASOUND_CONF)
            self.env["ALSA_CONFIG_PATH"] = f"{_ALSA_DEFAULTS}:{asound}"

        command = ["pulseaudio", "-n", "-F", str(script), "--exit-idle-time=-1", "--daemonize=no"]
        command += ["--use-pid-file=no", "--realtime=no", "--disable-shm=yes"]
        with (self.folder / "daemon.log").open("wb") as log:
            self._daemon = subprocess.Popen(
                command,
                env=self.host_env() | {"PULSE_RUNTIME_PATH": str(runtime)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        assert self._daemon is not None
        deadline_s = time.monotonic() + self._ready_within_s
        while time.monotonic() < deadline_s:
            if self._daemon.poll() is not None:
                raise RoomError(f"pulseaudio ended with {self._daemon.returncode}:\n{self.log()}")
            if self._is_ready():
                return
            time.sleep(0.02)
        raise RoomError(f"pulseaudio not ready within {self._ready_within_s} s:\n{self.log()}")

    def _is_ready(self) -> bool:
        if not Path(self.env["PULSE_SERVER"].removeprefix("unix:")).exists():
            return False
        info = self._pactl("info", check=False)
        return f"Default Sink: {SPEAKER}" in info and f"Default Source: {MICROPHONE}" in info

    def close(self) -> None:
        """Stop the daemon, stalled or not, and remove the room's folder."""
        if self._daemon is not None:
            if self._daemon.poll() is None:
                self._daemon.kill()  # works on a stopped process too; it has nothing to save
            self._daemon.wait(timeout=5)
            self._daemon = None
        if self.folder.name.startswith("room-"):
            shutil.rmtree(self.folder, ignore_errors=True)

    # What goes wrong with devices

    def stall(self) -> None:
        """Freeze the daemon: every stream in the room stops in mid-air, no call answers, none fails."""
        self._signal(signal.SIGSTOP)

    def unstall(self) -> None:
        """Let a stalled daemon go on."""
        self._signal(signal.SIGCONT)

    def suspend(self) -> None:
        """Suspend the microphone: its stream stays open and delivers nothing. The speaker goes on."""
        self._pactl("suspend-source", MICROPHONE, "1")

    def resume(self) -> None:
        """Wake a suspended microphone."""
        self._pactl("suspend-source", MICROPHONE, "0")

    def unplug(self) -> None:
        """Take the microphone away: open streams on it are killed, new ones cannot be opened."""
        streams = self._listeners()
        self._pactl("set-default-source", f"{NOBODY}.monitor")
        self._remove_microphone()
        # PulseAudio has moved them to another source, as a desktop would; here there is no other microphone.
        for stream in streams:
            self._command(f"kill-source-output {stream}")

    def replug(self) -> None:
        """Bring an unplugged microphone back. Streams that were killed stay dead, new ones can be opened."""
        self.load_module("module-remap-source", *_SOURCE.split())
        self._pactl("set-default-source", MICROPHONE)

    def change(self, *, moving: bool) -> None:
        """Plug in a headset, which becomes the default microphone and hears the same mouth, and take the
        other one away. `moving`: the sound server moves open streams along; else they are killed.

        For a program that listens to `@DEFAULT_SOURCE@`.
        """
        streams = self._listeners()
        self.load_module("module-remap-source", f"source_name={HEADSET}", *_HEADSET.split())
        self._pactl("set-default-source", HEADSET)
        self._remove_microphone()
        if not moving:
            for stream in streams:
                self._command(f"kill-source-output {stream}")

    def echo(self, level_db: float = -20.0, delay_ms: int = 120) -> None:
        """Let the microphone hear the speaker, that much below its own level and so much later."""
        before = set(self._numbers("sink-inputs"))
        self.load_module(
            "module-loopback",
            f"source={SPEAKER}.monitor",
            f"sink={MOUTH}",
            f"latency_msec={delay_ms}",
            "source_dont_move=true",
            "sink_dont_move=true",
        )
        (stream,) = set(self._numbers("sink-inputs")) - before
        # PulseAudio's volumes are cubic, and pactl takes decibels as they are
        self._pactl("set-sink-input-volume", stream, f"{level_db}dB")

    def _listeners(self) -> list[str]:
        """The streams that are open on the microphone."""
        number = next((index for index, name, *_ in self._table("sources") if name == MICROPHONE), None)
        if number is None:
            raise RoomError("there is no microphone any more")
        return [stream for stream, source, *_ in self._table("source-outputs") if source == number]

    def _remove_microphone(self) -> None:
        modules = self._table("modules")
        self._pactl(
            "unload-module",
            next(index for index, _, words, *_ in modules if f"source_name={MICROPHONE} " in words),
        )

    def _table(self, what: str) -> list[list[str]]:
        return [line.split("\t") for line in self._pactl("list", "short", what).splitlines()]

    def _numbers(self, what: str) -> list[str]:
        return [row[0] for row in self._table(what)]

    def load_module(self, *words: str) -> int:
        """Load one more PulseAudio module; returns its index."""
        return int(self._pactl("load-module", *words))

    # Its own tools

    def host_env(self) -> dict[str, str]:
        """Environment for PulseAudio's own programs: nothing of the user's sound server reaches them."""
        foreign = ("PULSE_", "ALSA_", "PIPEWIRE_", "DBUS_", "XDG_", "DISPLAY", "WAYLAND_")
        env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return env | {"HOME": str(self.folder), "LC_ALL": "C"} | self.env

    def log(self) -> str:
        """What the daemon said so far."""
        path = self.folder / "daemon.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _signal(self, number: signal.Signals) -> None:
        if self._daemon is None or self._daemon.poll() is not None:
            raise RoomError("the room is closed")
        self._daemon.send_signal(number)

    def _command(self, line: str) -> None:
        """A line for PulseAudio's own command language, which can do what pactl cannot."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(str(self._commands))
            connection.sendall(f"{line}\n".encode())
            connection.shutdown(socket.SHUT_WR)  # its own `exit` would end the daemon
            while connection.recv(4096):
                pass

    def _pactl(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["pactl", *words], env=self.host_env(), capture_output=True, text=True, timeout=10, check=False
        )
        if check and done.returncode:
            raise RoomError(f"pactl {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout


def _alsa_default_is_pulse() -> bool:
    """Whether ALSA's own configuration leads `default` to PulseAudio, for a program without ~/.asoundrc."""
    if _ALSA_SYSTEM_FILE.exists():
        return False  # anything may stand in it
    files = {path.name: path for folder in reversed(_ALSA_FOLDERS) for path in folder.glob("*.conf")}
    verdict = False
    for name in sorted(files):  # the order in which ALSA reads them; the last one wins
        text = files[name].read_text(errors="replace")
        if "conf_pulse_hook_load_if_running" in text:
            verdict = True
        elif "pcm.!default" in text:
            verdict = "type pulse" in text
    return verdict
