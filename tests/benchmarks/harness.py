"""Fair timing: sides alternate in one run, in child processes or in this one; medians and ratios are printed."""

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
from dataclasses import dataclass


def child(module: str, *arguments: str) -> tuple[float, float, float]:
    """Run `module:function` in a process of its own; return its (wall seconds, CPU seconds, peak memory in GB).

    Python may keep its compiled modules, as it does where the product is installed; the medians leave out the round
    that compiles them.
    """
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", _CHILD, module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=settings)
    if done.returncode:
        raise SystemExit(done.stderr)
    wall, cpu, peak = json.loads(done.stdout.splitlines()[-1])
    return float(wall), float(cpu), float(peak)


_CHILD = """
import importlib, json, resource, sys, time
sys.path[:0] = ["tests/benchmarks"]
name, function = sys.argv[1].split(":")
work = getattr(importlib.import_module(name), function)
started = time.perf_counter()
work(*sys.argv[2:])
wall, used = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e9]))
"""


@dataclass(frozen=True)
class Timing:
    """Medians of one side: `wall` and `cpu` seconds (`cpu` sums all threads of this process)."""

    wall: float
    cpu: float


def alternate(sides: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Timing]:
    """Run every side once per round, in turn, and return the medians of each; one round before does not count.

    The order turns around from round to round, so that no side always runs behind the same other one.
    """
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    for turn in range(rounds + 1):
        for name in list(sides) if turn % 2 else reversed(list(sides)):
            wall, cpu = time.perf_counter(), time.process_time()
            sides[name]()
            if turn:
                times[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    return {
        name: Timing(*(statistics.median(values) for values in zip(*runs, strict=True))) for name, runs in times.items()
    }


def print_machine() -> None:
    """Print what the numbers were measured on; only ratios travel."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}, load {os.getloadavg()[0]:.1f}")
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
