#!/usr/bin/env bash
# Watches a target: runs the scenarios, records what it saw under today's date, compares that with the last
# recording, and writes the history. Ends in 1 when something broke or drifted, in 3 when nobody answered.
#   scripts/nightly.sh TARGET [FOLDER]        TARGET is a name from targets.toml, FOLDER is recordings/TARGET
# Known differences are excused in FOLDER/accept.toml. What it found: FOLDER/drift.html, FOLDER/history.html.
set -euo pipefail
target=${1:?a name from the targets file}
folder=${2:-recordings/$target}
harness=${CONTRACT_TESTS:-cargo run --quiet --release -p contract-tests --}
mkdir -p "$folder"
last=$(find "$folder" -name '*.jsonl' | sort | tail -n 1)
new="$folder/$(date -u +%Y-%m-%dT%H%M%SZ).jsonl"
status=0
$harness run --target "$target" --record "$new" ${GITHUB_ACTIONS:+--github} || status=$?
if [ "$status" -gt 1 ]; then
  rm -f "$new" # It saw nothing; the next night is compared with the last one that did.
  exit "$status"
fi
if [ -n "$last" ]; then
  accept=()
  [ -f "$folder/accept.toml" ] && accept=(--accept "$folder/accept.toml")
  $harness compare "$last" "$new" ${accept[@]+"${accept[@]}"} --html "$folder/drift.html" ${GITHUB_ACTIONS:+--github} ||
    { drift=$?; [ "$status" -ne 0 ] || status=$drift; }
fi
$harness history "$folder" --html "$folder/history.html" --json "$folder/history.json" || true
exit "$status"
