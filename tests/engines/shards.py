"""Checks that a call that two nodes have loaded counts once over the two shards of a ClickHouse cluster, whichever
of them is asked.

Usage: shards.py clickhouse USAGECTL SCRATCH
"""
import os
import sys

import generate
from engines import ClickHouse, free_port
from sums import BY, FINDINGS, Loads, differences, expected, findings_of_reconcile, other_findings, usagectl


class LoadsOfCluster(Loads):
    def load(self, name, *paths, with_claims=True):
        file = os.path.join(self.scratch, f"{name}.jsonl")
        claims = os.path.join(self.scratch, f"{name}.claims.jsonl")
        usagectl("records", "--flat", "--no-config", "-o", file, "--claims", claims, *paths)
        script = usagectl("sql", "--engine", self.engine, "--load", name, "--file", file, "--claims", claims,
                          "--cluster", "fleet")
        return {"script": script}


def main():
    _, _, scratch = sys.argv[1:]
    data = os.path.join(scratch, "generated")
    generate.generate(40000, 2, data)
    nodes = [os.path.join(data, name) for name in sorted(os.listdir(data))]
    ports = [free_port(), free_port()]
    servers = []
    wrong = []
    try:
        for number, port in enumerate(ports):
            servers.append(ClickHouse(os.path.join(scratch, f"shard-{number}"), port=port, shards=ports))
        loads = LoadsOfCluster("clickhouse", scratch)
        # The tables of both shards come first: the views of each read those of the other.
        for server in servers:
            server.rows([loads.load("empty", os.path.join(nodes[0], "rollouts", "rollout-000000.jsonl"))])
        for number, server in enumerate(servers):
            server.rows([{"script": f"ALTER TABLE usage_records_shard DROP PARTITION 'empty';\n"
                                    f"ALTER TABLE usage_claims_shard DROP PARTITION 'empty';"}])
            server.whole_scripts = 1
            server.rows([loads.load(f"node-{number}", nodes[number])])
        wanted = expected(*nodes)
        held = 0
        for number, server in enumerate(servers):
            by, records, twice, *findings = server.rows(
                [{"query": BY}, {"query": "SELECT count(*) FROM usage_records_shard WHERE bucket = 'counted'"},
                 {"query": "SELECT count(*) FROM usage_findings WHERE rule = 'duplicate' AND severity = 'note'"}]
                + [{"query": FINDINGS.replace("'one'", f"'node-{node}'")} for node in range(2)]
            )
            held += int(records[0][0])
            wrong += differences(f"asked of shard {number}", by, wanted)
            if int(twice[0][0]) != generate.SHARED_LINES:
                wrong.append(f"shard {number}: {twice[0][0]} calls are said to be in both loads")
            for node, found in enumerate(findings):
                wrong += other_findings(f"shard {number}, node {node}", found, findings_of_reconcile(nodes[node]))
        counted = int(wanted["total", None][0])
        print(f"{held} records on two shards, {counted} of them counted")
        if held != counted + generate.SHARED_LINES:
            wrong.append("not every record is on one of the shards")
    finally:
        for server in servers:
            server.close()
    for line in wrong[:40]:
        print(line)
    print(f"{len(wrong)} differences")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
