#!/usr/bin/env python3
"""The shared memory on PostgreSQL, on one database and on two, beside the one in a file and beside
pg_trgm, on the same units and questions: for docs/STORES.md.

usage: bench/stores.py PROGRAM STORES UNITS.tsv OTHER.tsv FOLDER N…

PROGRAM is paraph, STORES bench/stores.c. The server is of its own (tests/postgres.sh) and ends with
this program; fsync is on. Everything is on one machine: clients, server and the disk."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVER = ROOT / "tests/postgres.sh"
SETTINGS = "shared_buffers = 2GB\nmaintenance_work_mem = 512MB\nmax_wal_size = 4GB\n"


def run(*command, **more):
    return subprocess.run([str(x) for x in command], check=True, text=True, **more)


def output(*command, **more):
    return run(*command, stdout=subprocess.PIPE, **more).stdout.strip()


class Bench:
    def __init__(self, program, stores, units, other, folder):
        self.program, self.stores, self.units, self.other = program, stores, units, other
        self.folder = pathlib.Path(folder)
        self.server = self.folder / "postgres"
        self.env = dict(os.environ, PARAPH_POSTGRES_SETTINGS=SETTINGS,
                        PARAPH_POSTGRES_OWNER=str(os.getpid()))

    def database(self, name):
        url = output(SERVER, "database", self.server, name, env=self.env)
        run(self.program, "store", "init", url, stdout=subprocess.DEVNULL)
        return url

    def psql(self, name, sql):
        run(SERVER, "psql", self.server, name, "-c", sql, env=self.env,
            stdout=subprocess.DEVNULL)

    def fill(self, title, store, n):
        print(f"{title}, {n} units", flush=True)
        run(self.stores, "fill", store, self.units, n, self.folder / f"sample.{n}")

    def ask(self, what, store, n, clients):
        run(self.stores, what, store, self.units, self.other, self.folder / f"sample.{n}",
            clients)

    def measure(self, n):
        path = self.folder / f"{n}.paraph-tm"
        for old in self.folder.glob(f"{n}.paraph-tm*"):
            old.unlink()
        self.fill("SQLite", path, n)
        for clients in (1, 8, 32):
            self.ask("ask", path, n, clients)
        for shards in (1, 2):
            urls = [self.database(f"m{n}_{shards}_{i}") for i in range(shards)]
            if shards > 1:
                run(self.program, "store", "reshard", *urls, stdout=subprocess.DEVNULL)
            self.fill(f"PostgreSQL, {shards} database{'s' * (shards > 1)}", urls[0], n)
            for clients in (1, 8, 32):
                self.ask("ask", urls[0], n, clients)
            if shards == 1:
                name = f"m{n}_1_0"
                print(f"pg_trgm (GIN), {n} units", flush=True)
                self.psql(name, "CREATE EXTENSION pg_trgm")
                self.psql(name, "CREATE INDEX trigrams ON paraph.tm_unit"
                                " USING gin (source gin_trgm_ops)")
                self.ask("trigrams", urls[0], n, 1)
                self.psql(name, "DROP INDEX paraph.trigrams")

    def all(self, sizes):
        self.folder.mkdir(parents=True, exist_ok=True)
        output(SERVER, "start", self.server, env=self.env)
        try:
            for n in sizes:
                self.measure(int(n))
        finally:
            run(SERVER, "remove", self.server, env=self.env)


if __name__ == "__main__":
    if len(sys.argv) < 7:
        sys.exit(__doc__)
    Bench(*sys.argv[1:6]).all(sys.argv[6:])
