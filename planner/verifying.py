"""Whether a plan's workbook says what is so: recomputed and compared cell by cell, unsolved.

Three questions, in this order. Is the input the one that was planned? Does the plan hold: every
rule, shortfall, level and cost counted again, by code that shares nothing with planning
(`planner.verify`)? And does every cell of the result sheets show what follows from the plan's
decisions: the sheets are written again from these and held against those in the file.

What only solving tells (the worth of a limit, what a trial came to) cannot be counted again: it is
held against the record that was made when planning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pandas as pd

from planner import __version__
from planner.core.errors import UnusableInputError
from planner.core.outcome import Ending, Stop
from planner.core.texts import Language, Message, Text, message
from planner.explain.derived import derived
from planner.files.reading import read_workbook, sheets_of
from planner.files.writing import written_results
from planner.input.book import Book, RawSheet, RawValue
from planner.input.case import Case, usable
from planner.input.names import plain
from planner.model.build import build
from planner.result.load import NEEDED, plan_of_tables, plan_tables
from planner.result.plan import LevelValue, Plan
from planner.result.plan_sheets import workbook_sheets
from planner.result.plan_status import status_of
from planner.result.provenance import STATUS_KEYS
from planner.result.record import (
    KEPT,
    VERSION,
    ChangedCell,
    changed_inputs,
    with_inputs_of,
)
from planner.result.verification import breaches_of
from planner.sheets.overview_table import STATUS_CELL, is_overview
from planner.sheets.record_sheet import Record, frame_of, record_of
from planner.sheets.result_sheets import NUMBERED, find_result, read_results
from planner.sheets.result_tables import RECORD, RESULT_TABLES
from planner.sheets.shown_cells import Differing, differing
from planner.verify import Breach
from planner.verify.breach import TOLERANCE, breach
from planner.verify.proof import prove

_OTHER_INPUT = frozenset({"input_changed", "input_read_otherwise"})
# So many changed cells of the input are named one by one.
_NAMED = 10


@dataclass(frozen=True)
class ProvenLevel:
    """A level of the plan with what no plan can better that is as good at the levels before it.

    `gap` is by how much another could be better at most, in the level's unit.
    """

    name: str
    unit: str
    value: float
    bound: float
    gap: float

    @property
    def best(self) -> bool:
        """Whether the plan is proven to be the best at the level, but for the last digits."""
        return self.gap <= TOLERANCE * max(1.0, abs(self.value))


@dataclass(frozen=True)
class Verdict:
    """What the verifier says of a plan that stands in a workbook.

    `breaches` are what does not hold, `input_changed` the cells of the input that are not those
    planned, where they make another case; `remarks` say what was not looked at, and `whole` is
    whether every cell was. `levels` say how far from the best the plan can be; they are empty
    where no prices were recorded.
    """

    scenario: str
    breaches: tuple[Breach, ...]
    input_changed: tuple[ChangedCell, ...] = ()
    remarks: tuple[Message, ...] = ()
    whole: bool = True
    levels: tuple[ProvenLevel, ...] = ()


def verify(path: Path) -> Verdict:
    """Recompute a plan from its workbook alone, without the solver.

    `UnusableInputError` where the workbook holds no plan, a damaged one, or an input that cannot
    be planned.
    """
    book = read_workbook(path)
    if not _all_there(book):
        plan_tables(book)  # which tells which sheets are missing
    record, language = _record(book)
    if record is None:
        return _without_record(book, path.name)
    scenario = str(record["provenance"]["scenario"])
    try:
        case = usable(book, scenario or None)
    except UnusableInputError:
        planned = _as_planned(book, record)
        if planned is None:
            raise
        return _of_other_input(planned[0], planned[1], record, book, language)
    if case.fingerprint != record["provenance"]["fingerprint"]:
        return _of_other_input(book, case, record, book, language)
    if record["program"] != f"Opvangplan {__version__}":
        remark = message("verify.other_version", made=record["program"])
        counted = tuple(_recounted(book, case))
        return Verdict(scenario, counted, (), (remark,), whole=False, levels=_proven(case, record))
    off = _differing(book, case, record, language)
    remarks = (
        message("verify.beside", sheet=each.sheet, cell=each.cell) for each in off if each.beside
    )
    breaches = (*_shown(off), *_recounted(book, case, off))
    return Verdict(scenario, breaches, (), tuple(remarks), levels=_proven(case, record))


def _of_other_input(
    counted: Book, case: Case, record: Record, book: Book, language: Language
) -> Verdict:
    """Return the verdict on a plan in a book with other input than was planned.

    It is counted again for a `case` of a book; where the input can be put back, every cell of the
    results is held against what follows from that.
    """
    changed = tuple(changed_inputs(record, book))
    planned = _as_planned(book, record)
    off: tuple[Differing, ...] = ()
    if planned is not None and record["program"] == f"Opvangplan {__version__}":
        off = _differing(*planned, record, language)
    breaches = (_input_breach(changed), *_shown(off), *_recounted(counted, case, off))
    return Verdict(str(record["provenance"]["scenario"]), breaches, changed)


def _as_planned(book: Book, record: Record) -> tuple[Book, Case] | None:
    """Return a book with the input put back that was planned; `None` where that is another."""
    restored = with_inputs_of(record, book)
    try:
        case = usable(restored, str(record["provenance"]["scenario"]) or None)
    except UnusableInputError:
        return None
    same = case.fingerprint == record["provenance"]["fingerprint"]
    return (restored, case) if same else None


def _differing(book: Book, case: Case, record: Record, language: Language) -> tuple[Differing, ...]:
    """Return the cells of the result sheets that are not what follows from the decisions."""
    status = status_of(book).in_short.text(language)
    expected = _with_status(sheets_again(book, case, record, language), status)
    return tuple(differing(expected, tuple(map(_without_status, book.sheets))))


def _shown(off: Iterable[Differing]) -> Iterator[Breach]:
    return (_cell_breach(each) for each in off if not each.beside)


def _proven(case: Case, record: Record) -> tuple[ProvenLevel, ...]:
    """Return how far each level can be from the best, by the prices recorded."""
    recorded = record.get("proof")
    if not isinstance(recorded, Mapping) or not recorded.get("levels"):
        return ()
    units = {name: unit for name, unit, _ in record["levels"]}
    told = {name: float(value) for name, _, value in record["levels"]}
    whole = record["provenance"].get("whole") == "true"
    return tuple(
        ProvenLevel(each.name, units[each.name], each.value, each.bound, each.gap)
        for each in prove(case, told, recorded, whole=whole)
    )


def _with_status(sheets: Iterable[RawSheet], status: str) -> tuple[RawSheet, ...]:
    """Return the sheets with the first one telling the status that was given, in words."""
    return tuple(
        replace(each, cells={**each.cells, STATUS_CELL: status}) if is_overview(each) else each
        for each in sheets
    )


def _without_status(sheet: RawSheet) -> RawSheet:
    """Return the provenance without the status that somebody gave the plan after it was made."""
    found = find_result(sheet)
    if found is None or found.table.key != "provenance":
        return sheet
    both = [message(f"provenance.{key}").both for key in STATUS_KEYS]
    titles = {title for each in both for title in (each.nl, each.en)}
    at = found.positions["subject"]
    given = {
        row for (row, column), value in sheet.cells.items() if column == at and value in titles
    }
    return replace(
        sheet, cells={key: each for key, each in sheet.cells.items() if key[0] not in given}
    )


def _all_there(book: Book) -> bool:
    """Whether each sheet that a plan must have is there by its name, whatever its header says."""
    names = {plain(NUMBERED.sub("", sheet.name)) for sheet in book.sheets}
    titles = [RESULT_TABLES[key].title for key in NEEDED]
    return all(names & {plain(each.nl), plain(each.en)} for each in titles)


def _without_record(book: Book, file: str) -> Verdict:
    """Return the verdict on a plan of which nothing was recorded, or nothing can be read."""
    tables = plan_tables(book)
    if tables is None:
        raise UnusableInputError(message("verify.no_plan", file=file))
    plan = plan_of_tables(book, tables)
    case = usable(book, plan.scenario or None)
    told = _damaged(tables)
    remarks = () if told else (message("verify.no_record"),)
    return Verdict(plan.scenario, (*told, *breaches_of(case, plan)), (), remarks, whole=False)


def _record(book: Book) -> tuple[Record | None, Language]:
    """Return the record in a book and the language of its sheets, which its own name tells."""
    for sheet in book.sheets:
        found = find_result(sheet)
        if found is not None and found.table.key == RECORD.key:
            record = record_of(read_results(replace(book, sheets=(sheet,)))[RECORD.key])
            if record is not None and _is_newer(record):
                raise UnusableInputError(message("verify.newer_record"))
            whole = record is not None and record.keys() >= KEPT and record["version"] == VERSION
            title = plain(NUMBERED.sub("", sheet.name))
            english = title == plain(RECORD.title.en)
            return record if whole else None, Language.EN if english else Language.NL
    return None, Language.NL


def _is_newer(record: Record) -> bool:
    """Whether a record was written in a way that came after this version."""
    version = record.get("version")
    return isinstance(version, int) and version > VERSION


def _damaged(tables: Mapping[str, pd.DataFrame]) -> tuple[Breach, ...]:
    """Return that the record is there and cannot be read."""
    if RECORD.key not in tables:
        return ()
    return (breach("record", 1, sheet=RECORD.title),)


def _recounted(book: Book, case: Case, told: Iterable[Differing] = ()) -> Iterator[Breach]:
    """Yield what the second count finds; sheets that make no plan any more are breaches too.

    A cell that cannot be read is left out where it was `told` already what it should say.
    """
    try:
        tables = plan_tables(book)
        plan = None if tables is None else plan_of_tables(book, tables)
    except UnusableInputError as fault:
        cells = {(each.sheet, each.cell) for each in told}
        left = [each for each in fault.findings if (each.sheet, each.cell) not in cells]
        if left or not fault.findings:
            yield breach("not_whole", 1, what=fault.told)
        for each in left:
            yield breach("unreadable_cell", 1, sheet=each.sheet, cell=each.cell, what=each.what)
        return
    if plan is None:
        yield breach("not_whole", 1, what=message("standing.not_whole"))
        return
    yield from breaches_of(case, plan)


def _input_breach(changed: tuple[ChangedCell, ...]) -> Breach:
    """Return that the input is not the one that was planned, with the cells that differ.

    Where no cell does, it is the reading that differs: the plan was made by another version.
    """
    if not changed:
        return breach("input_read_otherwise", 1)
    cells = tuple(_changed_words(each) for each in islice(changed, _NAMED))
    more = len(changed) - len(cells)
    if more > 0:
        cells = (*cells, message("verify.more_cells", count=more).both)
    return breach("input_changed", len(changed), cells=cells)


def _changed_words(each: ChangedCell) -> Text:
    empty = message("verify.empty").both
    fields = {"was": each.was or empty, "now": each.now or empty}
    return message("verify.changed_cell", sheet=each.sheet, cell=each.cell, **fields).both


def _cell_breach(each: Differing) -> Breach:
    if not each.cell:
        return breach("sheet_missing", 1, sheet=each.sheet)
    told, counted = _cell_words(each.shown), _cell_words(each.counted)
    return breach("cell", 1, sheet=each.sheet, cell=each.cell, told=told, counted=counted)


def _cell_words(value: RawValue | None) -> object:
    return message("verify.empty").both if value is None or value == "" else value


def sheets_again(
    book: Book, case: Case, record: Record, language: Language
) -> tuple[RawSheet, ...]:
    """Return the result sheets as they follow from the decisions recorded."""
    plan = _plan_again(case, record)
    written = written_results(book, workbook_sheets(plan, book), language)
    return sheets_of(written, "")[0]


def _plan_again(case: Case, record: Record) -> Plan:
    """Return the plan that follows from the decisions recorded, worded anew."""
    ending = Ending(record["ending"])
    provenance = {str(key): str(value) for key, value in record["provenance"].items()}
    whole = provenance.get("whole") == "true"
    decided = {name: frame_of(columns) for name, columns in record["decided"].items()}
    again = derived(build(case, whole=whole), decided, ending, record.get("gap"), whole=whole)
    explanation = record.get("explanation")
    if explanation is not None:
        again.tables["explanation"] = frame_of(explanation)
    return Plan(
        scenario=provenance["scenario"],
        fingerprint=case.fingerprint,
        ending=ending,
        stop=Stop.FINISHED,
        levels=tuple(LevelValue(name, unit, value) for name, unit, value in record["levels"]),
        measures=again.measures,
        tables=again.tables,
        notes=again.notes,
        provenance=provenance,
        timings={},
        grounds=case.grounds,
    )


def verdict_record(verdict: Verdict) -> dict[str, object]:
    """Return a verdict as the object of the file that `--json` writes."""
    breaches = [
        {
            "check": each.check,
            "amount": each.amount,
            "nl": each.what.text(Language.NL),
            "en": each.what.text(Language.EN),
            **{
                name: value
                for name, value in each.what.fields
                if name in {"sheet", "cell"} and each.check == "cell"
            },
        }
        for each in verdict.breaches
    ]
    return {
        "scenario": verdict.scenario,
        "holds": not verdict.breaches,
        "breaches": breaches,
        "input_changed": any(each.check in _OTHER_INPUT for each in verdict.breaches),
        "changed_cells": [vars(each) for each in verdict.input_changed],
        "levels": [vars(each) for each in verdict.levels],
        "remarks": [{"nl": each.both.nl, "en": each.both.en} for each in verdict.remarks],
    }
