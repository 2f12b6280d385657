#!/usr/bin/env python3
"""Twice the input takes twice the time: measures that on shapes of many kinds, and on every fixture
made longer. By command only, as times on a busy machine are no test.

    tests/hostile/linear.py PROGRAM                       every shape and command
    tests/hostile/linear.py PROGRAM --shape one-id        one shape
    tests/hostile/linear.py PROGRAM --fixtures            the fixtures of testdata/formats, longer
"""
import argparse
import io
import json
import os
import re
import shutil
import sqlite3
import sys
import tarfile
import tempfile
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import process  # noqa: E402
from seeds import dump  # noqa: E402

TESTDATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "testdata")
MOST_RATIO = 2.3
SECONDS = 0.12  # a run that takes less says nothing
COMMANDS = {"summarize": ["summarize"], "reconcile": ["reconcile"], "inspect": ["inspect"],
            "records": ["records", "-o", "/dev/null"], "diff": ["diff"]}


def usage(i, **more):
    return {"prompt_tokens": i % 997 + 1, "completion_tokens": i % 89 + 1,
            "total_tokens": i % 997 + i % 89 + 2, **more}


def call(i, **more):
    return {"id": f"call-{i}", "model": "m", "usage": usage(i), **more}


def lines(make):
    return lambda n: {"log.jsonl": "".join(dump(make(i)) + "\n" for i in range(n))}


def document(make):
    return lambda n: {"a.json": dump(make(n))}


def message(i, **more):
    said = {"id": f"msg_{i}", "type": "message", "role": "assistant", "model": "claude-made-up",
            "content": [], "usage": {"input_tokens": i % 997 + 1, "cache_creation_input_tokens": 0,
                                     "cache_read_input_tokens": 0, "output_tokens": i % 89 + 1}}
    said |= more.pop("message", {})
    return {"type": "assistant", "sessionId": "s-1", "uuid": f"a{i}", "requestId": f"req_{i}",
            "parentUuid": f"a{i - 1}" if i else None, "timestamp": "2026-01-01T00:00:00.000Z",
            "message": said, **more}


def rollout(n):
    total, text = [0, 0, 0], dump({"timestamp": "2026-01-01T00:00:00.000Z", "type": "session_meta",
                                   "payload": {"id": "r-1", "cwd": "/somewhere"}}) + "\n"
    names = ("input_tokens", "cached_input_tokens", "output_tokens")
    for i in range(n):
        last = [i % 97 + 10, i % 9, i % 50 + 1]
        total = [a + b for a, b in zip(total, last)]
        text += dump({"timestamp": "2026-01-01T00:00:01.000Z", "type": "event_msg", "payload": {
            "type": "token_count", "info": {
                f"{kind}_token_usage": {**dict(zip(names, of)), "reasoning_output_tokens": 0,
                                        "total_tokens": of[0] + of[2]}
                for kind, of in (("total", total), ("last", last))}}}) + "\n"
    return text


def entities(n, wrong=0):
    def model(i):
        count = {"request_num": 1, "input_tokens": i % 97 + 1, "output_tokens": i % 89 + 1,
                 "reasoning_tokens": 0, "num_completions": 1}
        count["total_tokens"] = count["input_tokens"] + count["output_tokens"]
        return {"input_tokens": count["input_tokens"] + wrong, "output_tokens":
                count["output_tokens"], "reasoning_tokens": 0, "requests": 1, "completions": 1,
                "per_request_details": [count]}
    return {"before": {}, "after": {f"m{i}": model(i) for i in range(n)}}


def requests(n, wrong=0):
    details = [{"request_num": i + 1, "input_tokens": i % 97 + 1, "output_tokens": i % 89 + 1,
                "reasoning_tokens": 0, "num_completions": 1,
                "total_tokens": i % 97 + i % 89 + 2 + wrong} for i in range(n)]
    sums = {key: sum(one[key] for one in details)
            for key in ("input_tokens", "output_tokens", "reasoning_tokens")}
    return {"before": {}, "after": {"m": {**sums, "requests": n, "completions": n,
                                          "per_request_details": details}}}


