#!/usr/bin/env bash
# Probes real servers: installs each into a folder of the build, starts it on 127.0.0.1, asks it, and stops it by its process id.
# Usage: tests/sandboxes/run.sh [kinto|localstripe|moto|httpbin|prism ...]      all of them where none is named
#   CONTRACT         the program                    [default: target/debug/contract, which is built first]
#   SANDBOXES        where servers are installed    [default: target/sandboxes]
#   CONTRACT_CORPUS  a folder with pairs/NAME/old.* of other people's contracts, which Prism plays; without it Prism is left out
#   KEEP             a folder for what the runs wrote, such as reports and cassettes
#   EXAMPLE          the example vendor             [default: target/debug/examples/sandbox, which is built first]
# shellcheck disable=SC2329 # what servers/*.sh and the traps call
set -euo pipefail
for name in CONTRACT SANDBOXES CONTRACT_CORPUS KEEP EXAMPLE CARGO_TARGET_DIR; do
  if [[ -n "${!name:-}" ]]; then export "$name=$(python3 -c 'import os, sys; print(os.path.abspath(sys.argv[1]))' "${!name}")"; fi
done
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
target=${CARGO_TARGET_DIR:-$root/target}
sandboxes=${SANDBOXES:-$target/sandboxes}
here=$root/tests/sandboxes
work=$(mktemp -d)
pids=()
failed=0

stop() { # PID
  kill "$1" 2>/dev/null || return 0
  for _ in $(seq 50); do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
finish() {
  local pid
  for pid in "${pids[@]}"; do stop "$pid"; done
  if [[ -n "${KEEP:-}" ]]; then mkdir -p "$KEEP" && cp -r "$work/." "$KEEP/"; fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# gate NUMBER WHAT COMMAND...: one line; what the command says is shown when it fails.
gate() {
  local number=$1 what=$2 told
  shift 2
  if told=$("$@" 2>&1); then
    printf 'ok    (%s) %s\n' "$number" "$what"
  else
    printf 'FAIL  (%s) %s\n' "$number" "$what"
    printf '%s\n' "$told" | sed 's/^/          /'
    failed=1
  fi
}

# says FILE TEST: whether a Python expression holds of `it`, a report.
says() { python3 "$here/report.py" says "$@"; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# python_server NAME PACKAGE...: a virtual environment with these packages.
python_server() {
  local name=$1 folder=$sandboxes/$1
  shift
  if [[ "$(cat "$folder/wanted" 2>/dev/null)" != "$*" ]]; then
    printf 'installing %s\n' "$*"
    python3 -m venv --clear "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check "$@"
    printf '%s' "$*" >"$folder/wanted"
  fi
}

# start URL COMMAND...: waits until the URL answers; its process id is in `started`.
start() {
  local url=$1 log
  shift
  log=$(mktemp "$work/server.XXXXXX.log")
  "$@" >"$log" 2>&1 &
  started=$!
  pids+=("$started")
  for _ in $(seq 600); do
    if curl --silent --output /dev/null --max-time 5 "$url"; then return; fi
    if ! kill -0 "$started" 2>/dev/null; then break; fi
    sleep 0.2
  done
  printf '%s does not answer:\n' "$1" >&2
  tail -n 20 "$log" >&2
  exit 1
}

# repository NAME [AS]: a copy of a folder here, which runs may write into; it is the current folder from then on.
repository() {
  rm -rf "$work/${2:-$1}"
  cp -r "$here/$1" "$work/${2:-$1}"
  cd "$work/${2:-$1}"
}

# probe NAME ARGUMENTS...: a run, its reports and cassette beside it; its exit code is in `code`, and its name in `last`.
probe() {
  last=$1
  shift
  code=0
  NO_COLOR=1 COLUMNS=80 "$contract" probe run "$@" --record "$last.cassette" --output "json:$last.json" \
    --output "junit:$last.xml" >"$last.txt" 2>"$last.err" || code=$?
}

ended() { # CODE: whether the last run did so
  [[ $code -eq $1 ]] || { printf 'exit code %d, expected %d\n' "$code" "$1"; tail -n 12 "$last.txt" "$last.err"; return 1; }
}

# clean WHAT URL [CURL ARGUMENTS]: nothing at the URL carries the id of a run.
clean() {
  local text
  text=$(curl --silent --show-error --fail "$@") || return
  if grep -o 'cp-[0-9]\{8\}-[0-9a-f]*' <<<"$text"; then return 1; fi
}

for one in "$here"/servers/*.sh; do
  # shellcheck source=/dev/null
  source "$one"
done

wanted=("$@")
if [[ ${#wanted[@]} -eq 0 ]]; then wanted=(kinto localstripe moto httpbin prism); fi
for name in "${wanted[@]}"; do
  if ! declare -F "probe_$name" >/dev/null; then
    printf 'there is no sandbox %s; there are kinto, localstripe, moto, httpbin, and prism\n' "$name" >&2
    exit 2
  fi
done

contract=${CONTRACT:-$target/debug/contract}
if [[ -z "${CONTRACT:-}" ]]; then cargo build --quiet --locked --bin contract; fi

# Credentials that could stand nowhere by chance.
export KINTO_USER=probe KINTO_PASSWORD='pw+Kinto/9f2C~61' STRIPE_KEY='sk_test_Zr81/mQk2+x' HTTPBIN_TOKEN='tok+93jd/Kq20=='
export AWS_AUTHORIZATION='AWS4-HMAC-SHA256 Credential=mock/20261121/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=6fe1c0a9'
export PRISM_TOKEN='tok+prism/51Wz==' ACME_KEY='sk_acme/8Yq+Rz0v=='
secrets=("$KINTO_PASSWORD" "$KINTO_USER:$KINTO_PASSWORD" "$STRIPE_KEY" "$STRIPE_KEY:" "$HTTPBIN_TOKEN" "$AWS_AUTHORIZATION" "$PRISM_TOKEN" "$ACME_KEY")

for name in "${wanted[@]}"; do
  printf '%s\n' "$name"
  "probe_$name"
  cd "$root"
done
gate 3 'no secret, token, or hash in any artifact, raw, base64, or URL-encoded' \
  python3 "$here/report.py" secrets "$work" "${secrets[@]}"
exit "$failed"
