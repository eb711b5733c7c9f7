# shellcheck shell=bash disable=SC2016,SC2034,SC2154,SC2164 # run.sh has the variables and `set -e`; expressions hold backticks
# Kinto: two versions that publish the same contract and answer differently; a password's hash in an answer; pages by a header.

kinto() { # VERSION: starts it; its URL is in KINTO_URL.
  local ini=$work/kinto-$1.ini port bin
  port=$(free_port)
  bin=$sandboxes/kinto-$1/bin
  rm -f "$ini"
  "$bin/kinto" init --ini "$ini" --host 127.0.0.1 --backend memory --cache-backend memory >/dev/null 2>&1
  python3 - "$ini" <<'PY'
import pathlib, re, sys
ini = pathlib.Path(sys.argv[1])
line = "kinto.bucket_create_principals = system.Authenticated"
ini.write_text(re.sub(r"^kinto\.bucket_create_principals = .*$", line, ini.read_text(), flags=re.M))
PY
  export KINTO_URL=http://127.0.0.1:$port
  start "$KINTO_URL/v1/" "$bin/kinto" start --ini "$ini" --port "$port"
  account=$(curl --silent --fail --request PUT "$KINTO_URL/v1/accounts/$KINTO_USER" --header 'content-type: application/json' \
    --data "{\"data\": {\"password\": \"$KINTO_PASSWORD\"}}")
  secrets+=("$(python3 -c 'import json, sys; print(json.loads(sys.argv[1])["data"]["password"])' "$account")")
}

probe_kinto() {
  # 17 does not know who asks with a later pyramid_multiauth.
  python_server kinto-17.0.0 kinto==17.0.0 pyramid_multiauth==1.0.2 bcrypt==5.0.0
  python_server kinto-26.5.0 kinto==26.5.0 bcrypt==5.0.0
  local old new before
  kinto 17.0.0
  old=$KINTO_URL
  kinto 26.5.0
  new=$KINTO_URL

  # Two repositories: one sees the update, and one sees it taken back.
  local ask=(--environment kinto --contract kinto.openapi.json --include server_info --samples 20)
  repository kinto updated
  curl --silent --fail "$old/v1/__api__" >kinto.openapi.json
  KINTO_URL=$old probe before "${ask[@]}"
  gate 2 'Kinto 17: the first run is the baseline' ended 0
  before=$PWD/kinto.openapi.json
  curl --silent --fail "$new/v1/__api__" >"$work/new.openapi.json"
  gate 2 'the contracts of 17 and 26 do not differ in what anybody calls' \
    "$contract" diff "$before" "$work/new.openapi.json"
  KINTO_URL=$new probe after "${ask[@]}"
  gate 2 'Kinto 17 to 26: the run succeeds' ended 0
  gate 2 'Kinto 17 to 26: `config` is added, and consumers are named' says after.json \
    'drifts() == [("drift", "additive", "property-added", ".config", "settings-page, sync-worker")]'
  repository kinto withdrawn
  cp "$before" kinto.openapi.json
  KINTO_URL=$new probe before "${ask[@]}"
  gate 2 'Kinto 26: the first run is the baseline' ended 0
  KINTO_URL=$old probe after "${ask[@]}"
  gate 2 'Kinto 26 to 17: the run fails' ended 1
  gate 2 'Kinto 26 to 17: `config` is removed, and consumers are named' says after.json \
    'drifts() == [("fail", "breaking", "property-removed", ".config", "settings-page, sync-worker")]'
  gate 2 'the drift has the fingerprint of the same edit of the contract' edited

  repository kinto
  cp "$before" kinto.openapi.json
  export KINTO_URL=$new
  probe records records --allow-writes
  gate 4 'Kinto: a bucket, a collection, and records are made, read page by page, and removed' ended 0
  gate 4 'Kinto: every record that was made is on one of the pages' says records.json \
    '{(c["id"], c["verdict"]) for c in checks("pages") if c["id"].startswith("pagination")} >= {("pagination-loss", "pass"), ("pagination-duplicates", "pass")}'
  gate 3 'Kinto: the hash of a password was in an answer, and is hidden' grep --quiet --fixed-strings '"password":"‹***›"' <(tr -d '\\ ' <records.cassette)
  gate 4 'Kinto: nothing is left' nothing_left
  interrupted
  gate 4 'Kinto: SIGINT in the middle: the run ends with 3' ended 3
  gate 4 'Kinto: SIGINT in the middle: it was in the middle' says interrupted.json \
    'it["reason"] == "the run was interrupted" and any(s["step"] == "bucket" for s in steps()) and not any(s["step"] == "missing" for s in steps())'
  gate 4 'Kinto: SIGINT in the middle: nothing is left' nothing_left

  NO_COLOR=1 "$contract" probe run records --replay records.cassette --format json >replayed.json || true
  gate 3 'Kinto: the cassette is played again without the server' replayed_alike
  probe anonymous --environment kinto-anonymous --contract kinto.openapi.json --include get_buckets --include get_accounts
  gate 5 'Kinto: a run without credentials ends with 3' ended 3
  gate 5 'Kinto: a run without credentials is inconclusive: missing auth' says anonymous.json \
    'it["verdict"] == "inconclusive" and it["reason"].startswith("missing auth")'
  gate 5 'Kinto: without the variable nothing is sent, and it is named' nameless
}

