"""The inputs of the demand calculation as they are used: each figure, its cell and its source.

A figure is one cell: of Streams, of Groups, of Parameters, or of Scenarios where the scenario
changes that cell. So a reader can change it where it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from planner.core.texts import Text, message
from planner.forecast.cohorts.arrivals import inflow_name
from planner.forecast.cohorts.people_present import Computed
from planner.forecast.cohorts.rows import holding, key_of, rows_of, stages_of
from planner.forecast.cohorts.shares import divided
from planner.input.book import RawValue
from planner.input.edits import AddRow, SetCell
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.scenarios.by_key import EditsByKey
from planner.input.scenarios.scenario import changes_of
from planner.input.streams import Stage, Stream
from planner.input.supplied_streams import stream_source
from planner.input.typed import TypedRow, TypedTables

YEAR = "_year"

# What the calculation takes from the parameters beside what the rows of Streams name.
ALWAYS = (
    "dublin_start_date", "transfer_months", "take_back_months", "take_charge_months",
    "take_charge_share", "trafficking_share", "dublin_transferred_share",
    "dublin_transfers_stopped", "backlog_people", "backlog_start", "backlog_months",
    "backlog_shape",
)  # fmt: skip
WITHOUT_INFLOW = (
    "all_arrivals_year_low", "all_arrivals_year_high", "border_arrivals_year",
    "border_released_share", "border_procedure_weeks",
)  # fmt: skip
UNCERTAIN = (
    "uncertain_arrivals", "uncertain_month", "uncertain_share", "uncertain_stay",
    "uncertain_departures", "uncertain_backlog",
)  # fmt: skip


@dataclass(frozen=True)
class InputPlace:
    """Where a figure stands; `row` is `None` for a parameter that the sheet does not hold yet.

    `name` is the parameter then, for a new row.
    """

    table: str
    row: int | None
    column: str
    name: str = ""


@dataclass(frozen=True)
class UsedInput:
    """A figure of the demand calculation.

    `used` is what the calculation takes, `given` what stands in the cell. `cell` is `None` for
    a supplied figure that has no cell in this workbook. Where `whole` is false the cell is the
    first of several that make up the figure.
    """

    stream: str
    group: str
    what: Text
    used: float | dt.date | None
    given: RawValue | None
    unit: str
    cell: InputPlace | None
    source: str | Text
    whole: bool = True


def used_inputs(typed: TypedTables, computed: Computed) -> tuple[UsedInput, ...]:
    """Return every figure that the calculation of a scenario takes, streams first.

    `typed` is the tables of the book without the changes of the scenario.
    """
    finder = _Finder(typed, computed)
    return tuple(finder.inputs())


class _Finder:
    """Finds the cells of what one calculation takes."""

    def __init__(self, typed: TypedTables, computed: Computed) -> None:
        self._book = typed.book
        self._computed = computed
        self._case = computed.case
        self._typed = typed
        self._rows = _rows_by_key(typed)
        self._changed = dict(_changed(typed, self._case.scenario))

    def inputs(self) -> Iterator[UsedInput]:
        rows = rows_of(self._case)
        yield from self._arrivals(rows)
        parts = divided(self._computed.network.shares, {})
        for row in rows:
            yield self._share(row, float(parts[key_of(row)][1, 0, -1]))
            stay = self._stay(row)
            if stay is not None:
                yield stay
        leaving = dict.fromkeys(each.leave_parameter for each in rows if each.leave_parameter)
        for name in (*leaving, *ALWAYS, *UNCERTAIN):
            if name in self._case.parameters.by_name:
                yield self._parameter(name)

    def _arrivals(self, rows: tuple[Stream, ...]) -> Iterator[UsedInput]:
        """Yield the arrivals: by stream from the sheet Inflow, or the yearly parameters."""
        if self._computed.coming.given:
            yield from self._inflow()
            return
        streams = dict.fromkeys(each.stream for each in rows)
        for stream in streams:
            if self._case.parameters.optional(f"{stream}{YEAR}") is not None:
                yield self._parameter(f"{stream}{YEAR}", stream)
        for name in WITHOUT_INFLOW:
            if name in self._case.parameters.by_name:
                yield self._parameter(name)

    def _inflow(self) -> Iterator[UsedInput]:
        name = inflow_name(self._case)
        found: dict[str, list[tuple[int, float]]] = {}
        for each in self._typed.rows("inflow"):
            if each.record.scenario == name:
                found.setdefault(each.record.stream, []).append((each.row, each.record.people))
        for stream, cells in found.items():
            mean = fsum(people for _, people in cells) / len(cells)
            cell = InputPlace("inflow", cells[0][0], "people")
            what = message("inputs.arrivals_month").both
            own = message("forecast.own_sheet").both
            unit = "persons"
            yield UsedInput(stream, "", what, mean, None, unit, cell, own, whole=False)

    def _share(self, row: Stream, used: float) -> UsedInput:
        if row.share_parameter:
            found = self._parameter(row.share_parameter, row.stream, row.group)
            return _with(found, used)
        cell = self._cell("streams", _sheet_key(row), "share")
        what = message("inputs.share").both
        return UsedInput(
            row.stream, row.group, what, used, self._given(cell, row.share), "share",
            cell, self._source(row),
        )  # fmt: skip

    def _stay(self, row: Stream) -> UsedInput | None:
        """Return the mean stay of a row: its own, or the group's; nothing where nobody leaves."""
        flow = next(
            each
            for each in self._computed.network.flows
            if each.row == key_of(row) and not each.target.count("<")
        )
        own, group = row.stay_months, self._case.groups[row.group].stay_months
        if flow.stay.mean is None:
            return None
        stage = self._stage(row) if own is None else None
        if stage is not None and stage.stay_parameter:
            return _with(
                self._parameter(stage.stay_parameter, row.stream, row.group), flow.stay.mean
            )
        if stage is not None and stage.stay_months is not None:
            cell = self._cell("stages", (stage.stage, stage.group), "stay_months")
            what = message("inputs.stay", family=flow.stay.family.label).both
            return UsedInput(
                row.stream, row.group, what, flow.stay.mean,
                self._given(cell, stage.stay_months), "months", cell, self._source(row),
            )  # fmt: skip
        clocks = bool(flow.stay.clocks) and own is None
        cell = self._cell("streams", _sheet_key(row), "stay_months")
        given = self._given(cell, own)
        if own is None and group is not None and not clocks:
            cell = self._cell("groups", (row.group,), "stay_months")
            given = self._given(cell, group)
        key = "inputs.stay_clocks" if clocks else "inputs.stay"
        what = message(key, family=flow.stay.family.label).both
        source = message("inputs.own_group").both if cell and cell.table == "groups" else None
        return UsedInput(
            row.stream, row.group, what, flow.stay.mean, given, "months",
            cell, source or self._source(row),
        )  # fmt: skip

    def _stage(self, row: Stream) -> Stage | None:
        """Return the row of Stages that people come to by a row, as in the first month."""
        rows = [e for e in stages_of(self._case) if (e.group, e.stage) == (row.group, row.stage)]
        return holding(rows, self._case.months[0])

    def _parameter(self, name: str, stream: str = "", group: str = "") -> UsedInput:
        parameter = self._case.parameters.by_name[name]
        known = supplied().get(name)
        cell = self._cell("parameters", (name,), "value") or InputPlace(
            "parameters", None, "value", name
        )
        value = parameter.value
        used = None if isinstance(value, str) else value
        return UsedInput(
            stream, group, known.title if known else Text(name, name), used,
            self._given(cell, value), parameter.unit, cell, parameter.source,
        )  # fmt: skip

    def _cell(self, table: str, key: tuple[object, ...], column: str) -> InputPlace | None:
        """Return where a figure stands: on its own sheet, or where the scenario changes it."""
        row = self._rows.get((table, key))
        for place in ((table, row, column), (table, None, str(key[0]))):
            if place in self._changed:
                return InputPlace("scenarios", self._changed[place], "value")
        return None if row is None else InputPlace(table, row, column)

    def _given(self, cell: InputPlace | None, value: RawValue | None) -> RawValue | None:
        """Return what stands in a cell, the value itself where there is none."""
        if cell is None or cell.row is None:
            return value
        frame = self._book.frame(cell.table)
        if cell.column not in frame.columns:
            return None
        raw: RawValue | None = self._book.cell(cell.table, cell.row, cell.column)
        return raw

    def _source(self, row: Stream) -> str | Text:
        if self._case.streams:
            return message("forecast.own_sheet").both
        return stream_source(row)


