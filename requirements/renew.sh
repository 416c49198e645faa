#!/bin/sh
# Write the lock files anew: the newest versions that pyproject.toml allows, on every system, with
# the hashes of all their files. It needs uv (`python -m pip install uv`) and the internet.
#   sh requirements/renew.sh
set -eu
cd "$(dirname "$0")"
lock() {
    uv pip compile ../pyproject.toml build.in --universal --python-version 3.11 \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade --quiet "$@"
}
lock -o build.txt
lock --extra test -o tests.txt
