# shellcheck shell=bash disable=SC2016,SC2034,SC2154,SC2164 # run.sh has the variables and `set -e`; expressions hold backticks
# moto: AWS without an OpenAPI document, a signature in a header, JSON of its own media type, and ids of requests.

probe_moto() {
  python_server moto 'moto[server]==5.2.5'
  local port
  port=$(free_port)
  export MOTO_URL=http://127.0.0.1:$port
  start "$MOTO_URL/" "$sandboxes/moto/bin/moto_server" -H 127.0.0.1 -p "$port"
  repository moto
  probe queues queues --allow-writes
  gate moto 'moto: a queue is made, found, and removed' ended 0
  gate moto 'moto: the id of a request is there, in successes and errors' says queues.json \
    '[(c["id"], c["verdict"]) for c in checks() if c.get("where") == "header:x-amzn-requestid" and c["id"] != "header-schema"] == [("header-expected", "pass"), ("error-model", "pass")]'
  gate 4 'moto: nothing is left' clean --request POST "$MOTO_URL/" --header 'X-Amz-Target: AmazonSQS.ListQueues' \
    --header 'Content-Type: application/x-amz-json-1.0' --header "Authorization: $AWS_AUTHORIZATION" --data '{}'
}
