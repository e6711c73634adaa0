"""Read this first: the program's verbs in order.

A workbook is opened into a `Book`, with its mistakes. It is checked: findings, and a `Case` when
there is no error. The case becomes a problem (columns, rows, levels), the problem is solved level
by level, the solution becomes tables, and the tables are verified without the solver. Only then
is there a `Plan`, which is saved next to its input. How a plan is made stands in `planning.py`;
questions about one, why and from which cells, in `explain/plan_explainer.py`. The command line and
the engine's process call these verbs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from planner.alternatives import Alternative, alternatives
from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken, Ending, Progress, Stop
from planner.core.texts import Language, Message, message
from planner.dossier import (
    CheckedDossier,
    Difference,
    differences,
    parts_of,
    read_dossier,
    write_dossier,
)
from planner.dossier import check_dossier as found_in
from planner.dossier.contents import INPUT, PLAN
from planner.explain.workbook_questions import WorkbookQuestions
from planner.files.in_place import without_package
from planner.files.json_file import write_json
from planner.files.reading import read_workbook
from planner.files.seeds import read_seed_book
from planner.files.template import write_template
from planner.files.writing import write_workbook
from planner.input.book import Book
from planner.input.case import Case, Parsed, parse, usable
from planner.input.scenarios.scenario import scenario_names as names_in
from planner.input.typed import read_tables
from planner.margin import Margin, margins
from planner.planning import PlanOptions, program_version, solved_plan
from planner.result import load_plan, sentences
from planner.result.plan import Plan
from planner.result.plan_of_book import PlanOfBook
from planner.result.plan_sheets import result_sheets, workbook_sheets
from planner.result.plan_status import PlanStatus, StatusGiven, status_of
from planner.result.plan_status import give_status as status_given
from planner.result.register import RegisteredRule, register
from planner.result.result_file import result_record
from planner.result.whole_people import as_shown
from planner.verifying import ProvenLevel, Verdict, verdict_record, verify

# So many locations times months, and a plan is large.
LARGE = 2_000

__all__ = [
    "Alternative",
    "CancelToken",
    "Ending",
    "PlanOptions",
    "Progress",
    "ProvenLevel",
    "Stop",
    "Verdict",
    "alternatives",
    "check",
    "check_dossier",
    "give_status",
    "margin",
    "open_demo",
    "open_workbook",
    "plan",
    "plan_status",
    "program_version",
    "questions",
    "repeat_dossier",
    "result_sheets",
    "rules",
    "save_book",
    "save_dossier",
    "save_plan",
    "save_template",
    "scenario_names",
    "shown",
    "usable",
    "verify",
]


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


def plan(  # noqa: PLR0913 - what may be asked of it
    book: Book,
    scenario: str | None = None,
    *,
    parsed: Parsed | None = None,
    options: PlanOptions | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> Plan:
    """Plan a book in a scenario and verify what came out; `parsed` is what `check` gave for it.

    `UnusableInputError` where the input cannot be planned; `ProgramFaultError` where the plan does
    not hold when it is recomputed without the solver.
    """
    return solved_plan(
        book, scenario, parsed=parsed, options=options, progress=progress, cancel=cancel
    ).plan


def save_plan(
    path: Path, book: Book, made: Plan, language: Language, *, anew: bool = False
) -> None:
    """Write the book and its plan whole; `TargetInUseError` where the file is in use.

    `anew` makes a workbook of the program's own, without what else the book's file held; that is
    the way on where a `NotInPlaceError` says that it cannot be kept.
    """
    kept = without_package(book) if anew else book
    write_workbook(path, kept, workbook_sheets(made, book), language)


def save_result(path: Path, made: Plan) -> None:
    """Write the result file; `TargetInUseError` where the file is in use."""
    write_json(path, result_record(made))


def save_verdict(path: Path, verdict: Verdict) -> None:
    """Write the verifier's verdict as JSON; `TargetInUseError` where the file is in use."""
    write_json(path, verdict_record(verdict))


def shown(made: Plan) -> Plan:
    """Return a plan as it is read: with whole people and places where its decisions are whole.

    What a reader is told comes from it, so that terminal, window and workbook say the same.
    """
    return as_shown(made)


