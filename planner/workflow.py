"""Read this first: the program's verbs in order.

A workbook is opened into a `Book`, with its mistakes. It is checked: findings, and a `Case` when
there is no error. The case becomes a problem (columns, rows, levels), the problem is solved level
by level, the solution becomes tables, and the tables are verified without the solver. Only then
is there a `Plan`, which is saved next to its input. The command line and the window call these
verbs and nothing below them.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from planner import __version__
from planner.errors import ProgramFaultError, Severity, UnusableInputError
from planner.insight import sentences
from planner.insight.applies import rules_table
from planner.insight.checks import checks_beside
from planner.insight.departures import departures
from planner.insight.explain.explained import explain, explanation_table
from planner.insight.impossible import impossible
from planner.insight.register import RegisteredRule, register
from planner.insight.result import LevelValue, Plan, Quantity
from planner.insight.result_file import result_record
from planner.insight.tables import TABLE_COLUMNS, result_tables
from planner.insight.uncounted import uncounted_costs
from planner.model.build import Problem, build
from planner.model.demand import demand_notes
from planner.model.measures import MEASURES
from planner.solve.handover import linear_model
from planner.solve.levels import solve_levels
from planner.solve.outcome import (
    CancelToken,
    Ending,
    Outcome,
    Progress,
    Stop,
)
from planner.tables.book import Book
from planner.tables.case import Case, Parsed, parse
from planner.tables.scenario import scenario_names as names_in
from planner.tables.typed import read_tables
from planner.texts import Language, Message, message
from planner.verify import Breach, ClaimedPlan
from planner.verify import verify as breaches_in
from planner.workbook.json_file import write_json
from planner.workbook.reading import read_workbook
from planner.workbook.result_tables import RESULT_TABLES
from planner.workbook.results import ResultSheet, read_results
from planner.workbook.seeds import read_seed_book
from planner.workbook.template import write_template
from planner.workbook.writing import write_workbook

__all__ = [
    "CancelToken",
    "Ending",
    "PlanOptions",
    "Progress",
    "Stop",
    "check",
    "open_demo",
    "open_workbook",
    "plan",
    "rules",
    "save_book",
    "save_plan",
    "save_template",
    "scenario_names",
    "verify",
]

SEED = 0
THREADS = 2
# Whole decisions may take without end to prove; nobody waits longer than this unless asked to.
WHOLE_TIME_LIMIT_S = 300.0


@dataclass(frozen=True)
class PlanOptions:
    """How to plan: whole locations or shares of them, how long at most, where models go.

    `trials` is how often the explanation may solve again; without it that hangs on the size.
    """

    whole: bool = False
    time_limit_s: float | None = None
    model_dir: Path | None = None
    trials: int | None = None

    @property
    def seconds(self) -> float | None:
        """The time limit that holds: whole decisions always have one."""
        default = WHOLE_TIME_LIMIT_S if self.whole else None
        return default if self.time_limit_s is None else self.time_limit_s


@dataclass(frozen=True)
class Verdict:
    """What the verifier says of a plan that stands in a workbook."""

    scenario: str
    breaches: tuple[Breach, ...]


def open_workbook(path: Path) -> Book:
    """Read a workbook; `UnusableInputError` with findings where the file cannot be read."""
    return read_workbook(path)


def open_demo(size: str, language: Language = Language.NL) -> Book:
    """Return the demo book, `small` or `national`, from the seeds."""
    return read_seed_book(f"demo_{size}", language)


def check(book: Book, scenario: str | None = None) -> Parsed:
    """Return everything found in a book, and a case where it can be planned."""
    return parse(book, scenario)


def scenario_names(book: Book) -> tuple[str, ...]:
    """Return the scenarios that a book names."""
    return names_in(read_tables(book)[0])


def rules(book: Book | None = None, scenario: str | None = None) -> tuple[RegisteredRule, ...]:
    """Return the rule register: as supplied, or as it stands in a book under a scenario."""
    return register(None if book is None else usable(book, scenario))


def usable(book: Book, scenario: str | None = None) -> Case:
    """Return the case of a book; `UnusableInputError` with all findings where there is none."""
    parsed = check(book, scenario)
    if parsed.case is None:
        errors = sum(finding.severity is Severity.ERROR for finding in parsed.findings)
        raise UnusableInputError(message("plan.unusable", count=errors), parsed.findings)
    return parsed.case


def plan(
    book: Book,
    scenario: str | None = None,
    *,
    options: PlanOptions | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> Plan:
    """Plan a book in a scenario and verify what came out.

    `UnusableInputError` where the input cannot be planned; `ProgramFaultError` where the plan does
    not hold when it is recomputed without the solver.
    """
    options = options or PlanOptions()
    clock = _Clock(progress)
    case = usable(book, scenario)
    clock.lap("check", "build")
    problem = build(case, whole=options.whole)
    clock.lap("build", None)
    outcome = solve_levels(
        linear_model(problem),
        time_limit_s=options.seconds,
        cancel=cancel,
        progress=progress,
        seed=SEED,
        threads=THREADS,
        model_dir=options.model_dir,
    )
    clock.lap("solve", "tables")
    made = _plan_of(problem, outcome, options)
    clock.lap("tables", "explain")
    made = _explained(made, problem, outcome, options)
    clock.lap("explain", "verify")
    if made.found:
        _hold(case, made, options)
    clock.lap("verify", None)
    return replace(made, timings={**outcome.report.timings, **clock.timings})


class _Clock:
    """Times the steps and tells which one begins."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        self._progress = progress
        self._start = self._last = time.perf_counter()
        self.timings: dict[str, float] = {}
        self._tell("check")

    def lap(self, ended: str, begins: str | None) -> None:
        now = time.perf_counter()
        self.timings[ended] = now - self._last
        self._last = now
        if begins is not None:
            self._tell(begins)

    def _tell(self, step: str) -> None:
        if self._progress is not None:
            self._progress(Progress(step, None, None, time.perf_counter() - self._start))


