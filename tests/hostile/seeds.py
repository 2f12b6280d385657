"""Sound files of many kinds, which the classes damage. All of them are made here or are fixtures of
the tests; what stands for prompts and answers is the canary."""
import bz2
import gzip
import io
import json
import lzma
import os
import sqlite3
import subprocess
import tarfile
import zipfile

from process import CANARY

MODELS = ("a-model", "b-model-2026-01-01", "provider/c-model")


def dump(value):
    return json.dumps(value, separators=(",", ":"))


def usage(random):
    prompt, answer = random.randint(0, 9999), random.randint(0, 999)
    return {"prompt_tokens": prompt, "completion_tokens": answer, "total_tokens": prompt + answer}


def usage_log(random, lines=6):
    return "".join(dump({"id": f"call-{random.randint(1, 10**9)}", "model": random.choice(MODELS),
                         "created": 1767225600 + i,
                         "messages": [{"role": "user", "content": CANARY}],
                         "usage": usage(random)}) + "\n" for i in range(lines)).encode()


def transcript(random, lines=6):
    text = ""
    for i in range(lines):
        text += dump({"type": "user", "sessionId": "s-1", "uuid": f"u{i}", "cwd": "/somewhere",
                      "timestamp": f"2026-01-01T00:00:{i:02d}.000Z",
                      "message": {"role": "user", "content": CANARY}}) + "\n"
        text += dump({"type": "assistant", "sessionId": "s-1", "uuid": f"a{i}",
                      "requestId": f"req_{i}", "timestamp": f"2026-01-01T00:00:{i:02d}.500Z",
                      "message": {"id": f"msg_{i}", "type": "message", "role": "assistant",
                                  "model": "claude-made-up",
                                  "content": [{"type": "text", "text": CANARY}],
                                  "usage": {"input_tokens": random.randint(1, 999),
                                            "cache_creation_input_tokens": 0,
                                            "cache_read_input_tokens": random.randint(0, 999),
                                            "output_tokens": random.randint(1, 99)}}}) + "\n"
    return text.encode()


def rollout(random, lines=5):
    total = {"input_tokens": 0, "cached_input_tokens": 0, "output_tokens": 0,
             "reasoning_output_tokens": 0, "total_tokens": 0}
    text = dump({"timestamp": "2026-01-01T00:00:00.000Z", "type": "session_meta",
                 "payload": {"id": "r-1", "cwd": "/somewhere", "originator": "codex_cli"}}) + "\n"
    for i in range(lines):
        last = {"input_tokens": random.randint(10, 99), "cached_input_tokens": random.randint(0, 9),
                "output_tokens": random.randint(5, 50), "reasoning_output_tokens": 3}
        last["total_tokens"] = last["input_tokens"] + last["output_tokens"]
        total = {key: total[key] + last[key] for key in total}
        text += dump({"timestamp": f"2026-01-01T00:00:{i + 1:02d}.000Z", "type": "event_msg",
                      "payload": {"type": "token_count",
                                  "info": {"total_token_usage": total, "last_token_usage": last,
                                           "model_context_window": 1000}}}) + "\n"
    return text.encode()


