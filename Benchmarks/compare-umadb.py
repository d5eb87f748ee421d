#!/usr/bin/env python3
"""UmaDB on this machine, for comparison: its server and its Python client, as `pip install umadb` brings them.

    python3 -m venv .build/umadb && .build/umadb/bin/pip install umadb
    .build/umadb/bin/python Benchmarks/compare-umadb.py [PAYLOAD_BYTES]

The rows have the names of scripts/bench's matrix: clients x events an append. Events have two tags, a payload of random bytes of
the given size (default 100), and are made before the clock runs. Clients are threads of one process; the client releases
Python's lock while it waits.
"""
import pathlib, random, shutil, socket, subprocess, sys, tempfile, threading, time
import umadb

ADDRESS = ("127.0.0.1", 50999)
ROWS = [(1, 1, 3_000), (64, 1, 30_000), (8, 100, 150_000), (4, 1_000, 300_000), (1, 5_000, 300_000), (4, 5_000, 300_000)]


class Server:
    """A server on an empty database, for the time of a `with`."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="umadb-bench-")
        binary = pathlib.Path(sys.executable).parent / "umadb"
        self.process = subprocess.Popen(
            [binary, "--listen", "%s:%d" % ADDRESS, "--db-path", self.folder + "/uma.db"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            if self.process.poll() is not None:
                sys.exit("compare-umadb.py: the server did not start; is something else listening on port %d?" % ADDRESS[1])
            try:
                socket.create_connection(ADDRESS, timeout=0.1).close()
                return self
            except OSError:
                time.sleep(0.05)
        sys.exit("compare-umadb.py: the server does not answer")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder)


def client():
    return umadb.Client("http://%s:%d" % ADDRESS)


def append(generator, payload, clients, per_append, total):
    """Events a second, and the median latency of an append in microseconds."""
    def event():
        tags = ["pkg-%d" % generator.randrange(2_000), "rep:%d" % generator.randrange(1_000)]
        return umadb.Event(event_type="dossier.v1.ApplicationSaved", data=generator.randbytes(payload), tags=tags)

    appends = max(1, total // clients // per_append)
    work = [[[event() for _ in range(per_append)] for _ in range(appends)] for _ in range(clients)]
    connections = [client() for _ in range(clients)]
    for connection in connections:
        connection.head()
    latencies = []

    def run(connection, batches):
        for batch in batches:
            start = time.perf_counter()
            connection.append(batch)
            latencies.append(time.perf_counter() - start)

    threads = [threading.Thread(target=run, args=pair) for pair in zip(connections, work)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    return clients * appends * per_append / took, sorted(latencies)[len(latencies) // 2] * 1e6


def main():
    payload = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    generator = random.Random(1)
    print("UmaDB, payloads of %d bytes" % payload)
    for clients, per_append, total in ROWS:
        with Server():
            rate, median = append(generator, payload, clients, per_append, total)
            print("%-14s %9.0f events/s   p50 %7.0f µs" % ("%dx%d" % (clients, per_append), rate, median), flush=True)
            if (clients, per_append, total) == ROWS[-1]:
                reader = client()
                start = time.perf_counter()
                count = sum(1 for _ in reader.read())
                print("%-14s %9.0f events/s" % ("read all", count / (time.perf_counter() - start)))


if __name__ == "__main__":
    main()
