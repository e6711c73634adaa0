"""What the tests of scenarios share: rows of their sheet, cases of a book, what one holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings

from planner.core.errors import Severity
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.case import Case, parse
from planner.input.scenarios import scenario_edits as making
from planner.input.scenarios.shown import ShownScenario, shown_scenarios

Sheets = dict[str, list[list[Any]]]
MakeBook = Callable[[Mapping[str, list[list[Any]]]], Book]

HEADER = ["scenario", "table", "key", "column", "value", "active"]
JUL = dt.date(2026, 7, 1)
NL = Language.NL

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def with_rows(sheets: Sheets, *rows: list[Any]) -> Sheets:
    return {**sheets, "Scenarios": [HEADER, *rows]}


def case_of(book: Book, scenario: str | None = None) -> Case:
    parsed = parse(book, scenario)
    assert parsed.case is not None, [each.what.text(NL) for each in parsed.findings]
    return parsed.case


def same(one: Case, other: Case) -> bool:
    """Whether two cases differ in no more than the scenario's name."""
    return replace(one, scenario="").fingerprint == replace(other, scenario="").fingerprint


def lines(book: Book, name: str) -> list[tuple[object, ...]]:
    found = making.of_scenario(book.tables.get("scenarios"), name)
    return [(*each.address, each.value, each.active) for each in found]


def shown(book: Book, name: str) -> ShownScenario:
    return next(each for each in shown_scenarios(book, {}).scenarios if each.name == name)


def error_keys(book: Book, scenario: str | None = None) -> set[str]:
    found = parse(book, scenario).findings
    return {each.what.key for each in found if each.severity is Severity.ERROR}
