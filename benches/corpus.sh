#!/usr/bin/env bash
# Runs `contract diff` over every pair of a folder (NAME/old.*, NAME/new.*) and prints CPU seconds, peak memory, and
# findings by verdict; where `oasdiff` is on PATH, the same for it and the ratios.
# Usage: benches/corpus.sh DIR [PAIR ...]      RUNS=3 benches/corpus.sh DIR      PEER_LIMIT=60 (seconds) benches/corpus.sh DIR
set -euo pipefail

dir=${1:?usage: benches/corpus.sh DIR [PAIR ...]}
shift
[ -d "$dir/pairs" ] && dir=$dir/pairs
runs=${RUNS:-3}
limit=${PEER_LIMIT:-60}
here=$(cd "$(dirname "$0")/.." && pwd)
contract=${CONTRACT:-$here/target/release/contract}
[ -x "$contract" ] || (cd "$here" && cargo build --release --locked)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The entry of one side: a file NAME/old.json or old.yaml, or the one OpenAPI document at the top of a folder NAME/old/.
entry() {
  local file
  for file in "$1".json "$1".yaml "$1".yml; do
    if [ -f "$file" ]; then printf '%s' "$file"; return; fi
  done
  for file in "$1"/*.yaml "$1"/*.yml "$1"/*.json; do
    if [ -f "$file" ] && grep -qE '^(openapi|swagger)|"(openapi|swagger)"' "$file"; then printf '%s' "$file"; return; fi
  done
}

# measure NAME COMMAND...: the run with the least CPU time of several; sets cpu (s), rss (MB), and code.
measure() {
  local best='' line
  for _ in $(seq "$runs"); do
    set +e
    python3 - "$work/out" "$limit" "$@" >"$work/figures" <<'PY'
import os, resource, signal, subprocess, sys, threading
out, limit, command = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
with open(out, "wb") as sink:
    child = subprocess.Popen(command, stdout=sink, stderr=subprocess.DEVNULL)
    timer = threading.Timer(limit, lambda: os.kill(child.pid, signal.SIGKILL))
    timer.start()
    _, status, usage = os.wait4(child.pid, 0)
    timer.cancel()
code = os.waitstatus_to_exitcode(status)
print(f"{usage.ru_utime + usage.ru_stime:.3f} {usage.ru_maxrss / 1024:.0f} {code}")
PY
    set -e
    line=$(cat "$work/figures")
    if [ -z "$best" ] || awk -v a="${line%% *}" -v b="${best%% *}" 'BEGIN { exit !(a < b) }'; then best=$line; fi
    # A run that had to be stopped is not repeated.
    case $line in *' -9') break ;; esac
  done
  read -r cpu rss code <<<"$best"
}

printf '%-20s %7s %6s %4s %9s %9s %6s %9s %8s' pair 'CPU s' MB exit breaking undecided risky additive neutral
peer=$(command -v oasdiff || true)
[ -n "$peer" ] && printf ' | %7s %7s %4s %8s %7s' 'peer s' 'peer MB' exit findings 'CPU x'
printf '\n'
for folder in "$dir"/*/; do
  name=$(basename "$folder")
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  old=$(entry "$folder"old)
  new=$(entry "$folder"new)
  measure "$contract" diff "$old" "$new" --format json
  counts=$(python3 -c '
import json, sys
try:
    s = json.load(open(sys.argv[1]))["summary"]
    print(*(s[k] for k in ("breaking", "undecided", "risky", "additive", "neutral")))
except Exception:
    print("- - - - -")' "$work/out")
  read -r breaking undecided risky additive neutral <<<"$counts"
  printf '%-20s %7s %6s %4s %9s %9s %6s %9s %8s' "$name" "$cpu" "$rss" "$code" "$breaking" "$undecided" "$risky" "$additive" "$neutral"
  if [ -n "$peer" ]; then
    ours=$cpu
    measure "$peer" changelog "$old" "$new" --format json
    found=$(python3 -c '
import json, sys
try:
    print(len(json.load(open(sys.argv[1]))))
except Exception:
    print("-")' "$work/out")
    ratio=$(awk -v a="$cpu" -v b="$ours" 'BEGIN { printf "%.0f", a / (b > 0 ? b : 0.001) }')
    printf ' | %7s %7s %4s %8s %7s' "$cpu" "$rss" "$code" "$found" "$ratio"
  fi
  printf '\n'
done
