# shellcheck shell=bash disable=SC2016,SC2034,SC2154,SC2164 # run.sh has the variables and `set -e`; expressions hold backticks
# localstripe: form-encoded bodies, a key as a user name, and an Idempotency-Key that it does not look at.

probe_localstripe() {
  python_server localstripe localstripe==1.15.10
  local port sandbox
  port=$(free_port)
  export LOCALSTRIPE_URL=http://127.0.0.1:$port
  # Its own command line listens on every interface.
  start "$LOCALSTRIPE_URL/v1/customers" "$sandboxes/localstripe/bin/python" -c '
import sys
from aiohttp import web
import localstripe.server
web.run_app(localstripe.server.app, host="127.0.0.1", port=int(sys.argv[1]), print=None)' "$port"
  repository localstripe
  probe customers customers --allow-writes
  gate 1 'localstripe: the run fails' ended 1
  gate 1 'localstripe: the replay check fails, and says why' says customers.json \
    '[(c["verdict"], c["message"]) for c in checks("create") if c["id"] == "idempotency-replay"] == [("fail", "the same key gives another `$.id`: the key is ignored")]'
  gate 1 'localstripe: another payload under the same key is taken, and told' says customers.json \
    '[c["verdict"] for c in checks("create") if c["id"] == "idempotency-mismatch"] == ["fail"]'
  gate 1 'localstripe: nothing else fails' says customers.json \
    '{c["id"] for c in checks() if c["verdict"] == "fail"} == {"idempotency-replay", "idempotency-mismatch"}'
  gate 4 'localstripe: all three customers are gone' clean --user "$STRIPE_KEY:" "$LOCALSTRIPE_URL/v1/customers?limit=100"

  # The example vendor honours the key.
  if [[ -z "${EXAMPLE:-}" ]]; then (cd "$root" && cargo build --quiet --locked --example sandbox); fi
  sandbox=${EXAMPLE:-$target/debug/examples/sandbox}
  port=$(free_port)
  export ACME_URL=http://127.0.0.1:$port
  start "$ACME_URL/v1/status" "$sandbox" --port "$port" --key "$ACME_KEY"
  rm -rf "$work/acme"
  cp -r "$root/fixtures/probe" "$work/acme"
  cd "$work/acme"
  probe payments payments --environment acme-sandbox --allow-writes
  gate 1 'a vendor that honours the key: the run passes' ended 0
  gate 1 'a vendor that honours the key: the replay check passes' says payments.json \
    '[c["verdict"] for c in checks("create") if c["id"] == "idempotency-replay"] == ["pass"]'
}
