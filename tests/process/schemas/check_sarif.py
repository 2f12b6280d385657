"""Checks a SARIF log against what GitHub code scanning asks for and what the validator of the SARIF
SDK warns of (docs.github.com, "SARIF support for code scanning", seen 2026-11-26; rules SARIF1001 to
SARIF2012 and GH1001 to GH1005 of https://github.com/microsoft/sarif-sdk)."""

import json
import sys

failures = []


def check(holds, what):
    if not holds:
        failures.append(what)


def check_location(location, where):
    physical = location.get("physicalLocation", {})
    uri = physical.get("artifactLocation", {}).get("uri", "")
    check(uri and not uri.startswith("/") and "\\" not in uri, f"{where}: URI {uri!r}")
    region = physical.get("region", {})
    check(region.get("startLine", 0) >= 1, f"{where}: a region begins with a line")
    check(region.get("startColumn", 1) >= 1, f"{where}: columns count from 1")


def check_run(run):
    driver = run["tool"]["driver"]
    check(driver.get("version"), "the tool has a version")
    check(driver.get("semanticVersion"), "the tool has a semantic version")
    rules = driver["rules"]
    for rule in rules + driver["notifications"]:
        name = rule["id"]
        check(rule.get("name") and rule["name"] != name, f"{name}: a name beside its id")
        check(rule["name"][0].isupper() and rule["name"].isalnum(), f"{name}: a name in Pascal case")
        for text in ("shortDescription", "fullDescription", "help"):
            check(rule.get(text, {}).get("text"), f"{name}: a text as {text}")
        check(len(rule["shortDescription"]["text"]) <= 1024, f"{name}: a short description")
    check(len(run["results"]) <= 5000, "at most 5,000 results")
    for result in run["results"]:
        where = result["message"]["text"][:60]
        check(result["message"]["text"].endswith((".", "?")), f"{where}: a message is a sentence")
        check(rules[result["ruleIndex"]]["id"] == result["ruleId"], f"{where}: index of its rule")
        check(result["level"] in ("none", "note", "warning", "error"), f"{where}: level")
        check(len(result["locations"]) == 1, f"{where}: one location")
        check(result["partialFingerprints"], f"{where}: a fingerprint")
        for location in result["locations"] + result.get("relatedLocations", []):
            check_location(location, where)


with open(sys.argv[1], encoding="utf-8") as file:
    log = json.load(file)
check(log["version"] == "2.1.0", "version 2.1.0")
check(log["$schema"].startswith("https://"), "names its schema")
check(len(json.dumps(log)) < 10_000_000, "at most 10 MB")
for run in log["runs"]:
    check_run(run)
print("\n".join(failures))
sys.exit(1 if failures else 0)