def chunk(i, stream):
    said = {"id": f"chatcmpl-{stream}", "object": "chat.completion.chunk", "created": 1767225600,
            "model": "m", "choices": [{"index": 0, "delta": {"content": "x"}}]}
    return said if i else {**said, "choices": [], "usage": usage(stream)}


def events(chunks):
    return "".join(f"data: {dump(one)}\n\n" for one in chunks) + "data: [DONE]\n\n"


def zipped(n):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(n):
            archive.writestr(zipfile.ZipInfo(f"{i}.jsonl"), dump(call(i)) + "\n")
    return {"a.zip": content.getvalue()}


def tarred(n):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for i in range(n):
            data = (dump(call(i)) + "\n").encode()
            member = tarfile.TarInfo(f"{i}.jsonl")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return {"a.tar": content.getvalue()}


def database(tables, rows):
    def make(n):
        path = tempfile.mktemp()
        connection = sqlite3.connect(path)
        for table in range(tables(n)):
            connection.execute(f"create table t{table}(id text, model text, prompt_tokens int,"
                               " completion_tokens int)")
            connection.executemany(f"insert into t{table} values(?,?,?,?)",
                                   ((f"d{table}-{i}", "m", i % 97, i % 89)
                                    for i in range(rows(n))))
        connection.commit()
        connection.close()
        with open(path, "rb") as file:
            data = file.read()
        os.unlink(path)
        return {"a.db": data}
    return make


def deep(levels):
    return lambda n: {"a.json": "[" + ",".join(
        ['{"a":' * levels + dump(usage(i)) + "}" * levels for i in range(n)]) + "]"}


def har(n):
    return {"log": {"version": "1.2", "entries": [
        {"startedDateTime": "2026-01-01T00:00:00.000Z",
         "request": {"method": "POST", "url": "https://api.example.com/v1/chat/completions"},
         "response": {"status": 200, "content": {"mimeType": "application/json",
                                                 "text": dump(call(i))}}} for i in range(n)]}}


