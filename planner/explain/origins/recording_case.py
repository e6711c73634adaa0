"""A case that notes what is read of it, so that a rule's own code says which cells it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from planner.input.case import Case
from planner.input.column import Table, table_of
from planner.input.parameters import Parameters
from planner.input.row_keys import key_of
from planner.model.decisions import Decisions

Record = TypeVar("Record")
KeyType = TypeVar("KeyType")
Value = TypeVar("Value")

# What was read: the table, the parts of the row's key, the column.
Read = tuple[str, tuple[str, ...], str]
Note = Callable[[Read], None]


def recording(case: Case, note: Note) -> Case:
    """Return the same case; every cell that is read of it is noted."""
    return replace(
        case,
        locations={name: _record(each, note) for name, each in case.locations.items()},
        groups={name: _record(each, note) for name, each in case.groups.items()},
        provinces={name: _record(each, note) for name, each in case.provinces.items()},
        ceilings=tuple(_record(each, note) for each in case.ceilings),
        occupancy=_WatchedMapping(case.occupancy, "occupancy", "people", note),
        preferences=_WatchedMapping(case.preferences, "preferences", "cost_per_person_month", note),
        previous=_WatchedMapping(case.previous, "previous_plan", "places", note),
        inflow=tuple(_record(each, note) for each in case.inflow),
        parameters=_WatchedParameters(case.parameters, note),
    )


def recording_choices(choose: Decisions, note: Note) -> Decisions:
    """Return the same decisions; the demand that is read of them is noted."""
    return replace(choose, demand=_WatchedMapping(choose.demand, "demand", "people", note))


def _record(record: Record, note: Note) -> Record:
    """Return a record that notes the reading of its fields."""
    kind: type[Any] = type(record)
    seen = object.__new__(_watching(kind))
    declared: Table = table_of(kind)
    key = tuple(map(str, key_of(declared, lambda column: getattr(record, column.field))))
    seen.__dict__.update({each.name: getattr(record, each.name) for each in fields(kind)})
    seen.__dict__["_noted"] = (declared.key, key, note)
    found: Record = seen
    return found


_WATCHING: dict[type[Any], type[Any]] = {}


def _watching(kind: type[Any]) -> type[Any]:
    """Return a record class that notes the reading of each declared column, made once."""
    if kind not in _WATCHING:
        _WATCHING[kind] = _made_watching(kind)
    return _WATCHING[kind]


def _made_watching(kind: type[Any]) -> type[Any]:
    columns = {column.field: column.key for column in table_of(kind).columns}

    def read(self: object, name: str) -> Any:  # noqa: ANN401 - as Python asks for attributes
        if name in columns:
            table, key, note = object.__getattribute__(self, "_noted")
            note((table, key, columns[name]))
        return object.__getattribute__(self, name)

    return type(kind.__name__, (kind,), {"__getattribute__": read})


class _WatchedMapping(Mapping[KeyType, Value]):
    """A table of single figures that notes which of them is read."""

    def __init__(
        self, figures: Mapping[KeyType, Value], table: str, column: str, note: Note
    ) -> None:
        self._figures = figures
        self._table, self._column, self._note = table, column, note

    def __getitem__(self, key: KeyType) -> Value:
        value = self._figures[key]
        parts = key if isinstance(key, tuple) else (key,)
        self._note((self._table, tuple(str(part) for part in parts), self._column))
        return value

    def __iter__(self) -> Iterator[KeyType]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)


class _WatchedParameters(Parameters):
    """Parameters that note which of them is read."""

    def __init__(self, of: Parameters, note: Note) -> None:
        by_name = _WatchedMapping(of.by_name, "parameters", "value", note)
        super().__init__(by_name, of.dated)