def _plan_of(problem: Problem, outcome: Outcome, options: PlanOptions) -> Plan:
    """Return the plan of an outcome, not yet verified; without a solution its tables are empty."""
    case, solution = problem.case, outcome.solution
    if solution is None:
        tables = {name: pd.DataFrame(columns=list(keys)) for name, keys in TABLE_COLUMNS.items()}
        levels: tuple[LevelValue, ...] = ()
        measures: Mapping[str, Quantity] = {}
    else:
        tables = result_tables(problem, solution.values)
        tables["checks"] = checks_beside(problem, tables)
        tables["rules"] = rules_table(problem)
        levels = tuple(
            LevelValue(each.name, content.content.unit, each.value)
            for each, content in zip(solution.levels, problem.levels, strict=True)
        )
        measures = {
            each.name: Quantity(
                problem.columns.value(each.of(case, problem.choose), solution.values), each.unit
            )
            for each in MEASURES
        }
    return Plan(
        scenario=case.scenario,
        fingerprint=case.fingerprint,
        ending=outcome.ending,
        stop=outcome.stop,
        levels=levels,
        measures=measures,
        tables=tables,
        notes=(
            *_notes(outcome, options),
            *demand_notes(case),
            *departures(case),
            *uncounted_costs(case),
        ),
        provenance=_provenance(case, problem, outcome, options),
        timings={},
    )


def _explained(made: Plan, problem: Problem, outcome: Outcome, options: PlanOptions) -> Plan:
    """Return the plan with why it is as it is; where none is possible, with what clashes."""
    if outcome.ending is Ending.INFEASIBLE:
        ending, notes = impossible(problem)
        return replace(made, ending=ending, notes=(*made.notes, *notes))
    if outcome.solution is None:
        return made
    lines = explain(problem, outcome.solution, options.trials)
    return replace(made, tables={**made.tables, "explanation": explanation_table(lines)})


def _notes(outcome: Outcome, options: PlanOptions) -> Iterator[Message]:
    """Yield how the calculation ended, where that is not with the one best plan."""
    gap = outcome.report.gap
    stopped = outcome.ending is Ending.BEST_FOUND
    if stopped:
        yield message("plan.best_found")
    if gap:
        yield message("plan.gap", percent=100 * gap)
    elif stopped and options.whole and gap is None:
        yield message("plan.gap_unknown")


