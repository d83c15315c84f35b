#!/usr/bin/env python3
"""How fast `paraph serve` answers checks of a paragraph: wrk, which Debian has, at 1, 16 and 64
clients, server and clients on one machine. `ulimit -n` bounds the clients.

    bench/serve.py build/paraph [SECONDS] [REQUESTS]

REQUESTS: how many are sent afterwards to see whether the memory stays what it was (default: 100,000)."""
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

PROGRAM = os.path.abspath(sys.argv[1])
SECONDS = int(sys.argv[2]) if len(sys.argv) > 2 else 8
REQUESTS = int(sys.argv[3]) if len(sys.argv) > 3 else 100000
PARAGRAPH = ("Le Conseil de sécurité, réuni hier à New York, a pris note du rapport du Secrétaire général sur "
             "la situation en Afghanistan et a demandé à la mission UNAMA de poursuivre ses travaux dans les "
             "provinces, en étroite coopération avec l ’Union européenne. Les États Membres ont rappelé que les "
             "objectifs ne pourraient être atteints sans une augmentation de l’aide publique.")
SCRIPT = """wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
local n, text = 0, "%s"
request = function()
	n = n + 1
	return wrk.format(nil, "/v2/check", nil, "language=fr&text=" .. text .. "+" .. n)
end
done = function(summary, latency, requests)
	io.write(string.format("RESULT %%d %%d %%.3f %%.3f %%d\\n", summary.requests, summary.duration,
		latency:percentile(50) / 1000, latency:percentile(99) / 1000,
		summary.errors.status + summary.errors.read + summary.errors.timeout + summary.errors.connect))
end
"""


def memory(pid):
    with open("/proc/%d/status" % pid) as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1)) // 1024


def spent(pid):
    """Seconds of processor time of the process."""
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(script, port, clients, seconds):
    run = subprocess.run(["wrk", "-t1", "-c%d" % clients, "-d%ds" % seconds, "-s", script,
                          "http://127.0.0.1:%d" % port], capture_output=True, encoding="utf-8", check=True)
    n, us, median, late, errors = re.search(r"RESULT (.*)", run.stdout).group(1).split()
    return int(n), int(n) / int(us) * 1e6, float(median), float(late), int(errors)


def first_answers():
    times = []
    for _ in range(10):
        start = time.time()
        p = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--no-config"], stdout=subprocess.PIPE, encoding="utf-8")
        url = re.search(r"http:\S+", p.stdout.readline()).group(0)
        urllib.request.urlopen(url + "/v2/check", urllib.parse.urlencode(
            {"language": "fr", "text": PARAGRAPH}).encode()).read()
        times.append((time.time() - start) * 1000)
        p.terminate()
        p.wait()
    times.sort()
    return times


times = first_answers()
print("start to first answer, ms: median %.1f, worst of ten %.1f" % (times[5], times[-1]))
with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
    script.write(SCRIPT % urllib.parse.quote_plus(PARAGRAPH))
    script.flush()
    server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--no-config"], stdout=subprocess.PIPE,
                              encoding="utf-8")
    port = int(re.search(r":(\d+)$", server.stdout.readline().strip()).group(1))
    load(script.name, port, 16, 2)
    print("a paragraph of %d bytes, two findings" % len(PARAGRAPH.encode()))
    for clients in 1, 16, 64:
        start = spent(server.pid)
        n, rate, median, late, errors = load(script.name, port, clients, SECONDS)
        print("%3d clients: %6.0f checks a second, median %.2f ms, 99 in 100 below %.2f ms, "
              "%.0f µs of the processor each, %d errors" % (
                  clients, rate, median, late, (spent(server.pid) - start) / n * 1e6, errors))
    before, sent = memory(server.pid), 0
    while sent < REQUESTS:
        sent += load(script.name, port, 16, 10)[0]
        print("after %d more: %d MB, before %d" % (sent, memory(server.pid), before), flush=True)
    server.terminate()
    sys.exit(server.wait())
