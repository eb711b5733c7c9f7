# shellcheck shell=bash disable=SC2016,SC2034,SC2154,SC2164 # run.sh has the variables and `set -e`; expressions hold backticks
# Prism: answers made from the schemas of other people's contracts. Whatever fails here is a false alarm.

probe_prism() {
  if [[ -z "${CONTRACT_CORPUS:-}" ]]; then
    printf 'skip  (6) Prism: CONTRACT_CORPUS names no folder of contracts\n'
    return
  fi
  local prism=$sandboxes/prism version=5.14.2 name file port
  if [[ "$(cat "$prism/wanted" 2>/dev/null)" != "$version" ]]; then
    printf 'installing @stoplight/prism-cli %s\n' "$version"
    mkdir -p "$prism"
    (cd "$prism" && npm install --no-audit --no-fund --silent "@stoplight/prism-cli@$version")
    printf '%s' "$version" >"$prism/wanted"
  fi
  # Its examples are the contracts' own, and theirs are often wrong; what it generates follows the schemas.
  for name in asana-far okta-far omicron-far; do
    for file in "$CONTRACT_CORPUS/pairs/$name"/old.*; do break; done
    port=$(free_port)
    export PRISM_URL=http://127.0.0.1:$port
    repository prism "prism-$name"
    start "$PRISM_URL/" "$prism/node_modules/.bin/prism" mock --dynamic --json-schema-faker-fillProperties=false \
      --seed contract --host 127.0.0.1 --port "$port" "$file"
    cp "$file" "contract.${file##*.}"
    probe prism --environment prism --contract "contract.${file##*.}"
    stop "$started"
    gate 6 "Prism with $name: the run passes" ended 0
    gate 6 "Prism with $name: 0 violations in $(python3 -c 'import json; print(json.load(open("prism.json"))["counts"]["requests"])') requests" \
      says prism.json 'len(steps()) >= 20 and not [c for c in checks() if c["verdict"] in ("fail", "inconclusive")]'
  done
}
