#!/usr/bin/env bash
# Runs the examples for Python and Node against the mock of this checkout, and the code that Amili's guides print.
# Needs pytest and requests, Node 18 or newer, and axios where NODE_PATH finds it.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --locked --quiet -p mock-server
MOCK_SERVER="$PWD/target/debug/mock-server"
export MOCK_SERVER PYTHONDONTWRITEBYTECODE=1
"${PYTHON:-python3}" -m pytest -q -p no:cacheprovider scripts/examples/python scripts/examples/documents
node --test scripts/examples/node/integration.test.mjs