def _provenance(
    case: Case, problem: Problem, outcome: Outcome, options: PlanOptions
) -> dict[str, str]:
    """Return how the plan came about, in words that need no translation."""
    return {
        "program": f"Opvangplan {program_version()}",
        "solver": outcome.report.solver,
        "way": outcome.report.way,
        "scenario": case.scenario,
        "fingerprint": case.fingerprint,
        "priorities": " > ".join(each.content.level.value for each in problem.levels),
        "tolerance": "1e-6 (relative), levels without slack",
        "seed": f"{SEED} / {THREADS}",
        "whole": str(options.whole).lower(),
        "gap": "-" if outcome.report.gap is None else f"{outcome.report.gap:.4%}",
        "ending": outcome.ending.value,
        "verdict": "ok",
        "made": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
    }


def program_version() -> str:
    """Return the installed version of the program."""
    return __version__


def _hold(case: Case, made: Plan, options: PlanOptions) -> None:
    """Recompute a plan without the solver; `ProgramFaultError` where it does not hold."""
    values = {each.name: each.value for each in made.levels}
    claimed = ClaimedPlan(case.scenario, values, made.tables, whole=options.whole)
    breaches = breaches_in(case, claimed)
    if breaches:
        told = message("plan.at_fault", count=len(breaches), first=breaches[0].what)
        raise ProgramFaultError(told)


def save_plan(path: Path, book: Book, made: Plan, language: Language) -> None:
    """Write the book and its plan whole; `TargetInUseError` where the file is in use."""
    write_workbook(path, book, result_sheets(made), language)


def result_sheets(made: Plan) -> tuple[ResultSheet, ...]:
    """Return every result sheet of a plan, in the order of the workbook."""
    frames = {
        **made.tables,
        "summary": sentences.summary(made),
        "levels": sentences.levels(made),
        "measures": sentences.measures(made),
        "shortfalls": sentences.worded_shortfalls(made),
        "reporting": sentences.reporting(made),
        "provenance": sentences.provenance(made),
    }
    return tuple(
        ResultSheet(table, frames[key], made.notes if key == "summary" else ())
        for key, table in RESULT_TABLES.items()
        if key in frames
    )


def save_result(path: Path, made: Plan) -> None:
    """Write the result file; `TargetInUseError` where the file is in use."""
    write_json(path, result_record(made))


def save_verdict(path: Path, verdict: Verdict) -> None:
    """Write the verifier's verdict as JSON; `TargetInUseError` where the file is in use."""
    breaches = [
        {
            "check": each.check,
            "amount": each.amount,
            "nl": each.what.both.nl,
            "en": each.what.both.en,
        }
        for each in verdict.breaches
    ]
    holds = not verdict.breaches
    write_json(path, {"scenario": verdict.scenario, "holds": holds, "breaches": breaches})


def summary(made: Plan) -> pd.DataFrame:
    """Return what a plan says in short: subject, value, unit."""
    return sentences.summary(made)


def ending_words(made: Plan) -> Message:
    """Return in words how a calculation ended."""
    return message(f"ending.{made.ending.value}")


def save_book(path: Path, book: Book, language: Language) -> None:
    """Write a book's sheets as they stand; `TargetInUseError` where the file is in use."""
    write_workbook(path, book, (), language)


def save_template(path: Path, language: Language) -> None:
    """Write an empty workbook with every sheet and column."""
    write_template(path, language)


def verify(path: Path) -> Verdict:
    """Recompute a plan from its workbook alone, without the solver.

    `UnusableInputError` where the workbook holds no plan or an input that cannot be planned.
    """
    book = read_workbook(path)
    tables = read_results(book)
    if "levels" not in tables or "placement" not in tables:
        raise UnusableInputError(message("verify.no_plan", file=path.name))
    claimed = provenance_in(tables["provenance"])
    case = usable(book, claimed.get("scenario"))
    levels = dict(zip(tables["levels"]["name"], tables["levels"]["value"], strict=True))
    whole = claimed.get("whole") == "true"
    breaches = breaches_in(case, ClaimedPlan(case.scenario, levels, tables, whole=whole))
    return Verdict(case.scenario, breaches)


def provenance_in(frame: pd.DataFrame) -> dict[str, str]:
    """Return the provenance of a plan by its keys, in whichever language it was written."""
    by_title = {}
    for key in ("scenario", "fingerprint", "program", "priorities", "whole"):
        both = message(f"provenance.{key}").both
        by_title.update({both.nl: key, both.en: key})
    return {
        by_title[subject]: str(value)
        for subject, value in zip(frame["subject"], frame["value"], strict=True)
        if subject in by_title
    }