def spread(n):
    """Groups of groups with their sums, in a document that nobody knows."""
    groups = []
    for i in range(n // 8):
        parts = [{"input_tokens": i % 97 + j, "output_tokens": j + 1} for j in range(8)]
        groups.append({"parts": parts, "all": {key: sum(one[key] for one in parts)
                                               for key in ("input_tokens", "output_tokens")}})
    return {"groups": groups}


def html_rows(n):
    return "| model | prompt_tokens | completion_tokens |\n| --- | --- | --- |\n" + "".join(
        f"| m{i % 5} | {i % 97} | {i % 89} |\n" for i in range(n))


SHAPES = {
    "log": lines(call),
    "log-without-ids": lines(lambda i: {"model": "m", "usage": usage(i)}),
    "one-id": lines(lambda i: {"id": "call", "model": "m", "usage": usage(1)}),
    "one-id-other-numbers": lines(lambda i: {"id": "call", "model": "m", "usage": usage(i)}),
    "each-id-twice": lines(lambda i: call(i // 2)),
    "one-message-many-requests": lines(lambda i: message(i, message={"id": "msg"})),
    "transcript": lines(message),
    "transcript-one-parent": lines(lambda i: message(i, parentUuid="a0")),
    "transcript-many-sessions": lines(lambda i: message(i, sessionId=f"s-{i}")),
    "transcript-side-chains": lines(lambda i: message(i, isSidechain=i % 2 == 0,
                                                      agentId=f"g{i // 4}")),
    "transcripts-resumed": lambda n: {f"{i}.jsonl": "".join(
        dump(message(j, sessionId=f"s-{i}")) + "\n" for j in range(40)) for i in range(n // 40)},
    "rollout": lambda n: {"rollout-a.jsonl": rollout(n)},
    "rollouts": lambda n: {f"rollout-{i}.jsonl": rollout(9) for i in range(n // 10)},
    "models": lines(lambda i: {**call(i), "model": f"m{i}"}),
    "sessions": lines(lambda i: call(i, session_id=f"s{i}")),
    "list": document(lambda n: {"calls": [call(i) for i in range(n)]}),
    "map": document(lambda n: {f"a{i}": usage(i) for i in range(n)}),
    "map-of-calls": document(lambda n: {f"a{i}": call(i) for i in range(n)}),
    "groups-with-sums": document(spread),
    "keys-of-usage": document(lambda n: {"model": "m", "usage": usage(1, **{
        f"k{i}_tokens": i for i in range(n)})}),
    "keys-beside-usage": document(lambda n: {"model": "m", "usage": usage(1), **{
        f"k{i}": i for i in range(n)}}),
    "keys-of-each-line": lines(lambda i: call(i, usage=usage(i, **{f"k{i}_tokens": 1}))),
    "repeated-keys": lambda n: {"a.json": '{"usage":' + dump(usage(1)) + ',"a":1' * n + "}"},
    "strings": lambda n: {"log.jsonl": dump(call(1, text="x" * 100 * n)) + "\n"},
    "escapes": lambda n: {"log.jsonl": dump(call(1, text='"\\\u20ac' * 30 * n)) + "\n"},
    "json-in-json": lambda n: {"log.jsonl": dump({"text": dump([call(i) for i in range(n)])})
                               + "\n"},
    "deep": deep(100), "nested-lists": lambda n: {"a.json": "[" + "[[[[" * 20 + "]]]]" * 20 + (
        "," + "[[[[" * 20 + "]]]]" * 20) * (n // 20) + "]"},
    "files": lambda n: {f"{i}.jsonl": dump(call(i)) + "\n" for i in range(n // 4)},
    "same-files": lambda n: {f"{i}.jsonl": dump(call(1)) + "\n" for i in range(n // 4)},
    "folders": lambda n: {f"{i}/a.json": dump(call(i)) for i in range(n // 8)},
    "names": lambda n: {f"run_{i}_pass_{i % 7}/token_usage.json": dump(requests(2))
                        for i in range(n // 20)},
    "broken-files": lambda n: {f"{i}.jsonl": dump(call(i))[:40] for i in range(n // 4)},
    "broken-lines": lambda n: {"log.jsonl": "".join(
        dump(call(i))[:i % 2 and 40 or None] + "\n" for i in range(n))},
    "odd-numbers": lines(lambda i: {**call(i), "usage": {"prompt_tokens": -1,
                                                         "completion_tokens": 1.5}}),
    "entities": document(entities), "wrong-entities": document(lambda n: entities(n, 3)),
    "requests": document(requests), "wrong-requests": document(lambda n: requests(n, 3)),
    "wrong-totals": lines(lambda i: {**call(i), "usage": {**usage(i), "total_tokens": 1}}),
    "archive-zip": zipped, "archive-tar": tarred,
    "database-rows": database(lambda n: 1, lambda n: n),
    "database-tables": database(lambda n: n // 8, lambda n: 8),
    "csv": lambda n: {"a.csv": "id,model,prompt_tokens,completion_tokens\n" + "".join(
        f"c{i},m,{i % 97},{i % 89}\n" for i in range(n))},
    "csv-columns": lambda n: {f"{j}.csv": "id,model,prompt_tokens,completion_tokens," + ",".join(
        f"c{i}" for i in range(2000)) + "\n" + ("x,m,1,2" + ",1" * 2000 + "\n") * 9
        for j in range(n // 400)},
    "markdown-rows": lambda n: {"a.md": html_rows(n)},
    "markdown-tables": lambda n: {"a.md": "\n".join(html_rows(2) for _ in range(n // 4))},
    "fenced": lambda n: {"a.md": "".join(f"```json\n{dump(call(i))}\n```\n\n" for i in range(n))},
    "yaml": lambda n: {"a.yaml": "calls:\n" + "".join(
        f"- {{id: c{i}, model: m, usage: {{prompt_tokens: {i}, completion_tokens: 2}}}}\n"
        for i in range(n))},
    "yaml-documents": lambda n: {"a.yaml": "".join(
        f"---\nid: c{i}\nusage:\n  prompt_tokens: {i}\n  completion_tokens: 2\n"
        for i in range(n))},
    "yaml-anchors": lambda n: {"a.yaml": "calls:\n" + "".join(
        f"- &a{i} {{prompt_tokens: {i}, completion_tokens: 2}}\n" for i in range(n // 2)) + "".join(
        f"- *a{i}\n" for i in range(n // 2))},
    "stream": lambda n: {"a.sse": events(chunk(n - 1 - i, 1) for i in range(n))},
    "streams": lambda n: {"a.sse": events(chunk(1 - i % 2, i // 2) for i in range(n))},
    "streams-interleaved": lambda n: {"a.jsonl": "".join(
        dump(chunk(1 - i // (n // 2), i % (n // 2))) + "\n" for i in range(n))},
    "text-log": lambda n: {"a.log": "".join(
        f"2026-01-01 00:00:00 INFO Prompt tokens: {i % 97 + 1}, Completion tokens: {i % 89 + 1}\n"
        for i in range(n))},
    "prefixed-log": lambda n: {"a.log": "".join(
        f"2026-01-01 00:00:00 [INFO] response {dump(call(i))}\n" for i in range(n))},
    "one-text-line": lambda n: {"a.log": "Prompt tokens: 5, completion tokens: 6; " * n + "\n"},
    "open-braces": lambda n: {"a.log": "x {\"a\": " * n + "\n"},
    "python-values": lambda n: {"a.log": "".join(
        f"INFO {{'id': 'c{i}', 'usage': {{'prompt_tokens': {i}, 'completion_tokens': 2}}}}\n"
        for i in range(n))},
    "har": document(har),
    # Paths in a list, and what they name.
    "named-files": lambda n: {"list": "".join(f"a/{i}.jsonl\n" for i in range(n // 4)), **{
        f"{i}.jsonl": dump(call(i)) + "\n" for i in range(n // 4)}},
    "missing-names": lambda n: {"list": "".join(f"a/missing-{i}\n" for i in range(n))},
    "costs": lines(lambda i: call(i, cost=0.25 + i % 7)),
}


def with_ids(value, number):
    """The same with other ids, as a longer file would have."""
    if isinstance(value, dict):
        return {key: f"{one}-{number}" if isinstance(one, str) and re.search("(?i)id$", key)
                else with_ids(one, number) for key, one in value.items()}
    return [with_ids(one, number) for one in value] if isinstance(value, list) else value


def longer(value, times):
    """A document whose lists of objects, and maps of objects, are so many times as long; those
    inside them stay as they are."""
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return [with_ids(one, number) for number in range(times) for one in value]
    if isinstance(value, dict):
        if len(value) > 1 and all(isinstance(one, dict) for one in value.values()):
            return {f"{key}-{number}" if number else key: with_ids(one, number)
                    for number in range(times) for key, one in value.items()}
        return {key: longer(one, times) for key, one in value.items()}
    return value


def fixture_shapes():
    shapes = {}
    for folder, folders, names in os.walk(os.path.join(TESTDATA, "formats")):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            try:
                with open(path, encoding="utf-8") as file:
                    text = file.read()
            except ValueError:
                continue
            if not 100 < len(text) < 20_000:
                continue
            shown = os.path.relpath(path, os.path.join(TESTDATA, "formats"))
            try:
                values = [json.loads(text)]
            except ValueError:
                try:
                    values = [json.loads(line) for line in text.splitlines() if line]
                except ValueError:
                    values = None
            if values is None:  # text: the same lines again
                shapes[shown] = lambda n, t=text, f=name: {f: t * (n * 100 // len(t) + 1)}
            elif len(values) > 1:
                shapes[shown] = lambda n, v=values, s=len(text), f=name: {f: "".join(
                    dump(with_ids(one, i)) + "\n" for i in range(n * 100 // s + 1) for one in v)}
            else:
                shapes[shown] = lambda n, v=values[0], s=len(text), f=name: {
                    f: dump(longer(v, n * 100 // s + 1))}
    return shapes


def write(folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())


class Probe:
    def __init__(self, program, folder, most_seconds):
        self.program = os.path.abspath(program)
        self.folder = folder
        self.most_seconds = most_seconds

    def seconds(self, arguments, paths):
        """Of the processor, in user mode; and the peak of memory in MiB."""
        child = os.fork()
        if child == 0:
            os.chdir(self.folder)
            nowhere = os.open("/dev/null", os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            os.execv(self.program, [self.program, *arguments, "--no-config", "--threads", "1",
                                    *paths])
        _, status, used = os.wait4(child, 0)
        code = os.waitstatus_to_exitcode(status)
        return used.ru_utime, used.ru_maxrss / 1024, code

    def measure(self, shape, make, name, arguments):
        """The size, its time and how much twice as much takes; None where all is too quick."""
        n = 500
        startup = min(self.seconds(["summarize"], ["/dev/null"])[0] for _ in range(2))
        paths = ["a", "a"] if name == "diff" else ["a"]
        if "list" in make(4):
            if name == "diff":
                return None
            paths = ["--files-from", "a/list"]
        more = arguments
        while True:
            write(os.path.join(self.folder, "a"), make(n))
            once, memory, code = self.seconds(more, paths)
            once -= startup
            if code < 0 or code > 2:
                return n, once, 0, memory, f"exit {code}"
            if once > SECONDS or n >= 512_000:
                break
            n *= 2 if once > SECONDS / 4 else 4
        if once < SECONDS / 3:
            return None
        write(os.path.join(self.folder, "a"), make(2 * n))
        twice, more_memory, code = self.seconds(more, paths)
        ratio = (twice - startup) / once
        if ratio > MOST_RATIO and twice < self.most_seconds:  # a busy machine, or more
            twice = min(twice, self.seconds(more, paths)[0])
            write(os.path.join(self.folder, "a"), make(n))
            once = max(once, self.seconds(more, paths)[0] - startup)
            ratio = (twice - startup) / once
        return n, once, ratio, more_memory, "" if 0 <= code <= 2 else f"exit {code}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("program")
    parser.add_argument("--shape", action="append")
    parser.add_argument("--command", action="append", choices=sorted(COMMANDS))
    parser.add_argument("--fixtures", action="store_true")
    parser.add_argument("--most-seconds", type=float, default=20)
    parser.add_argument("--verbose", action="store_true", help="every measurement")
    options = parser.parse_args()
    shapes = fixture_shapes() if options.fixtures else SHAPES
    folder = tempfile.mkdtemp(prefix="usagectl-linear-")
    probe = Probe(options.program, folder, options.most_seconds)
    measured = worse = 0
    highest = 0.0
    for shape in options.shape or shapes:
        for name in options.command or COMMANDS:
            result = probe.measure(shape, shapes[shape], name, COMMANDS[name])
            if result is None:
                continue
            n, once, ratio, memory, fault = result
            measured += 1
            highest = max(highest, ratio)
            is_worse = ratio > MOST_RATIO or fault
            worse += is_worse != "" and bool(is_worse)
            if is_worse or options.verbose:
                print(f"{'WORSE' if is_worse else '     '} {shape:28} {name:10} {n:7} {once:6.2f} s"
                      f"  x{ratio:.2f}  {memory:5.0f} MiB  {fault}", flush=True)
    shutil.rmtree(folder)
    print(f"{measured} measured, {worse} worse than linear, highest ratio {highest:.2f}")
    return 1 if worse else 0


if __name__ == "__main__":
    assert process
    sys.exit(main())
