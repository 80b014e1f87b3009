#!/usr/bin/env bash
# Has Schemathesis look for contradictions between the OpenAPI documents and a running mock; ends in 1 when it
# finds one. Needs Python, and PyPI the first time. The same seed each time, so that a change is what it judges;
# another one, and more examples, look further.
#   bash scripts/schemathesis.sh [OPTIONS OF ST]        such as --max-examples 200 --seed 7
set -euo pipefail
cd "$(dirname "$0")/.."
tool=target/schemathesis-4.32.5
[ -x $tool/bin/st ] || { python3 -m venv $tool && $tool/bin/pip install -q schemathesis==4.32.5; }
cargo build --quiet -p mock-server
export TOOL=$tool OPTIONS="--phases examples,coverage,fuzzing --continue-on-failure --generation-database none --seed 1 --max-examples 10 $*"
target/debug/mock-server exec --log off -- bash -c '
  status=0
  judge() { # DOCUMENT SPACE HEADER [OPTION]…
    root="${MOCK_CONTROL_URL%/_mock}/_spaces/$2/_mock"
    $TOOL/bin/st --config-file scripts/schemathesis.toml run "$root/openapi/$1.json" -H "$3" $OPTIONS "${@:4}" || status=1
  }
  # A stream of events has no end that one could wait for.
  judge control control "Accept: */*" --exclude-path /_mock/journal/stream
  judge ams ams "Authorization: Bearer ams-setup"
  # The header that puts a method in the place of another one makes any method one that is declared.
  judge amili amili "X-API-Key: amili-api-user" --exclude-checks unsupported_method
  judge amili partner "X-API-Key: amili-partner" --exclude-checks unsupported_method --include-path /accounts
  exit $status
'
