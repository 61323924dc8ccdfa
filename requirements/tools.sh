#!/bin/sh
# The pinned policy tools, built from source by Go into the environment's folder.
# In CI (CI=true) their absence is an error; elsewhere the tests that need them are left out, loudly.
set -eu
dir=$1 opa=$2 regal=$3
mkdir -p "$dir"
if [ -x "$dir/opa" ] && [ -x "$dir/regal" ] && [ "$(cat "$dir/versions" 2>/dev/null)" = "$opa $regal" ]; then
  exit 0
fi
if ! command -v go >/dev/null 2>&1; then
  if [ "${CI:-}" = true ]; then
    echo "tools: Go is not installed, and CI needs opa $opa and regal $regal" >&2
    exit 1
  fi
  echo "tools: NO GO TOOLCHAIN: tests against real OPA, regal and Go's verifier will be SKIPPED" >&2
  exit 0
fi
echo "tools: building opa $opa and regal $regal with $(go version | cut -d' ' -f3) (minutes the first time)" >&2
GOBIN=$dir GOFLAGS=-buildvcs=false go install "github.com/open-policy-agent/opa@$opa"
GOBIN=$dir GOFLAGS=-buildvcs=false go install "github.com/open-policy-agent/regal@$regal"
echo "$opa $regal" > "$dir/versions"
