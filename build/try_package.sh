#!/bin/sh
# Takes the built programs away from the checkout and through a day's work by their own commands: found an office, enrol
# a laptop, record, exchange over TLS, print the list. Says their sizes and how fast they start.
set -eu
cd "$(dirname "$0")/.."
room=$(mktemp -d)
server=
finish() {
    status=$?
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ "$status" = 0 ] || cat "$room"/*.err >&2
    rm -rf "$room"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

mkdir "$room/home"
cp -R dist/pimpasa dist/pimpasa-office "$room"
echo "kebun pala di tepi danau" >"$room/passphrase"

# Nothing of this shell reaches them: no search path for Python, no keyring, no home with settings.
program() {
    name=$1
    shift
    env -i HOME="$room/home" PATH=/usr/bin:/bin LANG=en_US.UTF-8 PIMPASA_PASSPHRASE_FILE="$room/passphrase" \
        "$room/$name/$name" "$@" 2>>"$room/$name.err"
}
laptop() { program pimpasa --data "$room/laptop" "$@"; }
office() { program pimpasa-office --data "$room/office" "$@"; }
value() { sed -n "s/.*\"$1\": *\"\{0,1\}\([^\",}]*\).*/\1/p"; }
must() { # what is expected, command ...
    told=$1
    shift
    "$@" || { echo "The built programs: $told failed." >&2; exit 1; }
}

office init --office Kotamobagu --class "Kelas II Non TPI" >/dev/null
account=$(office account add "Deddy Mokodompit" --role field_officer | value account)
office assign "$account" 71.10.07.2004 >/dev/null
# Started by its own name: killing a function would leave the server running.
env -i HOME="$room/home" PATH=/usr/bin:/bin "$room/pimpasa-office/pimpasa-office" --data "$room/office" \
    serve --port 0 --ready-file "$room/ready" >"$room/serve.err" 2>&1 &
server=$!
tries=0
until [ -s "$room/ready" ]; do
    tries=$((tries + 1))
    must "serving" test "$tries" -lt 200
    must "serving" kill -0 "$server"
    sleep 0.1
done
office enrol "$account" --out "$room/enrol.json" >/dev/null

laptop enrol "$room/enrol.json" >/dev/null
village=$(laptop record list village | value id)
visit=$(echo "{\"villages\": [\"$village\"], \"starts_at\": \"2025-07-03T09:00+08:00\", \"venue\": \"Balai desa\"}" |
    laptop record put visit | value id)
printf 'Nama;L/P;Jabatan;No HP\nYulianti Mamonto;P;Kader;0812 3456 789\nJefri Paputungan;L;Kepala dusun;\n' >"$room/hadir.csv"
must "taking two attendees" test "$(laptop import attendees --visit "$visit" "$room/hadir.csv" | value imported)" = 2
answer=$(laptop sync)
must "an exchange in which both sides end alike" test "$(echo "$answer" | value digests_match)" = true
must "sending what was recorded" test "$(echo "$answer" | value pushed)" = 3
laptop export attendance --visit "$visit" --out "$room/hadir.pdf" >/dev/null
must "printing the list" test "$(head -c 5 "$room/hadir.pdf")" = "%PDF-"
must "the check of the data" laptop doctor >/dev/null

# Nobody listens there. A built program without its driver would end with a traceback.
if program pimpasa-office --database postgresql+psycopg://nobody@127.0.0.1:1/none office list >"$room/postgres.out"; then
    must "refusing a PostgreSQL that is not there" false
fi
must "reaching for PostgreSQL" grep -q "PostgreSQL" "$room/pimpasa-office.err"

kill "$server"
wait "$server" || must "ending the server" false
server=

started() { # seconds of the best of three starts
    for _ in 1 2 3; do
        before=$(date +%s%N)
        program "$1" --help >/dev/null
        echo $((($(date +%s%N) - before) / 1000000))
    done | sort -n | head -1
}
echo "The built programs enrolled, recorded, exchanged over TLS and printed a list."
for name in pimpasa pimpasa-office; do
    echo "  dist/$name: $(du -sm "dist/$name" | cut -f1) MB," \
        "$(($(tar -C dist -czf - "$name" | wc -c) >> 20)) MB compressed," \
        "starts in $(started "$name") ms"
done
