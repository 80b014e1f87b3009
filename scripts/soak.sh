#!/usr/bin/env bash
# Puts mixed load on a release build for a time; ends in 1 when memory or descriptors grow, or answers take longer.
#   scripts/soak.sh [MINUTES]        10 unless said; the outcome goes into BENCHMARKS.md
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p target/bench
load=$(cargo bench --profile release --locked -p mock-server --bench load --no-run --message-format json |
  sed -nE 's/.*"executable":"([^"]*\/load-[^"]*)".*/\1/p' | tail -n 1)
cargo build --release --locked -p mock-server
"$load" soak --mock "$PWD/target/release/mock-server" --folder "$PWD/target/bench" --out "$PWD/BENCHMARKS.md" "${1:-10}"