def _with(found: UsedInput, used: float) -> UsedInput:
    """Return a figure with what the calculation makes of it."""
    return UsedInput(
        found.stream, found.group, found.what, used, found.given, found.unit, found.cell,
        found.source,
    )  # fmt: skip


def _rows_by_key(typed: TypedTables) -> Mapping[tuple[str, tuple[object, ...]], int]:
    return {
        (name, each.key(table(name))): each.row
        for name in ("streams", "stages", "groups", "parameters")
        for each in typed.rows(name)
    }


def _sheet_key(row: Stream) -> tuple[object, ...]:
    """Return the key of a row as the sheet names it."""
    return TypedRow(0, row).key(table("streams"))


def _changed(
    typed: TypedTables, scenario: str
) -> Iterator[tuple[tuple[str, int | None, str], int]]:
    """Yield the cells that a scenario changes, each with its row on the sheet Scenarios.

    A parameter that the scenario adds goes by its name, without a row.
    """
    making = EditsByKey(typed.book, typed)
    for each in changes_of(typed, scenario):
        try:
            edit = making.of(each.record)
        except LookupError:
            continue  # a finding tells of it
        if isinstance(edit, SetCell):
            yield (edit.table, edit.row, edit.column), each.row
        elif isinstance(edit, AddRow) and edit.table == "parameters":
            yield (edit.table, None, str(edit.cells["parameter"])), each.row


def supplied_rows(computed: Computed) -> tuple[Mapping[str, RawValue | None], ...]:
    """Return the rows of Streams as used, each as the cells of a row, to put on the sheet."""
    return tuple(
        {
            "stream": each.stream,
            "group": each.group,
            "share": each.share,
            "share_parameter": each.share_parameter or None,
            "delay_months": each.delay_months,
            "stay_months": each.stay_months,
            "stay_family": each.stay_family.value,
            "stay_spread": each.stay_spread,
            "leave_parameter": each.leave_parameter or None,
            "group_before_start": each.group_before_start or None,
            "stage_left": each.stage_left or None,
            "stage": each.stage or None,
        }
        for each in rows_of(computed.case)
    )
