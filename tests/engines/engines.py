"""SQL engines that run the scripts of `usagectl sql`, each private to one test.

An engine runs steps, which are dictionaries with a `script`, a `query`, or both, in one database; it returns
the rows of each query, as texts and None.
"""
import csv
import glob
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def run(command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)[:200]}: {done.stderr[-3000:]}")
    return done.stdout


class DuckDb:
    """@duckdb/node-api in the folder that tools/engines.sh installs it to."""

    name = "duckdb"

    def __init__(self, scratch, keeps=False):
        self.scratch = scratch
        self.database = os.path.join(scratch, "usage.duckdb") if keeps else ":memory:"
        self.peak = 0
        modules = os.environ["ENGINE_MODULES"]
        if shutil.which("node") is None:
            skip("node is not installed")
        if not os.path.isdir(os.path.join(modules, "node_modules", "@duckdb", "node-api")):
            skip("@duckdb/node-api is not installed; tools/engines.sh installs it")

    def rows(self, steps):
        path = os.path.join(self.scratch, "steps.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(steps, file)
        script = os.path.join(os.environ["TESTS"], "engines", "duckdb_run.js")
        lines = run(["node", script, path, self.database]).splitlines()
        self.peak = max(self.peak, int(lines.pop()))
        return [json.loads(line) for line in lines]

    def peak_kilobytes(self):
        return self.peak

    def close(self):
        pass


class Postgres:
    """A server of its own on a socket in the scratch folder."""

    name = "postgres"

    def __init__(self, scratch, keeps=False):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
        if not programs:
            skip("PostgreSQL is not installed")
        self.bin = os.path.dirname(programs[-1])
        self.folder = os.path.join(scratch, "server")
        os.mkdir(self.folder)
        self.scratch = scratch
        # The server refuses to run as root.
        self.user = []
        if os.geteuid() == 0:
            if subprocess.run(["id", "postgres"], capture_output=True).returncode != 0:
                skip("root, and there is no user postgres to run the server as")
            self.user = ["runuser", "-u", "postgres", "--"]
            os.chmod(scratch, 0o755)
            shutil.chown(self.folder, "postgres")
        self.server(["initdb", "-D", self.data(), "-A", "trust", "-U", "usage", "-E", "UTF8", "--locale=C"])
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_wal_size=4GB"
        log = os.path.join(self.folder, "log")
        self.server(["pg_ctl", "-D", self.data(), "-w", "-l", log, "-o", options, "start"])

        self.peak = 0
        self.is_open = True
        if keeps:
            threading.Thread(target=self.watch, daemon=True).start()

    def data(self):
        return os.path.join(self.folder, "data")

    def watch(self):
        """Memory of all processes of the server, what they share counted once, twice a second."""
        with open(os.path.join(self.data(), "postmaster.pid"), encoding="utf-8") as file:
            server = file.readline().strip()
        while self.is_open:
            try:
                with open(f"/proc/{server}/task/{server}/children", encoding="utf-8") as file:
                    processes = [server, *file.read().split()]
                self.peak = max(self.peak, sum(proportional_kilobytes(process) for process in processes))
            except OSError:
                pass  # a process that has just ended
            time.sleep(0.5)

    def peak_kilobytes(self):
        return self.peak

    def server(self, command):
        # Started processes keep the output open.
        with open(os.path.join(self.scratch, "server.out"), "a", encoding="utf-8") as out:
            program = [*self.user, os.path.join(self.bin, command[0]), *command[1:]]
            if subprocess.run(program, stdout=out, stderr=out, cwd="/").returncode != 0:
                with open(out.name, encoding="utf-8") as said:
                    raise RuntimeError(said.read()[-3000:])

    def rows(self, steps):
        path = os.path.join(self.scratch, "steps.sql")
        with open(path, "w", encoding="utf-8") as file:
            for step in steps:
                if "script" in step:
                    file.write(step["script"] + "\n")
                if "query" in step:
                    file.write(f"\\echo @\nCOPY ({step['query']}) TO STDOUT WITH (FORMAT csv, NULL '\\N');\n")
        out = run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "usage", "-d", "postgres",
                   "-f", path])
        answers = []
        for text in out.split("@\n")[1:]:
            rows = csv.reader(io.StringIO(text))
            answers.append([[None if value == "\\N" else value for value in row] for row in rows])
        return answers

    def close(self):
        self.is_open = False
        self.server(["pg_ctl", "-D", self.data(), "-m", "immediate", "stop"])