def stream(random):
    chunks = [{"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1767225600,
               "model": "a-model", "choices": [{"index": 0, "delta": {"content": CANARY}}]}
              for _ in range(3)]
    chunks.append({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1767225600,
                   "model": "a-model", "choices": [], "usage": usage(random)})
    return ("".join(f"data: {dump(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n").encode()


def message_stream(random):
    events = [("message_start", {"type": "message_start", "message": {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-made-up",
        "content": [], "usage": {"input_tokens": random.randint(1, 99), "output_tokens": 1}}}),
              ("content_block_delta", {"type": "content_block_delta", "index": 0,
                                       "delta": {"type": "text_delta", "text": CANARY}}),
              ("message_delta", {"type": "message_delta", "delta": {"stop_reason": "end_turn"},
                                 "usage": {"output_tokens": random.randint(2, 99)}}),
              ("message_stop", {"type": "message_stop"})]
    return "".join(f"event: {name}\ndata: {dump(data)}\n\n" for name, data in events).encode()


def response(random):
    return json.dumps({"id": "chatcmpl-2", "object": "chat.completion", "model": "a-model",
                       "created": 1767225600,
                       "choices": [{"index": 0, "message": {"role": "assistant",
                                                            "content": CANARY}}],
                       "usage": usage(random)}, indent=1).encode()


def token_usage(random):
    details = []
    for i in range(4):
        count = {"request_num": i + 1, "input_tokens": random.randint(1, 99),
                 "output_tokens": random.randint(1, 99), "reasoning_tokens": 0,
                 "num_completions": 1}
        count["total_tokens"] = count["input_tokens"] + count["output_tokens"]
        details.append(count)
    total = {key: sum(one[key] for one in details)
             for key in ("input_tokens", "output_tokens", "reasoning_tokens")}
    total |= {"requests": 4, "completions": 4, "per_request_details": details}
    return json.dumps({"before": {}, "after": {"a-model": total}}).encode()


def table(random, separator=","):
    rows = ["time model prompt_tokens completion_tokens total_tokens note".split()]
    for i in range(6):
        one = usage(random)
        rows.append([f"2026-01-01T00:00:{i:02d}Z", random.choice(MODELS), str(one["prompt_tokens"]),
                     str(one["completion_tokens"]), str(one["total_tokens"]), CANARY])
    return "".join(separator.join(row) + "\n" for row in rows).encode()


def yaml(random):
    text = ""
    for i in range(3):
        one = usage(random)
        text += (f"---\nid: call-{i}\nmodel: a-model\nprompt: {CANARY}\nusage: &u{i}\n" +
                 "".join(f"  {key}: {value}\n" for key, value in one.items()))
    return text.encode()


def markdown(random):
    return (f"# Calls\n\n{CANARY}\n\n```json\n{dump({'id': 'm1', 'model': 'a-model', 'usage': usage(random)})}"
            "\n```\n\n| model | prompt_tokens | completion_tokens |\n| --- | ---: | ---: |\n"
            f"| a-model | {random.randint(1, 99)} | {random.randint(1, 99)} |\n").encode()


def text_log(random):
    return "".join(f"2026-01-01 00:00:{i:02d} INFO {CANARY} Prompt tokens: {random.randint(1, 99)}, "
                   f"Completion tokens: {random.randint(1, 99)}\n" for i in range(5)).encode()


def prefixed_log(random):
    return "".join(f"2026-01-01 00:00:{i:02d} [INFO] response "
                   f"{dump({'id': f'p{i}', 'model': 'a-model', 'usage': usage(random)})}\n"
                   for i in range(5)).encode()


def har(random):
    return dump({"log": {"version": "1.2", "entries": [
        {"startedDateTime": "2026-01-01T00:00:00.000Z",
         "request": {"method": "POST", "url": "https://api.example.com/v1/chat/completions",
                     "postData": {"text": CANARY}},
         "response": {"status": 200, "content": {"mimeType": "application/json",
                                                 "text": response(random).decode()}}}]}}).encode()


def database(random):
    connection = sqlite3.connect(":memory:")
    connection.execute("create table calls(id text, model text, prompt_tokens int,"
                       " completion_tokens int, total_tokens int, note text)")
    for i in range(5):
        one = usage(random)
        connection.execute("insert into calls values(?,?,?,?,?,?)",
                           (f"d{i}", "a-model", *one.values(), CANARY))
    connection.commit()
    return connection.serialize() if hasattr(connection, "serialize") else usage_log(random)


def zipped(random):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("one.jsonl"), usage_log(random))
        archive.writestr(zipfile.ZipInfo("two/token_usage.json"), token_usage(random))
    return content.getvalue()


def tarred(random, mode="w:gz"):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode) as archive:
        for name, data in (("log.jsonl", usage_log(random)), ("s/stream.txt", stream(random))):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return content.getvalue()


def zstandard(data):
    """By the tool, which is not there everywhere."""
    try:
        return subprocess.run(["zstd", "-q", "-c"], input=data, capture_output=True,
                              check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return gzip.compress(data, mtime=0)


MADE = {
    "log.jsonl": usage_log, "transcript.jsonl": transcript, "rollout.jsonl": rollout,
    "stream.txt": stream, "messages.sse": message_stream, "response.json": response,
    "token_usage.json": token_usage, "table.csv": table,
    "table.tsv": lambda random: table(random, "\t"), "calls.yaml": yaml, "calls.md": markdown,
    "words.log": text_log, "prefixed.log": prefixed_log, "session.har": har, "calls.db": database,
    "logs.zip": zipped, "logs.tar.gz": tarred,
    "logs.tar": lambda random: tarred(random, "w"),
    "log.jsonl.gz": lambda random: gzip.compress(usage_log(random), mtime=0),
    "log.jsonl.zst": lambda random: zstandard(usage_log(random)),
    "log.jsonl.xz": lambda random: lzma.compress(usage_log(random)),
    "log.jsonl.bz2": lambda random: bz2.compress(usage_log(random)),
}
COMPRESSED = ("calls.db", "logs.zip", "logs.tar.gz", "log.jsonl.gz", "log.jsonl.zst",
              "log.jsonl.xz", "log.jsonl.bz2")


def fixtures(testdata):
    """Small fixtures of every format."""
    found = []
    for part in ("formats", "agents", "recorded", "clients", "dialects"):
        for folder, folders, names in os.walk(os.path.join(testdata, part)):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)
                if not os.path.islink(path) and 0 < os.path.getsize(path) < 20_000:
                    found.append(path)
    return found


def seed(random, paths):
    """A name and sound bytes: made, or a fixture."""
    if paths and random.random() < 0.5:
        path = random.choice(paths)
        with open(path, "rb") as file:
            return os.path.basename(path), file.read()
    name = random.choice(sorted(MADE))
    return name, MADE[name](random)
