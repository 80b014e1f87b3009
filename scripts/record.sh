#!/usr/bin/env bash
# Renews the mock's own recordings, which the tests hold it to. Look at the difference before it is committed.
set -euo pipefail
cd "$(dirname "$0")/.."
for api in amili ams; do
  mkdir -p "fixtures/recordings/$api"
  cargo run --quiet -p contract-tests -- run --target mock --scenario "$api/*" --record "fixtures/recordings/$api/mock.jsonl" 2>/dev/null
done
