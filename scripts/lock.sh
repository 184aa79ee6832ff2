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

# pyobjc asks for its parts by the release of macOS. pip 25 reads such a marker on Linux too, and stops at
# a kernel called "6.8.0-45-generic" (pypa/packaging issue 774). So every part stays in for all of macOS,
# and the one part that only releases before 10.14 have goes.
without_release_markers() {
  local out=$1
  awk '
    /^[^ #]/ { keep = !/platform_release </ }
    keep || /^#/ { gsub(/platform_release >= '"'[0-9.]+'"' and /, ""); print }
  ' "$out" >"$out.new"
  mv "$out.new" "$out"
  if grep -n platform_release "$out"; then
    echo "A marker with platform_release is left in $out (above)." >&2
    exit 1
  fi
}

if ! command -v "$uv" >/dev/null; then
  echo "The lock files are made with uv, which is not installed." >&2
  echo "Install it (pipx install uv), or say where it is: make lock UV=/path/to/uv" >&2
  exit 1
fi

compile requirements/run.txt "$@" --extra full pyproject.toml requirements/build.in
without_release_markers requirements/run.txt
compile requirements/dev.txt "$@" --extra full --group dev --constraint requirements/run.txt \
  pyproject.toml requirements/build.in
without_release_markers requirements/dev.txt

if grep -nE '://|index-url|find-links| @ ' requirements/run.txt requirements/dev.txt; then
  echo "A lock file names an address (above); it must not." >&2
  exit 1
fi
echo "Locked: requirements/run.txt, requirements/dev.txt"
