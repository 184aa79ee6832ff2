#!/usr/bin/env bash
# Makes .venv ready: `scripts/setup.sh run` for the program, `scripts/setup.sh test` for its tests.
# Safe to run again at any time; it does only what is missing.
#
#   PYTHON=/path/to/python3   uses that Python (3.11 to 3.14)
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly VENV=.venv
readonly OLDEST=11 # Python 3.11 …
readonly NEWEST=14 # … to 3.14: the locked packages have wheels for these
readonly WANTED_PYTHON="Python 3.$OLDEST to 3.$NEWEST"
readonly MODE=${1:-run}
PYTHON_FOUND= # the Python to make .venv with
NEEDED=       # system packages to stop for
WELCOME=      # system packages to do without

say() { printf 'setup: %s\n' "$*"; }
fail() {
  printf 'setup: %s\n' "$@" >&2
  exit 1
}

on_linux() { [ "$(uname -s)" = Linux ]; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- Python ---------------------------------------------------------------------------------------

# "3.11" for a Python that starts, nothing for one that does not.
version_of() {
  "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

is_supported() { # VERSION
  local minor
  case $1 in
    3.*) minor=${1#3.} ;;
    *) return 1 ;;
  esac
  [ "$minor" -ge "$OLDEST" ] && [ "$minor" -le "$NEWEST" ]
}

find_python() {
  local candidate
  if [ -n "${PYTHON:-}" ]; then
    is_supported "$(version_of "$PYTHON")" ||
      fail "PYTHON=$PYTHON is not $WANTED_PYTHON." "Set PYTHON to one that is, or leave it unset."
    PYTHON_FOUND=$PYTHON
    return
  fi
  for candidate in python3 python3.13 python3.12 python3.11 python3.14; do
    if is_supported "$(version_of "$candidate")"; then
      PYTHON_FOUND=$candidate
      return
    fi
  done
  if on_linux; then
    fail "No $WANTED_PYTHON found." "Install one (Debian 12, Ubuntu 24.04 or newer: apt-get install python3), or set PYTHON to its path."
  fi
  fail "No $WANTED_PYTHON found." "Install one (brew install python@3.13, or the installer from python.org), or set PYTHON to its path."
}

refuse_intel_mac() {
  [ "$("$PYTHON_FOUND" -c 'import platform as p; print(p.system(), p.machine())')" != 'Darwin x86_64' ] ||
    fail "This Python is built for Intel Macs, which some of the packages no longer support." \
      "On a Mac with Apple silicon, use a Python built for arm64."
}

can_make_venv() { "$PYTHON_FOUND" -c 'import ensurepip, venv' 2>/dev/null; }

# The Debian package that adds venv to this Python; nothing when it is not Debian's own Python.
venv_package() {
  "$PYTHON_FOUND" -c 'import sys; sys.base_prefix == "/usr" and print("python%d.%d-venv" % sys.version_info[:2])'
}

# --- the system's packages ------------------------------------------------------------------------

has_portaudio() {
  "$PYTHON_FOUND" - 2>/dev/null <<'PY'
import ctypes, ctypes.util, sys
name = ctypes.util.find_library("portaudio")
sys.exit(not (name and ctypes.CDLL(name)))
PY
}

has_alsa_pulse() {
  local plugin
  for plugin in /usr/lib/alsa-lib /usr/lib/*/alsa-lib /usr/lib64/alsa-lib; do
    [ -e "$plugin/libasound_module_pcm_pulse.so" ] && return
  done
  return 1
}

# The end-to-end tests play and record on a virtual sound card, and need these on Linux.
missing_for_rooms() {
  has pulseaudio || echo pulseaudio
  has pactl || echo pulseaudio-utils
  has_alsa_pulse || echo libasound2-plugins
  has tmux || echo tmux
}

has_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    has "$name" && return
  done
  return 1
}

# Reports are tested in a real browser. Ubuntu's own Chromium is a snap, which cannot see the files of a test:
# there it is Chrome, or these tests are skipped.
missing_for_pages() {
  has_browser || grep -qs '^ID=ubuntu' /etc/os-release || echo chromium
}

missing_for_tests() {
  missing_for_rooms
  missing_for_pages
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    env "$@"
  else
    sudo env "$@"
  fi
}

# Root may; anyone else is asked, where there is a terminal to ask on.
may_install() { # PACKAGE…
  local answer
  has apt-get || return 1
  [ "$(id -u)" = 0 ] && return
  has sudo && [ -t 0 ] && [ -t 1 ] || return 1
  printf 'setup: Missing on this system: %s\nsetup: Install with sudo apt-get? [Y/n] ' "$*"
  read -r answer || return 1
  case $answer in
    '' | [Yy]*) return 0 ;;
    *) return 1 ;;
  esac
}

# --no-remove: never trade away what the user has (a desktop's PipeWire, say).
install_packages() { # PACKAGE…
  say "Installing from the system's packages: $*"
  as_root apt-get update -qq || true
  as_root DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends --no-remove "$@" </dev/null >/dev/null
}

install_line() { # PACKAGE…
  local sudo='sudo '
  [ "$(id -u)" != 0 ] || sudo=
  if has apt-get; then
    echo "${sudo}apt-get update && ${sudo}apt-get install --no-install-recommends $*"
  else
    echo "install what Debian calls $*"
  fi
}

note_missing_packages() {
  local package
  if ! can_make_venv; then
    package=$(venv_package)
    if [ -z "$package" ] || ! has apt-get; then
      fail "$PYTHON_FOUND lacks the modules venv and ensurepip." "Install them, or set PYTHON to another Python."
    fi
    NEEDED=$package
  fi
  on_linux || return 0 # elsewhere sounddevice brings PortAudio, and there is no virtual sound card
  if [ "$MODE" = test ]; then
    has_portaudio || NEEDED="$NEEDED libportaudio2"
    NEEDED="$NEEDED $(missing_for_tests)"
  else
    has_portaudio || WELCOME=libportaudio2
  fi
}

# shellcheck disable=SC2086 # the lists are split into words on purpose
ensure_packages() {
  note_missing_packages
  set -- $NEEDED
  NEEDED=$*
  [ -n "$NEEDED$WELCOME" ] || return 0
  if may_install $NEEDED $WELCOME && install_packages $NEEDED $WELCOME; then
    return
  fi
  if [ -n "$NEEDED" ]; then
    fail "Missing on this system: $NEEDED" "Run this, then try again: $(install_line $NEEDED $WELCOME)"
  fi
  say "PortAudio is missing: microphone and loudspeaker wait for this line: $(install_line $WELCOME)"
  say "The demo does not need them."
}

# --- the virtual environment ----------------------------------------------------------------------

stamp() { echo "$VENV/.ready-$1"; }

# What the environment was made from; a change in any of it calls for the work again.
key() { # PYTHON_VERSION
  printf 'python %s in %s\n' "$1" "$PWD"
  cksum requirements/run.txt requirements/dev.txt pyproject.toml
}

venv_version() { version_of "$VENV/bin/python"; }

is_ready() { # MODE
  local have want file
  file=$(stamp "$1")
  [ -f "$file" ] || return 1
  have=$(venv_version)
  want=$have
  [ -z "${PYTHON:-}" ] || want=$(version_of "$PYTHON")
  [ -n "$have" ] && [ "$have" = "$want" ] && [ "$(cat "$file")" = "$(key "$have")" ]
}

# An environment without any stamp was left half made, and is made anew.
make_venv() {
  if [ -f "$(stamp run)" ] && [ "$(venv_version)" = "$(version_of "$PYTHON_FOUND")" ] &&
    grep -qxF "python $(venv_version) in $PWD" "$(stamp run)"; then
    return
  fi
  say "Making $VENV with Python $(version_of "$PYTHON_FOUND")"
  "$PYTHON_FOUND" -m venv --clear "$VENV" || fail "$VENV could not be made; the reason is above."
}

pip_install() {
  local quiet=-q
  [ -t 1 ] && quiet=
  PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0 \
    "$VENV/bin/python" -m pip install ${quiet:+"$quiet"} "$@" ||
    fail "pip could not install; the reason is above." "When it was the network, run the same command again."
}

install_all() {
  local lock=requirements/run.txt
  [ "$MODE" = run ] || lock=requirements/dev.txt
  rm -f "$(stamp run)" "$(stamp test)"
  say "Installing the locked packages into $VENV (about 1.1 GB with the models; some minutes the first time)"
  pip_install --require-hashes --only-binary :all: -r "$lock"
  pip_install --no-index --no-deps --no-build-isolation --editable .
  key "$(venv_version)" >"$(stamp run)"
  [ "$MODE" = run ] || cp "$(stamp run)" "$(stamp test)"
  say "Ready: $VENV/bin/greenroom"
}

# --- here we go -----------------------------------------------------------------------------------

main() {
  case $MODE in
    run) is_ready run && return ;;
    test) is_ready test && { ! on_linux || [ -z "$(missing_for_tests)" ]; } && return ;;
    *) fail "Usage: scripts/setup.sh run|test" ;;
  esac
  find_python
  refuse_intel_mac
  ensure_packages
  is_ready "$MODE" && return
  make_venv
  install_all
}

main
