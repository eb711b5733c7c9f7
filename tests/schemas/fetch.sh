#!/usr/bin/env bash
# Fetches the published schemas that tests/published.rs and tests/formats.rs hold reports against; they are not ours to ship.
# fetch.sh FOLDER, and then CONTRACT_SCHEMAS=FOLDER cargo test
set -euo pipefail

folder="${1:?name the folder to put them in}"
mkdir -p "$folder"
fetch() {
    if [[ -s "$folder/$1" ]]; then return; fi
    curl --fail --silent --show-error --location --max-time 60 --output "$folder/$1.part" "$2"
    mv "$folder/$1.part" "$folder/$1"
}
fetch sarif-schema-2.1.0.json https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json
fetch junit-10.xsd https://raw.githubusercontent.com/jenkinsci/xunit-plugin/0c3752259ca17669b739481b2785a3e4cea1cc0f/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
fetch codeclimate.json https://raw.githubusercontent.com/gitlabhq/gitlabhq/33827e3a534757eead42e6c17460564c49ff1c3a/app/validators/json_schemas/codeclimate.json