# The rule and the fingerprint that `contract check` gives to a contract which loses the member.
edited() {
  mkdir -p edit/base edit/head
  cp -r .contract edit/base/
  cp -r .contract edit/head/
  python3 - kinto.openapi.json edit/base/kinto.openapi.json edit/head/kinto.openapi.json <<'PY'
import json, sys
contract = json.load(open(sys.argv[1]))
schema = contract["paths"]["/"]["get"]["responses"]["200"]["schema"]
for file, members in ((sys.argv[2], {"config": {}}), (sys.argv[3], {})):
    schema["properties"] = members
    json.dump(contract, open(file, "w"))
PY
  "$contract" check edit/head --base edit/base --format json >edit.json || true
  python3 - edit.json after.json <<'PY'
import json, sys
edit, run = (json.load(open(file)) for file in sys.argv[1:])
made = {(c["rule"], c["fingerprint"]) for c in edit["changes"]}
seen = {(c["rule"], c["fingerprint"]) for d in run["drifts"] for c in d["changes"]}
print(made, seen)
sys.exit(not (seen and seen <= made))
PY
}

nameless() {
  (
    unset KINTO_PASSWORD
    probe nameless records --allow-writes
    ended 2 && grep --quiet 'KINTO_PASSWORD' nameless.err
  )
}

nothing_left() {
  clean --user "$KINTO_USER:$KINTO_PASSWORD" "$KINTO_URL/v1/buckets"
}

# A run that asks slowly, and is interrupted once it has made two records.
interrupted() {
  NO_COLOR=1 COLUMNS=80 "$contract" probe run records --environment kinto-slowly --allow-writes --record interrupted.cassette \
    --output json:interrupted.json >interrupted.txt 2>interrupted.err &
  local run=$!
  last=interrupted
  pids+=("$run")
  for _ in $(seq 200); do
    if curl --silent --user "$KINTO_USER:$KINTO_PASSWORD" "$KINTO_URL/v1/permissions" | grep --quiet '"record_id"'; then break; fi
    sleep 0.1
  done
  kill -INT "$run"
  code=0
  wait "$run" || code=$?
}

# The same verdicts, step by step.
replayed_alike() {
  python3 - records.json replayed.json <<'PY'
import json, sys
told = [[(s["step"], s["verdict"]) for o in json.load(open(file))["scenarios"] for s in o["steps"]] for file in sys.argv[1:]]
print(*told, sep="\n")
sys.exit(told[0] != told[1])
PY
}
