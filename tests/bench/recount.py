#!/usr/bin/env python3
"""recount.py FOLDER: adds up what bench_generate wrote into FOLDER, slowly and from the files alone,
and compares that with its expected.json. Exit 1 when they differ."""

import json
import sys
from pathlib import Path

COUNTERS = ("requests", "input", "cache_read", "cache_write", "output", "reasoning", "total")


def add(models, model, **counts):
    sums = models.setdefault(model, dict.fromkeys(COUNTERS))
    for counter, count in {"requests": 1, **counts}.items():
        sums[counter] = (sums[counter] or 0) + count


def lines(folder):
    for path in sorted(folder.rglob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield path, json.loads(line)


def transcripts(folder):
    """Each answer once, by its id: the largest output that was written for it."""
    answers = {}
    for _, line in lines(folder):
        if line["type"] != "assistant":
            continue
        message = line["message"]
        known = answers.get(message["id"])
        if not known or known["usage"]["output_tokens"] <= message["usage"]["output_tokens"]:
            answers[message["id"]] = message
    models = {}
    for message in answers.values():
        usage = message["usage"]
        write = usage["cache_creation_input_tokens"]
        assert write == sum(usage["cache_creation"].values())
        prompt = usage["input_tokens"] + write + usage["cache_read_input_tokens"]
        output = usage["output_tokens"]
        add(models, message["model"], input=prompt, cache_read=usage["cache_read_input_tokens"],
            cache_write=write, output=output, total=prompt + output)
    return models


def codex(folder):
    """What each running total adds to the one before it."""
    models = {}
    before = {}
    current = {}
    for path, line in lines(folder):
        payload = line["payload"]
        if line["type"] == "turn_context":
            current[path] = payload["model"]
        if payload.get("type") != "token_count" or not payload["info"]:
            continue
        total = payload["info"]["total_token_usage"]
        used = {key: count - before.get(path, {}).get(key, 0) for key, count in total.items()}
        before[path] = total
        if not used["total_tokens"]:
            continue
        assert used == payload["info"]["last_token_usage"]
        add(models, current[path], input=used["input_tokens"],
            cache_read=used["cached_input_tokens"], output=used["output_tokens"],
            reasoning=used["reasoning_output_tokens"], total=used["total_tokens"])
    return models


def usage_log(folder):
    models = {}
    for _, line in lines(folder):
        usage = line["usage"]
        add(models, line["model"], input=usage["prompt_tokens"],
            cache_read=usage["prompt_tokens_details"]["cached_tokens"],
            output=usage["completion_tokens"],
            reasoning=usage["completion_tokens_details"]["reasoning_tokens"],
            total=usage["total_tokens"])
    return models


def sessions(folder):
    models = {}
    for _, line in lines(folder):
        usage = line["usage"]
        add(models, line["model"], input=usage["prompt_tokens"],
            output=usage["completion_tokens"], total=usage["total_tokens"])
    return models


def token_usage(folder):
    models = {}
    document = json.loads((folder / "token_usage.json").read_text(encoding="utf-8"))
    for model, block in document["after"].items():
        for number, detail in enumerate(block["per_request_details"], 1):
            assert detail["request_num"] == number
            add(models, model, input=detail["input_tokens"], output=detail["output_tokens"],
                reasoning=detail["reasoning_tokens"], total=detail["total_tokens"])
        sums = models[model]
        assert (block["input_tokens"], block["output_tokens"], block["reasoning_tokens"]) == (
            sums["input"], sums["output"], sums["reasoning"])
        assert block["requests"] == block["completions"] == sums["requests"]
    return models


def small_files(folder):
    models = {}
    for path in sorted(folder.rglob("*.json")):
        body = json.loads(path.read_text(encoding="utf-8"))
        if "usageMetadata" in body:
            usage = body["usageMetadata"]
            assert "responseId" in body
            thoughts = usage["thoughtsTokenCount"]
            add(models, body["modelVersion"], input=usage["promptTokenCount"],
                cache_read=usage["cachedContentTokenCount"],
                output=usage["candidatesTokenCount"] + thoughts, reasoning=thoughts,
                total=usage["totalTokenCount"])
            continue
        usage = body["usage"]
        put, got = {"response": ("input", "output"),
                    "chat.completion": ("prompt", "completion")}[body["object"]]
        add(models, body["model"], input=usage[f"{put}_tokens"],
            cache_read=usage[f"{put}_tokens_details"]["cached_tokens"],
            output=usage[f"{got}_tokens"],
            reasoning=usage[f"{got}_tokens_details"]["reasoning_tokens"],
            total=usage["total_tokens"])
    return models


def usage_map(folder):
    models = {}
    document = json.loads((folder / "usage_map.json").read_text(encoding="utf-8"))
    for usage in document.values():
        add(models, "", input=usage["prompt_tokens"], output=usage["completion_tokens"],
            total=usage["total_tokens"])
    return models


def one_id(folder):
    """Each call once, by its request id."""
    calls = {}
    for _, line in lines(folder):
        message = line["message"]
        assert calls.setdefault(line["requestId"], message) == message
    models = {}
    for message in calls.values():
        usage = message["usage"]
        write, read = (usage[f"cache_{what}_input_tokens"] for what in ("creation", "read"))
        prompt = usage["input_tokens"] + write + read
        add(models, message["model"], input=prompt, cache_read=read, cache_write=write,
            output=usage["output_tokens"], total=prompt + usage["output_tokens"])
    return models


def main():
    root = Path(sys.argv[1])
    readers = {"transcripts": transcripts, "transcripts_one_file": transcripts, "codex": codex,
               "usage_log": usage_log, "token_usage": token_usage, "sessions": sessions,
               "small_files": small_files, "usage_map": usage_map, "one_id": one_id}
    expected = json.loads((root / "expected.json").read_text(encoding="utf-8"))
    wrong = [name for name, truth in expected.items()
             if readers[name](root / name) != truth["models"]]
    for name in wrong:
        print(f"{name}: the files do not add up to expected.json", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
