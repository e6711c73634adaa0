"""Where a fitted input stands in a book, and the edits that would put its fitted value there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count

from planner.core.texts import message
from planner.forecast.cohorts.fittable import Fittable
from planner.forecast.cohorts.intake import STAY
from planner.forecast.cohorts.network import network
from planner.forecast.cohorts.rows import RowKey, key_of, rows_of, stages_of
from planner.forecast.cohorts.shares import BEFORE
from planner.input.book import Book, RawValue
from planner.input.case import Case
from planner.input.edits import AddRow, Edit, SetCell, next_row
from planner.input.kinds import Listed, StayFamily
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.streams import Stage, Stream
from planner.input.typed import TypedRow, read_tables


@dataclass(frozen=True)
class BookCell:
    """A cell of a book."""

    table: str
    row: int
    column: str

    def shown(self, book: Book) -> str:
        """Return sheet and cell as a reader finds them."""
        sheet = book.tables[self.table]
        known = self.column in sheet.positions
        return f"{sheet.name}!{sheet.address(self.row, self.column)}" if known else sheet.name


class RowPlaces:
    """Where the rows of a book stand, by table and key."""

    def __init__(self, book: Book) -> None:
        """Read the book once."""
        typed = read_tables(book)[0]
        self.book = book
        self._rows = {
            key: {each.key(table(key)): each.row for each in typed.rows(key)}
            for key in ("groups", "streams", "stages", "parameters")
        }

    def row(self, table_key: str, *key: object) -> int:
        """Return the row with a key; `KeyError` where there is none."""
        return self._rows[table_key][key]

    def parameter(self, name: str) -> BookCell | None:
        """Return the cell of a parameter's value, `None` where the book does not give it."""
        row = self._rows["parameters"].get((name,))
        return None if row is None else BookCell("parameters", row, "value")


def place_of(places: RowPlaces, case: Case, each: Fittable) -> BookCell | None:
    """Return where an input's value stands, `None` where it is a supplied one."""
    if each.parameter:
        return places.parameter(each.parameter)
    kind, name = each.key
    if kind == STAY and case.groups[name].stay_months is not None and not _by_clocks(case, name):
        return BookCell("groups", places.row("groups", name), "stay_months")
    if not case.streams:
        return None
    column = "stay_months" if kind == STAY else "share"
    row = next(e for e in rows_of(case) if name in (e.group, key_of(e).knob))
    return BookCell("streams", places.row("streams", *_sheet_key(row)), column)


def _by_clocks(case: Case, group: str) -> bool:
    """Whether the mean stay of a group is that of the Dublin clocks."""
    return network(case).of_group(group).stay.family is StayFamily.DUBLIN_CLOCKS


def edits_for(
    places: RowPlaces,
    case: Case,
    chosen: Sequence[tuple[Fittable, float]],
    period: tuple[dt.date, dt.date],
) -> Iterator[Edit]:
    """Yield the edits that multiply inputs by factors, each cell once."""
    changed: dict[RowKey, Stream] = {}
    rows = {key_of(each): each for each in rows_of(case)}
    below = count(next_row(places.book, "parameters"))
    longer: dict[str, float] = {}
    for each, factor in chosen:
        if each.parameter:
            for name in (each.parameter, each.parameter + BEFORE):
                yield from _parameter(places, case, name, factor, _source(period), below)
        elif each.key[0] == STAY:
            yield from _group_stay(places, case, each.key[1], factor)
            changed |= _stays(case, {**rows, **changed}, each.key[1], factor)
            longer[each.key[1]] = factor
        else:
            changed |= _shares({**rows, **changed}, each.key[1], factor)
    yield from _streams(places, case, {**rows, **changed}, changed)
    yield from _stages(places, case, longer)


