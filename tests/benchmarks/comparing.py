"""Scenarios side by side: planning several at once, and opening a comparison."""

from __future__ import annotations

from tests.benchmarks.benchmark import Bench, Benchmark


def three_scenarios_over_plan(bench: Bench) -> float:
    """Return the time in which three scenarios are planned over that of one."""
    one, three, _ = bench.side_by_side
    return three / one


def six_way_s(bench: Bench) -> float:
    """Return the seconds in which a comparison of six computed plans is there to be shown."""
    return bench.side_by_side[2]


COMPARING = (
    Benchmark(
        "three_scenarios_over_plan",
        "",
        "planning three national scenarios over planning one",
        three_scenarios_over_plan,
    ),
    Benchmark("six_way_s", "s", "opening a comparison of six national plans", six_way_s),
)
