"""The files that are measured: made by bench_generate once, then kept."""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass
class DataSet:
    path: Path  # what usagectl is given
    expected: dict  # what it adds up to

    @property
    def bytes(self):
        return self.expected["bytes"]

    @property
    def files(self):
        return self.expected["files"]

    @property
    def calls(self):
        return self.expected["all"]["requests"]


class Data:
    def __init__(self, folder, build, seed, say):
        self.folder = folder
        self.build = build
        self.seed = seed
        self.say = say

    def get(self, name, scale):
        """Generates the data set unless it is there already, made by this very generator."""
        folder = self.folder / f"{name}-{scale:g}"
        stamp = folder / "made-by"
        made_by = f"{generator_version()} seed {self.seed}\n"
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != made_by:
            self.say(f"generating {folder}")
            remove(folder)
            subprocess.run([self.generator(), "--set", name, "--scale", str(scale),
                            "--seed", str(self.seed), folder], check=True)
            stamp.write_text(made_by, encoding="utf-8")
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))[name]
        path = folder / name
        only = [file for file in path.iterdir() if file.is_file()]
        data = DataSet(only[0] if only else path, expected)
        warm(path)
        return data

    def generator(self):
        if not (self.build / "CMakeCache.txt").exists():
            source = HERE.parent.parent
            subprocess.run(["cmake", "-S", source, "-B", self.build,
                            "-DCMAKE_BUILD_TYPE=Release", "-DUSAGECTL_TESTS=OFF"],
                           check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", self.build, "--target", "bench_generate"],
                       check=True, stdout=subprocess.DEVNULL)
        return self.build / "tests" / "bench" / "bench_generate"


def generator_version():
    digest = hashlib.sha256()
    for source in sorted([*HERE.glob("*.cpp"), *HERE.glob("*.hpp")]):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def remove(folder):
    """Only what was generated: nothing else is ever deleted."""
    if not (folder / "expected.json").exists():
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def warm(path):
    """Reads everything once, so that the page cache holds it."""
    for file in path.rglob("*"):
        if file.is_file():
            with file.open("rb", buffering=0) as content:
                while content.read(1 << 20):
                    pass
