"""From every figure to the cells it came from, and from a cell to the rows that rest on it.

A row of a rule is asked again with a case that notes what is read of it, so nothing has to be
declared twice. A figure of a plan leads to its column, the column to its rows, a row to its
records and their cells.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from planner.core.task_control import TaskControl
from planner.explain.figures import limits
from planner.explain.origins.recording_case import Read, recording, recording_choices
from planner.explain.origins.trace_rows import CellBook, CellPlace
from planner.explain.solved import Solved
from planner.input.book import Book
from planner.input.kinds import PlaceKind
from planner.model.build import RuleRow
from planner.model.rules.rule import Rule
from planner.result.tables import runoff

# What decides whether a location can be used in a month at all.
TERMS = (
    "type",
    "status",
    "beds",
    "open_from",
    "open_until",
    "extendable_until",
    "lead_time_months",
)
# Rows over more locations than this are not held against the terms of each of them.
FEW = 3


@dataclass(frozen=True)
class InputCell:
    """A cell of the input: its table, the key of its row, its column, and where it stands.

    `spot` is `None` where the workbook has no such cell: a default, or a parameter as supplied. It
    is on the sheet Scenarios where the scenario gives the cell its value.
    """

    table: str
    key: tuple[str, ...]
    column: str
    spot: CellPlace | None = None

    @property
    def place(self) -> str:
        """The place as users write it, such as `Locaties!J5`; empty where there is none."""
        return "" if self.spot is None else self.spot.place

    @property
    def sheet(self) -> str:
        """The name of the sheet; empty where there is none."""
        return "" if self.spot is None else self.spot.sheet


@dataclass
class Tracer:
    """Traces figures of a solved plan to cells of its book, and back."""

    book: Book
    solved: Solved
    control: TaskControl = field(default_factory=TaskControl)
    _reads: dict[str, list[frozenset[Read]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the book's rows by key, and number the rows of each rule."""
        self._cells = CellBook(self.book, self.solved.case)
        self._places = {
            id(each): place
            for rows in self.solved.by_rule.values()
            for place, each in enumerate(rows)
        }

    @cached_property
    def limiting(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """The tables and columns that the limits of each rule stand in, by the rule's name."""
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for limit in limits(self.solved):
            found[limit.rule.name].update((table, column) for table, _, column in limit.cells)
        return {name: frozenset(columns) for name, columns in found.items()}

    def rows(  # noqa: PLR0913 - a result may be about any of these
        self,
        rule: str,
        *,
        location: str = "",
        group: str = "",
        month: dt.date | None = None,
        province: str = "",
        region: str = "",
    ) -> tuple[RuleRow, ...]:
        """Return the rows behind a result: those of a rule about what is given."""
        wanted = {"location": location, "group": group, "province": province, "region": region}
        return tuple(
            each
            for each in self.solved.by_rule.get(rule, ())
            if all(
                not value or getattr(each.row.key, name) == value for name, value in wanted.items()
            )
            and month in {None, each.row.key.month}
        )

    def placement(
        self, location: str, group: str, kind: str, month: dt.date
    ) -> tuple[RuleRow, ...]:
        """Return every solved row in which a figure of the placement stands; none where it is 0."""
        key = (group, location, PlaceKind[kind.upper()], month)
        column = self.solved.problem.choose.people.get(key)
        if column is None:
            return ()
        number = self.solved.problem.columns.index(column)
        at = np.flatnonzero(self.solved.problem.numbers == number)
        found = set((np.searchsorted(self.solved.problem.starts, at, side="right") - 1).tolist())
        return tuple(each for each in self.solved.problem.rows if each.number in found)

    def cells(self, each: RuleRow) -> tuple[InputCell, ...]:
        """Return the cells that a row's coefficients and limit came from."""
        at = self._place(each)
        return self.told(self._of_rule(each.rule)[at] | self._of_columns(each))

    def runoff(self, month: dt.date) -> tuple[InputCell, ...]:
        """Return the cells that the run-off of a month came from."""
        noted: list[Read] = []
        problem = replace(
            self.solved.problem,
            case=recording(self.solved.case, noted.append),
            choose=recording_choices(self.solved.problem.choose, noted.append),
        )
        for each, *_ in runoff(problem):
            if each == month:
                break
            noted.clear()
        return self.told(noted)

    def cell(self, table: str, row: int, column: str) -> InputCell:
        """Return a cell of the workbook by its row; `KeyError` where it is not planned with."""
        name, key, read = self._cells.read_at(table, row, column)
        return InputCell(name, key, read, self._cells.spot(name, key, read))

    def named(self, table: str, key: tuple[str, ...], column: str) -> InputCell:
        """Return a cell by the key of its row."""
        return InputCell(table, key, column, self._cells.spot(table, key, column))

    def told(self, reads: Iterable[Read]) -> tuple[InputCell, ...]:
        """Return what was read of the case as cells of the book, each once."""
        return tuple(
            self.named(table, key, column)
            for table, key, column in sorted(self._cells.resolved(reads))
        )

    def depends(self, table: str, row: int, column: str) -> dict[str, tuple[RuleRow, ...]]:
        """Return the rows that rest on a cell of the workbook, by the name of their rule."""
        wanted = self._cells.read_at(table, row, column)
        sources = self._cells.sources(wanted)
        by_columns = wanted[0] == "groups" or (wanted[0] == "locations" and wanted[2] in TERMS)
        found: dict[str, list[RuleRow]] = defaultdict(list)
        for name, rows in self.solved.by_rule.items():
            reads = self._of_rule(rows[0].rule)
            for at, each in enumerate(rows):
                if not sources.isdisjoint(reads[at]) or (
                    by_columns and wanted in self._of_columns(each)
                ):
                    found[name].append(each)
        return {name: tuple(rows) for name, rows in found.items()}

    def _place(self, each: RuleRow) -> int:
        """Return which of its rule's rows a row is."""
        return self._places[id(each)]

    def _of_rule(self, rule: Rule) -> list[frozenset[Read]]:
        """Return what a rule read for each of its rows."""
        if rule.name not in self._reads:
            self.control.begin("trace")
            self._reads[rule.name] = list(self._read_again(rule))
        return self._reads[rule.name]

    def _read_again(self, rule: Rule) -> Iterator[frozenset[Read]]:
        """Ask a rule for its rows once more and yield what it read for each.

        What was read earlier counts too where it is about the row's own location or group: a rule
        looks at a location once and then goes through its months.
        """
        noted: list[Read] = []
        case = recording(self.solved.case, noted.append)
        choose = recording_choices(self.solved.problem.choose, noted.append)
        earlier: dict[tuple[str, tuple[str, ...]], set[Read]] = defaultdict(set)
        declared = frozenset(("parameters", (name,), "value") for name in rule.parameters)
        rows = zip(self.solved.by_rule[rule.name], rule.rows(case, choose), strict=True)
        for each, _ in rows:
            for read in noted:
                earlier[read[0], read[1]].add(read)
            related = {read for key in self._related(each) for read in earlier.get(key, ())}
            yield frozenset(related | set(noted)) | declared
            noted.clear()

    def _related(self, each: RuleRow) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the records that a row is about: those of its key and of its columns."""
        key = each.row.key
        locations = set(key.location.split(";")) if key.location else set()
        groups = {key.group} if key.group else set()
        for column in each.row.left:
            about = self.solved.about(column)
            if about is not None:
                locations.add(about.location)
                groups.add(about.group)
        yield from (("locations", (name,)) for name in locations)
        yield from (("groups", (name,)) for name in groups)
        if key.province:
            yield "provinces", (key.province,)

    def _of_columns(self, each: RuleRow) -> frozenset[Read]:
        """Return what decides whether the row's columns exist: terms of contract, suitability."""
        related = list(self._related(each))
        locations = [key for table, key in related if table == "locations"]
        groups = [key for table, key in related if table == "groups" and key[0]]
        if len(locations) > FEW:
            return frozenset()
        kinds = {str(kind) for kind in self._kinds(each)}
        terms = {("locations", key, column) for key in locations for column in TERMS}
        suits = {("groups", key, kind) for key in groups for kind in kinds}
        return frozenset(terms | suits)

    def _kinds(self, each: RuleRow) -> Iterator[str]:
        for column in each.row.left:
            about = self.solved.about(column)
            if about is not None and about.kind:
                yield str(about.kind)
