#!/bin/sh
# Writes requirements/*.txt anew from requirements/*.in: one resolution for Python 3.11 to 3.13, Linux and Windows.
# Needs uv on the PATH. What is locked stays as it is unless asked: build/lock.sh --upgrade, or --upgrade-package NAME.
set -eu
cd "$(dirname "$0")/../requirements"
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
compile core.in app.in office.in build.in dev.in --output-file all.txt "$@"
compile core.in office.in --constraints all.txt --output-file office.txt "$@"
