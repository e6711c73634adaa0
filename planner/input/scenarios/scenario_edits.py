"""What can be done with scenarios, as edits of the sheet Scenarios.

Each function returns edits and changes nothing. Rows with a fault are seen as far as they can be
read, so that a scenario at fault can still be renamed, copied or deleted.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.core.texts import Language, Message, message
from planner.input.book import RawValue, TableSheet
from planner.input.edits import AddRow, DropRow, Edit, SetCell
from planner.input.names import tidy
from planner.input.records import table
from planner.input.scenarios.by_key import Address, address_of, names_of_key
from planner.input.scenarios.scenario import FORECAST
from planner.input.settings import ScenarioEdit
from planner.input.supplied_names import Named, code_of
from planner.input.values import UnreadableValueError, is_empty, read_value

SHEET = "scenarios"
ON, OFF = "yes", "no"
FIRST_ROW = 2  # below the header, on a sheet that is still to be made


@dataclass(frozen=True)
class ScenarioRow:
    """A row of the sheet Scenarios: which cell it changes to what; `row` 0 where it has no row."""

    scenario: str
    table: str
    key: str
    column: str
    value: RawValue | None
    active: bool = True
    row: int = 0

    @property
    def address(self) -> Address:
        """Which cell it is about, whichever names it uses."""
        return address_of(self.table, self.key, self.column)

    @property
    def record(self) -> ScenarioEdit:
        """What the row says, as the sheet's own record; active or not."""
        return ScenarioEdit(
            scenario=self.scenario,
            table=self.table,
            key=self.key,
            column=self.column,
            value=self.value,
        )


@dataclass(frozen=True)
class CellClash:
    """A cell that two scenarios give another value each."""

    first: ScenarioRow
    second: ScenarioRow


def lines_of(sheet: TableSheet | None) -> tuple[ScenarioRow, ...]:
    """Return the rows that name a scenario, in the order of the sheet."""
    if sheet is None:
        return ()
    found = []
    for row, cells in zip(sheet.frame.index, sheet.frame.to_dict("records"), strict=True):
        read = {key: str(_read(sheet, key, cells) or "") for key in _NAMES}
        if read["scenario"]:
            raw = cells.get("value")
            value = None if is_empty(raw) else raw
            active = _read(sheet, "active", cells) is not False
            found.append(ScenarioRow(value=value, active=active, row=int(row), **read))
    return tuple(found)


_NAMES = ("scenario", "table", "key", "column")


def _read(sheet: TableSheet, key: str, cells: Mapping[Hashable, RawValue | None]) -> object:
    """Return a cell as its column reads it, `None` where it is empty or at fault."""
    try:
        return read_value(sheet.table.column(key), cells.get(key))
    except UnreadableValueError:
        return None


def changing(sheet: TableSheet | None) -> tuple[str, ...]:
    """Return the scenarios on the sheet, in order of first mention."""
    return tuple(dict.fromkeys(each.scenario for each in lines_of(sheet)))


def tidy_name(name: str) -> str:
    """Return a scenario's name as it will be read back."""
    return code_of(Named.SCENARIOS, tidy(name))


def name_fault(name: str, taken: Iterable[str]) -> Message | None:
    """Return why a scenario cannot be called so, nothing where it can."""
    if not tidy(name):
        return message("scenario.name_empty")
    if tidy_name(name) in set(taken):
        return message("scenario.name_taken", name=tidy(name))
    return None


def change_of(  # noqa: PLR0913, PLR0917 - a change is addressed by these parts
    scenario: str,
    table_key: str,
    key: str,
    column: str,
    value: RawValue | None,
    language: Language,
) -> ScenarioRow:
    """Return a change worded as the sheets are in a language; not yet on the sheet."""
    declared = table(table_key)
    title = declared.column(column).title
    key = names_of_key(declared, key, language)
    return ScenarioRow(scenario, declared.title.in_(language), key, title.in_(language), value)


def forecast_of(scenario: str, forecast: str, language: Language) -> ScenarioRow:
    """Return the change that makes a scenario use a forecast."""
    return change_of(scenario, "parameters", FORECAST, "value", forecast, language)


def set_in(sheet: TableSheet | None, wanted: Sequence[ScenarioRow]) -> tuple[Edit, ...]:
    """Return the edits that put changes in their scenarios.

    A cell that the scenario changes already gets the new value, and counts again.
    """
    standing = {(each.scenario, each.address): each for each in lines_of(sheet)}
    edits: list[Edit] = []
    new: dict[tuple[str, Address], ScenarioRow] = {}
    for each in wanted:
        there = standing.get((each.scenario, each.address))
        if there is None:
            new[each.scenario, each.address] = each
            continue
        edits.append(SetCell(SHEET, there.row, "value", each.value))
        if there.active != each.active:
            edits.append(_switch(there.row, active=each.active))
    return (*edits, *_added(sheet, tuple(new.values())))


