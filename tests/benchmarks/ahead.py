"""Planning for several scenarios, and a plan's decisions in sampled futures, on the national demo.

As a module it prints what it measured: `ahead WORKBOOK PLAN member` the seconds of a cold plan and
of a member; `ahead WORKBOOK PLAN one` and `two` those of an ensemble by so many processes.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from planner import api
from planner.ensemble import verbs
from planner.ensemble.executors import ProcessExecutor
from planner.ensemble.trial import Trial
from planner.forecast.futures import futures
from planner.input.book import Book
from planner.model.demand import demand
from planner.result.plan import Plan
from tests.benchmarks.benchmark import Bench, Benchmark, timed

MEMBERS, SHARED_MEMBERS = 4, 48
CREWS = {"one": 1, "two": 2}


def robust3_over_plan(bench: Bench) -> float:
    """Return the time of a plan for three scenarios over that of a plan, file to file.

    What its sampled futures take is left out: how many there are is the planner's choice.
    """
    target = str(bench.folder / "robust.xlsx")
    asked = ("--scenarios", "low,middle,high", "--fractions", "--futures", "0", "--out", target)
    return timed("-m", "planner", "robust", str(bench.workbook), *asked).seconds / (
        bench.planned.seconds
    )


def ensemble_member_over_cold(bench: Bench) -> float:
    """Return the time of a member of an ensemble over that of a plan made cold."""
    cold, member = _of_plan(bench, "member")
    return member / cold


def ensemble_two_workers_speedup(bench: Bench) -> float:
    """Return how many times as quick two processes are as one, their start included."""
    # Apart, for a process keeps what the first future came to.
    (one,), (two,) = (_of_plan(bench, crew) for crew in CREWS)
    return one / two


def _of_plan(bench: Bench, what: str) -> tuple[float, ...]:
    _ = bench.planned  # writes the plan
    told = bench.child("ahead", str(bench.workbook), str(bench.folder / "plan.xlsx"), what)
    return tuple(float(each) for each in told)


AHEAD = (
    Benchmark(
        "robust3_over_plan",
        "",
        "robust national, three scenarios without sampled futures, over plan, file to file",
        robust3_over_plan,
    ),
    Benchmark(
        "ensemble_member_over_cold",
        "",
        "a member of an ensemble of national over a plan of it made cold",
        ensemble_member_over_cold,
    ),
    Benchmark(
        "ensemble_two_workers_speedup",
        "",
        f"{SHARED_MEMBERS} members of national by one process over the same by two",
        ensemble_two_workers_speedup,
    ),
)


def _main(workbook: Path, plan: Path, what: str) -> tuple[float, ...]:
    book = api.open_workbook(workbook)
    case, made = api.usable(book), verbs.plan_in(plan)
    if made is None:
        raise ValueError("there is no plan")
    if what in CREWS:
        return (_taken(book, made, CREWS[what]),)
    begun = time.perf_counter()
    api.plan(book)
    cold = time.perf_counter() - begun
    trial = Trial(case, verbs.kept_in(case, made))
    drawn = futures(case, demand(case), (), MEMBERS, 0)
    begun = time.perf_counter()
    for people in drawn:
        trial.of(people)
    return cold, (time.perf_counter() - begun) / MEMBERS


def _taken(book: Book, made: Plan, workers: int) -> float:
    begun = time.perf_counter()
    verbs.tried(book, made, SHARED_MEMBERS, seed=0, executor=ProcessExecutor(workers))
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(_main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
