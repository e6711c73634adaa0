"""Asking what if on the national demo: sixty edits of seven kinds, over the plan made cold.

As a module, `asking WORKBOOK [FIRST LAST [beside]]`, it asks a portion of them and prints each as
it is answered; with `beside`, also how far its levels are from the same case solved from the start.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from planner import api
from planner.core.errors import OpvangplanError
from planner.input.case import Case, parse, usable_of
from planner.input.edit_lines import EditLine
from planner.model.build import build
from planner.model.rules.rule import Level
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.whatif.levers import LEVERS
from planner.whatif.session import WhatIf
from tests.benchmarks.benchmark import Bench, Benchmark

EDITS = 60
BESIDE = "beside"
LATE = frozenset({Level.MOVES, Level.COST, Level.CHANGE})
KINDS = ("closing", "beds", "demand", "stay", "growth", "norm", "all")


def edits_of(kind: str, asking: WhatIf, chance: Random) -> tuple[EditLine, ...]:
    """Return an edit of a kind at a place by chance, as a planner would ask it."""
    case: Case = asking.case
    where = chance.choice([each for each in case.locations.values() if not each.candidate])
    if kind == "closing":
        month = chance.choice(case.months[len(case.months) // 2 :])
        ends = EditLine("locations", where.id, "open_until", month.isoformat())
        return ends, EditLine("locations", where.id, "extendable_until", None)
    if kind == "beds":
        beds = max(int(where.dol_beds), int(where.beds * chance.uniform(0.8, 1.2)))
        return (EditLine("locations", where.id, "beds", str(beds)),)
    book = asking.first_book
    if kind == "demand":
        line = chance.choice(LEVERS["arrivals"].lines(book, chance.uniform(0.8, 1.2)))
        return (line,)
    lever, lowest, highest = {
        "stay": ("dublin_stay", 2.0, 6.0),
        "growth": ("dol_growth", 50.0, 400.0),
        "norm": ("norm", 0.88, 0.96),
        "all": ("arrivals", 0.95, 1.05),
    }[kind]
    return LEVERS[lever].lines(book, chance.uniform(lowest, highest))


@dataclass(frozen=True)
class Asked:
    """An edit, how it was answered, and in how many seconds: the levels before the moves, and all.

    `cpu_` are seconds of the processor, for a machine that does more. `apart` is by how much a
    level's value differs at most, relative to its size, from the same case solved from the start;
    nothing where that was not asked.
    """

    number: int
    kind: str
    way: str
    first_s: float
    seconds: float
    verified_s: float
    cpu_first_s: float
    cpu_s: float
    apart: float | None


def asked(asking: WhatIf, first: int, last: int, *, beside: bool) -> Iterator[Asked]:
    """Yield the edits from one number up to another that a planner could make, as answered.

    With `beside` each is solved from the start too. Edits before the first are chosen and not made,
    so that an edit is the same in whichever portion it is asked.
    """
    chance = Random(20261128)  # noqa: S311 - the same edits every time
    for number in range(last):
        kind = KINDS[number % len(KINDS)]
        edits = edits_of(kind, asking, chance)
        if number < first:
            continue
        told: dict[str, float] = {}
        begun = time.process_time()

        def settled(level: str, _: float, told: dict[str, float] = told) -> None:
            told[level] = time.process_time()

        try:
            answer = asking.pose(edits, settled=settled)
        except OpvangplanError:
            continue  # an edit by chance that no planner could make either
        early = [at for level, at in told.items() if level not in LATE]
        yield Asked(
            number,
            kind,
            answer.way.value,
            answer.first_s,
            answer.seconds,
            answer.verified_s,
            max(early, default=begun) - begun,
            max(told.values(), default=begun) - begun,
            _apart(asking) if beside else None,
        )


def _apart(asking: WhatIf) -> float:
    """Return how far the levels as they stand are from the same case solved from the start."""
    case = usable_of(parse(asking.book, asking.scenario))
    solution = solve_levels(linear_model(build(case))).proven()
    if solution is None:
        raise ArithmeticError("no plan from the start")
    anew = {each.name: each.value for each in solution.levels}
    return max(
        abs(anew[name] - value) / max(1.0, abs(value)) for name, value in asking.levels.items()
    )


def main(workbook: str, first: str = "0", last: str = str(EDITS), *given: str) -> None:
    """Ask a portion of the edits, and print how long the plan made cold took, then each edit."""
    begun = time.process_time()
    asking = WhatIf(api.open_workbook(Path(workbook)))
    cold = {"cold_s": asking.cold_s, "cpu_cold_s": time.process_time() - begun}
    print(json.dumps(cold), flush=True)
    found = []
    for each in asked(asking, int(first), int(last), beside=BESIDE in given):
        found.append(asdict(each))
        print(json.dumps(found[-1]), flush=True)
    print(json.dumps({**cold, "asked": found}))


def what_if_median_over_cold(bench: Bench) -> float:
    """Return the median answer over the plan made cold."""
    cold, edits = bench.asked
    return statistics.median(each["seconds"] for each in edits) / cold


def what_if_worst_over_cold(bench: Bench) -> float:
    """Return the slowest answer over the plan made cold."""
    cold, edits = bench.asked
    return max(each["seconds"] for each in edits) / cold


def what_if_first_over_cold(bench: Bench) -> float:
    """Return the median of the levels before the moves over the plan made cold."""
    cold, edits = bench.asked
    return statistics.median(each["first_s"] for each in edits) / cold


ASKING = (
    Benchmark(
        "what_if_median_over_cold",
        "",
        "an edit answered, the median of sixty on national, over its plan made cold",
        what_if_median_over_cold,
    ),
    Benchmark("what_if_worst_over_cold", "", "the slowest of those edits", what_if_worst_over_cold),
    Benchmark(
        "what_if_first_over_cold",
        "",
        "the levels before the moves settled, the median of those edits",
        what_if_first_over_cold,
    ),
)

if __name__ == "__main__":
    main(*sys.argv[1:])
