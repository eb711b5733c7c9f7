"""What run.sh asks of reports: `says FILE EXPRESSION`, and `secrets FOLDER SECRET...`."""

import base64
import json
import pathlib
import re
import sys
import urllib.parse

# The hash of a password as Kinto echoes it, and whatever else looks like one.
HASH = re.compile(rb"\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}")
# Written by runs; the rest are servers' logs, contracts, and what we wrote.
ARTIFACTS = (".cassette", ".json", ".xml", ".txt", ".err", ".jsonl")


def steps(it):
    return [step for scenario in it["scenarios"] for step in scenario["steps"]]


def checks(it, step=None):
    return [check for one in steps(it) if step in (None, one["step"]) for check in one["checks"]]


def drifts(it):
    """Verdict, verdict and rule of the edit, member, and consumers of each drift that is told."""
    told = [drift for drift in it["drifts"] if drift["verdict"] != "pass"]
    return [
        (drift["verdict"], change["verdict"], change["rule"], change["element"].rsplit(" > ", 1)[-1], ", ".join(drift["affects"]))
        for drift in told
        for change in drift["changes"]
    ]


def says(file, expression):
    it = json.loads(pathlib.Path(file).read_text())
    names = {"it": it, "drifts": lambda: drifts(it), "steps": lambda: steps(it), "checks": lambda step=None: checks(it, step)}
    try:
        if eval(expression, names):  # the expressions are those of run.sh
            return True
    except (KeyError, IndexError) as error:
        print(f"{type(error).__name__}: {error}")
    print(f"{file} does not say: {expression}")
    print(pathlib.Path(file).with_suffix(".txt").read_text()[-2000:])
    return False


def forms(secret):
    raw = secret.encode()
    yield raw
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(raw)
        yield encode(raw).rstrip(b"=")
    yield urllib.parse.quote(secret, safe="").encode()
    yield urllib.parse.quote_plus(secret).encode()
    yield json.dumps(secret)[1:-1].encode()
    yield "".join(f"%{byte:02X}" for byte in raw).encode()


def secrets(folder, known):
    # What is left of a form of four bytes could stand anywhere.
    wanted = {form: secret for secret in known for form in forms(secret) if len(form) > 4}
    files = [file for file in pathlib.Path(folder).rglob("*") if file.is_file() and file.suffix in ARTIFACTS]
    files = [file for file in files if not file.name.endswith(".openapi.json") and file.name != "httpbin.json"]
    found = []
    hidden = 0
    for file in files:
        content = file.read_bytes()
        hidden += content.count("‹***›".encode())
        found += [f"{file}: a form of a secret" for form in wanted if form in content]
        found += [f"{file}: a hash" for _ in HASH.finditer(content)]
        for text in re.findall(rb"[A-Za-z0-9+/_-]{40,}={0,2}", content):
            try:
                decoded = base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_" if set(text) & set(b"-_") else None)
            except ValueError:
                continue
            found += [f"{file}: a hash in base64" for _ in HASH.finditer(decoded)]
    print("\n".join(found) or f"{len(files)} files, {hidden} places hidden")
    return bool(files) and not found


if __name__ == "__main__":
    command, first, *rest = sys.argv[1:]
    done = {"says": lambda: says(first, *rest), "secrets": lambda: secrets(first, rest)}[command]()
    sys.exit(0 if done else 1)
