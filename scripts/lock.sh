#!/usr/bin/env bash
# Writes requirements/run.txt and requirements/dev.txt again from pyproject.toml.
# Versions already locked stay as they are; `scripts/lock.sh --upgrade` takes the newest of all.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
uv=${UV:-uv}

compile() {
  local out=$1
  shift
  "$uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-annotate \
    --custom-compile-command 'make lock' --output-file "$out" "$@"
}

if ! command -v "$uv" >/dev/null; then
  echo "The lock files are made with uv, which is not installed." >&2
  echo "Install it (python3 -m pip install uv), or say where it is: make lock UV=/path/to/uv" >&2
  exit 1
fi

compile requirements/run.txt "$@" --extra full pyproject.toml requirements/build.in
compile requirements/dev.txt "$@" --extra full --group dev --constraint requirements/run.txt \
  pyproject.toml requirements/build.in

if grep -nE '://|index-url|find-links| @ ' requirements/run.txt requirements/dev.txt; then
  echo "A lock file names an address (above); it must not." >&2
  exit 1
fi
echo "Locked: requirements/run.txt, requirements/dev.txt"
