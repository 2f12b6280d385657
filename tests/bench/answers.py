"""Looks at answers: each check reads an output and says what is wrong with it, or None."""

import csv
import hashlib
import io
import json


def differing(models, expected):
    """The first counter that is not what it should be; `models` may leave counters out."""
    if set(models) != set(expected["models"]):
        odd = sorted(map(str, set(models) ^ set(expected["models"])))
        return f"models that are only in one: {', '.join(odd)}"
    for model, counts in models.items():
        for counter, count in counts.items():
            right = expected["models"][model][counter]
            if count != right:
                return f"{model} {counter} {count} instead of {right}"
    return None


def counters(expected):
    return [counter for counter in expected["all"] if counter != "requests"]


def groups(expected):
    """A summary by model. What no model is named of has an empty name in `expected`, and records
    in place of requests."""
    def check(output):
        models = {}
        for group in json.loads(output)["groups"]:
            requests = group["requests"]
            models[group["by"]["model"] or ""] = {
                "requests": group["records"] if requests is None else requests,
                **{counter: group["tokens"][counter] for counter in counters(expected)}}
        return differing(models, expected)

    return check


def added_up(records, expected):
    """Records as pairs of a model and its counts."""
    models = {}
    for model, counts in records:
        sums = models.setdefault(model, dict.fromkeys(expected["all"]))
        for counter in sums:
            if counts[counter] not in (None, ""):
                sums[counter] = (sums[counter] or 0) + int(counts[counter])
    return differing(models, expected)


def record_lines(expected):
    def check(output):
        records = map(json.loads, io.BytesIO(output))
        return added_up(((record["model"], {"requests": record["requests"], **record["tokens"]})
                         for record in records if record["bucket"] == "counted"), expected)

    return check


def record_table(expected):
    def check(output):
        rows = csv.DictReader(io.TextIOWrapper(io.BytesIO(output), encoding="utf-8", newline=""))
        return added_up(((row["model"], row) for row in rows if row["bucket"] == "counted"),
                        expected)

    return check


def page(title, *parts):
    """A page with this title that says these things too."""
    def check(output):
        text = output.decode()
        for part in (f"<title>{title}</title>", *parts):
            if part not in text:
                return f"the page has no {part}"
        return None

    return check


def once(check):
    """For answers that take long to look at: the same bytes again are right again."""
    right = None

    def check_or_compare(output):
        nonlocal right
        digest = hashlib.sha256(output).digest()
        if digest == right:
            return None
        trouble = check(output)
        if not trouble:
            right = digest
        return trouble

    return check_or_compare
