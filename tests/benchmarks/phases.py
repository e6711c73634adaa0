"""A plan's phases apart, in a process of its own: `phases WORKBOOK [whole] [SECONDS]`.

Prints the seconds of each phase as JSON, in the order they come, and how large the problem is. With
`whole` locations are chosen whole. `SECONDS` is how long solving may take: what had no solution by
then has no later phases. On the error stream each step is told as it begins, for whoever waits.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from planner import api
from planner.core.outcome import Progress
from planner.core.texts import Language
from planner.explain.solved_plan import SolvedPlan
from planner.planning import PlanOptions, solved_plan
from planner.solver.highs import Solver, Terms
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LinearModel
from planner.verify.proof import prove
from planner.verifying import verify

WHOLE = "whole"
# What a plan from file to file consists of; `solve` has the levels in it.
FILE_TO_FILE = ("read", "check", "build", "solve", "tables", "explain", "verify", "write")
TOGETHER = "file to file"
STEPS = frozenset(FILE_TO_FILE)


def main(workbook: str, *given: str) -> None:
    """Measure the phases of a workbook's plan and print them."""
    seconds = next((float(each) for each in given if each != WHOLE), None)
    options = PlanOptions(whole=WHOLE in given, time_limit_s=seconds)
    print(json.dumps(measured(Path(workbook), options)))


def measured(workbook: Path, options: PlanOptions) -> dict[str, object]:
    """Return the seconds of each phase, how it ended, and the size of the problem."""
    begun = time.perf_counter()
    book = api.open_workbook(workbook)
    phases = {"read": time.perf_counter() - begun}
    solved = solved_plan(book, options=options, progress=_tell)
    timings = solved.plan.timings
    for name in (each for each in FILE_TO_FILE if each in timings):
        if name == "solve":
            model, phases["hand over"] = _handed_over(solved)
        phases[name] = timings[name]
        if name == "solve":
            phases |= {f"· {part}": each for part, each in timings.items() if part not in STEPS}
    if solved.plan.found:
        phases |= _written(workbook, solved, whole=options.whole)
        phases[TOGETHER] = sum(phases[name] for name in FILE_TO_FILE)
    ending = f"{solved.plan.ending.value}, {solved.plan.stop.value}"
    return {"phases": phases, "ending": ending, "size": len(model.values)}


def _handed_over(solved: SolvedPlan) -> tuple[LinearModel, float]:
    """Return the solver's arrays, and the seconds in which these are made and loaded once more."""
    begun = time.perf_counter()
    model = linear_model(solved.problem)
    Solver(model, Terms(), whole=bool(model.whole.any()))
    return model, time.perf_counter() - begun


def _written(workbook: Path, solved: SolvedPlan, *, whole: bool) -> dict[str, float]:
    """Return the seconds of writing the plan, proving it, and verifying the written workbook."""
    plan, target = solved.plan, workbook.with_suffix(".plan.xlsx")
    begun = time.perf_counter()
    api.save_plan(target, solved.book, plan, Language.NL)
    took = {"write": time.perf_counter() - begun}
    record = plan.record or {}
    if record.get("proof"):
        told = {each.name: each.value for each in plan.levels}
        begun = time.perf_counter()
        prove(solved.problem.case, told, record["proof"], whole=whole)
        took["prove"] = time.perf_counter() - begun
    begun = time.perf_counter()
    if verify(target).breaches:
        raise RuntimeError("the plan written does not hold")
    return {**took, "verify a file": time.perf_counter() - begun}


def _tell(told: Progress) -> None:
    if told.value is None:
        print(f"  {told.elapsed_s:7.1f} s  {told.level or told.step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
