"""The commands that give a plan to others: report on paper, export as tables."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from planner import workflow
from planner.commands.console import Console
from planner.compare.read_plan import plan_in
from planner.errors import UnusableInputError
from planner.on_paper import beside_it
from planner.texts import message
from planner.workbook.results import read_results
from planner.workbook.table_files import TableFormat, save_tables


def report(options: argparse.Namespace, console: Console) -> int:
    """Write the printable report of a plan, from its workbook alone."""
    from planner.report.writing import write_report  # noqa: PLC0415 - drawing takes long to load

    against: Path | None = options.against
    beside = None
    if against is not None:
        base = plan_in(against)
        beside = beside_it(replace(base, name=against.stem), plan_in(options.input))
    pages = write_report(options.input, options.out, console.language, beside)
    console.note("report.written", file=str(options.out), pages=pages)
    return 0


def export(options: argparse.Namespace, console: Console) -> int:
    """Write the result tables of a plan as files of their own."""
    tables = read_results(workflow.open_workbook(options.input))
    if not tables:
        raise UnusableInputError(message("verify.no_plan", file=options.input.name))
    about = workflow.provenance_in(tables["provenance"]) if "provenance" in tables else {}
    files = save_tables(options.out, tables, TableFormat(options.format), about)
    for file in files:
        console.result(str(file))
    return 0
