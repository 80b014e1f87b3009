#!/usr/bin/env bash
# Measures a release build beside two yardsticks of our own and beside what else people use for this, in one run
# of about five minutes, and writes BENCHMARKS.md.
#   scripts/bench.sh [OPTIONS OF load compare]        such as --rounds 30, or --without-rivals
# The others come from npm, PyPI and crates.io into target/bench the first time. What cannot be had is named in the report.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/target/bench
mkdir -p "$tools/npm"
absent=()
attempt() { # NAME COMMAND…: what fails is left out of the run, and named
  "${@:2}" > "$tools/$1.log" 2>&1 || absent+=(--absent "$1=$(grep . "$tools/$1.log" | tail -n 1 | tr -d '\n' || true)")
}
npm_server() { # COMMAND PACKAGE
  [ -x "$tools/npm/node_modules/.bin/$1" ] || npm install --prefix "$tools/npm" --no-audit --no-fund --silent "$2"
}
eve() {
  [ -x "$tools/python/bin/python" ] || python3 -m venv "$tools/python"
  "$tools/python/bin/python" -c 'import eve, mongomock, waitress' ||
    "$tools/python/bin/pip" install --quiet eve mongomock waitress
}
wiremock() {
  cargo build --release --quiet --manifest-path scripts/bench/wiremock/Cargo.toml --target-dir "$tools/wiremock"
}
if [[ " $* " != *" --without-rivals "* ]]; then
  attempt json-server npm_server json-server json-server
  attempt mockoon npm_server mockoon-cli @mockoon/cli
  attempt eve eve
  attempt wiremock wiremock
fi
load=$(cargo bench --profile release --locked -p mock-server --bench load --no-run --message-format json |
  sed -nE 's/.*"executable":"([^"]*\/load-[^"]*)".*/\1/p' | tail -n 1)
# Last, for the benches are built with other features of some crates than the command that people run.
cargo build --release --locked -p mock-server
"$load" compare --mock "$PWD/target/release/mock-server" --folder "$tools" --rivals "$PWD/scripts/bench/rival.sh" \
  --out "$PWD/BENCHMARKS.md" ${absent[@]+"${absent[@]}"} "$@"
