#!/usr/bin/env bash
# Becomes one of the servers that the mock is compared with.        rival.sh NAME PORT DATA CONSTANTS
# DATA holds collections of records, CONSTANTS the mock's own answers. `rival.sh versions` tells what is installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=$here/../../target/bench
case $1 in
  versions)
    [ -x "$tools/npm/node_modules/.bin/json-server" ] && echo "json-server $("$tools/npm/node_modules/.bin/json-server" --version)"
    [ -x "$tools/npm/node_modules/.bin/mockoon-cli" ] && "$tools/npm/node_modules/.bin/mockoon-cli" --version
    [ -x "$tools/python/bin/python" ] && "$tools/python/bin/pip" list 2> /dev/null | grep -iE '^(eve|mongomock|waitress) ' | tr -s ' '
    [ -f "$here/wiremock/Cargo.lock" ] && grep -A1 'name = "wiremock"' "$here/wiremock/Cargo.lock" | paste -sd ' ' | sed -E 's/.*"wiremock".*"(.*)"/wiremock \1/'
    ;;
  json-server) # It writes what it is sent into its file.
    cp "$3" "$3.json-server.json"
    exec "$tools/npm/node_modules/.bin/json-server" --quiet --host 127.0.0.1 --port "$2" "$3.json-server.json"
    ;;
  mockoon)
    node "$here/mockoon.mjs" "$3" > "$3.mockoon.json"
    exec "$tools/npm/node_modules/.bin/mockoon-cli" start --data "$3.mockoon.json" --hostname 127.0.0.1 --port "$2" --disable-log-to-file
    ;;
  eve) exec "$tools/python/bin/python" "$here/eve.py" "$2" "$3" ;;
  wiremock) exec "$tools/wiremock/release/bench-wiremock" "$2" "$4" ;;
  *) echo "no rival is called $1" >&2 && exit 2 ;;
esac
