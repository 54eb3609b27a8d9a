"""Fair timing: sides alternate in one run, each in a child process of its own; medians and ratios are printed."""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping


def child(module: str, *arguments: str) -> tuple[float, float]:
    """Run `python MODULE ARGUMENTS…`, which prints its own seconds; return (seconds, peak memory in GB)."""
    command = [sys.executable, "-c", _CHILD, module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(peak)


_CHILD = """
import importlib, json, resource, sys, time
sys.path[:0] = ["tests/benchmarks"]
name, function = sys.argv[1].split(":")
work = getattr(importlib.import_module(name), function)
started = time.perf_counter()
work(*sys.argv[2:])
seconds = time.perf_counter() - started
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6]))
"""


def alternate(sides: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Time every side once per round, in turn, and return the median seconds of each."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, work in sides.items():
            times[name].append(work())
    return {name: statistics.median(values) for name, values in times.items()}


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Turn work into a side: run it and return the seconds it took."""

    def side() -> float:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started

    return side


def print_machine() -> None:
    """Print what the numbers were measured on; only ratios travel."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