def taken_out(sheet: TableSheet | None, wanted: Sequence[ScenarioRow]) -> tuple[Edit, ...]:
    """Return the edits that take the changes of these cells out of their scenarios."""
    gone = {(each.scenario, each.address) for each in wanted}
    return dropped(each.row for each in lines_of(sheet) if (each.scenario, each.address) in gone)


def _added(sheet: TableSheet | None, new: Sequence[ScenarioRow]) -> tuple[Edit, ...]:
    """Return the edits that add rows; `active` is filled in only where it is no."""
    first = FIRST_ROW
    if sheet is not None:
        rows = sheet.frame.index
        first = (int(rows.max()) if len(rows) else sheet.header_row) + 1
    edits: list[Edit] = []
    for row, each in enumerate(new, start=first):
        cells: Mapping[str, RawValue | None] = {
            "scenario": each.scenario,
            "table": each.table,
            "key": each.key,
            "column": each.column,
            "value": each.value,
        }
        edits.append(AddRow(SHEET, row, cells))
        if not each.active:
            edits.append(_switch(row, active=False))
    return tuple(edits)


def dropped(rows: Iterable[int]) -> tuple[Edit, ...]:
    """Return the edits that take rows away."""
    return tuple(DropRow(SHEET, row) for row in rows)


def switched(rows: Iterable[int], *, active: bool) -> tuple[Edit, ...]:
    """Return the edits after which changes count, or do not."""
    return tuple(_switch(row, active=active) for row in rows)


def _switch(row: int, *, active: bool) -> Edit:
    return SetCell(SHEET, row, "active", ON if active else OFF)


def of_scenario(sheet: TableSheet | None, name: str) -> tuple[ScenarioRow, ...]:
    """Return the changes of a scenario, in order."""
    return tuple(each for each in lines_of(sheet) if each.scenario == name)


def renamed(sheet: TableSheet | None, name: str, new: str) -> tuple[Edit, ...]:
    """Return the edits that give a scenario another name."""
    return tuple(
        SetCell(SHEET, each.row, "scenario", tidy(new)) for each in of_scenario(sheet, name)
    )


def deleted(sheet: TableSheet | None, name: str) -> tuple[Edit, ...]:
    """Return the edits that take a scenario away."""
    return dropped(each.row for each in of_scenario(sheet, name))


def copied(
    sheet: TableSheet | None, name: str, new: str, forecasts: Iterable[str], language: Language
) -> tuple[Edit, ...]:
    """Return the edits that make a scenario with the same changes, and the same forecast."""
    whole = with_forecast(sheet, name, forecasts, language)
    return _added(sheet, tuple(replace(each, scenario=tidy(new), row=0) for each in whole))


def with_forecast(
    sheet: TableSheet | None, name: str, forecasts: Iterable[str], language: Language
) -> tuple[ScenarioRow, ...]:
    """Return a scenario's changes and, where the forecast goes by its name, which one it uses."""
    own = of_scenario(sheet, name)
    says = any(each.active and each.address[:2] == ("parameters", FORECAST) for each in own)
    if name not in set(forecasts) or says:
        return own
    return (forecast_of(name, name, language), *own)


def clashes(first: Sequence[ScenarioRow], second: Sequence[ScenarioRow]) -> tuple[CellClash, ...]:
    """Return the cells to which both give a value, and not the same one."""
    ours = {each.address: each for each in _once(first) if each.active}
    return tuple(
        CellClash(ours[each.address], each)
        for each in _once(second)
        if each.active and each.address in ours and not _same(ours[each.address].value, each.value)
    )


def _same(one: RawValue | None, other: RawValue | None) -> bool:
    """Whether two raw values are the same; yes is not 1."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _once(lines: Sequence[ScenarioRow]) -> tuple[ScenarioRow, ...]:
    """Return each cell's change once: the last one that counts."""
    found: dict[Address, ScenarioRow] = {}
    for each in lines:
        if each.active or each.address not in found:
            found[each.address] = each
    return tuple(found.values())


def combined(
    sheet: TableSheet | None, first: Sequence[ScenarioRow], second: Sequence[ScenarioRow], new: str
) -> tuple[Edit, ...]:
    """Return the edits that make a scenario of two; the first one's value holds at a clash."""
    return _added(
        sheet, tuple(replace(each, scenario=tidy(new), row=0) for each in joined(first, second))
    )


def joined(first: Sequence[ScenarioRow], second: Sequence[ScenarioRow]) -> tuple[ScenarioRow, ...]:
    """Return the changes of two, each cell once; active ones go before those that are not."""
    found = {each.address: each for each in _once(first)}
    for each in _once(second):
        there = found.get(each.address)
        if there is None or (each.active and not there.active):
            found[each.address] = each
    return tuple(found.values())
