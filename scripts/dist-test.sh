#!/usr/bin/env bash
# Builds the sdist, the wheel from the sdist, installs the wheel into an environment of its own
# outside the checkout, and runs the demo from an empty folder. Needs .venv (make dist-test sees to it).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/greenroom-dist.XXXXXX")
trap 'rm -rf "$work"' EXIT

say() { printf 'dist-test: %s\n' "$*"; }

say "Building the sdist, and the wheel from it"
rm -rf dist
.venv/bin/python -m hatchling build -t sdist -d "$root/dist"
mkdir "$work/source" "$work/empty"
tar -xzf dist/*.tar.gz -C "$work/source" --strip-components 1
(cd "$work/source" && "$root/.venv/bin/python" -m hatchling build -t wheel -d "$root/dist")

say "Installing the wheel outside the checkout"
.venv/bin/python -m venv "$work/venv"
export PIP_DISABLE_PIP_VERSION_CHECK=1
"$work/venv/bin/python" -m pip install -q --require-hashes --only-binary :all: -r requirements/run.txt
"$work/venv/bin/python" -m pip install -q --no-index --no-deps dist/*.whl

say "Running the demo from an empty folder"
cd "$work/empty"
env -u PYTHONPATH -u GREENROOM_HOME "$work/venv/bin/greenroom" demo
if [ -n "$(ls -A)" ]; then
  say "The demo left files in the folder it ran in: $(ls -A)" >&2
  exit 1
fi
say "Passed"
