#!/bin/sh
# Makes a checkout ready: missing Debian packages, .venv, the locked requirements, the project itself.
#   build/setup.sh           what the program needs
#   build/setup.sh test      and what only its tests need
#   build/setup.sh package   and what only `make package` needs
# Where apt may not be used it prints the command, changes nothing and ends with status 1.
set -eu
cd "$(dirname "$0")/.."

# Qt opens these even without a screen.
RUN_PACKAGES="libegl1 libgl1 libx11-6 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0"
TEST_PACKAGES="postgresql poppler-utils"
PACKAGE_PACKAGES="binutils"

LOCK=requirements/all.txt
STAMP=.venv/installed

# A version that starts is not enough: Debian splits venv's other half off, and a shim may lead nowhere.
find_python() {
    for python in python3.13 python3.12 python3.11 python3; do
        if "$python" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    return 1
}

# Debian splits off the library that a built program carries in place of an interpreter.
shared_python() {
    python=.venv/bin/python
    [ -x "$python" ] || python=$(find_python) || python=python3
    "$python" -c 'import sys; print("libpython%d.%d" % sys.version_info[:2] if sys.base_prefix == "/usr" else "")'
}

# Names that a package provides count too: later Debian releases call libglib2.0-0 libglib2.0-0t64.
missing_packages() {
    installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' |
        sed -n 's/^installed //p' | tr ',' '\n' | awk '{print $1}' | tr '\n' ' ')"
    for package in "$@"; do
        case $installed in
        *" $package "*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

install_packages() {
    if [ "$(id -u)" = 0 ]; then
        root="env"
    elif sudo -n true 2>/dev/null; then
        root="sudo env"
    else
        echo "Some Debian packages are missing and this account may not install them. Nothing was changed. Please run:" >&2
        echo "sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
        exit 1
    fi
    echo "installing Debian packages: $*"
    mkdir -p out
    # One dead source among several must not stop the others; the install says it if a package is not to be had.
    $root apt-get update -qq >out/apt.log 2>&1 || true
    $root DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>out/apt.log 2>&1 || {
        cat out/apt.log >&2
        exit 1
    }
}

if command -v dpkg-query >/dev/null; then
    wanted=$RUN_PACKAGES
    case ${1:-} in
    test) wanted="$wanted $TEST_PACKAGES" ;;
    package) wanted="$wanted $PACKAGE_PACKAGES $(shared_python)" ;;
    esac
    [ -x .venv/bin/python ] || find_python >/dev/null || wanted="$wanted python3-venv"
    # shellcheck disable=SC2046,SC2086 # the lists are words
    missing=$(missing_packages $wanted)
    # shellcheck disable=SC2086
    [ -z "$missing" ] || install_packages $missing
fi

key=$(cat "$LOCK" pyproject.toml | sha256sum)
if [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$key" ] && .venv/bin/python -c pass 2>/dev/null; then
    exit 0
fi

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python) || {
        echo "Python 3.11, 3.12 or 3.13 with its venv module is needed and was not found." >&2
        exit 1
    }
    "$python" -m venv --clear .venv
fi
echo "installing Python requirements into .venv"
# Twice quiet: its warnings are about this machine's own settings, hundreds of lines of them; errors it still tells.
rm -f "$STAMP"
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$LOCK"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
echo "$key" >"$STAMP"