def proportional_kilobytes(process):
    with open(f"/proc/{process}/smaps_rollup", encoding="utf-8") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))


CLICKHOUSE_CONFIG = """<yandex>
  <logger><level>error</level><log>{folder}/log</log><errorlog>{folder}/errors</errorlog></logger>
  <listen_host>127.0.0.1</listen_host><tcp_port>{port}</tcp_port>
  <path>{folder}/data/</path><tmp_path>{folder}/tmp/</tmp_path>
  <mark_cache_size>67108864</mark_cache_size>{cluster}
  <users_config>{folder}/users.xml</users_config>
  <default_profile>default</default_profile><default_database>default</default_database>
</yandex>
"""
CLICKHOUSE_USERS = """<yandex>
  <profiles><default><max_memory_usage>6000000000</max_memory_usage>
    <max_bytes_before_external_group_by>1000000000</max_bytes_before_external_group_by></default></profiles>
  <users><default><password></password><profile>default</profile><quota>default</quota>
    <networks><ip>127.0.0.1</ip></networks></default></users>
  <quotas><default/></quotas>
</yandex>
"""


def free_port():
    import socket

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


class ClickHouse:
    """A server of its own on a loopback port."""

    name = "clickhouse"

    def __init__(self, scratch, keeps=False, port=None, shards=()):
        if shutil.which("clickhouse-server") is None or shutil.which("clickhouse-client") is None:
            skip("clickhouse-server and clickhouse-client are not installed")
        folder = os.path.join(scratch, "server")
        for name in ("data", "tmp"):
            os.makedirs(os.path.join(folder, name))
        self.port = port or free_port()
        replicas = "".join(
            f"<shard><replica><host>127.0.0.1</host><port>{shard}</port></replica></shard>" for shard in shards
        )
        cluster = f"\n  <remote_servers><fleet>{replicas}</fleet></remote_servers>" if shards else ""
        self.whole_scripts = 2  # the second one replaces what the first has made
        self.log = os.path.join(folder, "errors")
        with open(os.path.join(folder, "config.xml"), "w", encoding="utf-8") as file:
            file.write(CLICKHOUSE_CONFIG.format(folder=folder, port=self.port, cluster=cluster))
        with open(os.path.join(folder, "users.xml"), "w", encoding="utf-8") as file:
            file.write(CLICKHOUSE_USERS)
        self.process = subprocess.Popen(
            ["clickhouse-server", f"--config-file={folder}/config.xml"],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for _ in range(100):
            if self.process.poll() is not None:
                skip("clickhouse-server does not start: " + self.errors())
            if subprocess.run([*self.client(), "--query", "SELECT 1"], capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        self.close()
        skip("clickhouse-server does not answer: " + self.errors())

    def errors(self):
        if not os.path.exists(self.log):
            return "it says nothing"
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()[-500:]

    def client(self):
        return ["clickhouse-client", "--host", "127.0.0.1", "--port", str(self.port)]

    def rows(self, steps):
        answers = []
        for step in steps:
            if "script" in step:
                self.load(step)
            if "query" in step:
                out = self.run(step["query"] + " FORMAT TSV")
                answers.append(
                    [[None if value == "\\N" else value for value in line.split("\t")] for line in out.splitlines()]
                )
        return answers

    def load(self, step):
        """What the script asks for. Tables and views that are there already are left as they are: each
        statement takes a client of its own a tenth of a second."""
        is_whole = self.whole_scripts > 0
        self.whole_scripts -= 1
        statements = []
        for line in step["script"].splitlines():
            insert = re.fullmatch(r"--   clickhouse-client --query '(INSERT INTO \w+ FORMAT JSONEachRow)' < '(.*)'", line)
            if insert:
                table = insert[1].split()[2]
                self.run("\n".join([*statements, f"TRUNCATE TABLE {table}"]))
                self.insert(insert[1], insert[2])
                statements = []
            elif is_whole or re.match(r"ALTER TABLE usage_\w+ DROP PARTITION|INSERT INTO usage_", line):
                statements.append(line)
        self.run("\n".join(statements))

    def insert(self, statement, path):
        # The client refuses a file without records.
        if os.path.getsize(path) > 0:
            with open(path, "rb") as file:
                run([*self.client(), "--query", statement], stdin=file)

    def run(self, statements):
        return run([*self.client(), "-n", "--query", statements])

    def peak_kilobytes(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))

    def close(self):
        self.process.terminate()
        self.process.wait()


ENGINES = {engine.name: engine for engine in (DuckDb, Postgres, ClickHouse)}
