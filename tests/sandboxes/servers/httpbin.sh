# shellcheck shell=bash disable=SC2016,SC2034,SC2154,SC2164 # run.sh has the variables and `set -e`; expressions hold backticks
# httpbin: what HTTP does below a contract.

probe_httpbin() {
  python_server httpbin httpbin==0.10.4 flasgger==0.9.7.1 gunicorn==23.0.0
  local port
  port=$(free_port)
  export HTTPBIN_URL=http://127.0.0.1:$port
  start "$HTTPBIN_URL/get" "$sandboxes/httpbin/bin/gunicorn" --threads 4 --bind "127.0.0.1:$port" httpbin:app
  repository httpbin
  curl --silent --fail "$HTTPBIN_URL/spec.json" >httpbin.json
  probe down down
  gate 7 'httpbin /status/503: the run ends with 3' ended 3
  gate 7 'httpbin /status/503: the breaker opens, and what is left is not asked' says down.json \
    'it["verdict"] == "inconclusive" and it["counts"]["requests"] == 3 and [s["answers"][-1].get("failure") for s in steps()][1:] == ["breaker-open"] * 2'
  probe slow slow
  gate httpbin 'httpbin /delay: an answer that is too late says nothing, and the run ends with 3' ended 3
  probe transport transport
  gate httpbin 'httpbin: compressed, chunked, dripping, empty, redirected, and cached answers are read' ended 0
  gate httpbin 'httpbin: nothing of it fails' says transport.json 'not [c for c in checks() if c["verdict"] in ("fail", "inconclusive")]'
  probe whole --environment httpbin --contract httpbin.json
  gate httpbin 'httpbin: what its contract declares is asked without a hang' says whole.json 'len(steps()) >= 25'
}
