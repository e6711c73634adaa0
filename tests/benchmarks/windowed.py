"""The window: how soon it is there, how long it stands still, how fast it takes a paste."""

from __future__ import annotations

from statistics import median

from tests.benchmarks.benchmark import Bench, Benchmark

TIMES = 7


def start_over_empty_window(bench: Bench) -> float:
    """Return the time until the first paint over that of an empty Qt window, started in turn."""

    def once(_: int) -> float:
        took = [float(bench.child("starting", what)) for what in ("program", "empty")]
        return took[0] / took[1]

    once(0)  # so that the modules of both are compiled
    return median(map(once, range(TIMES)))


def heartbeat_solve_ms(bench: Bench) -> float:
    """Return the longest time between two beats of 5 ms while the national demo is planned."""
    return float(bench.child("beating", "solve", str(bench.workbook)))


def heartbeat_load_ms(bench: Bench) -> float:
    """Return the longest time between two beats of 5 ms while the national workbook is opened."""
    return float(bench.child("beating", "load", str(bench.workbook)))


def paste_2000_s(bench: Bench) -> float:
    """Return the seconds that pasting 2,000 rows of occupancy takes, until they are painted."""
    return float(bench.child("beating", "paste", str(bench.workbook)))


WINDOWED = (
    Benchmark(
        "start_over_empty_window",
        "",
        "the window's first paint over that of an empty Qt window",
        start_over_empty_window,
    ),
    Benchmark(
        "heartbeat_solve_ms", "ms", "longest stall of the window while planning", heartbeat_solve_ms
    ),
    Benchmark(
        "heartbeat_load_ms", "ms", "longest stall of the window while opening", heartbeat_load_ms
    ),
    Benchmark("paste_2000_s", "s", "pasting 2,000 rows in the window", paste_2000_s),
)
