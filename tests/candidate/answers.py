"""What this environment answers to many problems, one JSON object a line. Run as a program.

Problems: staircases by chance with shares and with whole numbers, cases of the rules by chance and
by hand, and the demos in every scenario of theirs, with shares and in whole locations.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from random import Random

from planner.api import open_demo, scenario_names, usable
from planner.input.book import Book
from planner.input.case import Case
from planner.model.build import build
from planner.planning import WHOLE_WORK_LIMIT_S
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LinearModel, Outcome
from tests.rules.hand_worked import HAND_WORKED
from tests.rules.random_cases import random_case
from tests.staircases import random_staircase

WHOLE_SHARE, WHOLE_MONTHS = 0.4, 2


@dataclass(frozen=True)
class Answer:
    """How a problem ended: values of its levels, how far from proven the worst is, seconds."""

    name: str
    ending: str
    values: dict[str, float]
    settled: bool
    gap: float
    seconds: float


def answered(name: str, make: Callable[[], LinearModel], solve: Callable[..., Outcome]) -> Answer:
    """Solve one problem; making it is not part of the seconds."""
    model = make()
    began = time.perf_counter()
    try:
        outcome = solve(model)
    except Exception as fault:  # noqa: BLE001 - a version that fails must be told, not stopped at
        told = f"{type(fault).__name__}: {fault}"
        return Answer(name, told, values={}, settled=False, gap=0.0, seconds=0.0)
    seconds = time.perf_counter() - began
    levels = () if outcome.solution is None else outcome.solution.levels
    return Answer(
        name,
        outcome.ending.value,
        {each.name: each.value for each in levels},
        all(each.settled for each in levels),
        outcome.report.gap or 0.0,
        seconds,
    )


def problems(
    seeds: int, demos: tuple[str, ...]
) -> Iterator[tuple[str, Callable[[], LinearModel], Callable[..., Outcome]]]:
    """Yield each problem: its name, what makes its model, and what solves it."""
    for seed in range(seeds):
        yield f"staircase {seed}", partial(random_staircase, seed), solve_levels
        whole = partial(random_staircase, seed, months=WHOLE_MONTHS, whole_share=WHOLE_SHARE)
        yield f"whole staircase {seed}", whole, solve_levels
        yield f"case {seed}", partial(by_chance, seed), solve_levels
    for name, case in HAND_WORKED.items():
        yield f"by hand {name}", partial(by_hand, case), solve_levels
    limited = partial(solve_levels, work_limit_s=WHOLE_WORK_LIMIT_S)
    for size in demos:
        book = open_demo(size)
        for scenario in (None, *scenario_names(book)):
            for whole_places in (False, True):
                how = "whole" if whole_places else "shares"
                make = partial(of_demo, book, scenario, whole=whole_places)
                name = f"demo {size} {scenario or '-'} {how}"
                yield name, make, limited if whole_places else solve_levels


def by_chance(seed: int) -> LinearModel:
    """Return the model of a case of the rules by chance."""
    return linear_model(build(random_case(Random(seed))))  # noqa: S311 - cases, no secret


def by_hand(case: Callable[[], Case]) -> LinearModel:
    """Return the model of a case worked by hand."""
    return linear_model(build(case()))


def of_demo(book: Book, scenario: str | None, *, whole: bool) -> LinearModel:
    """Return the model of a demo in one of its scenarios."""
    return linear_model(build(usable(book, scenario), whole=whole))


def main() -> int:
    """Answer all that is asked."""
    asked = argparse.ArgumentParser(prog="python -m tests.candidate.answers")
    asked.add_argument("--seeds", type=int, default=400)
    asked.add_argument("--demos", nargs="*", default=[], choices=["small", "national"])
    asked.add_argument("--only", default="", help="problems whose names begin so")
    given = asked.parse_args()
    for name, make, solve in problems(given.seeds, tuple(given.demos)):
        if not name.startswith(given.only):
            continue
        sys.stdout.write(json.dumps(asdict(answered(name, make, solve))) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
