"""What the files of a sample are put in, by their first bytes and their names."""

import os

MAGIC = ((b"SQLite format 3\0", "SQLite"), (b"PK\x03\x04", "zip"), (b"\x1f\x8b", "gzip"),
         (b"\x28\xb5\x2f\xfd", "Zstandard"), (b"\xfd7zXZ\0", "xz"), (b"BZh", "bzip2"))
ENDINGS = {".csv": "CSV, TSV", ".tsv": "CSV, TSV", ".yaml": "YAML", ".yml": "YAML",
           ".md": "Markdown", ".log": "text", ".txt": "text", ".out": "text", ".sse": "recording",
           ".http": "recording", ".httprr": "recording", ".jsonl": "JSON lines",
           ".ndjson": "JSON lines", ".json": "JSON", ".har": "recording", ".tar": "tar"}
SEVERAL = "several"


def container_of_file(path):
    with open(path, "rb") as file:
        start = file.read(4096)
    for magic, name in MAGIC:
        if start.startswith(magic):
            return name
    known = ENDINGS.get(os.path.splitext(path)[1].lower(), "other")
    if known == "text" and start.lstrip().startswith(b"{"):
        return "JSON in a text"
    return known


def files_of(path):
    if os.path.isdir(path):
        for folder, _, names in os.walk(path):
            yield from (os.path.join(folder, name) for name in names)
    elif os.path.isfile(path):
        yield path


def container_of(sample):
    """That of all files that its commands name; SEVERAL where they differ."""
    found = set()
    for command in sample.commands:
        for word in command[1:]:
            for path in files_of(os.path.join(sample.folder, word)):
                found.add(container_of_file(path))
    found.discard("other")
    return found.pop() if len(found) == 1 else SEVERAL if found else "other"
