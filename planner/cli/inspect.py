"""The commands that look at input and rules: check, tables, rules, template."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from planner import api
from planner.cli.console import Console
from planner.cli.targets import refuse_there
from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import Language
from planner.files.json_file import write_json
from planner.input.alike import told_once
from planner.input.column import Column, Table
from planner.input.kinds import Standing
from planner.input.records import TABLES
from planner.result.help_pages import held_words
from planner.result.register import rule_record
from planner.result.rule_words import rule_lines


def check(options: argparse.Namespace, console: Console) -> int:
    """Print every finding of a workbook, one a line; 2 where one of them is an error.

    What is wrong alike in cells of one column is one, with its first and last cell.
    """
    try:
        findings = api.check(api.open_workbook(options.input)).findings
    except UnusableInputError as fault:
        findings = fault.findings
    told = told_once(findings)
    for finding in told:
        console.result(finding.line(console.language))
    errors = sum(finding.severity is Severity.ERROR for finding in told)
    if not console.quiet:
        console.note("check.total", errors=errors, remarks=len(told) - errors)
    if options.json_file is not None:
        record = {"findings": [_finding_record(each) for each in findings]}
        write_json(options.json_file, record)
    return 2 if errors else 0


def _finding_record(finding: Finding) -> Mapping[str, object]:
    return {
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "table": finding.table,
        "row": finding.row,
        "column": finding.column,
        "what": {each.value: finding.what.text(each) for each in Language},
        "todo": {each.value: finding.todo.text(each) for each in Language},
    }


def tables(options: argparse.Namespace, console: Console) -> int:
    """Print the declaration of every sheet and column."""
    for table in TABLES:
        title = table.title.in_(console.language)
        required = " *" if table.required else ""
        console.result(f"{title} ({table.key}){required}: {table.meaning.in_(console.language)}")
        for column in table.columns:
            mark = " *" if column.required else ""
            console.result(
                f"  {column.title.in_(console.language)} ({column.key}){mark} "
                f"{held_words(column, console.language)}: {column.meaning.in_(console.language)}"
            )
    if options.json_file is not None:
        write_json(options.json_file, {"tables": [_table_record(table) for table in TABLES]})
    return 0


def _table_record(table: Table) -> Mapping[str, object]:
    return {
        "key": table.key,
        "title_nl": table.title.nl,
        "title_en": table.title.en,
        "meaning_nl": table.meaning.nl,
        "meaning_en": table.meaning.en,
        "required": table.required,
        "columns": [_column_record(column) for column in table.columns],
    }


def _column_record(column: Column) -> Mapping[str, object]:
    default = column.default
    return {
        "key": column.key,
        "title_nl": column.title.nl,
        "title_en": column.title.en,
        "type": column.holds.value,
        "unit": column.unit,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "required": column.required,
        "default": default if isinstance(default, bool | int | float | None) else str(default),
        "meaning_nl": column.meaning.nl,
        "meaning_en": column.meaning.en,
        "allowed": [str(each) for each in column.choices or ()],
        "key_column": column.is_key,
        "refers_to": column.refers_to,
    }


def rules(options: argparse.Namespace, console: Console) -> int:
    """Print the rule register, for a workbook where one is given."""
    book = None if options.input is None else api.open_workbook(options.input)
    register = api.rules(book, options.scenario)
    for standing in Standing:
        mine = [each for each in register if each.rule.standing is standing]
        if mine:
            console.result(standing.label.in_(console.language).upper())
        for each in mine:
            for line in rule_lines(each, console.language):
                console.result(line)
    if options.json_file is not None:
        write_json(options.json_file, {"rules": [rule_record(each) for each in register]})
    return 0


def template(options: argparse.Namespace, console: Console) -> int:
    """Write an empty workbook with every sheet."""
    refuse_there(options.output, options)
    api.save_template(options.output, console.language)
    console.note("command.written", file=str(options.output))
    return 0
