"""The commands that give a plan to others: report on paper, export as tables."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path

from planner import api
from planner.cli.console import Console
from planner.compare.exported import differences
from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.files.data_package import save_package
from planner.files.table_files import TableFormat, save_tables
from planner.report.build import SLIDES, beside_it
from planner.report.open_text import OPEN_TEXT
from planner.result import load_plan, plan_in_book
from planner.result.schema import package_of, published
from planner.sheets.result_sheets import read_results


def report(options: argparse.Namespace, console: Console) -> int:
    """Write the printable page of a plan, from its workbook alone, or its whole report.

    The page for who decides; else that of a province, the letter, or with these all the pages.
    """
    if options.out.suffix.casefold() == SLIDES:
        return _slides(options, console)
    from planner.report.one_page import fitting, letter, write_one_page  # noqa: PLC0415 - drawing takes long to load
    from planner.report.province_page import province_page  # noqa: PLC0415 - as above
    from planner.report.writing import PAGES, Page, write_report  # noqa: PLC0415 - as above

    if options.small_numbers is not None:
        return _outside(options, console)
    against: Path | None = options.against
    beside = None
    if against is not None:
        beside = beside_it(replace(load_plan(against), name=against.stem))
    plan = load_plan(options.input)
    behind = PAGES if options.long or beside is not None else ()
    if options.province:
        first: Page | None = partial(province_page, province=options.province)
    else:
        first = letter if options.letter else None
    if first is None and not behind:
        pages = write_one_page(options.out, plan, console.language)
    else:
        printed = (first or fitting(plan, console.language), *behind)
        pages = write_report(plan, options.out, console.language, beside, printed)
    _tell_written(options.out, pages, console)
    return 0


def _tell_written(path: Path, pages: int, console: Console) -> None:
    """Say where a report stands, and on how many pages it does in itself."""
    if path.suffix.casefold() == OPEN_TEXT:
        # On how many pages it stands is up to the program and the letters that show it.
        console.note("command.written", file=str(path))
    else:
        console.note("report.written", file=str(path), pages=pages)


def _outside(options: argparse.Namespace, console: Console) -> int:
    """Write what of a plan may leave the house; places too with `--long`."""
    from planner.report.published_page import PublishedPages  # noqa: PLC0415 - drawing takes long to load
    from planner.report.writing import write_report  # noqa: PLC0415 - as above

    if options.letter or options.province or options.against:
        raise UnusableInputError(message("published.page_only"))
    plan = load_plan(options.input)
    page = PublishedPages(bound(options), long=options.long)
    pages = write_report(plan, options.out, console.language, None, (page,))
    _tell_written(options.out, pages, console)
    return 0


def bound(options: argparse.Namespace) -> int:
    """Return below which no count of people is told; `UnusableInputError` for one below 1."""
    least: int = options.small_numbers
    if least < 1:
        raise UnusableInputError(message("export.small_numbers"))
    return least


def _slides(options: argparse.Namespace, console: Console) -> int:
    """Write a plan as five slides."""
    from planner.report.slides import write_slides  # noqa: PLC0415 - drawing takes long to load

    other = options.long or options.letter or options.province or options.against
    if other or options.small_numbers is not None:
        raise UnusableInputError(message("slides.page_only"))
    slides = write_slides(load_plan(options.input), options.out, console.language)
    console.note("slides.written", file=str(options.out), slides=slides)
    return 0


def export(options: argparse.Namespace, console: Console) -> int:
    """Write the result tables of a plan as files of their own."""
    if options.package or options.small_numbers is not None:
        return _package(options, console)
    if options.also:
        raise UnusableInputError(message("export.also"))
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


def _package(options: argparse.Namespace, console: Console) -> int:
    """Write plans as one schema, with a description of it; people below a bound are not told."""
    least = None if options.small_numbers is None else bound(options)
    plan, *others = (load_plan(path) for path in (options.input, *options.also))
    if least is None:
        resources = (*package_of(plan, *others), *differences(plan, others))
    else:
        resources = published(least, plan, *others)
    about = {each: plan.provenance[each] for each in ("made",) if each in plan.provenance}
    about |= {"fingerprint": plan.plan.fingerprint, "scenario": plan.scenario}
    for file in save_package(options.out, resources, TableFormat(options.format), about):
        console.result(str(file))
    return 0
