"""The files that are measured: made by bench_generate once, some of them packed, then kept."""

import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
# How a file is packed; what comes out is the packed file.
PACKERS = {"zst": ["zstd", "-q", "-3", "-c"], "gz": ["gzip", "-6", "-n", "-c"]}


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
    def __init__(self, folder, generator, seed, say):
        self.folder = folder
        self.given_generator = generator
        self.seed = seed
        self.say = say

    def get(self, name, scale):
        """Generates the data set unless it is there already, made by this very generator."""
        folder = self.folder / f"{name}-{scale:g}"
        if self.is_outdated(folder, self.made_by()):
            self.say(f"generating {folder}")
            remove(folder)
            subprocess.run([self.generator(), "--set", name, "--scale", str(scale),
                            "--seed", str(self.seed), folder], check=True)
            stamp(folder, self.made_by())
        return read(folder, name)

    def packed(self, name, scale, ending):
        """The files of a data set, each packed; the packer must be installed."""
        plain = self.get(name, scale)
        folder = self.folder / f"{name}-{scale:g}-{ending}"
        packer = PACKERS[ending]
        made_by = f"{self.made_by()} {' '.join(packer)}"
        if self.is_outdated(folder, made_by):
            self.say(f"packing {folder}")
            remove(folder)
            source = self.folder / f"{name}-{scale:g}" / name
            for file in sorted(source.rglob("*.jsonl")):
                target = folder / name / file.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.with_name(f"{file.name}.{ending}").open("wb") as out:
                    subprocess.run([*packer, file], stdout=out, check=True)
            (folder / "expected.json").write_text(json.dumps({name: plain.expected}),
                                                  encoding="utf-8")
            stamp(folder, made_by)
        return read(folder, name)

    def made_by(self):
        return f"{generator_version()} seed {self.seed}"

    @staticmethod
    def is_outdated(folder, made_by):
        file = folder / "made-by"
        return not file.exists() or file.read_text(encoding="utf-8").strip() != made_by

    def generator(self):
        if self.given_generator:
            return self.given_generator
        build = self.folder / "build"
        if not (build / "CMakeCache.txt").exists():
            source = HERE.parent.parent
            subprocess.run(["cmake", "-S", source, "-B", build,
                            "-DCMAKE_BUILD_TYPE=Release", "-DUSAGECTL_TESTS=OFF"],
                           check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", build, "--target", "bench_generate"],
                       check=True, stdout=subprocess.DEVNULL)
        return build / "tests" / "bench" / "bench_generate"


def stamp(folder, made_by):
    (folder / "made-by").write_text(made_by + "\n", encoding="utf-8")


def read(folder, name):
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))[name]
    path = folder / name
    only = [file for file in path.iterdir() if file.is_file()]
    warm(path)
    return DataSet(only[0] if only else path, expected)


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
