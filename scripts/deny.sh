#!/usr/bin/env bash
# Holds licences, sources, duplicates and known advisories of every crate against deny.toml. Installs cargo-deny
# below target/ where there is none. Where the database of advisories cannot be reached, it says so and goes on.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/target/tools/bin:$PATH"
command -v cargo-deny > /dev/null || cargo install --quiet --locked --debug --root target/tools cargo-deny
cargo deny check --hide-inclusion-graph licenses bans sources
if cargo deny fetch db; then
  cargo deny check --disable-fetch advisories
else
  echo "the database of advisories cannot be reached: they are not checked" >&2
fi