def _stages(places: RowPlaces, case: Case, longer: Mapping[str, float]) -> Iterator[Edit]:
    """Yield the stays of stages, each multiplied by the factor of its group.

    A stay by parameter becomes a figure of its own, since others may go by that parameter too.
    Where the book has no rows, all the supplied ones are written out.
    """
    means = {(n.group, n.stage): n.stay.mean for n in network(case).nodes if not n.instead_of}
    changed = []
    for row in stages_of(case):
        mean = means.get((row.group, row.stage))
        own = bool(row.stay_parameter) or row.stay_months is not None
        if row.group in longer and own and mean is not None:
            stay = _shown(mean * longer[row.group])
            changed.append((row, replace(row, stay_months=stay, stay_parameter="")))
    if not changed:
        return
    if not case.stages:
        new = dict(changed)
        first = next_row(places.book, "stages")
        for at, row in enumerate(stages_of(case)):
            yield AddRow("stages", first + at, _cells(new.get(row, row)))
        return
    for row, after in changed:
        at = places.row("stages", *TypedRow(0, row).key(table("stages")))
        yield SetCell("stages", at, "stay_months", after.stay_months)
        if row.stay_parameter:
            yield SetCell("stages", at, "stay_parameter", None)


def _source(period: tuple[dt.date, dt.date]) -> str:
    """Return what stands as the source of a fitted parameter, in both languages."""
    both = message("calibration.source", first=period[0], last=period[1]).both
    return f"{both.en} / {both.nl}"


def _parameter(  # noqa: PLR0913, PLR0917 - what a parameter's edit is made of
    places: RowPlaces, case: Case, name: str, factor: float, source: str, below: Iterator[int]
) -> Iterator[Edit]:
    """Yield a parameter's new value and source; it comes below the others where it is supplied."""
    value = case.parameters.optional(name)
    if value is None:
        return
    place = places.parameter(name)
    if place is not None:
        yield SetCell("parameters", place.row, "value", _shown(value * factor))
        yield SetCell("parameters", place.row, "source", source)
        return
    of = supplied()[name].parameter
    cells: dict[str, RawValue | None] = {
        "parameter": name,
        "value": _shown(value * factor),
        "unit": of.unit,
        "source": source,
        "valid_from": of.valid_from,
        "valid_until": of.valid_until,
    }
    yield AddRow("parameters", next(below), cells)


def _group_stay(places: RowPlaces, case: Case, group: str, factor: float) -> Iterator[Edit]:
    stay = case.groups[group].stay_months
    if stay is not None:
        row = places.row("groups", group)
        yield SetCell("groups", row, "stay_months", _shown(stay * factor))


def _stays(
    case: Case, rows: dict[RowKey, Stream], group: str, factor: float
) -> dict[RowKey, Stream]:
    """Return the rows into a group that have a stay of their own, or that of the clocks."""
    flows = {flow.row: flow.stay.mean for flow in network(case).flows}
    found = {}
    for key, row in rows.items():
        own = row.stay_months is not None or row.stay_family is StayFamily.DUBLIN_CLOCKS
        mean = flows[key] if own and row.group == group else None
        if mean is not None:
            found[key] = replace(row, stay_months=_shown(mean * factor))
    return found


def _shares(rows: dict[RowKey, Stream], name: str, factor: float) -> dict[RowKey, Stream]:
    return {
        key: replace(row, share=_shown(row.share * factor))
        for key, row in rows.items()
        if key.knob == name and row.share is not None
    }


def _streams(
    places: RowPlaces, case: Case, rows: dict[RowKey, Stream], changed: dict[RowKey, Stream]
) -> Iterator[Edit]:
    """Yield the changed cells of Streams; where the book has no rows, all the supplied ones."""
    if not changed:
        return
    if not case.streams:
        first = next_row(places.book, "streams")
        for at, row in enumerate(rows.values()):
            yield AddRow("streams", first + at, _cells(row))
        return
    before = {key_of(each): each for each in case.streams}
    for key, row in changed.items():
        for column in ("share", "stay_months"):
            value = getattr(row, column)
            if value != getattr(before[key], column):
                yield SetCell("streams", places.row("streams", *_sheet_key(row)), column, value)


def _sheet_key(row: Stream) -> tuple[object, ...]:
    """Return the key of a row as the sheet names it."""
    return TypedRow(0, row).key(table("streams"))


def _cells(row: Stream | Stage) -> dict[str, RawValue | None]:
    found: dict[str, RawValue | None] = {}
    for each in fields(row):
        value = getattr(row, each.name)
        found[each.name] = value.value if isinstance(value, Listed) else value
    return found


def _shown(value: float) -> float:
    """Return a value in four figures: more than a fit can tell, and no row of digits."""
    return float(f"{value:.4g}")
