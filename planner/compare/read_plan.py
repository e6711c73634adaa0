"""`ReadPlan`: a plan as it can be compared, read from its workbook alone or made a moment ago."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from planner.errors import UnusableInputError
from planner.insight.result import Plan
from planner.tables.book import Book, RawValue
from planner.tables.edits import Edit, apply
from planner.tables.location import Location
from planner.tables.names import tidy
from planner.tables.recognise import table_named
from planner.tables.scenario import EditsByKey, changes_of
from planner.tables.typed import TypedTables, read_tables
from planner.texts import message
from planner.workbook.reading import read_workbook
from planner.workbook.results import read_results
from planner.workflow import provenance_in

NEEDED = ("levels", "measures", "placement", "places", "runoff", "decisions", "shortfalls")


@dataclass(frozen=True)
class ReadPlan:
    """A plan with its input: `name` is what it is called beside others, `scenario` what it is of.

    `tables` are the result tables by key, with `levels` and `measures` (name, value, unit). `told`
    is what the plan says of how it came about: program, fingerprint, whole and such, by key.
    """

    name: str
    scenario: str
    book: Book
    tables: Mapping[str, pd.DataFrame]
    told: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def months(self) -> tuple[dt.date, ...]:
        """The months planned."""
        return tuple(sorted(set(self.tables["runoff"]["month"].tolist())))

    @cached_property
    def inputs(self) -> Book:
        """The input as it was planned: the book with the scenario's edits in their cells."""
        listed = self._read({"scenarios"})
        changes = [each.record for each in changes_of(listed, self.scenario)]
        if not changes:
            return self.book
        named = (table_named(each.table) for each in changes)
        making = EditsByKey(self.book, self._read({each.key for each in named if each}))
        edits: list[Edit] = []
        for each in changes:
            try:
                edits.append(making.of(each))
            except LookupError:
                # The check of the input tells that this edit changes nothing.
                continue
        return apply(self.book, edits)[0] if edits else self.book

    def _read(self, tables: set[str]) -> TypedTables:
        """Return the records of some tables alone; reading them all takes longer than the rest."""
        some = {key: each for key, each in self.book.tables.items() if key in tables}
        return read_tables(replace(self.book, tables=some))[0]

    @cached_property
    def locations(self) -> frozenset[str]:
        """The ids of the locations that the plan knows."""
        return frozenset(self.tables["places"]["location"].tolist()) | frozenset(
            self.of_locations("name")
        )

    @cached_property
    def sites(self) -> Mapping[str, Location]:
        """The locations as they were planned, by id; those that cannot be read are left out."""
        some = {key: each for key, each in self.inputs.tables.items() if key == "locations"}
        typed = read_tables(replace(self.inputs, tables=some))[0]
        return {each.id: each for each in typed.records("locations")}

    def of_locations(self, column: str) -> dict[str, str]:
        """Return a column of the sheet Locations as text, by location; empty where it is not."""
        frame = self.inputs.frame("locations")
        if "id" not in frame:
            return {}
        ids = map(as_name, frame["id"].tolist())
        if column not in frame:
            return dict.fromkeys(ids, "")
        return dict(zip(ids, map(as_name, frame[column].tolist()), strict=True))


def as_name(raw: RawValue | None) -> str:
    """Return a name as it is read from a cell: digits are text, space around it is not there."""
    if raw is None:
        return ""
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else tidy(str(raw))


def plan_in(path: Path) -> ReadPlan:
    """Read a plan from its workbook; it is called after its scenario.

    `UnusableInputError` where the workbook cannot be read or holds no plan.
    """
    book = read_workbook(path)
    tables = read_results(book)
    if any(name not in tables for name in NEEDED):
        raise UnusableInputError(message("verify.no_plan", file=path.name))
    told = provenance_in(tables["provenance"]) if "provenance" in tables else {}
    scenario = told.get("scenario", "")
    return ReadPlan(scenario or path.stem, scenario, book, tables, told)


def plans_in(paths: Sequence[Path]) -> tuple[ReadPlan, ...]:
    """Read plans from their workbooks, each under a name that no other has."""
    read = [plan_in(path) for path in paths]
    names = Counter(each.name for each in read)
    stems = Counter(path.stem for path in paths)
    called = []
    for number, (path, each) in enumerate(zip(paths, read, strict=True), start=1):
        name = each.name
        if names[name] > 1:
            name = f"{path.stem} · {name}"
            if stems[path.stem] > 1:
                name = f"{number} · {name}"
        called.append(replace(each, name=name))
    return tuple(called)


def plan_made(name: str, book: Book, made: Plan) -> ReadPlan:
    """Return a plan that was made of a book a moment ago, to be compared under a name."""
    levels = [(each.name, each.value, each.unit) for each in made.levels]
    measures = [(each, quantity.value, quantity.unit) for each, quantity in made.measures.items()]
    columns = ["name", "value", "unit"]
    figures = {
        "levels": pd.DataFrame(levels, columns=columns),
        "measures": pd.DataFrame(measures, columns=columns),
    }
    return ReadPlan(name, made.scenario, book, {**made.tables, **figures}, made.provenance)
