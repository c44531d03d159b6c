"""mcstatus, as its documentation uses it, under the same tasks as the subjects in TypeScript (line.ts)."""

import asyncio
import json
import resource
import sys
import time

from mcstatus import JavaServer


async def check(port, timeout_ms, most_ms):
    began = time.perf_counter()
    verdict = {"up": False, "cause": None, "players": None, "latencyMs": None}
    try:
        server = JavaServer("127.0.0.1", port, timeout=timeout_ms / 1000)
        status = await asyncio.wait_for(server.async_status(tries=1), most_ms / 1000)
        verdict.update(up=True, players=status.players.online, latencyMs=status.latency)
    except Exception:
        pass
    verdict["tookMs"] = (time.perf_counter() - began) * 1000
    return verdict


async def carry_out(task):
    waiting = iter(enumerate(task["ports"]))
    verdicts = [None] * len(task["ports"])

    async def worker():
        for index, port in waiting:
            verdicts[index] = await check(port, task["timeoutMs"], task["mostMs"])

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(task["concurrency"])))
    return {
        "wallMs": (time.perf_counter() - began) * 1000,
        "verdicts": verdicts,
        "peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "uncaught": 0,
    }


def main():
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(asyncio.run(carry_out(json.loads(line)))), flush=True)


main()
