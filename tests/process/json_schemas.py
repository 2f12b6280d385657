"""Holds the golden reports and the fixtures of files against the schemas as draft 2020-12 has them.

Usage: json_schemas.py USAGECTL TESTDATA
"""
import glob
import json
import os
import subprocess
import sys

from jsonschema import Draft202012Validator


def output(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


def documents_in(text):
    """The document that a text is, or one a line; none if it is not JSON."""
    if not text.startswith("{"):
        return []
    try:
        return [json.loads(text)]
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in text.splitlines()]
    except ValueError:
        return []


def main():
    usagectl, testdata = sys.argv[1:]
    listed = json.loads(output(usagectl, "schema", "--format", "json"))["schemas"]
    validators = {}
    for entry in listed:
        schema = json.loads(output(usagectl, "schema", entry["id"]))
        Draft202012Validator.check_schema(schema)
        validators[entry["id"]] = Draft202012Validator(schema)
    wrong = []
    reports = 0
    for path in sorted(glob.glob(os.path.join(testdata, "cases/*/*/stdout"))):
        with open(path, encoding="utf-8") as file:
            documents = documents_in(file.read())
        for document in documents:
            name = str(document.get("schema", "")).removeprefix("usagectl.").removesuffix("/1")
            if name not in validators:
                continue
            reports += 1
            wrong += [f"{path}: {error.message}" for error in validators[name].iter_errors(document)]
    files = sorted(glob.glob(os.path.join(testdata, "schema/*/*.json")))
    for path in files:
        name = os.path.basename(os.path.dirname(path))
        with open(path, encoding="utf-8") as file:
            is_kept = validators[name].is_valid(json.load(file))
        if is_kept != os.path.basename(path).startswith("sound"):
            wrong.append(f"{path}: {'is accepted' if is_kept else 'is refused'}")
    for line in wrong:
        print(line)
    print(f"{len(validators)} schemas, {reports} reports, {len(files)} files, {len(wrong)} wrong")
    sys.exit(1 if wrong or not reports or not files else 0)


main()
