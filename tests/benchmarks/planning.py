"""Planning the national demo, file to file, beside the solver alone; and its memory."""

from __future__ import annotations

from tests.benchmarks.benchmark import Bench, Benchmark


def plan_over_solver(bench: Bench) -> float:
    """Return the time of a plan over that of the solver on the models of its levels in turn."""
    alone = bench.child("alone", "each", *map(str, bench.levels))
    return bench.planned.seconds / float(sum(alone))


def plan_over_weighted(bench: Bench) -> float:
    """Return the time of a plan over that of the solver on one weighted sum of the levels."""
    (alone,) = bench.child("alone", "weighted", *map(str, bench.levels))
    return bench.planned.seconds / float(alone)


def plan_peak_mb(bench: Bench) -> float:
    """Return the largest memory of a plan, file to file."""
    return bench.planned.peak_mb


PLANNING = (
    Benchmark(
        "plan_over_solver",
        "",
        "plan national, file to file, over HiGHS alone on its level files one after another",
        plan_over_solver,
    ),
    Benchmark(
        "plan_over_weighted",
        "",
        "plan national, file to file, over HiGHS alone on one weighted sum of the levels",
        plan_over_weighted,
    ),
    Benchmark("plan_peak_mb", "MB", "largest memory of plan national, file to file", plan_peak_mb),
)
