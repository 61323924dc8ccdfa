#!/bin/sh
# The policy tools, built from source by Go into the environment's folder. Their versions and the
# hashes of everything they are built from stand in tools/<name>/go.mod and go.sum.
# In CI (CI=true) their absence is an error, and a Redis server is installed by the system's own
# packages if there is none; elsewhere the tests that need them are left out, loudly.
set -eu
dir=$1
here=$(cd "$(dirname "$0")" && pwd)/tools
stamp=$(cat "$here"/*/go.sum | cksum)
mkdir -p "$dir"
if ! command -v redis-server >/dev/null 2>&1; then
  if [ "${CI:-}" = true ]; then
    echo "tools: installing Debian's redis-server for the tests of a shared vault" >&2
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends redis-server >/dev/null
  else
    echo "tools: NO REDIS: tests of a vault in Redis will be SKIPPED" >&2
  fi
fi
if [ -x "$dir/opa" ] && [ -x "$dir/regal" ] && [ "$(cat "$dir/stamp" 2>/dev/null)" = "$stamp" ]; then
  exit 0
fi
if ! command -v go >/dev/null 2>&1; then
  if [ "${CI:-}" = true ]; then
    echo "tools: Go is not installed, and CI needs opa and regal" >&2
    exit 1
  fi
  echo "tools: NO GO TOOLCHAIN: tests against real OPA, regal and Go's verifier will be SKIPPED" >&2
  exit 0
fi
for tool in opa regal; do
  echo "tools: building $tool with $(go version | cut -d' ' -f3); some minutes the first time" >&2
  (cd "$here/$tool" && GOBIN=$dir GOFLAGS=-buildvcs=false go install "github.com/open-policy-agent/$tool")
done
echo "$stamp" > "$dir/stamp"
