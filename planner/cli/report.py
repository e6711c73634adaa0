"""The commands that give a plan to others: report on paper, export as tables."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from planner import api
from planner.cli.console import Console
from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.files.results import read_results
from planner.files.table_files import TableFormat, save_tables
from planner.report.build import beside_it
from planner.result import load_plan, plan_in_book


def report(options: argparse.Namespace, console: Console) -> int:
    """Write the printable report of a plan, from its workbook alone."""
    from planner.report.writing import write_report  # noqa: PLC0415 - drawing takes long to load

    against: Path | None = options.against
    beside = None
    if against is not None:
        beside = beside_it(replace(load_plan(against), name=against.stem))
    pages = write_report(load_plan(options.input), options.out, console.language, beside)
    console.note("report.written", file=str(options.out), pages=pages)
    return 0


def export(options: argparse.Namespace, console: Console) -> int:
    """Write the result tables of a plan as files of their own."""
    book = api.open_workbook(options.input)
    plan = plan_in_book(book)
    tables = read_results(book)
    if not tables:
        raise UnusableInputError(message("verify.no_plan", file=options.input.name))
    about = {} if plan is None else plan.provenance
    files = save_tables(options.out, tables, TableFormat(options.format), about)
    for file in files:
        console.result(str(file))
    return 0
