#!/bin/sh
# Set the booklet builder up on Debian or Ubuntu: system libraries, a virtual environment, the
# Python packages. Safe to run twice: what is there already is left alone.
#   sh setup.sh                    what building booklets needs
#   sh setup.sh tests              that, and what the tests need
#   sh setup.sh --wheels FOLDER    Python packages from a folder, without the internet
set -eu
what=build wheels=""
while [ $# -gt 0 ]; do
    case "$1" in
    tests) what=tests ;;
    --wheels) wheels="$(cd "${2:?name the folder}" && pwd)" && shift ;;
    *) echo "sh setup.sh [tests] [--wheels FOLDER]" >&2 && exit 2 ;;
    esac
    shift
done
cd "$(dirname "$0")"

packages="python3-venv hunspell-en-gb libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
if [ "$what" = tests ]; then
    packages="$packages poppler-utils chromium-headless-shell ghostscript tesseract-ocr"
    command -v npm >/dev/null || packages="$packages nodejs npm"
fi

missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
if [ -n "$missing" ]; then
    echo "Installing:$missing"
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "Ask an administrator to run: apt-get install$missing" >&2; exit 3; }
        as_root=sudo
    fi
    $as_root apt-get update -qq || echo "The list of packages could not be renewed; going on." >&2
    # shellcheck disable=SC2086  # the list is meant to be split
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; this is $(python3 --version)." >&2
    exit 3
}
# An environment that was left half made is made again.
.venv/bin/python -m pip --version >/dev/null 2>&1 || python3 -m venv --clear .venv
# Python packages: the versions and hashes of the lock file, where it has changed or one is missing.
lock="requirements/$what.txt" stamp=".venv/installed-$what"
known="$(cat pyproject.toml "$lock" | cksum)"
if [ "$(cat "$stamp" 2>/dev/null)" != "$known" ] || ! .venv/bin/python requirements/installed.py "$lock"; then
    pip_install() {
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            ${wheels:+--no-index --find-links "$wheels"} "$@"
    }
    pip_install --require-hashes --requirement "$lock"
    pip_install --no-deps --no-build-isolation --editable .
    printf '%s' "$known" >"$stamp"
    echo "Set up. The command is .venv/bin/booklet; after \`. .venv/bin/activate\` it is booklet."
fi
# pdf.js, which Firefox shows PDFs with, reads what the tests write.
if [ "$what" = tests ] && [ ! -d .venv/pdfjs/node_modules/pdfjs-dist ]; then
    mkdir -p .venv/pdfjs
    npm install --silent --no-save --no-audit --no-fund --omit=optional --prefix .venv/pdfjs pdfjs-dist@3.11.174
fi