def summary(shown: Plan) -> pd.DataFrame:
    """Return what a plan as it is shown says in short: subject, value, unit."""
    return sentences.summary(shown)


def ending_words(made: Plan) -> Message:
    """Return in words how a calculation ended."""
    return message(f"ending.{made.ending.value}")


def save_book(path: Path, book: Book, language: Language, *, anew: bool = False) -> None:
    """Write a book's sheets as they stand; `anew` and the errors as for a plan."""
    write_workbook(path, without_package(book) if anew else book, (), language)


def save_template(path: Path, language: Language) -> None:
    """Write an empty workbook with every sheet and column."""
    write_template(path, language)


def plan_status(path: Path) -> StatusGiven:
    """Return the status of the plan in a workbook; `UnusableInputError` where it holds none."""
    return status_of(load_plan(path).book)


def give_status(path: Path, status: PlanStatus, by: str, on: dt.date) -> StatusGiven:
    """Write a status into a plan's workbook; only a plan that holds gets another than draft.

    `UnusableInputError` where it does not hold, or the workbook holds no plan.
    """
    if status is not PlanStatus.DRAFT:
        for each in verify(path).breaches:
            raise UnusableInputError(message("status.does_not_hold", first=each.what))
    return status_given(path, status, by, on)


def is_large(case: Case) -> bool:
    """Whether a case is so large that every margin of it takes many times as long as its plan."""
    return len(case.locations) * len(case.months) > LARGE


def margin(
    path: Path,
    cancel: CancelToken | None = None,
    tell: Callable[[str], None] | None = None,
    *,
    every: bool | None = None,
) -> tuple[PlanOfBook, tuple[Margin, ...]]:
    """Return a plan and how much of each setback its decisions bear, and what breaks first.

    Of a large plan only the first margin, of everybody until somebody is without a place, unless
    `every` asks for all: they take many times as long as the plan.

    `UnusableInputError` where the workbook holds no plan or another input than was planned;
    `NoMarginError` where the plan's figures cannot be met; `CancelledError` when cancelled.
    """
    loaded = load_plan(path)
    if not loaded.same_input:
        raise UnusableInputError(message("margin.other_input", file=path.name))
    large = is_large(loaded.case)
    first_only = large if every is None else not every
    return loaded, margins(loaded.case, loaded.plan, cancel, tell, first_only=first_only)


def save_dossier(path: Path, out: Path, language: Language, *, overwrite: bool = False) -> int:
    """Write the dossier of a plan to a folder or a ZIP; return how many files it has.

    `UnusableInputError` where the workbook holds no plan; `TargetInUseError` where something else
    stands at `out`.
    """
    loaded = load_plan(path)
    record = verdict_record(verify(path))
    files = parts_of(loaded, path.read_bytes(), record, language)
    write_dossier(out, files, overwrite=overwrite)
    return len(files)


def check_dossier(path: Path) -> CheckedDossier:
    """Return whether a dossier is whole; `UnusableInputError` where there is none to read."""
    return found_in(read_dossier(path))


def repeat_dossier(
    path: Path,
    progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> tuple[Difference, ...]:
    """Plan a whole dossier's input again; return every figure that is another than in its plan.

    `UnusableInputError` where its input cannot be planned any more, or no plan came out.
    """
    files = read_dossier(path)
    with TemporaryDirectory() as folder:
        for name in (INPUT, PLAN):
            (Path(folder) / name).write_bytes(files[name])
        before = load_plan(Path(folder) / PLAN)
        book = read_workbook(Path(folder) / INPUT)
    options = PlanOptions(whole=before.plan.whole)
    again = plan(book, before.scenario, options=options, progress=progress, cancel=cancel)
    if not again.found:
        raise UnusableInputError(message("dossier.no_plan_again"))
    return tuple(differences(before.plan, again))


def questions(
    path: Path,
    *,
    cancel: CancelToken | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> WorkbookQuestions:
    """Return what answers questions about a plan in a workbook: why, wishes, priorities.

    `UnusableInputError` where the workbook holds no plan, or a damaged one.
    """
    return WorkbookQuestions(load_plan(path), cancel, tell)
