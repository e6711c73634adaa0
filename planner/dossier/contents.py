"""What a dossier holds: input, parameters, choices, rules, plan, verdict, and how to repeat it."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from planner.core.texts import Language, Text, message, say
from planner.dossier.manifest import LAYOUT, MANIFEST, Manifest, part_of, versions
from planner.files.writing import write_workbook
from planner.input.book import Book
from planner.input.parameters import supplied
from planner.input.scenarios.scenario import changes_of
from planner.input.settings import Parameter
from planner.input.typed import TypedRow, TypedTables, read_tables
from planner.model.rules import RULES, is_on
from planner.result.plan_of_book import PlanOfBook
from planner.result.plan_status import StatusGiven, status_of
from planner.result.register import register, rule_record
from planner.result.result_file import result_record
from planner.sheets.overview_table import is_overview
from planner.sheets.result_sheets import find_result

INPUT, PLAN, VERDICT = "input.xlsx", "plan.xlsx", "verdict.json"
FIGURES, PARAMETERS, CHOICES, RULE_FILE = "plan.json", "parameters.csv", "choices.csv", "rules.json"
READ_ME = "README.txt"
_ABOUT = {
    READ_ME: "dossier.part.readme",
    INPUT: "dossier.part.input",
    PLAN: "dossier.part.plan",
    FIGURES: "dossier.part.plan_figures",
    PARAMETERS: "dossier.part.parameters",
    CHOICES: "dossier.part.choices",
    RULE_FILE: "dossier.part.rules",
    VERDICT: "dossier.part.verdict",
}


def parts_of(
    plan: PlanOfBook, workbook: bytes, verdict: Mapping[str, object], language: Language
) -> Mapping[str, bytes]:
    """Return the files of a plan's dossier by name, its manifest the last.

    `workbook` is the file that the plan was read from, `verdict` what verifying it gave.
    """
    status = status_of(plan.book)
    again = _command(plan)
    files = {
        READ_ME: _read_me(plan, status, again).encode(),
        INPUT: _input(plan.book, language),
        PLAN: workbook,
        FIGURES: _json(result_record(plan.plan)),
        PARAMETERS: _csv(_parameters(plan)),
        CHOICES: _csv(_choices(plan)),
        RULE_FILE: _json({"rules": [rule_record(each) for each in register(plan.case)]}),
        VERDICT: _json(verdict),
    }
    parts = tuple(part_of(name, content, _about(name)) for name, content in files.items())
    manifest = Manifest(
        layout=LAYOUT,
        plan={
            "scenario": plan.scenario,
            "fingerprint": plan.case.fingerprint,
            "planned_fingerprint": plan.plan.fingerprint,
            "ending": plan.plan.ending.value,
            "whole": plan.plan.whole,
            "months": [f"{month:%Y-%m-%d}" for month in plan.case.months],
            "provenance": dict(plan.provenance),
        },
        status=_status_record(status),
        made_by=versions(),
        levels=[vars(each) for each in plan.plan.levels],
        again=again,
        parts=parts,
    )
    return {**files, MANIFEST: manifest.as_json()}


def _about(name: str) -> tuple[str, str]:
    both = message(_ABOUT[name]).both
    return both.nl, both.en


def _command(plan: PlanOfBook) -> str:
    """Return the command that makes the plan again, in the folder of the dossier."""
    scenario = f' --scenario "{plan.scenario}"' if plan.scenario else ""
    fractions = "" if plan.plan.whole else " --fractions"
    return f"opvangplan plan {INPUT} --out again.xlsx{scenario}{fractions}"


def _status_record(status: StatusGiven) -> Mapping[str, object]:
    return {
        "status": status.holds.value,
        "given": status.status.value,
        "by": status.by,
        "on": None if status.on is None else status.on.isoformat(),
        "mark": status.mark,
        "changed_since": status.changed,
    }


def _read_me(plan: PlanOfBook, status: StatusGiven, again: str) -> str:
    lines = []
    for language in Language:
        fields = {
            "program": plan.provenance.get("program", ""),
            "scenario": plan.scenario,
            "status": status.holds.label,
            "again": again,
        }
        lines += [say("dossier.read_me", language, **fields), ""]
    return "\n".join(lines)


def _input(book: Book, language: Language) -> bytes:
    """Return the input alone, as a workbook: the plan's without its result sheets."""
    sheets = tuple(
        each for each in book.sheets if find_result(each) is None and not is_overview(each)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / INPUT
        write_workbook(path, replace(book, sheets=sheets, package=b""), (), language)
        return path.read_bytes()


def _parameters(plan: PlanOfBook) -> Iterator[tuple[object, ...]]:
    """Yield every parameter as it counts: its value, the supplied one, and who changed it.

    `changed_in` is the cell or the scenario that gives the value; `who_why` is the note at the
    cell and the source beside it, which is where a workbook says so.
    """
    yield (
        "parameter", "title", "value", "unit", "supplied", "changed", "valid_from", "valid_until",
        "changed_in", "who_why",
    )  # fmt: skip
    typed, _ = read_tables(plan.book)
    cells = _cells(plan.book, typed)
    scenario = {each.record.key.partition("|")[0] for each in _changes(typed, plan.scenario)}
    holding = plan.case.parameters
    for name, ours in holding.by_name.items():
        for each in (ours, *holding.dated.get(name, ())):
            known = supplied().get(name)
            theirs = None if known is None else known.parameter
            changed = theirs is not None and _terms(each) != _terms(theirs)
            where, note = cells.get((name, each.valid_from), ("", ""))
            if changed and name in scenario:
                where = f"scenario {plan.scenario}"
            yield (
                name, "" if known is None else known.title.en, each.value, each.unit,
                None if theirs is None else theirs.value, "yes" if changed else "no",
                each.valid_from, each.valid_until, where if changed else "",
                "; ".join(filter(None, (note, each.source))) if changed else "",
            )  # fmt: skip


def _terms(parameter: Parameter) -> tuple[object, ...]:
    return parameter.value, parameter.valid_from, parameter.valid_until


def _changes(typed: TypedTables, scenario: str) -> Iterator[TypedRow]:
    return (
        each for each in changes_of(typed, scenario) if each.record.table.casefold() == "parameters"
    )


def _cells(book: Book, typed: TypedTables) -> Mapping[tuple[str, object], tuple[str, str]]:
    """Return the address of each parameter's value on its sheet, and the note at it."""
    sheet = book.tables.get("parameters")
    if sheet is None or "value" not in sheet.positions:
        return {}
    notes = next((each.notes for each in book.sheets if each.name == sheet.name), {})
    at = sheet.positions["value"]
    return {
        (each.record.parameter, each.record.valid_from): (
            f"{sheet.name}!{sheet.address(each.row, 'value')}",
            notes.get((each.row, at), ""),
        )
        for each in typed.rows("parameters")
    }


def _choices(plan: PlanOfBook) -> Iterator[tuple[object, ...]]:
    """Yield what people chose (rules off, order, pins) and what the plan decided."""
    yield "sort", "what", "location", "month", "value", "who", "why"
    case = plan.case
    for rule in RULES:
        if not is_on(case, rule):
            yield "rule switched off", rule.name, "", "", "", "", ""
    yield "order of priorities", plan.provenance.get("priorities", ""), "", "", "", "", ""
    for pin in case.pins:
        yield "pinned", pin.decision, pin.location, pin.month, pin.value, pin.who, pin.why
    decided = plan.tables["decisions"]
    columns = ("location", "decision", "month", "value")
    for location, decision, month, value in zip(
        *(decided[name].tolist() for name in columns), strict=True
    ):
        yield "decided by the plan", decision, location, month, value, "", ""


def _csv(rows: Iterable[tuple[object, ...]]) -> bytes:
    """Return rows as CSV: commas, points, ISO days, every digit of a number."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        ["" if _is_empty(cell) else _harmless(cell) for cell in row] for row in rows
    )
    return out.getvalue().encode()


def _is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, float) and cell != cell)  # noqa: PLR0124 - not a number


def _harmless(cell: object) -> str:
    """Return a cell as text; a mark stands before what a spreadsheet would calculate."""
    text = cell.en if isinstance(cell, Text) else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(("=", "+", "-", "@")) else text


def _json(record: Mapping[str, object]) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode()
